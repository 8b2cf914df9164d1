"""Pictures, and panels: dark or tinted grounds that carry text."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Box
from layout.geometry.components import Mask, close, components, open_
from layout.geometry.worksheet import Worksheet

Gray = NDArray[np.uint8]


@dataclass(frozen=True)
class Grounds:
    """What the letters do not stand on white paper for; boxes in worksheet pixels.

    ``pictures`` hold no text; ``dark`` are grounds with light letters; ``tints`` are light grey or
    coloured grounds with dark letters; ``mask`` covers pictures.
    """

    pictures: tuple[Box, ...]
    dark: tuple[Box, ...]
    tints: tuple[Box, ...]
    mask: Mask


def find_grounds(sheet: Worksheet) -> Grounds:
    """Areas in which no white paper shows for more than half a line, sorted by what they are.

    In text of any size white comes back within a few strokes; in a photograph, a reversed headline or
    a tinted box it does not. Such an area is a panel where its ground is even and the rest of it are
    letters, else a picture.
    """
    pitch = sheet.pitch
    step = max(1, round(pitch / 8))
    small = cv2.resize(sheet.light, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    unit = pitch / step
    brightest = cv2.dilate(
        cv2.GaussianBlur(small, (0, 0), 0.12 * unit), np.ones((round(0.8 * unit),) * 2, np.uint8)
    )
    white = float(np.percentile(brightest, 80))
    pictures: list[Box] = []
    dark: list[Box] = []
    tints: list[Box] = []
    covered = close(brightest < 0.9 * white, unit, unit)
    found = components(open_(covered, 0.8 * unit, 0.8 * unit))
    height, width = small.shape
    for index in range(len(found)):
        w, h = int(found.width[index]), int(found.height[index])
        if w < 2 * unit or h < 1.2 * unit or w * h < 6 * unit * unit:
            continue
        x0, y0, x1, y1 = (int(v[index]) for v in (found.x0, found.y0, found.x1, found.y1))
        edges = (x0 <= 1) + (y0 <= 1) + (x1 >= width - 1) + (y1 >= height - 1)
        if (edges >= 1 and found.area[index] < 0.5 * w * h) or edges >= 2:
            continue  # the scanner's bed or a shadow along the page's edge
        if found.area[index] < 0.45 * w * h:
            continue
        box = Box(float(x0 * step), float(y0 * step), float(x1 * step), float(y1 * step))
        where = found.labels[y0:y1, x0:x1] == index + 1
        match _ground(small[y0:y1, x0:x1], where, white, unit):
            case "dark":
                dark.append(box)
            case "tint":
                tints.append(box)
            case _:
                pictures.append(box)
    mask = np.zeros(sheet.shape, bool)
    for box in pictures:
        mask[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)] = True
    return Grounds(tuple(pictures), tuple(dark), tuple(tints), mask)


def _ground(area: Gray, where: Mask, white: float, unit: float) -> str:
    """What the area is: ``dark`` or ``tint`` for an even ground with letters, else ``picture``."""
    values = area[where].astype(np.float32) / white
    levels, edges = np.histogram(values, bins=32, range=(0, 1.1))
    mode = float(edges[int(np.argmax(levels))]) + 0.017
    even = float((np.abs(values - mode) < 0.06).mean())
    filled = float(where.mean())
    if 0.68 < mode < 0.95 and even > 0.7 and filled > 0.8:
        return "tint"
    if mode < 0.6 and even > 0.4 and filled > 0.6:
        # What is light on a dark panel are strokes; in a dark picture there are light areas.
        light = area > (mode + 0.25) * white
        if open_(light, 0.9 * unit, 0.9 * unit).mean() < 0.02:
            return "dark"
    return "picture"
