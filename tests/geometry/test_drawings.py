"""Line drawings: white for the most part, their strokes as thick as those of letters."""

from __future__ import annotations

from layout.document import Box, RegionKind
from tests.geometry.paper import PITCH, Paper, detect, iou, lines_of

PLACE = Box(120, 320, 700, 900)


def draw(paper: Paper, place: Box, lines: int = 14) -> None:
    """Bent strokes all over a place, as wide as those of letters."""
    for _ in range(lines):
        points = [
            (
                paper.random.uniform(place.x0, place.x1),
                paper.random.uniform(place.y0, place.y1),
            )
            for _ in range(4)
        ]
        paper.pen.line(points, fill=20, width=4)


def page_with_drawing() -> Paper:
    paper = Paper(1500, 2000)
    draw(paper, PLACE)
    paper.column(125, 960, 570, 24)
    paper.column(800, 300, 620, 42)
    return paper


def test_a_line_drawing_is_a_picture_and_no_text():
    found = detect(page_with_drawing().scan())
    pictures = [shape for shape in found.walk() if shape.kind is RegionKind.IMAGE]
    assert [iou(shape.box, PLACE) > 0.85 for shape in pictures] == [True]
    assert not any(PLACE.intersection(line) > 0 for line in lines_of(found))


def test_text_in_a_frame_is_no_drawing():
    paper = Paper(1500, 2000)
    paper.frame(110, 300, 700, 900)
    paper.column(140, 330, 530, 15)
    paper.column(100, 960, 620, 24)
    paper.column(800, 300, 620, 42)
    assert not any(shape.kind is RegionKind.IMAGE for shape in detect(paper.scan()).walk())


def test_the_line_under_a_drawing_shuts_in_no_box():
    paper = page_with_drawing()
    bottom = round(PLACE.y1) + 6
    paper.rule(108, bottom, 712, bottom)
    for x in (100, 720):
        paper.rule(x, 310, x, 1850)
    paper.rule(100, 1850, 720, 1850)
    assert PITCH < 40  # the line is nearer to the drawing than half a line of text
    kinds = {shape.kind for shape in detect(paper.scan()).walk()}
    assert RegionKind.IMAGE in kinds
    assert not kinds & {RegionKind.SIDEBAR, RegionKind.ADVERTISEMENT}


def test_a_frame_within_a_frame_parts_nothing_of_it():
    paper = Paper(1500, 2000)
    paper.frame(110, 300, 710, 1500)
    paper.frame(170, 306, 650, 900)
    draw(paper, Box(180, 320, 640, 890))
    paper.column(140, 930, 530, 15)
    paper.column(100, 1560, 620, 10)
    paper.column(800, 300, 620, 42)
    found = detect(paper.scan())
    boxes = [s.box for s in found.walk() if s.kind in (RegionKind.SIDEBAR, RegionKind.ADVERTISEMENT)]
    assert [iou(box, Box(110, 300, 710, 1500)) > 0.9 for box in boxes] == [True]
