"""Continuation lines: which way they point, to which page, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from layout.document import Box, Region
from layout.language.digits import ascii_digits
from layout.language.languages import LANGUAGES
from layout.reflow.drafts import Draft
from layout.reflow.units import Piece
from layout.reflow.wording import page_named

_DIGITS = re.compile(r"\(\?P<page>[^)]*\)")
_SIDEWAYS = 0.15  # a pixel to the side counts as much as this share of a pixel up or down


class Points(Enum):
    """Whether the text goes on elsewhere or came from elsewhere."""

    ON = "on"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a continuation line says; ``page`` is the printed number it names, ``rest`` its other words.

    ``page`` is None where the number could not be read.

    ``bare`` is set for a page's number with nothing said of going on, as in a list of contents.
    """

    points: Points
    page: int | None
    rest: str = ""
    bare: bool = False


def read_notice(text: str, language: str | None = None) -> Notice | None:
    """The notice in a text, by the tables of its language (of all languages where unknown)."""
    plain = ascii_digits(" ".join(text.split()))
    code = (language or "").split("-")[0].lower()
    for unread in (False, True):
        for points, pattern in _patterns(code, unread):
            found = pattern.search(plain)
            if found:
                rest = f"{plain[: found.start()]} {plain[found.end() :]}".strip(" .:,;()[]«»\"'-–—")
                page = found.group("page")
                return Notice(points, int(page) if page and page.isdecimal() else None, rest)
    number = page_named(plain)
    return Notice(Points.ON, int(number), bare=True) if number else None


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
        if notice is None or notice.points is Points.ON:
            costs += [_below(piece, member.box) for member in draft.members]
        if notice is None or notice.points is Points.BACK:
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
