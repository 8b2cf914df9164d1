"""Text set around a quote: where its side is too short to be a gutter of the page."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from layout.document import Box
from layout.geometry.components import Ints
from layout.geometry.line import Line
from layout.geometry.spaces import Between, Spaces
from layout.geometry.strokes import Floats

_LONG = 5.0  # pitches: a shorter line holds no quote with text beside it
_GAP = 0.35  # pitches between text and quote at least
_LETTERS = 3  # on either side, for their height to be known
_WINDOW = 20  # of them are looked at; further off other text may stand on the other side of a quote
_RANKS = np.array((0.3, 0.5, 0.7, 0.85))  # at which the heights of two sizes are compared
_DOT = 0.4  # of the tallest: lower is no letter
_UNLIKE = 1.15  # heights of the letters of two sizes of type differ by more
_WIDE = 1.5  # pitches; between words there is less, so what stands on both sides can be of one height
_STRAIGHT = 0.2  # pitches by which the ends of lines at one side differ
_ROWS = 2.2  # pitches above and below the line in which such ends are looked for: two lines
_NEXT = 1.1  # pitches above and below to the middle of the next line
_ENDS = 2  # lines that end at the side too
_NARROW = 2.0  # pitches: no text is set beside a quote in less, but last lines of paragraphs are shorter


def sides_of_quotes(lines: Sequence[Line], spaces: Spaces, pitch: float) -> list[Box]:
    """The white inside lines that are text and, in type of another size, what it is set around.

    Both can stand in one row, and the space between is no wider than one between words. But the lines of
    text above or below begin and end at the same places, and no letter is between; where they run into the
    quote too, they do so once their own side is found. One such line is enough where another of them tells
    of the quote's other side.
    """
    long = [line for line in lines if line.box.width > _LONG * pitch]
    between = spaces.between([line.box for line in long], _GAP * pitch)
    gaps = _candidates(between, long, spaces, pitch)
    whole = set(lines) - {gap.line for gap in gaps}
    found: set[_Gap] = set()
    while True:
        rows = _Rows.of([line for line in whole if line.box.width >= _NARROW * pitch], gaps, found)
        sides = {gap: _sides(gap, rows, pitch) for gap in gaps}
        more = {gap for gap in gaps if any(side.told for side in sides[gap])}
        for a, b in pairwise(gaps):
            if a.line is b.line and sides[a][0].hinted and sides[b][1].hinted:
                more |= {a, b}
        if more <= found:
            return [gap.box for gap in gaps if gap in found]
        found |= more


@dataclass(frozen=True)
class _Gap:
    """White that may be a quote's side, and the line it is in."""

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


def _candidates(between: Between, long: Sequence[Line], spaces: Spaces, pitch: float) -> list[_Gap]:
    """The gaps between letters of unlike height, and wide ones, line by line from left to right."""
    own = spaces.letters.parts.height[between.letters]
    heights = _heights(own, between.words)
    before, after = heights[between.before], heights[between.before + 1]
    unlike = np.maximum(before, after) > _UNLIKE * np.minimum(before, after)
    enough = np.minimum(between.left, between.right) >= _LETTERS
    # The larger letters are the quote's, and have room for a word of it.
    ends = np.array([(long[n].box.x0, long[n].box.x1) for n in between.line]).reshape(-1, 2)
    sides = np.array([(box.x0, box.x1) for box in between.boxes]).reshape(-1, 2)
    room = np.where(after > before, ends[:, 1] - sides[:, 1], sides[:, 0] - ends[:, 0])
    unlike &= room >= _NARROW * pitch
    wide = sides[:, 1] - sides[:, 0] > _WIDE * pitch
    begin = between.start - np.minimum(between.left, _WINDOW)
    end = between.start + np.minimum(between.right, _WINDOW)
    return [
        _Gap(between.boxes[n], long[between.line[n]])
        for n in np.flatnonzero(enough & (unlike | wide)).tolist()
        if wide[n] or _are_unlike(own[begin[n] : between.start[n]], own[between.start[n] : end[n]])
    ]


def _are_unlike(before: Ints, after: Ints) -> bool:
    """Whether the letters next to a gap are of two sizes: in one word there may be no tall ones, so they are
    compared from low to tall.
    """
    apart = np.log(_at_ranks(before) / _at_ranks(after))
    return bool(max(abs(apart.mean()), abs(apart[-1])) > np.log(_UNLIKE))


def _at_ranks(heights: Ints) -> Floats:
    """The quantiles at `_RANKS` of what is high enough for a letter."""
    ordered = np.sort(heights[heights >= _DOT * heights.max()])
    return np.asarray(np.interp(_RANKS * (len(ordered) - 1), np.arange(len(ordered)), ordered))


def _heights(heights: Ints, words: Ints) -> Floats:
    """For each word the height that 85 of a hundred of its taller letters do not exceed.

    ``words`` says for each letter which word it is of, from 0 and none left out.
    """
    order = np.lexsort((heights, words))
    sizes = np.bincount(words)
    ends = np.cumsum(sizes)
    ordered = heights[order]
    tall = ordered >= _DOT * np.repeat(ordered[ends - 1], sizes)
    count = np.bincount(words[order], tall).astype(np.int64)
    place = 0.85 * (count - 1)
    below = place.astype(np.int64)
    lower = ordered[ends - count + below]
    upper = ordered[ends - count + np.minimum(below + 1, count - 1)]
    found: Floats = lower + (place - below) * (upper - lower)
    return found


@dataclass(frozen=True)
class _Side:
    """What other lines say of text that ends, or begins, at a gap: ``hinted`` if the next line is known to do
    so, too; ``told`` if another does as well.
    """

    hinted: bool
    told: bool


def _sides(gap: _Gap, rows: _Rows, pitch: float) -> tuple[_Side, _Side]:
    """The text before the gap and the text after it. No line runs over the gap on the way to those that say
    so; they reach as far as the gap's own line does, which as a paragraph's last one may be shorter.
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

    def side_of(width: float, edges: NDArray[np.bool_], known: Floats) -> _Side:
        edges &= other
        sure = edges & ~np.isnan(known)
        wide = width >= _NARROW * pitch
        hinted = bool((sure & next_).any())
        # Of a line that may run into the quote only the next one counts.
        count = np.count_nonzero(sure) + wide * np.count_nonzero(edges & ~sure & next_)
        return _Side(hinted and wide, hinted and bool(count >= _ENDS))

    ends = (np.abs(near.x1 - white.x0) < straight) & (near.first < line.x0 + pitch)
    begins = (np.abs(near.x0 - white.x1) < straight) & (near.last > line.x1 - pitch)
    return (
        side_of(white.x0 - line.x0, ends, near.end),
        side_of(line.x1 - white.x1, begins, near.begin),
    )
