"""Level rules followed beyond where they break off.

Of a hairline on a poor scan the ends are left in flakes, shorter than a letter is wide: as rules they count
for nothing, as marks they make the words above them higher than their type.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from layout.document import Box
from layout.geometry.components import Mask

_LONG = 5.0  # line pitches: a rule of which more is looked for
_BREAK = 2.0  # line pitches from one flake to the next
_FLAKE = 0.15  # line pitches: what is shorter is a speck
_WHITE = 0.2  # line pitches above and below a flake
_LETTERS = 0.3  # line pitches between flakes that letters take: a tail that touches the rule; text takes more
_THIN = 0.25  # line pitches: a hairline
_LEFT = 0.25  # share of what was followed that is flakes


def follow_rules(boxes: Iterable[Box], ink: Mask, mask: Mask, pitch: float) -> list[Box]:
    """The level rules, thin long ones with the flakes in line with them, which are added to ``mask``.

    ``ink`` and ``mask`` H x W; boxes in their pixels.
    """
    return [_followed(box, ink, mask, pitch) for box in boxes]


def _followed(box: Box, ink: Mask, mask: Mask, pitch: float) -> Box:
    if box.width < _LONG * pitch or box.height > max(_THIN * pitch, 0.03 * box.width):
        return box
    right = _beyond(box, ink, mask, pitch)
    left = _beyond(_mirrored(box, ink), ink[:, ::-1], mask[:, ::-1], pitch)
    return Box(box.x0 - left, box.y0, box.x1 + right, box.y1)


def _mirrored(box: Box, ink: Mask) -> Box:
    width = ink.shape[1]
    return Box(width - box.x1, box.y0, width - box.x0, box.y1)


def _beyond(box: Box, ink: Mask, mask: Mask, pitch: float) -> int:
    """How far to the right a rule's flakes reach from its end; they are added to the mask."""
    end, y0, y1 = int(box.x1), int(box.y0), int(box.y1)
    last = np.flatnonzero(mask[y0:y1, max(0, end - int(pitch)) : end].any(axis=1))
    if not len(last):
        return 0
    top, bottom = y0 + int(last[0]) - 1, y0 + int(last[-1]) + 2
    if bottom - top > _THIN * pitch + 2 or top < 0:
        return 0
    white = max(2, round(_WHITE * pitch))
    others = np.flatnonzero(mask[top:bottom, end:].any(axis=0))  # where the next rule begins
    sides = slice(end, end + int(others[0]) if len(others) else ink.shape[1])
    own = np.any(ink[top:bottom, sides], axis=0)
    beside = ink[max(0, top - white) : top, sides].any(axis=0)
    beside |= ink[bottom : bottom + white, sides].any(axis=0)
    flakes = _runs(np.greater(own, beside), _FLAKE * pitch)
    lettered = np.cumsum(own & beside)
    reach = 0
    for first, stop in flakes:
        if first - reach > _BREAK * pitch or lettered[first] - lettered[reach] > _LETTERS * pitch:
            break
        reach = stop
    covered = sum(stop - first for first, stop in flakes if stop <= reach)
    if covered < _LEFT * reach:
        return 0
    for first, stop in flakes:
        if stop <= reach:
            place = slice(top, bottom), slice(end + first, end + stop)
            mask[place] |= ink[place]
    return reach


def _runs(line: NDArray[np.bool_], least: float) -> list[tuple[int, int]]:
    """(first, end) of the runs of True that are at least so long."""
    edges = np.flatnonzero(np.diff(line, prepend=False, append=False)).tolist()
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= least]
