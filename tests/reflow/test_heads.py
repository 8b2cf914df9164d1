"""What belongs to a headline: kickers and decks near it."""

from __future__ import annotations

from layout.reflow.frame import Frame
from layout.reflow.heads import group_heads
from layout.reflow.units import Role, role_of, to_pieces
from tests.draw import draw


def heads(picture: str) -> list[str]:
    """The letters of each head or loose byline; A is a headline, D a deck, N a byline, the rest text."""
    page = draw(picture, headline="A", subheadline="D", byline="N")
    frame = Frame.of(page)
    pieces = to_pieces(page.regions, frame)
    display = [piece for piece in pieces if role_of(piece) is Role.HEAD]
    walls = [piece.box for piece in pieces if role_of(piece) is not Role.HEAD]
    return sorted(
        "".join(p.region.id for p in unit.pieces) for unit in group_heads(display, walls, frame.pitch)
    )


def test_a_deck_below_its_headline() -> None:
    assert heads("""
        AAAAAAAAA
        DDDDDDDDD
        bbbb eeee
    """) == ["AD"]


def test_a_deck_far_aside_over_its_own_column_is_another_heads() -> None:
    assert heads("""
        AAAAAAAAA
        bbbbbbbbb                    DDDDDDDDD
        bbbbbbbbb                    eeeeeeeee
    """) == ["A", "D"]


def test_a_name_under_the_end_of_a_text_is_none_of_the_headline_beside_it() -> None:
    assert heads("""
        bbbbbbbbb
        bbbbbbbbb AAAAAAAA
             NNNN eeeeeeee
                  eeeeeeee
    """) == ["A", "N"]
