"""The figures of a ranking, on rankings made by hand."""

from __future__ import annotations

import pytest

from tests.bench.review import Ranked, area, held_of_few


def ranking(marks: str) -> list[Ranked]:
    """Pages from the most to the least doubtful; x is a wrong one."""
    return [Ranked(str(place), 1 - place / 100, mark == "x") for place, mark in enumerate(marks)]


@pytest.mark.parametrize(
    ("marks", "under", "held"),
    [
        ("xxxx......", 1.0, 1.0),  # all of a tenth, though four of ten are wrong here
        ("......xxxx", 0.0, 0.0),
        ("xx.xx.....", 22 / 24, 0.5),
    ],
)
def test_figures_of_a_ranking(marks: str, under: float, held: float) -> None:
    assert area(ranking(marks)) == pytest.approx(under)
    assert held_of_few(ranking(marks)) == pytest.approx(held)
