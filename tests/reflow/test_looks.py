"""What stands in two directions on one page is looked at in one frame."""

from __future__ import annotations

from layout.document import Direction
from layout.reflow.looks import look_at
from layout.reflow.measure import measure_body
from layout.reflow.mending import mend
from tests.reflow.test_mending import BODY
from tests.reflow.typeset import PITCH, WIDTH, page_of, typeset


def test_a_text_goes_on_below_not_at_its_mirror_image() -> None:
    """A column that runs to the left ends where, on the other side of the page, one begins that runs to the
    right."""
    upper = typeset(BODY, x=200, y=400, direction=Direction.RTL)
    beside = typeset(BODY, x=200, y=upper.box.y1 + PITCH / 3)
    other = typeset(BODY, x=1300, y=2000, direction=Direction.RTL)
    page = page_of(upper, beside, other, direction=Direction.RTL)
    assert upper.box.overlap_x(beside.box) < 0
    mended = mend(page, measure_body(page))
    assert sorted(len(r.lines) for r in mended.regions) == sorted(len(r.lines) for r in page.regions)


def test_most_lines_of_a_level_say_where_lines_begin() -> None:
    right = [typeset(BODY, x=200, y=y, direction=Direction.RTL) for y in (400, 1200)]
    left = typeset("A few words", x=200, y=2400)
    scene = look_at(*(page := page_of(*right, left), page.regions), measure_body(page))
    assert [round(look.box.x0) for look in scene.looks] == [200, 200, round(WIDTH - left.box.x1)]
