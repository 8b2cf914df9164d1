"""Any issue at all gives well-formed, valid files in which every region and word comes once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from lxml import etree

from layout.document import (
    Block,
    Box,
    Issue,
    Item,
    ItemKind,
    Page,
    Part,
    Region,
    RegionKind,
    SourceImage,
    TextLine,
    Word,
    ids,
)
from layout.export.check import check
from layout.export.settings import ExportSettings
from tests.any_issues import any_issue
from tests.dice import Dice
from tests.export.properties import any_document_holds, sound_document_comes_back, write
from tests.truth import needs_shared

#: How many documents each property is tried on here; `python -m tests.bench.documents` tries it on 2000.
_EXAMPLES = range(40)


@needs_shared
@pytest.mark.parametrize("holds", [any_document_holds, sound_document_comes_back])
def test_random_documents(holds: Callable[[int, Path], None], tmp_path: Path) -> None:
    for seed in _EXAMPLES:
        holds(seed, tmp_path / str(seed))


def test_a_seed_draws_the_same_document_again_and_another_one_another() -> None:
    issues = [any_issue(Dice(seed)) for seed in (7, 7, 8)]
    assert repr(issues[0]) == repr(issues[1]) != repr(issues[2])


def test_random_documents_are_of_all_kinds() -> None:
    """Empty pages, pages that failed, regions within regions within regions, each kind of region."""
    pages = [page for seed in range(150) for page in any_issue(Dice(seed)).pages]
    assert any(page.failed for page in pages) and any(not page.failed and not page.regions for page in pages)
    assert {region.kind for page in islice(pages, 300) for region in page.walk()} == set(RegionKind)
    deep = [c for page in pages for a in page.regions for b in a.children for c in b.children if c.lines]
    assert deep


@pytest.mark.slow
def test_a_page_of_5000_regions_and_an_empty_one(tmp_path: Path) -> None:
    page = ids.page_id(1)
    regions = []
    for number in range(5000):
        id_, x, y = ids.region_id(page, number + 1), 100.0 * (number % 71), 60.0 * (number // 71)
        box, line = Box(x, y, x + 90, y + 50), ids.line_id(id_, 1)
        word = Word(ids.word_id(line, 1), f"n{number}", box, 0.9)
        regions.append(Region(id_, RegionKind.PARAGRAPH, box, (TextLine(line, box, (word,)),)))
    blocks = tuple(
        Block(f"i0001_b{number:04d}", region.kind, (region.id,))
        for number, region in enumerate(regions[:4000])
    )
    pages = (
        Page(page, 7200, 4400, 300, SourceImage("large.tif"), tuple(regions), language="en"),
        Page(ids.page_id(2), 100, 100, source=SourceImage("empty.tif")),
    )
    item = Item("i0001", ItemKind.ARTICLE, (Part(page, blocks),))
    write(
        Issue("large-1900", pages, (item,)), tmp_path, ExportSettings(formats=("alto", "page", "tei", "mets"))
    )
    assert [str(fault) for fault in check(tmp_path)] == []
    assert len(etree.parse(str(tmp_path / "alto" / "p0001.xml")).findall(".//{*}TextBlock")) == 5000
