"""Double-page scans: the fold is found, each page is read by itself, and coordinates stay the scan's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layout.document import Direction, Finding, Page
from layout.document.json import dumps, loads
from layout.document.leaves import part_leaves, scan_id
from layout.geometry.newspaper import NewspaperDetector
from layout.geometry.settings import GeometrySettings
from layout.image import Scan
from layout.image.spread import find_fold
from layout.text import read_text
from layout.text.identify import identify
from layout.text.settings import TextSettings
from tests.geometry.paper import Paper, turned

FOLD = 1000


def spread(shadow: bool, columns: tuple[int, ...] = (80, 520, 1110, 1550)) -> Scan:
    paper = Paper(2 * FOLD, 1400)
    for x in columns:
        paper.column(x, 90, 370, 33)
    scan = paper.scan()
    if not shadow:
        return scan
    shade = 1 - 0.4 * np.exp(-(((np.arange(scan.width) - FOLD) / 12) ** 2))
    return replace(scan, gray=(scan.gray * shade[None, :]).astype(np.uint8))


@pytest.mark.parametrize("shadow", [False, True])
@pytest.mark.parametrize("degrees", [-1.5, 0.0, 1.5])
def test_the_fold_is_found(shadow: bool, degrees: float) -> None:
    scan, _ = turned(spread(shadow), degrees)
    fold = find_fold(scan.gray)
    assert fold is not None
    (x0, _), (x1, _) = fold
    assert (x0 + x1) / 2 == pytest.approx(scan.width / 2, abs=0.015 * scan.width)


def test_a_broad_page_of_even_columns_is_one() -> None:
    assert find_fold(spread(False, (80, 550, 1020, 1490)).gray) is None


def test_an_upright_page_is_one() -> None:
    paper = Paper(1000, 1400)
    paper.column(80, 90, 370, 33)
    paper.column(560, 90, 370, 33)
    assert find_fold(paper.scan().gray) is None


@pytest.mark.parametrize("ground", [0, 128, 255])
def test_nothing_has_no_fold(ground: int) -> None:
    assert find_fold(np.full((600, 850), ground, np.uint8)) is None


def read(scan: Scan) -> Page:
    found = NewspaperDetector(GeometrySettings()).detect(scan)
    settings = TextSettings(engine="null")
    return read_text(scan, found, identify(scan, found, settings), settings)


def test_each_page_is_parted_with_its_own_columns_in_the_scans_frame() -> None:
    page = read(spread(True))
    left, right = part_leaves(replace(page, direction=Direction.LTR))
    assert (left.id, right.id) == (page.id + "a", page.id + "b")
    assert scan_id(left.id) == page.id == scan_id(page.id)
    assert len(left.columns) == len(right.columns) == 2
    assert sum(len(r.lines) for r in left.walk()) == sum(len(r.lines) for r in right.walk()) == 66
    assert all(region.box.x1 <= 1.005 * FOLD for region in left.walk())
    assert all(region.box.x0 >= 0.995 * FOLD for region in right.walk())
    assert left.box == right.box == page.box
    assert {r.id for r in page.walk()} == {r.id for half in (left, right) for r in half.walk()}


def test_from_right_to_left_the_right_page_is_first() -> None:
    page = replace(read(spread(False)), direction=Direction.RTL)
    first, second = part_leaves(page)
    assert first.id < second.id
    assert min(r.box.x0 for r in first.walk()) > max(r.box.x1 for r in second.walk())


def test_findings_go_with_their_region() -> None:
    page = replace(read(spread(True)), direction=Direction.LTR)
    last = max(page.walk(), key=lambda region: region.box.x0)
    findings = (Finding("info", "a", "scan", page.id), Finding("info", "b", "part", page.id, last.id))
    left, right = part_leaves(replace(page, findings=findings))
    assert [(f.code, f.page) for f in left.findings] == [("a", left.id)]
    assert [(f.code, f.page) for f in right.findings] == [("b", right.id)]


def test_leaves_come_back_from_json() -> None:
    page = read(spread(True))
    assert loads(Page, dumps(page)).leaves == tuple(
        replace(
            leaf, outline=tuple((round(x, 4), round(y, 4)) for x, y in leaf.outline), skew=round(leaf.skew, 4)
        )
        for leaf in page.leaves
    )
