"""Searchable PDF: the scans with an invisible text layer in reading order, tagged by items and blocks.

A page keeps its size in inches. The picture is the JPEG or light PNG as it was delivered, else the scan
packed anew; without a scan at hand the page has its text alone.
"""

from __future__ import annotations

import logging
from itertools import pairwise
from pathlib import Path

from lxml import etree

from layout import __version__
from layout.document import Direction, Issue, Page
from layout.export import Scans
from layout.export.files import whole_file
from layout.export.folio import printed_number
from layout.export.mods import issue_language
from layout.export.outline import SILENT, Outline, PageOutline, flat, outlined
from layout.export.pdf_file import PdfFile, refs, text_string
from layout.export.pdf_tags import ARTIFACTS, TYPES, Tags
from layout.export.pdf_text import GLYPH_WIDTH, Codes, TextLayer, font_file
from layout.export.settings import ExportSettings
from layout.export.settle import clean_text
from layout.export.tei_header import issue_title
from layout.export.xml import XML_LANG, Element, child, element

log = logging.getLogger(__name__)

#: Where a page's resolution is not known: that of most scans of newspapers.
_USUAL_DPI = 300.0

#: Points that a side of a page may have at most (ISO 32000-1, annex C).
_LONGEST = 14400.0

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC, _PDF = "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/pdf/1.3/"


class PdfExporter:
    """Writes `issue.pdf`."""

    def __init__(self, settings: ExportSettings) -> None:
        self.settings = settings
        self.scans: Scans | None = None

    def write(self, issue: Issue, folder: Path) -> list[Path]:
        """One PDF of the issue; `AccessError` where it cannot be written. An issue without pages has none."""
        if not issue.pages:
            return []
        path = folder / "issue.pdf"
        with whole_file(path) as file:
            _Writer(PdfFile(file), outlined(issue), self.scans).write()
        return [path]


class _Writer:
    """Writes the PDF of one issue."""

    def __init__(self, file: PdfFile, outline: Outline, scans: Scans | None) -> None:
        self.file = file
        self.outline = outline
        self.scans = scans
        self.codes = Codes()
        self.pieces: dict[str, tuple[int, int]] = {}
        self.root, self.tree, self.font = file.reserve(), file.reserve(), file.reserve()
        self.pages = [file.reserve() for _ in outline.pages]

    def write(self) -> None:
        for number, page in enumerate(self.outline.pages):
            self._page(page, number)
        _write_font(self.file, self.font, self.codes)
        kids = f"/Kids {refs(self.pages)} /Count {len(self.pages)}"
        self.file.add(f"<</Type /Pages {kids}>>", self.tree)
        tags = Tags(self.file, self.outline, self.pieces, self.pages).write()
        title = clean_text(issue_title(self.outline.issue))
        self.file.add(
            f"<</Type /Catalog /Pages {self.tree} 0 R /StructTreeRoot {tags} 0 R {self._bookmarks()} "
            f"/MarkInfo <</Marked true>> {self._said(title)}>>",
            self.root,
        )
        producer = text_string(f"newsreflow {__version__}")
        about = self.file.add(f"<</Title {text_string(title)} /Producer {producer}>>")
        self.file.finish(self.root, about)

    def _page(self, outline: PageOutline, number: int) -> None:
        page = outline.page
        scale = _scale(page)
        content: list[str] = []
        image = self._picture(page)
        width, height = page.width * scale, page.height * scale
        if image is not None:
            placed = f"{width:.2f} 0 0 {height:.2f} 0 0 cm"
            content += ["/Artifact BMC", f"q {placed} /Scan Do Q", "EMC"]
        content += self._text(outline, number, scale)
        written = self.file.stream("\n".join(content).encode("ascii"))
        shown = f" /XObject <</Scan {image} 0 R>>" if image is not None else ""
        self.file.add(
            f"<</Type /Page /Parent {self.tree} 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] "
            f"/Resources <</Font <</F {self.font} 0 R>>{shown}>> /Contents {written} 0 R "
            f"/StructParents {number} /Tabs /S>>",
            self.pages[number],
        )

    def _picture(self, page: Page) -> int | None:
        """Write the scan of a page that was read, if it is at hand."""
        if page.failed is not None:
            return None
        picture = self.scans(page.id) if self.scans else None
        if picture is None:
            log.warning("%s: no scan at hand, its page in the PDF has text only", page.id)
            return None
        return self.file.picture(picture)

    def _text(self, outline: PageOutline, number: int, scale: float) -> list[str]:
        """The page's regions in reading order, then its running matter, then what is not read."""
        layer = TextLayer(outline.page, scale, self.codes)
        done: set[str] = set()
        content: list[str] = []
        count = 0
        for region in (*flat(self.outline.reading(outline)), *outline.running, *outline.page.walk()):
            if region.id in done or not any(line.words for line in region.lines):
                continue
            done.add(region.id)
            if region.kind in ARTIFACTS | SILENT:
                begin = "/Artifact <</Type /Pagination>> BDC"
            else:
                begin = f"/{TYPES.get(region.kind, 'P')} <</MCID {count}>> BDC"
                self.pieces[region.id] = (number, count)
                count += 1
            content += [begin, "BT", "3 Tr", *layer.region(region), "ET", "EMC"]
        return content

    def _said(self, title: str) -> str:
        """Title, language, direction and printed page numbers, for the catalogue."""
        issue = self.outline.issue
        code = issue_language(issue)
        directions = [page.direction for page in issue.pages]
        side = "R2L" if directions.count(Direction.RTL) * 2 > len(directions) else "L2R"
        labels = [
            f"{place} <</P {text_string(printed_number(page) or f'[{place + 1}]')}>>"
            for place, page in enumerate(issue.pages)
        ]
        entries = "/Type /Metadata /Subtype /XML"
        metadata = self.file.stream(_metadata(title, code), entries, pack=False)  # found by search programs
        language = f"/Lang {text_string(code)} " if code else ""
        return (
            f"{language}/ViewerPreferences <</DisplayDocTitle true /Direction /{side}>> "
            f"/PageLabels <</Nums [{' '.join(labels)}]>> /Metadata {metadata} 0 R"
        )

    def _bookmarks(self) -> str:
        """The titles of the items, each leading to its first page."""
        place = {page.id: number for page, number in zip(self.outline.issue.pages, self.pages, strict=True)}
        found = []
        for item in self.outline.issue.items:
            pages = [place[part.page] for part in item.parts if part.page in place]
            title = clean_text(item.title or "")
            if pages and title:
                found.append((self.file.reserve(), title, pages[0]))
        if not found:
            return ""
        parent = self.file.reserve()
        ways = {number: "" for number, _, _ in found}
        for (one, _, _), (other, _, _) in pairwise(found):
            ways[one] += f" /Next {other} 0 R"
            ways[other] += f" /Prev {one} 0 R"
        for number, title, page in found:
            dest = f"/Dest [{page} 0 R /Fit]"
            entry = f"<</Title {text_string(title)} /Parent {parent} 0 R {dest}{ways[number]}>>"
            self.file.add(entry, number)
        ends = f"/First {found[0][0]} 0 R /Last {found[-1][0]} 0 R"
        self.file.add(f"<</Type /Outlines {ends} /Count {len(found)}>>", parent)
        return f"/Outlines {parent} 0 R"


def _metadata(title: str, code: str | None) -> bytes:
    """Title, producer and language as XMP."""
    spaces = {"rdf": _RDF, "dc": _DC, "pdf": _PDF}
    root = element("{adobe:ns:meta/}xmpmeta", nsmap={"x": "adobe:ns:meta/"})
    rdf = etree.SubElement(root, f"{{{_RDF}}}RDF", nsmap=spaces)
    about: Element = child(rdf, "Description", {f"{{{_RDF}}}about": ""})
    languages = child(child(about, f"{{{_DC}}}title"), f"{{{_RDF}}}Alt")
    child(languages, "li", {XML_LANG: "x-default"}, title)
    child(about, f"{{{_PDF}}}Producer", None, f"newsreflow {__version__}")
    if code:
        child(child(child(about, f"{{{_DC}}}language"), f"{{{_RDF}}}Bag"), "li", None, code)
    begin = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'.encode()
    return begin + etree.tostring(root, encoding="UTF-8") + b'\n<?xpacket end="r"?>'


def _scale(page: Page) -> float:
    """Points for a pixel of the page."""
    scale = 72 / (page.dpi or _USUAL_DPI)
    return min(scale, _LONGEST / max(page.width, page.height))


def _write_font(file: PdfFile, font: int, codes: Codes) -> None:
    """The font's dictionaries, once all characters are known (ISO 32000-1, 9.7)."""
    program = file.stream(font_file(), f"/Length1 {len(font_file())}")
    descriptor = file.add(
        f"<</Type /FontDescriptor /FontName /Glyphless /Flags 4 /FontBBox [0 0 {GLYPH_WIDTH} 1000] "
        f"/ItalicAngle 0 /Ascent 1000 /Descent 0 /CapHeight 1000 /StemV 80 /FontFile2 {program} 0 R>>"
    )
    glyphs = file.stream(bytes(2 * (len(codes.known) + 1)))
    widths = " ".join(f"{code} [0]" for code in codes.weightless())
    descendant = file.add(
        "<</Type /Font /Subtype /CIDFontType2 /BaseFont /Glyphless "
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> "
        f"/FontDescriptor {descriptor} 0 R /DW {GLYPH_WIDTH} /W [{widths}] /CIDToGIDMap {glyphs} 0 R>>"
    )
    meaning = file.stream(codes.to_unicode())
    file.add(
        "<</Type /Font /Subtype /Type0 /BaseFont /Glyphless /Encoding /Identity-H "
        f"/DescendantFonts [{descendant} 0 R] /ToUnicode {meaning} 0 R>>",
        font,
    )
