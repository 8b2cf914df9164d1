"""What holds for the order of any page, however badly it was segmented."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.document import (
    RUNNING_MATTER,
    Box,
    Direction,
    Page,
    Region,
    RegionKind,
    TextLine,
)
from layout.reflow import ReflowSettings, page_items
from tests.draw import items, mirrored
from tests.truth import block_of, load_truth, needs_shared, true_page, truth_files

_KINDS = [
    *[RegionKind.PARAGRAPH] * 6,
    *[RegionKind.HEADLINE] * 2,
    RegionKind.KICKER,
    RegionKind.SUBHEADLINE,
    RegionKind.BYLINE,
    RegionKind.CROSSHEAD,
    RegionKind.IMAGE,
    RegionKind.CAPTION,
    RegionKind.PULL_QUOTE,
    RegionKind.TABLE,
    RegionKind.SIDEBAR,
    RegionKind.ADVERTISEMENT,
    RegionKind.CONTINUATION,
    RegionKind.UNKNOWN,
    RegionKind.SEPARATOR,
    RegionKind.PAGE_NUMBER,
]


def _region(number: int, kind: RegionKind, box: Box, pitch: float = 10.0) -> Region:
    count = int(box.height // pitch)
    lines = tuple(
        TextLine(f"r{number}_l{n}", Box(box.x0, box.y0 + n * pitch, box.x1, box.y0 + n * pitch + 8))
        for n in range(count if kind not in (RegionKind.IMAGE, RegionKind.SEPARATOR) else 0)
    )
    return Region(f"r{number:03d}", kind, box, lines=lines)


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """Regions anywhere, overlapping or not, of any kind; whole numbers, so that mirrors are exact."""
    regions = []
    for number in range(draw(st.integers(1, 25))):
        x0, y0 = draw(st.integers(0, 900)), draw(st.integers(0, 1400))
        width, height = draw(st.integers(2, 500)), draw(st.integers(2, 300))
        kind = draw(st.sampled_from(_KINDS))
        regions.append(_region(number, kind, Box(x0, y0, min(1000, x0 + width), y0 + height)))
    direction = draw(st.sampled_from([Direction.LTR, Direction.RTL]))
    return Page("p0001", 1000, 1800, regions=tuple(regions), direction=direction)


def _order(page: Page) -> list[tuple[str, ...]]:
    return [item.regions_on(page.id) for item in items(page)]


@given(pages())
@settings(max_examples=150, deadline=None)
def test_a_mirrored_page_reads_the_same_under_the_other_direction(page: Page) -> None:
    assert _order(mirrored(page)) == _order(page)


@given(pages())
@settings(max_examples=150, deadline=None)
def test_each_region_comes_exactly_once(page: Page) -> None:
    found = Counter(region for item in items(page) for region in item.regions_on(page.id))
    expected = {
        region.id
        for region in page.regions
        if region.kind not in RUNNING_MATTER and region.kind is not RegionKind.SEPARATOR
    }
    boxes = {region.id for region in page.regions if region.kind is RegionKind.SIDEBAR}
    assert set(found) == expected
    assert all(count == 1 for region, count in found.items() if region not in boxes)


@given(pages(), st.sampled_from([2.0, 4.0]), st.integers(0, 64))
@settings(max_examples=100, deadline=None)
def test_order_does_not_depend_on_scale_and_place(page: Page, factor: float, shift: int) -> None:
    def moved(box: Box) -> Box:
        return box.scaled(factor).moved(shift, 0)

    regions = tuple(
        replace(r, box=moved(r.box), lines=tuple(replace(line, box=moved(line.box)) for line in r.lines))
        for r in page.regions
    )
    other = replace(page, width=page.width * factor + 2 * shift, height=page.height * factor, regions=regions)
    assert _order(other) == _order(page)


@given(pages(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_order_does_not_depend_on_the_order_of_the_input(page: Page, random: Random) -> None:
    shuffled = list(page.regions)
    random.shuffle(shuffled)
    assert _order(replace(page, regions=tuple(shuffled))) == _order(page)


def _large_page(count: int, columns: int = 10) -> Page:
    regions = []
    for column in range(columns):
        y = 300.0
        for row in range(count // columns):
            kind = RegionKind.HEADLINE if row % 8 == 0 else RegionKind.PARAGRAPH
            number = column * 1000 + row
            regions.append(_region(number, kind, Box(column * 420, y, column * 420 + 400, y + 60), 20.0))
            y += 70 if kind is RegionKind.HEADLINE else 60
    return Page("p0001", 4300, y + 300, regions=tuple(regions))


@pytest.mark.slow
def test_time_grows_like_n_log_n() -> None:
    """Five thousand regions take not much more than eight times as long as 625 (quadratic: 64 times)."""

    def seconds(count: int) -> float:
        page, best = _large_page(count), float("inf")
        for _ in range(3):
            start = time.perf_counter()
            page_items(page, ReflowSettings())
            best = min(best, time.perf_counter() - start)
        return best

    assert seconds(5000) < 25 * seconds(625)


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("path", truth_files(), ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_reference_pages_with_given_regions(path: Path) -> None:
    """Every article in one item, its text in the reference order, and all the same in the mirror."""
    truth = load_truth(path)
    page = true_page(truth)
    blocks = block_of(truth, page)
    fixed = {b["id"] for b in truth["blocks"] if not b["floating"]}
    ours = _order(page)
    for article in truth["articles"]:
        expected = [
            region
            for block in article["blocks"]
            if block in fixed
            for region in sorted(blocks)
            if blocks[region] == block
        ]
        held = [order for order in ours if set(order) & set(expected)]
        assert len(held) == 1, article["id"]
        assert [region for region in held[0] if region in expected] == expected
    assert _order(mirrored(page)) == ours
