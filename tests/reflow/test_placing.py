"""To which article a quote belongs."""

from __future__ import annotations

from layout.document import Box, Region, RegionKind
from layout.reflow.drafts import Draft
from layout.reflow.placing import nearest_draft
from layout.reflow.units import Piece, Role, Unit


def _unit(role: Role, kind: RegionKind, box: Box) -> Unit:
    return Unit.of(role, [Piece(Region(f"r{box.x0:.0f}_{box.y0:.0f}", kind, box), box)])


def test_a_quote_is_of_the_text_over_it_though_the_next_column_is_nearer() -> None:
    """White as high as a line and a half parts a quote from its text, a gutter is narrower."""
    own = Draft(units=[_unit(Role.BODY, RegionKind.PARAGRAPH, Box(0, 0, 400, 240))])
    other = Draft(units=[_unit(Role.BODY, RegionKind.PARAGRAPH, Box(430, 0, 830, 600))])
    quote = _unit(Role.QUOTE, RegionKind.PULL_QUOTE, Box(0, 300, 400, 400))
    assert nearest_draft(quote, [other, own], 40.0) is own


def test_a_quote_beside_the_text_is_of_it_where_nothing_stands_in_its_own_column() -> None:
    beside = Draft(units=[_unit(Role.BODY, RegionKind.PARAGRAPH, Box(430, 0, 830, 600))])
    far = Draft(units=[_unit(Role.BODY, RegionKind.PARAGRAPH, Box(0, 1200, 400, 1600))])
    quote = _unit(Role.QUOTE, RegionKind.PULL_QUOTE, Box(0, 300, 400, 400))
    assert nearest_draft(quote, [far, beside], 40.0) is beside
