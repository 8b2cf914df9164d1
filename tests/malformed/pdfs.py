"""PDFs: encrypted, damaged, with loops and bombs, with scripts and attachments."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf

from tests.malformed import LOCKED, READ, REFUSED, Case
from tests.malformed.rasters import encoded

Objects = dict[int, bytes]

_TEXT = b"BT /F1 14 Tf 72 700 Td (The council met on Tuesday evening in the old hall.) Tj ET"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def cases() -> Iterator[Case]:
    yield from _locked()
    yield from _damaged()
    yield from _structure()
    yield from _contents()
    yield from _active()


def raw(objects: Objects, trailer: bytes = b"/Root 1 0 R", xref: bool = True) -> bytes:
    """A PDF of these objects by number; without ``xref`` its table is left out."""
    out, places = b"%PDF-1.7\n", {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    if xref:
        out += b"xref\n0 %d\n0000000000 65535 f \n" % size
        out += b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, size))
    return out + b"trailer <</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)


def plain(
    page: bytes = b"", contents: bytes = _TEXT, box: bytes = b"0 0 595 842", more: Objects | None = None
) -> Objects:
    """The objects of a document of one page; ``page`` is added to its dictionary."""
    return {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>%s>>"
        % (box, page),
        4: stream(contents),
        5: _FONT,
        **(more or {}),
    }


def stream(data: bytes, said: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), said, data)


def _of(data: Callable[[], bytes]) -> Callable[[Path, str], Path]:
    def make(folder: Path, stem: str) -> Path:
        path = folder / f"{stem}.pdf"
        path.write_bytes(data())
        return path

    return make


def _case(name: str, objects: Callable[[], Objects], code: int = READ, said: str = "") -> Case:
    return Case(f"pdf-{name}", _of(lambda: raw(objects())), code, said)


def _locked() -> Iterator[Case]:
    methods = {
        "rc4-40": pymupdf.PDF_ENCRYPT_RC4_40,
        "rc4-128": pymupdf.PDF_ENCRYPT_RC4_128,
        "aes-128": pymupdf.PDF_ENCRYPT_AES_128,
        "aes-256": pymupdf.PDF_ENCRYPT_AES_256,
    }
    for name, method in methods.items():
        locked = {"encryption": method, "user_pw": "open", "owner_pw": "own"}
        yield Case(f"pdf-locked-{name}", _of(_saved(locked)), LOCKED, "password")
    empty = {"encryption": pymupdf.PDF_ENCRYPT_AES_256, "user_pw": "", "owner_pw": "own", "permissions": 0}
    yield Case("pdf-locked-for-copying-only", _of(_saved(empty)), READ)
    yield Case("pdf-locked-unknown-way", _of(lambda: raw(
        plain(more={6: b"<</Filter/Odd.Vendor/V 9/R 9>>"}), b"/Root 1 0 R/Encrypt 6 0 R/ID[(a)(a)]"
    )), LOCKED)  # fmt: skip


def _saved(how: dict[str, object]) -> Callable[[], bytes]:
    def save() -> bytes:
        document = pymupdf.open()
        document.new_page().insert_text((72, 90), "The council met on Tuesday evening.", fontsize=11)
        return bytes(document.tobytes(**how))

    return save


def _damaged() -> Iterator[Case]:
    def whole() -> bytes:
        return raw(plain())

    yield Case("pdf-head-only", _of(lambda: b"%PDF-1.7\n"), REFUSED, "damaged")
    yield Case("pdf-head-and-noise", _of(lambda: b"%PDF-1.4\n" + bytes(range(256)) * 20), REFUSED)
    yield Case("pdf-cut-early", _of(lambda: whole()[:60]), REFUSED)
    yield Case("pdf-cut-late", _of(lambda: whole()[:-150]), READ)
    yield Case("pdf-no-table", _of(lambda: raw(plain(), xref=False)), READ)
    yield Case("pdf-wrong-places", _of(lambda: whole().replace(b"0000000", b"0000009")), READ)
    yield Case("pdf-dirt-before-and-after", _of(lambda: b"junk\n" * 30 + whole() + b"\0" * 3000), READ)
    yield Case("pdf-table-leads-to-itself", _of(lambda: _previous_loop(whole())), READ)
    yield Case(
        "pdf-endless-number", _of(lambda: whole().replace(b"/Count 1", b"/Count " + b"9" * 400)), REFUSED
    )


def _previous_loop(data: bytes) -> bytes:
    start = data.index(b"xref\n")
    return data.replace(b"/Root", b"/Prev %d/Root" % start)


def _structure() -> Iterator[Case]:
    yield _case("no-pages", lambda: {**plain(), 2: b"<</Type/Pages/Kids[]/Count 0>>"}, REFUSED, "no page")
    yield _case("pages-promised-only", lambda: {**plain(), 2: b"<</Type/Pages/Kids[]/Count 9>>"}, REFUSED)
    yield _case("tree-loop", lambda: {**plain(), 2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"}, REFUSED)
    yield _case(
        "a-billion-pages", lambda: {**plain(), 2: b"<</Type/Pages/Kids[3 0 R]/Count 999999999>>"}, REFUSED
    )
    yield _case("page-is-a-number", lambda: {**plain(), 3: b"42"}, READ)
    yield _case("no-catalog", lambda: {**plain(), 1: b"null"}, REFUSED)
    yield _case("deep-arrays", lambda: plain(more={6: b"[" * 200_000 + b"]" * 200_000}), READ)
    yield _case("deep-page-tree", _deep_tree, READ)
    yield _case("parent-loop", lambda: plain(page=b"/Parent 3 0 R"), READ)
    for name, box in {
        "box-of-a-moon": b"0 0 2147483648 2147483648",
        "box-of-nothing": b"0 0 0 0",
        "box-without-numbers": b"/a /b /c /d",
        "box-of-nan": b"nan nan inf inf",
        "box-upside-down": b"595 842 0 0",
        "box-of-a-point": b"0 0 1 1",
        "box-of-a-ribbon": b"0 0 14400 10",
        "box-below-zero": b"-300 -400 295 442",
    }.items():
        code = READ if name in _READABLE else REFUSED
        yield _case(name, lambda box=box: plain(box=box), code)
    yield _case("large-unit", lambda: plain(page=b"/UserUnit 75000"), REFUSED)
    yield _case("turned-by-45", lambda: plain(page=b"/Rotate 45"), READ)


_READABLE = ("box-upside-down", "box-of-nothing", "box-without-numbers", "box-of-nan", "box-below-zero")


def _deep_tree() -> Objects:
    depth = 3000
    tree = {n: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 1) for n in range(2, depth)}
    return {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        **tree,
        depth: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    }


def _contents() -> Iterator[Case]:
    yield _case("no-contents", lambda: plain(contents=b""), READ)
    yield _case("contents-missing", lambda: {**plain(), 4: b"null"}, READ)
    yield _case("contents-noise", lambda: plain(contents=bytes(range(256)) * 40), READ)
    yield _case("saves-without-end", lambda: plain(contents=b"q " * 300_000 + _TEXT), REFUSED)
    yield _case("numbers-beyond-all", lambda: plain(contents=b"1e38 0 0 1e38 1e38 1e38 cm " + _TEXT), READ)
    yield _case("text-far-outside", lambda: plain(contents=_TEXT.replace(b"72 700", b"9e9 -9e9")), READ)
    yield _case("font-missing", lambda: {**plain(), 5: b"null"}, READ)
    yield _case("font-noise", lambda: {**plain(), 5: _noisy_font(), 6: stream(bytes(range(256)) * 9)}, READ)
    yield _case("form-calls-itself", _recursive_form, READ)
    yield _case("forms-a-billion-times", _form_bomb, REFUSED, "megabytes of drawing")
    yield _case("stream-bomb", lambda: {**plain(), 4: _bomb()}, REFUSED, "megabytes of drawing")
    yield _case("a-million-letters", lambda: plain(contents=_letters(1_000_000)), READ)
    yield _case("many-lines", lambda: plain(contents=b"".join(_strokes(20_000)) + _TEXT), READ)
    yield _case(
        "image-of-gigapixels",
        lambda: _with_image(b"/Width 100000/Height 100000/BitsPerComponent 1"),
        REFUSED,
        "megapixels",
    )
    yield _case("image-without-size", lambda: _with_image(b""), READ)
    yield _case(
        "image-cut",
        lambda: _with_image(
            b"/Width 620/Height 880/BitsPerComponent 8", encoded("JPEG")[:900], b"/DCTDecode"
        ),
        READ,
    )
    yield _case(
        "image-of-jbig2-noise",
        lambda: _with_image(b"/Width 620/Height 880/BitsPerComponent 1", bytes(200), b"/JBIG2Decode"),
        READ,
    )
    yield _case(
        "image-of-jpx-noise", lambda: _with_image(b"/Width 620/Height 880", bytes(200), b"/JPXDecode"), READ
    )
    yield _case(
        "filters-a-hundred-deep",
        lambda: {**plain(), 4: stream(_TEXT, b"/Filter[" + b"/FlateDecode" * 100 + b"]")},
        REFUSED,
    )
    yield _case("pattern-of-itself", _recursive_pattern, REFUSED)


def _noisy_font() -> bytes:
    return b"<</Type/Font/Subtype/TrueType/BaseFont/Odd/FontDescriptor<</FontFile2 6 0 R/Flags 4>>>>"


def _recursive_form() -> Objects:
    form = stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 6 0 R>>>>")
    page = b"/Resources<</XObject<</X 6 0 R>>/Font<</F1 5 0 R>>>>"
    return plain(page=page, contents=b"/X Do " + _TEXT, more={6: form})


def _form_bomb() -> Objects:
    """Each of nine forms draws the next one ten times."""
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"
    forms = {
        n: stream(b"/X Do " * 10, head + b"/Resources<</XObject<</X %d 0 R>>>>" % (n + 1))
        for n in range(6, 15)
    }
    last = stream(b"0 0 9 9 re f", head)
    return plain(b"/Resources<</XObject<</X 6 0 R>>>>", b"/X Do", more={**forms, 15: last})


def _recursive_pattern() -> Objects:
    said = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 0.0001/YStep 0.0001"
    pattern = stream(b"/Pattern cs /P scn 0 0 9 9 re f", said + b"/Resources<</Pattern<</P 6 0 R>>>>")
    page = b"/Resources<</Pattern<</P 6 0 R>>/Font<</F1 5 0 R>>>>"
    return plain(page, b"/Pattern cs /P scn 0 0 500 700 re f " + _TEXT, more={6: pattern})


def _bomb() -> bytes:
    packed = zlib.compress(b"0 0 m " * 50_000_000, 9)
    return stream(packed, b"/Filter/FlateDecode")


def _letters(count: int) -> bytes:
    line = b"(" + b"abcde fghij " * 8 + b") Tj 0 -1 Td "
    return b"BT /F1 1 Tf 20 820 Td " + line * (count // 96) + b"ET"


def _strokes(count: int) -> Iterator[bytes]:
    for number in range(count):
        yield b"%d %d m %d %d l S " % (number % 595, number % 842, (number * 7) % 595, (number * 3) % 842)


def _with_image(said: bytes, data: bytes = b"\0" * 50, way: bytes = b"/CCITTFaxDecode") -> Objects:
    image = stream(data, b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/Filter" + way + said)
    page = b"/Resources<</XObject<</I 6 0 R>>>>"
    return plain(page, b"595 0 0 842 0 0 cm /I Do", more={6: image})


def _active() -> Iterator[Case]:
    """What a viewer might run or fetch: nothing of it happens here."""
    script = b"/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\))>>"
    launch = b"/OpenAction<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)>>>>"
    form = b"/AcroForm<</XFA 6 0 R/Fields[]>>"
    for name, said in (("script", script), ("launch", launch), ("form", form)):
        yield _case(name, lambda said=said: {
            **plain(more={6: stream(b"<xdp/>")}), 1: b"<</Type/Catalog/Pages 2 0 R%s>>" % said
        }, READ)  # fmt: skip
    yield Case("pdf-attachment", _of(_attached), READ)
    outside = b"<</Type/Filespec/F(/etc/passwd)>>"
    yield _case("contents-in-another-file", lambda: {
        **plain(more={6: outside}), 4: b"<</Length 0/F 6 0 R>>stream\n\nendstream"
    }, READ)  # fmt: skip


def _attached() -> bytes:
    document = pymupdf.open()
    document.new_page().insert_text((72, 90), "The council met on Tuesday evening.", fontsize=11)
    document.embfile_add("../../../../tmp/evil.sh", io.BytesIO(b"#!/bin/sh\n").read())
    return bytes(document.tobytes())
