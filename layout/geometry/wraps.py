"""Text set around a quote: where its side is too short to be a gutter of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from layout.document import Box
from layout.geometry.components import Ints
from layout.geometry.line import Line
from layout.geometry.strokes import Floats, Letters

_LONG = 5.0  # pitches: a shorter line holds no quote with text beside it
_GAP = 0.35  # pitches between text and quote at least
_LETTERS = 3  # on either side, for their height to be known
_UNLIKE = 1.15  # heights of the letters of two sizes of type differ by more
_STRAIGHT = 0.2  # pitches by which the ends of lines at one side differ
_ROWS = 2.6  # pitches up and down in which such ends are looked for: two lines
_NEXT = 1.5  # pitches up and down of the next line
_ENDS = 2  # lines that end at the side too


def sides_of_quotes(lines: Sequence[Line], letters: Letters, pitch: float) -> list[Box]:
    """The white inside lines that are text and, in type of another size, what it is set around.

    Both can stand in one row, and the space between is no wider than one between words. But the lines of
    text above or below begin and end at the same places, and no letter is between.
    """
    order = np.argsort(letters.parts.y0 + letters.parts.y1, kind="stable")
    levels = (letters.parts.y0 + letters.parts.y1)[order] / 2
    return [
        gap
        for line in lines
        if line.box.width > _LONG * pitch
        for gap in _gaps(line.box, _within(line.box, letters, order, levels), letters, pitch)
        if _is_side(gap, line, lines, pitch)
    ]


def _within(box: Box, letters: Letters, order: Ints, levels: Floats) -> Ints:
    """The letters whose middle lies in the box, left to right."""
    parts = letters.parts
    inside = order[np.searchsorted(levels, box.y0) : np.searchsorted(levels, box.y1)]
    middle = (parts.x0 + parts.x1)[inside] / 2
    inside = inside[(middle >= box.x0) & (middle < box.x1)]
    return inside[np.argsort(parts.x0[inside], kind="stable")]


def _gaps(box: Box, inside: Ints, letters: Letters, pitch: float) -> Iterator[Box]:
    """White between letters of unlike height."""
    parts = letters.parts
    if len(inside) < 2 * _LETTERS:
        return
    reached = np.maximum.accumulate(parts.x1[inside])
    wide = np.flatnonzero(parts.x0[inside][1:] - reached[:-1] >= _GAP * pitch) + 1
    ends = [0, *wide, len(inside)]
    heights = [_height(parts.height[inside[a:b]]) for a, b in pairwise(ends)]
    for n, at in enumerate(wide):
        if not _LETTERS <= at <= len(inside) - _LETTERS:
            continue
        smaller, larger = sorted((heights[n], heights[n + 1]))
        if larger > _UNLIKE * smaller:
            yield Box(float(reached[at - 1]), box.y0, float(parts.x0[inside[at]]), box.y1)


def _height(heights: Ints) -> float:
    tall = heights[heights >= 0.4 * heights.max()]
    return float(np.percentile(tall, 85))


def _is_side(gap: Box, line: Line, lines: Sequence[Line], pitch: float) -> bool:
    """Whether the lines above and below leave the gap white, and two stand as the text beside it does."""
    level, straight = line.core.center[1], _STRAIGHT * pitch
    ends = 0
    for other in lines:
        off = abs(other.core.center[1] - level) / pitch
        if not 0.5 < off < _ROWS:
            continue
        if off < _NEXT and other.box.x0 < gap.x0 and other.box.x1 > gap.x1:
            return False
        ends += abs(other.box.x1 - gap.x0) < straight and abs(other.box.x0 - line.box.x0) < pitch
        ends += abs(other.box.x0 - gap.x1) < straight and abs(other.box.x1 - line.box.x1) < pitch
    return ends >= _ENDS
