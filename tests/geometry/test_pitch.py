"""The distance of text lines, found beside other things that come at a distance."""

from __future__ import annotations

import numpy as np
import pytest

from layout.geometry.pitch import line_pitch

PITCH, LETTER, DOT = 31, 8, 7


def ink(screened: int) -> np.ndarray:
    """Text lines over the whole width, and columns full of the dots of a screen."""
    page = np.zeros((1500, 960), bool)
    for y in range(20, 1480, PITCH):
        page[y : y + LETTER] = True
    page[:, :screened] = False
    steps = np.random.default_rng(3).choice([DOT - 1, DOT, DOT + 1], 300)  # a screen printed on rough paper
    for y in np.cumsum(steps):
        page[y : y + 3, :screened] = True
    return page


def test_lines_of_text() -> None:
    assert line_pitch(ink(0)) == pytest.approx(PITCH, abs=0.5)


def test_the_dots_of_a_screen_are_no_lines() -> None:
    """They stand nearer to each other than letters of this height can."""
    page = ink(500)
    assert line_pitch(page, 5.6 * LETTER) == pytest.approx(DOT, abs=0.5)
    assert line_pitch(page, 5.6 * LETTER, 1.3 * LETTER) == pytest.approx(PITCH, abs=3)
