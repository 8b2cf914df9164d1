"""Text turned on its side along the outer margin: a section label, a supplement's name, a credit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from layout.document import Box
from layout.geometry.components import Components, Mask, Packed, close, components
from layout.geometry.lines import find_lines
from layout.geometry.strokes import measure_letters

_FAR = 6.0  # line pitches from the columns: further out is what the scanner saw beside the page
_FILLED = 0.75  # of the strip's rows have ink; lines of upright text, one above the other, leave gaps


@dataclass(frozen=True)
class TurnedText:
    """A strip of turned text and its lines, from left to right; worksheet pixels."""

    box: Box
    lines: tuple[Box, ...]


def find_turned_text(ink: Mask, columns: Sequence[Box], pitch: float) -> tuple[TurnedText, ...]:
    """Strips of turned letters left and right of the columns, top to bottom.

    Turned, a line of text is a strip much taller than wide in which letter follows letter with hardly a
    row between them, while lines of upright text stand a leading apart. ``ink`` of letters only.
    """
    if not columns:
        return ()
    left, right = min(box.x0 for box in columns), max(box.x1 for box in columns)
    found = []
    for x0, x1 in ((left - _FAR * pitch, left - 0.3 * pitch), (right + 0.3 * pitch, right + _FAR * pitch)):
        start, end = max(0, int(x0)), max(0, int(x1))
        margin = ink[:, start:end]
        if margin.shape[1] < 0.4 * pitch:
            continue
        strips = components(close(margin, 0.7 * pitch, 1.2 * pitch))
        for index in range(len(strips)):
            y0, y1, u0, u1 = (int(v[index]) for v in (strips.y0, strips.y1, strips.x0, strips.x1))
            own = margin[y0:y1, u0:u1] & (strips.labels[y0:y1, u0:u1] == index + 1)
            if _is_turned(own, pitch):
                found.append(_turned(own, start + u0, y0, pitch))
    return tuple(sorted(found, key=lambda text: (text.box.y0, text.box.x0)))


def _is_turned(strip: Mask, pitch: float) -> bool:
    height, width = strip.shape
    if not (0.4 * pitch < width < 4 * pitch and height > max(3.5 * pitch, 2.5 * width)):
        return False
    parts = components(strip)
    extent = np.maximum(parts.width, parts.height)
    letters = (extent > 0.25 * pitch) & (extent < 3 * pitch)
    lettered = parts.area[letters].sum() > 0.75 * strip.sum()
    return bool(
        lettered and letters.sum() >= 4 and strip.any(axis=1).mean() > _FILLED and 0.08 < strip.mean() < 0.6
    )


def _turned(strip: Mask, x: int, y: int, pitch: float) -> TurnedText:
    """The strip with its lines, found in the strip laid on its side."""
    height, width = strip.shape
    box = Box(float(x), float(y), float(x + width), float(y + height))
    level = np.ascontiguousarray(np.rot90(strip))  # counter-clockwise: x becomes the height from below
    size = _letter_height(components(level))
    size = min(pitch, 1.7 * size)
    lines = find_lines(measure_letters(components(level), size), Packed.of(np.zeros_like(level)), size)
    boxes = [
        Box(x + width - line.box.y1, y + line.box.x0, x + width - line.box.y0, y + line.box.x1)
        for line in lines
        if line.box.width > line.box.height
    ]
    return TurnedText(box, tuple(sorted(boxes, key=lambda line: line.x0)) or (box,))


def _letter_height(parts: Components) -> float:
    """Height of the taller half of the letters."""
    high = parts.height[parts.height > 0.4 * parts.height.max()]
    return float(np.median(high))
