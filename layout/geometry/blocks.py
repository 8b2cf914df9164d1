"""Lines -> runs of lines that stand below each other in one column and look alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from layout.document import Box, union
from layout.geometry.components import Mask
from layout.geometry.line import Line, is_one_type, letters_in, ratio
from layout.geometry.strokes import Floats

_EDGE = 0.3  # line pitches by which lines begin and end beyond those above
_MOST = 0.6  # of a column's width that its lines fill, but for the last of a paragraph


@dataclass(frozen=True)
class Run:
    """Lines from top to bottom; ``box`` around their ink, worksheet pixels."""

    lines: tuple[Line, ...]

    @property
    def box(self) -> Box:
        return union(line.box for line in self.lines)

    @property
    def size(self) -> float:
        return float(np.median([line.size for line in self.lines]))

    @property
    def stroke(self) -> float:
        return float(np.median([line.stroke for line in self.lines]))

    @property
    def pitch(self) -> float | None:
        if len(self.lines) < 2:
            return None
        levels = [line.core.center[1] for line in self.lines]
        return float(np.median(np.diff(levels)))


def make_runs(
    lines: Sequence[Line], walls: Sequence[Box], pictures: Sequence[Box], pitch: float
) -> tuple[Run, ...]:
    """Runs of lines, top to bottom.

    A line goes on in the next one below where that is its only neighbour below (and the other way
    round), of like size and weight, at most about two pitches down, with no rule or edge of a box
    between. A line over two columns has two neighbours below and ends its run. Below a picture, where a
    caption passes into the text, likeness is taken strictly.
    """
    if not lines:
        return ()
    below = _neighbours(lines, walls, pitch)
    above: dict[int, list[int]] = {}
    for i, found in below.items():
        for j in found:
            above.setdefault(j, []).append(i)
    follows = {
        i: found[0]
        for i, found in below.items()
        if len(found) == 1
        and len(above[found[0]]) == 1
        and _alike(lines[i], lines[found[0]], pitch, strict=_under(lines[i].box, pictures, pitch))
    }
    starts = sorted(set(range(len(lines))) - set(follows.values()))
    runs: list[Run] = []
    for index in starts:
        run = [lines[index]]
        while index in follows:
            index = follows[index]
            run.append(lines[index])
        runs.extend(part for whole in _types_apart(run) for part in _wide_heads_apart(whole, pitch))
    return tuple(sorted(runs, key=lambda run: (run.box.y0, run.box.x0)))


def _neighbours(lines: Sequence[Line], walls: Sequence[Box], pitch: float) -> dict[int, list[int]]:
    """For each line the lines directly below it: they overlap in x and none stands between.

    A line alone in its row is as wide as the one above it to lines that fill most of that width: the last one
    of a paragraph can be shorter than the next one's indent.
    """
    x0, x1 = (np.array([getattr(line.box, name) for line in lines]) for name in ("x0", "x1"))
    level = np.array([line.core.center[1] for line in lines])
    order = np.argsort(level, kind="stable")
    wide = [line.box for line in lines]
    below: dict[int, list[int]] = {}
    for rank, i in enumerate(order.tolist()):
        later = order[rank + 1 :]
        reach = level[i] + 2.2 * max(pitch, 1.5 * lines[i].size)
        later = later[level[later] <= reach]
        later = later[_is_under(lines[i].box, wide[i], x0[later], x1[later], pitch)]
        found: list[int] = []
        for j in later.tolist():
            if level[j] - level[i] < 0.4 * pitch:
                continue
            shaded = any(_is_under(lines[k].box, wide[k], x0[j], x1[j], pitch) for k in found)
            if shaded or _walled(lines[i].box, lines[j].box, walls):
                continue
            alone = np.count_nonzero(np.abs(level[later] - level[j]) < 0.8 * pitch) == 1
            if not found and alone:
                wide[j] = _widened(lines[j], lines[i], wide[i], walls, pitch)
            found.append(j)
        below[i] = found
    return below


def _is_under(own: Box, whole: Box, x0: Floats, x1: Floats, pitch: float) -> Mask:
    """Which lines (from x0 to x1) are under a line with this box, in a column as wide as ``whole``."""
    width = x1 - x0
    shared = np.minimum(own.x1, x1) - np.maximum(own.x0, x0)
    edge = _EDGE * pitch
    filling = (x0 > whole.x0 - edge) & (x1 < whole.x1 + edge) & (width > _MOST * whole.width)
    return np.asarray((shared > 0.1 * np.minimum(own.width, width)) | filling)


def _widened(line: Line, above: Line, place: Box, walls: Sequence[Box], pitch: float) -> Box:
    """The box of a line alone under another: as wide as that one's ``place``, if nothing is beside it."""
    box = line.box
    whole = replace(box, x0=min(box.x0, place.x0), x1=max(box.x1, place.x1))
    inside = place.x0 - _EDGE * pitch < box.x0 and box.x1 < place.x1 + _EDGE * pitch
    if not (inside and _alike(above, line, pitch, strict=False)):
        return box
    return box if any(wall.intersection(whole) > 0 for wall in walls) else whole


def _alike(a: Line, b: Line, pitch: float, *, strict: bool) -> bool:
    """Whether the line below is of the type of the one above, and where the next line is due."""
    down = b.core.center[1] - a.core.center[1]
    if strict:
        size, stroke = ratio(a.size, b.size), ratio(a.stroke, b.stroke)
        letters = letters_in(a, b)
        return down < 1.25 * pitch and size < 1.08 + 1.2 / letters and stroke < 1.05 + 0.6 / letters
    # A short word may be of low letters alone: the taller line tells how far lines of this type are apart.
    return down < 1.75 * max(pitch, 1.45 * max(a.size, b.size)) and is_one_type(a, b)


def _types_apart(run: list[Line]) -> list[list[Line]]:
    """The run parted where a short line stands between two types, which by itself is like both.

    The last line of a heading has few letters, and these say little; the lines above and below it do not
    agree, and its strokes are nearer to those of one of them.
    """
    cuts = [0]
    for n in range(1, len(run) - 1):
        above, line, below = run[n - 1 : n + 2]
        few = line.box.width < 0.5 * min(above.box.width, below.box.width)
        if few and n > cuts[-1] and not is_one_type(above, below):
            cuts.append(n + (ratio(line.stroke, above.stroke) < ratio(line.stroke, below.stroke)))
    return [run[start:stop] for start, stop in zip(cuts, [*cuts[1:], len(run)], strict=True)]


def _under(box: Box, pictures: Sequence[Box], pitch: float) -> bool:
    """Whether the line stands within three lines below a picture and not beyond its sides."""
    return any(
        -0.5 * pitch < box.y0 - picture.y1 < 2.5 * pitch
        and picture.overlap_x(box) > 0.7 * min(box.width, picture.width)
        for picture in pictures
    )


def _wide_heads_apart(run: list[Line], pitch: float) -> list[Run]:
    """The run parted where lines at its head reach far beyond the column of the rest.

    A deck over two columns goes on, with nothing else below it, into the one column under its end.
    """
    for index in range(min(4, len(run) - 2), 0, -1):
        rest = union(line.box for line in run[index:])
        head = run[index - 1].box
        if rest.x0 - head.x0 > 2 * pitch or head.x1 - rest.x1 > 2 * pitch:
            return [Run(tuple(run[:index])), Run(tuple(run[index:]))]
    return [Run(tuple(run))]


def _walled(a: Box, b: Box, walls: Sequence[Box]) -> bool:
    left, right = max(a.x0, b.x0), min(a.x1, b.x1)
    top, bottom = a.center[1], b.center[1]
    return any(
        wall.x0 < right and wall.x1 > left and wall.y0 < bottom and wall.y1 > top
        for wall in walls
        if min(wall.x1, right) - max(wall.x0, left) > 0.3 * (right - left)
    )
