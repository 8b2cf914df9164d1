"""Headlines and the gutters below them: two side by side that look like one, one that looks like two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from layout.document import Box
from layout.geometry.components import Mask
from layout.geometry.line import Line, is_one_type, ratio
from layout.geometry.rows import Levels, Reason
from layout.geometry.spaces import Spaces

_LARGER = 1.3  # times the running text's size: display type
_ONE_TYPE = 1.3  # sizes of the lines of one headline differ less
_LEVEL = 0.4  # times the size of the larger: middles of the words of one line differ less
_SPACE = 0.25  # times the size of the type: a narrower gap is within a word
_WIDEST = 1.5  # times the line's other spaces: no space between words
_DEEP = 10.0  # pitches below a headline in which its columns show
_LINES = 3  # of running text on either side that show a gutter
_FLUSH = 0.35  # pitches by which a headline's end is off its column's
_ONE_WEIGHT = 1.2  # strokes of one type differ less: a quote and the text beside it are often told by that
_STEP, _EDGE, _RAGGED = 1.4, 0.15, 2.0  # pitches: to the next line of a column, between one edge, the other
_NEXT = 2.0  # heights up and down to the next line of a headline
_ABOVE_TEXT = 1.12  # times the running text's size: larger than that
_WORDS_APART = 0.9  # times the size of the type: words of a headline stand nearer
_NARROWER = 0.7  # times the gutter: headlines side by side stand at least as far apart as their columns
_NEAR = 8.0  # pitches up or down through which the gutter runs; the white beside a quote is shorter


def between_headlines(
    lines: Sequence[Line], spaces: Spaces, pitch: float, pictures: Sequence[Box] = ()
) -> list[Box]:
    """The white in lines of display type that is the gutter of the columns below.

    It stands where the gutter does. Both sides are flush with their columns, and the headline's other lines
    leave the gutter free too, or it is clearly wider than any other space of the line: a space between words
    falls there by chance in one line, seldom in two. Or one side is flush, and the headline goes on beside
    the other's text. A column is text, or one of the ``pictures``.
    """
    usual = float(np.median([line.size for line in lines])) if lines else 0.0
    display = [line for line in lines if line.size > _LARGER * usual]
    text = [line for line in lines if line.size <= _LARGER * usual]
    flush = _FLUSH * pitch
    found = []
    for line in display:
        for gap in spaces.within(line.box, _SPACE * line.size):
            off = _off_columns(gap, line, text, pictures, pitch)
            if off is None:
                continue
            both, one = max(map(abs, off)) < flush, min(map(abs, off)) < flush
            free = both and (_leave_free(gap, line, display, spaces) or _is_widest(gap, line, spaces))
            if free or (one and _is_beside_text(gap, line, display, text)):
                found.append(gap)
    return found


def cut_by_gutter(
    lines: Sequence[Line], spaces: Spaces, barrier: Mask, pitch: float, cuts: Sequence[Box] = ()
) -> Reason:
    """Words of lines larger than the running text that the end of a gutter has cut at a space between them.

    The white of a gutter runs on through the last line it meets wherever a space stands above it, but that
    space is narrower than the gutter, or no wider than others on both its sides. What was cut on purpose
    stays apart.
    """
    usual = float(np.median([line.size for line in lines])) if lines else 0.0
    levels = Levels.of(lines)

    def may(line: Line) -> bool:
        return not _in_column(line, levels.near(line, _STEP * pitch), pitch)

    def follows(a: Line, b: Line) -> bool:
        large = [line.size > _ABOVE_TEXT * usual for line in (a, b)]
        if not any(large) or _is_cut(a, b, cuts) or not _is_level(a, b):
            return False
        if all(large):
            return _are_like(a, b) and (
                _has_such_spaces(a, b, spaces) or _is_under_gutter(a, b, barrier, pitch)
            )
        # Some words of a deck can have low letters alone, and be no larger than the text.
        return is_one_type(a, b) and _is_under_gutter(a, b, barrier, pitch)

    return Reason(_LEVEL * max((line.size for line in lines), default=0.0), follows, may)


def _in_column(line: Line, lines: Sequence[Line], pitch: float) -> bool:
    """Whether the next line above or below begins or ends where this one does and is about as wide: running
    text, if only beside a quote."""
    for other in lines:
        step = abs(other.core.center[1] - line.core.center[1])
        ends = sorted((abs(other.box.x0 - line.box.x0), abs(other.box.x1 - line.box.x1)))
        if 0.5 * pitch < step < _STEP * pitch and ends[0] < _EDGE * pitch and ends[1] < _RAGGED * pitch:
            return True
    return False


def _is_level(a: Line, b: Line) -> bool:
    """Whether ``b`` stands on one level to the right of ``a``, a space of their type apart."""
    level = abs(a.core.center[1] - b.core.center[1]) < _LEVEL * max(a.size, b.size)
    return level and 0 < b.box.x0 - a.box.x1 < _WORDS_APART * min(a.size, b.size)


def _are_like(a: Line, b: Line) -> bool:
    return ratio(a.size, b.size) < _ONE_TYPE and ratio(a.stroke, b.stroke) < _ONE_WEIGHT


def _has_such_spaces(a: Line, b: Line, spaces: Spaces) -> bool:
    """Whether both have spaces as wide as the one between them."""
    return all(spaces.within(line.box, b.box.x0 - a.box.x1) for line in (a, b))


def _is_under_gutter(a: Line, b: Line, barrier: Mask, pitch: float) -> bool:
    """Whether the white between the two is narrower than the gutter above or below."""
    middle, deep = int((a.box.x1 + b.box.x0) / 2), int(_NEAR * pitch)
    top, bottom = int(min(a.box.y0, b.box.y0)), int(max(a.box.y1, b.box.y1))
    bands = (barrier[bottom : bottom + deep], barrier[max(0, top - deep) : top])
    return any(_width_at(band, middle) > (b.box.x0 - a.box.x1) / _NARROWER for band in bands)


def _is_cut(a: Line, b: Line, cuts: Sequence[Box]) -> bool:
    middle = (a.box.x1 + b.box.x0) / 2
    return any(cut.x0 < middle < cut.x1 and cut.overlap_y(a.box) > 0 for cut in cuts)


def _width_at(barrier: Mask, x: int) -> int:
    """How wide the barrier is at a column in most of its rows: 0 where it does not run on through them."""
    rows = barrier[barrier[:, x]]
    if len(rows) < 0.9 * len(barrier) or not len(rows):
        return 0
    common = 2 * np.count_nonzero(rows, axis=0) > len(rows)
    free = np.flatnonzero(~common)
    place = int(np.searchsorted(free, x))
    left = int(free[place - 1]) if place else -1
    right = int(free[place]) if place < len(free) else len(common)
    return right - left - 1


def _off_columns(
    gap: Box, line: Line, text: Sequence[Line], pictures: Sequence[Box], pitch: float
) -> tuple[float, float] | None:
    """How far white in a headline ends inside the columns below, left and right (negative where it reaches
    into them); None where no gutter shows there."""
    middle, foot = gap.center[0], line.box.y1
    deep = foot + _DEEP * pitch
    below = [(other.box, 1) for other in text if foot <= other.core.center[1] < deep]
    # A picture shows a gutter as well as so many lines do.
    below += [(box, _LINES) for box in pictures if foot <= box.y0 < deep and box.height > _LINES * pitch]
    left = [(box.x1, lines) for box, lines in below if line.box.x0 < box.x1 <= middle]
    right = [(box.x0, lines) for box, lines in below if middle <= box.x0 < line.box.x1]
    shown = min(sum(lines for _, lines in side) for side in (left, right))
    if shown < _LINES or any(box.x0 < middle < box.x1 for box, _ in below):
        return None
    return gap.x0 - max(left)[0], min(right)[0] - gap.x1


def _is_widest(gap: Box, line: Line, spaces: Spaces) -> bool:
    """Whether white is clearly wider than the line's other spaces."""
    others = [space.width for space in spaces.within(line.box, _SPACE * line.size) if space.x0 != gap.x0]
    return bool(others) and gap.width > _WIDEST * max(others)


def _leave_free(gap: Box, line: Line, display: Sequence[Line], spaces: Spaces) -> bool:
    """Whether the headline has other lines at this place and they leave it free."""
    beside = list(_next_to(gap, line, display))
    return bool(beside) and all(
        not other.box.x0 < gap.center[0] < other.box.x1
        or any(free.x0 < gap.center[0] < free.x1 for free in spaces.within(other.box, _SPACE * other.size))
        for other in beside
    )


def _is_beside_text(gap: Box, line: Line, display: Sequence[Line], text: Sequence[Line]) -> bool:
    """Whether the headline goes on below on one side of the gap, and text stands beside that on the other."""
    middle = gap.center[0]
    for other in _next_to(line.box, line, display):
        if other.box.y0 > line.core.center[1] and not other.box.x0 < middle < other.box.x1:
            aside = other.box.center[0] < middle
            if any(
                (small.box.center[0] < middle) is not aside
                and other.box.y0 < small.core.center[1] < other.box.y1
                and small.box.overlap_x(line.box) > 0
                for small in text
            ):
                return True
    return False


def _next_to(place: Box, line: Line, display: Sequence[Line]) -> Iterator[Line]:
    near = place.grown(3 * line.size)
    for other in display:
        off = abs(other.core.center[1] - line.core.center[1])
        alike = max(other.size, line.size) < _ONE_TYPE * min(other.size, line.size)
        if alike and 0.5 * line.box.height < off < _NEXT * line.box.height and other.box.overlap_x(near) > 0:
            yield other
