"""Endless newspaper prose in four languages, from sentence patterns and word lists of our own.

Grammatical, but without sense beyond a sentence: it is for filling pages whose look matters. `Prose` gives
sentences, paragraphs, headlines, names and small things; the same seed gives the same text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

_TEXTS = Path(__file__).resolve().parents[1] / "texts"
_SLOT = re.compile(r"\{(\w+)\}")
_DIGITS = {"fa": "۰۱۲۳۴۵۶۷۸۹", "ar": "٠١٢٣٤٥٦٧٨٩"}


@cache
def _bank(language: str) -> dict[str, tuple[str, ...]]:
    """Word lists by name, from ``texts/bank.<language>.txt``: ``[name]``, then one entry a line."""
    bank: dict[str, list[str]] = {}
    name = ""
    for row in (_TEXTS / f"bank.{language}.txt").read_text(encoding="utf-8").splitlines():
        row = row.strip()
        if row.startswith("[") and row.endswith("]"):
            name = row[1:-1]
            bank[name] = []
        elif row and not row.startswith("#"):
            bank[name].append(row)
    return {key: tuple(values) for key, values in bank.items()}


class Prose:
    """A source of text in a language; entries are not repeated until a list is used up."""

    def __init__(self, language: str, seed: int) -> None:
        self.language = language
        self.random = random.Random(f"{language}{seed}")
        self.bank = _bank(language)
        self._decks: dict[str, list[str]] = {}

    def draw(self, name: str) -> str:
        """An entry of a list with its slots filled."""
        deck = self._decks.get(name)
        if not deck:
            deck = list(self.bank[name])
            self.random.shuffle(deck)
            self._decks[name] = deck
        return _SLOT.sub(lambda match: self._slot(match[1]), deck.pop())

    def _slot(self, name: str) -> str:
        numbers: dict[str, Callable[[], int]] = {
            "n": lambda: self.random.randint(2, 19),
            "nn": lambda: self.random.randint(20, 98),
            "nnn": lambda: self.random.randint(110, 990),
        }
        return self.digits(numbers[name]()) if name in numbers else self.draw(name)

    def digits(self, number: int) -> str:
        """A number in the digits that the language prints."""
        table = _DIGITS.get(self.language)
        return "".join(table[int(d)] for d in str(number)) if table else str(number)

    def sentence(self) -> str:
        return self._printed(self.draw("sentence"))

    def paragraph(self, sentences: int) -> str:
        return " ".join(self.sentence() for _ in range(sentences))

    def paragraphs(self, low: int = 2, high: int = 6) -> Iterator[str]:
        while True:
            yield self.paragraph(self.random.randint(low, high))

    def line(self, name: str) -> str:
        """A headline, kicker, caption and so on."""
        return self._printed(self.draw(name))

    def _printed(self, text: str) -> str:
        text = re.sub(r"\s+", " ", text).strip()
        if self.language in ("en", "de"):
            text = text[:1].upper() + text[1:]
        return long_s(text) if self.language == "de" else text


_FIRST_PARTS = re.compile(r"(Volk|Donner|Dien|Sam|\bAu)s(?=[tsſ])")


def long_s(text: str) -> str:
    """German as set in Fraktur: ſ everywhere but at the end of a word, or of a compound's first part."""
    text = _FIRST_PARTS.sub("\\1\0", text)
    return re.sub(r"s(?=[\wäöüß])", "ſ", text).replace("\0", "s")
