"""What the articles of a page show when text is in the wrong order, or in the wrong article.

Articles lie in each other, an article's letters are of unlike size, its text leaps to what does not follow,
breaks off in mid-sentence or is not there at all, steps of its order are not sure. Right pages show a little
of all that, wrong ones more.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, pairwise
from statistics import fmean, pstdev

from layout.document import RUNNING_TEXT, Direction, Issue, Item, ItemKind, Page, Region, RegionKind, union
from layout.reflow.wording import ends_sentence

_BODY = RUNNING_TEXT - {RegionKind.VERSE, RegionKind.FOOTNOTE}

_SURE = 0.85  # confidence of a step of the order
_BACK = 0.5  # of a text's height: what follows it in its column and begins so far above its end lies in it
_DOWN = 0.15  # of the page's height: between two texts of a column so far apart stands something else
_FEW_STEPS = 4  # of fewer, one is no larger share
_MOST = 2  # articles: more say nothing more


def article_doubts(issue: Issue) -> dict[str, dict[str, float]]:
    """Page id -> how much of their area its articles share with others (``mixed``), how unlike in size the
    letters of the most uneven article are (``unlike``), what the least sure step of an article's order lacks
    (``steps``), the share of blocks that do not surely follow the one before (``unsteady``), the share of
    steps from text to text that leap (``leaps``), and how many articles break off (``broken``) or are a
    headline alone (``textless``)."""
    items: dict[str, list[Item]] = defaultdict(list)
    for item in issue.items:
        for page_id in {part.page for part in item.parts}:
            items[page_id].append(item)
    return {page.id: _of_page(page, items[page.id]) for page in issue.pages if page.failed is None}


def _of_page(page: Page, items: list[Item]) -> dict[str, float]:
    articles = [item for item in items if item.kind is ItemKind.ARTICLE and item.regions_on(page.id)]
    texts = [(item, _text(item, page)) for item in articles]
    steps = [step for _, text in texts for step in pairwise(text)]
    sure = _sureness(page, items)
    return {
        "mixed": _mixed(page, items),
        "unlike": _unlike(page, items),
        "steps": round(1 - min(sure, default=1.0), 4),
        "unsteady": round(sum(one < _SURE for one in sure) / max(1, len(sure)), 4),
        "leaps": round(sum(_leaps(*step, page) for step in steps) / max(_FEW_STEPS, len(steps)), 4),
        "broken": float(min(_MOST, sum(_breaks_off(item, text) for item, text in texts))),
        "textless": float(min(_MOST, sum(not text for _, text in texts))),
    }


def _text(item: Item, page: Page) -> list[Region]:
    """The regions of an item's running text on a page, in its order."""
    regions = {region.id: region for region in page.walk() if region.lines and region.kind in _BODY}
    ids = [
        id_ for part in item.parts if part.page == page.id for block in part.blocks for id_ in block.regions
    ]
    return [regions[id_] for id_ in ids if id_ in regions]


def _sureness(page: Page, items: list[Item]) -> list[float]:
    """How surely each block follows the one before."""
    return [
        block.confidence
        for item in items
        for part in item.parts
        if part.page == page.id
        for block in part.blocks
        if block.confidence is not None
    ]


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


def _unlike(page: Page, items: list[Item]) -> float:
    """How far the heights of letters in the texts of an item lie from each other, by their mean."""
    owner = {id_: item.id for item in items for id_ in item.regions_on(page.id)}
    heights: dict[str, list[float]] = defaultdict(list)
    for region in page.walk():
        if region.lines and region.kind in _BODY and region.id in owner and region.appearance.letter_height:
            heights[owner[region.id]].append(region.appearance.letter_height)
    return round(max([pstdev(some) / fmean(some) for some in heights.values()], default=0.0), 4)


def _leaps(first: Region, second: Region, page: Page) -> bool:
    """Whether the second text does not stand where one goes on: below the first one in its column, or in the
    next column, in the direction in which columns follow each other."""
    a, b = first.box, second.box
    if a.overlap_x(b) > 0.5 * min(a.width, b.width):
        gap = b.y0 - a.y1
        return gap < -_BACK * a.height or gap > _DOWN * page.height
    leftward = b.x0 <= a.x0
    between = a.x0 - b.x1 if leftward else b.x0 - a.x1
    return between > max(a.width, b.width) or leftward is not (page.direction is Direction.RTL)


def _breaks_off(item: Item, text: list[Region]) -> bool:
    """Whether an article that goes on on no other page ends in mid-sentence; a line alone may be a name."""
    goes_on = len(item.parts) > 1 or any(part.notices for part in item.parts)
    return bool(text) and not goes_on and len(text[-1].lines) > 1 and not ends_sentence(text[-1].text)
