"""The white inside lines of text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layout.document import Box
from layout.geometry.components import Ints
from layout.geometry.strokes import Floats, Letters


@dataclass(frozen=True)
class Spaces:
    """The white between the letters of lines.

    ``order`` are the page's letters from top to bottom, ``levels`` the heights of their middles."""

    letters: Letters
    order: Ints
    levels: Floats

    @classmethod
    def of(cls, letters: Letters) -> Spaces:
        levels = (letters.parts.y0 + letters.parts.y1) / 2
        order = np.argsort(levels, kind="stable")
        return cls(letters, order, levels[order])

    def letters_of(self, box: Box) -> Ints:
        """The letters whose middle lies in the box, left to right."""
        parts = self.letters.parts
        inside = self.order[np.searchsorted(self.levels, box.y0) : np.searchsorted(self.levels, box.y1)]
        middle = (parts.x0 + parts.x1)[inside] / 2
        inside = inside[(middle >= box.x0) & (middle < box.x1)]
        return inside[np.argsort(parts.x0[inside], kind="stable")]

    def within(self, box: Box, least: float) -> list[Box]:
        """The white of this width and more between the letters of a line, left to right."""
        return self.parted(box, least)[0]

    def parted(self, box: Box, least: float) -> tuple[list[Box], list[Ints]]:
        """The white of this width and more between the letters of a line, left to right, and the letters
        between: one group more."""
        inside = self.letters_of(box)
        if not len(inside):
            return [], []
        parts = self.letters.parts
        reached, begins = np.maximum.accumulate(parts.x1[inside])[:-1], parts.x0[inside][1:]
        wide = np.flatnonzero(begins - reached >= least)
        gaps = [Box(float(reached[n]), box.y0, float(begins[n]), box.y1) for n in wide]
        return gaps, np.split(inside, wide + 1)
