"""Connected components as columns of numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.image.labels import extents, label, label_type, marks_of

Mask = NDArray[np.bool_]
Labels = NDArray[Any]  #: uint16 where that is enough, else int32
Ints = NDArray[np.int64]

_AT_ONCE = 1 << 18  # pixels


@dataclass(frozen=True)
class Packed:
    """A mask put away in an eighth of its memory, while others of the page's size are there."""

    bits: NDArray[np.uint8]
    shape: tuple[int, ...]

    @classmethod
    def of(cls, mask: Mask) -> Packed:
        return cls(np.packbits(mask), mask.shape)

    def mask(self) -> Mask:
        height, width = self.shape
        return np.unpackbits(self.bits, count=height * width).view(np.bool_).reshape(height, width)


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
        if 8 * int((self.width * self.height)[chosen].sum()) < self.labels.size and len(self) > 0:
            return self._few(np.flatnonzero(chosen))
        picked = np.empty(self.labels.shape, bool)
        _look_up(np.concatenate([[False], chosen]), self.labels, picked)
        return picked

    def _few(self, chosen: Ints) -> Mask:
        """Pixels of components that fill little of the picture: each is looked for in its own box."""
        picked = np.zeros(self.labels.shape, bool)
        for index, (x0, y0, x1, y1) in zip(chosen.tolist(), self.boxes(chosen), strict=True):
            picked[y0:y1, x0:x1] |= self.labels[y0:y1, x0:x1] == index + 1
        return picked

    def only(self, chosen: NDArray[np.bool_]) -> Components:
        """The chosen components by themselves, numbered anew; ``labels`` of this one are lost."""
        count = int(np.count_nonzero(chosen))
        labels = self.labels
        if labels.dtype != np.uint16 and count < 1 << 16:
            labels = np.empty(labels.shape, np.uint16)
        table = np.zeros(len(self) + 1, labels.dtype)
        table[1:][chosen] = np.arange(1, count + 1)
        _look_up(table, self.labels, labels)
        x0, y0, x1, y1, area = (v[chosen] for v in (self.x0, self.y0, self.x1, self.y1, self.area))
        return Components(x0, y0, x1, y1, area, labels)


def _look_up(table: NDArray[Any], labels: Labels, found: NDArray[Any]) -> None:
    """The table's entry of each label, written to ``found``; some rows at once: numpy copies indices."""
    rows = max(1, _AT_ONCE // max(1, labels.shape[1]))
    for top in range(0, len(labels), rows):
        band = slice(top, top + rows)
        np.take(table, labels[band], out=found[band], mode="clip")  # each has an entry


def components(mask: Mask, connectivity: int = 8) -> Components:
    """The connected components of a mask, in scan order of blocks of two by two pixels."""
    left, top, width, height = cv2.boundingRect(octets(mask))
    if width * height < 0.7 * mask.size:
        return _part(mask, left, top, width, height, connectivity)
    return _labelled(mask, connectivity, np.empty(mask.shape, label_type(mask, connectivity)), (0, 0))


def _part(mask: Mask, left: int, top: int, width: int, height: int, connectivity: int) -> Components:
    """The components of a mask that is empty beyond this rectangle."""
    place = (slice(top, top + height), slice(left, left + width))
    if not width:
        none = np.zeros(0, np.int64)
        return Components(none, none, none, none, none, np.zeros(mask.shape, np.uint16))
    labels = np.zeros(mask.shape, label_type(mask[place], connectivity))
    found = _labelled(mask[place], connectivity, labels[place], (left, top))
    return replace(found, labels=labels)


def _labelled(mask: Mask, connectivity: int, labels: Labels, corner: tuple[int, int]) -> Components:
    """The components of a mask whose top left pixel lies at this (x, y); their ``labels`` are written."""
    x0, y0, x1, y1, area = extents(mask, labels, label(mask, labels, connectivity))
    return Components(x0 + corner[0], y0 + corner[1], x1 + corner[0], y1 + corner[1], area, labels)


def marks(mask: Mask) -> Marks:
    """The connected components of a mask where their pixels are not asked for."""
    return Marks(*marks_of(mask))


def halved(pixels: Labels) -> Labels:
    """A mask or labels at half size: each the greatest of four, so that nothing set is lost."""
    height, width = pixels.shape
    even = np.pad(pixels, ((0, height % 2), (0, width % 2))) if height % 2 or width % 2 else pixels
    rows = np.maximum(even[::2], even[1::2])
    made: Labels = np.ascontiguousarray(np.maximum(rows[:, ::2], rows[:, 1::2]))
    return made


def octets(mask: Mask) -> NDArray[np.uint8]:
    """The mask as OpenCV takes it, without a copy: 1 and 0 in bytes."""
    return mask.view(np.uint8)


def transposed(mask: Mask) -> Mask:
    """Rows and columns changed for one another, in tiles that fit the processor's cache."""
    return np.asarray(cv2.transpose(octets(mask)), np.uint8).view(np.bool_)


def close(mask: Mask, width: float, height: float, out: Mask | None = None) -> Mask:
    """Gaps up to ``width`` x ``height`` pixels filled (morphological closing by a rectangle).

    Here as below the result is written to ``out``, which may be the mask itself.
    """
    wide = _morph(mask, cv2.MORPH_DILATE, width, height, out)
    return _morph(wide, cv2.MORPH_ERODE, width, height, wide, back=True)


def open_(mask: Mask, width: float, height: float, out: Mask | None = None) -> Mask:
    """Only what holds a ``width`` x ``height`` rectangle (morphological opening)."""
    narrow = _morph(mask, cv2.MORPH_ERODE, width, height, out)
    return _morph(narrow, cv2.MORPH_DILATE, width, height, narrow, back=True)


def dilate(mask: Mask, width: float, height: float, out: Mask | None = None) -> Mask:
    """Everything within half of ``width`` and ``height`` of the mask."""
    return _morph(mask, cv2.MORPH_DILATE, width, height, out)


def erode(mask: Mask, width: float, height: float) -> Mask:
    return _morph(mask, cv2.MORPH_ERODE, width, height)


def _morph(
    mask: Mask, operation: int, width: float, height: float, out: Mask | None = None, *, back: bool = False
) -> Mask:
    """An even side has no middle: ``back`` takes the other of its two middles, and undoes the shift."""
    size = max(1, round(width)), max(1, round(height))
    anchor = ((size[0] - 1) // 2, (size[1] - 1) // 2) if back else (size[0] // 2, size[1] // 2)
    kernel = np.ones(size[::-1], np.uint8)
    # Outside the picture counts as white, so that nothing grows together along the edge.
    made = np.empty(mask.shape, bool) if out is None else out
    cv2.morphologyEx(
        octets(mask),
        operation,
        kernel,
        dst=octets(made),
        anchor=anchor,
        borderType=cv2.BORDER_CONSTANT,
        borderValue=0,
    )
    return made
