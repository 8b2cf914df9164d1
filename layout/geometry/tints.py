"""Pale tints: boxes whose ground is hardly darker than the paper, told by their edges.

A tint of a tenth or less is no darker than a page's shadows. But a tint is a full rectangle, its ground is
even, and on all its sides the paper's white begins within half a line; a shadow fades. What shows through of
a picture on the other side has such edges too, but is uneven.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from layout.document import Box
from layout.geometry.components import close, components, open_
from layout.image.scan import Gray

_LEVELS = (0.96, 0.935)  # of the page's white: on a shaded page a tint shows at the lower one alone
_STEP = 0.022  # of the page's white, by which the ground outside is lighter at the least
_SIDE = 0.75  # share of a side along which it is
_FULL = 0.88  # share of its rectangle that a tint fills
_LARGEST = 0.4  # of the page
_EVEN = 0.035  # of the page's white, between the darkest and the lightest seventh of the ground


def pale_tints(small: Gray, brightest: Gray, white: float, unit: float) -> Iterator[Box]:
    """Rectangles of pale ground, in pixels of ``small``; not yet known to hold text.

    ``brightest`` is ``small`` with its strokes filled with the white around them, by a window of 0.8
    ``unit`` (the line pitch).
    """
    if unit < 2:
        return  # a picture of a few pixels
    height, width = brightest.shape
    done: list[Box] = []
    for level in _LEVELS:
        found = components(open_(close(brightest < level * white, 0.6 * unit, 0.6 * unit), unit, unit))
        size = found.width * found.height
        fits = (found.width > 5 * unit) & (found.height > 2.5 * unit) & (found.area > _FULL * size)
        fits &= size < _LARGEST * width * height
        for n in np.flatnonzero(fits):
            x0, y0, x1, y1 = (int(v[n]) for v in (found.x0, found.y0, found.x1, found.y1))
            box = Box(float(x0), float(y0), float(x1), float(y1))
            if any(box.intersection(other) > 0.5 * min(box.area, other.area) for other in done):
                continue
            if is_even(brightest[y0:y1, x0:x1], white) and _is_edged(brightest, box, white, unit):
                done.append(box)
                yield _to_edges(small, box, float(np.median(brightest[y0:y1, x0:x1])), white, round(unit))


def _to_edges(small: Gray, box: Box, ground: float, white: float, reach: int) -> Box:
    """The box with each side where the paper's white begins, at most ``reach`` away: the window that filled
    the strokes ate its rim. Quartiles see past the letters.
    """
    x0, y0, x1, y1 = (int(v) for v in (box.x0, box.y0, box.x1, box.y1))
    bar = 0.5 * (ground + white)

    def edge(strip: NDArray[np.uint8], axis: int) -> int:
        """How many lines of the strip, from its inner end, are still ground."""
        light = np.flatnonzero(np.percentile(strip, 75, axis=axis) > bar)
        return int(light[0]) if len(light) else len(strip)

    left, right = small[y0:y1, x0 - reach : x0][:, ::-1], small[y0:y1, x1 : x1 + reach]
    top, bottom = small[y0 - reach : y0, x0:x1][::-1], small[y1 : y1 + reach, x0:x1]
    sides = x0 - edge(left, 0), y0 - edge(top, 1), x1 + edge(right, 0), y1 + edge(bottom, 1)
    return Box(*map(float, sides))


def is_even(ground: NDArray[np.uint8], white: float) -> bool:
    """Whether the ground of a tint is alike all over, but for light that falls off along or across it."""
    tones = ground.astype(np.float32)
    for axis in (1, 0):
        tones -= np.median(tones, axis=axis, keepdims=True)
    low, high = np.percentile(tones, (15, 85))
    return bool(high - low < _EVEN * white)


def _is_edged(brightest: Gray, box: Box, white: float, unit: float) -> bool:
    """Whether the ground is lighter right outside each side, all along it."""
    height, width = brightest.shape
    near, far, back = round(0.7 * unit), round(1.4 * unit), max(1, round(0.3 * unit))
    x0, y0, x1, y1 = (int(v) for v in (box.x0, box.y0, box.x1, box.y1))
    if min(x0, y0) < far or x1 + far >= width or y1 + far >= height:
        return False
    # A rule close outside darkens the paper where it stands, not all the way.
    pairs = (
        (brightest[y0:y1, x0 - far : x0 - near].max(axis=1), brightest[y0:y1, x0 + back]),
        (brightest[y0:y1, x1 + near : x1 + far].max(axis=1), brightest[y0:y1, x1 - 1 - back]),
        (brightest[y0 - far : y0 - near, x0:x1].max(axis=0), brightest[y0 + back, x0:x1]),
        (brightest[y1 + near : y1 + far, x0:x1].max(axis=0), brightest[y1 - 1 - back, x0:x1]),
    )
    step = _STEP * white
    return all((outer.astype(int) - inner.astype(int) > step).mean() > _SIDE for outer, inner in pairs)
