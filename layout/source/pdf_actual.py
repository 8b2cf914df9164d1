"""Words of ActualText put on the glyphs they stand for.

A PDF may say in words what a few glyphs mean together: a letter and its vowel sign, a ligature, a letter
drawn in two strokes or of a body and its dots, a ZWNJ and the letter after it. The glyphs have the
places, the words the meaning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any
from unicodedata import bidirectional

import numpy as np

from layout.document import Glyph, Glyphs
from layout.language.characters import CONTROLS, ZWNJ, is_mark, is_right_to_left, open_forms
from layout.source.pdf_spoken import Bounds, Drawn, Spoken

#: Origins are compared in steps of this many points.
_STEP = 0.05
#: Glyphs that move the pen by less (in font sizes) are marks and dots.
_THIN = 0.001
#: Two glyphs touch but for this share of their size.
_TOUCHING = 0.1
_NO_CODE = "\ufffd"
#: The direction of upright text.
_LEVEL = (1.0, 0.0)
_JOINERS = frozenset((*CONTROLS, ZWNJ))

Char = dict[str, Any]


def say(raw: dict[str, Any], spoken: Iterable[Spoken]) -> None:
    """Give the characters of a page what is said of them, in place.

    ``raw`` is MuPDF's "rawdict", read without ActualText.
    A character may then hold several; those that nothing is said of in a text are taken out, and where
    a letter has several glyphs its box holds them all.
    """
    spans = [span for block in raw["blocks"] for line in block.get("lines", ()) for span in line["spans"]]
    chars = _by_place(char for span in spans for char in span["chars"])
    for said in spoken:
        taken = ((_take(chars, glyph), glyph.advance > _THIN) for glyph in said.glyphs)
        found = [(char, is_wide) for char, is_wide in taken if char]
        if found:
            _put(said.text, found)
    for span in spans:
        span["chars"] = [char for char in span["chars"] if char["c"]]


def _by_place(chars: Iterable[Char]) -> dict[tuple[int, int], list[Char]]:
    places: dict[tuple[int, int], list[Char]] = defaultdict(list)
    for char in chars:
        places[_place(char["origin"])].append(char)
    return places


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


def _put(text: str, found: Sequence[tuple[Char, bool]]) -> None:
    """Words on the characters drawn for them; ``found`` says of each whether it has a width."""
    if len(found) == 1:
        found[0][0]["c"] = text
        return
    wide = [char for char, is_wide in found if is_wide] or [found[0][0]]
    letters = _letters(text)
    if _runs_left(text, wide):
        wide.sort(key=lambda char: -char["origin"][0])
        letters = _as_drawn(letters)
    codes = [open_forms(char["c"]) for char in wide]
    for char, _ in found:
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
    if _NO_CODE not in glyphs.text or not _beside_thin(glyphs):
        return glyphs
    rows = list(glyphs)
    kept: list[Glyph | None] = [*rows]
    for unit in _thin_units(rows):
        _move_code(kept, unit)
    left = (glyph for glyph in kept if glyph is not None)
    return Glyphs.of(glyph._replace(sequence=number) for number, glyph in enumerate(left))


def _beside_thin(glyphs: Glyphs) -> bool:
    """Whether some glyph without a code has one without width or height next to it."""
    x0, y0, x1, y1, size = (
        np.asarray(side, np.float64) for side in (glyphs.x0, glyphs.y0, glyphs.x1, glyphs.y1, glyphs.size)
    )
    thin = np.minimum(x1 - x0, y1 - y0) <= _THIN * size
    codeless = np.fromiter((text == _NO_CODE for text in glyphs.text), bool, len(thin)) & ~thin
    return bool((codeless[1:] & thin[:-1]).any() or (codeless[:-1] & thin[1:]).any())


def _thin_units(glyphs: Sequence[Glyph]) -> list[list[int]]:
    """Runs of characters without width at one place, spaces left out."""
    units: list[list[int]] = []
    for place, glyph in enumerate(glyphs):
        if not _is_thin(glyph) or glyph.text.isspace():
            continue
        if units and units[-1][-1] == place - 1 and glyphs[place - 1].origin == glyph.origin:
            units[-1].append(place)
        else:
            units.append([place])
    return units


def _move_code(glyphs: list[Glyph | None], unit: Sequence[int]) -> None:
    said = [glyph for place in unit if (glyph := glyphs[place]) is not None]
    x = said[0].origin[0]
    for place in (unit[0] - 1, unit[-1] + 1):
        other = glyphs[place] if 0 <= place < len(glyphs) else None
        if other is None or other.text != _NO_CODE or _is_thin(other):
            continue
        reach = _TOUCHING * other.size
        if other.box.x0 - reach <= x <= other.box.x1 + reach:
            letters = [glyph.text for glyph in said if not is_mark(glyph.text[0])]
            signs = dict.fromkeys(glyph.text for glyph in said if is_mark(glyph.text[0]))
            glyphs[place] = other._replace(text="".join([*letters[::-1], *signs]))
            for number in unit:
                glyphs[number] = None
            return


def _is_thin(glyph: Glyph) -> bool:
    """No width along the line of writing, whichever way that runs."""
    across = abs(glyph.advance[0]) >= abs(glyph.advance[1])
    return (glyph.box.width if across else glyph.box.height) <= _THIN * glyph.size
