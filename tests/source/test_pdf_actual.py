"""ActualText: what a file says in words goes to the glyphs drawn for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from layout.document import Box, Glyph, Glyphs
from layout.source.mupdf import mupdf
from layout.source.pdf_actual import found_by_place, on_codeless, put_texts
from layout.source.pdf_raw import chars_of
from layout.source.pdf_runs import Runs
from layout.source.pdf_spoken import Drawn, Spoken, spoken_texts

SIZE = 40.0
WAW, AIN, QAF, SHADDA, ALEF, LAM = "\u0648", "\u0639", "\u0642", "\u0651", "\u0627", "\u0644"
ZWNJ, NO_CODE = "\u200c", "\ufffd"

Places = list[tuple[str, float, float]]


def said(drawn: Places, *texts: tuple[str, list[int]]) -> Places:
    """What is left of glyphs on one line (code, left, right) when texts were put on glyphs by number."""
    chars = [{"c": code, "bbox": (x0, 50.0, x1, 90.0), "origin": (x0, 80.0)} for code, x0, x1 in drawn]
    raw = {"blocks": [{"lines": [{"dir": (1.0, 0.0), "spans": [{"size": SIZE, "chars": chars}]}]}]}
    glyphs = [Drawn(code, (x0, 80.0), (x1 - x0) / SIZE, (x0, 80.0)) for code, x0, x1 in drawn]
    spoken = [Spoken(text, tuple(glyphs[n] for n in numbers)) for text, numbers in texts]
    put_texts(raw, found_by_place(chars, spoken))
    (block,) = raw["blocks"]
    return [(c["c"], c["bbox"][0], c["bbox"][2]) for c in block["lines"][0]["spans"][0]["chars"]]


def test_a_letter_and_its_mark_stand_where_the_letter_is_drawn() -> None:
    """Chromium says qaf and shadda together of a mark and a letter, in either order."""
    drawn = [(WAW, 60.0, 80.0), (SHADDA, 38.0, 38.0), ("\ufed8", 40.0, 60.0), (AIN, 20.0, 40.0)]
    found = said(drawn, (QAF + SHADDA, [1, 2]))
    assert found == [(WAW, 60, 80), (QAF + SHADDA, 40, 60), (AIN, 20, 40)]


def test_a_letter_drawn_in_two_strokes_is_one() -> None:
    """Amiri draws a lam before kaf in two strokes, of which the first has no code."""
    drawn = [(LAM, 48.0, 60.0), (NO_CODE, 40.0, 48.0), ("\u0643", 20.0, 40.0)]
    assert said(drawn, (LAM, [0, 1])) == [(LAM, 40, 60), ("\u0643", 20, 40)]


def test_a_letter_of_a_body_and_dots_stands_at_its_body() -> None:
    """Nastaliq fonts draw dots by themselves; neither they nor the body have a code of their own."""
    drawn = [(NO_CODE, 70.0, 70.0), (NO_CODE, 64.0, 64.0), (NO_CODE, 50.0, 60.0)]
    assert said(drawn, ("\u0646", [0, 1, 2])) == [("\u0646", 50, 60)]


def test_a_zwnj_before_a_letter_stays_before_it() -> None:
    """Typst says a ZWNJ together with the letter after it."""
    assert said([("\u0647", 40.0, 60.0), (ALEF, 30.0, 40.0)], (ZWNJ + ALEF, [1])) == [
        ("\u0647", 40, 60),
        (ZWNJ + ALEF, 30, 40),
    ]


def test_a_word_said_whole_goes_to_its_letters() -> None:
    """What fits the codes of the glyphs stays with them; the ligature gets what is left."""
    drawn = [("o", 0.0, 10.0), (NO_CODE, 10.0, 25.0), ("c", 25.0, 35.0), ("e", 35.0, 45.0)]
    found = said(drawn, ("office", [0, 1, 2, 3]))
    assert found == [("o", 0, 10), ("ffi", 10, 25), ("c", 25, 35), ("e", 35, 45)]
    backwards = [("\ufe93", 0.0, 10.0), (NO_CODE, 10.0, 25.0), (QAF, 25.0, 35.0)]
    assert said(backwards, (QAF + LAM + ALEF + "\u0629", [0, 1, 2])) == [
        ("\u0629", 0, 10),
        (LAM + ALEF, 10, 25),
        (QAF, 25, 35),
    ]


def test_a_line_said_whole_goes_to_its_letters_where_they_are_drawn() -> None:
    """Numbers and foreign words run to the right in it, signs between two of a kind with them."""
    text = f"{WAW}{LAM}{ALEF} ab c 15/9 {AIN}"
    drawn = [AIN, " ", *"15/9", " ", *"ab c", " ", NO_CODE, WAW]
    letters = [(code, 10.0 * n, 10.0 * n + 10.0) for n, code in enumerate(drawn)]
    found = said([("x", *place) for _, *place in letters], (text, [*range(len(letters))]))
    assert len(found) == len(letters)
    found = said(letters, (text, [*range(len(letters))]))
    assert [code for code, _, _ in found] == [*drawn[:-2], LAM + ALEF, WAW]


def test_a_number_in_a_bracket_is_said_as_its_line_runs() -> None:
    digits = [("4", 0.0, 10.0), ("2", 10.0, 20.0)]
    to_left = [*digits, (")", 20.0, 25.0)]
    assert [code for code, _, _ in said(to_left, ("(42", [0, 1, 2]))] == ["4", "2", "("]
    to_right = [("(", 0.0, 5.0), ("4", 5.0, 15.0), (NO_CODE, 15.0, 25.0)]
    assert [code for code, _, _ in said(to_right, ("(42", [0, 1, 2]))] == ["(", "4", "2"]


def test_letters_without_codes_share_a_word_evenly() -> None:
    drawn = [(NO_CODE, 10.0 * n, 10.0 * n + 10) for n in range(3)]
    assert said(drawn, ("abc", [0, 1, 2])) == [("a", 0, 10), ("b", 10, 20), ("c", 20, 30)]
    assert said(drawn, ("ab", [0, 1, 2])) == [("a", 0, 20), ("b", 20, 30)]


def test_what_is_said_to_be_nothing_is_nothing() -> None:
    """A hyphen of the layout, a kashida."""
    assert said([("a", 0.0, 10.0), ("-", 10.0, 15.0)], ("", [1])) == [("a", 0, 10)]


def test_a_text_on_glyphs_that_were_left_out_changes_nothing() -> None:
    raw: dict[str, Any] = {"blocks": [{"lines": [{"dir": (1.0, 0.0), "spans": [{"chars": []}]}]}]}
    put_texts(raw, found_by_place(chars_of(raw), [Spoken("a", (Drawn("a", (0.0, 0.0), 0.5, (0.0, 0.0)),))]))
    assert raw["blocks"][0]["lines"][0]["spans"][0]["chars"] == []


def test_texts_are_found_with_their_glyphs(tmp_path: Path) -> None:
    """Inside each other the inner text counts; a text without glyphs is none; the page may be turned."""
    content = (
        b"BT /helv 10 Tf 1 0 0 1 20 150 Tm (a) Tj /Span <</ActualText (x)>> BDC (bc) Tj "
        b"/Span <</ActualText (y)>> BDC (d) Tj EMC EMC (e) Tj "
        b"/Span <</ActualText (z)>> BDC EMC ET"
    )
    with mupdf.open() as document:
        page = document.new_page(width=200, height=200)
        page.insert_text((0, 0), " ", fontname="helv")
        document.update_stream(page.get_contents()[0], content)
        document.save(tmp_path / "said.pdf")
    for turn in (0, 90):
        with mupdf.open(tmp_path / "said.pdf") as document:
            document[0].set_rotation(turn)
            found = spoken_texts(Runs(document[0]))
            assert document[0].rotation == turn
        assert [(s.text, "".join(g.code for g in s.glyphs)) for s in found] == [("x", "bc"), ("y", "d")]
        b, c = found[0].glyphs
        assert (b.origin[1], c.origin[0]) == pytest.approx((50.0, b.origin[0] + 10 * b.advance))
        assert c.pen == pytest.approx(c.origin)


def glyph(text: str, x0: float, x1: float, y: float = 80.0) -> Glyph:
    return Glyph(text, Box(x0, y - 32, x1, y + 8), (x0, y), SIZE)


def test_what_was_given_to_the_sign_belongs_to_the_letter_without_a_code() -> None:
    """A file may name alef and hamza at the hamza alone; the alef then has no code."""
    glyphs = [glyph(WAW, 60, 80), glyph(NO_CODE, 50, 60), glyph("\u0623", 51, 51, y=76), glyph(AIN, 30, 50)]
    found = on_codeless(Glyphs.of(glyphs))
    assert [(g.text, g.box.x0) for g in found] == [(WAW, 60), ("\u0623", 50), (AIN, 30)]
    assert [g.sequence for g in found] == [0, 1, 2]


def test_where_all_have_codes_nothing_moves() -> None:
    glyphs = (glyph("f", 0, 20), glyph("i", 20, 20), glyph("x", 20, 40))
    assert tuple(on_codeless(Glyphs.of(glyphs))) == glyphs
