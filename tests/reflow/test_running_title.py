"""The name of the paper that the heads of inner pages repeat."""

from __future__ import annotations

import pytest

from layout.document import Metadata, Page
from layout.reflow.masthead import read_masthead
from layout.reflow.running_title import running_title
from tests.draw import draw

PICTURE = """
    nnn ddddd
    aaa bbbbb
    aaa bbbbb
    aaa bbbbb
    aaa bbbbb
    aaa bbbbb
    aaa bbbbb
    aaa bbbbb
    """


def inner(head: str, beside: str = "") -> Page:
    return draw(PICTURE, running_head="nd", texts={"n": head, "d": beside})


def test_a_front_page_without_a_name_takes_that_of_the_heads() -> None:
    pages = [inner(f"The Langford Courier — {n}", "Monday, February 23, 1987") for n in (3, 4, 5)]
    found, _ = read_masthead(pages, Metadata())
    assert found.title == "The Langford Courier"
    assert dict(found.origins)["title"] == "page"
    assert read_masthead(pages, Metadata(title="Courier"))[0].title == "Courier"


def test_the_name_on_left_pages_alone_is_enough() -> None:
    """And it is written as it is most often: a letter of one head is misread."""
    heads = [
        "The Langford Courier",
        "On the River",
        "The Langford Courler",
        "Letters",
        "The Langford Courier",
    ]
    assert running_title([inner(head) for head in heads]) == "The Langford Courier"


@pytest.mark.parametrize(
    "heads",
    [
        ("Monday", "Monday", "Monday"),
        ("Vol. Two", "Vol. Two", "Vol. Two"),
        ("No. 186", "No. 186", "No. 186"),
        ("On the River", "Letters", "A Question of Bread"),
        ("The Langford Courier",),
    ],
)
def test_a_date_a_volume_a_section_or_a_single_head_is_no_name(heads: tuple[str, ...]) -> None:
    assert running_title([inner(head) for head in heads]) is None


def test_of_two_texts_on_as_many_pages_neither_is_the_name() -> None:
    assert running_title([inner("The Langford Courier", "Weekend Supplement") for _ in range(3)]) is None
