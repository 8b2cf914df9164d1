"""Cells of a table by their place: what stands side by side is a row."""

from __future__ import annotations

from collections.abc import Sequence
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
