"""Any issue at all gives well-formed, valid files in which every region and word comes once."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
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
from layout.export import exporter, exporter_names
from layout.export.check import check
from layout.export.settings import ALTO_VERSIONS, UNITS, ExportSettings
from layout.export.settle import settled
from layout.source.archive import read_archive
from layout.source.hocr_items import read_hocr_issue
from layout.source.page_items import read_page_issue
from tests.export.test_round_trip import (
    blocks,
    figures,
    items,
    order_of,
    passages,
    regions_of,
    sureness,
)
from tests.export.validation import alto_complaints, complaints
from tests.sound import sound_issues
from tests.strategies import issues
from tests.truth import needs_shared

FORMATS = exporter_names()
KINDS = {
    "alto": "alto-4",
    "page": "page-2019-07-15",
    "tei.xml": "tei",
    "tei-light.xml": "tei",
    "mets.xml": "mets",
}

#: How many documents each property is tried on; NEWSREFLOW_EXAMPLES=2000 takes half an hour.
EXAMPLES = int(os.environ.get("NEWSREFLOW_EXAMPLES", "40"))

some = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def write(issue: Issue, folder: Path, options: ExportSettings | None = None) -> dict[str, list[Path]]:
    """Every format of an issue; the paths by format."""
    options = options or ExportSettings(formats=FORMATS, base_url="https://example.org")
    return {name: exporter(name)(options).write(issue, folder) for name in options.formats}


@needs_shared
@some
@given(issues())
def test_any_issue_gives_valid_files(issue: Issue) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for paths in write(issue, Path(folder)).values():
            for path in paths:
                kind = KINDS.get(path.name) or KINDS.get(path.parent.name)
                if kind:
                    assert not complaints(path, kind)
        assert [str(fault) for fault in check(Path(folder))] == []


@needs_shared
@some
@given(issues(), st.sampled_from(ALTO_VERSIONS), st.sampled_from(UNITS), st.booleans())
def test_any_issue_is_valid_in_every_alto(issue: Issue, version: str, unit: str, pretty: bool) -> None:
    formats = ("alto", "hocr", "mets", "page", "tei")
    options = ExportSettings(formats=formats, alto_version=version, alto_unit=unit, pretty=pretty)
    with tempfile.TemporaryDirectory() as folder:
        for path in write(issue, Path(folder), options)["alto"]:
            assert not alto_complaints(path, version)
        assert [str(fault) for fault in check(Path(folder))] == []


@some
@given(issues())
def test_page_xml_and_hocr_say_all_of_any_page(issue: Issue) -> None:
    """A word is a run without white space; PAGE's reader takes one with white space for several."""
    whole = settled(issue)
    words = (w for page in whole.pages for r in page.walk() for line in r.lines for w in line.words)
    assume(not any(" " in word.text for word in words))
    pages = [page for page in whole.pages if page.failed is None]
    with tempfile.TemporaryDirectory() as folder:
        for name, paths in write(issue, Path(folder), ExportSettings(formats=("hocr", "page"))).items():
            back = (read_page_issue if name == "page" else read_hocr_issue)(issue.id, paths)
            assert [regions_of(page) for page in back.pages] == [regions_of(page) for page in pages], name


@some
@given(sound_issues(), st.sampled_from(("archive", "hocr", "page")))
def test_any_sound_issue_comes_back(issue: Issue, form: str) -> None:
    """Text, order, kinds, boxes, articles and links, from ALTO with TEI and METS, from PAGE and from hOCR.

    An empty sidebar with a notice in it was lost, and so was that a box is a block of its item.
    """
    issue = settled(issue)
    formats = ("alto", "tei", "mets") if form == "archive" else (form,)
    with tempfile.TemporaryDirectory() as folder:
        written = write(issue, Path(folder), ExportSettings(formats=formats))
        if form == "archive":
            back = read_archive(Path(folder))
            assert sureness(back) == sureness(issue)
        else:
            back = (read_page_issue if form == "page" else read_hocr_issue)(issue.id, written[form])
    assert [regions_of(page) for page in back.pages] == [regions_of(page) for page in issue.pages]
    assert order_of(back) == order_of(issue)
    assert items(back) == items(issue)
    assert blocks(back) == blocks(issue)
    assert figures(back) == figures(issue)
    assert passages(back) == passages(issue)
    assert set(back.joins) == set(issue.joins)


@some
@given(issues())
def test_nothing_found_is_dropped(issue: Issue) -> None:
    whole = settled(issue)
    regions = sorted(r.id for page in whole.pages if page.failed is None for r in page.walk())
    words = sorted(
        w.id
        for page in whole.pages
        if page.failed is None
        for r in page.walk()
        for line in r.lines
        for w in line.words
    )
    with tempfile.TemporaryDirectory() as folder:
        written = write(issue, Path(folder), ExportSettings(formats=("alto", "page", "tei")))
        blocks = ("TextBlock", "Illustration", "GraphicalElement", "ComposedBlock")
        alto = [node for path in written["alto"] for node in etree.parse(str(path)).iter("{*}*")]
        page = [node for path in written["page"] for node in etree.parse(str(path)).iter("{*}*")]
        names = [(etree.QName(node).localname, node) for node in alto]
        assert sorted(n.get("ID") for name, n in names if name == "String") == words
        found = [n.get("ID") for name, n in names if name in blocks]
        assert sorted(id_ for id_ in found if not id_.endswith("_text")) == regions
        names = [(etree.QName(node).localname, node) for node in page]
        assert sorted(n.get("id") for name, n in names if name == "Word") == words
        found = [n.get("id") for name, n in names if name.endswith("Region")]
        assert sorted(id_ for id_ in found if not id_.endswith("_text")) == regions


@some
@given(issues())
def test_tei_holds_every_line_of_text_once(issue: Issue) -> None:
    whole = settled(issue)
    lines = sorted(
        line.id
        for page in whole.pages
        for region in page.walk()
        if region.kind not in (RegionKind.SEPARATOR, RegionKind.NOISE)
        for line in region.lines
        if line.words
    )
    silent = {
        line.id
        for page in whole.pages
        for region in page.walk()
        if region.kind in (RegionKind.SEPARATOR, RegionKind.NOISE)
        for line in region.lines
    }
    with tempfile.TemporaryDirectory() as folder:
        (path,) = write(issue, Path(folder), ExportSettings(formats=("tei",)))["tei"]
        root = etree.parse(str(path))
        found = [lb.get("facs", "")[1:] for lb in root.iter("{*}lb")]
        assert sorted(id_ for id_ in found if id_ not in silent) == lines
        known = {node.get("{http://www.w3.org/XML/1998/namespace}id") for node in root.iter("{*}*")}
        for node in root.iter("{*}*"):
            for name in ("facs", "corresp", "next", "prev", "target", "who", "ana", "rendition", "resp"):
                for pointer in (node.get(name) or "").split():
                    assert pointer[1:] in known or not pointer.startswith("#"), (node.tag, name, pointer)


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
