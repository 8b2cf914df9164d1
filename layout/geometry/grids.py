"""Ruled tables: level rules below each other, with upright ones through them or columns of short texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from layout.document import Box, RegionKind, Shape, union
from layout.geometry.components import Ints, Marks, Mask
from layout.geometry.rules import Rules

_LEVEL_RULES = 3  # at least: over and under the head, and under the rest
_FLUSH = 0.6  # line pitches by which the rules of a table end before or after each other
_ROW = 4.0  # line pitches from rule to rule at most, where a rule is under each row
_HIGHEST = 40.0  # line pitches: a table with rules around its head and its end alone
_WIDEST = 0.6  # of the page's width: columns between the page's rules are no cells
_THROUGH = 0.8  # of the table's height that an upright rule in it takes up
_CELL = 1.0  # line pitches: the narrowest column, and the white between two without a rule
_DOTS = 0.2  # line pitches: white between a letter and its dots is less, between two rows more
_LINE = 1.5  # line pitches: a row is one line
_SHORT = 0.6  # of their columns that texts in a table take up; justified text takes all
_HELD = 0.6  # of the cells have text
_RIM = 0.1  # line pitches by which a cell's text may reach into its rules


@dataclass(frozen=True)
class Grid:
    """A ruled table: its box, and where its cells part, left to right and top to bottom."""

    box: Box
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    def cells(self) -> Iterator[Box]:
        """The cells, row by row from the left."""
        for y0, y1 in pairwise(self.ys):
            for x0, x1 in pairwise(self.xs):
                yield Box(x0, y0, x1, y1)


def find_grids(rules: Rules, marks: Marks, width: float, pitch: float) -> tuple[Grid, ...]:
    """The ruled tables of a page that is ``width`` wide, top to bottom; ``marks`` are its letters."""
    left = [rule for rule in rules.horizontal if rule.width < _WIDEST * width]
    left.sort(key=lambda rule: rule.y0)
    found: list[Grid] = []
    while left:
        stack = [left.pop(0)]
        for rule in tuple(left):
            last = stack[-1]
            flush = max(abs(rule.x0 - last.x0), abs(rule.x1 - last.x1)) < _FLUSH * pitch
            if flush and rule.y0 - last.y0 < _HIGHEST * pitch:
                stack.append(rule)
                left.remove(rule)
        found += _grids(stack, rules.vertical, marks, pitch)
    return tuple(found)


def _grids(level: Sequence[Box], upright: Sequence[Box], marks: Marks, pitch: float) -> Iterator[Grid]:
    """The tables between flush level rules: with a rule under each row, else each from head to end."""
    first = 0
    for last in range(1, len(level) + 1):
        if last == len(level) or level[last].y0 - level[last - 1].y0 > _ROW * pitch:
            rows = level[first:last]
            grid = _ruled(rows, upright, pitch)
            if grid is None and len(rows) == _LEVEL_RULES - 1 and last < len(level):
                grid = _open(level[first : last + 1], marks, pitch)
            if grid is not None:
                yield grid
            first = last


def _ruled(level: Sequence[Box], upright: Sequence[Box], pitch: float) -> Grid | None:
    if len(level) < _LEVEL_RULES:
        return None
    box = union(level)
    edge = _CELL * pitch
    inner = sorted(
        rule.center[0]
        for rule in upright
        if box.x0 + edge < rule.center[0] < box.x1 - edge
        and rule.overlap_y(box) > _THROUGH * box.height
        and rule.height < box.height + 2 * _FLUSH * pitch
    )
    if not inner or min(b - a for a, b in pairwise((box.x0, *inner, box.x1))) < edge:
        return None
    return Grid(box, (box.x0, *inner, box.x1), tuple(rule.center[1] for rule in level))


def _open(level: Sequence[Box], marks: Marks, pitch: float) -> Grid | None:
    """A table without upright rules, between those around its head and the one at its end: columns with white
    between from top to bottom, of short texts in rows.
    """
    box = union(level)
    head, end = level[1].y1, level[-1].y0
    inside = np.flatnonzero(
        (marks.x0 >= box.x0) & (marks.x1 <= box.x1) & (marks.y0 >= head) & (marks.y1 <= end)
    )
    if not len(inside):
        return None
    x0, x1 = marks.x0[inside] - int(box.x0), marks.x1[inside] - int(box.x0)
    y0, y1 = marks.y0[inside] - int(head), marks.y1[inside] - int(head)
    columns, rows = _parts(x0, x1, _CELL * pitch), _parts(y0, y1, _DOTS * pitch)
    if len(columns) < 2 or len(rows) < 2 or max(b - a for a, b in rows) > _LINE * pitch:
        return None
    filled = np.zeros((len(rows), len(columns)), bool)
    used = 0.0
    for n, (top, bottom) in enumerate(rows):
        for m, (a, b) in enumerate(columns):
            own = (y0 >= top) & (y1 <= bottom) & (x0 >= a) & (x1 <= b)
            filled[n, m] = own.any()
            used += float(x1[own].max() - x0[own].min()) if own.any() else 0.0
    room = box.width * float(filled.sum()) / len(columns)
    if filled.mean() < _HELD or used > _SHORT * room:
        return None
    xs = (box.x0, *(box.x0 + (a[1] + b[0]) / 2 for a, b in pairwise(columns)), box.x1)
    ys = (level[0].y0, head, *(head + (a[1] + b[0]) / 2 for a, b in pairwise(rows)), end)
    return Grid(box, xs, ys)


def _parts(starts: Ints, stops: Ints, least: float) -> list[tuple[int, int]]:
    """(start, stop) of each stretch of an axis in which no more white than ``least`` is between marks."""
    order = np.argsort(starts, kind="stable")
    reach = np.maximum.accumulate(stops[order])
    cuts = np.flatnonzero(starts[order][1:] - reach[:-1] > least) + 1
    firsts = [0, *cuts.tolist()]
    lasts = [*(cuts - 1).tolist(), len(order) - 1]
    return [(int(starts[order[a]]), int(reach[b])) for a, b in zip(firsts, lasts, strict=True)]


def put_cells(gutters: Mask, grids: Sequence[Grid]) -> None:
    """Walls between the columns of tables, in place."""
    for grid in grids:
        for x in grid.xs[1:-1]:
            gutters[int(grid.box.y0) : int(grid.box.y1), int(x) - 1 : int(x) + 2] = True


def as_tables(
    grids: Sequence[Grid], shapes: Sequence[Shape], pitch: float
) -> tuple[list[Shape], list[Shape]]:
    """(the tables with their cells and rules, the other shapes); where text reaches over its cell there is
    no table."""
    tables: list[Shape] = []
    rest = list(shapes)
    for grid in grids:
        inside = [shape for shape in rest if grid.box.grown(_FLUSH * pitch).covers(shape.box, 0.9)]
        texts = [shape for shape in inside if shape.lines]
        cells = [_cell(cell, texts, pitch) for cell in grid.cells()]
        held = [cell for cell in cells if cell is not None]
        if len(held) < _HELD * len(cells) or sum(len(cell.lines) for cell in held) < sum(
            len(text.lines) for text in texts
        ):
            continue
        rules = [shape for shape in inside if shape.kind is RegionKind.SEPARATOR]
        reason = f"table: {len(grid.ys) - 1} rows and {len(grid.xs) - 1} columns between rules"
        tables.append(
            Shape(RegionKind.TABLE, grid.box, children=(*held, *rules), confidence=0.9, reason=reason)
        )
        rest = [shape for shape in rest if not any(shape is part for part in inside)]
    return tables, rest


def _cell(place: Box, texts: Sequence[Shape], pitch: float) -> Shape | None:
    """The text in a cell; None where it has none."""
    room = place.grown(_RIM * pitch)
    own = [line for text in texts for line in text.lines if room.covers(line.box, 0.9)]
    if not own:
        return None
    lines = tuple(sorted(own, key=lambda line: line.box.y0))
    box = union(line.box for line in lines)
    return Shape(
        RegionKind.TABLE_CELL, box, lines=lines, confidence=0.9, reason="text between a table's rules"
    )
