"""Print space and margins: which blocks stand outside the print space, and the boxes of all five.

The print space is the box around everything but the running matter. A piece of running matter or a
rule that lies clear of it goes to the margin on its side; one that touches it belongs to it.
"""

from __future__ import annotations

from dataclasses import dataclass

from layout.document import Box, Page, Region, RegionKind, union
from layout.export.outline import SILENT

#: Outside the print space by the schema's own words ("page number and running title").
_OUTSIDE = SILENT | {RegionKind.SECTION_LABEL, RegionKind.RUNNING_HEAD, RegionKind.PAGE_NUMBER}

MARGINS = ("TopMargin", "LeftMargin", "RightMargin", "BottomMargin")


@dataclass(frozen=True)
class Frame:
    """``boxes`` by element name (the four margins tile the page around the print space, some may be
    empty); ``margin`` region id -> element name for those outside."""

    print_space: Box
    boxes: dict[str, Box]
    margin: dict[str, str]


def frame(page: Page) -> Frame:
    """The frame of a settled page."""
    loose = [region for region in page.regions if region.kind in _OUTSIDE]
    body = [region.box for region in page.regions if region.kind not in _OUTSIDE]
    space = union(body) if body else page.box
    while True:
        touching = [region for region in loose if _side(region, space) is None]
        grown = union([space, *(region.box for region in touching)])
        if grown == space:
            break
        space = grown
    boxes = {
        "TopMargin": Box(0, 0, page.width, space.y0),
        "LeftMargin": Box(0, space.y0, space.x0, space.y1),
        "RightMargin": Box(space.x1, space.y0, page.width, space.y1),
        "BottomMargin": Box(0, space.y1, page.width, page.height),
    }
    margin = {region.id: side for region in loose if (side := _side(region, space))}
    return Frame(space, boxes, margin)


def _side(region: Region, space: Box) -> str | None:
    """The margin a box lies in wholly."""
    box = region.box
    if box.y1 <= space.y0:
        return "TopMargin"
    if box.y0 >= space.y1:
        return "BottomMargin"
    if box.y0 >= space.y0 and box.y1 <= space.y1:
        if box.x1 <= space.x0:
            return "LeftMargin"
        if box.x0 >= space.x1:
            return "RightMargin"
    return None
