"""Page images -> `Scan`s, by Pillow: the header first, then the budget, then the pixels.

Everything is brought to one form: upright, square pixels, 8-bit grey on white, colour only where the
page has some.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from layout.document import Finding, SourceImage
from layout.document.ids import page_id
from layout.errors import InputError, LayoutError
from layout.image import Scan
from layout.image.picture import JPEG, Picture, plain_png
from layout.source.files import Kind, kind_of, not_a_page, opening_error, read_head, sha256_of
from layout.source.pixels import ORIENTATION, pixels_of
from layout.source.refs import PageRef
from layout.source.resolution import plausible_dpi, squeeze
from layout.source.settings import SourceSettings
from layout.source.strips import bytes_a_pixel

log = logging.getLogger(__name__)

# Only these decoders may run: among Pillow's others are some that start programs (EPS).
_FORMATS = ("TIFF", "JPEG", "PNG", "JPEG2000", "WEBP", "BMP", "DIB", "GIF", "PPM")
# What Pillow's decoders raise on damaged files, beside their own OSError.
_DAMAGED = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, RuntimeError)
_DAMAGED_TOO = (EOFError, struct.error, zlib.error, AttributeError)
_USUAL = 4  # bytes of memory a pixel
_MANY_PIXELS = 150e6  # beyond the largest broadsheets at 400 dpi: legal, but worth a word
_NEW_SUBFILE_TYPE = 254  # TIFF 6.0, section 8
_REDUCED, _MASK = 1, 4
_MOST_SCANS = 300  # usual are 10; a component at single bits and coefficients has not so many
_PNM_HEAD = 4096  # bytes; programs write a comment of a line
_MOST_FRAMES = 10_000  # no bound volume has more; a damaged chain of frames might not end


def list_pages(path: Path, settings: SourceSettings) -> tuple[PageRef, ...]:
    """The pages of an image file: TIFF frames that are pages, else one.

    A file whose header cannot be read counts as one page, so that the failure stays with that page.
    """
    try:
        with _opened(path, settings) as image:
            frames = _page_frames(image, path, settings) if image.format == "TIFF" else [0]
    except InputError:
        frames = [0]
    return tuple(PageRef(path, frame, page_id(n)) for n, frame in enumerate(frames, 1))


def load_page(ref: PageRef, settings: SourceSettings, *, color: bool = True) -> Scan:
    """The page's pixels, in grey alone where no ``color`` is asked for.

    Raises `InputError` for what is damaged, too small or larger than the budget.
    """
    gray, colored, dpi, findings = _decoded(ref, settings, color)
    return Scan(
        ref.page_id,
        gray,
        colored,
        dpi=dpi[0] if dpi else None,
        source=SourceImage(ref.file.name, sha256_of(ref.file), ref.index + 1),
        findings=tuple(findings),
    )


def load_pixels(ref: PageRef, settings: SourceSettings) -> NDArray[np.uint8]:
    """The pixels of `load_page` alone: H x W x 3 RGB where the page has colour, else H x W grey."""
    gray, color, _, _ = _decoded(ref, settings, True)
    return gray if color is None else color


def whole_picture(ref: PageRef, settings: SourceSettings) -> Picture | None:
    """The file of a page as it is where that shows the page: a JPEG that stands upright, grey or in three
    colours, or a light PNG. None for others. Raises `InputError` or `AccessError`.
    """
    with _opened(ref.file, settings, ref.index + 1) as image:
        if image.format == "PNG":
            check_size(image.size, ref, settings)
            return plain_png(ref.file.read_bytes())
        if image.format != "JPEG" or image.mode not in ("L", "RGB"):
            return None
        if image.getexif().get(ORIENTATION, 1) != 1:
            return None
        check_size(image.size, ref, settings)
        return Picture(ref.file.read_bytes(), JPEG, *image.size, len(image.getbands()))


def _decoded(
    ref: PageRef, settings: SourceSettings, wanted: bool
) -> tuple[NDArray[np.uint8], NDArray[np.uint8] | None, tuple[float, float] | None, list[Finding]]:
    """Grey, RGB where the page has colour and it is ``wanted``, dpi and findings."""
    with _opened(ref.file, settings, ref.index + 1) as image:
        try:
            image.seek(ref.index)
        except EOFError as error:
            raise _error(ref, f"has no page {ref.index + 1}", "check whether it was changed") from error
        check_size(image.size, ref, settings)
        _check_weight(image, ref, settings)
        if image.info.get("progressive"):
            _check_scans(ref)
        pixels = pixels_of(image, lambda: _opened(ref.file, settings, ref.index + 1), wanted)
    gray, color, findings = pixels.gray, pixels.color, []
    if gray.size > _MANY_PIXELS:
        large = f"the page has {gray.shape[1]} x {gray.shape[0]} pixels and takes long"
        findings.append(Finding("warning", "large-page", large, ref.page_id))
    if pixels.clear:
        findings.append(Finding("warning", "transparent", "the picture is fully transparent", ref.page_id))
    size = (gray.shape[1], gray.shape[0])
    gray, color, dpi, stretched = squeeze(gray, color, plausible_dpi(pixels.dpi, size), settings.max_pixels)
    if stretched:
        findings.append(Finding("warning", "resampled", stretched, ref.page_id))
    return gray, color, dpi, findings


def check_size(size: tuple[int, int], ref: PageRef, settings: SourceSettings) -> None:
    """Raises `InputError` where a picture of this size (width, height in pixels) is not to be decoded."""
    width, height = size
    if min(size) < settings.min_side_px:
        raise _error(ref, f"is only {width} x {height} pixels", "scan it again: nothing can be read on it")
    if max(size) > settings.max_side_px:
        raise _error(
            ref,
            f"is {width} x {height} pixels, above the {settings.max_side_px} allowed for a side",
            "scale it down, or raise source.max_side_px",
        )
    if width * height > settings.max_pixels:
        raise _error(
            ref,
            f"is {width} x {height} pixels, above the {settings.max_megapixels:g} megapixels allowed",
            "scale it down, or raise source.max_megapixels",
        )


def _check_weight(image: Image.Image, ref: PageRef, settings: SourceSettings) -> None:
    """Raises `InputError` where decoding takes more memory than the largest picture allowed usually does."""
    heavy = bytes_a_pixel(image)
    if heavy * image.width * image.height > _USUAL * settings.max_pixels:
        allowed = settings.max_megapixels * _USUAL / heavy
        told = f"is {image.width} x {image.height} pixels packed so that each takes {heavy} bytes to decode"
        raise _error(
            ref,
            f"{told}: above the {allowed:g} megapixels allowed of its kind",
            "save it as TIFF or PNG, or raise source.max_megapixels",
        )


def size_in_header(data: bytes) -> tuple[int, int] | None:
    """Width and height as a JPEG's or JPEG 2000's own header gives them; None where it cannot be read."""
    before = Image.MAX_IMAGE_PIXELS
    try:
        Image.MAX_IMAGE_PIXELS = None  # nothing is decoded here
        with Image.open(io.BytesIO(data), formats=("JPEG", "JPEG2000")) as image:
            return image.size
    except (*_DAMAGED, *_DAMAGED_TOO):
        return None
    finally:
        Image.MAX_IMAGE_PIXELS = before


def _check_scans(ref: PageRef) -> None:
    """Raises `InputError` for a JPEG that goes over its picture again and again; each time costs seconds."""
    scans = ref.file.read_bytes().count(b"\xff\xda")
    if scans > _MOST_SCANS:
        raise _error(ref, f"goes over its picture {scans} times", "save it again as a plain JPEG")


@contextmanager
def _opened(path: Path, settings: SourceSettings, page: int | None = None) -> Iterator[Image.Image]:
    """The image with its header read; what goes wrong inside becomes an `InputError` about this page.

    Pillow's own guard against decompression bombs stays on and is set to the budget meanwhile. It
    refuses at twice the value; between the two `check_size` does.
    """
    kind = kind_of(path)
    if kind is not Kind.IMAGE:
        raise not_a_page(path, kind)
    if _is_endless(read_head(path)):
        told = "is damaged or cut off (its header has no end)"
        raise InputError(told, file=str(path), page=page, remedy="copy or scan it again")
    before = Image.MAX_IMAGE_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # damaged side data and the guard's first level: not our concern
            Image.MAX_IMAGE_PIXELS = settings.max_pixels
            # By file, not by path: Pillow 13 maps an uncompressed TIFF of a given path into memory with its
            # sides exchanged where Orientation turns it, and a mapped file that shrinks kills the process.
            with path.open("rb") as file, Image.open(file, formats=_FORMATS) as image:
                yield image
    except (Image.DecompressionBombError, *_DAMAGED, *_DAMAGED_TOO) as error:
        raise _explained(error, path, settings, page) from error
    finally:
        Image.MAX_IMAGE_PIXELS = before


def _is_endless(head: bytes) -> bool:
    """Whether a PNM file has no size among its first bytes: Pillow would look for it letter by letter."""
    if not re.match(rb"P[1-6]\s", head):
        return False
    told = re.sub(rb"#[^\r\n]*(?:[\r\n]|$)", b" ", head[:_PNM_HEAD]).split()
    return len(head) >= _PNM_HEAD and len(told) < 4


def _explained(error: Exception, path: Path, settings: SourceSettings, page: int | None) -> LayoutError:
    """Our error for what Pillow raised."""
    if isinstance(error, FileNotFoundError | PermissionError):
        return opening_error(path, error)
    if isinstance(error, Image.DecompressionBombError):
        pixels = re.search(r"(\d+) pixels", str(error))
        size = f"{int(pixels[1]) / 1e6:.0f} megapixels large" if pixels else "too large"
        problem = f"is {size}, above the {settings.max_megapixels:g} megapixels allowed"
        remedy = "scale it down, or raise source.max_megapixels"
    else:
        unknown = isinstance(error, UnidentifiedImageError)
        told = "its header cannot be read" if unknown else _first_line(error)
        problem, remedy = f"is damaged or cut off ({told})", "copy or scan it again"
    return InputError(problem, file=str(path), page=page, remedy=remedy)


def _page_frames(image: Any, path: Path, settings: SourceSettings) -> list[int]:
    """Frames of a TIFF that are pages: not thumbnails or masks; a frame that cannot be read ends the file.

    Where all are too small to be read, one stands for them, to say so.
    """
    frames: list[int] = []
    index, largest = 0, 0
    while index < _MOST_FRAMES:
        try:
            image.seek(index)
        except EOFError:
            break
        except (*_DAMAGED, *_DAMAGED_TOO) as error:
            log.warning("%s: frame %d cannot be read: %s", path, index + 1, error)
            frames.append(index)
            largest = settings.min_side_px
            break
        largest = max(largest, min(image.size))
        subfile = image.tag_v2.get(_NEW_SUBFILE_TYPE, 0)
        if not (isinstance(subfile, int) and subfile & (_REDUCED | _MASK)):
            frames.append(index)
        index += 1
    return frames if frames and largest >= settings.min_side_px else [0]


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _error(ref: PageRef, problem: str, remedy: str) -> InputError:
    return InputError(problem, file=str(ref.file), page=ref.index + 1, remedy=remedy)
