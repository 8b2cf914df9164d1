"""The page's columns of running text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from layout.document import Box, union
from layout.geometry.blocks import Run

_WITHIN = 0.6  # of its width: what stands over one column, not over two
_NOTICES = 6  # lines; the facing page shows fewer that are whole
_SHORT = 0.25  # of a column's height: less is no column of its own above it


def find_columns(runs: Sequence[Run], pitch: float) -> tuple[Box, ...]:
    """Boxes of the columns, left to right; worksheet pixels.

    Runs of three lines and more whose left and right edges agree (1-D overlap of at least 0.75) make
    a column, the tallest first; a column of less than six lines in all is none, nor is one too narrow for
    words, such as the letters of a label that runs up the margin, nor what stands over or under a column far
    longer than it: the notices beside a newspaper's name.
    """
    usual = usual_size(runs)
    texts = [run for run in runs if len(run.lines) >= 3 and run.size < 1.6 * usual]
    tall = sorted(
        (run for run in texts if run.box.width > 2 * pitch),
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
    tall_enough = [box for box, height in columns if height >= 6 * pitch]
    found = [box for box in tall_enough if not any(_is_at_end(box, other) for other in tall_enough)]
    return tuple(sorted(found, key=lambda box: (box.x0, box.y0)))


def _is_at_end(box: Box, column: Box) -> bool:
    """Whether a box stands over or under a column, most of it in the column's width, and far shorter."""
    above = box.overlap_y(column) < 0.5 * box.height
    return above and box.overlap_x(column) > _WITHIN * box.width and box.height < _SHORT * column.height


def usual_size(runs: Sequence[Run]) -> float:
    """Letter height of the running text: the median over the lines of runs of three and more."""
    sizes = [line.size for run in runs if len(run.lines) >= 3 for line in run.lines]
    if not sizes:
        sizes = [line.size for run in runs for line in run.lines]
    return float(np.median(sizes)) if sizes else 1.0


def _agreement(a: Box, b: Box) -> float:
    together = max(a.x1, b.x1) - min(a.x0, b.x0)
    return max(0.0, a.overlap_x(b)) / together if together > 0 else 0.0


def drop_strays(
    runs: Sequence[Run], pitch: float, keep: Sequence[Box] = (), pictures: Sequence[Box] = ()
) -> tuple[Run, ...]:
    """The runs without scraps beside the page's print: a scanner's edge, the facing page, dirt.

    Print is what hangs together: runs of three lines and more, long lines, lines of short notices that begin
    or end at one place, and boxes in ``keep``, and short lines and ``pictures`` that follow it up or down the
    page (a column of notices of a line each). A scrap narrower than three pitches that lies further than
    three pitches to the side of all print is none; neither is one far above or below it (folios stand nearer
    than ten pitches).
    """
    broad = [run for run in runs if run.box.width > 4 * pitch]
    sure = [run.box for run in broad if len(run.lines) >= 3 or run.box.width > 8 * pitch]
    sure += [run.box for run in broad if _in_line(run, broad, pitch) >= _NOTICES]
    if not sure:
        return tuple(runs)
    following = [*(run.box for run in runs), *pictures]
    print_space = _followed(union((*sure, *keep)), following, pitch)
    wide, near = print_space.grown(3 * pitch, 10 * pitch), print_space.grown(0.2 * pitch, 10 * pitch)
    kept = []
    for run in runs:
        x, y = run.box.center
        inside = near if run.box.width < 3 * pitch and len(run.lines) > 1 else wide
        if inside.contains((x, y)) or (run.box.width > 3 * pitch and wide.grown(3 * pitch).contains((x, y))):
            kept.append(run)
    return tuple(kept)


def _in_line(run: Run, runs: Sequence[Run], pitch: float) -> int:
    """How many lines the runs have that begin, or end, where this one does."""
    edges = [(abs(other.box.x0 - run.box.x0), abs(other.box.x1 - run.box.x1), other) for other in runs]
    near = 0.3 * pitch
    return max(
        sum(len(other.lines) for off, _, other in edges if off < near),
        sum(len(other.lines) for _, off, other in edges if off < near),
    )


def _followed(print_space: Box, boxes: Sequence[Box], pitch: float) -> Box:
    """The print space drawn on, up and down, over what follows it within its width."""
    for ascending in (True, False):
        for box in sorted(boxes, key=lambda box: box.y0 if ascending else -box.y1):
            near = print_space.grown(0.2 * pitch, 4 * pitch)
            if box.width > 3 * pitch and near.x0 < box.center[0] < near.x1 and near.overlap_y(box) > 0:
                print_space = replace(
                    print_space, y0=min(print_space.y0, box.y0), y1=max(print_space.y1, box.y1)
                )
    return print_space
