"""The truth of the reference pages, written and measured: an exporter loses nothing."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from layout.export import exporter
from layout.export.settings import ExportSettings
from layout.export.text import reading_text
from tests.export.validation import alto_complaints, complaints
from tests.truth import SHARED, SYNTHETIC, load_truth, needs_shared
from tests.truth_issue import joined_issue, true_issue

PAGES = ("dev-fa-008", "dev-en-003", "dev-de-001")
FILES = {"tei": "tei.xml", "alto": "alto/p0001.xml", "page": "page/p0001.xml"}


def score(truth: Path, output: Path, kind: str) -> Any:
    """The scorer's figures for one page."""
    pytest.importorskip("shapely", reason="the scorer is not installed")
    pytest.importorskip("regex", reason="the scorer is not installed")
    sys.path.insert(0, str(SHARED))
    try:
        readers = importlib.import_module("scorer.readers")
        metrics = {
            name: importlib.import_module(f"scorer.metrics.{name}")
            for name in ("detection", "lines", "order", "articles", "structure")
        }
        truth_reader = importlib.import_module("scorer.readers.genjson")
    finally:
        sys.path.remove(str(SHARED))
    reader = importlib.import_module(f"scorer.readers.{'pagexml' if kind == 'page' else kind}")
    assert readers
    return truth_reader.read(str(truth)).finish(), reader.read(str(output)).finish(), metrics


@needs_shared
@pytest.mark.parametrize("kind", sorted(FILES))
@pytest.mark.parametrize("page", PAGES)
def test_the_scorer_finds_the_whole_truth(page: str, kind: str, tmp_path: Path) -> None:
    path = SYNTHETIC / "pages" / page / "clean.json"
    exporter(kind)(ExportSettings()).write(true_issue([load_truth(path)]), tmp_path)
    truth, output, metrics = score(path, tmp_path / FILES[kind], kind)
    found = metrics["detection"].detection(truth, output)
    assert found["iou75"]["type"]["f1"] > 0.99
    assert metrics["articles"].articles(truth, output)["bcubed"]["f1"] > 0.99
    number = metrics["structure"].page_number(truth, output)
    assert number is None or number["strict"] == 1.0
    for kind_of_box in ("pull-quote", "sidebar"):
        boxes = metrics["structure"].typed_f1(truth, output, kind_of_box)
        assert boxes is None or boxes["f1"] == 1.0
    links = metrics["structure"].links(truth, output)
    if links and kind == "tei":  # ALTO has no links; the scorer does not read PAGE's TargetRegionRef
        assert links["block"] == 1.0


@needs_shared
def test_an_issue_over_four_pages(tmp_path: Path) -> None:
    folder = SYNTHETIC / "issues" / "dev-issue-fa-1"
    issue = json.loads((folder / "issue.json").read_text(encoding="utf-8"))
    truths = [load_truth(folder / page["dir_path"] / "clean.json") for page in issue["pages"]]
    made = joined_issue(truths, issue["articles"])
    settings = ExportSettings(formats=("alto", "page", "tei", "mets", "text"))
    paths = [path for name in settings.formats for path in exporter(name)(settings).write(made, tmp_path)]
    kinds = {"alto": "alto-4", "page": "page-2019-07-15", "tei.xml": "tei", "mets.xml": "mets"}
    for path in paths:
        kind = kinds.get(path.name) or kinds.get(path.parent.name)
        assert not kind or not complaints(path, kind)
    tei = etree.parse(str(tmp_path / "tei.xml"))
    ids = {node.get("{http://www.w3.org/XML/1998/namespace}id") for node in tei.iter("{*}*")}
    split = [div for div in tei.iter("{*}div") if div.get("part") == "I"]
    assert split, "an article goes on over other articles"
    for div in split:
        assert div.get("next", "")[1:] in ids
    mets = etree.parse(str(tmp_path / "mets.xml"))
    linked = [link.get("{http://www.w3.org/1999/xlink}to") for link in mets.iter("{*}smLink")]
    assert set(linked) == {"DIVP2", "DIVP3", "DIVP4", "DIVP5"}


@needs_shared
@pytest.mark.parametrize("version", ["2.1", "3.1", "4.2", "4.4"])
@pytest.mark.parametrize("unit", ["pixel", "mm10", "inch1200"])
def test_every_version_of_alto_is_valid(version: str, unit: str, tmp_path: Path) -> None:
    truth = load_truth(SYNTHETIC / "pages" / "dev-en-003" / "clean.json")
    settings = ExportSettings(alto_version=version, alto_unit=unit)
    (path,) = exporter("alto")(settings).write(true_issue([truth]), tmp_path)
    root = etree.parse(str(path)).getroot()
    assert root.findtext(".//{*}MeasurementUnit") == unit
    assert not alto_complaints(path, version)


@needs_shared
def test_reading_text_has_paragraphs_and_no_quotes() -> None:
    truth = load_truth(SYNTHETIC / "pages" / "dev-en-003" / "clean.json")
    text = reading_text(true_issue([truth]))
    for block in truth["blocks"]:
        if block["type"] == "paragraph":
            assert block["text"] in text
        if block["type"] in ("page-number", "running-head"):
            assert f"\n{block['text']}\n" not in text


@needs_shared
def test_the_same_issue_gives_the_same_bytes(tmp_path: Path) -> None:
    truth = load_truth(SYNTHETIC / "pages" / "dev-fa-003" / "clean.json")
    settings = ExportSettings(formats=("alto", "page", "tei", "mets", "text"))
    for run in ("a", "b"):
        for name in settings.formats:
            exporter(name)(settings).write(true_issue([truth]), tmp_path / run)
    first = sorted(path for path in (tmp_path / "a").rglob("*") if path.is_file())
    assert len(first) == 5
    for path in first:
        other = tmp_path / "b" / path.relative_to(tmp_path / "a")
        assert path.read_bytes() == other.read_bytes()


@needs_shared
@pytest.mark.slow
def test_tei_is_valid_by_the_full_schema(tmp_path: Path) -> None:
    import shutil
    import subprocess

    if not shutil.which("jing"):
        pytest.skip("jing is not installed (apt install jing)")
    truth = load_truth(SYNTHETIC / "pages" / "dev-fa-008" / "clean.json")
    (path,) = exporter("tei")(ExportSettings()).write(true_issue([truth]), tmp_path)
    schema = SHARED / "schemas" / "tei" / "tei_all.rng"
    done = subprocess.run(["jing", str(schema), str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
