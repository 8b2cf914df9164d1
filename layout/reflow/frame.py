"""From the page as delivered to the frame in which order is found: straight, read from small x."""

from __future__ import annotations

from dataclasses import dataclass

from layout.document import Box, Page, Region
from layout.language import Axes
from layout.reflow.measure import measure_body
from layout.reflow.straighten import Straightener


@dataclass(frozen=True, slots=True)
class Frame:
    """The map of one page, and ``pitch``, the line pitch of its running text in pixels."""

    axes: Axes
    straight: Straightener
    pitch: float

    @classmethod
    def of(cls, page: Page) -> Frame:
        return cls(Axes.of(page.direction, page.width), Straightener.of(page), measure_body(page).pitch)

    def box(self, region: Region) -> Box:
        """The region's box, straight and in the reading frame."""
        return self.axes.box(self.straight.box(region))
