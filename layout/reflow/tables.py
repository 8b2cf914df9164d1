"""Tables of figures: short texts that stand in rows and in columns, one column of them numbers.

Lists of prices, rates and results are set so, with rules or without. Each cell is a line; a cell of more
lines, or a first column of whole sentences, is not found.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from layout.document import Box, Page, Region, RegionKind, TextLine, ids, union
from layout.reflow.frame import Frame
from layout.reflow.paragraphs import fresh_numbers
from layout.reflow.wording import has_digits

K = RegionKind
_CELL = 9.0  # line pitches: the widest cell
_ROW = 0.4  # line pitches by which the cells of a row stand higher or lower
_STEP = 2.6  # line pitches from row to row at most
_APART = 0.6  # line pitches between the cells of a row at least
_ROWS = 3  # fewer rows are anything
_ALIGNED = 0.6  # line pitches by which cells of a column are off their common edge or middle
_WHOLE = 0.7  # of the rows have all their cells; of a column's cells keep its edge
_FIGURES = 0.6  # of the cells of some column are figures
_RULE = 1.3  # line pitches from a table to its rule
_OF_BOX = 0.8  # of what a box holds is the table: then its rules made the box


@dataclass(frozen=True, slots=True)
class _Cell:
    """A line that may be a cell, its region, and its box in the reading frame."""

    line: TextLine
    region: Region
    box: Box


def with_tables(page: Page) -> Page:
    """The page with its tables of figures: a TABLE with a cell for each text, row by row, and its rules.

    Regions that came typed from another system stay.
    """
    frame = Frame.of(page)
    page = replace(page, regions=tuple(_in_order(region, frame) for region in page.regions))
    tables = [table for column in _columns(page, frame) for table in _tables(column, frame.pitch)]
    if not tables:
        return page
    numbers = fresh_numbers(page)
    taken = {cell.line.id for table in tables for row in table for cell in row}
    rules = [_rules(page, table, frame) for table in tables]
    used = {rule.id for own in rules for rule in own}
    made = [_as_table(page.id, table, own, frame, numbers) for table, own in zip(tables, rules, strict=True)]
    rest = [part for region in page.regions for part in _opened(region, taken) if part.id not in used]
    return replace(page, regions=(*rest, *made))


def _in_order(region: Region, frame: Frame) -> Region:
    """A ruled table, as it was found in the picture, with its cells in the order in which they are read; what
    stands in a box likewise.
    """
    if region.origin == "import":
        return region
    if region.kind is not K.TABLE:
        return replace(region, children=tuple(_in_order(child, frame) for child in region.children))
    rest = tuple(child for child in region.children if child.kind is not K.TABLE_CELL)
    cells: list[tuple[float, float, Region]] = []
    row = -math.inf
    for cell in sorted(region.children, key=lambda child: child.box.center[1]):
        if cell.kind is K.TABLE_CELL:
            row = cell.box.center[1] if cell.box.center[1] - row > _ROW * frame.pitch else row
            cells.append((row, frame.axes.box(cell.box).x0, cell))
    cells.sort(key=lambda placed: placed[:2])
    return replace(region, children=(*(cell for _, _, cell in cells), *rest))


def _columns(page: Page, frame: Frame) -> Iterator[list[_Cell]]:
    """The lines that may be cells, by the columns of the page in which they stand."""
    columns = [frame.axes.box(column.box) for column in page.columns]
    by_column: dict[int, list[_Cell]] = {}
    for region in page.walk():
        if region.origin == "import" or region.rotation or region.kind is K.TABLE_CELL:
            continue
        for line in region.lines:
            box = frame.axes.box(frame.straight.box(replace(region, box=line.box, polygon=None)))
            if line.words and box.width < _CELL * frame.pitch:
                home = _home(box.center[0], columns, frame.pitch)
                by_column.setdefault(home, []).append(_Cell(line, region, box))
    yield from (by_column[n] for n in sorted(by_column))


def _home(x: float, columns: Sequence[Box], pitch: float) -> int:
    """Number of the column that a cell with this middle stands in, -1 for none.

    Text set with a hanging indent begins further in than a table.
    """
    off = {n: max(column.x0 - x, x - column.x1, 0.0) for n, column in enumerate(columns)}
    nearest = min(off, key=off.__getitem__, default=-1)
    return nearest if off.get(nearest, pitch) < pitch else -1


def _tables(cells: Sequence[_Cell], pitch: float) -> Iterator[list[list[_Cell]]]:
    """Runs of rows, a step from one to the next, whose cells stand in columns and are figures in one."""
    run: list[list[_Cell]] = []
    for row in [*_rows(cells, pitch), []]:
        if row and run and _level(row) - _level(run[-1]) <= _STEP * pitch:
            run.append(row)
            continue
        if _is_table(run, pitch):
            yield run
        run = [row] if row else []


def _rows(cells: Sequence[_Cell], pitch: float) -> Iterator[list[_Cell]]:
    """Texts level with each other, from where the line is read; two at least."""
    row: list[_Cell] = []
    for cell in sorted(cells, key=lambda cell: cell.box.center[1]):
        if row and cell.box.center[1] - row[0].box.center[1] > _ROW * pitch:
            yield from _as_row(row, pitch)
            row = []
        row.append(cell)
    yield from _as_row(row, pitch)


def _as_row(cells: list[_Cell], pitch: float) -> Iterator[list[_Cell]]:
    row = sorted(cells, key=lambda cell: cell.box.x0)
    gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(row)]
    if len(row) > 1 and min(gaps) >= _APART * pitch:
        yield row


def _level(row: Sequence[_Cell]) -> float:
    return statistics.fmean(cell.box.center[1] for cell in row)


def _is_table(rows: Sequence[Sequence[_Cell]], pitch: float) -> bool:
    if len(rows) < _ROWS:
        return False
    count, times = Counter(map(len, rows)).most_common(1)[0]
    whole = [row for row in rows if len(row) == count]
    if times < _WHOLE * len(rows):
        return False
    columns = list(zip(*whole, strict=True))
    return all(_is_aligned(column, pitch) for column in columns) and any(
        sum(has_digits(cell.line.text) for cell in column) >= _FIGURES * len(column) for column in columns
    )


def _is_aligned(column: Sequence[_Cell], pitch: float) -> bool:
    """Whether cells begin, or end, or have their middles below each other."""
    boxes = [cell.box for cell in column]
    for places in ([b.x0 for b in boxes], [b.x1 for b in boxes], [b.center[0] for b in boxes]):
        usual = statistics.median(places)
        if sum(abs(place - usual) < _ALIGNED * pitch for place in places) >= _WHOLE * len(places):
            return True
    return False


def _rules(page: Page, table: Sequence[Sequence[_Cell]], frame: Frame) -> list[Region]:
    """The rules over, under and between the rows and columns of a table."""
    box = union(cell.line.box for row in table for cell in row)
    near = box.grown(0.0, _RULE * frame.pitch)
    found = []
    for region in page.walk():
        if region.kind is not K.SEPARATOR:
            continue
        rule = region.box
        level = rule.overlap_x(box) > 0.8 * box.width and rule.width < 2 * box.width
        upright = rule.height > rule.width and box.x0 < rule.center[0] < box.x1
        if (level and near.y0 <= rule.center[1] <= near.y1) or (upright and near.covers(rule)):
            found.append(region)
    return found


def _as_table(
    page_id: str,
    table: Sequence[Sequence[_Cell]],
    rules: Sequence[Region],
    frame: Frame,
    numbers: Iterator[int],
) -> Region:
    cells = [
        Region(
            ids.region_id(page_id, next(numbers)),
            K.TABLE_CELL,
            cell.line.box,
            lines=(cell.line,),
            direction=cell.region.direction,
            language=cell.region.language,
            origin=cell.region.origin,
        )
        for row in table
        for cell in row
    ]
    box = union([*(cell.box for cell in cells), *(rule.box for rule in rules)])
    return Region(
        ids.region_id(page_id, next(numbers)),
        K.TABLE,
        box,
        children=(*cells, *rules),
        kind_confidence=0.8,
        reason=f"table: {len(table)} rows of short texts below each other, figures among them",
        column=table[0][0].region.column,
    )


def _without(region: Region, taken: set[str]) -> Region | None:
    """A region without the lines that are cells; None where nothing of it is left."""
    lines = tuple(line for line in region.lines if line.id not in taken)
    children = tuple(part for child in region.children if (part := _without(child, taken)))
    if len(lines) == len(region.lines) and children == region.children:
        return region
    if not lines and not children:
        return None
    box = union(line.box for line in lines) if lines and not children else region.box
    return replace(region, lines=lines, children=children, box=box, polygon=None)


def _opened(region: Region, taken: set[str]) -> Iterator[Region]:
    """What is left of a region; of a box its content, where most of it is a table now that made the box."""
    lines = [line.id for part in region.walk() for line in part.lines]
    left = _without(region, taken)
    if left is None:
        return
    if region.children and sum(line in taken for line in lines) >= _OF_BOX * max(1, len(lines)):
        yield from left.children
    else:
        yield left
