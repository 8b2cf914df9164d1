"""METS names what the other files hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lxml import etree

from layout.document import RegionKind
from layout.export import exporter
from layout.export.settings import ExportSettings
from tests.export.issues import region, small_issue


def test_what_stands_in_a_sidebar_and_in_no_block_is_named(tmp_path: Path) -> None:
    """A notice in the frame of a sidebar was in ALTO and TEI, and METS did not know of it."""
    issue = small_issue()
    page = issue.pages[0]
    box = next(one for one in page.regions if one.id == "p0001_r011")
    loose = region("p0001_r020", RegionKind.CONTINUATION, (120, 1010, 600), ["ادامه در صفحه ۳۲"], True)
    framed = replace(box, children=(*box.children, loose))
    regions = tuple(framed if one is box else one for one in page.regions)
    issue = replace(issue, pages=(replace(page, regions=regions), *issue.pages[1:]))
    for name in ("alto", "mets"):
        exporter(name)(ExportSettings()).write(issue, tmp_path)
    mets = etree.parse(str(tmp_path / "mets.xml"))
    named = {area.get("BEGIN") for area in mets.iter("{*}area")}
    texts = etree.parse(str(tmp_path / "alto" / "p0001.xml")).iterfind(".//{*}PrintSpace/{*}TextBlock")
    read = {block.get("ID") for block in texts if block.get("TAGREFS") != "ST_page-number"}
    assert loose.id in read and read <= named
