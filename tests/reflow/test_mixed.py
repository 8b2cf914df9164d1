from __future__ import annotations

from dataclasses import replace

from layout.document import RegionKind
from layout.reflow.measure import measure_body
from layout.reflow.mixed import display_box, part_mixed
from layout.reflow.paragraphs import fresh_numbers
from tests.reflow.test_roles import BODY
from tests.reflow.typeset import PITCH, page_of, texts, typeset

BODIES = [typeset(BODY, x=x, y=900) for x in (200, 700)]


def parted(*regions) -> list[str]:
    page = page_of(*regions, *BODIES)
    page = part_mixed(page, measure_body(page), 600.0, fresh_numbers(page))
    return [text for text in texts(page) if not text.startswith("Alpha")]


def stacked(*regions):
    return replace(regions[0], lines=tuple(line for region in regions for line in region.lines))


def display(text, y, size):
    return typeset(text, y=y, size=size, kind=RegionKind.HEADLINE)


def test_a_change_of_size_parts():
    region = stacked(display("Trade and ports", 400, 1.2), display("Coffee prices\nclimb again", 450, 2.4))
    assert parted(region) == ["Trade and ports", "Coffee prices / climb again"]


def test_words_without_descenders_do_not():
    region = display("Coffee prices climb\nas no one saw in\nyears", 400, 2.0)
    shorter = replace(region.lines[1], box=replace(region.lines[1].box, y1=region.lines[1].box.y1 - 8.0))
    assert len(parted(replace(region, lines=(region.lines[0], shorter, region.lines[2])))) == 1


def test_a_byline_below_a_deck_of_its_size_is_told_by_its_words():
    region = stacked(display("A change that will last", 400, 1.1), display("By Anne Sharma", 450, 1.0))
    assert parted(region) == ["A change that will last", "By Anne Sharma"]


def test_pieces_of_a_line_far_apart_in_the_head():
    line = typeset("The Courier           Sport           Monday", y=60, kind=RegionKind.UNKNOWN)
    assert parted(line) == ["The Courier", "Sport", "Monday"]


def test_the_same_line_in_the_middle_of_the_page_stays():
    line = typeset("The Courier           Sport           Monday", y=1700, kind=RegionKind.UNKNOWN)
    assert len(parted(line)) == 1


def test_no_word_is_lost():
    line = typeset("12     8 April 2023          The Courier", y=60, kind=RegionKind.UNKNOWN)
    assert parted(line) == ["12", "8 April 2023", "The Courier"]


def test_display_boxes_are_as_high_as_the_type_not_as_the_ink():
    page = page_of(*BODIES, display("nonsense on a sea", 400, 2.0))
    body = measure_body(page)
    line = page.regions[-1].lines[0]
    low = replace(line, box=replace(line.box, y0=line.box.y0 + 12, y1=line.box.y1 - 12))
    assert display_box((low,), body).height > 1.3 * low.box.height
    assert display_box((low,), body).height < 2.2 * PITCH


def test_a_line_that_measures_large_at_even_leading_is_no_other_type():
    region = display("Coffee prices climb\nas no one saw it in\nall these long years", 400, 1.5)
    large = replace(region.lines[1], box=region.lines[1].box.grown(0, 8))
    assert len(parted(replace(region, lines=(region.lines[0], large, region.lines[2])))) == 1


def test_a_passage_in_quotation_marks_is_one():
    region = stacked(display("“The river has", 400, 1.2), display("never asked us”", 450, 1.9))
    assert parted(region) == ["“The river has / never asked us”"]
