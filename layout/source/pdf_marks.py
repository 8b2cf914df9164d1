"""Vowel signs and other marks put beside the letter they are drawn with.

MuPDF sets a mark where the pen stood before it. Where a mark is the first glyph of a piece of text, as it is
in right-to-left words drawn from their left end, that is the end of the piece before: another word or line.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from layout.document import Point
from layout.language.characters import is_mark
from layout.source.pdf_raw import Char, chars_of

#: Further apart than this (in font sizes) the pen and the next glyph are two pieces of text.
_APART = 0.3
#: Places are the same within this share of the font size.
_NEAR = 0.05
#: A character's box is at most so many font sizes high.
_TALLEST = 4.0


class _Glyph(NamedTuple):
    """A glyph of MuPDF's trace: its code, where it is drawn and where it ends, in points."""

    code: str
    origin: Point
    end: Point
    size: float

    @property
    def middle(self) -> Point:
        return (self.origin[0] + self.end[0]) / 2, self.origin[1]


def marks_of(raw: dict[str, Any]) -> list[Char]:
    """The characters of a page's "rawdict" that are marks."""
    chars = chars_of(raw)
    marks = _marks_among(chars)
    return [char for char in chars if char["c"] in marks] if marks else []


def may_be_left(raw: dict[str, Any]) -> bool:
    """Whether some mark stands where a piece of text ends: what is drawn after it begins elsewhere.

    MuPDF turns the lines of some files around: then that is the character before it.
    """
    chars = chars_of(raw)
    marks = _marks_among(chars)
    if not marks:
        return False
    before: Char | None = None
    waiting: list[Char] = []
    for char in chars:
        if char["c"] in marks:
            waiting.append(char)
            continue
        if waiting and (before is None or not all(_is_between(before, mark, char) for mark in waiting)):
            return True
        before, waiting = char, []
    return bool(waiting)


def _is_between(before: Char, mark: Char, after: Char) -> bool:
    """Whether a mark is where one of two characters ends and the other begins."""
    reach = _APART * (before["bbox"][3] - before["bbox"][1]) / _TALLEST
    return any(
        _distance(mark["origin"], (one["bbox"][2], one["origin"][1])) <= reach
        and _distance(mark["origin"], other["origin"]) <= reach
        for one, other in ((before, after), (after, before))
    )


def _marks_among(chars: Sequence[Char]) -> set[str]:
    return {text for text in {char["c"] for char in chars} if len(text) == 1 and is_mark(text)}


def set_marks(marks: Sequence[Char], trace: Sequence[dict[str, Any]]) -> None:
    """Move marks that MuPDF left at the end of another piece of text to the glyph drawn after them, in place.

    ``trace`` is MuPDF's of the same page, not rotated; text that is not level is left as it is.
    """
    places: Mapping[str, list[Char]] = defaultdict(list)
    for char in marks:
        places[char["c"]].append(char)
    for mark, pen, place in _moved(trace):
        for number, char in enumerate(places.get(mark.code, ())):
            if _distance(char["origin"], pen) <= _NEAR * mark.size:
                _move(places[mark.code].pop(number), place)
                break


def _moved(trace: Sequence[dict[str, Any]]) -> Iterator[tuple[_Glyph, Point, Point]]:
    """Each mark that begins or ends a piece of text, the pen before it and where it belongs.

    Letters drawn in the order of reading, from right to left, are a piece each, and their marks follow.
    """
    before: _Glyph | None = None
    waiting: list[_Glyph] = []
    for glyph in _level(trace):
        if is_mark(glyph.code):
            waiting.append(glyph)
            continue
        if before is not None and _distance(before.end, glyph.origin) > _APART * glyph.size:
            leftwards = glyph.origin[0] < before.origin[0]
            beside = leftwards and _distance(glyph.end, before.origin) < _APART * glyph.size
            for mark in waiting:
                ends = beside or _distance(mark.origin, glyph.origin) >= _distance(mark.origin, before.end)
                yield mark, before.end, before.middle if ends else glyph.origin
        before, waiting = glyph, []


def _level(trace: Sequence[dict[str, Any]]) -> Iterator[_Glyph]:
    for span in trace:
        if span["dir"] == (1.0, 0.0):
            size = span["size"]
            for code, _, origin, box in span["chars"]:
                if 0 < code < 0x110000:
                    yield _Glyph(chr(code), origin, (box[2], origin[1]), size)


def _move(char: Char, place: Point) -> None:
    (x, y), (x0, y0, x1, y1) = char["origin"], char["bbox"]
    dx, dy = place[0] - x, place[1] - y
    char["origin"], char["bbox"] = place, (x0 + dx, y0 + dy, x1 + dx, y1 + dy)


def _distance(one: Point, other: Point) -> float:
    return math.hypot(one[0] - other[0], one[1] - other[1])
