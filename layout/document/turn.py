"""Pages that were read upright, turned back as they were delivered."""

from __future__ import annotations

from dataclasses import replace

from layout.document.geometry import Affine, Point
from layout.document.page import Column, Leaf, Page, Region, TextLine


def turn_back(page: Page) -> Page:
    """The page in the frame of its delivered image; itself where it was delivered upright.

    Boxes, outlines and baselines are mapped, and each region's rotation says how its text is turned there.
    """
    if not page.turned:
        return page
    way = _way_back(page)
    quarter = page.turned in (90, 270)
    return replace(
        page,
        width=page.height if quarter else page.width,
        height=page.width if quarter else page.height,
        regions=tuple(_region(region, way, page.turned) for region in page.regions),
        columns=tuple(Column(way.apply_box(column.box)) for column in page.columns),
        sheet=None if page.sheet is None else way.apply_all(page.sheet),
        leaves=tuple(Leaf(way.apply_all(leaf.outline), leaf.skew) for leaf in page.leaves),
        turned=0,
    )


def _way_back(page: Page) -> Affine:
    if page.turned == 90:
        return Affine(0, 1, 0, -1, 0, page.width)
    if page.turned == 270:
        return Affine(0, -1, page.height, 1, 0, 0)
    return Affine(-1, 0, page.width, 0, -1, page.height)


def _region(region: Region, way: Affine, turned: int) -> Region:
    return replace(
        region,
        box=way.apply_box(region.box),
        polygon=None if region.polygon is None else way.apply_all(region.polygon),
        lines=tuple(_line(line, way) for line in region.lines),
        children=tuple(_region(child, way, turned) for child in region.children),
        rotation=(region.rotation + turned) % 360,
    )


def _line(line: TextLine, way: Affine) -> TextLine:
    points: tuple[Point, ...] = way.apply_all(line.baseline)
    return replace(
        line,
        box=way.apply_box(line.box),
        words=tuple(replace(word, box=way.apply_box(word.box)) for word in line.words),
        baseline=tuple(sorted(points, key=lambda point: point[0])),
        polygon=None if line.polygon is None else way.apply_all(line.polygon),
    )
