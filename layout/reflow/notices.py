"""Continuation lines: which way they point, to which page, and whose they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

from layout.document import Box, Region
from layout.language.digits import number_in
from layout.language.languages import LANGUAGES
from layout.language.references import NOTICE_WORDS, PAGE_WORDS, SEE_WORDS, pages_in_digits
from layout.reflow.drafts import Draft
from layout.reflow.units import Piece
from layout.reflow.wording import page_named, with_notice_words

_DIGITS = re.compile(r"\(\?P<page>[^)]*\)")
_FEW = 6  # words of a notice that says nothing but where the text is
_SEE = re.compile(
    rf"^\W*(?:{'|'.join(re.escape(word) for words in SEE_WORDS.values() for word in words)})\s+",
    re.IGNORECASE,
)
_SIDEWAYS = 0.15  # a pixel to the side counts as much as this share of a pixel up or down


class Points(Enum):
    """Whether the text goes on elsewhere or came from elsewhere; EITHER where the words do not say."""

    ON = "on"
    BACK = "back"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a continuation line says; ``page`` is the printed number it names, ``rest`` its other words.

    ``page`` is None where the number could not be read. ``bare`` is set for a page's number with nothing
    said of going on ("see page 3"), as at a teaser's end.
    """

    points: Points
    page: int | None
    rest: str = ""
    bare: bool = False

    def seen_from(self, number: int | None) -> Notice:
        """The notice as it stands on a page of this number: it points on to later pages, back to earlier."""
        if self.points is not Points.EITHER:
            return self
        return replace(self, points=Points.BACK if self.page and number and self.page < number else Points.ON)


def read_notice(text: str, language: str | None = None) -> Notice | None:
    """The notice in a text, by the tables of its language (of all languages where unknown)."""
    code = (language or "").split("-")[0].lower()
    plain = pages_in_digits(" ".join(text.split()), code)
    near = pages_in_digits(with_notice_words(plain, code), code)
    for said, unread in ((plain, False), (near, False), (plain, True), (near, True)):
        for points, pattern in _patterns(code, unread):
            found = pattern.search(said)
            if found:
                rest = f"{said[: found.start()]} {said[found.end() :]}".strip(" .:,;()[]«»\"'-–—")
                page = found.group("page")
                return Notice(points, int(page) if page and page.isdecimal() else None, rest)
    bare = page_named(_SEE.sub("", near))
    if bare:
        return Notice(Points.ON, int(bare), bare=True)
    page = _page_of_words(near, code)
    return Notice(Points.EITHER, page) if page else None


def _page_of_words(text: str, code: str) -> int | None:
    """The page of a line of few words, one of them a notice's and one a page's, whatever the others are."""
    words = text.lower().split()
    known = [code] if code in NOTICE_WORDS else [*NOTICE_WORDS]
    pages = {word for c in known for word in PAGE_WORDS[c] if len(word) > 1}
    said = {word for c in known for word in NOTICE_WORDS[c]} - pages
    return number_in(text) if len(words) <= _FEW and pages & {*words} and said & {*words} else None


def first_number(notices: Sequence[tuple[int, Notice]]) -> int:
    """The number of an issue's first page that prints none, from its notices, each with its page's place.

    Two notices that answer each other tell it: one on place i says p, one on place j says q, and p - j is
    q - i. What most pairs tell counts, 1 where none does.
    """
    told = Counter(
        on.page - there
        for here, on in notices
        for there, back in notices
        if here < there and on.points is Points.ON and back.points is Points.BACK
        if on.page and back.page and on.page - there == back.page - here
    )
    return max(told, key=lambda number: (told[number], number == 1, -number), default=1)


@cache
def _patterns(code: str, unread: bool) -> tuple[tuple[Points, re.Pattern[str]], ...]:
    """The patterns of a language, then of all others; ``unread`` takes anything in the number's place."""
    records = (
        [LANGUAGES[code], *(r for c, r in LANGUAGES.items() if c != code)]
        if code in LANGUAGES
        else [*LANGUAGES.values()]
    )

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(_DIGITS.sub(r"(?P<page>\\S{0,3})", pattern) if unread else pattern, re.IGNORECASE)

    def listed() -> Iterator[tuple[Points, re.Pattern[str]]]:
        for record in records:
            for pattern in record.continued_from:
                yield Points.BACK, compiled(pattern)
            for pattern in record.continued_on:
                yield Points.ON, compiled(pattern)

    return tuple(listed())


def notice_of(region: Region) -> Notice | None:
    """The notice that a region prints, if it can be read."""
    return read_notice(" ".join(line.text for line in region.lines), region.language)


def owner_of(piece: Piece, drafts: Sequence[Draft]) -> int | None:
    """Number of the article a notice stands at: at its foot where the text goes on, else at its head.

    Where the notice cannot be read, the article with the nearer foot or head.
    """
    notice = notice_of(piece.region)
    best: tuple[float, int] | None = None
    for number, draft in enumerate(drafts):
        costs = []
        if notice is None or notice.points is not Points.BACK:
            costs += [_below(piece, member.box) for member in draft.members]
        if notice is None or notice.points is not Points.ON:
            costs += [_above(piece, member.box) for member in draft.members]
        known = [cost for cost in costs if cost is not None]
        if known and (best is None or min(known) < best[0]):
            best = min(known), number
    return best[1] if best else None


def _below(piece: Piece, box: Box) -> float | None:
    """How far the piece stands under (or level with) a box; None where it stands above."""
    if piece.box.y1 < box.center[1] and piece.box.y1 < box.y0 + 0.5 * piece.box.height:
        return None
    return max(0.0, piece.box.y0 - box.y1) + _aside(piece, box)


def _above(piece: Piece, box: Box) -> float | None:
    """How far the piece stands over (or level with) a box; None where it stands under."""
    if piece.box.y0 > box.center[1] and piece.box.y0 > box.y1 - 0.5 * piece.box.height:
        return None
    return max(0.0, box.y0 - piece.box.y1) + _aside(piece, box)


def _aside(piece: Piece, box: Box) -> float:
    """What standing in another column costs: a line, and a share of the way."""
    away = -piece.box.overlap_x(box)
    return piece.box.height + _SIDEWAYS * away if away > 0 else 0.0
