"""Damage of many kinds, done to valid files one at a time: each is found, with file, element and remedy."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from layout.document import SourceImage
from layout.export import exporter, exporter_names
from layout.export.check import check
from layout.export.settings import ExportSettings
from tests.export.issues import small_issue


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every format of the small issue."""
    folder = tmp_path_factory.mktemp("whole") / "shahrma-217"
    settings = ExportSettings(formats=exporter_names(), base_url="https://example.org")
    for name in settings.formats:
        exporter(name)(settings).write(small_issue(), folder)
    return folder


def swap(pattern: str, new: str) -> Callable[[str], str]:
    """The text with the first place that fits the pattern written otherwise."""

    def change(text: str) -> str:
        changed, count = re.subn(pattern, new, text, count=1, flags=re.DOTALL)
        assert count == 1 and changed != text, pattern
        return changed

    return change


A, P, T, M, H = "alto/p0001.xml", "page/p0001.xml", "tei.xml", "mets.xml", "hocr/p0001.html"
DAMAGE = {
    # ALTO
    "id twice": (A, 'ID="p0001_r004"', 'ID="p0001_r003"', "stands 2 times"),
    "IDNEXT lost": (A, 'IDNEXT="p0001_r004"', 'IDNEXT="p0001_r999"', "IDNEXT 'p0001_r999' leads nowhere"),
    "IDNEXT back": (A, 'IDNEXT="p0001_r005"', 'IDNEXT="p0001_r003"', "leads back"),
    "tag lost": (A, 'TAGREFS="ST_byline', 'TAGREFS="ST_nothing', "leads nowhere"),
    "step lost": (A, 'PROCESSINGREFS="PR_1', 'PROCESSINGREFS="PR_9', "leads nowhere"),
    "block outside": (A, '(ID="p0001_r003"[^>]*?HPOS=)"850"', r'\1"1500"', "lies outside its page"),
    "negative place": (A, '(ID="p0001_r003"[^>]*?VPOS=)"200"', r'\1"-20"', "lies outside its page"),
    "line outside": (A, '(ID="p0001_r003_l001"[^>]*?VPOS=)"200"', r'\1"900"', "lies outside 'p0001_r003'"),
    "word outside": (
        A,
        '(ID="p0001_r003_l001_w001"[^>]*?HPOS=)"\\d+"',
        r'\1"20"',
        "lies outside 'p0001_r003_l001'",
    ),
    "direction": (A, '(ID="p0001_r006"[^>]*?BASEDIRECTION=)"rtl"', r'\1"ltr"', "is stated to run ltr"),
    "direction mark": (A, 'CONTENT="شهر"', 'CONTENT="شهر\u200f"', "direction mark"),
    "control": (A, 'CONTENT="شهر"', 'CONTENT="شهر\u0085\u0086"', "control character"),
    "not NFC": (A, 'CONTENT="library"', 'CONTENT="cafe\u0301"', "not in Unicode form NFC"),
    "shape": (A, 'CONTENT="شهر"', 'CONTENT="\ufeb7\ufeec\ufeae"', "by its printed shape"),
    "order misses": (A, '<ElementRef ID="[^"]*" REF="p0001_r006"/>', "", "is not in the reading order"),
    "order twice": (A, 'REF="p0001_r006"', 'REF="p0001_r005"', "stands 2 times in the reading order"),
    "order and elements": (
        A,
        'REF="p0001_r004"(.*?)REF="p0001_r005"',
        r'REF="p0001_r005"\1REF="p0001_r004"',
        "is read before it",
    ),
    "confidence": (A, 'WC="0.95"', 'WC="1.7"', "is no confidence"),
    "language": (A, 'LANG="fa"', 'LANG="persian_ir"', "is no language tag"),
    "unit": (A, ">pixel<", ">points<", "is none of ALTO's"),
    "no size": (A, '(<Page [^>]*?WIDTH=)"1600"', r'\1"0"', "the page has no size"),
    "image 0": (A, 'PHYSICAL_IMG_NR="1"', 'PHYSICAL_IMG_NR="0"', "less than 1"),
    "no image": (A, "<fileName>[^<]*<", "<fileName><", "name of the image is empty"),
    "space first": (
        A,
        '(<TextLine ID="p0001_r003_l001"[^>]*>)',
        r'\1<SP WIDTH="3"/>',
        "a space begins the line",
    ),
    "negative space": (A, '(<SP [^>]*?WIDTH=)"14"', r'\1"-14"', "WIDTH is negative"),
    "doubled word": (A, "(<String [^>]*?/>)", r"\1\1", "stands twice in the same place"),
    "empty word": (A, 'CONTENT="شهر"', 'CONTENT=" "', "is no word"),
    "line without words": (
        A,
        '(<TextLine ID="p0001_r003_l001"[^>]*>).*?(</TextLine>)',
        r"\1\2",
        "has no word",
    ),
    "half a word": ("alto/p0002.xml", ' SUBS_CONTENT="harbour"', "", "SUBS_TYPE or SUBS_CONTENT alone"),
    "outline outside": (
        A,
        '(<TextBlock ID="p0001_r003"[^>]*>)',
        r'\1<Shape><Polygon POINTS="0,0 9000,0 9000,90"/></Shape>',
        "points lie outside the page",
    ),
    "cut short": (A, "</alto>", "", "is not well-formed XML"),
    # TEI
    "zone lost": (T, 'facs="#p0001_r004"', 'facs="#p0001_r444"', "leads nowhere"),
    "passage lost": (T, 'corresp="#[^"]*"', 'corresp="#nothing"', "leads nowhere"),
    "speaker lost": (T, 'who="#[^"]*"', 'who="#nobody"', "who '#nobody' leads nowhere"),
    "zone outside": (T, '(xml:id="p0001_r003"[^>]*?lrx=)"1500"', r'\1"9500"', "lies outside its page"),
    "corners": (T, '(xml:id="p0001_r003"[^>]*?lrx=)"1500"', r'\1"100"', "corners are in the wrong order"),
    "no such day": (T, 'when="2023-04-30"', 'when="2023-02-30"', "is no date of the calendar"),
    "undeclared": (T, '<language ident="en">[^<]*</language>', "", "is not in langUsage"),
    "joint": (T, 'prev="#i0001"', 'prev="#i0003"', "does not lead back"),
    "doubt of nothing": (T, 'match="@prev"', 'match="@next"', "finds nothing in"),
    "doubt": (T, 'degree="0.7"', 'degree="7"', "is no confidence"),
    "other text": (T, "ساختمان", "خیابان", "reads"),
    "line twice": (T, 'facs="#p0001_r006_l002"', 'facs="#p0001_r006_l001"', "comes twice"),
    "line lost": (T, '<lb facs="#p0001_r010_l001"/>', "", "is not in the text"),
    "page lost": (T, '<pb n="32" facs="#p0002"/>', "", "no pb begins this page"),
    # METS
    "checksum": (M, '(SIZE="[0-9]+" CHECKSUM=)"[0-9a-f]{4}', r'\1"zzzz', "the checksum"),
    "size": (M, '(alto/p0001.xml|SIZE=)"\\d+"', r'\1"7"', "the size of"),
    "file lost": (M, 'href="alto/p0002.xml"', 'href="alto/p0009.xml"', "which is not there"),
    "area": (M, 'BEGIN="p0001_r003"', 'BEGIN="p0001_r333"', "which its file has not"),
    "record lost": (M, 'DMDID="MODSMD_ARTICLE1"', 'DMDID="MODSMD_ARTICLE99"', "leads nowhere"),
    "page link": (M, 'xlink:to="DIVP2"', 'xlink:to="DIVP99"', "leads nowhere"),
    "item lost": (M, 'CONTENTIDS="tei.xml#i0003"', 'CONTENTIDS="tei.xml#i0333"', "which is not there"),
    "date issued": (M, ">2023-04-30<", ">30.04.2023<", "is no date"),
    "language term": (M, "(<mods:languageTerm[^>]*>)fa<", r"\1fa_IR<", "is no language tag"),
    "siblings": (M, 'ORDER="2"', 'ORDER="1"', "does not rise"),
    # PAGE
    "region lost": (P, 'regionRef="p0001_r004"', 'regionRef="p0001_r444"', "leads nowhere"),
    "region twice": (
        P,
        'regionRef="p0001_r004"',
        'regionRef="p0001_r003"',
        "stands 2 times in the reading order",
    ),
    "region unread": (
        P,
        '<RegionRefIndexed [^>]*regionRef="p0001_r004"[^>]*/>',
        "",
        "is not in the reading order",
    ),
    "points outside": (P, '(id="p0001_r003".*?points=")850,200', r"\g<1>850,9200", "lies outside its page"),
    "words and line": (P, "<Unicode>برای</Unicode>", "<Unicode>بهر</Unicode>", "is not that of its words"),
    "index": (P, 'index="1" regionRef="p0001_r004"', 'index="0" regionRef="p0001_r004"', "do not rise"),
    "reading direction": (
        P,
        '(id="p0001_r006"[^>]*?readingDirection=)"right-to-left"',
        r'\1"left-to-right"',
        "is stated to run ltr",
    ),
    "share": (P, 'conf="0.95"', 'conf="95"', "is no confidence"),
    # others
    "hOCR box": (H, '(id="p0001_r003" title="bbox) 850', r"\1 9850", "lies outside its page"),
    "canvas": ("manifest.json", "xywh=850,200,", "xywh=1850,200,", "lies outside the canvas"),
    "annotation twice": (
        "manifest.json",
        "annotation/p0001_r003_l001",
        "annotation/p0001_r004_l001",
        "stands 2 times",
    ),
    "address": (
        "manifest.json",
        '"id": "https://example.org/shahrma-217/manifest.json"',
        '"id": "manifest.json"',
        "no http address",
    ),
    "JSON line": ("items.jsonl", r"^\{", "", "is no JSON object"),
}


def test_the_whole_files_have_no_fault(whole: Path) -> None:
    assert [str(fault) for fault in check(whole)] == []


def test_scans_need_not_lie_beside_the_results(tmp_path: Path) -> None:
    """The pages of a PDF are named by it, and it stays where it was."""
    issue = small_issue()
    pages = tuple(replace(page, source=SourceImage("paper.pdf", page=1)) for page in issue.pages)
    settings = ExportSettings(formats=("alto", "tei", "mets"))
    for name in settings.formats:
        exporter(name)(settings).write(replace(issue, pages=pages), tmp_path)
    assert [str(fault) for fault in check(tmp_path)] == []


def test_there_are_forty_kinds() -> None:
    assert len(DAMAGE) >= 40


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_found(kind: str, whole: Path, tmp_path: Path) -> None:
    name, pattern, new, problem = DAMAGE[kind]
    folder = tmp_path / "issue"
    shutil.copytree(whole, folder)
    path = folder / name
    path.write_text(swap(pattern, new)(path.read_text(encoding="utf-8")), encoding="utf-8")
    found = [fault for fault in check(folder) if problem in fault.problem]
    assert found, [str(fault) for fault in check(folder)]
    assert any(fault.file == path and fault.remedy for fault in found), found[0]
    if path.suffix in (".xml", ".html") and kind != "cut short":
        assert any(fault.element and fault.line for fault in found)


def test_a_broken_pdf_and_a_file_that_mets_does_not_name(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "issue"
    shutil.copytree(whole, folder)
    (folder / "issue.pdf").write_bytes((folder / "issue.pdf").read_bytes()[:5000])
    shutil.copy(folder / "alto" / "p0002.xml", folder / "alto" / "p0004.xml")
    problems = {fault.problem for fault in check(folder)}
    assert {"is no whole PDF", "no METS names this file"} <= problems


def test_words_written_down_as_they_are_seen(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "issue"
    shutil.copytree(whole, folder)
    path = folder / "alto" / "p0001.xml"
    root = etree.parse(str(path))
    for line in root.iter("{*}TextLine"):
        line[:] = reversed(list(line))
    root.write(str(path), encoding="UTF-8")
    assert any("in the order in which they are seen" in fault.problem for fault in check(folder))
