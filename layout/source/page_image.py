"""A PDF page that is one scanned image: how the image lies on the page, and its pixels put there."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Affine, Box
from layout.source.frame import Frame, unit_lengths

Pixels = NDArray[np.uint8]

_PLAIN = 0.002  # a slant below this is rounding: half a pixel in 250
_SQUARE = 0.01  # sides of a pixel may differ by this before the image has to be resampled
_PATCHES = (30, 40)  # coarse enough that the ways two programs shrink a picture do not tell
_ALIKE = 10.0  # mean difference of such patches, of 255; a clip, an inversion or a turn give far more


@dataclass(frozen=True, slots=True)
class Cover:
    """An image that covers a page. ``to_page`` maps its unit square (origin top left, y down) to the points
    of the page as shown; ``xref`` is 0 where its own pixels are not all that the page shows."""

    xref: int
    width: int
    height: int
    to_page: Affine
    hides_text: bool

    @property
    def turned(self) -> bool:
        """Whether its rows stand upright on the page."""
        return abs(self.to_page.b) > abs(self.to_page.a)

    @property
    def box(self) -> Box:
        """Where it lies on the page as shown, in points."""
        return self.to_page.apply_box(Box(0, 0, 1, 1))

    @property
    def size(self) -> tuple[int, int]:
        """Its width and height in pixels as they lie on the page."""
        return (self.height, self.width) if self.turned else (self.width, self.height)


def frame_of_cover(cover: Cover, page: tuple[float, float], rotation: Affine) -> Frame | None:
    """The frame in which the image keeps its pixels; None where that cannot be.

    ``page`` is the size of the page as shown, in points; ``rotation`` leads there from the page's own
    points. It cannot be where the image is slanted, its pixels are not square or its pixels unknown.
    """
    box, matrix = cover.box, cover.to_page
    if not cover.xref or not box.width > 0 or not box.height > 0:
        return None
    along_x, along_y = unit_lengths(matrix)
    slant = min(abs(matrix.a), abs(matrix.b)) / along_x + min(abs(matrix.d), abs(matrix.e)) / along_y
    sx, sy = cover.size[0] / box.width, cover.size[1] / box.height
    if slant > _PLAIN or abs(sx / sy - 1) > _SQUARE:
        return None
    left, top = _offset(cover, sx, sy)
    width, height = (
        side if not start and abs(page_side * scale - side) < 1 else round(page_side * scale)
        for page_side, scale, side, start in (
            (page[0], sx, cover.size[0], left),
            (page[1], sy, cover.size[1], top),
        )
    )
    place = Affine(sx, 0, left - sx * box.x0, 0, sy, top - sy * box.y0)
    return Frame(width, height, 72 * (sx + sy) / 2, rotation.then(place))


def fills(cover: Cover, frame: Frame) -> bool:
    """Whether the image, as it is stored, is the whole page: neither turned nor mirrored nor cut."""
    box = cover.box
    upright = not cover.turned and cover.to_page.a > 0 and cover.to_page.e > 0
    return upright and (0, 0, frame.width, frame.height) == (
        *_offset(cover, cover.width / box.width, cover.height / box.height),
        cover.width,
        cover.height,
    )


def oriented(pixels: Pixels, to_page: Affine) -> Pixels:
    """The image turned and mirrored as it lies on the page."""
    if abs(to_page.b) > abs(to_page.a):
        pixels = pixels.swapaxes(0, 1)
        flip_x, flip_y = to_page.b < 0, to_page.d < 0
    else:
        flip_x, flip_y = to_page.a < 0, to_page.e < 0
    return pixels[:: -1 if flip_y else 1, :: -1 if flip_x else 1]


def placed(pixels: Pixels, cover: Cover, frame: Frame, page: tuple[float, float]) -> Pixels:
    """The page: the oriented image on white paper, cut at the page's edges."""
    height, width = pixels.shape[:2]
    box = cover.box
    left, top = _offset(cover, width / box.width, height / box.height)
    if (left, top, width, height) == (0, 0, frame.width, frame.height):
        return np.ascontiguousarray(pixels)
    sheet = np.full((frame.height, frame.width, *pixels.shape[2:]), 255, np.uint8)
    x0, y0 = max(0, left), max(0, top)
    part = pixels[max(0, -top) :, max(0, -left) :][: frame.height - y0, : frame.width - x0]
    sheet[y0 : y0 + part.shape[0], x0 : x0 + part.shape[1]] = part
    return sheet


def same_picture(gray: Pixels, small: Pixels) -> bool:
    """Whether a page's picture is what a small rendering of the page shows."""
    one, two = (
        cv2.resize(picture, _PATCHES, interpolation=cv2.INTER_AREA).astype(np.float32)
        for picture in (gray, small)
    )
    return float(np.abs(one - two).mean()) < _ALIKE


def _offset(cover: Cover, sx: float, sy: float) -> tuple[int, int]:
    """Where the image's top left pixel lies in the page's picture."""
    return round(cover.box.x0 * sx), round(cover.box.y0 * sy)
