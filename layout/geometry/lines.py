"""Text lines: which strokes stand in one row of one column.

The page is read in layers of like stroke width, since a line is defined by what is near *for its
size*. In each layer the ink is blurred along the line; the rows where it is densest (the x-height band
in Latin, the baseline band in Arabic script) are the lines' cores. Cores are cut at gutters and rules,
and every stroke, dot and diacritic goes to the core it is nearest to.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from layout.document import Box, union
from layout.geometry.components import Ints, Mask, Packed, components
from layout.geometry.cores import absorbed, drawn, find_cores, large_cores, part_lines
from layout.geometry.crossings import crossed_gutters
from layout.geometry.gather import gather
from layout.geometry.joins import drop_scraps, join_pieces, keep_apart
from layout.geometry.justified import drawn_apart
from layout.geometry.line import Line
from layout.geometry.numbers import listed
from layout.geometry.rows import join_rows
from layout.geometry.spaces import Spaces
from layout.geometry.strokes import Letters
from layout.geometry.tombstones import between_headlines, cut_by_gutter
from layout.geometry.wraps import sides_of_quotes

_TALLEST = 6.0  # line pitches
_HIGHER = 3.0  # times a line's height: what is so high is no letter of it
# Line pitches from where a line is cut up and down: so far lines change, and so much further off can be what
# they depend on.
_CHANGED, _AROUND = 4.0, 8.0


def find_lines(
    letters: Letters,
    barrier: Packed,
    pitch: float,
    tables: Sequence[Box] = (),
    pictures: Sequence[Box] = (),
) -> tuple[Line, ...]:
    """All text lines of the page, top to bottom.

    ``letters`` are all there is (light ones on dark grounds already turned dark); ``barrier`` is what no
    line may cross; in ``tables`` low marks are figures; ``pictures`` stand in columns as text does.
    """
    spaces = Spaces.of(letters)
    lines = _lines(letters, spaces, barrier, pitch, tables)
    lines = join_rows(lines, cut_by_gutter(lines, spaces, barrier.mask(), pitch))
    cuts = [
        *sides_of_quotes(lines, spaces, pitch),
        *between_headlines(lines, spaces, pitch, pictures),
        *crossed_gutters(lines, spaces, pitch),
    ]
    if not cuts:
        return lines
    walls = barrier.mask()
    for cut in cuts:
        walls[int(cut.y0) : int(cut.y1), int(cut.x0) + 1 : int(cut.x1) - 1] = True
    for top, bottom in _bands(cuts, pitch):
        lines = _cut(lines, letters, walls, (top, bottom), pitch, tables)
    return join_rows(lines, cut_by_gutter(lines, spaces, barrier.mask(), pitch, cuts))


def _bands(cuts: Sequence[Box], pitch: float) -> list[tuple[float, float]]:
    """Top and bottom of the rows in which lines change by the cuts; bands far apart from each other."""
    bands: list[tuple[float, float]] = []
    for cut in sorted(cuts, key=lambda cut: cut.y0):
        top, bottom = cut.y0 - _CHANGED * pitch, cut.y1 + _CHANGED * pitch
        if bands and top < bands[-1][1] + _AROUND * pitch:
            bands[-1] = (bands[-1][0], max(bands[-1][1], bottom))
        else:
            bands.append((top, bottom))
    return bands


def _cut(
    lines: Sequence[Line],
    letters: Letters,
    walls: Mask,
    band: tuple[float, float],
    pitch: float,
    tables: Sequence[Box],
) -> tuple[Line, ...]:
    """The lines, those of a band found anew between these walls, with as much around it as they depend on."""
    height = len(walls)
    first = max(0, int(band[0] - _AROUND * pitch))
    last = min(height, int(band[1] + _AROUND * pitch))
    few = letters.between(first, last)
    near = [table.moved(0.0, -float(first)) for table in tables]
    found = _lines(few, Spaces.of(few), Packed.of(walls[first:last]), pitch, near)
    kept = [line for line in lines if not band[0] <= line.core.center[1] < band[1]]
    moved = (line.moved(float(first)) for line in found)
    kept += [line for line in moved if band[0] <= line.core.center[1] < band[1]]
    return tuple(sorted(kept, key=lambda line: (line.box.y0, line.box.x0)))


def _lines(
    letters: Letters, spaces: Spaces, barrier: Packed, pitch: float, tables: Sequence[Box]
) -> tuple[Line, ...]:
    parts = letters.parts
    layers = np.where(parts.height > 0.22 * pitch, letters.layers, 0)
    big: list[Line] = []
    free = layers == 0
    for layer in range(int(layers.max(initial=0)), 0, -1):
        own = layers == layer
        cores = large_cores(parts, own, barrier.mask(), pitch) if own.any() else []
        taken = absorbed(parts, free, cores)
        if cores:
            size = max(pitch, float(np.median([core.size for core in cores])))
            rows = components(drawn(barrier.shape, cores), connectivity=4)
            big += gather(letters, own | taken, rows, size, reach=1.6)
        free &= ~taken
    rows = part_lines(find_cores(parts.mask(free), barrier.mask(), pitch), pitch)
    body = gather(letters, free, rows, pitch)
    rest = _left_over(letters, spaces, (*body, *big), pitch)
    # Nothing with letters of more than six pitches is text, not in a masthead either: a drawing, and
    # what stands beside it is not its line.
    pieces = [piece for piece in (*body, *big, *rest) if piece.size < _TALLEST * pitch]
    crossed = barrier.mask()
    lines = join_pieces(pieces, crossed, pitch)
    lines = join_pieces(lines, crossed, pitch)  # whole lines hold scraps that none of their pieces did
    lines = keep_apart(drop_scraps(lines, pitch, tables))
    lines = join_rows(lines, drawn_apart(lines, crossed, pitch))
    return join_rows(lines, listed(lines, pitch))


def _left_over(letters: Letters, spaces: Spaces, lines: Sequence[Line], pitch: float) -> list[Line]:
    """Lines of letters that no core took: a lone digit has no dense band.

    Components as high as letters whose middle lies in no line; near ones in a row make one piece.
    """
    parts = letters.parts
    free = np.flatnonzero(_outside(spaces, lines, pitch))
    if not len(free):
        return []
    near = np.zeros(parts.labels.shape, bool)
    for x0, y0, x1, y1 in parts.boxes(free):
        reach = int(0.3 * (y1 - y0))
        near[(2 * y0 + y1) // 3 : (y0 + 2 * y1) // 3 + 1, max(0, x0 - reach) : x1 + reach] = True
    top, bottom = int(parts.y0[free].min()), int(parts.y1[free].max())
    groups = components(near[top:bottom])
    home = groups.labels[(parts.y0 + parts.y1)[free] // 2 - top, (parts.x0 + parts.x1)[free] // 2]
    order = np.argsort(home, kind="stable")
    starts = np.searchsorted(home[order], np.arange(1, len(groups) + 2))
    members = (free[order[a:b]] for a, b in pairwise(starts) if b > a)
    return [_piece(letters, own) for own in members]


def _outside(spaces: Spaces, lines: Sequence[Line], pitch: float) -> NDArray[np.bool_]:
    """Whether a component is as large as a letter and its middle lies in no line of such letters: the dashes
    on both sides of a number are none.
    """
    parts = spaces.letters.parts
    free = (parts.height > 0.36 * pitch) & (parts.height < 6 * pitch) & (parts.width < 8 * pitch)
    for line in lines:
        inside = spaces.letters_of(line.box)
        free[inside[parts.height[inside] < _HIGHER * line.box.height]] = False
    return np.asarray(free, bool)


def _piece(letters: Letters, own: Ints) -> Line:
    parts = letters.parts
    box = union(Box(*map(float, corners)) for corners in parts.boxes(own))
    third = box.height / 3
    core = Box(box.x0, box.y0 + third, box.x1, box.y1 - third)
    ink = float(parts.area[own].sum() / box.area)
    return Line(box, core, 0.0, float(letters.strokes[own].mean()), 0.9 * box.height, ink)
