"""The logical structure of a METS file: issue, title section, items and what they consist of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from layout.document import Issue, Item, ItemKind, Page, Region, RegionKind
from layout.export.mods import item_record, picture_record
from layout.export.outline import SILENT, Entry, Outline
from layout.export.reading_text import entries_of, whole_blocks
from layout.export.xml import Element, child

K = RegionKind

#: TYPE in HEADING.
_HEADING = {
    K.KICKER: "OVERLINE",
    K.HEADLINE: "TITLE",
    K.SUBHEADLINE: "SUBTITLE",
    K.BYLINE: "BYLINE",
    K.DATELINE: "BYLINE",
}

#: TYPE in BODY_CONTENT, where it is not PARAGRAPH.
_BODY = {
    **dict.fromkeys((K.KICKER, K.HEADLINE, K.SUBHEADLINE, K.CROSSHEAD), "CROSSHEADING"),
    K.BYLINE: "BYLINE",
    K.DATELINE: "BYLINE",
    K.PULL_QUOTE: "PULLQUOTE",
    K.TABLE: "TABLE",
    K.SIDEBAR: "SIDEBAR",
    K.ADVERTISEMENT: "ADVERTISEMENT",
    K.DEATH_NOTICE: "DEATH_NOTICE",
    K.CONTINUATION: "CONTINUATION",
}

#: TYPE of an item's div.
_ITEM = {
    ItemKind.ARTICLE: "ARTICLE",
    ItemKind.SIDEBAR: "SIDEBAR",
    ItemKind.ADVERTISEMENT: "ADVERTISEMENT",
    ItemKind.TABLE: "TABLE",
    ItemKind.UNASSIGNED: "UNASSIGNED",
}
_PICTURES = frozenset({K.IMAGE, K.CAPTION, K.PHOTO_CREDIT})


@dataclass
class Logical:
    """Builds the divs; collects the MODS records they name and the links from divs to pages."""

    issue: Issue
    outline: Outline
    alto: dict[str, str]
    tei: bool
    records: list[tuple[str, str, Element]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    count: int = 0
    numbers: Counter[str] = field(default_factory=Counter)
    by_id: dict[str, Page] = field(init=False)
    inner: dict[tuple[str, str], Entry] = field(init=False)

    def __post_init__(self) -> None:
        self.by_id = {page.id: page for page in self.issue.pages}
        self.inner = {
            (page.page.id, item): entry for page in self.outline.pages for item, entry in page.inner.items()
        }

    def build(self, parent: Element, title: str) -> None:
        """Append the divs from the newspaper down; ``title`` is the issue's label."""
        paper = self._div(parent, "Newspaper", {"LABEL": self.issue.metadata.title})
        issue = self._div(paper, "ISSUE", {"DMDID": "MODSMD_ISSUE1", "ADMID": "AMD1", "LABEL": title})
        for page in self.issue.pages:
            self.links.append((str(issue.get("ID")), page.id))
        self._title_section(issue)
        content = self._div(issue, "CONTENT")
        parts = entries_of(self.outline)
        inner = {entry.item.id for page in self.outline.pages for entry in page.inner.values()}
        for item in self.issue.items:
            if item.id in parts and item.id not in inner:
                self._item(content, item, parts)
        loose = [region for page in self.outline.pages for region in page.loose]
        if loose:
            rest = self._div(content, "UNASSIGNED")
            for region in loose:
                self._region(rest, region)

    def _title_section(self, issue: Element) -> None:
        front = [region for page in self.outline.pages for region in page.front]
        if front:
            section = self._div(issue, "TITLE_SECTION")
            for region in front:
                kind = "HEADLINE" if region.kind is K.MASTHEAD else "TEXTBLOCK"
                self._areas(self._div(section, kind), (region,))

    def _item(self, parent: Element, item: Item, parts: dict[str, list[Entry]]) -> None:
        entries = parts[item.id]
        pages = [self.by_id[id_] for id_ in dict.fromkeys(entry.part.page for entry in entries)]
        title = self._title(item, entries)
        record = None
        if item.kind in (ItemKind.ARTICLE, ItemKind.SIDEBAR):
            record = self._record("ARTICLE", "article", item_record(self.issue, item, title, pages))
        made = self._div(
            parent,
            _ITEM[item.kind],
            {
                "DMDID": record,
                "CONTENTIDS": f"tei.xml#{item.id}" if self.tei else None,
                "LABEL": title,
            },
        )
        self.links += [(str(made.get("ID")), page.id) for page in pages]
        seen: set[str] = set()
        boxes = [frame for entry in entries for frame in entry.frames]
        if boxes:
            seen.update(box.id for box in boxes)
            self._areas(made, boxes)
        self._content(made, item, entries, parts, seen)
        for box in boxes:
            self._children(made, box)

    def _content(
        self,
        made: Element,
        item: Item,
        entries: list[Entry],
        parts: dict[str, list[Entry]],
        seen: set[str],
    ) -> None:
        """The heading, then the body with its floats, then the continuation notices."""
        blocks = [pair for pair in whole_blocks(self.outline, entries, seen) if pair[1]]
        if item.kind is ItemKind.ADVERTISEMENT and len(blocks) == 1:
            self._areas(made, blocks[0][1])
            blocks = []
        heads = next((n for n, (b, _) in enumerate(blocks) if b.kind not in _HEADING), len(blocks))
        if heads:
            heading = self._div(made, "HEADING")
            for block, regions in blocks[:heads]:
                self._areas(self._div(heading, _HEADING[block.kind]), regions)
        body: Element | None = None
        floats = [(entry, float_) for entry in entries for float_ in entry.part.floats]
        notices = [region for entry in entries for region in (*entry.above, *entry.below)]
        if blocks[heads:] or floats or notices:
            body = self._div(self._div(made, "BODY"), "BODY_CONTENT")
        if body is None:
            return
        for block, regions in blocks[heads:]:
            self._piece(body, block.kind, regions)
        for entry, float_ in floats:
            regions = tuple(
                region
                for region in self.outline.known(float_.regions, entry.part.page)
                if region.id not in seen
            )
            seen.update(region.id for region in regions)
            inner = self.inner.get((entry.part.page, float_.item or ""))
            if inner and inner.item is not item:
                self._item(body, inner.item, parts)
                if regions:
                    self._areas(body[-1], regions, first=True)
                place = body[-1]
            else:
                place = body
                if regions:
                    self._piece(body, float_.kind, regions)
            for region in regions:
                if region.kind is K.SIDEBAR:  # in ALTO what stands in it stands beside it
                    self._children(place, region)
        if notices:
            self._areas(self._div(body, "CONTINUATION"), notices)

    def _piece(self, parent: Element, kind: RegionKind, regions: Sequence[Region]) -> None:
        """One block or float in the body."""
        if kind in SILENT:
            return
        if kind in _PICTURES:
            self._picture(parent, regions)
        elif kind in _BODY:
            self._areas(self._div(parent, _BODY[kind]), regions)
        else:
            label = kind.value if kind in (K.QUESTION, K.ANSWER) else None
            made = self._div(parent, "PARAGRAPH", {"LABEL": label})
            self._areas(self._div(made, "TEXT"), regions)

    def _picture(self, parent: Element, regions: Sequence[Region]) -> None:
        words = [r for r in regions if r.kind is K.CAPTION]
        caption = self.outline.text(words) if words else None
        record = self._record("PICT", "picture", picture_record(self.issue, caption))
        made = self._div(parent, "ILLUSTRATION", {"DMDID": record})
        images = [region for region in regions if region.kind is K.IMAGE]
        if images:
            self._areas(self._div(made, "IMAGE"), images)
        for region in regions:
            if region.kind is not K.IMAGE and region.kind not in SILENT:
                self._areas(self._div(made, "CAPTION"), (region,))

    def _children(self, parent: Element, region: Region) -> None:
        for inner in self.outline.unplaced(region):
            self._region(parent, inner)

    def _region(self, parent: Element, region: Region) -> None:
        """A region that no item names, and what stands in it."""
        self._piece(parent, region.kind, (region,))
        self._children(parent, region)

    def _title(self, item: Item, entries: Sequence[Entry]) -> str | None:
        if item.title:
            return " ".join(item.title.split())
        for entry in entries:
            for block in entry.part.blocks:
                if block.kind is K.HEADLINE:
                    return self.outline.text(self.outline.known(block.regions, entry.part.page)) or None
        return None

    def _record(self, name: str, label: str, record: Element) -> str:
        self.numbers[name] += 1
        self.records.append((f"MODSMD_{name}{self.numbers[name]}", label, record))
        return self.records[-1][0]

    def _div(self, parent: Element, kind: str, attributes: dict[str, str | None] | None = None) -> Element:
        self.count += 1
        last = parent[-1].get("ORDER") if len(parent) else None  # pointers stand before the divs
        order = int(last or 0) + 1
        given = {"ID": f"DIVL{self.count}", "TYPE": kind, "ORDER": order, **(attributes or {})}
        return child(parent, "div", given)

    def _areas(self, parent: Element, regions: Sequence[Region], *, first: bool = False) -> None:
        """Point to the blocks of the regions in their ALTO files; several are one sequence."""
        known = [(self.alto.get(self.outline.page_of[r.id]), r.id) for r in regions]
        known = [(file, id_) for file, id_ in known if file]
        if not known:
            return
        pointer = child(parent, "fptr")
        if first or parent[0] is not pointer:
            parent.insert(0, pointer)
        place = child(pointer, "seq") if len(known) > 1 else pointer
        for file, id_ in known:
            child(place, "area", {"BETYPE": "IDREF", "FILEID": file, "BEGIN": id_})


def page_links(pages: Sequence[Page]) -> dict[str, str]:
    """Page id -> id of its physical div; the newspaper itself is the first."""
    return {page.id: f"DIVP{number}" for number, page in enumerate(pages, 2)}
