"""PAGE XML of any year -> `Page`, also what Transkribus and eScriptorium write.

The reading order of the file is kept as the order of the regions; words without boxes get their
characters' share of the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from layout.document import Box, Direction, Page, Point, Polygon, ProcessingStep, RegionKind
from layout.errors import InputError
from layout.language import LANGUAGES, SCRIPTS, script_of
from layout.source.page_custom import note_in
from layout.source.transcript import (
    LineDraft,
    RegionDraft,
    WordDraft,
    box_of,
    kind_named,
    make_page,
    rightward,
    spread_words,
    with_text,
)
from layout.source.xml_input import coordinate, local_name, parse_xml

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
_DIRECTIONS = {
    "left-to-right": Direction.LTR,
    "right-to-left": Direction.RTL,
    "top-to-bottom": Direction.TTB,
}
_CUSTOM_TYPE = re.compile(r"structure\s*\{[^}]*\btype:\s*([\w-]+)")


def read_page_xml(path: Path, page_id: str) -> Page:
    """The page of a PAGE file. Raises `InputError`."""
    return page_in(parse_xml(path), path, page_id)


def page_in(root: Element, path: Path, page_id: str) -> Page:
    """The page of a PAGE file that has been parsed. Raises `InputError`."""
    found = root.find("{*}Page")
    if local_name(root) != "PcGts" or found is None:
        raise InputError("is no PAGE file with a page", file=str(path), remedy="export it again")
    try:
        size = coordinate(found.get("imageWidth") or "0"), coordinate(found.get("imageHeight") or "0")
    except ValueError:
        size = 0.0, 0.0
    if min(size) <= 0:
        raise InputError("has a page without size", file=str(path), remedy="export it again")
    place = {region: number for number, region in enumerate(_order(found))}
    elements = [element for element in found if local_name(element).endswith("Region")]
    elements.sort(key=lambda element: place.get(element.get("id") or "", len(place)))
    drafts = [draft for element in elements for draft in _regions(element)]
    name = Path((found.get("imageFilename") or "").replace("\\", "/")).name
    made = make_page(
        page_id,
        size,
        drafts,
        dpi=_resolution(found),
        file=name,
        language=_language(found, "primaryLanguage"),
        direction=_DIRECTIONS.get(found.get("readingDirection") or ""),
    )
    return replace(made, steps=tuple(_steps(root)))


def _steps(root: Element) -> Iterator[ProcessingStep]:
    """What was done before by which program."""
    for made in root.iterfind("{*}Metadata/{*}MetadataItem[@type='processingStep']"):
        known = [
            (label.get("type") or "", label.get("value") or "")
            for label in made.iterfind("{*}Labels/{*}Label")
        ]
        version = next((value for name, value in known if name == "version"), "")
        settings = tuple(pair for pair in known if pair[0] not in ("version", "software", "category"))
        software = next((value for name, value in known if name == "software"), made.get("value") or "")
        category = next((value for name, value in known if name == "category"), "contentGeneration")
        yield ProcessingStep(made.get("name") or "", software, version, settings, category)


def _resolution(page: Element) -> float | None:
    try:
        value = float(page.get("imageXResolution") or "")
    except ValueError:
        return None
    per_inch = {"PPI": 1.0, "PPCM": 2.54}.get(page.get("imageResolutionUnit") or "")
    return round(value * per_inch, 1) if per_inch and 0 < value < 1e5 else None


def _language(element: Element, attribute: str) -> str | None:
    """The code of an element's language: as our own notes give it, else by its English name."""
    said = note_in(element.get("custom"), "language")
    if said and said.get("code"):
        return said["code"]
    name = element.get(attribute)
    return next((record.code for record in LANGUAGES.values() if record.name == name), None) if name else None


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
    typed = custom and custom.group(1)
    kind = kind_named(typed, element.get("type") if name != "ImageRegion" else None)
    box = _box(element, points)
    made = RegionDraft(
        kind or _KINDS.get(name, RegionKind.UNKNOWN),
        box,
        [line for one in element.iterfind("{*}TextLine") for line in _line(one)],
        polygon=_outline(points, box),
        language=_language(element, "primaryLanguage"),
        rotation=_rotation(element.get("orientation")),
        direction=_DIRECTIONS.get(element.get("readingDirection") or ""),
        confidence=_confidence(element.find("{*}Coords")),
        id=element.get("id") or "",
    )
    yield with_text(made, [d for one in element if local_name(one).endswith("Region") for d in _regions(one)])


def _box(element: Element, points: list[Point]) -> Box:
    """The box of a region or line: as our own notes give it, where that is not the extent of its outline."""
    said = (note_in(element.get("custom"), "box") or {}).get("is", "").split(",")
    if len(said) == 4 and all(value.isdecimal() for value in said):
        return Box(*map(float, said))
    return box_of(points)


def _outline(points: list[Point], box: Box) -> Polygon | None:
    """The polygon, where it is more than its box."""
    return tuple(points) if len(points) > 2 and set(points) != set(box.polygon) else None


def _rotation(orientation: str | None) -> int:
    """By how many degrees counter-clockwise the text is turned: the angle that corrects it, in full turns."""
    try:
        return round(float(orientation or "0")) % 360
    except (ValueError, OverflowError):
        return 0


def _line(element: Element) -> Iterator[LineDraft]:
    points = _points(element.find("{*}Coords"))
    if not points:
        return
    box = _box(element, points)
    words = [word for one in element.iterfind("{*}Word") for word in _word(one)]
    text, confidence = _text(element)
    if not words and text:
        script = script_of(text)
        rtl = bool(script) and SCRIPTS[script or "Latn"].direction.value == "rtl"
        words = spread_words(text, box, rtl, confidence)
    baseline = rightward(_points(element.find("{*}Baseline")))
    yield LineDraft(
        box,
        words,
        baseline,
        _outline(points, box),
        _language(element, "primaryLanguage"),
        _DIRECTIONS.get(element.get("readingDirection") or ""),
        _confidence(element.find("{*}Coords")),
        element.get("id") or "",
    )


def _word(element: Element) -> Iterator[WordDraft]:
    points = _points(element.find("{*}Coords"))
    text, confidence = _text(element)
    parts = text.split() if points else []
    normalized = _normalized(element)
    for part in parts:
        made = WordDraft(part, box_of(points), confidence, language=_language(element, "language"))
        if len(parts) == 1:
            made.normalized, made.id = normalized or None, element.get("id") or ""
        yield made


def _normalized(element: Element) -> str | None:
    """The other reading of a word: as our own notes give it, else one that says it is normalized."""
    said = (note_in(element.get("custom"), "normalized") or {}).get("text")
    marked = (one for one in element.iterfind("{*}TextEquiv") if one.get("comments") == "normalized")
    return said or next(((one.findtext("{*}Unicode") or "").strip() for one in marked), None)


def _confidence(element: Element | None) -> float | None:
    try:
        return min(1.0, max(0.0, float(element.get("conf") or ""))) if element is not None else None
    except ValueError:
        return None


def _text(element: Element) -> tuple[str, float | None]:
    """The text that counts: of several readings the one with the lowest index."""
    readings = list(element.iterfind("{*}TextEquiv"))
    if not readings:
        return "", None
    best = min(readings, key=_index)
    return (best.findtext("{*}Unicode") or "").strip(), _confidence(best)


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
        return [(max(0.0, coordinate(x)), max(0.0, coordinate(y))) for x, y in pairs]
    except ValueError:
        return []
