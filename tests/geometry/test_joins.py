"""Pieces of lines: which are one line, and where a line ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from layout.document import Box
from layout.geometry.components import Mask, components
from layout.geometry.joins import drop_scraps, join_pieces, keep_apart
from layout.geometry.justified import drawn_apart
from layout.geometry.line import Line
from layout.geometry.numbers import listed
from layout.geometry.rows import join_rows
from layout.geometry.spaces import Spaces
from layout.geometry.strokes import measure_letters
from layout.geometry.tombstones import cut_by_gutter
from layout.geometry.wide_words import set_wide

PITCH = 30.0
NO_BARRIER = np.zeros((300, 1500), np.bool_)


def line(at: tuple[float, float, float, float], rows: tuple[float, float], size: float) -> Line:
    """A line of ink in the box ``at`` whose letters' dense band takes ``rows``."""
    return Line(Box(*at), Box(at[0], rows[0], at[2], rows[1]), rise=0.0, stroke=3.0, size=size, ink=0.3)


def joined(*pieces: Line) -> list[Box]:
    return [item.box for item in join_pieces(pieces, NO_BARRIER, PITCH)]


def apart(lines: Sequence[Line], barrier: Mask) -> tuple[Line, ...]:
    return join_rows(lines, drawn_apart(lines, barrier, PITCH))


def numbered(lines: Sequence[Line]) -> tuple[Line, ...]:
    return join_rows(lines, listed(lines, PITCH))


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


def test_dots_of_several_letters_over_a_headline_are_its_own_and_say_nothing_of_its_type() -> None:
    head, dots = line((0, 20, 150, 66), (30, 50), 25), line((40, 7, 96, 20), (10, 16), 5)
    (whole,) = join_pieces([head, dots], np.zeros((200, 300), bool), PITCH)
    assert whole.box == Box(0, 7, 150, 66)
    assert (whole.size, whole.stroke) == (head.size, head.stroke)


def test_a_question_mark_beside_a_headline_is_its_own_though_its_strokes_are_thin() -> None:
    text = replace(line((100, 0, 400, 60), (30, 44), 40), stroke=7.0)
    mark = replace(line((60, 0, 84, 46), (4, 12), 30), stroke=3.6)
    assert joined(text, mark) == [Box(60, 0, 400, 60)]
    long = replace(mark, box=Box(-200, 0, 84, 46))
    assert joined(text, long) == [long.box, text.box]


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
    assert [item.box for item in apart((whole, *words), NO_BARRIER)] == [
        whole.box,
        Box(0, 30, 500, 60),
    ]


def test_words_that_end_where_no_line_does_stay_apart() -> None:
    """As the cells of a table, or the beginnings of two columns."""
    whole = line((0, 0, 700, 30), (8, 24), 20)
    words = [line((0, 30, 120, 60), (38, 54), 20), line((210, 30, 260, 60), (38, 54), 20)]
    assert len(apart((whole, *words), NO_BARRIER)) == 3


def test_a_wall_keeps_words_apart() -> None:
    whole = line((0, 0, 500, 30), (8, 24), 20)
    words = [line((0, 30, 120, 60), (38, 54), 20), line((400, 30, 500, 60), (38, 54), 20)]
    barrier = NO_BARRIER.copy()
    barrier[:, 250] = True
    assert len(apart((whole, *words), barrier)) == 3


@pytest.mark.parametrize(("between", "lines"), [(16, 1), (24, 2)])
def test_a_heading_set_wide_is_one_line_across_a_gutter(between: int, lines: int) -> None:
    """White runs on through it between two letters that stand as far apart as all others."""
    letters = [20 + 26 * n for n in range(5)] + [124 + 10 + between + 26 * n for n in range(5)]
    ink = np.zeros((300, 600), np.bool_)
    for x in letters:
        ink[40:66, x : x + 10] = True
    wall = np.zeros_like(ink)
    wall[20:90, 135 : 133 + between] = True
    halves = [line((half[0], 40, half[-1] + 10, 66), (46, 60), 26) for half in (letters[:5], letters[5:])]
    text = [line((0, y, 500, y + 24), (y + 6, y + 18), 18) for y in (120, 150, 180, 210, 240)]
    spaces = Spaces.of(measure_letters(components(ink), PITCH))
    pieces = (*halves, *text)
    assert len(join_rows(pieces, cut_by_gutter(pieces, spaces, wall, PITCH))) == lines + len(text)


def test_numbers_of_a_list_are_joined_to_their_items() -> None:
    """
    The jury of this session:
      1) Dering, of the upper mill
      2) Reif
      3) Ott, the smith
    """
    text = line((0, 0, 700, 24), (6, 20), 20)
    numbers = [line((40, 30 * n, 66, 30 * n + 24), (30 * n + 6, 30 * n + 20), 20) for n in (1, 2, 3)]
    ends = (500, 200, 320)
    items = [
        line((90, 30 * n, end, 30 * n + 24), (30 * n + 6, 30 * n + 20), 20)
        for n, end in zip((1, 2, 3), ends, strict=True)
    ]
    found = [item.box for item in numbered((text, *numbers, *items))]
    assert found == [
        text.box,
        *(Box(40, 30 * n, end, 30 * n + 24) for n, end in zip((1, 2, 3), ends, strict=True)),
    ]


def test_the_first_column_of_a_table_is_not_joined_to_the_next() -> None:
    """A third piece in each row: cells, over which a caption may run."""
    caption = line((0, 0, 700, 24), (6, 20), 20)
    cells = [
        line((x0, 30 * n, x1, 30 * n + 24), (30 * n + 6, 30 * n + 20), 20)
        for n in (1, 2, 3)
        for x0, x1 in ((40, 66), (90, 300), (330, 360))
    ]
    assert len(numbered((caption, *cells))) == 10


def test_numbers_with_no_text_over_them_stay_apart() -> None:
    """Two columns of a facing page's ends and this page's lines have no line that runs over both."""
    numbers = [line((0, 30 * n, 26, 30 * n + 24), (30 * n + 6, 30 * n + 20), 20) for n in (1, 2, 3)]
    items = [line((50, 30 * n, 700, 30 * n + 24), (30 * n + 6, 30 * n + 20), 20) for n in (0, 1, 2, 3, 4)]
    assert len(numbered((*numbers, *items))) == 8


def test_the_last_word_of_a_stretched_line_is_its_also_where_the_rest_is_long() -> None:
    above = line((0, 0, 400, 24), (6, 20), 20)
    most, last = line((0, 30, 260, 54), (36, 50), 20), line((340, 30, 400, 54), (36, 50), 20)
    found = [item.box for item in apart((above, most, last), NO_BARRIER)]
    assert found == [above.box, Box(0, 30, 400, 54)]


def test_two_long_pieces_are_lines_of_two_columns() -> None:
    above = line((0, 0, 600, 24), (6, 20), 20)
    left, right = line((0, 30, 260, 54), (36, 50), 20), line((340, 30, 600, 54), (36, 50), 20)
    assert len(apart((above, left, right), NO_BARRIER)) == 3


def test_words_set_wide_above_the_heads_rule_are_one_line() -> None:
    """OMAHA,   MONDAY   MORNING.            NUMBER 261
    =================================================
    Two columns' headlines below it, as far from each other, are two.
    """
    words = [line((x, 30, x + 120, 54), (34, 50), 20) for x in (400, 560, 720)]
    number = line((1300, 30, 1400, 54), (34, 50), 20)
    heads = [line((x, 120, x + 330, 144), (124, 140), 20) for x in (300, 660)]
    rule = Box(0, 66, 1400, 70)
    text = line((300, 600, 1000, 624), (604, 620), 20)
    pieces = (*words, number, *heads, text)
    found = [item.box for item in join_rows(pieces, set_wide(pieces, (rule,)))]
    assert found == [Box(400, 30, 840, 54), number.box, heads[0].box, heads[1].box, text.box]


def test_last_lines_of_columns_above_a_rule_stay_two() -> None:
    columns = [line((x, y, x + 330, y + 24), (y + 4, y + 20), 20) for y in (0, 30, 60) for x in (0, 360)]
    text = line((300, 600, 1000, 624), (604, 620), 20)
    pieces = (*columns, text)
    assert len(join_rows(pieces, set_wide(pieces, (Box(0, 96, 1000, 100),)))) == 7


def test_a_scrap_between_two_lines_joins_them_not() -> None:
    """It lies in the box of the upper one, of which a limb hangs down, and stands level with the lower one,
    right after its end."""
    upper, lower = line((0, 0, 700, 44), (14, 30), 20), line((0, 34, 170, 66), (44, 58), 20)
    dirt = line((180, 36, 190, 46), (40, 43), 10)
    boxes = joined(upper, lower, dirt)
    assert boxes == [upper.box, Box(0, 34, 190, 66)]


def test_words_between_which_short_lines_leave_white_are_one_line() -> None:
    """White runs upright through short lines above and below, and through a word space between them."""
    wall = NO_BARRIER.copy()
    wall[30:150, 400:420] = True
    first = line((30, 0, 600, 30), (8, 24), 20)
    words = [line((0, 30, 400, 60), (38, 54), 20), line((420, 30, 600, 60), (38, 54), 20)]
    short = line((0, 60, 300, 90), (68, 84), 20)
    boxes = [item.box for item in apart((first, *words, short), wall)]
    assert boxes == [first.box, Box(0, 30, 600, 60), short.box]


def test_the_first_lines_of_columns_below_a_wide_line_stay_two() -> None:
    """The columns' other lines begin and end at the gutter too."""
    wall = NO_BARRIER.copy()
    wall[30:300, 182:206] = True
    wide = line((0, 0, 390, 30), (8, 24), 20)
    columns = [
        line((x, y, x + 182, y + 30), (y + 8, y + 24), 20) for y in (30, 60, 90, 120) for x in (0, 206)
    ]
    assert len(apart((wide, *columns), wall)) == 9


def test_the_end_of_a_tables_gutter_parts_no_line_of_the_text_above() -> None:
    """Its second column begins where a word does, but its first ends far before."""
    wall = NO_BARRIER.copy()
    wall[30:300, 400:415] = True
    text = line((0, 0, 580, 30), (8, 24), 20)
    words = [line((0, 30, 400, 60), (38, 54), 20), line((415, 30, 580, 60), (38, 54), 20)]
    cells = [
        line((x, y, x + 120, y + 30), (y + 8, y + 24), 20) for y in (70, 100, 130, 160) for x in (0, 415)
    ]
    boxes = [item.box for item in apart((text, *words, *cells), wall)]
    assert boxes[:2] == [text.box, Box(0, 30, 580, 60)] and len(boxes) == 10


def test_a_line_of_one_column_makes_no_line_of_a_word_of_the_next_and_its_own() -> None:
    """The line above begins where an indent would, but at its column's edge: it runs not over the word."""
    wall = NO_BARRIER.copy()
    wall[30:60, 50:70] = True
    above = line((70, 0, 400, 30), (8, 24), 20)
    word, own = line((20, 30, 50, 60), (38, 54), 20), line((70, 30, 400, 60), (38, 54), 20)
    assert len(apart((above, word, own), wall)) == 3


def test_a_low_digit_level_with_the_pages_head_is_no_scrap() -> None:
    head = line((100, 20, 400, 44), (28, 40), 24)
    text = line((100, 80, 700, 104), (88, 100), 24)
    digit = line((600, 28, 606, 40), (32, 36), 11)
    beside, lower = line((420, 28, 426, 40), (32, 36), 11), line((900, 88, 906, 100), (92, 96), 11)
    assert drop_scraps((head, digit, beside, text, lower), PITCH) == (head, digit, text)
