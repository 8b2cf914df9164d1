"""Large pictures decoded a strip at a time.

Pillow decodes a picture as a whole and keeps four bytes of each pixel that has colour: for a large page more
than all that is made of it later. Here the pieces of a PNG or TIFF file are wrapped as small pictures, which
Pillow decodes one after the other: the pixels are the same, and only one strip is in memory. A WebP cannot be
had in pieces, but in grey with four bytes a pixel (eight where it is packed without loss) in place of
sixteen, and a JPEG of printing colours not either, but in grey with one in place of five. Of JPEG 2000 see
`jpeg2000.py`.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any, TypeVar

import cv2
import numpy as np
from PIL import Image

from layout.source.jpeg2000 import areas

T = TypeVar("T")
Chunk = tuple[bytes, bytes]
Strips = Iterator[tuple[int, Image.Image]]

_IN_COLOUR = ("RGB", "RGBA", "RGBX", "LA", "CMYK", "LAB")  # Pillow keeps four bytes a pixel of each
_STRIP_PIXELS = 1_000_000

_ORIENTATION = 274  # EXIF

# PNG (third edition), sections 5 and 9
_PNG = b"\x89PNG\r\n\x1a\n"
_SAMPLES = {2: 3, 4: 2, 6: 4}  # by type of colour: RGB, grey with alpha, RGB with alpha
_PIECE = 1 << 18  # bytes
_TOLD, _LONGEST_TOLD = (b"eXIf", b"tEXt", b"zTXt", b"iTXt"), 1 << 20  # where Pillow looks for EXIF

# TIFF 6.0
_WIDTH, _LENGTH, _BITS, _COMPRESSION, _SAMPLES_A_PIXEL, _PLANES = 256, 257, 258, 259, 277, 284
_OFFSETS, _ROWS, _COUNTS = 273, 278, 279
_TILE_WIDTH, _TILE_LENGTH, _TILE_OFFSETS, _TILE_COUNTS = 322, 323, 324, 325
#: How samples are to be understood: photometry, order of bits, predictor, extra samples, their format, tables
#: of JPEG, and what belongs to YCbCr.
_MEANING = (262, 266, 317, 338, 339, 347, 529, 530, 531, 532)
_SHORT, _LONG, _RATIONAL, _UNDEFINED = 3, 4, 5, 7


def strips(image: Image.Image, wanted: bool) -> Strips | None:
    """The strips of a picture that is opened and not decoded, each with its top, as they lie in its file: a
    turn told beside the picture is not applied. They may be grey where no colour is ``wanted``. None where it
    can only be decoded as a whole.

    Raises what Pillow's decoders raise.
    """
    if image.format == "JPEG2000":
        return areas(image, _file(image))
    if image.mode not in _IN_COLOUR:
        return None
    if image.format == "PNG" and not image.info.get("interlace"):
        return _png_strips(image, _file(image))
    if image.format == "TIFF" and (pieces := _tiff_pieces(image)):
        return _tiff_strips(image, _file(image), pieces)
    if image.format == "WEBP" and not getattr(image, "is_animated", False):
        return _decoded_strips("L" if image.mode == "RGB" and not wanted else image.mode, _file(image))
    if image.format == "JPEG" and image.mode == "CMYK" and "adobe" in image.info:
        return _decoded_strips("RGB" if wanted else "L", _file(image))
    return None


def bytes_a_pixel(image: Image.Image) -> int:
    """What decoding a large picture takes of memory for each pixel, where only its grey is asked for; four
    stand for four or fewer. Nothing is decoded."""
    if image.format == "JPEG2000":
        whole = 6 if image.mode == "L" else 20
        return whole if areas(image, _file(image)) is None else 4
    if image.format == "WEBP" and _is_lossless_webp(_file(image)):
        return 8
    return 6 if image.mode == "CMYK" and strips(image, wanted=False) is None else 4


def size_in_file(image: Image.Image) -> tuple[int, int]:
    """Width and height of a picture as it lies in its file."""
    if image.format != "TIFF":
        return image.size
    tags = image.tag_v2  # type: ignore[attr-defined]  # Pillow exchanges the sides of a TIFF that lies
    return tags[_WIDTH], tags[_LENGTH]


def orientation_in_file(image: Image.Image) -> int:
    """How a picture lies in its file, as EXIF numbers it; nothing is decoded."""
    if image.format != "PNG":
        return int(image.getexif().get(_ORIENTATION, 1))
    with Image.open(_png_of_a_pixel(_file(image))) as small:  # of a PNG Pillow decodes all pixels to say it
        return int(small.getexif().get(_ORIENTATION, 1))


def _file(image: Image.Image) -> IO[bytes]:
    """The file of a picture that is not decoded yet."""
    file: IO[bytes] | None = image.fp  # type: ignore[attr-defined]
    assert file is not None
    return file


# --- PNG -------------------------------------------------------------------------------------------


def _png_strips(image: Image.Image, file: IO[bytes]) -> Strips:
    """A strip is a PNG that begins with the last row of the strip before it, to which its filters refer.

    A filter works on each byte of a sample by itself. So the upper bytes of samples of 16 bits, which are
    all that Pillow takes of them, are a picture of their own.
    """
    file.seek(len(_PNG) + 16)
    depth, colour = file.read(2)
    samples, deep = _SAMPLES[colour], depth == 16
    line, rows = 1 + image.width * samples * (1 + deep), max(1, _STRIP_PIXELS // image.width)
    before = bytes(image.width * samples)
    data = _Unpacked(file)
    for top in range(0, image.height, rows):
        count = min(rows, image.height - top)
        filtered = np.frombuffer(data.read(line * count), np.uint8).reshape(count, line)
        upper = np.hstack((filtered[:, :1], filtered[:, 1 :: 1 + deep])) if deep else filtered
        made = _png((image.width, 1 + count), colour, b"\0" + before + upper.tobytes())
        with Image.open(made) as strip:
            strip.load()
        strip.info = image.info
        before = strip.crop((0, count, image.width, 1 + count)).tobytes()
        yield top, strip.crop((0, 1, image.width, 1 + count))


class _Unpacked:
    """What is packed in the data chunks of a PNG."""

    def __init__(self, file: IO[bytes]) -> None:
        self._chunks = _png_data(file)
        self._unpacker = zlib.decompressobj()

    def read(self, size: int) -> bytes:
        """The next ``size`` bytes; an `OSError` where there are no more."""
        held = []
        while size:
            packed = self._unpacker.unconsumed_tail or next(self._chunks, b"")
            found = self._unpacker.decompress(packed, size)
            if not packed and not found:
                raise OSError("image file is truncated")
            held.append(found)
            size -= len(found)
        return b"".join(held)


def _chunks(file: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Name and length of each chunk, while the file stands where its contents begin."""
    place = len(_PNG)
    file.seek(place)
    while len(head := file.read(8)) == 8:
        length, name = struct.unpack(">I4s", head)
        yield name, length
        place += 8 + length + 4  # its checksum, which Pillow does not look at in data either
        file.seek(place)


def _png_data(file: IO[bytes]) -> Iterator[bytes]:
    """The contents of the data chunks, in pieces."""
    for name, length in _chunks(file):
        left = length if name == b"IDAT" else 0
        while left and (piece := file.read(min(left, _PIECE))):
            left -= len(piece)
            yield piece


def _png_of_a_pixel(file: IO[bytes]) -> io.BytesIO:
    """What is told beside the picture, with a picture of one pixel."""
    told = [
        (name, file.read(length))
        for name, length in _chunks(file)
        if name in _TOLD and length <= _LONGEST_TOLD
    ]
    return _png((1, 1), 0, b"\0\0", told)


def _png(size: tuple[int, int], colour: int, filtered: bytes, told: Iterable[Chunk] = ()) -> io.BytesIO:
    """A PNG with samples of 8 bits."""
    head = struct.pack(">IIBBBBB", *size, 8, colour, 0, 0, 0)
    chunks = ((b"IHDR", head), *told, (b"IDAT", zlib.compress(filtered, 0)), (b"IEND", b""))
    return io.BytesIO(_PNG + b"".join(_chunk(name, data) for name, data in chunks))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), name) + data + struct.pack(">I", zlib.crc32(name + data))


# --- TIFF ------------------------------------------------------------------------------------------

Piece = tuple[int, int]  # where it begins in the file, and its bytes


def _tiff_pieces(image: Any) -> list[tuple[int, list[Piece]]]:
    """The pieces of a picture from above, each with its number of rows: strips, rows of tiles or, of one that
    is not packed, its lines; none where a strip is too high to be of use or its place is not told."""
    tags = image.tag_v2
    width, height = tags[_WIDTH], tags[_LENGTH]
    if tags.get(_PLANES, 1) != 1:
        return []
    tiled = _TILE_OFFSETS in tags
    rows = tags.get(_TILE_LENGTH if tiled else _ROWS, height)
    across = -(-width // tags[_TILE_WIDTH]) if tiled else 1
    places = list(
        zip(
            tags.get(_TILE_OFFSETS if tiled else _OFFSETS, ()),
            tags.get(_TILE_COUNTS if tiled else _COUNTS, ()),
            strict=False,
        )
    )
    if not tiled and tags.get(_COMPRESSION, 1) == 1:
        line = -(-width * sum(_of_each_sample(tags)) // 8)
        places = [
            (offset + line * row, line)
            for number, (offset, _) in enumerate(places)
            for row in range(min(rows, height - number * rows))
        ]
        rows = 1
    if rows * width > 4 * _STRIP_PIXELS or len(places) != across * -(-height // rows):
        return []
    return [(min(rows, height - number * rows), piece) for number, piece in enumerate(_by(across, places))]


def _of_each_sample(tags: Any) -> tuple[int, ...]:
    """The bits of each sample of a pixel."""
    bits: tuple[int, ...] = tags.get(_BITS, (1,))
    return bits * tags.get(_SAMPLES_A_PIXEL, 1) if len(bits) == 1 else bits


def _tiff_strips(image: Any, file: IO[bytes], pieces: list[tuple[int, list[Piece]]]) -> Strips:
    top, rows = 0, pieces[0][0]
    for group in _by(max(1, _STRIP_PIXELS // (image.tag_v2[_WIDTH] * rows)), pieces):
        height, places = sum(rows for rows, _ in group), [place for _, some in group for place in some]
        with Image.open(_as_tiff(image.tag_v2, file, height, rows, places)) as strip:
            strip.load()
        yield top, strip
        top += strip.height


def _as_tiff(tags: Any, file: IO[bytes], height: int, rows: int, places: list[Piece]) -> io.BytesIO:
    """A TIFF of these pieces, ``height`` rows in all."""
    tiled = _TILE_OFFSETS in tags
    data, offsets = b"", []
    for place, size in places:
        offsets.append(8 + len(data))
        file.seek(place)
        data += file.read(size)
        if 8 + len(data) != offsets[-1] + size:
            raise OSError("image file is truncated")
    kept = (_WIDTH, _BITS, _COMPRESSION, _SAMPLES_A_PIXEL, *_MEANING, *((_TILE_WIDTH,) if tiled else ()))
    values = {tag: tags[tag] for tag in kept if tag in tags}
    values |= {
        _LENGTH: height,
        _TILE_LENGTH if tiled else _ROWS: rows,
        _TILE_OFFSETS if tiled else _OFFSETS: tuple(offsets),
        _TILE_COUNTS if tiled else _COUNTS: tuple(size for _, size in places),
    }
    order = "<" if tags.prefix[:1] == b"I" else ">"
    directory = _directory(values, order, 8 + len(data))
    return io.BytesIO(tags.prefix[:2] + struct.pack(order + "HI", 42, 8 + len(data)) + data + directory)


def _directory(values: dict[int, Any], order: str, place: int) -> bytes:
    """An image file directory that stands at ``place``, and behind it what its entries refer to."""
    entries, beside = b"", b""
    begin = place + 2 + 12 * len(values) + 4
    for tag in sorted(values):
        kind, count, value = _encoded(values[tag], order)
        if len(value) > 4:
            value, beside = (
                struct.pack(order + "I", begin + len(beside)),
                beside + value + bytes(len(value) % 2),
            )
        entries += struct.pack(order + "HHI", tag, kind, count) + value.ljust(4, b"\0")
    return struct.pack(order + "H", len(values)) + entries + bytes(4) + beside


def _encoded(value: Any, order: str) -> tuple[int, int, bytes]:
    """Type, count and bytes of the values of a tag."""
    if isinstance(value, bytes):
        return _UNDEFINED, len(value), value
    many = value if isinstance(value, tuple) else (value,)
    if not all(isinstance(one, int) for one in many):
        ratios = [part for one in many for part in (one.numerator, one.denominator)]
        return _RATIONAL, len(many), struct.pack(f"{order}{len(ratios)}I", *ratios)
    kind, letter = (_SHORT, "H") if max(many) < 1 << 16 else (_LONG, "I")
    return kind, len(many), struct.pack(f"{order}{len(many)}{letter}", *many)


# --- WebP, and JPEG of printing colours ------------------------------------------------------------

#: How OpenCV is asked for samples of a mode of Pillow's, and what puts them in its order.
_OPENCV = {
    "L": (cv2.IMREAD_GRAYSCALE, None),
    "RGB": (cv2.IMREAD_COLOR, cv2.COLOR_BGR2RGB),
    "RGBA": (cv2.IMREAD_UNCHANGED, cv2.COLOR_BGRA2RGBA),
}


def _decoded_strips(mode: str, file: IO[bytes]) -> Strips:
    """The strips of a picture that decoders give as a whole only.

    Of a WebP Pillow prepares for an animation, at four times the memory, and of printing colours it keeps all
    four; OpenCV has the colours twice where they are asked for. It takes all printing colours for Adobe's.
    """
    file.seek(0)
    flag, order = _OPENCV[mode]
    pixels = cv2.imdecode(np.frombuffer(file.read(), np.uint8), flag | cv2.IMREAD_IGNORE_ORIENTATION)
    if pixels is None or pixels.reshape(*pixels.shape[:2], -1).shape[2] != len(mode):
        raise OSError("the decoder gave up")
    rows = max(1, _STRIP_PIXELS // pixels.shape[1])
    for top in range(0, pixels.shape[0], rows):
        part = pixels[top : top + rows]
        yield top, Image.fromarray(part if order is None else cv2.cvtColor(part, order), mode)


def _is_lossless_webp(file: IO[bytes]) -> bool:
    """By the names of the chunks (RIFF) before the picture."""
    file.seek(12)
    while len(head := file.read(8)) == 8:
        name, size = head[:4], int.from_bytes(head[4:], "little")
        if name in (b"VP8 ", b"VP8L"):
            return name == b"VP8L"
        file.seek(size + size % 2, io.SEEK_CUR)
    return False


def _by(count: int, many: list[T]) -> Iterator[list[T]]:
    """``count`` of them at a time; the last ones may be fewer."""
    rest = iter(many)
    while some := list(islice(rest, count)):
        yield some
