"""The pixels of an opened image: upright, in grey and, where it has some and it is wanted, in colour."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from layout.source.colour import has_colour
from layout.source.modes import bands, flattener, is_clear
from layout.source.strips import Strips, orientation_in_file, size_in_file, strips

ORIENTATION = 274  # EXIF

#: Above this a picture in colour is not decoded as a whole, if that can be avoided: Pillow takes 5.4 bytes a
#: pixel then, and a worker is to stay below 150 MB (of which programs take 110) and 4 bytes a pixel.
_WHOLE = 25e6
#: The same for JPEG 2000: six bytes a pixel in grey, and twenty in colour.
_GREY_JPEG_2000, _COLOUR_JPEG_2000 = 20e6, 2.5e6

Pixels = NDArray[np.uint8]
Again = Callable[[], AbstractContextManager[Image.Image]]


@dataclass(frozen=True)
class Decoded:
    """``gray`` H x W, ``color`` H x W x 3 RGB or None; ``dpi`` as the file states it for the upright picture;
    ``clear``: every pixel is fully transparent, and the page is the white paper behind it."""

    gray: Pixels
    color: Pixels | None
    dpi: object
    clear: bool


def pixels_of(image: Image.Image, again: Again, wanted: bool) -> Decoded:
    """The pixels of an image that has not been decoded yet; ``again`` opens it once more.

    Raises what Pillow's decoders raise.
    """
    large = image.width * image.height > _whole(image)
    if large and wanted and image.format == "JPEG" and image.mode == "CMYK":
        wanted = _jpeg_has_colour(again)
    if large and (pieces := strips(image, wanted)):
        return _of_deep(image, pieces) if image.mode[0] == "I" else _of_strips(image, pieces, wanted)
    if image.format == "JPEG" and image.mode == "RGB":
        return _of_jpeg(image, again, wanted, large)
    return _of_whole(image, wanted)


def _whole(image: Image.Image) -> float:
    """From how many pixels on a picture is large."""
    if image.format != "JPEG2000":
        return _WHOLE
    return _GREY_JPEG_2000 if image.mode == "L" else _COLOUR_JPEG_2000


def _of_whole(image: Image.Image, wanted: bool) -> Decoded:
    dpi = _upright_dpi(image, image.getexif().get(ORIENTATION))
    image.load()
    ImageOps.exif_transpose(image, in_place=True)
    gray, color = _converted(image, wanted)
    return Decoded(gray, color, dpi, is_clear(image))


def _of_jpeg(image: Image.Image, again: Again, wanted: bool, large: bool) -> Decoded:
    """The decoder leaves the chroma alone where only grey is asked for: half the time and memory."""
    colored = _jpeg_has_colour(again)
    if colored and not large:
        return _of_whole(image, wanted)
    image.draft("L", image.size)
    decoded = _of_whole(image, wanted=False)
    if not (colored and wanted):
        return decoded
    with again() as whole:
        ImageOps.exif_transpose(whole, in_place=True)
        return replace(decoded, color=np.asarray(whole))


def _of_strips(image: Image.Image, pieces: Strips, wanted: bool) -> Decoded:
    flatten, turn, (width, height) = flattener(image), orientation_in_file(image), size_in_file(image)
    gray = np.empty((height, width), np.uint8)
    color = np.empty((height, width, 3), np.uint8) if wanted else None
    clear = True
    for top, strip in pieces:
        flat = flatten(strip)
        gray[top : top + flat.height] = np.asarray(flat.convert("L"))
        if color is not None:
            color[top : top + flat.height] = np.asarray(flat.convert("RGB"))
        clear = clear and is_clear(strip)
    if color is not None and not has_colour(_reduced(color)):
        color = None
    turned = None if color is None else _upright(color, turn)
    return Decoded(_upright(gray, turn), turned, _upright_dpi(image, turn), clear)


def _of_deep(image: Image.Image, pieces: Strips) -> Decoded:
    """Grey of 16 bits: what is white is known when all is there."""
    samples = np.empty((image.height, image.width), np.uint16)
    for top, strip in pieces:
        samples[top : top + strip.height] = np.asarray(strip)
    gray, _ = _converted(Image.fromarray(samples), wanted=False)
    turn = orientation_in_file(image)
    return Decoded(_upright(gray, turn), None, _upright_dpi(image, turn), clear=False)


def _converted(image: Image.Image, wanted: bool) -> tuple[Pixels, Pixels | None]:
    """Grey and, where there is colour and it is ``wanted``, RGB of an image in any mode, strip by strip."""
    flatten, step = flattener(image), _reduction(image.size)
    gray = np.empty((image.height, image.width), np.uint8)
    small = []
    for top, band in bands(image, step):
        flat = flatten(band)
        gray[top : top + flat.height] = np.asarray(flat.convert("L"))
        if wanted and flat.mode == "RGB":
            small.append(np.asarray(flat.reduce(step)))
    if not small or not has_colour(np.concatenate(small)):
        return gray, None
    color = np.empty((*gray.shape, 3), np.uint8)
    for top, band in bands(image, step):
        color[top : top + band.height] = np.asarray(flatten(band))
    return gray, color


def _jpeg_has_colour(again: Again) -> bool:
    """Decided on the picture at an eighth of its size, which JPEG gives almost for nothing."""
    with again() as image:
        image.draft("RGB", (image.width // 8, image.height // 8))
        image.load()
        return has_colour(np.array(flattener(image)(image)))


def _reduced(color: Pixels) -> Pixels:
    """The picture as small as its colour can be told from."""
    height, width = color.shape[:2]
    step = _reduction((width, height))
    return np.concatenate(
        [np.asarray(Image.fromarray(color[top : top + step]).reduce(step)) for top in range(0, height, step)]
    )


def _reduction(size: tuple[int, int]) -> int:
    return max(1, max(size) // 800)  # small enough to be quick; print of a millimetre still shows


def _upright_dpi(image: Image.Image, turn: int | None) -> object:
    """The resolution (x, y) of the upright picture as the file states it."""
    stated = image.info.get("dpi")
    return stated[::-1] if turn in (5, 6, 7, 8) and isinstance(stated, tuple) else stated


def _upright(pixels: Pixels, turn: int) -> Pixels:
    """The picture set upright from the way it lies, as EXIF numbers it."""
    if turn in (5, 6, 7, 8):
        pixels = pixels.swapaxes(0, 1)
    if turn in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if turn in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)
