"""Boxes as they would be on a page lying straight.

A page scanned at one degree sinks by 17 thousandths of its width from edge to edge: more than the white
space between two rows of articles. Order is therefore found on boxes turned back; the document's own
coordinates stay as they are.
"""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass

from layout.document import Box, Page, Polygon, Region

_LINES = 8  # fewer lines than this say too little about the page's slope


@dataclass(frozen=True, slots=True)
class Straightener:
    """Turns boxes back by ``slope`` (y down by x right) around the page's middle."""

    slope: float
    x: float
    y: float

    @classmethod
    def of(cls, page: Page) -> Straightener:
        """From the median slope of the baselines; from the page's skew where these say nothing."""
        return cls(_slope(page), page.width / 2, page.height / 2)

    def box(self, region: Region) -> Box:
        """The region's box turned back: around its outline, else its box shrunk by what turning added."""
        if abs(self.slope) < 1e-4:
            return region.box
        if region.polygon and len(region.polygon) >= 4:
            return self._hull(region.polygon)
        lean = abs(self.slope)
        box = region.box
        width = max((box.width - lean * box.height) / (1 - lean * lean), 0.3 * box.width)
        height = max((box.height - lean * box.width) / (1 - lean * lean), 0.3 * box.height)
        x, y = self._point(*box.center)
        return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        scale = 1 / math.hypot(1.0, self.slope)
        dx, dy = x - self.x, y - self.y
        return self.x + scale * (dx + self.slope * dy), self.y + scale * (dy - self.slope * dx)

    def _hull(self, polygon: Polygon) -> Box:
        xs, ys = zip(*(self._point(x, y) for x, y in polygon), strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))


def _slope(page: Page) -> float:
    slopes = [
        (line.baseline[-1][1] - line.baseline[0][1]) / (line.baseline[-1][0] - line.baseline[0][0])
        for region in page.walk()
        if not region.rotation
        for line in region.lines
        if len(line.baseline) > 1 and line.baseline[-1][0] - line.baseline[0][0] > 2 * line.box.height
    ]
    if len(slopes) >= _LINES and any(slopes):
        return statistics.median(slopes)
    return -math.tan(math.radians(page.skew))
