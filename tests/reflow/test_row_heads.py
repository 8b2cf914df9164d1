"""Small headings that begin level with a headline of the next column open articles; others are crossheads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layout.document import Box, Direction, Page, Region, RegionKind
from layout.reflow.row_heads import with_row_heads
from tests.reflow.typeset import page_of, picture, rule, typeset

TEXT = """
    The council met on a Monday and
    said nothing of the bridge that
    everybody had come to hear of.
"""
DIRECTIONS = pytest.mark.parametrize("direction", [Direction.LTR, Direction.RTL])


def two_rows(direction: Direction, white: float = 80, low: float = 0, *more: Region) -> Page:
    """An article over two columns; under it, after so much white, a headline beside a small heading, which
    stands so much lower.
    """
    y = 520 + white
    return page_of(
        typeset("The bridge has fallen", x=200, y=200, size=2.5, kind="headline", direction=direction),
        typeset(TEXT, x=200, y=400, direction=direction),
        typeset(TEXT, x=800, y=400, direction=direction),
        typeset("Rain spoils the fair", x=200, y=y, size=2.0, kind="headline", direction=direction),
        typeset(TEXT, x=200, y=y + 120, direction=direction),
        typeset("A new clerk", x=800, y=y + low, kind="crosshead", direction=direction),
        typeset(TEXT, x=800, y=y + low + 50, direction=direction),
        *more,
        direction=direction,
    )


def headlines(page: Page) -> set[str]:
    return {r.text for r in with_row_heads(page).regions if r.kind is RegionKind.HEADLINE}


@DIRECTIONS
def test_a_heading_level_with_a_headline_below_white_opens_an_article(direction: Direction) -> None:
    assert headlines(two_rows(direction)) == {"The bridge has fallen", "Rain spoils the fair", "A new clerk"}


def test_below_a_rule_it_needs_no_white() -> None:
    page = two_rows(Direction.LTR, 30, 0, rule(200, 535, 1034))
    assert "A new clerk" in headlines(page)


def test_without_white_or_rule_it_is_a_crosshead() -> None:
    assert "A new clerk" not in headlines(two_rows(Direction.LTR, 30))


def test_a_heading_that_stands_where_its_text_has_come_to_is_a_crosshead() -> None:
    assert "A new clerk" not in headlines(two_rows(Direction.LTR, 80, 60))


def test_a_rule_that_runs_on_between_the_columns_keeps_them_apart() -> None:
    upright = Region("", RegionKind.SEPARATOR, Box(778, 390, 782, 900))
    assert "A new clerk" not in headlines(two_rows(Direction.LTR, 80, 0, upright))


def test_a_picture_over_the_heading_is_no_white() -> None:
    page = two_rows(Direction.LTR, 400, 0, picture(800, 540, 430, 370))
    assert "A new clerk" not in headlines(page)


def test_kinds_that_came_with_the_input_stay() -> None:
    page = two_rows(Direction.LTR)
    given = replace(page, regions=tuple(replace(r, origin="import") for r in page.regions))
    assert with_row_heads(given) == given
