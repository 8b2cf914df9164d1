"""Find free fonts, and turn words into positioned glyphs.

Fonts come from Debian packages (fonts-noto-core, fonts-hosny-amiri, fonts-farsiweb, fonts-dejavu) or from the
``files`` folders of @fontsource npm packages, given by the environment variable SAMPLE_FONTS (a colon between
folders, each holding package folders such as ``vazirmatn/``).
"""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path

import uharfbuzz as hb
from fontTools.ttLib import TTFont

_DEBIAN = Path("/usr/share/fonts")
_ZWNJ = "\u200c"

#: name -> file below /usr/share/fonts, or package/file of a @fontsource package
FILES = {
    "naskh": "truetype/noto/NotoNaskhArabic-Regular.ttf",
    "naskh-bold": "truetype/noto/NotoNaskhArabic-Bold.ttf",
    "kufi": "truetype/noto/NotoKufiArabic-Regular.ttf",
    "kufi-bold": "truetype/noto/NotoKufiArabic-Bold.ttf",
    "sans-arabic": "truetype/noto/NotoSansArabic-Regular.ttf",
    "sans-arabic-bold": "truetype/noto/NotoSansArabic-Bold.ttf",
    "amiri": "opentype/fonts-hosny-amiri/Amiri-Regular.ttf",
    "amiri-bold": "opentype/fonts-hosny-amiri/Amiri-Bold.ttf",
    "nazli": "truetype/farsiweb/nazli.ttf",
    "nazli-bold": "truetype/farsiweb/nazlib.ttf",
    "titr": "truetype/farsiweb/titr.ttf",
    "homa": "truetype/farsiweb/homa.ttf",
    "serif": "truetype/noto/NotoSerif-Regular.ttf",
    "serif-bold": "truetype/noto/NotoSerif-Bold.ttf",
    "sans": "truetype/noto/NotoSans-Regular.ttf",
    "sans-bold": "truetype/noto/NotoSans-Bold.ttf",
    "display-bold": "truetype/noto/NotoSerifDisplay-Bold.ttf",
    "display": "truetype/noto/NotoSerifDisplay-Regular.ttf",
    "symbols": "truetype/dejavu/DejaVuSans.ttf",
    "vazir": "vazirmatn/vazirmatn-arabic-400-normal",
    "vazir-bold": "vazirmatn/vazirmatn-arabic-700-normal",
    "vazir-black": "vazirmatn/vazirmatn-arabic-900-normal",
    "vazir-latin": "vazirmatn/vazirmatn-latin-400-normal",
    "markazi": "markazi-text/markazi-text-arabic-400-normal",
    "markazi-bold": "markazi-text/markazi-text-arabic-700-normal",
    "lalezar": "lalezar/lalezar-arabic-400-normal",
    "cairo-bold": "cairo/cairo-arabic-700-normal",
    "cairo": "cairo/cairo-arabic-400-normal",
    "scheherazade": "scheherazade-new/scheherazade-new-arabic-400-normal",
    "scheherazade-bold": "scheherazade-new/scheherazade-new-arabic-700-normal",
    "old-standard": "old-standard-tt/old-standard-tt-latin-400-normal",
    "old-standard-bold": "old-standard-tt/old-standard-tt-latin-700-normal",
    "old-standard-italic": "old-standard-tt/old-standard-tt-latin-400-italic",
    "playfair": "playfair-display/playfair-display-latin-400-normal",
    "playfair-bold": "playfair-display/playfair-display-latin-700-normal",
    "playfair-black": "playfair-display/playfair-display-latin-900-normal",
    "merriweather": "merriweather/merriweather-latin-400-normal",
    "merriweather-bold": "merriweather/merriweather-latin-700-normal",
    "slab-bold": "roboto-slab/roboto-slab-latin-700-normal",
    "slab": "roboto-slab/roboto-slab-latin-400-normal",
    "franklin": "libre-franklin/libre-franklin-latin-400-normal",
    "franklin-bold": "libre-franklin/libre-franklin-latin-700-normal",
    "franklin-black": "libre-franklin/libre-franklin-latin-900-normal",
    "pt-serif": "pt-serif/pt-serif-latin-400-normal",
    "pt-serif-bold": "pt-serif/pt-serif-latin-700-normal",
    "pt-serif-italic": "pt-serif/pt-serif-latin-400-italic",
    "source-serif": "source-serif-4/source-serif-4-latin-400-normal",
    "source-serif-bold": "source-serif-4/source-serif-4-latin-700-normal",
    "fraktur": "unifrakturmaguntia/unifrakturmaguntia-latin-400-normal",
    "fraktur-bold": "unifrakturcook/unifrakturcook-latin-700-normal",
}


class FontMissingError(SystemExit):
    """A font is not installed; the message names the file and where it comes from."""


def _locate(name: str) -> Path:
    entry = FILES[name]
    if entry.endswith(".ttf"):
        path = _DEBIAN / entry
        if path.is_file():
            return path
        raise FontMissingError(
            f"font {path} is missing: apt-get install fonts-noto-core fonts-hosny-amiri fonts-farsiweb"
        )
    package, stem = entry.split("/")
    for root in os.environ.get("SAMPLE_FONTS", "").split(":"):
        path = Path(root) / package / "files" / f"{stem}.woff2"
        if root and path.is_file():
            return path
    raise FontMissingError(
        f"font {stem}.woff2 is missing: npm pack @fontsource/{package}, unpack it as {package}/,"
        " and name the folder that holds it in SAMPLE_FONTS"
    )


@dataclass(frozen=True)
class Glyph:
    """One glyph of a word: x from the word's left edge, in ems; ``text`` is what it stands for."""

    face: Face
    gid: int
    x: float
    y: float
    advance: float
    text: str
    rtl: bool


@dataclass(frozen=True)
class Shaped:
    """A word as glyphs from left to right; width, ascent and descent in ems (of the ink)."""

    width: float
    glyphs: tuple[Glyph, ...]
    top: float
    bottom: float


class Face:
    """One font file: its tables and its HarfBuzz font."""

    def __init__(self, name: str) -> None:
        self.name = name
        path = _locate(name)
        data = path.read_bytes()
        if path.suffix == ".woff2":
            font = TTFont(BytesIO(data), recalcTimestamp=False)
            font.flavor = None
            plain = BytesIO()
            font.save(plain, reorderTables=False)
            data = plain.getvalue()
        self.data = data
        self._hb = hb.Font(hb.Face(data))
        self.upem = self._hb.face.upem
        extents = self._hb.get_font_extents("ltr")
        self.ascent = extents.ascender / self.upem
        self.descent = -extents.descender / self.upem

    @cached_property
    def characters(self) -> frozenset[int]:
        return frozenset(self._hb.face.unicodes)

    def covers(self, char: str) -> bool:
        return ord(char) in self.characters

    def glyph(self, char: str) -> int:
        return self._hb.get_nominal_glyph(ord(char)) or 0

    def advance(self, gid: int) -> float:
        """A glyph's own advance in ems, as the font states it (shaping may change it)."""
        return float(self._hb.get_glyph_h_advance(gid)) / self.upem

    def run(
        self, text: str, rtl: bool, language: str
    ) -> list[tuple[int, float, float, float, int, float, float]]:
        """Glyphs of a run, left to right: (gid, dx, dy, advance, cluster, top, bottom), in ems."""
        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.language = language
        if rtl:
            buffer.script = "Arab"
        hb.shape(self._hb, buffer)
        found = []
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            extents = self._hb.get_glyph_extents(info.codepoint)
            top = bottom = 0.0
            if extents is not None and extents.height:
                top = (extents.y_bearing + position.y_offset) / self.upem
                bottom = (extents.y_bearing + extents.height + position.y_offset) / self.upem
            found.append(
                (
                    info.codepoint,
                    position.x_offset / self.upem,
                    position.y_offset / self.upem,
                    position.x_advance / self.upem,
                    info.cluster,
                    top,
                    bottom,
                )
            )
        return found


@cache
def face(name: str) -> Face:
    """The face of a name in `FILES`, loaded once."""
    return Face(name)


@dataclass(frozen=True)
class Type:
    """How text is set: fonts in order of preference, size and line pitch in points."""

    fonts: tuple[str, ...]
    size: float
    leading: float
    language: str = "en"
    colour: tuple[float, float, float] = (0.0, 0.0, 0.0)
    tracking: float = 0.0

    @property
    def rtl(self) -> bool:
        return self.language in ("fa", "ar")

    @property
    def space(self) -> float:
        """The natural word space in points."""
        return (0.25 if self.rtl else 0.24) * self.size

    def width(self, word: str) -> float:
        return shape(word, self.fonts, self.language).width * self.size + self.tracking * len(word)


def is_ltr(word: str) -> bool:
    """Whether a word's first strong letter runs from left to right."""
    for char in word:
        if "A" <= char <= "Z" or "a" <= char <= "z" or "\u00c0" <= char <= "\u024f":
            return True
        if "\u0600" <= char <= "\u06ef" and not "\u0660" <= char <= "\u066c":
            return False
    return False


def _levels(word: str, rtl: bool) -> list[int]:
    """1 for right to left, 2 for what runs left to right inside it; 0 throughout in a left-to-right text."""
    if not rtl:
        return [0] * len(word)

    def kind(char: str) -> str:
        if char.isdigit() or (char.isascii() and char.isalpha()) or "\u00c0" <= char <= "\u024f":
            return "L"
        if "\u0590" <= char <= "\u08ff" or "\ufb50" <= char <= "\ufeff" or char == _ZWNJ:
            return "N" if char in "\u066b\u066c" else "R"
        return "N"

    kinds = [kind(char) for char in word]
    levels = [2 if k == "L" else 1 for k in kinds]
    for i in range(1, len(word) - 1):
        if kinds[i] == "N" and kinds[i - 1] == kinds[i + 1] == "L":
            levels[i] = 2
    return levels


@cache
def shape(word: str, fonts: tuple[str, ...], language: str) -> Shaped:
    """Shape one word; runs of other fonts or directions are put in visual order (bidi reduced to a word)."""
    rtl = language in ("fa", "ar")
    runs = _runs(word, fonts, _levels(word, rtl))
    if rtl:
        runs = _visual(runs)
    x, glyphs, top, bottom = 0.0, [], 0.0, 0.0
    for text, name, level in runs:
        the_face = face(name)
        shaped = the_face.run(text, level == 1, language)
        texts = _cluster_texts(text, [g[4] for g in shaped])
        for (gid, dx, dy, advance, _, glyph_top, glyph_bottom), stands_for in zip(shaped, texts, strict=True):
            glyphs.append(Glyph(the_face, gid, x + dx, dy, advance, stands_for, level == 1))
            top, bottom = max(top, glyph_top), min(bottom, glyph_bottom)
            x += advance
    return Shaped(x, tuple(glyphs), top, bottom)


def _runs(word: str, fonts: tuple[str, ...], levels: list[int]) -> list[tuple[str, str, int]]:
    runs: list[tuple[str, str, int]] = []
    for char, level in zip(word, levels, strict=True):
        # a joiner or mark never starts a run of its own: it must stay with the letter it shapes
        stick = char == _ZWNJ or "\u064b" <= char <= "\u0655"
        name = next((f for f in fonts if face(f).covers(char)), fonts[0])
        if runs and (stick or (runs[-1][1] == name and runs[-1][2] == level)):
            runs[-1] = (runs[-1][0] + char, runs[-1][1], runs[-1][2])
        else:
            runs.append((char, name, level))
    return runs


def _visual(runs: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    ordered: list[tuple[str, str, int]] = []
    group: list[tuple[str, str, int]] = []
    for run in runs:
        if run[2] == 2:
            group.append(run)
            continue
        ordered = [run, *group, *ordered]
        group = []
    return [*group, *ordered]


def _cluster_texts(text: str, clusters: list[int]) -> list[str]:
    """What each glyph stands for: the first glyph of a cluster all its characters, the others nothing."""
    starts = sorted({*clusters, len(text)})
    ends = dict(itertools.pairwise(starts))
    seen: set[int] = set()
    texts = []
    for cluster in clusters:
        texts.append("" if cluster in seen else text[cluster : ends.get(cluster, len(text))])
        seen.add(cluster)
    return texts
