"""Boxes that are none: a column between its rules, with a rule above and an advertisement below.

A sidebar has a beginning of its own. A box as high as a column whose text begins without a headline is a
column of the page, and its text goes on from the column before it.
"""

from __future__ import annotations

from dataclasses import replace

from layout.document import RUNNING_TEXT, Page, Region, RegionKind

_HIGH = 0.4  # share of the page's height


def without_false_boxes(page: Page) -> Page:
    """The page with such boxes opened: what they held stands on the page, the box stays as a separator.

    Boxes that came with the input stay as they are.
    """
    if not any(_is_column(region, page) for region in page.regions):
        return page
    regions: list[Region] = []
    for region in page.regions:
        if not _is_column(region, page):
            regions.append(region)
            continue
        reason = "separator: the rules around a column"
        regions.append(replace(region, kind=RegionKind.SEPARATOR, children=(), lines=(), reason=reason))
        regions.extend(region.children)
    return replace(page, regions=tuple(regions))


def _is_column(region: Region, page: Page) -> bool:
    if region.kind is not RegionKind.SIDEBAR or region.origin == "import" or not region.children:
        return False
    if region.box.height < _HIGH * page.height:
        return False
    text = [child for child in region.children if child.lines and child.kind is not RegionKind.NOISE]
    return bool(text) and min(text, key=lambda child: child.box.y0).kind in RUNNING_TEXT
