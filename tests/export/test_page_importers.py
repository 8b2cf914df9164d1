"""What the importers of eScriptorium and Transkribus take of a PAGE file; neither can be installed here.

eScriptorium (`imports/parsers.py`) finds the page by `Page/@imageFilename`, checks the schema's location,
takes `TextRegion`s that stand directly in the page and their `TextLine`s, and reads the points with `int`.
A line's text is every `Unicode` of its words; where a word had two, the line would read both. Transkribus
refuses coordinates below zero and outlines of fewer than three points.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from layout.export import exporter
from layout.export.outline import Outline, flat
from layout.export.settings import ExportSettings
from layout.export.settle import settled
from tests.export.issues import small_issue

SPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"


@pytest.fixture
def root(tmp_path: Path) -> etree._Element:
    exporter("page")(ExportSettings(formats=("page",))).write(small_issue(), tmp_path)
    return etree.parse(tmp_path / "page" / "p0001.xml").getroot()


def test_the_picture_and_the_schema_are_found(root: etree._Element) -> None:
    (page,) = root.findall("Page", root.nsmap)
    assert page.get("imageFilename") == small_issue().pages[0].source.file
    location = root.get("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation")
    assert location.split() == [SPACE, f"{SPACE}/pagecontent.xsd"]


def test_a_line_reads_as_it_is_printed(root: etree._Element) -> None:
    """In our order, each word once, whatever other readings it has."""
    regions = root.findall("Page/TextRegion", root.nsmap)
    found = [
        " ".join(one.text for one in line.findall("Word/TextEquiv/Unicode", root.nsmap))
        for region in regions
        for line in region.findall("TextLine", root.nsmap)
    ]
    outline = Outline(settled(small_issue()))
    wanted = [line.text for r in flat(outline.reading(outline.pages[0])) for line in r.lines if line.words]
    assert [text for text in found if text in wanted] == [text for text in wanted if text in found]
    assert len(set(wanted) - set(found)) <= 2, "the sidebar's two lines stand in its box"
    assert any("کتابخـانه" in text for text in found), "a word that has another reading"
    first = [
        line.findtext("TextEquiv/Unicode", None, root.nsmap) for line in root.iter(f"{{{SPACE}}}TextLine")
    ]
    assert set(wanted) <= set(first)


def test_points_are_whole_and_not_below_zero(root: etree._Element) -> None:
    for node in root.iter(f"{{{SPACE}}}Coords", f"{{{SPACE}}}Baseline"):
        points = node.get("points").split(" ")
        assert all(re.fullmatch(r"\d+,\d+", point) for point in points)
        assert len(points) >= (3 if node.tag.endswith("Coords") else 2)
    baselines = [node.get("points").split(" ") for node in root.iter(f"{{{SPACE}}}Baseline")]
    assert baselines
    for points in baselines:
        xs = [int(point.split(",")[0]) for point in points]
        assert xs == sorted(xs)


def test_every_line_says_its_place(root: etree._Element) -> None:
    """`custom` as Transkribus reads it."""
    for region in root.iter(f"{{{SPACE}}}TextRegion"):
        lines = region.findall("TextLine", root.nsmap)
        assert [re.match(r"readingOrder \{index:(\d+);\}", line.get("custom"))[1] for line in lines] == [
            str(number) for number in range(len(lines))
        ]
