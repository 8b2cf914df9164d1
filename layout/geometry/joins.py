"""Pieces of one line joined, scraps dropped."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from layout.document import union
from layout.geometry.components import Ints, Mask
from layout.geometry.line import Line, is_one_type, ratio
from layout.geometry.strokes import Floats

_MEASURED = 6.0  # times its size: what a piece must be long for its size to be known
_LETTERS = 4.0  # times its size: a narrower piece is some letters, and no line by itself
_LIKE = 1.25  # sizes of one type differ less
_WORD = 6.5  # pitches: a longer piece is more than some words; a row has one such piece at most
_STRETCH = 8.0  # pitches to which a space can be drawn out in a narrow column
_RIVER = 1.6  # pitches: a wider space that white runs through is a gutter's or a table's
_ONE_STROKE = 1.2  # strokes of words of one type differ less, of a few letters more
_EDGE = 0.2  # pitches by which lines that begin or end at one gutter differ
_NEAR = 8.0  # pitches up and down in which a gutter shows
_SHOWN = 3  # lines that begin or end at it
_NARROWER = 0.7  # times a gutter's width: a space is narrower
_INDENT = 2.0  # pitches by which a first line is set in
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
            if not _barred(pieces[min(a, b)], pieces[max(a, b)], barrier):
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
    like = np.maximum(column.stroke, b.stroke) < 1.45 * np.minimum(column.stroke, b.stroke)
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
    dots = single & (away >= 0) & (away < 0.3 * column.size) & (gap < -0.5 * np.minimum(width, width_a))
    dots &= (height < 0.35 * height_a) & (width < column.size) & (column.size > 1.2 * pitch)
    dots &= own[:, None] != others
    return beside, np.where(held, off, np.inf), np.where(dots, away, np.inf)


def _row(pieces: _Table) -> tuple[Floats, Floats]:
    top = np.maximum(pieces.y0, pieces.level - 0.8 * pieces.size)
    return top, np.minimum(pieces.y1, pieces.level + 0.8 * pieces.size)


def join_stretched(lines: Sequence[Line], barrier: Mask, pitch: float) -> tuple[Line, ...]:
    """Lines of a few words that justification drew far apart united, top to bottom.

    The words stand in one row, and together they begin and end where the line above or below does. White
    that runs through the space between two words is no gutter where no other lines begin or end at it: short
    lines above and below leave it, or a table's columns do.
    """
    done = list(lines)
    for row in _rows_of_words(lines, barrier, pitch):
        if any(word not in done for word in row):
            continue
        whole = one_line(row)
        barred = any(_barred(left, right, barrier) for left, right in pairwise(row))
        spare = _INDENT if barred else 0.0
        if any(_spans(line, whole, pitch, spare) for line in done if line not in row):
            done = [line for line in done if line not in row] + [whole]
    return tuple(sorted(done, key=lambda line: (line.box.y0, line.box.x0)))


def _rows_of_words(lines: Sequence[Line], barrier: Mask, pitch: float) -> Iterator[list[Line]]:
    """Pieces level with each other and of one type, nothing between them; two at least, of which one may be
    longer than some words.
    """
    ordered = sorted(lines, key=lambda line: line.core.center[1])
    levels = [line.core.center[1] for line in ordered]
    seen: set[Line] = set()

    def follows(a: Line, b: Line) -> bool:
        if not _is_next_word(a, b, pitch):
            return False
        return not _barred(a, b, barrier) or (
            is_one_type(a, b, _ONE_STROKE) and not _is_gutter(a, b, near_by(a), pitch)
        )

    def near_by(line: Line) -> Sequence[Line]:
        level, reach = line.core.center[1], _NEAR * pitch
        return ordered[bisect(levels, level - reach) : bisect(levels, level + reach)]

    for first in ordered:
        if first.box.width >= _WORD * pitch or first in seen:
            continue
        level = first.core.center[1]
        near = ordered[bisect(levels, level - 0.4 * pitch) : bisect(levels, level + 0.4 * pitch)]
        near.sort(key=lambda line: line.box.x0)
        words = [line for line in near if line.box.width < _WORD * pitch and line not in seen]
        seen.update(words)
        for row in _runs(words, follows):
            if len(row) > 1:
                yield row
            left, right = near.index(row[0]), near.index(row[-1]) + 1
            if left and follows(near[left - 1], row[0]):
                yield [near[left - 1], *row]
            if right < len(near) and follows(row[-1], near[right]):
                yield [*row, near[right]]


def _runs(words: Sequence[Line], follows: Callable[[Line, Line], bool]) -> Iterator[list[Line]]:
    """Words from left to right in rows in which each follows on the one before."""
    row: list[Line] = []
    for word in words:
        if row and not follows(row[-1], word):
            yield row
            row = []
        row.append(word)
    if row:
        yield row


def _is_next_word(a: Line, b: Line, pitch: float) -> bool:
    gap = b.box.x0 - a.box.x1
    like = ratio(a.size, b.size) < 1.6 and ratio(a.stroke, b.stroke) < 1.45
    return 0 < gap < _STRETCH * pitch and like


def _is_gutter(a: Line, b: Line, lines: Sequence[Line], pitch: float) -> bool:
    """Whether the space between two words is a gutter's: it is wide, or other lines begin or end at it that
    stand no further apart."""
    gap = b.box.x0 - a.box.x1
    if gap > _RIVER * pitch:
        return True
    shown = 0
    for line in lines:
        level_with = [o.box for o in lines if abs(o.core.center[1] - line.core.center[1]) < 0.4 * pitch]
        if abs(line.box.x0 - b.box.x0) < _EDGE * pitch:
            white = line.box.x0 - max((o.x1 for o in level_with if o.x1 <= line.box.x0), default=-np.inf)
        elif abs(line.box.x1 - a.box.x1) < _EDGE * pitch:
            white = min((o.x0 for o in level_with if o.x0 >= line.box.x1), default=np.inf) - line.box.x1
        else:
            continue
        shown += white < gap / _NARROWER and line is not a and line is not b
    return shown >= _SHOWN


def _spans(line: Line, whole: Line, pitch: float, spare: float = 0.0) -> bool:
    """Whether a line is one of the same column: right above or below, from edge to edge; on one side it may
    be set in by ``spare`` pitches."""
    off = abs(line.core.center[1] - whole.core.center[1])
    left, right = line.box.x0 - whole.box.x0, whole.box.x1 - line.box.x1
    less, more = sorted((left, right), key=abs)
    edges = max(abs(less), more - spare * pitch, -more)
    alike = max(line.size, whole.size) < 1.4 * min(line.size, whole.size)
    return 0.5 * pitch < off < 1.7 * pitch and edges < 0.4 * pitch and alike


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


def drop_scraps(lines: Sequence[Line], pitch: float) -> tuple[Line, ...]:
    """The lines without marks that stand by themselves: dots, accents, dirt.

    A line of one digit is still most of a line high; what is far lower than the page's lines and hardly
    wider than high is a mark that lost its letter.
    """
    heights = [line.box.height for line in lines if line.box.width > 5 * pitch]
    usual = float(np.median(heights)) if heights else 0.8 * pitch

    def scrap(line: Line) -> bool:
        low = line.box.height < 0.42 * usual and line.box.width < 2.5 * pitch
        return low or (line.box.width < 0.3 * usual and line.box.height < 0.7 * usual)

    return tuple(line for line in lines if not scrap(line))


def _barred(a: Line, b: Line, barrier: Mask) -> bool:
    left, right = (a, b) if a.box.x0 <= b.box.x0 else (b, a)
    # A speck in a gutter can be in both boxes; cores end where it begins.
    x0, x1 = int(min(left.box.x1, left.core.x1)), int(np.ceil(max(right.box.x0, right.core.x0)))
    y0, y1 = int(max(a.core.y0, b.core.y0)), int(min(a.core.y1, b.core.y1))
    y0, y1 = min(y0, y1), max(y0, y1) + 1
    return x1 > x0 and bool(barrier[y0:y1, x0:x1].any())


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


def one_line(found: Sequence[Line]) -> Line:
    """The pieces of a line as one."""
    if len(found) == 1:
        return found[0]
    box, core = union(line.box for line in found), union(line.core for line in found)
    weights = np.array([line.core.width for line in found])
    weights = weights / weights.sum()
    stroke, size, ink = (
        float(np.dot(weights, [getattr(line, name) for line in found])) for name in ("stroke", "size", "ink")
    )
    widest = max(found, key=lambda line: line.core.width)
    return Line(box, core, widest.rise, stroke, max(size, 0.8 * max(line.size for line in found)), ink)
