"""Text set around a quote: where its side is too short to be a gutter of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from layout.document import Box
from layout.geometry.components import Ints
from layout.geometry.line import Line
from layout.geometry.spaces import Spaces

_LONG = 5.0  # pitches: a shorter line holds no quote with text beside it
_GAP = 0.35  # pitches between text and quote at least
_LETTERS = 3  # on either side, for their height to be known
_UNLIKE = 1.15  # heights of the letters of two sizes of type differ by more
_STRAIGHT = 0.2  # pitches by which the ends of lines at one side differ
_ROWS = 2.6  # pitches up and down in which such ends are looked for: two lines
_NEXT = 1.5  # pitches up and down of the next line
_ENDS = 2  # lines that end at the side too
_NARROW = 2.0  # pitches: no text is set beside a quote in less, but last lines of paragraphs are shorter


def sides_of_quotes(lines: Sequence[Line], spaces: Spaces, pitch: float) -> list[Box]:
    """The white inside lines that are text and, in type of another size, what it is set around.

    Both can stand in one row, and the space between is no wider than one between words. But the lines of
    text above or below begin and end at the same places, and no letter is between.
    """
    return [
        gap
        for line in lines
        if line.box.width > _LONG * pitch
        for gap in _between_sizes(line.box, spaces, pitch)
        if _is_side(gap, line, lines, pitch)
    ]


def _between_sizes(box: Box, spaces: Spaces, pitch: float) -> Iterator[Box]:
    """White between letters of unlike height."""
    gaps = spaces.within(box, _GAP * pitch)
    ends = [box.x0, *(x for gap in gaps for x in (gap.x0, gap.x1)), box.x1]
    words = [spaces.letters_of(Box(ends[n], box.y0, ends[n + 1], box.y1)) for n in range(0, len(ends), 2)]
    before, after = 0, sum(map(len, words))
    for n, gap in enumerate(gaps):
        before, after = before + len(words[n]), after - len(words[n])
        if min(before, after) < _LETTERS or not (len(words[n]) and len(words[n + 1])):
            continue
        smaller, larger = sorted(_height(spaces.letters.parts.height[word]) for word in words[n : n + 2])
        if larger > _UNLIKE * smaller:
            yield gap


def _height(heights: Ints) -> float:
    tall = heights[heights >= 0.4 * heights.max()]
    return float(np.percentile(tall, 85))


def _is_side(gap: Box, line: Line, lines: Sequence[Line], pitch: float) -> bool:
    """Whether the lines above and below leave the gap white, and some stand as the text beside it does: the
    next one up or down, and another."""
    level, straight = line.core.center[1], _STRAIGHT * pitch
    ends: list[float] = []
    for other in lines:
        off = abs(other.core.center[1] - level) / pitch
        if not 0.5 < off < _ROWS or other.box.width < _NARROW * pitch:
            continue
        if off < _NEXT and other.box.x0 < gap.x0 and other.box.x1 > gap.x1:
            return False
        before = abs(other.box.x1 - gap.x0) < straight and abs(other.box.x0 - line.box.x0) < pitch
        after = abs(other.box.x0 - gap.x1) < straight and abs(other.box.x1 - line.box.x1) < pitch
        if before or after:
            ends.append(off)
    return len(ends) >= _ENDS and min(ends) < _NEXT
