"""Whether a page is printed in colour, or only on yellowed paper."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Yellowed and stained paper differs from its own mean tint by less than this; a printed tint by more.
_CHROMA = 0.2
_SHARE = 0.0005  # a square centimetre on a small page


def has_colour(small: NDArray[np.uint8]) -> bool:
    """Whether a page shows coloured print; ``small`` is the page H x W x 3, RGB, well reduced.

    The paper's tint is divided out first (white balance on the lightest tenth), so that brown paper and
    a warm lamp count as grey; what is left over is chroma: the largest channel less the smallest.
    """
    pixels = small.reshape(-1, 3).astype(np.float32)
    paper = np.maximum(np.percentile(pixels, 90, axis=0), 1)
    balanced = np.minimum(pixels / paper, 1)
    chroma = balanced.max(axis=1) - balanced.min(axis=1)
    return float(np.mean(chroma > _CHROMA)) > _SHARE
