"""Confusions of the models go to the normalised reading, and only in their own language."""

from __future__ import annotations

import pytest

from layout.document import Box, TextLine, Word
from layout.text.assign import changed
from layout.text.engine import WordReading
from layout.text.stops import with_commas, with_their_words


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
        ("قال\u0660", "ar", "قال."),
        ("٢\u0660", "ar", None),
        ("3,5", "fa", None),
        ("Volvo,", "fa", None),
        ("however,", "en", None),
        ("si<h,", "de", "sich,"),
        ("au<", "de", "auch"),
        ("Zwe>k", "de", "Zweck"),
        ("s{hönste", "de", "schönste"),
        ("niht", "de", "nicht"),
        ("freundschaftlihen", "de", "freundschaftlichen"),
        ("verlieh", "de", None),
        ("geht", "de", None),
        ("au3gegeben", "de", "ausgegeben"),
        ("cm3", "de", None),
        ("Jnstanz", "de", "Instanz"),
        ("Juli", "de", None),
        ("dies=", "de", "dies-"),
        ("dasz", "de", "daß"),
        ("heiszt,", "de", "heißt,"),
        ("groszen", "de", "großen"),
        ("auszer", "de", "außer"),
        ("Landstrasze", "de", "Landstraße"),
        ("auszahlen", "de", None),
        ("hinauszwängen", "de", None),
        ("Hauszins", "de", None),
        ("niht", "en", None),
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


def test_behind_a_full_stop_stands_no_comma() -> None:
    """The quotation began in another column: «بگیریم.» became a word with a comma behind its full stop."""
    assert said("درس بگیریم.» در همین", language="fa") == ["درس بگیریم.» در همین"]


def test_other_scripts_and_given_words_stay() -> None:
    assert said("er sagte» und", language="de") == ["er sagte» und"]
    assert said("قال له» ثم", recognised=False) == ["قال له» ثم"]


def read(*words: str, language: str = "ar") -> list[str]:
    """The words of a line as they leave the reader, each set ten pixels to the left of the one before."""
    made = [WordReading(w, Box(90 - 10 * n, 0, 98 - 10 * n, 9), 0.5) for n, w in enumerate(words)]
    return [word.text for word in with_their_words(made, language)]


def test_a_stop_set_apart_belongs_to_the_word_before_it() -> None:
    """Metal type has white before a comma: the engine reads it as a word."""
    assert read("نشرها", "،", "وجدالا", "»", "الى") == ["نشرها،", "وجدالا»", "الى"]
    assert read("السنة", "٠", "وقال", ":", "لا") == ["السنة٠", "وقال:", "لا"]


def test_dots_and_numbers_of_a_table_stay_by_themselves() -> None:
    assert read("القطن", "٢٤", "٠", ".", ".") == ["القطن", "٢٤", "٠", ".", "."]
    assert read("Oh", "!", language="en") == ["Oh", "!"]


def test_the_box_of_a_word_holds_its_stop() -> None:
    made = (WordReading("قال", Box(50, 0, 90, 20), 0.9), WordReading(":", Box(40, 5, 44, 20), 0.5))
    (word,) = with_their_words(made, "fa")
    assert word.box == Box(40, 0, 90, 20)
    assert word.confidence == pytest.approx(0.8)
