"""Closing guillemets that nothing opened: commas of Arabic script, misread.

The comma with its head down looks like half of a guillemet, and the models of Arabic script take it for
one, more often than there are quotations. Only the normalised reading says what was meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from layout.document import TextLine, Word
from layout.text.confusions import CONFUSIONS

_OPEN, _CLOSE, _COMMA = "\u00ab\u00bb\u060c"


def with_commas(lines: Iterable[TextLine], language: str) -> tuple[TextLine, ...]:
    """The lines of a region in order, ``»`` as a comma in the normalised form of words it ends unopened.

    Words that were not recognised but given stay, and so do languages of other scripts.
    """
    if language not in CONFUSIONS:
        return tuple(lines)
    found: list[TextLine] = []
    is_open = False
    for line in lines:
        words = []
        for word in line.words:
            text = word.normalized or word.text
            is_open = is_open or _OPEN in text
            if _CLOSE in text:
                word, is_open = word if is_open else _with_comma(word, text), False
            words.append(word)
        found.append(line if tuple(words) == line.words else replace(line, words=tuple(words)))
    return tuple(found)


def _with_comma(word: Word, text: str) -> Word:
    if word.confidence is None or not text.endswith(_CLOSE):
        return word
    return replace(word, normalized=text[:-1] + _COMMA)
