"""Tables of figures are found by their rows and columns; columns of text are none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layout.document import Box, Column, Direction, Page, Region, RegionKind
from layout.reflow.tables import with_tables
from tests.reflow.typeset import PITCH, page_of, rule, typeset

PRICES = [("Market", "Price", "Change"), ("Oats", "381", "+2"), ("Salt", "705", "-19"), ("Tin", "51", "+2")]
TEXT = """
    The council met on a Monday and
    said nothing of the bridge that
    everybody had come to hear of.
"""


def cells(rows: list[tuple[str, ...]], y: float = 600, direction: Direction = Direction.LTR) -> list[Region]:
    """Each text a region of its own, three line pitches from column to column and more."""
    return [
        typeset(text, x=200 + 250 * column, y=y + row * PITCH, direction=direction)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]


def tables(page: Page) -> list[list[str]]:
    """The texts of the cells of each table."""
    return [
        [child.text for child in region.children if child.kind is RegionKind.TABLE_CELL]
        for region in with_tables(page).regions
        if region.kind is RegionKind.TABLE
    ]


@pytest.mark.parametrize("direction", list(Direction)[:2])
def test_rows_of_figures_are_a_table_read_row_by_row(direction: Direction) -> None:
    page = page_of(
        typeset(TEXT, y=200, direction=direction), *cells(PRICES, direction=direction), direction=direction
    )
    assert tables(page) == [[text for row in PRICES for text in row]]


@pytest.mark.parametrize("direction", list(Direction)[:2])
def test_the_cells_of_a_ruled_table_are_read_row_by_row(direction: Direction) -> None:
    """As they come from the picture: from the left, whichever way the page is read."""
    parts = [replace(cell, kind=RegionKind.TABLE_CELL) for cell in cells(PRICES, direction=direction)]
    parts.sort(key=lambda cell: (cell.box.y0, cell.box.x0))
    box = Box(180, 590, 2220, 900)
    table = Region("", RegionKind.TABLE, box, children=tuple(parts), direction=direction)
    page = page_of(typeset(TEXT, y=200, direction=direction), table, direction=direction)
    assert tables(page) == [[text for row in PRICES for text in row]]


def test_a_table_begins_further_out_than_text_with_a_hanging_indent() -> None:
    page = page_of(typeset(TEXT, y=200), *cells(PRICES))
    beside = (Column(Box(230, 200, 1000, 1200)), Column(Box(1100, 200, 1700, 1200)))
    assert tables(replace(page, columns=beside)) == [[text for row in PRICES for text in row]]


def test_what_is_no_cell_stays() -> None:
    page = page_of(typeset(TEXT, y=200), *cells(PRICES))
    rest = [region for region in with_tables(page).regions if region.kind is not RegionKind.TABLE]
    assert rest == [page.regions[0]]


def test_its_rules_are_the_tables() -> None:
    rules = [rule(180, 590, 620), rule(180, 600 + 4.5 * PITCH, 620)]
    (table,) = with_tables(page_of(*cells(PRICES), *rules)).regions
    assert [child.kind for child in table.children].count(RegionKind.SEPARATOR) == 2
    assert (table.box.x0, table.box.x1) == (180, 800)


def test_a_box_that_its_rules_made_is_none() -> None:
    made = page_of(*cells(PRICES))
    box = Region("p0001_r099", RegionKind.ADVERTISEMENT, made.box, children=made.regions)
    page = page_of(typeset(TEXT, y=200))
    assert [r.kind for r in with_tables(_with(page, box)).regions] == [RegionKind.PARAGRAPH, RegionKind.TABLE]


def _with(page: Page, region: Region) -> Page:
    return replace(page, regions=(*page.regions, region))


def test_words_alone_are_no_table() -> None:
    names = [("Miriam", "Agnes"), ("Samuel", "Edwin"), ("Ruth", "Leonard"), ("Clara", "Peter")]
    assert not tables(page_of(*cells(names)))


def test_texts_that_stand_in_no_column_are_no_table() -> None:
    rows = [
        typeset(text, x=200 + 250 * column + 90 * row, y=600 + row * PITCH)
        for row, texts in enumerate(PRICES)
        for column, text in enumerate(texts)
    ]
    assert not tables(page_of(*rows))


def test_columns_of_text_side_by_side_are_no_table() -> None:
    text = "In 1914 there were 381 of them\n" * 6
    assert not tables(page_of(*(typeset(text, x=200 + 600 * n) for n in range(3))))


def test_a_table_given_by_another_system_stays() -> None:
    page = page_of(*(replace(cell, origin="import") for cell in cells(PRICES)))
    assert with_tables(page) == page
