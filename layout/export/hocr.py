"""hOCR 1.2, one file for a page: HTML with boxes; blocks in reading order, direction by `dir`."""

from __future__ import annotations

from pathlib import Path

from lxml.etree import SubElement

from layout import __version__
from layout.document import Box, Issue, Page, Region, RegionKind, TextLine
from layout.export.files import write_whole
from layout.export.images import image_name
from layout.export.outline import Outline, PageOutline, flat, outlined
from layout.export.settings import ExportSettings
from layout.export.xml import XML_LANG, Element, child, element, legal, serialize

XHTML = "http://www.w3.org/1999/xhtml"
_SPAN = f"{{{XHTML}}}span"
K = RegionKind

#: The class of a region; others are a block of text.
_CLASSES = {
    K.HEADLINE: "ocr_header",
    K.RUNNING_HEAD: "ocr_header",
    K.PAGE_NUMBER: "ocr_pageno",
    K.CAPTION: "ocr_caption",
    K.IMAGE: "ocr_photo",
    K.SEPARATOR: "ocr_separator",
    K.TABLE: "ocr_table",
    K.NOISE: "ocr_noise",
}
_PAGE_ONLY = frozenset({K.HEADLINE})


class HocrExporter:
    """Writes `hocr/p0001.html` and so on; a page that failed has no file."""

    def __init__(self, settings: ExportSettings) -> None:
        self.settings = settings

    def write(self, issue: Issue, folder: Path) -> list[Path]:
        """One hOCR file for each page that was read; `AccessError` where one cannot be written."""
        outline = outlined(issue)
        written = []
        for number, page in enumerate(outline.pages):
            if page.page.failed is None:
                root = _document(outline, page, number, self.settings)
                path = folder / "hocr" / f"{page.page.id}.html"
                written.append(write_whole(path, serialize(root, pretty=False)))
        return written


def _document(outline: Outline, page: PageOutline, number: int, settings: ExportSettings) -> Element:
    code = page.page.language
    root = element(f"{{{XHTML}}}html", {XML_LANG: code, "lang": code}, nsmap={None: XHTML})
    head = child(root, "head")
    child(head, "title", text=f"{outline.issue.id} {page.page.id}")
    for name, content in (
        ("ocr-system", f"newsreflow {__version__}"),
        ("ocr-capabilities", "ocr_page ocr_carea ocr_par ocr_line ocrx_word"),
    ):
        child(head, "meta", {"name": name, "content": content})
    image = (image_name(page.page, settings, "../") or page.page.id).replace('"', "'")
    title = f'image "{image}"; {_bbox(page.page.box)}; ppageno {number}'
    body = child(root, "body")
    made = child(
        body, "div", {"class": "ocr_page", "id": page.page.id, "dir": page.page.direction, "title": title}
    )
    if page.page.direction == "ttb":
        del made.attrib["dir"]
    done: set[str] = set()
    order = list(flat(outline.reading(page)))
    for region in (*order, *page.page.walk()):
        if region.id not in done:
            done.add(region.id)
            _region(made, region, page.page)
    return root


def _region(parent: Element, region: Region, page: Page) -> None:
    """A block: one `ocr_carea` with one paragraph of lines, or a picture, rule or table."""
    lines = [line for line in region.lines if line.words]
    usual = "ocr_carea" if lines or not region.children else "ocr_float"
    kind = usual if region.kind in _PAGE_ONLY else _CLASSES.get(region.kind, usual)
    made = child(
        parent,
        "div",
        {"class": kind, "id": region.id, "title": _bbox(region.box), "data-kind": region.kind.value},
    )
    if not lines:
        return
    direction = region.direction or page.direction
    block = child(
        made,
        "p",
        {
            "class": "ocr_par",
            "id": f"{region.id}_par",
            "dir": direction.value if direction.value in ("ltr", "rtl") else None,
            "lang": region.language,
            "title": _bbox(region.box),
        },
    )
    for line in lines:
        _line(block, line)


def _line(block: Element, line: TextLine) -> None:
    attributes = {"class": "ocr_line", "id": legal(line.id), "title": _bbox(line.box)}
    row = SubElement(block, _SPAN, attributes)
    made: Element | None = None
    for word in line.words:
        if made is not None:
            made.tail = " "
        title = _bbox(word.box)
        if word.confidence is not None:
            title += f"; x_wconf {round(100 * word.confidence)}"
        made = SubElement(row, _SPAN, {"class": "ocrx_word", "id": legal(word.id), "title": title})
        made.text = word.text
    row.tail = "\n"


def _bbox(box: Box) -> str:
    return f"bbox {int(box.x0)} {int(box.y0)} {int(box.x1)} {int(box.y1)}"
