"""Masks and their morphology."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from layout.geometry.components import Packed, close, components, dilate, open_


@pytest.mark.parametrize("size", [(4, 4), (5, 5), (4, 7), (6, 1)])
def test_opening_and_closing_move_nothing(size: tuple[int, int]) -> None:
    """With an even side the two halves of the operation must take the two different middles."""
    mask = np.zeros((40, 40), np.bool_)
    mask[10:20, 8:30] = True
    assert (open_(mask, *size) == mask).all()
    assert (close(mask, *size) == mask).all()


@pytest.mark.parametrize("morph", [open_, close, dilate])
@pytest.mark.parametrize("size", [(4, 3), (1, 9), (12, 1)])
def test_a_mask_may_be_written_over(morph: Any, size: tuple[int, int]) -> None:
    mask = np.random.default_rng(5).random((80, 70)) < 0.3
    wanted = morph(mask, *size)
    page = np.zeros((90, 100), bool)
    part = page[4:84, 20:90]
    part[:] = mask
    assert morph(part, *size, out=part) is part
    assert np.array_equal(part, wanted)
    assert page.sum() == wanted.sum()


def test_a_mask_put_away_comes_back() -> None:
    mask = np.random.default_rng(6).random((37, 53)) < 0.3
    assert np.array_equal(Packed.of(mask).mask(), mask)


def test_a_mask_empty_but_for_a_corner_gives_what_the_corner_gives_in_its_place() -> None:
    corner = np.random.default_rng(2).random((40, 30)) < 0.3
    page = np.zeros((200, 150), bool)
    page[150:190, 110:140] = corner
    part, whole = components(corner), components(page)
    assert whole.boxes(np.arange(len(whole))) == [
        (x0 + 110, y0 + 150, x1 + 110, y1 + 150) for x0, y0, x1, y1 in part.boxes(np.arange(len(part)))
    ]
    assert whole.area.tolist() == part.area.tolist()
    assert np.array_equal(whole.labels[150:190, 110:140], part.labels)
    assert np.count_nonzero(whole.labels) == corner.sum()


def test_pixels_of_few_and_of_many_components_are_found_alike() -> None:
    found = components(np.random.default_rng(3).random((90, 80)) < 0.2)
    few = np.arange(len(found)) % 40 == 0
    assert np.array_equal(found.mask(few), ~found.mask(~few) & (found.labels > 0))
    assert np.array_equal(found.mask(few), np.isin(found.labels, 1 + np.flatnonzero(few)))
