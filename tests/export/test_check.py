"""Each fault that a person would want to hear of is found, and nothing where all is well."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from layout.export.check import check

ALTO = """<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#" SCHEMAVERSION="4.4">
<Tags><LayoutTag ID="T1" LABEL="headline"/></Tags>
<Layout><Page ID="P1" WIDTH="100" HEIGHT="200"><PrintSpace ID="S1">
<TextBlock ID="r1" TAGREFS="T1" HPOS="10" VPOS="10" WIDTH="50" HEIGHT="20" IDNEXT="r2"/>
<TextBlock ID="r2" HPOS="10" VPOS="40" WIDTH="50" HEIGHT="20"/>
</PrintSpace></Page></Layout></alto>"""
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><facsimile><zone xml:id="z1"/></facsimile>
<text><body><p facs="#z1" corresp="http://example.org/#x">Text</p></body></text></TEI>"""
METS = """<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink">
<fileSec><fileGrp><file ID="A1" CHECKSUMTYPE="SHA-256" CHECKSUM="{sum}">
<FLocat xlink:href="alto/p0001.xml"/></file>
<file ID="I1"><FLocat xlink:href="scan.tif"/></file></fileGrp></fileSec>
<structMap><div><fptr><area FILEID="A1" BETYPE="IDREF" BEGIN="r1"/></fptr></div></structMap></mets>"""


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """A small issue without a fault."""
    folder = tmp_path / "out" / "issue"
    (folder / "alto").mkdir(parents=True)
    (folder / "alto" / "p0001.xml").write_text(ALTO)
    (folder / "tei.xml").write_text(TEI)
    digest = hashlib.sha256(ALTO.encode()).hexdigest()
    (folder / "mets.xml").write_text(METS.format(sum=digest))
    names = ("alto/p0001.xml", "mets.xml", "tei.xml")
    outputs = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    (folder / "receipt.json").write_text(json.dumps({"outputs": outputs}))
    return folder


def test_nothing_is_found_where_nothing_is_wrong(issue: Path) -> None:
    assert check(issue) == check(issue.parent) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("alto/p0001.xml", 'ID="r2"', 'ID="r1"', "the id 'r1' stands 2 times"),
        ("alto/p0001.xml", 'IDNEXT="r2"', 'IDNEXT="r3"', "IDNEXT 'r3' leads nowhere"),
        ("alto/p0001.xml", 'TAGREFS="T1"', 'TAGREFS="T1 T2"', "TAGREFS 'T2' leads nowhere"),
        ("alto/p0001.xml", 'HPOS="10" VPOS="40"', 'HPOS="60" VPOS="40"', "'r2' lies outside its page"),
        ("alto/p0001.xml", 'VPOS="40"', 'VPOS="-4"', "'r2' lies outside its page"),
        ("alto/p0001.xml", 'ID="r1"', 'ID="r9"', "points to 'r1', which its file has not"),
        ("alto/p0001.xml", "</alto>", "", "is not well-formed XML"),
        ("alto/p0001.xml", "<alto", "<!DOCTYPE alto []><alto", "it has a DOCTYPE"),
        ("tei.xml", 'facs="#z1"', 'facs="#z2"', "facs '#z2' leads nowhere"),
        ("tei.xml", "Text", "Other", "was changed since it was written"),
        ("mets.xml", "alto/p0001.xml", "alto/p0002.xml", "names 'alto/p0002.xml', which is not there"),
        ("mets.xml", 'CHECKSUM="', 'CHECKSUM="0', "the checksum of 'alto/p0001.xml' does not hold"),
    ],
)
def test_each_fault_is_found(issue: Path, name: str, old: str, new: str, problem: str) -> None:
    path = issue / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    found = check(issue.parent)
    assert any((problem in str(fault) and fault.file == path) or problem in fault.problem for fault in found)


def test_a_lost_file_is_found(issue: Path) -> None:
    (issue / "tei.xml").unlink()
    assert [fault.problem for fault in check(issue)] == ["is missing"]
