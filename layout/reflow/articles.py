"""Zones -> articles: each headline owns the text below it, text without a headline goes on.

The zones are walked in reading order. A headline opens an article; text in a column under it is its
text; text at the head of a column with no headline over it goes on with the article that the column
before it ended with.
"""

from __future__ import annotations

from collections.abc import Sequence

from layout.document import Box
from layout.reflow.continuity import continuity
from layout.reflow.drafts import Draft
from layout.reflow.heads import core
from layout.reflow.units import Role, Unit
from layout.reflow.zones import Cut, Zone

_STREAM = frozenset({Role.BODY, Role.HEAD, Role.LOOSE, Role.FIGURE})


def find_articles(root: Zone) -> list[Draft]:
    """The articles of a page in reading order, text and figures put in; boxes and the like are left."""
    walker = _Walker()
    walker.walk(root)
    return [draft for draft in walker.drafts if draft.members]


class _Walker:
    """Goes through the zones with the article in hand."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.last: Draft | None = None

    def walk(self, zone: Zone) -> None:
        if not zone.children:
            self._leaf(zone)
            return
        for child in zone.children:
            self.walk(child)

    def _open(self, head: Unit | None, zone: Zone, reason: str) -> Draft:
        draft = Draft(head, [], zone.cut, 1.0, [reason])
        self.drafts.append(draft)
        return draft

    def _leaf(self, zone: Zone) -> None:
        stream = [unit for unit in zone.units if unit.role in _STREAM]
        for column in find_columns([u for u in stream if u.role is not Role.HEAD], stream):
            current = self.last
            fresh = True
            for unit in column:
                if unit.role is Role.HEAD:
                    current = next((d for d in self.drafts if d.head is unit), None) or self._open(
                        unit, zone, "its headline"
                    )
                    fresh = False
                    continue
                if fresh:
                    current = self._headless(unit, current, zone)
                    fresh = False
                assert current is not None
                current.units.append(unit)
            if column and current is not None:
                self.last = current

    def _headless(self, unit: Unit, current: Draft | None, zone: Zone) -> Draft:
        if current is None:
            return self._open(None, zone, "text without a headline opens the page")
        if zone.cut in (Cut.RULE, Cut.ADVERT):
            last = current.body()
            if not last or continuity(last[-1], unit) < 0.5:
                return self._open(None, zone, f"text without a headline; {zone.cut.value}")
        return current


def find_columns(bodies: Sequence[Unit], stream: Sequence[Unit]) -> list[list[Unit]]:
    """The leaf's columns in reading order, each from top to bottom, heads in every column they span.

    Units as wide as several columns count with the first of these.
    """
    if not bodies:
        return [sorted(stream, key=lambda u: (u.box.y0, u.box.x0))] if stream else []
    edges = _edges(bodies)
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
    return [sorted(column, key=_depth) for column in columns]


def _depth(unit: Unit) -> tuple[float, float]:
    return (core(unit).y0 if unit.role is Role.HEAD else unit.box.y0, unit.box.x0)


def _edges(bodies: Sequence[Unit]) -> list[Box]:
    """A box for each column, taken from the text of the usual width first, sorted in reading order."""
    usual = _usual_width(bodies)
    edges: list[Box] = []
    for unit in sorted(bodies, key=lambda u: (abs(u.box.width - usual), u.box.x0, u.box.y0)):
        if all(unit.box.overlap_x(edge) <= 0.3 * min(unit.box.width, edge.width) for edge in edges):
            edges.append(unit.box)
    return sorted(edges, key=lambda box: box.x0)


def _usual_width(bodies: Sequence[Unit]) -> float:
    """The median width, each unit weighed by its height."""
    ordered = sorted(bodies, key=lambda u: u.box.width)
    half = sum(u.box.height for u in ordered) / 2
    for unit in ordered:
        half -= unit.box.height
        if half <= 0:
            return unit.box.width
    return ordered[-1].box.width
