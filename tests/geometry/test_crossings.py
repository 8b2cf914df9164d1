"""Lines over two columns that stand side by side for some lines only."""

from __future__ import annotations

import numpy as np

from layout.document import Box, union
from layout.geometry.components import components
from layout.geometry.crossings import crossed_gutters
from layout.geometry.grounds import letter_parts
from layout.geometry.line import Line
from layout.geometry.spaces import Spaces
from layout.geometry.strokes import measure_letters
from tests.geometry.paper import PITCH, Paper


def crossed(joined: int, elsewhere: int) -> list[Box]:
    """The gutters found in the first rows of two columns, ``joined`` of them run together; ``elsewhere`` the
    columns have so many lines."""
    paper = Paper(1500, 2400)
    left, right = (paper.column(x, 300, 600, 3) for x in (100, 740))
    rows = [[union(pair)] if n < joined else [*pair] for n, pair in enumerate(zip(left, right, strict=True))]
    boxes = [box for row in rows for box in row]
    for x in (100, 740):
        boxes += paper.column(x, 300 + 12 * PITCH, 600, elsewhere)
    ink = np.asarray(paper.picture) < 128
    letters = measure_letters(letter_parts(components(ink), (), PITCH), PITCH)
    lines = [Line(box, box, rise=0.0, stroke=3.0, size=20.0, ink=0.3) for box in boxes]
    return crossed_gutters(lines, Spaces.of(letters), PITCH)


def test_columns_of_the_page_show_the_gutter_in_lines_that_run_together() -> None:
    found = crossed(joined=2, elsewhere=30)
    assert len(found) == 2 and all(gap.x0 < 735 and abs(gap.x1 - 740) < 6 for gap in found)


def test_one_line_may_have_its_space_there_and_few_lines_show_no_column() -> None:
    assert not crossed(joined=1, elsewhere=30)
    assert not crossed(joined=2, elsewhere=1)
