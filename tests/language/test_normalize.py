"""The normalised reading: one table of facts, and what must hold for any text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.language import LANGUAGES, ascii_digits, normalized, number_in
from layout.language.characters import CONTROLS, open_forms, printed
from layout.language.digits import in_digits

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "ابپتجکيىكيیلمنوهةءئۀ0123456789۱۲٣ \u200c\u0640\u064b\u0651\u0654«»()[]-\u00ad\u200fﻻﷲﷺ﷼ﬁﺑﯽא"
        ),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("اســت", "fa", "است"),
        ("معمولاًً", "fa", "معمولاً"),
        ("مثلًا", "fa", "مثلاً"),
        ("ًاساســا", "fa", "اساساً"),
        ("كتابي ٤٥ 31", "fa", "کتابی ۴۵ 31"),
        ("خانۀ", "fa", "خانهٔ"),
        ("كتابًا", "ar", "كتابًا"),  # Arabic print sets tanween before the alef
        ("کتابی فی بیت", "ar", "كتابى فى بيت"),
        ("وہ کتاب", "ur", "وہ کتاب"),
        ("يه كتاب", "ur", "یہ کتاب"),
        ("خانه‌", "ckb", "خانە"),
        ("Waſſer", "de", "Wasser"),
        ("Waſſer", "en", "Waſſer"),
        ("a  b\u200f", "en", "a b"),
        ("می\u200c\u200cشود", "fa", "می\u200cشود"),
    ],
)
def test_facts(text: str, language: str, expected: str) -> None:
    assert normalized(text, language) == unicodedata.normalize("NFC", expected)


@pytest.mark.parametrize(
    ("forms", "letters"),
    [
        ("ﻻ", "لا"),
        ("ﷲ", "الله"),
        ("ﺳﻼﻡ", "سلام"),
        ("ﬁn", "fin"),
        ("﷼", "﷼"),
        ("﴾١﴿", "﴾١﴿"),
        ("½ ſ ²", "½ ſ ²"),
        ("\ufe70", "\u064b"),
    ],
)
def test_only_glyph_codes_are_opened(forms: str, letters: str) -> None:
    assert open_forms(forms) == letters


@given(TEXTS, st.sampled_from([*LANGUAGES, "", "xx"]))
def test_any_text_becomes_nfc_without_controls_and_stays(text: str, language: str) -> None:
    once = normalized(text, language)
    assert unicodedata.is_normalized("NFC", once)
    assert not set(once) & set(CONTROLS)
    assert "\u0640" not in once
    assert normalized(once, language) == once


@given(TEXTS)
def test_printed_keeps_every_letter(text: str) -> None:
    def letters(value: str) -> list[str]:
        return [char for char in unicodedata.normalize("NFKD", value) if char.isalnum()]

    assert letters(printed(text)) == letters(text)
    assert unicodedata.is_normalized("NFC", printed(text))


@given(st.integers(0, 10**15), st.sampled_from(["0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"]))
def test_numbers_are_read_in_every_script(number: int, digits: str) -> None:
    written = in_digits(str(number), digits)
    assert ascii_digits(written) == str(number)
    assert number_in(f"صفحه {written}.") == number


@pytest.mark.parametrize(
    ("text", "roman", "number"),
    [
        ("page xii", True, 12),
        ("page xii", False, None),
        ("1 and 2", False, None),
        ("", True, None),
        ("MCMXIV", True, 1914),
    ],
)
def test_one_number_or_none(text: str, roman: bool, number: int | None) -> None:
    assert number_in(text, roman=roman) == number
