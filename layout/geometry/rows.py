"""Pieces that stand beside each other joined to one line, for one reason or another.

Lines are found between gutters, and white runs upright where no gutter is: through the spaces of a justified
line, after the numbers of a list, on from the end of a gutter through a headline. Each such reason is told by
other things; the walk along the rows is the same.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from layout.document import union
from layout.geometry.components import Mask
from layout.geometry.line import Line

_MARKS = 0.35  # of its widest piece's height: what is lower is dots, and says nothing of a line's type


@dataclass(frozen=True)
class Reason:
    """Why pieces of a row are one line.

    ``may`` says which can be pieces of one, ``follows`` whether one is the next to the right of another,
    whose middle is up to ``off`` pixels higher or lower, ``part`` what of such a row is one line among the
    page's lines, of which those above are joined already.
    """

    off: float
    follows: Callable[[Line, Line], bool]
    may: Callable[[Line], bool] = lambda line: True
    part: Callable[[Sequence[Line], Iterable[Line]], Sequence[Line]] = lambda row, lines: row


def join_rows(lines: Sequence[Line], reason: Reason) -> tuple[Line, ...]:
    """The lines with such rows joined, top to bottom."""
    done = dict.fromkeys(lines)
    rows = _rows([line for line in lines if reason.may(line)], reason)
    for row in sorted(rows, key=lambda row: row[0].core.center[1]):
        part = reason.part(row, done)
        if part:
            done[one_line(part)] = None
            for piece in part:
                del done[piece]
    return tuple(sorted(done, key=lambda line: (line.box.y0, line.box.x0)))


def _rows(pieces: Sequence[Line], reason: Reason) -> Iterator[list[Line]]:
    """Two pieces and more beside each other, left to right, each of which follows the one before; none is in
    two rows."""
    levels, seen = Levels.of(pieces), set[Line]()
    for first in sorted(pieces, key=lambda line: line.box.x0):
        if first in seen:
            continue
        row = [first]
        for piece in sorted(levels.near(first, reason.off), key=lambda line: line.box.x0):
            if piece in seen or piece.box.x0 <= row[-1].box.x0:
                continue
            if reason.follows(row[-1], piece):
                row.append(piece)
            elif same_row(row[-1], piece):
                break
        seen.update(row)
        if len(row) > 1:
            yield row


@dataclass(frozen=True)
class Levels:
    """Lines from top to bottom by their middles."""

    lines: Sequence[Line]
    levels: Sequence[float]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Levels:
        ordered = sorted(lines, key=lambda line: line.core.center[1])
        return cls(ordered, [line.core.center[1] for line in ordered])

    def near(self, line: Line, reach: float) -> Sequence[Line]:
        """Those whose middles are no more than so many pixels up or down."""
        level = line.core.center[1]
        return self.lines[bisect(self.levels, level - reach) : bisect(self.levels, level + reach)]


def same_row(a: Line, b: Line) -> bool:
    """Whether two lines share half of the lower one's height."""
    return a.box.overlap_y(b.box) > 0.5 * min(a.box.height, b.box.height)


def is_barred(a: Line, b: Line, barrier: Mask) -> bool:
    """Whether the barrier runs between two pieces of a row."""
    left, right = (a, b) if a.box.x0 <= b.box.x0 else (b, a)
    # A speck in a gutter can be in both boxes; cores end where it begins.
    x0, x1 = int(min(left.box.x1, left.core.x1)), int(np.ceil(max(right.box.x0, right.core.x0)))
    y0, y1 = int(max(a.core.y0, b.core.y0)), int(min(a.core.y1, b.core.y1))
    y0, y1 = min(y0, y1), max(y0, y1) + 1
    return x1 > x0 and bool(barrier[y0:y1, x0:x1].any())


def one_line(found: Sequence[Line]) -> Line:
    """The pieces of a line as one."""
    if len(found) == 1:
        return found[0]
    box, core = union(line.box for line in found), union(line.core for line in found)
    widest = max(found, key=lambda line: line.core.width)
    letters = [line for line in found if line.box.height > _MARKS * widest.box.height]
    weights = np.array([line.core.width for line in letters])
    weights = weights / weights.sum()
    stroke, size, ink = (
        float(np.dot(weights, [getattr(line, name) for line in letters]))
        for name in ("stroke", "size", "ink")
    )
    return Line(box, core, widest.rise, stroke, max(size, 0.8 * max(line.size for line in found)), ink)
