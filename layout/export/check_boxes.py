"""Boxes: on the page, in what holds them, with a size; the same for ALTO, PAGE, TEI and hOCR."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from layout.export.check_model import Element, Found, few, id_of, name_of, number

Bounds = tuple[float, float, float, float]

_BBOX = re.compile(r"\bbbox\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)")
_BLOCKS = ("TextBlock", "Illustration", "GraphicalElement", "ComposedBlock")

#: Rounding and other units may carry a box this far (in the file's unit) over the edge of its page.
_ROUNDING = 1.0


def box_faults(root: Element) -> Iterator[Found]:
    """All such faults of a document."""
    kind = name_of(root)
    if kind == "alto":
        yield from _alto(root)
    elif kind == "PcGts":
        yield from _page_xml(root)
    elif kind == "TEI":
        yield from _tei(root)
    elif kind == "html":
        yield from _hocr(root)


def _alto(root: Element) -> Iterator[Found]:
    for page in root.iter("{*}Page"):
        size = (0.0, 0.0, number(page, "WIDTH") or 0.0, number(page, "HEIGHT") or 0.0)
        names = ("TextBlock", "TextLine", "String", "Illustration", "GraphicalElement", "ComposedBlock")
        boxes = [(node, _alto_box(node)) for node in page.iter(*(f"{{*}}{name}" for name in names))]
        yield from few(_outside_page(boxes, size))
        yield from few(_polygons(page, size))
        yield from few(_spaces(page))
    yield from few(_alto_inside(root))


def _alto_box(node: Element) -> Bounds | None:
    values = [number(node, name) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")]
    if any(value is None for value in values):
        return None
    x, y, width, height = (value or 0.0 for value in values)
    return x, y, x + width, y + height


def _alto_inside(root: Element) -> Iterator[Found]:
    for holder, parts in (
        ("TextBlock", ("TextLine",)),
        ("TextLine", ("String",)),
        ("ComposedBlock", _BLOCKS),
    ):
        for node in root.iter(f"{{*}}{holder}"):
            inner = [(part, _alto_box(part)) for part in node if name_of(part) in parts]
            yield from _inside(node, _alto_box(node), inner)


def _spaces(page: Element) -> Iterator[Found]:
    for node in page.iter("{*}SP", "{*}HYP"):
        if (number(node, "WIDTH") or 0) < 0:
            yield Found(node, "its WIDTH is negative", "measure from the end of the word on the left")


def _polygons(page: Element, size: Bounds) -> Iterator[Found]:
    for node in page.iter("{*}Polygon"):
        points = _points(node.get("POINTS") or "")
        if points and not _holds(size, _around(points), _ROUNDING):
            yield Found(node, "its points lie outside the page", "cut the outline at the edges of the page")


def _page_xml(root: Element) -> Iterator[Found]:
    for page in root.iter("{*}Page"):
        size = (0.0, 0.0, number(page, "imageWidth") or 0.0, number(page, "imageHeight") or 0.0)
        boxes = [(node.getparent(), _coords(node)) for node in page.iter("{*}Coords")]
        yield from few(_outside_page([(node, box) for node, box in boxes if node is not None], size))
        found: list[Found] = []
        for node in page.iter(etree.Element):
            name = name_of(node)
            if name.endswith("Region") or name == "TextLine":
                wanted = "Word" if name == "TextLine" else "TextLine"
                inner = [(part, _own_coords(part)) for part in node if name_of(part) == wanted]
                found += _inside(node, _own_coords(node), inner)
        yield from few(found)


def _own_coords(node: Element) -> Bounds | None:
    coords = node.find("{*}Coords")
    return _coords(coords) if coords is not None else None


def _coords(node: Element) -> Bounds | None:
    points = _points(node.get("points") or "")
    return _around(points) if points else None


def _tei(root: Element) -> Iterator[Found]:
    for surface in root.iter("{*}surface"):
        size = _corners(surface)
        zones = [(zone, _corners(zone)) for zone in surface.iter("{*}zone")]
        yield from few(
            Found(zone, "its corners are in the wrong order", "write the upper left corner first")
            for zone, box in zones
            if box and (box[2] < box[0] or box[3] < box[1])
        )
        if size:
            yield from few(_outside_page(zones, size))
        found: list[Found] = []
        for zone, box in zones:
            inner = [(part, _corners(part)) for part in zone if part.get("type") == "line"]
            found += _inside(zone, box, inner)
        yield from few(found)


def _corners(node: Element) -> Bounds | None:
    values = [number(node, name) for name in ("ulx", "uly", "lrx", "lry")]
    if any(value is None for value in values):
        return None
    a, b, c, d = (value or 0.0 for value in values)
    return a, b, c, d


def _hocr(root: Element) -> Iterator[Found]:
    for page in root.iter(etree.Element):
        if "ocr_page" not in (page.get("class") or "").split():
            continue
        size = _bbox(page)
        boxes = [(node, _bbox(node)) for node in page.iter(etree.Element) if node is not page]
        if size:
            yield from few(_outside_page(boxes, size))
        found: list[Found] = []
        for node, box in boxes:
            if "ocr_line" in (node.get("class") or "").split():
                found += _inside(node, box, [(part, _bbox(part)) for part in node])
        yield from few(found)


def _bbox(node: Element) -> Bounds | None:
    found = _BBOX.search(node.get("title") or "") if isinstance(node.tag, str) else None
    if not found:
        return None
    a, b, c, d = (float(value) for value in found.groups())
    return a, b, c, d


def _outside_page(boxes: list[tuple[Element, Bounds | None]], size: Bounds) -> Iterator[Found]:
    for node, box in boxes:
        if box and not _holds(size, box, _ROUNDING):
            said = f"'{id_of(node) or name_of(node)}' lies outside its page"
            yield Found(node, said, "cut it at the edges of the page")


def _inside(
    holder: Element, outer: Bounds | None, parts: list[tuple[Element, Bounds | None]]
) -> Iterator[Found]:
    """Parts whose middle lies outside of what holds them: other programs draw boxes loosely."""
    for part, box in parts:
        if outer and box:
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            if not (outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]):
                said = f"'{id_of(part)}' lies outside '{id_of(holder)}', which holds it"
                yield Found(part, said, "correct its box, or put it into the one it lies in")


def _holds(outer: Bounds, inner: Bounds, slack: float) -> bool:
    return (
        inner[0] >= outer[0] - (slack if outer[0] else 0)
        and inner[1] >= outer[1] - (slack if outer[1] else 0)
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
        and inner[2] >= inner[0]
        and inner[3] >= inner[1]
    )


def _points(text: str) -> list[tuple[float, float]]:
    values = [float(part) for part in re.findall(r"-?\d+(?:\.\d+)?", text)]
    return list(zip(values[::2], values[1::2], strict=False))


def _around(points: list[tuple[float, float]]) -> Bounds:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
