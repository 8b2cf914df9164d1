"""Pieces of one line joined, scraps dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from layout.document import Box
from layout.geometry.components import Ints, Mask
from layout.geometry.line import Line
from layout.geometry.rows import is_barred, one_line
from layout.geometry.strokes import Floats

_MEASURED = 6.0  # times its size: what a piece must be long for its size to be known
_LETTERS = 4.0  # times its size: a narrower piece is some letters, and no line by itself
_LIKE = 1.25  # sizes of one type differ less
_DIGIT = 0.33  # times a line's usual height: the lowest digits but the nought
_STROKE, _MARK = 1.45, 2.2  # times the other's stroke: of pieces of a line; of a mark beside its line
_FIGURE = 0.18  # times a line's usual height: the lowest figures in a table, set small
_LARGE = 0.75  # line pitches: display type; letters set solid are up to six tenths high
_CLEAR = 0.4  # times a line's size: how far off the letters a dot's middle may stand
_DOTS = 2.5  # times a line's size: the dots of letters side by side
_LOW = 0.45  # line pitches: what is so wide is text where it is higher
_CHUNK = 64  # pieces compared at once with all that are near


def join_pieces(pieces: Sequence[Line], barrier: Mask, pitch: float) -> tuple[Line, ...]:
    """Pieces of one line united, top to bottom.

    Two pieces belong together where they stand in one row, a word space apart for their size, with no
    barrier between; and a scrap (an accent, a tall letter's head) that lies in another's box is its.
    """
    if not pieces:
        return ()
    table = _table(pieces, pitch)
    groups = list(range(len(pieces)))
    holders: dict[int, tuple[float, int]] = {}
    nearest: dict[int, tuple[float, int]] = {}
    rows: list[tuple[int, int]] = []
    for own, others in _near(table, pitch):
        beside, off, away = _related(table, own, others, pitch)
        _note_nearest(holders, own, others, off)
        _note_nearest(nearest, own, others, away)
        for i, j in zip(*np.nonzero(beside), strict=True):
            a, b = int(own[i]), int(others[j])
            if not is_barred(pieces[min(a, b)], pieces[max(a, b)], barrier):
                rows.append((a, b))
    held = {scrap: line for scrap, (_, line) in (nearest | holders).items()}
    for a, b in _one_row_each(rows, held, table):
        _unite(groups, a, b)
    for scrap, line in held.items():  # what lies in a line is no other one's
        _unite(groups, line, scrap)
    return _united(pieces, groups)


def _one_row_each(
    rows: Sequence[tuple[int, int]], held: dict[int, int], table: _Table
) -> Iterator[tuple[int, int]]:
    """The pairs without those of a scrap that lies in a line's box and stands beside another line's end: it
    would make one line of both. It goes to the nearer; where that is not the one that held it, it is taken
    from ``held``.
    """
    is_line = table.x1 - table.x0 >= _LETTERS * table.size
    for a, b in rows:
        for scrap, line in ((a, b), (b, a)):
            holder = held.get(scrap)
            if holder is None or holder == line or not is_line[line]:
                continue
            if _off_row(table, holder, line) < 0.4 * max(table.size[holder], table.size[line]):
                continue
            if _off_row(table, holder, scrap) <= _off_row(table, line, scrap):
                break
            del held[scrap]
        else:
            yield a, b


def _off_row(table: _Table, line: int, piece: int) -> float:
    """How far a piece lies off the row of a line, drawn on to where the piece stands."""
    climb = table.rise[line] * (table.middle[piece] - table.middle[line])
    return float(abs(table.level[line] + climb - table.level[piece]))


def _note_nearest(found: dict[int, tuple[float, int]], own: Ints, others: Ints, distance: Floats) -> None:
    """Keep for each of the others the nearest of the own ones (of all chunks up to here)."""
    for i, j in zip(*np.nonzero(np.isfinite(distance)), strict=True):
        other, near = int(others[j]), (float(distance[i, j]), int(own[i]))
        found[other] = min(near, found.get(other, near))


@dataclass(frozen=True)
class _Table:
    """The pieces as columns of numbers; ``rise`` 0 where a core is too short to tell one."""

    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    size: Floats
    stroke: Floats
    level: Floats
    rise: Floats
    middle: Floats

    def take(self, chosen: Ints) -> _Table:
        return _Table(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


def _table(pieces: Sequence[Line], pitch: float) -> _Table:
    return _Table(
        x0=np.array([piece.box.x0 for piece in pieces]),
        y0=np.array([piece.box.y0 for piece in pieces]),
        x1=np.array([piece.box.x1 for piece in pieces]),
        y1=np.array([piece.box.y1 for piece in pieces]),
        size=np.array([piece.size for piece in pieces]),
        stroke=np.array([piece.stroke for piece in pieces]),
        level=np.array([piece.core.center[1] for piece in pieces]),
        rise=np.array([piece.rise if piece.core.width > 4 * pitch else 0.0 for piece in pieces]),
        middle=np.array([piece.core.center[0] for piece in pieces]),
    )


def _near(table: _Table, pitch: float) -> Iterator[tuple[Ints, Ints]]:
    """Pieces, some at once, and all those that can be related to one of them: whose heights come near."""
    # How far a piece's row may climb to where another stands, and how far off a dot's letter may be.
    width = table.x1 - table.x0
    beyond = float(width.max() / 2 + 2 * table.size.max() + 2 * pitch)
    spare = 0.6 * table.size + np.abs(table.rise) * (width + beyond) + 1
    top = np.minimum(table.y0, table.level) - spare
    bottom = np.maximum(table.y1, table.level) + spare
    order = np.argsort(top, kind="stable")
    lowest = np.maximum.accumulate(bottom[order])  # of all up to here
    for start in range(0, len(order), _CHUNK):
        own = order[start : start + _CHUNK]
        first = int(np.searchsorted(lowest, top[own].min()))
        last = int(np.searchsorted(top[order], bottom[own].max(), "right"))
        others = order[first:last]
        yield np.sort(own), np.sort(others[bottom[others] >= top[own].min()])


def _related(table: _Table, own: Ints, others: Ints, pitch: float) -> tuple[Mask, Floats, Floats]:
    """own x others: (may stand beside each other in one row, how far the other as a scrap in the own one's
    box lies off its row, how far the other as a dot lies off the own one; infinite for what is none)."""
    a, b = table.take(own), table.take(others)
    column = _Table(*(getattr(a, name)[:, None] for name in a.__dataclass_fields__))
    larger, smaller = np.maximum(column.size, b.size), np.minimum(column.size, b.size)
    gap = np.maximum(column.x0, b.x0) - np.minimum(column.x1, b.x1)
    slope = np.where(np.abs(column.rise) > 0, column.rise, b.rise)
    offset = np.abs(column.level + slope * (b.middle - column.middle) - b.level)
    # A letter grown together with one of the next line makes the box reach there, but not the row.
    (top_a, bottom_a), (top, bottom) = _row(column), _row(b)
    shared = np.minimum(bottom_a, bottom) - np.maximum(top_a, top)
    in_row = shared > 0.6 * np.minimum(bottom_a - top_a, bottom - top)
    level_with = (offset < 0.4 * larger) | in_row
    # A headline and the text of the next column can stand in one row; their strokes differ.
    # The stroke of a single mark says little: a question mark's is half that of the letters before it.
    mark = in_row & (gap > 0) & (np.minimum(column.x1 - column.x0, b.x1 - b.x0) < larger)
    unlike = np.maximum(column.stroke, b.stroke) / np.minimum(column.stroke, b.stroke)
    like = unlike < np.where(mark, _MARK, _STROKE)
    beside = level_with & like & (larger < 1.8 * smaller + 0.2 * pitch)
    # Type of another size stands in a line only as words among words, not across a gutter.
    long = np.minimum(column.x1 - column.x0, b.x1 - b.x0) > _MEASURED * larger
    other_type = long & (larger > _LIKE * smaller)
    near = np.where(other_type, 0.5 * np.maximum(larger, pitch), np.maximum(larger, 1.3 * pitch))
    beside &= ((gap > -0.6 * larger) | in_row) & (gap < near)
    beside &= own[:, None] < others
    height, width, height_a, width_a = b.y1 - b.y0, b.x1 - b.x0, column.y1 - column.y0, column.x1 - column.x0
    cy = (b.y0 + b.y1) / 2
    single = height_a < 3 * column.size + 0.4 * pitch  # a picture's outline is no line and holds nothing
    held = single & (cy > column.y0) & (cy < column.y1) & (gap < 0.3 * pitch)
    held &= (width < 0.4 * width_a) & (width < _LETTERS * larger) & (b.size < 2.2 * column.size)
    # Where the boxes of two lines overlap, a scrap in both would make one line of them: it is the nearer's.
    off = np.abs(column.level + slope * (b.middle - column.middle) - cy)
    # Dots of display type can stand clear above and below the letters; each goes to the nearest line.
    away = np.maximum(column.y0 - cy, cy - column.y1)
    dots = single & (away >= 0) & (away < _CLEAR * column.size) & (gap < -0.5 * np.minimum(width, width_a))
    dots &= (height < 0.35 * height_a) & (column.size > _LARGE * pitch)
    dots &= (width < column.size) | ((width < _DOTS * column.size) & (height < _LOW * pitch))
    dots &= own[:, None] != others
    return beside, np.where(held, off, np.inf), np.where(dots, away, np.inf)


def _row(pieces: _Table) -> tuple[Floats, Floats]:
    top = np.maximum(pieces.y0, pieces.level - 0.8 * pieces.size)
    return top, np.minimum(pieces.y1, pieces.level + 0.8 * pieces.size)


def keep_apart(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with no box over the core of the line above or below.

    A letter grown together with one of the next line makes a box reach through that line; there it ends
    where the other's box begins.
    """
    boxes = [line.box for line in lines]
    for i, line in enumerate(lines):
        for j in range(i + 1, len(lines)):
            other = lines[j]
            if other.box.y0 >= line.box.y1:
                break  # lines come by their tops
            shared = min(line.box.x1, other.box.x1) - max(line.box.x0, other.box.x0)
            if shared < 0.5 * min(line.box.width, other.box.width):
                continue
            a, b = (i, j) if line.core.center[1] < other.core.center[1] else (j, i)
            upper, lower = lines[a], lines[b]
            if upper.core.y1 > lower.core.y0:
                continue
            if upper.box.y1 > lower.core.y0:
                foot = min(lower.core.y0, max(upper.core.y1, lower.box.y0))
                boxes[a] = replace(boxes[a], y1=min(boxes[a].y1, foot))
            if lower.box.y0 < upper.core.y1:
                head = max(upper.core.y1, min(lower.core.y0, upper.box.y1))
                boxes[b] = replace(boxes[b], y0=max(boxes[b].y0, head))
    return tuple(
        line if box is line.box else replace(line, box=box) for line, box in zip(lines, boxes, strict=True)
    )


def drop_scraps(lines: Sequence[Line], pitch: float, tables: Sequence[Box] = ()) -> tuple[Line, ...]:
    """The lines without marks that stand by themselves: dots, accents, dirt.

    A line of one digit is still most of a line high; what is far lower than the page's lines and hardly
    wider than high is a mark that lost its letter. Level with the topmost line and far from it, it may be
    the page's number: some digits of Arabic script are as low. So are the figures in ``tables``.
    """
    heights = [line.box.height for line in lines if line.box.width > 5 * pitch]
    usual = float(np.median(heights)) if heights else 0.8 * pitch

    def scrap(line: Line) -> bool:
        low = line.box.height < 0.42 * usual and line.box.width < 2.5 * pitch
        return low or (line.box.width < 0.3 * usual and line.box.height < 0.7 * usual)

    kept = [line for line in lines if not scrap(line)]
    highest = min((line.box.y1 for line in kept), default=0.0)
    row = [line.box for line in kept if line.box.y0 < highest]

    def digit(line: Line) -> bool:
        level = any(box.overlap_y(line.box) > 0.8 * line.box.height for box in row)
        far = all(box.overlap_x(line.box) < -2 * pitch for box in row)
        return level and far and line.box.height > _DIGIT * usual

    def figure(line: Line) -> bool:
        low = line.box.height < _FIGURE * usual
        return not low and any(table.covers(line.box, 1.0) for table in tables)

    return tuple(line for line in lines if not scrap(line) or digit(line) or figure(line))


def _root(groups: list[int], i: int) -> int:
    while groups[i] != i:
        groups[i] = groups[groups[i]]
        i = groups[i]
    return i


def _unite(groups: list[int], i: int, j: int) -> None:
    a, b = _root(groups, i), _root(groups, j)
    groups[max(a, b)] = min(a, b)


def _united(pieces: Sequence[Line], groups: list[int]) -> tuple[Line, ...]:
    members: dict[int, list[Line]] = {}
    for index in range(len(pieces)):
        members.setdefault(_root(groups, index), []).append(pieces[index])
    lines = (one_line(found) for found in members.values())
    return tuple(sorted(lines, key=lambda line: (line.box.y0, line.box.x0)))
