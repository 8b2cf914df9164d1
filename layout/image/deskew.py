"""Skew: the angle at which the lines of text stand on the page."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.image.scale import shares

Mask = NDArray[np.bool_]
Spectrum = NDArray[np.complex64]

_SIDE = 1400  # pixels of the longer side: lines of small print still stand apart
_STRIP = 8  # pixels; sheared by ten degrees a strip blurs lines by less than two of its pixels
_WINDOWS = 10  # over the page's width: each less than a column, so that no two columns blur each other
_PERIODS = (5.0, 60.0)  # pixels from line to line that count; below is grain, above are blocks and pictures
_BANDS = 4  # over the page's height, for columns: these run far
_HALVES = 2  # for margins and gutters, which run further than the stems of a band
_COLUMNS = (8.0, 200.0)  # pixels from stem to stem and from gutter to gutter


def find_skew(ink: Mask, limit: float = 10.0) -> float:
    """Degrees counter-clockwise by which the page's lines are turned, within about +-``limit``.

    The angle at which row sums of the ink change most from row to row (projection profiles, Postl 1986),
    coarse to fine. The page is taken in narrow strips; shearing it is moving the strips up and down, which is
    a turn of phase in their Fourier transforms: nothing is interpolated, and an angle costs a few thousand
    products. Half-overlapping windows of strips are summed on their own. 0 where no angle is clearly better
    than level.
    """
    if not 0 < ink.mean() < 0.6:
        return 0.0  # no text, or no paper
    rows = _Rows(ink)
    if not rows.useful:
        return 0.0
    coarse = rows.steepest(np.arange(-limit - 0.5, limit + 0.51, 0.25))
    found = rows.steepest(np.arange(coarse - 0.3, coarse + 0.31, 0.05))
    if rows.contrast(found) <= 1.015 * rows.contrast(0.0):
        found = 0.0  # no clear gain: the page lies straight
    return round(found, 3) if abs(found) <= limit + 1 else 0.0


def row_contrast(ink: Mask, limit: float = 4.0) -> float:
    """How much the sums along lines change from line to line, at the best angle up to ``limit`` degrees."""
    rows = _Rows(ink)
    return max(rows.contrast(angle) for angle in np.arange(-limit, limit + 0.1, 0.5)) if rows.useful else 0.0


def find_lean(ink: Mask, limit: float = 5.0) -> float:
    """Degrees clockwise by which columns lean on a page whose lines are level, within +-``limit``.

    The same on the page's columns, in two steps: of what the sums are, for margins and gutters run down half
    a page, and letters' slanting strokes or a drawing's say nothing; then near by of how they change, as
    stems stand upright more exactly, where that has a best place there.
    """
    columns = cv2.transpose(ink.view(np.uint8)).view(np.bool_)
    broad = _Rows(columns, _HALVES, _COLUMNS, sharp=False)
    if not broad.useful:
        return 0.0
    found = broad.steepest(np.arange(-limit, limit + 0.01, 0.25))
    near = np.arange(found - 0.4, found + 0.41, 0.1)
    finer = _Rows(columns, _BANDS, _COLUMNS).steepest(near)
    return finer if near[0] < finer < near[-1] else found


class _Rows:
    """Row sums of a page's strips, in frequencies of lines of text; where ``sharp``, how they change."""

    def __init__(
        self,
        ink: Mask,
        windows: int = _WINDOWS,
        periods: tuple[float, float] = _PERIODS,
        sharp: bool = True,
    ) -> None:
        factor = min(1.0, _SIDE / max(ink.shape))
        height = max(1, round(ink.shape[0] * factor))
        strips = max(1, round(ink.shape[1] * factor / _STRIP))
        spectrum = np.fft.rfft(shares(ink, strips, height), axis=0)
        turns = 2 * np.pi * np.arange(len(spectrum)) / height
        kept = (turns >= 2 * np.pi / periods[1]) & (turns <= 2 * np.pi / periods[0])
        self._turns = turns[kept][:, None]
        #: Weighed by frequency: the spectrum of the difference of neighbouring rows.
        weight = self._turns if sharp else 1.0
        self._spectrum = (spectrum[kept] * weight).astype(np.complex64)
        self._x = ((np.arange(strips) - strips / 2) * _STRIP)[None, :]
        size = max(4, strips // windows)
        self._first = np.arange(0, max(1, strips - size + 1), max(1, size // 2))
        self._last = np.minimum(self._first + size, strips)
        self.useful = bool(kept.any()) and strips > 1

    def contrast(self, degrees: float) -> float:
        """How much the row sums change, summed over windows, when lines that rise so are made level."""
        phase = (-np.tan(np.radians(degrees)) * self._turns * self._x).astype(np.float32)
        turn = np.empty(phase.shape, np.complex64)
        turn.real, turn.imag = np.cos(phase), np.sin(phase)
        sums: Spectrum = np.cumsum(self._spectrum * turn, axis=1)
        sums = np.concatenate([np.zeros((len(sums), 1), np.complex64), sums], axis=1)
        windows = sums[:, self._last] - sums[:, self._first]
        return float((windows.real**2 + windows.imag**2).sum())

    def steepest(self, angles: NDArray[np.float64]) -> float:
        """The angle with the greatest contrast, between the given ones by a parabola."""
        values = [self.contrast(angle) for angle in angles]
        best = int(np.argmax(values))
        if not 0 < best < len(values) - 1:
            return float(angles[best])
        before, top, after = values[best - 1 : best + 2]
        bend = before - 2 * top + after
        off = 0.5 * (before - after) / bend if bend < 0 else 0.0
        return float(angles[best] + off * (angles[1] - angles[0]))
