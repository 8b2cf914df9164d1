"""Connected components as columns of numbers."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Labels = NDArray[np.int32]


@dataclass(frozen=True)
class Components:
    """Component i (from 0) has box [x0, x1) x [y0, y1), ``area`` pixels and label i + 1 in ``labels``."""

    labels: Labels
    x0: NDArray[np.int64]
    y0: NDArray[np.int64]
    x1: NDArray[np.int64]
    y1: NDArray[np.int64]
    area: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.area)

    @property
    def width(self) -> NDArray[np.int64]:
        return self.x1 - self.x0

    @property
    def height(self) -> NDArray[np.int64]:
        return self.y1 - self.y0

    def mask(self, chosen: NDArray[np.bool_]) -> Mask:
        """Pixels of the chosen components."""
        table = np.concatenate([[False], chosen])
        picked: Mask = table[self.labels]
        return picked


def components(mask: Mask, connectivity: int = 8) -> Components:
    """The connected components of a mask, in scan order."""
    _, labels, found, _ = cv2.connectedComponentsWithStats(
        mask.astype(np.uint8), connectivity=connectivity, ltype=cv2.CV_32S
    )
    stats: NDArray[np.int64] = found[1:].astype(np.int64)
    x0, y0 = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    return Components(
        np.asarray(labels, np.int32),
        x0,
        y0,
        x0 + stats[:, cv2.CC_STAT_WIDTH],
        y0 + stats[:, cv2.CC_STAT_HEIGHT],
        stats[:, cv2.CC_STAT_AREA],
    )


def close(mask: Mask, width: float, height: float) -> Mask:
    """Gaps up to ``width`` x ``height`` pixels filled (morphological closing by a rectangle)."""
    return _morph(mask, cv2.MORPH_CLOSE, width, height)


def open_(mask: Mask, width: float, height: float) -> Mask:
    """Only what holds a ``width`` x ``height`` rectangle (morphological opening)."""
    return _morph(mask, cv2.MORPH_OPEN, width, height)


def dilate(mask: Mask, width: float, height: float) -> Mask:
    """Everything within half of ``width`` and ``height`` of the mask."""
    return _morph(mask, cv2.MORPH_DILATE, width, height)


def erode(mask: Mask, width: float, height: float) -> Mask:
    return _morph(mask, cv2.MORPH_ERODE, width, height)


def _morph(mask: Mask, operation: int, width: float, height: float) -> Mask:
    kernel = np.ones((max(1, round(height)), max(1, round(width))), np.uint8)
    # Outside the picture counts as white, so that nothing grows together along the edge.
    done: Mask = (
        cv2.morphologyEx(
            mask.astype(np.uint8), operation, kernel, borderType=cv2.BORDER_CONSTANT, borderValue=0
        )
        > 0
    )
    return done
