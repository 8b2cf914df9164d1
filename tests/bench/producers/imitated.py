"""Content streams as programs write them that no test machine has; what is known of each is said there.

Lines are set by HarfBuzz and justified. A `Manner` then says which text the file has for each glyph, in which
pieces and order they are drawn, and what else a program of its kind does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import groupby, pairwise
from pathlib import Path

from layout.language.characters import TATWEEL, ZWNJ, is_mark, is_right_to_left
from layout.language.joining import joins_next, joins_previous
from tests.bench.producers.prose import Prose
from tests.bench.producers.shaped import Face, Placed, Setter
from tests.bench.producers.streams import Fonts, type3_codes, write

_WIDTH, _LEADING, _TOP, _ROWS = 235.0, 20.0, 70.0, 36
_COLUMNS = (310.0, 50.0)
_SIZE, _TITLE = 12.0, 15.0
#: Spaces of a justified line give way by this share before a word goes to the next line.
_SHRINK = 0.25

Line = Sequence[Placed]
Codes = Callable[[Face, Placed], str]


class Order(Enum):
    """In which order the pieces of a line are drawn."""

    VISUAL = "from left to right"
    WORDS = "words from right to left, each from left to right"
    LOGICAL = "from right to left, glyph for glyph"


class Piece(Enum):
    """What one operator shows."""

    LINE = "line"
    WORD = "word"
    GLYPH = "glyph"


class Spoken(Enum):
    """What has an ActualText."""

    NOTHING = "nothing"
    LIGATURES = "ligatures"
    WORDS = "words"
    LINES = "lines"


@dataclass(frozen=True)
class Manner:
    """How a program writes its text."""

    producer: str
    codes: Codes
    order: Order = Order.VISUAL
    piece: Piece = Piece.LINE
    spoken: Spoken = Spoken.NOTHING
    spaces: bool = True
    outlined: bool = False
    reversed_chars: bool = False
    spacing: float = 0.0  # between letters of the headline, in sizes
    narrowed: float = 1.0  # Tz
    kashidas: bool = False


def as_spelled(_: Face, glyph: Placed) -> str:
    """The letters the glyph stands for, in logical order."""
    return glyph.text


def turned(_: Face, glyph: Placed) -> str:
    """Ligatures from left to right, marks before their letter."""
    return glyph.text[::-1]


def by_font(face: Face, glyph: Placed) -> str:
    """The font's own code of the glyph, mostly a presentation form; what has none as it is spelled."""
    return face.codes.get(glyph.number, glyph.text)


def first_letter(face: Face, glyph: Placed) -> str:
    """As `by_font`, but of ligatures that have no code the first letter alone."""
    return face.codes.get(glyph.number, glyph.text[:1])


def font_alone(face: Face, glyph: Placed) -> str:
    """The font's own code of the glyph or nothing."""
    return face.codes.get(glyph.number, "")


MANNERS: dict[str, Manner] = {
    # A piece for each word or less, spaces as pieces of their own; codes of the font's table of characters.
    "as Word": Manner("Microsoft Word", by_font, piece=Piece.WORD),
    "as Word, ligatures": Manner("Microsoft Word", first_letter, piece=Piece.WORD),
    # One array of strings and kerning for a line, kashidas drawn to fill it, ligatures told by ActualText.
    "as InDesign": Manner("Adobe PDF Library", as_spelled, spoken=Spoken.LIGATURES, kashidas=True),
    "as InDesign, tagged": Manner("Adobe PDF Library", font_alone, spoken=Spoken.WORDS, spacing=0.08),
    # Lines turned to presentation forms by the program itself, drawn by one operator.
    "as iText": Manner("iText", by_font),
    "as Crystal Reports": Manner("Crystal Reports", by_font, Order.WORDS, Piece.WORD, spaces=False),
    # PostScript of the system's printer driver: glyph by glyph, what the font names alone.
    "as PDFCreator": Manner("GPL Ghostscript", font_alone, piece=Piece.GLYPH),
    "as Distiller": Manner("Acrobat Distiller", by_font, piece=Piece.GLYPH, spaces=False, narrowed=0.92),
    # Ligatures in the order of the page, as the letters around them.
    "as QuarkXPress": Manner("QuarkXPress", turned, piece=Piece.WORD, kashidas=True, spacing=0.05),
    # Runs with marks as glyphs of their own; letters as spelled.
    "as Quartz": Manner("Quartz PDFContext", as_spelled, piece=Piece.WORD),
    "as Skia": Manner("Skia/PDF", by_font, spoken=Spoken.LIGATURES, reversed_chars=True),
    "as Qt": Manner("Qt", as_spelled, order=Order.LOGICAL, piece=Piece.GLYPH),
    "as XeTeX": Manner("xdvipdfmx", by_font, spaces=False),
    "as dvips": Manner("dvips", as_spelled, piece=Piece.WORD, spaces=False, outlined=True),
    "ActualText of lines": Manner("Acrobat", font_alone, spoken=Spoken.LINES),
}


def imitate(manner: Manner, prose: Prose, folder: Path, first: Path, second: Path) -> Path:
    """The text in two columns, written in this manner."""
    setter = Setter(first, second, prose.rtl)
    texts: tuple[dict[int, str], dict[int, str]] = ({}, {})
    lines: list[tuple[float, float, float, Line, str]] = []
    for line, text, size, (left, down) in _lines(prose, setter, manner):
        lines.append((size, left, 842 - down, line, text))
        for glyph in line:
            said = manner.codes(setter.faces[glyph.font], glyph)
            texts[glyph.font].setdefault(glyph.number, said)
            texts[glyph.font][glyph.number] = texts[glyph.font][glyph.number] or said
    codes = [
        {n: f"{code:02X}" for n, code in type3_codes([*found]).items()}
        if manner.outlined
        else {n: f"{n:04X}" for n in found}
        for found in texts
    ]
    content = "\n".join(
        _drawn(manner, line, text, size, (left, base), codes, prose.rtl)
        for size, left, base, line, text in lines
    )
    name = manner.producer.lower().replace(" ", "-").replace("/", "-")
    fonts = Fonts(setter.faces, texts, manner.outlined)
    return write(folder / f"{name}.pdf", f"BT\n{content}\nET", fonts, manner.producer)


def _lines(
    prose: Prose, setter: Setter, manner: Manner
) -> Iterator[tuple[Line, str, float, tuple[float, float]]]:
    """Each line with its text, its size, its left end and its height from the top, in points."""
    columns = _COLUMNS if prose.rtl else _COLUMNS[::-1]
    row = 0
    for number, text in enumerate((prose.title, *prose.paragraphs)):
        size = _SIZE if number else _TITLE
        broken = [*_broken(_stretched(text) if manner.kashidas and number else text, setter, _WIDTH / size)]
        for place, words in enumerate(broken):
            line = setter.line(words, " ".join(broken[:place]))
            if not number and manner.spacing:
                line = [
                    replace(glyph, x=glyph.x + n * manner.spacing)
                    for n, glyph in zip(_steps(line), line, strict=True)
                ]
            elif place < len(broken) - 1:
                line = _justified(line, _WIDTH / size)
            end = max(glyph.x + glyph.advance for glyph in line)
            left = columns[row // _ROWS] + (_WIDTH - end * size if prose.rtl else 0.0)
            yield line, words, size, (left, _TOP + row % _ROWS * _LEADING)
            row += 1


def _steps(line: Line) -> list[int]:
    """For each glyph how many letters there are to its left; marks stay with theirs."""
    count, found = -1, []
    for glyph in line:
        count += glyph.advance > 0 or count < 0
        found.append(count)
    return found


def _broken(text: str, setter: Setter, width: float) -> Iterator[str]:
    space = setter.width(" ")
    line: list[str] = []
    for word in text.split(" "):
        longer = [*line, word]
        if line and setter.width(" ".join(longer)) - _SHRINK * space * len(line) > width:
            yield " ".join(line)
            longer = [word]
        line = longer
    yield " ".join(line)


def _justified(line: Line, width: float) -> Line:
    """The line made as wide as its column by its spaces."""
    spaces = sum(glyph.text == " " for glyph in line)
    more = (width - max(glyph.x + glyph.advance for glyph in line)) / max(1, spaces)
    moved, shift = [], 0.0
    for glyph in line:
        moved.append(replace(glyph, x=glyph.x + shift))
        shift += more if glyph.text == " " else 0.0
    return moved


def _stretched(text: str) -> str:
    """Two kashidas in the last joint of every third word."""
    words = text.split(" ")
    for number in range(0, len(words), 3):
        word = words[number]
        joints = [n for n, (a, b) in enumerate(pairwise(word), 1) if joins_next(a) and joins_previous(b)]
        joints = [n for n in joints if not (word[n - 1] == "ل" and word[n] in "اأإآ")]
        if joints:
            words[number] = word[: joints[-1]] + 2 * TATWEEL + word[joints[-1] :]
    return " ".join(words)


def _drawn(
    manner: Manner,
    line: Line,
    text: str,
    size: float,
    place: tuple[float, float],
    codes: Sequence[dict[int, str]],
    rtl: bool,
) -> str:
    """The operators that draw a line."""
    words = [list(part) for _, part in groupby(line, key=lambda glyph: glyph.text == " ")]
    if manner.spoken is Spoken.LINES or (manner.piece is Piece.LINE and manner.spoken is Spoken.NOTHING):
        pieces = [list(line)]
    elif manner.piece is Piece.GLYPH:
        pieces = [[glyph] for glyph in line]
    else:
        pieces = words
    if manner.spoken is Spoken.LIGATURES:
        pieces = [list(part) for piece in pieces for _, part in groupby(piece, key=_is_ligature)]
    if not manner.spaces:
        pieces = [kept for piece in pieces if (kept := [glyph for glyph in piece if glyph.text != " "])]
    if manner.order is not Order.VISUAL and rtl:
        pieces.reverse()
    return "\n".join(_piece(manner, piece, text, size, place, codes) for piece in pieces)


def _is_ligature(glyph: Placed) -> bool:
    return sum(not is_mark(char) for char in glyph.text) > 1


def _piece(
    manner: Manner,
    piece: Line,
    text: str,
    size: float,
    place: tuple[float, float],
    codes: Sequence[dict[int, str]],
) -> str:
    shown = "\n".join(_shown(manner, list(part), size, place, codes) for part in _alike(piece))
    if (
        manner.spoken is Spoken.WORDS
        or manner.spoken is Spoken.LINES
        or (manner.spoken is Spoken.LIGATURES and _is_ligature(piece[0]))
    ):
        said = ("\ufeff" + _logical(piece, text)).encode("utf-16-be").hex().upper()
        return f"/Span<</ActualText<{said}>>>BDC\n{shown}\nEMC"
    if manner.reversed_chars and any(is_right_to_left(char) for glyph in piece for char in glyph.text):
        return f"/ReversedChars BMC\n{shown}\nEMC"
    return shown


def _logical(piece: Line, text: str) -> str:
    """The part of a line's ``text`` that a piece of it draws: the line, a word or a ligature."""
    drawn = sorted("".join(glyph.text for glyph in piece))
    parts = (text, *text.split(" "))
    return next((part for part in parts if sorted(part.replace(ZWNJ, "")) == drawn), piece[0].text)


def _alike(piece: Line) -> Iterator[Line]:
    """Stretches of one font and one height."""
    for _, part in groupby(piece, key=lambda glyph: (glyph.font, round(glyph.y, 3))):
        yield list(part)


def _shown(
    manner: Manner, part: Line, size: float, place: tuple[float, float], codes: Sequence[dict[int, str]]
) -> str:
    """One operator for glyphs of one font and height, with what they are moved by against their widths."""
    left, base = place
    first, narrow = part[0], manner.narrowed
    array = [f"<{codes[first.font][first.number]}>"]
    for before, glyph in pairwise(part):
        moved = 1000 * (before.x + before.advance - glyph.x)
        array += [f"{moved:.0f}"] if abs(moved) >= 1 else []
        array.append(f"<{codes[glyph.font][glyph.number]}>")
    x, y = left * narrow + first.x * size * narrow, base + first.y * size
    scaled = f"{100 * narrow:.0f} Tz " if narrow != 1 else ""
    show = f"{array[0]}Tj" if len(array) == 1 else f"[{''.join(array)}]TJ"
    return f"/F{first.font} {size:g} Tf {scaled}1 0 0 1 {x:.3f} {y:.3f} Tm {show}"
