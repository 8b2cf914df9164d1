"""Which columns a headline stands over."""

from __future__ import annotations

import pytest

from layout.document import Box, Region, RegionKind, TextLine
from layout.reflow.settings import ReflowSettings
from layout.reflow.spans import widen_heads
from layout.reflow.units import Piece, Role, Unit

PITCH = 40.0


LINE = 30.0  # height of a line of text


def unit(role: Role, x: float, y: float, width: float, height: float, kind: RegionKind) -> Unit:
    box = Box(x, y, x + width, y + height)
    line = Box(x, y, x + width, y + LINE) if role is Role.BODY else box
    region = Region(f"{x:.0f}_{y:.0f}", kind, box, lines=(TextLine("l", line),))
    return Unit.of(role, [Piece(region, box)])


@pytest.mark.parametrize(("size", "columns"), [(30.0, 1), (38.0, 1), (60.0, 2)])
def test_a_headline_covers_the_hole_beside_it_unless_it_is_as_small_as_text(
    size: float, columns: int
) -> None:
    """A brief's heading stands over its own column; that text begins beside it is chance."""
    head = unit(Role.HEAD, 0, 200, 300, size, RegionKind.HEADLINE)
    own = unit(Role.BODY, 0, 210 + size, 400, 800, RegionKind.PARAGRAPH)
    other = unit(Role.BODY, 440, 210 + size, 400, 800, RegionKind.PARAGRAPH)
    widened = widen_heads([head, own, other], [], PITCH, ReflowSettings())
    assert widened[0].span.x1 == (400 if columns == 1 else 840)


@pytest.mark.parametrize(("white", "columns"), [(70.0, 2), (4.0, 1)])
def test_a_hole_beside_a_headline_is_white(white: float, columns: int) -> None:
    """Two paragraphs that meet level with a headline of the next column leave no hole for it."""
    above = unit(Role.BODY, 0, 0, 400, 260 - white, RegionKind.PARAGRAPH)
    beside = unit(Role.BODY, 0, 260, 400, 800, RegionKind.PARAGRAPH)
    head = unit(Role.HEAD, 440, 200, 300, 60, RegionKind.HEADLINE)
    own = unit(Role.BODY, 440, 270, 400, 790, RegionKind.PARAGRAPH)
    widened = widen_heads([above, beside, head, own], [], PITCH, ReflowSettings())
    assert widened[2].span.x0 == (440 if columns == 1 else 0)


@pytest.mark.parametrize(("top", "columns"), [(150.0, 1), (230.0, 1), (270.0, 2)])
def test_a_column_with_a_quote_level_with_a_headline_is_not_its(top: float, columns: int) -> None:
    """A quote under the headline, at the head of its second column, is in its text."""
    head = unit(Role.HEAD, 0, 200, 300, 60, RegionKind.HEADLINE)
    own = unit(Role.BODY, 0, 270, 400, 790, RegionKind.PARAGRAPH)
    other = unit(Role.BODY, 440, 320, 400, 740, RegionKind.PARAGRAPH)
    quote = Box(450, top, 830, top + 80)
    widened = widen_heads([head, own, other], [], PITCH, ReflowSettings(), [quote])
    assert widened[0].span.x1 == (400 if columns == 1 else 840)


@pytest.mark.parametrize(("end", "columns"), [(850.0, 2), (1290.0, 3)])
def test_a_headline_in_the_middle_below_a_rule_covers_what_the_rule_does(end: float, columns: int) -> None:
    """Where the rule is as wide as three columns it says nothing of the third."""
    head = unit(Role.HEAD, 200, 200, 440, 60, RegionKind.HEADLINE)
    texts = [unit(Role.BODY, x, 280, 400, 790, RegionKind.PARAGRAPH) for x in (0, 440, 880)]
    widened = widen_heads([head, *texts], [Box(-10, 150, end, 154)], PITCH, ReflowSettings())
    assert widened[0].span.x1 == (840 if columns == 2 else 1280)
