"""The objects of a PDF, written one after the other: what has been written is forgotten (ISO 32000-1, 7.5).

A page's picture is a megabyte and an issue may have hundreds, so no more than one object is held in memory.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from typing import BinaryIO

from layout.image.picture import JPEG, Picture, image_data

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"

#: zlib's level for text, which is small beside the pictures: a third of the time of the usual one, for a
#: fifth more bytes.
_LEVEL = 2


class PdfFile:
    """Writes objects to ``file``; `finish` makes it a PDF. Objects are named by their numbers."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._file.write(_HEAD)
        self._end = len(_HEAD)
        self._places: list[int] = []
        self._digest = hashlib.md5(usedforsecurity=False)

    def reserve(self) -> int:
        """A number for an object that others name before it is written."""
        self._places.append(0)
        return len(self._places)

    def add(self, content: str, number: int | None = None) -> int:
        """Write an object, by its reserved number if it has one; the number."""
        return self._object(number, content.encode("ascii"))

    def stream(self, data: bytes, entries: str = "", *, pack: bool = True) -> int:
        """Write a stream, packed unless its ``entries`` say how it is; the number."""
        if pack:
            data, entries = zlib.compress(data, _LEVEL), f"{entries} /Filter /FlateDecode"
        return self._object(
            None, f"<<{entries} /Length {len(data)}>>\nstream\n".encode("ascii"), data, b"\nendstream"
        )

    def picture(self, picture: Picture) -> int:
        """Write an image as it is packed (8.9.5); a PNG's rows begin with the filter of each."""
        entries = f"/Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height}"
        entries += f" /BitsPerComponent {picture.bits} /ColorSpace {_colors(picture)}"
        if picture.type == JPEG:
            return self.stream(picture.data, f"{entries} /Filter /DCTDecode", pack=False)
        rows = f"/Colors {picture.colors} /BitsPerComponent {picture.bits} /Columns {picture.width}"
        entries += f" /Filter /FlateDecode /DecodeParms <</Predictor 15 {rows}>>"
        return self.stream(image_data(picture), entries, pack=False)

    def finish(self, root: int, about: int) -> None:
        """Write where the objects stand; ``root`` is the catalogue, ``about`` what is said of the file."""
        rows = [b"xref\n0 %d\n0000000000 65535 f \n" % (len(self._places) + 1)]
        rows += [b"%010d 00000 n \n" % place if place else b"0000000000 65535 f \n" for place in self._places]
        name = self._digest.hexdigest()  # the same file has the same name
        trailer = (
            f"<</Size {len(self._places) + 1} /Root {root} 0 R /Info {about} 0 R /ID [<{name}> <{name}>]>>"
        )
        self._file.writelines((*rows, f"trailer\n{trailer}\nstartxref\n{self._end}\n%%EOF\n".encode("ascii")))

    def _object(self, number: int | None, *content: bytes) -> int:
        number = number or self.reserve()
        self._places[number - 1] = self._end
        pieces = (b"%d 0 obj\n" % number, *content, b"\nendobj\n")
        for piece in pieces:
            self._digest.update(b"%d " % zlib.crc32(piece))
            self._end += len(piece)
        self._file.writelines(pieces)
        return number


def text_string(text: str) -> str:
    """A text as a PDF says it outside of pages (7.9.2.2)."""
    if text.isascii() and text.isprintable() and not set("()\\") & set(text):
        return f"({text})"
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


def refs(numbers: Iterable[int | None]) -> str:
    """An array of objects."""
    return f"[{' '.join('null' if number is None else f'{number} 0 R' for number in numbers)}]"


def _colors(picture: Picture) -> str:
    """The colour space; of a palette with its colours (8.6.6.3)."""
    if picture.palette:
        return f"[/Indexed /DeviceRGB {len(picture.palette) // 3 - 1} <{picture.palette.hex()}>]"
    return "/DeviceGray" if picture.colors == 1 else "/DeviceRGB"
