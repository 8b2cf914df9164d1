"""What a PDF page says in words (ActualText), and the glyphs drawn for each of these texts.

MuPDF's own text page knows both, but puts the words where it guesses: characters without width at the
first glyph, and what a text has beyond its glyphs (a ZWNJ before a letter) is lost. Here the page is run
once more, and the glyphs of each text are noted with their places.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from layout.document import Point
from layout.language.characters import is_mark
from layout.source.mupdf import mupdf

_mu: Any = mupdf.mupdf

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
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


def spoken_texts(page: Any) -> list[Spoken]:
    """The texts of a page (PyMuPDF's) that stand for glyphs, in file order."""
    listener = _Listener()
    turned = page.rotation
    page.set_rotation(0)
    try:
        _mu.fz_run_page(page.this, listener, _mu.FzMatrix(), _mu.FzCookie())
        _mu.fz_close_device(listener)
    finally:
        page.set_rotation(turned)
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
        self._open: list[list[Drawn] | None] = []
        self._pen: Point = (0.0, 0.0)

    def begin_metatext(self, _: Any, kind: int, text: str | None) -> None:
        glyphs: list[Drawn] | None = None
        if kind == _mu.FZ_METATEXT_ACTUALTEXT:
            glyphs = []
            self.found.append((text or "", glyphs))
        self._open.append(glyphs)

    def end_metatext(self, _: Any) -> None:
        if self._open:
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
        glyphs = next((glyphs for glyphs in reversed(self._open) if glyphs is not None), None)
        turn = (ctm.a, ctm.b, ctm.c, ctm.d, ctm.e, ctm.f)  # each look into MuPDF's own values takes long
        part = text.head
        while part:
            span = _mu.FzTextSpan(part)
            for number in range(0 if glyphs is not None else max(0, part.len - 1), part.len):
                item = span.items(number)
                glyph = self._drawn(span, item, turn)
                if glyphs is not None:
                    glyphs.append(glyph)
            part = part.next

    def _drawn(self, span: Any, item: Any, turn: Matrix) -> Drawn:
        """A glyph, after which the pen stands at its end."""
        x, y, gid, ucs = item.x, item.y, item.gid, item.ucs
        advance = _mu.fz_advance_glyph(span.font(), gid, 0) if gid >= 0 else 0.0
        pen = self._pen
        code = chr(ucs) if ucs > 0 else "\ufffd"
        if gid >= 0 and not is_mark(code):
            shape = span.trm()
            self._pen = _mapped(x + advance * shape.a, y + advance * shape.b, turn)
        return Drawn(code, _mapped(x, y, turn), advance, pen)


def _mapped(x: float, y: float, turn: Matrix) -> Point:
    a, b, c, d, e, f = turn
    return a * x + c * y + e, b * x + d * y + f
