"""Words that justification drew far apart: lines of a narrow column, and lines cut where no gutter is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from layout.geometry.components import Mask
from layout.geometry.line import Line, is_one_type, ratio
from layout.geometry.rows import Levels, Reason, is_barred, one_line
from layout.geometry.strokes import Floats

_LEVEL = 0.4  # pitches by which the middles of one line's pieces differ
_WORD = 6.5  # pitches: a longer piece is more than some words; a row has one such piece at most
_STRETCH = 8.0  # pitches to which a space can be drawn out in a narrow column
_RIVER = 1.6  # pitches: a wider space that white runs through is a gutter's or a table's
_ONE_STROKE = 1.2  # strokes of words of one type differ less, of a few letters more
_EDGE = 0.2  # pitches by which lines that begin or end at one gutter differ
_NEAR = 8.0  # pitches up and down in which a gutter shows
_SHOWN = 3  # lines that begin or end at it
_NARROWER = 0.7  # times a gutter's width: a space is narrower
_INDENT = 2.0  # pitches by which a first line is set in


def drawn_apart(lines: Sequence[Line], barrier: Mask, pitch: float) -> Reason:
    """Words in one row that together begin and end where the line above or below does, which runs over all.

    White that runs through the space between two words is no gutter where no other lines begin or end at it:
    short lines above and below leave it, or a table's columns do.
    """
    edges = _Edges(Levels.of(lines), pitch)

    def follows(a: Line, b: Line) -> bool:
        gap = b.box.x0 - a.box.x1
        if not 0 < gap < _STRETCH * pitch or ratio(a.size, b.size) > 1.6 or ratio(a.stroke, b.stroke) > 1.45:
            return False
        if not is_barred(a, b, barrier):
            return True
        if gap > _RIVER * pitch or not is_one_type(a, b, _ONE_STROKE):
            return False
        return not edges.are_at(a, b)

    def spanned(row: Sequence[Line], around: Iterable[Line]) -> bool:
        whole = one_line(row)
        spare = _INDENT if any(is_barred(a, b, barrier) for a, b in pairwise(row)) else 0.0
        return any(
            _spans(line, whole, pitch, spare) and all(line.box.overlap_x(piece.box) > 0 for piece in row)
            for line in around
            if line not in row
        )

    def part(row: Sequence[Line], around: Iterable[Line]) -> Sequence[Line]:
        parts = (part for part in _parts(row, _WORD * pitch) if len(part) > 1)
        return next((part for part in parts if spanned(part, around)), ())

    return Reason(_LEVEL * pitch, follows, part=part)


def _parts(row: Sequence[Line], most: float) -> Iterator[Sequence[Line]]:
    """The words between two pieces longer than ``most`` pixels (or the ends of the row), with the one and
    with the other."""
    long = [n for n, line in enumerate(row) if line.box.width >= most]
    for before, after in pairwise([-1, *long, len(row)]):
        yield row[max(0, before) : after]
        yield row[before + 1 : after + 1]


@dataclass(frozen=True)
class _Edges:
    """Where lines begin and end, and the white to the next ones of their rows."""

    levels: Levels
    pitch: float

    @cached_property
    def _table(self) -> Floats:
        """Beginning, end, level, white before and after: 5 x N."""
        rows = []
        for line in self.levels.lines:
            x0, x1 = line.box.x0, line.box.x1
            beside = [other.box for other in self.levels.near(line, _LEVEL * self.pitch)]
            before = x0 - max((box.x1 for box in beside if box.x1 <= x0), default=-np.inf)
            after = min((box.x0 for box in beside if box.x0 >= x1), default=np.inf) - x1
            rows.append((x0, x1, line.core.center[1], before, after))
        return np.array(rows).T

    def are_at(self, a: Line, b: Line) -> bool:
        """Whether other lines begin or end at the space between two words that stand no further apart."""
        x0, x1, level, before, after = self._table
        edge, widest = _EDGE * self.pitch, (b.box.x0 - a.box.x1) / _NARROWER
        shown = (np.abs(x0 - b.box.x0) < edge) & (before < widest)
        shown |= (np.abs(x1 - a.box.x1) < edge) & (after < widest)
        shown &= np.abs(level - a.core.center[1]) < _NEAR * self.pitch
        return int(np.count_nonzero(shown)) >= _SHOWN + 2  # the two themselves do


def _spans(line: Line, whole: Line, pitch: float, spare: float) -> bool:
    """Whether a line is one of the same column: right above or below, from edge to edge; on one side it may
    be set in by ``spare`` pitches."""
    off = abs(line.core.center[1] - whole.core.center[1])
    left, right = line.box.x0 - whole.box.x0, whole.box.x1 - line.box.x1
    less, more = sorted((left, right), key=abs)
    edges = max(abs(less), more - spare * pitch, -more)
    return 0.5 * pitch < off < 1.7 * pitch and edges < 0.4 * pitch and ratio(line.size, whole.size) < 1.4
