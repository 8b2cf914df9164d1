"""Where things are on a page, before anything has been read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from layout.document.geometry import Box, Point, Polygon
from layout.document.kinds import RegionKind
from layout.document.page import Appearance, Column, Leaf


@dataclass(frozen=True, slots=True)
class LineShape:
    """A text line's place: ink box, baseline with x ascending, outline where it is not the box."""

    box: Box
    baseline: tuple[Point, ...] = ()
    polygon: Polygon | None = None
    appearance: Appearance = Appearance()


@dataclass(frozen=True, slots=True)
class Shape:
    """A region's place and what it seems to be; lines from top to bottom.

    Running text comes as one shape per unbroken run of lines in a column: paragraphs are parted in
    reflow, where the reading direction is known.
    """

    kind: RegionKind
    box: Box
    lines: tuple[LineShape, ...] = ()
    children: tuple[Shape, ...] = ()
    polygon: Polygon | None = None
    confidence: float | None = None
    reason: str = ""
    rotation: int = 0
    column: int | None = None
    appearance: Appearance = Appearance()

    def walk(self) -> Iterator[Shape]:
        """This shape, then its children depth first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Segmentation:
    """All shapes of a page, top to bottom then left to right; columns left to right.

    ``leaves`` are the pages of a double-page scan from left to right, empty where it is one page.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...] = ()
    columns: tuple[Column, ...] = ()
    skew: float = 0.0
    sheet: Polygon | None = None
    detector: str = ""
    leaves: tuple[Leaf, ...] = ()

    def walk(self) -> Iterator[Shape]:
        """All shapes, containers before their children."""
        for shape in self.shapes:
            yield from shape.walk()
