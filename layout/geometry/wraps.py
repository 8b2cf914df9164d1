"""Text set around a quote: where its side is too short to be a gutter of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from layout.document import Box
from layout.geometry.components import Ints
from layout.geometry.line import Line
from layout.geometry.spaces import Between, Spaces
from layout.geometry.strokes import Floats

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
    rows = _Rows.of(lines, pitch)
    long = [line for line in lines if line.box.width > _LONG * pitch]
    between = spaces.between([line.box for line in long], _GAP * pitch)
    return [
        gap
        for n, gap in zip(between.line.tolist(), _between_sizes(between, spaces), strict=True)
        if gap is not None and _is_side(gap, long[n], rows, pitch)
    ]


@dataclass(frozen=True)
class _Rows:
    """Lines that text may be set beside: where each begins and ends, and its level, from top to bottom."""

    x0: Floats
    x1: Floats
    level: Floats

    @classmethod
    def of(cls, lines: Sequence[Line], pitch: float) -> _Rows:
        wide = [line for line in lines if line.box.width >= _NARROW * pitch]
        wide.sort(key=lambda line: line.core.center[1])
        x0, x1, level = (
            np.array(values, float)
            for values in (
                [line.box.x0 for line in wide],
                [line.box.x1 for line in wide],
                [line.core.center[1] for line in wide],
            )
        )
        return cls(x0, x1, level)

    def near(self, level: float, reach: float) -> _Rows:
        """Those less than ``reach`` pixels up and down."""
        near = slice(*np.searchsorted(self.level, (level - reach, level + reach)).tolist())
        return _Rows(self.x0[near], self.x1[near], self.level[near])


def _between_sizes(between: Between, spaces: Spaces) -> list[Box | None]:
    """For each gap its box where it is between letters of unlike height, else None."""
    heights = _heights(spaces.letters.parts.height[between.letters], between.words)
    before, after = heights[between.before], heights[between.before + 1]
    unlike = np.maximum(before, after) > _UNLIKE * np.minimum(before, after)
    unlike &= np.minimum(between.left, between.right) >= _LETTERS
    return [box if chosen else None for box, chosen in zip(between.boxes, unlike.tolist(), strict=True)]


def _heights(heights: Ints, words: Ints) -> Floats:
    """For each word the height that 85 of a hundred of its taller letters do not exceed.

    ``words`` says for each letter which word it is of, from 0 and none left out.
    """
    order = np.lexsort((heights, words))
    sizes = np.bincount(words)
    ends = np.cumsum(sizes)
    ordered = heights[order]
    tall = ordered >= 0.4 * np.repeat(ordered[ends - 1], sizes)
    count = np.bincount(words[order], tall).astype(np.int64)
    place = 0.85 * (count - 1)
    below = place.astype(np.int64)
    lower = ordered[ends - count + below]
    upper = ordered[ends - count + np.minimum(below + 1, count - 1)]
    found: Floats = lower + (place - below) * (upper - lower)
    return found


def _is_side(gap: Box, line: Line, rows: _Rows, pitch: float) -> bool:
    """Whether the lines above and below leave the gap white, and some stand as the text beside it does: the
    next one up or down, and another."""
    level, straight = line.core.center[1], _STRAIGHT * pitch
    near = rows.near(level, _ROWS * pitch)
    off = np.abs(near.level - level) / pitch
    other = (off > 0.5) & (off < _ROWS)
    if (other & (off < _NEXT) & (near.x0 < gap.x0) & (near.x1 > gap.x1)).any():
        return False
    ends = (np.abs(near.x1 - gap.x0) < straight) & (np.abs(near.x0 - line.box.x0) < pitch)
    ends |= (np.abs(near.x0 - gap.x1) < straight) & (np.abs(near.x1 - line.box.x1) < pitch)
    ends &= other
    return int(np.count_nonzero(ends)) >= _ENDS and bool((off[ends] < _NEXT).any())
