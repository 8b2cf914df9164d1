"""A folio printed beside the running head, taken apart from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from layout.document import Box
from layout.geometry.blocks import Run
from layout.geometry.components import Ints, Mask
from layout.geometry.line import Line
from layout.geometry.rows import one_line, same_row

_DIGITS = 2.4  # times the line's height: three digits
_WORD = 6.0  # times it: a page's name in any language
_SPACE, _LETTERS = 0.12, 0.16  # line pitches, times the line's height: between letters there is less
_CLEAR = 0.8  # times it: wider than any word space
_STACKED, _WIDER = 6, 1.5  # rows of notices below the text at least; times their step to the foot line
_BESIDE = 2.0  # times it: from a number to the far end of the dash beside it
_FLAT = 0.3  # of it: so high is a dash at most, and so far off the middle


def part_folios(runs: Sequence[Run], ink: Mask, pitch: float) -> tuple[Run, ...]:
    """The runs with short ends of head and foot lines on their own, in the order given.

    Only lines by themselves above or below all running text, and above or below notices of a line each that
    stand there, are looked at, and only an end no wider
    than three digits that stands off by clearly more than the line's word spaces. Where the rest is no wider
    either, as in the number of an issue ("No. 12"), both are one.
    """
    body = [run.box for run in runs if len(run.lines) >= 4]
    if not body:
        return tuple(runs)
    top, bottom = min(box.y0 for box in body), max(box.y1 for box in body)
    above = [run.box for run in runs if run.box.y1 < top]
    below = [run.box for run in runs if run.box.y0 > bottom]
    top -= _stack([top - box.y1 for box in above], pitch)
    bottom += _stack([box.y0 - bottom for box in below], pitch)
    outer = [run.lines[0] for run in runs if len(run.lines) == 1 and _is_outside(run.box, top, bottom)]
    named = {id(part): pair for pair in _named(outer, ink, pitch) for part in pair}
    parted: list[Run] = []
    for run in runs:
        line = run.lines[0]
        if len(run.lines) > 1 or not _is_outside(run.box, top, bottom):
            parted.append(run)
        elif id(line) not in named:
            parted.extend(Run((_with_dashes(end, ink),)) for end in _ends_off(line, ink, pitch))
        elif line is named[id(line)][0]:
            parted.append(Run((one_line(named[id(line)]),)))
    return tuple(parted)


def _stack(off: Sequence[float], pitch: float) -> float:
    """How far a stack of many lines beyond the running text reaches, each ``off`` so far: up to where more
    white than usual comes between, or to its end.
    """
    rows = np.unique(np.round(np.asarray(off) / pitch)) * pitch
    if len(rows) < _STACKED:
        return 0.0
    steps = np.diff(rows)
    wide = np.flatnonzero(steps > _WIDER * np.median(steps))
    return float(rows[wide[-1] if len(wide) else -1]) + pitch / 2


def _is_outside(box: Box, top: float, bottom: float) -> bool:
    return box.y1 < top or box.y0 > bottom


def _named(lines: Sequence[Line], ink: Mask, pitch: float) -> list[tuple[Line, Line]]:
    """Figures and the one word a word's space beside them, each pair in the lines' order: "Page 7" with the
    number in heavier type."""
    pairs = []
    for figures in lines:
        high = figures.box.height
        if figures.box.width > _DIGITS * high:
            continue
        near = [
            other
            for other in lines
            if other is not figures
            and same_row(figures, other)
            and 0 < -figures.box.overlap_x(other.box) < _CLEAR * high
        ]
        if len(near) == 1 and figures.box.width < near[0].box.width < _WORD * high:
            starts, stops = _inked(near[0].box, ink).T
            if not (starts[1:] - stops[:-1] > _SPACE * pitch).any():
                pairs.append((figures, near[0]))
    return pairs


def _ends_off(line: Line, ink: Mask, pitch: float) -> list[Line]:
    box = line.box
    x0 = int(box.x0)
    starts, stops = _inked(box, ink).T
    gaps = starts[1:] - stops[:-1]
    if len(gaps) < 2:
        return [line]
    words = gaps[gaps > max(_SPACE * pitch, _LETTERS * box.height)]
    # A single space is like no other: "page 7", the number in heavier type, is one.
    space = float(np.median(words)) if len(words) > 2 else float(words.min()) if len(words) == 2 else 0.0
    usual = 1.6 * space or _CLEAR * box.height
    wide = gaps > max(0.42 * pitch, usual)
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


def _inked(box: Box, ink: Mask) -> Ints:
    """Where in a line the columns with ink begin and end, one row for each stretch of them."""
    filled = ink[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)].any(axis=0)
    return np.flatnonzero(np.diff(filled, prepend=False, append=False)).reshape(-1, 2)


def _with_dashes(line: Line, ink: Mask) -> Line:
    """A few figures with the dashes at both sides of them ("- 7 -"), which by themselves are no line."""
    box, high = line.box, line.box.height
    if box.width > _DIGITS * high:
        return line
    reach = round(_BESIDE * high)
    top, bottom, first, last = int(box.y0), int(box.y1), int(box.x0), int(box.x1)
    after = _dash(ink[top:bottom, last : last + reach])
    before = _dash(ink[top:bottom, max(0, first - reach) : first][:, ::-1])
    return line if before is None or after is None else _piece(line, first, -before, last - first + after)


def _dash(beside: Mask) -> int | None:
    """Where the dash ends that stands alone in the place beside a number, which comes first; None without."""
    rows, columns = np.flatnonzero(beside.any(axis=1)), np.flatnonzero(beside.any(axis=0))
    if not len(columns):
        return None
    high, wide = len(beside), columns[-1] + 1 - columns[0]
    flat = rows[-1] + 1 - rows[0] < min(_FLAT * high, 0.8 * wide)
    level = abs((rows[0] + rows[-1] + 1) / 2 - high / 2) < _FLAT * high
    alone = columns[0] > 0 and columns[-1] + 1 < beside.shape[1] and wide == len(columns)
    return int(columns[-1]) + 1 if flat and level and alone else None


def _piece(line: Line, x0: int, start: int, stop: int) -> Line:
    box = replace(line.box, x0=float(x0 + start), x1=float(x0 + stop))
    return replace(line, box=box, core=Box(box.x0, line.core.y0, box.x1, line.core.y1))
