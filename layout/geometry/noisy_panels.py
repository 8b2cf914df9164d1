"""Dark panels that a scan in one bit has broken up.

A scanner that sets its threshold by what is around leaves dark only what is close to letters and edges; the
rest of a panel's ground is specks, half of them white, and looks grey as a picture does. But specks are finer
than strokes: without them the ground is even, and what is left on it stands in lines.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from layout.document import Box
from layout.geometry.components import Mask, components, dilate, marks, open_
from layout.geometry.panels import is_edged, kind_of_ground
from layout.geometry.pictures import Grounds
from layout.geometry.tones import find_letters, reads
from layout.geometry.worksheet import Worksheet
from layout.image.scale import resized
from layout.image.scan import Gray

_LIGHT = 0.7  # of the paper's white: light strokes are as light as paper
_STROKE = 0.07  # line pitches: light strokes are no thinner, specks hardly ever as large
_LETTER = 0.32  # line pitches: what is smaller is a dot, or specks
_NEAR = 0.4  # line pitches, half of it to each side: around letters, where their dots are, the ground is dark
_LOW = 3.0  # line pitches: a lower panel has too few lines to be told from a picture


def with_noisy_panels(sheet: Worksheet, grounds: Grounds) -> tuple[Worksheet, Grounds]:
    """The grounds with such panels among the dark ones, not the pictures; the sheet without their specks."""
    white = float(np.percentile(sheet.light[::8, ::8], 80))
    strokes = [(box, _strokes(sheet, box, white)) for box in grounds.pictures]
    panels = [(box, mask) for box, mask in strokes if mask is not None]
    if not panels:
        return sheet, grounds
    light = sheet.light.copy()
    for box, mask in panels:
        _part(light, box)[~mask] = 0
    dark = tuple(box for box, _ in panels)
    pictures = tuple(box for box in grounds.pictures if box not in dark)
    return replace(sheet, light=light), replace(grounds, pictures=pictures, dark=grounds.dark + dark)


def _strokes(sheet: Worksheet, box: Box, white: float) -> Mask | None:
    """The light strokes of a panel; None for what is none."""
    pitch, area = sheet.pitch, _part(sheet.light, box)
    step = max(1, round(pitch / 8))
    if min(area.shape) < _LOW * pitch or not is_edged(resized(area, 1 / step), white, pitch / step):
        return None
    light = area > _LIGHT * white
    strokes = open_(light, _STROKE * pitch, _STROKE * pitch)
    dilate(strokes, 3, 3, out=strokes)
    found = components(strokes & light)
    letters = found.mask(np.maximum(found.width, found.height) > _LETTER * pitch)
    strokes = dilate(letters, _NEAR * pitch, _NEAR * pitch) & light
    small = resized(strokes.view(np.uint8) * np.uint8(255), 1 / step)
    if kind_of_ground(small, np.ones(small.shape, bool), 255.0, pitch / step) != "dark":
        return None
    height, width = strokes.shape
    whole = Box(0.0, 0.0, float(width), float(height))
    return strokes if reads(find_letters(marks(strokes), pitch), whole, pitch) else None


def _part(light: Gray, box: Box) -> Gray:
    """What of the picture lies in the box; a view."""
    return light[max(0, int(box.y0)) : int(box.y1), max(0, int(box.x0)) : int(box.x1)]
