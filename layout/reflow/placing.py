"""Gives quotes, boxes, notices and left-over figures to the article they stand in."""

from __future__ import annotations

from collections.abc import Sequence

from layout.document import Box
from layout.reflow.drafts import Draft
from layout.reflow.units import Unit


def gap(a: Box, b: Box) -> float:
    """Distance of two boxes, the larger of the two axes' gaps; negative where they overlap."""
    return max(-a.overlap_x(b), -a.overlap_y(b))


def nearest_draft(unit: Unit, drafts: Sequence[Draft]) -> Draft | None:
    """The article with a member nearest to the unit; ties go to the most shared width."""
    best: tuple[float, float, int] | None = None
    for number, draft in enumerate(drafts):
        for member in draft.members:
            distance = max(0.0, gap(unit.box, member.box))
            rank = (round(distance, 3), -unit.box.overlap_x(member.box), number)
            if best is None or rank < best:
                best = rank
    return drafts[best[2]] if best else None
