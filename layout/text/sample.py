"""A rough text of a PDF's layer, good enough to tell its language; the true text is `embedded`'s work."""

from __future__ import annotations

from collections.abc import Iterable

from layout.document import Glyph, TextLayer
from layout.language import script_of
from layout.language.characters import open_forms
from layout.text.guess import Guess, guess_language

#: So many glyphs tell a language; more only cost time.
_ENOUGH = 6000
#: A gap wider than this share of the size parts two words (spaces are 0.2 to 0.3 wide).
_GAP = 0.15
#: Fewer letters tell little.
_FEWEST = 12
#: A sound layer is made of letters of some script; symbol soup is not.
_LETTERS = 0.4


def layer_language(layer: TextLayer, enough: int = _FEWEST) -> Guess | None:
    """The language of a text layer, None where it has less than ``enough`` letters or no known ones.

    Words are taken in the file's order and turned round, for many files store right-to-left text as it
    looks: the order in which more words make sense counts.
    """
    text = rough_text(layer.glyphs[:_ENOUGH])
    letters = sum(char.isalpha() for char in text)
    visible = sum(not char.isspace() for char in text)
    script = script_of(text)
    if script is None or letters < _LETTERS * visible or letters < enough:
        return None
    turned = " ".join(word[::-1] for word in text.split())
    guesses = [guess for form in (text, turned) if (guess := guess_language(form, script))]
    return max(guesses, key=lambda guess: guess.score, default=None)


def rough_text(glyphs: Iterable[Glyph]) -> str:
    """The glyphs' characters with a space where the next one lies elsewhere."""
    parts: list[str] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if last is not None and _apart(last, glyph):
            parts.append(" ")
        parts.append(open_forms(glyph.text))
        last = glyph
    return "".join(parts)


def _apart(one: Glyph, other: Glyph) -> bool:
    size = max(one.size, other.size, 1e-6)
    if abs(one.origin[1] - other.origin[1]) > 0.5 * size:
        return True
    return -one.box.overlap_x(other.box) > _GAP * size
