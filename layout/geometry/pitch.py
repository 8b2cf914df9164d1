"""The page's yardstick: the distance between the baselines of its running text."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.image.scale import shares

Mask = NDArray[np.bool_]


def line_pitch(ink: Mask, longest: float | None = None, shortest: float = 0.0) -> float | None:
    """The commonest distance of text lines, in pixels of ``ink``; None where no text is seen.

    ``longest`` and ``shortest`` bound the distance where the letters' size is known: the dots of a screen
    come at a distance too.

    The page is taken in narrow upright strips, so that no column disturbs another; the
    autocorrelation of each strip's row sums has its first peak at the line pitch (O'Gorman 1993 uses
    neighbouring letters; row periods hold for joined scripts as well). Strips are summed, the
    strongest peak wins unless a whole fraction of its distance has a clear peak too.
    """
    height, width = ink.shape
    if height < 64 or width < 32:
        return None
    strips = _strips(ink)
    correlation = _autocorrelation(strips)
    if correlation is None:
        return None
    low, high = max(6, int(shortest)), min(len(correlation) - 1, max(40, height // 12))
    if longest is not None:
        high = min(high, max(low + 4, int(longest)))
    inner = correlation[low:high]
    peaks = [
        lag
        for lag in range(low + 1, high - 1)
        if correlation[lag] >= correlation[lag - 1] and correlation[lag] > correlation[lag + 1]
    ]
    if not peaks or not len(inner):
        return None
    best = max(peaks, key=lambda lag: float(correlation[lag]))
    if correlation[best] < 0.05:
        return None
    for lag in peaks:
        # A peak at twice or three times the distance can be the higher one where columns are warped,
        # and paragraphs can come at regular distances too: the shortest clear distance is the lines'.
        multiple = best / lag
        whole = abs(multiple - round(multiple)) < 0.08 and correlation[lag] > 0.4 * correlation[best]
        clear = multiple > 1.4 and correlation[lag] > 0.6 * correlation[best]
        # Paragraphs of two lines each: leading and the step to the next one make up the distance.
        rest = [other for other in peaks if other > lag and abs(lag + other - best) < 0.03 * best]
        step = any(min(correlation[lag], correlation[other]) > 0.22 * correlation[best] for other in rest)
        if lag < best and (whole or clear or (step and longest is not None and best > longest / 2)):
            best = lag
            break
    return _parabola(correlation, best)


def _strips(ink: Mask) -> NDArray[np.float32]:
    """Row sums of 48 upright strips, H x 48, each less its own slow change and at one strength.

    Display type and dense print so count no more than a few lines of pale small print.
    """
    height = ink.shape[0]
    sums = shares(ink, 48, height)
    slow = cv2.blur(sums, (1, max(9, height // 24)))
    change = sums - slow
    power = cv2.blur(change * change, (1, max(9, height // 24)))
    strength = np.sqrt(np.maximum(power, 0)) + 0.02
    clipped: NDArray[np.float32] = np.clip(change / strength, -1.5, 1.5)
    return clipped


def _autocorrelation(strips: NDArray[np.float32]) -> NDArray[np.float64] | None:
    """Mean autocorrelation over strips, 1 at lag 0."""
    size = 1 << int(np.ceil(np.log2(2 * strips.shape[0])))
    spectrum = np.abs(np.fft.rfft(strips, size, axis=0)) ** 2
    total = np.fft.irfft(spectrum.sum(axis=1), size)[: strips.shape[0] // 2]
    return total / total[0] if total[0] > 0 else None


def _parabola(values: NDArray[np.float64], index: int) -> float:
    """Place of the peak between samples, by the parabola through three of them."""
    a, b, c = values[index - 1], values[index], values[index + 1]
    bend = a - 2 * b + c
    return float(index + (0.5 * (a - c) / bend if bend < 0 else 0.0))
