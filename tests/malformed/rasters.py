"""Page images: cut off, disguised, absurd in size, bombs, odd but legal."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from tests.malformed import READ, REFUSED, Case

Make = Callable[[Path, str], Path]


def cases() -> Iterator[Case]:
    yield from _cut()
    yield from _disguised()
    yield from _sizes()
    yield from _broken_png()
    yield from _broken_tiff()
    yield from _broken_jpeg()
    yield from _odd_but_legal()


def sheet(mode: str = "L", size: tuple[int, int] = (620, 880)) -> Image.Image:
    """A small page with lines of grey, drawn the same each time."""
    image = Image.new("L", size, 250)
    draw = ImageDraw.Draw(image)
    chance = random.Random(5)
    for top in range(60, size[1] - 60, 24):
        x = 50
        while x < size[0] - 90:
            width = chance.randint(14, 50)
            draw.rectangle((x, top, x + width, top + 9), fill=30)
            x += width + 8
    return image.convert(mode)


def encoded(kind: str, image: Image.Image | None = None, **how: object) -> bytes:
    """A page's bytes in one of Pillow's formats."""
    stream = io.BytesIO()
    (image or sheet()).save(stream, kind, **how)
    return stream.getvalue()


def _of(suffix: str, data: Callable[[], bytes]) -> Make:
    def make(folder: Path, stem: str) -> Path:
        path = folder / f"{stem}.{suffix}"
        path.write_bytes(data())
        return path

    return make


def _cut() -> Iterator[Case]:
    kinds: dict[str, Callable[[], bytes]] = {
        "tif": lambda: encoded("TIFF", compression="tiff_lzw"),
        "raw.tif": lambda: encoded("TIFF"),
        "g4.tif": lambda: encoded("TIFF", sheet("1"), compression="group4"),
        "jpg": lambda: encoded("JPEG"),
        "progressive.jpg": lambda: encoded("JPEG", progressive=True),
        "png": lambda: encoded("PNG"),
        "jp2": lambda: encoded("JPEG2000"),
        "webp": lambda: encoded("WEBP"),
        "bmp": lambda: encoded("BMP"),
        "gif": lambda: encoded("GIF"),
    }
    for suffix, data in kinds.items():
        for share in (0.02, 0.5):
            yield Case(f"cut-{round(share * 100)}-{suffix}", _of(suffix, _part(data, share)), REFUSED)
    for suffix in ("tif", "jpg", "png", "jp2", "pdf", "xml"):
        yield Case(f"empty-{suffix}", _of(suffix, bytes), REFUSED, "empty")
    for suffix in ("tif", "png", "pdf"):
        yield Case(f"zeros-{suffix}", _of(suffix, lambda: bytes(5000)), REFUSED, "not known")
    for suffix, magic in (("tif", b"II*\0"), ("jpg", b"\xff\xd8\xff\xe0"), ("png", b"\x89PNG\r\n\x1a\n")):
        yield Case(f"magic-only-{suffix}", _of(suffix, _given(magic)), REFUSED)
        yield Case(f"magic-and-noise-{suffix}", _of(suffix, _given(magic + _noise(3000))), REFUSED)


def _disguised() -> Iterator[Case]:
    html = b"<!DOCTYPE html><html><head><title>404</title></head><body>Not found</body></html>"
    archive = b"PK\x03\x04\x14\0\0\0\0\0" + _noise(400)
    told = {
        "html-tif": html,
        "html-pdf": html,
        "json-jpg": b'{"error": "not found"}',
        "zip-pdf": archive,
        "zip-jpg": archive,
        "gzip-tif": b"\x1f\x8b\x08\0" + _noise(400),
        "elf-png": b"\x7fELF\x02\x01\x01" + _noise(400),
        "postscript-pdf": b"%!PS-Adobe-3.0\n(%stdout) (w) file\nshowpage\n",
        "eps-tif": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 600 800\nshowpage\n",
        "svg-png": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        "script-tif": b"#!/bin/sh\ntouch /tmp/touched\n",
        "mvg-png": b"push graphic-context\nimage over 0,0 0,0 'https://example.org/x.png'\n",
        "git-pointer-tif": b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n",
    }
    for name, data in told.items():
        yield Case(name, _of(name.rpartition("-")[2], _given(data)), REFUSED, "although its name ends")
    yield Case("jpeg-called-tif", _of("tif", lambda: encoded("JPEG")), READ)
    yield Case("tiff-called-pdf", _of("pdf", lambda: encoded("TIFF")), READ)


def _sizes() -> Iterator[Case]:
    for suffix, kind in (("png", "PNG"), ("tif", "TIFF"), ("jpg", "JPEG")):
        yield Case(f"one-pixel-{suffix}", _of(suffix, _small(kind, (1, 1))), REFUSED, "1 x 1")
    yield Case("a-line-of-pixels", _of("png", _small("PNG", (3000, 1))), REFUSED, "3000 x 1")
    yield Case("a-column-of-pixels", _of("tif", _small("TIFF", (1, 3000))), REFUSED, "1 x 3000")
    yield Case("30000-g4", _of("tif", lambda: _large_g4(30_000, 30_000)), REFUSED, "400 megapixels")
    yield Case("gigapixels-g4", _of("tif", lambda: tiff_header(100_000, 100_000, 4)), REFUSED)
    yield Case("endless-side", _of("tif", lambda: tiff_header(2**31 - 1, 2**31 - 1, 1)), REFUSED)
    yield Case("30000-png", _of("png", lambda: _png(30_000, 30_000, zlib.compress(bytes(10**7)))), REFUSED)
    yield Case("no-width-png", _of("png", lambda: _png(0, 800, zlib.compress(bytes(800)))), REFUSED)
    yield Case("negative-png", _of("png", lambda: _png(2**31, 2**31, zlib.compress(bytes(800)))), REFUSED)
    yield Case("65500-jpg", _of("jpg", lambda: _resized_jpeg(65_500, 65_500)), REFUSED, "allowed")
    yield Case("no-height-jpg", _of("jpg", lambda: _resized_jpeg(800, 0)), REFUSED)
    yield Case("large-cut-jp2", _of("jp2", _part(_large_jp2, 0.5)), REFUSED, "damaged or cut off")
    yield Case("huge-jp2", _of("jp2", lambda: _resized_jp2(400_000, 400_000)), REFUSED)
    yield Case("65535-gif", _of("gif", lambda: b"GIF89a\xff\xff\xff\xff\0\0\0;"), REFUSED)
    yield Case("huge-ppm", _of("ppm", lambda: b"P6 99999999 99999999 255\n" + bytes(100)), REFUSED)
    yield Case("wordy-pgm", _of("pgm", lambda: b"P5 many pixels 255\n" + bytes(100)), REFUSED)
    yield Case("endless-comment-pgm", _of("pgm", lambda: b"P5 #" + b"a" * 3_000_000), REFUSED)
    yield Case("negative-bmp", _of("bmp", lambda: _resized_bmp(-(2**31), -(2**31))), REFUSED)


def _broken_png() -> Iterator[Case]:
    whole = encoded("PNG")
    yield Case("png-wrong-sum", _of("png", lambda: whole[:20] + b"\xff" + whole[21:]), REFUSED)
    yield Case("png-no-pixels", _of("png", lambda: _png(620, 880, b"")), REFUSED)
    yield Case("png-few-pixels", _of("png", lambda: _png(620, 880, zlib.compress(bytes(900)))), REFUSED)
    bomb = zlib.compress(bytes(400_000_000), 9)
    text = _chunk(b"zTXt", b"Comment\0\0" + bomb)
    yield Case("png-text-bomb", _of("png", lambda: whole[:33] + text + whole[33:]), REFUSED)
    profile = _chunk(b"iCCP", b"icc\0\0" + bomb)
    yield Case("png-profile-bomb", _of("png", lambda: whole[:33] + profile + whole[33:]), REFUSED)
    yield Case("png-depth-7", _of("png", lambda: _png(620, 880, zlib.compress(bytes(99)), depth=7)), REFUSED)


def _broken_tiff() -> Iterator[Case]:
    yield Case("tiff-loop", _of("tif", _loop), READ)
    yield Case("tiff-strips-beyond", _of("tif", lambda: tiff_header(620, 880, 1, offset=10**9)), REFUSED)
    yield Case("tiff-no-strips", _of("tif", lambda: tiff_header(620, 880, 1, without=(273, 279))), REFUSED)
    yield Case("tiff-no-size", _of("tif", lambda: tiff_header(620, 880, 1, without=(256, 257))), REFUSED)
    yield Case("tiff-unknown-compression", _of("tif", lambda: tiff_header(620, 880, 9999)), REFUSED)
    yield Case("tiff-lerc", _of("tif", lambda: tiff_header(620, 880, 34887)), REFUSED)
    yield Case("tiff-old-jpeg", _of("tif", lambda: tiff_header(620, 880, 6)), REFUSED)
    yield Case("tiff-37-bits", _of("tif", lambda: tiff_header(620, 880, 1, bits=37)), REFUSED)
    yield Case("tiff-a-million-tags", _of("tif", lambda: b"II*\0\x08\0\0\0\xff\xff" + _noise(9000)), REFUSED)
    yield Case("bigtiff-cut", _of("tif", lambda: b"II+\0\x08\0\0\0" + struct.pack("<Q", 2**60)), REFUSED)
    yield Case("tiff-no-resolution", _of("tif", lambda: encoded("TIFF", dpi=(0, 0))), READ)
    yield Case("tiff-floats-with-nan", _of("tif", _nan_floats), READ)
    yield Case("tiff-second-frame-broken", _of("tif", _second_broken), 20)


def _broken_jpeg() -> Iterator[Case]:
    whole = encoded("JPEG")
    middle = len(whole) // 2
    yield Case("jpeg-hole", _of("jpg", lambda: whole[:middle] + bytes(900) + whole[middle + 900 :]), READ)
    yield Case("jpeg-12-bits", _of("jpg", lambda: _precision(whole, 12)), REFUSED)
    yield Case("jpeg-no-tables", _of("jpg", lambda: whole.replace(b"\xff\xc4", b"\xff\xfe")), READ)
    yield Case("jpeg-turned-nine-times", _of("jpg", lambda: _oriented(9)), READ)
    wrong = b"\xff\xe1\x00\x20Exif\0\0II*\0" + b"\xff" * 18
    yield Case("jpeg-exif-noise", _of("jpg", lambda: whole[:2] + wrong + whole[2:]), READ)
    flood = b"\xff\xe1\xff\xffhttp" + b"x" * 65529
    yield Case("jpeg-flood-of-segments", _of("jpg", lambda: whole[:2] + flood * 200 + whole[2:]), READ)


def _odd_but_legal() -> Iterator[Case]:
    clear = Image.new("RGBA", (620, 880), (0, 0, 0, 0))
    legal: dict[str, Callable[[], bytes]] = {
        "clear.png": lambda: encoded("PNG", clear),
        "white.png": lambda: encoded("PNG", Image.new("L", (620, 880), 255)),
        "black.tif": lambda: encoded("TIFF", Image.new("1", (620, 880), 0), compression="group4"),
        "noise.png": lambda: encoded("PNG", Image.frombytes("L", (300, 400), _noise(120_000))),
        "cmyk.jpg": lambda: encoded("JPEG", sheet("CMYK")),
        "lab.tif": lambda: encoded("TIFF", sheet("RGB").convert("LAB")),
        "16-bit.png": lambda: encoded("PNG", sheet("I;16")),
        "palette.gif": lambda: encoded("GIF", sheet("P")),
        "palette-clear.png": lambda: encoded("PNG", sheet("P"), transparency=0),
        "narrow.png": lambda: encoded("PNG", sheet(size=(60, 3000))),
    }
    for name, data in legal.items():
        stem, _, suffix = name.partition(".")
        yield Case(f"legal-{stem}", _of(suffix, data), READ)


# --- bytes ----------------------------------------------------------------------------------------


def tiff_header(
    width: int,
    height: int,
    compression: int,
    *,
    offset: int = 200,
    bits: int = 1,
    without: tuple[int, ...] = (),
) -> bytes:
    """A little-endian TIFF of one strip that says this of itself, with next to nothing in it."""
    said = {256: width, 257: height, 258: bits, 259: compression, 262: 0, 273: offset, 277: 1, 278: height}
    tags = sorted((said | {279: 20}).items())
    tags = [(tag, value) for tag, value in tags if tag not in without]
    rows = b"".join(struct.pack("<HHII", tag, 4, 1, value & 0xFFFFFFFF) for tag, value in tags)
    head = b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + rows + bytes(4)
    return head.ljust(200, b"\0") + b"\0\x10\x01" * 7


def _given(data: bytes) -> Callable[[], bytes]:
    return lambda: data


def _part(data: Callable[[], bytes], share: float) -> Callable[[], bytes]:
    def cut() -> bytes:
        whole = data()
        return whole[: max(6, int(len(whole) * share))]

    return cut


def _small(kind: str, size: tuple[int, int]) -> Callable[[], bytes]:
    return lambda: encoded(kind, Image.new("L", size, 128))


def _noise(length: int) -> bytes:
    return random.Random(3).randbytes(length)


def _large_g4(width: int, height: int) -> bytes:
    return encoded("TIFF", Image.new("1", (width, height), 1), compression="group4")


def _large_jp2() -> bytes:
    """Large enough to be decoded by areas."""
    return encoded("JPEG2000", Image.effect_noise((2000, 1600), 60).convert("RGB"))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, pixels: bytes, depth: int = 8) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    parts = (_chunk(b"IHDR", head), _chunk(b"IDAT", pixels), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _resized_jpeg(width: int, height: int) -> bytes:
    data = bytearray(encoded("JPEG"))
    place = data.index(b"\xff\xc0")
    data[place + 5 : place + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def _precision(data: bytes, bits: int) -> bytes:
    place = data.index(b"\xff\xc0") + 4
    return data[:place] + bytes([bits]) + data[place + 1 :]


def _resized_jp2(width: int, height: int) -> bytes:
    data = bytearray(encoded("JPEG2000"))
    place = data.index(b"ihdr") + 4
    data[place : place + 8] = struct.pack(">II", height, width)
    place = data.index(b"\xff\x51") + 6
    data[place : place + 8] = struct.pack(">II", width, height)
    return bytes(data)


def _resized_bmp(width: int, height: int) -> bytes:
    data = bytearray(encoded("BMP"))
    data[18:26] = struct.pack("<ii", width, height)
    return bytes(data)


def _oriented(turn: int) -> bytes:
    exif = Image.Exif()
    exif[274] = turn
    return encoded("JPEG", exif=exif)


def _loop() -> bytes:
    """The chain of frames leads back to its first."""
    data = bytearray(encoded("TIFF"))
    first = struct.unpack("<I", data[4:8])[0]
    count = struct.unpack("<H", data[first : first + 2])[0]
    data[first + 2 + 12 * count : first + 6 + 12 * count] = struct.pack("<I", first)
    return bytes(data)


def _nan_floats() -> bytes:
    import numpy as np

    pixels = np.asarray(sheet(), np.float32)
    pixels[100:200, 100:200] = np.nan
    pixels[300, 300] = np.inf
    return encoded("TIFF", Image.fromarray(pixels))


def _second_broken() -> bytes:
    data = encoded("TIFF", save_all=True, append_images=[sheet()], compression="tiff_lzw")
    return data[: int(len(data) * 0.7)]
