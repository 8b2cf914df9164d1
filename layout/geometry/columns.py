"""The page's columns of running text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from layout.document import Box
from layout.geometry.blocks import Run


def find_columns(runs: Sequence[Run], pitch: float) -> tuple[Box, ...]:
    """Boxes of the columns, left to right; worksheet pixels.

    Runs of three lines and more whose left and right edges agree (1-D overlap of at least 0.75) make
    a column, the tallest first; a column of less than six lines in all is none.
    """
    tall = sorted(
        (run for run in runs if len(run.lines) >= 3 and run.size < 1.6 * usual_size(runs)),
        key=lambda run: -run.box.height,
    )
    columns: list[tuple[Box, float]] = []
    for run in tall:
        for index, (box, height) in enumerate(columns):
            if _agreement(run.box, box) >= 0.75:
                grown = Box(box.x0, min(box.y0, run.box.y0), box.x1, max(box.y1, run.box.y1))
                columns[index] = (grown, height + run.box.height)
                break
        else:
            columns.append((run.box, run.box.height))
    found = [box for box, height in columns if height >= 6 * pitch]
    return tuple(sorted(found, key=lambda box: (box.x0, box.y0)))


def usual_size(runs: Sequence[Run]) -> float:
    """Letter height of the running text: the median over the lines of runs of three and more."""
    sizes = [line.size for run in runs if len(run.lines) >= 3 for line in run.lines]
    if not sizes:
        sizes = [line.size for run in runs for line in run.lines]
    return float(np.median(sizes)) if sizes else 1.0


def _agreement(a: Box, b: Box) -> float:
    together = max(a.x1, b.x1) - min(a.x0, b.x0)
    return max(0.0, a.overlap_x(b)) / together if together > 0 else 0.0
