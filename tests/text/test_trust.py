"""Layers that deserve belief, and those that do not; every verdict has a reason a person can read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layout.document import Glyph, LineShape, Segmentation, TextLayer
from layout.text.embedded import LayerText, read_layer
from layout.text.trust import Trust, function_share, judge_page, judge_region, odd_words, readable_lines
from tests.text.layer import LTR, page, recoded, set_line

PROSE = (
    "the price of bread in the city was the talk of the day and",
    "it is said that the bakers had met on Monday to ask for more",
    "from the council which has as yet given them no answer at all",
    "the mayor for his part was not to be found in the town hall",
)


def lines() -> list[list[Glyph]]:
    return [set_line(text, top=100.0 + 80 * n, rtl=False) for n, text in enumerate(PROSE)]


def read(layer: TextLayer, segmentation: Segmentation) -> LayerText:
    return read_layer(layer, segmentation, "en", LTR)


def region(found: LayerText, segmentation: Segmentation, at: int = 0) -> Trust:
    shapes: tuple[LineShape, ...] = segmentation.shapes[at].lines
    return judge_region(found.shapes[at], shapes, "en", judge_page(found, "en"))


def test_a_sound_layer_is_used() -> None:
    layer, segmentation = page(*lines())
    found = read(layer, segmentation)
    assert judge_page(found, "en").ok
    assert all(region(found, segmentation, at).ok for at in range(len(PROSE)))


def test_no_text_at_all() -> None:
    _, segmentation = page(*lines())
    verdict = judge_page(read(TextLayer(), segmentation), "en")
    assert not verdict.ok
    assert "no text" in verdict.reason


def test_a_heading_without_tounicode_fails_alone() -> None:
    heading = recoded(set_line("Bread riots", top=20.0, rtl=False), lambda c: c if c == " " else "\ufffd")
    layer, segmentation = page(heading, *lines())
    found = read(layer, segmentation)
    verdict = region(found, segmentation, 0)
    assert not verdict.ok
    assert "ToUnicode" in verdict.reason
    assert region(found, segmentation, 1).ok


def test_a_line_without_codes_in_a_region_of_sound_ones_fails_alone() -> None:
    rows = lines()
    rows[1] = recoded(rows[1], lambda c: c if c == " " else "\ufffd")
    layer, segmentation = page(*rows)
    whole = replace(
        segmentation.shapes[0], lines=tuple(line for shape in segmentation.shapes for line in shape.lines)
    )
    segmentation = replace(segmentation, shapes=(whole,))
    found = read(layer, segmentation)
    assert region(found, segmentation).ok
    assert [line is None for line in readable_lines(found.shapes[0])] == [False, True, False, False]


def test_a_rule_in_a_line_box_is_no_missing_text() -> None:
    layer, segmentation = page(*lines(), *lines_below(), set_line("Books", top=900.0, rtl=False))
    last = segmentation.shapes[-1]
    wide = replace(last.lines[0].box, x1=500.0)
    shape = replace(last, box=wide, lines=(LineShape(wide),))
    segmentation = replace(segmentation, shapes=(*segmentation.shapes[:-1], shape))
    assert region(read(layer, segmentation), segmentation, -1).ok


def lines_below() -> list[list[Glyph]]:
    return [set_line(text, top=500.0 + 80 * n, rtl=False) for n, text in enumerate(PROSE)]


def test_symbol_soup() -> None:
    cipher = str.maketrans("etaoinshrdlu", "$%&*+@#~^|<>")
    soup = recoded(set_line(PROSE[0], top=20.0, rtl=False), lambda c: c.translate(cipher))
    layer, segmentation = page(soup, *lines())
    assert not region(read(layer, segmentation), segmentation, 0).ok


def test_letters_of_a_shifted_code_are_no_words() -> None:
    shifted = [
        recoded(line, lambda c: chr((ord(c) - 97 + 3) % 26 + 97) if c.islower() else c) for line in lines()
    ]
    layer, segmentation = page(*shifted)
    verdict = judge_page(read(layer, segmentation), "en")
    assert not verdict.ok
    assert "language" in verdict.reason


def test_text_that_is_not_where_the_ink_is() -> None:
    layer, segmentation = page(*lines())
    moved = tuple(
        g._replace(box=g.box.moved(0, 900), origin=(g.origin[0], g.origin[1] + 900)) for g in layer.glyphs
    )
    verdict = judge_page(read(replace(layer, glyphs=moved), segmentation), "en")
    assert not verdict.ok
    assert "ink" in verdict.reason


def test_a_region_the_layer_covers_in_part_only() -> None:
    layer, segmentation = page(*lines())
    part = tuple(g for g in layer.glyphs if g.origin[1] > 150 or g.box.x0 < 300)
    found = read(replace(layer, glyphs=part), segmentation)
    assert not region(found, segmentation, 0).ok
    assert region(found, segmentation, 1).ok


@pytest.mark.parametrize(("garble", "used"), [("", True), ("ti|e b^kers c0uncil", False)])
def test_a_hidden_recognition_layer_is_used_only_where_it_reads_well(garble: str, used: bool) -> None:
    texts = [*PROSE, garble] if garble else list(PROSE)
    rows = [set_line(text, top=100.0 + 80 * n, rtl=False) for n, text in enumerate(texts)]
    layer, segmentation = page(*rows)
    hidden = tuple(g._replace(invisible=True) for g in layer.glyphs)
    verdict = judge_page(read(replace(layer, glyphs=hidden), segmentation), "en")
    assert verdict.ok is used
    assert "hidden" in verdict.reason


def test_odd_words() -> None:
    assert odd_words(["McDonald", "sp0t", "w|th", "fine", "words"]) == pytest.approx(3 / 5)
    assert odd_words(["«شهر»", "می‌شود", "۱۲٪", "3rd", "A4", "e.g."]) == 0
    assert odd_words(["بنـــیان", "گفتنـــد:", "ســـال"]) == 0
    assert odd_words(["باG7", "کاشاF", "ال÷", "و«این", "Volvo", "است"]) == 1 / 2
    assert odd_words([]) == 0


def test_too_few_words_tell_nothing_of_the_language() -> None:
    assert function_share(["the"] * 5, "en") is None
    assert function_share(["the"] * 100, "xx") is None
    assert function_share(["the", "bread"] * 50, "en") == 0.5
