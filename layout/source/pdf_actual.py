"""Words of ActualText put on the glyphs they stand for.

A PDF may say in words what a few glyphs mean together: a letter and its vowel sign, a ligature, a letter
drawn in two strokes or of a body and its dots, a ZWNJ and the letter after it. The glyphs have the
places, the words the meaning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any
from unicodedata import bidirectional

import numpy as np

from layout.document import Glyph, Glyphs
from layout.language.characters import CONTROLS, ZWNJ, is_mark, is_right_to_left, open_forms
from layout.source.pdf_raw import NO_CODE, Char, chars_of, spans_of
from layout.source.pdf_replaced import is_wide, replaced
from layout.source.pdf_runs import SAID, Runs, letters_of
from layout.source.pdf_spoken import Bounds, Drawn, Spoken, spoken_texts

#: Origins are compared in steps of this many points.
_STEP = 0.05
#: Glyphs that move the pen by less (in font sizes) are marks and dots.
_THIN = 0.001
#: Two glyphs touch but for this share of their size.
_TOUCHING = 0.1
#: The direction of upright text.
_LEVEL = (1.0, 0.0)
_JOINERS = frozenset((*CONTROLS, ZWNJ))


def say(raw: dict[str, Any], runs: Runs) -> None:
    """Give the characters of a page what the file says of them, in place.

    ``raw`` is MuPDF's "rawdict" of the page, read without ActualText.
    A character may then hold several; those that nothing is said of in a text are taken out, and where
    a letter has several glyphs its box holds them all.
    """
    put_texts(raw, found_by_place(chars_of(raw), spoken_texts(runs)))


def say_of_letters(raw: dict[str, Any], runs: Runs) -> int | None:
    """The same where all texts stand for a letter each, in less time: how many change something.

    None where that cannot be told; then nothing is done. Where some change something MuPDF has left out no
    character of the page but what has no size.
    """
    chars = chars_of(raw)
    codes = [char["c"] for char in chars]
    if NO_CODE in codes or _has_parts(chars):
        return None
    said = runs.text(SAID)
    if letters_of(said) == "".join(codes):
        return 0
    texts = replaced(chars, chars_of(said.extractRAWDICT()))
    if texts is not None:
        put_texts(raw, texts)
    return None if texts is None else len(texts)


def _has_parts(chars: Sequence[Char]) -> bool:
    """Whether some letter is a further one of a ligature: a text of both puts them together."""
    boxes = ((char["c"], char["bbox"]) for char in chars)
    thin = {text for text, (x0, y0, x1, y1) in boxes if x0 == x1 or y0 == y1}
    return not all(text.isspace() or is_mark(text) for text in thin)


def put_texts(raw: dict[str, Any], texts: Iterable[tuple[str, Sequence[Char]]]) -> None:
    """Put texts on characters of a page, those of each in file order."""
    for text, found in texts:
        if found:
            _put(text, found)
    for span, _ in spans_of(raw):
        span["chars"] = [char for char in span["chars"] if char["c"]]


def found_by_place(chars: Iterable[Char], spoken: Iterable[Spoken]) -> Iterator[tuple[str, list[Char]]]:
    """The texts with the characters of their glyphs, as far as they are in MuPDF's text."""
    places: dict[tuple[int, int], list[Char]] = defaultdict(list)
    for char in chars:
        places[_place(char["origin"])].append(char)
    for said in spoken:
        taken = (_take(places, glyph) for glyph in said.glyphs)
        yield said.text, [char for char in taken if char]


def _place(origin: tuple[float, float]) -> tuple[int, int]:
    return round(origin[0] / _STEP), round(origin[1] / _STEP)


def _take(chars: dict[tuple[int, int], list[Char]], glyph: Drawn) -> Char | None:
    """The character of a glyph; each is given once."""
    for x, y in (_place(glyph.origin), _place(glyph.pen)):
        for place in ((x + dx, y + dy) for dx in (0, -1, 1) for dy in (0, -1, 1)):
            for number, char in enumerate(chars.get(place, ())):
                if char["c"] == glyph.code:
                    return chars[place].pop(number)
    return None


def _put(text: str, found: Sequence[Char]) -> None:
    """Words on the characters drawn for them."""
    if len(found) == 1:
        found[0]["c"] = text
        return
    wide = [char for char in found if is_wide(char)] or [found[0]]
    letters = _letters(text)
    if _runs_left(text, wide):
        wide.sort(key=lambda char: -char["origin"][0])
        letters = _as_drawn(letters)
    codes = [open_forms(char["c"]) for char in wide]
    for char in found:
        char["c"] = ""
    if len(wide) == 1 or len(letters) == 1:
        _give(wide, text)
        return
    firsts = [letter.strip("".join(_JOINERS))[:1] for letter in letters]
    for _, i1, i2, j1, j2 in SequenceMatcher(None, codes, firsts, autojunk=False).get_opcodes():
        _share(wide[i1:i2] or wide[max(0, i1 - 1) : i1] or wide[:1], letters[j1:j2])


def _letters(text: str) -> list[str]:
    """The letters of a text, each with the marks and the ZWNJ after it (and one before the first)."""
    letters: list[str] = []
    for char in text:
        if letters and (is_mark(char) or char in _JOINERS or all(c in _JOINERS for c in letters[-1])):
            letters[-1] += char
        else:
            letters.append(char)
    return letters


def _runs_left(text: str, wide: Sequence[Char]) -> bool:
    """Whether a text is set from right to left: by its first letter, or by where its sign is drawn."""
    first = next(filter(str.isalpha, text), "")
    if first or text[:1].isdigit() == text[-1:].isdigit():
        return is_right_to_left(first or " ")
    ends = (pick(wide, key=lambda char: char["origin"][0])["c"] for pick in (min, max))
    leftmost, rightmost = map(str.isdigit, ends)
    return bool((leftmost, rightmost) == (text[-1].isdigit(), text[0].isdigit()))


def _as_drawn(letters: Sequence[str]) -> list[str]:
    """The letters of a right-to-left text as they stand from right to left: foreign words and numbers turned.

    Unicode's algorithm in short: signs between two letters of foreign words are of them, those between
    digits where they are common separators; what is left is of the text.
    """
    ways = [_way(letter) for letter in letters]
    for place in range(1, len(ways) - 1):
        if ways[place] == "CS" and ways[place - 1] == ways[place + 1] == "N":
            ways[place] = "N"
    foreign = [way in ("L", "N") for way in ways]
    latin = [place for place, way in enumerate(ways) if way == "L"]
    for start, end in pairwise(latin):
        if "R" not in ways[start:end]:
            foreign[start:end] = [True] * (end - start)
    drawn: list[str] = []
    for turned, run in groupby(zip(foreign, letters, strict=True), key=itemgetter(0)):
        part = [letter for _, letter in run]
        drawn += part[::-1] if turned else part
    return drawn


def _way(letter: str) -> str:
    """How a letter runs: to the right (L), the left (R), as digits (N), as what parts them (CS), or not."""
    way = bidirectional(letter.strip("".join(_JOINERS))[:1] or " ")
    return {"L": "L", "R": "R", "AL": "R", "EN": "N", "AN": "N", "CS": "CS"}.get(way, "")


def _share(chars: Sequence[Char], letters: Sequence[str]) -> None:
    """Letters on as many or more or fewer characters, evenly."""
    count = len(letters)
    if not count:
        return
    owned: dict[int, list[Char]] = defaultdict(list)
    for number, char in enumerate(chars):
        owned[number * count // len(chars)].append(char)
    ends = [*owned, count][1:]
    for (start, own), end in zip(owned.items(), ends, strict=True):
        _give(own, "".join(letters[start:end]))


def _give(chars: Sequence[Char], text: str) -> None:
    """A text on the first of its glyphs, which then is as large as all of them."""
    first = chars[0]
    first["c"] += text
    if len(chars) > 1:
        boxes: list[Bounds] = [char["bbox"] for char in chars]
        x0, y0, x1, y1 = zip(*boxes, strict=True)
        first["bbox"] = (min(x0), min(y0), max(x1), max(y1))


def on_codeless(glyphs: Glyphs) -> Glyphs:
    """The glyphs of a page, with codes put on glyphs without one where they were given to a sign beside it.

    So it is where the code of a letter with its sign was given to the sign alone. Numbered anew.
    """
    if NO_CODE not in glyphs.text:
        return glyphs
    texts, gone = list(glyphs.text), np.zeros(len(glyphs), bool)
    for unit in _thin_units(glyphs):
        place = _codeless_beside(glyphs, texts, unit)
        if place is not None:
            said = [texts[number] for number in unit]
            letters = [text for text in said if not is_mark(text[0])]
            signs = dict.fromkeys(text for text in said if is_mark(text[0]))
            texts[place] = "".join([*letters[::-1], *signs])
            gone[unit] = True
    if not gone.any():
        return glyphs
    rows = zip(glyphs, texts, (~gone).tolist(), strict=True)
    left = (glyph._replace(text=text) for glyph, text, is_left in rows if is_left)
    return Glyphs.of(glyph._replace(sequence=number) for number, glyph in enumerate(left))


def _thin_units(glyphs: Glyphs) -> list[list[int]]:
    """Runs of characters without width at one place beside a glyph without a code, spaces left out."""
    x0, y0, x1, y1, size = (
        np.asarray(side, np.float64) for side in (glyphs.x0, glyphs.y0, glyphs.x1, glyphs.y1, glyphs.size)
    )
    thin = np.minimum(x1 - x0, y1 - y0) <= _THIN * size
    codeless = np.fromiter((text == NO_CODE for text in glyphs.text), bool, len(thin)) & ~thin
    beside = thin.copy()
    beside[1:-1] &= codeless[2:] | codeless[:-2]
    units: list[list[int]] = []
    for place in np.flatnonzero(beside).tolist():
        if _is_sign(glyphs[place]) and not (units and place <= units[-1][-1]):
            start, end = (_reach(glyphs, place, step) for step in (-1, 1))
            units.append([*range(start, end + 1)])
    return units


def _reach(glyphs: Glyphs, place: int, step: int) -> int:
    """How far the signs at one place go on from one of them to this side."""
    origin, after = glyphs[place].origin, place + step
    while 0 <= after < len(glyphs) and glyphs[after].origin == origin and _is_sign(glyphs[after]):
        after += step
    return after - step


def _codeless_beside(glyphs: Glyphs, texts: Sequence[str], unit: Sequence[int]) -> int | None:
    """The glyph without a code that signs at one place lie on."""
    x = glyphs.x[unit[0]]
    for place in (unit[0] - 1, unit[-1] + 1):
        if 0 <= place < len(glyphs) and texts[place] == NO_CODE and not _is_thin(glyphs[place]):
            reach = _TOUCHING * glyphs.size[place]
            if glyphs.x0[place] - reach <= x <= glyphs.x1[place] + reach:
                return place
    return None


def _is_sign(glyph: Glyph) -> bool:
    return _is_thin(glyph) and not glyph.text.isspace()


def _is_thin(glyph: Glyph) -> bool:
    """No width along the line of writing, whichever way that runs."""
    across = abs(glyph.advance[0]) >= abs(glyph.advance[1])
    return (glyph.box.width if across else glyph.box.height) <= _THIN * glyph.size
