"""Whether a text repeats a passage of others: fuzzy, because words are dropped and letters misread."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from layout.language.characters import TATWEEL, ZWNJ
from layout.language.digits import ascii_digits

_LETTERS = {"ي": "ی", "ك": "ک", "ى": "ی", "ſ": "s", TATWEEL: "", ZWNJ: " "}


@cache
def fold_char(char: str) -> str:
    """A character for comparison only: no case, marks, variant letters or digit scripts; may be none.

    Whatever is not a letter or digit becomes a space.
    """
    plain = "".join(
        _LETTERS.get(part, part)
        for part in unicodedata.normalize("NFKD", char)
        if not unicodedata.combining(part)
    )
    plain = ascii_digits(plain).lower()
    return "".join(part if part.isalnum() else " " for part in plain)


def folded(text: str) -> str:
    """A text for comparison only: `fold_char` of each character, spaces in a row made one."""
    return " ".join("".join(map(fold_char, text)).split())


@dataclass(frozen=True, slots=True)
class Passages:
    """Texts to be searched, folded."""

    texts: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Passages:
        return cls(tuple(folded(text) for text in texts))

    def likeness(self, text: str, but: int | None = None) -> float:
        """How well the best matching passage of one text, or of two in a row, agrees: 0..1.

        ``but`` is the number of a text that does not count: the searched one itself.
        """
        needle = folded(text)
        if not needle:
            return 0.0
        best = 0.0
        for n, hay in enumerate(self.texts):
            if n == but:
                continue
            both = f"{hay} {self.texts[n + 1]}" if n + 1 < len(self.texts) and n + 1 != but else hay
            if len(both) >= 0.6 * len(needle):
                best = max(best, fuzz.partial_ratio(needle, both, score_cutoff=best))
        return best / 100
