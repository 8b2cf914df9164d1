"""Ink that is letters: light letters on dark grounds turned dark, rules and pictures taken out."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Box
from layout.geometry.components import Components, Marks, Mask, components, dilate
from layout.geometry.pictures import Grounds
from layout.geometry.rules import PrintedRules
from layout.geometry.worksheet import Worksheet
from layout.image.scan import Gray


def clear_ink(sheet: Worksheet, grounds: Grounds, rules: PrintedRules) -> Mask:
    """The sheet's ink without its rules, as if everything were printed dark on white."""
    pitch = sheet.pitch
    ink = dilate(rules.mask, 0.12 * pitch, 0.12 * pitch)
    np.greater(sheet.ink, ink, out=ink)
    for box in grounds.dark:
        y0, y1, x0, x1 = _tight(sheet.light, box)
        panel = sheet.light[y0:y1, x0:x1]
        if panel.size:
            level, _ = cv2.threshold(panel, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
            # Panels are found on a picture an eighth of a line to the pixel: a rim of that may stand out.
            rim = box.grown(pitch / 8)
            ink[max(0, int(rim.y0)) : int(rim.y1) + 1, max(0, int(rim.x0)) : int(rim.x1) + 1] = False
            ink[y0:y1, x0:x1] = _inside(panel > level)
    return ink


def letter_parts(parts: Components, drawings: Sequence[Box], pitch: float) -> Components:
    """Those of an ink's components that are no larger than letters, no dirt and in no drawing.

    The labels of ``parts`` are lost.
    """
    drawn = np.zeros(len(parts), bool)
    x, y = (parts.x0 + parts.x1) / 2, (parts.y0 + parts.y1) / 2
    for box in drawings:
        drawn |= (x > box.x0) & (x < box.x1) & (y > box.y0) & (y < box.y1)
    return parts.only(_lettersized(parts, pitch) & ~_specks(parts, pitch) & ~_dirt(parts, pitch) & ~drawn)


def little_panels(sheet: Worksheet) -> tuple[Box, ...]:
    """Small dark blocks with a light sign in them, such as a folio on a square; worksheet pixels."""
    ink, pitch, parts = sheet.ink, sheet.pitch, sheet.marks
    full = parts.area > 0.5 * parts.width * parts.height
    size = np.minimum(parts.width, parts.height)
    small = (size > 0.75 * pitch) & (np.maximum(parts.width, parts.height) < 4 * pitch) & full
    found = []
    for index in np.flatnonzero(small):
        y0, y1, x0, x1 = (int(v[index]) for v in (parts.y0, parts.y1, parts.x0, parts.x1))
        sign = _inside(~ink[y0:y1, x0:x1])
        # Filled, a block is a rectangle; a fat letter with its counter filled is round or has a tail,
        # and has letters beside it.
        block = (ink[y0:y1, x0:x1] | sign).mean() > 0.93 and not _in_a_word(parts, int(index))
        if block and (components(sign).height > 0.25 * (y1 - y0)).any() and 0.02 < sign.mean() < 0.45:
            found.append(Box(float(x0), float(y0), float(x1), float(y1)))
    return tuple(found)


def _in_a_word(parts: Marks, index: int) -> bool:
    """Whether a component of like height stands close beside this one."""
    height = parts.height[index]
    shared = np.minimum(parts.y1, parts.y1[index]) - np.maximum(parts.y0, parts.y0[index])
    gap = np.maximum(parts.x0, parts.x0[index]) - np.minimum(parts.x1, parts.x1[index])
    like = (np.abs(parts.height - height) < 0.3 * height) & (shared > 0.6 * height)
    like &= (gap > -0.2 * height) & (gap < 0.5 * height)
    like[index] = False
    return bool(like.any())


def put_panel_sides(barrier: Mask, grounds: Grounds, ink: Mask) -> None:
    """Adds the left and right edges of panels and tints: no line of text runs from one into the next.

    A tint's edge counts where no ``ink`` lies on it: what only looks like a tint is crossed by lines.
    """
    for box in (*grounds.dark, *grounds.tints):
        rows = slice(max(0, int(box.y0)), int(box.y1))
        for x in (int(box.x0), int(box.x1) - 2):
            side = slice(max(0, x), max(0, x) + 2)
            if box in grounds.dark or not ink[rows, side].any():
                barrier[rows, side] = True


def panel_ends(grounds: Grounds) -> tuple[Box, ...]:
    """The upper and lower edges of dark panels: what stands in one and what stands below are two things."""
    return tuple(Box(box.x0, y - 1, box.x1, y + 1) for box in grounds.dark for y in (box.y0, box.y1))


def _lettersized(parts: Components, pitch: float) -> NDArray[np.bool_]:
    """Whether each is not far too big for letters, as are the scanner's bed, drawings, torn edges.

    The tallest letters of a masthead have some six line pitches; a wider and taller thing is none,
    nor is one that hangs on the picture's edge and is taller than a line.
    """
    height, width = parts.labels.shape
    edge = (parts.x0 <= 1) | (parts.y0 <= 1) | (parts.x1 >= width - 1) | (parts.y1 >= height - 1)
    big = (parts.height > 8 * pitch) & (parts.width > 8 * pitch)
    big |= edge & ((parts.height > 3 * pitch) | (parts.width > 6 * pitch))
    return np.asarray(~big, bool)


def _tight(light: Gray, box: Box) -> tuple[int, int, int, int]:
    """(y0, y1, x0, x1) of the panel proper: the rows and columns that are mostly dark."""
    y0, x0 = max(0, int(box.y0)), max(0, int(box.x0))
    area = light[y0 : int(box.y1), x0 : int(box.x1)]
    dark = area < 0.5 * (float(area.min()) + float(area.max()))
    rows = np.flatnonzero(dark.mean(axis=1) > 0.5)
    columns = np.flatnonzero(dark.mean(axis=0) > 0.5)
    if not len(rows) or not len(columns):
        return y0, y0, x0, x0
    return (
        y0 + int(rows[0]) + 1,
        y0 + int(rows[-1]),
        x0 + int(columns[0]) + 1,
        x0 + int(columns[-1]),
    )


def _inside(light: Mask) -> Mask:
    """Light strokes of a panel: what hangs on its edge is the paper around it."""
    found = components(light)
    height, width = light.shape
    edge = (found.x0 <= 1) | (found.y0 <= 1) | (found.x1 >= width - 1) | (found.y1 >= height - 1)
    return found.mask(~edge)


def _dirt(parts: Components, pitch: float) -> NDArray[np.bool_]:
    """Whether each is no larger than what speckles the page where no letters are.

    A page is speckled that has one such mark and more to a square of the pitch; the largest dirt is as
    large as a small dot of body type, and stays.
    """
    tiny = np.maximum(parts.width, parts.height) < 0.22 * pitch
    around = parts.mask(parts.height > 0.3 * pitch)
    dilate(around, 2 * pitch, 2 * pitch, out=around)
    free = tiny & ~around[(parts.y0 + parts.y1) // 2, (parts.x0 + parts.x1) // 2]
    if free.sum() <= np.count_nonzero(~around) / pitch**2:
        return np.zeros(len(parts), bool)
    largest = min(float(np.percentile(parts.area[free], 99)), (0.085 * pitch) ** 2)
    return np.asarray(tiny & (parts.area <= largest), bool)


def _specks(parts: Components, pitch: float) -> NDArray[np.bool_]:
    """Whether each is far smaller than a dot of body type."""
    long = np.maximum(parts.width, parts.height) > 0.06 * pitch
    return np.asarray(~((parts.area >= 1.5 * (0.055 * pitch) ** 2) & long), bool)
