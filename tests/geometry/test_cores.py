"""Dense rows of ink, whatever the size of what stands in them."""

from __future__ import annotations

import numpy as np
import pytest

from layout.geometry.cores import find_cores


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
