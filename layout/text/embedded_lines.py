"""Which glyphs lie on which line of the segmentation, and the lines of those that lie on none."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from layout.document import Box, Glyph, LineShape, Point, Segmentation
from layout.text.embedded_signs import Sign, sign_along

#: The writing direction of most text; a tilt up to 45 degrees counts as the nearest quarter turn.
UPRIGHT: Point = (1.0, 0.0)
#: The middle of the small letters lies this share of the size above the baseline.
_MIDDLE = 0.25
#: From this value of each channel on, text on white paper cannot be seen.
_WHITE = 245
#: A glyph belongs to a line if its middle lies at most this share of its size outside the ink box.
_REACH_V = 0.35
#: ... and its centre at most this far outside sideways: signs at the ends are often missed as ink.
_REACH_U = 0.6
#: Signs nearer than this (share of their size) on one baseline are one loose line.
_LOOSE_GAP = 1.6
#: Signs narrower than this share of the size have no width; so many places from them in the file lies
#: the letter they belong to.
_THIN = 0.02
_NEIGHBOURS = 3
#: Letters nearer than this share of the size belong to one word.
_TOUCHING = 0.12
#: A page has fewer initials than this.
_MANY = 200
#: No printed line has more letters; what has is read in pieces, so that time stays bounded.
_LONGEST = 600
#: Rows that were taken for one line are this far apart (share of the size) and have so many signs.
_ROW_GAP = 0.5
_ROW = 3
#: Letters reach this far above and below the baseline (shares of the size), and cover a line of another
#: name if they do so for this share of its length.
_ASCENT, _DESCENT = 0.85, 0.45
_COVERED = 0.5
#: An initial letter is at least this many times as large as the text.
INITIAL = 1.8
#: Baselines of one line differ by less than this share of the size (accents, other fonts, skew).
_SAME_BASE = 0.2


@dataclass(frozen=True, slots=True)
class LinePlace:
    """A segmentation line by number (shapes in walk order, lines from the top), in a direction's frame."""

    number: int
    u0: float
    u1: float
    v0: float
    v1: float
    middle: float | None


@dataclass(frozen=True, slots=True)
class Assigned:
    """Signs by line number, and loose lines (each with its signs); ``along`` their writing direction.

    ``taken`` are lines without signs of their own over which signs of other lines stand: a descender, an
    initial or a last letter that was taken for a line.
    """

    along: Point
    lines: dict[int, list[Sign]]
    loose: tuple[list[Sign], ...]
    taken: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class LayerSigns:
    """A layer's glyphs made ready: signs by direction of writing, in file order, those on the page only.

    ``misplaced`` counts glyphs without a possible place, ``outside`` those beyond the page, which were
    never printed; ``invisible`` are the sequence numbers of those drawn without ink, ``inkless`` of these
    and the white ones.
    """

    signs: dict[Point, list[Sign]]
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
    parted: dict[Point, list[Sign]] = {}
    limit = 4 * max(width, height, 1.0)
    wide, high = 2 * width, 2 * height
    misplaced = outside = 0
    invisible: list[int] = []
    colored: dict[int, list[int]] = {}
    for glyph in glyphs:
        box = glyph.box
        x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
        x, y = glyph.origin
        if not (
            -limit < x0 <= x1 < limit
            and -limit < y0 <= y1 < limit
            and -limit < x < limit
            and -limit < y < limit
            and 0 <= glyph.size < limit
        ):
            misplaced += 1
            continue
        if not (0 <= x0 + x1 <= wide and 0 <= y0 + y1 <= high):
            outside += 1
            continue
        along = UPRIGHT if glyph.advance == UPRIGHT else nearest_direction(glyph.advance)
        if along not in parted:
            parted[along] = []
        parted[along].append(sign_along(glyph, along))
        if glyph.invisible:
            invisible.append(glyph.sequence)
        if glyph.color:
            colored.setdefault(glyph.color, []).append(glyph.sequence)
    white = [number for color, numbers in colored.items() if _is_white(color) for number in numbers]
    return LayerSigns(parted, misplaced, outside, frozenset(invisible), frozenset((*invisible, *white)))


def _is_white(color: int) -> bool:
    """Whether an RGB number is white or nearly so."""
    return all((color >> shift & 0xFF) >= _WHITE for shift in (0, 8, 16))


def assign(layer: LayerSigns, segmentation: Segmentation) -> list[Assigned]:
    """Every sign to at most one line, or to a loose line; one result for each writing direction."""
    return [
        _assign_direction(signs, along, _places(segmentation, along))
        for along, signs in sorted(layer.signs.items())
    ]


def nearest_direction(advance: Point) -> Point:
    """The quarter turn nearest to a writing direction; to the right where it is none."""
    ax, ay = advance
    if not (math.isfinite(ax) and math.isfinite(ay)) or abs(ax) >= abs(ay):
        return (-1.0, 0.0) if ax < 0 else (1.0, 0.0)
    return (0.0, 1.0) if ay > 0 else (0.0, -1.0)


def numbered_lines(segmentation: Segmentation) -> Iterable[tuple[int, int, LineShape]]:
    """(line number, rotation of its shape, line) of every line, shapes in walk order."""
    number = 0
    for shape in segmentation.walk():
        for line in shape.lines:
            yield number, shape.rotation, line
            number += 1


def frame_box(box: Box, along: Point) -> Box:
    """A page box in the frame of a direction (u as x, v as y)."""
    if along == UPRIGHT:
        return box
    ax, ay = along
    us = [x * ax + y * ay for x, y in box.polygon]
    vs = [y * ax - x * ay for x, y in box.polygon]
    return Box(min(us), min(vs), max(us), max(vs))


def page_box(box: Box, along: Point) -> Box:
    """The way back from `frame_box`."""
    if along == UPRIGHT:
        return box
    ax, ay = along
    xs = [u * ax - v * ay for u, v in box.polygon]
    ys = [u * ay + v * ax for u, v in box.polygon]
    return Box(min(xs), min(ys), max(xs), max(ys))


_TURNED = {0: (1.0, 0.0), 90: (0.0, -1.0), 180: (-1.0, 0.0), 270: (0.0, 1.0)}


def _places(segmentation: Segmentation, along: Point) -> list[LinePlace]:
    places = []
    for number, rotation, line in numbered_lines(segmentation):
        # A shape turned the wrong way by a quarter still holds its text: only the axis must agree.
        if (_TURNED.get(rotation, (1.0, 0.0))[0] == 0) != (along[0] == 0):
            continue
        box = frame_box(line.box, along)
        middle = None
        if len(line.baseline) > 1 and along == (1.0, 0.0):
            middle = sum(y for _, y in line.baseline) / len(line.baseline)
        places.append(LinePlace(number, box.x0, box.x1, box.y0, box.y1, middle))
    return places


def _assign_direction(signs: list[Sign], along: Point, places: list[LinePlace]) -> Assigned:
    if not signs:
        return Assigned(along, {}, ())
    sizes = np.array([sign.size for sign in signs])
    bases = np.array([sign.base for sign in signs])
    middles = bases - _MIDDLE * sizes
    centers = np.array([(sign.u0 + sign.u1) / 2 for sign in signs])
    owner = _owners(places, bases, middles, centers, sizes)
    _keep_words_whole(signs, owner, bases, sizes)
    _follow_neighbours(signs, owner)
    _lift_initials(signs, owner, places, float(np.median(sizes)))
    lines: dict[int, list[Sign]] = {}
    rest: list[Sign] = []
    for sign, number in zip(signs, owner.tolist(), strict=True):
        if number < 0:
            rest.append(sign)
        else:
            lines.setdefault(number, []).append(sign)
    loose = _join_ends(loose_lines(rest), lines)
    return Assigned(along, lines, loose, _taken(places, lines, signs, owner))


def _taken(
    places: list[LinePlace], lines: dict[int, list[Sign]], signs: list[Sign], owner: NDArray[np.int64]
) -> frozenset[int]:
    """The silent lines most of whose middle is covered by signs that belong to other lines."""
    silent = [place for place in places if place.number not in lines]
    if not silent:
        return frozenset()
    shown = [
        sign
        for sign, number in zip(signs, owner.tolist(), strict=True)
        if number >= 0 and not sign.text.isspace()
    ]
    u0 = np.array([sign.u0 for sign in shown])
    u1 = np.array([sign.u1 for sign in shown])
    top = np.array([sign.base - _ASCENT * sign.size for sign in shown])
    bottom = np.array([sign.base + _DESCENT * sign.size for sign in shown])
    taken = set()
    for place in silent:
        middle = (place.v0 + place.v1) / 2
        over = (top <= middle) & (bottom >= middle) if len(shown) else np.zeros(0, dtype=bool)
        shared = np.minimum(u1[over], place.u1) - np.maximum(u0[over], place.u0)
        if shared[shared > 0].sum() >= _COVERED * (place.u1 - place.u0):
            taken.add(place.number)
    return frozenset(taken)


def _keep_words_whole(
    signs: list[Sign],
    owner: NDArray[np.int64],
    bases: NDArray[np.float64],
    sizes: NDArray[np.float64],
) -> None:
    """Signs that touch on one baseline, or follow each other so in the file, go to one line together.

    Where ink was cut amiss (a last letter or the descenders seen as a shape of their own) the longer of
    the lines has all of the word.
    """
    if len(signs) < 2:
        return
    u0 = np.array([sign.u0 for sign in signs])
    u1 = np.array([sign.u1 for sign in signs])
    blank = np.array([sign.text.isspace() for sign in signs])
    band = np.maximum(2.0 * float(np.median(sizes)) * _SAME_BASE, 1e-6)
    totals = np.bincount(owner + 1)
    totals[0] = 0
    orders = [np.arange(len(signs))]
    orders += [np.lexsort((u0, np.floor(bases / band + shift))) for shift in (0.0, 0.5)]
    for order in orders:
        before, after = order[:-1], order[1:]
        gaps = np.maximum(u0[after] - u1[before], u0[before] - u1[after])
        near = (np.abs(bases[after] - bases[before]) < 0.1 * sizes[after]) & (gaps < _TOUCHING * sizes[after])
        starts = np.flatnonzero(np.concatenate(([True], ~near | blank[after] | blank[before])))
        owners = owner[order]
        mixed = np.minimum.reduceat(owners, starts) != np.maximum.reduceat(owners, starts)
        ends = np.append(starts[1:], len(signs))
        for start, end in zip(starts[mixed], ends[mixed], strict=True):
            numbers = np.unique(owners[start:end])
            owner[order[start:end]] = numbers[np.argmax(totals[numbers + 1])]


def _follow_neighbours(signs: list[Sign], owner: NDArray[np.int64]) -> None:
    """Signs without width go to the line of their neighbour in the file.

    Marks are placed above or below their line, and letters that share a code with one come with it.
    """
    for index, sign in enumerate(signs):
        if sign.u1 - sign.u0 > _THIN * sign.size:
            continue
        near = [
            other
            for other in range(max(0, index - _NEIGHBOURS), min(len(signs), index + _NEIGHBOURS + 1))
            if signs[other].u1 - signs[other].u0 > _THIN * signs[other].size
            and not signs[other].text.isspace()
            and abs(signs[other].base - sign.base) < 1.2 * sign.size
        ]
        if near:
            nearest = min(near, key=lambda n: (abs(signs[n].center - sign.center), abs(n - index)))
            owner[index] = owner[nearest]


def _lift_initials(
    signs: list[Sign], owner: NDArray[np.int64], places: list[LinePlace], usual: float
) -> None:
    """An initial over several lines belongs to the first of them, whose top it shares.

    Not where the line it fell on is set as large as it (a headline).
    """
    large = [n for n, sign in enumerate(signs) if sign.size > INITIAL * usual and not sign.text.isspace()]
    if not large or len(large) > min(_MANY, len(signs) / 2):
        return
    companions: dict[int, int] = {}
    for index in large:
        companions[int(owner[index])] = companions.get(int(owner[index]), 0) + 1
    for index in large:
        if owner[index] >= 0 and companions[int(owner[index])] > 2:
            continue
        sign = signs[index]
        top = sign.base - 0.6 * sign.size
        near = [
            (max(place.u0 - sign.u1, sign.u0 - place.u1), place.number)
            for place in places
            if place.v0 - _REACH_V * usual <= top <= place.v1 and place.v1 - place.v0 < 0.8 * sign.size
        ]
        if near and min(near)[0] <= 0.5 * sign.size:
            owner[index] = min(near)[1]


def _join_ends(loose: tuple[list[Sign], ...], lines: dict[int, list[Sign]]) -> tuple[list[Sign], ...]:
    """Loose lines of a sign or two at the end of a line (bullets, stops) go to that line."""
    ends = sorted(
        (
            (signs[0].base, min(s.u0 for s in signs), max(s.u1 for s in signs), number)
            for number, signs in lines.items()
        ),
    )
    bases = [end[0] for end in ends]
    left: list[list[Sign]] = []
    for part in loose:
        shown = [sign for sign in part if not sign.text.isspace()]
        if len(shown) > 2:
            left.append(part)
            continue
        size, base = shown[0].size, shown[0].base
        u0, u1 = min(s.u0 for s in shown), max(s.u1 for s in shown)
        low = bisect_left(bases, base - _SAME_BASE * size)
        high = bisect_right(bases, base + _SAME_BASE * size)
        near = [(max(start - u1, u0 - end), number) for _, start, end, number in ends[low:high]]
        if near and min(near)[0] <= _LOOSE_GAP * size:
            lines[min(near)[1]].extend(part)
        else:
            left.append(part)
    return tuple(left)


def _owners(
    places: list[LinePlace],
    bases: NDArray[np.float64],
    middles: NDArray[np.float64],
    centers: NDArray[np.float64],
    sizes: NDArray[np.float64],
) -> NDArray[np.int64]:
    """For each sign the number of the line whose middle (or baseline) is nearest; -1 for none."""
    owner = np.full(len(bases), -1, dtype=np.int64)
    cost = np.full(len(bases), np.inf)
    order = np.argsort(middles)
    sorted_middles = middles[order]
    widest = float(np.quantile(sizes, 0.98)) if len(sizes) else 0.0
    for place in places:
        reach = _REACH_V * max(widest, place.v1 - place.v0)
        low, high = np.searchsorted(sorted_middles, (place.v0 - reach, place.v1 + reach))
        near = order[low:high]
        if not len(near):
            continue
        size = sizes[near]
        fits = (
            (centers[near] > place.u0 - _REACH_U * size)
            & (centers[near] < place.u1 + _REACH_U * size)
            & (middles[near] > place.v0 - _REACH_V * size)
            & (middles[near] < place.v1 + _REACH_V * size)
        )
        near = near[fits]
        size = sizes[near]
        if place.middle is not None:
            away = np.abs(bases[near] - place.middle) / size
        else:
            away = np.abs(middles[near] - (place.v0 + place.v1) / 2) / size
        # Sideways distance decides between columns: a sign inside a line's box is nearer than outside.
        outside = np.maximum(place.u0 - centers[near], centers[near] - place.u1)
        away = away + np.maximum(0.0, outside) / size
        better = away < cost[near]
        cost[near[better]] = away[better]
        owner[near[better]] = place.number
    return owner


def stacked_rows(signs: list[Sign]) -> list[list[Sign]]:
    """The rows of a line that the segmentation made of two or more, top to bottom; mostly just one.

    No row has more signs than a line can have.
    """
    if len(signs) > _LONGEST:
        signs = _without_copies(signs)
    if len(signs) <= _LONGEST:
        return _rows(signs)
    rows = (sorted(row, key=lambda sign: sign.u0) for row in _rows(signs))
    pieces = (row[start : start + _LONGEST] for row in rows for start in range(0, len(row), _LONGEST))
    return [piece for piece in pieces if not all(sign.text.isspace() for sign in piece)]


def _without_copies(signs: list[Sign]) -> list[Sign]:
    """Signs that are drawn again and again in one place (shadows, loops in a file) counted once."""
    return list({(s.text, round(s.u0), round(s.base)): s for s in reversed(signs)}.values())[::-1]


def _rows(signs: list[Sign]) -> list[list[Sign]]:
    """Signs parted by their baselines where they stand over each other.

    Rows have baselines further apart than half their letters' size and stand over each other; signs
    beside a line on another baseline (exponents, initials) are no row.
    """
    shown = [sign for sign in signs if not sign.text.isspace() and sign.u1 - sign.u0 > _THIN * sign.size]
    if len(shown) < 2 * _ROW or max(s.base for s in shown) - min(s.base for s in shown) < _ROW_GAP * min(
        sign.size for sign in shown
    ):
        return [signs]
    shown.sort(key=lambda sign: sign.base)
    cuts = [
        (before.base + after.base) / 2
        for before, after in pairwise(shown)
        if after.base - before.base > _ROW_GAP * min(before.size, after.size)
    ]
    rows: list[list[Sign]] = [[] for _ in range(len(cuts) + 1)]
    for sign in signs:
        rows[bisect_left(cuts, sign.base)].append(sign)
    spans = [(min(s.u0 for s in row), max(s.u1 for s in row)) for row in rows]
    over = all(min(a[1], b[1]) - max(a[0], b[0]) > 0 for a, b in pairwise(spans))
    return rows if over and all(len(row) >= _ROW for row in rows) else [signs]


def loose_lines(signs: Sequence[Sign]) -> tuple[list[Sign], ...]:
    """Signs on one baseline and near each other, as lines; top to bottom."""
    rows: list[list[Sign]] = []
    for sign in sorted(signs, key=lambda s: (s.base, s.u0)):
        em = sign.size
        if rows and sign.base - rows[-1][0].base <= _SAME_BASE * em:
            rows[-1].append(sign)
        else:
            rows.append([sign])
    lines: list[list[Sign]] = []
    for row in rows:
        row.sort(key=lambda s: s.u0)
        part = [row[0]]
        reach = row[0].u1
        for sign in row[1:]:
            if sign.u0 - reach > _LOOSE_GAP * sign.size:
                lines.append(part)
                part = []
            part.append(sign)
            reach = max(reach, sign.u1)
        lines.append(part)
    return tuple(line for line in lines if any(not sign.text.isspace() for sign in line))
