"""ActualText of single letters, told from what MuPDF's text page makes of it."""

from __future__ import annotations

from typing import Any

import pytest

from layout.source.pdf_replaced import replaced

ALEF, LAM, QAF, DAL, TANWEEN, DAMMA, SHADDA = (
    "\u0627",
    "\u0644",
    "\u0642",
    "\u062f",
    "\u064b",
    "\u064f",
    "\u0651",
)
LAM_ALEF, ZWNJ, NO_CODE = "\ufefb", "\u200c", "\ufffd"

Places = list[tuple[str, float, float]]


def chars(places: Places) -> list[dict[str, Any]]:
    return [{"c": text, "bbox": (x0, 50.0, x1, 90.0), "origin": (x0, 80.0)} for text, x0, x1 in places]


def told(drawn: Places, said: Places) -> list[tuple[str, str]] | None:
    """The texts and the codes of their glyphs; both pages as MuPDF gives them."""
    found = replaced(chars(drawn), chars(said))
    return found and [(text, "".join(char["c"] for char in own)) for text, own in found]


@pytest.mark.parametrize("turned", [False, True])
def test_letters_and_their_signs(turned: bool) -> None:
    """A form of a letter, a ligature, a ZWNJ of a space, and a sign drawn before its letter."""
    drawn = [("\ufe8e", 0.0, 10.0), (LAM_ALEF, 10.0, 20.0), (DAL, 20.0, 25.0), (" ", 25.0, 30.0)]
    drawn += [(DAL, 30.0, 35.0), (TANWEEN, 35.0, 35.0), ("\ufe8d", 35.0, 40.0), (QAF, 40.0, 50.0)]
    said = [(ALEF, 0.0, 10.0), (LAM, 10.0, 20.0), (ALEF, 20.0, 20.0), (DAL, 20.0, 25.0), (ZWNJ, 25.0, 30.0)]
    said += [(DAL, 30.0, 35.0), (ALEF, 36.0, 36.0), (TANWEEN, 36.0, 36.0), (QAF, 40.0, 50.0)]
    found = told(drawn[::-1], said[::-1]) if turned else told(drawn, said)
    assert found is not None
    codes = {text: "".join(sorted(own)) for text, own in found}
    assert codes == {
        ALEF: "\ufe8e", LAM + ALEF: LAM_ALEF, ZWNJ: " ", ALEF + TANWEEN: "".join(sorted(TANWEEN + "\ufe8d")),
    }  # fmt: skip


def test_an_alef_that_mupdf_takes_for_that_of_the_lam_alef_beside_it() -> None:
    drawn = [("\ufe8e", 20.0, 25.0), (LAM_ALEF, 10.0, 20.0), ("\u0645", 0.0, 10.0)]
    said = [(ALEF, 20.0, 20.0), (LAM, 10.0, 20.0), ("\u0645", 0.0, 10.0)]
    assert told(drawn, said) == [(ALEF, "\ufe8e"), (LAM + ALEF, LAM_ALEF)]


def test_two_letters_with_a_sign_each() -> None:
    drawn = [(QAF, 20.0, 30.0), (DAMMA, 20.0, 20.0), (DAL, 10.0, 20.0), (SHADDA, 10.0, 10.0), ("!", 0.0, 5.0)]
    said = [(DAMMA, 21.0, 21.0), (QAF, 21.0, 21.0), (SHADDA, 11.0, 11.0), (DAL, 11.0, 11.0), ("!", 0.0, 5.0)]
    assert told(drawn, said) == [(QAF + DAMMA, QAF + DAMMA), (DAL + SHADDA, DAL + SHADDA)]


def test_what_stands_for_several_letters_is_not_told() -> None:
    """Words and lines said whole: the letters may be drawn from the last to the first."""
    drawn = [("a", 0.0, 5.0), *((NO_CODE, 10.0 * n, 10.0 * n + 10.0) for n in (1, 2, 3)), ("b", 40.0, 45.0)]
    said = [("a", 0.0, 5.0), (QAF, 10.0, 20.0), (LAM, 20.0, 30.0), (DAL, 30.0, 40.0), ("b", 40.0, 45.0)]
    assert told(drawn, said) is None
    drawn[1:4] = [(QAF, 10.0, 20.0), (LAM, 20.0, 30.0), (DAL, 30.0, 40.0)]
    said[1:4] = [(DAL, 10.0, 20.0), (LAM, 20.0, 30.0), (QAF, 30.0, 40.0)]
    assert told(drawn, said) is None


def test_a_letter_that_is_said_to_be_nothing_is_not_told() -> None:
    """Its text may be with a sign that MuPDF has put elsewhere."""
    assert (
        told([("a", 0.0, 5.0), ("b", 5.0, 10.0), ("c", 10.0, 15.0)], [("a", 0.0, 5.0), ("c", 10.0, 15.0)])
        is None
    )
