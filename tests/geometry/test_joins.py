"""Pieces of lines: which are one line, and where a line ends."""

from __future__ import annotations

import numpy as np

from layout.document import Box
from layout.geometry.joins import join_pieces, join_stretched, keep_apart
from layout.geometry.line import Line

PITCH = 30.0
NO_BARRIER = np.zeros((300, 1500), np.bool_)


def line(at: tuple[float, float, float, float], rows: tuple[float, float], size: float) -> Line:
    """A line of ink in the box ``at`` whose letters' dense band takes ``rows``."""
    return Line(Box(*at), Box(at[0], rows[0], at[2], rows[1]), rise=0.0, stroke=3.0, size=size, ink=0.3)


def joined(*pieces: Line) -> list[Box]:
    return [item.box for item in join_pieces(pieces, NO_BARRIER, PITCH)]


def test_a_scrap_in_two_lines_boxes_joins_them_not() -> None:
    """A long letter reaches into the next line; a dot that stands where their boxes overlap is one line's."""
    first, second = line((0, 0, 700, 36), (8, 24), 20), line((0, 30, 700, 62), (38, 54), 20)
    dot = line((300, 31, 304, 35), (31, 35), 3)
    assert joined(first, second, dot) == [first.box, second.box]


def test_a_dot_in_one_line_and_near_another_joins_them_not() -> None:
    """A headline's dots may stand clear of its letters; one that lies in the deck is the deck's."""
    head, deck = line((0, 0, 1400, 180), (60, 120), 120), line((50, 178, 1350, 214), (186, 204), 24)
    dot = line((600, 184, 612, 190), (184, 190), 5)
    assert joined(head, deck, dot) == [head.box, deck.box]


def test_a_letter_hanging_through_the_next_line_ends_where_that_begins() -> None:
    upper, lower = line((0, 0, 700, 62), (8, 24), 20), line((0, 30, 700, 62), (38, 54), 20)
    aside = line((900, 10, 1200, 40), (18, 34), 20)
    kept = keep_apart((upper, aside, lower))
    assert [item.box for item in kept] == [Box(0, 0, 700, 30), aside.box, lower.box]


def test_type_of_another_size_across_a_gutter_is_another_line() -> None:
    """A pull-quote's line stands level with a line of the column beside it, a narrow gutter apart."""
    quote, text = line((0, 0, 300, 44), (12, 34), 30), line((322, 2, 560, 38), (12, 30), 21)
    assert len(joined(quote, text)) == 2


def test_type_of_another_size_a_word_space_apart_is_one_line() -> None:
    first, second = line((0, 0, 300, 44), (12, 34), 30), line((308, 2, 560, 38), (12, 30), 21)
    assert len(joined(first, second)) == 1


def test_words_drawn_apart_by_justification_are_one_line() -> None:
    whole = line((0, 0, 500, 30), (8, 24), 20)
    words = [line((0, 30, 120, 60), (38, 54), 20), line((210, 30, 260, 60), (38, 54), 20)]
    words.append(line((400, 30, 500, 60), (38, 54), 20))
    assert [item.box for item in join_stretched((whole, *words), NO_BARRIER, PITCH)] == [
        whole.box,
        Box(0, 30, 500, 60),
    ]


def test_words_that_end_where_no_line_does_stay_apart() -> None:
    """As the cells of a table, or the beginnings of two columns."""
    whole = line((0, 0, 700, 30), (8, 24), 20)
    words = [line((0, 30, 120, 60), (38, 54), 20), line((210, 30, 260, 60), (38, 54), 20)]
    assert len(join_stretched((whole, *words), NO_BARRIER, PITCH)) == 3


def test_a_wall_keeps_words_apart() -> None:
    whole = line((0, 0, 500, 30), (8, 24), 20)
    words = [line((0, 30, 120, 60), (38, 54), 20), line((400, 30, 500, 60), (38, 54), 20)]
    barrier = NO_BARRIER.copy()
    barrier[:, 250] = True
    assert len(join_stretched((whole, *words), barrier, PITCH)) == 3
