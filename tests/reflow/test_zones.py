"""Where a page is cut into rows of articles, and where not."""

from __future__ import annotations

import pytest

from layout.document import Box, Region, RegionKind
from layout.reflow.settings import ReflowSettings
from layout.reflow.units import Piece, Role, Unit
from layout.reflow.zones import Grid, divide, leaves

PITCH = 40.0
K = RegionKind


def unit(name: str, kind: RegionKind, x: float, y: float, width: float, height: float) -> Unit:
    box = Box(x, y, x + width, y + height)
    return Unit.of(Role.HEAD if kind is K.HEADLINE else Role.BODY, [Piece(Region(name, kind, box), box)])


@pytest.mark.parametrize(("kind", "found"), [(K.CROSSHEAD, ["abc", "deh"]), (K.PARAGRAPH, ["abd", "ceh"])])
def test_a_crosshead_level_with_a_headlines_top_is_not_cut_from_its_text(
    kind: RegionKind, found: list[str]
) -> None:
    """The headline of the next column opens an article; the text beside it goes on under its own heading."""
    units = [
        unit("a", K.PARAGRAPH, 0, 0, 400, 800),
        unit("b", kind, 0, 820, 200, 30),
        unit("c", K.PARAGRAPH, 0, 890, 400, 600),
        unit("d", K.PARAGRAPH, 440, 0, 400, 760),
        unit("h", K.HEADLINE, 440, 870, 300, 60),
        unit("e", K.PARAGRAPH, 440, 950, 400, 540),
    ]
    root = divide(units, Grid((), (), PITCH, ReflowSettings()))
    rows = ["".join(sorted(u.id for leaf in leaves(part) for u in leaf.units)) for part in root.children]
    assert sorted(rows) == found
