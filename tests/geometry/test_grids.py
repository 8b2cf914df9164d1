"""Ruled tables: what is one, and what stands in its cells."""

from __future__ import annotations

import numpy as np
import pytest

from layout.document import Box, RegionKind, Shape
from layout.geometry.components import Marks
from layout.geometry.grids import find_grids
from layout.geometry.rules import Rules
from tests.geometry.paper import Paper, detect

PITCH = 30.0


def level(*places: float, x0: float = 100.0, x1: float = 400.0) -> tuple[Box, ...]:
    return tuple(Box(x0, y, x1, y + 3) for y in places)


def upright(*places: float, y0: float = 100.0, y1: float = 203.0) -> tuple[Box, ...]:
    return tuple(Box(x, y0, x + 3, y1) for x in places)


def marks_of(*boxes: tuple[int, int, int, int]) -> Marks:
    """Letters with these boxes."""
    x0, y0, x1, y1 = np.array(boxes or np.empty((0, 4)), np.int64).reshape(-1, 4).T
    return Marks(x0, y0, x1, y1, (x1 - x0) * (y1 - y0))


NONE = marks_of()


def test_level_rules_with_upright_ones_through_them_are_a_grid() -> None:
    (grid,) = find_grids(Rules(level(100, 150, 200), upright(100, 220, 397)), NONE, 1400, PITCH)
    assert len(list(grid.cells())) == 4


def test_a_rule_between_columns_that_goes_on_makes_no_grid() -> None:
    assert not find_grids(Rules(level(100, 150, 200), upright(220, y1=900)), NONE, 1400, PITCH)


def test_rules_far_from_each_other_are_no_rows() -> None:
    assert not find_grids(Rules(level(100, 350, 600), upright(220, y1=600)), NONE, 1400, PITCH)


def test_rules_over_the_whole_page_are_no_table() -> None:
    assert not find_grids(Rules(level(100, 150, 200, x1=1300), upright(220)), NONE, 1400, PITCH)


@pytest.mark.parametrize(("width", "is_table"), [(40, True), (120, False)])
def test_short_texts_in_rows_and_columns_between_three_rules_are_a_table(width: int, is_table: bool) -> None:
    """Texts that fill their columns are an article under a heading."""
    rows = range(160, 300, 30)
    texts = marks_of(*((x, y, x + width, y + 16) for y in rows for x in (110, 270)))
    found = find_grids(Rules(level(100, 140, 320), ()), texts, 1400, PITCH)
    assert [len(list(grid.cells())) for grid in found] == ([12] if is_table else [])


def tabled() -> tuple[Paper, list[list[str]]]:
    """A page of two columns with a ruled table in small type at the foot of the left one."""
    paper = Paper(1300, 1400)
    paper.column(80, 100, 540, 20)
    paper.column(680, 100, 540, 32)
    rows = [["barley", "200", "-20"], ["sugar", "460", "-30"], ["wool", "617", "+28"], ["oats", "670", "+7"]]
    for y in range(900, 900 + 5 * 60, 60):
        paper.rule(80, y, 620, y)
    for x in (80, 260, 440, 620):
        paper.rule(x, 900, x, 900 + 4 * 60)
    for n, row in enumerate(rows):
        for x, text in zip((100, 290, 470), row, strict=True):
            paper.text(x, 918 + 60 * n, text, size=14)
    return paper, rows


def cells_of(shape: Shape) -> list[Shape]:
    return [child for child in shape.children if child.kind is RegionKind.TABLE_CELL]


def test_a_ruled_table_holds_its_cells_and_rules() -> None:
    paper, rows = tabled()
    found = detect(paper.scan())
    (table,) = [shape for shape in found.shapes if shape.kind is RegionKind.TABLE]
    assert len(cells_of(table)) == sum(map(len, rows))
    assert not any(
        table.box.covers(shape.box, 0.9) for shape in found.shapes if shape.kind is RegionKind.SEPARATOR
    )


def test_a_frame_in_parts_around_articles_is_no_table() -> None:
    paper = Paper(1300, 1400)
    paper.column(80, 560, 540, 20)
    paper.column(680, 100, 540, 32)
    for y in (100, 300, 500):
        paper.rule(80, y, 620, y)
    for x in (80, 350, 620):
        paper.rule(x, 100, x, 500)
    for x in (100, 370):
        for y in (110, 310):
            paper.column(x, y, 230, 5)
    assert not [shape for shape in detect(paper.scan()).walk() if shape.kind is RegionKind.TABLE]
