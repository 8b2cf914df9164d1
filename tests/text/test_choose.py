"""Text layer or recognition, region by region, and what the page then holds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layout.document import Box, LineShape, Region, RegionKind, Segmentation, Shape, TextLayer
from layout.image import Scan
from layout.text import read_text
from layout.text.choose import choose
from layout.text.identify import Writing
from layout.text.settings import TextSettings
from layout.text.strips import Cutter
from tests.text.layer import PAGE, page, recoded, set_line
from tests.text.test_trust import PROSE, lines

ENGLISH = Writing.of("en")


def scan_of(layer: TextLayer | None) -> Scan:
    white = np.full((int(PAGE), int(PAGE)), 255, np.uint8)
    return Scan("p0001", white, dpi=300.0, text_layer=layer)


def read(layer: TextLayer, segmentation: Segmentation, prefer: str = "auto") -> tuple[Region, ...]:
    settings = TextSettings(language="en", engine="null", prefer=prefer)
    return read_text(scan_of(layer), segmentation, ENGLISH, settings).regions


def test_a_sound_layer_is_the_text_of_the_page() -> None:
    layer, segmentation = page(*lines())
    regions = read(layer, segmentation)
    assert [region.origin for region in regions] == ["text-layer"] * len(regions)
    assert regions[0].lines[0].text.startswith("the price of bread")
    assert all(word.confidence is None for region in regions for line in region.lines for word in line.words)


def test_recognition_where_it_is_asked_for() -> None:
    layer, segmentation = page(*lines())
    assert all(not region.text for region in read(layer, segmentation, "ocr"))


def test_a_region_without_codes_is_left_to_recognition_and_that_is_said() -> None:
    heading = recoded(set_line("Bread riots", top=20.0, rtl=False), lambda c: c if c == " " else "\ufffd")
    layer, segmentation = page(heading, *lines())
    settings = TextSettings(language="en", engine="null")
    found = choose(scan_of(layer), segmentation, ENGLISH, settings)
    assert found.shapes[0].lines == (None,)
    assert "ToUnicode" in found.shapes[0].refused
    assert all(None not in choice.lines for choice in found.shapes[1:])


def steps_of(layer: TextLayer | None, segmentation: Segmentation) -> list[dict[str, str]]:
    settings = TextSettings(language="en", engine="null")
    page_read = read_text(scan_of(layer), segmentation, ENGLISH, settings)
    return [dict(step.settings) for step in page_read.steps if step.name == "text layer"]


def test_why_a_layer_was_used_or_not_stands_in_the_provenance() -> None:
    heading = recoded(set_line("Bread riots", top=20.0, rtl=False), lambda c: c if c == " " else "\ufffd")
    layer, segmentation = page(heading, *lines())
    (step,) = steps_of(layer, segmentation)
    assert step["used"] == "100% of the layer's text lies where the ink is"
    assert step["regions refused"] == "1"
    away = tuple(
        g._replace(box=g.box.moved(0, 900), origin=(g.origin[0], g.origin[1] + 900)) for g in layer.glyphs
    )
    (step,) = steps_of(replace(layer, glyphs=away), segmentation)
    assert step["not used"].startswith("only 0%")
    assert steps_of(None, segmentation) == []


def test_a_page_without_a_layer_is_all_recognition() -> None:
    _, segmentation = page(*lines())
    found = choose(scan_of(None), segmentation, ENGLISH, TextSettings(engine="null"))
    assert all(choice.lines == (None,) and not choice.layered for choice in found.shapes)


def test_text_outside_every_line_becomes_a_region() -> None:
    layer, segmentation = page(*lines())
    stray = set_line("set apart", top=1500.0, rtl=False, first=900)
    regions = read(replace(layer, glyphs=(*layer.glyphs, *stray)), segmentation)
    assert [region.text for region in regions if region.kind is RegionKind.UNKNOWN] == ["set apart"]


def test_a_hairline_taken_for_a_line_breaks_nothing() -> None:
    """A rule two pixels high over the whole page would make a picture wider than OpenCV can map."""
    line = LineShape(Box(10.0, 500.0, PAGE - 10.0, 502.0))
    shape = Shape(RegionKind.UNKNOWN, line.box, (line,))
    assert Cutter(scan_of(None).gray).cut(shape, 0) is None


@pytest.mark.parametrize("kind", [RegionKind.PARAGRAPH, RegionKind.UNKNOWN])
def test_silent_places_of_a_page_with_a_layer_get_no_doubtful_text(kind: RegionKind) -> None:
    layer, segmentation = page(*lines())
    box = Box(100.0, 1500.0, 600.0, 1540.0)
    segmentation = replace(segmentation, shapes=(*segmentation.shapes, Shape(kind, box, (LineShape(box),))))
    settings = TextSettings(language="en", engine="null")
    choice = choose(scan_of(layer), segmentation, ENGLISH, settings).shapes[-1]
    assert choice.lines == (None,)
    assert choice.layered
    assert not choice.refused


@pytest.mark.parametrize("inked", [True, False])
@pytest.mark.parametrize("seen", [0, 1])
def test_where_lines_were_not_seen_the_picture_is_asked(seen: int, inked: bool) -> None:
    """A page in which the layout sees no line, or one of four, keeps its layer if its words are ink."""
    layer, segmentation = page(*lines())
    scan = scan_of(layer)
    if inked:
        for glyph in layer.glyphs:
            x, y = map(int, glyph.origin)
            scan.gray[y - 20 : y, x + 2 : x + 12] = 0 if glyph.text != " " else 255
    less = replace(segmentation, shapes=segmentation.shapes[:seen])
    found = choose(scan, less, ENGLISH, TextSettings(language="en", engine="null"))
    assert len(found.loose) == (len(PROSE) - seen if inked else 0)
    assert [finding.code for finding in found.findings] == ([] if inked else ["layer-doubtful"])
