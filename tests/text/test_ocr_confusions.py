"""Confusions of the models go to the normalised reading, and only in their own language."""

from __future__ import annotations

import pytest

from layout.text.assign import changed


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("خبر,", "fa", "خبر،"),
        ("چرا?", "fa", "چرا؟"),
        ("خانة", "fa", "خانهٔ"),
        ("کمترء", "fa", "کمتر،"),
        ("بود.ء", "fa", "بود،"),
        ("اعضاء", "fa", None),
        ("جزء", "fa", None),
        ("ترجمة", "ar", None),
        ("قال,", "ar", "قال،"),
        ("3,5", "fa", None),
        ("Volvo,", "fa", None),
        ("however,", "en", None),
    ],
)
def test_confusions(word: str, language: str, expected: str | None) -> None:
    assert changed(word, language) == expected
