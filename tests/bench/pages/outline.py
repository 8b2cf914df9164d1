"""Boxes and right-angled outlines as the truth has them: one decimal, clockwise from the top left."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Points = list[list[float]]


def rounded(values: Sequence[float]) -> list[float]:
    """Coordinates to a tenth of a pixel."""
    return [round(value, 1) for value in values]


def rectangle(box: Sequence[float]) -> Points:
    """The corners of a box."""
    x0, y0, x1, y1 = box
    return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]


def hull(boxes: Sequence[Sequence[float]]) -> list[float]:
    """The box around boxes."""
    return [
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    ]


def outline(box: Sequence[float], holes: Sequence[Sequence[float]]) -> Points:
    """A box without the holes that are cut into its sides from left or right."""
    x0, y0, x1, y1 = box
    marks = sorted({y0, y1, *(min(max(y, y0), y1) for hole in holes for y in (hole[1], hole[3]))})
    bands = []
    for top, foot in pairwise(marks):
        left, right = x0, x1
        for hole in holes:
            if hole[1] < foot and hole[3] > top:
                if hole[0] <= x0:
                    left = max(left, hole[2])
                else:
                    right = min(right, hole[0])
        bands.append((left, right, top, foot))
    going_down = [[right, y] for _, right, top, foot in bands for y in (top, foot)]
    going_up = [[left, y] for left, _, top, foot in reversed(bands) for y in (foot, top)]
    return _corners([*going_down, *going_up])


def _corners(points: Points) -> Points:
    """Without points that repeat or lie on a straight line; the upper left one first."""
    count = len(points)
    kept = []
    for k, point in enumerate(points):
        before, after = points[k - 1], points[(k + 1) % count]
        if point == before:
            continue
        if (before[0] == point[0] == after[0]) or (before[1] == point[1] == after[1]):
            continue
        kept.append(point)
    first = min(range(len(kept)), key=lambda k: (kept[k][1], kept[k][0]))
    return [list(point) for point in (*kept[first:], *kept[:first])]
