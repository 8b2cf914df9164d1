"""Articles set in the other direction than their page: a Latin column on a Persian page.

Zones and headlines are found in the page's direction. Only the order of columns inside such an article
is then found again, as in a mirror.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from layout.document import Box, Direction
from layout.reflow.columns import bands, find_columns
from layout.reflow.drafts import Draft
from layout.reflow.units import Role, Unit


def turn_back(drafts: Sequence[Draft], direction: Direction, pitch: float) -> None:
    """Puts the columns of articles that are not in the page's direction in their own order, in place."""
    for draft in drafts:
        own = _direction(draft)
        if own in (None, direction) or own is Direction.TTB:
            continue
        draft.units = _reordered(draft.units, pitch)
        draft.reasons.append(f"its text runs {own.value}, the page {direction.value}")


def _direction(draft: Draft) -> Direction | None:
    """The direction of most of the article's text, by characters; None where nothing tells."""
    counts: Counter[Direction] = Counter()
    for unit in draft.body():
        for piece in unit.pieces:
            for line in piece.region.lines:
                found = line.direction or piece.region.direction
                if found:
                    counts[found] += len(line.text)
    return counts.most_common(1)[0][0] if counts else None


def _reordered(units: Sequence[Unit], pitch: float) -> list[Unit]:
    mirrored = {unit.id: unit for unit in units}
    images = [replace(u, box=_mirror(u.box), span=_mirror(u.span)) for u in units]
    text = [u for u in images if u.role is not Role.FIGURE]
    order = [u.id for band in bands(text, pitch) for column in find_columns(band, pitch) for u in column]
    return [mirrored[i] for i in order] + [u for u in units if u.role is Role.FIGURE]


def _mirror(box: Box) -> Box:
    return Box(-box.x1, box.y0, -box.x0, box.y1)
