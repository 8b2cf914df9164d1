"""Half-spaces that were dropped without a trace, and the joining of Arabic letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.language.characters import ZWNJ
from layout.language.joining import form_of, joins_next, joins_previous
from layout.language.persian import half_space, part_halves


@pytest.mark.parametrize(
    ("word", "parted"),
    [
        ("مدرسهها", "مدرسه‌ها"),
        ("خانههای", "خانه‌های"),
        ("نمیتوانند", "نمی‌توانند"),
        ("میرود", "می‌رود"),
        ("«میرود»،", "«می‌رود»،"),
        ("میدان", "میدان"),
        ("نمک", "نمک"),
        ("کتاب‌ها", "کتاب‌ها"),
        ("2023", "2023"),
    ],
)
def test_dropped_half_spaces(word: str, parted: str) -> None:
    assert part_halves(word, {"میرود": "می‌رود"}) == parted


@given(st.text("ابمیهنترکد«»،\u200c", max_size=12))
def test_parting_only_adds_half_spaces(word: str) -> None:
    assert part_halves(word, {}).replace(ZWNJ, "") == word.replace(ZWNJ, "")


@given(st.text(max_size=6), st.text(max_size=6))
def test_any_pair_of_words_can_be_asked(first: str, second: str) -> None:
    assert 0.0 <= half_space(first, second) <= 1.0


@pytest.mark.parametrize(
    ("char", "following", "before"),
    [
        ("ب", True, True),
        ("ی", True, True),
        ("ـ", True, True),
        ("ا", False, True),
        ("د", False, True),
        ("ە", False, True),
        ("ء", False, False),
        ("a", False, False),
        ("۱", False, False),
        ("،", False, False),
    ],
)
def test_joining(char: str, following: bool, before: bool) -> None:
    assert joins_next(char) is following
    assert joins_previous(char) is before


@pytest.mark.parametrize(
    ("char", "form"), [("ﺑ", "initial"), ("ﺐ", "final"), ("ﺒ", "medial"), ("ﺏ", "isolated"), ("ب", "")]
)
def test_forms(char: str, form: str) -> None:
    assert form_of(char) == form
