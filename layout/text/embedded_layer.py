"""The glyphs of a layer made ready for reading: signs by direction of writing, and what cannot be used.

A page may have hundreds of thousands of glyphs, so all that can be said of each by numbers alone is
computed for all of them at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from layout.document import Box, Glyph, Point
from layout.text.embedded_frames import UPRIGHT, nearest_direction
from layout.text.embedded_signs import Sign

Floats = NDArray[np.float64]

#: From this value of each channel on, text on white paper cannot be seen.
_WHITE = 245
#: A glyph may lie this many page sides outside before its place counts as impossible.
_FAR = 4.0
#: Font sizes outside these multiples of a glyph's height are nonsense; then this share of the height is.
_SIZES, _SHARE = (0.4, 2.5), 0.8


@dataclass(frozen=True, slots=True, eq=False)
class SignSet:
    """The signs of one direction in file order, and the same numbers as arrays."""

    signs: list[Sign]
    u0: Floats
    u1: Floats
    base: Floats
    size: Floats
    blank: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.signs)


@dataclass(frozen=True, slots=True)
class LayerSigns:
    """A layer's signs by direction of writing, those on the page only.

    ``misplaced`` counts glyphs without a possible place, ``outside`` those beyond the page, which were
    never printed; ``invisible`` are the sequence numbers of those drawn without ink, ``inkless`` of these
    and the white ones.
    """

    signs: dict[Point, SignSet]
    misplaced: int = 0
    outside: int = 0
    invisible: frozenset[int] = frozenset()
    inkless: frozenset[int] = frozenset()

    @property
    def hidden(self) -> bool:
        """Whether most of the text is drawn without ink."""
        return 2 * len(self.invisible) > sum(map(len, self.signs.values()))


def layer_signs(glyphs: Sequence[Glyph], width: float, height: float) -> LayerSigns:
    """The signs of a layer on a page of this size in pixels; numbers that are none are left out."""
    if not glyphs:
        return LayerSigns({})
    columns = _Columns(*zip(*glyphs, strict=True))
    frame = _frame(columns)
    x0, y0, x1, y1, *_, size = frame
    limit = _FAR * max(width, height, 1.0)
    placed = (size >= 0) & (size < limit) & (x0 <= x1) & (y0 <= y1)
    for values in frame[:-1]:
        placed &= (values > -limit) & (values < limit)
    with np.errstate(invalid="ignore"):
        across, down = x0 + x1, y0 + y1
    inside = (across >= 0) & (across <= 2 * width) & (down >= 0) & (down <= 2 * height)
    kept = placed & inside
    white = {color for color in set(columns.color) if _is_white(color)}
    unseen = _numbers(columns, columns.invisible, kept)
    faint = _numbers(columns, [color in white for color in columns.color], kept) if white else []
    return LayerSigns(
        _by_direction(glyphs, columns, frame, kept),
        int(np.count_nonzero(~placed)),
        int(np.count_nonzero(placed & ~inside)),
        frozenset(unseen),
        frozenset((*unseen, *faint)),
    )


class _Columns(NamedTuple):
    """A layer's glyphs, each of their values by itself."""

    text: Sequence[str]
    box: Sequence[Box]
    origin: Sequence[Point]
    size: Sequence[float]
    font: Sequence[str]
    bold: Sequence[bool]
    color: Sequence[int]
    sequence: Sequence[int]
    advance: Sequence[Point]
    invisible: Sequence[bool]


def _frame(columns: _Columns) -> list[Floats]:
    """x0, y0, x1, y1 of the boxes, x, y of the origins, and the sizes."""
    xs, ys = zip(*columns.origin, strict=True)
    boxes = columns.box
    values = (
        [box.x0 for box in boxes],
        [box.y0 for box in boxes],
        [box.x1 for box in boxes],
        [box.y1 for box in boxes],
        xs,
        ys,
        columns.size,
    )
    return [np.array(column, dtype=np.float64) for column in values]


def _numbers(columns: _Columns, flags: Sequence[bool], kept: NDArray[np.bool_]) -> list[int]:
    """Sequence numbers of the kept glyphs that are flagged."""
    if True not in flags:
        return []
    return [columns.sequence[place] for place in np.flatnonzero(np.array(flags) & kept).tolist()]


def _is_white(color: int) -> bool:
    """Whether an RGB number is white or nearly so."""
    return all((color >> shift & 0xFF) >= _WHITE for shift in (0, 8, 16))


def _by_direction(
    glyphs: Sequence[Glyph], columns: _Columns, frame: Sequence[Floats], kept: NDArray[np.bool_]
) -> dict[Point, SignSet]:
    ways = {advance: nearest_direction(advance) for advance in set(columns.advance)}
    if set(ways.values()) <= {UPRIGHT} and kept.all():
        return {UPRIGHT: _sign_set(columns, frame, UPRIGHT)}
    places: dict[Point, list[int]] = {}
    for place in np.flatnonzero(kept).tolist():
        places.setdefault(ways[columns.advance[place]], []).append(place)
    return {
        along: _sign_set(
            _Columns(*zip(*(glyphs[n] for n in numbers), strict=True)),
            [values[numbers] for values in frame],
            along,
        )
        for along, numbers in places.items()
    }


def _sign_set(columns: _Columns, frame: Sequence[Floats], along: Point) -> SignSet:
    """Signs in the frame of the direction ``along``.

    A sign's size is the font's, unless that is nonsense beside the height of its box.
    """
    u0, v0, u1, v1, x, base, size = frame
    if along != UPRIGHT:
        u0, v0, u1, v1, base = _turned(u0, v0, u1, v1, x, base, along)
    tall = v1 - v0
    sound = (_SIZES[0] * tall < size) & (size < _SIZES[1] * tall)
    size = np.where(sound, size, np.where(tall > 0, _SHARE * tall, np.where(size > 0, size, 1.0)))
    texts = columns.text
    blank = {text: text.isspace() for text in set(texts)}
    numbers = (values.tolist() for values in (u0, u1, base, size))
    signs = list(
        map(Sign._make, zip(texts, *numbers, columns.font, columns.bold, columns.sequence, strict=True))
    )
    return SignSet(signs, u0, u1, base, size, np.array([blank[text] for text in texts], dtype=bool))


def _turned(
    x0: Floats, y0: Floats, x1: Floats, y1: Floats, x: Floats, y: Floats, along: Point
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    ax, ay = along
    us = np.stack([a * ax + b * ay for a in (x0, x1) for b in (y0, y1)])
    vs = np.stack([b * ax - a * ay for a in (x0, x1) for b in (y0, y1)])
    return us.min(axis=0), vs.min(axis=0), us.max(axis=0), vs.max(axis=0), y * ax - x * ay
