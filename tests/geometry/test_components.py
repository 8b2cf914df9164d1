"""Masks and their morphology."""

from __future__ import annotations

import numpy as np
import pytest

from layout.geometry.components import close, open_


@pytest.mark.parametrize("size", [(4, 4), (5, 5), (4, 7), (6, 1)])
def test_opening_and_closing_move_nothing(size: tuple[int, int]) -> None:
    """With an even side the two halves of the operation must take the two different middles."""
    mask = np.zeros((40, 40), np.bool_)
    mask[10:20, 8:30] = True
    assert (open_(mask, *size) == mask).all()
    assert (close(mask, *size) == mask).all()
