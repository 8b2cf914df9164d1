"""What the articles of a page show when their text is in the wrong order, or in the wrong article.

Articles lie in each other, some have taken the text of others, paragraphs break off where the sentence should
go on, text has no headline. Right pages show a little of all that, wrong ones more.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from statistics import fmean, pstdev

from layout.document import RUNNING_TEXT, Box, Issue, ItemKind, Part, Region, RegionKind, union
from layout.reflow.wording import ends_sentence

_BODY = RUNNING_TEXT - {RegionKind.VERSE, RegionKind.FOOTNOTE}
_HEADS = frozenset({RegionKind.HEADLINE, RegionKind.KICKER})

Regions = dict[str, Region]


def article_doubts(issue: Issue) -> dict[str, dict[str, float]]:
    """Page id -> how much its articles lie in each other (``mixed``), how unlike their lengths are
    (``uneven``), how many paragraphs break off (``breaks``), and the share of those that begin there without
    a headline (``headless``)."""
    regions = issue.regions()
    parts: dict[str, list[tuple[Part, bool]]] = defaultdict(list)
    for item in issue.items:
        if item.kind is ItemKind.ARTICLE:
            for number, part in enumerate(item.parts):
                parts[part.page].append((part, number == 0))
    return {
        page: {
            "mixed": _mixed([_regions(part, regions) for part, _ in found]),
            "uneven": _uneven([sum(len(r.lines) for r in _regions(part, regions)) for part, _ in found]),
            "breaks": float(sum(_breaks(part, regions) for part, _ in found)),
            "headless": _share(
                [
                    _HEADS.isdisjoint(b.kind for b in part.blocks)
                    for part, first in found
                    if first and part.blocks
                ]
            ),
        }
        for page, found in parts.items()
    }


def goes_on_below(first: Region, second: Region, share: float) -> bool:
    """Whether the second stands below the first, over ``share`` of the narrower one."""
    a, b = first.box, second.box
    return b.y0 >= a.y0 and min(a.x1, b.x1) - max(a.x0, b.x0) > share * min(a.width, b.width)


def _regions(part: Part, regions: Regions) -> list[Region]:
    return [regions[id_] for block in part.blocks for id_ in block.regions if id_ in regions]


def _mixed(articles: list[list[Region]]) -> float:
    """How much of their area the articles' extents share with those of others."""
    boxes: list[Box] = [union(region.box for region in one) for one in articles if one]
    area = sum(region.box.area for one in articles for region in one)
    both = sum(a.intersection(b) for a, b in combinations(boxes, 2))
    return round(both / area, 4) if area else 0.0


def _uneven(lengths: list[int]) -> float:
    """How far the lengths lie from each other, by their mean: 0 where all are alike."""
    return round(pstdev(lengths) / fmean(lengths), 4) if any(lengths) else 0.0


def _breaks(part: Part, regions: Regions) -> int:
    """Paragraphs that end in the middle of a sentence and do not go on on another page."""
    count = 0
    for block in part.blocks:
        found = [regions[id_] for id_ in block.regions if id_ in regions]
        lines = [line for region in found for line in region.lines if line.words]
        if lines and block.kind in _BODY and not block.continued:
            count += not ends_sentence(lines[-1].text)
    return count


def _share(found: list[bool]) -> float:
    return round(sum(found) / len(found), 4) if found else 0.0
