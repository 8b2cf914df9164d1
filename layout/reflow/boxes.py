"""Tells a sidebar from an article that merely stands on a tint or in a frame.

Papers frame and tint whole articles and columns of briefs. A sidebar belongs to another article: it is
smaller, its headline small, and it has no kicker, deck or byline of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from layout.document import RUNNING_TEXT, Box, Page, Region, RegionKind
from layout.reflow.measure import Body, size_of

K = RegionKind
_BOXES = frozenset({K.SIDEBAR, K.ADVERTISEMENT})
_ALIKE = 0.93  # of two headings of one size
_BRIEFS = 3  # headings of one look and no larger one, of which each opens an item: a short text has fewer
_HEADINGS = frozenset({K.HEADLINE, K.CROSSHEAD})
_MINOR = 0.95  # of the smallest headline of an article on the page, which a sidebar's is smaller than
_BRIEF = 1.35  # times the body's size: the headings of briefs are no larger
_HEADLINE, _TEXT = 1.6, 1.15  # times the body's size: headings are no larger, and text in the page's own type
_MOSTLY = 0.7  # of a box's lines that are such text
_ARTICLE = 0.8  # evidence from which a box is an article's, not a sidebar


def opened(
    page: Page, region: Region, body: Body, stacked: bool = False, sizes: Sequence[float] = ()
) -> Iterator[Region]:
    """The region; or, for a box around whole articles, its contents and its frame as a separator.

    The frame keeps the box's id. ``stacked``: boxes stand right above each other, as briefs do; ``sizes`` are
    those of the page's headlines. Boxes from another system stay.
    """
    briefs = stacked and any(len(k.lines) > 2 for k in region.children if k.kind is K.PARAGRAPH)
    briefs = briefs or (region.kind is K.ADVERTISEMENT and _holds_briefs(region, body))
    box = region.kind is K.SIDEBAR or (region.kind is K.ADVERTISEMENT and briefs)
    if not box or not region.children or region.origin == "import":
        yield region
        return
    weight, why = _is_articles(page, region, body)
    weight += 1.2 if briefs else -1.5 if _is_minor(region, body, sizes) else 0.0
    if weight < _ARTICLE:
        yield region
        return
    yield replace(
        region,
        kind=K.SEPARATOR,
        children=(),
        lines=(),
        polygon=None,
        reason=f"separator: edge of a frame or tint around an article, {why}",
    )
    yield from region.children


def find_stacked(regions: Sequence[Region], body: Body) -> set[str]:
    """Ids of the boxes with headings that stand right above or below another one of the same width."""
    boxes = [r for r in regions if r.kind in _BOXES and any(k.kind in _HEADINGS for k in r.children)]
    boxes.sort(key=lambda region: region.box.y0)
    found: set[str] = set()
    for n, upper in enumerate(boxes):
        for lower in boxes[n + 1 : n + 4]:
            touch = abs(lower.box.y0 - upper.box.y1) < body.pitch
            edges = max(abs(lower.box.x0 - upper.box.x0), abs(lower.box.x1 - upper.box.x1))
            if touch and edges < 1.5 * body.pitch and K.SIDEBAR in {upper.kind, lower.kind}:
                found |= {upper.id, lower.id}
    return found


def _holds_briefs(box: Region, body: Body) -> bool:
    """Whether a box holds several short texts in the page's own type, each under a heading, and hardly more:
    an advertisement has a heading or two, and its lines are few and of many sizes.
    """
    text = [k for k in box.children if k.kind in RUNNING_TEXT and size_of(k, body) < _TEXT]
    opened = 0
    for heading in (k for k in box.children if k.kind in _HEADINGS and size_of(k, body) < _HEADLINE):
        below = (k for k in text if k.box.y0 >= heading.box.center[1] and _in_column(heading.box, k.box))
        first = min(below, key=lambda k: k.box.y0, default=None)
        opened += first is not None and len(first.lines) > 1 and _close(heading, first)
    lines = sum(len(k.lines) for k in text)
    return opened >= _BRIEFS and lines > _MOSTLY * sum(len(k.lines) for k in box.children)


def _in_column(a: Box, b: Box) -> bool:
    return a.overlap_x(b) > 0.8 * min(a.width, b.width)


def _is_minor(box: Region, body: Body, sizes: Sequence[float]) -> bool:
    """Whether a box has one heading, smaller than the headlines of the page's articles: it stands in one of
    them. Headlines as small as crossheads are those of briefs.
    """
    parts = sorted((c for c in box.children if c.lines), key=lambda c: c.box.y0)
    headings = [n for n, part in enumerate(parts) if part.kind in _HEADINGS]
    starts = [n for n in headings if n - 1 not in headings or not _close(parts[n - 1], parts[n])]
    largest = max((size_of(parts[n], body) for n in headings), default=0.0)
    return len(starts) == 1 and all(largest < _MINOR * size for size in sizes if size > _BRIEF)


def _close(upper: Region, lower: Region) -> bool:
    """Whether two pieces of display can be lines of one headline."""
    return lower.box.y0 - upper.box.y1 < lower.box.height


def _is_articles(page: Page, box: Region, body: Body) -> tuple[float, str]:
    heads = [child for child in box.children if child.kind is K.HEADLINE]
    largest = max((size_of(child, body) for child in heads), default=1.0)
    crossheads = [child for child in box.children if child.kind is K.CROSSHEAD]
    if not heads and len(crossheads) >= _BRIEFS:
        heads = crossheads
    elif heads:  # crossheads are smaller than their article's headline: of its size, they open items too
        heads += [child for child in crossheads if size_of(child, body) > _ALIKE * largest]
    signs = []
    if largest > 1.5:
        signs.append((2.5 * math.log(largest / 1.4), f"headline {largest:.1f} x body size"))
    own = {child.kind for child in box.children} & {K.KICKER, K.SUBHEADLINE, K.BYLINE, K.DATELINE}
    if own:
        signs.append((0.7 * len(own), "with " + ", ".join(sorted(kind.value for kind in own))))
    if any(child.kind is K.SECTION_LABEL for child in box.children):
        signs.append((1.0, "with a section's label"))
    if len(heads) > 1:
        signs.append((1.0, f"{len(heads)} headlines"))
    if box.box.area > 0.12 * page.width * page.height:
        signs.append((0.8, "large"))
    if not heads and K.SECTION_LABEL not in {child.kind for child in box.children}:
        signs.append((-1.0, ""))
    return sum(weight for weight, _ in signs), ", ".join(why for _, why in signs if why)
