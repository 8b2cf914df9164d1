"""A newspaper's name drawn by hand: calligraphy in the middle of the first page's head.

Its letters stand over and in one another, often with an emblem or a wreath, so that they make no row. But
they are drawn with a broad pen, in few strokes that are far larger than any type.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Box
from layout.geometry.components import Ints, Marks, Mask, close, octets, open_
from layout.geometry.line import Line
from layout.geometry.titles import Title, is_cut_straight
from layout.geometry.worksheet import Worksheet

# Line pitches.
_LARGE = 4.0  # a stroke of such a name is as high and as wide; letters are narrower
_LONG, _BROAD = 1.5, 0.6  # the other strokes are as long and as broad; few words of type are
_TALL = 3.0  # an upright stroke of the pen, which is no broader than it
_WIDEST, _HIGHEST = 30.0, 18.0  # what is larger is a picture or a frame
_PEN = 0.25  # a pen as thick drew much of it; type is drawn with a third of that
_PART = 0.1  # of a stroke's ink at least is as thick
_HEAD = 0.25  # of the sheet's height
_WIDE = 0.25  # of the sheet's width: what a name takes
_MIDDLE = 0.15  # of the sheet's width: how far the name's middle is off the sheet's
_REACH = 0.15  # of the first stroke's height: how far off the next one stands
_LIGHTEST, _DARKEST = 0.08, 0.6  # of its box, inked: a frame has less, a panel more
_OWN = 0.55  # of the ink in the box is that of large strokes; a frame is full of type
_DRAWN = 0.35  # of the ink is as thick as the pen
_GREY = 0.2  # of the box at most, between ink and paper: a photograph is grey


def find_drawn_names(sheet: Worksheet, titles: Sequence[Title]) -> tuple[Title, ...]:
    """Drawn names as titles of one line, in worksheet pixels; none of what ``titles`` hold."""
    parts, pitch = sheet.marks, sheet.pitch
    height, width = sheet.shape
    fill = parts.area / np.maximum(parts.width * parts.height, 1)
    stroke = (fill > _LIGHTEST) & (fill < _DARKEST) & (parts.y0 < _HEAD * height)
    stroke &= (parts.width < _WIDEST * pitch) & (parts.height < _HIGHEST * pitch)
    stroke &= (parts.x0 > 0) & (parts.y0 > 0) & (parts.x1 < width)
    broad = np.minimum(parts.width, parts.height) > _BROAD * pitch
    stroke &= broad | (parts.height > _TALL * pitch) & (parts.width > _PEN * pitch)
    for title in titles:
        box = title.line.box
        stroke &= (parts.x1 <= box.x0) | (parts.x0 >= box.x1) | (parts.y1 <= box.y0) | (parts.y0 >= box.y1)
    long = np.flatnonzero(stroke & (np.maximum(parts.width, parts.height) > _LONG * pitch))
    long = long[_are_by_pen(sheet, long)]
    found = (_name(sheet, box) for box in _groups(parts, long, pitch))
    return tuple(title for title in found if title is not None)


def _are_by_pen(sheet: Worksheet, strokes: Ints) -> NDArray[np.bool_]:
    """Which strokes are in some part as thick as the pen: words of type beside the name are not."""
    parts, pitch = sheet.marks, sheet.pitch
    if not (np.minimum(parts.width, parts.height)[strokes] > _LARGE * pitch).any():
        return np.zeros(len(strokes), bool)
    thick = _thick(sheet.ink[: int(parts.y1[strokes].max())], pitch)[1]
    table = cv2.integral(octets(thick))
    x0, y0, x1, y1 = (side[strokes] for side in (parts.x0, parts.y0, parts.x1, parts.y1))
    held = table[y1, x1] - table[y0, x1] - table[y1, x0] + table[y0, x0]
    return np.asarray(held > _PART * parts.area[strokes], bool)


def _groups(parts: Marks, strokes: Ints, pitch: float) -> Iterator[tuple[Box, int]]:
    """The strokes that stand near a large one: the box around them, and their ink."""
    large = strokes[np.minimum(parts.width, parts.height)[strokes] > _LARGE * pitch]
    left = strokes
    for first in large[np.argsort(-parts.area[large], kind="stable")]:
        if first not in left:
            continue
        group, reach = np.array([first]), _REACH * float(parts.height[first])
        while True:
            x0, y0 = parts.x0[group].min() - reach, parts.y0[group].min() - reach
            x1, y1 = parts.x1[group].max() + reach, parts.y1[group].max() + reach
            near = (parts.x0[left] < x1) & (parts.x1[left] > x0)
            near &= (parts.y0[left] < y1) & (parts.y1[left] > y0)
            if near.sum() == len(group):
                break
            group = left[near]
        left = left[~np.isin(left, group)]
        corners = (parts.x0[group].min(), parts.y0[group].min(), parts.x1[group].max(), parts.y1[group].max())
        yield Box(*map(float, corners)), int(parts.area[group].sum())


def _name(sheet: Worksheet, group: tuple[Box, int]) -> Title | None:
    """The group as a title; None where it is no name drawn with a pen."""
    (box, own), pitch, width = group, sheet.pitch, sheet.shape[1]
    if abs(box.center[0] / width - 0.5) > _MIDDLE or box.width < _WIDE * width:
        return None
    if max(box.width / _WIDEST, box.height / _HIGHEST) > pitch:
        return None
    if box.height > box.width:  # a picture in a column; names are written along the line
        return None
    place = (slice(int(box.y0), int(box.y1)), slice(int(box.x0), int(box.x1)))
    ink, light = sheet.ink[place], sheet.light[place]
    if is_cut_straight(ink, pitch) or is_cut_straight(ink.T, pitch):
        return None
    grey = float(((light > 0.45 * 255) & (light < 0.8 * 255)).mean())
    if own < _OWN * ink.sum() or _by_pen(ink, pitch) < _DRAWN or grey > _GREY:
        return None
    third = box.height / 3
    core = replace(box, y0=box.y0 + third, y1=box.y1 - third)
    return Title(Line(box, core, 0.0, _PEN * pitch, box.height, float(ink.mean())), ink.copy())


def _by_pen(ink: Mask, pitch: float) -> float:
    """The share of the ink that is as thick as the pen."""
    whole, thick = _thick(ink, pitch)
    return float(thick.sum() / max(1, whole.sum()))


def _thick(ink: Mask, pitch: float) -> tuple[Mask, Mask]:
    """(ink with worn strokes made whole, what of it is as thick as the pen)."""
    whole = close(ink, 0.1 * pitch, 0.1 * pitch)
    return whole, open_(whole, _PEN * pitch, _PEN * pitch)
