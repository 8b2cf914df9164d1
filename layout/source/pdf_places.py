"""Drawn glyphs asked for by their height on the page.

A page has tens of thousands of them, and each is looked for among the others.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from layout.document import Glyph


class Unsaid:
    """Glyphs that are drawn and that nothing was said of so far."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self._glyphs = glyphs
        self._order = sorted(range(len(glyphs)), key=lambda number: glyphs[number].origin[1])
        self._heights = [glyphs[number].origin[1] for number in self._order]
        self._above = max((glyph.origin[1] - glyph.box.y0 for glyph in glyphs), default=0.0)
        self._below = max((glyph.box.y1 - glyph.origin[1] for glyph in glyphs), default=0.0)
        self._taken: set[int] = set()

    def near(self, y: float, reach: float) -> list[Glyph]:
        """In file order those whose box or baseline may be at most ``reach`` pixels above or below ``y``."""
        low = bisect_left(self._heights, y - reach - max(self._below, 0.0))
        high = bisect_right(self._heights, y + reach + max(self._above, 0.0))
        numbers = sorted(
            number for number in self._order[low:high] if id(self._glyphs[number]) not in self._taken
        )
        return [self._glyphs[number] for number in numbers]

    def take(self, glyph: Glyph) -> None:
        """Leave out one of them from now on: something is said of it."""
        self._taken.add(id(glyph))
