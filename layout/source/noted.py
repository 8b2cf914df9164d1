"""Pages with the notes that newsreflow writes into PAGE and hOCR -> `Issue`: the items that they tell of.

Both formats have groups in a reading order; which group is an article, which regions are one paragraph and
which passage a pull-quote repeats stand in notes beside them (`page_custom.py` has the notation).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

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
from layout.source.page_custom import note_in

_KINDS = {kind.value: kind for kind in RegionKind}


@dataclass(frozen=True)
class Member:
    """A region in a reading order, or a group of ``members``; None where it is no group.

    ``region`` of a group is the container it stands in. An item's group has its ``note`` and ``title``.
    """

    region: str | None
    members: tuple[Member, ...] | None = None
    ordered: bool = True
    note: str | None = None
    title: str | None = None

    @property
    def is_item(self) -> bool:
        return self.members is not None and note_in(self.note, "item") is not None


@dataclass(frozen=True)
class NotedPage:
    """A page as read, and what its file says besides.

    ``notes`` by the ids of regions and words; ``passages``: the region of a pull-quote and the note of a
    passage it repeats; ``told``: names and values of what is known of the issue and the image.
    """

    page: Page
    order: tuple[Member, ...]
    notes: Mapping[str, str]
    passages: tuple[tuple[str, str], ...]
    told: tuple[tuple[str, str], ...]


def issue_of(issue_id: str, noted: Iterable[NotedPage]) -> Issue:
    """The issue of these pages; ``issue_id`` empty: as they name it."""
    pages: list[Page] = []
    items: dict[str, Item] = {}
    joins: list[Join] = []
    told: dict[str, str] = {}
    findings: list[Finding] = []
    for one in noted:
        page = _completed(one)
        for item in _Reader(page, one).items():
            known = items.get(item.id)
            items[item.id] = replace(known, parts=known.parts + item.parts) if known else item
        pages.append(page)
        joins += _joins(one)
        told = dict(one.told) | told
        findings += [
            Finding("warning", name.removeprefix("finding."), value, page.id)
            for name, value in one.told
            if name.startswith("finding.")
        ]
    return Issue(
        issue_id or told.get("issue", ""),
        tuple(pages),
        tuple(items.values()),
        tuple(joins),
        _metadata(told),
        tuple(findings),
    )


def _metadata(told: Mapping[str, str]) -> Metadata:
    """What is known of the issue, by the names of the fields."""
    made: dict[str, Any] = {
        field.name: told[f"issue.{field.name}"]
        for field in fields(Metadata)
        if f"issue.{field.name}" in told and field.name != "origins"
    }
    return Metadata(**made)


def _completed(noted: NotedPage) -> Page:
    """The page with what the notes say of it besides."""
    page, told = noted.page, dict(noted.told)
    number = told.get("image.page", "1")
    source = replace(
        page.source,
        sha256=told.get("image.sha256", ""),
        page=int(number) if number.isdecimal() else 1,
    )

    def in_column(region: Region) -> Region:
        column = (note_in(noted.notes.get(region.id), "block") or {}).get("column", "")
        children = tuple(map(in_column, region.children))
        return replace(region, column=int(column) if column.isdecimal() else None, children=children)

    return replace(
        page,
        source=source,
        columns=tuple(_columns(told.get("columns", ""))),
        regions=tuple(map(in_column, page.regions)),
    )


def _columns(text: str) -> Iterator[Column]:
    for x0, y0, x1, y1 in re.findall(r"(\d+),(\d+),(\d+),(\d+)", text):
        yield Column(Box(float(x0), float(y0), float(x1), float(y1)))


def _joins(noted: NotedPage) -> Iterator[Join]:
    """Words divided at the end of a line."""
    for id_, said in noted.notes.items():
        known = note_in(said, "join")
        if known and known.get("next"):
            yield Join(id_, known["next"], known.get("text", ""), known.get("hyphen", ""))


@dataclass
class _Group:
    """What an item's group on one page was read to; ``box`` is that of a sidebar."""

    box: Region | None = None
    blocks: list[Block] = field(default_factory=list)
    floats: list[Float] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


class _Reader:
    """Reads the items of one page."""

    def __init__(self, page: Page, noted: NotedPage) -> None:
        self.page = page
        self.noted = noted
        self.regions = {region.id: region for region in page.walk()}
        self.targets = self._targets()
        self.made: list[Item] = []

    def items(self) -> list[Item]:
        """The items in the order in which they begin, sidebars after their article."""
        for member in self.noted.order:
            if member.is_item:
                self._item(member)
        return self.made

    def _item(self, group: Member) -> None:
        known = note_in(group.note, "item") or {}
        id_, title = known.get("id"), group.title
        if id_ is None:  # as versions before 0.2 wrote it
            id_, title = title or "", None
        place = len(self.made)
        kind = ItemKind(known["kind"]) if known.get("kind") in set(ItemKind) else ItemKind.ARTICLE
        found = _Group(self.regions.get(group.region or "") if kind is ItemKind.SIDEBAR else None)
        if self._note(group.region, "block") is not None:
            self._region(self.regions.get(group.region or ""), found)
        self._members(group, found)
        part = Part(
            self.page.id,
            tuple(found.blocks),
            tuple(found.floats),
            tuple(found.notices),
            confidence=_number(known.get("joined")),
        )
        made = Item(
            id_,
            kind,
            (part,),
            genre=known.get("genre"),
            parent=known.get("parent"),
            title=title if title != id_ else None,
            language=known.get("language"),
            confidence=_number(known.get("conf")),
        )
        self.made.insert(place, made)

    def _note(self, region: str | None, name: str) -> dict[str, str] | None:
        return note_in(self.noted.notes.get(region or ""), name)

    def _members(self, group: Member, found: _Group) -> None:
        for member in group.members or ():
            if member.members is None:
                self._region(self.regions.get(member.region or ""), found)
            elif not member.ordered:
                for inner in member.members:
                    self._float(inner, found)

    def _region(self, region: Region | None, found: _Group) -> None:
        """A region of the text: a part of a block, or a notice; what stands in a block is not named, nor what
        a sidebar's box holds besides.
        """
        if region is None:
            return
        note = self._note(region.id, "block")
        if note is None:
            boxes = [self.regions[id_] for block in found.blocks for id_ in block.regions]
            boxes += [found.box] if found.box else []
            if region.kind is RegionKind.CONTINUATION and not any(_holds(box, region) for box in boxes):
                found.notices.append(region.id)
            return
        last = found.blocks[-1] if found.blocks else None
        if last and last.id == note.get("id"):
            found.blocks[-1] = replace(last, regions=(*last.regions, region.id))
            return
        turn = note.get("turn", "")
        found.blocks.append(
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

    def _float(self, member: Member, found: _Group) -> None:
        if member.members is None and self._note(member.region, "item") is not None:
            member = replace(member, members=(), note=self.noted.notes[member.region or ""])
        if member.is_item:
            own = (member.region,) if member.region in self.regions else ()
            known = note_in(member.note, "item") or {}
            found.floats.append(Float(RegionKind.SIDEBAR, own, item=known.get("id", member.title)))
            self._item(member)
            return
        ids = [member.region, *(inner.region for inner in member.members or ())]
        regions = [self.regions[id_] for id_ in ids if id_ in self.regions]
        outer = [region for region in regions if not any(_holds(other, region) for other in regions)]
        if outer:
            note = note_in(self.noted.notes.get(outer[0].id), "float") or {}
            kind = _KINDS.get(note.get("kind", ""), outer[0].kind)
            names = tuple(region.id for region in outer)
            targets = tuple(self.targets.get(outer[0].id, ()))
            found.floats.append(Float(kind, names, targets, confidence=_number(note.get("conf"))))

    def _targets(self) -> dict[str, list[Target]]:
        """Region of a pull-quote -> the passages it repeats."""
        found: dict[str, list[Target]] = {}
        for region, said in self.noted.passages:
            note = note_in(said, "passage") or {}
            places = [note.get("start", ""), note.get("end", "")]
            if all(place.isdecimal() for place in places):
                target = Target(note.get("block", ""), int(places[0]), int(places[1]), 1.0)
                known = found.setdefault(region, [])
                known += [] if target in known else [target]
        return found


def _holds(outer: Region, region: Region) -> bool:
    return outer is not region and any(inner is region for inner in outer.walk())


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
