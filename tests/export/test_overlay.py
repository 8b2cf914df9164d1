"""The overlay: regions, their order and kinds drawn onto the page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from layout.document import (
    Block,
    Box,
    Issue,
    Item,
    ItemKind,
    Page,
    Part,
    Region,
    RegionKind,
    TextLine,
)
from layout.export.overlay import draw


def issue() -> Issue:
    regions = (
        Region("p1_r1", RegionKind.PARAGRAPH, Box(10, 10, 45, 90), (TextLine("l", Box(12, 12, 40, 20)),)),
        Region("p1_r2", RegionKind.PARAGRAPH, Box(55, 10, 90, 90), kind_confidence=0.5),
        Region("p1_r3", RegionKind.SEPARATOR, Box(49, 10, 51, 90)),
        Region("p1_r4", RegionKind.PAGE_NUMBER, Box(10, 93, 20, 99)),
    )
    page = Page("p1", 100, 100, regions=regions)
    blocks = tuple(Block(f"b{number}", RegionKind.PARAGRAPH, (f"p1_r{number}",)) for number in (1, 2))
    item = Item("i1", ItemKind.ARTICLE, parts=(Part("p1", blocks),))
    return Issue("x", (page,), (item,))


@pytest.mark.parametrize("shape", [(100, 100), (100, 100, 3), (400, 400)])
def test_the_page_is_drawn_with_its_regions(tmp_path: Path, shape: tuple[int, ...]) -> None:
    path = draw(issue(), "p1", np.full(shape, 255, np.uint8), tmp_path / "page.png")
    with Image.open(path) as image:
        assert image.format == "PNG"
        assert image.size == (2400, 2400)
        pixels = np.asarray(image.convert("RGB")).astype(int)
    assert tuple(pixels[1200, 240]) == (
        200,
        30,
        30,
    )  # left edge of the first, in its item's colour
    assert tuple(pixels[1600, 1176]) == (0, 170, 170)  # the rule
    assert tuple(pixels[1200, 1000]) == (255, 140, 0)  # the way from the first region to the second
    assert tuple(pixels[2390, 2390]) == (255, 255, 255)


def test_an_unknown_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StopIteration):
        draw(issue(), "p9", np.zeros((10, 10), np.uint8), tmp_path / "page.png")
