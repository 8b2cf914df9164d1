"""What stands side by side without a gutter of the page between: quotes in the text, headlines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from layout.document import Box, RegionKind, union
from layout.geometry.titles import heavy_rows
from layout.geometry.worksheet import make_worksheet
from tests.geometry.paper import BODY, PITCH, Paper, detect, f1, font, iou, lines_of

BESIDE = ("of the old paper mill", "in the harbour town", "which was long under", "water in the winter")
BESIDE_A_LONG_ONE = ("water in winter", "on that very day", "and then again", "in the old days")


def beside_a_quote(aside: int) -> tuple[Paper, list[Box], list[Box]]:
    """A column in which a quote stands, narrow text flush ``aside`` pixels left of it in four lines."""
    paper = Paper(1500, 2000)
    lines = paper.column(100, 300, 600, 8)
    top, half = 300 + 8 * PITCH, round(max(font(BODY).getlength(text) for text in BESIDE))
    beside = [_flush(paper, 100, top + n * PITCH, text, half) for n, text in enumerate(BESIDE)]
    quote = [
        paper.text(100 + half + aside, top + round((1 + 1.5 * n) * PITCH), words, size=round(1.35 * BODY))
        for n, words in enumerate(("nobody had seen", "the old bridge fall"))
    ]
    lines += paper.column(100, top + 4 * PITCH, 600, 20)
    lines += paper.column(800, 300, 600, 32)
    return paper, [*lines, *beside], quote


def _flush(paper: Paper, x: int, y: int, text: str, width: int) -> Box:
    """A line that fills its width, its last word set at its end."""
    first, last = text.rsplit(" ", 1)
    begin = paper.text(x, y, first)
    end = paper.text(round(x + width - font(BODY).getlength(last)), y, last)
    return Box(begin.x0, min(begin.y0, end.y0), end.x1, max(begin.y1, end.y1))


def test_a_quote_is_cut_from_the_text_beside_it() -> None:
    paper, lines, quote = beside_a_quote(aside=22)
    assert f1([*lines, *quote], lines_of(detect(paper.scan())), 0.6) > 0.96


@pytest.mark.parametrize("off", [0.1, 0.3, 0.6])
def test_a_quote_over_a_gutter_is_cut_from_the_text_on_both_sides(off: float) -> None:
    """Its lines stand off those of the text: one of them runs into two."""
    paper = Paper(1500, 2000)
    top, half = 300 + 8 * PITCH, round(max(font(BODY).getlength(text) for text in BESIDE))
    lines = paper.column(100, 300, 600, 8) + paper.column(740, 300, 600, 8)
    for x in (100, 1340 - half):
        lines += [_flush(paper, x, top + n * PITCH, text, half) for n, text in enumerate(BESIDE)]
    begin, end, size = 100 + half + 22, 1340 - half - 22, round(1.35 * BODY)
    quote = [
        paper.text(begin, top + round((off + 1.4 * n) * PITCH), paper.words(end - begin, size), size)
        for n in range(2)
    ]
    lines += paper.column(100, top + 4 * PITCH, 600, 20) + paper.column(740, top + 4 * PITCH, 600, 20)
    assert f1([*lines, *quote], lines_of(detect(paper.scan())), 0.6) > 0.99


@pytest.mark.parametrize("flipped", [False, True])
@pytest.mark.parametrize(("size", "first"), [(1.2, 1.5), (1.3, 1.7)])
def test_so_it_is_where_a_line_of_it_runs_into_two_of_the_text(
    size: float, first: float, flipped: bool
) -> None:
    """Its type is hardly larger, and a line of it stands beside a short one of the text."""
    paper = Paper(1500, 2000)
    beside = ("of the old mill", "in the harbour", "which was long", "and so", *BESIDE_A_LONG_ONE)
    top, half = 300 + 8 * PITCH, round(max(font(BODY).getlength(text) for text in beside))
    boxes = paper.column(100, 300, 600, 8) + paper.column(740, 300, 600, 8)
    for n, text in enumerate(beside):
        for x in (100, 1340 - half):
            y = top + n * PITCH
            boxes.append(paper.text(x, y, text) if n == 3 else _flush(paper, x, y, text, half))
    begin, end, large = 100 + half + 18, 1340 - half - 18, round(size * BODY)
    for n, share in enumerate((1.0, 0.94, 0.6)):
        words = paper.words(round((end - begin) * share), large)
        x = round((begin + end - font(large).getlength(words)) / 2)
        boxes.append(paper.text(x, top + round((first + 1.25 * n) * PITCH), words, large))
    boxes += paper.column(100, top + 8 * PITCH, 600, 20) + paper.column(740, top + 8 * PITCH, 600, 20)
    scan = paper.scan()
    if flipped:
        scan = replace(scan, gray=scan.gray[:, ::-1].copy())
        boxes = [Box(1500 - box.x1, box.y0, 1500 - box.x0, box.y1) for box in boxes]
    assert f1(boxes, lines_of(detect(scan)), 0.6) == 1


def test_a_quote_on_a_tint_is_cut_from_the_text_where_the_tint_ends() -> None:
    """No two lines of the text beside it begin at one place."""
    paper = Paper(1500, 2000)
    boxes = paper.column(100, 300, 600, 8) + paper.column(740, 300, 600, 8)
    top, size = 300 + 8 * PITCH, round(1.35 * BODY)
    paper.fill(100, top + 10, 1060, top + 150, 225)
    words = "of the old bridge in the harbour town that fell one winter"
    x = round(1048 - font(size).getlength(words))
    boxes += [paper.text(x, top + 28 + 44 * n, words, size) for n in range(2)]
    boxes += [paper.text(1072 + 30 * n, top + 20 + n * PITCH, "in the old town") for n in range(3)]
    boxes += paper.column(100, top + 170, 600, 20) + paper.column(740, top + 170, 600, 20)
    assert f1(boxes, lines_of(detect(paper.scan())), 0.6) == 1


def test_short_notices_far_from_the_text_beside_are_kept_whole() -> None:
    """Their first lines end with a word of tall letters, their last ones by chance where that begins."""
    paper = Paper(1500, 2000)
    boxes, width = [], font(BODY).getlength("seen near me on a")
    for n in range(8):
        y = 300 + 90 * n
        boxes.append(union((paper.text(100, y, "seen near me on a"), _at(paper, 114 + width, y, "dlb"))))
        boxes.append(paper.text(100, y + PITCH, "seen near me on a"))
        paper.rule(100, y + 76, 700, y + 76)
    paper.column(740, 300, 600, 32)
    found = lines_of(detect(paper.scan()))
    assert min(max(iou(box, line) for line in found) for box in boxes) > 0.75


def _at(paper: Paper, x: float, y: int, text: str) -> Box:
    return paper.text(round(x), y, text)


def test_words_of_two_sizes_in_one_line_stay_together() -> None:
    paper = Paper(1500, 2000)
    lines = paper.column(100, 300, 600, 12)
    y = 300 + 12 * PITCH
    small = paper.text(100, y + 8, "the river was at")
    large = paper.text(int(small.x1) + 14, y, "nine feet", size=round(1.35 * BODY))
    lines += paper.column(100, y + PITCH, 600, 20)
    lines += paper.column(800, 300, 600, 32)
    whole = Box(small.x0, large.y0, large.x1, max(small.y1, large.y1))
    assert max(iou(whole, line) for line in lines_of(detect(paper.scan()))) > 0.8


@pytest.mark.parametrize(("end", "apart"), [(700, True), (722, False)])
def test_headlines_of_one_line_side_by_side_are_told_by_the_widest_space(end: int, apart: bool) -> None:
    """The first ends where its column does; the space to the second is far wider than others, or is not."""
    paper = Paper(1500, 2000)
    size = 64
    words = "Rain spoils the fair"
    left = paper.text(round(end - font(size).getlength(words)), 300, words, size)
    right = paper.text(740, 300, "A bridge falls", size)
    for x in (100, 740):
        paper.column(x, 380, 600, 30)
    whole = union((left, right))
    assert (max(iou(whole, line) for line in lines_of(detect(paper.scan()))) < 0.7) is apart


@pytest.mark.parametrize("pictured", [False, True])
def test_a_headline_that_goes_on_beside_text_ends_where_the_text_does(pictured: bool) -> None:
    """The first ends with its column, of text or a picture, and goes on below; beside that the other's text
    has begun."""
    paper = Paper(1500, 2000)
    size = 60
    words = "Rain spoils the fair"
    left = paper.text(round(704 - font(size).getlength(words)), 300, words, size)
    rest = paper.text(round(left.x0), 376, "again", size)
    right = paper.text(726, 300, "Quiet days in the old town", size)
    if pictured:
        paper.photograph(100, 460, 704, 900)
    paper.column(100, 940 if pictured else 460, 600, 18 if pictured else 30)
    paper.column(726, 376, 600, 32)
    found = lines_of(detect(paper.scan()))
    assert all(max(iou(box, line) for line in found) > 0.75 for box in (left, rest, right))


def two_heads(second: tuple[str, str]) -> tuple[Paper, list[Box]]:
    """Headlines of two lines over two columns, the one's end close to the other's beginning."""
    paper = Paper(1500, 2000)
    boxes = []
    for n, (left, right) in enumerate(zip(("Rain spoils the", "summer fair"), second, strict=True)):
        y, size = 300 + n * 80, 66
        width = font(size).getlength(left)
        x = 100 if n else round(715 - width)
        boxes += [paper.text(x, y, left, size), paper.text(745, y, right, size)]
    paper.column(100, 520, 610, 30)
    paper.column(745, 520, 610, 30)
    return paper, boxes


def test_headlines_over_neighbouring_columns_are_two() -> None:
    paper, boxes = two_heads(("A bridge falls", "into the river"))
    found = lines_of(detect(paper.scan()))
    assert all(max(iou(box, line) for line in found) > 0.75 for box in boxes)


def test_a_headline_over_both_columns_is_one() -> None:
    """A space between its words falls on the gutter in one line of it, not in the other."""
    paper = Paper(1500, 2000)
    size = 64
    left = "Rain spoils the"
    first = paper.text(round(722 - font(size).getlength(left)), 300, f"{left} summer fair", size)
    second = paper.text(300, 380, "for many in the long winter", size)
    paper.column(100, 520, 610, 30)
    paper.column(745, 520, 610, 30)
    found = lines_of(detect(paper.scan()))
    assert all(max(iou(box, line) for line in found) > 0.75 for box in (first, second))


def test_heavy_letters_are_no_pictures() -> None:
    paper = Paper(1500, 2000)
    x, boxes = 200, []
    for word in ("Market", "square"):
        for letter in word:
            boxes.append(_heavy(paper, x, 200, letter))
            x = round(boxes[-1].x1) + 4
        x += 40
    for column in (100, 780):
        paper.column(column, 500, 600, 34)
    found = detect(paper.scan())
    assert not [shape for shape in found.walk() if shape.kind is RegionKind.IMAGE]
    assert max(iou(union(boxes), line) for line in lines_of(found)) > 0.75


def _heavy(paper: Paper, x: int, y: int, letter: str) -> Box:
    look = {"font": font(100), "stroke_width": 8}
    left = paper.pen.textbbox((0, y), letter, **look)[0]
    paper.pen.text((x - left, y), letter, fill=20, **look)
    return Box(*map(float, paper.pen.textbbox((x - left, y), letter, **look)))


def test_a_photograph_is_no_row_of_heavy_letters() -> None:
    paper = Paper(1500, 2000)
    for n in range(3):
        paper.photograph(100 + 420 * n, 200, 480 + 420 * n, 330)
    for x in (100, 780):
        paper.column(x, 500, 600, 34)
    assert not heavy_rows(make_worksheet(paper.scan().gray, 0.0))


def test_word_spaces_of_notices_between_rules_make_no_gutter() -> None:
    """Words below each other by chance in three lines, notice after notice."""
    paper = Paper(1500, 2000)
    expected = []
    y = 200
    for _ in range(8):
        for first, last in (("for sale a", "bicycle"), ("nearly new", "inquire"), ("of Mr Holt", "at noon")):
            a = paper.text(100, y, first)
            b = paper.text(round(360 - font(BODY).getlength(last)), y, last)
            expected.append(union((a, b)))
            y += PITCH
        paper.rule(100, y + 8, 360, y + 8)
        y += 30
    paper.column(440, 200, 900, 40)
    found = lines_of(detect(paper.scan()))
    assert sum(max(iou(line, other) for other in found) > 0.75 for line in expected) > 20


def test_a_deck_ends_no_gutter_at_its_word_space() -> None:
    """The white of the gutter below runs on through the one space above it, which is narrower."""
    paper = Paper(1500, 2000)
    size = round(1.4 * BODY)
    paper.text(300, 200, "Rain spoils the summer", 80)
    left = "many who came from far away saw"
    deck = paper.text(round(722 - font(size).getlength(left)), 340, f"{left} nothing of the horses", size)
    paper.column(100, 420, 600, 30)
    paper.column(745, 420, 600, 30)
    assert max(iou(deck, line) for line in lines_of(detect(paper.scan()))) > 0.9


def test_text_on_a_narrow_panel_in_the_margin_is_one_label() -> None:
    paper = Paper(1500, 2000)
    paper.column(100, 300, 580, 40)
    paper.column(720, 300, 580, 40)
    panel = paper.fill(1360, 600, 1420, 1100, 20)
    words = Image.new("L", (420, 40), 20)
    ImageDraw.Draw(words).text((2, 2), "Supplement for the fair", font=font(BODY), fill=250)
    paper.picture.paste(words.rotate(90, expand=True), (1370, 640))
    labels = [shape for shape in detect(paper.scan()).shapes if panel.covers(shape.box, 0.9)]
    assert [shape.kind for shape in labels] == [RegionKind.SECTION_LABEL]
    assert labels[0].rotation == 90
    assert labels[0].appearance.light_on_dark
