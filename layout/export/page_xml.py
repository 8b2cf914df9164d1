"""PAGE 2019, one file for a page, as eScriptorium, Transkribus and LAREX open it.

Regions stand in reading order and nest as they do on the page; `ReadingOrder` says the order again, with
a group for each item. The exact kind is in `custom` and in `Labels`, since PAGE's own list is short.
"""

from __future__ import annotations

from pathlib import Path

from layout import __version__
from layout.document import (
    Direction,
    Issue,
    ProcessingStep,
    Region,
    RegionKind,
    TextLine,
    ids,
)
from layout.export.files import write_whole
from layout.export.images import image_name
from layout.export.outline import SILENT, Outline, PageOutline, flat, outlined
from layout.export.page_custom import (
    box_note,
    issue_values,
    language_note,
)
from layout.export.page_markup import XSI, Element, child, element, serialize
from layout.export.page_order import items_of, region_notes, write_order, write_relations
from layout.export.page_table import DIRECTIONS, REGIONS, SCRIPTS, name_of_language
from layout.export.page_text import write_baseline, write_coords, write_text, write_words
from layout.export.rows import grid_of
from layout.export.settings import ExportSettings
from layout.export.tei_plan import Plan, plan
from layout.export.xml import time_stamp
from layout.language import script_code

PAGE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
K = RegionKind

#: The category of a processing step that needs no saying.
_USUAL_CATEGORY = "contentGeneration"

#: The schema requires a time. Without SOURCE_DATE_EPOCH it is this one, the same for every run.
_NO_TIME = "1970-01-01T00:00:00Z"


class PageXmlExporter:
    """Writes `page/p0001.xml` and so on; a page that failed has no file."""

    def __init__(self, settings: ExportSettings) -> None:
        self.settings = settings

    def write(self, issue: Issue, folder: Path) -> list[Path]:
        """One PAGE file for each page that was read; `AccessError` where one cannot be written."""
        outline = outlined(issue)
        known = plan(outline)
        written = []
        for page in outline.pages:
            if page.page.failed is None:
                root = _PageXml(outline, page, known, self.settings).document()
                data = serialize(root)
                written.append(write_whole(folder / "page" / f"{page.page.id}.xml", data))
        return written


class _PageXml:
    """One PAGE document."""

    def __init__(self, outline: Outline, page: PageOutline, known: Plan, settings: ExportSettings) -> None:
        self.outline = outline
        self.page = page.page
        self.settings = settings
        self.reading = outline.reading(page)
        self.items = items_of(self.reading)
        self.place = {region.id: number for number, region in enumerate(flat(self.reading))}
        self.continued = _continued(outline, page, known)
        self.blocks = region_notes(outline, page)

    def document(self) -> Element:
        """The `PcGts` element."""
        root = element(
            "PcGts",
            {
                "xmlns": PAGE,
                "xmlns:xsi": XSI,
                "xsi:schemaLocation": f"{PAGE} {PAGE}/pagecontent.xsd",
                "pcGtsId": ids.xml_name(f"{self.outline.issue.id}-{self.page.id}"),
            },
            pretty=self.settings.pretty,
        )
        self._metadata(child(root, "Metadata"))
        page = self.page
        resolution = None if not page.dpi else f"{page.dpi:g}"
        made = child(
            root,
            "Page",
            {
                "imageFilename": image_name(page, self.settings) or page.id,
                "imageWidth": int(page.width),
                "imageHeight": int(page.height),
                "imageXResolution": resolution,
                "imageYResolution": resolution,
                "imageResolutionUnit": "PPI" if resolution else None,
                "custom": language_note(page.language),
                "type": "content",
                **_writing(page.language, page.direction),
            },
        )
        write_order(made, self.page.id, self.reading)
        write_relations(made, self.outline, self.page.id)
        for region in self._in_order(page.regions):
            self._region(made, region)
        return root

    def _metadata(self, metadata: Element) -> None:
        when = time_stamp() or _NO_TIME
        child(metadata, "Creator", text=f"newsreflow {__version__}")
        child(metadata, "Created", text=when)
        child(metadata, "LastChange", text=when)
        own = child(metadata, "UserDefined")
        for name, value, description in issue_values(self.outline.issue, self.page):
            known = {"name": name, "description": description, "type": "xsd:string", "value": value}
            child(own, "UserAttribute", known)
        for step in self.page.steps:
            _step(metadata, step)

    def _in_order(self, regions: tuple[Region, ...]) -> list[Region]:
        """Regions by the place of the first thing in them that is read; the unread come last."""
        last = len(self.place)

        def key(region: Region) -> int:
            return min(self.place.get(inner.id, last) for inner in region.walk())

        return sorted(regions, key=key)

    def _region(self, parent: Element, region: Region, cell: tuple[int, int] | None = None) -> None:
        name, kind = REGIONS[region.kind]
        if region.children and name == "TextRegion":
            name, kind = "GraphicRegion", "frame"
        custom = f"structure {{type:{region.kind};}}"
        item = self.items.get(region.id)
        if item:
            custom += f" article {{id:{item.id};}}"
        box = box_note(region.box, region.polygon)
        named = name == "TextRegion"
        code = region.language if named or region.language != self.page.language else None
        for said in (self.blocks.get(region.id), language_note(code, named=named), box):
            custom += f" {said}" if said else ""
        made = child(
            parent,
            name,
            {
                "id": region.id,
                "custom": custom,
                "continuation": "true" if region.id in self.continued else None,
                "type": kind,
                "orientation": _orientation(region.rotation) if name in _TURNING else None,
            },
        )
        write_coords(made, region.box, region.polygon, region.confidence)
        labels = child(made, "Labels", {"externalModel": "newsreflow/regions"})
        child(labels, "Label", {"type": "region", "value": region.kind.value})
        if item:
            child(labels, "Label", {"type": "item", "value": item.id})
        if cell:
            role = {"rowIndex": cell[0], "columnIndex": cell[1]}
            child(child(made, "Roles"), "TableCellRole", role)
        if name == "TextRegion":
            self._lines(made, region)
            return
        if region.lines:
            own = {"id": f"{region.id}_text", "custom": custom}
            words = child(made, "TextRegion", own)
            write_coords(words, region.box, region.polygon, None)
            self._lines(words, region)
        self._children(made, region)

    def _children(self, made: Element, region: Region) -> None:
        cells = [inner for inner in region.children if region.kind is K.TABLE and inner.kind not in SILENT]
        for number, row in enumerate(grid_of(cells)):
            for column, cell in enumerate(row):
                if cell is not None:
                    self._region(made, cell, (number, column))
        for inner in self._in_order(tuple(one for one in region.children if one not in cells)):
            self._region(made, inner)

    def _lines(self, made: Element, region: Region) -> None:
        made.attributes.update(_writing(region.language, region.direction or self.page.direction))
        read = [self._line(made, region, line, number) for number, line in enumerate(region.lines)]
        texts = [(text, normalized) for text, normalized in read if text]
        if texts:
            printed, normalized = ("\n".join(one) for one in zip(*texts, strict=True))
            write_text(made, printed, normalized)

    def _line(self, parent: Element, region: Region, line: TextLine, number: int) -> tuple[str, str]:
        """Write a line; its text, and that in its other reading."""
        custom = f"readingOrder {{index:{number};}}"
        item = self.items.get(region.id)
        if item:
            custom += f" structure {{id:{item.id}; type:article;}}"
        foreign = line.language if line.language != region.language else None
        for said in (language_note(foreign), box_note(line.box, line.polygon)):
            custom += f" {said}" if said else ""
        own = line.direction if line.direction is not (region.direction or self.page.direction) else None
        attributes = {"id": line.id, "index": str(number), "custom": custom}
        if own:
            attributes["readingDirection"] = DIRECTIONS[own]
        if name := name_of_language(foreign):
            attributes["primaryLanguage"] = name
        made = parent.add("TextLine", attributes)
        write_coords(made, line.box, line.polygon, line.confidence)
        write_baseline(made, line)
        usual = line.language or region.language
        write_words(made, line.words, self.outline.joins, usual)
        text, normalized = line.text, line.normalized
        if text:
            write_text(made, text, normalized)
        return text, normalized


_TURNING = frozenset({"TextRegion", "ImageRegion", "GraphicRegion", "TableRegion", "AdvertRegion"})


def _continued(outline: Outline, page: PageOutline, known: Plan) -> set[str]:
    """Regions that begin inside a sentence whose first part is on another page."""
    found = set()
    for entry in (*page.entries, *page.inner.values()):
        for block in entry.part.blocks:
            if known.cut.get(block.id, (None, None))[0]:
                found |= {region.id for region in outline.known(block.regions, page.page.id)[:1]}
    return found


def _writing(code: str | None, direction: Direction) -> dict[str, str]:
    """PAGE's names for language, script and direction, where it has them."""
    found = {
        "primaryLanguage": name_of_language(code),
        "primaryScript": SCRIPTS.get(script_code(code) or ""),
        "readingDirection": DIRECTIONS[direction],
        "textLineOrder": "right-to-left" if direction is Direction.TTB else "top-to-bottom",
    }
    return {name: value for name, value in found.items() if value}


def _orientation(rotation: int) -> str | None:
    """The angle that corrects the region, clockwise, -180 to 180."""
    angle = rotation % 360
    return f"{angle - 360 if angle > 180 else angle}.0" if angle else None


def _step(metadata: Element, step: ProcessingStep) -> None:
    made = child(
        metadata,
        "MetadataItem",
        {"type": "processingStep", "name": step.name, "value": "_".join(step.software.split()) or "unknown"},
    )
    labels = child(made, "Labels", {"externalModel": "software"})
    if step.version:
        child(labels, "Label", {"type": "version", "value": step.version})
    if not step.software or step.software.split() != [step.software]:
        child(labels, "Label", {"type": "software", "value": step.software})
    if step.category != _USUAL_CATEGORY:
        child(labels, "Label", {"type": "category", "value": step.category})
    for name, value in step.settings:
        child(labels, "Label", {"type": name, "value": value})
    if not labels.children:
        made.children.remove(labels)
