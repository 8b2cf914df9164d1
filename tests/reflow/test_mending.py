from __future__ import annotations

from dataclasses import replace

import pytest

from layout.document import Box, Region, RegionKind, union
from layout.reflow.boxes import opened
from layout.reflow.measure import measure_body
from layout.reflow.mending import join_rest, mend
from layout.reflow.paragraphs import split_paragraphs
from layout.reflow.roles import assign_roles
from tests.reflow.test_roles import BODY
from tests.reflow.typeset import PITCH, page_of, rule, texts, typeset

H, U = RegionKind.HEADLINE, RegionKind.UNKNOWN
UPPER = """
      Alpha alpha alpha on a Monday,
    and then nothing for a week but
"""
LOWER = """
    rain, hail and talk of the ford
    and of the bridge.
"""
ASIDE = [typeset(BODY, x=x, y=400) for x in (800, 1400)]


def mended(*regions: Region) -> list[str]:
    page = page_of(*regions, *ASIDE)
    return [text for text in texts(mend(page, measure_body(page))) if "Beta was" not in text]


def test_a_run_that_was_cut_is_one_again():
    assert len(mended(typeset(UPPER, y=400), typeset(LOWER, y=400 + 2 * PITCH))) == 1


def test_a_last_line_joins_its_text_though_something_stands_beside_it():
    y = 400 + 2 * PITCH
    last, who = typeset("hail and frost.", y=y), typeset("J. K.", x=470, y=y - 6)
    assert mended(typeset(UPPER, y=400), replace(last, kind=U), replace(who, kind=U)) == [
        "Alpha alpha alpha on a Monday, / and then nothing for a week but / hail and frost.",
        "J. K.",
    ]


def test_a_last_line_of_small_type_joins_its_text():
    last = replace(typeset("hail and frost.", y=400 + 2 * PITCH, size=0.8), kind=U)
    assert len(mended(typeset(UPPER, y=400, size=0.8), last)) == 1


def test_a_rule_or_white_between_keeps_them_apart():
    assert len(mended(typeset(UPPER, y=400), typeset(LOWER, y=400 + 3 * PITCH))) == 2
    y = 400 + 2 * PITCH
    assert len(mended(typeset(UPPER, y=400), rule(200, y - 3, 430), typeset(LOWER, y=y))) == 2


def test_a_full_line_taken_for_a_headline_joins_the_text_around_it():
    line = typeset("rain, hail and talk of the fords", y=400 + 2 * PITCH, size=1.0)
    large = tuple(replace(x, box=x.box.grown(0, 5)) for x in line.lines)
    below = typeset("    that nobody can use at all x\n    in winter.", y=400 + 3 * PITCH)
    assert len(mended(typeset(UPPER, y=400), replace(line, kind=H, lines=large), below)) == 1


def test_a_crosshead_between_stays():
    head = typeset("An old quarrel", x=320, y=400 + 2.3 * PITCH, kind=H)
    below = typeset(LOWER, y=400 + 3.6 * PITCH)
    assert len(mended(typeset(UPPER, y=400), head, below)) == 3


def test_two_lines_of_one_headline():
    lines = typeset("Coffee prices", y=900, size=2, kind=H), typeset("climb again", y=976, size=2, kind=H)
    assert mended(*lines) == ["Coffee prices / climb again"]


def test_a_kicker_is_no_line_of_the_headline():
    assert (
        len(mended(typeset("Trade", y=900, size=1.2, kind=H), typeset("Coffee", y=960, size=2, kind=H))) == 2
    )


def test_words_of_one_line_are_one_region_in_reading_order():
    left, right = (
        typeset("Coffee", x=200, y=900, size=3, kind=H),
        typeset("prices", x=480, y=900, size=3, kind=H),
    )
    assert mended(right, left) == ["Coffee prices"]


def test_a_folio_stays_beside_the_date():
    assert len(mended(typeset("25", x=200, y=90, kind=U), typeset("8 April 2023", x=238, y=90, kind=U))) == 2


def test_what_came_from_another_system_is_not_mended():
    parts = [typeset(UPPER, y=400), typeset(LOWER, y=400 + 2 * PITCH)]
    assert len(mended(*[replace(part, origin="import") for part in parts])) == 2


def box_of(*children: Region, height: float = 700.0) -> Region:
    numbered = tuple(replace(c, id=f"p0001_r{n:03d}") for n, c in enumerate(children, 50))
    return Region("box", RegionKind.SIDEBAR, Box(180, 1500, 700, 1500 + height), children=numbered)


def test_a_small_box_is_a_sidebar():
    box = box_of(typeset("In short", y=1520, size=1.2, kind=H), typeset(BODY, y=1580))
    page = assign_roles(split_paragraphs(page_of(*ASIDE, box)))
    assert page.regions[-1].kind is RegionKind.SIDEBAR
    assert page.regions[-1].children[0].kind is RegionKind.HEADLINE


def test_an_article_on_a_tint_is_no_sidebar_and_its_frame_stays():
    box = box_of(
        typeset("Trade", y=1520, size=1.2, kind=H),
        typeset("Coffee is dear", y=1580, size=2.2, kind=H),
        typeset("By Anne Sharma", y=1700, kind=U),
        typeset(BODY, y=1760),
    )
    page = assign_roles(split_paragraphs(page_of(*ASIDE, box)))
    found = [region.kind.value for region in page.regions[2:]]
    assert "sidebar" not in found
    assert found.count("separator") == 1
    assert {"kicker", "headline", "byline", "paragraph"} <= set(found)


def test_nothing_of_an_opened_box_is_lost():
    page = page_of(*ASIDE)
    body = measure_body(page)
    box = box_of(*[typeset("A headline", y=1520 + n * 200, size=2, kind=H) for n in range(3)])
    out = list(opened(page, box, body))
    assert out[0].id == box.id and out[1:] == list(box.children)


@pytest.mark.parametrize("headed", [True, False])
def test_boxes_one_above_the_other_are_a_column_of_briefs(headed: bool):
    """Each has a heading; a box of a column's text above a frame is none of them."""

    def box(number: int, with_head: bool) -> Region:
        y = 1500 + 320.0 * number
        head = typeset("In short", y=y + 10, size=1.2, kind=H)
        parts = (*([head] if with_head else []), typeset(BODY, y=y + 70))
        numbered = tuple(replace(c, id=f"p0001_r{50 + 9 * number + n:03d}") for n, c in enumerate(parts))
        return Region(f"box{number}", RegionKind.SIDEBAR, Box(180, y, 700, y + 318), children=numbered)

    boxes = [box(n, headed or n == 1) for n in range(3 if headed else 2)]
    head = typeset("The ford is closed", x=800, y=200, size=2.0, kind=H)
    page = assign_roles(split_paragraphs(page_of(head, *ASIDE, *boxes)))
    sidebars = [r for r in page.regions if r.kind is RegionKind.SIDEBAR]
    assert any(child.text == "In short" for r in sidebars for child in r.children) is not headed


def test_the_rest_of_a_deck_at_the_head_of_a_column_joins_it():
    deck = typeset("What the ford has to say of all bridges and of", x=200, y=330, size=1.2, kind=H)
    rest = typeset("the rain", x=deck.lines[0].box.x1 + 8, y=330, size=1.15)
    page = page_of(deck, typeset(BODY, y=400), rest, *ASIDE)
    body = measure_body(page)
    assert any(text.endswith("bridges and of the rain") for text in texts(join_rest(page, body, 300.0)))
    assert "the rain" in texts(join_rest(page, body, deck.box.width))  # no wider than a column: a crosshead


def test_a_part_of_a_deck_in_the_first_line_of_a_column_joins_the_rest():
    deck = typeset("What the ford has to say of", x=200, y=330, size=1.2, kind=H)
    x = deck.lines[0].box.x1 + 8
    first = typeset("all the bridges", x=x, y=330, size=1.2)
    text = typeset(LOWER, x=x, y=330 + 1.5 * PITCH)
    column = replace(text, lines=(*first.lines, *text.lines), box=union((first.box, text.box)))
    page = page_of(deck, typeset(BODY, y=400), column, *ASIDE)
    found = texts(mend(page, measure_body(page)))
    assert "What the ford has to say of all the bridges" in found
    far = replace(page, regions=tuple(moved(r, 30) if "bridges" in r.text else r for r in page.regions))
    assert "What the ford has to say of" in texts(mend(far, measure_body(far)))


def moved(region: Region, dx: float) -> Region:
    lines = tuple(replace(line, box=line.box.moved(dx, 0.0)) for line in region.lines)
    return replace(region, lines=lines, box=region.box.moved(dx, 0.0))


def test_lines_of_a_headline_stand_as_loosely_as_those_of_the_text():
    def lines(step: float) -> list[str]:
        parts = (
            typeset(text, y=900 + n * step, size=2) for n, text in enumerate(("Coffee prices", "climb again"))
        )
        return mended(*(replace(part, kind=H) for part in parts))

    letters = typeset("Coffee", size=2).box.height
    assert lines(1.6 * letters) == ["Coffee prices / climb again"]
    assert len(lines(2.1 * letters)) == 2


def test_a_number_that_opens_a_large_headline_is_a_word_of_it():
    def parts(size: float) -> list[str]:
        number = typeset("497", x=200, y=900, size=size, kind=H)
        rest = typeset("families go", x=number.box.x1 + 0.5 * number.box.height, y=900, size=size, kind=H)
        return mended(number, rest)

    assert parts(2.5) == ["497 families go"]
    assert len(parts(1.2)) == 2


def test_a_word_or_two_below_a_headline_are_its_last_line_though_they_measure_small():
    """Without tall letters; a deck, which has more words, is another thing."""
    first = typeset("Rain spoils the fair in the", y=800, size=2.5, kind=H)
    assert len(mended(first, typeset("town", y=895, size=2.0, kind=H))) == 1
    assert len(mended(first, typeset("as nobody had thought", y=895, size=2.0, kind=H))) == 2
