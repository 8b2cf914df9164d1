"""Scratches from edge to edge are taken out, what is printed stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from layout.image.scan import Gray
from layout.image.streaks import without_streaks

HEIGHT, WIDTH = 2400, 1700


def _page() -> Gray:
    """Grey paper with grain, words in two columns, and a rule between these."""
    grain = np.random.default_rng(3)
    page = np.full((HEIGHT, WIDTH), 205, np.uint8)
    for y in range(200, HEIGHT - 200, 36):
        for x in range(200, WIDTH - 200, 90):
            for letter in range(x, x + 60, 12):
                cv2.rectangle(page, (letter, y), (letter + 3, y + 16), 40, -1)
    cv2.rectangle(page, (845, 150), (847, HEIGHT - 150), 40, -1)
    return np.clip(page + grain.normal(0, 8, page.shape), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("first, last", [(500, 540), (1210, 1180), (694, 694)])
@pytest.mark.parametrize("level", [False, True])
def test_a_dark_scratch_is_filled(first: int, last: int, level: bool) -> None:
    page = _page()
    scratched = page.copy()
    end = (WIDTH - 1, last) if level else (last, HEIGHT - 1)
    cv2.line(scratched, (0, first) if level else (first, 0), end, 70, 2)
    hurt = scratched != page
    clean = without_streaks(scratched)
    paper = hurt & (page > 150)
    assert np.median(clean[paper]) == pytest.approx(205, abs=10)
    far = cv2.dilate(hurt.astype(np.uint8), np.ones((11, 11), np.uint8)) == 0
    assert np.array_equal(clean[far], page[far])


def test_a_light_scratch_on_dark_ground_is_filled() -> None:
    page = 255 - _page()
    scratched = page.copy()
    cv2.line(scratched, (400, 0), (380, HEIGHT - 1), 230, 2)
    clean = without_streaks(scratched)
    paper = (scratched != page) & (page < 100)
    assert np.median(clean[paper]) == pytest.approx(50, abs=10)


def test_print_is_left_as_it_is() -> None:
    page = _page()
    assert without_streaks(page) is page


def test_dirt_along_an_edge_is_left_as_it_is() -> None:
    page = _page()
    page[:, :40] = np.random.default_rng(5).choice(np.array([0, 255], np.uint8), (HEIGHT, 40))
    assert without_streaks(page) is page


def test_a_scratch_that_ends_in_the_dark_bed_is_filled() -> None:
    page = _page()
    for y0, y1 in ((0, 90), (HEIGHT - 130, HEIGHT)):
        cv2.fillPoly(page, [np.array([(0, y0), (WIDTH, y0), (WIDTH, y1 - 20), (0, y1)])], 5)
    scratched = page.copy()
    cv2.line(scratched, (500, 0), (540, HEIGHT - 1), 5, 2)
    clean = without_streaks(scratched)
    paper = (scratched != page) & (page > 150)
    assert np.median(clean[paper]) == pytest.approx(205, abs=10)
