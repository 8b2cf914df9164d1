"""Connected components as columns of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Labels = NDArray[Any]  #: uint16 where that is enough, else int32
Ints = NDArray[np.int64]

_BAND = 64  # rows


@dataclass(frozen=True)
class Marks:
    """Components without their pixels: i has box [x0, x1) x [y0, y1) and ``area`` pixels; in scan order."""

    x0: Ints
    y0: Ints
    x1: Ints
    y1: Ints
    area: Ints

    def __len__(self) -> int:
        return len(self.area)

    @property
    def width(self) -> Ints:
        return self.x1 - self.x0

    @property
    def height(self) -> Ints:
        return self.y1 - self.y0

    def boxes(self, chosen: NDArray[np.bool_] | Ints) -> list[tuple[int, int, int, int]]:
        """(x0, y0, x1, y1) of the chosen ones."""
        columns = (column[chosen].tolist() for column in (self.x0, self.y0, self.x1, self.y1))
        return list(zip(*columns, strict=True))


@dataclass(frozen=True)
class Components(Marks):
    """Component i (from 0) has label i + 1 in ``labels``."""

    labels: Labels

    def mask(self, chosen: NDArray[np.bool_]) -> Mask:
        """Pixels of the chosen components."""
        picked = np.empty(self.labels.shape, bool)
        _look_up(np.concatenate([[False], chosen]), self.labels, picked)
        return picked

    def only(self, chosen: NDArray[np.bool_]) -> Components:
        """The chosen components by themselves, numbered anew; ``labels`` of this one are lost."""
        count = int(np.count_nonzero(chosen))
        labels = self.labels if count >= 1 << 16 else np.empty(self.labels.shape, np.uint16)
        table = np.zeros(len(self) + 1, labels.dtype)
        table[1:][chosen] = np.arange(1, count + 1)
        _look_up(table, self.labels, labels)
        x0, y0, x1, y1, area = (v[chosen] for v in (self.x0, self.y0, self.x1, self.y1, self.area))
        return Components(x0, y0, x1, y1, area, labels)


def _look_up(table: NDArray[Any], labels: Labels, found: NDArray[Any]) -> None:
    """The table's entry of each label, written to ``found``; some rows at once: numpy copies indices."""
    for top in range(0, len(labels), _BAND):
        band = slice(top, top + _BAND)
        found[band] = table[labels[band]]


def components(mask: Mask, connectivity: int = 8) -> Components:
    """The connected components of a mask, in scan order."""
    # No more labels are given out on the way than the rows have runs.
    few = _runs(mask) < 1 << 16
    _, labels, found, _ = cv2.connectedComponentsWithStats(
        octets(mask), connectivity=connectivity, ltype=cv2.CV_16U if few else cv2.CV_32S
    )
    stats: Ints = found[1:].astype(np.int64)
    x0, y0 = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    x1, y1 = x0 + stats[:, cv2.CC_STAT_WIDTH], y0 + stats[:, cv2.CC_STAT_HEIGHT]
    return Components(x0, y0, x1, y1, stats[:, cv2.CC_STAT_AREA], labels)


def _runs(mask: Mask) -> int:
    """How many runs of pixels the mask's rows have."""
    count = int(np.count_nonzero(mask[:, :1]))
    for top in range(0, len(mask), _BAND):
        band = mask[top : top + _BAND]
        count += int(np.count_nonzero(band[:, 1:] > band[:, :-1]))
    return count


def marks(mask: Mask) -> Marks:
    """The connected components of a mask where their pixels are not asked for."""
    found = components(mask)
    return Marks(found.x0, found.y0, found.x1, found.y1, found.area)


def octets(mask: Mask) -> NDArray[np.uint8]:
    """The mask as OpenCV takes it, without a copy: 1 and 0 in bytes."""
    return mask.view(np.uint8)


def close(mask: Mask, width: float, height: float) -> Mask:
    """Gaps up to ``width`` x ``height`` pixels filled (morphological closing by a rectangle)."""
    return _morph(_morph(mask, cv2.MORPH_DILATE, width, height), cv2.MORPH_ERODE, width, height, back=True)


def open_(mask: Mask, width: float, height: float) -> Mask:
    """Only what holds a ``width`` x ``height`` rectangle (morphological opening)."""
    return _morph(_morph(mask, cv2.MORPH_ERODE, width, height), cv2.MORPH_DILATE, width, height, back=True)


def dilate(mask: Mask, width: float, height: float) -> Mask:
    """Everything within half of ``width`` and ``height`` of the mask."""
    return _morph(mask, cv2.MORPH_DILATE, width, height)


def erode(mask: Mask, width: float, height: float) -> Mask:
    return _morph(mask, cv2.MORPH_ERODE, width, height)


def _morph(mask: Mask, operation: int, width: float, height: float, back: bool = False) -> Mask:
    """An even side has no middle: ``back`` takes the other of its two middles, and undoes the shift."""
    size = max(1, round(width)), max(1, round(height))
    anchor = ((size[0] - 1) // 2, (size[1] - 1) // 2) if back else (size[0] // 2, size[1] // 2)
    kernel = np.ones(size[::-1], np.uint8)
    # Outside the picture counts as white, so that nothing grows together along the edge.
    done = cv2.morphologyEx(
        octets(mask), operation, kernel, anchor=anchor, borderType=cv2.BORDER_CONSTANT, borderValue=0
    )
    return np.asarray(done, np.uint8).view(np.bool_)
