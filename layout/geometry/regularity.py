"""Whether marks stand in lines: those of text do, a regular pitch apart, those of a picture do not."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Pitches looked for, in usual ones: small print to large type.
_PITCHES = np.linspace(0.6, 2.4, 37)
_STRIP = 3.0  # line pitches: narrower than a column, so that few strips see two
_BAND = 12.0  # line pitches: headings and changes of size throw a longer one out of step
_FEW = 8  # marks: fewer are in step by chance


def regularity(x: Floats, y: Floats, pitch: float) -> float | None:
    """How much marks with these middles stand in rows, 0 (anyhow) to 1 (exactly); None for too few.

    The length of the mean of their phases at the pitch where it is greatest (Rayleigh's statistic of
    directions), in bands and strips of the area. Lines of text reach 0.6 to 0.95, marks of halftones and
    noise 0.2 to 0.4.
    """
    strip = np.floor((x - x.min(initial=0.0)) / (_STRIP * pitch)).astype(int)
    band = np.floor((y - y.min(initial=0.0)) / (_BAND * pitch)).astype(int)
    total, weight = 0.0, 0
    for own_band in np.unique(band):
        in_step, count = np.zeros(len(_PITCHES)), 0
        for own_strip in np.unique(strip[band == own_band]):
            rows = y[(band == own_band) & (strip == own_strip)]
            if len(rows) >= _FEW:
                turns = rows[:, None] / (_PITCHES * pitch)
                in_step += np.abs(np.exp(2j * np.pi * turns).sum(axis=0))
                count += len(rows)
        total, weight = total + float(in_step.max()), weight + count
    return total / weight if weight else None
