"""hOCR -> `Page`: the HTML that Tesseract, OCRopus and kraken write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from layout.document import Box, Page, RegionKind
from layout.errors import InputError
from layout.source.transcript import LineDraft, RegionDraft, box_of, make_page

Element = etree._Element

_LINES = ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat", "ocrx_line")
_BBOX = re.compile(r"\bbbox\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)")
_SURE = re.compile(r"\bx_wconf\s+([\d.]+)")
_IMAGE = re.compile(r"\bimage\s+\"?([^\";]+)")
_BASE = re.compile(r"\bbaseline\s+(-?[\d.]+)\s+(-?[\d.]+)")


def read_hocr(path: Path, page_id: str) -> Page:
    """The first page of an hOCR file. Raises `InputError`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", file=str(path)) from error
    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(no_network=True))
    except (etree.LxmlError, ValueError) as error:
        raise InputError(f"is no HTML ({error})", file=str(path), remedy="export it again") from error
    found = next(_of_class(root, ("ocr_page",)), None)
    box = _box(found) if found is not None else None
    if found is None or box is None or not box.area:
        raise InputError("is no hOCR file with a page", file=str(path), remedy="export it again")
    image = _IMAGE.search(found.get("title") or "")
    name = Path(image.group(1).replace("\\", "/")).name if image else ""
    return make_page(page_id, (box.x1, box.y1), list(_regions(found)), file=name)


def _regions(page: Element) -> Iterator[RegionDraft]:
    for element in _of_class(page, ("ocr_par", "ocr_photo", "ocr_separator", "ocr_image")):
        box = _box(element)
        if box is None:
            continue
        kinds = set((element.get("class") or "").split())
        if "ocr_par" in kinds:
            lines = [line for one in _of_class(element, _LINES) for line in _line(one)]
            yield RegionDraft(RegionKind.PARAGRAPH, box, lines, language=element.get("lang"))
        else:
            yield RegionDraft(RegionKind.SEPARATOR if "ocr_separator" in kinds else RegionKind.IMAGE, box)


def _line(element: Element) -> Iterator[LineDraft]:
    words: list[tuple[str, Box, float | None]] = []
    for word in _of_class(element, ("ocrx_word", "ocr_word")):
        box, text = _box(word), "".join(map(str, word.itertext())).strip()
        sure = _SURE.search(word.get("title") or "")
        if box is not None and text:
            words.append((text, box, min(1.0, float(sure.group(1)) / 100) if sure else None))
    box = _box(element)
    if box is None and words:
        box = box_of([corner for _, one, _ in words for corner in one.polygon])
    if box is None:
        return
    base = _BASE.search(element.get("title") or "")
    baseline: tuple[tuple[float, float], ...] = ()
    if base:  # slope and height, from the box's lower left corner
        slope, offset = float(base.group(1)), float(base.group(2))
        baseline = ((box.x0, box.y1 + offset), (box.x1, box.y1 + offset + slope * box.width))
    yield LineDraft(box, words, baseline)


def _of_class(element: Element, names: tuple[str, ...]) -> Iterator[Element]:
    for inner in element.iter(etree.Element):
        if inner is not element and set((inner.get("class") or "").split()) & set(names):
            yield inner


def _box(element: Element) -> Box | None:
    found = _BBOX.search(element.get("title") or "")
    if not found:
        return None
    x0, y0, x1, y1 = (max(0.0, float(value)) for value in found.groups())
    return Box(x0, y0, x1, y1)
