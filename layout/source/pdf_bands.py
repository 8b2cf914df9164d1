"""The pixels of an image in a PDF, and those of a page that is drawn, taken from MuPDF in bands.

As a whole MuPDF would hold a large picture as it is packed, unpacked in its own colours, and once more in
those asked for. Of each band it unpacks its rows alone, which are the same as those of the whole; it has to
go over the packed data once for each, so that a picture has few of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.source.mupdf import mupdf

Pixels = NDArray[np.uint8]

#: A picture of no more pixels is taken at once, and a larger one in no more bands than this: a worker is to
#: stay below 150 MB (of which programs take 110) and 4 bytes a pixel, and a drawn band takes 12 of its own.
_AT_ONCE, _MOST_BANDS = 6e6, 8
_CONVERTED = 256  # rows brought to other colours at a time


def image_pixels(document: Any, xref: int, wanted: bool) -> Pixels:
    """An image as it is stored: H x W grey or, where colour is ``wanted``, H x W x 3 RGB of one in colour."""
    library = mupdf.mupdf  # PyMuPDF's own classes take an image as a whole only
    file = library.pdf_document_from_fz_document(document.this)
    image = library.pdf_load_image(file, library.pdf_new_indirect(file, xref, 0))
    width, height = image.w(), image.h()
    once = library.FzMatrix(width, 0, 0, height, 0, 0)
    pixels: Pixels | None = None
    top = 0
    while top < height:
        area = library.FzIrect(0, top, width, min(height, top + _rows(width, height)))
        band = mupdf.Pixmap("raw", library.fz_get_pixmap_from_image(image, area, once)[0])
        if band.colorspace and band.alpha:
            band = mupdf.Pixmap(band, 0)
        if band.height != area.y1 - area.y0:  # MuPDF cannot unpack a part of a JPEG 2000
            top, area.y1 = 0, height
        colored = wanted and band.colorspace and band.colorspace.n > 1
        if pixels is None:
            pixels = np.empty((height, width, 3) if colored else (height, width), np.uint8)
        for row in range(0, band.height, _CONVERTED):
            part = _rgb_or_gray(band, row, min(band.height, row + _CONVERTED))
            pixels[top + row : top + row + len(part)] = part if part.ndim == pixels.ndim else gray_of(part)
        top = area.y1
        del band
        mupdf.TOOLS.store_shrink(100)  # MuPDF would keep the band
    assert pixels is not None
    return pixels


def page_bands(display: Any, scale: float, space: Any) -> Iterator[tuple[int, Pixels]]:
    """What a page's display list shows, each band with its top: H x W, or H x W x 3."""
    bounds = mupdf.IRect((display.rect * mupdf.Matrix(scale, scale)).round())
    step = _rows(bounds.width, bounds.height)
    for top in range(bounds.y0, bounds.y1, step):
        bottom = min(bounds.y1, top + step)
        # half a row more on both sides: sides in points, times the scale, are not exactly those in pixels
        clip = mupdf.Rect(display.rect.x0, (top - 0.5) / scale, display.rect.x1, (bottom + 0.5) / scale)
        drawn = display.get_pixmap(
            matrix=mupdf.Matrix(scale, scale), colorspace=space, alpha=False, clip=clip
        )
        mupdf.TOOLS.store_shrink(100)
        yield top - bounds.y0, array_of(drawn)[top - drawn.y : bottom - drawn.y]


def array_of(pixmap: Any) -> Pixels:
    """The samples, while the pixmap lives: H x W for one channel, else H x W x channels."""
    rows = np.frombuffer(pixmap.samples_mv, np.uint8).reshape(pixmap.height, pixmap.stride)
    pixels = rows[:, : pixmap.width * pixmap.n].reshape(pixmap.height, pixmap.width, pixmap.n)
    return pixels[:, :, 0] if pixmap.n == 1 else pixels


def gray_of(color: Pixels) -> Pixels:
    """RGB as grey."""
    return np.asarray(cv2.cvtColor(color, cv2.COLOR_RGB2GRAY), np.uint8)


def _rows(width: int, height: int) -> int:
    """Height of a band."""
    bands = min(_MOST_BANDS, max(1, math.ceil(width * height / _AT_ONCE)))
    return -(-height // bands)


def _rgb_or_gray(band: Any, top: int, bottom: int) -> Pixels:
    """Rows of a band, counted from its own top."""
    if band.colorspace is None:  # a stencil: what it lets through is ink, as a rule
        return 255 - array_of(band)[top:bottom]
    space = mupdf.csGRAY if band.colorspace.n == 1 else mupdf.csRGB
    if band.colorspace.name == space.name:
        return array_of(band)[top:bottom]
    part = mupdf.Pixmap(band.colorspace, (band.x, band.y + top, band.x + band.width, band.y + bottom))
    part.copy(band, part.irect)
    converted = mupdf.Pixmap(space, part)
    return array_of(converted).copy()
