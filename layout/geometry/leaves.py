"""A scan of two facing pages: each is looked at by itself, and what is found lies in the scan's frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from layout.document import Box, Column, Leaf, LineShape, Point, Polygon, Segmentation, Shape
from layout.image import Scan
from layout.image.spread import find_fold

_CREASE = 0.004  # of the scan's width: half of a fold's black line, which is no rule of either page

Detect = Callable[[Scan], Segmentation]


def detect_leaves(scan: Scan, detect: Detect) -> Segmentation:
    """What ``detect`` finds; on each page for itself where the scan shows two."""
    fold = find_fold(scan.gray)
    if fold is None:
        return detect(scan)
    top, bottom = fold
    width, height = float(scan.width), float(scan.height)
    outlines = (
        ((0.0, 0.0), top, bottom, (0.0, height)),
        (top, (width, 0.0), (width, height), bottom),
    )
    parts = [_part(scan, outline, detect) for outline in outlines]
    shift = len(parts[0].columns)
    right = tuple(_renumbered(shape, shift) for shape in parts[1].shapes)
    shapes = sorted((*parts[0].shapes, *right), key=lambda shape: (shape.box.y0, shape.box.x0))
    return Segmentation(
        width,
        height,
        tuple(shapes),
        (*parts[0].columns, *parts[1].columns),
        skew=parts[0].skew,
        detector=parts[0].detector,
        leaves=tuple(
            Leaf(part.sheet or outline, part.skew) for part, outline in zip(parts, outlines, strict=True)
        ),
    )


def _part(scan: Scan, outline: Polygon, detect: Detect) -> Segmentation:
    """What is found on one leaf, in the scan's pixels; from the fold on all is paper."""
    xs = [x for x, _ in outline]
    x0, x1 = max(0, int(min(xs))), min(scan.width, int(np.ceil(max(xs))))
    gray = scan.gray[:, x0:x1].copy()
    paper = np.uint8(np.percentile(gray[::8, ::8], 75))
    (top, _), (bottom, _) = (outline[1], outline[2]) if outline[0][0] == 0 else (outline[0], outline[3])
    edge = np.linspace(top, bottom, scan.height) - x0
    across = np.arange(x1 - x0)[None, :]
    crease = _CREASE * scan.width
    beyond = across >= edge[:, None] - crease if outline[0][0] == 0 else across < edge[:, None] + crease
    gray[beyond] = paper
    found = detect(replace(scan, gray=gray, color=None, text_layer=None, rules=(), pictures=()))
    return replace(
        found,
        shapes=tuple(_moved(shape, x0) for shape in found.shapes),
        columns=tuple(Column(column.box.moved(x0, 0)) for column in found.columns),
        sheet=None if found.sheet is None else _points(found.sheet, x0),
    )


def _moved(shape: Shape, dx: float) -> Shape:
    return replace(
        shape,
        box=shape.box.moved(dx, 0),
        polygon=None if shape.polygon is None else _points(shape.polygon, dx),
        lines=tuple(_moved_line(line, dx) for line in shape.lines),
        children=tuple(_moved(child, dx) for child in shape.children),
    )


def _moved_line(line: LineShape, dx: float) -> LineShape:
    box: Box = line.box.moved(dx, 0)
    polygon = None if line.polygon is None else _points(line.polygon, dx)
    return replace(line, box=box, baseline=_points(line.baseline, dx), polygon=polygon)


def _points(points: tuple[Point, ...], dx: float) -> Polygon:
    return tuple((x + dx, y) for x, y in points)


def _renumbered(shape: Shape, shift: int) -> Shape:
    """The shape with its column counted on from the left leaf's."""
    column = None if shape.column is None else shape.column + shift
    children = tuple(_renumbered(child, shift) for child in shape.children)
    return replace(shape, column=column, children=children)
