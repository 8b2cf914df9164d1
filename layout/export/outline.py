"""How the pieces of an issue hang together: what every format asks before it writes a page.

For each page: the head of the paper, the running matter, the items' parts in reading order, what
nobody placed, and the rules. Each region of the page is in exactly one of them, so nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from layout.document import (
    RUNNING_MATTER,
    Float,
    Issue,
    Item,
    Page,
    Part,
    Region,
    RegionKind,
)
from layout.export.passage import text_of, tokens
from layout.export.settle import settled

FRONT = frozenset({RegionKind.MASTHEAD, RegionKind.IMPRINT})
SILENT = frozenset({RegionKind.SEPARATOR, RegionKind.NOISE})


@dataclass(frozen=True)
class Entry:
    """One part of an item where it stands; ``number`` counts the item's parts from 1.

    ``frames`` are containers that hold the part's regions and that no block names. ``above`` and
    ``below`` are the continuation notices over and under the text.
    """

    item: Item
    part: Part
    number: int
    frames: tuple[Region, ...] = ()
    above: tuple[Region, ...] = ()
    below: tuple[Region, ...] = ()

    @property
    def id(self) -> str:
        """The item's id; later parts with their number behind it."""
        return self.item.id if self.number == 1 else f"{self.item.id}_{self.number}"


@dataclass(frozen=True)
class PageOutline:
    """One page. ``entries`` in reading order; ``inner`` are parts that stand in a float (sidebars)."""

    page: Page
    front: tuple[Region, ...] = ()
    running: tuple[Region, ...] = ()
    entries: tuple[Entry, ...] = ()
    inner: dict[str, Entry] = field(default_factory=dict)
    loose: tuple[Region, ...] = ()
    silent: tuple[Region, ...] = ()


@dataclass(frozen=True)
class Group:
    """Some regions read together. ``ordered`` False: in no fixed place (pictures, pull-quotes).

    ``head`` is the container the group stands in, if it is not itself one of the members.
    """

    id: str
    members: tuple[Region | Group, ...]
    entry: Entry | None = None
    head: Region | None = None
    ordered: bool = True

    def regions(self) -> Iterator[Region]:
        """All regions, the head first."""
        if self.head:
            yield self.head
        for member in self.members:
            if isinstance(member, Group):
                yield from member.regions()
            else:
                yield member


def flat(reading: Iterable[Region | Group]) -> Iterator[Region]:
    """The regions of a reading order one after the other, the head of a group before its members."""
    for member in reading:
        if isinstance(member, Group):
            yield from member.regions()
        else:
            yield member


class Outline:
    """An issue seen by page; every lookup the writers need."""

    def __init__(self, issue: Issue) -> None:
        self.given = issue
        self._readings: dict[str, tuple[Region | Group, ...]] = {}
        issue = _in_one_place(issue)
        self.issue = issue
        self.regions = issue.regions()
        self.page_of = {region.id: page.id for page in issue.pages for region in page.walk()}
        self.parent = {
            child.id: region for page in issue.pages for region in page.walk() for child in region.children
        }
        self.items = {item.id: item for item in issue.items}
        self.joins = {join.first: join for join in issue.joins}
        self.joined = {join.second: join for join in issue.joins}
        self._texts: dict[tuple[str, ...], str] = {}
        self.blocks = {
            block.id: block for item in issue.items for part in item.parts for block in part.blocks
        }
        self.item_of = self._item_of()
        self._parts = self._parts_by_page()
        self.pages = tuple(self._page(page) for page in issue.pages)

    def known(self, ids: tuple[str, ...], page: str) -> tuple[Region, ...]:
        """The regions of these ids that stand on this page."""
        return tuple(self.regions[id_] for id_ in ids if self.page_of.get(id_) == page)

    def text(self, regions: Sequence[Region]) -> str:
        """The normalised text of a block's regions; every format for reading asks for the same."""
        ids = tuple([region.id for region in regions])
        if ids not in self._texts:
            self._texts[ids] = text_of(tokens(regions, self.joins, self.joined), normalized=True)
        return self._texts[ids]

    def unplaced(self, region: Region) -> tuple[Region, ...]:
        """Children of a container that no block names: they come out with the container."""
        return tuple(child for child in region.children if not self._touched(child))

    def _item_of(self) -> dict[str, Item]:
        """Region id -> the item that names it; the first one, if several do."""
        found: dict[str, Item] = {}
        for item in self.issue.items:
            for part in item.parts:
                for id_ in item.regions_on(part.page):
                    if self.page_of.get(id_) == part.page:
                        found.setdefault(id_, item)
        return found

    def _parts_by_page(self) -> dict[str, list[tuple[Item, int, Part]]]:
        """Page id -> the parts that stand there in the items' order, each with its number in its item."""
        found: dict[str, list[tuple[Item, int, Part]]] = {}
        for item in self.issue.items:
            for number, part in enumerate(item.parts, 1):
                found.setdefault(part.page, []).append((item, number, part))
        return found

    def _touched(self, region: Region) -> bool:
        """Whether an item names the region or anything in it."""
        return any(inner.id in self.item_of for inner in region.walk())

    def _page(self, page: Page) -> PageOutline:
        nested = self._nested(page.id)
        frames = self._frames(page)
        entries = [
            self._entry(item, part, number, frames) for item, number, part in self._parts.get(page.id, ())
        ]
        rest = [region for region in page.regions if not self._touched(region)]
        return PageOutline(
            page,
            front=tuple(region for region in rest if region.kind in FRONT),
            running=tuple(region for region in rest if region.kind in RUNNING_MATTER - FRONT),
            entries=tuple(entry for entry in entries if entry.item.id not in nested),
            inner={entry.item.id: entry for entry in reversed(entries) if entry.item.id in nested},
            loose=tuple(region for region in rest if region.kind not in RUNNING_MATTER | SILENT),
            silent=tuple(region for region in rest if region.kind in SILENT),
        )

    def _nested(self, page: str) -> set[str]:
        """Items whose part on this page stands in a float of another item."""
        nested: set[str] = set()
        for item, _, part in self._parts.get(page, ()):
            for float_ in part.floats:
                inner = self.items.get(float_.item or "")
                if inner and inner is not item and item.id not in nested:
                    parts = [part for part in inner.parts if part.page == page]
                    holds_floats = any(float_.item for part in parts for float_ in part.floats)
                    if len(parts) == 1 and not holds_floats:
                        nested.add(inner.id)
        return nested

    def _frames(self, page: Page) -> dict[str, list[Region]]:
        """Item id -> containers around its regions that no item names."""
        frames: dict[str, list[Region]] = {}
        for region in page.walk():
            if region.children and region.id not in self.item_of:
                inside = next((r.id for r in region.walk() if r.id in self.item_of), None)
                if inside:
                    frames.setdefault(self.item_of[inside].id, []).append(region)
        return frames

    def _entry(self, item: Item, part: Part, number: int, frames: dict[str, list[Region]]) -> Entry:
        notices = self.known(part.notices, part.page)
        first = next(
            (region for block in part.blocks for region in self.known(block.regions, part.page)), None
        )
        above = tuple(r for r in notices if first and r.box.center[1] < first.box.center[1])
        return Entry(
            item,
            part,
            number,
            frames=tuple(frames.get(item.id, ())),
            above=above,
            below=tuple(region for region in notices if region not in above),
        )

    def reading(self, outline: PageOutline) -> tuple[Region | Group, ...]:
        """The page's regions in reading order, items as groups; without running matter and rules.

        Each region comes once, even if the items name it twice.
        """
        page = outline.page.id
        if page in self._readings:
            return self._readings[page]
        seen: set[str] = set()
        front = [region for top in outline.front for region in self._with_children(top, seen)]
        groups = [self._group(entry, outline, seen, page) for entry in outline.entries]
        loose = [region for top in outline.loose for region in self._with_children(top, seen)]
        found: tuple[Region | Group, ...] = (
            *front,
            *(group for group in groups if group.members or group.head),
            *loose,
        )
        self._readings[page] = found
        return found

    def _with_children(self, region: Region, seen: set[str]) -> list[Region]:
        if region.id in seen:
            return []
        seen.add(region.id)
        found = [region]
        for child in self.unplaced(region):
            if child.kind not in SILENT:
                found += self._with_children(child, seen)
        return found

    def _group(self, entry: Entry, outline: PageOutline, seen: set[str], page: str) -> Group:
        ids = f"{page}_ro_{entry.id}"
        frames = [frame for frame in entry.frames if frame.id not in seen]
        members: list[Region | Group] = [
            region
            for top in (
                *entry.above,
                *(region for block in entry.part.blocks for region in self.known(block.regions, page)),
                *entry.below,
            )
            for region in self._with_children(top, seen)
        ]
        floats = [
            member
            for number, float_ in enumerate(entry.part.floats, 1)
            for member in self._float(float_, f"{ids}_f{number}", outline, seen, page)
        ]
        if floats:
            members.append(Group(f"{ids}_floats", tuple(floats), ordered=False))
        head = frames[0] if frames else None
        seen.update(frame.id for frame in frames)
        for frame in frames:
            members += [
                region
                for child in self.unplaced(frame)
                if child.kind not in SILENT
                for region in self._with_children(child, seen)
            ]
        return Group(ids, (*frames[1:], *members), entry, head)

    def _float(
        self, float_: Float, id_: str, outline: PageOutline, seen: set[str], page: str
    ) -> list[Region | Group]:
        own = [r for top in self.known(float_.regions, page) for r in self._with_children(top, seen)]
        inner = outline.inner.get(float_.item or "")
        if inner and inner.part.page == page:
            group = self._group(inner, outline, seen, page)
            head = own[0] if own else group.head
            found = Group(group.id, (*own[1:], *group.members), inner, head)
            return [found] if found.members or found.head else []
        if len(own) > 1:
            return [Group(id_, tuple(own))]
        return list(own)


#: The issue that was outlined last: each format of an issue asks for the same outline.
_last: Outline | None = None


def outlined(issue: Issue) -> Outline:
    """The outline of the settled issue; asked for the same issue again, the same value."""
    global _last
    issue = settled(issue)
    if _last is None or _last.given is not issue:
        _last = Outline(issue)
    return _last


def _in_one_place(issue: Issue) -> Issue:
    """The issue with each item in one float at most: the first on the page that names it keeps it."""
    placed: set[tuple[str, str]] = set()

    def own(float_: Float, item: Item, page: str) -> Float:
        if float_.item is None or float_.item == item.id:
            return float_
        if (page, float_.item) in placed:
            return replace(float_, item=None)
        placed.add((page, float_.item))
        return float_

    def parts(item: Item) -> tuple[Part, ...]:
        return tuple(
            replace(part, floats=tuple(own(float_, item, part.page) for float_ in part.floats))
            for part in item.parts
        )

    return replace(issue, items=tuple(replace(item, parts=parts(item)) for item in issue.items))
