"""A scan of two facing pages: where the fold or the gap between them runs."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Point
from layout.image.binarize import flatten, threshold
from layout.image.scale import resized

Gray = NDArray[np.uint8]
Floats = NDArray[np.float64]

_HEIGHT = 500  # pixels: a fold's shadow and a gap between pages are some of them wide
#: Width by height of two upright pages side by side: newspapers are 1.2 to 1.65 times as high as wide.
_BROAD = (1.15, 1.75)
_MIDDLE = (0.42, 0.58)  # where the fold is looked for, shares of the width
_LEAN = 3.0  # degrees
_HALVES = 0.2  # each side holds at least this share of the ink
#: The two inner margins are at least this many times as wide as the widest other gap between columns.
_WIDER = 1.7
_GAP = 0.02  # of the width, at least
_SHADE = 0.9  # a fold's paper beside the paper around it
_ROWS = 0.8  # share of the height over which the shadow must show


def find_fold(gray: Gray) -> tuple[Point, Point] | None:
    """Top and bottom end (pixels of ``gray``) of the fold between two facing pages; None where there is one.

    A broad picture with text on both sides is two pages where a shadow runs down its middle from edge to
    edge, or where a gap there is much wider than those between columns.
    """
    height, width = gray.shape
    if not _BROAD[0] <= width / height <= _BROAD[1] or min(height, width) < 200:
        return None
    factor = min(1.0, _HEIGHT / height)
    small = resized(gray, factor)
    ink = threshold(flatten(small, 24), 15)
    half = ink.shape[1] // 2
    if min(ink[:, :half].sum(), ink[:, half:].sum()) < _HALVES * max(1, ink.sum()):
        return None
    best: tuple[float, float, float] | None = None
    for lean in np.arange(-_LEAN, _LEAN + 0.1, 0.5):
        for found in (_shadow(_sheared(small, lean, 255)), _gap(_sheared(ink.view(np.uint8), lean, 0))):
            if found is not None and (best is None or found[0] > best[0]):
                best = (*found, lean)
    if best is None:
        return None
    _, x, lean = best
    reach = float(np.tan(np.radians(lean))) * small.shape[0] / 2
    return ((x + reach) / factor, 0.0), ((x - reach) / factor, float(height))


def _sheared(picture: Gray, lean: float, fill: int) -> Gray:
    """The picture with what leans by ``lean`` degrees (its head to the right) made upright."""
    height, width = picture.shape
    tangent = float(np.tan(np.radians(lean)))
    matrix = np.array([[1, tangent, -tangent * height / 2], [0, 1, 0]], np.float32)
    moved = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_NEAREST, borderValue=fill)
    return np.asarray(moved, np.uint8)


def _shadow(small: Gray) -> tuple[float, float] | None:
    """(how clear, x) of a dark band from head to foot in the middle."""
    height, width = small.shape
    paper = cv2.dilate(small, np.ones((max(3, height // 60) | 1, 5), np.uint8))  # letters gone, a fold is not
    bands = cv2.resize(paper, (width, 20), interpolation=cv2.INTER_AREA).astype(float)
    side = max(3, width // 25)
    around = np.minimum(np.roll(bands, side, axis=1), np.roll(bands, -side, axis=1))
    lit = around > 0.4 * np.percentile(paper, 90)  # beside a fold is paper, not a bed or a picture
    shade = lit & (bands / np.maximum(around, 1.0) < _SHADE)
    share = shade.mean(axis=0)
    low, high = int(_MIDDLE[0] * width), int(_MIDDLE[1] * width)
    x = low + int(np.argmax(share[low:high]))
    if share[x] < _ROWS:
        return None
    run = np.flatnonzero(share[low:high] >= share[x]) + low
    return 10.0 + float(share[x]), float(run.mean())  # a fold that is seen goes before a gap


def _gap(ink: Gray) -> tuple[float, float] | None:
    """(width beside the widest other gap, x) of a white band in the middle."""
    rows = np.flatnonzero(ink.any(axis=1))
    width = ink.shape[1]
    if not rows.size:
        return None
    busy = ink[rows[0] : rows[-1] + 1].mean(axis=0) > 0.004  # two rows in five hundred are dust
    columns = np.flatnonzero(busy)
    if not columns.size:
        return None
    starts = columns[:-1][np.diff(columns) > 1]
    widths = np.diff(columns)[np.diff(columns) > 1] - 1
    middles = starts + (widths + 1) / 2
    inside = (middles > _MIDDLE[0] * width) & (middles < _MIDDLE[1] * width)
    if not inside.any():
        return None
    best = int(np.argmax(np.where(inside, widths, 0)))
    others = np.delete(widths, best)
    usual = float(others.max()) if others.size else 0.0
    if widths[best] < _GAP * width or widths[best] < _WIDER * usual:
        return None
    return float(widths[best]) / width, float(middles[best])
