"""Rules, frames and line pitch on drawn pages."""

from __future__ import annotations

import numpy as np
import pytest

from layout.document import RegionKind
from layout.geometry.faint_rules import with_faint_rules
from layout.geometry.frames import find_frames
from layout.geometry.pitch import line_pitch
from layout.geometry.rules import Rules, find_rules
from layout.geometry.worksheet import Worksheet, make_worksheet
from tests.geometry.paper import BODY, PITCH, Paper, detect, f1, lines_of, turned


def sheet_of(paper: Paper) -> Worksheet:
    return make_worksheet(paper.scan().gray, 10.0)


def rules_of(paper: Paper) -> tuple[Worksheet, Rules]:
    sheet = sheet_of(paper)
    return sheet, find_rules(sheet.ink, sheet.pitch)


@pytest.mark.parametrize(("size", "pitch"), [(18, 22), (26, 36), (26, 50), (44, 56)])
def test_the_pitch_is_the_distance_of_the_lines(size: int, pitch: int) -> None:
    paper = Paper(1200, 1400)
    for x in (60, 640):
        paper.column(x, 60, 500, 1250 // pitch, size, pitch)
    ink = paper.scan().gray < 128
    assert line_pitch(ink, 5.6 * 0.55 * size) == pytest.approx(pitch, rel=0.04)


def test_paragraphs_of_two_lines_are_not_taken_for_lines() -> None:
    paper = Paper(1200, 1400)
    for y in range(80, 1200, 2 * PITCH + 16):
        paper.column(80, y, 1040, 1)
        paper.column(80, y + PITCH, 600, 1)
    assert line_pitch(paper.scan().gray < 128, 5.6 * BODY) == pytest.approx(PITCH, rel=0.05)


def test_a_page_without_text_has_no_pitch() -> None:
    assert line_pitch(Paper(400, 400).scan().gray < 128, 100.0) is None


def text_page() -> Paper:
    paper = Paper(1300, 1500)
    for x in (80, 700):
        paper.column(x, 100, 520, 16)
        paper.column(x, 800, 520, 16)
    return paper


def test_text_holds_no_rules() -> None:
    _, rules = rules_of(text_page())
    assert rules.horizontal == ()
    assert rules.vertical == ()


def test_level_and_upright_rules_are_found_where_they_were_drawn() -> None:
    paper = text_page()
    level = paper.rule(80, 740, 1220, 740)
    upright = paper.rule(650, 100, 650, 690)
    sheet, rules = rules_of(paper)
    assert len(rules.horizontal) == 1
    assert len(rules.vertical) == 1
    for drawn, (found,) in ((level, rules.horizontal), (upright, rules.vertical)):
        back = sheet.to_page.apply_box(found)
        # A sixth of the pitch: the rule's own width, and the gaps that are bridged along it.
        assert (back.x0, back.y0, back.x1, back.y1) == pytest.approx(
            (drawn.x0, drawn.y0, drawn.x1, drawn.y1), abs=PITCH / 6
        )


def test_a_rule_that_slants_a_little_is_one_rule() -> None:
    """Half a degree over the page's width: more than the rule is thick, as on a badly made-up page."""
    paper = text_page()
    paper.rule(80, 735, 1220, 745)
    _, rules = rules_of(paper)
    assert len(rules.horizontal) == 1
    assert rules.horizontal[0].width > 0.9 * 1140 * 30 / PITCH


@pytest.mark.parametrize(("pitches", "count"), [(7, 1), (3, 0)])
def test_a_ragged_edge_is_a_rules_where_no_word_is_so_long(pitches: int, count: int) -> None:
    """On a poor scan the edges of a stroke are a pixel off here and there; so is a word grown together."""
    pitch, length = 30, 30 * pitches
    ink = np.zeros((300, 600), bool)
    ink[150:153, 100 : 100 + length] = True
    for x in range(100, 100 + length, 20):
        ink[149:154, x : x + 10] = True
    assert len(find_rules(ink, pitch).horizontal) == count


def test_rules_of_a_turned_page_are_found() -> None:
    paper = text_page()
    paper.rule(80, 740, 1220, 740)
    scan, _ = turned(paper.scan(), 2.5)
    separators = [shape for shape in detect(scan).walk() if shape.kind is RegionKind.SEPARATOR]
    assert len(separators) == 1
    assert separators[0].box.width > 1000


def test_four_rules_are_a_frame_and_two_are_not() -> None:
    paper = text_page()
    paper.frame(60, 60, 620, 720)
    paper.rule(690, 750, 1230, 750)
    sheet, rules = rules_of(paper)
    frames = [sheet.to_page.apply_box(frame) for frame in find_frames(rules, sheet.pitch)]
    assert len(frames) == 1
    frame = frames[0]
    assert (frame.x0, frame.y0, frame.x1, frame.y1) == pytest.approx((60, 60, 620, 720), abs=8)


def test_text_in_a_frame_is_a_box_with_children() -> None:
    paper = text_page()
    paper.frame(60, 60, 620, 720)
    found = detect(paper.scan())
    boxes = [shape for shape in found.shapes if shape.children]
    assert [box.kind for box in boxes] == [RegionKind.SIDEBAR]
    assert sum(len(child.lines) for child in boxes[0].children) == 16
    assert len(lines_of(found)) == 64


def test_pitch_and_skew_are_in_the_worksheet() -> None:
    sheet = sheet_of(text_page())
    assert sheet.skew == 0.0
    assert sheet.pitch == pytest.approx(30, rel=0.05)
    assert sheet.to_page.factor == pytest.approx(PITCH / 30, rel=0.05)
    assert sheet.sheet is None
    assert BODY < PITCH


def test_the_column_rules_of_two_articles_above_each_other_are_two() -> None:
    paper = text_page()
    paper.rule(650, 100, 650, 690)
    paper.rule(650, 690 + int(1.8 * PITCH), 650, 1380)
    _, rules = rules_of(paper)
    assert len(rules.vertical) == 2


def test_a_worn_column_rule_is_one_where_lines_stand_beside_its_gap() -> None:
    paper = Paper(1300, 1500)
    left, right = (paper.column(x, 100, 520, 34) for x in (80, 660))
    paper.rule(630, 100, 630, 690)
    paper.rule(630, 690 + int(1.4 * PITCH), 630, 1310)
    _, rules = rules_of(paper)
    assert len(rules.vertical) == 1
    assert f1([*left, *right], lines_of(detect(paper.scan())), 0.75) > 0.97


def test_what_a_worn_rule_left_in_its_gap_is_of_no_line() -> None:
    paper = Paper(1300, 1500)
    left, right = (paper.column(x, 100, 520, 34) for x in (80, 690))
    paper.rule(644, 100, 644, 690)
    paper.rule(644, 690 + int(1.4 * PITCH), 644, 1310)
    paper.rule(645, 690 + int(0.3 * PITCH), 645, 690 + int(1.1 * PITCH), width=2)
    sheet, found = rules_of(paper)
    rules = with_faint_rules(found, sheet.light, sheet.ink, (), sheet.pitch)
    (rule,) = rules.vertical
    columns = slice(int(rule.x0), int(rule.x1))
    assert np.array_equal(rules.mask[:, columns], sheet.ink[:, columns])
    assert f1([*left, *right], lines_of(detect(paper.scan())), 0.75) > 0.99


def test_a_short_piece_of_a_column_rule_is_no_letter() -> None:
    paper = Paper(1300, 1500)
    left, right = (paper.column(x, 100, 520, 30) for x in (80, 700))
    paper.rule(674, 500, 674, 500 + int(1.7 * PITCH), width=2)
    _, rules = rules_of(paper)
    assert len(rules.vertical) == 1
    assert f1([*left, *right], lines_of(detect(paper.scan())), 0.75) > 0.97


def test_a_halftone_says_nothing_of_the_pitch() -> None:
    """The dots of a coarse screen stand in rows more regular than lines of type."""
    paper = Paper(1300, 1500)
    for x in (80, 700):
        paper.column(x, 900, 520, 15)
    for y in range(80, 820, 12):
        for x in range(80, 1220, 12):
            paper.pen.ellipse((x, y, x + 8, y + 8), fill=20)
    assert sheet_of(paper).to_page.affine.a * sheet_of(paper).pitch == pytest.approx(PITCH, rel=0.05)


def test_low_letters_grown_together_are_no_rule_and_a_double_rule_is_one() -> None:
    """A line of narrow Fraktur: its low letters are a band with white in every counter."""
    ink = np.zeros((300, 900), bool)
    for x in range(100, 460, 5):
        ink[100:109, x : x + 3] = True
        ink[100:102, x : x + 5 * (x % 20 > 0)] = True  # joined at the top, save between words
    ink[200:203, 100:460] = ink[206:209, 100:460] = True
    (rule,) = find_rules(ink, 30.0).horizontal
    assert 198 <= rule.y0 < rule.y1 <= 211


def test_flakes_of_a_worn_hairline_are_rule_and_letters_on_its_level_are_none() -> None:
    """To the right the rule goes on in pieces shorter than a letter; to the left stand letters."""
    ink = np.zeros((120, 1000), bool)
    ink[60:62, 300:600] = True
    for left, right in ((625, 640), (680, 700), (735, 745)):
        ink[60:62, left:right] = True
    for left in range(100, 280, 20):
        ink[50:64, left : left + 12] = True
    found = find_rules(ink, 30)
    assert [(rule.x0, rule.x1) for rule in found.horizontal] == [(300, 745)]
    assert found.mask[60, 630] and found.mask[60, 740] and not found.mask[:, :290].any()


def test_level_strokes_of_letters_are_no_flakes_of_the_rule_beside_them() -> None:
    """Beyond the gutter stands text, on the rule's level the strokes that join its letters."""
    ink = np.zeros((120, 1000), bool)
    ink[60:62, 100:500] = True
    for left in range(540, 900, 30):
        ink[46:62, left : left + 15] = True
        ink[60:62, left + 15 : left + 30] = True
    found = find_rules(ink, 30)
    assert [(rule.x0, rule.x1) for rule in found.horizontal] == [(100, 500)]


def test_the_rules_of_two_columns_stay_two() -> None:
    ink = np.zeros((120, 1100), bool)
    ink[60:62, 100:500] = True
    ink[60:62, 526:900] = True
    assert [(rule.x0, rule.x1) for rule in find_rules(ink, 30).horizontal] == [(100, 500), (526, 900)]


def test_a_scratch_through_the_text_is_no_rule_and_is_taken_from_between_the_lines() -> None:
    """The lines stand far apart, so that only the share of them that it runs through tells it from a rule."""
    paper = Paper(1500, 2000)
    lines = paper.column(100, 100, 600, 40, pitch=round(1.5 * PITCH))
    paper.column(800, 100, 600, 40, pitch=round(1.5 * PITCH))
    paper.rule(400, 100, 402, 1800, width=2)
    paper.rule(750, 100, 750, 1800, width=2)
    found = detect(paper.scan())
    rules = [shape.box for shape in found.walk() if shape.kind is RegionKind.SEPARATOR]
    assert [round(rule.center[0], -1) for rule in rules] == [750]
    assert f1(lines, [line for line in lines_of(found) if line.x1 < 750], 0.6) > 0.9


@pytest.mark.parametrize(("width", "rules"), [(11, 0), (6, 1)])
def test_the_stem_of_a_large_letter_that_touches_one_below_is_no_rule(width: int, rules: int) -> None:
    """A bar beside a quote is as high, and thinner."""
    ink = np.zeros((300, 400), bool)
    ink[100:195, 200 : 200 + width] = True
    assert len(find_rules(ink, 30).vertical) == rules
