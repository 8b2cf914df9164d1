"""A newspaper's name in letters many lines high is one line, no pictures and no scraps."""

from __future__ import annotations

import numpy as np
import pytest

from layout.document import Box, RegionKind
from layout.geometry.titles import find_titles, without_titles
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


def test_dots_bars_and_the_stop_of_a_name_are_its_own_and_so_is_dirt_in_it() -> None:
    """As in Fraktur titles: dots far over the letters, a double hyphen of two slanting bars, a full stop."""
    paper = Paper(2400, 2000)
    paper.pen.text((120, 90), "Abend", font=font(260), fill=20, stroke_width=14)
    name = Box(*map(float, paper.pen.textbbox((120, 90), "Abend", font=font(260), stroke_width=14)))
    side, foot = int(name.x1) + 24, int(name.y1) - 20
    for y in (200, 240):
        paper.pen.polygon([(side, y + 26), (side + 60, y), (side + 60, y + 20), (side, y + 46)], fill=20)
    paper.pen.text((side + 90, 90), "Bonde", font=font(260), fill=20, stroke_width=14)
    end = paper.pen.textbbox((side + 90, 90), "Bonde", font=font(260), stroke_width=14)[2]
    paper.pen.ellipse((end + 15, foot - 40, end + 55, foot), fill=20)
    for x, y in ((700, 130), (705, 134), (1300, 150)):
        paper.fill(x, y, x + 5, y + 5, 20)
    for x in (100, 1280):
        paper.column(x, 800, 1020, 28)
    heads = [shape for shape in detect(paper.scan()).walk() if shape.lines and shape.box.y0 < 750]
    assert len(heads) == 1
    assert heads[0].box.x1 > end + 45


def test_a_name_in_worn_letters_is_a_title() -> None:
    paper, name, _ = front_page(7.0)
    gray = paper.scan().gray
    noise = np.random.default_rng(5)
    specks = noise.random((gray.shape[0] // 4, gray.shape[1] // 4)) < 0.06
    worn = np.kron(specks, np.ones((4, 4), bool))
    gray[: int(name.y1)][worn[: int(name.y1)]] = 250
    (title,) = find_titles(make_worksheet(gray, 0.0))
    assert title.line.box.width > 500


def test_print_under_the_tail_of_a_letter_is_not_the_titles() -> None:
    """A tail hangs low at one end; in the row of its foot stands a line of large type."""
    paper = Paper(1800, 2000)
    paper.pen.text((120, 90), "Abend Blatt", font=font(240), fill=20, stroke_width=20)
    name = Box(*map(float, paper.pen.textbbox((120, 90), "Abend Blatt", font=font(240), stroke_width=20)))
    paper.fill(int(name.x1) - 40, int(name.y1) - 120, int(name.x1) - 5, int(name.y1) + 110, 20)
    under = paper.text(420, int(name.y1) + 40, "Friday edition", size=52)
    for x in (100, 980):
        paper.column(x, 800, 720, 28)
    assert max(iou(under, line) for line in lines_of(detect(paper.scan()))) > 0.7


def test_dots_below_the_letters_are_the_titles() -> None:
    """As under the letters of Arabic script; a letter's tail is as deep."""
    paper = Paper(1600, 2000)
    pen, large = paper.pen, font(300)
    for n, letter in enumerate("Abgnd"):
        pen.text((120 + 250 * n, 60), letter, font=large, fill=20, stroke_width=4)
    foot = int(pen.textbbox((120, 60), "A", font=large, stroke_width=4)[3])
    dots = [(180 + 250 * n, foot + 8) for n in (0, 1, 3)]
    for x, y in dots:
        pen.ellipse((x, y, x + 50, y + 50), fill=20)
    for x in (100, 830):
        paper.column(x, 700, 650, 30)
    sheet = make_worksheet(paper.scan().gray, 0.0)
    (title,) = find_titles(sheet)
    left = without_titles(sheet, (title,)).ink
    scale = 1 / sheet.to_page.factor
    assert not any(left[int((y + 25) * scale), int((x + 25) * scale)] for x, y in dots)


def test_a_name_in_words_set_wide_is_one_title() -> None:
    """THE    OMAHA    DAILY    BEE: the white between the words is as wide as the letters are high."""
    paper = Paper(2600, 2400)
    size, heavy = int(4.0 * PITCH / 0.72), 3
    x, name = 120, []
    for word in ("THE", "BEE", "OF", "EON"):
        paper.pen.text((x, 60), word, font=font(size), fill=20, stroke_width=heavy)
        name.append(Box(*map(float, paper.pen.textbbox((x, 60), word, font=font(size), stroke_width=heavy))))
        x = int(name[-1].x1 + 1.1 * size * 0.72)
    for left in (100, 780):
        paper.column(left, 700, 600, 30)
    (title,) = find_titles(make_worksheet(paper.scan().gray, 0.0))
    assert title.line.box.width > 0.8 * (name[-1].x1 - name[0].x0)
