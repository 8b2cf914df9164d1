"""The glyphs of a page by columns read as the glyphs they are made of."""

from __future__ import annotations

from layout.document import Box, Glyph, Glyphs, TextLayer

A = Glyph("a", Box(0, 1, 2, 3), (0.5, 2.5), 10.0, "Text", True, 255, 0, (0.0, -1.0), True)
B = Glyph("\u0628\u0651", Box(5.5, 1, 7, 3), (5.5, 2.5), 10.0, sequence=1)


def test_what_goes_in_comes_out() -> None:
    glyphs = Glyphs.of([A, B, A])
    assert len(glyphs) == 3
    assert tuple(glyphs) == (A, B, A)
    assert (glyphs[1], glyphs[-1]) == (B, A)
    assert tuple(glyphs[1:]) == (B, A)
    assert Glyphs.of(glyphs) is glyphs


def test_a_page_without_glyphs_has_none() -> None:
    assert not Glyphs.of(())
    assert list(Glyphs.of(())) == []


def test_a_layer_is_hidden_where_most_of_it_has_no_ink() -> None:
    assert TextLayer((A, A, B)).hidden
    assert not TextLayer(Glyphs.of((A, B))).hidden
