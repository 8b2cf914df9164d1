"""Pictures made smaller: whole blocks of pixels first, which costs a tenth of weighing each pixel's share."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]

#: Factor left for the second step at most: nearer to one it would sharpen here and blur there.
_REST = 0.7
_BLOCK = 8  # pixels; the last ones, fewer than a block, are left out: no more than that


def resized(gray: Gray, factor: float) -> Gray:
    """The picture at ``factor`` of its size; itself for 1.

    Each pixel of a smaller one is a mean, so that a scan's grain is smoothed and not picked from.
    """
    if factor == 1:
        return gray
    if factor > 1:
        larger = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
        return np.asarray(larger, np.uint8)
    whole = round(1 / factor)
    if abs(factor * whole - 1) < 1e-6:
        return _blocks(gray, *(2 * [min(whole, *gray.shape)]))
    block = max(1, min(int(_REST / factor), *gray.shape))
    blocks, rest = _blocks(gray, block, block), factor * block
    made = cv2.resize(blocks, None, fx=rest, fy=rest, interpolation=cv2.INTER_AREA)
    return np.asarray(made, np.uint8)


def means(gray: Gray, width: int, height: int) -> Gray:
    """The picture in ``width`` x ``height`` cells (no more than it has pixels), the mean of each."""
    rows, columns = (
        min(_BLOCK, max(1, side // cells)) for side, cells in zip(gray.shape, (height, width), strict=True)
    )
    blocks = _blocks(gray, columns, rows)
    return np.asarray(cv2.resize(blocks, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def shares(mask: NDArray[np.bool_], width: int, height: int) -> NDArray[np.float32]:
    """Which share of each of ``width`` x ``height`` cells the mask covers, to a few thousandths."""
    full = mask.view(np.uint8) * np.uint8(255)
    return np.asarray(means(full, width, height) / np.float32(255), np.float32)


def _blocks(gray: Gray, columns: int, rows: int) -> Gray:
    """Means of blocks of ``columns`` x ``rows`` pixels."""
    if columns == rows == 1:
        return gray
    height, width = gray.shape[0] // rows, gray.shape[1] // columns
    whole = gray[: height * rows, : width * columns]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
