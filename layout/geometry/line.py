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


def is_one_type(a: Line, b: Line, stroke: float = 1.09) -> bool:
    """Whether two lines can be of one type: stroke and size within what lines of one font vary.

    Strokes of one font agree within a few percent (``stroke``, more where dirt is allowed for) from line to
    line, the spread of the ink within some ten; the fewer letters a line has, the more it may differ.
    """
    letters = letters_in(a, b)
    return ratio(a.size, b.size) < 1.2 + 2.5 / letters and ratio(a.stroke, b.stroke) < stroke + 1.3 / letters


def letters_in(a: Line, b: Line) -> float:
    """About how many letters the shorter of two lines has."""
    return max(1.0, min(a.box.width, b.box.width) / max(a.size, b.size))


def ratio(a: float, b: float) -> float:
    """The larger over the smaller."""
    return max(a, b) / max(min(a, b), 1e-6)
