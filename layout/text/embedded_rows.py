"""The rows of a line: what stands on one baseline, where lines were seen as one or not at all."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

import numpy as np

from layout.text.embedded_layer import Floats, Run, SignSet
from layout.text.embedded_order import RIGHT
from layout.text.embedded_signs import NO_WIDTH, SAME_BASE, Sign, traits

#: Signs nearer than this (share of their size) on one baseline are one loose line.
LOOSE_GAP = 1.6
#: No printed line has more letters; what has is read in pieces, so that time stays bounded.
LONGEST = 600
#: Rows that were taken for one line are this far apart (share of the size) and have so many signs.
ROW_GAP = 0.5
_ROW = 3


def stacked_rows(signs: list[Sign]) -> list[list[Sign]]:
    """The rows of a line that the segmentation made of two or more, top to bottom; mostly just one.

    No row has more signs than a line can have.
    """
    if len(signs) > LONGEST:
        signs = _without_copies(signs)
    if len(signs) <= LONGEST:
        return _rows(signs)
    rows = (sorted(row, key=lambda sign: sign.u0) for row in _rows(signs))
    pieces = (row[start : start + LONGEST] for row in rows for start in range(0, len(row), LONGEST))
    return [piece for piece in pieces if not all(sign.text.isspace() for sign in piece)]


def _without_copies(signs: list[Sign]) -> list[Sign]:
    """Signs that are drawn again and again in one place (shadows, loops in a file) counted once."""
    return list({(s.text, round(s.u0), round(s.base)): s for s in reversed(signs)}.values())[::-1]


def _rows(signs: list[Sign]) -> list[list[Sign]]:
    """Signs parted by their baselines where they stand over each other.

    Rows have baselines further apart than half their letters' size and stand over each other; signs
    beside a line on another baseline (exponents, initials) are no row.
    """
    bases = [sign.base for sign in signs]
    if max(bases) - min(bases) < ROW_GAP * min([sign.size for sign in signs]):
        return [signs]
    shown = [sign for sign in signs if not sign.text.isspace() and sign.u1 - sign.u0 > NO_WIDTH * sign.size]
    if len(shown) < 2 * _ROW or max(s.base for s in shown) - min(s.base for s in shown) < ROW_GAP * min(
        sign.size for sign in shown
    ):
        return [signs]
    shown.sort(key=lambda sign: sign.base)
    cuts = [
        (before.base + after.base) / 2
        for before, after in pairwise(shown)
        if after.base - before.base > ROW_GAP * min(before.size, after.size)
    ]
    rows: list[list[Sign]] = [[] for _ in range(len(cuts) + 1)]
    for sign in signs:
        rows[bisect_left(cuts, sign.base)].append(sign)
    spans = [(min(s.u0 for s in row), max(s.u1 for s in row)) for row in rows]
    over = all(min(a[1], b[1]) - max(a[0], b[0]) > 0 for a, b in pairwise(spans))
    return rows if over and all(len(row) >= _ROW for row in rows) else [signs]


def loose_lines(rest: Run) -> list[Run]:
    """Signs on one baseline and near each other, as lines."""
    found, places = rest.found, rest.places
    stood = _stood_on(found)
    order = places[np.lexsort((found.u0[places], stood[places]))]
    columns = (stood, found.size, found.u0, found.u1)
    bases, sizes, starts, ends = (column[order].tolist() for column in columns)
    rows: list[list[int]] = []
    for place, base in enumerate(bases):
        if rows and base - bases[rows[-1][0]] <= SAME_BASE * sizes[place]:
            rows[-1].append(place)
        else:
            rows.append([place])
    lines: list[list[int]] = []
    for row in rows:
        row.sort(key=starts.__getitem__)
        part = [row[0]]
        reach = ends[row[0]]
        for place in row[1:]:
            if starts[place] - reach > LOOSE_GAP * sizes[place]:
                lines.append(part)
                part = []
            part.append(place)
            reach = max(reach, ends[place])
        lines.append(part)
    runs = [run for run in (Run(found, order[line]) for line in lines) if len(run.shown)]
    return _with_steps(runs)


def _with_steps(runs: list[Run]) -> list[Run]:
    """Loose lines; a letter or two a step above one, in a gap between its letters, are on it (Nastaliq)."""
    lines = [run for run in runs if len(run.shown) >= _ROW]
    rest: list[Run] = []
    for run in runs:
        if len(run.shown) < _ROW:
            host = next((number for number, line in enumerate(lines) if _is_step_of(run, line)), None)
            if host is None:
                rest.append(run)
            else:
                lines[host] = lines[host].joined(run)
    return [*lines, *rest]


def _is_step_of(run: Run, line: Run) -> bool:
    found, signs, others = run.found, run.shown, line.shown
    if not all(traits(text).group == RIGHT for text in run.texts):
        return False
    above = np.median(found.base[others]) - found.base[signs].max()
    middle = (found.u0[signs].min() + found.u1[signs].max()) / 2
    left, right = found.u0[others], found.u1[others]
    in_gap = left.min() < middle < right.max() and not ((left < middle) & (middle < right)).any()
    return bool(0 < above < found.size[signs].min() and in_gap)


def _stood_on(found: SignSet) -> Floats:
    """The baseline of each sign; of right-to-left letters that follow each other edge to edge the lowest one.

    Nastaliq sets the letters of a word in steps down to the baseline.
    """
    kinds = [traits(text) for text in found.kinds]
    right = np.array([kind.group == RIGHT or kind.space for kind in kinds], bool)[found.kind]
    near = NO_WIDTH * found.size[1:]
    touch = np.abs(found.u1[1:] - found.u0[:-1]) <= near
    touch |= np.abs(found.u0[1:] - found.u1[:-1]) <= near
    touch &= np.abs(found.base[1:] - found.base[:-1]) < found.size[1:]
    touch &= right[1:] & right[:-1]
    starts = np.flatnonzero(np.concatenate(([True], ~touch)))
    lowest = np.maximum.reduceat(found.base, starts)
    return np.asarray(np.repeat(lowest, np.diff(np.append(starts, len(found)))), np.float64)
