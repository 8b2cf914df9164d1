"""Confusions of the models go to the normalised reading, and only in their own language."""

from __future__ import annotations

import pytest

from layout.document import Box, TextLine, Word
from layout.text.assign import changed
from layout.text.guillemets import with_commas


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


def said(*lines: str, language: str = "ar", recognised: bool = True) -> list[str]:
    """The normalised reading of a region's lines."""
    box, sure = Box(0, 0, 9, 9), 0.9 if recognised else None
    made = [
        TextLine(f"l{n}", box, tuple(Word(f"w{n}_{m}", w, box, sure) for m, w in enumerate(line.split())))
        for n, line in enumerate(lines)
    ]
    return [
        " ".join(word.normalized or word.text for word in line.words) for line in with_commas(made, language)
    ]


def test_a_guillemet_that_nothing_opened_is_a_comma() -> None:
    assert said("قال له» ثم") == ["قال له، ثم"]
    assert said("قال له » ثم", language="fa") == ["قال له ، ثم"]


def test_quotations_stay_also_over_lines() -> None:
    assert said("قال «نعم» ثم») عاد") == ["قال «نعم» ثم») عاد"]
    assert said("قال «نعم", "يا سيدي» وعاد» ثم") == ["قال «نعم", "يا سيدي» وعاد، ثم"]


def test_other_scripts_and_given_words_stay() -> None:
    assert said("er sagte» und", language="de") == ["er sagte» und"]
    assert said("قال له» ثم", recognised=False) == ["قال له» ثم"]
