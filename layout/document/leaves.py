"""A scan of two facing pages, once read, parted into its pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from string import ascii_lowercase

from layout.document.geometry import Box, Polygon
from layout.document.page import Direction, Leaf, Page


def part_leaves(page: Page) -> tuple[Page, ...]:
    """The pages of a scan in the order in which they are read; the page itself where it is but one.

    They get the scan's id with a letter (``p0003a``, ``p0003b``). Each keeps the scan's whole frame, so that
    its coordinates are those of the delivered image, and has its leaf as its sheet. What lies across two
    leaves goes to the one that holds more of it; findings about the whole scan stay with the first.
    """
    if not page.leaves:
        return (page,)
    leaves = page.leaves[::-1] if page.direction is Direction.RTL else page.leaves
    boxes = [_hull(leaf.outline) for leaf in leaves]
    return tuple(_leaf_page(page, leaf, n, boxes) for n, leaf in enumerate(leaves))


def scan_id(page_id: str) -> str:
    """The id of the scan that a page was parted from; its own where it was not."""
    return page_id[:-1] if page_id[-1:] in set(ascii_lowercase) else page_id


def _leaf_page(page: Page, leaf: Leaf, number: int, boxes: Sequence[Box]) -> Page:
    name = page.id + ascii_lowercase[number]
    regions = tuple(region for region in page.regions if _home(region.box, boxes) == number)
    held = {inner.id for region in regions for inner in region.walk()}
    findings = tuple(
        replace(finding, page=name)
        for finding in page.findings
        if finding.region in held or (finding.region is None and number == 0)
    )
    columns = tuple(column for column in page.columns if _home(column.box, boxes) == number)
    return replace(
        page,
        id=name,
        regions=regions,
        columns=columns,
        skew=leaf.skew,
        sheet=leaf.outline,
        leaves=(),
        findings=findings,
    )


def _home(box: Box, boxes: Sequence[Box]) -> int:
    """The number of the box that holds most of this one."""
    return max(range(len(boxes)), key=lambda n: (boxes[n].intersection(box), boxes[n].overlap_x(box)))


def _hull(outline: Polygon) -> Box:
    xs, ys = zip(*outline, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))
