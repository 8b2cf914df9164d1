"""Page frame <-> reading frame.

In the reading frame a line begins at small x and the column read first stands at small x, whatever
the script. An algorithm maps boxes in, works as if every page were left to right, and maps back: no
branch on direction anywhere else, and a mirrored page reads the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from layout.document import Box, Direction, Point


@dataclass(frozen=True, slots=True)
class Axes:
    """The map for one page: ``sign`` is 1 where lines run to the right, -1 where to the left."""

    sign: int
    width: float

    @classmethod
    def of(cls, direction: Direction, width: float) -> Axes:
        """Axes of a page of this direction and width (page pixels)."""
        return cls(_SIGN[direction], width)

    @property
    def offset(self) -> float:
        return (1 - self.sign) / 2 * self.width

    def point(self, point: Point) -> Point:
        """Page to reading frame; its own inverse."""
        return self.sign * point[0] + self.offset, point[1]

    def box(self, box: Box) -> Box:
        """Page to reading frame; its own inverse."""
        a, b = self.sign * box.x0 + self.offset, self.sign * box.x1 + self.offset
        return Box(min(a, b), box.y0, max(a, b), box.y1)


_SIGN = {Direction.LTR: 1, Direction.RTL: -1, Direction.TTB: -1}
