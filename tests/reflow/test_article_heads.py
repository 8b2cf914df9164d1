"""Headings set like the headline of the article they stand in open articles, those set like its crossheads
do not."""

from __future__ import annotations

from dataclasses import replace

from layout.document import Page, Region, RegionKind
from layout.reflow import ReflowSettings
from layout.reflow.article_heads import with_article_heads
from tests.reflow.typeset import page_of, rule, typeset

TEXT = """
    The council met on a Monday and
    said nothing of the bridge that
    everybody had come to hear of.
"""


def bold(text: str, x: float, y: float, kind: str = "crosshead", size: float = 1.0) -> Region:
    made = typeset(text, x=x, y=y, kind=kind, size=size)
    return replace(made, appearance=replace(made.appearance, weight=1.3))


def headlines(page: Page) -> set[str]:
    done = with_article_heads(page, ReflowSettings())
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
    assert with_article_heads(given, ReflowSettings()) == given


def article(white: float, *more: Region) -> Page:
    """An article over two columns with a crosshead in the first; in the second, after so much white, a
    heading of the same look that was taken for a headline.
    """
    return page_of(
        typeset("The bridge has fallen", x=200, y=200, size=2.5, kind="headline"),
        typeset(TEXT, x=200, y=350),
        bold("An old quarrel", 200, 490),
        typeset(TEXT, x=200, y=540),
        typeset(TEXT, x=200, y=660),
        typeset(TEXT, x=800, y=350),
        bold("What comes next", 800, 470 + white, "headline"),
        typeset(TEXT, x=800, y=520 + white),
        *more,
    )


def test_a_heading_set_like_the_crossheads_inside_an_article_is_one() -> None:
    assert headlines(article(20)) == {"The bridge has fallen"}


def test_below_white_it_opens_an_article() -> None:
    assert headlines(article(80)) == {"The bridge has fallen", "What comes next"}


def test_below_a_rule_it_opens_an_article() -> None:
    assert headlines(article(20, rule(800, 474, 430))) == {"The bridge has fallen", "What comes next"}
