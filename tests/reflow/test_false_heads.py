"""A heading over which the text breaks off in mid-sentence is a line of that text."""

from __future__ import annotations

from dataclasses import replace

from layout.document import RegionKind
from layout.reflow.false_heads import without_false_heads
from tests.draw import draw

PICTURE = """
    aaaaaaaa
    aaaaaaaa
    XXXXXXXX
    bbbbbbbb
    bbbbbbbb
    """


def kind(above: str, text: str, picture: str = PICTURE) -> RegionKind:
    page = draw(picture, crosshead="X", texts={"a": f"It began/{above}", "X": text})
    return next(r.kind for r in without_false_heads(page).regions if r.id == "X")


def test_a_line_in_the_middle_of_a_sentence_is_text() -> None:
    assert kind("and the mayor of the", "town was not there") is RegionKind.PARAGRAPH


def test_a_heading_after_a_full_sentence_stays() -> None:
    assert kind("and so it ended.", "The second day") is RegionKind.CROSSHEAD


def test_a_heading_in_white_space_stays() -> None:
    apart = PICTURE.replace("    XXXXXXXX\n", "\n    XXXXXXXX\n")
    assert kind("and the mayor of the", "The second day", apart) is RegionKind.CROSSHEAD


def test_what_came_typed_stays() -> None:
    page = draw(PICTURE, crosshead="X", texts={"a": "It began/and the mayor of the", "X": "town was"})
    typed = replace(page, regions=tuple(replace(r, origin="import") for r in page.regions))
    assert without_false_heads(typed) == typed


def test_display_in_which_nothing_can_be_read_opens_no_article() -> None:
    page = draw(PICTURE, headline="X", texts={"a": "It began/and so it ended.", "X": "~"})
    assert next(r.kind for r in without_false_heads(page).regions if r.id == "X") is RegionKind.UNKNOWN


def test_a_page_without_any_text_keeps_its_headlines() -> None:
    page = draw(PICTURE, headline="X")
    assert without_false_heads(page) == page
