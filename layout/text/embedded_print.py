"""Read lines -> printed ones: words with their text, place and normalised reading.

What one line cannot tell is learnt from all of them first: which brackets the file turns, which fonts are
signs, which ligatures have lost their code, how wide letters are in each shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from layout.document import Box, Direction, Point
from layout.language import LANGUAGES, normalized
from layout.language.characters import SOFT_HYPHEN, TATWEEL, ZWNJ
from layout.language.normalize import settled_tanween
from layout.language.persian import part_halves
from layout.text.embedded_frames import page_box
from layout.text.embedded_layer import Run
from layout.text.embedded_lost import restore_lost
from layout.text.embedded_order import CLOSE, OPEN
from layout.text.embedded_shapes import Shapes
from layout.text.embedded_signs import UNKNOWN
from layout.text.embedded_symbols import bullet_of, family, mirrored_families, role_of, symbol_fonts
from layout.text.embedded_words import Broken, Piece, ReadRow, texts_of

#: A layer that states a ZWNJ at least once in this many letters keeps them; shapes need not be asked.
_KEEPS_ZWNJ = 1500
_EDGES = "«»()[]،؛؟.:!…"


class PrintedWord(NamedTuple):
    """A word of a line: as printed (NFC, logical order), its place, the normalised reading if other.

    A tuple, as a page has thousands.
    """

    text: str
    box: Box
    normalized: str | None = None


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of the layer; ``box`` in page pixels, ``along`` its direction of writing.

    ``glyphs`` counts the signs that are not spaces, ``unknown`` those without a character,
    ``invisible`` those drawn without ink.
    """

    words: tuple[PrintedWord, ...]
    box: Box
    direction: Direction
    along: Point = (1.0, 0.0)
    glyphs: int = 0
    unknown: int = 0
    invisible: int = 0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def normalized(self) -> str:
        return " ".join(word.normalized or word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line on its way: its signs, its place in the frame, and its rows with theirs, read.

    There is one row, unless the segmentation took two lines for one.
    """

    signs: Run
    along: Point
    frame: Box
    direction: Direction
    rows: tuple[tuple[ReadRow, Box], ...]


class Printer:
    """Turns read lines into printed ones with what the whole page taught: shapes, brackets, fonts."""

    def __init__(
        self, lines: Sequence[ReadLine], language_code: str | None, invisible: frozenset[int]
    ) -> None:
        reads = [read for line in lines for read, _ in line.rows]
        self._reads = reads  # which so keep their identities
        self._made: dict[int, list[str]] = {}
        restore_lost(reads, language_code)
        self._families = mirrored_families(reads)
        self._symbols = symbol_fonts(reads)
        self._language = language_code
        self._invisible = invisible
        self._halves = not language_code or _uses_zwnj(language_code)
        self._broken = _broken(reads, language_code)
        self._spelled = self._half_spaced(reads) if self._broken and language_code == "fa" else None

    def _half_spaced(self, reads: Sequence[ReadRow]) -> dict[str, str]:
        """Words in which a lost ZWNJ was seen, by their letters: how the page spells them elsewhere."""
        words = (zip(read.words, self._texts(read), strict=True) for read in reads)
        seen = (text for row in words for word, text in row if ZWNJ in text and len(word) > 3)
        bare = (text.replace(TATWEEL, "").strip(_EDGES) for text in seen)
        return {text.replace(ZWNJ, ""): text for text in bare}

    def __call__(self, line: ReadLine) -> PrintedLine:
        words = [word for read, frame in line.rows for word in self._words(read, frame, line.along)]
        shown = line.signs.shown
        return PrintedLine(
            tuple(words),
            page_box(line.frame, line.along),
            line.direction,
            line.along,
            glyphs=len(shown),
            unknown=sum(text.count(UNKNOWN) for text in line.signs.texts) if line.signs.found.codeless else 0,
            invisible=self._unseen(line.signs) if self._invisible else 0,
        )

    def _unseen(self, signs: Run) -> int:
        return sum(number in self._invisible for number in signs.found.sequence[signs.shown].tolist())

    def _words(self, read: ReadRow, frame: Box, along: Point) -> Iterator[PrintedWord]:
        texts = self._texts(read)
        # Tanween can have drifted over a word's edge, which no word shows by itself.
        settled = settled_tanween(" ".join(texts)).split(" ")
        texts = settled if len(settled) == len(texts) else [*texts]
        if texts and texts[-1].endswith(SOFT_HYPHEN):
            texts[-1] = texts[-1][:-1] + "-"
        for (u0, u1), text in zip(_reaches(read), texts, strict=True):
            if SOFT_HYPHEN in text:
                text = text.replace(SOFT_HYPHEN, "")
            if text:
                box = page_box(Box(u0, frame.y0, max(u1, u0), frame.y1), along)
                reading = _normalized(text, self._language)
                if self._spelled is not None:
                    reading = part_halves(reading, self._spelled)
                yield PrintedWord(text, box, reading if reading and reading != text else None)

    def _texts(self, read: ReadRow) -> list[str]:
        """The words of a row, which are made once."""
        texts = self._made.get(id(read))
        if texts is None:
            texts = texts_of(read, self._meant, self._broken, self._halves, self._bullet)
            self._made[id(read)] = texts
        return texts

    def _bullet(self, word: Sequence[Piece], read: ReadRow) -> str | None:
        return bullet_of(word, read, self._symbols)

    def _meant(self, word: Sequence[Piece], place: int, read: ReadRow) -> bool:
        """Whether a bracket in right-to-left text is stored as the other one of its pair."""
        group = read.row.groups[word[place].slot]
        role = role_of(word, place, read)
        if role:
            return role != group
        pair = family(read.row.texts[word[place].slot])
        return self._families.get(pair, self._families[""]) if group in (OPEN, CLOSE) else False


def _reaches(read: ReadRow) -> list[tuple[float, float]]:
    """The least and greatest u of each word's letters."""
    starts, ends = read.row.u0, read.row.u1
    if read.one_way and starts == sorted(starts) and ends == sorted(ends):
        first, last = (-1, 0) if read.words[0][0].mirrored else (0, -1)
        return [(starts[word[first].slot], ends[word[last].slot]) for word in read.words]
    return [(min(read.taken(word, starts)), max(read.taken(word, ends))) for word in read.words]


@lru_cache(maxsize=20_000)
def _normalized(text: str, language_code: str | None) -> str:
    return normalized(text, language_code)


def _broken(reads: Sequence[ReadRow], language_code: str | None) -> Broken | None:
    """What letters' widths say of lost ZWNJ; None where the language or the layer needs no asking."""
    if not language_code or not _uses_zwnj(language_code):
        return None
    stated = sum(half > 0 for read in reads for half in read.gaps.half)
    letters = sum(len(read.row) for read in reads)
    if stated * _KEEPS_ZWNJ > letters:
        return None
    return Shapes.learnt(reads).broken


def _uses_zwnj(language_code: str) -> bool:
    record = LANGUAGES.get(language_code.split("-")[0].lower())
    return record is not None and record.zwnj
