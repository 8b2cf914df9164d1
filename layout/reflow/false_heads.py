"""Headings and quotes that are none: a line of running text that was taken for display.

Dirt, a bold name or a line that leans makes a line of text look larger than its neighbours. What gives it
away is that the text above breaks off in the middle of a sentence right over it, and goes on in it. A
pull-quote in the body's own type, with no white space over it, is a sentence that the text says twice.
"""

from __future__ import annotations

import statistics
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
_APART = frozenset({RegionKind.PULL_QUOTE, RegionKind.KICKER})  # never without white space above
_LARGE = 1.4  # times the body's size: what is larger is display, whatever stands around it
_LETTERS = 2
_SURE = 0.25  # mean confidence of words below which they are no words
_OWN = 1.15  # times the body's size: what is smaller is set in the body's own type
_HANGS = 0.4  # line pitches; a quote keeps more distance from the text above it
_CLOSE = 0.7  # line pitches; a heading keeps more distance from the text above it


@dataclass(frozen=True, slots=True)
class _Stack:
    """Regions with text, their boxes in the reading frame, and what stands right above each."""

    regions: Sequence[Region]
    boxes: Sequence[Box]
    above: Sequence[int | None]


def without_false_heads(page: Page) -> Page:
    """The page with running text that was taken for headings made paragraphs again.

    Display without a letter, or read with next to no confidence (dirt, the grain of a photograph),
    becomes of unknown kind: it opens no article. Regions whose kind came with the input stay as they are.
    """
    frame, body = Frame.of(page), measure_body(page)
    regions = [r for r in page.regions if r.lines and not r.rotation]
    boxes = [frame.box(region) for region in regions]
    stack = _Stack(regions, boxes, find_above(boxes))
    false: set[str] = set()
    for n in sorted(range(len(regions)), key=lambda n: boxes[n].y0):
        if _is_false(stack, n, body, frame.pitch, false):
            false.add(regions[n].id)
    read = any(line.words for region in regions for line in region.lines)
    grain = {r.id for r in regions if read and _is_grain(r)} - false
    if not false and not grain:
        return page
    return replace(
        page,
        regions=tuple(
            _as_text(r) if r.id in false else _as_unknown(r) if r.id in grain else r for r in page.regions
        ),
    )


def _is_grain(region: Region) -> bool:
    """Whether display holds nothing that could be read; light letters on dark are hard to read as such."""
    if region.kind not in _DISPLAY or region.origin == "import" or region.appearance.light_on_dark:
        return False
    words = [word for line in region.lines for word in line.words]
    known = [word.confidence for word in words if word.confidence is not None]
    letters = sum(char.isalnum() for word in words for char in word.text)
    return letters < _LETTERS or (len(known) == len(words) and statistics.fmean(known) < _SURE)


def _as_unknown(region: Region) -> Region:
    reason = f"nothing in it can be read (looked like {region.kind.value})"
    return replace(region, kind=RegionKind.UNKNOWN, kind_confidence=0.3, reason=reason)


def _as_text(region: Region) -> Region:
    reason = f"the text above goes on in it (looked like {region.kind.value})"
    return replace(region, kind=RegionKind.PARAGRAPH, kind_confidence=0.6, reason=reason)


def _is_false(stack: _Stack, n: int, body: Body, pitch: float, false: set[str]) -> bool:
    region, over = stack.regions[n], stack.above[n]
    if region.origin == "import":
        return False
    size = size_of(region, body)
    if region.kind in _APART and size < _OWN and _hangs(stack, n, over, pitch):
        return True
    if region.kind not in _DISPLAY or over is None or size >= _LARGE:
        return False
    before = stack.regions[over]
    text = before.kind in RUNNING_TEXT or before.kind is RegionKind.PULL_QUOTE or before.id in false
    if (
        not text
        or size_of(before, body) >= _OWN
        or not _under(stack.boxes[over], stack.boxes[n], _CLOSE * pitch)
    ):
        return False
    if begins_lower(region.lines[0].text.strip()):
        return True
    return _is_full(before) and not ends_sentence(before.lines[-1].text)


def _is_full(region: Region) -> bool:
    """Whether the last line runs as far as the others: one that ends early ends its paragraph, and if no
    full stop was read, it was overlooked."""
    widths = [line.box.width for line in region.lines]
    return len(widths) < 3 or widths[-1] > 0.85 * max(widths)


def _hangs(stack: _Stack, n: int, over: int | None, pitch: float) -> bool:
    """Whether running text of the same column stands without white space over this region."""
    if over is None or stack.regions[over].kind not in RUNNING_TEXT | {RegionKind.UNKNOWN}:
        return False
    return _under(stack.boxes[over], stack.boxes[n], _HANGS * pitch)


def _under(a: Box, b: Box, reach: float) -> bool:
    return a.overlap_x(b) >= 0.6 * b.width and b.y0 - a.y1 <= reach
