"""Panels: even dark or tinted grounds that carry text."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Box
from layout.geometry.components import Mask, close, components, octets, open_

Gray = NDArray[np.uint8]

_STROKE = 0.4  # of a letter's height: the thickest strokes there are


def dark_panels(small: Gray, white: float, unit: float) -> list[Box]:
    """Full dark rectangles with light letters in them, in pixels of ``small``."""
    dark = small < 0.5 * white
    # Its letters are filled, not bridged: another panel may stand close beside, a picture close below.
    found = components(open_(_without_holes(close(dark, 0.5 * unit, 1)), 1.2 * unit, 1.2 * unit))
    full = found.area > 0.88 * found.width * found.height
    panels = []
    for index in np.flatnonzero(full & (found.width * found.height >= 6 * unit * unit)):
        y0, y1, x0, x1 = (int(v[index]) for v in (found.y0, found.y1, found.x0, found.x1))
        where = np.ones((y1 - y0, x1 - x0), bool)
        light = components(small[y0:y1, x0:x1] > 0.65 * white)
        inner = (light.x0 > 0) & (light.y0 > 0) & (light.x1 < x1 - x0) & (light.y1 < y1 - y0)
        # Lit windows of a house are small; the letters of a label up the margin are so for its height only,
        # and those of an advertisement beside its size, but there nothing is grey.
        tall = bool((light.height[inner] > 0.2 * min(y1 - y0, x1 - x0)).any())
        plain = _grey_share(small[y0:y1, x0:x1], white) < 0.1
        panel = (tall or plain) and is_edged(small[y0:y1, x0:x1], white, unit)
        if panel and kind_of_ground(small[y0:y1, x0:x1], where, white, unit) == "dark":
            panels.append(Box(float(x0), float(y0), float(x1), float(y1)))
    return panels


def kind_of_ground(area: Gray, where: Mask, white: float, unit: float) -> str:
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
        stroke = max(0.9 * unit, _STROKE * _letter_height(light))
        if open_(light, stroke, stroke).mean() < 0.02 and _has_letters(light, unit):
            return "dark"
    return "picture"


def is_edged(area: Gray, white: float, unit: float) -> bool:
    """Whether an area is dark along all its four sides, as a panel is and a row of heavy letters is not."""
    rim = max(1, round(0.25 * unit))
    dark = area < 0.6 * white
    sides = (
        dark[:rim].any(axis=0),
        dark[-rim:].any(axis=0),
        dark[:, :rim].any(axis=1),
        dark[:, -rim:].any(axis=1),
    )
    return all(float(side.mean()) > 0.9 for side in sides)


def _without_holes(mask: Mask) -> Mask:
    outlines, _ = cv2.findContours(octets(mask), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    filled = np.zeros(mask.shape, np.uint8)
    cv2.drawContours(filled, outlines, -1, 1, cv2.FILLED)
    return filled.view(np.bool_)


def _grey_share(area: Gray, white: float) -> float:
    """The share of an area that is neither dark nor light."""
    return float(((area > 0.4 * white) & (area < 0.75 * white)).mean())


def _letter_height(light: Mask) -> float:
    """The height of the larger letters of a dark ground, which have half of its light; 0 for none."""
    height, width = light.shape
    found = components(light)
    whole = (found.x0 > 0) & (found.y0 > 0) & (found.x1 < width) & (found.y1 < height)
    if not whole.any():
        return 0.0
    order = np.argsort(found.height[whole], kind="stable")
    summed = np.cumsum(found.area[whole][order])
    return float(found.height[whole][order][np.searchsorted(summed, summed[-1] / 2)])


def _has_letters(light: Mask, unit: float) -> bool:
    """Whether the light parts of a dark ground are strokes enough for a word."""
    found = components(light)
    fit = (found.height > 0.25 * unit) & (found.height < 4 * unit) & (found.width < 6 * unit)
    return bool(fit.sum() >= 3 and light.mean() > 0.015)
