"""Pictures kept of pages: as small as fits, and whoever opens the file sees the page."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from layout.image.picture import JPEG, PNG, packed, plain_png, unpacked


@pytest.mark.parametrize(
    ("levels", "shape", "type_", "bits"),
    [((0, 255), (90, 61), PNG, 1), ((0, 90, 255), (90, 61), JPEG, 8), ((0, 255), (90, 61, 3), JPEG, 8)],
)
def test_other_programs_open_it(
    levels: tuple[int, ...], shape: tuple[int, ...], type_: str, bits: int
) -> None:
    pixels = np.repeat(np.array(levels, np.uint8), 30)[: shape[0]]
    pixels = np.ascontiguousarray(
        np.broadcast_to(np.resize(pixels, shape[0]).reshape(-1, *[1] * (len(shape) - 1)), shape)
    )
    made = packed(pixels)
    assert (made.type, made.bits, made.width, made.height) == (type_, bits, shape[1], shape[0])
    assert unpacked(made.data) == made
    with Image.open(io.BytesIO(made.data)) as image:
        seen = np.asarray(image.convert("RGB" if pixels.ndim == 3 else "L"))
    assert np.abs(seen.astype(int) - pixels).mean() < 4


def test_what_is_no_picture_is_said() -> None:
    with pytest.raises(ValueError, match="no picture"):
        unpacked(b"\xff\xd8\xff but no more")


def png(mode: str = "L", **options: object) -> bytes:
    """A PNG of a few stripes."""
    image = Image.fromarray(np.repeat(np.repeat(np.array([[0, 90, 180, 255]], np.uint8), 40, 1), 90, 0))
    file = io.BytesIO()
    image.convert(mode).save(file, "PNG", **options)
    return file.getvalue()


@pytest.mark.parametrize(
    ("mode", "options", "bits", "colors"),
    [
        ("L", {}, 8, 1),
        ("1", {}, 1, 1),
        ("RGB", {}, 8, 3),
        ("P", {"bits": 8}, 8, 1),
        ("P", {"bits": 4}, 4, 1),
    ],
)
def test_a_light_png_is_shown_as_it_is(mode: str, options: dict[str, int], bits: int, colors: int) -> None:
    data = png(mode, **options)
    found = plain_png(data)
    assert found is not None and found.data == data
    assert (found.width, found.height, found.bits, found.colors) == (160, 90, bits, colors)
    assert bool(found.palette) is (mode == "P")


def test_a_png_that_a_pdf_cannot_take_is_packed_anew() -> None:
    whole = png()
    exif = Image.Exif()
    exif[274] = 6
    interlaced = whole[:28] + b"\1" + struct.pack(">I", zlib.crc32(whole[12:28] + b"\1")) + whole[33:]
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (90, 160), np.uint8))
    heavy = io.BytesIO()
    noise.save(heavy, "PNG")
    for data in (
        png("RGBA"),
        png("LA"),
        png("I;16"),
        png("P", transparency=0),
        png(exif=exif),
        interlaced,
        heavy.getvalue(),
        whole[:-20],
        whole.replace(b"IDAT", b"IDAX"),
        whole[:60] + bytes([whole[60] ^ 1]) + whole[61:],
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
    ):
        assert plain_png(data) is None
