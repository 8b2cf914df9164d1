"""hOCR -> `Page`: the HTML that Tesseract, OCRopus and kraken write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from layout.document import Box, Direction, Page, RegionKind, union
from layout.errors import InputError
from layout.source.transcript import LineDraft, RegionDraft, WordDraft, kind_named, make_page

Element = etree._Element

_LINES = ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat", "ocrx_line")
_BLOCKS = {"ocr_par", "ocr_photo", "ocr_separator", "ocr_image"}
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
    for element in page.iter(etree.Element):
        classes = set((element.get("class") or "").split())
        if element.get("data-kind"):
            yield from _ours(element)
        elif classes & _BLOCKS and not any(up.get("data-kind") for up in element.iterancestors()):
            yield from _region(element, classes)


def _ours(element: Element) -> Iterator[RegionDraft]:
    """A block that says our kind of it, as our own files do; its paragraph holds the lines."""
    box, kind = _box(element), kind_named(element.get("data-kind"))
    if box is not None and kind is not None:
        text = next(_of_class(element, ("ocr_par",)), element)
        lines = [line for one in _of_class(element, _LINES) for line in _line(one)]
        direction = {"ltr": Direction.LTR, "rtl": Direction.RTL}.get(text.get("dir") or "")
        language = text.get("lang")
        yield RegionDraft(
            kind, box, lines, language=language, direction=direction, id=element.get("id") or ""
        )


def _region(element: Element, classes: set[str]) -> Iterator[RegionDraft]:
    box = _box(element)
    if box is None:
        return
    if "ocr_par" in classes:
        lines = [line for one in _of_class(element, _LINES) for line in _line(one)]
        yield RegionDraft(RegionKind.PARAGRAPH, box, lines, language=element.get("lang"))
    else:
        yield RegionDraft(RegionKind.SEPARATOR if "ocr_separator" in classes else RegionKind.IMAGE, box)


def _line(element: Element) -> Iterator[LineDraft]:
    words: list[WordDraft] = []
    for word in _of_class(element, ("ocrx_word", "ocr_word")):
        box, text = _box(word), "".join(map(str, word.itertext())).strip()
        sure = _SURE.search(word.get("title") or "")
        if box is not None and text:
            known = min(1.0, float(sure.group(1)) / 100) if sure else None
            words.append(WordDraft(text, box, known, id=word.get("id") or ""))
    box = _box(element)
    if box is None and words:
        box = union([word.box for word in words])
    if box is None:
        return
    base = _BASE.search(element.get("title") or "")
    baseline: tuple[tuple[float, float], ...] = ()
    if base:  # slope and height, from the box's lower left corner
        slope, offset = float(base.group(1)), float(base.group(2))
        baseline = ((box.x0, box.y1 + offset), (box.x1, box.y1 + offset + slope * box.width))
    yield LineDraft(box, words, baseline, id=element.get("id") or "")


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
