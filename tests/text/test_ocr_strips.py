"""Line pictures: upright, level, free of dust and of the lines next to them, with a way back to the page."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from layout.document import Appearance, Box, LineShape, RegionKind, Segmentation, Shape
from layout.image import Scan
from layout.text.guess import guess_language
from layout.text.neighbours import own_ink
from layout.text.specks import speck_area, without_specks
from layout.text.strips import Cutter, whiten


@pytest.mark.parametrize("rotation", [0, 90, 270])
def test_a_mark_in_the_picture_maps_back_to_its_place(rotation: int) -> None:
    """A black square on a line, upright or turned, is found again within two pixels."""
    gray = np.full((600, 600), 255, np.uint8)
    gray[280:300, 200:220] = 0
    box = Box(100, 260, 500, 310) if rotation == 0 else Box(180, 100, 230, 500)
    shape = Shape(RegionKind.PARAGRAPH, box, (LineShape(box),), rotation=rotation)
    picture = Cutter(gray).cut(shape, 0)
    assert picture is not None
    assert picture.width > picture.height
    ys, xs = np.nonzero(picture.image < 128)
    found = picture.to_page(Box(xs.min(), ys.min(), xs.max() + 1, ys.max() + 1))
    for got, expected in zip((found.x0, found.y0, found.x1, found.y1), (200, 280, 220, 300), strict=True):
        assert got == pytest.approx(expected, abs=2)


def test_light_letters_on_dark_become_dark_on_white() -> None:
    gray = np.full((100, 400), 30, np.uint8)
    cv2.putText(gray, "Harbour", (20, 65), cv2.FONT_HERSHEY_SIMPLEX, 1.5, 230, 3)
    box = Box(10, 20, 300, 75)
    shape = Shape(RegionKind.HEADLINE, box, (LineShape(box, appearance=Appearance(light_on_dark=True)),))
    picture = Cutter(gray).cut(shape, 0)
    assert picture is not None
    assert np.median(picture.image) > 240


def test_pepper_is_told_from_dots_by_how_sizes_fall() -> None:
    """Thousands of single pixels and few of two are noise; dots of one size are letters' own."""
    random = np.random.default_rng(1)
    page = np.full((400, 400), 255, np.uint8)
    page[20:380:40, 20:380:10] = 0
    page[21:381:40, 20:380:10] = 0
    box = [Box(0, 0, 400, 400)]
    assert speck_area(page, box) == 0
    noisy = page.copy()
    noisy[random.random(page.shape) < 0.02] = 0
    area = speck_area(noisy, box)
    assert area >= 1
    assert (without_specks(noisy, area) == 0).sum() < 0.5 * (noisy == 0).sum()


def test_ink_of_a_neighbour_is_left_out() -> None:
    """Three bars of ink: the middle one is the line, the others reach in from above and below."""
    image = np.full((60, 200), 255, np.uint8)
    image[0:8] = image[24:36] = image[52:60] = 0
    found = own_ink(image, baseline=36, above=28, below=26)
    assert found is not None
    clean, first, last = found
    assert (first, last) == (24, 36)
    assert (clean < 128).sum() == 12 * 200
    assert own_ink(image[20:40], baseline=16, above=40, below=60) is None


def test_tall_letters_are_whole_in_tight_leading() -> None:
    """A stem of four fifths of the leading, beside tails of the line above, is cut neither off nor down."""
    image = np.full((92, 300), 255, np.uint8)
    for base in (40, 80):
        image[base - 18 : base, 10:280:12] = 0  # small letters
        image[base - 33 : base, 20:280:50] = 0  # stems
        image[base - 10 : base + 8, 16:280:70] = 0  # tails
    found = own_ink(image, baseline=80, above=40, below=40)
    assert found is not None
    clean, first, _ = found
    assert first == 80 - 33
    assert (clean[first:80, 20] == 0).all()
    assert (clean[:46] == 255).all()


def test_grain_of_the_ground_becomes_white_and_thin_strokes_stay() -> None:
    random = np.random.default_rng(2)
    page = np.full((40, 400), 170.0)
    page[10:30, 20:380:20] = 70
    grainy = np.clip(page + random.normal(0, 8, page.shape), 0, 255).astype(np.uint8)
    white = whiten(grainy)
    assert (white[:8] == 255).mean() > 0.9
    assert np.median(white[12:28, 20:380:20]) < 60
    thin = np.full((40, 400), 255, np.uint8)
    thin[10:30, 20:380:20] = 150
    thin[30:36] = 0
    assert np.array_equal(whiten(thin), thin)


def test_a_page_without_lines_can_be_cut() -> None:
    cutter = Cutter.of(Scan("p", np.zeros((5, 5), np.uint8)), Segmentation(5, 5))
    assert cutter.specks == 0


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("این کتاب را از او گرفتم و به پدر دادم", "fa"),
        ("هذا الكتاب من المدرسة إلى البيت في المدينة", "ar"),
        ("the bridge between the two towns was opened", "en"),
        ("der Hafen und die Brücke iſt nicht in der Stadt", "de"),
        ("le pont entre les deux villes est ouvert pour tous", "fr"),
        ("12 34", None),
    ],
)
def test_language_by_common_words_and_letters(text: str, language: str | None) -> None:
    guess = guess_language(text)
    assert (guess.language if guess else None) == language
