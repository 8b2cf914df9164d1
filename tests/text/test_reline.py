"""Lines that were seen amiss, set right by the text layer."""

from __future__ import annotations

from dataclasses import replace

from layout.document import (
    Box,
    Direction,
    Glyph,
    LineShape,
    RegionKind,
    Segmentation,
    Shape,
    TextLayer,
)
from layout.text.embedded import read_layer
from layout.text.embedded_layer import layer_signs
from layout.text.embedded_lines import assign
from layout.text.reline import relined
from tests.text.layer import PAGE, SIZE, set_line
from tests.text.test_choose import read

PITCH = 1.3 * SIZE


def page_of(*lines: list[Glyph]) -> tuple[Glyph, ...]:
    """The lines as one layer, in this order in the file, with a space at the end of each."""
    return tuple(glyph._replace(sequence=n) for n, glyph in enumerate(g for line in lines for g in line))


def box_of(*lines: list[Glyph]) -> Box:
    glyphs = [glyph for line in lines for glyph in line]
    return Box(
        min(g.box.x0 for g in glyphs),
        min(g.origin[1] for g in glyphs) - 0.7 * SIZE,
        max(g.box.x1 for g in glyphs),
        max(g.origin[1] for g in glyphs) + 0.2 * SIZE,
    )


def seen(*boxes: Box, kind: RegionKind = RegionKind.PARAGRAPH) -> Segmentation:
    """Each box seen as a shape of one line."""
    return Segmentation(PAGE, PAGE, tuple(Shape(kind, box, (LineShape(box),)) for box in boxes))


def set_right(glyphs: tuple[Glyph, ...], segmentation: Segmentation) -> Segmentation:
    signs = layer_signs(glyphs, segmentation.width, segmentation.height)
    return relined(assign(signs, segmentation), segmentation)


def texts(glyphs: tuple[Glyph, ...], segmentation: Segmentation) -> list[list[str]]:
    """What is read on the lines of each shape, after they were set right."""
    better = set_right(glyphs, segmentation)
    said = read_layer(TextLayer(glyphs), better, "en", Direction.LTR)
    return [[line.text if line else "" for line in lines] for lines in said.shapes]


def column(words: str, left: float, top: float = 100.0) -> list[list[Glyph]]:
    """A line of text for each part of ``words`` between bars, below each other."""
    return [
        set_line(part, top=top + n * PITCH, left=left, rtl=False) for n, part in enumerate(words.split("|"))
    ]


def test_what_the_layer_bears_out_stays_the_very_same() -> None:
    lines = column("the first line|and the second", 100)
    segmentation = seen(*(box_of(line) for line in lines))
    assert set_right(page_of(*lines), segmentation) is segmentation


def test_a_column_seen_as_one_line_comes_apart() -> None:
    lines = column("a column of text|with a stroke|through all of it", 100)
    segmentation = seen(box_of(*lines), kind=RegionKind.HEADLINE)
    assert texts(page_of(*lines), segmentation) == [
        ["a column of text", "with a stroke", "through all of it"]
    ]


def test_two_columns_seen_as_one_line_come_apart_as_two_shapes() -> None:
    left = column("left one|left two|left three", 100)
    right = column("right one|right two|right three", 700)
    segmentation = seen(box_of(*left, *right))
    assert sorted(texts(page_of(*left, *right), segmentation)) == [
        ["left one", "left two", "left three"],
        ["right one", "right two", "right three"],
    ]


def test_a_file_that_writes_across_columns_changes_nothing() -> None:
    """Line one of both columns, then line two: only the gaps tell."""
    left = column("left one|left two|left three", 100)
    right = column("right one|right two|right three", 700)
    across = [line for pair in zip(left, right, strict=True) for line in pair]
    assert sorted(texts(page_of(*across), seen(box_of(*across)))) == [
        ["left one", "left two", "left three"],
        ["right one", "right two", "right three"],
    ]


def test_a_headline_seen_in_two_becomes_one() -> None:
    line = set_line("Half a headline", rtl=False)
    cut = next(n for n, g in enumerate(line) if g.text == " ")
    segmentation = seen(box_of(line[:cut]), box_of(line[cut + 1 :]))
    assert texts(page_of(line), segmentation) == [["Half a headline"]]


def test_columns_with_a_narrow_gutter_stay_two() -> None:
    """The gutter is one letter wide, and the file goes on from one column to the other."""
    left = column("left one|left two|left six", 100)
    right = column("right one|right two|right six", max(g.box.x1 for line in left for g in line) + SIZE)
    across = [line for pair in zip(left, right, strict=True) for line in pair]
    segmentation = Segmentation(
        PAGE,
        PAGE,
        tuple(
            Shape(RegionKind.PARAGRAPH, box_of(*part), tuple(LineShape(box_of(line)) for line in part))
            for part in (left, right)
        ),
    )
    assert set_right(page_of(*across), segmentation) is segmentation


def test_an_exponent_is_no_line() -> None:
    line = set_line("metres2 of it all", rtl=False)
    raised = [
        g._replace(origin=(g.origin[0], g.origin[1] - 0.6 * SIZE), size=0.5 * SIZE) if g.text == "2" else g
        for g in line
    ]
    segmentation = seen(box_of(line))
    assert set_right(page_of(raised), segmentation) is segmentation


def upward(line: list[Glyph], x: float, bottom: float) -> list[Glyph]:
    """A line turned so that it reads from the bottom of the page to its top."""
    left = line[0].box.x0
    base = line[0].origin[1]

    def turned(glyph: Glyph) -> Glyph:
        box = glyph.box
        new = Box(x + box.y0 - base, bottom - (box.x1 - left), x + box.y1 - base, bottom - (box.x0 - left))
        return glyph._replace(box=new, origin=(x, bottom - (glyph.origin[0] - left)), advance=(0.0, -1.0))

    return [turned(glyph) for glyph in line]


def test_scraps_seen_across_upward_text_go_and_the_text_becomes_a_shape() -> None:
    label = upward(set_line("A label in the margin", rtl=False), x=50, bottom=900)
    body = set_line("the running text", top=100, left=300, rtl=False)
    scraps = [Box(25, 700, 55, 730), Box(25, 600, 58, 640)]
    segmentation = seen(box_of(body), *scraps)
    glyphs = page_of(body, label)
    better = set_right(glyphs, segmentation)
    assert [shape.rotation for shape in better.shapes] == [0, 90]
    assert sorted(texts(glyphs, segmentation)) == [["A label in the margin"], ["the running text"]]


def test_no_glyph_is_lost_or_read_twice() -> None:
    left = column("one two three|four five six|seven eight", 100)
    right = column("nine ten|eleven twelve|thirteen", 700)
    heading = set_line("All of the numbers", top=20, left=100, rtl=False)
    glyphs = page_of(heading, *left, *right)
    for boxes in (
        [box_of(heading, *left, *right)],
        [box_of(*left), box_of(*right), box_of(heading[:6]), box_of(heading[7:])],
        [box_of(left[0], right[0]), box_of(left[1]), box_of(right[1]), box_of(left[2], right[2])],
    ):
        words = " ".join(text for lines in texts(glyphs, seen(*boxes)) for text in lines).split()
        whole = sorted("All of the numbers one two three four five six seven eight".split())  # noqa: SIM905
        more = "nine ten eleven twelve thirteen".split()  # noqa: SIM905
        assert set(words) <= {*whole, *more}
        assert len(words) == len(set(words))
        assert set(words) >= {"one", "thirteen", "six", "ten"}


def test_the_layer_knows_which_way_turned_text_runs() -> None:
    label = upward(set_line("A label in the margin", rtl=False), x=50, bottom=900)
    body = column("the price of bread rose again|and the council met to talk of it", 300)
    box = Box(18, 500, 60, 900)
    segmentation = seen(*(box_of(line) for line in body))
    turned = Shape(RegionKind.SECTION_LABEL, box, (LineShape(box),), rotation=270)
    both = replace(segmentation, shapes=(*segmentation.shapes, turned))
    regions = read(TextLayer(page_of(*body, label)), both)
    assert [(region.rotation, region.lines[0].text) for region in regions] == [
        (0, "the price of bread rose again"),
        (0, "and the council met to talk of it"),
        (90, "A label in the margin"),
    ]
