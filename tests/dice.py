"""Chance with a seed, to draw documents with: the same seed draws the same document anywhere.

Documents are large and there are to be thousands of them; Hypothesis draws one in half a second, a plain
generator in a few milliseconds, and a seed names the one that a property does not hold for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

#: Characters that have broken writers: markup, spaces, controls, marks that steer direction, joiners, letters
#: in the shapes of print, marks on letters, half of a pair, what is no character, hyphens.
_HARD = (
    "&<>\"']]>\\|;%{}\t\n\r\x00\x1b\x7f\x85\u00a0\u2028\u3000\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202e"
    "\u2066\u2069\ufeff\ufb8a\ufef5\ufdf2\ufb01\u0301\u0308\u064b\u0654\u0670\ud800\udfff\ufffe\uffff"
    "\U0001fffe-\u00ad="
)
_LETTERS = "abcZ09.,: éſßстαאבبیكک۱١ـ中文\U0001f5de"
_LAST = 0x10FFFF


class Dice:
    """Draws plain values, evenly if nothing else is said."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def whole(self, low: int, high: int) -> int:
        """A whole number, both ends among them."""
        return self._random.randint(low, high)

    def one_in(self, count: int) -> bool:
        """True once in so many times."""
        return self._random.randrange(count) == 0

    def coin(self) -> bool:
        return self.one_in(2)

    def share(self) -> float:
        """A number of 0..1, the ends now and then."""
        return float(self.whole(0, 1)) if self.one_in(8) else self._random.random()

    def one(self, values: Sequence[T]) -> T:
        return self._random.choice(values)

    def maybe(self, make: Callable[[], T]) -> T | None:
        """What ``make`` gives, or nothing, as often."""
        return make() if self.coin() else None

    def some(self, most: int, make: Callable[[], T]) -> list[T]:
        """So many at most."""
        return [make() for _ in range(self.whole(0, most))]

    def shuffled(self, values: Sequence[T]) -> list[T]:
        return self._random.sample(values, len(values))

    def text(self, least: int, most: int) -> str:
        """Letters of many scripts, hard characters, and any at all."""
        return "".join([self._char() for _ in range(self.whole(least, most))])

    def _char(self) -> str:
        kind = self.whole(0, 9)
        if kind == 0:
            return chr(self.whole(0, _LAST))
        return self.one(_HARD if kind < 3 else _LETTERS)
