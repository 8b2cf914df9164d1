"""A table of cells and rules stays a table in every format: rows, columns, and cells that are missing.

The page, one table, read from the left:     Market   Price   Change
                                             Oats             -6
                                             Rye|1    932     +21
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from layout.document import (
    Block,
    Box,
    Direction,
    Float,
    Issue,
    Item,
    ItemKind,
    Metadata,
    Page,
    Part,
    Region,
    RegionKind,
)
from layout.export import exporter
from layout.export.rows import grid_of
from layout.export.settings import ExportSettings
from layout.source.archive import read_archive
from layout.source.page_items import read_page_issue
from tests.export.issues import region

K = RegionKind
ROWS = (("Market", "Price", "Change"), ("Oats", "", "-6"), ("Rye|1", "932", "+21"))
TEI = "{http://www.tei-c.org/ns/1.0}"
PAGE = "{http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15}"


def table(*, rtl: bool = False) -> Region:
    cells = tuple(
        region(
            f"p0001_r{10 * (row + 1) + column:03d}",
            K.TABLE_CELL,
            (100 + 200 * (2 - column if rtl else column), 400 + 40 * row, 90),
            [text],
            rtl,
        )
        for row, texts in enumerate(ROWS)
        for column, text in enumerate(texts)
        if text
    )
    rules = tuple(
        Region(f"p0001_r{50 + n:03d}", K.SEPARATOR, Box(290 + 200 * n, 395, 292 + 200 * n, 520))
        for n in range(2)
    )
    return Region("p0001_r003", K.TABLE, Box(95, 395, 605, 525), children=(*cells, *rules))


def table_issue(*, rtl: bool = False) -> Issue:
    """An article with the table beside it."""
    regions = (
        region("p0001_r001", K.HEADLINE, (100, 100, 500), ["Prices fall"], rtl),
        region("p0001_r002", K.PARAGRAPH, (100, 200, 500), ["The market was quiet on Monday."], rtl),
        table(rtl=rtl),
    )
    direction = Direction.RTL if rtl else Direction.LTR
    page = Page("p0001", 800, 1000, 300.0, regions=regions, direction=direction, language="en")
    part = Part(
        "p0001",
        (Block("i0001_b001", K.HEADLINE, ("p0001_r001",)), Block("i0001_b002", K.PARAGRAPH, ("p0001_r002",))),
        (Float(K.TABLE, ("p0001_r003",)),),
    )
    article = Item("i0001", ItemKind.ARTICLE, (part,), title="Prices fall", language="en")
    return Issue("gazette-1", (page,), (article,), metadata=Metadata(title="Gazette", language="en"))


def written(issue: Issue, folder: Path, *formats: str) -> Path:
    for name in formats:
        exporter(name)(ExportSettings(formats=formats)).write(issue, folder)
    return folder


@pytest.mark.parametrize("rtl", [False, True])
def test_a_missing_cell_leaves_its_column_empty(rtl: bool) -> None:
    cells = [one for one in table(rtl=rtl).children if one.kind is K.TABLE_CELL]
    assert [[cell.text if cell else "" for cell in row] for row in grid_of(cells)] == [list(r) for r in ROWS]


def test_cells_that_fit_no_column_stand_in_their_order() -> None:
    cells = [
        region(f"r{n}", K.TABLE_CELL, (x, y, 30), [str(n)], False)
        for n, (x, y) in enumerate([(100, 10), (300, 10), (500, 10), (90, 60), (125, 60)])
    ]
    assert [cell and cell.id for cell in grid_of(cells)[1]] == ["r3", "r4", None]


def test_tei_has_rows_of_all_columns(tmp_path: Path) -> None:
    folder = written(table_issue(), tmp_path, "tei", "tei-light")
    for name in ("tei.xml", "tei-light.xml"):
        (found,) = etree.parse(folder / name).iter(f"{TEI}table")
        rows = [tuple("".join(cell.itertext()).strip() for cell in row) for row in found.iter(f"{TEI}row")]
        assert tuple(rows) == ROWS


def test_two_tables_are_two_in_light_tei(tmp_path: Path) -> None:
    issue = table_issue()
    second = Region(
        "p0001_r004",
        K.TABLE,
        Box(95, 595, 605, 725),
        children=tuple(
            region(f"p0001_r09{n}", K.TABLE_CELL, (100 + 200 * n, 600, 90), [text], False)
            for n, text in enumerate(("Fish", "7"))
        ),
    )
    (article,) = issue.items
    part = replace(article.parts[0], floats=(*article.parts[0].floats, Float(K.TABLE, ("p0001_r004",))))
    page = replace(issue.pages[0], regions=(*issue.pages[0].regions, second))
    both = replace(issue, pages=(page,), items=(replace(article, parts=(part,)),))
    found = list(etree.parse(written(both, tmp_path, "tei-light") / "tei-light.xml").iter(f"{TEI}table"))
    assert [len(one) for one in found] == [3, 1]


def test_page_says_row_and_column_of_cells_alone(tmp_path: Path) -> None:
    root = etree.parse(written(table_issue(), tmp_path, "page") / "page" / "p0001.xml").getroot()
    roles = {
        role.getparent().getparent().get("id"): (int(role.get("rowIndex")), int(role.get("columnIndex")))
        for role in root.iter(f"{PAGE}TableCellRole")
    }
    assert roles == {
        f"p0001_r{10 * (row + 1) + column:03d}": (row, column)
        for row, texts in enumerate(ROWS)
        for column, text in enumerate(texts)
        if text
    }
    (found,) = root.iter(f"{PAGE}TableRegion")
    assert len(found.findall(f"{PAGE}SeparatorRegion")) == 2


def test_texts_have_a_row_on_a_line(tmp_path: Path) -> None:
    folder = written(table_issue(), tmp_path, "text", "markdown", "jsonl")
    assert "\n    Market\tPrice\tChange\n    Oats\t\t-6\n    Rye|1\t932\t+21\n" in (
        folder / "text.txt"
    ).read_text(encoding="utf-8")
    assert (
        "\n\n| Market | Price | Change |\n| --- | --- | --- |\n| Oats |  | \\-6 |\n"
        "| Rye\\|1 | 932 | \\+21 |\n"
    ) in (folder / "text.md").read_text(encoding="utf-8")
    (item,) = map(json.loads, (folder / "items.jsonl").read_text(encoding="utf-8").splitlines())
    (found,) = [one for one in item["paragraphs"] if one["kind"] == "table"]
    assert found["rows"] == [list(row) for row in ROWS]
    assert found["regions"][0] == "p0001_r003"
    assert "Market" not in item["text"]


def test_pdf_has_the_table_in_its_article(tmp_path: Path) -> None:
    with pikepdf.open(written(table_issue(), tmp_path, "pdf") / "issue.pdf") as pdf:
        (document,) = pdf.Root.StructTreeRoot.K
        (article,) = document.K
        (found,) = [one for one in article.K if one.S == "/Table"]
        rows = [[(cell.S, len(cell.K)) for cell in row.K] for row in found.K]
    assert rows == [[("/TD", 1 if text else 0) for text in row] for row in ROWS]


def test_the_table_is_read_back(tmp_path: Path) -> None:
    issue = table_issue()
    written(issue, tmp_path / issue.id, "alto", "page", "tei", "mets")
    wanted = issue.pages[0].regions[2]
    folder = tmp_path / issue.id
    for back in (read_archive(folder), read_page_issue(issue.id, [folder / "page" / "p0001.xml"])):
        found = back.regions()["p0001_r003"]
        assert found.kind is K.TABLE
        assert [(one.id, one.kind, one.box, one.text) for one in found.children] == [
            (one.id, one.kind, one.box, one.text) for one in wanted.children
        ]
        assert back.items[0].parts[0].floats[0].regions == ("p0001_r003",)
