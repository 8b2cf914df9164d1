"""A folio printed beside the running head, taken apart from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from layout.document import Box
from layout.geometry.blocks import Run
from layout.geometry.components import Mask
from layout.geometry.line import Line

_DIGITS = 2.4  # times the line's height: three digits


def part_folios(runs: Sequence[Run], ink: Mask, pitch: float) -> tuple[Run, ...]:
    """The runs with short ends of head and foot lines on their own, in the order given.

    Only lines by themselves above or below all running text are looked at, and only an end no wider
    than three digits that stands off by clearly more than the line's word spaces. Where the rest is no wider
    either, as in the number of an issue ("No. 12"), both are one.
    """
    body = [run.box for run in runs if len(run.lines) >= 4]
    if not body:
        return tuple(runs)
    top, bottom = min(box.y0 for box in body), max(box.y1 for box in body)
    parted: list[Run] = []
    for run in runs:
        outside = run.box.y1 < top or run.box.y0 > bottom
        if len(run.lines) == 1 and outside:
            parted.extend(Run((line,)) for line in _ends_off(run.lines[0], ink, pitch))
        else:
            parted.append(run)
    return tuple(parted)


def _ends_off(line: Line, ink: Mask, pitch: float) -> list[Line]:
    box = line.box
    x0, y0 = int(box.x0), int(box.y0)
    filled = ink[y0 : int(box.y1), x0 : int(box.x1)].any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], filled.astype(int), [0]])))
    starts, stops = edges[::2], edges[1::2]
    gaps = starts[1:] - stops[:-1]
    if len(gaps) < 2:
        return [line]
    words = gaps[gaps > 0.12 * pitch]
    wide = gaps > max(0.42 * pitch, 1.6 * float(np.median(words)) if len(words) > 2 else 0.0)
    cuts = np.flatnonzero(wide)
    if not len(cuts):
        return [line]
    for cut in (int(cuts[0]), int(cuts[-1])):
        left = (starts[0], stops[cut])
        right = (starts[cut + 1], stops[-1])
        shorter, longer = sorted((left[1] - left[0], right[1] - right[0]))
        if shorter < _DIGITS * box.height <= longer:
            return [_piece(line, x0, *span) for span in (left, right)]
    return [line]


def _piece(line: Line, x0: int, start: int, stop: int) -> Line:
    box = replace(line.box, x0=float(x0 + start), x1=float(x0 + stop))
    return replace(line, box=box, core=Box(box.x0, line.core.y0, box.x1, line.core.y1))
