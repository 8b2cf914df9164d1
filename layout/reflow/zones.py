"""The page cut into zones: rows of articles, columns of articles, and what cannot be cut further.

Rows are cut before columns, but only with evidence: a rule across the zone, a row of advertisements, or
white space over the whole width with headlines below it. White space alone is no evidence, paragraphs
stand level by chance. Columns are cut wherever a gutter is free from top to bottom and no rule crosses
it: that costs nothing, since text without a headline goes on from the column before it.

After the recursive XY-cut of Nagy and Seth (1984), with the masks of spanning titles of XY-Cut++
(arXiv 2504.10258) and rules before white space as in Origami (CEUR 2723).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from layout.document import Box, RegionKind, union
from layout.reflow.continuity import continuity
from layout.reflow.heads import core
from layout.reflow.settings import ReflowSettings
from layout.reflow.units import Role, Unit

_TOUCH = 0.35  # line pitches by which boxes of neighbours may overlap: ink of descenders, jitter
_OPENS = frozenset({Role.HEAD, Role.NOTICE})
_HEAD_GAP = 0.5  # share of the white space that is enough over a headline: its box is taller than its ink
_NEARER = 0.7  # a picture goes with what is nearer by this ratio
_CROSSING = 2.0  # line pitches by which an upright rule must pass a gap on both sides to hold it together
_WHOLE = 0.9  # share of a zone's width from which a rule cuts even what crosses it
_ACROSS = 0.7  # share of a zone's width that a rule must cover to cut it
_STEP = 1.5  # line pitches from a crosshead to its text
_CLOSE = 0.7  # line pitches between paragraphs of one text at most
_QUOTED = 1.5  # line pitches under a gap in which a quote says that its column goes on: none opens one
_READS_ON = 0.25  # by which one text must read on better than another: a full stop before it or none
_SOLID = frozenset({Role.HEAD, Role.BODY, Role.FIGURE, Role.BOX, Role.ADVERT, Role.LOOSE, Role.NOTICE})


class Cut(Enum):
    """Why a zone begins where it begins."""

    PAGE = "the page begins"
    RULE = "a rule parts it from what is above"
    HEAD = "white space and headlines part it from what is above"
    ADVERT = "advertisements part it from what is above"
    COLUMN = "a column begins"


@dataclass(frozen=True, slots=True)
class Zone:
    """Units that belong together more than to others; ``children`` in reading order, or none."""

    units: tuple[Unit, ...]
    cut: Cut = Cut.PAGE
    children: tuple[Zone, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """What cutting needs to know of the page: rules lying flat and upright, the line pitch, the settings,
    and the quotes, which stand in the text's way.
    """

    rules: tuple[Box, ...]
    upright: tuple[Box, ...]
    pitch: float
    settings: ReflowSettings
    quotes: tuple[Box, ...] = ()


def divide(units: Sequence[Unit], grid: Grid, cut: Cut = Cut.PAGE) -> Zone:
    """The zone of these units with all its children; every unit stands in exactly one leaf."""
    items = tuple(sorted(units, key=lambda unit: (unit.box.y0, unit.box.x0, unit.id)))
    if len(items) > 1:
        rows, columns = _rows(items, grid), _columns(items, grid)
        if len(rows) > 1 and not _torn([row for row, _ in rows], columns):
            return Zone(
                items, cut, tuple(divide(part, grid, why if n else cut) for n, (part, why) in enumerate(rows))
            )
        if len(columns) > 1:
            return Zone(
                items,
                cut,
                tuple(divide(part, grid, Cut.COLUMN if n else cut) for n, part in enumerate(columns)),
            )
    return Zone(items, cut)


def leaves(zone: Zone) -> list[Zone]:
    """The zones that are cut no further, in reading order."""
    return [leaf for child in zone.children for leaf in leaves(child)] if zone.children else [zone]


def _rows(units: tuple[Unit, ...], grid: Grid) -> list[tuple[tuple[Unit, ...], Cut]]:
    solid = [unit for unit in units if unit.role in _SOLID]
    if len(solid) < 2:
        return [(units, Cut.PAGE)]
    hull = union(unit.span for unit in solid)
    cuts = [*_white_cuts(solid, hull, grid), *_rule_cuts(solid, hull, grid)]
    parts: list[tuple[tuple[Unit, ...], Cut]] = []
    rest, why = units, Cut.PAGE
    for y, next_why in sorted(cuts, key=lambda cut: cut[0]):
        above = tuple(unit for unit in rest if unit.box.center[1] < y)
        rest = tuple(unit for unit in rest if unit.box.center[1] >= y)
        if above:
            parts.append((above, why))
            why = next_why
        elif next_why is Cut.RULE:
            why = next_why
    if rest:
        parts.append((rest, why))
    return _with_pictures(parts)


def _torn(rows: Sequence[Sequence[Unit]], columns: Sequence[Sequence[Unit]]) -> bool:
    """Whether rows would tear what columns join: a column begins in the middle of a text that reads on from
    the foot of the column before it, and not from where a row would end that. Headings of briefs are level
    by chance at times.
    """
    for before, column in pairwise(columns):
        stream = [unit for unit in column if unit.role in (Role.HEAD, Role.BODY)]
        texts = [unit for unit in before if unit.role is Role.BODY]
        if not stream or not texts or stream[0].role is not Role.BODY:
            continue
        inside = [unit for row in rows if stream[0] in row for unit in texts if unit in row]
        if inside and inside[-1] is not texts[-1]:
            here, foot = continuity(inside[-1], stream[0]), continuity(texts[-1], stream[0])
            if foot - here > _READS_ON:
                return True
    return False


def _white_cuts(solid: Sequence[Unit], hull: Box, grid: Grid) -> list[tuple[float, Cut]]:
    """Heights at which white space runs across the hull and something speaks for a cut; none through a
    quote, whose column goes on below it.
    """
    touch = _TOUCH * grid.pitch
    cuts: list[tuple[float, Cut]] = []
    bottom, tail = solid[0].box.y1, [solid[0]]
    for number, unit in enumerate(solid[1:], 1):
        top = unit.box.y0
        if top >= bottom - touch:
            why = _evidence(solid, number, tail, (bottom, top), hull, grid)
            if why and not (_crossed((bottom, top), hull, grid) or _quoted((bottom, top), hull, grid)):
                cuts.append(((bottom + top) / 2, why))
        bottom, tail = max(bottom, unit.box.y1), _tail(tail, unit)
    return cuts


def _rule_cuts(solid: Sequence[Unit], hull: Box, grid: Grid) -> list[tuple[float, Cut]]:
    """Heights of single rules over nearly all of the hull that cut through what they cross.

    No rule is printed through text: where one does cross a box, the box is wrong, not the rule.
    """
    touch = _TOUCH * grid.pitch
    cuts: list[tuple[float, Cut]] = []
    for rule in grid.rules:
        y = rule.center[1]
        if not hull.y0 < y < hull.y1 or rule.overlap_x(hull) < _WHOLE * hull.width:
            continue
        crossing = [u for u in solid if u.box.y0 < y - touch and u.box.y1 > y + touch]
        few = len(crossing) <= 1 + len(solid) // 20
        if few and all(rule.overlap_x(u.box) >= _WHOLE * u.box.width for u in crossing):
            cuts.append((y, Cut.RULE))
    return cuts


def _with_pictures(parts: list[tuple[tuple[Unit, ...], Cut]]) -> list[tuple[tuple[Unit, ...], Cut]]:
    """Rows that hold nothing but pictures put to the row below, if no rule parts the two."""
    done: list[tuple[tuple[Unit, ...], Cut]] = []
    carried: tuple[tuple[Unit, ...], Cut] | None = None
    for units, why in parts:
        if carried and why is not Cut.HEAD:
            done.append(carried)
            carried = None
        if carried:
            units, why = (*carried[0], *units), carried[1]
            carried = None
        if all(unit.role in (Role.FIGURE, Role.QUOTE) for unit in units):
            carried = units, why
        else:
            done.append((units, why))
    return [*done, carried] if carried else done


def _evidence(
    solid: Sequence[Unit],
    number: int,
    tail: Sequence[Unit],
    gap: tuple[float, float],
    hull: Box,
    grid: Grid,
) -> Cut | None:
    """What speaks for a cut through this gap, above the unit of this number and below those of the tail."""
    if _ruled(gap, solid, hull, grid):
        return Cut.RULE
    first = _row(solid, number, gap[1])
    if all(unit.role is Role.ADVERT for unit in first):
        return Cut.ADVERT
    if all(unit.role is Role.ADVERT for unit in tail):
        return Cut.ADVERT
    white = grid.settings.band_gap * grid.pitch
    opening = [u for u in first if u.role in _OPENS and u.box.y0 < gap[1] + 1.5 * grid.pitch]
    beside = [u for u in first if u.role not in _OPENS]
    if all(u.role is Role.HEAD for u in tail) and not any(u.role is Role.HEAD for u in opening):
        return None  # the headlines' text is yet to come
    if any(_heads(unit, other, grid.pitch) for unit in tail for other in beside):
        return None
    if opening and gap[1] - gap[0] >= _HEAD_GAP * white:
        return Cut.HEAD if all(u.box.y0 - gap[0] >= white for u in beside) else None
    if gap[1] - gap[0] >= white and _picture_opens(solid, number, first, gap):
        return Cut.HEAD
    return None


def _heads(unit: Unit, other: Unit, pitch: float) -> bool:
    """Whether a unit is the crosshead right over a text, which it parts from what is above both."""
    over = -pitch < other.box.y0 - unit.box.y1 < _STEP * pitch
    aligned = unit.box.overlap_x(other.box) > 0.5 * unit.box.width
    return unit.kind is RegionKind.CROSSHEAD and over and aligned


def _picture_opens(
    solid: Sequence[Unit], number: int, first: Sequence[Unit], gap: tuple[float, float]
) -> bool:
    """Whether the gap is followed by pictures and, closer than the gap is high, by a headline."""
    if any(unit.role is not Role.FIGURE for unit in first):
        return False
    bottom = max(unit.box.y1 for unit in first)
    after = next((u for u in solid[number:] if u.box.y0 >= bottom and u not in first), None)
    return (
        after is not None and after.role is Role.HEAD and after.box.y0 - bottom < _NEARER * (gap[1] - gap[0])
    )


def _ruled(gap: tuple[float, float], solid: Sequence[Unit], hull: Box, grid: Grid) -> bool:
    """Whether rules in this gap cover most of the hull's width, and beside them no text just goes on."""
    touch = _TOUCH * grid.pitch
    spans = sorted(
        (max(rule.x0, hull.x0), min(rule.x1, hull.x1))
        for rule in grid.rules
        if gap[0] - touch <= rule.center[1] <= gap[1] + touch and rule.overlap_x(hull) > 0
    )
    covered, reached = 0.0, hull.x0
    for x0, x1 in spans:
        covered += max(0.0, x1 - max(x0, reached))
        reached = max(reached, x1)
    return covered >= _ACROSS * hull.width and not _goes_on_beside(gap, spans, solid, grid)


def _goes_on_beside(
    gap: tuple[float, float], spans: Sequence[tuple[float, float]], solid: Sequence[Unit], grid: Grid
) -> bool:
    """Whether a column that the rules do not reach has paragraph under paragraph where they lie."""
    middle = (gap[0] + gap[1]) / 2
    bare = [
        unit
        for unit in solid
        if unit.role is Role.BODY
        and abs(unit.box.center[1] - middle) < unit.box.height / 2 + _CLOSE * grid.pitch
        and not any(min(x1, unit.box.x1) > max(x0, unit.box.x0) for x0, x1 in spans)
    ]
    above = [unit.box for unit in bare if unit.box.center[1] < middle]
    below = [unit.box for unit in bare if unit.box.center[1] >= middle]
    return any(
        b.y0 - a.y1 < _CLOSE * grid.pitch and a.overlap_x(b) > 0.5 * min(a.width, b.width)
        for a in above
        for b in below
    )


def _crossed(gap: tuple[float, float], hull: Box, grid: Grid) -> bool:
    """Whether an upright rule inside the hull runs on through the gap: then columns go before rows."""
    reach = _CROSSING * grid.pitch
    inner = hull.x0 + grid.pitch, hull.x1 - grid.pitch
    return any(
        inner[0] < rule.center[0] < inner[1] and rule.y0 < gap[0] - reach and rule.y1 > gap[1] + reach
        for rule in grid.upright
    )


def _quoted(gap: tuple[float, float], hull: Box, grid: Grid) -> bool:
    """Whether a quote fills the gap in its column, or follows upon it."""
    top, bottom = gap[0] + _TOUCH * grid.pitch, gap[1] + _QUOTED * grid.pitch
    return any(box.y0 < bottom and box.y1 > top and box.overlap_x(hull) > 0 for box in grid.quotes)


def _tail(tail: Sequence[Unit], unit: Unit) -> list[Unit]:
    """The units that stand side by side as the lowest so far, when one more has come."""
    units = [*tail, unit]
    lowest = max(units, key=lambda u: u.box.y1)
    return [u for u in units if u.box.y1 > lowest.box.y0]


def _row(solid: Sequence[Unit], number: int, top: float) -> list[Unit]:
    """Units from this number on that stand beside the first one: nothing lies between them and the gap."""
    row: list[Unit] = []
    limit = float("inf")
    for unit in solid[number:]:
        if unit.box.y0 >= limit:
            break
        row.append(unit)
        limit = min(limit, core(unit).y1 if unit.role is Role.HEAD else unit.box.y1)
    return row


def _parting(solid: Sequence[Unit], grid: Grid) -> list[Box]:
    """The rules with matter above and below: a gutter that one crosses parts no columns of the whole zone."""
    hull = union(unit.span for unit in solid)
    parting = []
    for rule in grid.rules:
        if hull.y0 < rule.center[1] < hull.y1 and rule.overlap_x(hull) > 0:
            over = [unit for unit in solid if unit.box.overlap_x(rule) > 0]
            if any(u.box.y1 <= rule.y1 for u in over) and any(u.box.y0 >= rule.y0 for u in over):
                parting.append(rule)
    return parting


def _columns(units: tuple[Unit, ...], grid: Grid) -> list[tuple[Unit, ...]]:
    solid = sorted((u for u in units if u.role in _SOLID), key=lambda u: (u.span.x0, u.box.y0, u.id))
    if len(solid) < 2:
        return [units]
    gutters: list[float] = []
    across = _parting(solid, grid)
    reached = solid[0].span.x1
    for unit in solid[1:]:
        x = (reached + unit.span.x0) / 2
        crossed = any(rule.x0 < x - grid.pitch and rule.x1 > x + grid.pitch for rule in across)
        if not crossed and unit.span.x0 - reached >= grid.settings.gutter_gap * grid.pitch:
            gutters.append(x)
        reached = max(reached, unit.span.x1)
    columns: list[list[Unit]] = [[] for _ in range(len(gutters) + 1)]
    for unit in units:
        columns[sum(unit.span.center[0] >= x for x in gutters)].append(unit)
    return [tuple(column) for column in columns if column]
