"""hOCR -> `Page`: the HTML that Tesseract, OCRopus and kraken write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from layout.document import Box, Direction, Page, Point, RegionKind, union
from layout.errors import InputError
from layout.source.transcript import LineDraft, RegionDraft, WordDraft, kind_named, make_page, nested

Element = etree._Element

_LINES = ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat", "ocrx_line")
_BLOCKS = {"ocr_par", "ocr_photo", "ocr_separator", "ocr_image"}
#: Nine digits say every pixel and angle there is; a float of hundreds of them is infinite.
_WHOLE = r"-?\d{1,9}"
_NUMBER = r"(-?(?:\d{1,9}(?:\.\d*)?|\.\d+))"
_BBOX = re.compile(rf"\bbbox\s+({_WHOLE})\s+({_WHOLE})\s+({_WHOLE})\s+({_WHOLE})\b")
_SURE = re.compile(rf"\bx_wconf\s+{_NUMBER}")
_CONF = re.compile(rf"\bx_conf\s+{_NUMBER}")
_IMAGE = re.compile(r"\bimage\s+\"?([^\";]+)")
_BASE = re.compile(rf"(?<!x_)\bbaseline\s+{_NUMBER}\s+{_NUMBER}")
_BASE_POINTS = re.compile(rf"\bx_baseline((?:\s+{_WHOLE}\b)+)")
_POLY = re.compile(rf"\bpoly((?:\s+{_WHOLE}\b)+)")
_ANGLE = re.compile(rf"\btextangle\s+{_NUMBER}")
_DPI = re.compile(r"\bscan_res\s+(\d{1,5})\b")


def read_hocr(path: Path, page_id: str) -> Page:
    """The first page of an hOCR file. Raises `InputError`."""
    return page_in(parse_hocr(path), path, page_id)


def parse_hocr(path: Path) -> Element:
    """The `html` element of a file. Raises `InputError`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", file=str(path)) from error
    try:
        root: Element = html.document_fromstring(data, parser=html.HTMLParser(no_network=True))
    except (etree.LxmlError, ValueError) as error:
        raise InputError(f"is no HTML ({error})", file=str(path), remedy="export it again") from error
    return root


def page_in(root: Element, path: Path, page_id: str) -> Page:
    """The first page of an hOCR file that has been parsed. Raises `InputError`."""
    found = next(_of_class(root, ("ocr_page",)), None)
    box = _box(found) if found is not None else None
    if found is None or box is None or not box.area:
        raise InputError("is no hOCR file with a page", file=str(path), remedy="export it again")
    title = found.get("title") or ""
    image, dpi = _IMAGE.search(title), _DPI.search(title)
    name = Path(image.group(1).replace("\\", "/")).name if image else ""
    inside = (part for part in found.iter(etree.Element) if part.get("id") and part.get("data-in"))
    holders = {str(part.get("id")): str(part.get("data-in")) for part in inside}
    return make_page(
        page_id,
        (box.x1, box.y1),
        nested(list(_regions(found)), holders),
        file=name,
        dpi=float(dpi.group(1)) if dpi and int(dpi.group(1)) else None,
        language=root.get("lang") or found.get("lang"),
        direction=_direction(found),
    )


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
        title = element.get("title") or ""
        angle = _ANGLE.search(title)
        yield RegionDraft(
            kind,
            box,
            [line for one in _of_class(element, _LINES) for line in _line(one)],
            polygon=_points(_POLY.search(title)) or None,
            language=text.get("lang"),
            rotation=round(float(angle.group(1))) % 360 if angle else 0,
            direction=_direction(text),
            confidence=_sure(_CONF.search(title)),
            id=element.get("id") or "",
        )


def _region(element: Element, classes: set[str]) -> Iterator[RegionDraft]:
    box = _box(element)
    if box is None:
        return
    if "ocr_par" in classes:
        lines = [line for one in _of_class(element, _LINES) for line in _line(one)]
        language, direction = element.get("lang"), _direction(element)
        yield RegionDraft(RegionKind.PARAGRAPH, box, lines, language=language, direction=direction)
    else:
        yield RegionDraft(RegionKind.SEPARATOR if "ocr_separator" in classes else RegionKind.IMAGE, box)


def _line(element: Element) -> Iterator[LineDraft]:
    words: list[WordDraft] = []
    for word in _of_class(element, ("ocrx_word", "ocr_word")):
        box, text = _box(word), "".join(map(str, word.itertext())).strip()
        if box is not None and text:
            words.append(
                WordDraft(
                    text,
                    box,
                    _sure(_SURE.search(word.get("title") or "")),
                    word.get("data-normalized"),
                    word.get("lang"),
                    word.get("id") or "",
                )
            )
    box = _box(element)
    if box is None and words:
        box = union([word.box for word in words])
    if box is None:
        return
    title = element.get("title") or ""
    yield LineDraft(
        box,
        words,
        _baseline(title, box),
        _points(_POLY.search(title)) or None,
        element.get("lang"),
        _direction(element),
        _sure(_CONF.search(title)),
        element.get("id") or "",
    )


def _baseline(title: str, box: Box) -> tuple[Point, ...]:
    """Our own points, else the line by slope and offset from the box's lower left corner."""
    points = _points(_BASE_POINTS.search(title))
    base = _BASE.search(title)
    if points or not base:
        return points
    slope, offset = float(base.group(1)), float(base.group(2))
    return (box.x0, box.y1 + offset), (box.x1, box.y1 + offset + slope * box.width)


def _points(found: re.Match[str] | None) -> tuple[Point, ...]:
    values = [float(value) for value in found.group(1).split()] if found else []
    return tuple(zip(values[::2], values[1::2], strict=False))


def _sure(found: re.Match[str] | None) -> float | None:
    """A confidence of 0..1 from one of a hundred."""
    return min(1.0, max(0.0, round(float(found.group(1)) / 100, 6))) if found else None


def _direction(element: Element) -> Direction | None:
    said = element.get("data-dir") or element.get("dir") or ""
    return Direction(said) if said in (*Direction,) else None


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
