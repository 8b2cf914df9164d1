"""A PDF page's characters -> `TextLayer`: as the file gives them, in pixels of the page's picture.

Takes MuPDF's "rawdict" as plain values. Nothing is put in order or repaired here; what cannot be placed
is left out and told.
"""

from __future__ import annotations

import math
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, compress, repeat
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from layout.document import Affine, Finding, Glyphs, Point
from layout.source.frame import HUGE, Frame
from layout.source.pdf_raw import spans_of

_BOLD = 1 << 4  # span "flags": TEXT_FONT_BOLD
_FAUX_BOLD, _FILLED, _STROKED = 1 << 3, 1 << 4, 1 << 5  # span "char_flags": FZ_STEXT_*
_ASKEW = math.sin(math.radians(10.0))  # the slope of a skewed scan is less
_USUAL_WAYS = 2
_BOLD_NAMES = ("bold", "black", "heavy")

_Value = TypeVar("_Value")

_REASONS = {
    "unplaced": "{n} characters of the text layer have no usable place or size and were left out",
    "outside": "{n} characters of the text layer lie outside the page and were left out",
}


def glyphs_of(
    raw: dict[str, Any], frame: Frame, page: str, *, covered: bool = False, unplaced: int = 0
) -> tuple[Glyphs, list[Finding]]:
    """The characters of a page in file order, and what was left out.

    Spaces that MuPDF invents are dropped (their places are guesses); those in the file stay. ``covered``
    says that a picture was painted over all of them; so many ``unplaced`` ones were left out before.
    """
    dropped: Counter[str] = Counter(unplaced=unplaced)
    spans: list[_Span] = []
    for span, written in spans_of(raw):
        size = span["size"] * frame.dpi / 72
        if 0 < size < HUGE:
            chars = [char for char in span["chars"] if not (char["synthetic"] and char["c"].isspace())]
            spans.append(_Span(span, chars, size, _direction(written, frame)))
        else:
            dropped["unplaced"] += len(span["chars"])
    glyphs = _placed(spans, frame, covered, dropped)
    findings = [
        Finding("warning", f"glyphs-{reason}", _REASONS[reason].format(n=count), page)
        for reason, count in sorted(dropped.items())
        if count
    ]
    return glyphs, [*findings, *_turned(spans, page)]


def _turned(spans: Sequence[_Span], page: str) -> list[Finding]:
    """What is told of text that runs askew, or in more directions than a line up the margin gives a page."""
    count = sum(len(span.chars) for span in spans if min(map(abs, span.advance)) > _ASKEW)
    ways = len({(round(x), round(y)) for x, y in {span.advance for span in spans}})
    told: dict[str, str] = {}
    if count:
        told["askew"] = f"{count} characters of the text layer run askew; they are read by quarter turns"
    if ways > _USUAL_WAYS:
        told["turned"] = f"the text layer runs in {ways} directions; each is read by itself"
    return [Finding("info", f"glyphs-{what}", message, page) for what, message in told.items()]


def without_code(glyphs: Glyphs, page: str) -> list[Finding]:
    """What is told of characters that the file names by no code of Unicode."""
    count = sum("\ufffd" in text for text in glyphs.text)
    if not count:
        return []
    told = f"{count} characters of the text layer have no code (missing ToUnicode)"
    return [Finding("info", "glyphs-without-code", told, page)]


class _Span(NamedTuple):
    """Characters of one font and direction; ``values`` are MuPDF's, ``size`` and ``advance`` the page's."""

    values: dict[str, Any]
    chars: list[dict[str, Any]]
    size: float
    advance: Point


def _direction(written: Point, frame: Frame) -> Point:
    turn = frame.to_pixels
    x, y = turn.a * written[0] + turn.b * written[1], turn.d * written[0] + turn.e * written[1]
    length = math.hypot(x, y)
    if not 0 < length < HUGE:
        return (1.0, 0.0)
    return (round(x / length, 4) + 0.0, round(y / length, 4) + 0.0)


def _placed(spans: Sequence[_Span], frame: Frame, covered: bool, dropped: Counter[str]) -> Glyphs:
    """The characters that lie on the page; the others are counted in ``dropped``."""
    chars = [char for span in spans for char in span.chars]
    lengths = [len(span.chars) for span in spans]
    frames = _frames(chars, frame.to_pixels)
    x0, y0, x1, y1, x, y = frames
    # Written so that a number that is none fails as well.
    sound = (x0 > -HUGE) & (x0 <= x1) & (x1 < HUGE) & (y0 > -HUGE) & (y0 <= y1) & (y1 < HUGE)
    sound &= (x > -HUGE) & (x < HUGE) & (y > -HUGE) & (y < HUGE) & ((x1 != x0) | (y1 != y0))
    kept = sound & (x1 > 0) & (y1 > 0) & (x0 < frame.width) & (y0 < frame.height)
    if not kept.all():
        dropped["unplaced"] += int(np.count_nonzero(~sound))
        dropped["outside"] += int(np.count_nonzero(sound & ~kept))
        owners = np.repeat(np.arange(len(spans)), lengths)[kept]
        lengths = np.bincount(owners, minlength=len(spans)).tolist()
        chars = list(compress(chars, kept.tolist()))
        frames = [values[kept] for values in frames]

    def column(values: Iterable[_Value]) -> list[_Value]:
        """What is said of each span, for each of its characters."""
        return list(chain.from_iterable(map(repeat, values, lengths)))

    x0, y0, x1, y1, x, y = frames
    texts = [char["c"] for char in chars]
    shown = {text: text if text.isprintable() else _printable(text) for text in set(texts)}
    return Glyphs(
        [shown[text] for text in texts],
        array("d", x0.tobytes()),
        array("d", y0.tobytes()),
        array("d", x1.tobytes()),
        array("d", y1.tobytes()),
        array("d", x.tobytes()),
        array("d", y.tobytes()),
        array("d", column(span.size for span in spans)),
        column(span.values["font"] for span in spans),
        column(_is_bold(span.values) for span in spans),
        column(span.values["color"] for span in spans),
        array("q", range(len(texts))),
        column(span.advance for span in spans),
        column(covered or _is_invisible(span.values) for span in spans),
    )


def _frames(chars: Sequence[dict[str, Any]], turn: Affine) -> list[NDArray[np.float64]]:
    """x0, y0, x1, y1 of the characters' boxes and x, y of their origins, in pixels."""
    numbers = chain.from_iterable(char["bbox"] + char["origin"] for char in chars)
    values = np.fromiter(numbers, np.float64, 6 * len(chars)).reshape(-1, 6).T
    xs, ys = values[::2], values[1::2]
    with np.errstate(invalid="ignore", over="ignore"):
        us = turn.a * xs + turn.b * ys + turn.c
        vs = turn.d * xs + turn.e * ys + turn.f
        return [
            *(np.minimum(us[0], us[1]), np.minimum(vs[0], vs[1])),
            *(np.maximum(us[0], us[1]), np.maximum(vs[0], vs[1])),
            *(us[2], vs[2]),
        ]


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
