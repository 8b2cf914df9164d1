"""Columns of briefs: short items one below the other, each under a small heading of its own.

Between paragraphs such a heading looks like a crosshead. But a crosshead divides an article, and its look
is its own: where the column has no headline, or one that is set like the crossheads under it, each of them
opens an item. And where two of one look begin level in neighbouring columns, below white that runs over both,
a row of briefs begins: crossheads fall in the text where they fall.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from layout.document import RUNNING_MATTER, Box, Page, Region, RegionKind, union
from layout.reflow.field import find_above
from layout.reflow.frame import Frame
from layout.reflow.measure import Body, is_bold, measure_body, size_of
from layout.reflow.wording import ends_statement


class Type(NamedTuple):
    """Size and weight, 1.0 being the running text's, and whether it is another type than the text's."""

    size: float
    weight: float
    own: bool


#: What stands over a headline or beside it; with text, a deck or a name right below it is one.
_OPENING = frozenset({RegionKind.HEADLINE, RegionKind.KICKER, RegionKind.SECTION_LABEL})
_LIKE = 1.18  # sizes of one type differ less, as measured over some letters
_WEIGHT = 1.2  # and its strokes
_OWN = 1.1  # times the body's size or weight: type of its own
_BOLD = 1.05  # times the text's weight: the lightest bold type
_SMALL = 1.3  # times the body's size: a headline of an article is larger
_COLUMN = 3  # headings of a column of briefs, from which they need no type of their own
_WHITE = 1.2  # line pitches over a heading that opens a row: over a crosshead there is about half of it
_LEVEL = 0.6  # line pitches by which headings of one row differ
_LEAST = 2  # headings of one look in a column without a headline: one alone may divide what came before


def with_briefs(page: Page) -> Page:
    """The page with the headings of briefs made headlines. Kinds that came with the input stay."""
    regions = [r for r in page.regions if r.lines and not r.rotation and r.kind not in RUNNING_MATTER]
    small = [n for n, r in enumerate(regions) if r.kind is RegionKind.CROSSHEAD and r.origin != "import"]
    if not small:
        return page
    frame, body = Frame.of(page), measure_body(page)
    boxes = [frame.box(region) for region in regions]
    above = find_above(boxes)
    looks = [type_of(region, body) for region in regions]
    small += _asking(regions, boxes, looks, small)
    headlines = [n for n, region in enumerate(regions) if region.kind is RegionKind.HEADLINE]
    level = _level(looks, boxes, small, headlines, above, frame.pitch)
    over = _headlines(regions, boxes, above, level)
    heads = [*headlines, *level]
    over_text = {above[n] for n, region in enumerate(regions) if region.kind not in _OPENING}
    highest = min((boxes[n].y1 for n in headlines if n in over_text), default=math.inf)
    # At a column's head, below another headline, a crosshead looks the same as a brief's first heading.
    first = min((boxes[n].y1 for n in headlines), default=math.inf)
    unsure = {n for n in headlines if looks[n].size < _SMALL and above[n] is None and boxes[n].y0 > first}
    opening = [n for n in small if above[n] is None and boxes[n].y0 < highest]  # no headline stands over it
    briefs = {regions[n].id: "headline: opens a row of the page beside another of its look" for n in level}
    for n in small:
        head = over[n]
        if n in level:
            continue
        usual = _look_of_all(head, looks, boxes, heads) if head is not None else None
        column = [m for m in (*small, *headlines) if boxes[m].overlap_x(boxes[n]) > 0]
        many = usual is not None and sum(even(looks[m], usual) for m in column) >= _COLUMN
        if head in unsure and not many:
            continue
        like = even if many else alike
        if usual and like(looks[n], usual):
            briefs[regions[n].id] = "headline: set like the one over it"
        elif (
            head is None
            and any(alike(looks[n], looks[m]) for m in opening)
            and sum(alike(looks[n], looks[m]) for m in small) >= _LEAST
        ):
            briefs[regions[n].id] = "headline: set like the heading that opens the page's columns"
    return replace(
        page,
        regions=tuple(
            replace(r, kind=RegionKind.HEADLINE, reason=briefs[r.id]) if r.id in briefs else r
            for r in page.regions
        ),
    )


def _asking(
    regions: Sequence[Region], boxes: Sequence[Box], looks: Sequence[Type], small: Sequence[int]
) -> list[int]:
    """Lines taken for text, since they ask or fill their column, that are set like the page's small headings:
    nearer to them in weight than to the text; and such a heading stands in their column, too.
    """
    usual = _usual([looks[m] for m in small])
    if len(small) < _COLUMN or usual.weight < _BOLD:
        return []
    return [
        n
        for n, region in enumerate(regions)
        if region.kind is RegionKind.PARAGRAPH
        and region.origin != "import"
        and len(region.lines) <= 2
        and not ends_statement(region.text)
        and even(looks[n], usual)
        and looks[n].weight > 0.5 * (1.0 + usual.weight)
        and any(boxes[m].overlap_x(boxes[n]) > 0 for m in small)
    ]


def _usual(looks: Sequence[Type]) -> Type:
    size, weight = (
        statistics.median(values) for values in ([x.size for x in looks], [x.weight for x in looks])
    )
    return Type(size, weight, sum(x.own for x in looks) > 0.5 * len(looks))


def type_of(region: Region, body: Body) -> Type:
    size, weight = size_of(region, body), region.appearance.weight or 1.0
    return Type(size, weight, max(size, weight) >= _OWN or is_bold(region, size, body))


def _headlines(
    regions: Sequence[Region], boxes: Sequence[Box], above: Sequence[int | None], level: frozenset[int]
) -> list[int | None]:
    """For each region the headline it stands under in its column, those ``level`` with another included."""
    over: list[int | None] = [None] * len(regions)
    for n in sorted(range(len(regions)), key=lambda n: (boxes[n].y0, boxes[n].x0)):
        upper = above[n]
        opens = regions[n].kind is RegionKind.HEADLINE or n in level
        over[n] = n if opens else None if upper is None else over[upper]
    return over


def _level(
    looks: Sequence[Type],
    boxes: Sequence[Box],
    small: Sequence[int],
    headlines: Sequence[int],
    above: Sequence[int | None],
    pitch: float,
) -> frozenset[int]:
    """Those of the small headings that begin level with another of their look in the next column; at the
    head of a column, where no crosshead is set, whatever look that is.
    """

    def white(n: int) -> float:
        upper = above[n]
        return math.inf if upper is None else boxes[n].y0 - boxes[upper].y1

    heads = [n for n in small if white(n) > _WHITE * pitch]
    beside = [*heads, *(n for n in headlines if white(n) > _WHITE * pitch)]
    return frozenset(
        n
        for n in heads
        for m in beside
        if n != m
        and abs(boxes[n].y0 - boxes[m].y0) < _LEVEL * pitch
        and boxes[n].overlap_x(boxes[m]) <= 0
        and (alike(looks[n], looks[m]) or (math.isinf(white(n)) and even(looks[n], looks[m])))
        and not _between(boxes[n], boxes[m], boxes, pitch)
    )


def _between(one: Box, other: Box, boxes: Sequence[Box], pitch: float) -> bool:
    """Whether text stands in the white over two headings, or runs on through the row between them; that it
    begins in the row, as what goes on from the column before does, is no matter."""
    row = union((one, other))
    band = replace(row, y0=row.y0 - _WHITE * pitch, y1=row.y0 + 0.5 * pitch)
    return any(
        box.overlap_x(band) > 0
        and box.overlap_y(band) > 0
        and box.y0 < row.y0 - _LEVEL * pitch
        and box not in (one, other)
        for box in boxes
    )


def _look_of_all(head: int, looks: Sequence[Type], boxes: Sequence[Box], heads: Sequence[int]) -> Type:
    """The usual look of a column's headings that are set like this headline: a few letters say little."""
    like = [looks[n] for n in heads if boxes[n].overlap_x(boxes[head]) > 0 and even(looks[n], looks[head])]
    return _usual(like)


def alike(one: Type, other: Type) -> bool:
    """Whether two headings are of one type, and it is not the text's."""
    return one.own and even(one, other)


def even(one: Type, other: Type) -> bool:
    """Whether two headings are of about one size and weight."""
    even = max(one.size, other.size) < _LIKE * min(one.size, other.size)
    return even and max(one.weight, other.weight) < _WEIGHT * min(one.weight, other.weight)
