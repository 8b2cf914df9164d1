"""The white below a column rule parts the last lines of columns, not a line that stands under both."""

from __future__ import annotations

import numpy as np
import pytest

from layout.document import Box
from layout.geometry.gutters import put_feet

PITCH = 30
COLUMNS = (slice(20, 290), slice(310, 580))


@pytest.mark.parametrize(
    ("spans", "parted"),
    [
        ([(20, 292), (304, 580)], True),
        ([(120, 292), (304, 580)], True),
        ([(20, 150), (304, 420)], True),
        ([(120, 292), (304, 480)], False),
        ([(20, 580)], False),
    ],
    ids=["full lines", "set in from the left", "last lines", "in the middle", "across"],
)
def test_the_last_line_under_a_column_rule(spans: list[tuple[int, int]], parted: bool) -> None:
    ink = np.zeros((700, 600), bool)
    for line in range(20):
        for column in COLUMNS:
            ink[30 * line + 5 : 30 * line + 25, column] = True
    for x0, x1 in spans:
        ink[605:625, x0:x1] = True
    barrier = np.zeros_like(ink)
    put_feet(barrier, [Box(299.0, 5.0, 301.0, 600.0)], ink, PITCH)
    assert barrier[610, 298:302].any() == parted
    assert not (barrier & ink).any()
