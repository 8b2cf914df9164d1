"""PDF files written by hand: whole fonts, and for each glyph the text that a producer gives it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.producers.shaped import Face


@dataclass(frozen=True)
class Fonts:
    """What the two fonts of a file say: for each the texts of its glyphs by their numbers."""

    faces: Sequence[Face]
    texts: Sequence[Mapping[int, str]]
    outlined: bool = False  # as Type 3: each glyph a little drawing


def write(out: Path, content: str, fonts: Fonts, producer: str) -> Path:
    """A page of A4 with this content; fonts are called F0 and F1."""
    file = _File()
    names: list[str] = []
    for number, (face, texts) in enumerate(zip(fonts.faces, fonts.texts, strict=True)):
        make = _type3 if fonts.outlined else _type0
        names.append(f"/F{number} {make(file, face, texts)} 0 R")
    stream = file.stream("", content.encode("latin-1"))
    page = file.add(
        f"<</Type/Page/Parent {file.next + 1} 0 R/MediaBox[0 0 595 842]/Contents {stream} 0 R"
        f"/Resources<</Font<<{' '.join(names)}>>>>>>"
    )
    pages = file.add(f"<</Type/Pages/Kids[{page} 0 R]/Count 1>>")
    root = file.add(f"<</Type/Catalog/Pages {pages} 0 R>>")
    info = file.add(f"<</Producer({producer})>>")
    out.write_bytes(file.done(root, info))
    return out


def _type0(file: _File, face: Face, texts: Mapping[int, str]) -> int:
    data = face.file.read_bytes()
    program = file.stream(f"/Length1 {len(data)}", data)
    descriptor = file.add(
        "<</Type/FontDescriptor/FontName/AAAAAA+Text/Flags 4/FontBBox[-500 -500 1500 1200]/ItalicAngle 0"
        f"/Ascent 900/Descent -300/CapHeight 700/StemV 80/FontFile2 {program} 0 R>>"
    )
    widths = " ".join(f"{number}[{1000 * face.advance_of(number):.0f}]" for number in texts)
    inner = file.add(
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+Text/CIDToGIDMap/Identity/DW 0"
        f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor {descriptor} 0 R/W[{widths}]>>"
    )
    spoken = file.stream("", _to_unicode({n: text for n, text in texts.items() if text}, 4))
    return file.add(
        "<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Text/Encoding/Identity-H"
        f"/DescendantFonts[{inner} 0 R]/ToUnicode {spoken} 0 R>>"
    )


def type3_codes(numbers: Sequence[int]) -> dict[int, int]:
    """Glyph number -> its code of one byte in a Type 3 font; further ones share the last code."""
    return {number: min(place + 1, 255) for place, number in enumerate(numbers)}


def _type3(file: _File, face: Face, texts: Mapping[int, str]) -> int:
    codes = type3_codes([*texts])
    drawings = {number: file.stream("", _drawing(face.advance_of(number))) for number in codes}
    spoken = file.stream("", _to_unicode({codes[n]: text for n, text in texts.items() if text}, 2))
    procedures = " ".join(f"/a{codes[number]} {xref} 0 R" for number, xref in drawings.items())
    widths = " ".join(f"{1000 * face.advance_of(number):.0f}" for number in codes)
    names = " ".join(f"/a{code}" for code in codes.values())
    return file.add(
        "<</Type/Font/Subtype/Type3/FontMatrix[.001 0 0 .001 0 0]/FontBBox[0 0 0 0]/FirstChar 1"
        f"/LastChar {len(codes)}/Widths[{widths}]/Encoding<</Differences[1 {names}]>>"
        f"/CharProcs<<{procedures}>>/ToUnicode {spoken} 0 R>>"
    )


def _drawing(advance: float) -> bytes:
    """A block in the place of a letter: what it looks like is not asked."""
    width = 1000 * advance
    return f"{width:.0f} 0 0 0 {width:.0f} 700 d1 50 0 {max(10.0, width - 100):.0f} 500 re f".encode()


def _to_unicode(texts: Mapping[int, str], digits: int) -> bytes:
    lines = [f"<{code:0{digits}X}> <{text.encode('utf-16-be').hex()}>" for code, text in texts.items()]
    parts = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    pairs = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    space = f"<{'0' * digits}> <{'F' * digits}>"
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
        f"1 begincodespacerange {space} endcodespacerange\n{pairs}\nendcmap end end"
    ).encode()


class _File:
    """Objects of a PDF, numbered as they come."""

    def __init__(self) -> None:
        self._objects: list[bytes] = []

    @property
    def next(self) -> int:
        return len(self._objects) + 1

    def add(self, body: str) -> int:
        self._objects.append(body.encode("latin-1"))
        return len(self._objects)

    def stream(self, entries: str, data: bytes) -> int:
        packed = zlib.compress(data)
        head = f"<</Filter/FlateDecode/Length {len(packed)}{entries}>>\nstream\n".encode()
        self._objects.append(head + packed + b"\nendstream")
        return len(self._objects)

    def done(self, root: int, info: int) -> bytes:
        made = b"%PDF-1.7\n"
        places: list[int] = []
        for number, body in enumerate(self._objects, 1):
            places.append(len(made))
            made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        table = "".join(f"{place:010d} 00000 n \n" for place in places)
        trailer = f"<</Size {self.next}/Root {root} 0 R/Info {info} 0 R>>"
        head = f"xref\n0 {self.next}\n0000000000 65535 f \n{table}"
        return made + f"{head}trailer\n{trailer}\nstartxref\n{len(made)}\n%%EOF\n".encode()
