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
#: Where between two baselines the parting row may lie, as shares of their distance from the lower one: above
#: it stand letters of the lower line (in tight leading they fill four fifths), under the upper one its tails.
_PARTING = (0.6, 0.93)
#: A picture that reaches less far towards the next baseline above shows nothing of that line's tails; one
#: that ends above the second, measured from the baseline below, nothing of its ascenders.
_REACHING, _ASCENDERS = 0.7, 0.82
#: ... and one that does must show so much of it that a tail is seen with the letter it hangs from.
_SHOWN = 1.2
#: Height of small letters over their baseline, as a share of the distance of baselines.
_LETTERS = 0.25


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


def window(top: float, bottom: float, above: float, below: float) -> tuple[float, float]:
    """What to look at of a line reaching from ``top`` to ``bottom`` (its baseline is 0, above is negative).

    Where it comes near a neighbour (whose baseline is ``above`` or ``below`` it) so much of that is taken in
    that its strokes can be told by their larger part; never more than that.
    """
    if -top > _REACHING * above:
        top = -_SHOWN * above
    if bottom > (1 - _ASCENDERS) * below:
        bottom = _SHOWN * below
    return top, bottom


def own_ink(image: Gray, baseline: float, above: float, below: float) -> tuple[Gray, int, int] | None:
    """The picture with only the ink of the line on ``baseline``, and its rows [top, bottom) with any of it.

    ``above`` and ``below`` are the distances of the next baselines in picture pixels. A stroke belongs to the
    line if most of it lies between the parting rows; one that reaches as far as the next letters is two grown
    together, and cut. None where the picture does not reach into a neighbour, or would have no ink left.
    """
    height = image.shape[0]
    reaching = baseline > _REACHING * above, height - baseline > (1 - _ASCENDERS) * below
    if not any(reaching):
        return None
    rows = (image < _INK).sum(axis=1).astype(np.float64)
    top, bottom = 0, height
    if reaching[0]:
        top = _thinnest(rows, baseline - _PARTING[1] * above, baseline - _PARTING[0] * above, last=False)
    if reaching[1]:
        low, high = (baseline + (1 - share) * below for share in reversed(_PARTING))
        bottom = _thinnest(rows, low, high, last=True)
    return _without_strangers(image, top, bottom, (baseline - above, baseline + (1 - _LETTERS) * below))


def _without_strangers(
    image: Gray, top: int, bottom: int, letters: tuple[float, float]
) -> tuple[Gray, int, int] | None:
    """The picture without strokes that belong to the rows outside [top, bottom); the rows that remain.

    ``letters`` are the rows at which the letters of the neighbours stand: whatever reaches so far is cut.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats((image < _INK).astype(np.uint8), connectivity=8)
    start = stats[:, cv2.CC_STAT_TOP]
    end = start + stats[:, cv2.CC_STAT_HEIGHT]
    inside = np.minimum(end, bottom) - np.maximum(start, top)
    own = inside >= 0.5 * (end - start)
    grown = own & ((start < letters[0]) | (end > letters[1]))
    own[0] = False
    if not own.any():
        return None
    first = int(np.where(grown, top, start)[own].min())
    last = int(np.where(grown, bottom, end)[own].max())
    keep = own[labels]
    within = np.zeros(image.shape[0], dtype=bool)
    within[top:bottom] = True
    keep &= within[:, None] | ~grown[labels]
    strange = cv2.dilate(((labels > 0) & ~keep).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    clean = image.copy()
    clean[strange & ~keep] = 255
    return clean, first, last


def _thinnest(ink: NDArray[np.float64], low: float, high: float, last: bool) -> int:
    """The row with the least ink in [low, high]; among equals the first or last."""
    first, end = max(0, int(low)), min(len(ink), int(high) + 1)
    if first >= end:
        return len(ink) if last else 0
    rows = ink[first:end]
    best = np.flatnonzero(rows == rows.min())
    return first + int(best[-1] if last else best[0])
