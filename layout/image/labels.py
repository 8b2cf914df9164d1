"""Connected components of a mask: the label of every pixel, in as few bytes as will do."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Labels = NDArray[Any]  #: uint16 where that is enough, else int32

_BAND = 64  # rows
_MOST = (1 << 16) - 1  # labels that uint16 holds beside 0


def label_type(mask: Mask, connectivity: int = 8) -> type[np.uint16] | type[np.int32]:
    """The smallest type that holds all labels given out on the way to the last ones, which are fewer."""
    given = _new_squares(mask) if connectivity == 8 else _new_pixels(mask)
    return np.uint16 if given < _MOST else np.int32


def label(mask: Mask, labels: Labels, connectivity: int = 8) -> NDArray[np.int32]:
    """Writes the label of each pixel to ``labels`` (0: none), which has the mask's shape and `label_type`.

    Returns a row for each label with the columns of `cv2.CC_STAT_LEFT` and its like; labels come in scan
    order of squares of two by two pixels.
    """
    kind = cv2.CV_16U if labels.dtype == np.uint16 else cv2.CV_32S
    _, _, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(
        mask.view(np.uint8), connectivity, kind, cv2.CCL_SPAGHETTI, labels=labels
    )
    return np.asarray(stats, np.int32)


def _new_pixels(mask: Mask) -> int:
    """Pixels with none before them and above them."""
    count = int(np.count_nonzero(mask[:1])) + int(np.count_nonzero(mask[:, :1]))
    for top in range(1, len(mask), _BAND):
        here, above = mask[top : top + _BAND], mask[top - 1 : top + _BAND - 1][: len(mask) - top]
        count += int(np.count_nonzero(here[:, 1:] > (here[:, :-1] | above[:, 1:])))
    return count


def _new_squares(mask: Mask) -> int:
    """Squares of two by two pixels, some set, that touch none set to the left and above."""
    width, count = mask.shape[1], 0
    rows = np.zeros((2 + _BAND, 2 + width + width % 2 + 2), bool)  # two white pixels on each side
    for top in range(0, len(mask), _BAND):
        band = mask[top : top + _BAND]
        rows[:2] = rows[-2:]
        rows[2 : 2 + len(band), 2 : 2 + width] = band
        rows[2 + len(band) :] = False
        pairs = rows.view(np.uint16)  # the right one's byte is the higher one
        upper, lower = pairs[2::2], pairs[1::2]
        either = upper | lower[1:]
        head, above = upper[:, 1:-1], lower[:-1]
        touching = either[:, 1:-1] & (either[:, :-2] >> 8)
        touching |= head & (above[:, :-2] >> 8)
        touching |= (head >> 8) & above[:, 2:]
        old = (touching > 0) | ((head > 0) & (above[:, 1:-1] > 0))
        count += int(np.count_nonzero((either[:, 1:-1] > 0) > old))
    return count
