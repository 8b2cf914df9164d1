"""Letters and the width of their strokes: what is running text, what is display type."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.geometry.components import Components, Ints, erode

#: Strokes of display type over the running text's: bold of the same size has up to 1.5.
_LARGE = 1.55
_LETTERS_OF_A_ROW = 30
_CHUNK = 1 << 20  # pairs compared at once
_AMONG = 3.0  # line pitches to either side: some words
_BLOTS = 4  # letters so near to each other that are thicker than their row's
_BAND = 512  # rows looked at at once: memory stays small

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Letters:
    """The components of a page's letters, the stroke width of each, and its layer of display type.

    ``layers`` are 0 for running text, 1 and up for display type, the thicker the higher.
    """

    parts: Components
    strokes: Floats
    layers: Ints

    def between(self, top: int, bottom: int) -> Letters:
        """The letters that lie whole in these rows, which are then the picture."""
        inside = (self.parts.y0 >= top) & (self.parts.y1 <= bottom)
        rows = self.parts.labels[top:bottom].copy()
        parts = replace(self.parts, y0=self.parts.y0 - top, y1=self.parts.y1 - top, labels=rows)
        return Letters(parts.only(inside), self.strokes[inside], self.layers[inside])


def measure_letters(parts: Components, pitch: float) -> Letters:
    """The letters of a page; ``parts`` are their components and nothing else."""
    strokes = stroke_widths(parts)
    return Letters(parts, strokes, display_layers(parts, strokes, pitch))


def stroke_widths(parts: Components) -> Floats:
    """Stroke width of each component: twice its ink over its outline, right for joined letters too."""
    edge = np.zeros(len(parts) + 1, np.int64)
    for top in range(0, len(parts.labels), _BAND):
        first, bottom = max(0, top - 1), top + _BAND
        ink = parts.labels[first : bottom + 1] > 0
        outline = (ink & ~erode(ink, 3, 3))[top - first : bottom - first]
        edge += np.bincount(parts.labels[top:bottom][outline], minlength=len(edge))
    edge = edge[1:]
    # A stroke of width w and length l has an area of w * l and about 2 * l outline pixels.
    widths: Floats = 2.0 * parts.area / np.maximum(edge, 1)
    thinnest: Floats = np.minimum(widths, np.minimum(parts.width, parts.height).astype(float))
    return thinnest


def display_layers(parts: Components, strokes: Floats, pitch: float) -> Ints:
    """For each component 0 (running text) or the layer of display type it is of, 1 and up.

    Display type has strokes that, with those of the letters about them, are well over the running text's;
    a layer's are up to 1.6 times as thick as its thinnest. The letters of one heading differ, and a
    single alef of bold text can be as thick as a headline's: so each letter is taken with its neighbours
    of like height in the row, some three to each side, and thinner ones follow those, row by row.
    """
    usual = usual_stroke(parts, strokes, pitch)
    thick: NDArray[np.bool_] = strokes > 1.25 * usual
    letters = np.flatnonzero(thick & (parts.height > 0.5 * pitch))
    mean = np.where(thick & (parts.height <= 0.5 * pitch), strokes, 0.0)
    mean[letters] = _mean_about(parts, strokes, letters, pitch)
    sure = np.flatnonzero(mean > _LARGE * usual)
    sure = sure[parts.height[sure] > 0.5 * pitch]
    for _ in range(_LETTERS_OF_A_ROW):
        maybe = letters[mean[letters] <= _LARGE * usual]
        sure = maybe[_beside(parts, maybe, sure)]
        if not len(sure):
            break
        mean[sure] = (_LARGE + 1e-6) * usual
    over = np.maximum(mean / (_LARGE * usual), 1e-9)
    layers: Ints = np.where(over > 1, 1 + np.floor(np.log(over) / np.log(1.6)), 0).astype(np.int64)
    layers[_blots(parts, layers, pitch)] = 0
    return layers


def _blots(parts: Components, layers: Ints, pitch: float) -> Ints:
    """Which letters of display type are single ones of running text, thick with ink or grown together.

    In their row stand many letters of like height that are none, and only a few that are.
    """
    high = parts.height > 0.4 * pitch
    display = np.flatnonzero(high & (layers > 0) & (parts.height < 1.6 * pitch))
    display = display[np.argsort(parts.y0[display], kind="stable")]
    rows = np.flatnonzero(high & (parts.height < 2.4 * pitch))
    rows = rows[np.argsort(parts.y0[rows], kind="stable")]
    heads, found = parts.y0[rows], [display[:0]]
    step = max(1, _CHUNK // max(1, len(rows)))
    for start in range(0, len(display), step):
        own = display[start : start + step]
        first = np.searchsorted(heads, parts.y0[own].min() - 2.4 * pitch)
        last = np.searchsorted(heads, parts.y1[own].max())
        near = _beside_some(parts, own, rows[first:last], _AMONG * pitch)
        large = near & (layers[rows[first:last]] > 0)
        several = np.count_nonzero(large, axis=1)
        found.append(own[(several <= _BLOTS) & (np.count_nonzero(near & ~large, axis=1) >= 2 * several)])
    return np.concatenate(found)


def _beside(parts: Components, these: Ints, those: Ints) -> NDArray[np.bool_]:
    """For each of ``these`` whether one of ``those`` of like height stands beside it in its row."""
    found = np.zeros(len(these), bool)
    if not len(those):
        return found
    # Only what shares rows is compared: those are sorted by their heads, none higher than the highest.
    those = those[np.argsort(parts.y0[those], kind="stable")]
    order = np.argsort(parts.y0[these], kind="stable")
    heads, highest = parts.y0[those], int(parts.height[those].max())
    step = max(1, _CHUNK // len(those))
    for start in range(0, len(order), step):
        own = order[start : start + step]
        few = these[own]
        first = np.searchsorted(heads, parts.y0[few].min() - highest)
        last = np.searchsorted(heads, parts.y1[few].max())
        found[own] = _beside_some(parts, few, those[first:last]).any(axis=1)
    return found


def _beside_some(
    parts: Components, these: Ints, those: Ints, reach: float | None = None
) -> NDArray[np.bool_]:
    """these x those: whether one stands beside the other, not further than ``reach`` (as letters of a word
    where None) and of like height."""
    top = np.maximum(parts.y0[these][:, None], parts.y0[those])
    shared = np.minimum(parts.y1[these][:, None], parts.y1[those]) - top
    gap = np.maximum(parts.x0[these][:, None], parts.x0[those])
    gap = gap - np.minimum(parts.x1[these][:, None], parts.x1[those])
    lower = np.minimum(parts.height[these][:, None], parts.height[those])
    taller = np.maximum(parts.height[these][:, None], parts.height[those])
    near = (
        (shared > 0.5 * lower) & (gap < (0.6 * taller if reach is None else reach)) & (taller < 2.2 * lower)
    )
    return np.asarray(near, bool)


def _mean_about(parts: Components, strokes: Floats, letters: Ints, pitch: float) -> Floats:
    """Mean stroke, weighed by ink, of the letters near each one, none above 1.7 times as high."""
    cell = max(1.0, 0.25 * pitch)
    height, width = (int(side / cell) + 1 for side in parts.labels.shape)
    high = parts.height[letters]
    band = np.round(2 * np.log2(high / pitch)).astype(int)  # a capital is 1.5 times as high as an x
    x, y = (parts.x0 + parts.x1)[letters] / 2 / cell, (parts.y0 + parts.y1)[letters] / 2 / cell
    across, down = 3 * high / cell, 0.75 * high / cell
    left, right = np.clip(x - across, 0, width).astype(int), np.clip(x + across + 1, 0, width).astype(int)
    top, bottom = np.clip(y - down, 0, height).astype(int), np.clip(y + down + 1, 0, height).astype(int)
    ink = parts.area[letters].astype(float)
    total, weighed = np.zeros(len(letters)), np.zeros(len(letters))
    for level in np.unique(band):
        near = np.abs(band - level) <= 1
        own = band == level
        for values, sums in ((ink, total), (ink * strokes[letters], weighed)):
            grid = np.zeros((height, width))
            np.add.at(grid, (y[near].astype(int), x[near].astype(int)), values[near])
            table = cv2.integral(grid)
            sums[own] = (
                table[bottom[own], right[own]]
                - table[top[own], right[own]]
                - table[bottom[own], left[own]]
                + table[top[own], left[own]]
            )
    return weighed / np.maximum(total, 1e-9)


def usual_stroke(parts: Components, strokes: Floats, pitch: float) -> float:
    """Stroke width of the running text: the median over letters, weighed by their ink."""
    letters = (parts.height > 0.2 * pitch) & (parts.height < 1.6 * pitch)
    if not letters.any():
        return max(1.0, 0.08 * pitch)
    order = np.argsort(strokes[letters])
    weight = np.cumsum(np.minimum(parts.area[letters][order], pitch * pitch))
    return float(strokes[letters][order][int(np.searchsorted(weight, weight[-1] / 2))])
