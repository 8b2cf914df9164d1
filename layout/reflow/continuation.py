"""Articles that go on on another page, put together.

Evidence for two parts of one article: a notice at the foot of one that names the other's page, a notice
over the other that names the first one's page, the same title, and text that reads on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from layout.document import Finding, Item, Part, Region
from layout.reflow.continuity import text_reads_on
from layout.reflow.likeness import folded
from layout.reflow.loose_ends import NAMED, TEXT, End, find_ends, told_by
from layout.reflow.notices import Points
from layout.reflow.settings import ReflowSettings

_UNLIKE = 0.3  # titles that differ: notices are at times put to a neighbour, and jump headlines reworded
_MUTUAL = 0.6  # two notices that name each other's page outweigh a headline that occurs twice
_MID = 0.85  # continuity of a text that begins with a small letter; a full stop not read alone says less
_EXACT, _WHOLE = 0.95, 0.3  # the very same title of several words
_ENOUGH = 1.0  # a notice to the page and one more sign, or notices on both sides


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
    ends = find_ends(items, regions, numbers)
    pairs = _match(ends, settings)
    return _joined(list(items), pairs, regions), _unmatched(ends, pairs)


@dataclass(frozen=True, slots=True)
class _Pair:
    first: End
    second: End
    score: float
    reason: str
    notices: frozenset[str]


def _match(ends: Sequence[End], settings: ReflowSettings) -> list[_Pair]:
    """The best pairs, each end used once on either side and each notice once; best first."""
    onward = {end.item.id for end in ends if any(not n.bare for n in end.says(Points.ON))}
    back = {end.item.id for end in ends if end.says(Points.BACK)}
    found: dict[tuple[str, str], _Pair] = {}
    for first in ends:
        for second in ends:
            if first.item.id in onward or second.item.id in back or _twins(first, second):
                _note(found, first, second, settings)
    used_first: set[str] = set()
    used_second: set[str] = set()
    told: set[str] = set()
    pairs: list[_Pair] = []
    for pair in sorted(found.values(), key=lambda p: (-p.score, p.first.item.id, p.second.item.id)):
        free = pair.first.item.id not in used_first and pair.second.item.id not in used_second
        if free and not pair.notices & told:
            told |= pair.notices
            used_first.add(pair.first.item.id)
            used_second.add(pair.second.item.id)
            pairs.append(pair)
    return pairs


def _twins(first: End, second: End) -> bool:
    """Whether two articles have the same title, and the second begins in the middle of a sentence."""
    if not first.item.title or first.item.title != second.item.title or not (first.text and second.text):
        return False
    return text_reads_on(first.text[-1], second.text[0]) >= _MID


def _note(
    found: dict[tuple[str, str], _Pair],
    first: End,
    second: End,
    settings: ReflowSettings,
) -> None:
    if first.place >= second.place or (first.item.id, second.item.id) in found:
        return
    pair = _judge(first, second, settings)
    if pair.score >= _ENOUGH:
        found[first.item.id, second.item.id] = pair


def _judge(first: End, second: End, settings: ReflowSettings) -> _Pair:
    """How much speaks for the second being the rest of the first; 1 is enough."""
    here, there = first.number, second.number
    likeness = _same_title(first, second)
    alike = likeness >= settings.match_titles
    on = told_by(first, Points.ON, there, second.names(Points.BACK, here), alike)
    back = told_by(second, Points.BACK, here, first.names(Points.ON, there), alike)
    score, reasons = on.worth + back.worth, []
    if on.where:
        reasons.append(f"the first says it goes on on {on.where}")
    if back.where:
        reasons.append(f"the second says it comes from {back.where}")
    if on.worth == back.worth == NAMED:
        score += _MUTUAL
    if alike:
        score += 0.5 * likeness
        reasons.append(f"the titles agree ({likeness:.2f})")
    elif first.item.title and second.item.title:
        score -= _UNLIKE
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
    return _Pair(first, second, score, "; ".join(reasons), on.regions | back.regions)


def _same_title(first: End, second: End) -> float:
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
        if blocks[n].kind in TEXT:
            blocks[n] = replace(blocks[n], continued=True)
            break
    return replace(part, blocks=tuple(blocks))


def _unmatched(ends: Sequence[End], pairs: Sequence[_Pair]) -> list[Finding]:
    onward = {pair.first.item.id for pair in pairs}
    back = {pair.second.item.id for pair in pairs}
    told = {region for pair in pairs for region in pair.notices}
    printed = {end.number for end in ends}
    findings: list[Finding] = []
    for end in ends:
        for region, notice in end.notices:
            matched = end.item.id in (onward if notice.points is Points.ON else back)
            if matched or notice.bare or region in told:
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
