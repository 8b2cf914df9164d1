"""Pictures of pages as files that browsers and PDFs show: JPEG, or PNG of one bit for black and white.

A page is decoded once: who has its pixels in hand packs them, and what shows the page is given the file.
"""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

JPEG, PNG = "image/jpeg", "image/png"

#: Ending of a file of each type.
ENDINGS = {JPEG: ".jpg", PNG: ".png"}

#: JPEG quality: text at 300 dpi keeps its edges, and a page stays near 1 MB.
_QUALITY = 80

#: zlib's level for black and white: half the time of the usual 6 for 3 % more bytes.
_LEVEL = 4

#: A scan is black and white if fewer of its pixels than this share are neither (a fax, a TIFF G4).
_BETWEEN = 0.0005

#: One row in so many is looked at first: most pages are not black and white, and it shows there.
_SAMPLED = 16

_PNG_MAGIC = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Picture:
    """A picture as the bytes of its file. ``type`` is `JPEG` or `PNG`; ``bits`` are those of a sample."""

    data: bytes
    type: str
    width: int
    height: int
    colors: int
    bits: int = 8


def packed(pixels: NDArray[np.uint8]) -> Picture:
    """Pixels (H x W grey, or H x W x 3 RGB) in the form that fits them."""
    if pixels.ndim == 2 and _is_black_and_white(pixels):
        return _png(pixels)
    shown = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    done, data = cv2.imencode(".jpg", shown, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not done:
        raise ValueError("the picture cannot be encoded")
    height, width = pixels.shape[:2]
    return Picture(data.tobytes(), JPEG, width, height, 1 if pixels.ndim == 2 else 3)


def unpacked(data: bytes) -> Picture:
    """The picture whose file `packed` made; raises `ValueError` for what it cannot have made."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            type_ = JPEG if image.format == "JPEG" else PNG
            bits = 1 if image.mode == "1" else 8
            return Picture(data, type_, *image.size, len(image.getbands()), bits)
    except (OSError, SyntaxError) as error:
        raise ValueError("no picture") from error


def image_data(picture: Picture) -> bytes:
    """The compressed samples of a picture: of a PNG without its wrapping, as a PDF takes them."""
    if picture.type == JPEG:
        return picture.data
    found, place = b"", len(_PNG_MAGIC)
    while place < len(picture.data):
        length, name = struct.unpack_from(">I4s", picture.data, place)
        if name == b"IDAT":
            found += picture.data[place + 8 : place + 8 + length]
        place += 12 + length
    return found


def _is_black_and_white(gray: NDArray[np.uint8]) -> bool:
    most = _BETWEEN * gray.size
    return _between(gray[::_SAMPLED]) < most and _between(gray) < most


def _between(gray: NDArray[np.uint8]) -> int:
    """How many pixels are neither black nor white."""
    return cv2.countNonZero(cv2.inRange(gray, np.array([32]), np.array([223])))


def _png(gray: NDArray[np.uint8]) -> Picture:
    """One bit for each pixel; no row is filtered, which fits print best."""
    height, width = gray.shape
    rows = np.zeros((height, (width + 7) // 8 + 1), np.uint8)
    rows[:, 1:] = np.packbits(gray > 127, axis=1)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes(), _LEVEL)), (b"IEND", b""))
    return Picture(_PNG_MAGIC + b"".join(_chunk(*chunk) for chunk in chunks), PNG, width, height, 1, 1)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
