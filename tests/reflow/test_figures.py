from __future__ import annotations

from layout.document import Box, Region, RegionKind
from layout.reflow.figures import sort_figures, without_picture_frames
from layout.reflow.units import Piece, Role, Unit

PICTURE = Box(100.0, 100.0, 500.0, 400.0)


def piece(box: Box, kind: RegionKind = RegionKind.IMAGE) -> Piece:
    return Piece(Region("p0001_r001", kind, box), box)


def test_the_line_around_a_picture_is_no_rule():
    edge, parting = Box(99.0, 97.0, 501.0, 99.0), Box(99.0, 80.0, 501.0, 82.0)
    wide = Box(99.0, 97.0, 900.0, 99.0)
    assert without_picture_frames([edge, parting, wide], [piece(PICTURE)], 20.0) == [parting, wide]


def is_sound(text: Box) -> bool:
    figure = Unit.of(Role.FIGURE, [piece(PICTURE)])
    body = Unit.of(Role.BODY, [piece(text, RegionKind.PARAGRAPH)])
    return bool(sort_figures([figure], [body], 20.0)[0])


def test_a_picture_that_reaches_into_a_column_is_doubtful():
    assert is_sound(Box(505.0, 100.0, 900.0, 400.0))
    assert not is_sound(Box(480.0, 100.0, 900.0, 400.0))


def test_a_caption_in_a_pictures_corner_is_not():
    assert is_sound(Box(120.0, 350.0, 300.0, 390.0))
