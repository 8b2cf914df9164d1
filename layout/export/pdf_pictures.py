"""The pictures of a PDF in a file of their own while it is made, so that no more than one is held in memory.

The file is itself a PDF, still without pages. The writer opens it and adds them; the images are read when
the result is saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from layout.image.picture import JPEG, Picture, image_data

_HEAD = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"
_CATALOG = b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [] /Count 0>>"


class PictureFile:
    """Writes images to ``file``; `finish` makes it a PDF. ``numbers``: page id -> the object of its image."""

    def __init__(self, file: BinaryIO) -> None:
        self.numbers: dict[str, int] = {}
        self._file = file
        self._file.write(_HEAD)
        self._places: list[int] = []
        for content in _CATALOG:
            self._object(content)

    def add(self, page_id: str, picture: Picture) -> None:
        data = image_data(picture)
        head = " ".join(f"/{name} {value}" for name, value in _dictionary(picture).items())
        begin = f"<<{head} /Length {len(data)}>>\nstream\n".encode()
        self.numbers[page_id] = self._object(begin, data, b"\nendstream")

    def finish(self) -> None:
        start = self._file.tell()
        count = len(self._places) + 1
        rows = [b"xref\n0 %d\n0000000000 65535 f \n" % count]
        rows += [b"%010d 00000 n \n" % place for place in self._places]
        self._file.write(b"".join(rows))
        self._file.write(b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, start))

    def _object(self, *content: bytes) -> int:
        self._places.append(self._file.tell())
        number = len(self._places)
        self._file.writelines((b"%d 0 obj\n" % number, *content, b"\nendobj\n"))
        return number


def _dictionary(picture: Picture) -> Mapping[str, object]:
    """The image's dictionary (ISO 32000-1, 8.9.5); a PNG's rows begin with the filter of each."""
    coding = "/DCTDecode" if picture.type == JPEG else "/FlateDecode"
    rows = f"/Colors {picture.colors} /BitsPerComponent {picture.bits} /Columns {picture.width}"
    return {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": picture.width,
        "Height": picture.height,
        "BitsPerComponent": picture.bits,
        "ColorSpace": _colors(picture),
        "Filter": coding,
        **({} if picture.type == JPEG else {"DecodeParms": f"<</Predictor 15 {rows}>>"}),
    }


def _colors(picture: Picture) -> str:
    """The colour space; of a palette with its colours (ISO 32000-1, 8.6.6.3)."""
    if picture.palette:
        return f"[/Indexed /DeviceRGB {len(picture.palette) // 3 - 1} <{picture.palette.hex()}>]"
    return "/DeviceGray" if picture.colors == 1 else "/DeviceRGB"
