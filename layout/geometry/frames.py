"""Frames: rectangles that rules close off, and the boxes they make."""

from __future__ import annotations

import cv2
import numpy as np

from layout.document import Box
from layout.geometry.components import components, dilate
from layout.geometry.rules import Rules


def find_frames(rules: Rules, pitch: float) -> tuple[Box, ...]:
    """Rectangles closed by rules on all four sides, largest first; worksheet pixels.

    The rules are drawn thick enough to close small gaps at the corners; each patch of paper that they
    shut in and that fills its own bounding box is the inside of a frame.
    """
    height, width = rules.mask.shape
    step = max(1, round(pitch / 6))
    drawn = np.zeros((height // step + 1, width // step + 1), np.uint8)
    for box in (*rules.horizontal, *rules.vertical):
        corner = (int(box.x0) // step, int(box.y0) // step)
        cv2.rectangle(drawn, corner, (int(box.x1) // step, int(box.y1) // step), 1, -1)
    # A skewed or curled side is the diagonal of its box: thick enough, it still closes the frame.
    walls = dilate(drawn > 0, 0.6 * pitch / step, 0.6 * pitch / step)
    inside = components(~walls, connectivity=4)
    frames = []
    for x0, y0, x1, y1, area in zip(inside.x0, inside.y0, inside.x1, inside.y1, inside.area, strict=True):
        box = Box(float(x0 * step), float(y0 * step), float(x1 * step), float(y1 * step)).grown(0.4 * pitch)
        open_side = x0 == 0 or y0 == 0 or x1 == drawn.shape[1] or y1 == drawn.shape[0]
        small = box.width < 3 * pitch or box.height < 2 * pitch
        if open_side or small or area < 0.85 * (x1 - x0) * (y1 - y0) or box.area > 0.7 * height * width:
            continue
        frames.append(box)
    return tuple(sorted(frames, key=lambda box: -box.area))
