"""The characters a PDF says it shows, with their places."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple, overload

from layout.document.geometry import Box, Point


class Glyph(NamedTuple):
    """One character as the file gives it (often a presentation form, often in visual order).

    ``box`` and ``origin`` (the pen position on the baseline) are page pixels; ``size`` is the font
    size in page pixels; ``sequence`` its place in the file; ``advance`` the direction of writing as a
    unit vector (1, 0 for upright text). ``invisible`` means drawn in render mode 3 or fully clear.
    """

    text: str
    box: Box
    origin: Point
    size: float
    font: str = ""
    bold: bool = False
    color: int = 0
    sequence: int = 0
    advance: Point = (1.0, 0.0)
    invisible: bool = False


@dataclass(frozen=True, slots=True)
class Glyphs(Sequence[Glyph]):
    """The glyphs of a page by columns: each of their values for all of them, as long as each other.

    A page may have tens of thousands, and values of their own for each take as long to make as the page takes
    to be read. A `Glyph` is made where one is asked for.
    """

    text: Sequence[str]
    x0: array[float]
    y0: array[float]
    x1: array[float]
    y1: array[float]
    x: array[float]
    y: array[float]
    size: array[float]
    font: Sequence[str]
    bold: Sequence[bool]
    color: Sequence[int]
    sequence: array[int]
    advance: Sequence[Point]
    invisible: Sequence[bool]

    @classmethod
    def of(cls, glyphs: Iterable[Glyph]) -> Glyphs:
        """These glyphs by columns; as they are where they are so already."""
        if isinstance(glyphs, Glyphs):
            return glyphs
        rows = list(glyphs)
        boxes = [glyph.box for glyph in rows]
        return cls(
            [glyph.text for glyph in rows],
            array("d", [box.x0 for box in boxes]),
            array("d", [box.y0 for box in boxes]),
            array("d", [box.x1 for box in boxes]),
            array("d", [box.y1 for box in boxes]),
            array("d", [glyph.origin[0] for glyph in rows]),
            array("d", [glyph.origin[1] for glyph in rows]),
            array("d", [glyph.size for glyph in rows]),
            [glyph.font for glyph in rows],
            [glyph.bold for glyph in rows],
            [glyph.color for glyph in rows],
            array("q", [glyph.sequence for glyph in rows]),
            [glyph.advance for glyph in rows],
            [glyph.invisible for glyph in rows],
        )

    def __len__(self) -> int:
        return len(self.text)

    @overload
    def __getitem__(self, place: int) -> Glyph: ...
    @overload
    def __getitem__(self, place: slice) -> Glyphs: ...
    def __getitem__(self, place: int | slice) -> Glyph | Glyphs:
        if isinstance(place, slice):
            return Glyphs(*(getattr(self, field.name)[place] for field in fields(self)))
        return Glyph(
            self.text[place],
            Box(self.x0[place], self.y0[place], self.x1[place], self.y1[place]),
            (self.x[place], self.y[place]),
            self.size[place],
            self.font[place],
            self.bold[place],
            self.color[place],
            self.sequence[place],
            self.advance[place],
            self.invisible[place],
        )

    def __iter__(self) -> Iterator[Glyph]:
        return map(
            Glyph,
            self.text,
            map(Box, self.x0, self.y0, self.x1, self.y1),
            zip(self.x, self.y, strict=True),
            self.size,
            self.font,
            self.bold,
            self.color,
            self.sequence,
            self.advance,
            self.invisible,
        )


@dataclass(frozen=True, slots=True)
class TextLayer:
    """All glyphs of a page in file order, and what the file says of itself."""

    glyphs: Sequence[Glyph] = ()
    producer: str = ""
    language: str | None = None

    @property
    def hidden(self) -> bool:
        """Whether most of it is drawn without ink: mostly another program's reading of the picture."""
        return 2 * sum(Glyphs.of(self.glyphs).invisible) > len(self.glyphs)
