"""Text without positions restored: each defect of the seed page by itself, and the page as a whole."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from layout.language.characters import CONTROLS, ZWNJ
from layout.language.persian import half_space, join_halves
from layout.text.repair import repair
from tests.text.seed_truth import true_text
from tests.truth import SHARED, needs_shared

SEED = SHARED / "seed" / "naive_extraction.txt"

#: Lines that show the language and that brackets are stored as drawn.
AROUND = "این یک نمونه از متن »فارسی« است که در آن می شود\n"


def repaired(line: str) -> str:
    return repair(AROUND + line, "fa").text.split("\n", 1)[1]


@pytest.mark.parametrize(
    ("naive", "true"),
    [
        ("شــهری و نظــام اســت", "شهری و نظام است"),
        ("دولت ها می شود و شده اند", "دولت‌ها می‌شود و شده‌اند"),
        ("به بین الملل و مردم نهاد", "به بین‌الملل و مردم‌نهاد"),
        ("متصــل می  کنند نمی توانند، دیپلماســی", "متصل می‌کنند نمی‌توانند، دیپلماسی"),
        ("را به  دســت گرفته", "را به دست گرفته"),
        ("بدانیــم  می خواهیــم  ذاکریــان،  جنــاب", "جناب ذاکریان، می‌خواهیم بدانیم"),
        ("ایــن  از  بنابرایــن »دیپلماســی شــهری« یکــی", "بنابراین «دیپلماسی شهری» یکی از این"),
        ("از  وســیع تر  امــری  شــهری،  دیپلماســی", "دیپلماسی شهری، امری وسیع‌تر از"),
        ("ë  همواره در نظریه های علوم", "■ همواره در نظریه‌های علوم"),
        ("ë  ،خواهرخواندگی ها که دارند", "■ خواهرخواندگی‌ها که دارند،"),
        ("»دیپلماسی شهری« چیست؟", "«دیپلماسی شهری» چیست؟"),
        (" )state( ما در وضعیت قرار داریم و دولت", "ما در وضعیت قرار داریم و دولت (state)"),
        ("ًاساســا بدانیم", "اساساً بدانیم"),
        ("معمولاًً به هم", "معمولاً به هم"),
        ("قرابت هایی مثلًا در شعر", "قرابت‌هایی مثلاً در شعر"),
        ("تقریباً و قطعاً", "تقریباً و قطعاً"),
        ("ﺳﻼﻡ ﺑﻪ ﻫﻤﻪ", "سلام به همه"),
        ("كتابي درباره ما", "کتابی درباره ما"),
        ("روابط دوستانه میان دو شهر", "روابط دوستانه میان دو شهر"),
    ],
)
def test_each_defect(naive: str, true: str) -> None:
    assert repaired(naive) == true


def test_an_empty_line_inside_a_paragraph_goes_and_one_after_it_stays() -> None:
    text = "این مفهوم چگونه در جامعه به\n\nوجود آمد و چه کرد.\n\nپاسخ این است که در آن بود"
    assert (
        repair(text, "fa").text
        == "این مفهوم چگونه در جامعه به\nوجود آمد و چه کرد.\n\nپاسخ این است که در آن بود"
    )


def test_guesses_are_told_apart_from_what_is_sure() -> None:
    found = repair(AROUND + " )state( ما در وضعیت قرار داریم و دولت", "fa")
    assert [change.kind for change in found.unsure] == ["latin"]
    assert found.marked().endswith("(state) [?]")
    assert any(change.kind == "half-space" and change.sure for change in found.changes)


def test_sound_text_stays_as_it_is() -> None:
    text = "او گفت: «دولت‌ها (و ملت‌ها) می‌توانند ۱۲ درصد از این را تا سال ۲۰۲۲ با Volvo Bus بسازند.»"
    assert repair(text).text == text


def test_left_to_right_text_is_hardly_touched() -> None:
    assert repair("The price  of bre\u00adad (in the city) was the\nof\u0640fice.").text.startswith(
        "The price of bread (in the city) was the"
    )


@pytest.mark.parametrize(
    ("first", "second", "sure"),
    [
        ("می", "شود", True),
        ("کتاب", "ها", True),
        ("شده", "اند", True),
        ("بزرگ", "ترین", True),
        ("خانه", "ای", True),
        ("بین", "المللی", True),
        ("بیست", "ویکم", True),
        ("خانه", "بزرگ", False),
        ("کتاب،", "ها", False),
        ("12", "ها", False),
        ("دو", "ام", False),
    ],
)
def test_half_spaces_by_morphemes(first: str, second: str, sure: bool) -> None:
    assert (half_space(first, second) > 0.6) is sure


@needs_shared
def test_the_seed_page() -> None:
    """At most 2 % of the characters wrong against the text as printed; every question in order."""
    naive = SEED.read_text(encoding="utf-8")
    truth = " ".join(true_text(SEED).split())
    found = " ".join(repair(naive).text.split())
    assert Levenshtein.distance(found, truth) / len(truth) < 0.02
    assert Levenshtein.distance(" ".join(naive.split()), truth) / len(truth) > 0.1
    questions = [line for line in true_text(SEED).split("\n") if line.startswith("■")]
    assert len(questions) == 8
    repaired_lines = repair(naive).text.split("\n")
    assert [line for line in repaired_lines if line.startswith("■")] == questions


PERSIAN = st.text("ابپتسشکگلمنوهی آءئًـ\u200c»«()،.؟12۱۲ëaB ", max_size=60)


@given(st.one_of(PERSIAN, st.text(st.characters(exclude_categories=("Cs",)), max_size=40)))
def test_any_text_keeps_its_letters_and_becomes_nfc(text: str) -> None:
    def letters(value: str) -> list[str]:
        plain = unicodedata.normalize("NFKD", value)
        return sorted(char for char in plain if char.isalnum() and char.isascii())

    repaired_text = repair(text, "fa")
    found = repaired_text.text
    bullets = "".join(change.before for change in repaired_text.changes if change.kind == "bullet")
    assert unicodedata.is_normalized("NFC", found)
    assert not set(found) & set(CONTROLS)
    assert letters(found + bullets) == letters(text)


@given(st.lists(st.text("ابمیهنتر", min_size=1, max_size=5), max_size=12))
def test_joining_loses_no_letter(words: list[str]) -> None:
    joined, _ = join_halves(words)
    assert "".join(joined).replace(ZWNJ, "") == "".join(words)
