"""Drawings: large strokes in which no word stands, put together to pictures.

A line drawing is white for the most part, and its strokes are as thick as letters; piece by piece it looks
like headlines that nobody can read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from layout.document import Box, Page, Region, RegionKind, union
from layout.reflow.field import RowIndex
from layout.reflow.measure import measure_body

_SIDE = 3.0  # line pitches, both ways: larger than any letter of the page that could not be read
_NEAR = 1.5  # line pitches between pieces of one drawing
_SCRAPS = frozenset({RegionKind.NOISE, RegionKind.UNKNOWN, RegionKind.IMAGE})
_OVER_TEXT = 0.05  # of its area at most that text takes


def with_drawings(page: Page) -> Page:
    """The page with such strokes made pictures, each in the place of its largest piece; what came with the
    input stays, and so does a page of which nothing was read.
    """
    pitch = measure_body(page).pitch
    texts = [region.box for region in page.regions if _is_read(region)]
    scraps = [r for r in page.regions if r.kind in _SCRAPS and not _is_read(r) and r.origin != "import"]
    if not texts or not any(_is_large(region, pitch) for region in scraps):
        return page
    print_space = union(texts)
    pictures: dict[str, Region | None] = {}
    for group in _groups(scraps, _NEAR * pitch):
        large = [r for r in group if _is_large(r, pitch) and print_space.contains(r.box.center)]
        box = union(region.box for region in group)
        if large and sum(box.intersection(text) for text in texts) < _OVER_TEXT * box.area:
            first = max(large, key=lambda r: (r.box.area, r.id))
            pictures.update({region.id: None for region in group})
            pictures[first.id] = _as_picture(first, box)
    return replace(page, regions=tuple(r for r in (pictures.get(q.id, q) for q in page.regions) if r))


def _is_read(region: Region) -> bool:
    return any(line.words for part in region.walk() for line in part.lines)


def _is_large(region: Region, pitch: float) -> bool:
    """Whether strokes that were taken for lines are larger than letters of this page."""
    return bool(region.lines) and min(region.box.width, region.box.height) >= _SIDE * pitch


def _groups(regions: Sequence[Region], near: float) -> list[list[Region]]:
    """Regions that come as near as this to each other, from one to the next."""
    index = RowIndex.of((region.box.grown(near / 2) for region in regions), 4 * near)
    left = set(range(len(regions)))
    groups = []
    while left:
        group, edge = [], [left.pop()]
        while edge:
            n = edge.pop()
            group.append(n)
            box = index.boxes[n]
            found = [m for m in index.across(box.y0, box.y1) if m in left and _meet(box, index.boxes[m])]
            left.difference_update(found)
            edge.extend(found)
        groups.append([regions[n] for n in sorted(group)])
    return groups


def _meet(a: Box, b: Box) -> bool:
    return a.overlap_x(b) > 0 and a.overlap_y(b) > 0


def _as_picture(region: Region, box: Box) -> Region:
    reason = "picture: large strokes, no word in them"
    return replace(region, kind=RegionKind.IMAGE, box=box, lines=(), polygon=None, reason=reason)
