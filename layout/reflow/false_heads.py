"""Headings that are none: a line of running text that was taken for display.

Dirt, a bold name or a line that leans makes a line of text look larger than its neighbours. What gives it
away is that the text above breaks off in the middle of a sentence right over it, and goes on in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from layout.document import RUNNING_TEXT, Box, Page, Region, RegionKind
from layout.reflow.field import find_above
from layout.reflow.frame import Frame
from layout.reflow.measure import Body, measure_body, size_of
from layout.reflow.wording import begins_lower, ends_sentence

_DISPLAY = frozenset(
    {RegionKind.HEADLINE, RegionKind.KICKER, RegionKind.SUBHEADLINE, RegionKind.CROSSHEAD, RegionKind.BYLINE}
)
_LARGE = 1.4  # times the body's size: what is larger is display, whatever stands around it
_CLOSE = 0.7  # line pitches; a heading keeps more distance from the text above it


@dataclass(frozen=True, slots=True)
class _Stack:
    """Regions with text, their boxes in the reading frame, and what stands right above each."""

    regions: Sequence[Region]
    boxes: Sequence[Box]
    above: Sequence[int | None]


def without_false_heads(page: Page) -> Page:
    """The page with running text that was taken for headings made paragraphs again.

    Regions whose kind came with the input stay as they are.
    """
    frame, body = Frame.of(page), measure_body(page)
    regions = [r for r in page.regions if r.lines and not r.rotation]
    boxes = [frame.box(region) for region in regions]
    stack = _Stack(regions, boxes, find_above(boxes))
    false: set[str] = set()
    for n in sorted(range(len(regions)), key=lambda n: boxes[n].y0):
        if _is_false(stack, n, body, frame.pitch, false):
            false.add(regions[n].id)
    if not false:
        return page
    return replace(page, regions=tuple(_as_text(r) if r.id in false else r for r in page.regions))


def _as_text(region: Region) -> Region:
    reason = f"the sentence above goes on in it (looked like {region.kind.value})"
    return replace(region, kind=RegionKind.PARAGRAPH, kind_confidence=0.6, reason=reason)


def _is_false(stack: _Stack, n: int, body: Body, pitch: float, false: set[str]) -> bool:
    region, over = stack.regions[n], stack.above[n]
    if region.kind not in _DISPLAY or region.origin == "import" or over is None:
        return False
    before = stack.regions[over]
    if before.kind not in RUNNING_TEXT and before.id not in false:
        return False
    a, b = stack.boxes[over], stack.boxes[n]
    if a.overlap_x(b) < 0.6 * b.width or b.y0 - a.y1 > _CLOSE * pitch:
        return False
    if size_of(region, body) >= _LARGE:
        return False
    head = region.lines[0].text.strip()
    return begins_lower(head) or not ends_sentence(before.lines[-1].text)
