"""The text layer of a PDF: a font without ink, and the operators that put each word over its picture.

Lines come in reading order; words and letters of a line in visual order, from left to right, which is
what viewers expect of a PDF and turn back into the order in which they are read (pdf.js, poppler and
PDFium all do). A line has one baseline and one size, so that a viewer sees it as one line; each word is
stretched to its own width.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import zip_longest

from layout.document import Box, Direction, Page, Region, TextLine

#: Width of every glyph of the font, in thousandths of its size (tests/bench/glyphless.py makes it so).
GLYPH_WIDTH = 500

#: Codes of two bytes; beyond them characters are written as the last one (none will be).
_MOST = 0xFFFF

#: The space between words, by the size of the letters: poppler sees none below about 0.15, pdf.js begins
#: a new text above 0.6. Words further apart than the second (cells of a table) stay where they are.
_GAP, _APART = 0.25, 4.0

#: Percent to which a text is pressed together at most.
_LEAST_STRETCH = 0.1

_HYPHENS = ("-", "\u00ad", "\u2e17", "=")

#: Widths of a letter by the size: below the first no line has them on the whole, below the second no
#: word; poppler takes letters for copies of each other below about 0.1.
_NARROW, _NARROWEST = 0.2, 0.12

#: Begin and end along a line, in points.
Span = tuple[float, float]

#: Bidirectional classes of characters that run to the left, and of those that keep their order among them.
_LEFTWARD, _FORWARD = frozenset({"R", "AL"}), frozenset({"L", "EN", "AN"})


def font_file() -> bytes:
    """The TrueType file of the font: one empty glyph."""
    return files("layout.export").joinpath("glyphless.ttf").read_bytes()


def weightless(char: str) -> bool:
    """Whether a character has no width: marks on letters, joiners."""
    return unicodedata.category(char) in ("Mn", "Me", "Cf")


@dataclass
class Codes:
    """Character -> the code it has in the font of this file, given in the order of first use."""

    known: dict[str, int] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    light: set[str] = field(default_factory=set)
    words: dict[str, tuple[str, int]] = field(default_factory=dict)

    def word(self, text: str) -> tuple[str, int]:
        """The text as a PDF string in hexadecimal, and how many of its characters have a width.

        A page has half of its words more than once.
        """
        found = self.words.get(text)
        if found is None:
            found = self.words[text] = (self.encode(text), self.weight(text))
        return found

    def encode(self, text: str) -> str:
        """The text as a PDF string in hexadecimal."""
        try:
            return f"<{''.join([self.written[char] for char in text])}>"
        except KeyError:
            self._add(text)
            return self.encode(text)

    def _add(self, text: str) -> None:
        for char in text:
            if char not in self.written:
                code = self.known.setdefault(char, min(len(self.known) + 1, _MOST))
                self.written[char] = f"{code:04X}"
                if weightless(char):
                    self.light.add(char)

    def weight(self, text: str) -> int:
        """How many characters of an encoded text have a width."""
        if not self.light or self.light.isdisjoint(text):
            return len(text)
        return sum(char not in self.light for char in text)

    def weightless(self) -> list[int]:
        """The codes of characters without a width."""
        return [code for char, code in self.known.items() if char in self.light]

    def to_unicode(self) -> bytes:
        """The CMap that leads from codes back to characters (ISO 32000-1, 9.10.3)."""
        rows = [
            f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for char, code in self.known.items()
        ]
        blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
        body = "\n".join(f"{len(rows)} beginbfchar\n" + "\n".join(rows) + "\nendbfchar" for rows in blocks)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")


@dataclass(frozen=True)
class TextLayer:
    """Writes the words of one page. ``scale`` is points for a pixel."""

    page: Page
    scale: float
    codes: Codes

    def region(self, region: Region) -> list[str]:
        """The operators of a region's lines, between BT and ET."""
        return [piece for line in region.lines if line.words for piece in self._line(region, line)]

    def _line(self, region: Region, line: TextLine) -> list[str]:
        """Each word at its place; a space begins where the word before it ends."""
        direction = line.direction or region.direction or self.page.direction
        whole = line.text
        letters = len(whole)
        frame = _Frame(line.box, _turned(region, line, direction), self.page.height, self.scale, letters)
        order = visual_order([word.text for word in line.words], direction)
        texts = [visual(line.words[number].text) for number in order]
        spans = _spans([frame.span(line.words[number].box) for number in order], texts, frame)
        gap = _GAP * frame.size
        after = [start for start, _ in spans[1:]]
        if direction is not Direction.RTL and not whole.endswith(_HYPHENS):
            after.append(spans[-1][1] + gap)  # for those who read on without looking at places
        em, space = GLYPH_WIDTH / 1000 * frame.size, self.codes.encode(" ")
        matrix, word = frame.matrix, self.codes.word
        shown = [f"/F {frame.size:.2f} Tf"]
        for text, (start, end), begin in zip_longest(texts, spans, after):
            code, weight = word(text)
            shown.append(f"{_stretch(end - start, weight * em)} Tz\n{matrix(start)} Tm\n{code} Tj")
            if begin is not None:
                shown.append(f"{_stretch(begin - end, em)} Tz\n{space} Tj")
        return shown


def _stretch(length: float, natural: float) -> str:
    """The scaling that gives a text of this natural length another; what has none of its own keeps it."""
    percent = 100 * length / natural if natural else 100.0
    return f"{percent:.2f}" if percent > _LEAST_STRETCH else f"{_LEAST_STRETCH}"


def _spans(found: list[Span], texts: Sequence[str], frame: _Frame) -> list[Span]:
    """Where the words stand along the line, from left to right, with a plain space between each two.

    Viewers order letters by where they stand and see a space where there is a gap, but a wide gap as the
    end of a text; so words that overlap or touch are parted in the middle, and those apart drawn out
    towards each other. Where boxes contradict the order of the words, or would make them too narrow,
    each has its letters' share of the line.
    """
    placed = list(found)
    gap = _GAP * frame.size
    for number in range(len(placed) - 1):
        (a, b), (c, d) = placed[number], placed[number + 1]
        if c - b < _APART * frame.size:
            middle = (b + c) / 2
            placed[number], placed[number + 1] = (a, middle - gap / 2), (middle + gap / 2, d)
    least = _NARROWEST * frame.size
    if any(end - start < least * len(text) for (start, end), text in zip(placed, texts, strict=True)):
        unit = frame.length / (sum(map(len, texts)) + len(texts) - 1)
        starts = [sum(map(len, texts[:n])) + n for n in range(len(texts))]
        placed = [
            (unit * start, unit * (start + len(text))) for start, text in zip(starts, texts, strict=True)
        ]
    return placed


def _turned(region: Region, line: TextLine, direction: Direction) -> int:
    """By how many degrees counter-clockwise a line is turned; words above each other say so too."""
    if region.rotation in (90, 270) or len(line.words) < 2:
        return region.rotation if region.rotation or direction is not Direction.TTB else 270
    first, last = line.words[0].box.center, line.words[-1].box.center
    if abs(first[1] - last[1]) <= abs(first[0] - last[0]):
        return 0
    upward = (last[1] < first[1]) is not (direction is Direction.RTL)
    return 90 if upward else 270


def visual_order(words: Sequence[str], direction: Direction) -> list[int]:
    """Places of a line's words from left to right; words are in the order in which they are read."""
    order = list(range(len(words)))
    if direction is not Direction.RTL:
        return order
    if not any(unicodedata.bidirectional(char) == "L" for char in set().union(*words)):
        return order[::-1]
    runs: list[list[int]] = []
    forward = False  # a number after a Latin word belongs to it, another one runs with the line
    for place in order:
        classes = {*map(unicodedata.bidirectional, words[place])}
        latin = classes.isdisjoint(_LEFTWARD) and ("L" in classes or (forward and "EN" in classes))
        if latin and forward:
            runs[-1].append(place)
        else:
            runs.append([place])
        forward = latin
    return [place for run in reversed(runs) for place in run]


class _Frame:
    """A line's own frame in points: along it from its begin, its size across.

    ``turned`` is by how many degrees counter-clockwise the line is turned. A line whose box is too high
    for its ``letters`` gets a smaller size, or viewers would take its letters for lying on each other.
    """

    def __init__(self, box: Box, turned: int, height: float, scale: float, letters: int) -> None:
        self.box, self.turned, self.height, self.scale = box, turned, height, scale
        across, along = (box.width, box.height) if turned in (90, 270) else (box.height, box.width)
        self.left, self.foot = box.x0 * scale, (height - box.y1) * scale
        self.level = f"{self.foot:.2f}"
        self.length = max(0.1, along * scale)
        self.size = max(0.1, min(across * scale, self.length / letters / _NARROW))

    def span(self, box: Box) -> tuple[float, float]:
        """Where a word begins and ends along the line."""
        if self.turned == 90:
            return (self.box.y1 - box.y1) * self.scale, (self.box.y1 - box.y0) * self.scale
        if self.turned == 270:
            return (box.y0 - self.box.y0) * self.scale, (box.y1 - self.box.y0) * self.scale
        return (box.x0 - self.box.x0) * self.scale, (box.x1 - self.box.x0) * self.scale

    def matrix(self, along: float) -> str:
        """The text matrix for what begins there; the baseline is the foot of the line's box."""
        if self.turned == 90:
            return f"0 1 -1 0 {self.box.x1 * self.scale:.2f} {self.foot + along:.2f}"
        if self.turned == 270:
            top = (self.height - self.box.y0) * self.scale
            return f"0 -1 1 0 {self.left:.2f} {top - along:.2f}"
        return f"1 0 0 1 {self.left + along:.2f} {self.level}"


@lru_cache(maxsize=1 << 14)
def visual(text: str) -> str:
    """The characters of a word from left to right, as they are printed.

    What runs to the right inside a word that runs to the left (numbers, Latin letters) keeps its order.
    """
    if text.isascii():
        return text
    classes = [*map(unicodedata.bidirectional, text)]
    if _LEFTWARD.isdisjoint(classes):
        return text
    if _FORWARD.isdisjoint(classes):
        return text[::-1]
    pieces: list[str] = []
    forward = False
    for char, kind in zip(text, classes, strict=True):
        if forward and kind in _FORWARD:
            pieces[-1] += char
        else:
            pieces.append(char)
        forward = kind in _FORWARD
    return "".join(reversed(pieces))
