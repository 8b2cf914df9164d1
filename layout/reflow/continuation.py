"""Articles that go on on another page, put together.

Evidence for two parts of one article: a notice at the foot of one that names the other's page, a notice
over the other that names the first one's page, the same title, and text that reads on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from layout.document import Finding, Item, ItemKind, Part, Region, RegionKind
from layout.reflow.continuity import text_reads_on
from layout.reflow.likeness import folded
from layout.reflow.notices import Notice, Points, notice_of
from layout.reflow.settings import ReflowSettings

_TEXT = frozenset({RegionKind.LEAD, RegionKind.PARAGRAPH, RegionKind.QUESTION, RegionKind.ANSWER})
_NAMED = 0.7  # a notice that names the other part's page
_UNREAD = 0.4  # a notice whose page number could not be read
_MUTUAL = 0.6  # two notices that name each other's page outweigh a headline that occurs twice
_OTHER = 0.3  # a notice that names another page: one digit is easily misread
_MID = 0.75  # continuity from which a text begins in mid-sentence
_EXACT, _WHOLE = 0.95, 0.3  # the very same title of several words
_ENOUGH = 1.0  # a notice to the page and one more sign, or notices on both sides


@dataclass(frozen=True, slots=True)
class _End:
    """One article's loose end: what its notices say, and where it stands."""

    item: Item
    place: int
    notices: tuple[tuple[str, Notice], ...]
    text: tuple[Region, ...]

    def says(self, points: Points) -> list[Notice]:
        return [notice for _, notice in self.notices if notice.points is points]


def join_parts(
    items: Sequence[Item],
    regions: Mapping[str, Region],
    numbers: Mapping[str, int | None],
    settings: ReflowSettings,
) -> tuple[list[Item], list[Finding]]:
    """The items with continued articles made one, in their first part's place.

    ``numbers`` gives each page's likely printed number, in physical order. A notice that finds no
    partner is reported.
    """
    places = {page: place for place, page in enumerate(numbers)}
    ends = [
        _end(item, places, regions)
        for item in items
        if item.kind is ItemKind.ARTICLE and len(item.parts) == 1
    ]
    pairs = _match(ends, numbers, settings)
    joined = _joined(list(items), pairs, regions)
    return joined, _unmatched(ends, pairs, numbers)


def _end(item: Item, places: Mapping[str, int], regions: Mapping[str, Region]) -> _End:
    part = item.parts[0]
    read = [(region, notice_of(regions[region])) for region in part.notices if region in regions]
    text = tuple(
        regions[region]
        for block in part.blocks
        if block.kind in _TEXT
        for region in block.regions
        if region in regions
    )
    return _End(item, places[part.page], tuple((r, n) for r, n in read if n), text)


@dataclass(frozen=True, slots=True)
class _Pair:
    first: _End
    second: _End
    score: float
    reason: str


def _match(ends: Sequence[_End], numbers: Mapping[str, int | None], settings: ReflowSettings) -> list[_Pair]:
    """The best pairs, each end used once on either side; best first."""
    onward = {end.item.id for end in ends if any(not n.bare for n in end.says(Points.ON))}
    back = {end.item.id for end in ends if end.says(Points.BACK)}
    found: dict[tuple[str, str], _Pair] = {}
    for first in ends:
        for second in ends:
            if first.item.id in onward or second.item.id in back or _twins(first, second):
                _note(found, first, second, numbers, settings)
    used_first: set[str] = set()
    used_second: set[str] = set()
    pairs: list[_Pair] = []
    for pair in sorted(found.values(), key=lambda p: (-p.score, p.first.item.id, p.second.item.id)):
        if pair.first.item.id not in used_first and pair.second.item.id not in used_second:
            used_first.add(pair.first.item.id)
            used_second.add(pair.second.item.id)
            pairs.append(pair)
    return pairs


def _twins(first: _End, second: _End) -> bool:
    """Whether two articles have the same title, and the second begins in the middle of a sentence."""
    if not first.item.title or first.item.title != second.item.title or not (first.text and second.text):
        return False
    return text_reads_on(first.text[-1], second.text[0]) >= _MID


def _note(
    found: dict[tuple[str, str], _Pair],
    first: _End,
    second: _End,
    numbers: Mapping[str, int | None],
    settings: ReflowSettings,
) -> None:
    if first.place >= second.place or (first.item.id, second.item.id) in found:
        return
    pair = _judge(first, second, numbers, settings)
    if pair.score >= _ENOUGH:
        found[first.item.id, second.item.id] = pair


def _judge(first: _End, second: _End, numbers: Mapping[str, int | None], settings: ReflowSettings) -> _Pair:
    """How much speaks for the second being the rest of the first; 1 is enough."""
    here, there = _number(first, numbers), _number(second, numbers)
    score, reasons = 0.0, []
    for end, points, page, text in (
        (first, Points.ON, there, f"the first says it goes on on page {there}"),
        (second, Points.BACK, here, f"the second says it comes from page {here}"),
    ):
        named = [notice.page for notice in end.says(points) if not notice.bare]
        if page in named:
            score += _NAMED
            reasons.append(text)
        elif None in named:
            score += _UNREAD
            reasons.append(text.split(" page ")[0] + " a page whose number is not read")
        elif named:
            score -= _OTHER
    if len(reasons) == 2 and score == 2 * _NAMED:
        score += _MUTUAL
    likeness = _same_title(first, second)
    if likeness >= settings.match_titles:
        score += 0.5 * likeness
        reasons.append(f"the titles agree ({likeness:.2f})")
    if likeness >= _EXACT and " " in folded(second.item.title or ""):
        score += _WHOLE
    if _twins(first, second):
        score += _WHOLE
    if second.item.title is None:
        score += 0.3
        reasons.append("the second has no headline")
    if first.text and second.text:
        reads = text_reads_on(first.text[-1], second.text[0])
        score += 0.4 * (reads - 0.5)
        if reads > 0.6:
            reasons.append("the text reads on")
    return _Pair(first, second, score, "; ".join(reasons))


def _number(end: _End, numbers: Mapping[str, int | None]) -> int:
    """The page's printed number; where the issue prints none, its place counted from 1."""
    number = numbers[end.item.parts[0].page]
    return end.place + 1 if number is None else number


def _same_title(first: _End, second: _End) -> float:
    """Likeness 0..1 of the second's title, or a notice's words, to the other's title."""
    ours = [folded(first.item.title)] if first.item.title else []
    theirs = [folded(second.item.title)] if second.item.title else []
    hints_on = [folded(n.rest) for n in first.says(Points.ON) if len(n.rest) > 3]
    hints_back = [folded(n.rest) for n in second.says(Points.BACK) if len(n.rest) > 3]
    pairs = [(a, b) for a in ours for b in theirs]
    likeness = max((_alike(a, b) for a, b in pairs), default=0.0)
    hinted = [(a, b) for a in hints_on for b in theirs] + [(a, b) for a in hints_back for b in ours]
    return max([likeness, *(fuzz.partial_ratio(a, b) / 100 for a, b in hinted)])


def _alike(a: str, b: str) -> float:
    """Whole titles, or a short one made of the long one's words (a jump headline)."""
    if not a or not b:
        return 0.0
    return max(fuzz.ratio(a, b), 0.95 * fuzz.token_set_ratio(a, b)) / 100


def _joined(items: list[Item], pairs: Sequence[_Pair], regions: Mapping[str, Region]) -> list[Item]:
    """Items with the second of each pair put into the first, chains over three pages too."""
    by_id = {item.id: item for item in items}
    onward = {pair.first.item.id: pair for pair in pairs}
    absorbed = {pair.second.item.id for pair in pairs}
    parents: dict[str, str] = {}
    done: list[Item] = []
    for item in items:
        if item.id in absorbed:
            continue
        whole, at = item, onward.get(item.id)
        while at is not None:
            rest = by_id[at.second.item.id]
            parents[rest.id] = item.id
            whole = _one(whole, rest, at, regions)
            at = onward.get(rest.id)
        done.append(whole)
    return [replace(i, parent=parents.get(i.parent, i.parent)) if i.parent else i for i in done]


def _one(first: Item, second: Item, pair: _Pair, regions: Mapping[str, Region]) -> Item:
    part = replace(second.parts[0], follows=pair.reason, confidence=min(1.0, pair.score / 2 + 0.3))
    last = first.parts[-1]
    if pair.first.text and pair.second.text and text_reads_on(pair.first.text[-1], pair.second.text[0]) > 0.6:
        last = _continued(last)
    known = [c for c in (first.confidence, part.confidence) if c is not None]
    return replace(
        first,
        parts=(*first.parts[:-1], last, part),
        title=first.title or second.title,
        confidence=min(known) if known else None,
    )


def _continued(part: Part) -> Part:
    """The part with its last block of text marked as going on."""
    blocks = list(part.blocks)
    for n in range(len(blocks) - 1, -1, -1):
        if blocks[n].kind in _TEXT:
            blocks[n] = replace(blocks[n], continued=True)
            break
    return replace(part, blocks=tuple(blocks))


def _unmatched(
    ends: Sequence[_End], pairs: Sequence[_Pair], numbers: Mapping[str, int | None]
) -> list[Finding]:
    onward = {pair.first.item.id for pair in pairs}
    back = {pair.second.item.id for pair in pairs}
    printed = {n if n is not None else place + 1 for place, n in enumerate(numbers.values())}
    findings: list[Finding] = []
    for end in ends:
        for region, notice in end.notices:
            matched = end.item.id in (onward if notice.points is Points.ON else back)
            if matched or notice.bare:
                continue
            word = "goes on on" if notice.points is Points.ON else "comes from"
            why = (
                "no article there fits"
                if notice.page in printed or notice.page is None
                else "that page is not among the issue's pages"
            )
            where = f"page {notice.page}" if notice.page else "a page whose number is not read"
            text = f"an article {word} {where}, but {why}"
            findings.append(
                Finding("warning", "continuation-unmatched", text, end.item.parts[0].page, region)
            )
    return findings
