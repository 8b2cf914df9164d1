"""From the page as delivered to the frame in which order is found: straight, read from small x."""

from __future__ import annotations

from dataclasses import dataclass

from layout.document import Box, Direction, Page, Region
from layout.language import Axes
from layout.reflow.measure import measure_body
from layout.reflow.straighten import Straightener


@dataclass(frozen=True, slots=True)
class Frame:
    """The map of one page, its direction, and ``pitch``, the line pitch of its running text in pixels."""

    direction: Direction
    axes: Axes
    straight: Straightener
    pitch: float

    @classmethod
    def of(cls, page: Page) -> Frame:
        axes = Axes.of(page.direction, page.width)
        return cls(page.direction, axes, Straightener.of(page), measure_body(page).pitch)

    def box(self, region: Region) -> Box:
        """The region's box, straight and in the reading frame."""
        return self.axes.box(self.straight.box(region))
