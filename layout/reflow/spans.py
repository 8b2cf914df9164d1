"""The columns each headline spans.

A headline is seldom as wide as the text it stands over. Its span is found from holes: whoever makes up
a page leaves no column empty, so white space beside a headline, level with it and with text under it,
is covered by that headline. A column whose text begins at the headline's own level stands beside it.
"""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from layout.document import Box, RegionKind, union
from layout.reflow.field import RowIndex, find_above
from layout.reflow.heads import core, size_of_head
from layout.reflow.settings import ReflowSettings
from layout.reflow.units import Role, Unit

_LEVEL = 1.0  # line pitches by which things set on one level may differ
_NEAR = 4.0  # line pitches below a headline in which its text begins
_OVER_ONE = 1.3  # times the height of text: what is no larger, over a column of its own, stands over no other
_HOLE = 0.5  # of a headline's height: the white beside it is as high, between paragraphs it is less
_FAR = 8.0  # line pitches below a headline in which what stands there is its own
_SMALL = 0.6  # of a headline's size: a crosshead of its text is smaller
_TOUCH, _RULED, _MIDDLE = 0.5, 3.0, 0.5  # line pitches: into a rule, from it to a headline, off its middle
_OPEN = frozenset({Role.BODY, Role.FIGURE})


def widen_heads(
    units: Sequence[Unit],
    rules: Sequence[Box],
    pitch: float,
    settings: ReflowSettings,
    quotes: Sequence[Box] = (),
) -> list[Unit]:
    """The units with each head's span grown over the columns it covers; order kept.

    A column with one of the ``quotes`` in it level with a headline runs on beside the headline.

    What stands right under a head is its own. A hole that fits one head is that head's; one that fits
    several goes, nearest first, to the head that stands better over its columns with it than without.
    """
    ground = _Ground.of(_without_crossheads(units, rules, pitch), rules, pitch, quotes)
    units = ground.units
    grown: dict[int, list[Box]] = defaultdict(list)
    under = {number: over for number in ground.open if (over := ground.head_over(number)) is not None}
    for number, over in under.items():
        grown[over].append(units[number].box)
    narrow = ground.narrow()
    torn: list[tuple[int, list[tuple[float, int]]]] = []
    tops = {head: min(box.y0 for box in below) for head, below in grown.items()}
    for number in ground.open:
        if number in under:
            continue
        fits = ground.fitting(number, tops, settings.head_reach * pitch, narrow)
        if len(fits) == 1:
            grown[fits[0][1]].append(units[number].box)
        elif fits:
            torn.append((number, fits))
    for number, fits in sorted(torn, key=lambda item: min(_away(units, item[0], h) for _, h in item[1])):
        box = units[number].box
        head = min(fits, key=lambda fit: (fit[0] + _offset(units[fit[1]], grown[fit[1]], box), fit[1]))[1]
        grown[head].append(box)
    return [
        replace(unit, span=_over(unit, grown[number])) if number in grown else unit
        for number, unit in enumerate(units)
    ]


def _without_crossheads(units: Sequence[Unit], rules: Sequence[Box], pitch: float) -> list[Unit]:
    """The units, small headlines at the head of a larger one's column made crossheads of its text.

    They stand level with the text of its other columns, under white space that only it can cover.
    """
    ground = _Ground.of(units, rules, pitch)
    tops: dict[int, float] = {}
    for number in ground.open:
        over = ground.head_over(number)
        if over is not None:
            tops[over] = min(tops.get(over, math.inf), units[number].box.y0)
    done = list(units)
    narrow = ground.narrow()
    for number in ground.heads:
        size = size_of_head(units[number])
        for _, other in (
            ground.fitting(number, tops, _NEAR * pitch, narrow) if len(units[number].pieces) == 1 else ()
        ):
            level = other in tops and abs(units[number].box.y0 - tops[other]) < _LEVEL * pitch
            if level and size < _SMALL * size_of_head(units[other]):
                done[number] = _as_crosshead(units[number])
    return done


def _as_crosshead(unit: Unit) -> Unit:
    pieces = tuple(
        replace(piece, region=replace(piece.region, kind=RegionKind.CROSSHEAD)) for piece in unit.pieces
    )
    return replace(unit, role=Role.BODY, pieces=pieces)


@dataclass(frozen=True, slots=True)
class _Ground:
    """The units and what stands around each: ``above`` as `find_above`, rules lying flat counted too.

    ``heads`` are the numbers of heads, as they stand in ``levels``; ``open`` those of texts and
    pictures, which a head may cover.
    """

    units: Sequence[Unit]
    pitch: float
    boxes: Sequence[Box]
    above: Sequence[int | None]
    heads: Sequence[int]
    open: Sequence[int]
    things: RowIndex
    levels: RowIndex
    quotes: Sequence[Box]

    @classmethod
    def of(
        cls, units: Sequence[Unit], rules: Sequence[Box], pitch: float, quotes: Sequence[Box] = ()
    ) -> _Ground:
        flat = [rule for rule in rules if rule.width > rule.height]
        upright = [rule for rule in rules if rule.height >= rule.width]
        boxes = [*(unit.box for unit in units), *flat]
        return cls(
            units,
            pitch,
            boxes,
            _find_solid(boxes, units),
            [n for n, unit in enumerate(units) if unit.role is Role.HEAD],
            [n for n, unit in enumerate(units) if unit.role in _OPEN],
            RowIndex.of([*(unit.box for unit in units), *upright], pitch),
            RowIndex.of([unit.box for unit in units if unit.role is Role.HEAD], pitch),
            quotes,
        )

    def head_over(self, number: int) -> int | None:
        """The head right over a unit, if any; further up it is another one's."""
        over = self.above[number]
        if over is None or over >= len(self.units) or self.units[over].role is not Role.HEAD:
            return None
        near = self.units[number].box.y0 - self.boxes[over].y1 < _FAR * self.pitch
        return over if near else None

    def narrow(self) -> frozenset[int]:
        """Heads as small as text over a column of their own, as those of briefs are."""
        spare = 0.5 * self.pitch
        small = _OVER_ONE * _text_height(self.units, self.pitch)
        found = set()
        for number in self.open:
            head = self.head_over(number)
            if head is None or size_of_head(self.units[head]) >= small:
                continue
            box, column = self.units[head].box, self.boxes[number]
            if column.x0 - spare < box.x0 and box.x1 < column.x1 + spare:
                found.add(head)
        return frozenset(found)

    def fitting(
        self, number: int, tops: dict[int, float], reach: float, narrow: frozenset[int]
    ) -> list[tuple[float, int]]:
        """Heads whose hole the space above a unit may be, each after its cost in pixels; none ``narrow``."""
        unit, over = self.units[number], self.above[number]
        ceiling = self.boxes[over].y1 if over is not None else float("-inf")
        found: list[tuple[float, int]] = []
        for place in self.levels.across(unit.box.y0 - reach, unit.box.y0):
            head = self.heads[place]
            if head in narrow:
                continue
            cost = _hole_cost(self.units[head], unit, ceiling, tops.get(head), self.pitch)
            if cost is None or _screened(self.units[head], unit, head, number, self.things):
                continue
            box = core(self.units[head])
            if not (self._runs_on(unit, box) or self._is_beyond(unit, box)):
                found.append((cost, head))
        return found

    def _runs_on(self, unit: Unit, head: Box) -> bool:
        """Whether a quote stands in a unit's column beside a headline; one under it is in its text."""
        return any(
            quote.overlap_y(head) > 0.25 * head.height and quote.overlap_x(unit.box) > 0.5 * unit.box.width
            for quote in self.quotes
        )

    def _is_beyond(self, unit: Unit, head: Box) -> bool:
        """Whether a headline stands in the middle below a rule that does not reach a unit's column."""
        return any(
            -_TOUCH * self.pitch < head.y0 - rule.y1 < _RULED * self.pitch
            and rule.width > head.width
            and abs(rule.center[0] - head.center[0]) < _MIDDLE * self.pitch
            and rule.overlap_x(unit.box) < 0.1 * unit.box.width
            for rule in self.boxes[len(self.units) :]
        )


def _text_height(units: Sequence[Unit], pitch: float) -> float:
    """The usual height of a line of running text."""
    lines = [unit.pieces[0].region.lines for unit in units if unit.role is Role.BODY]
    heights = [some_lines[0].box.height for some_lines in lines if some_lines]
    return statistics.median(heights) if heights else 0.75 * pitch


def _find_solid(boxes: Sequence[Box], units: Sequence[Unit]) -> list[int | None]:
    """`find_above`, looking through continuation lines: one over a text fills no hole, it is the text's."""
    solid = [n for n in range(len(boxes)) if n >= len(units) or units[n].role is not Role.NOTICE]
    above: list[int | None] = [None] * len(boxes)
    for n, over in zip(solid, find_above([boxes[n] for n in solid]), strict=True):
        above[n] = None if over is None else solid[over]
    return above


def _away(units: Sequence[Unit], number: int, head: int) -> float:
    return max(0.0, -units[number].box.overlap_x(units[head].box))


def _offset(head: Unit, below: Sequence[Box], box: Box) -> float:
    """How much worse the headline stands over its columns (centred, at their start) with one more."""
    box_ = core(head)

    def off(boxes: Sequence[Box]) -> float:
        span = union((box_, *boxes))
        return min(abs(box_.center[0] - span.center[0]), abs(box_.x0 - span.x0))

    return off([*below, box]) - off(below)


def _hole_cost(head: Unit, unit: Unit, ceiling: float, top: float | None, pitch: float) -> float | None:
    """How ill the hole above a unit fits a head; None where it is no hole of that head."""
    box = core(head)
    if ceiling > box.y0 + _LEVEL * pitch or unit.box.y0 < box.y1 - _LEVEL * pitch:
        return None
    if unit.box.y0 - ceiling < _HOLE * box.height:
        return None
    level = abs(unit.box.y0 - top) if top is not None else unit.box.y0 - box.y1
    if level > 4 * pitch:
        return None
    return level + 0.05 * max(0.0, -head.box.overlap_x(unit.box))


def _screened(head: Unit, unit: Unit, head_number: int, number: int, things: RowIndex) -> bool:
    """Whether a rule or other matter stands between the head and the hole, level with the head."""
    box = core(head)
    x0, x1 = sorted((box.center[0], unit.box.center[0]))
    inner = box.y0 + 0.25 * box.height, box.y1 - 0.25 * box.height
    for n in things.across(*inner):
        thing = things.boxes[n]
        if n in (head_number, number):
            continue
        if thing.x1 > x0 and thing.x0 < x1 and not _within(thing, box):
            return True
    return False


def _within(thing: Box, box: Box) -> bool:
    return thing.x0 >= box.x0 and thing.x1 <= box.x1 and thing.y0 >= box.y0 and thing.y1 <= box.y1


def _over(head: Unit, below: Iterable[Box]) -> Box:
    wide = union((head.box, *below))
    return Box(wide.x0, head.box.y0, wide.x1, head.box.y1)
