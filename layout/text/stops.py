"""Stops of Arabic script as they are read: set apart from their word, or taken for other signs.

Metal type has white before its stops, and an engine makes words of their own of them. The comma with its
head down looks like half of a guillemet, and the models of Arabic script take it for one, more often than
there are quotations; only the normalised reading says what was meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from layout.document import TextLine, Word, union
from layout.language import LANGUAGES
from layout.text.engine import Reading, WordReading

_OPEN, _CLOSE, _COMMA = "\u00ab\u00bb\u060c"
#: Signs that end a sentence.
_ENDS = (".", "!", "?", "\u061f", "\u2026")
#: Signs that stand behind a word; an Arabic zero alone is a full stop, which has its shape.
_STOPS = frozenset("\u060c\u061b\u061f!.:\u0660" + _CLOSE)


def with_their_words(words: Sequence[WordReading], language: str) -> tuple[WordReading, ...]:
    """The words of a line (logical order), stops put to the word before them.

    A stop after a number or another stop stays by itself: it may be a part of a table or of dots.
    """
    if not _is_arabic(language):
        return tuple(words)
    found: list[WordReading] = []
    for word in words:
        if found and _STOPS.issuperset(word.text) and found[-1].text[-1].isalpha():
            before = found.pop()
            mean = Reading((before, word)).confidence
            word = WordReading(before.text + word.text, union((before.box, word.box)), mean)
        found.append(word)
    return tuple(found)


def with_commas(lines: Iterable[TextLine], language: str) -> tuple[TextLine, ...]:
    """The lines of a region in order, ``»`` as a comma in the normalised form of words it ends unopened.

    Words that were not recognised but given stay, and so do languages of other scripts.
    """
    if not _is_arabic(language):
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
    """The word with a comma at its end; not behind a stop, where a quotation ends that began in the region
    before and no comma can stand."""
    if word.confidence is None or not text.endswith(_CLOSE) or text[:-1].endswith(_ENDS):
        return word
    return replace(word, normalized=text[:-1] + _COMMA)


def _is_arabic(language: str) -> bool:
    """Whether a language is written in Arabic script."""
    return language in LANGUAGES and LANGUAGES[language].script == "Arab"
