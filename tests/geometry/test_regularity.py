"""Marks that stand in lines against marks that stand anyhow."""

from __future__ import annotations

import numpy as np
import pytest

from layout.geometry.regularity import regularity

PITCH = 30.0


def _scattered(lines: int, marks: int, jitter: float, pitch: float) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(4)
    x = chance.uniform(0, 600, lines * marks)
    y = np.repeat(np.arange(lines) * pitch, marks) + chance.normal(0, jitter * pitch, lines * marks)
    return x, y


@pytest.mark.parametrize("pitch", [0.8 * PITCH, PITCH, 1.7 * PITCH])
def test_letters_of_lines_are_in_step_at_any_leading(pitch: float) -> None:
    found = regularity(*_scattered(10, 40, 0.1, pitch), PITCH)
    assert found is not None and found > 0.7


def test_columns_out_of_step_with_each_other_are_lines_all_the_same() -> None:
    x, y = _scattered(10, 40, 0.1, PITCH)
    found = regularity(x, y + np.where(x < 270, 0, 0.5 * PITCH), PITCH)
    assert found is not None and found > 0.7


def test_dots_of_a_halftone_are_not_in_step() -> None:
    chance = np.random.default_rng(8)
    found = regularity(chance.uniform(0, 600, 600), chance.uniform(0, 400, 600), PITCH)
    assert found is not None and found < 0.45


def test_a_few_marks_say_nothing() -> None:
    assert regularity(np.arange(5.0), np.arange(5.0), PITCH) is None
