"""Frames: rectangles that rules close off, and the boxes they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from layout.document import Box
from layout.geometry.components import Mask, components, dilate
from layout.geometry.rules import PrintedRules


def find_frames(rules: PrintedRules, pitch: float) -> tuple[Box, ...]:
    """Rectangles closed by rules on all four sides, largest first; worksheet pixels.

    The rules are drawn thick enough to close small gaps at the corners; each patch of paper that they
    shut in and that fills its own bounding box is the inside of a frame. One corner may be open by up to
    two lines, where a curled sheet's rule fades: columns between rules are open at more of them.
    """
    drawn = _drawn(rules, (*rules.horizontal, *rules.vertical), pitch)
    closed = _shut_in(drawn, pitch)
    more = [
        box
        for box in _shut_in(_drawn(rules, _to_corners(rules, 2 * pitch), pitch), pitch)
        if not any(box.intersection(frame) > 0.5 * min(box.area, frame.area) for frame in closed)
        and _corners(drawn, box, pitch) >= 3
    ]
    return tuple(sorted((*closed, *more), key=lambda box: -box.area))


def _step(pitch: float) -> int:
    return max(1, round(pitch / 6))


def _drawn(rules: PrintedRules, boxes: Sequence[Box], pitch: float) -> Mask:
    """The rules' boxes filled, in a picture of a sixth of a line to the pixel."""
    height, width = rules.mask.shape
    step = _step(pitch)
    drawn = np.zeros((height // step + 1, width // step + 1), np.uint8)
    for box in boxes:
        corner = (int(box.x0) // step, int(box.y0) // step)
        cv2.rectangle(drawn, corner, (int(box.x1) // step, int(box.y1) // step), 1, -1)
    return drawn > 0


def _shut_in(drawn: Mask, pitch: float) -> list[Box]:
    """Patches of paper that the drawn rules shut in and that are full rectangles; worksheet pixels."""
    step = _step(pitch)
    height, width = drawn.shape
    # A skewed or curled side is the diagonal of its box: thick enough, it still closes the frame.
    walls = dilate(drawn, 0.6 * pitch / step, 0.6 * pitch / step)
    inside = components(~walls, connectivity=4)
    frames = []
    page = height * width * step * step
    closed = (inside.x0 > 0) & (inside.y0 > 0) & (inside.x1 < width) & (inside.y1 < height)
    for n in np.flatnonzero(closed):
        x0, y0, x1, y1 = (int(side[n]) for side in (inside.x0, inside.y0, inside.x1, inside.y1))
        box = Box(float(x0 * step), float(y0 * step), float(x1 * step), float(y1 * step)).grown(0.4 * pitch)
        small = box.width < 3 * pitch or box.height < 2 * pitch
        # A smaller frame that hangs at the upper or lower side is a part of what the larger one holds.
        held = closed & (inside.x0 > x0) & (inside.x1 < x1) & (inside.y0 >= y0) & (inside.y1 <= y1)
        area = inside.area[n] + int((inside.width * inside.height)[held].sum())
        if small or area < 0.85 * (x1 - x0) * (y1 - y0) or box.area > 0.7 * page:
            continue
        frames.append(box)
    return frames


def _to_corners(rules: PrintedRules, reach: float) -> list[Box]:
    """The rules, each going on to the ends of those across that are near its own ends."""
    level = [_prolonged(rule, rules.vertical, reach) for rule in rules.horizontal]
    across = [_turned(rule) for rule in rules.horizontal]
    upright = [_turned(_prolonged(_turned(rule), across, reach)) for rule in rules.vertical]
    return [*level, *upright]


def _prolonged(rule: Box, across: Sequence[Box], reach: float) -> Box:
    """A level rule longer at each end, to an upright one that meets its height there."""
    x0, x1 = rule.x0, rule.x1
    for other in across:
        meets = other.y0 - reach < rule.center[1] < other.y1 + reach
        if meets and rule.x0 - reach < other.x1 < rule.x0:
            x0 = min(x0, other.x0)
        if meets and rule.x1 < other.x0 < rule.x1 + reach:
            x1 = max(x1, other.x1)
    return replace(rule, x0=x0, x1=x1)


def _turned(box: Box) -> Box:
    return Box(box.y0, box.x0, box.y1, box.x1)


def _corners(drawn: Mask, box: Box, pitch: float) -> int:
    """How many corners of the box have a level and an upright rule that come within a third of a line."""
    step = _step(pitch)
    aside, near, far = (max(1, round(reach * pitch / step)) for reach in (0.6, 0.33, 2.0))
    found = 0
    for x, inward in ((box.x0, 1), (box.x1, -1)):
        for y, down in ((box.y0, 1), (box.y1, -1)):
            col, row = round(x / step), round(y / step)
            beside = sorted((col + inward * near, col + inward * far))
            below = sorted((row + down * near, row + down * far))
            level = drawn[max(0, row - aside) : row + aside + 1, max(0, beside[0]) : max(0, beside[1])]
            upright = drawn[max(0, below[0]) : max(0, below[1]), max(0, col - aside) : col + aside + 1]
            found += bool(level.any(axis=0).all() and upright.any(axis=1).all())
    return found
