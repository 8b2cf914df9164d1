"""Lines of two columns that run into each other: where columns stand side by side for a few lines only.

So short a gutter is no wider than spaces between words that happen to stand below each other. But the page
has the same columns elsewhere: many lines begin where the words after the gutter do, and many begin where
this line does and end before it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from layout.document import Box
from layout.geometry.line import Line
from layout.geometry.spaces import Spaces
from layout.geometry.strokes import Floats

_LONG = 8.0  # line pitches: two columns are no narrower
_GAP = 0.5  # line pitches that a gutter is wide at least
_WIDER = 1.3  # times the other spaces of its line
_EDGE = 0.2  # line pitches by which lines of one column begin at other places
_SHORTER = 0.3  # line pitches before the next column that the lines of one end
_LINES = 5  # that a column has elsewhere
_NEXT = 1.5  # line pitches up and down to the next line


def crossed_gutters(lines: Sequence[Line], spaces: Spaces, pitch: float) -> list[Box]:
    """The white in lines of text that is the gutter of columns which other lines show.

    A line above or below must have its white there, too, or lines end and begin at its sides.
    """
    usual = float(np.median([line.size for line in lines])) if lines else 0.0
    long = [line for line in lines if line.box.width > _LONG * pitch and line.size < 1.3 * usual]
    between = spaces.between([line.box for line in long], _GAP * pitch)
    if not between.boxes:
        return []
    whole = [long[n].box for n in between.line.tolist()]
    shown = _shown(between.boxes, whole, [line.box for line in lines], pitch)
    shown |= _shown(_flipped(between.boxes), _flipped(whole), _flipped([line.box for line in lines]), pitch)
    wide = [_is_wide(gap, box, spaces, pitch) for gap, box in zip(between.boxes, whole, strict=True)]
    gaps = [box for box, is_one in zip(between.boxes, shown & np.array(wide), strict=True) if is_one]
    boxes = [line.box for line in lines]
    return [
        gap
        for gap in gaps
        if any(_is_next(gap, other, pitch) for other in gaps) or _is_between(gap, boxes, pitch)
    ]


def _shown(
    gaps: Sequence[Box], whole: Sequence[Box], lines: Sequence[Box], pitch: float
) -> NDArray[np.bool_]:
    """For each gap of a line whether columns begin at the line's begin and after the gap."""
    x0, x1 = (np.array([getattr(box, name) for box in lines]) for name in ("x0", "x1"))
    after, begin = np.array([gap.x1 for gap in gaps])[:, None], np.array([box.x0 for box in whole])[:, None]
    edge = _EDGE * pitch
    right = np.abs(x0 - after) < edge
    left = (np.abs(x0 - begin) < edge) & (x1 < after - _SHORTER * pitch) & (x1 > begin + _LONG * pitch / 3)
    enough: NDArray[np.bool_] = np.minimum(right.sum(axis=1), left.sum(axis=1)) >= _LINES
    return enough


def _flipped(boxes: Sequence[Box]) -> list[Box]:
    return [Box(-box.x1, box.y0, -box.x0, box.y1) for box in boxes]


def _is_wide(gap: Box, line: Box, spaces: Spaces, pitch: float) -> bool:
    others: Floats = np.array([s.width for s in spaces.within(line, 0.15 * pitch) if s.x0 != gap.x0])
    return not len(others) or gap.width > _WIDER * float(np.median(others))


def _is_next(gap: Box, other: Box, pitch: float) -> bool:
    step = abs(other.center[1] - gap.center[1])
    return 0.5 * pitch < step < _NEXT * pitch and other.overlap_x(gap) > 0.5 * min(gap.width, other.width)


def _is_between(gap: Box, lines: Sequence[Box], pitch: float) -> bool:
    """Whether a line next to it ends where the gap begins, and one begins where it ends."""
    edge = 2 * _EDGE * pitch
    near = [line for line in lines if 0.3 * pitch < abs(line.center[1] - gap.center[1]) < _NEXT * pitch]
    ends = any(abs(line.x1 - gap.x0) < edge for line in near)
    return ends and any(abs(line.x0 - gap.x1) < edge for line in near)
