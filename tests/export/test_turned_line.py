"""A line printed sideways along the margin: its words stand above each other, and its spaces between them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lxml import etree

from layout.document import Box, Direction, RegionKind, TextLine, Word
from layout.export import exporter
from layout.export.check import check
from layout.export.settings import ExportSettings
from tests.export.issues import region, small_issue

# Read from the foot to the head of the page, each word a little to the right of the one before it.
WORDS = (
    Word("w1", "ویژه‌نامه", Box(40, 700, 70, 800), 0.9),
    Word("w2", "روز", Box(41, 640, 71, 688), 0.9),
    Word("w3", "شهرها", Box(42, 560, 72, 628), 0.9),
    Word("w4", "پاییز", Box(43, 480, 73, 548), 0.9),
)


def test_words_and_spaces_of_a_turned_line(tmp_path: Path) -> None:
    issue = small_issue()
    line = TextLine("p0001_r099_l001", Box(40, 480, 74, 800), WORDS)
    label = replace(
        region("p0001_r099", RegionKind.SIDEBAR, (40, 480, 34), [], True),
        box=line.box,
        lines=(line,),
        direction=Direction.RTL,
    )
    page = replace(issue.pages[0], regions=(*issue.pages[0].regions, label))
    folder = tmp_path / "issue"
    exporter("alto")(ExportSettings()).write(replace(issue, pages=(page, *issue.pages[1:])), folder)

    root = etree.parse(folder / "alto" / "p0001.xml").getroot()
    written = root.find(".//{*}TextLine[@ID='p0001_r099_l001']")
    assert written is not None
    spaces = [
        [int(space.get(name, "-1")) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")]
        for space in written.iterfind("{*}SP")
    ]
    assert spaces == [[40, 688, 34, 12], [40, 628, 34, 12], [40, 548, 34, 12]]
    assert not [fault for fault in check(folder) if "in the order in which they are seen" in fault.problem]
    assert not [fault for fault in check(folder) if "space" in fault.problem]
