"""Reading order from visual order, against python-bidi, which goes the other way."""

from __future__ import annotations

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from layout.document import Direction
from layout.text.embedded_order import logical_order
from layout.text.embedded_signs import traits


def read(visual: str, direction: Direction) -> str:
    """The logical text of a line in visual order; python-bidi leaves brackets as they are coded."""
    order = logical_order([traits(char).group for char in visual], direction)
    assert sorted(index for index, _ in order) == list(range(len(visual)))
    return "".join(visual[index] for index, _ in order)


@pytest.mark.parametrize(
    "logical",
    [
        "متن (داخل پرانتز) و [کروشه] و «گیومه»",
        "شرکت Volvo Bus در سال ۲۰۲۲ آمد",
        "۱۲۳٬۴۵۶ ریال و ۳۱٫۴ درصد",
        "در تاریخ ۱۳۹۸/۵/۱۲ ساعت ۱۲:۳۰ آمد",
        "و دولت (state) در وضعیت",
        "رشد ۵۰٪ بود",
        "تلفن ۰۲۱-۸۸۷۷ است",
        "با Volvo (Bus) آمد",
        "گوشی iPhone 15 گران شد",
        "در COVID-19 دیدیم",
        "قیمت 20 دلار (۳۵ درصد) بود",
        "در ٢٠٢٢ Volvo آمد",
        "آیا سال 2024 (Volvo Bus) تکرار",
        "سال 2024 (Volvo) و 12 [x] ماند",
        "سهم شرکت Scania (۶۴ درصد) بیشتر بود",
        "حصة شركة Scania (٦٤ في المئة) أكبر",
        "در Volvo (Bus سبز) است",
        "شرکت Volvo (2022) آمد",
        "نسخة IBM (PC) 5150 الأولى",
        "با A (B) C (D) آمد",
        "سلام",
        "",
    ],
)
def test_persian_lines_with_foreign_words_and_numbers(logical: str) -> None:
    assert read(get_display(logical, base_dir="R"), Direction.RTL) == logical


@pytest.mark.parametrize(
    "logical",
    ["The word שלום means peace", "See (السلام عليكم) here, 12 times", "plain text (with brackets) 1.5%"],
)
def test_latin_lines_with_right_to_left_words(logical: str) -> None:
    assert read(get_display(logical, base_dir="L"), Direction.LTR) == logical


@pytest.mark.parametrize(
    "logical",
    [
        "עלייה של 28%).",
        "טלפון 03-8876543 והאתר www.example.co.il כאן",
        "אמר כי 35% מן הפרויקטים, -5 ו-$12",
        "חברת Siemens AG חתמה ב-12/5/2019 על 4.5 מיליון",
        "האם שנת 2024 (Volvo Bus) תחזור?",
    ],
)
def test_hebrew_letters_part_no_numbers(logical: str) -> None:
    """Signs beside European digits belong to the number after Hebrew, not after Arabic (rules W2, W4, W5)."""
    visual = get_display(logical, base_dir="R")
    order = logical_order([traits(char).group for char in visual], Direction.RTL, arabic=False)
    assert "".join(visual[index] for index, _ in order) == logical


def test_a_line_of_numbers_keeps_its_phone_number() -> None:
    assert read("021-8877", Direction.RTL) == "021-8877"


RTL_WORD = st.text("ابپسمنوهی", min_size=1, max_size=5)
LATIN = st.text("abcXYZ", min_size=1, max_size=5)
NUMBER = st.one_of(
    st.integers(0, 9999).map(str), st.sampled_from(["۱۲", "۳٫۵", "۱۲/۵", "۱۲:۳۰", "1.5", "٢٠٢٢"])
)


@st.composite
def mixed_lines(draw: st.DrawFn) -> str:
    """Persian words with a foreign phrase or number between them, as newspapers set them."""
    words = [draw(RTL_WORD)]
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["word", "latin", "number", "bracket", "quote"]))
        if kind == "latin":
            words.append(" ".join(draw(st.lists(LATIN, min_size=1, max_size=3))))
        elif kind == "number":
            words.append(draw(NUMBER))
        elif kind == "bracket":
            words.append(f"({draw(st.one_of(RTL_WORD, LATIN, NUMBER))})")
        elif kind == "quote":
            words.append(f"«{draw(RTL_WORD)} {draw(RTL_WORD)}»،")
        words.append(draw(RTL_WORD) + draw(st.sampled_from(["", "،", ".", "؟"])))
    return " ".join(words)


@given(mixed_lines())
def test_logical_to_visual_to_logical(logical: str) -> None:
    assert read(get_display(logical, base_dir="R"), Direction.RTL) == logical


@given(st.text("ab اب 12۱۲٢()«».,-%/:", max_size=25), st.sampled_from([Direction.RTL, Direction.LTR]))
def test_any_line_loses_nothing(visual: str, direction: Direction) -> None:
    order = logical_order([traits(char).group for char in visual], direction)
    assert sorted(index for index, _ in order) == list(range(len(visual)))
