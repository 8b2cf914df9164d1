"""Whether a text repeats a passage of others: fuzzy, because words are dropped and letters misread."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
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


_NEAREST = 12  # texts that are compared in full: those with most words of the searched one
_COMMON = 0.2  # share of the texts from which a word says nothing of where it was read


@dataclass(frozen=True, slots=True)
class Passages:
    """Texts to be searched, folded, with the texts each word stands in."""

    texts: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Passages:
        found = tuple(folded(text) for text in texts)
        places: dict[str, list[int]] = defaultdict(list)
        for n, text in enumerate(found):
            for word in set(text.split()):
                places[word].append(n)
        most = max(20.0, _COMMON * len(found))
        return cls(found, {word: tuple(at) for word, at in places.items() if len(at) <= most})

    def likeness(self, text: str, but: int | None = None) -> float:
        """How well the best matching passage of one text, or of two in a row, agrees: 0..1.

        ``but`` is the number of a text that does not count: the searched one itself.
        """
        needle = folded(text)
        if not needle:
            return 0.0
        best = 0.0
        for n in self._nearest(needle):
            if n == but:
                continue
            hay = self.texts[n]
            both = f"{hay} {self.texts[n + 1]}" if n + 1 < len(self.texts) and n + 1 != but else hay
            if len(both) >= 0.6 * len(needle):
                best = max(best, fuzz.partial_ratio(needle, both, score_cutoff=best))
        return best / 100

    def _nearest(self, needle: str) -> list[int]:
        """Numbers of the texts to compare with: those that share most words, and the texts before them."""
        if len(self.texts) <= 3 * _NEAREST:
            return list(range(len(self.texts)))
        shared: Counter[int] = Counter()
        for word in set(needle.split()):
            shared.update(self.places.get(word, ()))
        near = [n for n, _ in shared.most_common(_NEAREST)]
        return sorted({*near, *(n - 1 for n in near if n > 0)})
