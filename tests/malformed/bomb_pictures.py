"""Small pictures that ask for much: counts that lie, passes without end, formats of others."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from tests.malformed import READ, REFUSED, Case
from tests.malformed.bombs import NamedBytes, entities, of
from tests.malformed.rasters import encoded, sheet, tiff_header


def cases() -> Iterator[Case]:
    for name, code, data in (*_tiffs(), *_others()):
        yield Case(name, of(name.rpartition("-")[2], data), code)


def _tiffs() -> Iterator[NamedBytes]:
    yield (
        "strips-two-billion-tif",
        REFUSED,
        lambda: _tiff({273: (4, 2**31 - 1, 200), 279: (4, 2**31 - 1, 200)}),
    )
    yield "rows-none-tif", REFUSED, lambda: _tiff({278: (4, 1, 0)})
    yield "samples-65535-tif", REFUSED, lambda: _tiff({277: (3, 1, 65535)})
    yield "tiles-of-no-width-tif", REFUSED, lambda: _tiff({322: (4, 1, 0), 323: (4, 1, 0), 324: (4, 1, 200)})
    yield "tiles-of-two-billion-tif", REFUSED, lambda: _tiff({322: (4, 1, 2**31), 323: (4, 1, 2**31)})
    yield "more-directories-in-a-circle-tif", REFUSED, lambda: _tiff({330: (4, 1, 8), 34665: (4, 1, 8)})
    yield "description-of-gigabytes-tif", REFUSED, lambda: _tiff({270: (2, 2**32 - 1, 8)})
    yield "strip-that-unpacks-to-gigabytes-tif", REFUSED, _deflate_bomb
    yield "frames-ten-thousand-of-a-pixel-tif", REFUSED, lambda: _many_frames(10_000)
    yield "frames-behind-each-other-backwards-tif", REFUSED, lambda: _tiff({}, following=8)
    yield "resolution-not-a-number-tif", READ, _nan_resolution
    yield "profile-of-noise-tif", READ, lambda: encoded("TIFF", icc_profile=bytes(range(256)) * 40)


def _others() -> Iterator[NamedBytes]:
    png, jpg = encoded("PNG"), encoded("JPEG")
    yield "chunks-a-hundred-thousand-png", READ, lambda: png[:33] + _chunk(b"teSt", b"") * 100_000 + png[33:]
    yield "chunk-of-two-gigabytes-png", READ, lambda: png[:33] + struct.pack(">I", 2**31 - 1) + png[37:]
    yield "head-twice-png", READ, lambda: png[:33] + png[8:]
    yield "palette-missing-png", READ, lambda: _png(620, 880, 3, zlib.compress(bytes(621 * 880)))
    yield "interlaced-wrongly-png", REFUSED, lambda: _png(620, 880, 0, zlib.compress(bytes(99)), interlace=9)
    yield "unpacks-to-more-than-it-says-png", READ, lambda: _png(620, 880, 0, zlib.compress(bytes(10**9), 9))
    yield (
        "text-with-entities-png",
        READ,
        lambda: png[:33] + _chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + entities()) + png[33:],
    )
    yield (
        "moving-gif",
        READ,
        lambda: encoded("GIF", sheet("P"), save_all=True, append_images=[sheet("P")] * 30),
    )
    yield "codes-without-end-gif", REFUSED, lambda: encoded("GIF", sheet("P"))[:900] + b"\xff" * 9000
    yield "scans-ten-thousand-jpg", REFUSED, lambda: _many_scans(10_000)
    yield "parts-none-jpg", REFUSED, lambda: _components(jpg, 0)
    yield "parts-255-jpg", REFUSED, lambda: _components(jpg, 255)
    yield "without-loss-jpg", REFUSED, lambda: jpg.replace(b"\xff\xc0", b"\xff\xc3")
    yield "arithmetic-noise-jpg", READ, lambda: jpg.replace(b"\xff\xc0", b"\xff\xc9")
    yield (
        "profile-without-its-parts-jpg",
        READ,
        lambda: jpg[:2] + b"\xff\xe2\x00\x14ICC_PROFILE\0\x07\xff" + bytes(4) + jpg[2:],
    )
    yield "tiles-of-a-pixel-jp2", REFUSED, lambda: _tiles(1)
    yield "codestream-only-j2k", READ, lambda: _codestream(encoded("JPEG2000"))
    yield "parts-16384-jp2", REFUSED, _jp2_components
    yield (
        "moving-webp",
        READ,
        lambda: encoded("WEBP", sheet("RGB"), save_all=True, append_images=[sheet("RGB")]),
    )
    yield "canvas-larger-than-the-picture-webp", REFUSED, _webp_canvas
    yield (
        "rows-endless-bmp",
        REFUSED,
        lambda: (
            b"BM"
            + struct.pack("<IHHIIiiHHIIiiII", 999, 0, 0, 54, 40, 30_000, 30_000, 1, 8, 1, 0, 0, 0, 0, 0)
            + bytes(900)
        ),
    )
    yield "white-none-pgm", REFUSED, lambda: b"P5 620 880 0\n" + bytes(620 * 880)
    yield "white-of-millions-pgm", REFUSED, lambda: b"P5 620 880 99999999\n" + bytes(620 * 880)
    for suffix, magic in (
        ("heic", b"\0\0\0\x18ftypheic"),
        ("avif", b"\0\0\0\x18ftypavif"),
        ("jxl", b"\0\0\0\x0cJXL \r\n\x87\n"),
        ("psd", b"8BPS\0\x01"),
        ("djvu", b"AT&TFORM"),
        ("ico", b"\0\0\x01\0\x01\0"),
        ("fits", b"SIMPLE  ="),
    ):
        yield f"of-another-kind-{suffix}", REFUSED, lambda magic=magic: magic + bytes(range(256)) * 20


def _tiff(more: dict[int, tuple[int, int, int]], following: int = 0) -> bytes:
    """A TIFF of one strip, tags (type, count, value) changed or added."""
    said = {256: 620, 257: 880, 258: 8, 259: 1, 262: 1, 273: 400, 277: 1, 278: 880, 279: 20}
    tags = {tag: (4, 1, value) for tag, value in said.items()} | more
    rows = b"".join(struct.pack("<HHII", tag, *tags[tag]) for tag in sorted(tags))
    head = b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + rows + struct.pack("<I", following)
    return head.ljust(400, b"\0") + b"\0\x10\x01" * 7


def _deflate_bomb() -> bytes:
    """One strip that says it is of a page and unpacks to a gigabyte, cut before a row is whole."""
    packed = zlib.compress(bytes(100), 9)[:-8]
    data = bytearray(tiff_header(620, 880, 8, bits=8))
    return bytes(data[:200]) + packed


def _many_frames(count: int) -> bytes:
    said = {256: 1, 257: 1, 258: 8, 259: 1, 262: 1, 273: 8, 277: 1, 278: 1, 279: 1}
    out = b"II*\0" + struct.pack("<I", 16) + bytes(8)
    for number in range(count):
        rows = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in sorted(said.items()))
        size = 2 + len(rows) + 4
        following = len(out) + size if number + 1 < count else 0
        out += struct.pack("<H", len(said)) + rows + struct.pack("<I", following)
    return out


def _nan_resolution() -> bytes:
    data = bytearray(encoded("TIFF", dpi=(300, 300)))
    first = struct.unpack("<I", data[4:8])[0]
    for number in range(struct.unpack("<H", data[first : first + 2])[0]):
        place = first + 2 + 12 * number
        if struct.unpack("<H", data[place : place + 2])[0] in (282, 283):
            data[place + 2 : place + 4] = struct.pack("<H", 11)  # a float in place of a fraction
            data[place + 4 : place + 12] = struct.pack("<If", 1, float("nan"))
    return bytes(data)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, colour: int, pixels: bytes, interlace: int = 0) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, interlace)
    parts = (_chunk(b"IHDR", head), _chunk(b"IDAT", pixels), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _many_scans(count: int) -> bytes:
    """A progressive JPEG whose last pass over the picture is made again and again."""
    data = encoded("JPEG", Image.new("L", (3000, 4000), 255), progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * count + b"\xff\xd9"


def _components(data: bytes, count: int) -> bytes:
    place = data.index(b"\xff\xc0") + 9
    return data[:place] + bytes([count]) + data[place + 1 :]


def _tiles(side: int) -> bytes:
    data = bytearray(encoded("JPEG2000"))
    place = data.index(b"\xff\x51") + 6
    data[place + 16 : place + 24] = struct.pack(">II", side, side)
    return bytes(data)


def _codestream(data: bytes) -> bytes:
    return data[data.index(b"\xff\x4f\xff\x51") :]


def _jp2_components() -> bytes:
    data = bytearray(encoded("JPEG2000"))
    place = data.index(b"\xff\x51") + 38
    data[place : place + 2] = struct.pack(">H", 16384)
    return bytes(data)


def _webp_canvas() -> bytes:
    exif = Image.Exif()
    exif[274] = 1
    data = bytearray(encoded("WEBP", sheet("RGB"), exif=exif))
    place = data.index(b"VP8X") + 12
    data[place : place + 6] = b"\xff\xff\xff" * 2
    return bytes(data)
