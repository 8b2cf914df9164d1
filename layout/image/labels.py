"""Connected components of a mask: the label of every pixel, in as few bytes as will do."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Labels = NDArray[Any]  #: uint16 where that is enough, else int32

_BAND = 64  # rows looked at at once: they stay in the processor's cache
_TALL_BAND = 256  # the same where each band costs something
_MOST = (1 << 16) - 1  # labels that uint16 holds beside 0


def label_type(mask: Mask, connectivity: int = 8) -> type[np.uint16] | type[np.int32]:
    """The smallest type that holds all labels given out on the way to the last ones, which are fewer."""
    if mask.size < _MOST or np.count_nonzero(mask) < _MOST:  # no more than pixels are set
        return np.uint16
    given = _new_squares(mask) if connectivity == 8 else _new_pixels(mask)
    return np.uint16 if given < _MOST else np.int32


def label(mask: Mask, labels: Labels, connectivity: int = 8) -> int:
    """Writes the label of each pixel to ``labels`` (0: none), which has the mask's shape and `label_type`.

    Returns how many there are; they come in scan order of squares of two by two pixels.
    """
    kind = cv2.CV_16U if labels.dtype == np.uint16 else cv2.CV_32S
    count, _ = cv2.connectedComponentsWithAlgorithm(
        mask.view(np.uint8), connectivity, kind, cv2.CCL_SPAGHETTI, labels=labels
    )
    return count - 1


def extents(mask: Mask, labels: Labels, count: int) -> NDArray[np.int64]:
    """x0, y0, x1, y1 and the number of pixels of each label from 1 on, 5 x ``count``.

    Added up over the runs of set pixels in each row, of which there are far fewer than pixels.
    """
    height, width = mask.shape
    x0, y0 = np.full(count + 1, width), np.full(count + 1, height)
    x1, y1, area = np.zeros((3, count + 1), np.int64)
    for top in range(0, height, _TALL_BAND):
        band = mask[top : top + _TALL_BAND]
        edges = np.empty((len(band), width + 1), bool)
        edges[:, 0], edges[:, -1] = band[:, 0], band[:, -1]
        np.not_equal(band[:, 1:], band[:, :-1], out=edges[:, 1:-1])
        ends = np.flatnonzero(edges)
        y, first = np.divmod(ends[::2], width + 1)
        length = ends[1::2] - ends[::2]
        y += top
        own = labels[y, first]
        np.minimum.at(x0, own, first)
        np.maximum.at(x1, own, first + length)
        np.minimum.at(y0, own, y)
        y1[own] = y + 1  # the last one stays
        np.add.at(area, own, length)
    return np.stack([x0, y0, x1, y1, area])[:, 1:]


def marks_of(mask: Mask, rows: int = _TALL_BAND) -> NDArray[np.int64]:
    """The `extents` of a mask's components (what touches at a corner is one), where no label is asked for.

    ``rows`` (an even number) are labelled at once, in memory that stays in the processor's cache; then what
    touches from one band to the next is one. In the order of `label`.
    """
    bands = [mask[top : top + rows] for top in range(0, len(mask), rows)]
    found, above, below = [], [], []
    labels = np.empty((min(rows, len(mask)), mask.shape[1]), np.int32)
    last = np.zeros(mask.shape[1] + 2, np.int64)  # labels in the row above, with white beside it
    given = 0
    for index, band in enumerate(bands):
        own = labels[: len(band)]
        count = label(band, own)
        box = extents(band, own, count)
        box[[1, 3]] += index * rows
        found.append(box)
        first = own[0].astype(np.int64)
        first[first > 0] += given
        for step in range(3):
            touching = np.flatnonzero((first > 0) & (last[step : step + len(first)] > 0))
            above.append(last[step : step + len(first)][touching])
            below.append(first[touching])
        last[1:-1] = own[-1]
        last[last > 0] += given
        given += count
    return _joined(np.concatenate(found, axis=1), np.concatenate(above) - 1, np.concatenate(below) - 1)


def _joined(found: NDArray[np.int64], one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """The extents with those united that touch: each of ``one`` with the same of the ``other``."""
    own = np.arange(found.shape[1])
    first = own.copy()  # the first of those it is known to hang together with
    while (first[one] != first[other]).any():
        least = np.minimum(first[one], first[other])
        np.minimum.at(first, first[one], least)
        np.minimum.at(first, first[other], least)
        while (first[first] != first).any():
            first = first[first]
    parts = np.flatnonzero(first != own)
    for bound in found[:2]:
        np.minimum.at(bound, first[parts], bound[parts])
    for bound in found[2:4]:
        np.maximum.at(bound, first[parts], bound[parts])
    np.add.at(found[4], first[parts], found[4][parts])
    return found[:, first == own]


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
