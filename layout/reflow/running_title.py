"""The paper's name from the heads of its inner pages, for an issue whose title page is lost or drawn.

A head says the name, the date, the page's number, a section, on one line or in pieces. What stands on most
pages, at least on each second one (many papers print the name on left pages alone), and is no date, number
or name of a section, is the paper's name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from layout.document import Page, RegionKind
from layout.reflow.likeness import folded
from layout.reflow.wording import has_digits, has_words

#: Signs between the pieces of a head; a hyphen is one between spaces only.
_BETWEEN = re.compile(r"\s*[|·•—–:;,،؛/*]\s*|\s+-\s+")
_FIELDS = ("months", "weekdays", "issue", "section")
_TOP = 0.5  # of the page's height: at the foot stands who printed it
_LETTERS = 4  # the name of a paper has as many
_WORDS = 6  # and no more words
_ALIKE = 85.0  # of 100: letters of a head are small, and some are misread
_PAGES = 2  # on one page alone a head says as well what the page is about
_SHARE = 0.5


@dataclass
class _Name:
    """A text of heads: how it is written, by how often, and on which pages."""

    folded: str
    written: Counter[str] = field(default_factory=Counter)
    pages: set[int] = field(default_factory=set)


def running_title(pages: Sequence[Page]) -> str | None:
    """The name that the pages' heads have in common; None where no one text stands on most."""
    names: list[_Name] = []
    for number, page in enumerate(pages):
        for text in _pieces(page):
            plain = folded(text)
            same = next((one for one in names if fuzz.ratio(one.folded, plain) >= _ALIKE), None)
            if same is None:
                same = _Name(plain)
                names.append(same)
            same.written[text] += 1
            same.pages.add(number)
    names.sort(key=lambda one: -len(one.pages))
    if not names or len(names[0].pages) < max(_PAGES, _SHARE * (len(pages) - 1)):
        return None
    if len(names) > 1 and len(names[1].pages) == len(names[0].pages):
        return None  # which of the two is the name is not known
    return names[0].written.most_common(1)[0][0]


def _pieces(page: Page) -> Iterator[str]:
    """What may be a name in the heads of a page."""
    for region in page.walk():
        if region.kind is RegionKind.RUNNING_HEAD and region.box.center[1] < _TOP * page.height:
            for line in region.lines:
                yield from (piece for piece in _BETWEEN.split(line.text) if _is_name(piece, page.language))


def _is_name(piece: str, code: str | None) -> bool:
    words = piece.split()
    if has_digits(piece) or len(words) > _WORDS or sum(map(str.isalpha, piece)) < _LETTERS:
        return False
    return len(words) > sum(has_words(piece, code, name) for name in _FIELDS) and not (
        len(words) == 2 and has_words(piece, code, "issue")  # "Volume one"
    )
