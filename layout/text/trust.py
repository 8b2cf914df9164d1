"""How far a text layer deserves belief: the page's as a whole, and each region's.

A layer can be missing, drawn without ink, placed where nothing is printed, coded without meaning
(no ToUnicode), or be the recognition of another program. Each is seen from something that can be
counted; the first that weighs too much is the reason given. What fails is read from the pixels.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from layout.document import LineShape
from layout.language.characters import TATWEEL, is_mark
from layout.text.embedded import LayerText, PrintedLine
from layout.text.guess import FUNCTION_WORDS

#: More signs without a meaning than this share, and the words cannot be put together.
_UNKNOWN = 0.04
#: ... in a single line: it is read from the pixels, the rest of its region is not.
_UNREADABLE = 0.25
#: Running text has letters and digits for three quarters of its signs; tables of numbers and rules of
#: dots come down to half.
_LETTERS = 0.5
#: Marks that stand on no letter: real text has none, a few are slips.
_LOOSE_MARKS = 0.03
#: Words of one letter make up a tenth of Persian or English text.
_SINGLE = 0.6
#: Lines of a region without any glyph: the layer was not made for this region.
_LINES = 0.5
#: A region's words must cover this much of the width of its ink.
_WIDTH = 0.5
#: ... unless the layer covers nearly all of the page's lines: then what it leaves out in a line is no
#: text but a rule, a frame or the edge of a picture taken into the line's box.
_COMPLETE = 0.9
#: Share of the page's glyphs on lines; below, the layer lies elsewhere than the ink.
_ON_LINES = 0.6
#: Function words are 15-30 % of running text in every language here; lists and names have few.
_FUNCTION = 0.04
_ENOUGH_WORDS = 40
#: Mistakes a recognition layer shows in its words (digits in words, capitals inside, symbols).
_ODD_HIDDEN = 0.015
_ODD = 0.2
_TELLING = 8


@dataclass(frozen=True, slots=True)
class Trust:
    """Whether a layer is used, how good it seems (0..1), and why, in a few words."""

    ok: bool
    score: float
    reason: str


def judge_page(text: LayerText, language: str | None, inked: int = 0) -> Trust:
    """The layer of a whole page; where it fails, no region of it is used.

    ``language`` is the BCP 47 code the page is thought to be in, or None; ``inked`` counts the signs of loose
    lines that the picture shows.
    """
    lines = [line for shape in text.shapes for line in shape if line is not None]
    loose = sum(line.glyphs for line in text.loose)
    total = text.glyphs + loose + text.unseen
    if not total:
        return Trust(False, 0.0, "the text layer holds no text on the page")
    on_lines = (text.glyphs + inked) / total
    if on_lines < _ON_LINES:
        return Trust(False, on_lines, f"only {on_lines:.0%} of the layer's text lies where the ink is")
    words = [word.text for line in lines for word in line.words]
    hidden = sum(line.invisible for line in lines) > 0.5 * text.glyphs
    if not lines:
        return Trust(
            True, on_lines, f"{on_lines:.0%} of the layer's text lies on ink, though no line was seen"
        )
    if hidden:
        odd = odd_words(words)
        if odd > _ODD_HIDDEN:
            return Trust(False, 1 - odd, f"hidden recognition layer with {odd:.0%} odd words")
    common = function_share(words, language)
    if common is not None and common < _FUNCTION:
        return Trust(
            False, common / _FUNCTION, f"its words are no words of the language ({common:.0%} common)"
        )
    if hidden:
        return Trust(True, 0.7, "hidden recognition layer that reads well")
    covered = _length(lines) / max(1.0, sum(max(line.box.width, line.box.height) for line in lines))
    return Trust(True, min(on_lines, covered), f"{on_lines:.0%} of the layer's text lies where the ink is")


def judge_region(
    lines: Sequence[PrintedLine | None], shapes: Sequence[LineShape], language: str | None, page: Trust
) -> Trust:
    """The layer on one region: ``lines`` as the layer has them for the region's line ``shapes``."""
    if not page.ok:
        return page
    found = [line for line in lines if line is not None and line.words]
    if not found and lines and all(line is not None for line in lines):
        return Trust(True, page.score, "its ink belongs to words of other lines")
    if not found:
        return Trust(False, 0.0, "no text of the layer lies here")
    readable = [line for line in readable_lines(found) if line is not None]
    if not readable:
        return _meaning(found)
    found = readable
    covered = _covered(lines, shapes)
    checks = (
        _meaning(found),
        Trust(
            covered > _WIDTH or page.score > _COMPLETE,
            covered,
            f"the layer's text covers {covered:.0%} of the printed lines",
        ),
        _words(found, language),
    )
    failed = [trust for trust in checks if not trust.ok]
    if failed:
        return failed[0]
    return Trust(True, min(page.score, *(trust.score for trust in checks)), page.reason)


def readable_lines(lines: Sequence[PrintedLine | None]) -> tuple[PrintedLine | None, ...]:
    """The lines, None for those whose signs mostly have no character (a heading in its own font)."""
    return tuple(
        line if line is not None and _strange_share([line]) <= _UNREADABLE else None for line in lines
    )


def function_share(words: Sequence[str], language: str | None) -> float | None:
    """Share of the language's commonest words; None where there are too few words to tell."""
    if language not in FUNCTION_WORDS:
        return None
    bare = [_bare(word) for word in words]
    bare = [word for word in bare if word]
    if len(bare) < _ENOUGH_WORDS:
        return None
    common = set(FUNCTION_WORDS[language].split())
    return sum(word in common for word in bare) / len(bare)


def odd_words(words: Iterable[str]) -> float:
    """Share of words that no typesetter sets: letters mixed with symbols, digits or inner capitals.

    Kashidas stretch a word by as many signs as its line needs, and are no part of it.
    """
    judged = [word for word in (_stripped(word).replace(TATWEEL, "") for word in words) if len(word) > 1]
    return sum(bool(_ODD_WORD.search(word)) for word in judged) / len(judged) if judged else 0.0


def _meaning(lines: Sequence[PrintedLine]) -> Trust:
    """Whether the signs are characters: known ones, mostly letters, marks on letters."""
    text = "".join(word.text for line in lines for word in line.words)
    strange = _strange_share(lines)
    if strange > _UNKNOWN:
        return Trust(False, 1 - strange, f"{strange:.0%} of its signs have no character (missing ToUnicode)")
    wordly = sum(char.isalnum() or is_mark(char) or char in _QUIET for char in text) / len(text)
    if len(text) >= _TELLING and wordly < _LETTERS:
        return Trust(False, wordly, f"only {wordly:.0%} of its signs are letters or digits")
    loose = sum(is_mark(word.text[0]) for line in lines for word in line.words)
    share = loose / sum(len(line.words) for line in lines)
    if loose > 1 and share > _LOOSE_MARKS:
        return Trust(False, 1 - share, f"{share:.0%} of its words begin with a loose mark")
    return Trust(True, 1 - strange, "its signs are characters")


def _words(lines: Sequence[PrintedLine], language: str | None) -> Trust:
    words = [word.text for line in lines for word in line.words]
    letters = [word for word in map(_stripped, words) if word and not word.isnumeric()]
    single = sum(len(word) == 1 for word in letters) / len(letters) if letters else 0.0
    if len(letters) >= _TELLING and single > _SINGLE:
        return Trust(False, 1 - single, f"{single:.0%} of its words are single letters")
    odd = odd_words(words)
    if len(words) >= _TELLING and odd > _ODD:
        return Trust(False, 1 - odd, f"{odd:.0%} of its words mix letters with other signs")
    common = function_share(words, language)
    if common is not None and common < _FUNCTION / 2:
        return Trust(False, common, f"its words are no words of the language ({common:.0%} common)")
    return Trust(True, 1 - odd, "its words look like words")


def _covered(lines: Sequence[PrintedLine | None], shapes: Sequence[LineShape]) -> float:
    """Share of the lines' lengths that the layer's words account for."""
    printed = sum(max(shape.box.width, shape.box.height) for shape in shapes)
    return _length([line for line in lines if line is not None]) / printed if printed else 1.0


def _length(lines: Iterable[PrintedLine]) -> float:
    """How long the words of some lines are, from the first to the last, inside the lines' boxes."""
    total = 0.0
    for line in lines:
        boxes = [word.box for word in line.words]
        if not boxes:
            continue
        if abs(line.along[0]) >= abs(line.along[1]):
            start, end = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
            total += max(0.0, min(end, line.box.x1) - max(start, line.box.x0))
        else:
            start, end = min(box.y0 for box in boxes), max(box.y1 for box in boxes)
            total += max(0.0, min(end, line.box.y1) - max(start, line.box.y0))
    return total


def _strange_share(lines: Sequence[PrintedLine]) -> float:
    text = "".join(word.text for line in lines for word in line.words)
    return sum(map(_is_strange, text)) / len(text) if text else 0.0


def _is_strange(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char) in ("Co", "Cn", "Cc")


def _stripped(word: str) -> str:
    return word.strip(_OUTER)


def _bare(word: str) -> str:
    return _stripped(word).replace(TATWEEL, "").replace("ſ", "s").lower()


_QUIET = set(".,:;-–—'’\"“”„«»()[]؟?!،؛…%٪/■●•*\u200c")
_OUTER = "".join(_QUIET) + "‹›‘‚§&+€$£°"
#: A Latin letter beside an Arabic one, a digit or symbol between letters, a capital after a small letter,
#: three of the same in a row.
_ODD_WORD = re.compile(
    r"[\u0620-\u064a\u066e-\u06d3][A-Za-z\u00c0-\u024f]|[\u00c0-\u024f][\u0620-\u064a\u066e-\u06d3]"
    r"|[^\W\d_][\d|~^*_#<>=\\{}•■]+[^\W\d_]|[a-zäöüß][A-ZÄÖÜ]|[|~^#<>\\{}_]|(\w)\1\1|^[^\w\s]+\w?$"
)
