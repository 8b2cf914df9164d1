"""PAGE files that newsreflow wrote -> `Issue`: the pages, and the items that their order and notes tell of.

PAGE has groups in its reading order and links between regions; which group is an article, which regions
are one paragraph and which passage a pull-quote repeats stand in its ``custom`` attributes. Files of other
programs give pages without items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from layout.document import (
    Block,
    Float,
    Issue,
    Item,
    ItemKind,
    Page,
    Part,
    Region,
    RegionKind,
    Target,
)
from layout.source.page_xml import read_page_xml
from layout.source.xml_input import local_name, parse_xml

Element = etree._Element
Note = dict[str, str]
_KINDS = {kind.value: kind for kind in RegionKind}


def read_page_issue(issue_id: str, files: Sequence[Path]) -> Issue:
    """The issue of these PAGE files, each named after its page's id. Raises `InputError`."""
    pages: list[Page] = []
    found: dict[str, Item] = {}
    for path in files:
        page = read_page_xml(path, path.stem)
        reader = _Reader(page, parse_xml(path))
        for item in reader.items():
            known = found.get(item.id)
            found[item.id] = replace(known, parts=known.parts + item.parts) if known else item
        pages.append(page)
    return Issue(issue_id, tuple(pages), tuple(found.values()))


@dataclass
class _Group:
    """What an item's group on one page was read to."""

    blocks: list[Block] = field(default_factory=list)
    floats: list[Float] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


class _Reader:
    """Reads the items of one page."""

    def __init__(self, page: Page, root: Element) -> None:
        self.page = page
        self.root = root
        self.regions = {region.id: region for region in page.walk()}
        self.inside = {child.id for region in page.walk() for child in region.children}
        self.notes = {
            element.get("id") or "": element.get("custom") or ""
            for element in root.iter(etree.Element)
            if local_name(element).endswith("Region")
        }
        self.targets = self._targets()
        self.made: list[Item] = []

    def items(self) -> list[Item]:
        """The items in the order in which they begin, sidebars after their article."""
        top = self.root.find("{*}Page/{*}ReadingOrder/*")
        for group in top if top is not None else ():
            if _note(group, "item") is not None:
                self._item(group)
        return self.made

    def _item(self, element: Element) -> None:
        known = _note(element, "item") or {}
        place = len(self.made)
        group = _Group()
        self._members(element, group)
        part = Part(self.page.id, tuple(group.blocks), tuple(group.floats), tuple(group.notices))
        made = Item(
            element.get("caption") or "",
            ItemKind(known["kind"]) if known.get("kind") in set(ItemKind) else ItemKind.ARTICLE,
            (part,),
            genre=known.get("genre"),
            parent=known.get("parent"),
            language=known.get("language"),
        )
        self.made.insert(place, made)

    def _members(self, element: Element, group: _Group) -> None:
        for member in element:
            if local_name(member).startswith("UnorderedGroup"):
                for inner in member:
                    self._float(inner, group)
            elif local_name(member).startswith("RegionRef"):
                self._region(self.regions.get(member.get("regionRef") or ""), group)

    def _region(self, region: Region | None, group: _Group) -> None:
        """A region of the text: a part of a block, or a notice; what stands in a block is not named."""
        if region is None:
            return
        note = _note_of(self.notes.get(region.id, ""), "block")
        if note is None:
            if region.kind is RegionKind.CONTINUATION:
                group.notices.append(region.id)
            return
        last = group.blocks[-1] if group.blocks else None
        if last and last.id == note.get("id"):
            group.blocks[-1] = replace(last, regions=(*last.regions, region.id))
            return
        turn = note.get("turn", "")
        group.blocks.append(
            Block(
                note.get("id", ""),
                _KINDS.get(note.get("kind", ""), region.kind),
                (region.id,),
                turn=int(turn) if turn.isdecimal() else None,
                continued=note.get("continued") == "true",
            )
        )

    def _float(self, element: Element, group: _Group) -> None:
        head = element.get("regionRef")
        if _note(element, "item") is not None:
            own = (head,) if head in self.regions else ()
            group.floats.append(Float(RegionKind.SIDEBAR, own, item=element.get("caption")))
            self._item(element)
            return
        ids = [head, *(member.get("regionRef") for member in element)]
        regions = [self.regions[id_] for id_ in ids if id_ in self.regions]
        outer = [region for region in regions if not any(_holds(other, region) for other in regions)]
        if outer:
            targets = self.targets.get(outer[0].id, ())
            group.floats.append(Float(outer[0].kind, tuple(region.id for region in outer), tuple(targets)))

    def _targets(self) -> dict[str, list[Target]]:
        """Region of a pull-quote -> the passages it repeats."""
        found: dict[str, list[Target]] = {}
        for relation in self.root.iter("{*}Relation"):
            note = _note(relation, "passage")
            source = relation.find("{*}SourceRegionRef")
            if note is None or source is None:
                continue
            places = [note.get("start", ""), note.get("end", "")]
            if all(place.isdecimal() for place in places):
                target = Target(note.get("block", ""), int(places[0]), int(places[1]), 1.0)
                known = found.setdefault(source.get("regionRef") or "", [])
                known += [] if target in known else [target]
        return found


def _holds(outer: Region, region: Region) -> bool:
    return outer is not region and any(inner is region for inner in outer.walk())


def _note(element: Element, name: str) -> Note | None:
    return _note_of(element.get("custom") or "", name)


def _note_of(custom: str, name: str) -> Note | None:
    """The values of ``name {key:value; ...}``; None where there is none of that name."""
    found = re.search(rf"(?:^|\s){name}\s*\{{([^}}]*)\}}", custom)
    return dict(_pairs(found.group(1))) if found else None


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for pair in text.split(";"):
        key, colon, value = pair.strip().partition(":")
        if colon:
            yield key.strip(), value.strip()
