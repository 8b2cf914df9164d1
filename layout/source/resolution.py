"""Resolutions: which stated ones can be believed, and pixels made square."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

# What programs write when they do not know: the old screens of the Macintosh and of Windows.
_PLACEHOLDERS = (72.0, 96.0)
_LOWEST, _HIGHEST = 50.0, 2400.0
# The sides of newspaper pages: from a small handbill to the blanket sheets of the 1840s.
_SHORTEST_INCHES, _LONGEST_INCHES = 3.0, 60.0
_SQUARE = 0.05  # scanners round their resolutions
_OBLONG = 3.0  # fax pixels are twice as high as wide; more is a mistake

Picture = NDArray[np.uint8]


def plausible_dpi(stated: object, size: tuple[int, int]) -> tuple[float, float] | None:
    """The stated resolution (x, y in dots per inch), or None where it is absent or cannot be true.

    ``size`` is the picture's in pixels: a resolution that makes the page larger or smaller than any
    newspaper is not believed.
    """
    if not isinstance(stated, tuple) or len(stated) != 2:
        return None
    try:
        x, y = (float(value) for value in stated)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if not all(math.isfinite(value) and _LOWEST <= value <= _HIGHEST for value in (x, y)):
        return None
    if all(abs(value - round(value)) < 0.02 and round(value) in _PLACEHOLDERS for value in (x, y)):
        return None
    if max(x, y) > _OBLONG * min(x, y):
        return None
    inches = max(size[0] / x, size[1] / y)
    return (x, y) if _SHORTEST_INCHES <= inches <= _LONGEST_INCHES else None


def squeeze(
    gray: Picture, color: Picture | None, dpi: tuple[float, float] | None, max_pixels: int
) -> tuple[Picture, Picture | None, tuple[float, float] | None, str]:
    """The picture with square pixels, and a sentence that says so where it had to be changed.

    The coarser direction is stretched to the finer one's resolution, unless that gives more than
    ``max_pixels``; then nothing is changed and the resolution is unknown.
    """
    if dpi is None or abs(dpi[0] / dpi[1] - 1) <= _SQUARE:
        return gray, color, dpi, ""
    best = max(dpi)
    size = (round(gray.shape[1] * best / dpi[0]), round(gray.shape[0] * best / dpi[1]))
    if size[0] * size[1] > max_pixels:
        return gray, color, None, ""
    told = (
        f"the picture has {dpi[0]:g} x {dpi[1]:g} dots per inch and was stretched from "
        f"{gray.shape[1]} x {gray.shape[0]} to {size[0]} x {size[1]} pixels"
    )
    return _stretched(gray, size), _stretched(color, size) if color is not None else None, (best, best), told


def _stretched(picture: Picture, size: tuple[int, int]) -> Picture:
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR), np.uint8)
