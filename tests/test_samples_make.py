"""The typesetter of the samples: its truth must say what its pixels show."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

MAKE = Path(__file__).resolve().parents[1] / "samples" / "make"
sys.path.insert(0, str(MAKE))

pytest.importorskip("uharfbuzz", reason="the typesetter's libraries are not here (samples/make/readme.md)")

from press.fonts import FontMissingError, Type, face  # noqa: E402  (after the skip)
from press.scan import Damage, spoil  # noqa: E402  (after the skip)
from press.setting import Cursor, Manner, Rect, set_paragraph  # noqa: E402  (after the skip)
from press.sheet import Piece, Sheet  # noqa: E402  (after the skip)
from press.truth import page_truth, reading_order  # noqa: E402  (after the skip)


@pytest.fixture(scope="module")
def serif() -> Type:
    try:
        face("serif")
    except FontMissingError as error:
        pytest.skip(str(error))
    return Type(("serif",), 10, 12, "en")


def test_points_are_carried_to_where_the_pixels_went() -> None:
    """Dots on a page that is bent, turned and seen askew are found where the truth says."""
    page = np.full((900, 700), 255, np.uint8)
    dots = [(80, 90), (350, 450), (620, 120), (100, 800), (640, 830)]
    for x, y in dots:
        page[y - 3 : y + 4, x - 3 : x + 4] = 0
    damage = Damage(skew_deg=1.5, perspective=0.004, curl=0.01, wave=0.002, border=0.03, outside="light")
    scan, bend = spoil(page, damage, seed=5)
    for x, y in bend.forward(np.array(dots, float)):
        window = 255.0 - scan[round(y) - 12 : round(y) + 13, round(x) - 12 : round(x) + 13]
        window[window < 60] = 0
        rows, columns = np.nonzero(window)
        assert abs(columns.mean() - 12) < 1.5
        assert abs(rows.mean() - 12) < 1.5


def test_a_line_keeps_clear_of_obstacles(serif: Type) -> None:
    text = "word " * 60
    hole = Rect(60, 30, 140, 60)
    lines, rest = set_paragraph(text.strip(), serif, Manner(), Cursor([Rect(0, 0, 200, 400)], [hole]))
    assert not rest
    for line in lines:
        beside = line.top < hole.y1 and line.top + serif.leading > hole.y0
        assert not beside or line.x1 <= hole.x0 + 1 or line.x0 >= hole.x1 - 1


def test_a_divided_word_is_whole_in_the_truth(serif: Type) -> None:
    sheet = Sheet("p", 200, 300, "en", (20, 20, 20, 20), 2, 10)
    article = sheet.article()
    text = "A considerable number of representatives had determined on resolutions before evening fell."
    piece = Piece("paragraph", text, serif, Manner(hyphens=True))
    left, _ = sheet.flow(article, [piece], sheet.frames(0, 1, 20, 100))
    assert not left
    (block,) = page_truth(sheet, 72, "p.png", "clean", "gray", "test", 0)["blocks"]
    assert block["text"] == text
    assert any(line["join"] == "" and line["raw"].endswith("-") for line in block["lines"])
    assert reading_order(sheet) == [block["id"]]


def test_columns_run_in_reading_direction() -> None:
    """ltr: A B    rtl: B A"""
    margins = (10.0, 10.0, 10.0, 10.0)
    ltr = Sheet("p", 200, 200, "en", margins, 2, 10)
    rtl = Sheet("p", 200, 200, "fa", margins, 2, 10)
    assert ltr.span(0, 0) == rtl.span(1, 1)
    assert ltr.frames(0, 1, 0, 9) == rtl.frames(0, 1, 0, 9)[::-1]
