"""How lines of text rise and fall, place by place, on a page that lies level but for a few degrees."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.image.scale import shares

Mask = NDArray[np.bool_]
Floats = NDArray[np.float32]

_WORK = 12.0  # pixels of a line pitch: enough to place a line to a twentieth of its pitch
_STRIP = 1.0  # width of a strip in pitches: a few letters
#: Distance in strips of those compared: near enough to lie in one line of one column most of the time.
_STEP = 3
_REACH = 0.5  # pitches up or down: half a line, beyond which the next one is nearer
_WINDOW = 5.0  # pitches of height compared at once: some lines, so that headings and gaps do not decide
_ALIKE = 0.35  # least correlation that counts


@dataclass(frozen=True)
class Slopes:
    """``x``, ``y`` in pixels of the ink, ``slope`` dy/dx with y down, ``weight`` above 0; one length."""

    x: Floats
    y: Floats
    slope: Floats
    weight: Floats

    def __len__(self) -> int:
        return len(self.slope)

    @property
    def usual(self) -> float:
        """The slope of the page as a whole: mean of those near the weighted median; 0 without any.

        Places where two strips fell into different columns, or one on a picture, are far from it.
        """
        if not len(self):
            return 0.0
        order = np.argsort(self.slope)
        total = np.cumsum(self.weight[order])
        middle = float(self.slope[order][np.searchsorted(total, total[-1] / 2)])
        near = self.weight * np.exp(-(((self.slope - middle) / 0.02) ** 2))  # a degree or so
        return float((near * self.slope).sum() / near.sum())


def local_slopes(ink: Mask, pitch: float) -> Slopes:
    """Slopes of the lines all over a page of line pitch ``pitch`` (pixels of ``ink``).

    Row sums of upright strips are compared with those of a strip three pitches on, in windows of some lines:
    the shift at which they are most alike, over the distance, is the slope there.
    """
    sums = _row_sums(ink, pitch)
    if sums.shape[0] < 4 * _WORK or sums.shape[1] <= _STEP + 1:
        return _none()
    alike, energy = _correlations(sums[:, :-_STEP], sums[:, _STEP:])
    best = np.clip(alike.argmax(0), 1, len(alike) - 2)
    before, top, after = (np.take_along_axis(alike, (best + k)[None], 0)[0] for k in (-1, 0, 1))
    bend = np.minimum(before - 2 * top + after, -1e-6)
    shift = best - len(alike) // 2 + np.clip(0.5 * (before - after) / bend, -0.5, 0.5)
    inked = energy[energy > 1e-4]
    if not inked.size:
        return _none()
    clear = (top >= before) & (top >= after) & (top > _ALIKE) & (energy > 0.15 * np.median(inked))
    rows, strips = np.nonzero(clear)
    every = _every()
    factor = pitch / _WORK
    return Slopes(
        x=((strips + 0.5 + _STEP / 2) * _STRIP * _WORK * factor).astype(np.float32),
        y=((rows * every + every // 2) * factor).astype(np.float32),
        slope=(shift[clear] / (_STEP * _STRIP * _WORK)).astype(np.float32),
        weight=(top[clear] ** 2).astype(np.float32),
    )


def _none() -> Slopes:
    empty = np.zeros(0, np.float32)
    return Slopes(empty, empty, empty, empty)


def _every() -> int:
    return int(2 * _WORK)  # rows between two places looked at


def _row_sums(ink: Mask, pitch: float) -> Floats:
    """Strips' row sums, rows x strips, without what changes slower than lines do."""
    factor = _WORK / pitch
    size = (max(1, round(ink.shape[1] * factor / (_STRIP * _WORK))), max(1, round(ink.shape[0] * factor)))
    sums = cv2.GaussianBlur(shares(ink, *size), (1, 0), sigmaX=1e-3, sigmaY=1.0)
    slow = cv2.blur(sums, (1, int(2 * _WORK) | 1))
    return np.asarray(sums - slow, np.float32)


def _correlations(left: Floats, right: Floats) -> tuple[Floats, Floats]:
    """(shifts x places down x strips: how alike the two are, -1 to 1; places x strips: the left's energy)."""
    reach = round(_REACH * _WORK)
    every = _every()

    def around(values: Floats) -> Floats:
        smooth = cv2.GaussianBlur(values, (1, 0), sigmaX=1e-3, sigmaY=_WINDOW * _WORK / 2.5)
        return np.asarray(smooth, np.float32)[every // 2 :: every]

    energy = around(left * left)
    alike = []
    for shift in range(-reach, reach + 1):
        moved = np.roll(right, -shift, axis=0)
        alike.append(around(left * moved) / np.sqrt(energy * around(moved * moved) + 1e-6))
    return np.stack(alike), energy
