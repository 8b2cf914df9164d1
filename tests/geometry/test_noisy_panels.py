"""A dark panel whose ground a one-bit scan has broken up into specks."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from layout.document import Box, RegionKind
from tests.geometry.paper import Paper, detect, f1, lines_of

SIZE, PITCH = 44, 60  # as at 400 dpi: specks are finer than strokes there
PANEL = (160, 500, 1160, 1900)


def page(*, lettered: bool) -> tuple[Paper, list[Box]]:
    """A panel beside a column, with light text in it or with light shapes as a picture has."""
    paper = Paper(2400, 3200)
    paper.column(1260, 500, 1000, 36, SIZE, PITCH)
    paper.column(160, 2000, 1000, 11, SIZE, PITCH)
    paper.fill(*PANEL, 10)
    if not lettered:
        for n in range(4):
            paper.pen.ellipse((200 + 180 * n, 600 + 280 * n, 460 + 180 * n, 800 + 280 * n), fill=250)
        return paper, []
    rows = [560 + n * PITCH for n in range(21) if n not in (8, 9)]
    return paper, [paper.text(280, y, paper.words(700, SIZE), SIZE, 250) for y in rows]


def broken_up(gray: np.ndarray) -> np.ndarray:
    """As a scanner's threshold leaves it: away from what is light and from the edge half of it is specks."""
    x0, y0, x1, y1 = PANEL
    panel = gray[y0:y1, x0:x1]
    near = cv2.dilate((panel > 128).astype(np.uint8), np.ones((27, 27), np.uint8)) > 0
    near[:20], near[-20:], near[:, :20], near[:, -20:] = True, True, True, True
    specks = np.random.default_rng(1).random(panel.shape) < 0.5
    made = gray.copy()
    made[y0:y1, x0:x1] = np.where(~near & specks, 250, panel)
    return made


def found(*, lettered: bool) -> tuple[set[RegionKind], float]:
    paper, lines = page(lettered=lettered)
    scan = paper.scan()
    shapes = detect(replace(scan, gray=broken_up(scan.gray)))
    inside = [line for line in lines_of(shapes) if line.x1 < 1180 and line.y1 < 1920]
    return {shape.kind for shape in shapes.shapes}, f1(lines, inside, 0.6)


def test_its_text_is_read_and_it_is_no_picture() -> None:
    kinds, lines = found(lettered=True)
    assert RegionKind.IMAGE not in kinds
    assert lines > 0.75


def test_a_dark_picture_broken_up_so_stays_one() -> None:
    kinds, _ = found(lettered=False)
    assert RegionKind.IMAGE in kinds
