"""Small headings of one look open items of their own; crossheads do not."""

from __future__ import annotations

from dataclasses import replace

from layout.document import Page, Region, RegionKind
from layout.reflow.briefs import with_briefs
from tests.reflow.typeset import page_of, typeset

TEXT = """
    The council met on a Monday and
    said nothing of the bridge that
    everybody had come to hear of.
"""
HEADLINE, CROSSHEAD, PARAGRAPH = RegionKind.HEADLINE, RegionKind.CROSSHEAD, RegionKind.PARAGRAPH


def heading(text: str, x: float, y: float, kind: RegionKind = CROSSHEAD, weight: float = 1.3) -> Region:
    made = typeset(text, x=x, y=y, kind=kind)
    return replace(made, appearance=replace(made.appearance, weight=weight))


def column(x: float, y: float, *names: str) -> list[Region]:
    """Small bold headings in a column, each over a paragraph."""
    return [
        part
        for n, name in enumerate(names)
        for part in (
            heading(name, x, y + 250 * n),
            typeset(TEXT, x=x, y=y + 50 + 250 * n, kind=PARAGRAPH),
        )
    ]


def headlines(page: Page) -> set[str]:
    return {region.text for region in with_briefs(page).regions if region.kind is HEADLINE}


def test_headings_in_a_column_without_a_headline_open_items() -> None:
    page = page_of(*column(200, 200, "Rain again", "The ferry is late", "A new clerk"))
    assert headlines(page) == {"Rain again", "The ferry is late", "A new clerk"}


def test_headings_set_like_the_headline_over_them_open_items() -> None:
    first, *rest = column(200, 400, "Rain again", "The ferry is late", "A new clerk")
    large = typeset("The bridge has fallen", x=200, y=200, size=2.5, kind=HEADLINE)
    page = page_of(large, replace(first, kind=HEADLINE), *rest)
    assert headlines(page) == {"The bridge has fallen", "Rain again", "The ferry is late", "A new clerk"}


def test_crossheads_under_a_larger_headline_stay() -> None:
    large = typeset("The bridge has fallen", x=200, y=200, size=2.5, kind=HEADLINE)
    page = page_of(large, *column(200, 400, "Rain again", "The ferry is late"))
    assert headlines(page) == {"The bridge has fallen"}


def test_a_single_heading_in_a_column_that_goes_on_stays() -> None:
    page = page_of(typeset(TEXT, x=200, y=200, kind=PARAGRAPH), *column(200, 450, "Rain again"))
    assert not headlines(page)


def test_headings_that_came_with_the_input_stay() -> None:
    given = [replace(region, origin="import") for region in column(200, 200, "Rain again", "The ferry")]
    assert not headlines(page_of(*given))


def article_over_briefs(shift: float) -> Page:
    """An article in two columns, and below white two briefs, the second one so much lower."""
    large = typeset("The bridge has fallen", x=200, y=200, size=2.5, kind=HEADLINE)
    text = [typeset(TEXT, x=x, y=400, kind=PARAGRAPH) for x in (200, 800)]
    first, second = column(200, 620, "Rain again"), column(800, 620 + shift, "The ferry is late")
    return page_of(large, *text, *first, *second)


def test_headings_level_in_two_columns_open_a_row_of_briefs() -> None:
    found = headlines(article_over_briefs(0))
    assert found == {"The bridge has fallen", "Rain again", "The ferry is late"}


def test_they_do_with_a_column_between_in_which_text_begins_level_but_not_where_it_runs_on() -> None:
    for y, opens in ((620, True), (520, False)):
        large = typeset("The bridge has fallen", x=200, y=200, size=2.5, kind=HEADLINE)
        text = [typeset(TEXT, x=x, y=300, kind=PARAGRAPH) for x in (200, 800, 1400)]
        between = typeset(TEXT, x=800, y=y, kind=PARAGRAPH)
        briefs = [*column(200, 620, "Rain again"), *column(1400, 620, "The ferry is late")]
        found = headlines(page_of(large, *text, between, *briefs))
        assert ({"Rain again", "The ferry is late"} <= found) is opens


def test_headings_that_stand_where_they_fall_are_crossheads() -> None:
    assert headlines(article_over_briefs(60)) == {"The bridge has fallen"}


def test_a_heading_at_the_head_of_its_column_beside_a_headline_of_its_look_opens_a_brief() -> None:
    """Whatever its letters measure: no crosshead is set at a column's head."""
    first, second = column(200, 400, "Rain again"), column(800, 400, "The ferry is late")
    first[0] = heading("Rain again", 200, 400, kind=HEADLINE, weight=1.15)
    second[0] = heading("The ferry is late", 800, 400, weight=1.0)
    assert headlines(page_of(*first, *second)) == {"Rain again", "The ferry is late"}


def test_a_lone_heading_of_the_texts_size_under_a_small_headline_is_a_crosshead() -> None:
    parts = column(200, 200, "Rain again", "The ferry is late")
    parts[0] = heading("Rain again", 200, 200, kind=HEADLINE, weight=1.15)
    parts[2] = heading("The ferry is late", 200, 450, weight=1.0)
    assert headlines(page_of(*parts)) == {"Rain again"}


def test_several_of_them_are_briefs() -> None:
    parts = column(200, 200, "Rain again", "The ferry is late", "A new clerk")
    parts[0] = heading("Rain again", 200, 200, kind=HEADLINE, weight=1.1)
    parts[2] = heading("The ferry is late", 200, 450, weight=1.0)
    parts[4] = heading("A new clerk", 200, 700, weight=1.0)
    assert headlines(page_of(*parts)) == {"Rain again", "The ferry is late", "A new clerk"}


def test_a_heading_that_asks_or_fills_its_column_is_set_like_the_others() -> None:
    first, *rest = column(200, 200, "Who pays for it?", "Rain again", "The ferry is late", "A new clerk")
    page = page_of(replace(first, kind=PARAGRAPH), *rest)
    assert headlines(page) == {"Who pays for it?", "Rain again", "The ferry is late", "A new clerk"}


def test_a_line_that_asks_in_the_texts_own_weight_is_text() -> None:
    first, *rest = column(200, 200, "Who pays for it?", "Rain again", "The ferry is late", "A new clerk")
    plain = replace(first, kind=PARAGRAPH, appearance=replace(first.appearance, weight=1.0))
    assert not headlines(page_of(plain, *rest))
