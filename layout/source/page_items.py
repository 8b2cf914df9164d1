"""PAGE files that newsreflow wrote -> `Issue`: the pages, and the items that their order and notes tell of.

PAGE has groups in its reading order and links between regions; which group is an article, which regions
are one paragraph and which passage a pull-quote repeats stand in its ``custom`` attributes. Files of other
programs give pages without items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from lxml import etree

from layout.document import (
    Block,
    Box,
    Column,
    Finding,
    Float,
    Issue,
    Item,
    ItemKind,
    Join,
    Metadata,
    Page,
    Part,
    Region,
    RegionKind,
    Target,
)
from layout.source.page_custom import Note, note_in
from layout.source.page_xml import page_in
from layout.source.xml_input import local_name, parse_xml

Element = etree._Element
_KINDS = {kind.value: kind for kind in RegionKind}


def read_page_issue(issue_id: str, files: Sequence[Path]) -> Issue:
    """The issue of these PAGE files, each named after its page's id. Raises `InputError`."""
    pages: list[Page] = []
    found: dict[str, Item] = {}
    joins: list[Join] = []
    told: dict[str, str] = {}
    findings: list[Finding] = []
    for path in files:
        root = parse_xml(path)
        said = list(_said(root))
        page = _completed(page_in(root, path, path.stem), root, dict(said))
        reader = _Reader(page, root)
        for item in reader.items():
            known = found.get(item.id)
            found[item.id] = replace(known, parts=known.parts + item.parts) if known else item
        pages.append(page)
        joins += _joins(root)
        told |= {name: value for name, value in said if name not in told}
        findings += [
            Finding("warning", name.removeprefix("finding."), value, page.id)
            for name, value in said
            if name.startswith("finding.")
        ]
    return Issue(
        issue_id or told.get("issue", ""),
        tuple(pages),
        tuple(found.values()),
        tuple(joins),
        _metadata(told),
        tuple(findings),
    )


def _metadata(told: dict[str, str]) -> Metadata:
    """What is known of the issue, by the names of the fields."""
    made: dict[str, Any] = {
        field.name: told[f"issue.{field.name}"]
        for field in fields(Metadata)
        if f"issue.{field.name}" in told and field.name != "origins"
    }
    return Metadata(**made)


def _said(root: Element) -> Iterator[tuple[str, str]]:
    """What the file says of its issue and image."""
    for one in root.iterfind("{*}Metadata/{*}UserDefined/{*}UserAttribute"):
        yield one.get("name") or "", one.get("value") or ""


def _completed(page: Page, root: Element, told: dict[str, str]) -> Page:
    """The page with what our own notes say of it besides."""
    number = told.get("image.page", "1")
    source = replace(
        page.source,
        sha256=told.get("image.sha256", ""),
        page=int(number) if number.isdecimal() else 1,
    )
    columns: dict[str, int] = {}
    for element in root.iter(etree.Element):
        note = _note(element, "block") if local_name(element).endswith("Region") else None
        if note and note.get("column", "").isdecimal():
            columns[element.get("id") or ""] = int(note["column"])

    def in_column(region: Region) -> Region:
        children = tuple(map(in_column, region.children))
        return replace(region, column=columns.get(region.id), children=children)

    return replace(
        page,
        source=source,
        columns=tuple(_columns(told.get("columns", ""))),
        regions=tuple(map(in_column, page.regions)),
    )


def _columns(text: str) -> Iterator[Column]:
    for x0, y0, x1, y1 in re.findall(r"(\d+),(\d+),(\d+),(\d+)", text):
        yield Column(Box(float(x0), float(y0), float(x1), float(y1)))


def _joins(root: Element) -> Iterator[Join]:
    """Words divided at the end of a line."""
    for word in root.iter("{*}Word"):
        known = _note(word, "join")
        if known and known.get("next"):
            yield Join(word.get("id") or "", known["next"], known.get("text", ""), known.get("hyphen", ""))


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
        id_, title = known.get("id"), element.get("caption") or None
        if id_ is None:  # as versions before 0.2 wrote it
            id_, title = title or "", None
        place = len(self.made)
        group = _Group()
        self._members(element, group)
        part = Part(
            self.page.id,
            tuple(group.blocks),
            tuple(group.floats),
            tuple(group.notices),
            confidence=_number(known.get("joined")),
        )
        made = Item(
            id_,
            ItemKind(known["kind"]) if known.get("kind") in set(ItemKind) else ItemKind.ARTICLE,
            (part,),
            genre=known.get("genre"),
            parent=known.get("parent"),
            title=title if title != id_ else None,
            language=known.get("language"),
            confidence=_number(known.get("conf")),
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
        note = note_in(self.notes.get(region.id, ""), "block")
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
                speaker=note.get("speaker"),
                turn=int(turn) if turn.isdecimal() else None,
                continued=note.get("continued") == "true",
                confidence=_number(note.get("conf")),
            )
        )

    def _float(self, element: Element, group: _Group) -> None:
        head = element.get("regionRef")
        if _note(element, "item") is not None:
            own = (head,) if head in self.regions else ()
            known = _note(element, "item") or {}
            group.floats.append(Float(RegionKind.SIDEBAR, own, item=known.get("id", element.get("caption"))))
            self._item(element)
            return
        ids = [head, *(member.get("regionRef") for member in element)]
        regions = [self.regions[id_] for id_ in ids if id_ in self.regions]
        outer = [region for region in regions if not any(_holds(other, region) for other in regions)]
        if outer:
            targets = self.targets.get(outer[0].id, ())
            note = note_in(self.notes.get(outer[0].id), "float") or {}
            kind = _KINDS.get(note.get("kind", ""), outer[0].kind)
            names = tuple(region.id for region in outer)
            sure = _number(note.get("conf"))
            group.floats.append(Float(kind, names, tuple(targets), confidence=sure))

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
    return note_in(element.get("custom"), name)


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
