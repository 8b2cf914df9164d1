"""A byline's second line belongs to it."""

from __future__ import annotations

import pytest

from layout.document import Direction, RegionKind
from layout.reflow.bylines import with_whole_bylines
from tests.reflow.typeset import page_of, texts, typeset

TEXT = """
    The council met on a Monday and
    said nothing of the bridge that
    everybody had come to hear of.
"""


def whole(rest: str, x: float, direction: Direction, gap: float = 40) -> list[str]:
    parts = [
        typeset("From our correspondent Edwin", x=214, y=400, kind=RegionKind.BYLINE, direction=direction),
        typeset(rest, x=x, y=400 + gap, kind=RegionKind.PARAGRAPH, direction=direction),
        typeset(TEXT, x=200, y=620, kind=RegionKind.PARAGRAPH, direction=direction),
    ]
    return texts(with_whole_bylines(page_of(*parts, direction=direction)))[:-1]


@pytest.mark.parametrize("direction", [Direction.LTR, Direction.RTL])
@pytest.mark.parametrize("x", [536, 375])  # at the line's end; in the middle
def test_a_short_line_set_below_a_byline_is_its_rest(x: float, direction: Direction) -> None:
    assert whole("Marsh", x, direction) == ["From our correspondent Edwin / Marsh"]


@pytest.mark.parametrize("direction", [Direction.LTR, Direction.RTL])
def test_what_stands_further_off_or_begins_where_the_byline_does_is_none(direction: Direction) -> None:
    assert len(whole("Marsh", 536, direction, gap=110)) == 2
    assert len(whole("Marsh", 214, direction)) == 2
    assert len(whole("He said so twice", 382, direction)) == 2
