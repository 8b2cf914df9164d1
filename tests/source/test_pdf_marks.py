"""Marks that MuPDF leaves at the end of the piece of text before theirs."""

from __future__ import annotations

from typing import Any

from layout.source.pdf_marks import marks_of, may_be_left, set_marks
from layout.source.pdf_raw import chars_of

HAMZA, SHADDA, DAMMA = "\u0654", "\u0651", "\u064f"


def char(text: str, x: float, y: float = 100.0, width: float = 0.0) -> dict[str, Any]:
    return {"c": text, "origin": (x, y), "bbox": (x, y - 10.0, x + width, y + 2.0), "synthetic": False}


def page(*chars: dict[str, Any]) -> dict[str, Any]:
    return {"blocks": [{"lines": [{"dir": (1.0, 0.0), "spans": [{"size": 12.0, "chars": list(chars)}]}]}]}


def trace(*drawn: tuple[str, float, float, float]) -> list[dict[str, Any]]:
    """MuPDF's trace of (letter, x, y, width), as they are drawn."""
    chars = [(ord(text), 1, (x, y), (x, y - 10, x + width, y + 2)) for text, x, y, width in drawn]
    return [{"dir": (1.0, 0.0), "size": 12.0, "chars": chars}]


def test_a_mark_that_begins_a_word_is_not_left_at_the_number_before_it() -> None:
    """A year is drawn, then to its left a word from its left end on: the hamza over its heh comes first."""
    raw = page(char("۲", 354.0, width=5.0), char(HAMZA, 359.0), char("ه", 310.6, width=5.4))
    assert may_be_left(raw)
    set_marks(marks_of(raw), trace(("۲", 354.0, 100, 5.0), (HAMZA, 312.7, 99.0, 0.0), ("ه", 310.6, 100, 5.4)))
    (mark,) = marks_of(raw)
    assert mark["origin"] == (310.6, 100)
    assert mark["bbox"] == (310.6, 90.0, 310.6, 102.0)


def test_a_mark_that_begins_a_line_is_not_left_on_the_line_before() -> None:
    raw = page(char("ر", 539.0, width=6.0), char(HAMZA, 545.0), char("ه", 318.5, 120.0, 6.4))
    assert may_be_left(raw)
    drawn = trace(("ر", 539.0, 100, 6.0), (HAMZA, 318.5, 120, 0.0), ("ه", 318.5, 120, 6.4))
    set_marks(marks_of(raw), drawn)
    assert marks_of(raw)[0]["origin"] == (318.5, 120)


def test_a_mark_inside_a_word_stays() -> None:
    """Shadda over reh, drawn between the letters of one word, which touch."""
    raw = page(char("ر", 361.6, width=3.9), char(SHADDA, 365.5), char("د", 365.5, width=6.0))
    assert not may_be_left(raw)
    assert not may_be_left(page(*chars_of(raw)[::-1]))  # a line that MuPDF has turned around
    set_marks(marks_of(raw), trace(("ر", 361.6, 100, 3.9), (SHADDA, 363.0, 100, 0.0), ("د", 365.5, 100, 6.0)))
    assert marks_of(raw)[0]["origin"] == (365.5, 100)


def test_marks_of_letters_drawn_in_reading_order_are_set_on_the_letters_before_them() -> None:
    """Qt places each glyph by itself; the pen is then at the right edge of the letter, where another ends."""
    raw = page(
        *(char("ق", 331.6, width=3.5), char(DAMMA, 335.1), char("د", 325.9, width=5.7), char(SHADDA, 331.6)),
        char("ا", 60.0, 120.0, 4.0),
    )
    assert may_be_left(raw)
    drawn = (("ق", 331.6, 100, 3.5), (DAMMA, 329.2, 100, 0.0), ("د", 325.9, 100, 5.7))
    set_marks(marks_of(raw), trace(*drawn, (SHADDA, 326.2, 100, 0.0), ("ا", 60.0, 120, 4.0)))
    assert [mark["origin"][0] for mark in marks_of(raw)] == [333.35, 328.75]
