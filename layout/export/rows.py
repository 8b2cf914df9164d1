"""Cells of a table by their place: side by side they are a row, above each other a column."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from layout.document import Region, TextLine

Cell = TypeVar("Cell", Region, TextLine)

#: Two cells share a row if they overlap vertically by this part of the lower one's height.
_SAME_ROW = 0.5


def rows_of(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Cells in the order given, those beside each other in one row."""
    rows: list[list[Cell]] = []
    for cell in cells:
        last = rows[-1][-1].box if rows else None
        if last and last.overlap_y(cell.box) >= _SAME_ROW * min(last.height, cell.box.height):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return rows


def grid_of(cells: Sequence[Cell]) -> list[list[Cell | None]]:
    """The rows with all their columns, those of the longest row; None where a row has no cell."""
    rows = rows_of(cells)
    model = max(rows, key=len, default=[])
    return [_in_columns(row, model) for row in rows]


def _in_columns(row: Sequence[Cell], model: Sequence[Cell]) -> list[Cell | None]:
    """The row's cells each under the cell of ``model`` that it overlaps most or is next to.

    From the first column on, where two would come to the same.
    """
    columns = range(len(model))
    places = [max(columns, key=lambda n: model[n].box.overlap_x(cell.box)) for cell in row]
    if any(first >= second for first, second in pairwise(places)):
        places = list(columns[: len(row)])
    found: list[Cell | None] = [None] * len(model)
    for place, cell in zip(places, row, strict=True):
        found[place] = cell
    return found
