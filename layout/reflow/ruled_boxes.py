"""Boxes with a rule above and a rule below and none at their sides.

Papers close off a sidebar so as often as they frame it. The rules are as wide as the column, and what stands
between is set in from both ends of them, as nothing else in the column is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from layout.document import RUNNING_TEXT, Appearance, Box, Page, Region, RegionKind
from layout.reflow.measure import measure_body
from layout.reflow.paragraphs import fresh_numbers

K = RegionKind
_ALIKE = 0.5  # line pitches by which the ends of the two rules, or of a column and its rule, are off
_SET_IN = 0.4  # line pitches at least from a rule's ends to the text between
_LEAST = 4  # lines of running text; fewer are a quotation or a notice
_HIGH = 0.5  # of the page's height
_NEAR = 3.0  # line pitches from the rules to what stands between them


def with_ruled_boxes(page: Page) -> Page:
    """The page with each of these made a sidebar around what it holds; what came with the input stays."""
    pitch = measure_body(page).pitch
    rules = sorted(
        (r.box for r in page.regions if r.kind is K.SEPARATOR and r.box.width > 3 * r.box.height),
        key=lambda box: (box.y0, box.x0),
    )
    boxes = list(_boxes(page.regions, rules, pitch, _HIGH * page.height))
    if not boxes:
        return page
    numbers = fresh_numbers(page)
    taken = {region.id for _, held in boxes for region in held}
    made = [
        Region(
            f"{page.id}_r{next(numbers):03d}",
            K.SIDEBAR,
            box,
            children=tuple(held),
            reason="between two rules of its width, set in from their ends",
            appearance=Appearance(framed=True),
        )
        for box, held in boxes
    ]
    return replace(page, regions=(*(r for r in page.regions if r.id not in taken), *made))


def _boxes(
    regions: Sequence[Region], rules: Sequence[Box], pitch: float, high: float
) -> Iterator[tuple[Box, list[Region]]]:
    """The place between two such rules, and what stands there."""
    texts = [region for region in regions if region.lines and not region.rotation]
    for n, upper in enumerate(rules):
        lower = next((rule for rule in rules[n + 1 :] if _same_ends(upper, rule, pitch)), None)
        if lower is None or lower.y0 - upper.y1 > high:
            continue
        place = replace(upper, x0=min(upper.x0, lower.x0), x1=max(upper.x1, lower.x1), y1=lower.y1)
        held = [r for r in regions if r.kind is not K.SEPARATOR and r.box.intersection(place) > 0]
        around = [r.box for r in texts if r not in held and len(r.lines) > 2]
        if _is_box(held, place, pitch) and any(_same_ends(place, box, pitch) for box in around):
            yield place, held


def _same_ends(one: Box, other: Box, pitch: float) -> bool:
    return max(abs(one.x0 - other.x0), abs(one.x1 - other.x1)) < _ALIKE * pitch


def _is_box(held: Sequence[Region], place: Box, pitch: float) -> bool:
    """Whether this is a heading and text below it, set in from both ends of the place and filling it."""
    running = sum(len(r.lines) for r in held if r.kind in RUNNING_TEXT)
    if running < _LEAST or any(r.origin == "import" or r.children for r in held):
        return False
    first, last = min(held, key=lambda r: r.box.y0), max(held, key=lambda r: r.box.y1)
    inset = min(min(r.box.x0 - place.x0, place.x1 - r.box.x1) for r in held)
    filled = first.box.y0 - place.y0 < _NEAR * pitch and place.y1 - last.box.y1 < _NEAR * pitch
    return first.kind is K.HEADLINE and inset > _SET_IN * pitch and filled and place.covers(first.box)
