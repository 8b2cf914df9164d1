"""ALTO, one file for a page; element order is reading order, and `ReadingOrder` says the same.

Blocks stand flat in the print space, as most readers look no deeper. Only an advertisement or table
with parts of its own is a `ComposedBlock`; the frame of a sidebar is a `GraphicalElement`, and its
blocks name it by a tag.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from layout.document import Direction, Issue, Item, Page, Region, RegionKind
from layout.export.alto_frame import MARGINS, frame
from layout.export.alto_head import tags_of, write_order, write_processing, write_tags
from layout.export.alto_text import AltoText, language_code, numbers, write_shape
from layout.export.alto_version import VERSIONS, AltoVersion
from layout.export.files import write_whole
from layout.export.folio import ascii_number, printed_number
from layout.export.images import image_name
from layout.export.outline import SILENT, Group, Outline, PageOutline, outlined
from layout.export.page_markup import XSI, Element, child, element, serialize
from layout.export.settings import ExportSettings
from layout.export.settle import scaled_page
from layout.export.xml import decimal

log = logging.getLogger(__name__)
K = RegionKind

#: Kinds whose parts stand inside them.
COMPOSED = {K.ADVERTISEMENT: "Advertisement", K.DEATH_NOTICE: "Advertisement", K.TABLE: "Table"}

_PER_INCH = {"mm10": 254.0, "inch1200": 1200.0}


class AltoExporter:
    """Writes `alto/p0001.xml` and so on; a page that failed has no file."""

    def __init__(self, settings: ExportSettings) -> None:
        self.settings = settings

    def write(self, issue: Issue, folder: Path) -> list[Path]:
        """One ALTO file for each page that was read; `AccessError` where one cannot be written."""
        outline = outlined(issue)
        units = [self._unit(page) for page in issue.pages]
        if any(factor != 1 for _, factor in units):
            pages = tuple(
                scaled_page(page, factor)
                for page, (_, factor) in zip(outline.issue.pages, units, strict=True)
            )
            outline = Outline(replace(outline.issue, pages=pages))
        written = []
        for number, (page, (unit, _)) in enumerate(zip(outline.pages, units, strict=True), 1):
            if page.page.failed is None:
                root = AltoPage(outline, page, number, unit, self.settings).document()
                data = serialize(root)
                written.append(write_whole(folder / "alto" / f"{page.page.id}.xml", data))
        return written

    def _unit(self, page: Page) -> tuple[str, float]:
        """Unit and factor from pixels; pixels where the page's resolution is not known."""
        per_inch = _PER_INCH.get(self.settings.alto_unit)
        if per_inch is None:
            return "pixel", 1.0
        if not page.dpi:
            log.warning("%s: resolution not known, ALTO written in pixels", page.id)
            return "pixel", 1.0
        return self.settings.alto_unit, per_inch / page.dpi


class AltoPage:
    """One ALTO document of a settled page."""

    def __init__(
        self, outline: Outline, page: PageOutline, number: int, unit: str, settings: ExportSettings
    ) -> None:
        self.outline = outline
        self.page = page.page
        self.number = number
        self.unit = unit
        self.settings = settings
        self.version: AltoVersion = VERSIONS[settings.alto_version]
        self.reading = outline.reading(page)
        self.items: dict[str, Item] = {}
        self.grouped: set[str] = set()
        self.ordered: list[Region] = []
        for member in self.reading:
            self._collect(member, None)
        self.next = {a.id: b.id for a, b in pairwise(self.ordered)}
        self.inside = {
            inner.id
            for region in self.page.walk()
            if region.kind in COMPOSED and region.children
            for inner in region.walk()
            if inner is not region
        }
        self.containers = {inner.id: region for region in self.page.walk() for inner in region.children}
        self.frame = frame(self.page)
        self.text = AltoText(outline, self.page, self.version)
        self.done: set[str] = set()

    def document(self) -> Element:
        """The `alto` element."""
        version = self.version
        root = element(
            "alto",
            {
                "xmlns": version.namespace,
                "xmlns:xsi": XSI,
                "xsi:schemaLocation": f"{version.namespace} {version.location}",
                "SCHEMAVERSION": version.attribute,
            },
            pretty=self.settings.pretty,
        )
        self._description(child(root, "Description"))
        items = [item for item in self.outline.issue.items if item.id in self.grouped]
        write_tags(root, self.page, items, self.reading, version)
        if version.order:
            write_order(root, self.page, self.reading)
        self._page(child(root, "Layout"))
        return root

    def _collect(self, member: Region | Group, item: Item | None) -> None:
        """Note the reading order, of which item each region is, and which items have a group."""
        if isinstance(member, Group):
            if member.entry:
                item = member.entry.item
                self.grouped.add(item.id)
            if member.head:
                self._collect(member.head, item)
            for inner in member.members:
                self._collect(inner, item)
            return
        self.ordered.append(member)
        if item:
            self.items[member.id] = item

    def _description(self, description: Element) -> None:
        child(description, "MeasurementUnit", text=self.unit)
        source = child(description, "sourceImageInformation")
        name = image_name(self.page, self.settings, "../")
        if name:
            child(source, "fileName", text=name)
        if self.page.source.sha256:
            where = {"fileIdentifierLocation": "sha256"}
            child(source, "fileIdentifier", where, self.page.source.sha256)
        if self.version.document_id:
            child(source, "documentIdentifier", text=self.outline.issue.id)
        write_processing(description, self.page, self.version)

    def _page(self, layout: Element) -> None:
        page, version = self.page, self.version
        made = child(
            layout,
            "Page",
            {
                "ID": page.id,
                "PHYSICAL_IMG_NR": self.number,
                "PRINTED_IMG_NR": printed_number(page),
                "POSITION": _position(page),
                "WIDTH": int(page.width),
                "HEIGHT": int(page.height),
                "PC": decimal(_mean_confidence(page)),
                "LANG": language_code(page.language) if version.page_language else None,
                "OTHERLANGS": _other_languages(page) if version.page_language else None,
                "PROCESSINGREFS": self._steps() if version.processing else None,
            },
        )
        for name in MARGINS:
            short = f"{page.id}_{name[0].lower()}m"
            margin = child(made, name, {"ID": short, **numbers(self.frame.boxes[name])})
            for region in page.regions:
                if self.frame.margin.get(region.id) == name:
                    for inner in region.walk():
                        self._block(margin, inner)
        space = child(made, "PrintSpace", {"ID": f"{page.id}_ps", **numbers(self.frame.print_space)})
        for region in (*self.ordered, *page.walk()):
            if region.id not in self.inside:
                self._block(space, region)

    def _steps(self) -> str | None:
        return " ".join(f"PR_{number}" for number in range(1, len(self.page.steps) + 1)) or None

    def _block(self, parent: Element, region: Region, *, nested: bool = False) -> None:
        """One region as a block, once; ``nested``: inside a `ComposedBlock`, where no other may be."""
        if region.id in self.done:
            return
        self.done.add(region.id)
        name = _element_of(region, nested=nested)
        made = child(
            parent,
            name,
            {
                "ID": region.id,
                "TAGREFS": tags_of(region, self.items, self.containers),
                **numbers(region.box),
                "ROTATION": region.rotation or None,
                "IDNEXT": self.next.get(region.id),
                "TYPE": COMPOSED[region.kind] if name == "ComposedBlock" else None,
            },
        )
        if name == "TextBlock":
            self._text(made, region)
            return
        write_shape(made, region.polygon, self.version)
        place = made if name == "ComposedBlock" else parent
        if any(line.words for line in region.lines):
            tags = tags_of(region, self.items, {region.id: region} if region.children else {})
            own = {"ID": f"{region.id}_text", "TAGREFS": tags, **numbers(region.box)}
            self._text(child(place, "TextBlock", own), region)
        if name == "ComposedBlock":
            for inner in self._in_order(region):
                self._block(made, inner, nested=True)

    def _text(self, made: Element, region: Region) -> None:
        code = language_code(region.language or self.page.language)
        if code:
            made.attributes["LANG"] = code
        if self.version.order:
            made.attributes["BASEDIRECTION"] = (region.direction or self.page.direction).value
        write_shape(made, region.polygon, self.version)
        self.text.write(made, region)

    def _in_order(self, box: Region) -> list[Region]:
        """Everything in a box, in reading order, what is not read behind it."""
        place = {region.id: number for number, region in enumerate(self.ordered)}
        inner = [region for region in box.walk() if region is not box]
        return sorted(inner, key=lambda region: place.get(region.id, len(place)))


def _element_of(region: Region, *, nested: bool) -> str:
    """The block element of a region; whatever may hold text is a `TextBlock`."""
    if region.kind is K.IMAGE:
        return "Illustration"
    if region.kind in SILENT:
        return "GraphicalElement"
    if region.children and region.kind in COMPOSED:
        return "GraphicalElement" if nested else "ComposedBlock"
    return "GraphicalElement" if region.children else "TextBlock"


def _position(page: Page) -> str | None:
    """Odd pages are on the right in an issue bound on the left, on the left in one bound on the right."""
    number = ascii_number(page)
    if not number or not number.isdigit():
        return None
    right = page.direction is Direction.RTL
    return "Left" if (int(number) % 2 == 1) is right else "Right"


def _mean_confidence(page: Page) -> float | None:
    known = [
        word.confidence
        for region in page.walk()
        for line in region.lines
        for word in line.words
        if word.confidence is not None
    ]
    return sum(known) / len(known) if known else None


def _other_languages(page: Page) -> str | None:
    found = {region.language for region in page.walk() if region.lines}
    found |= {line.language for region in page.walk() for line in region.lines}
    found |= {word.language for region in page.walk() for line in region.lines for word in line.words}
    codes = {language_code(code) for code in found if code and code != page.language}
    return " ".join(sorted(code for code in codes if code)) or None
