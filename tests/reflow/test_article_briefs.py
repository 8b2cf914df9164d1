"""Headings set like the headline of the article they stand in are headlines, in whatever column."""

from __future__ import annotations

from dataclasses import replace

from layout.document import Page, Region, RegionKind
from layout.reflow import ReflowSettings
from layout.reflow.article_briefs import with_article_briefs
from tests.reflow.typeset import page_of, typeset

TEXT = """
    The council met on a Monday and
    said nothing of the bridge that
    everybody had come to hear of.
"""


def bold(text: str, x: float, y: float, kind: str = "crosshead", size: float = 1.0) -> Region:
    made = typeset(text, x=x, y=y, kind=kind, size=size)
    return replace(made, appearance=replace(made.appearance, weight=1.3))


def headlines(page: Page) -> set[str]:
    done = with_article_briefs(page, ReflowSettings())
    return {r.text for r in done.regions if r.kind is RegionKind.HEADLINE}


def briefs(size: float) -> Page:
    """A heading of this size over a text that goes on in the next column, where two small headings follow."""
    return page_of(
        bold("Rain again", 200, 200, "headline", size),
        typeset(TEXT, x=200, y=200 + 50 * size),
        typeset(TEXT, x=200, y=320 + 50 * size),
        typeset(TEXT, x=800, y=200),
        bold("The ferry is late", 800, 350),
        typeset(TEXT, x=800, y=400),
        bold("A new clerk", 800, 550),
        typeset(TEXT, x=800, y=600),
    )


def test_headings_in_the_next_column_set_like_the_headline_open_articles() -> None:
    assert headlines(briefs(1.0)) == {"Rain again", "The ferry is late", "A new clerk"}


def test_smaller_ones_are_crossheads() -> None:
    assert headlines(briefs(1.5)) == {"Rain again"}


def test_kinds_that_came_with_the_input_stay() -> None:
    page = briefs(1.0)
    given = replace(page, regions=tuple(replace(r, origin="import") for r in page.regions))
    assert with_article_briefs(given, ReflowSettings()) == given
