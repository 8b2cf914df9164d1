"""Printed rules: column rules, cut-off rules, and the sides of frames."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layout.document import Box
from layout.geometry.components import Components, Mask, close, components, dilate, open_

_SHORTEST = 2.2  # line pitches: longer than a dash, a kashida or a tall letter of body type
_THICKEST = 0.45  # line pitches


@dataclass(frozen=True)
class Rules:
    """Boxes of rules in worksheet pixels, and the mask of their ink.

    ``walls`` are the upright ones as a mask: no line of text crosses them.
    """

    horizontal: tuple[Box, ...]
    vertical: tuple[Box, ...]
    mask: Mask
    walls: Mask


def find_rules(ink: Mask, pitch: float) -> Rules:
    """Straight thin strokes, upright and level, that are longer than any letter's.

    Opening by a long line keeps straight runs only; runs on one line that nearly touch are joined (a
    broken or stepped rule). A run is a rule where it is at least ten times as long as thick and no
    more than a part of it is grown together with letters.
    """
    horizontal = _runs(ink, pitch, level=True)
    vertical = _runs(ink.T, pitch, level=False)
    mask = np.zeros_like(ink)
    for box in (*horizontal, *(_swap(box) for box in vertical)):
        x0, y0, x1, y1 = int(box.x0), int(box.y0), int(np.ceil(box.x1)), int(np.ceil(box.y1))
        mask[max(0, y0 - 1) : y1 + 1, max(0, x0 - 1) : x1 + 1] = True
    thin = dilate(open_(ink, 1.2 * pitch, 1) & mask, 3, 3) | dilate(open_(ink, 1, 1.2 * pitch) & mask, 3, 3)
    upright = open_(ink, 1, 1.2 * pitch) & mask
    return Rules(horizontal, tuple(_swap(box) for box in vertical), thin & mask & ink, upright)


def _swap(box: Box) -> Box:
    return Box(box.y0, box.x0, box.y1, box.x1)


def _runs(ink: Mask, pitch: float, *, level: bool) -> tuple[Box, ...]:
    """Rules along the x axis of ``ink``; upright ones come with the picture transposed."""
    # Headline letters have upright stems a few pitches long, but hardly any level stroke as long.
    shortest = _SHORTEST * pitch if level else 1.4 * _SHORTEST * pitch
    # Upright rules break often, and no two letters below each other touch; along a line letters do.
    gap = 3 if level else 0.25 * pitch
    strokes = open_(close(close(ink, 3, 3), gap, 1), pitch, 1)
    joined = close(strokes, 0.8 * pitch, 3)
    found = components(joined)
    long = (found.width >= shortest) & (found.height <= np.maximum(_THICKEST * pitch, 0.02 * found.width))
    long &= found.width >= 8 * _thickness(found)
    solid = np.bincount(found.labels[strokes], minlength=len(found) + 1)[1:]
    long &= solid >= 0.7 * found.area
    boxes = [
        Box(float(x0), float(y0), float(x1), float(y1))
        for x0, y0, x1, y1 in zip(found.x0[long], found.y0[long], found.x1[long], found.y1[long], strict=True)
    ]
    # A double rule's other half is not a letter; nothing that long is.
    letters = ink & ~dilate(found.mask(long & (found.width > 8 * pitch)), 3, 3)
    return tuple(
        box for box in _collinear(boxes, pitch) if _clean(letters, box, pitch) and _solid(ink, box)
    )


def _thickness(found: Components) -> NDArray[np.float64]:
    thickness: NDArray[np.float64] = found.area / np.maximum(found.width, 1)
    return thickness


def _clean(ink: Mask, box: Box, pitch: float) -> bool:
    """Whether few letters stand close above and below: a rule has air, a row of letters has not."""
    margin = max(2, round(0.2 * pitch))
    x0, x1 = int(box.x0), int(np.ceil(box.x1))
    y0, y1 = int(box.y0), int(np.ceil(box.y1))
    above = ink[max(0, y0 - margin) : y0, x0:x1]
    below = ink[y1 : y1 + margin, x0:x1]
    touched = 0.0
    for side in (above, below):
        if side.size:
            touched = max(touched, float(side.any(axis=0).mean()))
    return touched < 0.2


def _solid(ink: Mask, box: Box) -> bool:
    """Whether the rule is inked for most of its length: a row of letters' feet is not."""
    strip = ink[int(box.y0) : int(np.ceil(box.y1)), int(box.x0) : int(np.ceil(box.x1))]
    return bool(strip.any(axis=0).mean() > 0.8)


def _collinear(boxes: list[Box], pitch: float) -> list[Box]:
    """Pieces of one broken rule united: in line within a quarter pitch, gap under two pitches."""
    boxes = sorted(boxes, key=lambda box: box.x0)
    merged: list[Box] = []
    for box in boxes:
        for index, other in enumerate(merged):
            gap = box.x0 - other.x1
            offset = abs(box.center[1] - other.center[1])
            if gap < 2 * pitch and offset < max(0.25 * pitch, 0.01 * (box.x1 - other.x0)):
                merged[index] = Box(
                    min(other.x0, box.x0), min(other.y0, box.y0), max(other.x1, box.x1), max(other.y1, box.y1)
                )
                break
        else:
            merged.append(box)
    return merged
