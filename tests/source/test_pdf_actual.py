"""Characters of an ActualText, which MuPDF sets without width at the first glyph, at the glyphs drawn."""

from __future__ import annotations

from layout.document import Box, Glyph
from layout.source.pdf_actual import at_drawn_places, has_hidden_places

SIZE = 40.0


def glyph(text: str, x0: float, x1: float, y: float = 80.0) -> Glyph:
    return Glyph(text, Box(x0, y - 32, x1, y + 8), (x0, y), SIZE)


def line(*glyphs: Glyph) -> tuple[Glyph, ...]:
    return tuple(Glyph(g.text, g.box, g.origin, g.size, sequence=number) for number, g in enumerate(glyphs))


def shown(glyphs: tuple[Glyph, ...]) -> list[tuple[str, float, float]]:
    return [(g.text, g.box.x0, g.box.x1) for g in glyphs]


WAW, AIN, QAF, SHADDA = "\u0648", "\u0639", "\u0642", "\u0651"


def test_a_letter_and_its_mark_stand_where_the_letter_is_drawn() -> None:
    """Chromium says qaf and shadda together; both came at the shadda, which reaches over the next letter."""
    said = line(glyph(WAW, 60, 80), glyph(SHADDA, 38, 38), glyph(QAF, 38, 38), glyph(AIN, 20, 40))
    drawn = line(glyph(WAW, 60, 80), glyph(SHADDA, 38, 38), glyph("\ufed8", 40, 60), glyph(AIN, 20, 40))
    assert has_hidden_places(said)
    found = at_drawn_places(said, drawn)
    assert shown(found) == [(WAW, 60, 80), (QAF + SHADDA, 40, 60), (AIN, 20, 40)]
    assert [g.sequence for g in found] == [0, 1, 2]


def test_a_letter_said_twice_counts_once() -> None:
    """Amiri draws a lam before kaf in two strokes; the first, without a code, came as a lam of its own."""
    lam, kaf = "\u0644", "\u0643"
    said = line(glyph(lam, 48, 60), glyph(lam, 40, 40), glyph(kaf, 20, 40))
    drawn = line(glyph(lam, 48, 60), glyph("\ufffd", 40, 48), glyph(kaf, 20, 40))
    assert shown(at_drawn_places(said, drawn)) == [(lam, 40, 60), (kaf, 20, 40)]


def test_a_letter_that_was_left_out_comes_back_to_its_mark() -> None:
    noon = "\u0646"
    said = line(glyph("\u0625", 60, 70), glyph(SHADDA, 40, 40), glyph(" ", 30, 40))
    drawn = line(glyph("\u0625", 60, 70), glyph(SHADDA, 40, 40), glyph(noon, 40, 60), glyph(" ", 30, 40))
    assert shown(at_drawn_places(said, drawn))[:2] == [("\u0625", 60, 70), (noon + SHADDA, 40, 60)]


def test_a_mark_that_came_on_the_next_line_goes_back() -> None:
    """The alef at a line's end was left out, and its tanween was set at the head of the next line."""
    alef, tanween = "\u0627", "\u064b"
    word, below = [glyph(QAF, 80, 99), glyph(AIN, 60, 80)], glyph(WAW, 380, 400, y=140)
    said = line(*word, glyph(tanween, 400, 400, y=140), below)
    drawn = line(*word, glyph(alef, 50, 60), below)
    assert (alef + tanween, 50, 60) in shown(at_drawn_places(said, drawn))


def test_an_alef_beside_a_lam_alef_is_no_second_drawing_of_it() -> None:
    """Of alef and lam-alef MuPDF keeps one alef: the ligature's, without width at the other's place."""
    alef, lam = "\u0627", "\u0644"
    said = line(glyph(AIN, 70, 90), glyph(alef, 60, 60), glyph(lam, 40, 60), glyph("\u0646", 20, 40))
    drawn = line(
        glyph(AIN, 70, 90), glyph("\ufe8e", 60, 70), glyph("\ufefb", 40, 60), glyph("\u0646", 20, 40)
    )
    found = shown(at_drawn_places(said, drawn))
    assert sorted(text for text, *_ in found) == sorted([AIN, alef, alef, lam, "\u0646"])
    assert (alef, 60, 70) in found


def test_a_ligature_keeps_its_parts() -> None:
    said = line(glyph("f", 0, 20), glyph("i", 20, 20), glyph("x", 20, 40))
    assert at_drawn_places(said, said) == said


def test_what_was_given_to_the_sign_belongs_to_the_letter_without_a_code() -> None:
    """A file may name alef and hamza at the hamza alone; the alef then has no code."""
    said = line(
        glyph(WAW, 60, 80), glyph("\ufffd", 50, 60), glyph("\u0623", 51, 51, y=76), glyph(AIN, 30, 50)
    )
    assert shown(at_drawn_places(said, said)) == [(WAW, 60, 80), ("\u0623", 50, 60), (AIN, 30, 50)]


def test_nothing_hidden_nothing_asked() -> None:
    assert not has_hidden_places(line(glyph("a", 0, 20), glyph("\u0301", 20, 20), glyph(" ", 20, 30)))
