"""The page's columns from its runs of lines."""

from __future__ import annotations

from layout.document import Box
from layout.geometry.blocks import Run
from layout.geometry.columns import find_columns
from layout.geometry.line import Line

PITCH = 30.0


def run(x0: float, x1: float, top: float, lines: int) -> Run:
    tops = [top + n * PITCH for n in range(lines)]
    return Run(
        tuple(Line(Box(x0, y, x1, y + 26), Box(x0, y + 8, x1, y + 20), 0.0, 3.0, 20.0, 0.3) for y in tops)
    )


def edges(*runs: Run) -> list[tuple[float, float]]:
    return [(box.x0, box.x1) for box in find_columns(runs, PITCH)]


def test_the_notices_beside_a_name_are_no_columns() -> None:
    columns = [run(x, x + 300, 600, 50) for x in (100, 440, 780)]
    ears = [run(120, 300, 100, 8), run(860, 1080, 100, 8)]
    assert edges(*columns, *ears) == [(100, 400), (440, 740), (780, 1080)]


def test_columns_of_another_width_in_the_lower_half_are_columns() -> None:
    columns = [run(x, x + 300, 100, 30) for x in (100, 440, 780)]
    lower = [run(x, x + 215, 1100, 20) for x in (100, 355, 610, 865)]
    assert len(edges(*columns, *lower)) == 7


def test_a_short_text_over_two_columns_is_one() -> None:
    columns = [run(x, x + 300, 600, 50) for x in (100, 440, 780)]
    assert (230, 610) in edges(*columns, run(230, 610, 300, 7))
