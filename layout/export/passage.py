"""The words of a block as one text: lines joined, divided words made whole, places counted.

A block's text is its regions' lines joined with a space, or with nothing where a `Join` says so (the
hyphen then left out); a `Target` counts its characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from layout.document import Join, Region, TextLine, Word
from layout.language.characters import HYPHENS


class Token(NamedTuple):
    """A word where it stands in its block's text.

    ``text`` and ``reading`` (the normalised form) come without the hyphen of a divided word, which is
    ``hyphen``. ``joined``: nothing stands between this word and the one before, though a line end does.
    A tuple, since an issue has several for each of its words.
    """

    word: Word
    line: TextLine
    region: Region
    text: str
    reading: str
    hyphen: str
    start: int
    joined: bool
    first_of_line: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def tokens(regions: Iterable[Region], firsts: Mapping[str, Join], seconds: Mapping[str, Join]) -> list[Token]:
    """The words of a block's regions in reading order; joins by the ids of their two words."""
    found: list[Token] = []
    end = -1  # the first word has no space before it
    for region in regions:
        for line in region.lines:
            if not line.words:
                continue
            first, last = line.words[0], line.words[-1]
            joined, join = first.id in seconds, firsts.get(last.id)
            for word in line.words:
                text, hyphen, reading = word.text, "", word.normalized or word.text
                if join is not None and word is last:
                    text, hyphen = _divided(text, join)
                    reading = _undivided(reading, hyphen)
                begins = word is first
                unspaced = begins and joined
                start = max(0, end if unspaced else end + 1)
                found.append(Token(word, line, region, text, reading, hyphen, start, unspaced, begins))
                end = start + len(text)
    return found


def text_of(found: Iterable[Token], *, normalized: bool = False) -> str:
    """The block's text; with the readings as printed unless ``normalized``, then in NFC over joints, too."""
    pieces: list[str] = []
    for token in found:
        if pieces and not token.joined:
            pieces.append(" ")
        pieces.append(token.reading if normalized else token.text)
    text = "".join(pieces)
    return unicodedata.normalize("NFC", text) if normalized else text


def _undivided(reading: str, hyphen: str) -> str:
    """The reading of a word that was printed with this hyphen, without its own: `=` may be read as `-`."""
    if not hyphen or len(reading) <= 1:
        return reading
    if reading.endswith(hyphen):
        return reading[: -len(hyphen)].rstrip() or reading
    return reading[:-1].rstrip() if reading[-1] in HYPHENS else reading


def _divided(text: str, join: Join) -> tuple[str, str]:
    """The first part of a divided word without its hyphen, and the hyphen."""
    if join.hyphen and text.endswith(join.hyphen) and len(text) > len(join.hyphen):
        return text[: -len(join.hyphen)].rstrip(), join.hyphen
    return text, ""
