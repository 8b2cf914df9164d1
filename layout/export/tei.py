"""TEI P5, one file for an issue: facsimile with zones, then the text in physical page order.

A block element points with `facs` to its zones (one for each column fragment); lines are zones in them,
named by `lb`; the columns of running text are zones from left to right. What nobody placed stands in a
`div type="unassigned"`; rules are zones only.
"""

from __future__ import annotations

import shutil
from collections.abc import Set
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from layout.document import Box, Direction, Issue, Page, Polygon, Region, RegionKind, TextLine
from layout.export.files import whole_file
from layout.export.folio import ascii_number
from layout.export.images import image_type, image_url
from layout.export.outline import SILENT, Entry, Outline, PageOutline, outlined
from layout.export.pieces import Pieces
from layout.export.settings import ExportSettings
from layout.export.settle import clean_text, settled
from layout.export.tei_flow import Flow
from layout.export.tei_header import RENDITIONS, Said, write_header
from layout.export.tei_indent import indent
from layout.export.tei_items import ItemWriter
from layout.export.xml import XML_ID, XML_LANG, Element, child, decimal, element

TEI = "http://www.tei-c.org/ns/1.0"
MODEL = (
    'href="https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng" '
    'type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"'
)

#: Bytes of text that are kept in memory; beyond, they go to a file beside the result.
_IN_MEMORY = 1 << 24


class TeiExporter:
    """Writes `tei.xml`."""

    def __init__(self, settings: ExportSettings) -> None:
        self.settings = settings

    def write(self, issue: Issue, folder: Path) -> list[Path]:
        """One TEI file of the issue in its folder; `AccessError` where it cannot be written."""
        path = folder / "tei.xml"
        with whole_file(path) as file, SpooledTemporaryFile(_IN_MEMORY, dir=str(folder)) as text:
            _Tei(issue, self.settings).write(file, text)
        return [path]


class _Tei:
    """One TEI document, of which no more than a page or an open item stands in memory."""

    def __init__(self, issue: Issue, settings: ExportSettings) -> None:
        self.issue = settled(issue)
        self.settings = settings
        self.languages = issue_languages(self.issue)
        self.usual = main_direction(self.issue)
        self.root = element("TEI")
        self.indent = indent if settings.pretty else None

    def write(self, file: IO[bytes], spool: IO[bytes]) -> None:
        """The document into ``file``; its text, which comes last but is known first, stands in ``spool``
        meanwhile."""
        root = self.root
        standoff = child(root, "standOff")
        pointers = self._text(spool, standoff)
        out = Pieces(file, self.indent, space=TEI)
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-model {MODEL}?>\n'.encode())
        out.begin(root)
        out.put(write_header(root, self.issue, self.settings, self._said(pointers)))
        if self.issue.pages:
            facsimile = child(root, "facsimile")
            out.begin(facsimile)
            for page in self.issue.pages:
                out.put(_surface(facsimile, page, self.usual, self.settings))
            out.end()
        if len(standoff):
            out.put(standoff)
        spool.seek(0)
        shutil.copyfileobj(spool, file)
        out.end()
        file.write(b"\n")

    def _said(self, pointers: Set[str]) -> Said:
        """What the header declares; ``pointers`` to it are those in blocks of the text."""
        pages = self.issue.pages
        renditions = {RENDITIONS[page.direction] for page in pages if page.direction is not self.usual}
        if self.usual is not Direction.LTR:
            renditions.add(RENDITIONS[self.usual])
        shown = [region for page in pages for region in page.walk() if region.kind not in SILENT]
        words = sum(len(line.words) for region in shown for line in region.lines)
        return Said(self.languages, renditions | pointers, words)

    def _text(self, spool: IO[bytes], standoff: Element) -> Set[str]:
        """Write the text; the pointers to the header in its blocks."""
        out = Pieces(spool, self.indent, depth=1)
        rendition = RENDITIONS[self.usual] if self.usual is not Direction.LTR else None
        language = self.languages[0] if self.languages else None
        text = child(self.root, "text", {"type": "issue", XML_LANG: language, "rendition": rendition})
        out.begin(text)
        outline = outlined(self.issue)
        writer = ItemWriter(outline, self.settings, standoff)
        _Body(text, outline, writer, out).write()
        out.end()
        return writer.blocks.inline.used


def _surface(parent: Element, page: Page, usual: Direction, settings: ExportSettings) -> Element:
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
    return surface


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
            if line.words:  # ALTO has its outline
                child(zone, "zone", {XML_ID: line.id, "type": "line", **_corners(line.box)})
            else:
                _unread_line(zone, line)
    for inner in region.children:
        _zone(zone, inner, settings)


def _unread_line(zone: Element, line: TextLine) -> None:
    """A line without words, of which ALTO has nothing."""
    made = child(zone, "zone", {XML_ID: line.id, "type": "line", **_place(line)})
    if line.baseline:
        child(made, "path", {"type": "baseline", "points": _points(line.baseline)})


def _place(thing: Region | TextLine) -> dict[str, object]:
    corners = _corners(thing.box)
    return {"points": _points(thing.polygon), **corners} if thing.polygon else corners


def _points(points: Polygon) -> str:
    return " ".join(f"{int(x)},{int(y)}" for x, y in points)


def _corners(box: Box) -> dict[str, object]:
    return {"ulx": int(box.x0), "uly": int(box.y0), "lrx": int(box.x1), "lry": int(box.y1)}


class _Body:
    """The text: pages one after the other; an item that goes on with nothing between stays one division.

    What is complete is written and forgotten: all before the open item, but for what a pull-quote holds
    back whose passages have not come yet.
    """

    def __init__(self, text: Element, outline: Outline, writer: ItemWriter, out: Pieces) -> None:
        self.text = text
        self.outline = outline
        self.writer = writer
        self.out = out
        self.flow: Flow | None = None
        self.divided = False

    def write(self) -> None:
        """Front matter and body, from the first page to the last."""
        pages = self.outline.pages
        first = pages[0] if pages and pages[0].front else None
        if first:
            front = child(self.text, "front")
            _page_break(front, first, self.writer)
            _front(front, first, self.writer)
            self.out.put(front)
        body = child(self.text, "body")
        self.out.begin(body)
        for page in pages:
            self._page(body, page, begun=page is first)
            self._put(body, last=False)
        self._close()
        self.writer.blocks.link_quotes()
        self._put(body, last=True)
        if not self.divided:
            self.out.put(child(body, "ab"))
        self.out.end()

    def _page(self, body: Element, page: PageOutline, *, begun: bool) -> None:
        """A page's items; ``begun``: its beginning has been written."""
        writer = self.writer
        goes_on = self.flow is not None and bool(page.entries) and writer.goes_on(page.entries[0])
        if not goes_on:
            self._close()
        if not begun:
            place = self.flow.target if self.flow and goes_on else body
            made = _page_break(place, page, writer)
            if goes_on and self._divided_word(page.entries[0]):
                made.set("break", "no")
            for region in page.front:
                writer.forme_work(place, region)
        for entry in page.entries:
            if self.flow and writer.goes_on(entry):
                writer.continue_item(self.flow, entry, page)
                continue
            if self.flow:
                self.flow.close()
            self.flow = writer.open_item(body, entry, page)
        if page.loose:
            self._close()
            writer.unassigned(body, page)

    def _divided_word(self, entry: Entry) -> bool:
        """Whether a part begins inside a word."""
        blocks = entry.part.blocks[:1]
        regions = [r for b in blocks for r in self.outline.known(b.regions, entry.part.page)]
        words = (word for region in regions for line in region.lines for word in line.words)
        first = next(words, None)
        return first is not None and first.id in self.outline.joined

    def _close(self) -> None:
        if self.flow:
            self.flow.close()
        self.flow = None

    def _put(self, body: Element, *, last: bool) -> None:
        """Write the children of the body that are complete; ``last``: all of them."""
        waiting = set() if last else {_child_of(body, made) for made in self.writer.blocks.waiting()}
        if self.flow and not last:
            waiting.add(self.flow.division)
        while len(body) and body[0] not in waiting:
            self.divided = self.divided or body[0].tag == "div"
            self.out.put(body[0])


def _child_of(body: Element, made: Element) -> Element | None:
    """The child of the body that holds an element."""
    node: Element | None = made
    while node is not None and node.getparent() is not body:
        node = node.getparent()
    return node


def _page_break(place: Element, page: PageOutline, writer: ItemWriter) -> Element:
    """`pb`, then the page's running matter, however it is placed on the page; the `pb`."""
    made = child(place, "pb", {"n": ascii_number(page.page), "facs": f"#{page.page.id}"})
    if page.page.failed is not None:
        gap = child(place, "gap", {"reason": "failed", "unit": "page", "quantity": 1})
        why = clean_text(page.page.failed)
        if why:
            child(gap, "desc", {XML_LANG: "en"}, why)
    for region in page.running:
        writer.forme_work(place, region)
    return made


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
