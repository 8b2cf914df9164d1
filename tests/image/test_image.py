"""Skew, sheet and ink: what the pictures of `layout.image` are worth, on drawn pages."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.geometry.components import components
from layout.image.binarize import flatten, shows_through, threshold
from layout.image.deskew import find_skew
from layout.image.sheet import find_sheet, sheet_mask
from tests.geometry.paper import PITCH, Paper, mapped, turned


def page() -> Paper:
    paper = Paper(1300, 1500)
    for x in (80, 490, 900):
        paper.column(x, 90, 340, 36)
    return paper


def ink_of(gray: np.ndarray) -> np.ndarray:
    return threshold(flatten(gray, 3 * PITCH), 31)


@pytest.mark.parametrize("degrees", [-7.3, -2.0, -0.6, 0.7, 1.5, 4.4, 8.0])
def test_the_skew_of_a_turned_page_is_found(degrees: float) -> None:
    """0.15 degrees: over a column of 340 pixels less than one pixel, far below the gap of two lines."""
    scan, _ = turned(page().scan(), degrees)
    assert find_skew(ink_of(scan.gray)) == pytest.approx(degrees, abs=0.15)


def test_a_straight_page_has_no_skew_at_all() -> None:
    assert find_skew(ink_of(page().scan().gray)) == 0.0


@pytest.mark.parametrize("fill", [0, 1])
def test_nothing_has_no_skew(fill: int) -> None:
    assert find_skew(np.full((200, 150), fill, bool)) == 0.0


def test_skew_stays_within_its_limit() -> None:
    scan, _ = turned(page().scan(), 8.0)
    assert abs(find_skew(ink_of(scan.gray), 3.0)) <= 4.0


def test_the_sheet_on_a_black_bed_is_found() -> None:
    paper = Paper(1000, 1300, ground=8)
    paper.fill(90, 60, 930, 1210, 235)
    paper.column(150, 120, 700, 26)
    outline = find_sheet(paper.scan().gray)
    assert outline is not None
    xs, ys = zip(*outline, strict=True)
    # Looked for on a picture of 600 pixels: one of its pixels is two of these, and the opening's kernel
    # of nine may shave a corner.
    found = (min(xs), min(ys), max(xs), max(ys))
    assert found == pytest.approx((90, 60, 930, 1210), abs=10)


def test_a_bed_beyond_which_something_light_lies_is_no_sheet() -> None:
    """A film's edge: a dark band along the picture, broken once, and a light rim beyond it."""
    paper = Paper(1000, 1300, ground=250)
    paper.column(120, 120, 700, 26)
    paper.rule(60, 80, 60, 1200, 4)
    paper.fill(955, 0, 975, 700, 20)
    paper.fill(957, 740, 978, 1300, 20)
    outline = find_sheet(paper.scan().gray)
    assert outline is not None
    assert max(x for x, _ in outline) == pytest.approx(955, abs=10)
    assert min(x for x, _ in outline) == pytest.approx(0, abs=10)


@pytest.mark.parametrize("ground", [0, 128, 255])
def test_a_picture_that_is_one_thing_has_no_sheet(ground: int) -> None:
    assert find_sheet(Paper(300, 400, ground).scan().gray) is None


def test_a_page_to_the_edge_is_all_sheet() -> None:
    scan = page().scan()
    assert find_sheet(scan.gray) is None
    assert sheet_mask(None, scan.gray.shape, 5).all()


def test_the_sheets_mask_keeps_a_margin_inside_but_not_at_the_pictures_edge() -> None:
    mask = sheet_mask(((0, 0), (50, 0), (50, 100), (0, 100)), (101, 101), 10)
    assert mask[50, 0]
    assert mask[50, 38]
    assert not mask[50, 45]


def test_ink_on_uneven_light_is_the_ink_on_even_light() -> None:
    """A page half in shadow: under a tenth of its strokes' pixels may change sides, all at edges."""
    scan = page().scan()
    shade = np.linspace(1.0, 0.45, scan.width)[None, :]
    dark = mapped(scan, lambda gray: gray * shade)
    even, uneven = ink_of(scan.gray), ink_of(dark.gray)
    assert even.any()
    assert (even ^ uneven).sum() < 0.1 * even.sum()


@settings(max_examples=15, deadline=None)
@given(paper=st.integers(140, 255), contrast=st.floats(0.45, 0.9), seed=st.integers(0, 50))
def test_letters_are_found_on_any_paper(paper: int, contrast: float, seed: int) -> None:
    """Letters of any darkness on paper of any: each has ink, and the margin has none."""
    drawn = Paper(400, 240, paper, seed)
    boxes = drawn.column(40, 40, 320, 4, ink=round(paper * (1 - contrast)))
    ink = ink_of(drawn.scan().gray)
    for box in boxes:
        assert ink[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)].mean() > 0.05
    assert not ink[:, :30].any()
    assert not ink[:30].any()


@settings(max_examples=25, deadline=None)
@given(
    height=st.integers(6, 60),
    width=st.integers(6, 60),
    size=st.integers(8, 90),
    seed=st.integers(0, 1000),
)
def test_any_small_picture_goes_through(height: int, width: int, size: int, seed: int) -> None:
    gray = np.random.default_rng(seed).integers(0, 256, (height, width)).astype(np.uint8)
    flat = flatten(gray, size)
    assert flat.shape == gray.shape
    assert threshold(flat, 2 * (size // 4) + 1).shape == gray.shape
    outline = find_sheet(gray)
    assert sheet_mask(outline, gray.shape, 2).shape == gray.shape


def test_grey_print_beside_the_black_bed_of_a_scanner_is_no_print_of_the_other_side():
    """Specks are black and the bed is, which is as high as the page; the letters between are grey."""
    flat = np.full((2000, 1400), 255, np.uint8)
    flat[:, :60] = 0
    for top in range(100, 1900, 40):
        for left in range(120, 1300, 20):
            flat[top : top + 12, left : left + 10] = 110
        flat[top + 20 : top + 24, 200 + top % 90 : 204 + top % 90] = 0
        flat[top + 22 : top + 26, 700 + top % 70 : 704 + top % 70] = 0
    ink = threshold(flat, 31)
    parts = components(ink)
    assert not shows_through(flat, ink, parts.labels, parts.height, parts.area)
