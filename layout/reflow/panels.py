"""Frames around articles: what stands inside is a page of its own.

A frame in the corner of a large article, around a column of briefs, say, is stepped round by that article's
text like an advertisement, and no text runs from outside into it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layout.document import Box
from layout.reflow.units import Piece, Role, Unit

_INSIDE = 0.8  # share of a unit's area by which it stands in a frame; one that lies across an edge parts none
_ACROSS = 0.2
_LEVEL = 1.5  # line pitches by which what stands at a frame's head differs in height


@dataclass(frozen=True, slots=True)
class Panel:
    """A frame and what stands in it; ``frame`` takes its place on the page."""

    frame: Unit
    units: tuple[Unit, ...]


def part_panels(
    units: Sequence[Unit], rules: Sequence[Piece], pitch: float
) -> tuple[list[Unit], list[Panel]]:
    """The units with frames in the place of what stands in them, and the panels, larger ones first.

    A frame counts that begins with a headline, with something outside, and across whose edge nothing lies.
    ``rules`` are the page's separators.
    """
    frames = [piece for piece in rules if min(piece.box.width, piece.box.height) > 2 * pitch]
    rest, panels = list(units), []
    for piece in sorted(frames, key=lambda piece: (-piece.box.area, piece.region.id)):
        inside = [unit for unit in rest if _share(unit, piece.box) >= _INSIDE]
        across = any(_ACROSS < _share(unit, piece.box) < _INSIDE for unit in rest)
        if across or len(inside) == len(rest) or not _begins(inside, pitch):
            continue
        frame = Unit.of(Role.BOX, [piece])
        panels.append(Panel(frame, tuple(inside)))
        rest = [*(unit for unit in rest if unit not in inside), frame]
    return rest, panels


def outside(rules: Sequence[Box], panels: Sequence[Panel], pitch: float) -> list[Box]:
    """The rules that stand in no panel and are no edge of one."""
    frames = [panel.frame.box.grown(pitch) for panel in panels]
    return [rule for rule in rules if not any(frame.covers(rule, 0.98) for frame in frames)]


def _share(unit: Unit, box: Box) -> float:
    return unit.box.intersection(box) / max(unit.box.area, 1e-6)


def _begins(inside: Sequence[Unit], pitch: float) -> bool:
    """Whether a headline stands at the head of the first column: else the text goes on from outside."""
    if not inside:
        return False
    top = min(unit.box.y0 for unit in inside)
    first = min((u for u in inside if u.box.y0 < top + _LEVEL * pitch), key=lambda u: u.box.x0)
    return first.role is Role.HEAD
