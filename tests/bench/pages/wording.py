"""Sentences out of small word lists of our own, one table a language in `lexicon/`."""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_LEXICON = Path(__file__).parent / "lexicon"
_DIGITS = {"fa": "۰۱۲۳۴۵۶۷۸۹", "ar": "٠١٢٣٤٥٦٧٨٩"}
#: from outside to inside quotation marks of a quote taken out of the text
QUOTES = {"fa": "«»", "ar": "«»", "en": "“”", "de": "„“", "he": "״״"}
_YEARS = {"fa": (1310, 1403), "en": (1890, 2020), "de": (1880, 1940), "ar": (1900, 2015), "he": (1930, 2015)}
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True)
class Passage:
    """A paragraph: its text, and where its sentences end in it."""

    text: str
    ends: tuple[int, ...]

    def sentences(self) -> list[tuple[int, int]]:
        """Start and end of each sentence."""
        starts = (0, *(end + 1 for end in self.ends[:-1]))
        return list(zip(starts, self.ends, strict=True))


@cache
def lexicon(lang: str) -> dict[str, Any]:
    """The word lists of a language."""
    return tomllib.loads((_LEXICON / f"{lang}.toml").read_text(encoding="utf-8"))


class Writer:
    """Writes in one language; ``fraktur`` sets the long s, ``western`` leaves the digits ASCII, ``hyphens``
    puts soft hyphens into sentences."""

    def __init__(
        self,
        lang: str,
        lot: random.Random,
        fraktur: bool = False,
        western: bool = False,
        hyphens: bool = False,
    ) -> None:
        self.lang = lang
        self.lot = lot
        self.fraktur = fraktur
        self.hyphens = hyphens
        self.digits = None if western else _DIGITS.get(lang)
        self.words = lexicon(lang)
        self.used: set[str] = set()  # headlines, which no two articles share

    def phrase(self, kind: str, **given: object) -> str:
        """One entry of a list of the lexicon with its slots filled, as it would be printed."""
        entry = self.words[kind]
        return self.printed(self.filled(entry if isinstance(entry, str) else self.lot.choice(entry), given))

    def sentence(self) -> str:
        """A full sentence of varied length."""
        parts = [self.filled(self.lot.choice(self.words["sentences"]), {})]
        if self.lang == "de" or self.lot.random() < 0.3:  # German sentences begin with what the verb follows
            parts.insert(0, self.filled(self.lot.choice(self.words["openers"]), {}))
        text = " ".join(parts)
        if self.lot.random() < 0.3:
            comma = "، " if self.lang in ("fa", "ar") else ", "
            text += comma + self.filled(self.lot.choice(self.words["tails"]), {})
        if self.lang == "ar" and self.lot.random() < 0.2:
            text = text + "، و" + self.filled(self.lot.choice(self.words["sentences"]), {})
        if text.endswith(("”", "“", "»", "״")):
            text = f"{text[:-1]}.{text[-1]}"
        else:
            text += "."
        text = self.printed(text[0].upper() + text[1:])
        return hyphenated(text) if self.hyphens else text

    def passage(self, sentences: int, first: str = "") -> Passage:
        """A paragraph of so many sentences; `first` goes before them and is no sentence of its own."""
        text, ends = first, []
        for _ in range(sentences):
            text = f"{text} {self.sentence()}" if text else self.sentence()
            ends.append(len(text))
        return Passage(text, tuple(ends))

    def question(self) -> str:
        """A question with its mark."""
        text = self.filled(self.lot.choice(self.words["questions"]), {})
        mark = "؟" if self.lang in ("fa", "ar") else "?"
        return self.printed(text[0].upper() + text[1:] + mark)

    def title(self, kind: str) -> str:
        """A headline or the like, with a capital at its beginning."""
        for _ in range(30):
            text = self.phrase(kind)
            if kind != "headlines" or text not in self.used:
                break
        self.used.add(text)
        return text[0].upper() + text[1:]

    def number(self, value: int) -> str:
        """A number in the digits of the page."""
        return self._digits(str(value))

    def date(self) -> str:
        """A date as it stands in the head of a page."""
        return self.phrase("date", n=self.lot.randint(1, 28), year=self.lot.randint(*_YEARS[self.lang]))

    def filled(self, template: str, given: dict[str, object]) -> str:
        """A template with its slots filled: given values, numbers, entries of the lists."""

        def fill(match: re.Match[str]) -> str:
            name = match[1]
            if name in given:
                return str(given[name])
            if name == "num":
                return str(self.lot.choice((self.lot.randint(3, 99), self.lot.randint(100, 4800))))
            if name == "title":
                return str(self.lot.choice(self.words["titles"]))
            drawn: str = self.lot.choice(self.words[name.lower()])
            return drawn[0].upper() + drawn[1:] if name[0].isupper() else drawn

        return re.sub(r"{(\w+)}", fill, template)

    def printed(self, text: str) -> str:
        """Text in the digits and the letters of the page."""
        text = self._digits(text)
        return long_s(text) if self.fraktur else text

    def _digits(self, text: str) -> str:
        return text.translate(str.maketrans("0123456789", self.digits)) if self.digits else text


def long_s(text: str) -> str:
    """Text with the long s of Fraktur wherever no word ends after it."""
    return re.sub(r"s(?=[^\W\d_])", "ſ", text)


_VOWELS = "aeiouyäöü"
_TOGETHER = r"(?:[sſ]ch|ch|ck|ph|th|sh|qu|[sſ]t)"
_DIVISION = re.compile(
    rf"(?<=[{_VOWELS}])(?=(?:{_TOGETHER}|[^\W\d_{_VOWELS}])[{_VOWELS}])"
    rf"|(?<=[{_VOWELS}][^\W\d_{_VOWELS}ſs])(?=(?:{_TOGETHER}|[^\W\d_{_VOWELS}])[{_VOWELS}])"
)


def hyphenated(text: str) -> str:
    """Text with soft hyphens between syllables of long words, at least three letters from either end."""

    def divide(match: re.Match[str]) -> str:
        word = match[0]
        cuts = [m.start() for m in _DIVISION.finditer(word) if 3 <= m.start() <= len(word) - 3]
        return SOFT_HYPHEN.join(word[a:b] for a, b in zip([0, *cuts], [*cuts, len(word)], strict=True))

    return re.sub(r"[^\W\d_]{7,}", divide, text)
