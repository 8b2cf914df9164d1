"""Columns inside a zone that is cut no further."""

from __future__ import annotations

from collections.abc import Sequence

from layout.document import Box, RegionKind
from layout.reflow.heads import core
from layout.reflow.units import Role, Unit

_LINE = 0.4  # line pitches by which the tops of things on one line may differ
_HANGS = 0.6  # line pitches; a text over several columns keeps more distance from the one above it
_NEARLY = 0.2  # of the usual width: a text so wide fills one column, and what lies inside it is none
_WIDE = frozenset({RegionKind.LEAD, RegionKind.CROSSHEAD})


def bands(stream: Sequence[Unit], pitch: float) -> list[list[Unit]]:
    """The units cut above and below each text that runs over several columns, top to bottom.

    Such a text (a lead, a wide crosshead) is read between what stands above it and what stands below;
    headlines and pictures do not cut, the text goes round them. A paragraph over several columns that
    hangs on the text above it is two columns that were not told apart, and cuts nothing.
    """
    edges = _edges([unit for unit in stream if unit.role is Role.BODY])
    wide = [
        unit
        for unit in stream
        if unit.role is Role.BODY and sum(unit.box.overlap_x(edge) > 0.5 * edge.width for edge in edges) > 1
    ]
    wide = [unit for unit in wide if unit.kind in _WIDE or not _hangs(unit, stream, pitch)]
    parts: list[list[Unit]] = []
    rest = list(stream)
    for unit in sorted(wide, key=lambda u: u.box.y0):
        above = [u for u in rest if u is not unit and u.box.center[1] < unit.box.y0]
        rest = [u for u in rest if u is not unit and u.box.center[1] >= unit.box.y0]
        parts += [above, [unit]]
    return [part for part in (*parts, rest) if part]


def _hangs(unit: Unit, stream: Sequence[Unit], pitch: float) -> bool:
    """Whether text stands right above this one."""
    return any(
        other.role is Role.BODY
        and other is not unit
        and other.box.overlap_x(unit.box) > pitch
        and -_HANGS * pitch < unit.box.y0 - other.box.y1 < _HANGS * pitch
        for other in stream
    )


def find_columns(stream: Sequence[Unit], pitch: float) -> list[list[Unit]]:
    """The columns in reading order, each from top to bottom, heads in every column they span.

    A picture over several columns stands in the first of them.
    """
    bodies = [unit for unit in stream if unit.role is not Role.HEAD]
    if not bodies:
        return [_downwards(stream, pitch)]
    edges = _edges([u for u in bodies if u.role is Role.BODY] or bodies)
    columns: list[list[Unit]] = [[] for _ in edges]
    for unit in stream:
        homes = [
            n
            for n, edge in enumerate(edges)
            if unit.span.overlap_x(edge) > 0.3 * min(edge.width, unit.span.width)
        ]
        if unit.role is not Role.HEAD:
            homes = homes[:1]
        for n in homes or [
            min(range(len(edges)), key=lambda n: abs(edges[n].center[0] - unit.box.center[0]))
        ]:
            columns[n].append(unit)
    return [_downwards(column, pitch) for column in columns if column]


def _downwards(column: Sequence[Unit], pitch: float) -> list[Unit]:
    """The units by their tops; what begins on one line from its beginning on, the shorter one first."""
    done: list[Unit] = []
    for unit in sorted(column, key=lambda u: (_top(u), u.box.x0, u.id)):
        place = len(done)
        while place and _begins_before(unit, done[place - 1], pitch):
            place -= 1
        done.insert(place, unit)
    return done


def _begins_before(unit: Unit, other: Unit, pitch: float) -> bool:
    """Whether a unit with the lower top is still read first: both begin on one line."""
    if _top(unit) - _top(other) > _LINE * pitch:
        return False
    ahead = other.box.x0 - unit.box.x0
    if abs(ahead) > pitch:
        return ahead > 0
    return unit.box.height < 0.5 * other.box.height


def _top(unit: Unit) -> float:
    return core(unit).y0 if unit.role is Role.HEAD else unit.box.y0


def _edges(bodies: Sequence[Unit]) -> list[Box]:
    """A box for each column, taken from the text of the usual width first, sorted in reading order."""
    usual = _usual_width(bodies)
    texts = [unit.box for unit in bodies if abs(unit.box.width - usual) < _NEARLY * usual]
    edges: list[Box] = []
    for unit in sorted(bodies, key=lambda u: (abs(u.box.width - usual), u.box.x0, u.box.y0)):
        apart = all(unit.box.overlap_x(edge) <= 0.3 * min(unit.box.width, edge.width) for edge in edges)
        if apart and not any(_is_part(unit.box, text) for text in texts):
            edges.append(unit.box)
    return sorted(edges, key=lambda box: box.x0)


def _is_part(box: Box, text: Box) -> bool:
    """Whether a narrow thing lies within a text's width."""
    return box.width < 0.5 * text.width and box.overlap_x(text) > 0.9 * box.width


def _usual_width(bodies: Sequence[Unit]) -> float:
    """The width most of the text is set in: the median, each unit weighed by its height."""
    ordered = sorted(bodies, key=lambda u: u.box.width)
    half = sum(u.box.height for u in ordered) / 2
    for unit in ordered:
        half -= unit.box.height
        if half <= 0:
            return unit.box.width
    return ordered[-1].box.width if ordered else 0.0
