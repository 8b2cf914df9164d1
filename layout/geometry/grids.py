"""Ruled tables: level rules below each other and upright ones through them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from layout.document import Box, RegionKind, Shape, union
from layout.geometry.rules import Rules

_LEVEL_RULES = 3  # at least: over and under the head, and under the rest
_FLUSH = 0.6  # line pitches by which the rules of a table end before or after each other
_ROW = 4.0  # line pitches from rule to rule at most
_WIDEST = 0.6  # of the page's width: columns between the page's rules are no cells
_THROUGH = 0.8  # of the table's height that an upright rule in it takes up
_CELL = 1.0  # line pitches: the narrowest column
_HELD = 0.6  # of the cells have text
_RIM = 0.1  # line pitches by which a cell's text may reach into its rules


@dataclass(frozen=True)
class Grid:
    """A ruled table: its box, and the places of its rules, left to right and top to bottom."""

    box: Box
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    def cells(self) -> Iterator[Box]:
        """The cells, row by row from the left."""
        for y0, y1 in pairwise(self.ys):
            for x0, x1 in pairwise(self.xs):
                yield Box(x0, y0, x1, y1)


def find_grids(rules: Rules, width: float, pitch: float) -> tuple[Grid, ...]:
    """The ruled tables of a page that is ``width`` wide, top to bottom."""
    left = sorted(rules.horizontal, key=lambda rule: rule.y0)
    found = []
    while left:
        stack = [left.pop(0)]
        for rule in tuple(left):
            last = stack[-1]
            flush = max(abs(rule.x0 - last.x0), abs(rule.x1 - last.x1)) < _FLUSH * pitch
            if flush and rule.y0 - last.y0 < _ROW * pitch:
                stack.append(rule)
                left.remove(rule)
        grid = _grid(stack, rules.vertical, width, pitch)
        if grid is not None:
            found.append(grid)
    return tuple(found)


def _grid(level: Sequence[Box], upright: Sequence[Box], width: float, pitch: float) -> Grid | None:
    box = union(level)
    if len(level) < _LEVEL_RULES or box.width > _WIDEST * width:
        return None
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
