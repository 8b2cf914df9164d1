"""Words of the page's head joined to lines: there they are set as far apart as nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from layout.document import Box, union
from layout.geometry.line import Line, is_one_type
from layout.geometry.rows import Reason

_LEVEL = 0.4  # times the size of the larger: middles of the words of one line differ less
_SPACE = 2.5  # times the size of the type, between two words
_ONE_STROKE = 1.2  # of words of one line differ less, of a few letters more
_HALF = 0.5  # of the width of all lines: a rule of the page's head is longer
_HEAD = 0.33  # of the height of all lines: the page's head is within it
_BELOW = 3.0  # times the size of the type, from words down to the rule
_ALONE = 1.0  # times the size of the type, up to the next line: in columns it is nearer


def set_wide(lines: Sequence[Line], rules: Sequence[Box]) -> Reason:
    """Words of one type above a rule that runs across the head of the page.

    Elsewhere words so far apart are lines of neighbouring columns; across the head's rule no column goes, and
    the last lines of columns have others above them.
    """
    whole = union(line.box for line in lines)
    foot = whole.y0 + _HEAD * whole.height
    heads = [rule for rule in rules if rule.width > _HALF * whole.width and rule.y1 < foot]

    def may(line: Line) -> bool:
        return any(_stands_on(line.box, line.size, rule, lines) for rule in heads)

    return Reason(_LEVEL * max(line.size for line in lines), _goes_on, may)


def _stands_on(box: Box, size: float, rule: Box, lines: Sequence[Line]) -> bool:
    """Whether a line stands right above a rule, with nothing between, and by itself."""
    if not (0 <= rule.y0 - box.center[1] < _BELOW * size and rule.x0 < box.x1 and rule.x1 > box.x0):
        return False
    top = box.y0 - _ALONE * size
    return not any(
        other.box.overlap_x(box) > 0
        and (top < other.box.y1 <= box.center[1] or box.center[1] <= other.box.y0 < rule.y1)
        for other in lines
    )


def _goes_on(a: Line, b: Line) -> bool:
    gap, off, larger = b.box.x0 - a.box.x1, abs(a.core.center[1] - b.core.center[1]), max(a.size, b.size)
    return is_one_type(a, b, _ONE_STROKE) and off < _LEVEL * larger and 0 <= gap < _SPACE * larger
