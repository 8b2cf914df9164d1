"""Letters that a PDF page draws and MuPDF leaves out of its text, put back.

Glyphs without a code of Unicode look alike to MuPDF. Of two on one place or near each other (a letter and its
dots, two letters of Nastaliq) it takes the second for the first drawn again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from layout.document import Point
from layout.source.pdf_raw import NO_CODE, Char, chars_of, spans_of
from layout.source.pdf_runs import ALL, Runs, letters_of

#: Origins are compared in steps of this many points.
_STEP = 0.05
#: Glyphs narrower than this (in font sizes) are marks and dots.
_THIN = 0.001

#: A character and those of its span.
_Found = tuple[Char, list[Char]]


def lacks_codeless(raw: dict[str, Any], runs: Runs) -> bool:
    """Whether a page draws more characters than its "rawdict" has, some of which have no code."""
    codes = [char["c"] for char in chars_of(raw)]
    return NO_CODE in codes and len(letters_of(runs.text(ALL))) != len(codes)


def put_back(raw: dict[str, Any], trace: Sequence[dict[str, Any]]) -> None:
    """Add to a page's "rawdict", in place, the wide glyphs without a code that only MuPDF's trace has.

    Each comes after the glyph drawn before it; text that is not level is left as it is.
    """
    places: dict[tuple[int, int], list[_Found]] = {}
    for span, _ in spans_of(raw):
        for char in span["chars"]:
            places.setdefault(_place(char["origin"]), []).append((char, span["chars"]))
    last: _Found | None = None
    for code, origin, width, size in _level(trace):
        here = _at(places, origin)
        if code == NO_CODE and width > _THIN * size and not any(_is_same(char) for char, _ in here):
            if last is not None:
                last = _added(origin, width, last) or last
        elif here:
            last = here[-1]


def _level(trace: Sequence[dict[str, Any]]) -> Iterator[tuple[str, Point, float, float]]:
    """Code, origin, width and font size of each glyph on level lines."""
    for span in trace:
        if span["dir"] == (1.0, 0.0):
            for code, _, origin, box in span["chars"]:
                yield chr(code) if 0 < code < 0x110000 else NO_CODE, origin, box[2] - box[0], span["size"]


def _place(origin: Point) -> tuple[int, int]:
    return round(origin[0] / _STEP), round(origin[1] / _STEP)


def _at(places: dict[tuple[int, int], list[_Found]], origin: Point) -> list[_Found]:
    x, y = _place(origin)
    return [found for dx in (0, -1, 1) for dy in (0, -1, 1) for found in places.get((x + dx, y + dy), ())]


def _is_same(char: Char) -> bool:
    """Whether a character is a wide glyph without a code."""
    x0, _, x1, _ = char["bbox"]
    return bool(char["c"] == NO_CODE and x1 > x0)


def _added(origin: Point, width: float, last: _Found) -> _Found | None:
    """A glyph put after the one drawn before it, on its line; None where that is elsewhere, as what is cut
    away is."""
    before, chars = last
    (x, y), (_, above, _, below) = origin, before["bbox"]
    lower = y - before["origin"][1]
    if abs(x - before["origin"][0]) + abs(lower) > below - above:
        return None
    char = {"c": NO_CODE, "origin": origin, "synthetic": False}
    char["bbox"] = (x, above + lower, x + width, below + lower)
    chars.insert(next(place for place, other in enumerate(chars) if other is before) + 1, char)
    return char, chars
