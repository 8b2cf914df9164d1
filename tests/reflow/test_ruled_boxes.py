"""What stands between two rules of the column's width, set in from their ends, is a sidebar."""

from __future__ import annotations

from layout.document import Region, RegionKind
from layout.reflow.ruled_boxes import with_ruled_boxes
from tests.reflow.typeset import PITCH, page_of, rule, typeset

WIDE = """
    The council met on a Monday and
    said nothing of the bridge that
    everybody had come to hear of x
"""
NARROW = """
    The mill was built by
    two brothers who came
    over the hills with a
    cart and a mule once.
"""
COLUMN = 31 * 14.0  # the wide lines


def boxes(inset: float, second: float = COLUMN, head: RegionKind = RegionKind.HEADLINE) -> list[list[str]]:
    """What each sidebar holds on a page with two rules, the second so wide, around text so much set in."""
    page = page_of(
        typeset(WIDE, x=200, y=300),
        rule(200, 300 + 4 * PITCH, COLUMN),
        typeset("The old mill", x=200 + inset, y=480, kind=head),
        typeset(NARROW, x=200 + inset, y=530),
        rule(200, 530 + 5 * PITCH, second),
        typeset(WIDE, x=200, y=800),
    )
    found = with_ruled_boxes(page).regions
    return [[child.text.split("\n")[0] for child in r.children] for r in found if _is_sidebar(r)]


def _is_sidebar(region: Region) -> bool:
    return region.kind is RegionKind.SIDEBAR


def test_a_heading_and_text_set_in_between_two_rules_are_a_sidebar() -> None:
    assert boxes(inset=50) == [["The old mill", "The mill was built by"]]


def test_text_that_begins_where_the_rules_do_is_the_columns() -> None:
    assert boxes(inset=0) == []


def test_rules_of_two_widths_close_nothing_off() -> None:
    assert boxes(inset=50, second=0.5 * COLUMN) == []


def test_text_without_a_heading_is_no_sidebar() -> None:
    assert boxes(inset=50, head=RegionKind.PARAGRAPH) == []
