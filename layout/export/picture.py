"""The pictures of pages for formats that carry them: encoded as a viewer or a PDF can show them.

An exporter knows the issue alone; one that shows pages (`Illustrated`) is handed a way to get each page's
picture, and does without where there is none.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.image import Scan

#: JPEG quality: text at 300 dpi keeps its edges, and a page stays near 1 MB.
_QUALITY = 80

#: A scan is black and white if fewer of its pixels than this share are neither (a fax, a TIFF G4).
_BETWEEN = 0.0005

_JPEG = "DCTDecode"


@dataclass(frozen=True)
class Picture:
    """An encoded picture. ``filter`` is PDF's name of the encoding, ``bits`` those of a sample."""

    data: bytes
    width: int
    height: int
    filter: str
    colors: int
    bits: int = 8


#: Page id -> its picture, as it was delivered or packed by `compact`; None where its file cannot be had any
#: more.
Scans = Callable[[str], Picture | None]


def jpeg(picture: Picture) -> Picture:
    """The picture as JPEG, for what shows no packed bits."""
    return picture if picture.filter == _JPEG else _encoded(_unpacked(picture))


def compact(scan: Scan) -> Picture:
    """The scan in the form that fits it: packed bits where it is black and white, else JPEG, grey where it
    has no colour."""
    if scan.color is None:
        between = cv2.countNonZero(cv2.inRange(scan.gray, np.array([32]), np.array([223])))
        if between < _BETWEEN * scan.gray.size:
            bits = np.packbits(scan.gray > 127, axis=1)
            return Picture(zlib.compress(bits.tobytes(), 6), scan.width, scan.height, "FlateDecode", 1, 1)
        return _encoded(scan.gray)
    return _encoded(np.asarray(cv2.cvtColor(scan.color, cv2.COLOR_RGB2BGR), np.uint8))


def _encoded(pixels: NDArray[np.uint8]) -> Picture:
    done, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not done:
        raise ValueError("the picture cannot be encoded")
    height, width = pixels.shape[:2]
    return Picture(data.tobytes(), width, height, _JPEG, 1 if pixels.ndim == 2 else 3)


def _unpacked(picture: Picture) -> NDArray[np.uint8]:
    """The pixels of a picture in packed bits."""
    rows = np.frombuffer(zlib.decompress(picture.data), np.uint8).reshape(picture.height, -1)
    return np.unpackbits(rows, axis=1, count=picture.width) * np.uint8(255)
