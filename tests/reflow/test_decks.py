"""Decks of two lines, of which the second is short."""

from __future__ import annotations

import pytest

from layout.document import RegionKind
from layout.reflow.decks import with_whole_decks
from tests.reflow.typeset import page_of, typeset

TEXT = "\n".join(["The rain fell on the town for days."] * 8)
DECK = "The council wants an answer before the end"


def lines_of_the_deck(last: str, kind: str, y: float = 436.0, x: float = 200.0) -> int:
    """How many lines the deck has with this one right below it, in its type."""
    deck = typeset(DECK, y=400, size=1.2, kind="subheadline")
    under = typeset(last, x=x, y=y, size=1.1, kind=kind)
    page = with_whole_decks(page_of(deck, under, typeset(TEXT, y=520), language="en"))
    return next(len(r.lines) for r in page.regions if r.kind is RegionKind.SUBHEADLINE)


@pytest.mark.parametrize(
    ("last", "kind", "lines"),
    [
        ("of the year", "subheadline", 2),
        ("of the year and of the century", "byline", 2),
        ("By Anne Sharma", "byline", 1),
        ("Anne Sharma and Clara Quayle", "byline", 1),
    ],
)
def test_the_last_line_of_a_deck_is_its_own_unless_it_names_an_author(
    last: str, kind: str, lines: int
) -> None:
    assert lines_of_the_deck(last, kind) == lines


def test_a_line_further_down_or_to_the_side_is_no_part_of_it() -> None:
    assert lines_of_the_deck("of the year", "subheadline", y=470) == 1
    assert lines_of_the_deck("of the year", "subheadline", x=300) == 1


def test_of_three_lines_none_is_lost() -> None:
    deck = typeset(DECK, y=400, size=1.2, kind="subheadline")
    rests = [typeset(f"of the year {n}", y=436 + 36 * n, size=1.1, kind="subheadline") for n in range(2)]
    whole = page_of(deck, *rests, typeset(TEXT, y=560), language="en")
    page = with_whole_decks(whole)
    assert [line for r in page.regions for line in r.lines] == [
        line for r in whole.regions for line in r.lines
    ]
