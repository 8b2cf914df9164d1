"""A page with its text: Page > Region > TextLine > Word, after PAGE's vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from layout.document.geometry import Box, Point, Polygon
from layout.document.kinds import RegionKind


class Direction(StrEnum):
    """Which way the words of a line follow each other."""

    LTR = "ltr"
    RTL = "rtl"
    TTB = "ttb"


@dataclass(frozen=True, slots=True)
class Word:
    """A run without white space, in logical order.

    ``text`` is what is printed (NFC, ZWNJ kept, no bidi controls); ``normalized`` the normalised
    reading where it differs, else None. ``confidence`` is None for text that was not recognised.
    """

    id: str
    text: str
    box: Box
    confidence: float | None = None
    normalized: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of words, first read first.

    ``baseline`` has x ascending whatever the direction; a line-end hyphen is still part of its word.
    ``weight`` is the stroke width divided by the page's usual one, None where it was not measured.
    """

    id: str
    box: Box
    words: tuple[Word, ...] = ()
    baseline: tuple[Point, ...] = ()
    polygon: Polygon | None = None
    direction: Direction | None = None
    language: str | None = None
    confidence: float | None = None
    weight: float | None = None

    @property
    def text(self) -> str:
        return " ".join([word.text for word in self.words])

    @property
    def normalized(self) -> str:
        return " ".join([word.normalized or word.text for word in self.words])


@dataclass(frozen=True, slots=True)
class Appearance:
    """How a region's letters look; lengths in page pixels, None where not measured.

    ``letter_height`` is the height of the letters' core (x-height in Latin, the tooth height band in
    Arabic script: comparable only within one script), ``line_pitch`` the distance of baselines,
    ``weight`` the stroke width divided by the page's usual one, ``ink`` the share of dark pixels in
    the line boxes.
    """

    letter_height: float | None = None
    line_pitch: float | None = None
    weight: float | None = None
    ink: float | None = None
    light_on_dark: bool = False
    framed: bool = False
    tinted: bool = False
    color: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page with one role. ``lines`` in reading order; ``children`` of a container.

    ``reason`` is a short sentence a person can read: why this kind. ``rotation`` is 0, 90 or 270:
    degrees counter-clockwise by which the text is turned. ``origin`` says where the text came from
    (``text-layer``, ``tesseract/fas``, ``import``); empty where there is none.
    """

    id: str
    kind: RegionKind
    box: Box
    lines: tuple[TextLine, ...] = ()
    children: tuple[Region, ...] = ()
    polygon: Polygon | None = None
    confidence: float | None = None
    kind_confidence: float | None = None
    reason: str = ""
    direction: Direction | None = None
    language: str | None = None
    rotation: int = 0
    column: int | None = None
    appearance: Appearance = Appearance()
    origin: str = ""

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def walk(self) -> Iterator[Region]:
        """This region, then its children depth first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of running text; listed from left to right on the page.

    Where columns lean, the box is as wide as the column and stands at the middle of its height.
    """

    box: Box


@dataclass(frozen=True, slots=True)
class Leaf:
    """One of the pages of a scan that shows more: its outline, and the angle at which it lies."""

    outline: Polygon
    skew: float = 0.0


@dataclass(frozen=True, slots=True)
class ProcessingStep:
    """What was done by which program with which settings (ALTO Processing, PREMIS event)."""

    name: str
    software: str
    version: str
    settings: tuple[tuple[str, str], ...] = ()
    category: str = "contentGeneration"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know; ``level`` is info, warning or error."""

    level: str
    code: str
    message: str
    page: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class SourceImage:
    """The file a page came from: its name (never a path), sha256, and page in it (from 1)."""

    file: str
    sha256: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``regions`` in no promised order until reflow has made an Issue of it.

    ``leaves`` are the pages of a double-page scan, from left to right; they are parted when an Issue is
    made (`layout.document.leaves`). Empty where the scan is one page. ``turned`` is 0, 90, 180 or 270:
    degrees counter-clockwise by which the text of the delivered image is turned; until an Issue is
    made, everything stands in the frame of the image set upright (`layout.document.turn`).
    """

    id: str
    width: float
    height: float
    dpi: float | None = None
    source: SourceImage = SourceImage("")
    regions: tuple[Region, ...] = ()
    columns: tuple[Column, ...] = ()
    direction: Direction = Direction.LTR
    language: str | None = None
    skew: float = 0.0
    sheet: Polygon | None = None
    leaves: tuple[Leaf, ...] = ()
    turned: int = 0
    steps: tuple[ProcessingStep, ...] = ()
    findings: tuple[Finding, ...] = ()
    failed: str | None = None

    @property
    def box(self) -> Box:
        return Box(0.0, 0.0, self.width, self.height)

    def walk(self) -> Iterator[Region]:
        """All regions, containers before their children."""
        for region in self.regions:
            yield from region.walk()
