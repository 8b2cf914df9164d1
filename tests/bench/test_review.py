"""The figures of a ranking, on rankings made by hand."""

from __future__ import annotations

import pytest

from layout.batch.review import FITTED
from tests.bench.review import Ranked, Read, area, fit, held_of_few


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


def test_a_fit_finds_the_feature_that_tells() -> None:
    """Of a hundred pages those are wrong whose articles lie in each other, but for each tenth."""
    pages = [
        Read(
            str(n),
            {"mixed": float(n % 4 == 0), "kinds": n % 3 / 3},
            0.0,
            float((n % 4 == 0) != (n % 10 == 0)),
            1.0,
        )
        for n in range(100)
    ]
    found = fit(pages, 0.5, 0.5)
    assert found.keys() == {"base", *FITTED}
    assert found["mixed"] > 2 and abs(found["kinds"]) < 1
    assert found["scarce"] == 0
