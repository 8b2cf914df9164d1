"""Letters that no row of dense ink took are lines all the same."""

from __future__ import annotations

import numpy as np

from layout.document import Box
from layout.geometry.components import Packed, components
from layout.geometry.lines import find_lines
from layout.geometry.strokes import measure_letters

PITCH = 30.0


def test_a_bold_number_between_dashes_is_a_line() -> None:
    """The dashes made a row by themselves, and the number between them, of heavier strokes, none."""
    page = np.zeros((400, 800), bool)
    for row in range(8):
        for x in range(60, 740, 14):
            page[40 + 30 * row : 58 + 30 * row, x : x + 3] = True
    number = Box(390, 340, 408, 363)
    page[340:363, 390:397] = page[340:363, 401:408] = page[348:353, 390:408] = True
    page[348:353, 370:382] = page[348:353, 416:428] = True
    barrier = Packed.of(np.zeros(page.shape, bool))
    lines = find_lines(measure_letters(components(page), PITCH), barrier, PITCH)
    assert any(line.box.covers(number) for line in lines)
