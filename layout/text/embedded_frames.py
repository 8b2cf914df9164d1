"""Page pixels and the frame of a direction of writing: u runs along the line, v down from it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from layout.document import Box, LineShape, Point, Segmentation

#: The writing direction of most text; a tilt up to 45 degrees counts as the nearest quarter turn.
UPRIGHT: Point = (1.0, 0.0)
#: Rotation of a shape (degrees counter-clockwise) -> the direction its text runs in.
_TURNED = {0: UPRIGHT, 90: (0.0, -1.0), 180: (-1.0, 0.0), 270: (0.0, 1.0)}


@dataclass(frozen=True, slots=True)
class LinePlace:
    """A segmentation line by number (shapes in walk order, lines from the top), in a direction's frame."""

    number: int
    u0: float
    u1: float
    v0: float
    v1: float
    middle: float | None


def nearest_direction(advance: Point) -> Point:
    """The quarter turn nearest to a writing direction; to the right where it is none."""
    ax, ay = advance
    if not (math.isfinite(ax) and math.isfinite(ay)) or abs(ax) >= abs(ay):
        return (-1.0, 0.0) if ax < 0 else UPRIGHT
    return (0.0, 1.0) if ay > 0 else (0.0, -1.0)


def numbered_lines(segmentation: Segmentation) -> Iterable[tuple[int, int, LineShape]]:
    """(line number, rotation of its shape, line) of every line, shapes in walk order."""
    number = 0
    for shape in segmentation.walk():
        for line in shape.lines:
            yield number, shape.rotation, line
            number += 1


def frame_box(box: Box, along: Point) -> Box:
    """A page box in the frame of a direction (u as x, v as y)."""
    if along == UPRIGHT:
        return box
    ax, ay = along
    us = [x * ax + y * ay for x, y in box.polygon]
    vs = [y * ax - x * ay for x, y in box.polygon]
    return Box(min(us), min(vs), max(us), max(vs))


def page_box(box: Box, along: Point) -> Box:
    """The way back from `frame_box`."""
    if along == UPRIGHT:
        return box
    ax, ay = along
    xs = [u * ax - v * ay for u, v in box.polygon]
    ys = [u * ay + v * ax for u, v in box.polygon]
    return Box(min(xs), min(ys), max(xs), max(ys))


def line_places(segmentation: Segmentation, along: Point) -> list[LinePlace]:
    """The lines whose text may run in this direction, in its frame."""
    places = []
    for number, rotation, line in numbered_lines(segmentation):
        # A shape turned the wrong way by a quarter still holds its text: only the axis must agree.
        if (_TURNED.get(rotation, UPRIGHT)[0] == 0) != (along[0] == 0):
            continue
        box = frame_box(line.box, along)
        middle = None
        if len(line.baseline) > 1 and along == UPRIGHT:
            middle = sum(y for _, y in line.baseline) / len(line.baseline)
        places.append(LinePlace(number, box.x0, box.x1, box.y0, box.y1, middle))
    return places
