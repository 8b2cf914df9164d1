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
        part = text.head
        while part:
            span = _mu.FzTextSpan(part)
            for number in range(0 if glyphs is not None else max(0, part.len - 1), part.len):
                item = span.items(number)
                glyph = self._drawn(span, item, ctm)
                if glyphs is not None:
                    glyphs.append(glyph)
            part = part.next

    def _drawn(self, span: Any, item: Any, ctm: Any) -> Drawn:
        """A glyph, after which the pen stands at its end."""
        advance = _mu.fz_advance_glyph(span.font(), item.gid, 0) if item.gid >= 0 else 0.0
        turn = span.trm()
        origin, pen = _mapped(item.x, item.y, ctm), self._pen
        code = chr(item.ucs) if item.ucs > 0 else "\ufffd"
        if item.gid >= 0 and not is_mark(code):
            self._pen = _mapped(item.x + advance * turn.a, item.y + advance * turn.b, ctm)
        return Drawn(code, origin, advance, pen)


def _mapped(x: float, y: float, ctm: Any) -> Point:
    return ctm.a * x + ctm.c * y + ctm.e, ctm.b * x + ctm.d * y + ctm.f
