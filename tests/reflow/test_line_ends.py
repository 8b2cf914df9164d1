"""Words cut off their line are put back; words over a gutter are not."""

from __future__ import annotations

from dataclasses import replace

from layout.document import Direction, RegionKind
from layout.reflow.line_ends import with_line_ends
from layout.reflow.measure import measure_body
from tests.reflow.typeset import page_of, typeset

ABOVE = """
The council met on Monday and
spoke of nothing but a bridge.
"""


def joined(word_at: float, direction: Direction = Direction.LTR) -> list[str]:
    """A short line, then a loose word at this place (px from the column's start) on its level."""
    page = page_of(
        typeset(ABOVE, direction=direction),
        typeset("which is old and nobody", y=480, direction=direction),
        typeset("pays", x=200 + word_at, y=480, kind=RegionKind.UNKNOWN, direction=direction),
        direction=direction,
    )
    page = replace(page, regions=with_line_ends(page, page.regions, measure_body(page)))
    return [region.lines[-1].text for region in page.regions[1:]]


def test_a_word_inside_the_column_is_the_lines_end():
    for direction in (Direction.LTR, Direction.RTL):
        assert joined(345, direction) == ["which is old and nobody pays"]


def test_a_word_past_the_column_stays():
    assert joined(460) == ["which is old and nobody", "pays"]
