"""Pictures made smaller keep their means and their places."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from layout.image.scale import means, resized, shares


@pytest.mark.parametrize("factor", [0.9, 0.5, 0.37, 0.11])
def test_a_smaller_picture_is_what_opencv_makes_of_it_by_areas(factor: float) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (40, 32)).astype(np.uint8)
    gray = np.asarray(cv2.resize(noise, (640, 800), interpolation=cv2.INTER_CUBIC), np.uint8)
    wanted = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    found = resized(gray, factor)
    height, width = (min(sides) for sides in zip(found.shape, wanted.shape, strict=True))
    assert max(abs(a - b) for a, b in zip(found.shape, wanted.shape, strict=True)) <= 1
    apart = np.abs(found[:height, :width].astype(int) - wanted[:height, :width])
    assert apart.mean() < 8  # of 256: blocks are split at other places than pixels


def test_cells_hold_the_mean_of_what_they_cover() -> None:
    gray = np.zeros((128, 256), np.uint8)
    gray[:64, 128:] = 200
    assert means(gray, 4, 2).tolist() == [[0, 0, 200, 200], [0, 0, 0, 0]]
    assert shares(gray > 100, 2, 2).tolist() == [[0, 1], [0, 0]]


def test_a_picture_at_its_own_size_is_itself() -> None:
    gray = np.zeros((5, 7), np.uint8)
    assert resized(gray, 1.0) is gray
