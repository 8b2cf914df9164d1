"""The text layer of a PDF, read line by line: words in logical order with their places.

    glyphs -> signs on a line -> clusters by x -> gaps -> reading order -> words

Nothing of the file's own order is believed: it is visual in some producers, logical in others, and mixed
after extraction. The lines come from the segmentation (where the ink is); glyphs on no line are given
back as loose lines, so that nothing is lost. Text is as printed: presentation forms opened, brackets by
meaning, ZWNJ where the page shows it, tatweel kept. Beside it stands the normalised reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from layout.document import Box, Direction, Point, Segmentation, TextLayer
from layout.language import LANGUAGES, normalized
from layout.language.characters import SOFT_HYPHEN, TATWEEL, ZWNJ
from layout.language.persian import part_halves
from layout.text.embedded_clusters import Cluster, mark_votes, row_of
from layout.text.embedded_gaps import judge_gaps
from layout.text.embedded_lines import (
    Assigned,
    assign,
    frame_box,
    numbered_lines,
    on_page,
    page_box,
    sound,
    stacked_rows,
)
from layout.text.embedded_lost import restore_lost
from layout.text.embedded_order import CLOSE, LEFT, OPEN, RIGHT
from layout.text.embedded_shapes import Shapes
from layout.text.embedded_signs import UNKNOWN, Sign, traits
from layout.text.embedded_symbols import bullet_of, family, mirrored_families, role_of, symbol_fonts
from layout.text.embedded_words import Broken, Piece, ReadRow, read_row, text_of

#: A shape is read against the page's direction if this share of its letters is of the other script.
_OTHER_SCRIPT = 0.8
_ENOUGH_LETTERS = 6
#: A layer that states a ZWNJ at least once in this many letters keeps them; shapes need not be asked.
_KEEPS_ZWNJ = 1500
_EDGES = "«»()[]،؛؟.:!…"
#: From this value of each channel on, text on white paper cannot be seen.
_WHITE = 245


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word of a line: as printed (NFC, logical order), its place, the normalised reading if other."""

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
class LayerText:
    """What a layer says on each line of a segmentation.

        ``shapes`` holds for every shape in walk order a tuple with one entry for each of its lines, None
    where the layer has nothing. ``loose`` are lines that the page shows outside all shapes, top to
        bottom; ``unseen`` counts the signs of loose lines drawn without ink or in white, which are no text of
        the page. ``glyphs`` counts the signs on lines, ``doubled`` those drawn twice (left out once),
        ``misplaced`` those without a possible place, ``outside`` those off the page.
    """

    shapes: tuple[tuple[PrintedLine | None, ...], ...]
    loose: tuple[PrintedLine, ...] = ()
    glyphs: int = 0
    doubled: int = 0
    misplaced: int = 0
    outside: int = 0
    unseen: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    """A line on its way: its signs, its place in the frame, and its rows with theirs, read.

    There is one row, unless the segmentation took two lines for one.
    """

    signs: list[Sign]
    along: Point
    frame: Box
    direction: Direction
    rows: tuple[tuple[ReadRow, Box], ...]


def read_layer(
    layer: TextLayer,
    segmentation: Segmentation,
    language_code: str | None,
    direction: Direction,
) -> LayerText:
    """The words of a text layer on the lines of a segmentation (both in page pixels).

    ``direction`` is the page's; a shape set in the other script is read in its own. ``language_code``
    (BCP 47 or None) decides the normalised reading, and whether a lost ZWNJ is looked for. Glyphs with
    impossible places are left out and counted in ``misplaced``. Never raises on odd layers.
    """
    placed = sound(layer.glyphs, segmentation.width, segmentation.height)
    glyphs = on_page(placed, segmentation.width, segmentation.height)
    invisible = {glyph.sequence for glyph in glyphs if glyph.invisible}
    white = {color for color in {glyph.color for glyph in glyphs} if _is_white(color)}
    inkless = invisible | {glyph.sequence for glyph in glyphs if glyph.color in white}
    directions = _shape_directions(segmentation)
    lines: dict[int, _Line] = {}
    loose: list[_Line] = []
    unseen = 0
    frames = {number: line.box for number, _, line in numbered_lines(segmentation)}
    parts = assign(glyphs, segmentation)
    marks_follow = _marks_follow(parts)
    for assigned in parts:
        by_shape = _directions(assigned.lines, directions, direction)
        for number, signs in assigned.lines.items():
            frame = frame_box(frames[number], assigned.along)
            lines[number] = _read(signs, assigned.along, frame, by_shape[directions[number]], marks_follow)
        for signs in assigned.loose:
            if inkless and all(sign.sequence in inkless for sign in signs):
                unseen += len(signs)
            else:
                shown = _direction_of(signs, direction)
                loose.append(_read(signs, assigned.along, None, shown, marks_follow))
    finish = _Finisher([*lines.values(), *loose], language_code, invisible)
    printed = {number: done for number, line in lines.items() if (done := finish(line)).words}
    return LayerText(
        _by_shape(segmentation, printed),
        tuple(sorted((finish(line) for line in loose), key=lambda line: (line.box.y0, line.box.x0))),
        glyphs=sum(line.glyphs for line in printed.values()),
        doubled=sum(read.row.doubled for line in (*lines.values(), *loose) for read, _ in line.rows),
        misplaced=len(layer.glyphs) - len(placed),
        outside=len(placed) - len(glyphs),
        unseen=unseen,
    )


def _is_white(color: int) -> bool:
    """Whether an RGB number is white or nearly so."""
    return all((color >> shift & 0xFF) >= _WHITE for shift in (0, 8, 16))


class _Finisher:
    """Turns read lines into printed ones with what the whole page taught: shapes, brackets, fonts."""

    def __init__(self, lines: Sequence[_Line], language_code: str | None, invisible: set[int]) -> None:
        reads = [read for line in lines for read, _ in line.rows]
        restore_lost(reads, language_code)
        self._families = mirrored_families(reads)
        self._symbols = symbol_fonts(reads)
        self._language = language_code
        self._invisible = invisible
        self._broken = _broken(reads, language_code)
        self._spelled = self._half_spaced(reads) if self._broken and language_code == "fa" else None

    def _half_spaced(self, reads: Sequence[ReadRow]) -> dict[str, str]:
        """Words in which a lost ZWNJ was seen, by their letters: how the page spells them elsewhere."""
        words = [self._text(word, read) for read in reads for word in read.words if len(word) > 3]
        bare = (text.replace(TATWEEL, "").strip(_EDGES) for text in words if ZWNJ in text)
        return {text.replace(ZWNJ, ""): text for text in bare}

    def __call__(self, line: _Line) -> PrintedLine:
        words = [word for read, frame in line.rows for word in self._words(read, frame, line.along)]
        shown = [sign for sign in line.signs if not sign.text.isspace()]
        return PrintedLine(
            tuple(words),
            page_box(line.frame, line.along),
            line.direction,
            line.along,
            glyphs=len(shown),
            unknown=sum(UNKNOWN in sign.text for sign in shown),
            invisible=sum(sign.sequence in self._invisible for sign in shown) if self._invisible else 0,
        )

    def _words(self, read: ReadRow, frame: Box, along: Point) -> Iterator[PrintedWord]:
        texts = [self._text(word, read) for word in read.words]
        if texts and texts[-1].endswith(SOFT_HYPHEN):
            texts[-1] = texts[-1][:-1] + "-"
        for word, text in zip(read.words, texts, strict=True):
            text = text.replace(SOFT_HYPHEN, "")
            if text:
                yield self._word(text, [read.row.clusters[piece.slot] for piece in word], frame, along)

    def _text(self, word: Sequence[Piece], read: ReadRow) -> str:
        bullet = bullet_of(word, read, self._symbols)
        if bullet is not None:
            return bullet
        return text_of(word, read, self._meant, self._broken)

    def _meant(self, word: Sequence[Piece], place: int, read: ReadRow) -> bool:
        """Whether a bracket in right-to-left text is stored as the other one of its pair."""
        group = read.row.clusters[word[place].slot].group
        role = role_of(word, place, read)
        if role:
            return role != group
        pair = family(read.row.clusters[word[place].slot].text)
        return self._families.get(pair, self._families[""]) if group in (OPEN, CLOSE) else False

    def _word(self, text: str, clusters: Sequence[Cluster], frame: Box, along: Point) -> PrintedWord:
        u0 = min([cluster.u0 for cluster in clusters])
        u1 = max([cluster.u1 for cluster in clusters])
        box = page_box(Box(u0, frame.y0, max(u1, u0), frame.y1), along)
        reading = _normalized(text, self._language)
        if self._spelled is not None:
            reading = part_halves(reading, self._spelled)
        return PrintedWord(text, box, reading if reading and reading != text else None)


@lru_cache(maxsize=20_000)
def _normalized(text: str, language_code: str | None) -> str:
    return normalized(text, language_code)


def _marks_follow(parts: Iterable[Assigned]) -> bool:
    """Which letter the layer's marks stand on where they lie between two; one habit for the page."""
    lines = (
        line
        for part in parts
        for line in (*part.lines.values(), *part.loose)
        if any(traits(sign.text).mark for sign in line)
    )
    return sum(mark_votes(line, _line_em(line)) for line in lines) > 0


def _read(
    signs: list[Sign], along: Point, frame: Box | None, direction: Direction, marks_follow: bool
) -> _Line:
    parts = stacked_rows(signs)
    frame = frame or _row_frame(signs)
    rows = []
    for part in parts:
        em = _line_em(part)
        row = row_of(part, em, marks_follow)
        read = read_row(row, judge_gaps(row, em), direction)
        rows.append((read, frame if len(parts) == 1 else _row_frame(part)))
    return _Line(signs, along, frame, direction, tuple(rows))


def _line_em(signs: Sequence[Sign]) -> float:
    sizes = sorted([sign.size for sign in signs])
    return sizes[len(sizes) // 2]


def _row_frame(signs: Sequence[Sign]) -> Box:
    """A box about as high as the ink of a line: from the ascenders to the descenders."""
    em = _line_em(signs)
    base = sorted(sign.base for sign in signs)[len(signs) // 2]
    shown = [sign for sign in signs if not sign.text.isspace()]
    return Box(
        min(sign.u0 for sign in shown), base - 0.8 * em, max(sign.u1 for sign in shown), base + 0.25 * em
    )


def _shape_directions(segmentation: Segmentation) -> dict[int, int]:
    """Line number -> number of its shape in walk order."""
    owner: dict[int, int] = {}
    number = 0
    for index, shape in enumerate(segmentation.walk()):
        for _ in shape.lines:
            owner[number] = index
            number += 1
    return owner


def _directions(lines: dict[int, list[Sign]], owner: dict[int, int], page: Direction) -> dict[int, Direction]:
    shapes: dict[int, list[Sign]] = {}
    for number, signs in lines.items():
        shapes.setdefault(owner[number], []).extend(signs)
    return {shape: _direction_of(signs, page) for shape, signs in shapes.items()}


def _direction_of(signs: Iterable[Sign], page: Direction) -> Direction:
    """The page's direction, unless nearly all letters are of a script that runs the other way."""
    groups = [traits(sign.text).group for sign in signs]
    right, left = groups.count(RIGHT), groups.count(LEFT)
    own, other = (right, left) if page is Direction.RTL else (left, right)
    if right + left >= _ENOUGH_LETTERS and other > _OTHER_SCRIPT * (own + other):
        return Direction.LTR if page is Direction.RTL else Direction.RTL
    return page if page is Direction.RTL else Direction.LTR


def _broken(reads: Sequence[ReadRow], language_code: str | None) -> Broken | None:
    """What letters' widths say of lost ZWNJ; None where the language or the layer needs no asking."""
    if not language_code or not _uses_zwnj(language_code):
        return None
    stated = sum(half > 0 for read in reads for half in read.gaps.half)
    letters = sum(len(read.row.clusters) for read in reads)
    if stated * _KEEPS_ZWNJ > letters:
        return None
    return Shapes.learnt(reads).broken


def _uses_zwnj(language_code: str) -> bool:
    record = LANGUAGES.get(language_code.split("-")[0].lower())
    return record is not None and record.zwnj


def _by_shape(
    segmentation: Segmentation, printed: dict[int, PrintedLine]
) -> tuple[tuple[PrintedLine | None, ...], ...]:
    shapes: list[tuple[PrintedLine | None, ...]] = []
    number = 0
    for shape in segmentation.walk():
        shapes.append(tuple(printed.get(number + place) for place in range(len(shape.lines))))
        number += len(shape.lines)
    return tuple(shapes)
