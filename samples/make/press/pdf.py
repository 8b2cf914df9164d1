"""Write pages as PDF: glyphs of subset fonts, filled shapes, JPEG pictures.

Nothing in the file depends on the clock.

Each glyph gets a code for (glyph, meaning), so that one shape may stand for different characters in different
places: this is how a defective text layer is made (see ``defects``) without any change to what is seen.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image

from press.fonts import Face, Type, shape
from press.fonts import face as load_face
from press.setting import SetLine
from press.sheet import Block, Drawn, Sheet


@dataclass(frozen=True)
class Show:
    """One glyph on the page: origin in points (y down), turned clockwise by ``turn`` degrees."""

    face: Face
    size: float
    x: float
    y: float
    gid: int
    advance: float
    text: str
    colour: tuple[float, float, float] = (0, 0, 0)
    turn: int = 0


def line_shows(block: Block, line_index: int) -> list[list[Show]]:
    """The words of a line as glyphs; words in logical order, glyphs from left to right; no spaces."""
    line = block.lines[line_index]
    words = []
    for index, word in enumerate(line.words):
        face = line.type_of(index)
        shaped = shape(word.drawn, face.fonts, face.language)
        glyphs = [
            Show(
                g.face,
                face.size,
                word.x0 + g.x * face.size + k * face.tracking,
                line.baseline - g.y * face.size,
                g.gid,
                g.advance,
                g.text,
                face.colour,
            )
            for k, g in enumerate(shaped.glyphs)
        ]
        words.append(glyphs)
    if line.bullet:
        words.insert(0, [bullet_show(line.bullet, line.type, _bullet_x(line), line.baseline)])
    if block.rotated:
        words = [[_turn(show, block) for show in word] for word in words]
    return words


def _bullet_x(line: SetLine) -> float:
    rtl = line.type.rtl
    frame, size = line.frame, line.type.size
    return frame.x1 - 0.8 * size if rtl else frame.x0


def bullet_show(char: str, face: Type, x: float, baseline: float) -> Show:
    symbols = load_face("symbols")
    glyph = shape(char, ("symbols",), "en").glyphs[0]
    return Show(
        symbols,
        face.size * 0.75,
        x,
        baseline - face.size * 0.03,
        glyph.gid,
        glyph.advance,
        char,
        (0.55, 0.1, 0.1),
    )


def _turn(show: Show, block: Block) -> Show:
    left, top, depth, height = block.extra["turn"]  # type: ignore[misc]
    if block.rotated == 90:  # reads from top to bottom
        x, y = left + depth - show.y, top + show.x
    else:  # 270: reads from bottom to top
        x, y = left + show.y, top + height - show.x
    return Show(show.face, show.size, x, y, show.gid, show.advance, show.text, show.colour, block.rotated)


def sound_layer(sheet: Sheet) -> list[Show]:
    """The glyphs of all blocks in block order, each line from left to right with its spaces."""
    shows: list[Show] = []
    for block in sheet.blocks:
        for index in range(len(block.lines)):
            words = sorted(line_shows(block, index), key=lambda word: _along(word[0]) if word else 0.0)
            for number, word in enumerate(words):
                if number and word:
                    shows.append(space_before(word[0], words[number - 1]))
                shows += word
    return shows


def _along(show: Show) -> float:
    return {0: show.x, 90: show.y, 270: -show.y}[show.turn]


def space_before(show: Show, word_before: list[Show]) -> Show:
    """A space glyph between two words that stand beside each other."""
    last = word_before[-1]
    x, y = last.x, last.y
    step = last.advance * last.size
    if last.turn == 0:
        x += step
    elif last.turn == 90:
        y += step
    else:
        y -= step
    return Show(show.face, show.size, x, y, show.face.glyph(" "), 0.2, " ", show.colour, show.turn)


class _Font:
    """A font of the file: codes handed out for (glyph, meaning)."""

    def __init__(self, face: Face, name: str) -> None:
        self.face, self.name = face, name
        self.codes: dict[tuple[int, str], int] = {}

    def code(self, show: Show) -> int:
        return self.codes.setdefault((show.gid, show.text), len(self.codes) + 1)


class Writer:
    """Collects objects and pages, and writes the file."""

    def __init__(self) -> None:
        self.objects: list[bytes] = []
        self.fonts: dict[str, _Font] = {}
        self.pages: list[tuple[Sheet, list[Show]]] = []

    def page(self, sheet: Sheet, shows: list[Show] | None = None) -> None:
        self.pages.append((sheet, sound_layer(sheet) if shows is None else shows))

    def save(self, path: Path, info: dict[str, str] | None = None) -> None:
        catalog, tree = self._object(b""), self._object(b"")
        kids, contents = [], []
        for sheet, shows in self.pages:
            contents.append(self._content(sheet, shows))
        font_refs = {font.name: self._font_object(font) for font in self.fonts.values()}
        fonts = b" ".join(b"/%s %d 0 R" % (name.encode(), ref) for name, ref in font_refs.items())
        for (sheet, _), (stream, pictures) in zip(self.pages, contents, strict=True):
            images = b" ".join(b"/%s %d 0 R" % (name.encode(), ref) for name, ref in pictures.items())
            content = self._stream(b"", stream)
            kids.append(
                self._object(
                    b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %.2f %.2f] /Contents %d 0 R"
                    b" /Resources << /Font << %s >> /XObject << %s >> >> >>"
                    % (tree, sheet.width, sheet.height, content, fonts, images)
                )
            )
        self.objects[catalog - 1] = b"<< /Type /Catalog /Pages %d 0 R >>" % tree
        refs = b" ".join(b"%d 0 R" % kid for kid in kids)
        self.objects[tree - 1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (refs, len(kids))
        meta = None
        if info:
            entries = b" ".join(
                b"/%s <%s>" % (k.encode(), ("\ufeff" + v).encode("utf-16-be").hex().encode())
                for k, v in info.items()
            )
            meta = self._object(b"<< %s >>" % entries)
        path.write_bytes(self._file(catalog, meta))

    def _object(self, body: bytes) -> int:
        self.objects.append(body)
        return len(self.objects)

    def _stream(self, head: bytes, data: bytes) -> int:
        packed = zlib.compress(data, 9)
        return self._object(
            b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (head, len(packed), packed)
        )

    def _file(self, catalog: int, meta: int | None) -> bytes:
        out = BytesIO()
        out.write(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(self.objects, 1):
            places.append(out.tell())
            out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        start = out.tell()
        out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
        for place in places:
            out.write(b"%010d 00000 n \n" % place)
        info = b" /Info %d 0 R" % meta if meta else b""
        out.write(
            b"trailer\n<< /Size %d /Root %d 0 R%s >>\nstartxref\n%d\n%%%%EOF\n"
            % (len(places) + 1, catalog, info, start)
        )
        return out.getvalue()

    # --- content --------------------------------------------------

    def _content(self, sheet: Sheet, shows: list[Show]) -> tuple[bytes, dict[str, int]]:
        out: list[str] = []
        pictures: dict[str, int] = {}
        for drawn in sheet.drawn:
            self._draw(drawn, sheet, out, pictures)
        out.append("BT")
        state: tuple[object, ...] = ()
        run: list[Show] = []
        for show in shows:
            if run and not _follows(run[-1], show):
                state = self._write_run(run, sheet, out, state)
                run = []
            run.append(show)
        if run:
            self._write_run(run, sheet, out, state)
        out.append("ET")
        return "\n".join(out).encode(), pictures

    def _draw(self, drawn: Drawn, sheet: Sheet, out: list[str], pictures: dict[str, int]) -> None:
        r = drawn.rect
        box = f"{r.x0:.2f} {sheet.height - r.y1:.2f} {r.width:.2f} {r.height:.2f}"
        if drawn.fill is not None:
            out.append("{:.3f} {:.3f} {:.3f} rg {} re f".format(*drawn.fill, box))
        if drawn.stroke is not None:
            out.append("{:.3f} {:.3f} {:.3f} RG {:.2f} w {} re S".format(*drawn.stroke, drawn.width, box))
        if drawn.picture is not None:
            name = f"P{len(self.objects)}"
            with Image.open(BytesIO(drawn.picture)) as image:
                width, height, mode = image.width, image.height, image.mode
            space = b"/DeviceGray" if mode == "L" else b"/DeviceRGB"
            pictures[name] = self._object(
                b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s /BitsPerComponent 8"
                b" /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream"
                % (width, height, space, len(drawn.picture), drawn.picture)
            )
            out.append(
                f"q {r.width:.2f} 0 0 {r.height:.2f} {r.x0:.2f} {sheet.height - r.y1:.2f} cm /{name} Do Q"
            )

    def _write_run(
        self, run: list[Show], sheet: Sheet, out: list[str], state: tuple[object, ...]
    ) -> tuple[object, ...]:
        first = run[0]
        font = self.fonts.setdefault(first.face.name, _Font(first.face, f"F{len(self.fonts) + 1}"))
        if state[:2] != (font.name, first.size):
            out.append(f"/{font.name} {first.size:.3f} Tf")
        if state[2:] != (first.colour,):
            out.append("{:.3f} {:.3f} {:.3f} rg".format(*first.colour))
        matrix = {0: "1 0 0 1", 90: "0 -1 1 0", 270: "0 1 -1 0"}[first.turn]
        parts = []
        for number, show in enumerate(run):
            parts.append(f"<{font.code(show):04x}>")
            if number + 1 < len(run):
                gap = (_along(run[number + 1]) - _along(show)) / show.size - show.face.advance(show.gid)
                if abs(gap) > 0.0005:
                    parts.append(f"{-gap * 1000:.0f}")
        out.append(f"{matrix} {first.x:.2f} {sheet.height - first.y:.2f} Tm [{''.join(parts)}] TJ")
        return (font.name, first.size, first.colour)

    # --- fonts --------------------------------------------------

    def _font_object(self, font: _Font) -> int:
        codes = sorted((code, gid, text) for (gid, text), code in font.codes.items())
        file = self._stream(b"", _subset(font.face, {gid for _, gid, _ in codes}))
        name = b"SAMPLE+" + "".join(c for c in font.face.name.title() if c.isalnum()).encode()
        box = b"[-1000 -600 3000 1400]"
        descriptor = self._object(
            b"<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox %s /ItalicAngle 0"
            b" /Ascent %d /Descent %d /CapHeight 700 /StemV 80 /FontFile2 %d 0 R >>"
            % (name, box, font.face.ascent * 1000, -font.face.descent * 1000, file)
        )
        widths = b" ".join(b"%.0f" % (font.face.advance(gid) * 1000) for _, gid, _ in codes)
        to_gid = bytearray(2 * (len(codes) + 1))
        for code, gid, _ in codes:
            to_gid[2 * code : 2 * code + 2] = gid.to_bytes(2, "big")
        mapping = self._stream(b"", bytes(to_gid))
        child = self._object(
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s "
            b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            b" /FontDescriptor %d 0 R /W [1 [%s]] /DW 0 /CIDToGIDMap %d 0 R >>"
            % (name, descriptor, widths, mapping)
        )
        unicode_map = self._stream(b"", _to_unicode([(code, text) for code, _, text in codes]))
        return self._object(
            b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H"
            b" /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>" % (name, child, unicode_map)
        )


def _follows(last: Show, show: Show) -> bool:
    same = (
        last.face is show.face
        and last.size == show.size
        and last.colour == show.colour
        and last.turn == show.turn
    )
    if not same:
        return False
    across = abs(last.y - show.y) if show.turn == 0 else abs(last.x - show.x)
    return across < 0.005 and abs(_along(show) - _along(last)) < 40 * show.size


def _subset(face: Face, gids: set[int]) -> bytes:
    """The font with the outlines of some glyphs only; glyph numbers stay."""
    options = subset.Options()
    options.retain_gids, options.notdef_outline, options.hinting = True, True, False
    options.layout_features, options.name_IDs, options.glyph_names = [], [], False
    options.drop_tables += [
        "GSUB",
        "GPOS",
        "GDEF",
        "name",
        "post",
        "cmap",
        "OS/2",
        "DSIG",
        "FFTM",
        "kern",
        "gvar",
        "fvar",
        "avar",
        "HVAR",
        "MVAR",
        "STAT",
        "BASE",
    ]
    font = TTFont(BytesIO(face.data), recalcTimestamp=False)
    worker = subset.Subsetter(options)
    worker.populate(gids=sorted(gids))
    worker.subset(font)
    for table in ("GSUB", "GPOS", "GDEF", "DSIG"):
        if table in font:
            del font[table]
    out = BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue()


def _to_unicode(pairs: list[tuple[int, str]]) -> bytes:
    rows = [f"<{code:04x}> <{text.encode('utf-16-be').hex()}>" for code, text in pairs if text]
    body = []
    for start in range(0, len(rows), 100):
        part = rows[start : start + 100]
        body += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CMapName /Sample def /CMapType 2 def",
            "1 begincodespacerange <0000> <ffff> endcodespacerange",
            *body,
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    ).encode()
