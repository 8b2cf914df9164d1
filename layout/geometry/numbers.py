"""Numbers of a list joined to their items: the white after them runs upright as a gutter does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from layout.document import Box
from layout.geometry.line import Line
from layout.geometry.rows import Levels, Reason

_LEVEL = 0.4  # pitches by which the middles of a number and its item differ
_NARROW = 1.9  # pitches: two figures and a bracket
_ITEM = 2.5  # pitches: an item is longer
_SPACE = 1.3  # pitches between number and item; a table's columns stand further apart
_FLUSH = 0.4  # pitches by which the ends of numbers below each other differ
_NEXT = 5.0  # pitches from number to number: an item of some lines
_LEAST = 3  # numbers
_TEXT = 2.6  # pitches from a list to the text it stands in


def listed(lines: Sequence[Line], pitch: float) -> Reason:
    """The numbers of lists and their items.

    Numbers stand below each other at one side of their column, each with one line beside it; a line of text
    above the first or below the last runs over both. Where a row has more pieces it is a table's.
    """
    pairs = [
        pair
        for stack in _stacks(_numbered(lines, pitch), pitch)
        if len(stack) >= _LEAST and _in_text(stack, lines, pitch)
        for pair in stack
    ]
    item_of = dict(pairs) | {item: number for number, item in pairs}
    return Reason(_LEVEL * pitch, lambda a, b: item_of[a] is b, lambda line: line in item_of)


def _numbered(lines: Sequence[Line], pitch: float) -> list[tuple[Line, Line]]:
    """(number, item) of each narrow piece with one line beside it and nothing else near, top to bottom."""
    found = []
    levels = Levels.of(lines)
    for number in lines:
        if number.box.width >= _NARROW * pitch:
            continue
        row = [other for other in levels.near(number, _LEVEL * pitch) if other is not number]
        near = [other for other in row if _gap(number.box, other.box) < _SPACE * pitch]
        if len(near) != 1 or near[0].box.width < _ITEM * pitch:
            continue
        (item,) = near
        beyond = [other for other in row if other is not item and _gap(item.box, other.box) < _SPACE * pitch]
        if not beyond and max(item.size, number.size) < 1.6 * min(item.size, number.size):
            found.append((number, item))
    return sorted(found, key=lambda pair: pair[0].core.center[1])


def _gap(a: Box, b: Box) -> float:
    return max(a.x0, b.x0) - min(a.x1, b.x1)


def _stacks(pairs: Sequence[tuple[Line, Line]], pitch: float) -> Iterator[list[tuple[Line, Line]]]:
    """The pairs in groups whose numbers stand below each other, on the same side of their items."""
    left = list(pairs)
    while left:
        stack = [left.pop(0)]
        for pair in list(left):
            if _goes_on(stack[-1], pair, pitch):
                stack.append(pair)
                left.remove(pair)
        yield stack


def _goes_on(above: tuple[Line, Line], below: tuple[Line, Line], pitch: float) -> bool:
    a, b = above[0], below[0]
    same_side = (a.box.x0 < above[1].box.x0) == (b.box.x0 < below[1].box.x0)
    off = min(abs(a.box.x0 - b.box.x0), abs(a.box.x1 - b.box.x1))
    down = b.core.center[1] - a.core.center[1]
    return same_side and off < _FLUSH * pitch and 0.5 * pitch < down < _NEXT * pitch


def _in_text(stack: Sequence[tuple[Line, Line]], lines: Sequence[Line], pitch: float) -> bool:
    """Whether a line right above or below the numbers runs over them and their items."""
    (first, item), (last, _) = stack[0], stack[-1]
    between = (max(first.box.x0, item.box.x0) + min(first.box.x1, item.box.x1)) / 2
    for line in lines:
        level = line.core.center[1]
        off = max(first.core.center[1] - level, level - last.core.center[1])
        over = line.box.x0 < between < line.box.x1 and line.box.overlap_x(first.box) > 0.7 * first.box.width
        if over and 0.5 * pitch < off < _TEXT * pitch:
            return True
    return False
