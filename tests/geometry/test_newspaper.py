"""The built-in detector on drawn pages: each test is one thing a newspaper page does."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from layout.document import Box, RegionKind, Segmentation
from layout.geometry.newspaper import NewspaperDetector
from layout.geometry.settings import GeometrySettings
from layout.image import Scan
from tests.geometry.paper import PITCH, Paper, detect, f1, font, holder, iou, lines_of, mapped, turned

#: Boxes are drawn from ascender to descender of the words that are there, and so are they found: the
#: ink is one pixel wider here or there, and a change of scale adds one more.
GOOD = 0.75


def two_columns(gutter: int = 60, lines: int = 20, top: int = 300) -> tuple[Paper, list[Box], list[Box]]:
    paper = Paper(1300, 1400)
    wide = (1140 - gutter) // 2
    return (
        paper,
        paper.column(80, top, wide, lines),
        paper.column(80 + wide + gutter, top, wide, lines),
    )


def kinds(found: Segmentation) -> list[RegionKind]:
    return [shape.kind for shape in found.walk()]


@pytest.mark.parametrize("gutter", [24, 40, 90])
def test_lines_of_two_columns_are_never_one(gutter: int) -> None:
    paper, left, right = two_columns(gutter)
    found = detect(paper.scan())
    assert f1(left + right, lines_of(found), GOOD) == 1.0
    middle = 80 + (1140 - gutter) // 2 + gutter / 2
    assert not any(box.x0 < middle - gutter < middle + gutter < box.x1 for box in lines_of(found))
    assert len(found.columns) == 2


def test_last_lines_below_the_end_of_a_column_rule_stay_two() -> None:
    """The rule ends a line early, and the last lines stand a word space apart."""
    paper, left, right = two_columns(40)
    paper.rule(80 + 550 + 20, 300, 80 + 550 + 20, 300 + 20 * PITCH - 10)
    last = 300 + 20 * PITCH
    words = paper.words(500)
    shift = 80 + 550 + 12 - int(paper.text(0, 1400, words, ink=250).x1)
    ends = [paper.text(shift, last, words), paper.text(80 + 550 + 28, last, paper.words(500))]
    found = detect(paper.scan())
    assert f1([*left, *right, *ends], lines_of(found), 0.75) > 0.97


def test_a_line_under_a_rule_that_parts_no_text_stays_whole() -> None:
    paper = Paper(1300, 1500)
    paper.column(80, 100, 1140, 8)
    paper.rule(640, 420, 640, 900)
    caption = paper.text(300, 905, "Market day in the old town beside the river and its bridge")
    paper.column(80, 1000, 1140, 8)
    assert max(iou(caption, line) for line in lines_of(detect(paper.scan()))) > 0.8


def test_an_unbroken_column_is_one_shape() -> None:
    paper, left, _ = two_columns()
    found = detect(paper.scan())
    shape = holder(found, left[0])
    assert shape.kind is RegionKind.PARAGRAPH
    assert len(shape.lines) == len(left)
    tops = [line.box.y0 for line in shape.lines]
    assert tops == sorted(tops)


@pytest.mark.parametrize(
    "size",
    [
        40,
        54,
        72,
        96,
    ],
)
def test_a_headline_over_two_columns_is_one_line(size: int) -> None:
    paper, left, right = two_columns()
    head = paper.text(80, 150, "Council opens the harbour", size=size)
    found = detect(paper.scan())
    shape = holder(found, head)
    assert shape.kind is RegionKind.HEADLINE
    assert len(shape.lines) == 1
    assert f1([head, *left, *right], lines_of(found), GOOD) == 1.0


def test_a_light_headline_on_a_dark_panel_is_found() -> None:
    paper, left, right = two_columns()
    paper.fill(80, 150, 1220, 265, 30)
    head = paper.text(110, 170, "Council opens the harbour", size=64, ink=240)
    found = detect(paper.scan())
    shape = holder(found, head)
    assert shape.kind is RegionKind.HEADLINE
    assert shape.appearance.light_on_dark
    assert f1(left + right, lines_of(found), GOOD) > 0.97


def test_panels_close_beside_each_other_are_read() -> None:
    """Two black advertisements, a third of an inch apart, with lines much smaller than they are."""
    paper, _, _ = two_columns(top=700, lines=16)
    drawn = []
    for x in (80, 670):
        paper.fill(x, 100, x + 560, 600, 10)
        drawn.append(paper.text(x + 60, 200, "Harbour bank", 72, ink=245))
        drawn.append(paper.text(x + 90, 340, "market street and bridge", ink=245))
        drawn.append(paper.text(x + 120, 440, "from nine in the morning", ink=245))
    found = detect(paper.scan())
    assert RegionKind.IMAGE not in kinds(found)
    assert all(holder(found, box) for box in drawn)


def test_a_folio_stands_apart_from_the_running_head() -> None:
    paper, _, _ = two_columns()
    folio = paper.text(80, 90, "11")
    head = paper.text(160, 90, "The Harbour Gazette")
    found = detect(paper.scan())
    assert any(line.covers(folio, 0.7) and not line.intersection(head) for line in lines_of(found))


def test_the_number_of_an_issue_is_one_line() -> None:
    """Neither of the two is a running head with a folio beside it."""
    paper, *_ = two_columns()
    number, after = paper.text(80, 90, "Nr.", 40), paper.text(170, 90, "69", 40)
    found = lines_of(detect(paper.scan()))
    assert any(line.covers(number, 0.7) and line.covers(after, 0.7) for line in found)


def test_a_folio_on_a_dark_square_is_found() -> None:
    paper, left, right = two_columns()
    paper.fill(80, 70, 150, 140, 25)
    folio = paper.text(97, 86, "11", size=34, ink=245)
    found = detect(paper.scan())
    assert any(line.covers(folio, 0.6) for line in lines_of(found))
    assert f1(left + right, lines_of(found), GOOD) > 0.97


@pytest.mark.parametrize(
    "gap",
    [
        20,
        26,
        12,
    ],
)
def test_a_caption_stands_apart_from_the_text_below(gap: int) -> None:
    paper = Paper(1300, 1500)
    right = paper.column(690, 100, 530, 36)
    photo = paper.photograph(80, 100, 610, 480)
    caption = paper.column(80, 480 + gap, 500, 2, size=20, pitch=26)
    below = paper.column(80, 563 + gap, 530, 22)
    found = detect(paper.scan())
    assert RegionKind.IMAGE in kinds(found)
    assert holder(found, caption[0]).kind is RegionKind.CAPTION
    assert holder(found, caption[0]) is not holder(found, below[0])
    assert f1([*right, *caption, *below], lines_of(found), 0.6) > 0.95
    picture = next(shape.box for shape in found.walk() if shape.kind is RegionKind.IMAGE)
    assert picture.covers(photo, 0.9)
    assert photo.grown(PITCH).covers(picture, 1.0)


def test_a_tint_is_no_picture_and_keeps_its_lines() -> None:
    paper, _, _ = two_columns(lines=9)
    paper.fill(70, 660, 630, 1340, 215)
    tinted = paper.column(100, 690, 490, 17)
    found = detect(paper.scan())
    assert RegionKind.IMAGE not in kinds(found)
    assert all(any(line.covers(box, 0.8) for line in lines_of(found)) for box in tinted)
    assert holder(found, tinted[3]).appearance.tinted


def test_a_picture_above_the_text_takes_no_lines() -> None:
    paper, left, right = two_columns(top=620, lines=18)
    photo = paper.photograph(80, 100, 1220, 580)
    found = detect(paper.scan())
    assert RegionKind.IMAGE in kinds(found)
    assert not any(line.intersection(photo) > 0 for line in lines_of(found) if line.width > PITCH)
    assert f1(left + right, lines_of(found), GOOD) > 0.97


def test_nothing_of_a_photograph_is_a_line() -> None:
    paper, _, _ = two_columns(top=620, lines=18)
    photo = paper.photograph(80, 100, 1220, 580)
    assert not any(photo.covers(line, 0.9) for line in lines_of(detect(paper.scan())))


def test_a_photograph_of_a_speckled_one_bit_scan_is_a_picture() -> None:
    """Clumps of its dots are as high as letters; the specks all over the page are no print."""
    paper, left, right = two_columns(top=620, lines=18)
    photo = paper.fill(80, 100, 640, 580, 150)
    paper.pen.ellipse((260, 180, 460, 480), fill=60)
    noise = np.random.default_rng(6)

    def one_bit(gray: NDArray[np.uint8]) -> NDArray[np.generic]:
        light = np.where(gray > 200, 250, gray) + cv2.GaussianBlur(
            noise.normal(0, 130, gray.shape), (3, 3), 0
        )
        return np.where((light > 128) & (noise.random(gray.shape) > 0.01), 255, 0)

    found = detect(mapped(paper.scan(), one_bit))
    pictures = [shape.box for shape in found.walk() if shape.kind == RegionKind.IMAGE]
    assert [box for box in pictures if iou(box, photo) > 0.8]
    assert not any(photo.covers(line, 0.5) for line in lines_of(found))
    assert f1(left + right, lines_of(found)) > 0.95


def test_two_photographs_that_meet_at_their_corners_hold_no_text_between() -> None:
    paper = Paper(1300, 1700)
    above = paper.photograph(80, 100, 640, 560)
    below = paper.photograph(656, 520, 1220, 980)
    beside = [paper.column(80, 640, 560, 28), paper.column(656, 100, 560, 10)]
    lines = [*beside[0], *beside[1], *paper.column(656, 1060, 560, 16)]
    found = detect(paper.scan())
    pictures = [shape.box for shape in found.walk() if shape.kind == RegionKind.IMAGE]
    assert all(any(iou(box, photo) > 0.8 for box in pictures) for photo in (above, below))
    assert f1(lines, lines_of(found)) > 0.95


def test_a_picture_showing_through_beside_a_picture_keeps_its_text() -> None:
    paper = Paper(1300, 1500)
    paper.fill(120, 180, 700, 560, 190)
    photo = paper.photograph(656, 100, 1220, 580)
    lines = [*paper.column(80, 100, 560, 36), *paper.column(656, 640, 560, 21)]
    found = detect(paper.scan())
    pictures = [shape.box for shape in found.walk() if shape.kind == RegionKind.IMAGE]
    assert [box for box in pictures if iou(box, photo) > 0.9]
    assert f1(lines, lines_of(found)) > 0.97


def test_pictures_showing_through_below_and_between_pictures_are_none_of_them() -> None:
    paper = Paper(1300, 1500)
    paper.fill(140, 400, 1100, 760, 190)
    photos = paper.photograph(80, 100, 560, 580), paper.photograph(740, 100, 1220, 580)
    lines = [*paper.column(80, 640, 560, 20), *paper.column(656, 640, 560, 20)]
    found = detect(paper.scan())
    pictures = [shape.box for shape in found.walk() if shape.kind == RegionKind.IMAGE]
    assert all(any(iou(box, photo) > 0.9 for box in pictures) for photo in photos)
    assert len(pictures) == 2
    assert f1(lines, lines_of(found)) > 0.97


def test_a_picture_that_shade_joins_to_the_edge_is_found() -> None:
    paper = Paper(1300, 1500)
    shade = np.tile(np.clip(np.linspace(150, 330, 300), 0, 250).astype(np.uint8), (1500, 1))
    paper.picture.paste(Image.fromarray(shade), (0, 0))
    photo = paper.photograph(110, 100, 640, 580)
    lines = [*paper.column(200, 640, 440, 20), *paper.column(656, 100, 560, 35)]
    found = detect(paper.scan())
    pictures = [shape.box for shape in found.walk() if shape.kind == RegionKind.IMAGE]
    assert len(pictures) == 1 and iou(pictures[0], photo) > 0.9
    assert f1(lines, lines_of(found)) > 0.95


def test_two_photographs_side_by_side_are_two() -> None:
    paper, _, _ = two_columns(top=620, lines=18)
    first, second = paper.photograph(80, 100, 640, 580), paper.photograph(662, 100, 1220, 580)
    found = [shape.box for shape in detect(paper.scan()).walk() if shape.kind == RegionKind.IMAGE]
    assert all(any(iou(box, photo) > 0.9 for box in found) for photo in (first, second))


def test_photographs_on_both_sides_of_a_column_rule_are_two() -> None:
    paper, _, _ = two_columns(gutter=24, top=100, lines=20)
    first, second = paper.photograph(80, 860, 638, 1340), paper.photograph(662, 830, 1220, 1240)
    paper.rule(650, 100, 650, 1350, width=4)
    found = [shape.box for shape in detect(paper.scan()).walk() if shape.kind == RegionKind.IMAGE]
    assert all(any(iou(box, photo) > 0.9 for box in found) for photo in (first, second))


def test_the_columns_of_a_screen_are_no_rules() -> None:
    """The dots of a coarse halftone stand below each other from its head to its foot."""
    paper, _, _ = two_columns(top=620, lines=18)
    for x in range(80, 640, 10):
        for y in range(100, 580, 10):
            size = 5 + round(1.5 * np.sin(x / 70) + 1.5 * np.cos(y / 90))
            paper.fill(x, y, x + size, y + size + 1, 30)
    found = detect(paper.scan())
    picture = Box(80, 100, 640, 580)
    assert [s for s in found.walk() if s.kind == RegionKind.IMAGE and iou(s.box, picture) > 0.8]
    rules = [shape.box for shape in found.walk() if shape.kind == RegionKind.SEPARATOR]
    assert not any(picture.covers(rule, 0.9) for rule in rules)


@settings(max_examples=15, deadline=None)
@given(
    height=st.integers(6, 90),
    width=st.integers(6, 90),
    low=st.integers(0, 255),
    seed=st.integers(0, 999),
)
def test_any_small_picture_gives_a_segmentation_on_the_page(
    height: int, width: int, low: int, seed: int
) -> None:
    gray = np.random.default_rng(seed).integers(low, 256, (height, width)).astype(np.uint8)
    found = detect(Scan("p0001", gray))
    page = Box(0, 0, width, height)
    assert (found.width, found.height) == (width, height)
    assert all(page.clipped(shape.box) == shape.box for shape in found.walk())
    assert all(shape.box.x0 <= shape.box.x1 and shape.box.y0 <= shape.box.y1 for shape in found.walk())


@pytest.mark.parametrize("size", [(1, 1), (1, 400), (400, 1), (5, 5)])
def test_a_picture_of_a_few_pixels_is_an_empty_page(size: tuple[int, int]) -> None:
    assert lines_of(detect(Scan("p0001", np.full(size, 255, np.uint8)))) == []


def full_page() -> tuple[Paper, list[Box]]:
    paper = Paper(1300, 1500)
    boxes = [paper.text(80, 110, "Harbour opens again", size=44)]
    for x in (80, 480, 880):
        boxes += paper.column(x, 240, 340, 32)
    paper.rule(80, 215, 1220, 215)
    return paper, boxes


@pytest.mark.parametrize("size", [54, 58])
def test_a_headline_half_as_large_again_as_the_body_is_one_line(size: int) -> None:
    """Its heavy letters are display type by their strokes; the light ones go with them."""
    paper = Paper(1300, 1500)
    head = paper.text(80, 110, "Harbour opens again", size=size)
    for x in (80, 480, 880):
        paper.column(x, 240, 340, 32)
    assert len(holder(detect(paper.scan()), head).lines) == 1


def test_a_mirrored_page_gives_mirrored_regions() -> None:
    """Nothing in the detector prefers a side. Letters change their look in the mirror, so that kernels
    of even width and rounding move an edge by a pixel or two: boxes agree to an IoU of 0.9."""
    paper, _ = full_page()
    scan = paper.scan()
    plain = detect(scan)
    mirror = detect(mapped(scan, np.fliplr))

    def flipped(box: Box) -> Box:
        return Box(scan.width - box.x1, box.y0, scan.width - box.x0, box.y1)

    def regions(found: Segmentation) -> list[Box]:
        return [shape.box for shape in found.walk() if shape.kind is not RegionKind.SEPARATOR]

    assert f1([flipped(box) for box in regions(plain)], regions(mirror), 0.9) == 1.0
    assert f1([flipped(box) for box in lines_of(plain)], lines_of(mirror), 0.85) == 1.0
    assert sorted(kinds(plain)) == sorted(kinds(mirror))


@pytest.mark.parametrize("degrees", [-3.0, 1.2])
def test_lines_of_a_turned_page_lie_on_the_drawn_text(degrees: float) -> None:
    paper, boxes = full_page()
    scan, affine = turned(paper.scan(), degrees)
    found = detect(scan)
    assert found.skew == pytest.approx(degrees, abs=0.15)
    outlines = [line.polygon for shape in found.walk() for line in shape.lines]
    assert all(outline and len(outline) == 4 for outline in outlines)
    back = affine.inverse()

    def upright(outline: tuple[tuple[float, float], ...]) -> Box:
        xs, ys = zip(*back.apply_all(outline), strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))

    # 0.15 degrees over a column is one pixel, over the headline three.
    assert f1(boxes, [upright(outline) for outline in outlines if outline], 0.65) > 0.97


def test_baselines_stand_at_the_letters_feet() -> None:
    paper = Paper(1000, 1200)
    boxes = paper.column(80, 100, 840, 28)
    feet = font(26).getmetrics()[0]
    found = detect(paper.scan())
    lines = sorted((line for shape in found.walk() for line in shape.lines), key=lambda line: line.box.y0)
    assert len(lines) == len(boxes)
    for index, line in enumerate(lines):
        (x0, y0), (x1, y1) = line.baseline
        assert x0 < x1
        # A seventh of the pitch: within the foot of the letters, not in the descenders.
        assert (y0 + y1) / 2 == pytest.approx(100 + index * PITCH + feet, abs=PITCH / 7)


@pytest.mark.parametrize("factor", [0.6, 2.0])
def test_scale_changes_nothing(factor: float) -> None:
    """The same page in other resolutions (about 150 and 500 dpi): the same lines."""
    paper, boxes = full_page()
    size = (round(paper.picture.width * factor), round(paper.picture.height * factor))
    scan = Scan("p0001", np.asarray(paper.picture.resize(size)).copy())
    found = lines_of(detect(scan))
    assert f1([box.scaled(factor) for box in boxes], found, 0.65) > 0.97


def test_the_same_page_gives_the_same_result() -> None:
    paper, _ = full_page()
    assert detect(paper.scan()) == detect(paper.scan())


def test_the_limit_of_skew_is_kept() -> None:
    paper, _ = full_page()
    scan, _ = turned(paper.scan(), 3.0)
    assert NewspaperDetector(GeometrySettings(max_skew_degrees=0)).detect(scan).skew == 0.0


def test_a_sheet_on_a_black_bed_has_no_text_in_the_bed() -> None:
    paper = Paper(1300, 1500, ground=5)
    paper.fill(100, 80, 1210, 1420, 240)
    boxes = paper.column(170, 150, 450, 33) + paper.column(690, 150, 450, 33)
    found = detect(paper.scan())
    assert found.sheet is not None
    assert f1(boxes, lines_of(found), GOOD) > 0.97
    assert RegionKind.IMAGE not in kinds(found)


def test_print_of_the_other_side_is_no_text() -> None:
    """Grey mirrored lines between the black ones, broken up by the paper's grain."""
    paper, left, right = two_columns()
    black = np.asarray(paper.picture).copy()
    behind, _, _ = two_columns(top=318)
    grain = np.random.default_rng(3).integers(90, 320, (350, 325)).repeat(4, 0).repeat(4, 1)
    shadow = np.where(np.asarray(behind.picture)[:, ::-1] < 128, np.clip(grain, 0, 250), 250)
    page = np.where(black < 128, 0, np.minimum(black, shadow)).astype(np.uint8)
    found = detect(Scan("p0001", page))
    assert f1(left + right, lines_of(found), GOOD) > 0.95


def test_pale_print_on_a_page_with_black_print_stays() -> None:
    paper = Paper(1300, 1400)
    black = paper.column(80, 100, 1140, 20, ink=0)
    pale = paper.column(80, 900, 1140, 10, ink=140)
    assert f1(black + pale, lines_of(detect(paper.scan())), GOOD) == 1.0


def test_a_label_on_a_dark_bar_stands_apart_from_the_headline_below() -> None:
    paper = Paper(1300, 1400)
    paper.fill(80, 200, 700, 270, 30)
    label = paper.text(100, 212, "Also today", 40, ink=245)
    headline = paper.text(80, 282, "Less water, more thirst", 44)
    paper.column(80, 360, 1140, 20)
    found = detect(paper.scan())
    assert holder(found, label) is not holder(found, headline)


def test_a_corner_of_a_frame_may_be_open() -> None:
    """A curled sheet's rule fades at a corner; columns with rules about them are open at all four."""
    paper = Paper(1300, 1400)
    paper.column(80, 80, 1140, 12)
    paper.rule(80, 700, 80, 1300)
    paper.rule(80, 700, 1220, 700)
    paper.rule(1220, 700, 1220, 1300)
    paper.rule(130, 1300, 1220, 1300)
    paper.text(300, 800, "Fine spices", 90)
    paper.text(300, 1000, "and tea", 70)
    assert RegionKind.ADVERTISEMENT in kinds(detect(paper.scan()))

    open_at_all = Paper(1300, 1400)
    for x in (80, 650, 1220):
        open_at_all.rule(x, 160, x, 1240)
    for y in (100, 1300):
        open_at_all.rule(80, y, 1220, y)
    for x in (110, 680):
        open_at_all.column(x, 170, 510, 29)
    found = kinds(detect(open_at_all.scan()))
    assert RegionKind.SIDEBAR not in found
    assert RegionKind.ADVERTISEMENT not in found


def test_a_pale_even_tint_under_text_is_a_box() -> None:
    paper = Paper(1300, 1400)
    paper.column(80, 80, 1140, 14)
    paper.fill(80, 700, 660, 1200, 232)
    paper.text(110, 720, "At a glance", 34)
    inside = paper.column(110, 780, 520, 11)
    found = detect(paper.scan())
    boxes = [shape for shape in found.shapes if shape.kind is RegionKind.SIDEBAR]
    assert len(boxes) == 1
    assert all(boxes[0].box.covers(line, 0.8) for line in inside)


def test_a_shadow_along_the_edge_is_no_picture() -> None:
    paper, left, right = two_columns()
    page = np.asarray(paper.picture).astype(float)
    shade = np.clip(1 - 0.35 * np.exp(-np.arange(1300) / 60), 0, 1)
    page[700:] *= shade
    found = detect(Scan("p0001", page.astype(np.uint8)))
    assert RegionKind.IMAGE not in kinds(found)
    assert f1(left + right, lines_of(found), GOOD) > 0.95


def test_the_fold_beside_a_bound_page_is_no_picture_and_a_photograph_at_the_edge_is_one() -> None:
    paper, left, right = two_columns(60)
    fall = np.ones((1400, 1300))
    fall[:, 1230:] = np.linspace(1.0, 0.45, 70)
    shaded = mapped(paper.scan(), lambda gray: gray * fall)
    found = detect(shaded)
    assert not [shape for shape in found.walk() if shape.kind is RegionKind.IMAGE]
    assert f1([*left, *right], lines_of(found), 0.6) > 0.95
    paper.photograph(900, 0, 1300, 250)
    pictured = [shape for shape in detect(paper.scan()).walk() if shape.kind is RegionKind.IMAGE]
    assert len(pictured) == 1


def test_a_date_in_heavy_type_on_shaded_paper_is_text() -> None:
    paper, left, right = two_columns(60)
    date = Box(*map(float, paper.pen.textbbox((700, 60), "19. Oktober 1885", font=font(64), stroke_width=5)))
    paper.pen.text((700, 60), "19. Oktober 1885", font=font(64), fill=20, stroke_width=5)
    shade = np.ones((1400, 1300))
    shade[:180, 600:] = 0.85
    found = detect(mapped(paper.scan(), lambda gray: gray * shade))
    assert not [shape for shape in found.walk() if shape.kind is RegionKind.IMAGE]
    assert f1([*left, *right, date], lines_of(found), 0.6) > 0.97


def test_a_dark_strip_along_the_edge_is_no_picture() -> None:
    """The rim of the scanner's bed or of the facing page, a few lines wide."""
    paper = Paper(1450, 1400)
    left, right = paper.column(80, 300, 540, 20), paper.column(680, 300, 540, 20)
    width, height = paper.picture.size
    paper.photograph(width - 150, 500, width, height - 300)
    found = detect(paper.scan())
    assert RegionKind.IMAGE not in kinds(found)
    assert f1([*left, *right], lines_of(found), 0.6) > 0.95


@pytest.mark.parametrize("gutter", [14, 30])
def test_pictures_that_face_each_other_with_their_corners_are_two(gutter: int) -> None:
    """The one begins beside the other, which has a third to go; text stands above it and below the other."""
    paper = Paper(1500, 2000)
    first = paper.photograph(100, 1100, 700, 1700)
    second = paper.photograph(700 + gutter, 800, 1400, 1300)
    for x, y, lines in ((100, 100, 24), (740, 100, 16), (100, 820, 7), (740, 1340, 8)):
        paper.column(x, y, 600, lines)
    pictures = [shape.box for shape in detect(paper.scan()).walk() if shape.kind is RegionKind.IMAGE]
    assert len(pictures) == 2
    assert all(max(iou(drawn, found) for found in pictures) > 0.9 for drawn in (first, second))
