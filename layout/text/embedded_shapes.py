"""Which shape of a letter is drawn, told from its width: evidence for a ZWNJ that the file has lost.

In Arabic script most letters are wider at the end of a word than inside it. A font's widths are learnt
from the page itself: how wide each letter is before a space, and how wide before another letter. A
letter inside a word with the width it has at word ends, followed by one with the width it has at word
beginnings, is not joined.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from layout.language.characters import TATWEEL
from layout.text.embedded_row import Kind, Row
from layout.text.embedded_words import ReadRow, is_letter

#: Widths are counted in steps of this share of the font size; neighbours count too.
_STEP = 0.004
#: Fewer sightings than this of a letter at a word's end tell nothing of its shape there.
_SEEN = 2
#: Odds against a lost ZWNJ at any place between two joining letters of a word, in running Persian.
_PRIOR = math.log(20.0)
#: ... and while learning, when a width seen at ends only is reason enough.
_OPEN = math.log(2.0)
_ROUNDS = 3
#: A place a letter was not seen in is a little less likely than the best it was seen in.
_UNSEEN = 1.0
#: Sightings a width may have had and did not: in a font of few letters a missing one says little.
_DOUBT = 1.5

Key = tuple[str, bool, str, str]


class Shapes:
    """Widths of letters by font, place in the word and neighbours, and what they say of a word."""

    def __init__(self, prior: float) -> None:
        self._prior = prior
        self._widths: dict[Key, Counter[int]] = defaultdict(Counter)
        self._totals: Counter[Key] = Counter()
        self._cache: dict[Kind, dict[str, float]] = {}

    @classmethod
    def learnt(cls, rows: Sequence[ReadRow]) -> Shapes:
        """Widths as these rows show them.

        Letters at lost ZWNJ are at first taken for joined ones; each round leaves out what the round before
        found (hard expectation maximisation), the first with an open mind, so that frequent pieces such
        as `mi` do not hide among the joined letters.
        """
        shapes = cls(_OPEN)
        shapes._learn(rows, None)
        for _ in range(_ROUNDS):
            better = cls(_OPEN)
            better._learn(rows, shapes)
            shapes = better
        shapes._prior = _PRIOR
        return shapes

    def _learn(self, rows: Iterable[ReadRow], before: Shapes | None) -> None:
        for read in rows:
            for word in read.words:
                self._see(read, [piece.slot for piece in word if piece.mirrored], before)

    def broken(self, row: Row, slots: Sequence[int], joins: Sequence[bool]) -> list[bool]:
        """Between which neighbours of a word the drawn shapes are not joined though they could be.

        ``joins`` tells for each pair of neighbours whether their letters would join. The likeliest
        places of all letters together are found (a Viterbi path with two states): an odd width at one
        letter may be explained by a break before it or after it.
        """
        if not any(joins):
            return [False] * len(joins)
        # For both ways a letter can be entered (joined to the one before or not): the best score, the path.
        paths: dict[bool, tuple[float, list[bool]]] = {False: (0.0, [])}
        for place, slot in enumerate(slots):
            scores = self._scores(row, slot)
            could = place < len(joins) and joins[place]
            fixed = not could or TATWEEL in row.texts[slot] + row.texts[slots[place + 1]]
            following: dict[bool, tuple[float, list[bool]]] = {}
            for joined, (score, path) in paths.items():
                for runs_on in (could,) if fixed else (True, False):
                    total = score + scores[_PLACES[joined, runs_on]]
                    if could and not runs_on:
                        total -= self._prior
                    if runs_on not in following or total > following[runs_on][0]:
                        following[runs_on] = (total, [*path, could and not runs_on])
            paths = following
        _, best = max(paths.values(), key=lambda found: found[0])
        return best[: len(joins)]

    def _see(self, read: ReadRow, slots: list[int], before: Shapes | None) -> None:
        """One word's letters: where each stands, given what the shapes so far say of its breaks."""
        row = read.row
        joins = [
            first == second + 1
            and is_letter(row, second)
            and row.traits[first].joins_next
            and row.traits[second].joins_previous
            and not read.gaps.half[second]
            for first, second in pairwise(slots)
        ]
        breaks = before.broken(row, slots, joins) if before is not None else [False] * len(joins)
        joined = False
        for place, slot in enumerate(slots):
            runs_on = place < len(joins) and joins[place]
            inferred = (place < len(breaks) and breaks[place]) or (place > 0 and breaks[place - 1])
            # What was only inferred is no example of a shape, neither of the old nor of the new place.
            if is_letter(row, slot) and len(row.texts[slot]) == 1 and not inferred:
                key = (row.fonts[slot], row.bold[slot], row.texts[slot], _PLACES[joined, runs_on])
                self._widths[key][row.width(slot, _STEP)] += 1
                self._totals[key] += 1
            joined = runs_on

    def _scores(self, row: Row, slot: int) -> dict[str, float]:
        """Log likelihood of the letter's width in each place of a word; zeros where nothing is known."""
        kind = row.kind(slot, _STEP)
        found = self._cache.get(kind)
        if found is None:
            known = len(row.texts[slot]) == 1 and is_letter(row, slot)
            found = self._cache[kind] = self._learnt_scores(kind) if known else _NOTHING
        return found

    def _learnt_scores(self, kind: Kind) -> dict[str, float]:
        seen = {place: self._seen(kind, place) for place in _PLACES.values()}
        if not any(near for near, _ in seen.values()):
            return _NOTHING  # a width that was seen nowhere tells nothing
        scores = {
            place: math.log((near + _DOUBT) / (total + 5.0))
            for place, (near, total) in seen.items()
            if total >= _SEEN
        }
        most = max(scores.values(), default=0.0)
        return {place: scores.get(place, most - _UNSEEN) for place in _PLACES.values()}

    def _seen(self, kind: Kind, place: str) -> tuple[int, int]:
        """How often the letter was seen in a place with this width, and at all."""
        font, bold, text, step = kind
        key = (font, bold, text, place)
        total = self._totals[key]
        if not total:
            return 0, 0
        widths = self._widths[key]
        return sum(widths[step + shift] for shift in (-1, 0, 1)), total


_PLACES = {
    (False, False): "alone",
    (False, True): "begin",
    (True, True): "inner",
    (True, False): "end",
}
_NOTHING = dict.fromkeys(_PLACES.values(), 0.0)
