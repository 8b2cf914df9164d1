"""The lines in which nothing is to be put together, for a whole page at once.

Where each sign is a space, a ZWNJ or a letter with a width, none is drawn twice and no two make a ligature,
the clusters of a line are its letters in order of x. Most lines of Latin script are so, and some of Arabic.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from layout.text.embedded_clusters import joiner_place
from layout.text.embedded_layer import Floats, Numbers, Run, SignSet
from layout.text.embedded_ligatures import LAM
from layout.text.embedded_marks import ACCENTS
from layout.text.embedded_order import RIGHT
from layout.text.embedded_row import Row
from layout.text.embedded_rows import LONGEST, ROW_GAP
from layout.text.embedded_signs import ALEFS, ITS_WIDTH, NO_WIDTH, ON_EACH_OTHER, TWICE, Traits, traits

Flags = NDArray[np.bool_]


def plain_rows(runs: Sequence[Run]) -> list[tuple[Row, float] | None]:
    """For each run of a set of signs its row and letter size where it is plain, else None."""
    if not runs:
        return []
    found = runs[0].found
    counts = np.array([len(run) for run in runs])
    owner = np.repeat(np.arange(len(runs)), counts)
    places = np.concatenate([run.places for run in runs])
    places = places[np.lexsort((found.u0[places] + found.u1[places], owner))]
    sizes = _middle_sizes(found.size[places], counts)
    em = sizes[owner]
    kinds = [traits(text) for text in found.kinds]
    single, space, hidden = (
        np.array(flags)[found.kind[places]]
        for flags in zip(*((kind.single, kind.space, kind.hidden) for kind in kinds), strict=True)
    )
    wide = found.u1[places] - found.u0[places] >= NO_WIDTH * em
    odd = (counts > LONGEST) | _stacked(found, places, counts)
    odd[owner[~(space | hidden | (single & wide))]] = True
    odd[owner[_doubled(found, places, owner, em)]] = True
    letters = ~(space | hidden)
    odd[owner[letters][_ligated(found, places[letters], owner[letters], kinds)]] = True
    rows = _rows(found, places, owner, (letters, space, hidden), kinds, odd)
    return [
        None if is_odd else (next(rows), size)
        for is_odd, size in zip(odd.tolist(), sizes.tolist(), strict=True)
    ]


def _middle_sizes(sizes: Floats, counts: Numbers) -> Floats:
    """Each line's letter size: the middle one of its signs'."""
    starts = np.cumsum(counts) - counts
    least, most = np.minimum.reduceat(sizes, starts), np.maximum.reduceat(sizes, starts)
    for line in np.flatnonzero(least != most).tolist():
        start, count = int(starts[line]), int(counts[line])
        least[line] = np.sort(sizes[start : start + count])[count // 2]
    return np.asarray(least, np.float64)


def _stacked(found: SignSet, places: Numbers, counts: Numbers) -> Flags:
    """The lines whose baselines lie so far apart that they may be several rows."""
    starts = np.cumsum(counts) - counts
    base, size = found.base[places], found.size[places]
    spread = np.maximum.reduceat(base, starts) - np.minimum.reduceat(base, starts)
    return np.asarray(spread >= ROW_GAP * np.minimum.reduceat(size, starts), bool)


def _doubled(found: SignSet, places: Numbers, owner: Numbers, em: Floats) -> Numbers:
    """The signs with another of the same text on them."""
    doubled: list[Numbers] = []
    kind, u0, u1, base = (column[places] for column in (found.kind, found.u0, found.u1, found.base))
    for step in (1, 2, 3):
        same = np.flatnonzero((kind[step:] == kind[:-step]) & (owner[step:] == owner[:-step]))
        after, near, apart = same + step, TWICE * em[same], np.abs(u0[same + step] - u0[same])
        twice = (
            (apart < near) & (np.abs(u1[after] - u1[same]) < near) & (np.abs(base[after] - base[same]) < near)
        )
        width = u1[after] - u0[after]
        twice &= apart < np.where(width > near / 2, ITS_WIDTH * width, near / 2)
        doubled.append(same[twice])
    return np.concatenate(doubled)


def _ligated(found: SignSet, places: Numbers, owner: Numbers, kinds: Sequence[Traits]) -> Flags:
    """The letters that may be parts of a ligature with the next, or accents of a letter."""
    kind, u0, u1 = (column[places] for column in (found.kind, found.u0, found.u1))
    lam, alef, right, odd = (
        np.array(flags)[kind]
        for flags in (
            [one.text == LAM for one in kinds],
            [one.text in ALEFS for one in kinds],
            [one.group == RIGHT for one in kinds],
            [one.text in ACCENTS for one in kinds],
        )
    )
    together = owner[1:] == owner[:-1]
    shared = np.minimum(u1[1:], u1[:-1]) - np.maximum(u0[1:], u0[:-1])
    over = together & (shared > ON_EACH_OTHER * np.minimum(u1[1:] - u0[1:], u1[:-1] - u0[:-1]))
    odd[1:] |= over & (lam[1:] | lam[:-1]) & (alef[1:] | alef[:-1])
    others = np.flatnonzero(~right)
    backwards = found.sequence[places[others[1:]]] - found.sequence[places[others[:-1]]] == -1
    odd[others[1:]] |= backwards & (owner[others[1:]] == owner[others[:-1]])
    return np.asarray(odd, bool)


def _rows(
    found: SignSet,
    places: Numbers,
    owner: Numbers,
    parts: tuple[Flags, Flags, Flags],
    kinds: Sequence[Traits],
    odd: Flags,
) -> Iterator[Row]:
    """The rows of the lines that are not odd; ``parts`` tells letters, spaces, and what shows nothing."""
    wanted = ~odd[owner]
    letters, spaces, hidden = (places[wanted & part] for part in parts)
    ends = (np.cumsum(np.bincount(owner[wanted & part], minlength=len(odd))).tolist() for part in parts)
    kind = [kinds[number] for number in found.kind[letters].tolist()]
    texts, groups = [one.text for one in kind], [one.group for one in kind]
    u0, u1, sizes = (column[letters].tolist() for column in (found.u0, found.u1, found.size))
    at = letters.tolist()
    fonts, bold = [found.font[place] for place in at], [found.bold[place] for place in at]
    gaps = list(zip(found.u0[spaces].tolist(), found.u1[spaces].tolist(), strict=True))
    joiners = [joiner_place(sign) for sign in found.signs(hidden)]
    first = first_gap = first_joiner = 0
    for is_odd, end, gap_end, joiner_end in zip(odd.tolist(), *ends, strict=True):
        if not is_odd:
            own = slice(first, end)
            yield Row(
                texts[own],
                groups[own],
                kind[own],
                u0[own],
                u1[own],
                fonts[own],
                bold[own],
                sizes[own],
                spaces=gaps[first_gap:gap_end],
                joiners=[place for place in joiners[first_joiner:joiner_end] if place is not None],
            )
        first, first_gap, first_joiner = end, gap_end, joiner_end
