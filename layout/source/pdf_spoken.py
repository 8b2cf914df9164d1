"""What a PDF page says in words (ActualText), and the glyphs drawn for each of these texts.

MuPDF's own text page knows both, but puts the words where it guesses: characters without width at the
first glyph, and what a text has beyond its glyphs (a ZWNJ before a letter) is lost. Here the page is run
once more, and the glyphs of each text are noted with their places.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from layout.document import Point
from layout.language.characters import is_mark
from layout.source.mupdf import mupdf
from layout.source.pdf_runs import Runs

_mu: Any = mupdf.mupdf

Bounds = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


class Drawn(NamedTuple):
    """A glyph: its code as the font has it, its origin in points of the page that is not rotated, how far
    it moves the pen (in font sizes), and where the pen was before it.

    MuPDF's text page sets marks, and what a glyph has beyond its first character, at the pen.
    """

    code: str
    origin: Point
    advance: float
    pen: Point


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text in logical order, and the glyphs it stands for in file order."""

    text: str
    glyphs: tuple[Drawn, ...]


def spoken_texts(runs: Runs) -> list[Spoken]:
    """The texts of a page that stand for glyphs, in file order."""
    listener = _Listener()
    runs.run(listener)
    return [Spoken(text, tuple(glyphs)) for text, glyphs in listener.found if glyphs]


class _Listener(_mu.FzDevice2):  # type: ignore[misc, name-defined, unused-ignore]  # it has no types
    """A device of MuPDF that draws nothing and notes the glyphs between the ends of each text."""

    def __init__(self) -> None:
        super().__init__()
        self.use_virtual_begin_metatext()
        self.use_virtual_end_metatext()
        self.use_virtual_fill_text()
        self.use_virtual_stroke_text()
        self.use_virtual_clip_text()
        self.use_virtual_clip_stroke_text()
        self.use_virtual_ignore_text()
        self.found: list[tuple[str, list[Drawn]]] = []
        self._open: list[list[Drawn] | None] = [None]  # the glyphs of each open text, the innermost last
        self._pen: Point = (0.0, 0.0)

    def begin_metatext(self, _: Any, kind: int, text: str | None) -> None:
        glyphs = self._open[-1]
        if kind == _mu.FZ_METATEXT_ACTUALTEXT:
            glyphs = []
            self.found.append((text or "", glyphs))
        self._open.append(glyphs)

    def end_metatext(self, _: Any) -> None:
        if len(self._open) > 1:
            self._open.pop()

    def fill_text(self, _: Any, text: Any, ctm: Any, *_paint: Any) -> None:
        self._note(text, ctm)

    def ignore_text(self, _: Any, text: Any, ctm: Any) -> None:
        self._note(text, ctm)

    def clip_text(self, _: Any, text: Any, ctm: Any, *_clip: Any) -> None:
        self._note(text, ctm)

    def stroke_text(self, _: Any, text: Any, _pen: Any, ctm: Any, *_paint: Any) -> None:
        self._note(text, ctm)

    def clip_stroke_text(self, _: Any, text: Any, _pen: Any, ctm: Any, *_clip: Any) -> None:
        self._note(text, ctm)

    def _note(self, text: Any, ctm: Any) -> None:
        glyphs = self._open[-1]
        turn = (ctm.a, ctm.b, ctm.c, ctm.d, ctm.e, ctm.f)  # each look into MuPDF's own values takes long
        part = text.head
        while part:
            count = part.len
            shape = part.trm
            along = shape.a, shape.b
            # The first glyph of a span is at hand; files that say each letter have spans of one.
            span = _mu.FzTextSpan(part) if count > 1 else None
            for number in range(0 if glyphs is not None else max(0, count - 1), count):
                item = span.items(number) if span else part.items
                glyph = self._drawn(part.font, item, along, turn)
                if glyphs is not None:
                    glyphs.append(glyph)
            part = part.next

    def _drawn(self, font: Any, item: Any, along: Point, turn: Matrix) -> Drawn:
        """A glyph, after which the pen stands at its end."""
        x, y, gid, ucs = item.x, item.y, item.gid, item.ucs
        advance = _mu.ll_fz_advance_glyph(font, gid, 0) if gid >= 0 else 0.0
        pen = self._pen
        code = chr(ucs) if ucs > 0 else "\ufffd"
        if gid >= 0 and not is_mark(code):
            self._pen = _mapped(x + advance * along[0], y + advance * along[1], turn)
        return Drawn(code, _mapped(x, y, turn), advance, pen)


def _mapped(x: float, y: float, turn: Matrix) -> Point:
    a, b, c, d, e, f = turn
    return a * x + c * y + e, b * x + d * y + f
