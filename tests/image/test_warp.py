"""Warp: lines bent on purpose come out straight, and their places lie where they were bent to."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from layout.document import Affine, Box
from layout.geometry.newspaper import NewspaperDetector
from layout.geometry.settings import GeometrySettings
from layout.geometry.worksheet import make_worksheet
from layout.image import Scan
from layout.image.deskew import find_lean
from layout.image.slopes import local_slopes
from layout.image.warp import Bend, PageMap, find_bend
from tests.geometry.paper import PITCH, Paper

WIDTH, HEIGHT = 1300, 1500
SHAPES: dict[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
    "bow": lambda x: 40 * np.sin(np.pi * x),
    "wave": lambda x: 25 * np.sin(2 * np.pi * x),
    "gutter": lambda x: -45 * np.exp(-x / 0.15),
}


def page() -> tuple[Paper, list[Box]]:
    paper = Paper(WIDTH, HEIGHT)
    return paper, [box for x in (80, 490, 900) for box in paper.column(x, 90, 340, 36)]


def bent(gray: NDArray[np.uint8], rise: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The picture with each column of pixels moved down by its rise."""
    x = np.broadcast_to(np.arange(WIDTH, dtype=np.float32), gray.shape)
    y = np.arange(HEIGHT, dtype=np.float32)[:, None] - rise[None, :].astype(np.float32)
    return np.asarray(
        cv2.remap(gray, x.copy(), y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


@pytest.mark.parametrize("kind", SHAPES)
def test_lines_of_a_bent_page_follow_its_bend(kind: str) -> None:
    """Every line is found, and its baseline runs as the page was bent, to a fifth of the line pitch."""
    paper, boxes = page()
    rise = SHAPES[kind](np.arange(WIDTH) / WIDTH)
    scan = Scan("p0001", bent(paper.scan().gray, rise))
    found = NewspaperDetector(GeometrySettings()).detect(scan)
    lines = [line for shape in found.walk() for line in shape.lines if line.box.width > 200]
    assert len(lines) == len(boxes)
    for line in lines:
        xs, ys = (np.array(v) for v in zip(*line.baseline, strict=True))
        off = ys - rise[np.clip(xs.round().astype(int), 0, WIDTH - 1)]
        assert np.ptp(off) < 0.2 * PITCH
    assert abs(found.skew) < 0.3  # the columns stand upright, whatever the lines do


def test_a_straight_page_is_left_as_it_is() -> None:
    paper, _ = page()
    sheet = make_worksheet(paper.scan().gray, 10.0)
    assert sheet.to_page.bend is None
    assert sheet.skew == 0.0


@pytest.mark.parametrize("fill", [0, 1])
def test_nothing_has_no_bend(fill: int) -> None:
    ink = np.full((400, 300), fill, bool)
    assert not len(local_slopes(ink, 20.0))
    assert find_bend(ink, 20.0) == (0.0, None)


def test_a_bend_says_the_same_of_points_and_of_rows() -> None:
    rise = np.random.default_rng(3).normal(0, 5, (4, 6)).astype(np.float32)
    bend = Bend(rise, 60.0, 30.0)
    rows = bend.rows(0, 30, 60)
    for x, y in ((0, 0), (17, 3), (59, 29), (30, 15)):
        assert rows[y, x] == pytest.approx(bend.at(x + 0.5, y + 0.5), abs=1e-4)
    assert bend.scaled(2).at(34, 6) == pytest.approx(2 * bend.at(17, 3))


def test_a_map_without_a_bend_is_its_affine() -> None:
    plain = PageMap(Affine.rotation(4.0, (10.0, 20.0)))
    box = Box(1, 2, 30, 40)
    assert plain.outline(box) == plain.affine.apply_all(box.polygon)
    assert plain.apply_box(box) == plain.affine.apply_box(box)


def test_outlines_of_a_bent_map_are_finer_and_hold_their_corners() -> None:
    bend = Bend(np.array([[0, 9, 0], [0, 9, 0]], np.float32), 900.0, 900.0)
    outline = PageMap(bend=bend, pitch=20.0).outline(Box(0, 100, 900, 130))
    assert len(outline) > 8
    assert {(0, 100), (900, 100), (900, 130), (0, 130)} <= set(outline)
    assert max(y for _, y in outline) == pytest.approx(139, abs=1)


def test_a_few_leaning_lines_bend_no_page() -> None:
    """An advertisement set at a slant, where nothing else stands, says nothing of the paper."""
    paper = Paper(WIDTH, HEIGHT)
    for x in (490, 900):
        paper.column(x, 90, 340, 36)
    paper.column(80, 90 + 17 * PITCH, 340, 19)
    slanted = Paper(360, 184)
    slanted.column(20, 20, 300, 4)
    paper.picture.paste(slanted.picture.rotate(-5, fillcolor=250), (60, 90))
    assert make_worksheet(paper.scan().gray, 10.0).to_page.bend is None


def test_slanting_strokes_of_a_drawing_make_no_columns_lean() -> None:
    paper = Paper(WIDTH, HEIGHT)
    for x in (80, 490, 900):
        paper.column(x, 90, 340, 24)
    for x in range(60, WIDTH - 120, 9):
        for y in range(1000, 1400, 70):
            paper.pen.line((x + 24, y, x, y + 60), fill=20, width=3)
    ink = paper.scan().gray < 128
    assert find_lean(ink) == pytest.approx(0, abs=0.2)
    sheared = cv2.warpAffine(
        ink.astype(np.uint8), np.array([[1, 0.035, -0.035 * HEIGHT / 2], [0, 1, 0]]), (WIDTH, HEIGHT)
    )
    assert find_lean(sheared > 0) == pytest.approx(-2, abs=0.25)
