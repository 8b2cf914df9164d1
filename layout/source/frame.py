"""From the points of a PDF page to the pixels of its picture."""

from __future__ import annotations

import math
from dataclasses import dataclass

from layout.document import Affine, Box

Matrix = tuple[float, float, float, float, float, float]

HUGE = 1e6  # points; no page is this large, and such numbers come from broken files


@dataclass(frozen=True, slots=True)
class Frame:
    """The picture of a page: its size in pixels, and the way from the page's points to them.

    ``to_pixels`` takes points of the cropped, not yet rotated page (origin top left, y down).
    """

    width: int
    height: int
    dpi: float
    to_pixels: Affine

    @property
    def box(self) -> Box:
        return Box(0.0, 0.0, self.width, self.height)

    def map(self, bounds: tuple[float, float, float, float]) -> Box | None:
        """The box in pixels of (x0, y0, x1, y1) in points; None where a number is not one or is huge."""
        if not all(-HUGE < value < HUGE for value in bounds):
            return None
        x0, y0, x1, y1 = bounds
        return self.to_pixels.apply_box(Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def affine(matrix: Matrix) -> Affine:
    """MuPDF's (a, b, c, d, e, f), where x' = a x + c y + e and y' = b x + d y + f, as ours."""
    a, b, c, d, e, f = matrix
    return Affine(a, c, e, b, d, f)


def unit_lengths(matrix: Affine) -> tuple[float, float]:
    """Lengths of the mapped unit vectors along x and y."""
    return math.hypot(matrix.a, matrix.d), math.hypot(matrix.b, matrix.e)
