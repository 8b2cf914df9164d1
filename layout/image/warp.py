"""Warp: lines bent by a bound volume or a waving sheet, made straight, with the way back to the page."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Affine, Box, Point, Polygon
from layout.image.deskew import find_lean
from layout.image.slopes import Slopes, local_slopes

Floats = NDArray[np.float64]
Picture = NDArray[np.uint8]
Mask = NDArray[np.bool_]

#: Nodes of the slope field across and down: the curl at a gutter takes up about a tenth of a page's width,
#: and changes little from the page's head to its foot.
_NODES = (14, 5)
_FINE = 4  # grid cells of the rise in one of the slope's
_STIFF = 0.02  # of the data's weight, for second differences: noise is smoothed, a gutter's curl is not
_LEAST = 120  # slopes below which nothing is said of a page's shape
#: Pitches of rise between a line's highest and lowest place; below, lines are told apart as they are, and
#: the noise of slopes on flat pages stays below it.
_BENT = 0.35
#: So many slopes of 0 are given to each node to see whether a bend holds: it does not where it rests on a few
#: strange ones, as of an advertisement's letters where there is little else.
_FLAT = 0.4
_CLEARER = 0.9  # the residual beside that of straight lines, or the bend is not believed
_CLEAR, _HELD = 0.8, 0.6  # and where most of the bend rests on places with few slopes
_LEVEL = 0.0005  # a slope that lifts a line of 50 pitches by less than a fortieth of one is none
_BAND = 32  # rows mapped at once: they stay in the processor's cache
_MARK = 4.0  # line pitches between two points of a bent outline


@dataclass(frozen=True, eq=False)
class Bend:
    """``rise`` rows x columns: how much lower (pixels) the page is than the straightened page, at places
    evenly spread over a frame of ``width`` x ``height`` pixels from corner to corner; smooth between them.
    """

    rise: NDArray[np.float32]
    width: float
    height: float

    def at(self, x: Floats, y: Floats) -> NDArray[np.float32]:
        """The rise at points; beyond the frame as at its edge."""
        rows, columns = self.rise.shape
        u = np.clip(x / self.width, 0.0, 1.0) * (columns - 1)
        v = np.clip(y / self.height, 0.0, 1.0) * (rows - 1)
        i, j = np.minimum(u.astype(int), columns - 2), np.minimum(v.astype(int), rows - 2)
        left, right, high, low = (share.astype(np.float32) for share in (1 - u + i, u - i, 1 - v + j, v - j))
        upper = self.rise[j, i] * left + self.rise[j, i + 1] * right
        lower = self.rise[j + 1, i] * left + self.rise[j + 1, i + 1] * right
        return np.asarray(upper * high + lower * low, np.float32)

    def scaled(self, factor: float) -> Bend:
        return Bend(self.rise * np.float32(factor), self.width * factor, self.height * factor)

    def rows(self, top: int, bottom: int, width: int) -> NDArray[np.float32]:
        """The rise at every pixel of these rows, ``bottom - top`` x ``width``."""
        rows, columns = self.rise.shape
        v = np.clip((np.arange(top, bottom) + 0.5) / self.height, 0, 1) * (rows - 1)
        u = np.clip((np.arange(width) + 0.5) / self.width, 0, 1) * (columns - 1)
        i = np.minimum(u.astype(int), columns - 2)
        j = np.minimum(v.astype(int), rows - 2)
        share = (u - i).astype(np.float32)
        across = self.rise[:, i] * (1 - share) + self.rise[:, i + 1] * share
        part = (v - j).astype(np.float32)[:, None]
        rise, below = across[j], across[j + 1]
        rise *= 1 - part
        below *= part
        rise += below
        return np.asarray(rise, np.float32)


def find_bend(ink: Mask, pitch: float) -> tuple[float, Bend | None]:
    """(slope of the page's lines as a whole, how they are bent besides) of a nearly level page's ink.

    The slope is dy/dx with y down; ``pitch`` and the bend are in pixels of ``ink``. The bend is None where
    the lines are straight, or where too little is seen. A smooth field of slopes is fitted to the local ones,
    those far from it losing their say (Cauchy weights), and summed up along the lines; then once more on the
    straightened ink, as what is steep is measured best where it is no longer. What moves whole lines up or
    down is not seen and does not matter.
    """
    slopes = local_slopes(ink, pitch)
    usual = slopes.usual
    slopes = replace(slopes, slope=slopes.slope - np.float32(usual))
    first, held = _rise(slopes, ink.shape), _rise(slopes, ink.shape, flat=_FLAT)
    if first is None or held is None or not first.believed(pitch, held.most):
        return (usual if abs(usual) > _LEVEL else 0.0), None
    # A bent page is turned until its columns stand upright; what its lines then climb is bend.
    height, width = (float(side) for side in ink.shape)
    places = np.linspace(-0.5, 0.5, first.rise.shape[1]) * width
    lean = math.tan(math.radians(find_lean(ink)))
    climb = lean - usual
    rise = first.rise - climb * places
    turn = Affine.rotation(math.degrees(math.atan(lean)), (width / 2, height / 2))
    level = PageMap(turn.inverse(), Bend(rise.astype(np.float32), width, height))
    straight = level.picture(ink.view(np.uint8), ink.shape[::-1], fill=0, smooth=False) > 0
    second = _rise(local_slopes(straight, pitch), ink.shape)
    rise = rise if second is None else rise + second.rise
    return lean, Bend(rise.astype(np.float32), width, height)


def bounds(points: Polygon) -> Box:
    """The upright box around points."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, eq=False)
class _Rise:
    """A rise as in `Bend`, the most by which it lifts one place of a line over another, and how well it
    explains the slopes: the mean residual beside that of straight lines."""

    rise: Floats
    most: float
    residual: float

    def believed(self, pitch: float, held: float) -> bool:
        """Whether this is a bend; ``held`` is the most that is left where nodes with few slopes are flat."""
        rests_on_few = held < _HELD * self.most
        return self.most >= _BENT * pitch and self.residual <= (_CLEAR if rests_on_few else _CLEARER)


def _rise(slopes: Slopes, shape: tuple[int, ...], flat: float = 0.0) -> _Rise | None:
    """The field of slopes summed up along the lines; None where too few are known."""
    if len(slopes) < _LEAST:
        return None
    height, width = shape
    field, residual = _fit(slopes, width, height, flat)
    fine = (_NODES[0] - 1) * _FINE + 1
    places, nodes = np.linspace(0, 1, fine), np.linspace(0, 1, _NODES[0])
    dense = np.array([np.interp(places, nodes, row) for row in field])
    steps = 0.5 * (dense[:, 1:] + dense[:, :-1]) * (width / (fine - 1))
    rise = np.concatenate([np.zeros((len(field), 1)), np.cumsum(steps, axis=1)], axis=1)
    seen = _seen(slopes, width, fine)
    rise -= rise[:, seen].mean(axis=1, keepdims=True)
    return _Rise(rise, float(np.ptp(rise[:, seen], axis=1).max()), residual)


def _seen(slopes: Slopes, width: float, columns: int) -> NDArray[np.bool_]:
    """The grid's columns between the outermost slopes."""
    places = np.linspace(0, width, columns)
    low, high = np.percentile(slopes.x, (1, 99))
    seen: NDArray[np.bool_] = (places >= low) & (places <= high)
    return seen if seen.any() else np.ones(columns, bool)


def _fit(slopes: Slopes, width: float, height: float, flat: float) -> tuple[Floats, float]:
    """(slopes at the nodes, rows x columns; mean residual beside that of a field that is 0 everywhere).

    A node's own slope of 0 counts as much as ``flat`` slopes.
    """
    columns, rows = _NODES
    hats = _Hats(slopes.x / width, slopes.y / height, columns, rows)
    stiff = _stiffness(rows, columns)
    value, weight = slopes.slope.astype(float), slopes.weight.astype(float)
    level = flat * float(weight.mean()) * np.eye(rows * columns)
    found = np.zeros(rows * columns)
    for _ in range(8):
        off = value - hats.field(found)
        spread = max(1.5 * float(np.median(np.abs(off))), 0.004)  # a quarter of a degree
        say = weight / (1 + (off / spread) ** 2)
        left = hats.products(say) + _STIFF * say.sum() * stiff + level
        found = np.linalg.solve(left, hats.sums(say * value))
    residual = float((weight * np.minimum(np.abs(value - hats.field(found)), 0.05)).sum() / weight.sum())
    straight = float((weight * np.minimum(np.abs(value), 0.05)).sum() / weight.sum())
    return np.asarray(found.reshape(rows, columns)), residual / max(straight, 1e-9)


class _Hats:
    """Linear interpolation between the nodes of a grid: each place has a share in its cell's four."""

    def __init__(self, x: NDArray[Any], y: NDArray[Any], columns: int, rows: int) -> None:
        self._nodes = rows * columns
        u, v = (np.clip(at, 0, 1).astype(float) * (nodes - 1) for at, nodes in ((x, columns), (y, rows)))
        i, j = np.minimum(u.astype(int), columns - 2), np.minimum(v.astype(int), rows - 2)
        u, v = u - i, v - j
        corner = j * columns + i
        self._node = (corner, corner + 1, corner + columns, corner + columns + 1)
        self._share = ((1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v)

    def field(self, nodes: Floats) -> Floats:
        """The nodes' values at the places."""
        parts = (nodes[node] * share for node, share in zip(self._node, self._share, strict=True))
        return np.asarray(sum(parts))

    def sums(self, values: Floats) -> Floats:
        """The places' values, each node's share of them."""
        parts = (
            np.bincount(node, share * values, self._nodes)
            for node, share in zip(self._node, self._share, strict=True)
        )
        return np.asarray(sum(parts))

    def products(self, weight: Floats) -> Floats:
        """Nodes x nodes: the shares multiplied, weighed and summed, as in normal equations."""
        found = np.zeros(self._nodes**2)
        for one, share in zip(self._node, self._share, strict=True):
            for other, its in zip(self._node, self._share, strict=True):
                found += np.bincount(one * self._nodes + other, share * its * weight, self._nodes**2)
        return found.reshape(self._nodes, self._nodes)


def _stiffness(rows: int, columns: int) -> Floats:
    """Quadratic form of the field's second differences, with a little of its first and of its size."""

    def differences(nodes: int, order: int) -> Floats:
        matrix: Floats = np.diff(np.eye(nodes), order, axis=0)
        return np.asarray(matrix.T @ matrix)

    across = np.kron(np.eye(rows), differences(columns, 2) + 0.01 * differences(columns, 1))
    down = np.kron(differences(rows, 2) + 0.1 * differences(rows, 1), np.eye(columns))
    return np.asarray((across + down + 1e-4 * np.eye(rows * columns)) / (rows * columns))


@dataclass(frozen=True)
class PageMap:
    """From a straightened picture to the page: the bend first, then the map of what is level and straight.

    ``pitch`` is the line pitch in the picture's pixels.
    """

    affine: Affine = Affine()
    bend: Bend | None = None
    pitch: float = 30.0

    @property
    def factor(self) -> float:
        """Page pixels of one of the picture's."""
        return float((self.affine.a**2 + self.affine.d**2) ** 0.5)

    def scaled(self, factor: float) -> PageMap:
        """The map between the two pictures both made ``factor`` times as large."""
        moved = replace(self.affine, c=self.affine.c * factor, f=self.affine.f * factor)
        bend = None if self.bend is None else self.bend.scaled(factor)
        return PageMap(moved, bend, self.pitch * factor)

    def apply_all(self, points: Iterable[Point]) -> Polygon:
        points = tuple(points)
        if self.bend is None or not points:
            return self.affine.apply_all(points)
        x, y = np.array(points, float).T
        y = y + self.bend.at(x, y)
        a = self.affine
        return tuple(zip((a.a * x + a.b * y + a.c).tolist(), (a.d * x + a.e * y + a.f).tolist(), strict=True))

    def apply_box(self, box: Box) -> Box:
        """The upright box around the mapped outline."""
        return bounds(self.outline(box))

    def path(self, points: Sequence[Point]) -> Polygon:
        """A line through these points, with points between where it is bent."""
        return self.apply_all(self._finer(points))

    def _finer(self, points: Sequence[Point]) -> Sequence[Point]:
        if self.bend is None or len(points) < 2:
            return points
        finer = [points[0]]
        for (x0, y0), (x1, y1) in pairwise(points):
            parts = max(1, round(abs(x1 - x0) / (_MARK * self.pitch)))
            finer += [(x0 + (x1 - x0) * k / parts, y0 + (y1 - y0) * k / parts) for k in range(1, parts + 1)]
        return finer

    def outline(self, box: Box) -> Polygon:
        """The box's edge, clockwise from the top left."""
        upper, lower = ((box.x0, box.y0), (box.x1, box.y0)), ((box.x1, box.y1), (box.x0, box.y1))
        return self.apply_all((*self._finer(upper), *self._finer(lower)))

    def picture(self, page: Picture, size: tuple[int, int], *, fill: int, smooth: bool = True) -> Picture:
        """The straightened picture (``size`` width, height) of a page; ``fill`` where the page ends."""
        width, height = size
        how = cv2.INTER_LINEAR if smooth else cv2.INTER_NEAREST
        a = self.affine
        if self.bend is None:
            matrix = np.array([[a.a, a.b, a.c], [a.d, a.e, a.f]])
            flags = how | cv2.WARP_INVERSE_MAP
            turned = cv2.warpAffine(
                page, matrix, size, flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=fill
            )
            return np.asarray(turned, np.uint8)
        made = np.empty((height, width), np.uint8)
        x = np.arange(width, dtype=np.float32)[None, :]
        for top in range(0, height, _BAND):
            bottom = min(height, top + _BAND)
            y = np.arange(top, bottom, dtype=np.float32)[:, None] + self.bend.rows(top, bottom, width)
            map_x, map_y = a.b * y, a.e * y
            map_x += a.a * x
            map_x += a.c
            map_y += a.d * x
            map_y += a.f
            made[top:bottom] = cv2.remap(
                page, map_x, map_y, how, borderMode=cv2.BORDER_CONSTANT, borderValue=fill
            )
        return made
