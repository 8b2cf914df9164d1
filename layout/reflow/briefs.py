"""Columns of briefs: short items one below the other, each under a small heading of its own.

Between paragraphs such a heading looks like a crosshead. But a crosshead divides an article, and its look
is its own: where the column has no headline, or one that is set like the crossheads under it, each of them
opens an item.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from layout.document import RUNNING_MATTER, Box, Page, Region, RegionKind
from layout.reflow.field import find_above
from layout.reflow.frame import Frame
from layout.reflow.measure import Body, measure_body, size_of

_LIKE = 1.18  # sizes of one type differ less, as measured over some letters
_WEIGHT = 1.2  # and its strokes
_OWN = 1.1  # times the body's size or weight: type of its own
_LEAST = 2  # headings of one look in a column without a headline: one alone may divide what came before


def with_briefs(page: Page) -> Page:
    """The page with the headings of briefs made headlines. Kinds that came with the input stay."""
    regions = [r for r in page.regions if r.lines and not r.rotation and r.kind not in RUNNING_MATTER]
    small = [n for n, r in enumerate(regions) if r.kind is RegionKind.CROSSHEAD and r.origin != "import"]
    if not small:
        return page
    frame, body = Frame.of(page), measure_body(page)
    boxes = [frame.box(region) for region in regions]
    above, over = _headlines(regions, boxes)
    heads = (box for box, region in zip(boxes, regions, strict=True) if region.kind is RegionKind.HEADLINE)
    highest = min((box.y1 for box in heads), default=math.inf)
    opening = [n for n in small if above[n] is None and boxes[n].y0 < highest]  # no headline stands over it
    briefs: dict[str, str] = {}
    for n in small:
        head = over[n]
        like = [m for m in (opening if head is None else [head]) if _alike(regions[n], regions[m], body)]
        if head is not None and like:
            briefs[regions[n].id] = "headline: set like the one over it"
        elif len(like) and sum(_alike(regions[n], regions[m], body) for m in small) >= _LEAST:
            briefs[regions[n].id] = "headline: set like the heading that opens the page's columns"
    return replace(
        page,
        regions=tuple(
            replace(r, kind=RegionKind.HEADLINE, reason=briefs[r.id]) if r.id in briefs else r
            for r in page.regions
        ),
    )


def _headlines(regions: Sequence[Region], boxes: Sequence[Box]) -> tuple[list[int | None], list[int | None]]:
    """For each region what stands right above it, and the headline it stands under in its column."""
    above = find_above(boxes)
    over: list[int | None] = [None] * len(regions)
    for n in sorted(range(len(regions)), key=lambda n: (boxes[n].y0, boxes[n].x0)):
        upper = above[n]
        over[n] = n if regions[n].kind is RegionKind.HEADLINE else None if upper is None else over[upper]
    return above, over


def _alike(one: Region, other: Region, body: Body) -> bool:
    """Whether two headings are of one type, and it is not the text's: of about one size and weight."""
    sizes, weights = (size_of(one, body), size_of(other, body)), (_weight(one), _weight(other))
    if max(sizes[0], weights[0]) < _OWN:
        return False
    return max(sizes) < _LIKE * min(sizes) and max(weights) < _WEIGHT * min(weights)


def _weight(region: Region) -> float:
    return region.appearance.weight or 1.0
