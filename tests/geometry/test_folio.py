"""Numbers of pages and what is printed around them."""

from __future__ import annotations

import numpy as np

from layout.document import Box, union
from layout.geometry.blocks import Run
from layout.geometry.columns import drop_strays
from layout.geometry.folio import part_folios
from layout.geometry.line import Line

PITCH = 30.0
NUMBER = Box(500, 40, 530, 64)


def parted(*marks: Box) -> list[Box]:
    ink = np.zeros((900, 1000), bool)
    for box in (NUMBER, *marks):
        ink[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)] = True
    return [run.box for run in part_folios((Run((line(NUMBER),)), TEXT), ink, PITCH)][:1]


def test_a_word_beside_the_number_is_its_name_and_a_title_is_none() -> None:
    for beside, one in ((Box(430, 44, 486, 66), True), (Box(300, 44, 486, 66), False)):
        runs = (Run((line(NUMBER),)), Run((line(beside),)), TEXT)
        found = [run.box for run in part_folios(runs, np.zeros((900, 1000), bool), PITCH)]
        assert (union((NUMBER, beside)) in found) is one


def line(box: Box) -> Line:
    return Line(box, box, rise=0.0, stroke=3.0, size=20.0, ink=0.3)


def test_dashes_on_both_sides_belong_to_the_number() -> None:
    assert parted(Box(472, 50, 486, 53), Box(544, 50, 558, 53)) == [Box(472, 40, 558, 64)]


def test_a_dash_on_one_side_or_a_letter_does_not() -> None:
    assert parted(Box(472, 50, 486, 53)) == [NUMBER]
    assert parted(Box(472, 50, 486, 53), Box(544, 42, 558, 62)) == [NUMBER]
    assert parted(Box(472, 50, 486, 53), Box(544, 60, 558, 63)) == [NUMBER]


def test_a_number_far_below_the_text_is_kept_under_a_picture_and_is_dirt_without() -> None:
    number = Run((line(Box(500, 1500, 530, 1524)),))
    assert number in drop_strays((TEXT, number), PITCH, (), (Box(100, 750, 900, 1480),))
    assert number not in drop_strays((TEXT, number), PITCH, (), (Box(950, 750, 1900, 1480),))


TEXT = Run(tuple(line(Box(100, 100 + 30 * n, 900, 124 + 30 * n)) for n in range(20)))


def test_a_number_beside_two_words_stands_apart() -> None:
    words = [Box(300, 42, 370, 64), Box(378, 42, 470, 64)]
    for whole, marks in ((Box(300, 40, 530, 64), words), (NUMBER, [])):
        ink = np.zeros((900, 1000), bool)
        for box in (NUMBER, *words):
            ink[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)] = True
        runs = [Run((line(box),)) for box in ((whole,) if marks else (whole, union(words)))]
        found = [run.box for run in part_folios((*runs, TEXT), ink, PITCH)]
        assert [box.x0 for box in found if box.x1 == NUMBER.x1] == [NUMBER.x0]


def test_the_figures_of_a_number_in_large_type_are_no_words() -> None:
    """ "Page 12", its figures as far from each other as words of the text: one space is like no other."""
    whole = Box(400, 30, 537, 64)
    marks = [Box(x, 32, x + 24, 62) for x in (400, 425, 450, 475)]
    marks += [Box(515, 32, 521, 62), Box(525, 32, 537, 62)]
    ink = np.zeros((900, 1000), bool)
    for box in marks:
        ink[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)] = True
    found = part_folios((Run((line(whole),)), TEXT), ink, PITCH)
    assert [run.box for run in found][:-1] == [whole]


def test_a_number_at_the_end_of_a_notice_below_the_text_is_a_word_of_it() -> None:
    """Many notices of a line each; below them, after more white, the foot line with the page's number."""
    ink = np.zeros((1600, 1000), bool)
    rows = [*range(800, 1100, 40), 1240]
    for y in rows:
        for x0, x1 in ((100, 120), (124, 150), (180, 230), (234, 260), (300, 340), (600, 630)):
            ink[y : y + 24, x0:x1] = True
    runs = [Run((line(Box(100, y, 630, y + 24)),)) for y in rows]
    found = [run.box for run in part_folios((TEXT, *runs), ink, PITCH)]
    assert [box for box in found if box.y0 < 1200] == [TEXT.box, *(run.box for run in runs[:-1])]
    assert len([box for box in found if box.y0 == 1240]) == 2
