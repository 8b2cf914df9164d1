"""Searchable PDF: the scans with an invisible text layer in reading order, tagged by items and blocks.

A page keeps its size in inches. The picture is the JPEG or light PNG as it was delivered, else the scan
packed anew; without a scan at hand the page has its text alone.
"""

from __future__ import annotations

import logging
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from layout import __version__
from layout.document import Direction, Issue, Page
from layout.export import Scans
from layout.export.files import whole_file
from layout.export.folio import printed_number
from layout.export.mods import issue_language
from layout.export.outline import SILENT, Outline, PageOutline, flat, outlined
from layout.export.pdf_pictures import PictureFile
from layout.export.pdf_tags import ARTIFACTS, TYPES, Tags
from layout.export.pdf_text import GLYPH_WIDTH, Codes, TextLayer, font_file
from layout.export.settings import ExportSettings
from layout.export.settle import clean_text
from layout.export.tei_header import issue_title

log = logging.getLogger(__name__)

#: zlib's level for the text of a page, which is small beside its picture.
_LEVEL = 2

#: Where a page's resolution is not known: that of most scans of newspapers.
_USUAL_DPI = 300.0

#: Points that a side of a page may have at most (ISO 32000-1, annex C).
_LONGEST = 14400.0


class PdfExporter:
    """Writes `issue.pdf`."""

    def __init__(self, settings: ExportSettings) -> None:
        self.settings = settings
        self.scans: Scans | None = None

    def write(self, issue: Issue, folder: Path) -> list[Path]:
        """One PDF of the issue; `AccessError` where it cannot be written. An issue without pages has none."""
        if not issue.pages:
            return []
        outline = outlined(issue)
        path = folder / "issue.pdf"
        # beside the result: the folder of the system for such files is often held in memory
        with whole_file(path) as file, tempfile.TemporaryDirectory(prefix=".issue.pdf.", dir=folder) as aside:
            pictures = Path(aside) / "pictures.pdf"
            numbers = self._write_pictures(outline, pictures)
            # mapped into memory the pictures would count as held there
            with pikepdf.open(pictures, access_mode=pikepdf.AccessMode.stream) as pdf:
                _Writer(pdf, outline, numbers).write()
                pdf.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return [path]

    def _write_pictures(self, outline: Outline, path: Path) -> Mapping[str, int]:
        """Write what scans are at hand of the pages that were read; page id -> the object of its image."""
        with path.open("wb") as file:
            made = PictureFile(file)
            for page in outline.issue.pages:
                picture = self.scans(page.id) if self.scans and page.failed is None else None
                if picture is not None:
                    made.add(page.id, picture)
                elif page.failed is None:
                    log.warning("%s: no scan at hand, its page in the PDF has text only", page.id)
            made.finish()
        return made.numbers


class _Writer:
    """Makes the PDF out of that of the pictures; ``numbers``: page id -> the object that is its image."""

    def __init__(self, pdf: Pdf, outline: Outline, numbers: Mapping[str, int]) -> None:
        self.pdf = pdf
        self.outline = outline
        self.numbers = numbers
        self.codes = Codes()
        self.pieces: dict[str, tuple[int, int]] = {}

    def write(self) -> None:
        font = self.pdf.make_indirect(Dictionary())
        for number, page in enumerate(self.outline.pages):
            self._page(page, number, font)
        _fill_font(self.pdf, font, self.codes)
        root = self.pdf.Root
        root.MarkInfo = Dictionary(Marked=True)
        root.StructTreeRoot = Tags(self.pdf, self.outline, self.pieces).tree()
        self._about(root)
        self._bookmarks()

    def _page(self, outline: PageOutline, number: int, font: Object) -> None:
        page = outline.page
        scale = _scale(page)
        resources = Dictionary(Font=Dictionary(F=font))
        content: list[str] = []
        image = self.numbers.get(page.id)
        width, height = page.width * scale, page.height * scale
        if image is not None:
            resources.XObject = Dictionary(Scan=self.pdf.get_object(image, 0))
            placed = f"{width:.2f} 0 0 {height:.2f} 0 0 cm"
            content += ["/Artifact BMC", f"q {placed} /Scan Do Q", "EMC"]
        content += self._text(outline, number, scale)
        self.pdf.pages.append(
            pikepdf.Page(
                self.pdf.make_indirect(
                    Dictionary(
                        Type=Name.Page,
                        MediaBox=Array([0, 0, round(width, 2), round(height, 2)]),
                        Resources=resources,
                        Contents=_packed(self.pdf, "\n".join(content).encode("ascii")),
                        StructParents=number,
                        Tabs=Name.S,
                    )
                )
            )
        )

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

    def _about(self, root: Object) -> None:
        """Title, language, direction and printed page numbers."""
        issue = self.outline.issue
        title = clean_text(issue_title(issue))
        code = issue_language(issue)
        if code:
            root.Lang = String(code)
        directions = [page.direction for page in issue.pages]
        rtl = directions.count(Direction.RTL) * 2 > len(directions)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True, Direction=Name.R2L if rtl else Name.L2R)
        numbers: list[Object | int] = []
        for place, page in enumerate(issue.pages):
            numbers += [place, Dictionary(P=String(printed_number(page) or f"[{place + 1}]"))]
        root.PageLabels = Dictionary(Nums=Array(numbers))
        self.pdf.docinfo[Name.Title] = String(title)
        self.pdf.docinfo[Name.Producer] = String(f"newsreflow {__version__}")
        with self.pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
            meta["dc:title"] = title
            meta["pdf:Producer"] = f"newsreflow {__version__}"
            if code:
                meta["dc:language"] = [code]

    def _bookmarks(self) -> None:
        """The titles of the items, each leading to its first page."""
        place = {page.id: number for number, page in enumerate(self.outline.issue.pages)}
        with self.pdf.open_outline() as outline:
            for item in self.outline.issue.items:
                pages = [place[part.page] for part in item.parts if part.page in place]
                title = clean_text(item.title or "")
                if pages and title:
                    outline.root.append(pikepdf.OutlineItem(title, pages[0]))


def _packed(pdf: Pdf, content: bytes) -> Stream:
    """A stream, packed in a third of the time that the usual level takes, for a fifth more bytes."""
    return Stream(pdf, zlib.compress(content, _LEVEL), Filter=Name.FlateDecode)


def _scale(page: Page) -> float:
    """Points for a pixel of the page."""
    scale = 72 / (page.dpi or _USUAL_DPI)
    return min(scale, _LONGEST / max(page.width, page.height))


def _fill_font(pdf: Pdf, font: Object, codes: Codes) -> None:
    """The font's dictionaries, once all characters are known (ISO 32000-1, 9.7)."""
    name = Name.Glyphless
    file = Stream(pdf, font_file())
    file.stream_dict.Length1 = len(font_file())
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=4,
        FontBBox=Array([0, 0, GLYPH_WIDTH, 1000]),
        ItalicAngle=0,
        Ascent=1000,
        Descent=0,
        CapHeight=1000,
        StemV=80,
        FontFile2=file,
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=GLYPH_WIDTH,
        W=Array([value for code in codes.weightless() for value in (code, Array([0]))]),
        CIDToGIDMap=Stream(pdf, bytes(2 * (len(codes.known) + 1))),
    )
    font.Type = Name.Font
    font.Subtype = Name.Type0
    font.BaseFont = name
    font.Encoding = Name("/Identity-H")
    font.DescendantFonts = Array([pdf.make_indirect(descendant)])
    font.ToUnicode = Stream(pdf, codes.to_unicode())
