"""Gives quotes, boxes, notices and left-over figures to the article they stand in."""

from __future__ import annotations

from collections.abc import Sequence

from layout.document import Box
from layout.reflow.drafts import Draft
from layout.reflow.field import RowIndex
from layout.reflow.units import Unit

_FENCE = 6.0  # line pitches that a rule between two things counts for
_ASIDE = (
    3.0  # and standing beside a text instead of in its column: a gutter is narrower than white around a quote
)


def gap(a: Box, b: Box) -> float:
    """Distance of two boxes, the larger of the two axes' gaps; negative where they overlap."""
    return max(-a.overlap_x(b), -a.overlap_y(b))


def _fenced(a: Box, b: Box, rules: RowIndex) -> bool:
    """Whether an upright rule stands between two boxes beside each other."""
    if a.overlap_x(b) > 0:
        return False
    x0, x1 = min(a.x1, b.x1), max(a.x0, b.x0)
    y0, y1 = max(a.y0, b.y0), min(a.y1, b.y1)
    return y1 > y0 and any(
        x0 - rules.pitch < rules.boxes[n].center[0] < x1 + rules.pitch
        and rules.boxes[n].overlap_y(Box(x0, y0, x1, y1)) > 0.5 * (y1 - y0)
        and not a.covers(rules.boxes[n], 0.9)
        for n in rules.across(y0, y1)
    )


def nearest_draft(
    unit: Unit, drafts: Sequence[Draft], pitch: float, rules: RowIndex | None = None
) -> Draft | None:
    """The article with a member nearest to the unit; ties go to the most shared width.

    What stands above or below is nearer than what stands beside; what stands across one of the upright
    ``rules`` counts as further off than anything on this side. ``pitch`` is the line pitch.
    """
    best: tuple[float, float, int] | None = None
    for number, draft in enumerate(drafts):
        for member in draft.members:
            distance = max(0.0, gap(unit.box, member.box))
            if unit.box.overlap_x(member.box) <= 0:
                distance += _ASIDE * pitch
            if rules and (best is None or distance < best[0]) and _fenced(unit.box, member.box, rules):
                distance += _FENCE * rules.pitch
            rank = (round(distance, 3), -unit.box.overlap_x(member.box), number)
            if best is None or rank < best:
                best = rank
    return drafts[best[2]] if best else None
