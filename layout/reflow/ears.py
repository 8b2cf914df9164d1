"""The notices beside a paper's name ("ears"): lines of small type put together into their blocks.

Such notices are set in the middle of a narrow measure, so that every line begins and ends elsewhere: what
parts the paragraphs of a column parts each of their lines. Their blocks are told by the white between them,
by rules, and by the size of the type.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from layout.document import Box, Page, Region, RegionKind, union
from layout.reflow.looks import same_row
from layout.reflow.measure import Body, base, line_size, measure_body

K = RegionKind
_KINDS = frozenset({K.IMPRINT, K.RUNNING_HEAD})
_SMALL = 1.15  # times the body's size: what is larger is a line of dates or a motto
_STEP = 1.45  # times the body's step from line to line, at this size: more is white between blocks
_LIKE = 1.3  # sizes of one type differ less, few letters as they have
_OVER = 0.1  # of a block: as much of it lies over no other one
_BESIDE = 1.5  # body pitches between the columns of a list of prices


def with_ears(page: Page) -> Page:
    """The page with such lines joined, where it has a name; a block has the id of its first region."""
    names = [region for region in page.regions if region.kind is K.MASTHEAD]
    if not names:
        return page
    body = measure_body(page)
    pieces = [region for region in page.regions if _is_piece(region, body)]
    rules = [region.box for region in page.regions if region.kind is K.SEPARATOR]
    joined: dict[str, Region | None] = {}
    blocks = _blocks([_row(row, body) for row in _rows(pieces, body)], rules, body)
    for block in _none_over_another(list(blocks)):
        if len(block) > 1:
            joined.update((region.id, None) for region in block)
            joined[block[0].id] = _one(block)
    kept = (joined.get(region.id, region) for region in page.regions)
    return replace(page, regions=tuple(region for region in kept if region is not None))


@dataclass(frozen=True, slots=True)
class _Row:
    """Pieces side by side: their box, the levels of their first and last line, and the size of their type."""

    pieces: tuple[Region, ...]
    box: Box
    first: float
    last: float
    size: float


def _is_piece(region: Region, body: Body) -> bool:
    if region.kind not in _KINDS or not region.lines or region.children or region.rotation:
        return False
    return region.origin != "import" and line_size(region.lines, body) < _SMALL


def _rows(pieces: Sequence[Region], body: Body) -> Iterator[list[Region]]:
    """Pieces that stand side by side as the columns of a list do."""
    left = sorted(pieces, key=lambda region: (region.box.x0, region.box.y0))
    while left:
        row = [left.pop(0)]
        for piece in list(left):
            near = piece.box.x0 - max(other.box.x1 for other in row) < _BESIDE * body.pitch
            if near and any(same_row(other.lines[-1].box, piece.lines[0].box) for other in row):
                row.append(piece)
                left.remove(piece)
        yield row


def _row(pieces: Sequence[Region], body: Body) -> _Row:
    lines = [line for region in pieces for line in region.lines]
    levels = [base(line) for line in lines]
    box = union(region.box for region in pieces)
    return _Row(tuple(pieces), box, min(levels), max(levels), line_size(lines, body))


def _blocks(rows: Sequence[_Row], rules: Sequence[Box], body: Body) -> Iterator[list[Region]]:
    """The rows in groups that stand below each other, each the only one below the row before it."""
    order = sorted(rows, key=lambda row: (row.first, row.box.x0))
    below = {n: _below(n, order, body) for n in range(len(order))}
    above = Counter(m for found in below.values() for m in found)
    follows = {
        n: found[0]
        for n, found in below.items()
        if len(found) == 1 and above[found[0]] == 1 and _goes_on(order[n], order[found[0]], rules, body)
    }
    for n in sorted(set(below) - set(follows.values())):
        block = [*order[n].pieces]
        while n in follows:
            n = follows[n]
            block += order[n].pieces
        yield block


def _none_over_another(blocks: Sequence[list[Region]]) -> list[list[Region]]:
    """The blocks, those whose lines lie over each other's made one: lists of prices in columns, of which not
    every row was seen as one."""
    left = [(union(line.box for region in block for line in region.lines), block) for block in blocks]
    apart: list[list[Region]] = []
    while left:
        box, block = left.pop(0)
        over = [(other, found) for other, found in left if _share(box, other) > _OVER]
        if over:
            left = [pair for pair in left if pair not in over]
            left.insert(0, (union((box, *(other for other, _ in over))), sum((b for _, b in over), block)))
        else:
            apart.append(block)
    return apart


def _share(a: Box, b: Box) -> float:
    """The share of the smaller box that the two have in common."""
    return a.intersection(b) / max(1.0, min(a.area, b.area))


def _below(n: int, order: Sequence[_Row], body: Body) -> list[int]:
    """The rows next below one, in its width, no more than some lines down."""
    upper = order[n]
    found: list[int] = []
    for m in range(n + 1, len(order)):
        lower = order[m]
        over = lower.box.overlap_x(upper.box) > 0.1 * min(lower.box.width, upper.box.width)
        near = 0 < lower.first - upper.last < 3 * body.pitch
        if near and over and not any(order[k].box.overlap_x(lower.box) > 0 for k in found):
            found.append(m)
    return found


def _goes_on(upper: _Row, lower: _Row, rules: Sequence[Box], body: Body) -> bool:
    step = _STEP * body.pitch * (upper.size + lower.size) / 2
    sizes = upper.size, lower.size
    return (
        upper.box.overlap_x(lower.box) > 0.5 * min(upper.box.width, lower.box.width)
        and lower.first - upper.last < step
        and max(sizes) < _LIKE * min(sizes)
        and not any(
            upper.last < rule.center[1] < lower.first and rule.overlap_x(upper.box) > 0 for rule in rules
        )
    )


def _one(block: Sequence[Region]) -> Region:
    """The block as one region: its lines row by row."""
    lines = sorted((line for region in block for line in region.lines), key=base)
    first = block[0]
    kind = K.IMPRINT if len(lines) > 2 else first.kind
    box = union(region.box for region in block)
    reason = "imprint: lines of small type beside the name, put together"
    return replace(first, kind=kind, lines=tuple(lines), box=box, polygon=None, reason=reason)
