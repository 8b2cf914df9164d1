"""Boxes, polygons and affine maps of the page frame."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

Point = tuple[float, float]
Polygon = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A half-open rectangle [x0, x1) x [y0, y1) in page pixels."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def center(self) -> Point:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    @property
    def polygon(self) -> Polygon:
        """The four corners, clockwise from the top left."""
        return (
            (self.x0, self.y0),
            (self.x1, self.y0),
            (self.x1, self.y1),
            (self.x0, self.y1),
        )

    def overlap_x(self, other: Box) -> float:
        """Length shared on the x axis; negative is the gap between the two."""
        return min(self.x1, other.x1) - max(self.x0, other.x0)

    def overlap_y(self, other: Box) -> float:
        """Length shared on the y axis; negative is the gap between the two."""
        return min(self.y1, other.y1) - max(self.y0, other.y0)

    def intersection(self, other: Box) -> float:
        """Area shared with ``other``, never negative."""
        return max(0.0, self.overlap_x(other)) * max(0.0, self.overlap_y(other))

    def contains(self, point: Point) -> bool:
        return self.x0 <= point[0] < self.x1 and self.y0 <= point[1] < self.y1

    def covers(self, other: Box, share: float = 0.9) -> bool:
        """Whether at least ``share`` of the other box's area lies in this one."""
        return other.area > 0 and self.intersection(other) >= share * other.area

    def grown(self, dx: float, dy: float | None = None) -> Box:
        """The box with ``dx`` added left and right and ``dy`` (default ``dx``) above and below."""
        dy = dx if dy is None else dy
        return Box(self.x0 - dx, self.y0 - dy, self.x1 + dx, self.y1 + dy)

    def clipped(self, other: Box) -> Box:
        """The part inside ``other``; collapses to its edge where nothing is inside."""
        x0, x1 = (min(max(v, other.x0), other.x1) for v in (self.x0, self.x1))
        y0, y1 = (min(max(v, other.y0), other.y1) for v in (self.y0, self.y1))
        return Box(x0, y0, x1, y1)

    def scaled(self, factor: float) -> Box:
        return Box(self.x0 * factor, self.y0 * factor, self.x1 * factor, self.y1 * factor)

    def moved(self, dx: float, dy: float) -> Box:
        return Box(self.x0 + dx, self.y0 + dy, self.x1 + dx, self.y1 + dy)


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of them; `ValueError` if there is none."""
    items = tuple(boxes)
    if not items:
        raise ValueError("no box to unite")
    return Box(
        min(box.x0 for box in items),
        min(box.y0 for box in items),
        max(box.x1 for box in items),
        max(box.y1 for box in items),
    )


@dataclass(frozen=True, slots=True)
class Affine:
    """x' = a x + b y + c, y' = d x + e y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0
    e: float = 1.0
    f: float = 0.0

    @classmethod
    def scale(cls, factor: float) -> Affine:
        return cls(a=factor, e=factor)

    @classmethod
    def rotation(cls, degrees: float, center: Point = (0.0, 0.0)) -> Affine:
        """Turn counter-clockwise as seen on the page (y down) around ``center``."""
        radians = math.radians(degrees)
        cos, sin = math.cos(radians), math.sin(radians)
        x, y = center
        return cls(cos, sin, x - cos * x - sin * y, -sin, cos, y + sin * x - cos * y)

    def apply(self, point: Point) -> Point:
        x, y = point
        return self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f

    def apply_all(self, points: Iterable[Point]) -> Polygon:
        return tuple(self.apply(point) for point in points)

    def apply_box(self, box: Box) -> Box:
        """The upright box around the mapped corners."""
        xs, ys = zip(*self.apply_all(box.polygon), strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))

    def then(self, after: Affine) -> Affine:
        """The map that does this one first and ``after`` second."""
        return Affine(
            after.a * self.a + after.b * self.d,
            after.a * self.b + after.b * self.e,
            after.a * self.c + after.b * self.f + after.c,
            after.d * self.a + after.e * self.d,
            after.d * self.b + after.e * self.e,
            after.d * self.c + after.e * self.f + after.f,
        )

    def inverse(self) -> Affine:
        """The way back; `ValueError` where there is none."""
        det = self.a * self.e - self.b * self.d
        if abs(det) < 1e-12:
            raise ValueError("map has no inverse")
        a, b, d, e = self.e / det, -self.b / det, -self.d / det, self.a / det
        return Affine(a, b, -(a * self.c + b * self.f), d, e, -(d * self.c + e * self.f))
