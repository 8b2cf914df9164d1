"""Skew: the angle at which the lines of text stand on the page."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Picture = NDArray[np.float32]

_SIDE = 2200  # pixels of the longer side: lines of small print stay apart, with white rows between


def find_skew(ink: Mask, limit: float = 10.0) -> float:
    """Degrees counter-clockwise by which the page's lines are turned, within +-``limit``.

    The angle at which row sums of the ink, taken in upright strips, differ most from one row to the next
    (projection profiles, Postl 1986), coarse to fine; strips keep uneven columns from blurring each
    other. The median slope of the pieces of lines is tried as well, which is exact on warped pages but
    leans with the words of Arabic script: the better of the two by the first measure wins.
    """
    if not 0 < ink.mean() < 0.6:
        return 0.0  # no text, or no paper
    factor = min(1.0, _SIDE / max(ink.shape))
    whole = ink.astype(np.float32)
    small = _float(cv2.resize(whole, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
    # Nothing is interpolated when the picture is sheared: an unsheared one, sharper than the others,
    # would win by that alone. The blur makes up for it.
    half = cv2.resize(small, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    soft = _float(cv2.GaussianBlur(half, (0, 0), 1.5))
    best = _steepest(soft, np.arange(-limit, limit + 0.5, 0.5))
    sloped = best
    for _ in range(2):
        sloped += _line_slope(_shear(small, sloped))
    fine = _steepest(soft, np.arange(best - 0.45, best + 0.46, 0.15))
    fine = _steepest(soft, np.arange(fine - 0.1, fine + 0.11, 0.05))
    found = _steepest(soft, np.array([fine, sloped]))
    if _row_contrast(soft, found) <= 1.015 * _row_contrast(soft, 0.0):
        found = 0.0  # no clear gain: the page lies straight
    return round(found, 3) if abs(found) <= limit + 1 else 0.0


def _float(picture: NDArray[Any]) -> Picture:
    """The same array; OpenCV's types do not say that it keeps the depth."""
    return np.asarray(picture, np.float32)


def _steepest(picture: Picture, angles: NDArray[np.float64]) -> float:
    """The angle with the greatest row contrast."""
    return float(angles[int(np.argmax([_row_contrast(picture, angle) for angle in angles]))])


def _shear(picture: Picture, degrees: float) -> Picture:
    """The picture with lines that rise by ``degrees`` made level, each column moved up or down."""
    height, width = picture.shape
    tangent = float(np.tan(np.radians(degrees)))
    matrix = np.array([[1, 0, 0], [tangent, 1, -tangent * width / 2]], np.float32)
    return _float(cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_NEAREST))


def _row_contrast(picture: Picture, degrees: float) -> float:
    level = _shear(picture, degrees)
    strips = cv2.resize(level, (4, level.shape[0]), interpolation=cv2.INTER_AREA)
    return float(np.square(np.diff(strips, axis=0)).sum())


def _line_slope(picture: Picture) -> float:
    """Median rise in degrees of long flat runs of ink, weighed by length; 0 where there are none."""
    runs = cv2.morphologyEx((picture > 0.3).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((1, 25), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=4)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    flat = (width > 90) & (height < 34) & (width > 6 * height)
    flat[0] = False
    if not flat.any():
        return 0.0
    y, x = np.nonzero(labels)
    label = labels[y, x]
    keep = flat[label]
    x, y, label = x[keep].astype(float), y[keep].astype(float), label[keep]
    n = np.maximum(np.bincount(label, minlength=count), 1)
    sx, sy = (np.bincount(label, v, count) for v in (x, y))
    sxx, sxy = (np.bincount(label, v, count) for v in (x * x, x * y))
    spread = sxx - sx * sx / n
    slope = np.where(spread > 0, (sxy - sx * sy / n) / np.maximum(spread, 1e-9), 0.0)[flat]
    order = np.argsort(slope)
    weight = np.cumsum(width[flat][order])
    middle = slope[order][int(np.searchsorted(weight, weight[-1] / 2))]
    return -float(np.degrees(np.arctan(middle)))
