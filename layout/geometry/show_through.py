"""Pictures apart from what shows through the paper beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from layout.document import Box, union
from layout.geometry.components import Components, Mask, close, components, open_
from layout.geometry.tones import PALE, Tones, reads

_LEAST = 1.2  # line pitches: a picture's dark part is wider and higher
_MOST = 0.8  # of what is dark lies in parts that are pictures
_SQUARE = 0.9  # of their boxes that the hulls of pictures' dark parts take up; an ellipse takes 0.785
_WHOLE = 0.9  # of its box: an area so full is one picture, its pale part a sky or a floor
_AS_HIGH = 0.8  # of the other's height: pictures in a row
_CLOSE = 2.0  # line pitches between pictures with a gutter between them at least
_LINES = 2.0  # line pitches: a strip so narrow has no room for lines of text

Part = tuple[Mask, tuple[int, int]]


def dark_parts(tones: Tones, corner: tuple[int, int], where: Mask, pitch: float) -> list[Part]:
    """The pictures in an area without white that holds more than they do: what shows through beside them, or
    a shadow. None where the area is one picture or has none.

    Ink of the other side comes through with less than a third of its darkness, so what is as dark as no
    ground under letters is printed on this side. A photograph's dark part ends where the photograph does;
    its sky is as wide, and nothing is to be read there. ``where`` is the area's mask in small pixels,
    ``corner`` its left and top, and so it is with each part; ``pitch`` is in worksheet pixels.
    """
    left, top = corner
    height, width = where.shape
    brightest = tones.brightest[top : top + height, left : left + width]
    boxes = _pictures(where & (brightest < PALE * tones.white), tones.unit)

    def is_read(strip: Box) -> bool:
        room = min(strip.width, strip.height) > _LINES * tones.unit
        return room and reads(tones.letters, strip.moved(left, top).scaled(tones.step), pitch)

    beside = (strip for box in boxes for strip in _beside(box, width, height))
    is_one = where.mean() > _WHOLE or (len(boxes) == 1 and _is_along(boxes[0], width, height, tones.unit))
    if is_one and not any(map(is_read, beside)):
        return []
    return [
        (np.ones((int(box.height), int(box.width)), bool), (left + int(box.x0), top + int(box.y0)))
        for box in boxes
    ]


def _pictures(dark: Mask, unit: float) -> list[Box]:
    """The boxes of the pictures of which these are the dark parts; none where the parts are no rectangles."""
    least = _LEAST * unit
    found = components(open_(close(dark, unit, unit), least, least))
    if found.area.sum() < _MOST * np.count_nonzero(dark):
        return []
    groups = _grouped(found, unit)
    boxes = [union(_box(found, index) for index in group) for group in groups]
    hulls = sum(_hull(found, group) for group in groups)
    return boxes if hulls > _SQUARE * sum(box.area for box in boxes) else []


def _is_along(dark: Box, width: int, height: int, unit: float) -> bool:
    """Whether an area of this size is as wide or as high as its dark part."""
    return max(dark.x0, width - dark.x1) < unit or max(dark.y0, height - dark.y1) < unit


def _grouped(found: Components, unit: float) -> list[list[int]]:
    """The dark parts by the pictures they belong to, largest first.

    What lies in the rows or the columns of a larger part and has not its height or width is beyond something
    light in the same picture, and so is what is close to it; pictures in a row are as high as each other.
    """
    groups: list[list[int]] = []
    for index in np.argsort(-found.area, kind="stable").tolist():
        own = _box(found, index)
        for group in groups:
            whole = union(_box(found, part) for part in group)
            in_rows = whole.y0 - unit < own.y0 and own.y1 < whole.y1 + unit
            in_columns = whole.x0 - unit < own.x0 and own.x1 < whole.x1 + unit
            lower = own.height < _AS_HIGH * whole.height or -own.overlap_x(whole) < _CLOSE * unit
            narrower = own.width < _AS_HIGH * whole.width or -own.overlap_y(whole) < _CLOSE * unit
            if (in_rows and lower) or (in_columns and narrower):
                group.append(index)
                break
        else:
            groups.append([index])
    return groups


def _box(found: Components, index: int) -> Box:
    return Box(*(float(side[index]) for side in (found.x0, found.y0, found.x1, found.y1)))


def _hull(found: Components, group: Sequence[int]) -> float:
    """The area of the convex hull of some components, holes and bays with it."""
    rows, columns = np.nonzero(np.isin(found.labels, np.asarray(group) + 1))
    corners = [np.stack([columns + dx, rows + dy], axis=1) for dx in (0, 1) for dy in (0, 1)]
    return float(cv2.contourArea(cv2.convexHull(np.concatenate(corners).astype(np.int32))))


def _beside(box: Box, width: int, height: int) -> Iterator[Box]:
    """The strips above, below and beside a box in an area of this size."""
    yield Box(0.0, 0.0, float(width), box.y0)
    yield Box(0.0, box.y1, float(width), float(height))
    yield Box(0.0, box.y0, box.x0, box.y1)
    yield Box(box.x1, box.y0, float(width), box.y1)
