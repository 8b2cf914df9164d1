"""Which shape of a letter is drawn, told from its width: evidence for a ZWNJ that the file has lost.

In Arabic script most letters are wider at the end of a word than inside it. A font's widths are learnt
from the page itself: how wide each letter is before a space, and how wide before another letter. A
letter inside a word with the width it has at word ends, followed by one with the width it has at word
beginnings, is not joined.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from layout.language.characters import TATWEEL
from layout.text.embedded_clusters import Cluster
from layout.text.embedded_words import ReadRow, is_letter

#: Widths are counted in steps of this share of the font size; neighbours count too.
_STEP = 0.01
#: Fewer sightings than this of a letter at a word's end tell nothing of its shape there.
_SEEN = 2
#: Odds against a lost ZWNJ at any place between two joining letters of a word, in running Persian.
_PRIOR = math.log(20.0)
#: Where one of the two letters speaks this clearly (log odds) for a join, the other is not heard.
_AGAINST = -1.0

Key = tuple[str, bool, str, str]


class Shapes:
    """Widths of letters by font, place in the word and neighbours, and what they say of a pair."""

    def __init__(self) -> None:
        self._widths: dict[Key, Counter[int]] = defaultdict(Counter)
        self._totals: Counter[Key] = Counter()

    @classmethod
    def learnt(cls, rows: Iterable[ReadRow]) -> Shapes:
        """Widths as these rows show them."""
        shapes = cls()
        for read in rows:
            for word in read.words:
                shapes._see(read, [piece.slot for piece in word if piece.mirrored])
        return shapes

    def broken(self, first: Cluster, second: Cluster, joined: bool, runs_on: bool) -> float:
        """How likely it is (0..1) that ``first`` ends a joined run and ``second`` begins one.

        ``joined``: the letter before ``first`` joins to it; ``runs_on``: ``second`` joins to the next.
        """
        if len(first.text) != 1 or len(second.text) != 1 or TATWEEL in first.text + second.text:
            return 0.0
        before = self._odds(first, "end" if joined else "alone", "inner" if joined else "begin")
        after = self._odds(second, "begin", "inner") if runs_on else self._odds(second, "alone", "end")
        if min(before, after) < _AGAINST:
            return 0.0
        return 1.0 / (1.0 + math.exp(min(50.0, _PRIOR - before - after)))

    def _see(self, read: ReadRow, indices: list[int]) -> None:
        clusters = read.row.clusters
        joined = False
        for place, index in enumerate(indices):
            cluster = clusters[index]
            after = clusters[indices[place + 1]] if place + 1 < len(indices) else None
            runs_on = (
                after is not None
                and is_letter(after)
                and cluster.traits.joins_next
                and after.traits.joins_previous
                and not read.gaps.half[indices[place + 1]]
            )
            if is_letter(cluster) and len(cluster.text) == 1:
                place_name = _PLACES[joined, runs_on]
                key = (cluster.sign.font, cluster.sign.bold, cluster.text, place_name)
                self._widths[key][_step(cluster)] += 1
                self._totals[key] += 1
            joined = runs_on

    def _odds(self, cluster: Cluster, ending: str, inside: str) -> float:
        """Log odds that the letter's width is that of one place in a word rather than another."""
        at_end, seen_end = self._share(cluster, ending)
        at_inside, _ = self._share(cluster, inside)
        if seen_end < _SEEN:
            return 0.0
        return math.log(at_end / at_inside)

    def _share(self, cluster: Cluster, place: str) -> tuple[float, int]:
        key = (cluster.sign.font, cluster.sign.bold, cluster.text, place)
        total = self._totals[key]
        step = _step(cluster)
        widths = self._widths[key] if total else Counter()
        near = sum(widths[step + shift] for shift in (-1, 0, 1))
        return (near + 0.5) / (total + 5.0), total


def _step(cluster: Cluster) -> int:
    size = cluster.sign.size or 1.0
    return round((cluster.u1 - cluster.u0) / size / _STEP)


_PLACES = {
    (False, False): "alone",
    (False, True): "begin",
    (True, True): "inner",
    (True, False): "end",
}
