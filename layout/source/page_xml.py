"""PAGE XML of any year -> `Page`, also what Transkribus and eScriptorium write.

The reading order of the file is kept as the order of the regions; words without boxes get their
characters' share of the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from layout.document import Box, Page, Point, RegionKind
from layout.errors import InputError
from layout.language import SCRIPTS, script_of
from layout.source.transcript import LineDraft, RegionDraft, box_of, kind_named, make_page, spread_words
from layout.source.xml_input import local_name, parse_xml

Element = etree._Element

_KINDS = {
    "TextRegion": RegionKind.PARAGRAPH,
    "ImageRegion": RegionKind.IMAGE,
    "GraphicRegion": RegionKind.IMAGE,
    "LineDrawingRegion": RegionKind.IMAGE,
    "TableRegion": RegionKind.TABLE,
    "SeparatorRegion": RegionKind.SEPARATOR,
    "AdvertRegion": RegionKind.ADVERTISEMENT,
    "NoiseRegion": RegionKind.NOISE,
}
_CUSTOM_TYPE = re.compile(r"structure\s*\{[^}]*\btype:\s*([\w-]+)")


def read_page_xml(path: Path, page_id: str) -> Page:
    """The page of a PAGE file. Raises `InputError`."""
    root = parse_xml(path)
    found = root.find("{*}Page")
    if local_name(root) != "PcGts" or found is None:
        raise InputError("is no PAGE file with a page", file=str(path), remedy="export it again")
    try:
        size = float(found.get("imageWidth") or 0), float(found.get("imageHeight") or 0)
    except ValueError:
        size = 0.0, 0.0
    if min(size) <= 0:
        raise InputError("has a page without size", file=str(path), remedy="export it again")
    place = {region: number for number, region in enumerate(_order(found))}
    elements = [element for element in found if local_name(element).endswith("Region")]
    elements.sort(key=lambda element: place.get(element.get("id") or "", len(place)))
    drafts = [draft for element in elements for draft in _regions(element)]
    name = Path((found.get("imageFilename") or "").replace("\\", "/")).name
    return make_page(page_id, size, drafts, file=name, language=None)


def _order(page: Element) -> Iterator[str]:
    order = page.find("{*}ReadingOrder")
    for element in order.iter() if order is not None else ():
        reference = element.get("regionRef")
        if reference:
            yield reference


def _regions(element: Element) -> Iterator[RegionDraft]:
    points = _points(element.find("{*}Coords"))
    if not points:
        return
    custom = _CUSTOM_TYPE.search(element.get("custom") or "")
    name = local_name(element)
    kind = kind_named(custom and custom.group(1), element.get("type")) if name != "ImageRegion" else None
    yield RegionDraft(
        kind or _KINDS.get(name, RegionKind.UNKNOWN),
        box_of(points),
        [line for one in element.iterfind("{*}TextLine") for line in _line(one)],
        [draft for one in element if local_name(one).endswith("Region") for draft in _regions(one)],
        polygon=tuple(points) if len(points) > 2 else None,
    )


def _line(element: Element) -> Iterator[LineDraft]:
    points = _points(element.find("{*}Coords"))
    if not points:
        return
    box = box_of(points)
    words = [word for one in element.iterfind("{*}Word") for word in _word(one)]
    text, confidence = _text(element)
    if not words and text:
        script = script_of(text)
        rtl = bool(script) and SCRIPTS[script or "Latn"].direction.value == "rtl"
        words = spread_words(text, box, rtl, confidence)
    baseline = tuple(sorted(_points(element.find("{*}Baseline"))))
    yield LineDraft(box, words, baseline, tuple(points) if len(points) > 2 else None)


def _word(element: Element) -> Iterator[tuple[str, Box, float | None]]:
    points = _points(element.find("{*}Coords"))
    text, confidence = _text(element)
    if points and text:
        for part in text.split():
            yield part, box_of(points), confidence


def _text(element: Element) -> tuple[str, float | None]:
    """The text that counts: of several readings the one with the lowest index."""
    readings = list(element.iterfind("{*}TextEquiv"))
    if not readings:
        return "", None
    best = min(
        readings, key=lambda one: int(one.get("index") or 0) if (one.get("index") or "0").isdigit() else 0
    )
    try:
        confidence = min(1.0, max(0.0, float(best.get("conf") or "")))
    except ValueError:
        confidence = None
    return (best.findtext("{*}Unicode") or "").strip(), confidence


def _index(reading: Element) -> int:
    text = reading.get("index") or "0"
    return int(text) if text.isdecimal() else 0


def _points(element: Element | None) -> list[Point]:
    """The points of Coords or Baseline, also in the old form of single Point elements."""
    if element is None:
        return []
    pairs = re.findall(r"(-?[\d.]+),(-?[\d.]+)", element.get("points") or "")
    pairs = pairs or [(one.get("x") or "0", one.get("y") or "0") for one in element.iterfind("{*}Point")]
    try:
        return [(max(0.0, float(x)), max(0.0, float(y))) for x, y in pairs]
    except ValueError:
        return []
