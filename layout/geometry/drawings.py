"""Line drawings: strokes that go far and are thin for it.

A drawing without tones is white for the most part, and no area of it is a picture's. But a letter is as high
as ten or twenty of its strokes are thick, and the lines of a drawing, where they cross, make things that are
fifty strokes wide and high.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from layout.document import Box, union
from layout.geometry.components import Components, erode
from layout.geometry.extents import together
from layout.geometry.rules import Rules
from layout.geometry.tones import find_letters, reads

_LARGE, _SMALL = 2.5, 1.2  # line pitches, both ways: what tells a drawing; what belongs to one close to it
# Of its lesser side that the stroke of a drawing takes; the hairlines of large type take 0.048.
_THIN, _THINNISH = 0.035, 0.045
_NEAR = 1.0  # line pitches between strokes of one drawing
_SIDE = 4.0  # line pitches that a drawing is wide and high
_BORDER = 0.8  # line pitches between a drawing and the line around it
_OWN = 0.8  # of a rule that lies in or at a drawing, of a frame's side that is a drawing's edge
_EDGE, _WITHIN = 0.15, 0.1  # of a frame's sides; of its ink that lies within these


def find_drawings(parts: Components, pitch: float) -> tuple[Box, ...]:
    """Boxes of the line drawings among the components of a page without rules and pictures, top to bottom."""
    strokes = _strokes(parts, _SMALL * pitch)
    least = _LARGE * pitch
    large = [box for box, thin in strokes if thin < _THIN and min(box.width, box.height) > least]
    if not large:
        return ()
    letters = find_letters(parts, pitch)
    return tuple(
        box
        for box in together([box for box, _ in strokes], _NEAR * pitch)
        if min(box.width, box.height) > _SIDE * pitch
        and any(box.covers(stroke, 1.0) for stroke in large)
        and not reads(letters, box, pitch)
    )


def with_drawings(pictures: Sequence[Box], drawings: Sequence[Box]) -> tuple[Box, ...]:
    """The pictures and the drawings; what tones a drawing has are a part of it."""
    found = list(pictures)
    for drawing in drawings:
        parts = [picture for picture in found if picture.intersection(drawing) > 0]
        found = [picture for picture in found if picture not in parts]
        found.append(union((drawing, *parts)))
    return tuple(found)


def without_borders(rules: Rules, drawings: Sequence[Box], pitch: float) -> Rules:
    """The rules but for the strokes of drawings and the lines around these."""
    around = [drawing.grown(_BORDER * pitch) for drawing in drawings]

    def kept(boxes: Sequence[Box]) -> tuple[Box, ...]:
        return tuple(box for box in boxes if not any(drawing.covers(box, _OWN) for drawing in around))

    return Rules(kept(rules.horizontal), kept(rules.vertical))


def without_edges(frames: Sequence[Box], drawings: Sequence[Box], pitch: float) -> tuple[Box, ...]:
    """The frames but for the lines around drawings and those with a drawing's edge for a side: what stands
    between columns' rules and such a line.
    """

    def has_edge(frame: Box, drawing: Box) -> bool:
        if drawing.covers(frame, _OWN):
            return True
        near = min(abs(frame.y0 - drawing.y1), abs(frame.y1 - drawing.y0)) < _BORDER * pitch
        return near and frame.overlap_x(drawing) > _OWN * frame.width

    return tuple(frame for frame in frames if not any(has_edge(frame, drawing) for drawing in drawings))


def _strokes(parts: Components, least: float) -> list[tuple[Box, float]]:
    """The components that are strokes of a drawing, not letters or frames, and no less wide and high.

    Each comes with its thickness in parts of its lesser side.
    """
    found = []
    for n in np.flatnonzero(np.minimum(parts.width, parts.height) > least).tolist():
        x0, y0, x1, y1 = (int(side[n]) for side in (parts.x0, parts.y0, parts.x1, parts.y1))
        own = np.pad(parts.labels[y0:y1, x0:x1] == n + 1, 1)
        outline = np.count_nonzero(own & ~erode(own, 3, 3))
        # A stroke of width w and length l has an area of w * l and about 2 * l outline pixels.
        thin = 2 * parts.area[n] / max(1, outline) / min(x1 - x0, y1 - y0)
        dy, dx = (round(_EDGE * side) for side in own.shape)
        within = np.count_nonzero(own[dy:-dy, dx:-dx])
        if thin < _THINNISH and within > _WITHIN * parts.area[n]:
            found.append((Box(float(x0), float(y0), float(x1), float(y1)), float(thin)))
    return found
