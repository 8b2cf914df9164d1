"""Pages on their side or upside down: seen, read upright, and given in the frame of what was delivered."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from layout.document import (
    Box,
    Column,
    LineShape,
    Page,
    Region,
    RegionKind,
    Segmentation,
    Shape,
    SourceImage,
    TextLine,
    Word,
)
from layout.document.turn import turn_back
from layout.image import Scan
from layout.image.orientation import lies_sideways, set_upright
from layout.text import TextSettings, Writing
from layout.text.upright import View, upright_view
from tests.geometry.paper import Paper

TURNS = (0, 90, 180, 270)


@lru_cache
def page() -> Scan:
    """Print as small beside the page as in a newspaper."""
    paper = Paper(2400, 3200)
    for x in (60, 640, 1220, 1800):
        paper.column(x, 80, 530, 84)
    return paper.scan()


def delivered(turned: int) -> Scan:
    """The page with its text turned counter-clockwise."""
    scan = page()
    return replace(scan, gray=np.ascontiguousarray(np.rot90(scan.gray, turned // 90)))


@pytest.mark.parametrize("turned", TURNS)
def test_lines_that_run_up_and_down_are_seen(turned: int) -> None:
    assert lies_sideways(delivered(turned).gray) == (turned in (90, 270))


@pytest.mark.parametrize("ground", [0, 128, 255])
def test_nothing_lies_as_it_lies(ground: int) -> None:
    assert not lies_sideways(np.full((500, 300), ground, np.uint8))


@pytest.mark.parametrize("turned", TURNS)
def test_a_scan_set_upright_is_the_page(turned: int) -> None:
    assert (set_upright(delivered(turned), turned).gray == page().gray).all()


def look_at(scan: Scan, true: int, asked: list[int], sure: float = 0.9) -> object:
    lines = tuple(LineShape(Box(0, 10.0 * n, 90, 10.0 * n + 8)) for n in range(9))
    found = Segmentation(90, 90, (Shape(RegionKind.PARAGRAPH, Box(0, 0, 90, 90), lines),))

    def look(turned: int) -> View:
        asked.append(turned)
        writing = replace(Writing.of("en"), confidence=sure if turned == true else 0.3)
        return View(turned, set_upright(scan, turned), found, writing)

    return look


@pytest.mark.parametrize("turned", TURNS)
def test_the_view_that_can_be_read_is_taken(turned: int) -> None:
    asked: list[int] = []
    scan = delivered(turned)
    view = upright_view(scan, look_at(scan, turned, asked), TextSettings())  # type: ignore[arg-type]
    assert view.turned == turned
    assert len(asked) == (1 if turned == 0 else 2)


@pytest.mark.parametrize("turned", TURNS)
def test_a_page_that_cannot_be_read_stays_as_it_lies(turned: int) -> None:
    scan = delivered(turned)
    view = upright_view(scan, look_at(scan, turned, [], sure=0.4), TextSettings())  # type: ignore[arg-type]
    assert view.turned == 0


@pytest.mark.parametrize("turned", TURNS)
def test_what_was_read_upright_lies_on_the_delivered_picture(turned: int) -> None:
    """A dark rectangle's box, found upright, is the rectangle on the delivered picture."""
    gray = np.full((120, 80), 255, np.uint8)
    gray[20:50, 10:30] = 0
    there = np.rot90(gray, turned // 90)
    box = Box(10, 20, 30, 50)
    line = TextLine("l", box, (Word("w", "a", box),), ((10.0, 45.0), (30.0, 45.0)), box.polygon)
    region = Region("r", RegionKind.PARAGRAPH, box, (line,), polygon=box.polygon)
    read = Page("p0001", 80, 120, None, SourceImage("x"), (region,), (Column(box),), turned=turned)
    back = turn_back(read)
    ys, xs = np.nonzero(there == 0)
    expected = Box(float(xs.min()), float(ys.min()), float(xs.max() + 1), float(ys.max() + 1))
    (found,) = back.regions
    boxes = (found.box, found.lines[0].box, found.lines[0].words[0].box, back.columns[0].box)
    assert all(other == expected for other in boxes)
    assert (back.width, back.height) == (there.shape[1], there.shape[0])
    assert found.rotation == turned
    assert turn_back(back) == back
