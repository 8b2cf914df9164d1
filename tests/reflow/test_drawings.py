"""Large strokes without words are a picture; small ones and those in the margin are not."""

from __future__ import annotations

from dataclasses import replace

from layout.document import Box, Page, RegionKind
from layout.reflow.drawings import with_drawings
from tests.reflow.typeset import page_of, typeset

TEXT = """
    The council met on a Monday and
    said nothing of the bridge that
    everybody had come to hear of.
    It rose at noon, and nobody was
    any wiser, save the keeper of
"""


def page_with(*strokes: Box) -> Page:
    page = page_of(
        *(typeset(TEXT, x=200, y=y, kind=RegionKind.PARAGRAPH) for y in (200, 1400)),
        *(typeset("x", x=200, y=600, kind=RegionKind.NOISE) for _ in strokes),
    )
    boxes = iter(strokes)
    regions = []
    for number, region in enumerate(page.regions):
        if region.kind is RegionKind.NOISE:
            box = next(boxes)
            line = replace(region.lines[0], box=box, words=(), baseline=())
            region = replace(region, id=f"p0001_r{900 + number}", box=box, lines=(line,))
        regions.append(region)
    return replace(page, regions=tuple(regions))


def pictures(page: Page) -> list[Box]:
    return [region.box for region in with_drawings(page).regions if region.kind is RegionKind.IMAGE]


def test_pieces_of_a_drawing_are_one_picture() -> None:
    page = page_with(Box(220, 700, 400, 900), Box(420, 720, 560, 1000), Box(250, 920, 300, 940))
    assert pictures(page) == [Box(220, 700, 560, 1000)]
    assert len(with_drawings(page).regions) == 3


def test_specks_and_what_lies_beside_the_print_are_none() -> None:
    assert not pictures(page_with(Box(220, 700, 250, 730)))
    assert not pictures(page_with(Box(1700, 700, 1900, 1000)))


def test_strokes_over_text_are_none() -> None:
    assert not pictures(page_with(Box(210, 210, 500, 420)))
