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


def test_terms_in_small_type_over_the_only_rule_make_it_a_head():
    """No date was read, but notices of prices stand around the name."""
    head, *rest = front(Direction.LTR, dates=False)
    rest = [region for region in rest if region.kind is not K.PARAGRAPH or region.box.y0 > 600]
    terms = [
        typeset(words, x=x, y=y, size=0.75, kind=K.UNKNOWN)
        for x in (200, 1700)
        for y, words in ((240, "Twelve shillings a year"), (300, "paid in advance"), (400, "Upper Street 4"))
    ]
    assert titles(head, *terms, *rest) == ["Night ferry returns"]


def test_a_drawn_name_that_cannot_be_read_is_the_masthead():
    regions = plain_head(Direction.RTL)
    name = replace(regions[0], kind=K.MASTHEAD, lines=(replace(regions[0].lines[0], words=()),))
    page = page_of(name, *regions[1:], direction=Direction.RTL)
    issue = reflow("t", (page,), Metadata(), ReflowSettings())
    names = [region for region in issue.pages[0].walk() if region.kind is K.MASTHEAD]
    assert [region.box.x0 for region in names] == [name.box.x0]
    assert [item.title for item in issue.items] == ["Night ferry returns"]


def test_under_a_drawn_name_the_line_of_dates_ends_the_head_where_no_rule_does():
    regions = [r for r in plain_head(Direction.RTL) if r.kind is not K.SEPARATOR]
    name = replace(regions[0], kind=K.MASTHEAD, lines=(replace(regions[0].lines[0], words=()),))
    date = typeset("Saturday, October 17, 1931", x=900, y=500, kind=K.UNKNOWN, direction=Direction.RTL)
    assert titles(name, *regions[1:], date, direction=Direction.RTL) == ["Night ferry returns"]


def test_a_list_of_agents_between_the_dates_and_the_next_rule_is_of_the_head():
    agents = typeset("Agents in Upper Street", x=300, y=640, size=0.8, kind=K.UNKNOWN)
    under = rule(200, 700, 2000, Direction.LTR)
    moved = [replace_y(region, 160) for region in front(Direction.LTR) if region.box.y0 > 600]
    head = [region for region in front(Direction.LTR) if region.box.y0 < 600]
    assert titles(*head, agents, under, *moved) == ["Night ferry returns"]


def replace_y(region: Region, dy: float) -> Region:
    lines = tuple(
        replace(
            line,
            box=line.box.moved(0, dy),
            baseline=tuple((x, y + dy) for x, y in line.baseline),
            words=tuple(replace(word, box=word.box.moved(0, dy)) for word in line.words),
        )
        for line in region.lines
    )
    return replace(region, box=region.box.moved(0, dy), lines=lines)
