"""The normalised reading of a printed text: what `ALTERNATIVE` and `reg` hold.

Spelling is not reformed. Letters borrowed from a neighbouring language's keyboard, digits of another
script, stretched letters and marks out of place are brought to the usual form of the text's language;
the rules are in the language's record.
"""

from __future__ import annotations

import re
import unicodedata

from layout.errors import ConfigError
from layout.language.characters import SOFT_HYPHEN, TATWEEL, ZWNJ, printed
from layout.language.languages import Language
from layout.language.languages import language as record_of

_MARKS = "\u064b-\u065f\u0670"
#: A mark at the head of a word has drifted there; tanween belongs on the alef that ends the word.
_DRIFTED = re.compile("(?<!\\S)\u064b(\\w+\u0627)(?![\\w\u064b])")
#: Or it stands on an inner letter of such a word: none has it before its last two letters.
_INSIDE = re.compile("(?<!\\w)(\\w+?)\u064b(\\w+\u0627)(?![\\w\u064b])")
#: Or on the first letter of the word after it.
_NEXT = re.compile("(\u0627)( \\w)\u064b(?=\\w)")
_DOUBLED_MARK = re.compile(f"([{_MARKS}])\\1+")
_SPACES = re.compile(r"[^\S\n]+")
_ZWNJS = re.compile(f"{ZWNJ}+")
_LOOSE_ZWNJ = re.compile(f"(?<!\\w){ZWNJ}|{ZWNJ}(?!\\w)")
_SOFT_BREAK = re.compile(f"{SOFT_HYPHEN}(?!$|\n)")


def normalized(text: str, language: str | None) -> str:
    """The normalised form of a printed text in a language (BCP 47); NFC, logical order.

    A language without a record gets only what holds for all. Running it again changes nothing.
    """
    record = _record(language)
    text = _SOFT_BREAK.sub("", printed(text)).replace(TATWEEL, "")
    text = settled_tanween(text)
    if record:
        for pattern, replacement in record.spelling:
            text = re.sub(pattern, replacement, text)
        text = _own_digits(text, record)
    text = _LOOSE_ZWNJ.sub("", _ZWNJS.sub(ZWNJ, text))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text)).strip(" ")


def settled_tanween(text: str) -> str:
    """Tanween once where it was doubled, and at the end of the word it drifted to the head of."""
    if "\u064b" not in text and not _DOUBLED_MARK.search(text):
        return text
    text = _DRIFTED.sub("\\1\u064b", _DOUBLED_MARK.sub(r"\1", text))
    return _NEXT.sub("\\1\u064b\\2", _INSIDE.sub("\\1\\2\u064b", text))


def _record(language: str | None) -> Language | None:
    try:
        return record_of(language) if language else None
    except ConfigError:
        return None


def _own_digits(text: str, record: Language) -> str:
    """Digits of the other Arabic set in the language's own; ASCII digits are as printed."""
    return "".join(
        record.digits[unicodedata.decimal(char)] if char in record.foreign_digits else char for char in text
    )
