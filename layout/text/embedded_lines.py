"""Which signs of a layer lie on which line of the segmentation, and the lines of those that lie on none."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from layout.document import Point, Segmentation
from layout.text.embedded_frames import LinePlace, line_places
from layout.text.embedded_layer import LayerSigns, Run, SignSet
from layout.text.embedded_rows import LOOSE_GAP, loose_lines
from layout.text.embedded_signs import INITIAL, NO_WIDTH, SAME_BASE

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]

#: The middle of the small letters lies this share of the size above the baseline.
_MIDDLE = 0.25
#: A glyph belongs to a line if its middle lies at most this share of its size outside the ink box.
_REACH_V = 0.35
#: ... and its centre at most this far outside sideways: signs at the ends are often missed as ink.
_REACH_U = 0.6
#: The letter that a sign without width belongs to lies in the file so many places from it; nearer ones first.
_STEPS = (-1, 1, -2, 2, -3, 3)
#: Letters nearer than this share of the size belong to one word.
_TOUCHING = 0.12
#: A page has fewer initials than this.
_MANY = 200
#: Letters reach this far above and below the baseline (shares of the size), and cover a line of another
#: name if they do so for this share of its length.
_ASCENT, _DESCENT = 0.85, 0.45
_COVERED = 0.5
#: Pairs of lines and signs compared at once.
_AT_ONCE = 1_000_000


_base = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Assigned:
    """Signs by line number, and loose lines (each with its signs); ``along`` their writing direction.

    ``taken`` are lines without signs of their own over which signs of other lines stand: a descender, an
    initial or a last letter that was taken for a line.
    """

    along: Point
    lines: dict[int, Run]
    loose: tuple[Run, ...]
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
    lines, rest = _parted(found, owner)
    loose = _join_ends(loose_lines(rest), lines) if rest else ()
    return Assigned(along, lines, loose, _taken(places, lines, found, owner))


def _parted(found: SignSet, owner: Numbers) -> tuple[dict[int, Run], Run | None]:
    """Signs by line number, each line's and the lines in file order; and those on no line."""
    order = np.argsort(owner, kind="stable")
    numbers = owner[order]
    starts = np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1])))
    firsts = np.argsort(order[starts], kind="stable")
    runs = np.split(order, starts[1:])
    parts = {int(numbers[starts[part]]): Run(found, runs[part]) for part in firsts.tolist()}
    rest = parts.pop(-1, None)
    return parts, rest


def _owners(places: Sequence[LinePlace], found: SignSet) -> Numbers:
    """For each sign the number of the line whose middle (or baseline) is nearest; -1 for none."""
    owner = np.full(len(found), -1, dtype=np.int64)
    if not places or not len(found):
        return owner
    middles = found.base - _MIDDLE * found.size
    order = np.argsort(middles)
    rows = _LineArrays.of(places)
    reach = _REACH_V * np.maximum(float(np.quantile(found.size, 0.98)), rows.v1 - rows.v0)
    low = np.searchsorted(middles[order], rows.v0 - reach)
    high = np.searchsorted(middles[order], rows.v1 + reach)
    cost = np.full(len(found), np.inf)
    for start, stop in _batches(high - low):
        line = np.repeat(np.arange(start, stop), (high - low)[start:stop])
        sign = order[_ranges(low[start:stop], high[start:stop])]
        line, sign, away = _fitting(rows, line, sign, found, middles)
        better = away < cost[sign]
        line, sign, away = line[better], sign[better], away[better]
        np.minimum.at(cost, sign, away)
        nearest = np.flatnonzero(away == cost[sign])[::-1]  # of lines as near the first, set last
        owner[sign[nearest]] = rows.number[line[nearest]]
    return owner


@dataclass(frozen=True, slots=True, eq=False)
class _LineArrays:
    """Line places as arrays; ``middle`` is not a number where a line has no baseline."""

    number: Numbers
    u0: Floats
    u1: Floats
    v0: Floats
    v1: Floats
    middle: Floats

    @classmethod
    def of(cls, places: Sequence[LinePlace]) -> _LineArrays:
        return cls(
            np.array([place.number for place in places], dtype=np.int64),
            np.array([place.u0 for place in places]),
            np.array([place.u1 for place in places]),
            np.array([place.v0 for place in places]),
            np.array([place.v1 for place in places]),
            np.array([math.nan if place.middle is None else place.middle for place in places]),
        )


def _batches(counts: Numbers) -> Iterator[tuple[int, int]]:
    """Lines a few at a time, so that their candidates fit into memory whatever the layer holds."""
    start, total = 0, 0
    for stop, count in enumerate(counts.tolist()):
        if total and total + count > _AT_ONCE:
            yield start, stop
            start, total = stop, 0
        total += count
    yield start, len(counts)


def _ranges(low: Numbers, high: Numbers) -> Numbers:
    """The numbers of all ranges [low, high), one range after the other."""
    counts = high - low
    ends = np.cumsum(counts)
    return np.asarray(np.arange(ends[-1]) + np.repeat(low - (ends - counts), counts), np.int64)


def _fitting(
    rows: _LineArrays, line: Numbers, sign: Numbers, found: SignSet, middles: Floats
) -> tuple[Numbers, Numbers, Floats]:
    """The pairs of line and sign that may belong together, and how far apart they are in letter sizes."""
    sideways, center = (_REACH_U * found.size)[sign], ((found.u0 + found.u1) / 2)[sign]
    fits = (center > rows.u0[line] - sideways) & (center < rows.u1[line] + sideways)
    line, sign = line[fits], sign[fits]  # the other columns' lines are out
    upwards, middle = _REACH_V * found.size[sign], middles[sign]
    fits = (middle > rows.v0[line] - upwards) & (middle < rows.v1[line] + upwards)
    line, sign, middle = line[fits], sign[fits], middle[fits]
    to_middle = np.abs(middle - (rows.v0[line] + rows.v1[line]) / 2)
    to_base = np.abs(found.base[sign] - rows.middle[line])
    size, center = found.size[sign], (found.u0[sign] + found.u1[sign]) / 2
    away = np.where(np.isnan(to_base), to_middle, to_base) / size
    # Sideways distance decides between columns: a sign inside a line's box is nearer than outside.
    outside = np.maximum(rows.u0[line] - center, center - rows.u1[line])
    return line, sign, away + np.maximum(0.0, outside) / size


def _keep_words_whole(found: SignSet, owner: Numbers) -> None:
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
    across = np.argsort(u0, kind="stable")
    orders = (
        across[np.argsort(np.floor(bases / band + shift)[across], kind="stable")] for shift in (0.0, 0.5)
    )
    for order in (np.arange(len(found)), *orders):
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


def _follow_neighbours(found: SignSet, owner: Numbers) -> None:
    """Signs without width go to the line of their neighbour in the file.

    Marks are placed above or below their line, and letters that share a code with one come with it.
    """
    wide = found.u1 - found.u0 > NO_WIDTH * found.size
    thin = np.flatnonzero(~wide)
    if not len(thin):
        return
    near = thin[:, None] + np.array(_STEPS)
    there = (near >= 0) & (near < len(found))
    near = np.where(there, near, 0)
    there &= (wide & ~found.blank)[near]
    there &= np.abs(found.base[near] - found.base[thin, None]) < 1.2 * found.size[thin, None]
    centers = (found.u0 + found.u1) / 2
    away = np.where(there, np.abs(centers[near] - centers[thin, None]), np.inf)
    nearest = near[np.arange(len(thin)), away.argmin(axis=1)]
    beside = there.any(axis=1)
    owner[thin[beside]] = owner[nearest[beside]]


def _lift_initials(found: SignSet, owner: Numbers, places: Sequence[LinePlace]) -> None:
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
        u0, u1, size = float(found.u0[index]), float(found.u1[index]), float(found.size[index])
        top = float(found.base[index]) - 0.6 * size
        near = [
            (max(place.u0 - u1, u0 - place.u1), place.number)
            for place in places
            if place.v0 - _REACH_V * usual <= top <= place.v1 and place.v1 - place.v0 < 0.8 * size
        ]
        if near and min(near)[0] <= 0.5 * size:
            owner[index] = min(near)[1]


def _join_ends(loose: Sequence[Run], lines: dict[int, Run]) -> tuple[Run, ...]:
    """Loose lines of a sign or two at the end of a line (bullets, stops) go to that line."""
    ends: list[tuple[float, float, float, int]] = []
    left: list[Run] = []
    for part in loose:
        shown = part.shown
        if len(shown) > 2:
            left.append(part)
            continue
        found = part.found
        if not ends:
            ends = sorted(
                (
                    float(found.base[run.places[0]]),
                    float(found.u0[run.places].min()),
                    float(found.u1[run.places].max()),
                    number,
                )
                for number, run in lines.items()
            )
        size, base = float(found.size[shown[0]]), float(found.base[shown[0]])
        u0, u1 = float(found.u0[shown].min()), float(found.u1[shown].max())
        low = bisect_left(ends, base - SAME_BASE * size, key=_base)
        high = bisect_right(ends, base + SAME_BASE * size, key=_base)
        near = [(max(start - u1, u0 - end), number) for _, start, end, number in ends[low:high]]
        if near and min(near)[0] <= LOOSE_GAP * size:
            number = min(near)[1]
            lines[number] = lines[number].joined(part)
        else:
            left.append(part)
    return tuple(left)


def _taken(
    places: Sequence[LinePlace], lines: Mapping[int, Run], found: SignSet, owner: Numbers
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
