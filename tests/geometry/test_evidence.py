"""No text is found where there is none, and none is lost where there is little."""

from __future__ import annotations

import numpy as np
import pytest

from layout.document import Box
from layout.image import Scan
from tests.geometry.nothing import KINDS, nothing
from tests.geometry.paper import PITCH, Paper, detect, f1, lines_of


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_without_text_has_no_lines_and_no_columns(kind: str) -> None:
    found = detect(nothing(kind))
    assert lines_of(found) == []
    assert found.columns == ()


@pytest.mark.parametrize(
    ("words", "size"), [("12", 26), ("The End", 30), ("The Harbour Gazette", 90), ("Page 7", 20)]
)
def test_a_few_letters_on_a_page_of_their_own_are_a_line(words: str, size: int) -> None:
    paper = Paper(1300, 1500)
    drawn = paper.text(400, 700, words, size)
    found = lines_of(detect(paper.scan()))
    assert len(found) == 1
    assert found[0].grown(5).covers(drawn, 0.6)
    assert drawn.grown(8).covers(found[0], 1.0)


def test_a_title_among_dirt_is_found_and_nothing_else() -> None:
    paper = Paper(850, 1200)
    drawn = paper.text(150, 500, "The Harbour Gazette", 50)
    title = np.asarray(paper.picture)
    dirty = np.minimum(nothing("dirt").gray, title)
    dirty[drawn_slice(drawn)] = title[drawn_slice(drawn)]
    found = lines_of(detect(Scan("p0001", dirty)))
    assert len(found) == 1
    assert found[0].grown(5).covers(drawn, 0.7)


def drawn_slice(box: Box) -> tuple[slice, slice]:
    return slice(int(box.y0) - 10, int(box.y1) + 10), slice(int(box.x0) - 30, int(box.x1) + 30)


def test_short_lines_of_figures_are_text_though_none_is_long() -> None:
    """Cells of a table far from one another: no row of many letters anywhere."""
    paper = Paper(1300, 1500)
    drawn = [
        paper.text(100 + 300 * column, 100 + PITCH * row, f"{137 * (row + 3) * (column + 2) % 9000 + 999}")
        for row in range(36)
        for column in range(4)
    ]
    assert f1(drawn, lines_of(detect(paper.scan())), 0.5) > 0.97


@pytest.mark.parametrize("beyond", [10, 250, 128])
def test_what_is_left_of_a_torn_page_is_read_and_nothing_beyond(beyond: int) -> None:
    paper = Paper(1300, 1500)
    drawn = paper.column(80, 100, 540, 36) + paper.column(680, 100, 540, 36)
    gray = paper.scan().gray
    noise = np.random.default_rng(3)
    tear = 750 + np.cumsum(noise.normal(0, 3, 1300)) + 120 * np.sin(np.arange(1300) / 300)
    lost = np.arange(1500)[:, None] > tear
    gray[lost] = np.clip(noise.normal(beyond, 4, int(lost.sum())), 0, 255).astype(np.uint8)
    found = lines_of(detect(Scan("p0001", gray)))
    whole = [box for box in drawn if box.y1 < tear.min()]
    assert all(any(line.covers(box, 0.7) for line in found) for box in whole)
    assert not any(line.center[1] > tear.max() for line in found)


def test_grain_and_crumbs_along_the_edge_of_a_page_of_text_make_no_lines() -> None:
    paper = Paper(1300, 1500)
    drawn = paper.column(120, 100, 500, 34) + paper.column(680, 100, 500, 34)
    noise = np.random.default_rng(4)
    for x, y in zip(noise.integers(1285, 1297, 60), noise.integers(300, 900, 60), strict=True):
        paper.fill(int(x), int(y), int(x) + 3, int(y) + 3, 40)
    for x in range(300, 700, 9):
        paper.fill(x, int(noise.integers(1, 14)), x + 6, 15, 40)
    number = paper.text(600, 1400, "12")
    found = lines_of(detect(paper.scan()))
    assert all(box.x1 < 1250 and box.y0 > 60 for box in found)
    assert f1([*drawn, number], found, 0.6) > 0.97


def test_a_rule_worn_to_dashes_is_no_line_and_one_of_dashes_and_words_is() -> None:
    paper = Paper(1300, 1500)
    drawn = paper.column(120, 100, 1060, 10) + paper.column(120, 700, 1060, 14)
    noise = np.random.default_rng(6)
    x = 120
    while x < 1150:
        length = int(noise.integers(8, 45))
        level = 560 + int(noise.integers(0, 6))
        paper.fill(x, level, x + length, level + 3, 30)
        x += length + int(noise.integers(4, 12))
    spoken = paper.text(120, 620, "- - - - said the mayor - - -")
    found = lines_of(detect(paper.scan()))
    assert not [box for box in found if box.y0 > 530 and box.y1 < 600]
    assert f1([*drawn, spoken], found, 0.6) > 0.97


def test_lines_that_reach_a_side_of_the_picture_stay() -> None:
    paper = Paper(1300, 1500)
    drawn = paper.column(120, 100, 1060, 34)
    gray = paper.scan().gray[:, :1176]
    found = lines_of(detect(Scan("p0001", np.ascontiguousarray(gray))))
    assert f1(drawn, found, 0.8) > 0.97


def test_letters_that_the_scan_cuts_off_at_its_head_are_no_line() -> None:
    """The feet of the name's letters of which the scan shows no more."""
    paper = Paper(1300, 1500)
    paper.text(150, -46, "Hamburg unions hum", 90)
    column = paper.column(150, 300, 900, 14)
    found = lines_of(detect(paper.scan()))
    assert len(found) == len(column)
