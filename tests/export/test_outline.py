"""The outline of a page: nothing twice, nothing empty."""

from __future__ import annotations

from layout.document import Block, Box, Float, Issue, Item, ItemKind, Page, Part, Region, RegionKind
from layout.export.outline import Group, Outline

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
