"""What an engine reads where nothing is printed."""

from __future__ import annotations

import pytest

from layout.document import Box
from layout.text.doubt import believed
from layout.text.engine import Reading, WordReading


def reading(text: str, confidence: float) -> Reading:
    words = text.split()
    return Reading(
        tuple(WordReading(word, Box(n * 40, 0, n * 40 + 30, 20), confidence) for n, word in enumerate(words)),
        "fas",
    )


@pytest.mark.parametrize(
    ("text", "confidence", "script", "left"),
    [
        ("| دولت گفت", 0.9, "Arab", "دولت گفت"),
        ("the council said ||", 0.9, "Latn", "the council said"),
        ("news | sport", 0.9, "Latn", "news | sport"),
        ("|", 0.97, "Latn", ""),
        ("aL SA ADP SSO IS ATE", 0.45, "Arab", ""),
        ("ی ی نی ی", 0.24, "Arab", ""),
        ("دولت گفت که این خبر", 0.24, "Arab", "دولت گفت که این خبر"),
        (". — ‘ .: x", 0.45, "Latn", ""),
        ("Volvo", 0.9, "Arab", "Volvo"),
        ("دولت گفت", 0.45, "Arab", "دولت گفت"),
        ("Die ſtädtiſche Sparkaſſe", 0.45, "Latf", "Die ſtädtiſche Sparkaſſe"),
    ],
)
def test_rules_and_grain_are_no_text(text: str, confidence: float, script: str, left: str) -> None:
    kept = believed(reading(text, confidence), script)
    assert kept.text == left
    assert kept.model == "fas"


def test_words_keep_their_places() -> None:
    whole = reading("| bread and butter |", 0.9)
    assert believed(whole, "Latn").words == whole.words[1:-1]
    assert believed(reading("bread", 0.9), "Latn") == reading("bread", 0.9)
