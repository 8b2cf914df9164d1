"""A newspaper's name in letters many lines high is one line, no pictures and no scraps."""

from __future__ import annotations

import pytest

from layout.document import Box, RegionKind
from layout.geometry.titles import find_titles
from layout.geometry.worksheet import make_worksheet
from tests.geometry.paper import PITCH, Paper, detect, f1, font, iou, lines_of


def front_page(letters: float) -> tuple[Paper, Box, list[Box]]:
    """A page with a title in heavy type of so many line pitches, over two columns."""
    paper = Paper(1500, 2000)
    size, heavy = int(letters * PITCH / 0.72), int(0.09 * letters * PITCH)
    paper.pen.text((120, 60), "Abend", font=font(size), fill=20, stroke_width=heavy)
    box = Box(*map(float, paper.pen.textbbox((120, 60), "Abend", font=font(size), stroke_width=heavy)))
    lines = [line for x in (100, 780) for line in paper.column(x, 700, 600, 30)]
    return paper, box, lines


@pytest.mark.parametrize("letters", [4.5, 7.0, 9.0])
def test_a_name_in_huge_letters_is_one_line(letters: float) -> None:
    paper, name, lines = front_page(letters)
    found = detect(paper.scan())
    assert not [shape for shape in found.walk() if shape.kind is RegionKind.IMAGE]
    heads = [shape for shape in found.walk() if shape.lines and shape.box.y0 < 650]
    assert len(heads) == 1
    assert iou(heads[0].lines[0].box, name) > 0.9
    assert f1([*lines, name], lines_of(found), 0.75) > 0.97


def test_text_beside_the_name_stays() -> None:
    paper, name, _ = front_page(7.0)
    date = paper.text(1250, int(name.y0) + 10, "No. 36")
    found = detect(paper.scan())
    assert max(iou(date, line) for line in lines_of(found)) > 0.6


def test_a_dark_panel_is_no_title() -> None:
    paper = Paper(1500, 2000)
    paper.fill(100, 80, 1400, 300, gray=20)
    paper.text(200, 110, "Harbour opens", size=140, ink=250)
    for x in (100, 780):
        paper.column(x, 700, 600, 30)
    assert not find_titles(make_worksheet(paper.scan().gray, 0.0))


@pytest.mark.parametrize("count", [1, 3])
def test_photographs_are_no_title(count: int) -> None:
    paper = Paper(1500, 2000)
    for n in range(count):
        paper.photograph(80 + 480 * n, 100, 80 + 480 * n + 400, 500)
    for x in (100, 780):
        paper.column(x, 700, 600, 30)
    assert not find_titles(make_worksheet(paper.scan().gray, 0.0))
