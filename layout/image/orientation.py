"""Pages scanned on their side or upside down: how they may stand, and the scan set upright."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.image.binarize import flatten, threshold
from layout.image.deskew import row_contrast
from layout.image.scale import resized
from layout.image.scan import Scan

Gray = NDArray[np.uint8]

_SIDE = 1600  # pixels of the longer side: lines of small print stay apart
#: How many times as much the sums along the lines change than those across them. Upright newspapers have at
#: least 2.5, most 5 to 30; single columns of wide-set Arabic 1.6; a damaged page of 1785 had 0.8.
_CLEAR = 2.2


def lies_sideways(gray: Gray) -> bool:
    """Whether the lines of text clearly run up and down the picture.

    Rows of text part ink and paper far more sharply than columns of letters do, in any script.
    """
    factor = min(1.0, _SIDE / max(gray.shape))
    small = resized(gray, factor)
    if min(small.shape) < 64:
        return False
    ink = threshold(flatten(small, 48), 21)
    if not 0.002 < ink.mean() < 0.5:
        return False
    along, across = row_contrast(ink), row_contrast(cv2.transpose(ink.view(np.uint8)).view(np.bool_))
    return across > _CLEAR * along and across > 0


def set_upright(scan: Scan, turned: int) -> Scan:
    """The scan turned so that text turned counter-clockwise by ``turned`` degrees stands upright."""
    if not turned:
        return scan
    quarters = -turned // 90
    return replace(
        scan,
        gray=np.ascontiguousarray(np.rot90(scan.gray, quarters)),
        color=None if scan.color is None else np.ascontiguousarray(np.rot90(scan.color, quarters)),
    )
