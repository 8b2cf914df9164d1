"""What stands in a frame around articles is read apart from the article that goes round it."""

from __future__ import annotations

from dataclasses import replace

from layout.document import Page, Region, RegionKind, union
from tests.draw import articles, draw, mirrored


def framed(picture: str, inside: str, headline: str) -> Page:
    """The drawn page with a frame around these regions."""
    page = draw(picture, headline=headline)
    box = union(region.box for region in page.regions if region.id in inside).grown(12)
    return replace(page, regions=(*page.regions, Region("frame", RegionKind.SEPARATOR, box)))


def check(page: Page, expected: str) -> None:
    assert articles(page) == expected
    assert articles(mirrored(page)) == expected


CORNER = """
    AAAAAAAAAAA
    bbb ccc ddd
    bbb ccc ddd
    eee         
    eee FFF hhh
    eee ggg III
    eee ggg jjj
""".replace("eee         \n", "eee\n")


def test_briefs_in_a_frame_in_the_corner_of_an_article() -> None:
    """The second column of the frame goes on with its first, not with the text over the frame."""
    check(framed(CORNER, "FghIj", "AFI"), "Abecd Fgh Ij")


def test_a_frame_that_begins_with_text_is_a_column_of_the_article() -> None:
    picture = """
        AAAAAAA
        bbb ccc
        bbb ccc
    """
    check(framed(picture, "c", "A"), "Abc")


def test_a_framed_article_at_the_head_of_the_page_is_read_first() -> None:
    picture = """
        FFF AAAAAAA
        ggg bbb ccc
        ggg bbb ccc
    """
    check(framed(picture, "Fg", "AF"), "Fg Abc")
