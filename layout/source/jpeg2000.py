"""Large JPEG 2000 pictures decoded an area at a time, by OpenJPEG itself.

Pillow decodes a tile as a whole, and most pictures are one tile: 20 bytes of memory for each pixel in colour.
OpenJPEG can be asked for the rows of an area, and then unpacks only the blocks that have a part in them; the
pixels are the same, but for a last bit here and there of what was packed with loss. It takes about twice the
time, for blocks at the edges of areas are unpacked for each.

The library is that of the system (Tesseract's Leptonica needs it, too), and is called by ctypes: the
structures are those of openjpeg.h, 2.x. Where it is missing, the picture is decoded as a whole.
"""

from __future__ import annotations

import ctypes as c
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_LIBRARY = "libopenjp2.so.7"
_CODESTREAM = b"\xff\x4f\xff\x51"  # without the boxes of a JP2 file
_J2K, _JP2 = 0, 2  # OPJ_CODEC_FORMAT
_PLAIN = (-1, 0, 1, 2)  # OPJ_COLOR_SPACE: unknown, unspecified, sRGB, grey
_DEEP = "I;16"  # grey of more than eight bits
_MODES = ("L", "LA", "RGB", "RGBA", _DEEP)
_PARAMETERS = 1 << 16  # bytes; `opj_dparameters_t` has some eight thousand
_AREA_PIXELS = 1_500_000


class _Component(c.Structure):
    """`opj_image_comp_t`."""

    _fields_ = (
        *((name, c.c_uint32) for name in ("dx", "dy", "w", "h", "x0", "y0", "prec", "bpp", "sgnd")),
        *((name, c.c_uint32) for name in ("resno_decoded", "factor")),
        ("data", c.POINTER(c.c_int32)),
        ("alpha", c.c_uint16),
    )


class _Image(c.Structure):
    """The head of `opj_image_t`."""

    _fields_ = (
        *((name, c.c_uint32) for name in ("x0", "y0", "x1", "y1", "numcomps")),
        ("color_space", c.c_int),
        ("comps", c.POINTER(_Component)),
    )


def areas(image: Image.Image, file: IO[bytes]) -> Iterator[tuple[int, Image.Image]] | None:
    """The rows of a JPEG 2000 picture, some at a time, each part with its top; None where it can only be
    decoded as a whole: where the library is missing, or samples are signed or not one for each pixel.

    Raises `OSError` for what is damaged.
    """
    library = _library()
    if library is None or image.mode not in _MODES:
        return None
    with _header(library, file) as (_, picture):
        if not _is_plain(picture.contents, image):
            return None
    return _areas(library, image, file)


def version() -> str | None:
    """The version of the system's OpenJPEG; None where it is missing."""
    library = _library()
    return None if library is None else library.opj_version().decode()


def _areas(library: Any, image: Image.Image, file: IO[bytes]) -> Iterator[tuple[int, Image.Image]]:
    rows = max(1, _AREA_PIXELS // image.width)
    for top in range(0, image.height, rows):
        bottom = min(top + rows, image.height)
        with _header(library, file) as (decoder, picture):
            codec, stream = decoder
            held = library.opj_set_decode_area(codec, picture, 0, top, image.width, bottom)
            if not held or not library.opj_decode(codec, stream, picture):
                raise OSError("broken data stream when reading image file")
            pixels = _pixels(picture.contents, image.width, bottom - top, 16 if image.mode == _DEEP else 8)
            yield top, Image.fromarray(pixels)


def _pixels(picture: _Image, width: int, height: int, bits: int) -> NDArray[Any]:
    """H x W, or H x W x components; samples of so many ``bits``, as Pillow has them."""
    planes = []
    for number in range(picture.numcomps):
        component = picture.comps[number]
        if (component.w, component.h) != (width, height) or not component.data:
            raise OSError("broken data stream when reading image file")
        samples = np.ctypeslib.as_array(component.data, (height, width))
        more = component.prec - bits
        samples = (samples + (1 << more - 1)) >> more if more > 0 else samples << -more
        planes.append(samples.clip(0, (1 << bits) - 1).astype(np.uint8 if bits == 8 else np.uint16))
    return planes[0] if len(planes) == 1 else np.stack(planes, axis=2)


def _is_plain(picture: _Image, image: Image.Image) -> bool:
    """Whether samples are of 8 to 16 bits, one of each component for each pixel, in grey or RGB."""
    parts = [picture.comps[number] for number in range(picture.numcomps)]
    whole = (picture.x0, picture.y0, picture.x1, picture.y1) == (0, 0, *image.size)
    return (
        whole
        and len(parts) == len(image.getbands())
        and picture.color_space in _PLAIN
        and all((part.dx, part.dy, part.sgnd) == (1, 1, 0) and 8 <= part.prec <= 16 for part in parts)
    )


@contextmanager
def _header(library: Any, file: IO[bytes]) -> Iterator[tuple[tuple[int, int], Any]]:
    """A decoder with its stream, and the picture whose header it has read."""
    file.seek(0)
    kind = _J2K if file.read(4) == _CODESTREAM else _JP2
    picture = c.POINTER(_Image)()
    parameters = c.create_string_buffer(_PARAMETERS)
    stream = library.opj_stream_create_default_file_stream(f"/proc/self/fd/{file.fileno()}".encode(), 1)
    codec = library.opj_create_decompress(kind)
    try:
        library.opj_set_default_decoder_parameters(parameters)
        set_up = stream and codec and library.opj_setup_decoder(codec, parameters)
        if not set_up or not library.opj_read_header(stream, codec, c.byref(picture)):
            raise OSError("broken data stream when reading image file")
        yield (codec, stream), picture
    finally:
        library.opj_image_destroy(picture)
        library.opj_destroy_codec(codec)
        library.opj_stream_destroy(stream)


@cache
def _library() -> Any:
    """OpenJPEG with the types of what is called; None where it is missing."""
    try:
        library = c.CDLL(_LIBRARY)
    except OSError:
        return None
    pointer, picture = c.c_void_p, c.POINTER(_Image)
    for name, result, arguments in (
        ("opj_version", c.c_char_p, ()),
        ("opj_stream_create_default_file_stream", pointer, (c.c_char_p, c.c_int)),
        ("opj_create_decompress", pointer, (c.c_int,)),
        ("opj_set_default_decoder_parameters", None, (c.c_char_p,)),
        ("opj_setup_decoder", c.c_int, (pointer, c.c_char_p)),
        ("opj_read_header", c.c_int, (pointer, pointer, c.POINTER(picture))),
        ("opj_set_decode_area", c.c_int, (pointer, picture, *[c.c_int32] * 4)),
        ("opj_decode", c.c_int, (pointer, pointer, picture)),
        ("opj_image_destroy", None, (picture,)),
        ("opj_destroy_codec", None, (pointer,)),
        ("opj_stream_destroy", None, (pointer,)),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
