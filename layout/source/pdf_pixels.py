"""The picture of a PDF page (PyMuPDF's), in one of three ways:

- a page that is one scanned image and nothing else gives that image's own pixels;
- a page covered by images (strips, layers, an image with stamps on it) is rendered at their resolution;
- any other page is rendered at the profile's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Affine, Box, Finding
from layout.image.picture import Picture, unpacked
from layout.source.colour import has_colour
from layout.source.frame import HUGE, Frame, affine, unit_lengths
from layout.source.mupdf import mupdf
from layout.source.page_image import Cover, fills, frame_of_cover, oriented, placed, same_picture
from layout.source.pdf_bands import array_of, gray_of, image_pixels, page_bands
from layout.source.pdf_drawings import coverage
from layout.source.pdf_troubles import page_error
from layout.source.raster import check_size, size_in_header
from layout.source.refs import PageRef
from layout.source.settings import SourceSettings

_WITH_HEADER = ("DCTDecode", "JPXDecode")  # whose data say themselves how large they are, and are believed
_COVERED = 0.8  # images over this share of the page: a scan (its margins may be cropped)
_PART = 0.05  # images below this share of the page have no say in its resolution
_WRITTEN = 50  # visible characters over the images: typeset on a background, not stamped on a scan
_INVISIBLE = 3  # text render mode
_VISIBLE = ("fill", "stroke")  # how the names of what is painted begin
_COARSEST = 25.0  # dpi; a page that has to be rendered below it is no page of print
_SMALL = 800  # pixels of the longer side: enough to see whether there is colour


@dataclass(frozen=True)
class Shown:
    """What a page shows: its frame, its pixels (grey, and RGB where it has colour that is wanted), its images
    and the one that is the page."""

    frame: Frame
    gray: NDArray[np.uint8]
    color: NDArray[np.uint8] | None
    images: list[dict[str, Any]]
    cover: Cover | None


def show_page(
    document: Any, page: Any, ref: PageRef, settings: SourceSettings, findings: list[Finding], wanted: bool
) -> Shown:
    """What a page shows, in grey alone where no colour is ``wanted``; ``findings`` are added to."""
    images = _checked_images(document, page, ref, settings)
    cover = _find_cover(document, page, images)
    frame, gray, color = (cover and _own_pixels(document, page, cover, ref, settings, wanted)) or _render(
        page,
        _rendered_frame(page, _wanted_dpi(page, images, cover, settings), ref, settings, findings),
        wanted,
    )
    return Shown(frame, gray, color, images, cover)


def own_jpeg(document: Any, page: Any, ref: PageRef, settings: SourceSettings) -> Picture | None:
    """The JPEG that is the page, as it stands in the file; None where the page shows anything else."""
    images = _checked_images(document, page, ref, settings)
    cover = _find_cover(document, page, images)
    if cover is None or not cover.xref or document.xref_get_key(cover.xref, "Filter")[1] != "/DCTDecode":
        return None
    size = (page.rect.width, page.rect.height)
    frame = frame_of_cover(cover, size, affine(tuple(page.rotation_matrix)))
    if frame is None or not fills(cover, frame):
        return None
    check_size((frame.width, frame.height), ref, settings)
    try:
        picture = unpacked(document.xref_stream_raw(cover.xref))
    except ValueError:  # MuPDF shows more than what is a JPEG from its first byte
        return None
    if (picture.width, picture.height, picture.colors in (1, 3)) != (frame.width, frame.height, True):
        return None
    reduced = cv2.imdecode(np.frombuffer(picture.data, np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_8)
    shown = reduced is not None and same_picture(np.asarray(reduced, np.uint8), _small(page))
    return picture if shown else None


def _checked_images(document: Any, page: Any, ref: PageRef, settings: SourceSettings) -> list[dict[str, Any]]:
    """The images of a page none of which is too large to be decoded."""
    images = [image for image in page.get_image_info() if _is_placed(image["bbox"])]
    for image in images:
        _check_image((image["width"], image["height"]), ref, settings)
    for xref, _, _, _, _, _, _, _, packing, *_ in page.get_images(full=True):
        if packing in _WITH_HEADER and (size := size_in_header(document.xref_stream_raw(xref) or b"")):
            _check_image(size, ref, settings)
    return images


def _is_placed(bounds: tuple[float, ...]) -> bool:
    return all(-HUGE < value < HUGE for value in bounds)


def _check_image(size: tuple[int, int], ref: PageRef, settings: SourceSettings) -> None:
    """Before MuPDF decodes it for rendering: a page of a few bytes may hold gigapixels."""
    width, height = size
    if width * height > settings.max_pixels:
        raise page_error(
            ref,
            f"holds an image of {width} x {height} pixels, above the "
            f"{settings.max_megapixels:g} megapixels allowed",
            "scale it down, or raise source.max_megapixels",
        )


# --- the page that is a scan ---------------------------------------------------------------------


def _find_cover(document: Any, page: Any, images: list[dict[str, Any]]) -> Cover | None:
    """The image that is the page, if a single one covers it and nothing is painted over it."""
    sheet = Box(0, 0, *_unrotated(page))
    large = [image for image in images if coverage([Box(*image["bbox"])], sheet) >= _COVERED]
    if len(large) != 1:
        return None
    painted = page.get_bboxlog()
    covering = [
        place
        for place, (name, bounds) in enumerate(painted)
        if name.startswith("fill-im") and coverage([Box(*bounds)], sheet) >= _COVERED
    ]
    over = [name for name, _ in painted[covering[-1] + 1 if covering else 0 :] if name.startswith(_VISIBLE)]
    alone = len(images) == 1 and not over
    xrefs = {
        xref
        for xref, mask, width, height, *_ in page.get_images(full=True)
        if not mask and (width, height) == (large[0]["width"], large[0]["height"])
    }
    return Cover(
        xref=xrefs.pop() if alone and len(xrefs) == 1 else 0,
        width=large[0]["width"],
        height=large[0]["height"],
        to_page=affine(large[0]["transform"]).then(affine(tuple(page.rotation_matrix))),
        hides_text=not any(name.endswith("text") for name in over),
    )


def _own_pixels(
    document: Any, page: Any, cover: Cover, ref: PageRef, settings: SourceSettings, wanted: bool
) -> tuple[Frame, NDArray[np.uint8], NDArray[np.uint8] | None] | None:
    """The scan's own pixels, turned as the page shows them; None where the placement is not plain.

    That what was extracted is what the page shows (clips, masks, inversions) is seen by comparing it with
    a small rendering.
    """
    size = (page.rect.width, page.rect.height)
    frame = frame_of_cover(cover, size, affine(tuple(page.rotation_matrix)))
    if frame is None:
        return None
    check_size((frame.width, frame.height), ref, settings)
    pixels = placed(oriented(image_pixels(document, cover.xref, wanted), cover.to_page), cover, frame, size)
    gray, color = _split(pixels)
    del pixels
    return (frame, gray, color) if same_picture(gray, _small(page)) else None


def _small(page: Any) -> NDArray[np.uint8]:
    """A small grey rendering of the page."""
    return _pixmap(
        page.get_displaylist(annots=False), 200 / max(page.rect.width, page.rect.height), mupdf.csGRAY
    )


# --- the page that is rendered ---------------------------------------------------------------------


def _wanted_dpi(
    page: Any, images: list[dict[str, Any]], cover: Cover | None, settings: SourceSettings
) -> float:
    """The profile's resolution, or that of the images where they are the page."""
    sheet = Box(0, 0, *_unrotated(page))
    boxes = [Box(*image["bbox"]) for image in images]
    if coverage(boxes, sheet) < _COVERED:
        return settings.dpi
    if not (cover and cover.hides_text) and _written(page) >= _WRITTEN:
        return settings.dpi
    found = [
        72 * max(image["width"] / across, image["height"] / down)
        for image, box in zip(images, boxes, strict=True)
        for across, down in [unit_lengths(affine(image["transform"]))]
        if across > 0 and down > 0 and box.clipped(sheet).area >= _PART * sheet.area
    ]
    return max(found, default=settings.dpi)


def _written(page: Any) -> int:
    """Number of characters that are drawn."""
    spans = page.get_texttrace()
    return sum(len(span["chars"]) for span in spans if span["type"] != _INVISIBLE and span["opacity"] > 0)


def _rendered_frame(
    page: Any, dpi: float, ref: PageRef, settings: SourceSettings, findings: list[Finding]
) -> Frame:
    """The frame at this resolution, or at the highest one that fits the budget."""
    width, height = page.rect.width, page.rect.height
    scale = dpi / 72
    fitting = min(
        scale, math.sqrt(settings.render_pixels / width / height), settings.max_side_px / max(width, height)
    )
    if fitting < scale:
        if fitting * 72 < _COARSEST:
            raise page_error(ref, f"is {width:.0f} x {height:.0f} points in size", "correct its page size")
        lowered = f"rendered at {fitting * 72:.0f} dpi instead of {dpi:.0f} to stay within the size allowed"
        findings.append(Finding("info", "dpi-lowered", lowered, ref.page_id))
    pixels = math.ceil(width * fitting - 0.01), math.ceil(height * fitting - 0.01)
    check_size(pixels, ref, settings)
    turned = affine(tuple(page.rotation_matrix)).then(Affine.scale(fitting))
    return Frame(*pixels, fitting * 72, turned)


def _render(
    page: Any, frame: Frame, wanted: bool
) -> tuple[Frame, NDArray[np.uint8], NDArray[np.uint8] | None]:
    display = page.get_displaylist(annots=False)
    colored = has_colour(_pixmap(display, _SMALL / max(page.rect.width, page.rect.height), mupdf.csRGB))
    gray = np.empty((frame.height, frame.width), np.uint8)
    color = np.empty((frame.height, frame.width, 3), np.uint8) if colored and wanted else None
    for top, band in page_bands(display, frame.dpi / 72, mupdf.csRGB if colored else mupdf.csGRAY):
        _put(gray, top, gray_of(band) if colored else band)
        if color is not None:
            _put(color, top, band)
    return frame, gray, color


def _put(pixels: NDArray[np.uint8], top: int, band: NDArray[np.uint8]) -> None:
    """Fill rows from ``top`` on. MuPDF may round a side to a pixel more or less: the last one is repeated."""
    band = band[: len(pixels) - top, : pixels.shape[1]]
    pixels[top : top + len(band), : band.shape[1]] = band
    pixels[top : top + len(band), band.shape[1] :] = band[:, -1:]
    pixels[top + len(band) :] = pixels[top + len(band) - 1]


def _pixmap(display: Any, scale: float, colorspace: Any) -> NDArray[np.uint8]:
    """What a page's display list shows: H x W, or H x W x 3."""
    matrix = mupdf.Matrix(scale, scale)
    drawn = display.get_pixmap(matrix=matrix, colorspace=colorspace, alpha=False)
    return array_of(drawn).copy()


def _split(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.uint8] | None]:
    if pixels.ndim == 2:
        return pixels, None
    step = max(1, max(pixels.shape) // _SMALL)
    small = cv2.resize(pixels, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    return gray_of(pixels), pixels if has_colour(np.asarray(small, np.uint8)) else None


def _unrotated(page: Any) -> tuple[float, float]:
    width, height = page.rect.width, page.rect.height
    return (height, width) if page.rotation % 180 else (width, height)
