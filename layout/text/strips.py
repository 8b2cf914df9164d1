"""Lines cut out of the page: upright, straightened along their baseline, dark on white, one height.

An engine reads a line best when it looks like those it was trained on: letters of a usual size, a
level baseline, little white above and below, nothing of the neighbours in view. A strip is sampled
once from the page (no resampling twice), and keeps its way back.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Affine, Box, LineShape, Point, Segmentation, Shape
from layout.image import Scan
from layout.text.engine import LinePicture
from layout.text.neighbours import Neighbours, own_ink, window
from layout.text.specks import speck_area, without_specks

Gray = NDArray[np.uint8]

#: Height in pixels to which a line is brought, ink to ink: with its margins 48, as the networks of Persian,
#: Arabic and blackletter take it, so that Tesseract does not scale it again (those of roman type take 36,
#: and read it as well).
LINE_HEIGHT = 38.0

#: White above, below and beside the ink, as a share of its height. Tesseract's raw-line mode scales the
#: whole picture to the network's height: without a margin accents touch the edge, with too much the
#: letters get small; between a tenth and a fifth makes no difference.
MARGIN = 0.14

#: Smoothing in picture pixels: bilevel steps, grain and the holes of a coarse scan become letters again
#: (fewer errors on degraded pages, as many on clean ones; more where it is much larger).
BLUR = 0.95

#: The ground of a picture is white from so far below its middle grey, in steps from there to its brightest
#: twentieth: grain is as deep as it is high. A bilevel picture has none, and keeps its thinnest strokes. No
#: more than the second share of the way from ground to ink is taken for white.
GRAIN = 1.3
_LEAST_CONTRAST = 0.6

#: A line whose letters come out by less than this (natural logarithm) larger or smaller is not sampled again.
_ALIKE = 0.15

#: A picture wider than this is of a rule, not of letters (a thousand letters in a line); OpenCV maps none
#: wider than 32767.
WIDEST = 30_000


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts lines out of one page: ``skew`` in degrees counter-clockwise (used where a line brings no
    baseline), ``height`` of the ink in the picture, ``specks`` the area of the largest dust.
    """

    gray: Gray
    skew: float = 0.0
    height: float = LINE_HEIGHT
    specks: int = 0
    neighbours: Neighbours | None = None

    @classmethod
    def of(cls, scan: Scan, segmentation: Segmentation) -> Cutter:
        lines = [line for shape in segmentation.walk() for line in shape.lines if shape.rotation == 0]
        boxes = [line.box for line in lines]
        bases = [_middle_height(_curve(line, line.box, Affine(), segmentation.skew)) for line in lines]
        return cls(
            scan.gray,
            segmentation.skew,
            specks=speck_area(scan.gray, boxes),
            neighbours=Neighbours(boxes, bases),
        )

    def cut(self, shape: Shape, number: int) -> LinePicture | None:
        """The picture of a line of a shape; None where its box is empty or outside the page."""
        return cut_line(self, shape.lines[number], shape)


def cut_line(cutter: Cutter, line: LineShape, shape: Shape) -> LinePicture | None:
    """The picture of one line; None where its box is empty or outside the page."""
    turn = _upright(shape.rotation, cutter.gray.shape)
    box = turn.apply_box(line.box)
    if box.width < 2 or box.height < 2:
        return None
    curve = _curve(line, box, turn, cutter.skew)
    top, bottom = _extent(line, box, turn, curve)
    if bottom - top < 2:
        return None
    strip = Strip(box, turn, curve, line.appearance.light_on_dark or shape.appearance.light_on_dark)
    upright = cutter.neighbours is not None and shape.rotation == 0
    near = _near(cutter, box, curve) if upright else (math.inf, math.inf)
    found = _framed(cutter, strip, top, bottom, near)
    if found is None:
        return None
    image, baseline, scale, pad = found
    origin = Affine(c=box.x0 - pad)
    shifted = tuple((x - box.x0 + pad, y) for x, y in curve)
    return LinePicture(image, baseline, line.box, scale, origin.then(turn.inverse()), shifted)


@dataclass(frozen=True, slots=True)
class Strip:
    """Where a line lies in the frame in which it stands upright."""

    box: Box
    turn: Affine
    curve: tuple[Point, ...]
    light_on_dark: bool


def _near(cutter: Cutter, box: Box, curve: tuple[Point, ...]) -> tuple[float, float]:
    """Distances of the next baselines above and below, page pixels."""
    xs, ys = zip(*curve, strict=True)
    assert cutter.neighbours is not None
    bases = np.interp(cutter.neighbours.middles(), xs, ys)
    return cutter.neighbours.distances(box, bases, box.height / 2)


def _framed(
    cutter: Cutter, strip: Strip, top: float, bottom: float, near: tuple[float, float]
) -> tuple[Gray, float, float, float] | None:
    """Picture of the line's own ink in an even margin; row of its baseline, scale, margin at the sides.

    Where the box took in so much of the neighbours that the letters come out small, the page is sampled once
    more at the scale that they ask for.
    """
    height = bottom - top
    seen = window(top - MARGIN * height, bottom + MARGIN * height, *near)
    for _ in range(2):
        scale, pad = cutter.height / height, MARGIN * height
        flat = _sample(cutter, strip, seen, pad, scale)
        if flat is None:
            return None
        image, baseline = whiten(flat, strip.light_on_dark), -seen[0] * scale
        own = own_ink(image, baseline, near[0] * scale, near[1] * scale)
        if own is None or own[2] - own[1] < 0.25 * cutter.height:
            return _whole(image, baseline, scale, pad, seen, (top, bottom))
        clean, first, last = own
        if abs(math.log((last - first) / cutter.height)) < _ALIKE:
            break
        height = max((last - first) / scale, 0.25 * (bottom - top))
    margin = max(1, round(MARGIN * (last - first)))
    framed = cv2.copyMakeBorder(clean[first:last], margin, margin, 0, 0, cv2.BORDER_CONSTANT, value=255)
    return np.asarray(framed, dtype=np.uint8), baseline - first + margin, scale, pad


def _whole(
    image: Gray,
    baseline: float,
    scale: float,
    pad: float,
    seen: tuple[float, float],
    box: tuple[float, float],
) -> tuple[Gray, float, float, float]:
    """The rows of the line's box and its margin, of a picture that shows more."""
    first = max(0, round((box[0] - pad - seen[0]) * scale))
    last = min(image.shape[0], round((box[1] + pad - seen[0]) * scale))
    return np.ascontiguousarray(image[first:last]), baseline - first, scale, pad


def whiten(image: Gray, light_on_dark: bool = False) -> Gray:
    """The strip with its ground at 255 and its ink at 0, whatever paper and lamp were."""
    if light_on_dark:
        image = 255 - image
    counts = np.bincount(image.ravel(), minlength=256)
    dark, light = _percentiles(counts, 1, 85)
    if light - dark < 8:
        return np.full_like(image, 255)
    counts[: math.floor((dark + light) / 2) + 1] = 0
    ground, bright = _percentiles(counts, 50, 95)
    white = max(ground - GRAIN * (bright - ground), dark + _LEAST_CONTRAST * (ground - dark))
    stretched = (image.astype(np.float32) - dark) * (255.0 / (white - dark))
    return np.asarray(np.clip(stretched, 0, 255), dtype=np.uint8)


def _percentiles(counts: NDArray[np.intp], *shares: float) -> list[float]:
    """As `numpy.percentile` of grey values, of which so many there are of each."""
    upto = np.cumsum(counts)
    found = []
    for share in shares:
        place = share / 100 * (upto[-1] - 1)
        below, above = np.searchsorted(upto, (math.floor(place), math.ceil(place)), side="right")
        found.append(float(below + (above - below) * (place - math.floor(place))))
    return found


def _middle_height(curve: tuple[Point, ...]) -> float:
    return (curve[0][1] + curve[-1][1]) / 2


def _upright(rotation: int, size: tuple[int, ...]) -> Affine:
    """Page to the frame in which text turned counter-clockwise by ``rotation`` stands upright."""
    height, width = size[:2]
    if rotation == 90:
        return Affine(0, -1, height, 1, 0, 0)
    if rotation == 270:
        return Affine(0, 1, 0, -1, 0, width)
    if rotation == 180:
        return Affine(-1, 0, width, 0, -1, height)
    return Affine()


def _curve(line: LineShape, box: Box, turn: Affine, skew: float) -> tuple[Point, ...]:
    """Baseline in the upright frame, x ascending and reaching over the whole box."""
    points = sorted(turn.apply_all(line.baseline))
    if len(points) >= 2 and points[-1][0] - points[0][0] >= 0.5 * box.width:
        return tuple(points)
    rise = math.tan(math.radians(skew)) * box.width
    middle = points[0][1] if points else box.y1 - 0.25 * (box.height - abs(rise))
    return (box.x0, middle + rise / 2), (box.x1, middle - rise / 2)


def _extent(line: LineShape, box: Box, turn: Affine, curve: tuple[Point, ...]) -> tuple[float, float]:
    """Top and bottom of the ink relative to the curve (negative is above)."""
    xs, ys = zip(*curve, strict=True)
    if line.polygon:
        offsets = [y - float(np.interp(x, xs, ys)) for x, y in turn.apply_all(line.polygon)]
        return min(offsets), max(offsets)
    inside = np.interp(np.linspace(box.x0, box.x1, 16), xs, ys)
    return box.y0 - float(inside.min()), box.y1 - float(inside.max())


def _sample(cutter: Cutter, strip: Strip, seen: tuple[float, float], pad: float, scale: float) -> Gray | None:
    """What is ``seen`` from top to bottom around the curve, ``scale`` times as large."""
    box, (top, bottom) = strip.box, seen
    width, height = round((box.width + 2 * pad) * scale), round((bottom - top) * scale)
    if width < 2 or height < 2 or width > WIDEST:
        return None
    xs, ys = zip(*strip.curve, strict=True)
    x = box.x0 - pad + (np.arange(width) + 0.5) / scale
    y = top + (np.arange(height) + 0.5) / scale
    grid_x = np.broadcast_to(x, (height, width))
    grid_y = y[:, None] + np.interp(x, xs, ys)[None, :]
    back = strip.turn.inverse()
    map_x = (back.a * grid_x + back.b * grid_y + back.c - 0.5).astype(np.float32)
    map_y = (back.d * grid_x + back.e * grid_y + back.f - 0.5).astype(np.float32)
    x0, y0 = max(0, int(map_x.min()) - 4), max(0, int(map_y.min()) - 4)
    part = cutter.gray[y0 : int(map_y.max()) + 6, x0 : int(map_x.max()) + 6]
    if part.size == 0:
        return None
    part = without_specks(part, cutter.specks)
    part = np.asarray(cv2.GaussianBlur(part, (0, 0), BLUR / scale), dtype=np.uint8)
    flat = cv2.remap(part, map_x - x0, map_y - y0, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(flat, dtype=np.uint8)
