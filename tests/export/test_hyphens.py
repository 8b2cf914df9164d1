"""Words divided at the end of a line, a column and a page: both parts name the whole, and the text has it."""

from __future__ import annotations

import re
from pathlib import Path

from layout.document import (
    Block,
    Box,
    Issue,
    Item,
    ItemKind,
    Join,
    Page,
    Part,
    Region,
    RegionKind,
    SourceImage,
    TextLine,
    Word,
    ids,
)
from layout.export import exporter
from layout.export.check import check
from layout.export.settings import ExportSettings
from layout.source.archive import read_archive
from layout.source.page_items import read_page_issue

FORMATS = ("alto", "page", "tei", "tei-light", "text", "mets")
BOX = Box(100, 100, 200, 140)


def region(page: str, number: int, left: float, column: int, *texts: str) -> Region:
    """A paragraph of lines, their words side by side."""
    id_ = ids.region_id(page, number)
    lines = []
    for n, text in enumerate(texts, 1):
        line, top = ids.line_id(id_, n), 100.0 + 60 * n
        words = tuple(
            Word(ids.word_id(line, k), word, Box(left + 60 * k - 60, top, left + 60 * k - 5, top + 40))
            for k, word in enumerate(text.split(), 1)
        )
        lines.append(TextLine(line, Box(left, top, left + 440, top + 40), words))
    box = Box(left, 150, left + 440, 190 + 60 * len(texts))
    return Region(id_, RegionKind.PARAGRAPH, box, tuple(lines), column=column)


def issue() -> Issue:
    first = (
        region("p0001", 1, 20, 0, "the old news-", "paper of the long col-"),
        region("p0001", 2, 500, 1, "umn went on to the pa-"),
    )
    pages = (
        Page("p0001", 1000, 800, 300, SourceImage("1.tif"), first, language="en"),
        Page("p0002", 1000, 800, 300, SourceImage("2.tif"), (region("p0002", 1, 20, 0, "ge after it."),)),
    )
    paragraph = RegionKind.PARAGRAPH
    parts = (
        Part("p0001", (Block("i0001_b001", paragraph, ("p0001_r001", "p0001_r002"), continued=True),)),
        Part("p0002", (Block("i0001_b002", paragraph, ("p0002_r001",)),)),
    )
    joins = (
        Join("p0001_r001_l001_w003", "p0001_r001_l002_w001", "newspaper"),
        Join("p0001_r001_l002_w005", "p0001_r002_l001_w001", "column"),
        Join("p0001_r002_l001_w006", "p0002_r001_l001_w001", "page"),
    )
    return Issue("hyphens-1900", pages, (Item("i0001", ItemKind.ARTICLE, parts),), joins)


def test_divided_words_in_every_format(tmp_path: Path) -> None:
    made = issue()
    for name in FORMATS:
        exporter(name)(ExportSettings(formats=FORMATS)).write(made, tmp_path)
    assert check(tmp_path) == []
    alto = "".join((tmp_path / "alto" / f"{page.id}.xml").read_text() for page in made.pages)
    parts = re.findall(r'CONTENT="(\w+)" SUBS_TYPE="(\w+)" SUBS_CONTENT="(\w+)"', alto)
    assert parts == [
        *(("news", "HypPart1", "newspaper"), ("paper", "HypPart2", "newspaper")),
        *(("col", "HypPart1", "column"), ("umn", "HypPart2", "column")),
        *(("pa", "HypPart1", "page"), ("ge", "HypPart2", "page")),
    ]
    assert alto.count("<HYP ") == 3
    tei = (tmp_path / "tei.xml").read_text()
    assert '<cb n="2" break="no"/><lb break="no"' in tei and '<pb facs="#p0002" break="no"/>' in tei
    assert (
        "the old newspaper of the long column went on to the page after it."
        in (tmp_path / "text.txt").read_text()
    )
    assert set(read_archive(tmp_path).joins) == set(made.joins)
    assert set(read_page_issue("", sorted((tmp_path / "page").glob("*.xml"))).joins) == set(made.joins)


def test_a_double_hyphen_that_is_read_as_a_plain_one(tmp_path: Path) -> None:
    """Blackletter has `=`, which is read as `-`: the text had "Ver-ein", and ALTO came back with "Ver-="."""
    first, second = ids.word_id("p0001_r001_l001", 1), ids.word_id("p0001_r001_l002", 1)
    lines = (
        TextLine("p0001_r001_l001", BOX, (Word(first, "Ver=", BOX, None, "Ver-"),)),
        TextLine("p0001_r001_l002", BOX, (Word(second, "ein", BOX),)),
    )
    page = Page("p0001", 400, 400, regions=(Region("p0001_r001", RegionKind.PARAGRAPH, BOX, lines),))
    blocks = (Block("i0001_b001", RegionKind.PARAGRAPH, ("p0001_r001",)),)
    item = Item("i0001", ItemKind.ARTICLE, (Part("p0001", blocks),))
    join = Join(first, second, "Verein", "=")
    made = Issue("blackletter-1874", (page,), (item,), (join,))
    for name in FORMATS:
        exporter(name)(ExportSettings(formats=FORMATS)).write(made, tmp_path)
    assert (tmp_path / "text.txt").read_text(encoding="utf-8").split() == ["Verein"]
    back = read_archive(tmp_path)
    assert back.joins == (join,)
    assert back.pages[0].regions[0].lines[0].words[0].normalized == "Ver-"
