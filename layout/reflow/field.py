"""Neighbours on the page, found without comparing everything with everything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from layout.document import Box

_BINS = 256  # of the page's width; a bin is narrower than any gutter of a page of 16 columns


@dataclass(slots=True)
class RowIndex:
    """Boxes by the rows of the page they cover; answers which boxes share rows with a given one."""

    pitch: float
    rows: dict[int, list[int]] = field(default_factory=dict)
    boxes: list[Box] = field(default_factory=list)

    @classmethod
    def of(cls, boxes: Iterable[Box], pitch: float) -> RowIndex:
        """``pitch`` is the height of a row, in the boxes' unit."""
        index = cls(max(pitch, 1e-6))
        for number, box in enumerate(boxes):
            index.boxes.append(box)
            for row in index._range(box.y0, box.y1):
                index.rows.setdefault(row, []).append(number)
        return index

    def across(self, y0: float, y1: float) -> list[int]:
        """Numbers of the boxes that share any height with [y0, y1), ascending."""
        found = {number for row in self._range(y0, y1) for number in self.rows.get(row, ())}
        return sorted(n for n in found if self.boxes[n].y0 < y1 and self.boxes[n].y1 > y0)

    def _range(self, y0: float, y1: float) -> range:
        return range(int(y0 // self.pitch), int(max(y0, y1) // self.pitch) + 1)


def find_above(boxes: Sequence[Box]) -> list[int | None]:
    """For each box the number of the lowest box that ends above it in its own columns, if any.

    The boxes are passed over from top to bottom with a skyline in 256 bins of the whole width; the
    outer tenths of a box do not count, so that a slight overlap of neighbours does no harm. Time
    grows as n log n.
    """
    if not boxes:
        return []
    left = min(box.x0 for box in boxes)
    step = max((max(box.x1 for box in boxes) - left) / _BINS, 1e-6)
    skyline: list[int | None] = [None] * (_BINS + 1)
    above: list[int | None] = [None] * len(boxes)
    for number in sorted(range(len(boxes)), key=lambda n: (boxes[n].y0, boxes[n].x0)):
        box = boxes[number]
        inset = 0.1 * box.width
        first, after = int((box.x0 + inset - left) // step), int((box.x1 - inset - left) // step) + 1
        around = skyline[first:after]
        seen = {over for over in around if over is not None}
        lowest = max(seen, key=lambda n: (boxes[n].y1, -n), default=None)
        above[number] = lowest
        if lowest is None or boxes[lowest].y1 <= box.y1:
            skyline[first:after] = [number] * len(around)
        else:
            skyline[first:after] = [
                number if over is None or boxes[over].y1 <= box.y1 else over for over in around
            ]
    return above
