"""The block of title, notices and dates over the first article."""

from __future__ import annotations

from dataclasses import replace

from layout.document import Direction, Metadata, Region, RegionKind
from layout.reflow import ReflowSettings, reflow
from tests.reflow.typeset import page_of, rule, typeset

K = RegionKind
TEXT = """
  The council met on Monday and
spoke of nothing but the bridge,
which is old.
  Nobody could say who is going
to pay for a new one of stone.
"""
NOTICE = """
Twelve shillings a year
paid in advance to the
office in Upper Street
"""


def front(direction: Direction, dates: bool = True) -> list[Region]:
    regions = [
        typeset("Lantern", x=900, y=220, size=5.0, kind=K.HEADLINE, direction=direction),
        typeset(NOTICE, x=200, y=240, kind=K.PARAGRAPH, direction=direction),
        typeset(NOTICE, x=1700, y=240, kind=K.PARAGRAPH, direction=direction),
        rule(200, 500, 2000, direction),
        typeset("Night ferry returns", x=200, y=640, size=2.2, kind=K.HEADLINE, direction=direction),
        *(typeset(TEXT, x=x, y=760, direction=direction) for x in (200, 700, 1200, 1700)),
    ]
    if dates:
        regions += [
            typeset("Saturday, October 17, 1931", x=900, y=520, kind=K.UNKNOWN, direction=direction),
            rule(200, 580, 2000, direction),
        ]
    return regions


def titles(*regions: Region, direction: Direction = Direction.LTR) -> list[str | None]:
    page = page_of(*regions, direction=direction)
    return [item.title for item in reflow("t", (page,), Metadata(), ReflowSettings()).items]


def test_the_notices_beside_the_title_open_no_article():
    for direction in (Direction.LTR, Direction.RTL):
        assert titles(*front(direction), direction=direction) == ["Night ferry returns"]


def test_without_a_line_of_dates_it_is_a_headline_with_its_text():
    assert len(titles(*front(Direction.LTR, dates=False))) > 1


def plain_head(direction: Direction, *dates: Region) -> list[Region]:
    """A title with one rule under it: no line of dates between two."""
    return [*front(direction, dates=False), *dates]


def test_a_date_over_the_only_rule_makes_it_a_head():
    for direction in (Direction.LTR, Direction.RTL):
        date = typeset("Saturday, October 17, 1931", x=1600, y=180, kind=K.UNKNOWN, direction=direction)
        assert titles(*plain_head(direction, date), direction=direction) == ["Night ferry returns"]


def test_a_drawn_name_that_cannot_be_read_is_the_masthead():
    regions = plain_head(Direction.RTL)
    name = replace(regions[0], kind=K.MASTHEAD, lines=(replace(regions[0].lines[0], words=()),))
    page = page_of(name, *regions[1:], direction=Direction.RTL)
    issue = reflow("t", (page,), Metadata(), ReflowSettings())
    names = [region for region in issue.pages[0].walk() if region.kind is K.MASTHEAD]
    assert [region.box.x0 for region in names] == [name.box.x0]
    assert [item.title for item in issue.items] == ["Night ferry returns"]
