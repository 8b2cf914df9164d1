"""Pages drawn for the tests of geometry: what was drawn where is known to the pixel.

Type is Pillow's own scalable font, so that nothing must be installed. Boxes are those of the ink.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from layout.document import Affine, Box, Segmentation, Shape
from layout.geometry.newspaper import NewspaperDetector
from layout.geometry.settings import GeometrySettings
from layout.image import Scan

BODY = 26  # pixels of the body's font
PITCH = 36  # pixels from baseline to baseline
_WORDS = (
    *("paper", "harbour", "council", "river", "morning", "letter", "station", "market", "bridge"),
    *("winter", "people", "yesterday", "town", "long", "report", "at", "the", "of", "and", "in"),
    *("from", "which", "with", "were", "under", "many"),
)


@lru_cache
def font(size: int) -> ImageFont.FreeTypeFont:
    found = ImageFont.load_default(size)
    assert isinstance(found, ImageFont.FreeTypeFont)
    return found


class Paper:
    """A white (or other) page to be drawn on; every drawing method returns the boxes of its ink."""

    def __init__(self, width: int, height: int, ground: int = 250, seed: int = 1) -> None:
        self.picture = Image.new("L", (width, height), ground)
        self.pen = ImageDraw.Draw(self.picture)
        self.random = random.Random(seed)

    def text(self, x: int, y: int, words: str, size: int = BODY, ink: int = 20) -> Box:
        """Words with the ascender line at ``y``."""
        self.pen.text((x, y), words, font=font(size), fill=ink)
        return Box(*(float(v) for v in self.pen.textbbox((x, y), words, font=font(size))))

    def words(self, width: int, size: int = BODY) -> str:
        """Words that fill ``width`` pixels as far as whole words can."""
        line = self.random.choice(_WORDS)
        while True:
            longer = f"{line} {self.random.choice(_WORDS)}"
            if font(size).getlength(longer) > width:
                return line
            line = longer

    def column(
        self, x: int, y: int, width: int, lines: int, size: int = BODY, pitch: int = PITCH, ink: int = 20
    ) -> list[Box]:
        return [self.text(x, y + i * pitch, self.words(width, size), size, ink) for i in range(lines)]

    def rule(self, x0: int, y0: int, x1: int, y1: int, width: int = 3) -> Box:
        self.pen.line((x0, y0, x1, y1), fill=20, width=width)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1) + 1, max(y0, y1) + 1)

    def frame(self, x0: int, y0: int, x1: int, y1: int, width: int = 3) -> Box:
        self.pen.rectangle((x0, y0, x1, y1), outline=20, width=width)
        return Box(x0, y0, x1, y1)

    def fill(self, x0: int, y0: int, x1: int, y1: int, gray: int) -> Box:
        self.pen.rectangle((x0, y0, x1 - 1, y1 - 1), fill=gray)
        return Box(x0, y0, x1, y1)

    def photograph(self, x0: int, y0: int, x1: int, y1: int) -> Box:
        """Soft shapes from dark to middling grey, with grain: no paper, no letters."""
        noise = np.random.default_rng(self.random.randrange(1000))
        coarse = noise.integers(40, 170, (6, 8)).astype(np.float32)
        soft = cv2.resize(coarse, (x1 - x0, y1 - y0), interpolation=cv2.INTER_CUBIC)
        grain = noise.normal(0, 6, soft.shape)
        tones = np.clip(soft + grain, 15, 185).astype(np.uint8)
        self.picture.paste(Image.fromarray(tones), (x0, y0))
        return Box(x0, y0, x1, y1)

    def scan(self) -> Scan:
        return Scan("p0001", np.asarray(self.picture).copy())


def turned(scan: Scan, degrees: float, ground: int = 250) -> tuple[Scan, Affine]:
    """The page turned counter-clockwise about its middle, and the map of its points."""
    affine = Affine.rotation(degrees, (scan.width / 2, scan.height / 2))
    matrix = np.array([[affine.a, affine.b, affine.c], [affine.d, affine.e, affine.f]])
    gray = cv2.warpAffine(
        scan.gray, matrix, (scan.width, scan.height), flags=cv2.INTER_LINEAR, borderValue=ground
    )
    return Scan(scan.page_id, np.asarray(gray, np.uint8)), affine


def mapped(scan: Scan, change: Callable[[NDArray[np.uint8]], NDArray[np.generic]]) -> Scan:
    """The page with its grey values changed."""
    return Scan(scan.page_id, np.ascontiguousarray(change(scan.gray)).astype(np.uint8))


def detect(scan: Scan) -> Segmentation:
    return NewspaperDetector(GeometrySettings()).detect(scan)


def lines_of(found: Segmentation) -> list[Box]:
    return [line.box for shape in found.walk() for line in shape.lines]


def holder(found: Segmentation, box: Box) -> Shape:
    """The shape one of whose lines holds most of this drawn text."""
    return next(
        shape for shape in found.walk() if any(line.box.grown(3).covers(box, 0.8) for line in shape.lines)
    )


def iou(a: Box, b: Box) -> float:
    shared = a.intersection(b)
    return shared / (a.area + b.area - shared)


def f1(drawn: list[Box], found: list[Box], least: float = 0.5) -> float:
    """F1 of boxes matched one to one, the best overlaps first, at an IoU of ``least`` or more."""
    pairs = sorted(
        ((iou(a, b), i, j) for i, a in enumerate(drawn) for j, b in enumerate(found)), reverse=True
    )
    left, right = set(range(len(drawn))), set(range(len(found)))
    hits = 0
    for value, i, j in pairs:
        if value >= least and i in left and j in right:
            left.discard(i)
            right.discard(j)
            hits += 1
    return 2 * hits / max(1, len(drawn) + len(found))
