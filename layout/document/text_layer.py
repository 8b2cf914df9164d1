"""The characters a PDF says it shows, with their places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

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
class TextLayer:
    """All glyphs of a page in file order, and what the file says of itself."""

    glyphs: tuple[Glyph, ...] = ()
    producer: str = ""
    language: str | None = None

    @property
    def hidden(self) -> bool:
        """Whether most of it is drawn without ink: mostly another program's reading of the picture."""
        return 2 * sum(glyph.invisible for glyph in self.glyphs) > len(self.glyphs)
