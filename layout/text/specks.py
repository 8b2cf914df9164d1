"""Dust and pepper: specks that are no dots, found by how their sizes are distributed.

The dots of Arabic letters are only a few pixels in a coarse scan, so no fixed size tells them from dust.
But noise thins out fast: of the specks of two pixels there are several times fewer than of one, and so
on; dots gather around their own size. As long as the numbers fall that steeply, it is noise.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Box

Gray = NDArray[np.uint8]

#: From one size to the next the number of specks falls at least to this share, while it is noise.
_FALL = 1 / 3
#: In a bilevel picture nearly no pixel is grey. Grey pictures need no care: scaling averages dust out.
_GREY_SHARE = 0.02
#: Larger than this (pixels) is no speck in any scan that can be read.
_LARGEST = 16
#: So many lines show what the noise is like.
_LINES = 120


def speck_area(gray: Gray, boxes: Sequence[Box]) -> int:
    """Area in pixels up to which a dark spot in these text lines is noise; 0 where there is none."""
    if not boxes or not _bilevel(gray):
        return 0
    sizes = np.zeros(_LARGEST + 1, dtype=np.int64)
    for box in boxes[:: max(1, len(boxes) // _LINES)]:
        part = gray[max(0, int(box.y0)) : int(box.y1), max(0, int(box.x0)) : int(box.x1)]
        if part.size:
            areas = cv2.connectedComponentsWithStats((part < 128).astype(np.uint8))[2][1:, cv2.CC_STAT_AREA]
            sizes += np.bincount(areas[areas <= _LARGEST], minlength=_LARGEST + 1)
    area = 0
    while area + 1 < _LARGEST and sizes[area + 1] > 0 and sizes[area + 2] < _FALL * sizes[area + 1]:
        area += 1
    return area


def without_specks(part: Gray, area: int) -> Gray:
    """The picture with its dark spots of at most ``area`` pixels made white, and such light ones black."""
    if area < 1:
        return part
    clean = part.copy()
    for mask, value in ((part < 128, 255), (part >= 128, 0)):
        _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
        small = stats[:, cv2.CC_STAT_AREA] <= area
        small[0] = False
        clean[small[labels]] = value
    return clean


def _bilevel(gray: Gray) -> bool:
    sample = gray[::7, ::3]
    return bool(((sample > 40) & (sample < 216)).mean() < _GREY_SHARE)
