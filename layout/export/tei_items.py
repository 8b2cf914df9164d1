"""Items as TEI divisions: the order in a division, and the joints between the parts of an item."""

from __future__ import annotations

from collections.abc import Sequence

from layout.document import (
    RUNNING_MATTER,
    Block,
    Float,
    Region,
    RegionKind,
)
from layout.export.outline import SILENT, Entry, Outline, PageOutline
from layout.export.settings import ExportSettings
from layout.export.tei_blocks import (
    ADVERTS,
    BOXES,
    BYLINES,
    FIGURES,
    HEADS,
    BlockWriter,
    covered,
    make,
)
from layout.export.tei_doubts import Doubts
from layout.export.tei_flow import Flow
from layout.export.tei_plan import OWN_BOX, is_own_box, plan
from layout.export.xml import XML_ID, XML_LANG, Element, child, decimal

K = RegionKind


class ItemWriter:
    """Writes the items of one issue; keeps which regions have come out."""

    def __init__(self, outline: Outline, settings: ExportSettings, standoff: Element) -> None:
        self.outline = outline
        self.plan = plan(outline)
        self.blocks = BlockWriter(outline, self.plan, settings)
        self.doubts = Doubts(standoff, self.plan, settings.review_below)
        self.done: set[str] = set()

    def open_item(self, body: Element, entry: Entry, page: PageOutline) -> Flow:
        """A new division with this part of an item; stays open for what follows."""
        item = entry.item
        flow = Flow(child(body, "div", self._attributes(entry, item.kind.value)))
        boxes = self._boxes(entry)
        if boxes:
            flow.division.set("facs", " ".join(f"#{region.id}" for region in boxes))
        self.continue_item(flow, entry, page)
        return flow

    def goes_on(self, entry: Entry) -> bool:
        """Whether this part is written into the division that is still open."""
        return entry.id in self.plan.merged

    def continue_item(self, flow: Flow, entry: Entry, page: PageOutline) -> None:
        """The part's notices, blocks and floats, then what its box holds besides."""
        before, after = self.plan.chain.get(self.plan.division[entry.id], (None, None))
        self.doubts.part(entry)
        for region in entry.above:
            self._notice(flow, region, before)
        columns = self.blocks.columns(entry)
        for number, block in enumerate(entry.part.blocks):
            last = all(later.kind in BYLINES for later in entry.part.blocks[number + 1 :])
            self._block(flow, block, entry, columns, last=last)
        for region in entry.below:
            self._notice(flow, region, after or before)
        for place, float_ in enumerate(entry.part.floats):
            self._float(flow, float_, entry, page, place)
        for frame in entry.frames:
            self.done.add(frame.id)
            self._inside(flow, (frame,))

    def unassigned(self, body: Element, page: PageOutline) -> None:
        """What no item claims: boxes as divisions of their kind, the rest in one division."""
        flow: Flow | None = None
        for region in page.loose:
            kind = "advertisement" if region.kind in ADVERTS else region.kind.value
            if region.kind in BOXES:
                made = child(body, "div", {"type": kind, "facs": f"#{region.id}"})
                inner = Flow(made)
                self.done.add(region.id)
                self._inside(inner, (region,))
                inner.close()
                flow = None
            else:
                flow = flow or Flow(child(body, "div", {"type": "unassigned"}))
                self._region(flow, region)
        if flow:
            flow.close()

    def forme_work(self, place: Element, region: Region) -> None:
        """A piece of running matter."""
        self.done.add(region.id)
        place.append(self.blocks.plain(region.kind, (region,), where=self.blocks.place(region)))
        for inner in region.children:
            if inner.kind not in SILENT:
                self.forme_work(place, inner)

    def fill(self, parent: Element, regions: Sequence[Region]) -> None:
        """Point an element to its zones and write their words in it."""
        self.done.update(region.id for region in regions)
        self.blocks.fill(parent, regions)

    def _attributes(self, entry: Entry, kind: str) -> dict[str, object | None]:
        item = entry.item
        before, after = self.plan.chain.get(entry.id, (None, None))
        part = {(False, True): "I", (True, True): "M", (True, False): "F"}.get((bool(before), bool(after)))
        return {
            "type": kind,
            "subtype": item.genre,
            XML_ID: entry.id,
            XML_LANG: None if covered(self.blocks.language, item.language) else item.language,
            "part": part,
            "prev": before and f"#{before}",
            "next": after and f"#{after}",
            "cert": decimal(item.confidence),
        }

    def _boxes(self, entry: Entry) -> list[Region]:
        """The container regions an advertisement, sidebar or table is drawn in."""
        kinds = OWN_BOX.get(entry.item.kind, frozenset())
        named = [
            region
            for block in entry.part.blocks
            for region in self.outline.known(block.regions, entry.part.page)
        ]
        named += [
            region
            for float_ in entry.part.floats
            if float_.item == entry.item.id
            for region in self.outline.known(float_.regions, entry.part.page)
        ]
        return [region for region in (*entry.frames, *named) if region.kind in kinds]

    def _notice(self, flow: Flow, region: Region, target: str | None) -> None:
        if region.id not in self.done:
            self.done.add(region.id)
            flow.anywhere(self.blocks.notice(region, target))
            self._children(flow, region)

    def _fresh(self, ids: Sequence[str], page: str) -> tuple[Region, ...]:
        """The regions of these ids that have not come out yet; marks them."""
        found = tuple(r for r in self.outline.known(tuple(ids), page) if r.id not in self.done)
        self.done.update(region.id for region in found)
        return found

    def _block(self, flow: Flow, block: Block, entry: Entry, columns: dict[str, int], *, last: bool) -> None:
        regions = self._fresh(block.regions, entry.part.page)
        if not regions:
            return
        if is_own_box(entry.item, regions):
            self._inside(flow, regions, block.confidence)
            return
        self._place(flow, block, regions, entry, columns, last=last)
        if block.kind not in BOXES:
            for region in regions:
                self._children(flow, region)

    def _place(
        self,
        flow: Flow,
        block: Block,
        regions: tuple[Region, ...],
        entry: Entry,
        columns: dict[str, int],
        *,
        last: bool,
    ) -> None:
        """Put one block where its kind belongs."""
        kind = block.kind
        if kind in HEADS:
            flow.head(self.blocks.block(block, regions, entry, columns), section=kind is K.CROSSHEAD)
        elif kind in BYLINES:
            made = self.blocks.block(block, regions, entry, columns)
            flow.ending(made) if flow.has_text and last else flow.head(made)
        elif kind is K.LEAD and not flow.has_text:
            argument = make("argument")
            argument.append(self.blocks.block(block, regions, entry, columns))
            flow.head(argument)
        elif kind in BOXES:
            self._boxed(flow, regions, kind)
        elif kind in FIGURES:
            flow.anywhere(self.blocks.figure(regions))
        elif kind in RUNNING_MATTER or kind in (K.CONTINUATION, K.FOOTNOTE):
            flow.anywhere(self.blocks.block(block, regions, entry, columns))
        elif kind in SILENT:
            self._otherwise(flow, regions)
        else:
            flow.text(self.blocks.block(block, regions, entry, columns))

    def _otherwise(self, flow: Flow, regions: Sequence[Region]) -> None:
        """Regions that cannot come out as what they were named: each by its own kind."""
        for region in regions:
            self.done.discard(region.id)
            self._region(flow, region)

    def _float(self, flow: Flow, float_: Float, entry: Entry, page: PageOutline, place: int) -> None:
        regions = self._fresh(float_.regions, entry.part.page)
        inner = page.inner.get(float_.item or "")
        if inner and inner.item is not entry.item:
            self._boxed(flow, regions, K.SIDEBAR, inner, page)
            return
        if not regions:
            return
        if float_.item == entry.item.id and entry.item.kind in OWN_BOX:
            self._inside(flow, regions)
            return
        if float_.kind is K.PULL_QUOTE:
            number = entry.number - 1
            id_ = f"{entry.id}_q{place + 1}"
            made = self.blocks.quote(
                float_, regions, id_, self.plan.targets.get((entry.item.id, number, place), [])
            )
            flow.text(made)
            self.doubts.quote(id_, float_)
        elif float_.kind in BOXES:
            boxes = tuple(region for region in regions if region.kind in BOXES) or regions
            others = tuple(region for region in regions if region not in boxes)
            self._boxed(flow, boxes, float_.kind, others=others, sure=float_.confidence)
        elif float_.kind in FIGURES:
            flow.anywhere(self.blocks.figure(regions, float_.confidence))
        else:
            self._otherwise(flow, regions)
            return
        for region in regions:
            if float_.kind not in BOXES:
                self._children(flow, region)

    def _boxed(
        self,
        flow: Flow,
        regions: Sequence[Region],
        kind: RegionKind,
        inner: Entry | None = None,
        page: PageOutline | None = None,
        others: tuple[Region, ...] = (),
        sure: float | None = None,
    ) -> None:
        """A box beside the text, of which it is so ``sure`` that it stands there: a table, or a text of its
        own with what stands in it.
        """
        if kind is K.TABLE:
            made = self.blocks.table(regions, others, self.outline, self.done)
            if sure is not None:
                made.set("cert", decimal(sure) or "0")
            flow.text(made)
            return
        kind_of_text = "advertisement" if kind in ADVERTS else "sidebar"
        made = make("floatingText", {"type": kind_of_text, "cert": decimal(sure)})
        if inner:
            for name, value in self._attributes(inner, "sidebar").items():
                if value is not None and name != "part":  # a floatingText has none
                    made.set(name, str(value))
        boxes = list(dict.fromkeys([*regions, *(self._boxes(inner) if inner else ())]))
        if boxes:
            made.set("facs", " ".join(f"#{region.id}" for region in boxes))
        body = Flow(child(made, "body"))
        if inner and page:
            self.continue_item(body, inner, page)
        self._inside(body, regions)
        self._otherwise(body, others)
        body.close()
        if body.target is body.division and not body.has_text:
            body.text(make("ab"))  # a body must hold more than headings and pictures
        flow.text(made)

    def _inside(self, flow: Flow, boxes: Sequence[Region], sure: float | None = None) -> None:
        """A box's own words, then what stands in it and is in no item; ``sure``: that a table is one."""
        for box in boxes:
            if box.kind is K.TABLE:
                table = self.blocks.table((box,), (), self.outline, self.done, facs=False)
                if sure is not None:
                    table.set("cert", decimal(sure) or "0")
                flow.text(table)
                continue
            if any(line.words for line in box.lines):
                made = make("p")
                self.blocks.words(made, (box,))
                flow.text(made)
            self._children(flow, box)

    def _children(self, flow: Flow, region: Region) -> None:
        for inner in self.outline.unplaced(region):
            self._region(flow, inner)

    def _region(self, flow: Flow, region: Region) -> None:
        """A region that no block names, by its own kind."""
        if region.id in self.done or region.kind in SILENT:
            return
        self.done.add(region.id)
        kind = region.kind
        if kind in BOXES:
            self._boxed(flow, (region,), kind)
            return
        if kind in HEADS and not flow.has_text:
            flow.head(self.blocks.plain(kind, (region,)))
        elif kind in FIGURES:
            flow.anywhere(self.blocks.figure((region,)))
        elif kind in RUNNING_MATTER or kind in (K.CONTINUATION, K.FOOTNOTE):
            flow.anywhere(self.blocks.plain(kind, (region,)))
        elif kind in HEADS | BYLINES:
            flow.head(self.blocks.plain(kind, (region,)), section=kind is K.CROSSHEAD)
        elif kind is K.VERSE:
            flow.text(self.blocks.verse((region,), {}))
        else:
            flow.text(self.blocks.plain(kind, (region,)))
        self._children(flow, region)
