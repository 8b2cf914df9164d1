"""Text layers set by hand: letters with widths, placed as a typesetter would, coded as a producer likes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bidi import get_display

from layout.document import (
    Box,
    Direction,
    Glyph,
    LineShape,
    RegionKind,
    Segmentation,
    Shape,
    TextLayer,
)
from layout.language.joining import joins_next, joins_previous

SIZE = 40.0
PAGE = 2000.0
#: Widths (of the size) of a letter inside a word and at its end; Arabic fonts make the end wider.
INSIDE, AT_END, SPACE = 0.45, 0.8, 0.26


def width_of(char: str, ends: bool = False) -> float:
    """Advance of a character, in shares of the size."""
    if char in "\u200c\u064b\u0651\u0654":
        return 0.0
    if char == " ":
        return SPACE
    return AT_END if ends else INSIDE


def ends_of(logical: str) -> list[bool]:
    """For each character whether its shape is a final or isolated one."""
    return [
        joins_next(char)
        and not (n + 1 < len(logical) and joins_next(char) and joins_previous(logical[n + 1]))
        for n, char in enumerate(logical)
    ]


def set_line(
    logical: str,
    top: float = 100.0,
    right: float | None = None,
    left: float = 100.0,
    rtl: bool = True,
    first: int = 0,
    font: str = "Text",
    letter_gap: float = 0.0,
) -> list[Glyph]:
    """Glyphs of a logical text in file order of x, where the bidirectional algorithm puts them."""
    visual = get_display("".join(c for c in logical if c not in ZERO), base_dir="R" if rtl else "L")
    ends = _visual_ends(logical, visual)
    width = sum(width_of(c, e) + letter_gap for c, e in zip(visual, ends, strict=True)) * SIZE
    x = (right - width) if right is not None else left
    glyphs: list[Glyph] = []
    for char, end in zip(visual, ends, strict=True):
        advance = width_of(char, end) * SIZE
        glyphs.append(glyph(char, x, advance, top, first + len(glyphs), font))
        x += advance + letter_gap * SIZE
    return glyphs


ZERO = "\u200c"


def glyph(char: str, x: float, advance: float, top: float, sequence: int, font: str = "Text") -> Glyph:
    box = Box(x, top - 0.1 * SIZE, x + advance, top + 1.1 * SIZE)
    return Glyph(char, box, (x, top + 0.8 * SIZE), SIZE, font, sequence=sequence)


def _visual_ends(logical: str, visual: str) -> list[bool]:
    """Final shapes in visual order: the same letters in the same number, taken from the right."""
    ends = [end for char, end in zip(logical, ends_of(logical), strict=True) if char not in ZERO]
    plain = [char for char in logical if char not in ZERO]
    places: dict[str, list[bool]] = {}
    for char, end in zip(plain, ends, strict=True):
        places.setdefault(char, []).append(end)
    return [
        places[char].pop() if places.get(char) else False for char in visual
    ]  # right for letters that run right to left; others have no ends


def recoded(glyphs: Iterable[Glyph], code: Callable[[str], str]) -> list[Glyph]:
    return [g._replace(text=code(g.text)) for g in glyphs]


def page(*lines: list[Glyph], kind: RegionKind = RegionKind.PARAGRAPH) -> tuple[TextLayer, Segmentation]:
    """A layer of these lines, and a segmentation with one shape of a line for each."""
    glyphs = tuple(g._replace(sequence=n) for n, g in enumerate(g for line in lines for g in line))
    shapes = tuple(Shape(kind, box, (LineShape(box),)) for line in lines if (box := _ink(line)) is not None)
    return TextLayer(glyphs), Segmentation(PAGE, PAGE, shapes)


def _ink(line: list[Glyph]) -> Box | None:
    shown = [g for g in line if not g.text.isspace()]
    if not shown:
        return None
    base = shown[0].origin[1]
    return Box(
        min(g.box.x0 for g in shown), base - 0.7 * SIZE, max(g.box.x1 for g in shown), base + 0.2 * SIZE
    )


RTL, LTR = Direction.RTL, Direction.LTR
