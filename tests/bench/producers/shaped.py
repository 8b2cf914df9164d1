"""Lines of text set as a typesetter does: glyphs with their places, and the letters they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

from bidi import get_display

from layout.language.characters import ZWNJ, is_mark, is_right_to_left

#: A letter that does not join and is in none of our texts stands in for the ZWNJ while a line is turned.
_HELD = "\u0674"


@dataclass(frozen=True)
class Placed:
    """A glyph: its font and number there, its place and width in font sizes, and what it stands for.

    ``text`` is in logical order and empty for what only belongs to the glyph beside it (dots).
    """

    font: int
    number: int
    x: float
    y: float
    advance: float
    text: str


class Face:
    """A font to set text in."""

    def __init__(self, file: Path) -> None:
        import uharfbuzz as harfbuzz

        self.file = file
        self._harfbuzz = harfbuzz
        self._font: Any = harfbuzz.Font(harfbuzz.Face(harfbuzz.Blob.from_file_path(str(file))))
        self.units = float(self._font.face.upem)

    @cached_property
    def codes(self) -> dict[int, str]:
        """Glyph number -> the character that the font itself has for it, a letter of the alphabet first."""
        found: dict[int, str] = {}
        for code in sorted(self._font.face.unicodes):
            found.setdefault(self._font.get_nominal_glyph(code), chr(code))
        return found

    def number_of(self, char: str) -> int:
        """The glyph of a character by itself; 0 where the font has none."""
        return self._font.get_nominal_glyph(ord(char)) or 0

    def advance_of(self, number: int) -> float:
        return float(self._font.get_glyph_h_advance(number)) / self.units

    def shaped(self, text: str, rtl: bool) -> list[tuple[int, float, float, float, str]]:
        """Glyphs from left to right: number, offset (x, y), advance, and the text of each."""
        buffer: Any = self._harfbuzz.Buffer()
        buffer.add_str(text)
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.guess_segment_properties()
        buffer.cluster_level = self._harfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        self._harfbuzz.shape(self._font, buffer)
        glyphs = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
        starts = sorted({info.cluster for info, _ in glyphs})
        ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
        named: dict[int, int] = {}
        for place, (info, position) in enumerate(glyphs):
            held = named.setdefault(info.cluster, place)
            if position.x_advance > glyphs[held][1].x_advance:
                named[info.cluster] = place
        return [
            (
                info.codepoint,
                position.x_offset / self.units,
                position.y_offset / self.units,
                position.x_advance / self.units,
                text[info.cluster : ends[info.cluster]] if named[info.cluster] == place else "",
            )
            for place, (info, position) in enumerate(glyphs)
        ]


class Setter:
    """Sets lines in a font, and what it lacks in another."""

    def __init__(self, first: Path, second: Path, rtl: bool) -> None:
        self.faces = (Face(first), Face(second))
        self._rtl = rtl

    def line(self, text: str, before: str = "") -> list[Placed]:
        """The glyphs of a line from left to right, those of a ZWNJ left out; ``before`` is the paragraph's
        text before it, whose last letter tells how numbers at the line's head run."""
        found: list[Placed] = []
        pen = 0.0
        strong = next((char for char in reversed(before) if bidirectional(char) in ("L", "R", "AL")), "")
        for font, rtl, piece in self._pieces(text, strong):
            face = self.faces[font]
            for number, x, y, advance, said in face.shaped(piece, rtl):
                if said != ZWNJ:
                    width = face.advance_of(number)
                    found.append(Placed(font, number, pen + x, y, width, said.replace(ZWNJ, "")))
                pen += advance
        return found

    def width(self, text: str) -> float:
        return sum(glyph.advance for glyph in self.line(text))

    def _pieces(self, text: str, strong: str) -> Iterator[tuple[int, bool, str]]:
        """Stretches of one font and direction from left to right, each in logical order."""
        held = (f"{strong} " if strong else "") + text.replace(ZWNJ, _HELD)
        visual = str(get_display(held, base_dir="R" if self._rtl else "L"))
        if strong:
            # Before a word of the same direction it is drawn elsewhere, but what is drawn there is it.
            cut = visual.rindex(f" {strong}") if self._rtl else visual.index(f"{strong} ")
            visual = visual[:cut] + visual[cut + 2 :]
        for (font, rtl), chars in groupby(visual, key=lambda char: (self._font_of(char), _is_right(char))):
            piece = "".join(chars)
            yield font, rtl, (piece[::-1] if rtl else piece).replace(_HELD, ZWNJ)

    def _font_of(self, char: str) -> int:
        return 0 if char == _HELD or is_mark(char) or self.faces[0].number_of(char) else 1


def _is_right(char: str) -> bool:
    return is_right_to_left(char) or is_mark(char)
