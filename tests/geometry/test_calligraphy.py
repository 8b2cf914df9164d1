"""A name drawn with a broad pen is one thing, and known to be a name."""

from __future__ import annotations

import math

from layout.document import Box, RegionKind
from layout.geometry.calligraphy import find_drawn_names
from layout.geometry.worksheet import make_worksheet
from tests.geometry.paper import PITCH, Paper, detect, iou


def body(paper: Paper) -> None:
    for x in (80, 690):
        paper.column(x, 760, 540, 30)


def flourish(paper: Paper, x: int, y: int, size: int) -> Box:
    """Three broad loops that stand over each other, and two dots."""
    for n in range(3):
        corner = (x + n * size // 3, y + n * size // 6)
        paper.pen.arc((*corner, corner[0] + size, corner[1] + size // 2), 20 + 40 * n, 300, fill=20, width=18)
    for n in range(2):
        dot = (x + size // 2 + 60 * n, y + size // 2 - 20)
        paper.pen.ellipse((*dot, dot[0] + 30, dot[1] + 30), fill=20)
    return Box(float(x), float(y), float(x + 5 * size // 3), float(y + 5 * size // 6))


def test_a_drawn_name_is_the_masthead_and_one_line() -> None:
    paper = Paper(1300, 2000)
    drawn = flourish(paper, 400, 100, 300)
    ear = paper.column(80, 150, 220, 6, size=20, pitch=30)
    body(paper)
    found = [shape for shape in detect(paper.scan()).walk() if shape.lines and shape.box.y0 < 700]
    names = [shape for shape in found if shape.kind is RegionKind.MASTHEAD]
    assert len(names) == 1
    assert len(names[0].lines) == 1
    assert iou(names[0].box, drawn) > 0.6
    others = [line.box for shape in found for line in shape.lines if shape.kind is not RegionKind.MASTHEAD]
    assert all(max(iou(line, other) for other in others) > 0.5 for line in ear)


def test_a_drawing_at_the_side_and_a_frame_are_no_names() -> None:
    aside, framed = Paper(1300, 2000), Paper(1300, 2000)
    flourish(aside, 780, 100, 300)
    framed.frame(400, 100, 900, 420, 8)
    framed.column(430, 130, 440, 7)
    for paper in (aside, framed):
        body(paper)
        assert not find_drawn_names(make_worksheet(paper.scan().gray, 0.0), ())


def test_a_drawing_in_thin_strokes_is_no_name() -> None:
    paper = Paper(1300, 2000)
    body(paper)
    points = [(650 + 4 * PITCH * math.cos(t / 9), 320 + 4 * PITCH * math.sin(t / 7)) for t in range(400)]
    paper.pen.line(points, fill=20, width=3)
    assert not find_drawn_names(make_worksheet(paper.scan().gray, 0.0), ())


def test_a_word_close_beside_a_drawn_name_is_not_of_it() -> None:
    """It is joined as script is, wide and high enough for a stroke, but written with a thinner pen."""
    paper = Paper(1300, 2000)
    drawn = flourish(paper, 400, 100, 300)
    paper.pen.line((300, 250, 315, 215, 330, 250, 345, 215, 360, 250, 378, 215), fill=20, width=4)
    body(paper)
    (name,) = find_drawn_names(make_worksheet(paper.scan().gray, 0.0), ())
    assert name.line.box.x0 * PITCH / 30 > drawn.x0 - 10
