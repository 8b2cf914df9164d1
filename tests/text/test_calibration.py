"""Confidences on one scale."""

from __future__ import annotations

import pytest

from layout.text.calibration import AT, RIGHT, calibrated


@pytest.mark.parametrize("model", [*RIGHT, "no row"])
def test_surer_stays_surer(model: str) -> None:
    values = [calibrated(n / 200, model) for n in range(201)]
    assert values == sorted(values)
    assert 0 <= values[0] <= values[-1] <= 1


@pytest.mark.parametrize("model", RIGHT)
def test_the_measured_shares_are_met(model: str) -> None:
    assert len(RIGHT[model]) == len(AT)
    assert [calibrated(at, model) for at in AT] == pytest.approx(RIGHT[model])


def test_what_may_be_no_text_and_models_without_a_row_keep_their_numbers() -> None:
    assert calibrated(0.2, "fas_best") == 0.2
    assert calibrated(0.7, "no row") == 0.7
