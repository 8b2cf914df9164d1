"""Links pull-quotes to the passage of the running text they repeat.

A pull-quote seldom repeats its passage to the letter: words are dropped, the edges reworded, letters
misread. Both texts are folded (case, marks, variant letters, spaces) with a map back to the printed
characters; the best window of each block is found by fuzzy alignment (rapidfuzz partial ratio), then its
edges are set by an alignment that passes over left-out words, and drawn out to whole words.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from layout.document import RUNNING_TEXT, Float, Issue, Item, Region, RegionKind, Target
from layout.reflow.likeness import fold_char
from layout.reflow.passages import Joins, block_text

_FOUND = 0.72  # likeness from which a passage counts as repeated: one word in four may differ
_OPEN, _PASSED = 1.0, 0.12  # cost of leaving out, and of each letter left out
_OWN = 0.06  # bonus of the quote's own article: the same stock phrase may stand elsewhere too


@dataclass(frozen=True, slots=True)
class Folded:
    """A text for comparison, and for each of its characters the place in the printed text."""

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Folded:
        chars: list[str] = []
        places: list[int] = []
        for place, char in enumerate(text):
            for folded in fold_char(char):
                if folded == " " and (not chars or chars[-1] == " "):
                    continue
                chars.append(folded)
                places.append(place)
        while chars and chars[-1] == " ":
            chars.pop()
            places.pop()
        return cls("".join(chars), tuple(places))


@dataclass(frozen=True, slots=True)
class _Body:
    block: str
    item: str
    page: str
    text: str
    folded: Folded


def link_quotes(issue: Issue) -> Issue:
    """The issue with `Target`s on its pull-quotes; a quote that repeats nothing found keeps none.

    Looked for in the quote's own article first (all its pages), then on its own page. To be called when
    blocks, their ids and the joins of divided words are final, because ranges count characters.
    """
    if not any(f.kind is RegionKind.PULL_QUOTE for i in issue.items for part in i.parts for f in part.floats):
        return issue
    regions = issue.regions()
    joins = Joins.of(issue.joins)
    bodies = [body for item in issue.items for body in _bodies(item, regions, joins)]
    items = tuple(
        replace(
            item,
            parts=tuple(
                replace(
                    part,
                    floats=tuple(_linked(f, item.id, part.page, regions, bodies) for f in part.floats),
                )
                for part in item.parts
            ),
        )
        for item in issue.items
    )
    return replace(issue, items=items)


def _bodies(item: Item, regions: Mapping[str, Region], joins: Joins) -> Iterator[_Body]:
    for part in item.parts:
        for block in part.blocks:
            if block.kind in RUNNING_TEXT:
                text = block_text(block, regions, joins)
                yield _Body(block.id, item.id, part.page, text, Folded.of(text))


def _linked(
    quote: Float, item: str, page: str, regions: Mapping[str, Region], bodies: Sequence[_Body]
) -> Float:
    if quote.kind is not RegionKind.PULL_QUOTE or quote.targets:
        return quote
    text = " ".join(line.text for r in quote.regions for line in regions[r].lines)
    needle = Folded.of(text).text
    near = [body for body in bodies if body.item == item or body.page == page]
    targets = find_passage(needle, near, item) if len(needle) > 5 else ()
    why = "repeats a passage" if targets else "the passage it repeats was not found on this page"
    return replace(quote, targets=targets, reason=", ".join(filter(None, (quote.reason, why))))


def find_passage(needle: str, bodies: Sequence[_Body], item: str) -> tuple[Target, ...]:
    """The passage a folded text repeats: in one block, or over the end of one and the head of the next."""
    best: tuple[float, tuple[Target, ...]] = (_FOUND, ())
    for n, body in enumerate(bodies):
        bonus = _OWN if body.item == item else 0.0
        found = fuzz.partial_ratio_alignment(needle, body.folded.text) if body.folded.text else None
        if found and len(body.folded.text) >= 0.7 * len(needle) and found.score / 100 + bonus > best[0]:
            target = _target(needle, body, found.dest_start, found.dest_end, found.score / 100)
            best = (found.score / 100 + bonus, (target,))
        after = bodies[n + 1] if n + 1 < len(bodies) and bodies[n + 1].item == body.item else None
        if after and best[0] < 0.9:
            both = _over_two(needle, body, after)
            if both and both[0] + bonus > best[0] + 0.05:
                best = (both[0] + bonus, both[1])
    return best[1]


def _target(needle: str, body: _Body, start: int, end: int, score: float) -> Target:
    start, end = _edges(needle, body.folded.text, start, end)
    first, last = body.folded.places[start], body.folded.places[end - 1] + 1
    return Target(body.block, *_whole_words(body.text, first, last), round(score, 3))


def _whole_words(text: str, first: int, last: int) -> tuple[int, int]:
    """A range drawn out to the ends of its words, marks at its edges left out."""
    while first > 0 and text[first - 1].isalnum() and text[first].isalnum():
        first -= 1
    while last < len(text) and text[last].isalnum() and text[last - 1].isalnum():
        last += 1
    while first < last - 1 and not text[first].isalnum():
        first += 1
    while last > first + 1 and not text[last - 1].isalnum():
        last -= 1
    return first, last


def _edges(needle: str, hay: str, start: int, end: int) -> tuple[int, int]:
    """Where in the hay the needle begins and ends, looked for around a rough window.

    The cheapest alignment with free ends (Sellers 1980) and affine gaps (Gotoh 1982): a letter misread,
    or of the needle alone, costs 1; passing over words of the hay costs little more than beginning to,
    for words are left out of pull-quotes.
    """
    reach = len(needle) // 2
    low, high = max(0, start - reach), min(len(hay), end + reach)
    window = hay[low:high]
    cost = [0.0] * (len(window) + 1)
    begin = list(range(len(window) + 1))
    for char in needle:
        cost, begin = _row(char, window, cost, begin)
    stop = min(range(1, len(cost)), key=lambda n: cost[n])
    return low + min(begin[stop], stop - 1), low + stop


def _row(char: str, window: str, cost: list[float], begin: list[int]) -> tuple[list[float], list[int]]:
    """One more letter aligned: for each end in the window the cost, and where that alignment begins."""
    row, starts = [cost[0] + 1.0], [begin[0]]
    gap, gap_at = math.inf, 0
    for n, other in enumerate(window):
        if row[n] + _OPEN < gap:
            gap, gap_at = row[n] + _OPEN, starts[n]
        gap += _PASSED
        best, at = (cost[n] if char == other else cost[n] + 1.0), begin[n]
        if cost[n + 1] + 1.0 < best:
            best, at = cost[n + 1] + 1.0, begin[n + 1]
        if gap < best:
            best, at = gap, gap_at
        row.append(best)
        starts.append(at)
    return row, starts


def _over_two(needle: str, body: _Body, after: _Body) -> tuple[float, tuple[Target, ...]] | None:
    """The end of one block and the head of the next, where the passage runs over both."""
    tail, head = body.folded.text[-len(needle) :], after.folded.text[: len(needle)]
    found = fuzz.partial_ratio_alignment(needle, f"{tail} {head}")
    if not found or not found.dest_start < len(tail) < found.dest_end - 1:
        return None
    offset = len(body.folded.text) - len(tail)
    ends = len(tail) - found.dest_start, found.dest_end - len(tail) - 1
    if min(ends) < 5:
        return None
    first = Target(
        body.block,
        body.folded.places[offset + found.dest_start],
        len(body.text),
        round(found.score / 100, 3),
    )
    second = Target(after.block, 0, after.folded.places[ends[1] - 1] + 1, round(found.score / 100, 3))
    return found.score / 100, (first, second)
