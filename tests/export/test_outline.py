"""The outline of a page: nothing twice, nothing empty; what is written of it has no fault."""

from __future__ import annotations

from pathlib import Path

from layout.document import (
    Block,
    Box,
    Float,
    Issue,
    Item,
    ItemKind,
    Page,
    Part,
    Region,
    RegionKind,
    TextLine,
    Word,
)
from layout.export import exporter
from layout.export.check import check
from layout.export.outline import Group, Outline
from layout.export.settings import ExportSettings

K = RegionKind


def groups(reading: tuple[Region | Group, ...]) -> list[Group]:
    found: list[Group] = []
    for member in reading:
        if isinstance(member, Group):
            found += [member, *groups(member.members)]
    return found


def test_a_sidebar_without_a_region_of_the_page_leaves_no_empty_group() -> None:
    """ALTO's schema admits no group without a member; found by a random document in which the float of an
    article named a sidebar whose regions were elsewhere."""
    text = Region("p0001_r001", K.PARAGRAPH, Box(0, 0, 10, 10))
    page = Page("p0001", 100, 100, regions=(text,))
    article = Part(
        "p0001", (Block("i0001_b001", K.PARAGRAPH, (text.id,)),), (Float(K.SIDEBAR, (), item="i0002"),)
    )
    sidebar = Part("p0001", (Block("i0002_b001", K.PARAGRAPH, ("p0009_r001",)),))
    items = (
        Item("i0001", ItemKind.ARTICLE, (article,)),
        Item("i0002", ItemKind.SIDEBAR, (sidebar,), parent="i0001"),
    )
    outline = Outline(Issue("paper-1900", (page,), items))
    found = groups(outline.reading(outline.pages[0]))
    assert [group.id for group in found] == ["p0001_ro_i0001"]
    assert all(group.members or group.head for group in found)


def test_an_article_that_holds_its_sidebar_alone_has_its_tag(tmp_path: Path) -> None:
    """Its group in the reading order names the tag, which was written for items with a region only."""
    text = Region("p0001_r001", K.PARAGRAPH, Box(0, 0, 10, 10))
    page = Page("p0001", 100, 100, regions=(text,))
    article = Part("p0001", (), (Float(K.SIDEBAR, (), item="i0002"),))
    sidebar = Part("p0001", (Block("i0002_b001", K.PARAGRAPH, (text.id,)),))
    items = (
        Item("i0001", ItemKind.ARTICLE, (article,)),
        Item("i0002", ItemKind.SIDEBAR, (sidebar,), parent="i0001"),
    )
    exporter("alto")(ExportSettings()).write(Issue("paper-1900", (page,), items), tmp_path)
    assert [str(fault) for fault in check(tmp_path)] == []


def test_an_outline_that_leaves_out_its_lines_outlines_nothing(tmp_path: Path) -> None:
    """PAGE has the outline in place of the box, and the line would lie outside its region."""
    word = Word("p0001_r001_l001_w001", "word", Box(10, 80, 50, 90))
    line = TextLine("p0001_r001_l001", word.box, (word,))
    outline = ((0.0, 0.0), (90.0, 0.0), (45.0, 40.0))
    region = Region("p0001_r001", K.PARAGRAPH, Box(0, 0, 90, 90), (line,), polygon=outline)
    page = Page("p0001", 100, 100, regions=(region,))
    exporter("page")(ExportSettings()).write(Issue("paper-1900", (page,)), tmp_path)
    assert [str(fault) for fault in check(tmp_path)] == []
