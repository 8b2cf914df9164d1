from __future__ import annotations

import cv2
import numpy as np

from layout.document import Box
from layout.geometry.tints import is_even, pale_tints

UNIT = 8.0


def found(page: np.ndarray) -> list[Box]:
    window = np.ones((7, 7), np.uint8)
    brightest = np.asarray(cv2.dilate(page, window), np.uint8)
    return list(pale_tints(page, brightest, 250.0, UNIT))


def paper() -> np.ndarray:
    return np.full((400, 300), 250, np.uint8)


def test_a_pale_rectangle_with_text_is_found_to_its_edges():
    page = paper()
    page[100:200, 60:180] = 234
    page[110:190:8, 70:170:2] = 40  # strokes
    (box,) = found(page)
    assert box == Box(60.0, 100.0, 180.0, 200.0)


def test_a_shadow_that_fades_is_none():
    page = paper()
    fade = np.abs(np.linspace(-1, 1, 160))
    page[100:260, 60:220] = (225 + 25 * np.maximum(fade[:, None], fade[None, :])).astype(np.uint8)
    assert found(page) == []


def test_neither_is_a_shape_that_is_no_rectangle():
    page = paper()
    page[100:200, 60:180] = 234
    page[100:150, 60:120] = 250
    assert found(page) == []


def test_a_rule_close_below_does_no_harm():
    page = paper()
    page[100:200, 60:180] = 234
    page[205:208, 40:280] = 20
    assert len(found(page)) == 1


def test_a_picture_that_shows_through_is_uneven_and_a_tint_under_falling_light_is_not():
    noise = np.random.default_rng(5)
    soft = cv2.resize(noise.uniform(-20, 20, (5, 6)).astype(np.float32), (120, 100))
    falls = np.linspace(-16, 16, 120)[None, :] + np.linspace(-8, 8, 100)[:, None]
    assert not is_even(np.clip(222 + soft, 0, 255).astype(np.uint8), 250.0)
    assert is_even((222 + falls).astype(np.uint8), 250.0)
