"""Short texts with a rule after each are advertisements, and stand together."""

from __future__ import annotations

from dataclasses import replace

from layout.document import Box, Page, RegionKind
from layout.reflow import ReflowSettings, prepare
from layout.reflow.classifieds import stacked, with_classifieds
from layout.reflow.frame import Frame
from layout.reflow.units import to_pieces
from tests.reflow.typeset import page_of, rule, typeset

PARAGRAPH, UNKNOWN = RegionKind.PARAGRAPH, RegionKind.UNKNOWN
ARTICLE = """
    The council met on a Monday and
    said nothing of the bridge that
    everybody had come to hear of.
    It rose at noon, and nobody was
    any wiser, save the keeper of
    the light, who said nothing too.
"""


def small_ads(count: int, x: float = 200, y: float = 600, ruled: bool = True) -> list:
    found = []
    for n in range(count):
        text = f"Found: a brown dog, with lead\n and one ear, at number {n}."
        found.append(typeset(text, x=x, y=y + 120 * n, kind=PARAGRAPH))
        if ruled:
            found.append(rule(x, y + 95 + 120 * n, 500))
    return found


def adverts(page: Page) -> int:
    kinds = [region.kind for region in with_classifieds(page).regions]
    return kinds.count(RegionKind.ADVERTISEMENT)


def test_many_short_texts_between_rules_are_advertisements() -> None:
    assert adverts(page_of(rule(200, 580, 500), *small_ads(6))) == 6


def test_an_advertisement_is_as_wide_as_its_rule() -> None:
    page = with_classifieds(page_of(rule(200, 580, 500), *small_ads(6)))
    boxes = [r.box for r in page.regions if r.kind is RegionKind.ADVERTISEMENT]
    assert {(box.x0, box.x1) for box in boxes} == {(200, 700)}


def test_an_article_over_them_is_none() -> None:
    page = page_of(typeset(ARTICLE, x=200, y=200, kind=PARAGRAPH), rule(200, 580, 500), *small_ads(6))
    assert adverts(page) == 6


def test_a_longer_text_under_a_crosshead_is_an_articles_end() -> None:
    end = "\n".join(ARTICLE.strip().split("\n")[:4])
    over = [typeset("Voices from the street", y=340, kind="crosshead"), typeset(end, y=400, kind=PARAGRAPH)]
    assert adverts(page_of(*over, rule(200, 580, 500), *small_ads(6))) == 6


def test_few_of_them_or_such_without_rules_are_none() -> None:
    assert adverts(page_of(rule(200, 580, 500), *small_ads(2))) == 0
    assert adverts(page_of(*small_ads(6, ruled=False))) == 0


def test_the_cells_of_a_table_are_none() -> None:
    cells = [
        part
        for n in range(6)
        for part in (
            typeset(f"Row {n}", x=200, y=600 + 60 * n, kind=PARAGRAPH),
            rule(200, 645 + 60 * n, 500),
        )
    ]
    assert adverts(page_of(rule(200, 580, 500), *cells)) == 0


def test_those_below_each_other_are_one_group() -> None:
    page = with_classifieds(page_of(*small_ads(5), *small_ads(4, x=1200)))
    pieces = [p for p in to_pieces(page.regions, Frame.of(page)) if p.kind is RegionKind.ADVERTISEMENT]
    assert sorted(map(len, stacked(pieces, 40.0))) == [4, 5]


def test_a_notice_in_two_pieces_is_one() -> None:
    ads = small_ads(6)
    first, second = ads[4].lines
    parts = [replace(ads[4], lines=(line,), box=line.box) for line in (first, second)]
    page = with_classifieds(page_of(rule(200, 580, 500), *ads[:4], *parts, *ads[5:]))
    found = [r for r in page.regions if r.kind is RegionKind.ADVERTISEMENT]
    assert len(found) == 6
    assert all(len(region.lines) == 2 for region in found)


def test_a_line_set_like_a_heading_is_one_of_them() -> None:
    ads = small_ads(6)
    ads[4] = replace(ads[4], kind=RegionKind.HEADLINE)
    assert adverts(page_of(rule(200, 580, 500), *ads)) == 6


def test_a_rule_over_two_columns_goes_for_what_lies_between_the_upright_rules() -> None:
    level = [rule(200, 580 + 120 * n, 1100) for n in range(7)]
    upright = replace(rule(750, 560, 4), box=Box(748, 560, 752, 1320))
    page = page_of(*level, upright, *small_ads(6, ruled=False), *small_ads(6, x=800, ruled=False))
    boxes = [r.box for r in with_classifieds(page).regions if r.kind is RegionKind.ADVERTISEMENT]
    assert sorted({(box.x0, box.x1) for box in boxes}) == [(200, 748), (752, 1300)]


def test_the_last_of_them_are_no_running_foot() -> None:
    """A rule over most of the page stands above each; above a foot there is one."""
    notes = [
        part
        for n in range(24)
        for part in (
            rule(200, 580 + 120 * n, 2000),
            typeset(f"A room to let near the old mill, ask at {n}.", x=200, y=620 + 120 * n, kind=UNKNOWN),
            typeset(f"A sewing machine for sale, ask at {n}.", x=1300, y=620 + 120 * n, kind=UNKNOWN),
        )
    ]
    page = prepare(page_of(typeset(ARTICLE, x=200, y=200, kind=PARAGRAPH), *notes), ReflowSettings())
    found = [region.kind for region in page.regions]
    assert found.count(RegionKind.ADVERTISEMENT) == 48
    assert RegionKind.RUNNING_HEAD not in found
