"""Every stroke, dot and diacritic given to the core it is nearest to; what lines are made of so.

The page is looked at in tiles with as much around them as a core's reach, so that what is as large as
the page are masks and labels only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Box
from layout.document.many import give_back
from layout.geometry.components import Components, Ints, Labels, Mask, halved, octets
from layout.geometry.line import Line
from layout.geometry.strokes import Floats, Letters

#: Height of the taller letters in standard deviations of the ink about the line: 3.1 to 3.5 in Latin
#: and Arabic type.
_SPREAD = 3.3
_ON_CORE = 50.0  # pixels near a core that weigh as much as one on it
_TILE = 480  # pixels
_ALIKE = 0.7  # times the height of a row's letters: dots and accents are lower
_MARK = 0.5  # line pitches: the height of dots and accents, and how far they stand from their letters


@dataclass(frozen=True)
class _Tally:
    """How the pixels of components lie about rows: one entry for each meeting of the two.

    ``part`` and ``row`` (0: none in reach) say which meet, ``core`` and ``near`` how many of the component's
    pixels lie on the row's core and in its reach; ``sums`` are n, x, y, xx, xy, yy over its pixels (6 x N),
    ``box`` their x0, y0, x1, y1 (4 x N).
    """

    part: Ints
    row: Ints
    core: Floats
    near: Floats
    sums: Floats
    box: Ints


@dataclass(frozen=True)
class _Tile:
    """Rows and columns of a tile, and of it with what is ``around``."""

    own: tuple[slice, slice]
    around: tuple[slice, slice]

    @property
    def offset(self) -> tuple[int, int]:
        """Where the tile begins in what is around it."""
        return self.own[0].start - self.around[0].start, self.own[1].start - self.around[1].start


def gather(
    letters: Letters, chosen: NDArray[np.bool_], rows: Components, pitch: float, reach: float = 0.85
) -> list[Line]:
    """Lines from cores, the ``rows``: every chosen component goes to the core it overlaps most.

    One on no core (a dot, an accent, the hamza over an alef) goes with the nearest component that is on
    one: it stands close to its letter, while the core of the line above can be nearer than its own. As high
    as a letter, it is one of another line. Components that hang over two or more cores (letters grown
    together) are cut half way.
    """
    parts = letters.parts
    give_back()  # of the bands in which cores are found
    if not len(rows) or not chosen.any():
        return []
    tally = _tally(parts, chosen, rows, reach * pitch)
    best = _majority(tally, len(parts))
    held = tally.part[tally.core > 0]
    met = np.bincount(held, minlength=len(parts))
    best = _marks_with_letters(parts, chosen, best, met > 0, pitch)
    if reach > 1.0:  # past the step from line to line of small type
        best[_letters_aside(parts, rows, best, met > 0)] = 0
    cut = (parts.height > 1.25 * pitch) & (met > 1)
    return _measure(rows, letters, tally, best, cut)


def _tiles(parts: Components, chosen: NDArray[np.bool_], halo: int) -> Iterator[_Tile]:
    """The tiles that hold some of the chosen components."""
    height, width = parts.labels.shape
    touched = np.zeros((height // _TILE + 1, width // _TILE + 1), bool)
    top, left = parts.y0[chosen] // _TILE, parts.x0[chosen] // _TILE
    bottom, right = (parts.y1[chosen] - 1) // _TILE, (parts.x1[chosen] - 1) // _TILE
    small = (bottom - top <= 1) & (right - left <= 1)
    for y, x in ((top, left), (top, right), (bottom, left), (bottom, right)):
        touched[y, x] = True
    for index in np.flatnonzero(~small):
        touched[top[index] : bottom[index] + 1, left[index] : right[index] + 1] = True
    for y, x in np.argwhere(touched) * _TILE:
        yield _Tile(
            (slice(y, min(height, y + _TILE)), slice(x, min(width, x + _TILE))),
            (
                slice(max(0, y - halo), min(height, y + _TILE + halo)),
                slice(max(0, x - halo), min(width, x + _TILE + halo)),
            ),
        )


def _pixels(labels: Labels, chosen: NDArray[np.bool_]) -> Ints:
    """Where in the raveled tile the labels are that are ``chosen``; 0 is none."""
    flat = labels.ravel()
    inked = np.flatnonzero(flat != 0)  # little of a page is
    return inked[chosen[flat[inked]]]


def _nearest(mask: Mask, owner: Labels, places: tuple[Ints, Ints]) -> tuple[NDArray[np.float32], Ints]:
    """(distance to the nearest pixel of the mask, its owner) at each of the places."""
    distance, pixel = cv2.distanceTransformWithLabels(
        octets(~mask), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    table = np.concatenate([[0], owner[mask]])  # numbered in scan order
    return np.asarray(distance[places], np.float32), table[pixel[places]]


def _tally(parts: Components, chosen: NDArray[np.bool_], rows: Components, reach: float) -> _Tally:
    """The meetings of the chosen components with rows not further than ``reach`` pixels off."""
    table = np.concatenate([[False], chosen])
    found = []
    for tile in _tiles(parts, chosen, 2 * (int(reach) // 2 + 2)):
        label = parts.labels[tile.own]
        at = _pixels(label, table)
        if not len(at):
            continue
        part = label.ravel()[at].astype(np.int64) - 1
        y, x = np.divmod(at, label.shape[1])
        row = rows.labels[tile.own].ravel()[at].astype(np.int64)
        core = row > 0
        around = halved(rows.labels[tile.around])
        if around.any():
            # Where the next core is need not be known to the pixel.
            off = np.flatnonzero(~core)
            place = ((y[off] + tile.offset[0]) // 2, (x[off] + tile.offset[1]) // 2)
            distance, nearest = _nearest(around > 0, around, place)
            row[off] = np.where(2 * distance < reach, nearest, 0)
        top, left = tile.own[0].start, tile.own[1].start
        found.append(_sums(part * (len(rows) + 1) + row, len(rows) + 1, x + left, y + top, core))
    return _merged(found, len(rows) + 1)


def _sums(keys: Ints, rows: int, x: Ints, y: Ints, core: NDArray[np.bool_]) -> _Tally:
    """The pixels of each key added up; they come in scan order."""
    # Most stand beside one of their own: added up along such runs first.
    starts = np.flatnonzero(
        np.concatenate([[True], (np.diff(keys) != 0) | (np.diff(x) != 1) | (np.diff(y) != 0)])
    )
    ends = np.append(starts[1:], len(keys)) - 1
    n, first, last, level = ends - starts + 1.0, x[starts].astype(float), x[ends].astype(float), y[starts]
    sx = n * (first + last) / 2
    sxx = n * ((first + last) / 2) ** 2 + n * (n * n - 1) / 12
    sums = np.stack([n, sx, n * level, sxx, sx * level, n * level * level])
    box = np.stack([x[starts], level, x[ends] + 1, level + 1])
    on_core = np.add.reduceat(core.astype(float), starts)
    return _grouped(keys[starts], rows, on_core, sums, box)


def _grouped(keys: Ints, rows: int, core: Floats, sums: Floats, box: Ints) -> _Tally:
    """The entries of each key added up."""
    order = np.argsort(keys, kind="stable")
    sorted_keys = keys[order]
    starts = np.flatnonzero(np.concatenate([[True], np.diff(sorted_keys) != 0]))
    part, row = np.divmod(sorted_keys[starts], rows)
    box = box[:, order]
    sums = np.add.reduceat(sums[:, order], starts, axis=1)
    least = np.minimum.reduceat(box[:2], starts, axis=1)
    most = np.maximum.reduceat(box[2:], starts, axis=1)
    near = np.where(row > 0, sums[0], 0.0)
    return _Tally(part, row, np.add.reduceat(core[order], starts), near, sums, np.concatenate([least, most]))


def _merged(tallies: list[_Tally], rows: int) -> _Tally:
    keys = np.concatenate([tally.part * rows + tally.row for tally in tallies])
    return _grouped(
        keys,
        rows,
        np.concatenate([tally.core for tally in tallies]),
        np.concatenate([tally.sums for tally in tallies], axis=1),
        np.concatenate([tally.box for tally in tallies], axis=1),
    )


def _majority(tally: _Tally, parts: int) -> Ints:
    """For each component the row with most of its pixels, those on a core counting far more; 0 for none."""
    votes = _ON_CORE * tally.core + (tally.near - tally.core)
    order = np.argsort(votes, kind="stable")
    order = order[votes[order] > 0]
    best = np.zeros(parts, np.int64)
    best[tally.part[order]] = tally.row[order]
    return best


def _marks_with_letters(
    parts: Components, chosen: NDArray[np.bool_], best: Ints, anchored: NDArray[np.bool_], pitch: float
) -> Ints:
    """The rows of components, small ones without a core given the row of the nearest with one."""
    letters = chosen & anchored & (best > 0)
    marks = chosen & ~anchored & (best > 0) & (parts.height < _MARK * pitch)
    if not letters.any() or not marks.any():
        return best
    of_letters, of_marks = (np.concatenate([[False], these]) for these in (letters, marks))
    found: list[tuple[NDArray[Any], ...]] = []
    width = parts.labels.shape[1]
    for tile in _tiles(parts, marks, 2 * (int(_MARK * pitch) // 2 + 2)):
        label = parts.labels[tile.own]
        at = _pixels(label, of_marks)
        around = halved(parts.labels[tile.around])
        ink = of_letters.take(around, mode="clip")
        if not len(at) or not ink.any():
            continue
        y, x = np.divmod(at, label.shape[1])
        inside = ((y + tile.offset[0]) // 2, (x + tile.offset[1]) // 2)
        distance, owner = _nearest(ink, around, inside)
        place = (y + tile.own[0].start) * width + x + tile.own[1].start
        near = 2 * distance < _MARK * pitch
        columns = (label.ravel()[at].astype(np.int64) - 1, distance, place, owner - 1)
        found.append(tuple(column[near] for column in columns))
    if not found:
        return best
    part, distance, place, owner = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((place, distance, part))[::-1]  # a mark's closest pixel is written last
    rows = best.copy()
    rows[part[order]] = best[owner[order]]
    return rows


def _letters_aside(
    parts: Components, rows: Components, best: Ints, anchored: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which components are as high as the letters of their row but stand above or below it."""
    own = best[anchored]
    count = np.bincount(own, minlength=len(rows) + 1)
    usual = np.bincount(own, parts.height[anchored], len(rows) + 1) / np.maximum(count, 1)
    row = np.maximum(best - 1, 0)
    middle = (parts.y0 + parts.y1) / 2
    off = (middle < rows.y0[row]) | (middle > rows.y1[row])
    aside: NDArray[np.bool_] = ~anchored & (best > 0) & off & (parts.height > _ALIKE * usual[best])
    return aside


def _measure(
    rows: Components, letters: Letters, tally: _Tally, best: Ints, cut: NDArray[np.bool_]
) -> list[Line]:
    """Boxes and looks of the rows: of whole components, and of the near pixels of those that are cut."""
    count = len(rows) + 1
    row = np.where(cut[tally.part], tally.row, best[tally.part])
    kept = row > 0
    row, sums, box = row[kept], tally.sums[:, kept], tally.box[:, kept]
    x0, y0 = np.full(count, 10**9), np.full(count, 10**9)
    x1, y1 = np.full(count, -1), np.full(count, -1)
    for bound, values, choose in (
        (x0, box[0], np.minimum),
        (y0, box[1], np.minimum),
        (x1, box[2], np.maximum),
        (y1, box[3], np.maximum),
    ):
        choose.at(bound, row, values)
    area = np.bincount(row, sums[0], count)
    inked = np.bincount(row, sums[0] * letters.strokes[tally.part[kept]], count)
    stroke = inked / np.maximum(area, 1)
    rise = _rises(rows)
    size = _SPREAD * _spread(rows, rise, sums, row)
    lines = []
    for i in np.flatnonzero(x1[1:] >= 0) + 1:
        outline = Box(float(x0[i]), float(y0[i]), float(x1[i]), float(y1[i]))
        core = Box(*(float(v[i - 1]) for v in (rows.x0, rows.y0, rows.x1, rows.y1)))
        height = min(float(size[i]), outline.height)
        dark = float(area[i] / outline.area)
        lines.append(Line(outline, core, float(rise[i]), float(stroke[i]), height, dark))
    return lines


def _spread(rows: Components, rise: Floats, sums: Floats, row: Ints) -> Floats:
    """Standard deviation of the ink's height about the line, in pixels, for each row.

    All ink of the line takes part, so that two lines of one type differ by a few percent only, whatever
    letters they happen to have.
    """
    count = len(rows) + 1
    # About a place in the line, else the squares are large and their differences lose their last digits.
    at_x = np.concatenate([[0.0], (rows.x0 + rows.x1) / 2])[row]
    at_y = np.concatenate([[0.0], (rows.y0 + rows.y1) / 2])[row]
    n, sx, sy, sxx, sxy, syy = sums
    dx, dy = sx - n * at_x, sy - n * at_y
    dxx = sxx - 2 * at_x * sx + n * at_x**2
    dyy = syy - 2 * at_y * sy + n * at_y**2
    dxy = sxy - at_x * sy - at_y * sx + n * at_x * at_y
    slope = rise[row]
    total = np.maximum(np.bincount(row, n, count), 1)
    mean = np.bincount(row, dy - slope * dx, count) / total
    square = np.bincount(row, dyy - 2 * slope * dxy + slope**2 * dxx, count) / total
    spread: Floats = np.sqrt(np.maximum(square - mean**2, 0.0))
    return spread


def _rises(rows: Components) -> Floats:
    """Least-squares dy/dx of each row's core pixels."""
    width = rows.labels.shape[1]
    count = len(rows) + 1
    sums = np.zeros((5, count))
    last = int(rows.y1.max())
    for top in range(int(rows.y0.min()), last, _TILE):
        band = rows.labels[top : min(last, top + _TILE)]
        edge = np.zeros((len(band), width + 1), bool)
        edge[:, 1:-1] = band[:, 1:] != band[:, :-1]
        edge[:, 0], edge[:, -1] = True, True
        y, x = np.divmod(np.flatnonzero(edge), width + 1)
        inside = np.flatnonzero(y[1:] == y[:-1])  # from each edge to the next in its row
        label = band[y[inside], x[inside]]
        inside, label = inside[label > 0], label[label > 0]
        level, first, n = y[inside] + float(top), x[inside], (x[inside + 1] - x[inside]).astype(float)
        middle = first + (n - 1) / 2
        values = (n, n * middle, n * level, n * middle**2 + n * (n * n - 1) / 12, n * middle * level)
        for total, value in zip(sums, values, strict=True):
            total += np.bincount(label, value, count)
    n, sx, sy, sxx, sxy = sums
    n = np.maximum(n, 1)
    spread = sxx - sx * sx / n
    rise: Floats = np.where(spread > 0, (sxy - sx * sy / n) / np.maximum(spread, 1e-9), 0.0)
    return rise
