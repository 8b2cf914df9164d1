"""A line of text as geometry sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from layout.document import Box


@dataclass(frozen=True)
class Line:
    """A line in worksheet pixels: the box of its ink, its core, and the look of its strokes.

    ``core`` is the box of the dense band; ``rise`` its dy/dx; ``stroke`` the mean stroke width, ``size``
    the height of its taller letters (from the spread of its ink), ``ink`` the dark share of the box.
    """

    box: Box
    core: Box
    rise: float
    stroke: float
    size: float
    ink: float

    def moved(self, down: float) -> Line:
        """The line so many pixels further down."""
        return replace(self, box=self.box.moved(0.0, down), core=self.core.moved(0.0, down))
