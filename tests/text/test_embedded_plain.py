"""Rows made for a whole page at once are those that the signs put together one by one come to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from layout.document import Glyph
from layout.text.embedded_clusters import row_of
from layout.text.embedded_layer import Run, layer_signs
from layout.text.embedded_lines import assign
from layout.text.embedded_plain import plain_rows
from layout.text.embedded_row import Row
from tests.text.layer import PAGE, SIZE, glyph, page, set_line

#: Letters of three kinds, parts of ligatures, digits, a bracket, an accent, and what shows nothing.
TEXTS = ["a", "f", "i", "3", "(", ".", "\u00b4", " ", "\u200c", "\u200c\u0628", "\u200f", "\ufffd"]
TEXTS += ["\u0628", "\u0640", "\u0644", "\u0627", "\ufefb", "\ufe91", "\u064e", "\u0644\u0627"]


def runs_of(*lines: list[Glyph]) -> list[Run]:
    layer, segmentation = page(*lines)
    (part,) = assign(layer_signs(layer.glyphs, PAGE, PAGE), segmentation)
    return list(part.lines.values())


def columns(row: Row) -> tuple[object, ...]:
    return (
        *(list(column) for column in (row.texts, row.groups, row.traits, row.u0, row.u1)),
        *(list(column) for column in (row.fonts, row.bold, row.sizes, row.spaces, row.joiners)),
        *(dict(row.marks), row.hidden, list(row.codeless), row.doubled, row.has_right),
    )


def test_a_line_of_letters_and_spaces_is_plain() -> None:
    runs = runs_of(
        set_line("The quick brown fox", rtl=False),
        set_line("در سال گذشته", top=200.0, right=1800.0),
        set_line("with an accent \u00b4", top=300.0, rtl=False),
    )
    assert [bool(row) for row in plain_rows(runs)] == [True, True, False]


def test_a_line_drawn_twice_is_not() -> None:
    line = set_line("The quick brown fox", rtl=False)
    assert plain_rows(runs_of([*line, *set_line("The quick brown fox", left=101.0, rtl=False)])) == [None]


@given(
    st.lists(
        st.lists(
            st.tuples(
                st.sampled_from(TEXTS), st.sampled_from([0, 1, 8, 16, 24]), st.sampled_from([-16, 0, 1])
            ),
            min_size=1,
            max_size=12,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_plain_rows_are_the_rows_of_their_signs(lines: list[list[tuple[str, int, int]]]) -> None:
    set_lines: list[list[Glyph]] = []
    for number, line in enumerate(lines):
        x, glyphs = 100.0, []
        for text, width, step in line:
            x += step
            glyphs.append(glyph(text, x, width, 100.0 + 100 * number, len(glyphs)))
            x += width
        set_lines.append(glyphs)
    runs = runs_of(*set_lines)
    for run, found in zip(runs, plain_rows(runs), strict=True):
        if found is not None:
            assert found[1] == SIZE
            assert columns(found[0]) == columns(row_of(run.signs, SIZE))
