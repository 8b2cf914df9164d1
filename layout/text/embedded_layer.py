"""The glyphs of a layer made ready for reading: signs by direction of writing, and what cannot be used.

A page may have hundreds of thousands of glyphs, so all that can be said of each by numbers alone is
computed for all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from layout.document import Glyph, Glyphs, Point
from layout.language.characters import is_right_to_left
from layout.text.embedded_frames import UPRIGHT, nearest_direction
from layout.text.embedded_signs import NO_WIDTH, UNKNOWN, Sign

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
_Value = TypeVar("_Value")

#: From this value of each channel on, text on white paper cannot be seen.
_WHITE = 245
#: A glyph may lie this many page sides outside before its place counts as impossible.
_FAR = 4.0
#: Font sizes outside these multiples of a glyph's height are nonsense (Nastaliq is three sizes high); then
#: this share of the height is.
_SIZES, _SHARE = (0.3, 2.5), 0.8
#: Ideographs, kana and syllables stand next to each other in the code.
_EAST = ("\u2e80", "\ud7ff")
#: So few of them among right-to-left letters quote nothing.
_STREWN = 0.1
#: Less than this share of the size is a rounding of coordinates.
_NOTHING = 0.001


@dataclass(frozen=True, slots=True, eq=False)
class SignSet:
    """The signs of one direction in file order, by columns.

    ``kind`` has for each sign the number of its text in ``kinds``, the different texts; ``blank`` says
    which are spaces, ``codeless`` whether some sign has no code.
    """

    kinds: tuple[str, ...]
    kind: Numbers
    u0: Floats
    u1: Floats
    base: Floats
    size: Floats
    font: Sequence[str]
    bold: Sequence[bool]
    sequence: Numbers
    blank: NDArray[np.bool_]
    codeless: bool = False

    def __len__(self) -> int:
        return len(self.kind)

    def signs(self, places: Numbers) -> list[Sign]:
        """The signs at these places, each by itself."""
        texts = map(self.kinds.__getitem__, self.kind[places].tolist())
        numbers = (column[places].tolist() for column in (self.u0, self.u1, self.base, self.size))
        at = places.tolist()
        styles = (map(column.__getitem__, at) for column in (self.font, self.bold))
        return list(map(Sign, texts, *numbers, *styles, self.sequence[places].tolist()))


@dataclass(slots=True, eq=False)
class Run(Sequence[Sign]):
    """Signs of a set that were put together, mostly those of a line; made one by one when asked for."""

    found: SignSet
    places: Numbers
    _signs: list[Sign] | None = None

    @property
    def signs(self) -> list[Sign]:
        if self._signs is None:
            self._signs = self.found.signs(self.places)
        return self._signs

    @property
    def texts(self) -> list[str]:
        return list(map(self.found.kinds.__getitem__, self.found.kind[self.places].tolist()))

    @property
    def shown(self) -> Numbers:
        """The places of those that are no spaces."""
        return self.places[~self.found.blank[self.places]]

    def joined(self, other: Run) -> Run:
        """These signs and after them those of another run of the set."""
        return Run(self.found, np.concatenate((self.places, other.places)))

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, place: int) -> Sign: ...
    @overload
    def __getitem__(self, place: slice) -> list[Sign]: ...
    def __getitem__(self, place: int | slice) -> Sign | list[Sign]:
        return self.signs[place]

    def __iter__(self) -> Iterator[Sign]:
        return iter(self.signs)


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


def layer_signs(glyphs: Iterable[Glyph], width: float, height: float) -> LayerSigns:
    """The signs of a layer on a page of this size in pixels; numbers that are none are left out."""
    columns = Glyphs.of(glyphs)
    if not columns:
        return LayerSigns({})
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
        _by_direction(columns, frame, kept),
        int(np.count_nonzero(~placed)),
        int(np.count_nonzero(placed & ~inside)),
        frozenset(unseen),
        frozenset((*unseen, *faint)),
    )


def _frame(columns: Glyphs) -> list[Floats]:
    """x0, y0, x1, y1 of the boxes, x, y of the origins, and the sizes."""
    boxes = (columns.x0, columns.y0, columns.x1, columns.y1)
    return [np.asarray(column, dtype=np.float64) for column in (*boxes, columns.x, columns.y, columns.size)]


def _numbers(columns: Glyphs, flags: Sequence[bool], kept: NDArray[np.bool_]) -> list[int]:
    """Sequence numbers of the kept glyphs that are flagged."""
    if True not in flags:
        return []
    return [columns.sequence[place] for place in np.flatnonzero(np.array(flags) & kept).tolist()]


def _is_white(color: int) -> bool:
    """Whether an RGB number is white or nearly so."""
    return all((color >> shift & 0xFF) >= _WHITE for shift in (0, 8, 16))


def _by_direction(columns: Glyphs, frame: Sequence[Floats], kept: NDArray[np.bool_]) -> dict[Point, SignSet]:
    ways = {advance: nearest_direction(advance) for advance in set(columns.advance)}
    numbers = {along: number for number, along in enumerate(set(ways.values()))}
    if len(numbers) == 1:
        return {along: _sign_set(columns, kept, frame, along) for along in numbers if kept.any()}
    of_advance = {advance: numbers[along] for advance, along in ways.items()}
    number = np.array(list(map(of_advance.__getitem__, columns.advance)))
    parts = {along: kept & (number == own) for along, own in numbers.items()}
    return {along: _sign_set(columns, here, frame, along) for along, here in parts.items() if here.any()}


def _sign_set(columns: Glyphs, here: Flags, frame: Sequence[Floats], along: Point) -> SignSet:
    """Signs in the frame of the direction ``along``: the glyphs that are ``here``.

    A sign's size is the font's, unless that is nonsense beside the height of its box.
    """
    u0, v0, u1, v1, x, base, size = frame if here.all() else [values[here] for values in frame]
    if along != UPRIGHT:
        u0, v0, u1, v1, base = _turned(u0, v0, u1, v1, x, base, along)
    tall = v1 - v0
    sound = (_SIZES[0] * tall < size) & (size < _SIZES[1] * tall)
    size = np.where(sound, size, np.where(tall > 0, _SHARE * tall, np.where(size > 0, size, 1.0)))
    u0, u1 = _widened(u0, u1, size)
    sequence = np.asarray(columns.sequence, np.int64)[here]
    texts = _picked(columns.text, here)
    font, bold = _picked(columns.font, here), _picked(columns.bold, here)
    numbers = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    kind = np.fromiter(map(numbers.__getitem__, texts), np.int64, len(texts))
    kinds = _without_strays(tuple(numbers), kind)
    blank = np.array([text.isspace() for text in kinds], bool)[kind]
    codeless = any(UNKNOWN in text for text in kinds)
    return SignSet(kinds, kind, u0, u1, base, size, font, bold, sequence, blank, codeless)


def _without_strays(kinds: tuple[str, ...], kind: Numbers) -> tuple[str, ...]:
    """The texts, U+FFFD for those of East Asian writing where it is strewn into right-to-left text.

    What programs garble of the two codes of a ligature falls there, where most of all codes are.
    """
    strays = [_EAST[0] <= text[0] <= _EAST[1] for text in kinds]
    if True not in strays:
        return kinds
    counts = np.bincount(kind, minlength=len(kinds))
    of_text = sum(count for text, count in zip(kinds, counts, strict=True) if is_right_to_left(text[0]))
    if counts[strays].sum() > _STREWN * of_text:
        return kinds
    return tuple(UNKNOWN if stray else text for stray, text in zip(strays, kinds, strict=True))


def _widened(u0: Floats, u1: Floats, size: Floats) -> tuple[Floats, Floats]:
    """The signs' sides; narrow ones between two others, edge to edge, as wide as a letter is at least.

    They are letters that others reach over (Nastaliq): a part of a ligature has no width at all.
    """
    width = u1 - u0
    narrow = np.flatnonzero((width[1:-1] > _NOTHING * size[1:-1]) & (width[1:-1] < NO_WIDTH * size[1:-1])) + 1
    if not len(narrow):
        return u0, u1
    near = NO_WIDTH * size[narrow]
    edges = [
        (np.abs(u1[narrow] - u0[narrow + step]) <= near) & (np.abs(u0[narrow] - u1[narrow - step]) <= near)
        for step in (-1, 1)
    ]
    wide = np.minimum(width[narrow - 1], width[narrow + 1]) >= NO_WIDTH * size[narrow]
    narrow = narrow[(edges[0] | edges[1]) & wide]
    u0, u1, more = u0.copy(), u1.copy(), 0.6 * NO_WIDTH * size[narrow]
    u0[narrow] -= more
    u1[narrow] += more
    return u0, u1


def _picked(column: Sequence[_Value], here: Flags) -> Sequence[_Value]:
    """The values of a column that are wanted."""
    return column if here.all() else list(compress(column, here.tolist()))


def _turned(
    x0: Floats, y0: Floats, x1: Floats, y1: Floats, x: Floats, y: Floats, along: Point
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    ax, ay = along
    us = np.stack([a * ax + b * ay for a in (x0, x1) for b in (y0, y1)])
    vs = np.stack([b * ax - a * ay for a in (x0, x1) for b in (y0, y1)])
    return us.min(axis=0), vs.min(axis=0), us.max(axis=0), vs.max(axis=0), y * ax - x * ay
