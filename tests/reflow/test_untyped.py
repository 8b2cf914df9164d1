"""Input from systems that call everything a paragraph."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from layout.document import Metadata, Page, Region, RegionKind, union
from layout.reflow import ReflowSettings, reflow
from tests.reflow.typeset import page_of, typeset

K = RegionKind
TEXT = """
  The council met on Monday and
spoke of nothing but the bridge,
which is old.
  Nobody could say who is going
to pay for a new one of stone.
"""


def block(*parts: Region) -> Region:
    return Region(
        "",
        K.PARAGRAPH,
        union(p.box for p in parts),
        tuple(line for p in parts for line in p.lines),
        origin="import",
    )


def column(x: float) -> Region:
    return block(
        typeset("Bridge too old", x=x, y=300, size=2.2),
        typeset(TEXT, x=x, y=420),
        typeset("Wool is dear", x=x, y=800, size=2.2),
        typeset(TEXT, x=x, y=920),
    )


def words(page: Page) -> Counter[str]:
    return Counter(word.id for region in page.walk() for line in region.lines for word in line.words)


def test_headlines_inside_a_column_block_open_articles():
    page = page_of(column(200), column(900))
    issue = reflow("test", (page,), Metadata(language="en"), ReflowSettings())
    assert sorted(item.title or "" for item in issue.items) == ["Bridge too old"] * 2 + ["Wool is dear"] * 2
    assert words(issue.pages[0]) == words(page)
    assert {region.origin for region in issue.pages[0].walk()} == {"import"}


def test_one_named_kind_keeps_all_names():
    named = replace(typeset("Trade", x=200, y=200, kind=K.KICKER), origin="import")
    page = page_of(named, column(200))
    issue = reflow("test", (page,), Metadata(language="en"), ReflowSettings())
    assert [region.kind for region in issue.pages[0].regions] == [K.KICKER, K.PARAGRAPH]


def test_pages_of_one_size_of_type_stay():
    text = replace(typeset(TEXT), origin="import")
    issue = reflow("test", (page_of(text),), Metadata(language="en"), ReflowSettings())
    assert [region.text for region in issue.pages[0].regions] == [text.text]
