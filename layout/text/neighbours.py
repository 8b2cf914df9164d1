"""The lines above and below a line, and their ink taken out of its picture.

On a curled page or in tight leading the box of a line holds parts of its neighbours. Between two
baselines the row with the least ink parts them; a stroke that crosses it belongs to the side on which
most of it lies.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Box

Gray = NDArray[np.uint8]

_INK = 128
#: Where between two baselines the parting row may lie, as shares of their distance from the lower one:
#: above it stand letters of the lower line, under the upper one its descenders.
_PARTING = (0.6, 0.82)
#: A picture that reaches less far towards the next baseline shows nothing of that line.
_REACHING = 0.8


class Neighbours:
    """Baselines of all upright lines of a page, to ask how far the next ones are."""

    def __init__(self, boxes: Sequence[Box], baselines: Sequence[float]) -> None:
        self._x0 = np.array([box.x0 for box in boxes])
        self._x1 = np.array([box.x1 for box in boxes])
        self._height = np.array([box.height for box in boxes])
        self._base = np.array(baselines)

    def distances(self, box: Box, base_at: NDArray[np.float64], own: float) -> tuple[float, float]:
        """Distance to the nearest baseline above and below (infinite where there is none near).

        ``base_at`` is the height of this line's baseline at the middle of each of the page's lines,
        ``own`` the height of its letters: what is nearer than half of that is the same line.
        """
        shared = np.minimum(self._x1, box.x1) - np.maximum(self._x0, box.x0)
        near = shared > 0.3 * np.minimum(self._x1 - self._x0, box.width)
        away = self._base - base_at
        above = -away[near & (away < -0.5 * own)]
        below = away[near & (away > 0.5 * own)]
        return (float(above.min()) if above.size else np.inf, float(below.min()) if below.size else np.inf)

    def middles(self) -> NDArray[np.float64]:
        """The middle of each line on the x axis."""
        return np.asarray((self._x0 + self._x1) / 2)


def own_rows(image: Gray, baseline: float, above: float, below: float) -> tuple[int, int] | None:
    """Rows [top, bottom) of a picture that belong to the line on ``baseline``, without blank rows.

    ``above`` and ``below`` are the distances of the next baselines in picture pixels. None where the
    picture does not reach into a neighbour, or would have no ink left.
    """
    reaching = baseline > _REACHING * above, image.shape[0] - baseline > (1 - _PARTING[0]) * below
    if not any(reaching):
        return None
    ink = (image < _INK).sum(axis=1).astype(np.float64)
    height = len(ink)
    top, bottom = 0, height
    if reaching[0]:
        low, high = baseline - _PARTING[1] * above, baseline - _PARTING[0] * above
        top = _thinnest(ink, low, high, last=False)
    if reaching[1]:
        low = baseline + (1 - _PARTING[1]) * below
        bottom = _thinnest(ink, low, baseline + (1 - _PARTING[0]) * below, last=True)
    filled = np.flatnonzero(ink[top:bottom])
    if filled.size == 0:
        return None
    return top + int(filled[0]), top + int(filled[-1]) + 1


def without_strangers(image: Gray, top: int, bottom: int) -> Gray:
    """Rows [top, bottom) of the picture without strokes that belong more to the rows outside."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats((image < _INK).astype(np.uint8), connectivity=8)
    start = stats[:, cv2.CC_STAT_TOP]
    end = start + stats[:, cv2.CC_STAT_HEIGHT]
    inside = np.minimum(end, bottom) - np.maximum(start, top)
    strange = (inside > 0) & (inside < 0.5 * stats[:, cv2.CC_STAT_HEIGHT])
    strange[0] = False
    rows = np.ascontiguousarray(image[top:bottom])
    if not strange.any():
        return rows
    hanging = strange[labels[top:bottom]]
    around = cv2.dilate(hanging.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    rows[hanging | (around & (labels[top:bottom] == 0))] = 255
    return rows


def _thinnest(ink: NDArray[np.float64], low: float, high: float, last: bool) -> int:
    """The row with the least ink in [low, high]; among equals the first or last."""
    first, end = max(0, int(low)), min(len(ink), int(high) + 1)
    if first >= end:
        return len(ink) if last else 0
    rows = ink[first:end]
    best = np.flatnonzero(rows == rows.min())
    return first + int(best[-1] if last else best[0])
