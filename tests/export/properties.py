"""What holds of the files of any issue: valid, free of findings; nothing dropped or lost on the way back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from layout.document import Issue, RegionKind
from layout.export import exporter, exporter_names
from layout.export.check import check
from layout.export.settings import ALTO_VERSIONS, UNITS, ExportSettings
from layout.export.settle import settled
from layout.source.archive import read_archive
from layout.source.hocr_items import read_hocr_issue
from layout.source.page_items import read_page_issue
from tests.any_issues import any_issue
from tests.dice import Dice
from tests.export.test_round_trip import blocks, figures, items, order_of, passages, regions_of, sureness
from tests.export.validation import SCHEMAS, alto_complaints, manifest_complaints
from tests.sound import sound_issue

FORMATS = exporter_names()
_SILENT = (RegionKind.SEPARATOR, RegionKind.NOISE)
_POINTERS = ("facs", "corresp", "next", "prev", "target", "who", "ana", "rendition", "resp")
_BLOCKS = ("TextBlock", "Illustration", "GraphicalElement", "ComposedBlock")
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

Written = dict[str, list[Path]]


def write(issue: Issue, folder: Path, options: ExportSettings) -> Written:
    """The files of each format."""
    return {name: exporter(name)(options).write(issue, folder) for name in options.formats}


def any_document_holds(seed: int, folder: Path) -> None:
    """An issue of any kind, in every format and in some version of ALTO, keeps every property."""
    dice = Dice(seed)
    issue = any_issue(dice)
    options = ExportSettings(
        formats=FORMATS,
        base_url="https://example.org",
        alto_version=dice.one((*ALTO_VERSIONS, "4.4", "4.4")),
        alto_unit=dice.one((*UNITS, "pixel")),
        pretty=dice.coin(),
        tei_lines=not dice.one_in(4),
    )
    written = write(issue, folder, options)
    is_valid(written, folder, options.alto_version)
    whole = settled(issue)
    drops_nothing(whole, written)
    if options.tei_lines:
        has_every_line_once(whole, written)
    for form in ("tei", "tei-light"):
        declares_what_it_uses(written[form][0])
    says_all_of_its_pages(whole, written)


def sound_document_comes_back(seed: int, folder: Path) -> None:
    """An issue as reflow makes it is the same read back from ALTO with TEI and METS, from PAGE, from hOCR."""
    issue = settled(sound_issue(Dice(seed)))
    options = ExportSettings(formats=("alto", "hocr", "mets", "page", "tei"))
    written = write(issue, folder, options)
    is_valid(written, folder, options.alto_version)
    archive = read_archive(folder)
    assert sureness(archive) == sureness(issue)
    comes_back(issue, archive)
    comes_back(issue, read_page_issue(issue.id, written["page"]))
    comes_back(issue, read_hocr_issue(issue.id, written["hocr"]))


def is_valid(written: Written, folder: Path, alto_version: str) -> None:
    """By its schemas, ALTO by just its version, and by what `check` looks for."""
    faults = [str(fault) for fault in check(folder, SCHEMAS)]
    for path in written["alto"]:
        faults += alto_complaints(path, alto_version)
    for path in written.get("iiif", ()):
        faults += manifest_complaints(path) if path.name == "manifest.json" else []
    assert not faults, "\n".join(faults)
    for path in written.get("jsonl", ()):
        for row in path.read_text(encoding="utf-8").split("\n"):
            assert not row or isinstance(json.loads(row), dict)


def comes_back(issue: Issue, back: Issue) -> None:
    """Text, order, kinds, boxes, articles, links."""
    assert [page.id for page in back.pages] == [page.id for page in issue.pages]
    for one, other in zip(back.pages, issue.pages, strict=True):
        assert regions_of(one) == regions_of(other), one.id
    for aspect in (order_of, items, blocks, figures, passages):
        assert aspect(back) == aspect(issue), f"{aspect.__name__}: {aspect(back)} for {aspect(issue)}"
    assert set(back.joins) == set(issue.joins)


def says_all_of_its_pages(whole: Issue, written: Written) -> None:
    """PAGE and hOCR; a word is a run without a space, PAGE's reader takes one with a space for several."""
    words = (w for page in whole.pages for r in page.walk() for line in r.lines for w in line.words)
    if any(" " in word.text for word in words):
        return
    pages = [page for page in whole.pages if page.failed is None]
    for read, paths in ((read_page_issue, written["page"]), (read_hocr_issue, written["hocr"])):
        back = read(whole.id, paths)
        assert [regions_of(page) for page in back.pages] == [regions_of(page) for page in pages]


def drops_nothing(whole: Issue, written: Written) -> None:
    """Each region and each word is once in ALTO and once in PAGE."""
    pages = [page for page in whole.pages if page.failed is None]
    regions = sorted(r.id for page in pages for r in page.walk())
    words = sorted(w.id for page in pages for r in page.walk() for line in r.lines for w in line.words)
    names = [(etree.QName(node).localname, node) for node in _elements(written["alto"])]
    assert sorted(node.get("ID") for name, node in names if name == "String") == words
    found = [node.get("ID") for name, node in names if name in _BLOCKS]
    assert sorted(id_ for id_ in found if not id_.endswith("_text")) == regions
    names = [(etree.QName(node).localname, node) for node in _elements(written["page"])]
    assert sorted(node.get("id") for name, node in names if name == "Word") == words
    found = [node.get("id") for name, node in names if name.endswith("Region")]
    assert sorted(id_ for id_ in found if not id_.endswith("_text")) == regions


def has_every_line_once(whole: Issue, written: Written) -> None:
    """TEI begins each line of text once, and its pointers lead somewhere."""
    shown = {True: set[str](), False: set[str]()}
    for page in whole.pages:
        for region in page.walk():
            for line in region.lines:
                if line.words or region.kind in _SILENT:
                    shown[region.kind not in _SILENT].add(line.id)
    nodes = list(_elements(written["tei"]))
    found = [node.get("facs", "")[1:] for node in nodes if etree.QName(node).localname == "lb"]
    assert sorted(id_ for id_ in found if id_ not in shown[False]) == sorted(shown[True])
    known = {node.get(_XML_ID) for node in nodes}
    for node in nodes:
        for name in _POINTERS:
            for pointer in (node.get(name) or "").split():
                assert pointer[1:] in known or not pointer.startswith("#"), (node.tag, name, pointer)


def declares_what_it_uses(tei: Path) -> None:
    """The header's renditions and categories are those that the document points to."""
    root = etree.parse(str(tei)).getroot()
    declared = {node.get(_XML_ID) for node in root.iterfind("{*}teiHeader//{*}rendition")}
    declared |= {node.get(_XML_ID) for node in root.iterfind("{*}teiHeader//{*}category")}
    used = {(node.get(name) or "")[1:] for node in root.iter("{*}*") for name in ("rendition", "ana")} - {""}
    turns = {"turn.question", "turn.answer"}
    assert declared == (used | turns if used & turns else used), (declared, used)


def _elements(paths: list[Path]) -> Iterator[Any]:
    return (node for path in paths for node in etree.parse(str(path)).iter("{*}*"))
