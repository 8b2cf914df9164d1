"""What is print on a page, and what lies beside it."""

from __future__ import annotations

from layout.document import Box
from layout.geometry.blocks import Run
from layout.geometry.columns import drop_strays
from layout.geometry.line import Line

PITCH = 30.0


def run(x: float, y: float, width: float, lines: int = 1) -> Run:
    boxes = [Box(x, y + n * PITCH, x + width, y + n * PITCH + 24) for n in range(lines)]
    return Run(tuple(Line(box, box, rise=0.0, stroke=3.0, size=20.0, ink=0.3) for box in boxes))


ARTICLE = run(100, 100, 600, lines=10)


def test_a_column_of_notices_of_a_line_each_is_print_to_its_end() -> None:
    notices = [run(400, 450 + 2 * n * PITCH, 200) for n in range(20)]
    assert drop_strays((ARTICLE, *notices), PITCH) == (ARTICLE, *notices)


def test_a_scrap_far_below_all_print_is_none() -> None:
    assert drop_strays((ARTICLE, run(400, 1200, 100)), PITCH) == (ARTICLE,)


def test_a_scrap_at_the_scanners_edge_is_none() -> None:
    dirt = [run(900, 100 + 2 * n * PITCH, 40) for n in range(20)]
    assert drop_strays((ARTICLE, *dirt), PITCH) == (ARTICLE,)
