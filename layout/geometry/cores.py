"""The dense bands of lines: the x-height band in Latin, the baseline band in Arabic script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Box
from layout.geometry.components import Components, Ints, Labels, Mask, close, components, octets, open_

#: Letters of lines set solid stand this many of their heights apart, their limbs nearer.
_NEXT_LINE = 0.85
_PEAK = 0.52  # of the densest place above or below
_SOME = 0.04  # of the window
_VALLEY, _BED = 0.5, 0.25  # of a line's densest rows: where it begins; of two lines', what lies between them
_TWO_LINES = 0.6  # line pitches from the middle of one line to that of the next at least
_BAND = 256  # rows whose density is looked at at once: memory stays small


@dataclass(frozen=True)
class LargeCore:
    """One display line's core: its pixels in its own box, and the height of its letters."""

    mask: Mask
    box: Box
    size: float


def find_cores(ink: Mask, barrier: Mask, pitch: float) -> Mask:
    """Rows of high ink density along lines of this pitch, cut at the barrier."""
    core = np.empty(ink.shape, bool)
    thinnest = max(2, 0.07 * pitch)
    reach = int(0.45 * pitch) + max(1, round(0.08 * pitch)) + 2 * round(thinnest) + 2
    for top in range(0, len(ink), _BAND):
        bottom = min(len(ink), top + _BAND)
        first = max(0, top - reach)
        white = ~barrier[first : bottom + reach]
        # The blur reaches beyond a line's end by half its width: take that back, keep word spaces closed.
        joined = _dense(ink[first : bottom + reach], pitch)
        joined &= white
        close(joined, 1.2 * pitch, 1, out=joined)
        joined &= white
        open_(joined, 0.35 * pitch, thinnest, out=joined)
        core[top:bottom] = joined[top - first : bottom - first]
    return core


def part_lines(cores: Mask, pitch: float) -> Components:
    """The cores' components, each of one line: ``cores`` is cut where two have grown together.

    A blot or long limbs that touch make a bridge between two lines; the rows it runs through are nearly
    empty beside those of the lines.
    """
    rows = components(cores, connectivity=4)
    cut = False
    for index in np.flatnonzero(rows.height > pitch):
        y0, y1, x0, x1 = (int(side[index]) for side in (rows.y0, rows.y1, rows.x0, rows.x1))
        own = rows.labels[y0:y1, x0:x1] == index + 1
        for first, last in _beds(np.count_nonzero(own, axis=1), pitch):
            cores[y0 + first : y0 + last, x0:x1] &= ~own[first:last]
            cut = True
    return components(cores, connectivity=4) if cut else rows


def _beds(filled: Ints, pitch: float) -> Iterator[tuple[int, int]]:
    """(first, after) of the nearly empty rows between two lines, by how many pixels of each row are
    ``filled``."""
    dense = np.flatnonzero(filled > _VALLEY * filled.max())
    bands = np.split(dense, np.flatnonzero(np.diff(dense) > 1) + 1)
    for above, below in pairwise(bands):
        least = min(filled[above].max(), filled[below].max())
        first, last = int(above[-1]) + 1, int(below[0])
        empty = np.flatnonzero(filled[first:last] < _BED * least)
        if len(empty) and below.mean() - above.mean() > _TWO_LINES * pitch:
            yield first + int(empty[0]), first + int(empty[-1]) + 1


def _dense(ink: Mask, pitch: float) -> Mask:
    """Where about half as much ink is around as at most above and below.

    Pixels are counted, not averaged: a line's window holds fewer than a byte can tell, and bytes are summed
    and compared many at once.
    """
    spread, thin = max(3, int(1.3 * pitch) | 1), max(1, round(0.08 * pitch))
    few = spread * thin < 1 << 8
    kind = cv2.CV_8U if few else cv2.CV_16U if spread * thin < 1 << 16 else cv2.CV_32F
    count = cv2.boxFilter(octets(ink), kind, (spread, thin), normalize=False)
    peak = cv2.dilate(count, np.ones((max(3, int(0.9 * pitch) | 1), 1), np.uint8))
    around = cv2.boxFilter(peak, cv2.CV_16U if few else cv2.CV_32F, (spread, 1), normalize=False)
    share = _PEAK / spread
    if few:  # rounded down, so that half a step is taken off before it is rounded
        bar = cv2.convertScaleAbs(around, alpha=share, beta=-0.4999)
    else:
        bar = np.floor(around * np.float32(share)).astype(count.dtype)
    return np.asarray(count > np.maximum(bar, int(_SOME * spread * thin)), bool)


def large_cores(parts: Components, own: NDArray[np.bool_], barrier: Mask, pitch: float) -> list[LargeCore]:
    """Cores of the display lines that the ``own`` components make."""
    found: list[LargeCore] = []
    chosen = np.flatnonzero(own)
    if not len(chosen):
        return found
    table = np.concatenate([[False], own])
    for x0, y0, block, members in _blocks(parts, chosen, barrier, pitch):
        heights = parts.height[members]
        size = float(np.percentile(heights[heights >= 0.4 * heights.max()], 85))
        window = (slice(y0, y0 + block.shape[0]), slice(x0, x0 + block.shape[1]))
        labels = parts.labels[window]
        inside = table[labels] & block
        cores = find_cores(inside, barrier[window], max(1.35 * size, 0.6 * pitch))
        rows = components(cores)
        own_rows = np.flatnonzero(~_limbs(rows, labels, inside, size))
        for row, (left, top, right, bottom) in zip(own_rows + 1, rows.boxes(own_rows), strict=True):
            mask = rows.labels[top:bottom, left:right] == row
            box = Box(float(x0 + left), float(y0 + top), float(x0 + right), float(y0 + bottom))
            found.append(LargeCore(mask, box, size))
    return found


def _limbs(rows: Components, labels: Labels, inside: Mask, size: float) -> NDArray[np.bool_]:
    """Which rows are limbs of another row's letters: the bowls below the line, the heads above it.

    Most ink of such a row is of letters that stand on a larger row, nearer than the next line can be.
    ``labels`` are the components of the block's pixels, ``inside`` those that are its own.
    """
    at = np.flatnonzero((rows.labels > 0) & inside)
    keys = labels.ravel()[at].astype(np.int64) * len(rows) + rows.labels.ravel()[at] - 1
    meetings, ink = np.unique(keys, return_counts=True)
    part, row = np.divmod(meetings, max(1, len(rows)))
    level = (rows.y0 + rows.y1) / 2
    total = np.bincount(row, ink, len(rows))
    shared = np.zeros(len(rows))
    order = np.argsort(-rows.area[row], kind="stable")
    home: dict[int, int] = {}
    for index in order:
        stands = home.setdefault(int(part[index]), int(row[index]))
        own = row[index]
        if stands != own:
            shared[own] += ink[index] * (abs(level[own] - level[stands]) < _NEXT_LINE * size)
    return np.asarray(shared > 0.5 * np.maximum(total, 1), bool)


def _blocks(
    parts: Components, chosen: Ints, barrier: Mask, pitch: float
) -> Iterator[tuple[int, int, Mask, Ints]]:
    """Groups of near components that no barrier parts: left, top, pixels of their ground; members."""
    near = np.zeros(barrier.shape, bool)
    for x0, y0, x1, y1 in parts.boxes(chosen):
        reach = int(min(0.6 * max(y1 - y0, 0.5 * pitch), 2.5 * pitch))
        near[max(0, y0 - reach // 3) : y1 + reach // 3, max(0, x0 - reach) : x1 + reach] = True
    near &= ~barrier
    left, right = int(parts.x0[chosen].min() - 3 * pitch), int(parts.x1[chosen].max() + 3 * pitch)
    top, bottom = int(parts.y0[chosen].min() - pitch), int(parts.y1[chosen].max() + pitch)
    left, top = max(0, left), max(0, top)
    blocks = components(near[top:bottom, left:right])
    middle_y, middle_x = (parts.y0 + parts.y1)[chosen] // 2, (parts.x0 + parts.x1)[chosen] // 2
    home = blocks.labels[middle_y - top, middle_x - left]
    order = np.argsort(home, kind="stable")
    starts = np.searchsorted(home[order], np.arange(1, len(blocks) + 2))
    for index, (x0, y0, x1, y1) in enumerate(blocks.boxes(np.ones(len(blocks), bool))):
        members = chosen[order[starts[index] : starts[index + 1]]]
        if len(members):
            yield left + x0, top + y0, blocks.labels[y0:y1, x0:x1] == index + 1, members


def absorbed(parts: Components, free: NDArray[np.bool_], lines: list[LargeCore]) -> NDArray[np.bool_]:
    """Small free components that stand inside display lines: thin letters, dots, hairlines, marks."""
    taken = np.zeros(len(parts), bool)
    cx, cy = (parts.x0 + parts.x1) / 2, (parts.y0 + parts.y1) / 2
    order = np.argsort(cy, kind="stable")
    levels = cy[order]
    for line in lines:
        box, size = line.box, line.size
        top, bottom = box.y0 - 0.45 * size, box.y1 - 1 + 0.45 * size
        left, right = box.x0 - 0.35 * size, box.x1 - 1 + 0.35 * size
        near = order[np.searchsorted(levels, top, "right") : np.searchsorted(levels, bottom, "left")]
        inside = near[(cx[near] > left) & (cx[near] < right) & free[near]]
        # Body text beside or close below is not the headline's: it stands in rows of its own size.
        small = inside[(parts.height[inside] < 1.1 * size) & (parts.width[inside] < 2 * size)]
        for side in (small[parts.y1[small] <= box.y0], small[parts.y0[small] >= box.y1]):
            if _is_row(parts, side, size):
                small = np.setdiff1d(small, side)
        taken[small] = True
    return taken


def _is_row(parts: Components, marks: Ints, size: float) -> bool:
    """Whether marks on one side of a display line's core are text: they fill their row as letters do.

    Dots and accents stand far apart; the letters of a deck close below take well over half of its length.
    """
    if not len(marks):
        return False
    marks = marks[np.argsort(parts.x0[marks], kind="stable")]
    first, reached = parts.x0[marks], np.maximum.accumulate(parts.x1[marks])
    span = int(reached[-1] - first[0])
    white = int(np.maximum(first[1:] - reached[:-1], 0).sum())
    return span > 2 * size and span - white > 0.5 * span


def drawn(shape: tuple[int, ...], cores: list[LargeCore]) -> Mask:
    """The cores on a page of this shape."""
    page = np.zeros(shape, bool)
    for core in cores:
        y, x = int(core.box.y0), int(core.box.x0)
        page[y : y + core.mask.shape[0], x : x + core.mask.shape[1]] |= core.mask
    return page
