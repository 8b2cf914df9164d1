"""Which signs of a layer lie on which line of the segmentation, and the lines of those that lie on none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layout.document import Point, Segmentation
from layout.text.embedded_frames import LinePlace, line_places
from layout.text.embedded_layer import LayerSigns, SignSet
from layout.text.embedded_rows import LOOSE_GAP, loose_lines
from layout.text.embedded_signs import INITIAL, NO_WIDTH, SAME_BASE, Sign

Floats = NDArray[np.float64]
Owners = NDArray[np.int64]

#: The middle of the small letters lies this share of the size above the baseline.
_MIDDLE = 0.25
#: A glyph belongs to a line if its middle lies at most this share of its size outside the ink box.
_REACH_V = 0.35
#: ... and its centre at most this far outside sideways: signs at the ends are often missed as ink.
_REACH_U = 0.6
#: The letter that a sign without width belongs to lies at most so many places from it in the file.
_NEIGHBOURS = 3
#: Letters nearer than this share of the size belong to one word.
_TOUCHING = 0.12
#: A page has fewer initials than this.
_MANY = 200
#: Letters reach this far above and below the baseline (shares of the size), and cover a line of another
#: name if they do so for this share of its length.
_ASCENT, _DESCENT = 0.85, 0.45
_COVERED = 0.5


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


def assign(layer: LayerSigns, segmentation: Segmentation) -> list[Assigned]:
    """Every sign to at most one line, or to a loose line; one result for each writing direction."""
    return [
        _assign_direction(found, along, line_places(segmentation, along))
        for along, found in sorted(layer.signs.items(), key=lambda item: item[0])
    ]


def _assign_direction(found: SignSet, along: Point, places: list[LinePlace]) -> Assigned:
    owner = _owners(places, found)
    _keep_words_whole(found, owner)
    _follow_neighbours(found, owner)
    _lift_initials(found, owner, places)
    lines, rest = _parted(found.signs, owner)
    loose = _join_ends(loose_lines(rest), lines) if rest else ()
    return Assigned(along, lines, loose, _taken(places, lines, found, owner))


def _parted(signs: Sequence[Sign], owner: Owners) -> tuple[dict[int, list[Sign]], list[Sign]]:
    """Signs by line number, each line's and the lines in file order; and those on no line."""
    order = np.argsort(owner, kind="stable")
    numbers = owner[order]
    starts = np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1])))
    ends = [*starts[1:].tolist(), len(numbers)]
    places = order.tolist()
    parts = {
        int(numbers[start]): [signs[place] for place in places[start:end]]
        for start, end in sorted(zip(starts.tolist(), ends, strict=True), key=lambda part: places[part[0]])
    }
    rest = parts.pop(-1, [])
    return parts, rest


def _owners(places: Sequence[LinePlace], found: SignSet) -> Owners:
    """For each sign the number of the line whose middle (or baseline) is nearest; -1 for none."""
    bases, sizes = found.base, found.size
    middles, centers = bases - _MIDDLE * sizes, (found.u0 + found.u1) / 2
    owner = np.full(len(found), -1, dtype=np.int64)
    cost = np.full(len(found), np.inf)
    order = np.argsort(middles)
    sorted_middles = middles[order]
    widest = float(np.quantile(sizes, 0.98))
    for place in places:
        reach = _REACH_V * max(widest, place.v1 - place.v0)
        low, high = np.searchsorted(sorted_middles, (place.v0 - reach, place.v1 + reach))
        near = order[low:high]
        if not len(near):
            continue
        size, center, middle = sizes[near], centers[near], middles[near]
        sideways, upwards = _REACH_U * size, _REACH_V * size
        fits = (
            (center > place.u0 - sideways)
            & (center < place.u1 + sideways)
            & (middle > place.v0 - upwards)
            & (middle < place.v1 + upwards)
        )
        near, size, center = near[fits], size[fits], center[fits]
        if place.middle is not None:
            away = np.abs(bases[near] - place.middle) / size
        else:
            away = np.abs(middle[fits] - (place.v0 + place.v1) / 2) / size
        # Sideways distance decides between columns: a sign inside a line's box is nearer than outside.
        away += np.maximum(0.0, np.maximum(place.u0 - center, center - place.u1)) / size
        better = away < cost[near]
        near = near[better]
        cost[near] = away[better]
        owner[near] = place.number
    return owner


def _keep_words_whole(found: SignSet, owner: Owners) -> None:
    """Signs that touch on one baseline, or follow each other so in the file, go to one line together.

    Where ink was cut amiss (a last letter or the descenders seen as a shape of their own) the longer of
    the lines has all of the word.
    """
    if len(found) < 2:
        return
    u0, u1, bases, sizes = found.u0, found.u1, found.base, found.size
    band = np.maximum(2.0 * float(np.median(sizes)) * SAME_BASE, 1e-6)
    totals = np.bincount(owner + 1)
    totals[0] = 0
    orders = [np.arange(len(found))]
    orders += [np.lexsort((u0, np.floor(bases / band + shift))) for shift in (0.0, 0.5)]
    for order in orders:
        before, after = order[:-1], order[1:]
        gaps = np.maximum(u0[after] - u1[before], u0[before] - u1[after])
        size = sizes[after]
        near = (np.abs(bases[after] - bases[before]) < 0.1 * size) & (gaps < _TOUCHING * size)
        parted = ~near | found.blank[after] | found.blank[before]
        starts = np.flatnonzero(np.concatenate(([True], parted)))
        owners = owner[order]
        mixed = np.minimum.reduceat(owners, starts) != np.maximum.reduceat(owners, starts)
        ends = np.append(starts[1:], len(found))
        for start, end in zip(starts[mixed], ends[mixed], strict=True):
            numbers = np.unique(owners[start:end])
            owner[order[start:end]] = numbers[np.argmax(totals[numbers + 1])]


def _follow_neighbours(found: SignSet, owner: Owners) -> None:
    """Signs without width go to the line of their neighbour in the file.

    Marks are placed above or below their line, and letters that share a code with one come with it.
    """
    signs = found.signs
    wide = found.u1 - found.u0 > NO_WIDTH * found.size
    thin = np.flatnonzero(~wide)
    if not len(thin):
        return
    letters = (wide & ~found.blank).tolist()
    for index in thin.tolist():
        sign = signs[index]
        near = [
            other
            for other in range(max(0, index - _NEIGHBOURS), min(len(signs), index + _NEIGHBOURS + 1))
            if letters[other] and abs(signs[other].base - sign.base) < 1.2 * sign.size
        ]
        if near:
            nearest = min(near, key=lambda n: (abs(signs[n].center - sign.center), abs(n - index)))
            owner[index] = owner[nearest]


def _lift_initials(found: SignSet, owner: Owners, places: Sequence[LinePlace]) -> None:
    """An initial over several lines belongs to the first of them, whose top it shares.

    Not where the line it fell on is set as large as it (a headline).
    """
    usual = float(np.median(found.size))
    large = np.flatnonzero((found.size > INITIAL * usual) & ~found.blank).tolist()
    if not large or len(large) > min(_MANY, len(found) / 2):
        return
    companions: dict[int, int] = {}
    for index in large:
        companions[int(owner[index])] = companions.get(int(owner[index]), 0) + 1
    for index in large:
        if owner[index] >= 0 and companions[int(owner[index])] > 2:
            continue
        sign = found.signs[index]
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
        low = bisect_left(bases, base - SAME_BASE * size)
        high = bisect_right(bases, base + SAME_BASE * size)
        near = [(max(start - u1, u0 - end), number) for _, start, end, number in ends[low:high]]
        if near and min(near)[0] <= LOOSE_GAP * size:
            lines[min(near)[1]].extend(part)
        else:
            left.append(part)
    return tuple(left)


def _taken(
    places: Sequence[LinePlace], lines: dict[int, list[Sign]], found: SignSet, owner: Owners
) -> frozenset[int]:
    """The silent lines most of whose middle is covered by signs that belong to other lines."""
    silent = [place for place in places if place.number not in lines]
    if not silent:
        return frozenset()
    shown = (owner >= 0) & ~found.blank
    u0, u1, base, size = found.u0[shown], found.u1[shown], found.base[shown], found.size[shown]
    top, bottom = base - _ASCENT * size, base + _DESCENT * size
    taken = set()
    for place in silent:
        middle = (place.v0 + place.v1) / 2
        over = (top <= middle) & (bottom >= middle)
        shared = np.minimum(u1[over], place.u1) - np.maximum(u0[over], place.u0)
        if shared[shared > 0].sum() >= _COVERED * (place.u1 - place.u0):
            taken.add(place.number)
    return frozenset(taken)
