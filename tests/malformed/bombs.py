"""Small PDFs that ask for much: streams that unpack without end, counts that lie, structures that return."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.malformed import READ, REFUSED, Case
from tests.malformed.pdfs import Objects, plain, raw, stream
from tests.malformed.rasters import encoded

TEXT = b"BT /F1 14 Tf 72 700 Td (The council met on Tuesday evening in the old hall.) Tj ET "
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"


def cases() -> Iterator[Case]:
    for name, code, objects in (*_drawing(), *_structure(), *_pictures()):
        yield Case(f"pdf-{name}", of("pdf", lambda objects=objects: raw(objects())), code)
    for name, code, data in _files():
        yield Case(f"pdf-{name}", of("pdf", data), code)


def of(suffix: str, data: Callable[[], bytes]) -> Callable[[Path, str], Path]:
    """Makes a file of these bytes."""

    def make(folder: Path, stem: str) -> Path:
        path = folder / f"{stem}.{suffix}"
        path.write_bytes(data())
        return path

    return make


Named = tuple[str, int, Callable[[], Objects]]
NamedBytes = tuple[str, int, Callable[[], bytes]]


def _drawing() -> Iterator[Named]:
    """Instructions that are short to say and long to follow."""
    yield "patterns-a-billion-times", REFUSED, _patterns
    yield "forms-in-inherited-resources", REFUSED, _inherited
    yield "dashes-of-nothing", READ, lambda: plain(contents=b"[.0001 .0001] 0 d 0 0 m 595 842 l S " + TEXT)
    yield "line-as-wide-as-the-world", READ, lambda: plain(contents=b"q 1e9 w 0 0 m 9 9 l S Q " + TEXT)
    yield "clips-without-end", REFUSED, lambda: plain(contents=b"0 0 595 842 re W n " * 50_000 + TEXT)
    yield "letters-as-large-as-the-world", READ, lambda: plain(contents=TEXT.replace(b"14 Tf", b"1e9 Tf"))
    yield "letters-of-no-size", READ, lambda: plain(contents=TEXT.replace(b"14 Tf", b"0 Tf"))
    yield (
        "inline-picture-of-gigapixels",
        REFUSED,
        lambda: plain(
            contents=b"q 595 0 0 842 0 0 cm BI /W 99999 /H 99999 /BPC 1 /CS /G /F /CCF ID 0000 EI Q " + TEXT
        ),
    )
    yield (
        "soft-mask-of-itself",
        READ,
        lambda: _extra(
            b"/ExtGState<</G 6 0 R>>",
            b"/G gs " + TEXT,
            {
                6: b"<</SMask<</S/Luminosity/G 7 0 R>>>>",
                7: stream(
                    b"/G gs 0 0 9 9 re f",
                    FORM + b"/Group<</S/Transparency>>/Resources<</ExtGState<</G 6 0 R>>>>",
                ),
            },
        ),
    )
    yield "glyph-that-draws-itself", READ, _type3
    yield (
        "colours-of-themselves",
        READ,
        lambda: _extra(
            b"/ColorSpace<</C 6 0 R>>", b"/C cs 1 scn 9 9 9 9 re f " + TEXT, {6: b"[/Indexed 6 0 R 1 <0001>]"}
        ),
    )
    yield (
        "function-of-a-million-sides",
        READ,
        lambda: _extra(
            b"/Shading<</S <</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 9 9]/Function 6 0 R>>>>",
            b"/S sh " + TEXT,
            {6: stream(bytes(9), b"/FunctionType 0/Domain[0 1]/Range[0 1]/Size[999999999]/BitsPerSample 32")},
        ),
    )
    yield (
        "calculator-without-end",
        READ,
        lambda: _extra(
            b"/Shading<</S <</ShadingType 1/ColorSpace/DeviceGray/Function 6 0 R>>>>",
            b"/S sh " + TEXT,
            {6: stream(b"{" * 50_000 + b"}" * 50_000, b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1]")},
        ),
    )


def _structure() -> Iterator[Named]:
    yield (
        "page-tree-of-two-in-a-circle",
        REFUSED,
        lambda: {
            **plain(),
            2: b"<</Type/Pages/Kids[6 0 R]/Count 1>>",
            6: b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>",
        },
    )
    yield "pages-of-nothing", 20, lambda: {**plain(), 2: b"<</Type/Pages/Kids[null 7 0 R]/Count 2>>"}
    yield "pages-minus-one", REFUSED, lambda: {**plain(), 2: b"<</Type/Pages/Kids[3 0 R]/Count -1>>"}
    yield (
        "outline-in-a-circle",
        READ,
        lambda: {
            **plain(
                more={6: b"<</First 7 0 R/Last 7 0 R/Count 1>>", 7: b"<</Title(a)/Next 7 0 R/Parent 6 0 R>>"}
            ),
            1: b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>",
        },
    )
    yield (
        "names-in-a-circle",
        READ,
        lambda: {
            **plain(more={6: b"<</Kids[6 0 R]>>"}),
            1: b"<</Type/Catalog/Pages 2 0 R/Names<</Dests 6 0 R/EmbeddedFiles 6 0 R>>>>",
        },
    )
    yield (
        "tags-in-a-circle",
        READ,
        lambda: {
            **plain(more={6: b"<</Type/StructTreeRoot/K 7 0 R>>", 7: b"<</S/P/K 7 0 R/P 7 0 R>>"}),
            1: b"<</Type/Catalog/Pages 2 0 R/StructTreeRoot 6 0 R/MarkInfo<</Marked true>>>>",
        },
    )
    yield (
        "layers-in-a-circle",
        READ,
        lambda: {
            **plain(more={6: b"[7 0 R 6 0 R]", 7: b"<</Type/OCG/Name(a)>>"}),
            1: b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs 6 0 R/D<</Order 6 0 R/OFF 6 0 R>>>>>>",
        },
    )
    yield (
        "notes-ten-thousand",
        READ,
        lambda: plain(
            page=b"/Annots[" + b"6 0 R " * 10_000 + b"]",
            more={6: b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(a)>>"},
        ),
    )
    yield (
        "metadata-with-entities",
        READ,
        lambda: {
            **plain(more={6: stream(entities(), b"/Type/Metadata/Subtype/XML")}),
            1: b"<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R>>",
        },
    )
    yield (
        "language-of-a-shell",
        READ,
        lambda: {**plain(), 1: b"<</Type/Catalog/Pages 2 0 R/Lang($\\(touch touched\\); ../../x)>>"},
    )
    yield "turned-a-billion-times", READ, lambda: plain(page=b"/Rotate 90000000090")
    yield "unit-of-less-than-nothing", READ, lambda: plain(page=b"/UserUnit -1")
    yield "crop-outside-the-page", READ, lambda: plain(page=b"/CropBox[9000 9000 9900 9900]")
    yield (
        "letters-that-mean-books",
        READ,
        lambda: {
            **plain(more={6: stream(_cmap())}),
            5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        },
    )


def _pictures() -> Iterator[Named]:
    said = b"/Width 620/Height 880/BitsPerComponent 8"
    huge = encoded("JPEG").replace(struct.pack(">HH", 880, 620), struct.pack(">HH", 65500, 65500))
    yield "picture-larger-than-it-says", REFUSED, lambda: _image(said, huge, b"/DCTDecode")
    yield "picture-jpx-larger-than-it-says", REFUSED, lambda: _image(said, _large_jp2(), b"/JPXDecode")
    yield (
        "picture-that-unpacks-to-gigabytes",
        READ,
        lambda: _image(said, zlib.compress(bytes(10**9), 9), b"/FlateDecode"),
    )
    yield (
        "picture-fax-of-a-billion-rows",
        READ,
        lambda: _image(
            b"/Width 620/Height 880/BitsPerComponent 1/DecodeParms<</K -1/Columns 999999999/Rows 999999999>>",
            bytes(99),
            b"/CCITTFaxDecode",
        ),
    )
    yield (
        "picture-predicted-from-afar",
        READ,
        lambda: _image(
            said + b"/DecodeParms<</Predictor 15/Columns 999999999/Colors 99>>",
            zlib.compress(bytes(9999)),
            b"/FlateDecode",
        ),
    )
    yield (
        "picture-masked-by-itself",
        READ,
        lambda: _image(said + b"/SMask 6 0 R", zlib.compress(bytes(620 * 880)), b"/FlateDecode"),
    )
    yield (
        "picture-of-less-than-nothing",
        READ,
        lambda: _image(b"/Width -620/Height -880/BitsPerComponent 8", bytes(99), b"/FlateDecode"),
    )
    yield (
        "picture-of-nines",
        READ,
        lambda: _image(b"/Width 999999999999/Height 1/BitsPerComponent 1", bytes(99), b"/CCITTFaxDecode"),
    )


def _files() -> Iterator[NamedBytes]:
    """What is wrong outside of the objects."""
    whole = raw(plain())
    yield (
        "objects-that-unpack-to-gigabytes",
        READ,
        lambda: raw(
            {
                **plain(),
                6: stream(
                    zlib.compress(bytes(10**9), 9), b"/Type/ObjStm/N 99999999/First 9/Filter/FlateDecode"
                ),
            }
        ),
    )
    yield "table-that-unpacks-to-gigabytes", READ, lambda: _xref_stream(10**9)
    yield "table-of-a-billion", READ, lambda: whole.replace(b"xref\n0 6", b"xref\n0 999999999")
    yield "table-at-minus-one", READ, lambda: whole.rpartition(b"startxref")[0] + b"startxref\n-1\n%%EOF\n"
    yield "object-of-two-billion", READ, lambda: whole.replace(b"5 0 obj", b"2147483647 0 obj")
    yield (
        "key-of-itself",
        REFUSED,
        lambda: raw(
            plain(more={6: b"<</Filter/Standard/V 5/R 6/O 6 0 R/U 6 0 R/P 0>>"}),
            b"/Root 1 0 R/Encrypt 6 0 R/ID[(a)(a)]",
        ),
    )
    yield "twice-in-one-file", READ, lambda: whole + whole
    yield "root-of-a-page", REFUSED, lambda: raw(plain(), b"/Root 3 0 R").replace(b"/Catalog", b"/Nothing")


def _extra(resources: bytes, contents: bytes, more: Objects) -> Objects:
    return plain(b"/Resources<</Font<</F1 5 0 R>>%s>>" % resources, contents, more=more)


def _patterns() -> Objects:
    head = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 90 90]/XStep 90/YStep 90"
    paint = b"/Pattern cs /X scn 0 0 80 80 re f "
    named = b"/Resources<</Pattern<</X %d 0 R>>>>"
    tiles = {n: stream(paint * 10, head + named % (n + 1)) for n in range(6, 15)}
    return plain(named % 6, paint, more={**tiles, 15: stream(b"0 0 9 9 re f", head)})


def _inherited() -> Objects:
    named = b"/Resources<</XObject<</X %d 0 R>>>>"
    forms = {n: stream(b"/X Do " * 10, FORM + named % (n + 1)) for n in range(6, 15)}
    return {
        **plain(),
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</XObject 20 0 R>>>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[4 0 R]>>",
        4: stream(b"/X Do"),
        **forms,
        15: stream(b"0 0 9 9 re f", FORM),
        20: b"<</X 6 0 R>>",
    }


def _type3() -> Objects:
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 97/LastChar 97"
        b"/Widths[9]/Encoding<</Differences[97/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</T 7 0 R>>>>>>"
    )
    glyph = stream(b"9 0 d0 BT /T 9 Tf (aaaaaaaaaa) Tj ET")
    return _extra(
        b"/ExtGState<<>>", b"BT /F1 9 Tf 72 700 Td (aaaaaaaaaa) Tj ET", {5: font, 6: glyph, 7: font}
    )


def _cmap() -> bytes:
    long = b"0041" * 500
    return (
        b"/CMapName/X def 1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"1 beginbfrange <00> <FF> <" + long + b"> endbfrange\n"
        b"1 begincidrange <00000000> <FFFFFFFF> 0 endcidrange"
    )


def entities() -> bytes:
    """XML that names a file of the machine, and itself."""
    return (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]>'
        b"<x>&b;</x>"
    )


def _image(said: bytes, data: bytes, way: bytes) -> Objects:
    image = stream(data, b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/Filter" + way + said)
    named = b"/Resources<</XObject<</I 6 0 R>>/Font<</F1 5 0 R>>>>"
    return plain(named, b"q 200 0 0 300 72 300 cm /I Do Q " + TEXT, more={6: image})


def _large_jp2() -> bytes:
    data = bytearray(encoded("JPEG2000"))
    place = data.index(b"ihdr") + 4
    data[place : place + 8] = struct.pack(">II", 60_000, 60_000)
    place = data.index(b"\xff\x51") + 6
    data[place : place + 8] = struct.pack(">II", 60_000, 60_000)
    return bytes(data)


def _xref_stream(size: int) -> bytes:
    packed = zlib.compress(bytes(size), 9)
    body = raw(plain()).partition(b"xref\n")[0]
    said = b"/Type/XRef/W[1 4 2]/Size 99999999/Root 1 0 R/Filter/FlateDecode"
    return body + b"9 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (stream(packed, said), len(body))
