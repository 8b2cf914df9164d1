"""TEI P5, one file for an issue: facsimile with zones, then the text in physical page order.

A block element points with `facs` to its zones (one for each column fragment); lines are zones in them,
named by `lb`; the columns of running text are zones from left to right. What nobody placed stands in a
`div type="unassigned"`; rules are zones only.
"""

from __future__ import annotations

from pathlib import Path

from layout.document import Box, Direction, Issue, Page, Region, RegionKind
from layout.export.files import write_whole
from layout.export.folio import ascii_number
from layout.export.images import image_type, image_url
from layout.export.outline import Outline, PageOutline, outlined
from layout.export.settings import ExportSettings
from layout.export.settle import clean_text, settled
from layout.export.tei_flow import Flow
from layout.export.tei_header import RENDITIONS, write_header
from layout.export.tei_indent import indent
from layout.export.tei_items import ItemWriter
from layout.export.xml import XML_ID, XML_LANG, Element, child, decimal, element, serialize

TEI = "http://www.tei-c.org/ns/1.0"
MODEL = (
    'href="https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng" '
    'type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"'
)


class TeiExporter:
    """Writes `tei.xml`."""

    def __init__(self, settings: ExportSettings) -> None:
        self.settings = settings

    def write(self, issue: Issue, folder: Path) -> list[Path]:
        """One TEI file of the issue in its folder; `AccessError` where it cannot be written."""
        root = tei_document(issue, self.settings)
        if self.settings.pretty:
            indent(root)
        return [write_whole(folder / "tei.xml", serialize(root, pretty=False, instruction=MODEL))]


def tei_document(issue: Issue, settings: ExportSettings) -> Element:
    """The TEI element of an issue."""
    issue = settled(issue)
    outline = outlined(issue)
    languages = issue_languages(issue)
    root = element(f"{{{TEI}}}TEI", nsmap={None: TEI})
    write_header(root, issue, settings, languages)
    facsimile = child(root, "facsimile")
    usual = main_direction(issue)
    for page in issue.pages:
        _surface(facsimile, page, usual, settings)
    standoff = child(root, "standOff")
    text = child(
        root,
        "text",
        {
            "type": "issue",
            XML_LANG: languages[0] if languages else None,
            "rendition": RENDITIONS[usual] if usual is not Direction.LTR else None,
        },
    )
    writer = ItemWriter(outline, settings, standoff)
    _body(text, outline, writer)
    writer.blocks.link_quotes()
    if not len(standoff):
        root.remove(standoff)
    if not issue.pages:
        root.remove(facsimile)
    return root


def _surface(parent: Element, page: Page, usual: Direction, settings: ExportSettings) -> None:
    """A page's zones; its direction is stated where it is not that of the issue."""
    surface = child(
        parent,
        "surface",
        {
            XML_ID: page.id,
            "type": "page",
            "n": ascii_number(page),
            "rendition": RENDITIONS[page.direction] if page.direction is not usual else None,
            "ulx": 0,
            "uly": 0,
            "lrx": int(page.width),
            "lry": int(page.height),
        },
    )
    url = image_url(page, settings)
    if url:
        size = {"width": f"{int(page.width)}px", "height": f"{int(page.height)}px"}
        graphic = child(surface, "graphic", {"url": url, "mimeType": image_type(page), **size})
        if page.dpi:
            child(graphic, "desc", {"type": "resolution", XML_LANG: "en"}, f"{page.dpi:g} dpi")
    for region in page.regions:
        _zone(surface, region, settings)
    for number, column in enumerate(page.columns, 1):
        id_ = f"{page.id}_c{number:02d}"
        child(surface, "zone", {XML_ID: id_, "type": "column", **_corners(column.box)})


def _zone(parent: Element, region: Region, settings: ExportSettings) -> None:
    zone = child(
        parent,
        "zone",
        {
            XML_ID: region.id,
            "type": region.kind.value,
            **_place(region),
            "rotate": (360 - region.rotation) % 360 or None,
            "cert": decimal(region.confidence),
        },
    )
    if settings.tei_lines:
        for line in region.lines:
            child(zone, "zone", {XML_ID: line.id, "type": "line", **_corners(line.box)})
    for inner in region.children:
        _zone(zone, inner, settings)


def _place(region: Region) -> dict[str, object]:
    corners = _corners(region.box)
    if region.polygon:
        points = " ".join(f"{int(x)},{int(y)}" for x, y in region.polygon)
        return {"points": points, **corners}
    return corners


def _corners(box: Box) -> dict[str, object]:
    return {"ulx": int(box.x0), "uly": int(box.y0), "lrx": int(box.x1), "lry": int(box.y1)}


def _body(text: Element, outline: Outline, writer: ItemWriter) -> None:
    """Pages one after the other; an item that goes on with nothing between stays one division."""
    first = outline.pages[0] if outline.pages else None
    started = False
    if first and first.front:
        front = child(text, "front")
        _page_break(front, first, writer)
        _front(front, first, writer)
        started = True
    body = child(text, "body")
    flow: Flow | None = None
    for page in outline.pages:
        goes_on = flow is not None and bool(page.entries) and writer.goes_on(page.entries[0])
        if flow and not goes_on:
            flow.close()
        if not (started and page is first):
            place = flow.target if flow and goes_on else body
            _page_break(place, page, writer)
            for region in page.front:
                writer.forme_work(place, region)
        for entry in page.entries:
            if flow and writer.goes_on(entry):
                writer.continue_item(flow, entry, page)
                continue
            if flow:
                flow.close()
            flow = writer.open_item(body, entry, page)
        if page.loose:
            if flow:
                flow.close()
            flow = None
            writer.unassigned(body, page)
    if flow:
        flow.close()
    if not any(isinstance(inner.tag, str) and inner.tag.endswith("}div") for inner in body):
        child(body, "ab")


def _page_break(place: Element, page: PageOutline, writer: ItemWriter) -> None:
    """`pb`, then the page's running matter, however it is placed on the page."""
    child(place, "pb", {"n": ascii_number(page.page), "facs": f"#{page.page.id}"})
    if page.page.failed is not None:
        gap = child(place, "gap", {"reason": "failed", "unit": "page", "quantity": 1})
        why = clean_text(page.page.failed)
        if why:
            child(gap, "desc", {XML_LANG: "en"}, why)
    for region in page.running:
        writer.forme_work(place, region)


def _front(front: Element, page: PageOutline, writer: ItemWriter) -> None:
    heads = [region for region in page.front if region.kind is RegionKind.MASTHEAD]
    if heads:
        title = child(child(front, "titlePage", {"type": "masthead"}), "docTitle")
        main = max(heads, key=lambda region: max((line.box.height for line in region.lines), default=0.0))
        for region in heads:
            made = child(title, "titlePart", {"type": "main" if region is main else None})
            writer.fill(made, (region,))
    others = [region for region in page.front if region.kind is not RegionKind.MASTHEAD]
    if others:
        imprint = child(front, "div", {"type": "imprint"})
        for region in others:
            writer.fill(child(imprint, "p"), (region,))


def main_direction(issue: Issue) -> Direction:
    """The direction most pages have; left to right where there are none."""
    directions = [page.direction for page in issue.pages] or [Direction.LTR]
    return max(directions, key=directions.count)


def issue_languages(issue: Issue) -> list[str]:
    """All languages named in the issue, the main one first."""
    mains = [page.language for page in issue.pages if page.language]
    main = issue.metadata.language or (max(mains, key=mains.count) if mains else None)
    others = {item.language for item in issue.items if item.language} | {
        language
        for page in issue.pages
        for region in page.walk()
        for language in (
            region.language,
            *(line.language for line in region.lines),
            *(word.language for line in region.lines for word in line.words),
        )
        if language
    }
    return list(dict.fromkeys([*([main] if main else []), *sorted(others | set(mains))]))
