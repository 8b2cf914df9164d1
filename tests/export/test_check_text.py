"""Faults in the text that no schema finds; and none where all is well."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.export import exporter
from layout.export.check import check
from layout.export.settings import ExportSettings
from tests.truth import SHARED, SYNTHETIC, load_truth, needs_shared
from tests.truth_issue import true_issue

FORMATS = ("alto", "page", "tei", "mets", "text")


@needs_shared
@pytest.mark.parametrize("page", ["dev-fa-008", "dev-en-003"])
def test_what_we_write_has_no_fault(page: str, tmp_path: Path) -> None:
    truth = load_truth(SYNTHETIC / "pages" / page / "clean.json")
    settings = ExportSettings(formats=FORMATS)
    for name in settings.formats:
        exporter(name)(settings).write(true_issue([truth]), tmp_path)
    assert check(tmp_path) == []


ALTO = """<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#" SCHEMAVERSION="4.4">
<ReadingOrder><OrderedGroup ID="o"><ElementRef ID="o1" REF="r1"/><ElementRef ID="o2" REF="r2"/>
</OrderedGroup></ReadingOrder>
<Layout><Page ID="P1" WIDTH="100" HEIGHT="200"><PrintSpace ID="S1">
<TextBlock ID="r1" HPOS="10" VPOS="10" WIDTH="50" HEIGHT="20" BASEDIRECTION="ltr">
<TextLine ID="l1" HPOS="10" VPOS="10" WIDTH="50" HEIGHT="20">
<String ID="w1" HPOS="10" VPOS="10" WIDTH="40" HEIGHT="20" CONTENT="a line of some twenty letters and more"/>
</TextLine></TextBlock>
<TextBlock ID="r2" HPOS="10" VPOS="40" WIDTH="50" HEIGHT="20">
<TextLine ID="l2" HPOS="10" VPOS="40" WIDTH="50" HEIGHT="20">
<String ID="w2" HPOS="10" VPOS="40" WIDTH="40" HEIGHT="20" CONTENT="caf\u00e9"/></TextLine></TextBlock>
</PrintSpace></Page></Layout></alto>"""


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('BASEDIRECTION="ltr"', 'BASEDIRECTION="rtl"', "'r1' is stated to run rtl"),
        ("caf\u00e9", "cafe\u0301", "is not in Unicode form NFC"),
        ("caf\u00e9", "caf\u00e9\u200f", "holds a direction mark"),
        ("caf\u00e9", "caf\u00e9\u0085\u0080", "holds a control character"),
        ('<ElementRef ID="o2" REF="r2"/>', "", "'r2' has text and is not in the reading order"),
        ('REF="r2"', 'REF="r1"', "'r1' stands 2 times in the reading order"),
        ('"l2" HPOS="10" VPOS="40"', '"l2" HPOS="10" VPOS="140"', "'l2' lies outside 'r2'"),
        ('"w2" HPOS="10"', '"w2" HPOS="59"', "'w2' lies outside 'l2'"),
    ],
)
def test_each_fault_is_found(old: str, new: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "alto").mkdir()
    path = tmp_path / "alto" / "p0001.xml"
    path.write_text(ALTO, encoding="utf-8")
    assert check(tmp_path) == []
    assert old in ALTO
    path.write_text(ALTO.replace(old, new, 1), encoding="utf-8")
    assert any(problem in fault.problem for fault in check(tmp_path))


@needs_shared
def test_a_private_language_tag_and_the_schemas_of_others_are_no_faults(tmp_path: Path) -> None:
    (tmp_path / "ccs.xml").write_text('<alto xmlns="http://schema.ccs-gmbh.com/ALTO"><Layout/></alto>')
    (tmp_path / "page.xml").write_text(
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15">'
        "<Metadata><Creator>Transkribus</Creator><Created>2020-01-01T00:00:00Z</Created>"
        '<LastChange>2020-01-01T00:00:00Z</LastChange><TranskribusMetadata docId="1"/></Metadata>'
        '<Page imageFilename="1.jpg" imageWidth="10" imageHeight="10"/></PcGts>'
    )
    (tmp_path / "tei.xml").write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="ar-Latn-x-ijmes"><teiHeader><fileDesc><titleStmt>'
        "<title>a</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc>"
        "</fileDesc></teiHeader><text><body><p>a</p></body></text></TEI>"
    )
    assert [str(fault) for fault in check(tmp_path, SHARED / "schemas")] == []
