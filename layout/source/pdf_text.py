"""A PDF page's characters -> `TextLayer`: as the file gives them, in pixels of the page's picture.

Takes MuPDF's "rawdict" as plain values. Nothing is put in order or repaired here; what cannot be placed
is left out and told.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from layout.document import Box, Finding, Glyph, Point
from layout.source.frame import HUGE, Frame

_BOLD = 1 << 4  # span "flags": TEXT_FONT_BOLD
_FAUX_BOLD, _FILLED, _STROKED = 1 << 3, 1 << 4, 1 << 5  # span "char_flags": FZ_STEXT_*
_BOLD_NAMES = ("bold", "black", "heavy")

_REASONS = {
    "unplaced": "{n} characters of the text layer have no usable place or size and were left out",
    "outside": "{n} characters of the text layer lie outside the page and were left out",
}


def glyphs_of(
    raw: dict[str, Any], frame: Frame, page: str, *, covered: bool = False
) -> tuple[tuple[Glyph, ...], list[Finding]]:
    """The characters of a page in file order, and what was left out.

    Spaces that MuPDF invents are dropped (their places are guesses); those in the file stay. ``covered``
    says that a picture was painted over all of them.
    """
    dropped: Counter[str] = Counter()
    glyphs: list[Glyph] = []
    for span, advance in _spans(raw, frame):
        unseen = covered or _is_invisible(span)
        glyphs.extend(_span_glyphs(span, advance, frame, len(glyphs), unseen, dropped))
    findings = [
        Finding("warning", f"glyphs-{reason}", _REASONS[reason].format(n=count), page)
        for reason, count in sorted(dropped.items())
    ]
    return tuple(glyphs), findings


def without_code(glyphs: Iterable[Glyph], page: str) -> list[Finding]:
    """What is told of characters that the file names by no code of Unicode."""
    count = sum("\ufffd" in glyph.text for glyph in glyphs)
    if not count:
        return []
    told = f"{count} characters of the text layer have no code (missing ToUnicode)"
    return [Finding("info", "glyphs-without-code", told, page)]


def _spans(raw: dict[str, Any], frame: Frame) -> Iterator[tuple[dict[str, Any], Point]]:
    """Each span with its direction of writing on the page as it is seen."""
    for block in raw["blocks"]:
        for line in block.get("lines", ()):
            advance = _direction(line["dir"], frame)
            for span in line["spans"]:
                yield span, advance


def _direction(written: Point, frame: Frame) -> Point:
    turn = frame.to_pixels
    x, y = turn.a * written[0] + turn.b * written[1], turn.d * written[0] + turn.e * written[1]
    length = math.hypot(x, y)
    if not 0 < length < HUGE:
        return (1.0, 0.0)
    return (round(x / length, 4) + 0.0, round(y / length, 4) + 0.0)


def _span_glyphs(
    span: dict[str, Any], advance: Point, frame: Frame, first: int, unseen: bool, dropped: Counter[str]
) -> list[Glyph]:
    turn, width, height = frame.to_pixels, frame.width, frame.height
    a, b, c, d, e, f = turn.a, turn.b, turn.c, turn.d, turn.e, turn.f
    size = span["size"] * frame.dpi / 72
    if not 0 < size < HUGE:
        dropped["unplaced"] += len(span["chars"])
        return []
    font, color, bold = span["font"], span["color"], _is_bold(span)
    glyphs: list[Glyph] = []
    for char in span["chars"]:
        text = char["c"]
        if char["synthetic"] and text.isspace():
            continue
        x0, y0, x1, y1 = char["bbox"]
        x, y = char["origin"]
        u0, u1, v0, v1 = a * x0 + b * y0 + c, a * x1 + b * y1 + c, d * x0 + e * y0 + f, d * x1 + e * y1 + f
        if u0 > u1:
            u0, u1 = u1, u0
        if v0 > v1:
            v0, v1 = v1, v0
        u, v = a * x + b * y + c, d * x + e * y + f
        # Written so that a number that is none fails as well.
        sound = -HUGE < u0 <= u1 < HUGE and -HUGE < v0 <= v1 < HUGE and -HUGE < u < HUGE and -HUGE < v < HUGE
        if not sound or (u1 == u0 and v1 == v0):
            dropped["unplaced"] += 1
        elif u1 <= 0 or v1 <= 0 or u0 >= width or v0 >= height:
            dropped["outside"] += 1
        else:
            number = first + len(glyphs)
            if not text.isprintable():
                text = _printable(text)
            box = Box(u0, v0, u1, v1)
            glyphs.append(Glyph(text, box, (u, v), size, font, bold, color, number, advance, unseen))
    return glyphs


def _is_bold(span: dict[str, Any]) -> bool:
    name = span["font"].lower()
    return bool(
        span["flags"] & _BOLD
        or span.get("char_flags", 0) & _FAUX_BOLD
        or any(word in name for word in _BOLD_NAMES)
    )


def _is_invisible(span: dict[str, Any]) -> bool:
    """Fully clear, or neither filled nor stroked (render mode 3)."""
    drawn = span.get("char_flags", _FILLED) & (_FILLED | _STROKED)
    return not drawn or span.get("alpha", 255) == 0


def _printable(text: str) -> str:
    """A text that is not printable: a space for white space; U+FFFD for controls, halves of pairs and no
    characters; else as it is."""
    category = unicodedata.category(text[0]) if text else "Cc"
    if text.isspace():
        return " " if category in ("Cc", "Zl", "Zp") else text
    return "\ufffd" if category in ("Cc", "Cs", "Cn") else text
