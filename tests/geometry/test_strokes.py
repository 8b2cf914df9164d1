"""Which letters are display type."""

from __future__ import annotations

import numpy as np

from layout.geometry.components import components
from layout.geometry.strokes import measure_letters

PITCH = 30.0


def bars(thick: frozenset[int], rows: int = 6, letters: int = 40) -> np.ndarray:
    """Rows of upright bars 18 pixels high, 2 wide; in the first row those of ``thick`` are 5 wide."""
    page = np.zeros((40 + 30 * rows, 40 + 14 * letters), bool)
    for row in range(rows):
        for n in range(letters):
            width = 5 if row == 0 and n in thick else 2
            page[20 + 30 * row : 38 + 30 * row, 20 + 14 * n : 20 + 14 * n + width] = True
    return page


def display(thick: frozenset[int]) -> int:
    return int(np.count_nonzero(measure_letters(components(bars(thick)), PITCH).layers))


def test_a_row_of_thick_letters_is_display_type() -> None:
    assert display(frozenset(range(40))) == 40


def test_single_thick_letters_among_others_are_running_text() -> None:
    """Letters that took too much ink, far from each other: their line would be cut in pieces at each."""
    assert display(frozenset({6, 7, 30, 31})) == 0
