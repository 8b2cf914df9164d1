"""A speaker's printed name begins the line that the turn's text goes on with: the line keeps both parts."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from layout.document import (
    Block,
    Issue,
    Item,
    ItemKind,
    Page,
    Part,
    RegionKind,
    SourceImage,
)
from layout.export import exporter
from layout.export.check import check
from layout.export.settings import ExportSettings
from layout.source.archive import read_archive
from tests.export.test_hyphens import region


def interview() -> Issue:
    asked = region("p0001", 1, 20, 0, "Reporter: has the bridge", "fallen in the night?")
    page = Page("p0001", 1000, 800, 300, SourceImage("1.tif"), (asked,), language="en")
    block = Block("i0001_b001", RegionKind.QUESTION, ("p0001_r001",), turn=1, speaker="Reporter")
    item = Item("i0001", ItemKind.ARTICLE, parts=(Part("p0001", (block,)),))
    return Issue("bridge", (page,), (item,))


def write(folder: Path, *, lines: bool) -> Path:
    settings = ExportSettings(formats=("alto", "tei", "mets"), tei_lines=lines)
    for name in settings.formats:
        exporter(name)(settings).write(interview(), folder)
    return folder / "tei.xml"


def test_the_text_after_the_name_points_to_its_line(tmp_path: Path) -> None:
    tree = etree.parse(write(tmp_path, lines=True))
    (name,), (said,) = tree.findall(".//{*}speaker"), tree.findall(".//{*}sp/{*}p")
    assert "".join(name.itertext()) == "Reporter:"
    (begun,) = said.findall("{*}seg")
    assert begun.get("facs") == name.find("{*}lb").get("facs") == "#p0001_r001_l001"
    assert begun.text == "has the bridge"
    assert " ".join("".join(said.itertext()).split()) == "has the bridge fallen in the night?"
    assert not list(check(tmp_path))
    assert [item.parts for item in read_archive(tmp_path).items] == [i.parts for i in interview().items]


def test_where_lines_are_left_out_there_is_nothing_to_point_to(tmp_path: Path) -> None:
    assert not etree.parse(write(tmp_path, lines=False)).findall(".//{*}sp//{*}seg")
