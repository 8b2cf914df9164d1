"""Glyphs without a code that MuPDF takes for one drawn twice are put back."""

from __future__ import annotations

from typing import Any

from layout.source.pdf_codeless import put_back

NO_CODE = "\ufffd"
SIZE = 40.0

Places = list[tuple[str, float, float]]


def kept(text: Places, drawn: Places, way: tuple[float, float] = (1.0, 0.0)) -> Places:
    """The characters (code, left, right) of a line after what was ``drawn`` there has been put back."""
    chars = [
        {"c": code, "bbox": (x0, 50.0, x1, 90.0), "origin": (x0, 80.0), "synthetic": False}
        for code, x0, x1 in text
    ]
    raw: dict[str, Any] = {"blocks": [{"lines": [{"dir": way, "spans": [{"chars": chars}]}]}, {"image": b""}]}
    traced = [(ord(code), 7, (x0, 80.0), (x0, 48.0, x1, 88.0)) for code, x0, x1 in drawn]
    put_back(raw, [{"dir": way, "size": SIZE, "chars": traced}])
    assert all(char["bbox"][1::2] == (50.0, 90.0) for char in chars)
    return [(char["c"], char["bbox"][0], char["bbox"][2]) for char in chars]


def test_a_letter_over_its_dots_comes_after_them() -> None:
    """Noto Naskh draws lam-alef over an empty glyph; where neither had a code, the second was lost."""
    drawn = [("a", 60.0, 80.0), (NO_CODE, 40.0, 40.0), (NO_CODE, 40.0, 60.0), ("b", 20.0, 40.0)]
    text = [drawn[0], drawn[1], drawn[3]]
    assert kept(text, drawn) == drawn


def test_of_letters_in_a_row_each_is_put_back_once() -> None:
    drawn = [("a", 60.0, 80.0), (NO_CODE, 50.0, 60.0), (NO_CODE, 42.0, 50.0), (NO_CODE, 36.0, 42.0)]
    assert kept(drawn[:2], drawn) == drawn
    assert kept(drawn, drawn) == drawn


def test_what_lies_elsewhere_or_has_no_width_or_runs_up_the_page_is_left() -> None:
    text = [("a", 60.0, 80.0), (NO_CODE, 50.0, 60.0)]
    assert kept(text, [*text, (NO_CODE, 600.0, 620.0)]) == text
    assert kept(text, [*text, (NO_CODE, 45.0, 45.0)]) == text
    assert kept(text, [*text, (NO_CODE, 40.0, 50.0)], way=(0.0, -1.0)) == text
    assert kept([], [(NO_CODE, 40.0, 50.0)]) == []
