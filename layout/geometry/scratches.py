"""Scratches: upright strokes as thin and as long as a column rule that run through the text.

On film a scratch is drawn through whatever stands there. A rule stands in the white between columns: that
letters reach up to it happens on dense pages too, but seldom in one line of five.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from layout.document import Box
from layout.geometry.components import Mask, dilate

_LETTER = 0.12  # line pitches: a stroke of a letter is at least so long
_LEAST, _OFTEN = 5, 0.4  # lines that letters touch it in, and how many for each line pitch of its length
_ALONG = 0.2  # line pitches to the side: another piece of the same scratch
_APART = 4.0  # line pitches from one piece to the next
_LONG = 5.0  # line pitches: no stem of a letter, nor two that touch


@dataclass(frozen=True)
class Stroke:
    """A box in a ``mask`` of strokes of its kind."""

    box: Box
    mask: Mask


def find_scratches(
    rules: Sequence[Stroke], hairs: Sequence[Stroke], ink: Mask, level: Mask, pitch: float
) -> tuple[list[Box], list[Box]]:
    """Which upright ``rules``, and which hairlines with letters beside them, are scratches or pieces of one.

    Pieces that stand above each other are one stroke, a scratch where letters touch it in many lines; a long
    hairline with letters beside it is none of a rule in any case. ``level`` is the mask of level rules, which
    cross others in tables.
    """
    letters = ink & ~dilate(level, 3, 3) if rules or hairs else ink
    found: tuple[list[Box], list[Box]] = ([], [])
    for pieces in _above_each_other([*((rule, 0) for rule in rules), *((hair, 1) for hair in hairs)], pitch):
        lines = sum(_lines_touched(stroke, letters, pitch) for stroke, _ in pieces)
        height = sum(stroke.box.height for stroke, _ in pieces)
        long = pieces[-1][0].box.y1 - pieces[0][0].box.y0 > _LONG * pitch
        through = long and lines >= _LEAST and lines > _OFTEN * height / pitch
        for stroke, kind in pieces:
            if through or (kind and stroke.box.height > _LONG * pitch):
                found[kind].append(stroke.box)
    return found


def _above_each_other(
    strokes: Sequence[tuple[Stroke, int]], pitch: float
) -> Iterator[list[tuple[Stroke, int]]]:
    """The strokes in groups that stand on one line down the page, no piece far from the next."""
    lines: list[list[tuple[Stroke, int]]] = []
    for stroke in sorted(strokes, key=lambda s: s[0].box.center[0]):
        if not lines or stroke[0].box.center[0] - lines[-1][0][0].box.center[0] > _ALONG * pitch:
            lines.append([])
        lines[-1].append(stroke)
    for line in lines:
        line.sort(key=lambda s: s[0].box.y0)
        ends = accumulate((stroke.box.y1 for stroke, _ in line), max)
        gaps = [stroke.box.y0 - end for (stroke, _), end in zip(line[1:], ends, strict=False)]
        cuts = [0, *(n for n, gap in enumerate(gaps, 1) if gap > _APART * pitch), len(line)]
        yield from (line[first:last] for first, last in pairwise(cuts))


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


def _lines_touched(stroke: Stroke, letters: Mask, pitch: float) -> int:
    rows, columns = _place(stroke.box)
    touched = _touched(stroke.box, stroke.mask[rows, columns], letters, pitch)
    return int(np.count_nonzero(np.diff(touched.astype(np.int8), prepend=0) == 1))


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
