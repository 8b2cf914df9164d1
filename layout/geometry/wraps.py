"""Text set around a quote: where its side is too short to be a gutter of the page."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import groupby, pairwise

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
_ROWS = 2.2  # pitches above and below the line in which such ends are looked for: two lines
_NEXT = 1.1  # pitches above and below to the middle of the next line
_ENDS = 2  # lines that end at the side too
_NARROW = 2.0  # pitches: no text is set beside a quote in less, but last lines of paragraphs are shorter


def sides_of_quotes(lines: Sequence[Line], spaces: Spaces, pitch: float) -> list[Box]:
    """The white inside lines that are text and, in type of another size, what it is set around.

    Both can stand in one row, and the space between is no wider than one between words. But the lines of
    text above or below begin and end at the same places, and no letter is between; where they run into the
    quote too, they do so once their own side is found.
    """
    long = [line for line in lines if line.box.width > _LONG * pitch]
    between = spaces.between([line.box for line in long], _GAP * pitch)
    gaps = _between_sizes(between, long, spaces)
    whole = set(lines) - {gap.line for gap in gaps}
    found: set[_Gap] = set()
    while True:
        rows = _Rows.of([line for line in whole if line.box.width >= _NARROW * pitch], gaps, found)
        more = {gap for gap in gaps if gap not in found and _is_side(gap, rows, pitch)}
        if not more:
            return [gap.box for gap in gaps if gap in found]
        found |= more


@dataclass(frozen=True)
class _Gap:
    """White between letters of unlike height, and the line it is in."""

    box: Box
    line: Line


@dataclass(frozen=True)
class _Rows:
    """What text may be set beside, from top to bottom: lines, parted at the gaps.

    ``x0`` and ``x1`` say where each part reaches from and to, ``first`` and ``last`` where its line does;
    ``begin`` and ``end`` are x0 and x1 where text is known to begin and end there, else not a number.
    """

    x0: Floats
    x1: Floats
    first: Floats
    last: Floats
    begin: Floats
    end: Floats
    level: Floats

    @classmethod
    def of(cls, whole: Sequence[Line], gaps: Sequence[_Gap], sides: Set[_Gap]) -> _Rows:
        parts = [(line, (line.box.x0, line.box.x1), (line.box.x0, line.box.x1)) for line in whole]
        for line, own in groupby(gaps, key=lambda gap: gap.line):
            cuts = [(line.box.x0, line.box.x0, True)]
            cuts += ((gap.box.x0, gap.box.x1, gap in sides) for gap in own)
            cuts += [(line.box.x1, line.box.x1, True)]
            for (_, x0, begins), (x1, _, ends) in pairwise(cuts):
                parts.append((line, (x0, x1), (x0 if begins else np.nan, x1 if ends else np.nan)))
        table = [(*at, line.box.x0, line.box.x1, *ends, line.core.center[1]) for line, at, ends in parts]
        table.sort(key=lambda part: part[-1])
        return cls(*np.array(table, float).reshape(-1, 7).T)

    def near(self, box: Box, reach: float) -> _Rows:
        """Those whose level is in the box or up to ``reach`` pixels above or below it."""
        near = slice(*np.searchsorted(self.level, (box.y0 - reach, box.y1 + reach)).tolist())
        return _Rows(*(getattr(self, name)[near] for name in self.__dataclass_fields__))


def _between_sizes(between: Between, long: Sequence[Line], spaces: Spaces) -> list[_Gap]:
    """The gaps between letters of unlike height, line by line from left to right."""
    own = spaces.letters.parts.height[between.letters]
    heights = _heights(own, between.words)
    before, after = heights[between.before], heights[between.before + 1]
    unlike = np.maximum(before, after) > _UNLIKE * np.minimum(before, after)
    unlike &= np.minimum(between.left, between.right) >= _LETTERS
    first, last = between.start - between.left, between.start + between.right
    return [
        _Gap(between.boxes[n], long[between.line[n]])
        for n in np.flatnonzero(unlike).tolist()
        if _are_unlike(own[first[n] : between.start[n]], own[between.start[n] : last[n]])
    ]


def _are_unlike(before: Ints, after: Ints) -> bool:
    """Whether the letters of a line before and after a gap are of two sizes: in one word there may be no tall
    ones."""
    low, high = sorted((_tall(before), _tall(after)))
    return high > _UNLIKE * low


def _tall(heights: Ints) -> float:
    ordered = np.sort(heights)
    return float(ordered[int(0.85 * (len(ordered) - 1))])


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


def _is_side(gap: _Gap, rows: _Rows, pitch: float) -> bool:
    """Whether lines stand as the text beside the gap does: the next one up or down, and another. No line
    runs over the gap on the way to them.
    """
    white, line, straight = gap.box, gap.line.box, _STRAIGHT * pitch
    near = rows.near(line, _ROWS * pitch)
    down = near.level - gap.line.core.center[1]
    next_ = (near.level > line.y0 - _NEXT * pitch) & (near.level < line.y1 + _NEXT * pitch)
    over = next_ & (near.x0 < white.x0) & (near.x1 > white.x1)
    other = np.zeros(len(down), bool)
    for side in (down > 0.5 * pitch, down < -0.5 * pitch):
        if not (over & side).any():
            other |= side
    left = (np.abs(near.end - white.x0) < straight) & (np.abs(near.first - line.x0) < pitch)
    right = (np.abs(near.begin - white.x1) < straight) & (np.abs(near.last - line.x1) < pitch)
    return any(
        np.count_nonzero(ends & other) >= _ENDS and bool((ends & other & next_).any())
        for ends in (left, right)
    )
