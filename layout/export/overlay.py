"""A page with what was found drawn onto it: regions, kinds, articles and reading order, to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from layout.document import RUNNING_MATTER, Issue, Item, Page, Region, RegionKind

_SIDE = 2400  # longer side of the picture
_RUNNING = (110, 110, 110)
#: One colour an item, dark enough to be read on paper; neighbours in order differ.
_COLORS = (
    (200, 30, 30),
    (20, 110, 200),
    (20, 140, 50),
    (190, 90, 0),
    (130, 40, 170),
    (0, 130, 130),
    (170, 20, 110),
    (90, 90, 0),
)
Color = tuple[int, int, int]


def draw(issue: Issue, page_id: str, picture: NDArray[np.uint8], path: Path) -> Path:
    """Write the page's picture with its regions as PNG and return the path.

    ``picture`` is the page image, H x W or H x W x 3 uint8, in the frame of the regions. Each region is
    outlined in its item's colour with its place in the reading order, kind and confidence; lines run
    from each region of an item to the next. Raises `StopIteration` for a page the issue has not.
    """
    page = next(page for page in issue.pages if page.id == page_id)
    factor = _SIDE / max(page.width, page.height)
    size = (round(page.width * factor), round(page.height * factor))
    image = Image.fromarray(picture).convert("RGB").resize(size, Image.Resampling.LANCZOS)
    pen = ImageDraw.Draw(image)
    items = list(issue.items_on(page_id))
    color_of = {
        region: _COLORS[index % len(_COLORS)]
        for index, item in enumerate(items)
        for region in item.regions_on(page_id)
    }
    place = {region: number for number, region in enumerate(_order(items, page_id), 1)}
    for region in page.walk():
        _outline(pen, region, factor, color_of.get(region.id, _RUNNING), place.get(region.id))
    regions = {region.id: region for region in page.walk()}
    for item in items:
        _path(pen, page, item, regions, factor)
    image.save(path, "PNG")
    return path


def _order(items: list[Item], page_id: str) -> Iterator[str]:
    for item in items:
        yield from item.regions_on(page_id)


def _outline(
    pen: ImageDraw.ImageDraw, region: Region, factor: float, color: Color, place: int | None
) -> None:
    points = [(x * factor, y * factor) for x, y in (region.polygon or region.box.polygon)]
    if region.kind is RegionKind.SEPARATOR:
        pen.polygon(points, outline=(0, 170, 170))
        return
    pen.polygon(points, outline=color, width=3)
    for line in region.lines:
        box = line.box.scaled(factor)
        pen.rectangle((box.x0, box.y0, box.x1, box.y1), outline=(*color,), width=1)
    sure = "" if region.kind_confidence is None else f" {region.kind_confidence:.2f}"
    number = f"{place} " if place and region.kind not in RUNNING_MATTER else ""
    label = f"{number}{region.kind.value}{sure}"
    x, y = points[0]
    font = ImageFont.load_default(17)
    pen.rectangle(pen.textbbox((x + 3, y + 1), label, font=font), fill=(255, 255, 255))
    pen.text((x + 3, y + 1), label, fill=color, font=font)


def _path(
    pen: ImageDraw.ImageDraw, page: Page, item: Item, regions: dict[str, Region], factor: float
) -> None:
    """Lines from region to region of the running text, with a dot where each begins."""
    blocks = [block for part in item.parts if part.page == page.id for block in part.blocks]
    steps = [regions[region].box.scaled(factor) for block in blocks for region in block.regions]
    for a, b in pairwise(steps):
        pen.line((*a.center, *b.center), fill=(255, 140, 0), width=4)
        x, y = b.center
        pen.ellipse((x - 7, y - 7, x + 7, y + 7), fill=(255, 140, 0))
