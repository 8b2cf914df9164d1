"""The blocks of the notices beside a paper's name.

Twelve shillings        NAME
    a year
paid in advance

  All letters
 to the office
"""

from __future__ import annotations

from layout.document import Direction, Region, RegionKind
from layout.reflow.ears import with_ears
from tests.reflow.typeset import page_of, rule, typeset

K = RegionKind
LINES = ("Twelve shillings", "a year", "paid in advance")
BODY = """
  The council met on Monday and
spoke of nothing but the bridge,
which is old.
"""


def centred(text: str, middle: int, y: int, kind: RegionKind, direction: Direction) -> Region:
    made = typeset(text, x=0, y=y, size=0.8, kind=kind, direction=direction)
    return typeset(text, x=int(middle - made.box.width / 2), y=y, size=0.8, kind=kind, direction=direction)


def ear(y: int, direction: Direction, kind: RegionKind = K.RUNNING_HEAD) -> list[Region]:
    return [centred(text, 350, y + 32 * n, kind, direction) for n, text in enumerate(LINES)]


def blocks(regions: list[Region], named: bool = True) -> list[list[str]]:
    name = typeset("Lantern", x=900, y=100, size=5.0, kind=K.MASTHEAD if named else K.HEADLINE)
    columns = [typeset(BODY, x=x, y=760) for x in (200, 700, 1200)]
    page = with_ears(page_of(name, *regions, *columns))
    small = [r for r in page.regions if r.kind in {K.RUNNING_HEAD, K.IMPRINT}]
    return [[line.text for line in region.lines] for region in small]


def test_centred_lines_are_one_block_and_white_begins_another() -> None:
    upper, lower = ear(100, Direction.LTR), ear(260, Direction.LTR)
    assert blocks([*upper, *lower]) == [list(LINES), list(LINES)]


def test_a_rule_between_two_lines_parts_them() -> None:
    lines = ear(100, Direction.LTR)
    between = rule(300, 155, 400, Direction.LTR)
    assert len(blocks([*lines, between])) == 2


def test_ears_on_both_sides_and_a_line_under_all_of_them_stay_apart() -> None:
    left, right = (
        ear(100, Direction.LTR),
        [centred(t, 1900, 100 + 32 * n, K.RUNNING_HEAD, Direction.LTR) for n, t in enumerate(LINES)],
    )
    under = typeset(" ".join(["printed in Upper Street"] * 7), x=300, y=196, size=0.8, kind=K.RUNNING_HEAD)
    assert sorted(map(len, blocks([*left, *right, under]))) == [1, 3, 3]


def test_without_a_name_nothing_is_joined() -> None:
    assert len(blocks(ear(100, Direction.LTR), named=False)) == 3


def test_a_list_of_prices_of_which_a_part_lies_over_the_rest_is_one_block() -> None:
    """Its rows were not seen as such: a heading in the middle of its columns, a step far above the others."""
    left = typeset("for a year\nand half\n\nabroad", x=200, y=100, size=0.8, kind=K.RUNNING_HEAD)
    right = typeset("12 shillings", x=240, y=170, size=0.5, kind=K.RUNNING_HEAD)
    assert len(blocks([left, right])) == 1
