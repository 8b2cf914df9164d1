"""What the articles of a page show when text is in the wrong order, or in the wrong article.

Articles lie in each other, text stands directly below that of another article, an article's letters are of
unlike size, a step of its order is not sure. Right pages show a little of all that, wrong ones more.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean, median, pstdev

from layout.document import RUNNING_TEXT, Issue, Item, ItemKind, Page, Region, RegionKind, union

_BODY = RUNNING_TEXT - {RegionKind.VERSE, RegionKind.FOOTNOTE}

_PITCH = 30.0  # pixels from line to line where no region tells it
_UNDER = 0.5  # share of the narrower region over which the lower one stands under the upper one


@dataclass(frozen=True)
class _Stand:
    """The regions with text of a page: all of them, those in items from above, whose they are, and the pixels
    from line to line."""

    regions: list[Region]
    owned: list[Region]
    owner: dict[str, str]
    pitch: float


def article_doubts(issue: Issue) -> dict[str, dict[str, float]]:
    """Page id -> how much of their area its articles share with others (``mixed``), the share of regions with
    text that stands directly over that of another article (``changes``), how unlike in size the letters of
    the most uneven article are (``unlike``), and what the least sure step of an article's order lacks
    (``steps``)."""
    items: dict[str, list[Item]] = defaultdict(list)
    for item in issue.items:
        for page_id in {part.page for part in item.parts}:
            items[page_id].append(item)
    return {page.id: _of_page(page, items[page.id]) for page in issue.pages if page.failed is None}


def _of_page(page: Page, items: list[Item]) -> dict[str, float]:
    stand = _stand(page, items)
    body = [region for region in stand.owned if region.kind in _BODY]
    return {
        "mixed": _mixed(page, items),
        "changes": _share(sum(_changes(region, stand) for region in body), len(stand.regions)),
        "unlike": _unlike(body, stand.owner),
        "steps": _least_sure(page, items),
    }


def _stand(page: Page, items: list[Item]) -> _Stand:
    regions = [region for region in page.walk() if region.lines]
    owner = {id_: item.id for item in items for id_ in item.regions_on(page.id)}
    owned = sorted((region for region in regions if region.id in owner), key=lambda region: region.box.y0)
    pitches = [region.appearance.line_pitch for region in regions if region.appearance.line_pitch]
    return _Stand(regions, owned, owner, median(pitches) if pitches else _PITCH)


def _mixed(page: Page, items: list[Item]) -> float:
    """How much of their area the articles' extents share with those of others."""
    regions = {region.id: region.box for region in page.walk()}
    articles = [
        [
            regions[id_]
            for part in item.parts
            if part.page == page.id
            for block in part.blocks
            for id_ in block.regions
            if id_ in regions
        ]
        for item in items
        if item.kind is ItemKind.ARTICLE
    ]
    extents = [union(boxes) for boxes in articles if boxes]
    area = sum(box.area for boxes in articles for box in boxes)
    return round(sum(a.intersection(b) for a, b in combinations(extents, 2)) / area, 4) if area else 0.0


def _least_sure(page: Page, items: list[Item]) -> float:
    sure = [
        block.confidence
        for item in items
        for part in item.parts
        if part.page == page.id
        for block in part.blocks
        if block.confidence is not None
    ]
    return round(1 - min(sure, default=1.0), 4)


def _changes(text: Region, stand: _Stand) -> bool:
    """Whether what stands directly under running text is that of another article."""
    found = next(_below(text, stand), None)
    return found is not None and found.kind in _BODY and stand.owner[found.id] != stand.owner[text.id]


def _unlike(body: list[Region], owner: dict[str, str]) -> float:
    """How far the heights of letters in the texts of an article lie from each other, by their mean."""
    heights: dict[str, list[float]] = defaultdict(list)
    for region in body:
        if region.appearance.letter_height:
            heights[owner[region.id]].append(region.appearance.letter_height)
    return round(max([pstdev(some) / fmean(some) for some in heights.values()], default=0.0), 4)


def _below(upper: Region, stand: _Stand) -> Iterator[Region]:
    """The regions of items that stand under a region, from above."""
    box = upper.box
    first = bisect_left(stand.owned, box.y1 - stand.pitch, key=lambda region: region.box.y0)
    for region in stand.owned[first:]:
        if region is not upper and box.overlap_x(region.box) > _UNDER * min(box.width, region.box.width):
            yield region


def _share(count: int, whole: int) -> float:
    return round(count / whole, 4) if whole else 0.0
