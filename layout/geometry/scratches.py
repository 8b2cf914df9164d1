"""Scratches: upright strokes as thin and as long as a column rule that run through the text.

On film a scratch is drawn through whatever stands there. A rule stands in the white between columns: that
letters reach up to it happens on dense pages too, but seldom in one line of five.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from layout.document import Box
from layout.geometry.components import Mask, dilate

_LETTER = 0.12  # line pitches: a stroke of a letter is at least so long
_LEAST, _OFTEN = 5, 0.4  # lines that letters touch it in, and how many for each line pitch of its length
_ALONG = 0.2  # line pitches to the side: another piece of the same scratch


def find_scratches(rules: Sequence[Box], own: Mask, ink: Mask, level: Mask, pitch: float) -> list[Box]:
    """Those of the upright rules that run through letters, and what goes on above or below them.

    ``own`` is the mask of upright rules, ``level`` that of level ones, which cross them in tables.
    """
    if not rules:
        return []
    letters = ink & ~dilate(level, 3, 3)
    through = [rule for rule in rules if _runs_through(rule, own, letters, pitch)]
    return [
        rule
        for rule in rules
        if any(abs(rule.center[0] - other.center[0]) < _ALONG * pitch for other in through)
    ]


def clear_scratches(scratches: Sequence[Box], strokes: Mask, mask: Mask, ink: Mask, pitch: float) -> None:
    """Takes the scratches from ``strokes``; what of them touches no letter is put into ``mask``, which is
    taken from the ink."""
    for scratch in scratches:
        rows, columns = _place(scratch)
        stroke = strokes[rows, columns] & ink[rows, columns]
        free = ~_touched(scratch, stroke, ink, pitch)[:, None]
        mask[rows, columns] &= ~strokes[rows, columns]
        mask[rows, columns] |= stroke & free
        strokes[rows, columns] = False


def _runs_through(rule: Box, own: Mask, letters: Mask, pitch: float) -> bool:
    rows, columns = _place(rule)
    touched = _touched(rule, own[rows, columns], letters, pitch)
    lines = np.count_nonzero(np.diff(touched.astype(np.int8), prepend=0) == 1)
    return bool(lines >= _LEAST and lines > _OFTEN * rule.height / pitch)


def _touched(rule: Box, stroke: Mask, ink: Mask, pitch: float) -> NDArray[np.bool_]:
    """For each row of a rule whether a stroke of a letter goes on from it to the left or to the right."""
    rows, columns = _place(rule)
    there = stroke.any(axis=1)
    left = columns.start + stroke.argmax(axis=1)
    right = columns.stop - 1 - stroke[:, ::-1].argmax(axis=1)
    y, last = np.arange(rows.start, rows.start + len(stroke)), ink.shape[1] - 1
    steps = np.arange(2, max(3, round(_LETTER * pitch)) + 2)[:, None]  # its own edge is no letter
    before = ink[y, np.clip(left - steps, 0, last)].all(axis=0)
    after = ink[y, np.clip(right + steps, 0, last)].all(axis=0)
    touched: NDArray[np.bool_] = there & (before | after)
    return touched


def _place(box: Box) -> tuple[slice, slice]:
    return slice(int(box.y0), int(box.y1)), slice(int(box.x0), int(box.x1))
