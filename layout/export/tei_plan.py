"""What has to be known of the whole issue before its TEI is written: divisions, cuts, quoted passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from layout.document import DISPLAY, RUNNING_TEXT, Block, Item, ItemKind, Part, Region, RegionKind
from layout.export.outline import Entry, Outline
from layout.export.passage import tokens
from layout.export.tei_inline import Segment, atomic
from layout.export.verse import starts

K = RegionKind

#: Regions that are the box of an item of this kind: they become its division's `facs`.
OWN_BOX = {
    ItemKind.ADVERTISEMENT: frozenset({K.ADVERTISEMENT, K.DEATH_NOTICE}),
    ItemKind.SIDEBAR: frozenset({K.SIDEBAR}),
    ItemKind.TABLE: frozenset({K.TABLE}),
}

#: Before the text of a division only: a part that begins with one needs a division of its own.
_OPENERS = DISPLAY | {K.BYLINE, K.DATELINE, K.LEAD}


@dataclass
class Plan:
    """``merged``: ids of parts that go on in the division before them. ``chain``: division id ->
    (previous, next) of the same item. ``cut``: block id -> (block before, block after) of one sentence
    over two parts. ``segments`` by block; ``targets`` by (item, page, place of the float)."""

    merged: set[str] = field(default_factory=set)
    chain: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    division: dict[str, str] = field(default_factory=dict)
    cut: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    segments: dict[str, list[Segment]] = field(default_factory=dict)
    targets: dict[tuple[str, int, int], list[str]] = field(default_factory=dict)


#: The plan made last: two formats of an issue ask for it.
_last: tuple[Outline, Plan] | None = None


def plan(outline: Outline) -> Plan:
    """The plan of an issue; asked for the same outline again, the same value."""
    global _last
    if _last is None or _last[0] is not outline:
        made = Plan()
        _divide(outline, made)
        for item in outline.issue.items:
            _cut(outline, item, made)
        _quote(outline, made)
        _last = outline, made
    return _last[1]


def _divide(outline: Outline, made: Plan) -> None:
    """Consecutive parts of an article share a division if nothing stands between them."""
    divisions: dict[str, list[str]] = {}
    last: Entry | None = None
    for page in outline.pages:
        for place, entry in enumerate((*page.entries, *page.inner.values())):
            item = entry.item.id
            if place == 0 and last and _shares(last, entry):
                made.merged.add(entry.id)
                made.division[entry.id] = divisions[item][-1]
            else:
                divisions.setdefault(item, []).append(entry.id)
                made.division[entry.id] = entry.id
            last = entry
        if page.loose or not page.entries or page.inner:
            last = None
        elif page.entries:
            last = page.entries[-1]
    for ids in divisions.values():
        for number, id_ in enumerate(ids):
            before = ids[number - 1] if number else None
            made.chain[id_] = (before, ids[number + 1] if number + 1 < len(ids) else None)


def _shares(last: Entry, entry: Entry) -> bool:
    if last.item is not entry.item or entry.item.kind is not ItemKind.ARTICLE or entry.frames or last.frames:
        return False
    begins = entry.part.blocks[0].kind if entry.part.blocks else None
    ends = last.part.blocks[-1].kind if last.part.blocks else None
    return begins not in _OPENERS and ends not in _OPENERS


def _cut(outline: Outline, item: Item, made: Plan) -> None:
    for first, second in pairwise(item.parts):
        before = next((block for block in reversed(_running(outline, item, first)) if block.continued), None)
        after = next(iter(_running(outline, item, second)), None)
        if before and after:
            made.cut[before.id] = (made.cut.get(before.id, (None, None))[0], after.id)
            made.cut[after.id] = (before.id, None)


def _running(outline: Outline, item: Item, part: Part) -> list[Block]:
    """The blocks of text of a part that have an element, which a sentence may begin or end in."""
    found = [(block, outline.known(block.regions, part.page)) for block in part.blocks]
    return [
        block
        for block, regions in found
        if block.kind in RUNNING_TEXT - {K.FOOTNOTE} and regions and not is_own_box(item, regions)
    ]


def is_own_box(item: Item, regions: Sequence[Region]) -> bool:
    """Whether the regions of a block are the box that the item is drawn in: it has no element of its own."""
    return all(region.kind in OWN_BOX.get(item.kind, ()) for region in regions)


def _quote(outline: Outline, made: Plan) -> None:
    """Cut the passages that pull-quotes repeat into segments, block by block."""
    wanted: dict[str, list[tuple[tuple[str, int, int], tuple[int, int]]]] = {}
    for item in outline.issue.items:
        for number, part in enumerate(item.parts):
            for place, float_ in enumerate(part.floats):
                for target in float_.targets:
                    if target.block in outline.blocks and target.start < target.end:
                        span = (max(0, target.start), target.end)
                        wanted.setdefault(target.block, []).append(((item.id, number, place), span))
    for block, uses in wanted.items():
        regions = (outline.regions[id_] for id_ in outline.blocks[block].regions if id_ in outline.regions)
        text = tokens(regions, outline.joins, outline.joined)
        breaks = starts(text) if outline.blocks[block].kind is K.VERSE else ()
        made.segments[block], ids = atomic([span for _, span in uses], block, text, breaks)
        for (key, _), found in zip(uses, ids, strict=True):
            made.targets.setdefault(key, []).extend(found)
