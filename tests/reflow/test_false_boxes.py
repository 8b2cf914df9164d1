"""A column between rules is no sidebar."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layout.document import Appearance, Region, RegionKind
from layout.reflow.false_boxes import without_false_boxes
from tests.draw import draw


def kinds(picture: str, **named: str) -> set[RegionKind]:
    return {region.kind for region in without_false_boxes(draw(picture, **named)).regions}


def test_a_box_as_high_as_the_column_without_a_headline_is_opened() -> None:
    picture = """
        AAA SSSSS
        bbb ScccS
        bbb ScccS
        bbb SDDDS
        bbb SeeeS
        bbb SSSSS
        """
    assert RegionKind.SIDEBAR not in kinds(picture, headline="AD", sidebar="S")


def test_a_box_that_begins_with_a_headline_stays() -> None:
    picture = """
        AAA SSSSS
        bbb SDDDS
        bbb SeeeS
        bbb SeeeS
        bbb SeeeS
        bbb SSSSS
        """
    assert RegionKind.SIDEBAR in kinds(picture, headline="AD", sidebar="S")


def test_a_low_box_stays() -> None:
    picture = """
        AAA bbb
        bbb bbb
        bbb bbb
        bbb bbb
        bbb bbb
        bbb bbb
        SSSSSSS
        ScccccS
        SSSSSSS
        """
    assert RegionKind.SIDEBAR in kinds(picture, headline="A", sidebar="S")


LOW = """
    AAA bbb ddd
    bbb bbb ddd
    bbb bbb ddd
    bbb bbb ddd
    {0}
    eee SSSSSSS
    eee ScccccS
    eee SSSSSSS
    {0}
    """


def test_a_box_between_rules_of_the_page_is_opened() -> None:
    assert RegionKind.SIDEBAR not in kinds(LOW.format("-" * 11), headline="A", sidebar="S")


def test_a_box_between_rules_of_its_own_stays() -> None:
    assert RegionKind.SIDEBAR in kinds(LOW.format("    " + "-" * 7), headline="A", sidebar="S")


def test_a_box_of_its_own_close_to_rules_of_the_page_stays() -> None:
    picture = LOW.format("-" * 11).replace("eee SSSSSSS", "    -------\n    eee SSSSSSS", 1)
    picture = picture.replace("eee SSSSSSS\n    ----", "eee SSSSSSS\n        -------\n    ----", 1)
    assert RegionKind.SIDEBAR in kinds(picture, headline="A", sidebar="S")


def test_a_box_between_rules_of_the_page_that_begins_with_a_headline_stays() -> None:
    picture = LOW.format("-" * 11).replace("eee ScccccS", "eee SDDDDDS\n    eee ScccccS", 1)
    assert RegionKind.SIDEBAR in kinds(picture, headline="AD", sidebar="S")


def test_a_dark_panel_between_rules_of_the_page_stays() -> None:
    page = draw(LOW.format("-" * 11), headline="A", sidebar="S")
    dark = Appearance(light_on_dark=True)

    def darkened(region: Region) -> Region:
        return replace(region, children=tuple(replace(c, appearance=dark) for c in region.children))

    page = replace(page, regions=tuple(map(darkened, page.regions)))
    assert RegionKind.SIDEBAR in {region.kind for region in without_false_boxes(page).regions}


def test_an_article_between_rules_of_the_page_is_no_advertisement() -> None:
    """It has many lines that fill their column."""
    picture = LOW.format("-" * 11).replace("eee ScccccS", "eee SDDDDDS\n" + 3 * "    eee ScccccS\n", 1)
    page = draw(picture, headline="AD", advertisement="S", texts={"c": "/".join(["the council"] * 8)})
    assert RegionKind.ADVERTISEMENT not in {region.kind for region in without_false_boxes(page).regions}


@pytest.mark.parametrize("pictured", [False, True])
def test_a_frame_with_lines_that_fill_their_column_holds_no_advertisement(pictured: bool) -> None:
    picture = """
        AAA bbb
        bbb bbb
        SSSSSSS
        SDDDDDS
        S.....S
        ScccccS
        ScccccS
        ScccccS
        SSSSSSS
        """.replace("S.....S", "SPPPPPS" if pictured else "SDDDDDS")
    page = draw(
        picture, headline="AD", advertisement="S", image="P", texts={"c": "/".join(["the council"] * 8)}
    )
    box = next(region for region in without_false_boxes(page).regions if region.children)
    assert (box.kind is RegionKind.ADVERTISEMENT) is pictured


def boxed(said: str, kind: RegionKind = RegionKind.SIDEBAR) -> RegionKind:
    """What becomes of a box of this kind on a page with text, where this is read in it."""
    picture = """
        AAA bbb
        bbb bbb
        SSSSSSS
        ScccccS
        SSSSSSS
        """
    texts = {"b": "The council met on Monday./It rose at noon."} | ({"c": said} if said else {})
    page = draw(picture, headline="A", texts=texts, **{kind.value: "S"})
    box = next(region for region in page.regions if region.kind is kind)
    return next(region for region in without_false_boxes(page).regions if region.id == box.id).kind


def test_a_box_without_words_is_a_picture() -> None:
    assert boxed("") is RegionKind.IMAGE
    assert boxed("The council/in figures.") is RegionKind.SIDEBAR
    assert boxed("", RegionKind.ADVERTISEMENT) is RegionKind.IMAGE
    assert boxed("Lamps, stoves/and kettles.", RegionKind.ADVERTISEMENT) is RegionKind.ADVERTISEMENT


def tinted(**kinds: str) -> set[RegionKind]:
    """The kinds on a page with a tint under a text that a heading may stand over."""
    picture = """
        AAA bbb
        bbb bbb
        SSSSSSS
        SDDDDDS
        ScccccS
        SSSSSSS
        """
    page = draw(picture, headline="A", sidebar="S", **kinds)
    look = Appearance(tinted=True)
    regions = tuple(replace(r, appearance=look) if r.kind is RegionKind.SIDEBAR else r for r in page.regions)
    return {region.kind for region in without_false_boxes(replace(page, regions=regions)).regions}


def test_a_tint_without_a_heading_is_opened() -> None:
    assert RegionKind.SIDEBAR not in tinted()


def test_a_tint_with_a_heading_stays() -> None:
    assert RegionKind.SIDEBAR in tinted(crosshead="D")
