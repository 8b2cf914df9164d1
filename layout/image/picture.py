"""Pictures of pages as files that browsers and PDFs show: JPEG, or PNG of one bit for black and white.

A page is decoded once: who has its pixels in hand packs them, and what shows the page is given the file.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

JPEG, PNG = "image/jpeg", "image/png"

#: Ending of a file of each type.
ENDINGS = {JPEG: ".jpg", PNG: ".png"}

#: JPEG quality: text at 300 dpi keeps its edges, and a page stays near 1 MB.
_QUALITY = 80

#: A PNG of no more bytes for each pixel is shown as it was delivered: a page of text as JPEG takes about 0.1.
_LIGHT = 0.25

#: A scan is black and white if fewer of its pixels than this share are neither (a fax, a TIFF G4).
_BETWEEN = 0.0005

#: One row in so many is looked at first: most pages are not black and white, and it shows there.
_SAMPLED = 16

_PNG_MAGIC = b"\x89PNG\r\n\x1a\n"

#: A PNG's colour types without transparency, and how many numbers a pixel has in each (PNG, 11.2.2).
_INDEXED = 3
_PNG_COLORS = {0: 1, 2: 3, _INDEXED: 1}

#: How the texts in a PNG begin that hold what a camera or editor notes of it.
_NOTES = (b"Raw profile type ", b"XML:com.adobe.xmp")


@dataclass(frozen=True)
class Picture:
    """A picture as the bytes of its file. ``type`` is `JPEG` or `PNG`; ``bits`` are those of a sample.

    ``palette``: the colours (RGB, three bytes each) that the samples number, empty where they are colours.
    """

    data: bytes
    type: str
    width: int
    height: int
    colors: int
    bits: int = 8
    palette: bytes = b""


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


def plain_png(data: bytes) -> Picture | None:
    """The picture whose PNG file this is, where a PDF can take its samples as they are and a JPEG would not
    be much smaller; None for others: those with transparency, interlaced, of 16 bits, damaged, and those
    with notes that may say how the picture is turned.
    """
    try:
        chunks = list(_chunks(data))
        names = [name for name, _ in chunks]
        width, height, bits, kind, *ways = struct.unpack(">IIBBBBB", chunks[0][1])
    except (struct.error, ValueError, IndexError):
        return None
    whole = names[0] == b"IHDR" and names[-1] == b"IEND" and b"IDAT" in names
    if not whole or kind not in _PNG_COLORS or bits > 8 or any(ways):
        return None
    if b"tRNS" in names or b"eXIf" in names or any(content.startswith(_NOTES) for _, content in chunks):
        return None
    if len(data) > _LIGHT * width * height:
        return None
    palette = dict(chunks).get(b"PLTE", b"") if kind == _INDEXED else b""
    return Picture(data, PNG, width, height, _PNG_COLORS[kind], bits, palette)


def image_data(picture: Picture) -> bytes:
    """The compressed samples of a picture: of a PNG without its wrapping, as a PDF takes them."""
    if picture.type == JPEG:
        return picture.data
    return b"".join([content for name, content in _chunks(picture.data) if name == b"IDAT"])


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of the chunks of a PNG; raises `ValueError` or `struct.error` where it is damaged."""
    place = len(_PNG_MAGIC)
    if data[:place] != _PNG_MAGIC:
        raise ValueError("no PNG")
    while place < len(data):
        length, name = struct.unpack_from(">I4s", data, place)
        (check,) = struct.unpack_from(">I", data, place + 8 + length)
        if zlib.crc32(memoryview(data)[place + 4 : place + 8 + length]) != check:
            raise ValueError("damaged PNG")
        yield name, data[place + 8 : place + 8 + length]
        place += 12 + length


def _is_black_and_white(gray: NDArray[np.uint8]) -> bool:
    most = _BETWEEN * gray.size
    return _between(gray[::_SAMPLED]) < most and _between(gray) < most


def _between(gray: NDArray[np.uint8]) -> int:
    """How many pixels are neither black nor white."""
    return cv2.countNonZero(cv2.inRange(gray, np.array([32]), np.array([223])))


def _png(gray: NDArray[np.uint8]) -> Picture:
    """One bit for each pixel; no row is filtered, and only runs of equal bytes are shortened: of print that
    takes a third of the time that a search for repetitions does, for fewer bytes."""
    height, width = gray.shape
    rows = np.zeros((height, (width + 7) // 8 + 1), np.uint8)
    rows[:, 1:] = np.packbits(gray > 127, axis=1)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    runs = zlib.compressobj(strategy=zlib.Z_RLE)
    chunks = ((b"IHDR", head), (b"IDAT", runs.compress(rows.data) + runs.flush()), (b"IEND", b""))
    return Picture(_PNG_MAGIC + b"".join(_chunk(*chunk) for chunk in chunks), PNG, width, height, 1, 1)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
