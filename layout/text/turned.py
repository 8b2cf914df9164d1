"""Text turned on its side: which way, found by reading it both ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from layout.document import LineShape, Shape
from layout.text.recognize import Recognizer

#: Degrees counter-clockwise, and the key by which lines of text turned so follow each other.
_WAYS = (90, 270)


def turned_as_read(shape: Shape, recognizer: Recognizer, region_id: str) -> Shape:
    """The shape with the rotation under which its lines are read more surely, its lines in that order.

    A shape that stands upright or upside down comes back as it is; so does one that is read equally well
    both ways, but for the order of its lines. Errors are those of `Recognizer.lines`.
    """
    if shape.rotation not in _WAYS or not shape.lines:
        return shape
    ways = sorted(_WAYS, key=lambda way: way != shape.rotation)
    tried = [replace(shape, rotation=way, lines=_in_order(shape.lines, way)) for way in ways]
    return max(tried, key=lambda way: _sureness(way, recognizer, region_id))


def _in_order(lines: Iterable[LineShape], way: int) -> tuple[LineShape, ...]:
    """Turned counter-clockwise, the first line is the leftmost; clockwise, the rightmost."""
    return tuple(sorted(lines, key=lambda line: line.box.x0 if way == 90 else -line.box.x1))


def _sureness(shape: Shape, recognizer: Recognizer, region_id: str) -> float:
    """Mean confidence of the letters read."""
    read = [reading for _, reading in recognizer.lines(shape, range(len(shape.lines)), region_id)]
    signs = sum(len(reading.text) for reading in read)
    return sum(len(reading.text) * reading.confidence for reading in read) / signs if signs else 0.0
