"""The white inside lines of text."""

from __future__ import annotations

from collections.abc import Sequence
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
        return self.between([box], least).boxes

    def between(self, lines: Sequence[Box], least: float) -> Between:
        """The white of this width and more between the letters of each line, left to right."""
        parts = self.letters.parts
        members = [self.letters_of(box) for box in lines]
        letters = np.concatenate([*members, self.order[:0]])
        line = np.repeat(np.arange(len(lines)), [len(own) for own in members])
        # A line's letters reach no further than the page; so one line's are beyond those of the line before.
        beyond = line * (parts.labels.shape[1] + 1)
        reached = np.maximum.accumulate(parts.x1[letters] + beyond) - beyond
        first = np.diff(line, prepend=-1) > 0
        gap = ~first[1:] & (parts.x0[letters][1:] - reached[:-1] >= least)
        after = np.flatnonzero(gap) + 1
        words = np.cumsum(first | np.concatenate([first[:1], gap])) - 1
        starts, count = np.flatnonzero(first), np.bincount(line, minlength=len(lines))
        left = after - starts[np.cumsum(first)[after] - 1]
        of_line = line[after]
        boxes = [
            Box(float(x0), lines[n].y0, float(x1), lines[n].y1)
            for n, x0, x1 in zip(of_line, reached[after - 1], parts.x0[letters[after]], strict=True)
        ]
        return Between(boxes, of_line, letters, words, after, words[after] - 1, left, count[of_line] - left)


@dataclass(frozen=True)
class Between:
    """White between the letters of lines: a box and a number of each array for each gap.

    ``line`` says which line it is in, ``left`` and ``right`` how many letters the line has on either side,
    ``before`` which word ends at it. ``letters`` are those of all lines, ``words`` the word of each;
    ``start`` is the place in them of the letter after the gap.
    """

    boxes: list[Box]
    line: Ints
    letters: Ints
    words: Ints
    start: Ints
    before: Ints
    left: Ints
    right: Ints
