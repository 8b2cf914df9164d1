"""Dense rows of ink, whatever the size of what stands in them."""

from __future__ import annotations

import numpy as np
import pytest

from layout.geometry.components import components
from layout.geometry.cores import find_cores, part_lines
from layout.geometry.gather import gather
from layout.geometry.strokes import measure_letters


@pytest.mark.parametrize("pitch", [30.0, 120.0, 900.0, 6000.0])
def test_a_bar_in_a_white_field_is_dense_at_every_size(pitch: float) -> None:
    """A drawing's strokes can be as large as the page: its counts fit in no small number."""
    ink = np.zeros((400, 1200), bool)
    ink[150:250, 100:1100] = True
    cores = find_cores(ink, np.zeros_like(ink), pitch)
    assert cores.shape == ink.shape
    assert not cores[:20].any()
    if pitch < 200:
        assert cores[180:220, 200:1000].mean() > 0.5


def test_two_lines_with_a_bridge_of_ink_between_are_two() -> None:
    """A blot, or limbs that touch, make one of their dense rows."""
    cores = np.zeros((200, 700), bool)
    cores[40:58, 10:690] = cores[69:87, 10:690] = True
    cores[58:69, 300:330] = True
    assert [(y0, y1) for _, y0, _, y1 in part_lines(cores, 30.0).boxes(np.ones(2, bool))] == [
        (40, 58),
        (69, 87),
    ]


def test_the_rows_of_one_line_stay_one() -> None:
    """In Arabic script the letters' heads make a band of their own, above that of the baseline."""
    cores = np.zeros((200, 700), bool)
    cores[40:46, 10:500] = cores[52:62, 10:690] = True
    cores[46:52, 100:150] = cores[62:75, 200:220] = True
    assert len(part_lines(cores, 30.0)) == 1


def test_a_letter_of_the_next_line_is_no_mark_of_the_one_above_it() -> None:
    """A dot under the line is; a letter whose own line has no core yet is as high as those of the line."""
    ink = np.zeros((260, 400), bool)
    for left in (60, 100, 140, 180):
        ink[100:130, left : left + 20] = True
    ink[136:142, 110:116] = True
    ink[160:190, 62:82] = True
    core = np.zeros_like(ink)
    core[106:124, 60:200] = True
    letters = measure_letters(components(ink), 30.0)
    (line,) = gather(letters, np.ones(len(letters.parts), bool), components(core), 30.0, reach=1.6)
    assert (line.box.y0, line.box.y1) == (100, 142)
