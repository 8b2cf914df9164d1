"""ALTO of any version -> `Page`: a page that somebody has read already.

The text is taken as printed: a word divided at a line end keeps its two parts and its hyphen. Kinds come
from the labels of tags or the block's TYPE; a block without either is a paragraph. Lengths in tenths of
millimetres or 1/1200 inch become pixels at 300 dpi.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from layout.document import (
    Box,
    Direction,
    Page,
    Point,
    Polygon,
    ProcessingStep,
    RegionKind,
    SourceImage,
    union,
)
from layout.errors import InputError
from layout.language.characters import HYPHENS
from layout.source.transcript import (
    LineDraft,
    RegionDraft,
    WordDraft,
    kind_named,
    make_page,
    nested,
    rightward,
    with_text,
)
from layout.source.xml_input import coordinate, local_name, parse_xml

Element = etree._Element

#: Unit -> (pixels for one of it, the resolution they are made at).
_UNITS = {"pixel": (1.0, None), "mm10": (300 / 254, 300.0), "inch1200": (300 / 1200, 300.0)}
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BLOCKS = ("TextBlock", "ComposedBlock", "Illustration", "GraphicalElement")


def read_alto(path: Path, page_id: str) -> Page:
    """The first page of an ALTO file, its blocks in document order. Raises `InputError`."""
    return page_in(parse_xml(path), path, page_id)


def page_in(root: Element, path: Path, page_id: str) -> Page:
    """The first page of an ALTO file that has been parsed. Raises `InputError`."""
    found = root.find("{*}Layout/{*}Page")
    if local_name(root) != "alto" or found is None:
        raise InputError("is no ALTO file with a page", file=str(path), remedy="export it again")
    unit = root.findtext("{*}Description/{*}MeasurementUnit", "pixel").strip()
    factor, dpi = _UNITS.get(unit, _UNITS["pixel"])
    labels = {
        tag.get("ID", ""): tag.get("LABEL") or tag.get("TYPE")
        for tag in root.iterfind("{*}Tags/*")
        if isinstance(tag.tag, str)
    }
    reader = _Reader(str(path), factor, labels)
    width, height = reader.number(found, "WIDTH"), reader.number(found, "HEIGHT")
    if not (width > 0 and height > 0):
        raise InputError("has a page without size", file=str(path), remedy="export it again")
    drafts = nested([draft for place in found for draft in reader.blocks(place)], _holders(root))
    made = make_page(page_id, (width, height), drafts, dpi=dpi, language=found.get("LANG"))
    return replace(made, source=_source(root), steps=tuple(_steps(root)))


def _source(root: Element) -> SourceImage:
    """The image the page was read from, as far as the file says it."""
    about = root.find("{*}Description/{*}sourceImageInformation")
    if about is None:
        return SourceImage("")
    name = about.findtext("{*}fileName", "").strip()
    sums = ((one.text or "").strip().lower() for one in about.iterfind("{*}fileIdentifier"))
    sha256 = next((text for text in sums if _SHA256.fullmatch(text)), "")
    return SourceImage(Path(name.replace("\\", "/")).name, sha256)


def _steps(root: Element) -> Iterator[ProcessingStep]:
    """What was done before by which program, where the file has it in the form of ALTO 4."""
    for made in root.iterfind("{*}Description/{*}Processing"):
        text = made.findtext("{*}processingStepSettings", "")
        try:
            settings = json.loads(text)
        except ValueError:
            settings = {"settings": text} if text.strip() else {}
        if not isinstance(settings, dict):
            settings = {"settings": text}
        yield ProcessingStep(
            made.findtext("{*}processingStepDescription", "").strip(),
            made.findtext("{*}processingSoftware/{*}softwareName", "").strip(),
            made.findtext("{*}processingSoftware/{*}softwareVersion", "").strip(),
            tuple((str(key), str(value)) for key, value in settings.items()),
            made.findtext("{*}processingCategory", "").strip() or "other",
        )


@dataclass(frozen=True)
class _Reader:
    """Reads elements in pixels."""

    file: str
    factor: float
    labels: dict[str, str | None]

    def number(self, element: Element, name: str) -> float:
        """A length; 0 where it is missing. Raises `InputError` for what is no number."""
        text = element.get(name) or "0"
        try:
            return coordinate(text) * self.factor
        except ValueError as error:
            raise InputError(
                f"has {name}='{text[:50]}', which is no length", file=self.file, remedy="export it again"
            ) from error

    def box(self, element: Element) -> Box:
        x, y = self.number(element, "HPOS"), self.number(element, "VPOS")
        return Box(x, y, x + self.number(element, "WIDTH"), y + self.number(element, "HEIGHT"))

    def blocks(self, place: Element) -> Iterator[RegionDraft]:
        """The blocks of a margin, print space or composed block."""
        for element in place:
            if local_name(element) in _BLOCKS:
                yield from self._block(element)

    def _block(self, element: Element) -> Iterator[RegionDraft]:
        name = local_name(element)
        tags = (self.labels.get(tag) for tag in (element.get("TAGREFS") or "").split())
        kind = kind_named(*tags, element.get("TYPE"))
        if name == "ComposedBlock":
            children = list(self.blocks(element))
            if kind is None:  # a group that means nothing of its own
                yield from children
            else:
                made = RegionDraft(kind, self.box(element), polygon=self._shape(element))
                made.id = element.get("ID") or ""
                yield with_text(made, children)
            return
        usual = {"TextBlock": RegionKind.PARAGRAPH, "Illustration": RegionKind.IMAGE}
        yield RegionDraft(
            kind or usual.get(name, RegionKind.SEPARATOR),
            self.box(element),
            [self._line(line) for line in element.iterfind("{*}TextLine")],
            polygon=self._shape(element),
            language=element.get("LANG") or element.get("language"),
            rotation=round(next(iter(_numbers(element.get("ROTATION"))), 0.0)) % 360,
            direction=_direction(element),
            id=element.get("ID") or "",
        )

    def _line(self, element: Element) -> LineDraft:
        words: list[WordDraft] = []
        for part in element:
            name, text = local_name(part), part.get("CONTENT") or ""
            if name == "String" and text:
                words.append(self._word(part, text))
            elif name == "HYP" and words:
                self._hyphen(words[-1], part, text or "-")
        box = self.box(element)
        if not box.area and words:
            box = union([word.box for word in words])
        return LineDraft(
            box,
            words,
            self._baseline(element, box),
            self._shape(element),
            element.get("LANG"),
            _direction(element),
            id=element.get("ID") or "",
        )

    def _word(self, element: Element, text: str) -> WordDraft:
        readings = (
            (one.text or "").strip()
            for one in element.iterfind("{*}ALTERNATIVE")
            if one.get("PURPOSE") == "normalized"
        )
        return WordDraft(
            text,
            self.box(element),
            _confidence(element.get("WC")),
            next((reading for reading in readings if reading and reading != text), None),
            element.get("LANG"),
            element.get("ID") or "",
        )

    def _hyphen(self, word: WordDraft, element: Element, mark: str) -> None:
        """Put the hyphen back to the part of the word that stands before it; a reading that ends in another
        one has its own."""
        word.text += mark
        if word.normalized and word.normalized[-1] not in HYPHENS - {mark}:
            word.normalized += mark
        box = self.box(element)
        if box.area:
            word.box = union((word.box, box))

    def _baseline(self, element: Element, box: Box) -> tuple[Point, ...]:
        values = _numbers(element.get("BASELINE"))
        if len(values) == 1:  # up to ALTO 4.1: the height alone
            y = values[0] * self.factor
            return ((box.x0, y), (box.x1, y))
        points = zip(values[::2], values[1::2], strict=False)
        return rightward((x * self.factor, y * self.factor) for x, y in points)

    def _shape(self, element: Element) -> Polygon | None:
        polygon = element.find("{*}Shape/{*}Polygon")
        values = _numbers(polygon.get("POINTS")) if polygon is not None else []
        points = tuple(
            (x * self.factor, y * self.factor) for x, y in zip(values[::2], values[1::2], strict=False)
        )
        return points if len(points) > 2 else None


def _holders(root: Element) -> dict[str, str]:
    """Block id -> id of the block it stands in, where tags of TYPE container say so."""
    names = {
        tag.get("ID", ""): tag.get("LABEL") or ""
        for tag in root.iterfind("{*}Tags/*")
        if tag.get("TYPE") == "container"
    }
    return {
        block.get("ID") or "": names[tag]
        for block in (root.iter("{*}TextBlock", "{*}Illustration", "{*}GraphicalElement", "{*}ComposedBlock"))
        for tag in (block.get("TAGREFS") or "").split()
        if tag in names
    }


def _direction(element: Element) -> Direction | None:
    """BASEDIRECTION as ours; bottom to top is not told from top to bottom."""
    stated = {"ltr": Direction.LTR, "rtl": Direction.RTL, "ttb": Direction.TTB, "btt": Direction.TTB}
    return stated.get(element.get("BASEDIRECTION") or "")


def _numbers(text: str | None) -> list[float]:
    """Numbers parted by spaces or commas; none at all where one of them is no number."""
    try:
        return [coordinate(part) for part in (text or "").replace(",", " ").split()]
    except ValueError:
        return []


def _confidence(text: str | None) -> float | None:
    values = _numbers(text)
    return min(1.0, max(0.0, values[0])) if values else None
