"""The samples end to end: the issue half against golden files, text layers and OCR against what was set.

`expected/pages` beside a sample holds its finished pages, so that TEI and reading text do not depend on the
version of the OCR engine. `pytest tests/test_samples.py --update-golden` reads the samples anew (with OCR)
and writes `expected/`; read the text before you commit it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

import pytest

from layout.config import Config
from layout.document import Page
from layout.document.json import dumps, loads
from layout.pipeline import read_issue, read_page, write_issue
from layout.source import find_issues
from layout.source.issues import IssueInput
from layout.text.settings import TextSettings

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
NAMES = tuple(sorted(path.parent.name for path in SAMPLES.glob("*/issue.toml")))
DIGITAL = ("ellery-lantern", "shahrha-31")
#: share of the printed words that OCR must find; scans are spoilt on purpose, and models differ
OCR_LEAST = {"shahrha-31-scan": 0.9, "cheshmesar-217": 0.75, "landbote-58": 0.75, "rawda-1927": 0.8}
COMPARED = ("tei.xml", "text.txt")

_DEFAULT = Config()
_ISSUE_HALF = replace(_DEFAULT, export=replace(_DEFAULT.export, formats=("tei", "text")))
_NO_OCR = replace(_DEFAULT, text=TextSettings(engine="null", prefer="text-layer", language=None))


@pytest.mark.parametrize("name", NAMES)
def test_finished_pages_give_the_expected_tei_and_text(
    name: str, tmp_path: Path, update_golden: bool
) -> None:
    found = _issue(name)
    expected = SAMPLES / name / "expected"
    if update_golden:
        _store(expected, [read_page(ref, _DEFAULT) for ref in found.pages])
    elif not expected.is_dir():
        pytest.skip("nothing is expected of this sample yet: run with --update-golden")
    issue = read_issue(found.issue_id, _stored(expected), found.metadata, _ISSUE_HALF)
    write_issue(issue, tmp_path, _ISSUE_HALF)
    if update_golden:
        for file in COMPARED:
            (expected / file).write_bytes((tmp_path / file).read_bytes())
        pytest.skip("expected files were written anew: read them, then run without --update-golden")
    for file in COMPARED:
        assert _difference(expected / file, tmp_path / file) == ""


@pytest.mark.slow
def test_the_page_that_began_it_all_is_read_afresh_as_expected(tmp_path: Path) -> None:
    """Its text layer has every defect there is; what comes out is right word for word."""
    issue = _issue("shahrha-31")
    pages = [read_page(ref, _NO_OCR) for ref in issue.pages]
    write_issue(read_issue("shahrha-31", pages, issue.metadata, _ISSUE_HALF), tmp_path, _ISSUE_HALF)
    got = (tmp_path / "text.txt").read_text(encoding="utf-8")
    assert got == (SAMPLES / "shahrha-31" / "expected" / "text.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DIGITAL)
def test_a_text_layer_gives_the_words_that_were_set(name: str) -> None:
    """The layer of `shahrha-31` has every defect of an old export; its words must come out as printed."""
    pages = [read_page(ref, _NO_OCR) for ref in _issue(name).pages]
    share, wrong = _found(name, pages, marks=True)
    assert share >= 0.99, wrong


@pytest.mark.ocr
@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(OCR_LEAST))
def test_scans_are_read(name: str) -> None:
    pages = [read_page(ref, _DEFAULT) for ref in _issue(name).pages]
    share, wrong = _found(name, pages)
    assert share >= OCR_LEAST[name], wrong


def test_samples_are_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) < 12e6


@pytest.mark.parametrize("name", NAMES)
def test_truth_is_whole(name: str) -> None:
    """Each block stands once in the reading order, and its lines are cut out of its text."""
    for truth in _truths(name):
        blocks = {block["id"]: block for block in truth["blocks"]}
        ordered = [name for name, block in blocks.items() if block["type"] != "separator"]
        assert sorted(truth["reading_order"]) == sorted(ordered)
        for block in blocks.values():
            for line in block["lines"]:
                assert block["text"][line["start"] : line["end"]] == line["text"]


def _issue(name: str) -> IssueInput:
    (found,) = find_issues(SAMPLES / name)
    return found


def _store(expected: Path, pages: list[Page]) -> None:
    folder = expected / "pages"
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.json"):
        path.unlink()
    for page in pages:
        (folder / f"{page.id}.json").write_text(dumps(page) + "\n", encoding="utf-8")


def _stored(expected: Path) -> list[Page]:
    files = sorted((expected / "pages").glob("*.json"))
    return [loads(Page, file.read_text(encoding="utf-8")) for file in files]


def _difference(expected: Path, got: Path) -> str:
    """A unified diff, empty where the files are the same."""
    old = expected.read_text(encoding="utf-8").splitlines()
    new = got.read_text(encoding="utf-8").splitlines()
    return "\n".join(list(unified_diff(old, new, expected.name, "now", lineterm="", n=1))[:80])


def _truths(name: str) -> Iterator[dict]:
    for file in sorted((SAMPLES / name / "truth").glob("*.json")):
        yield json.loads(file.read_text(encoding="utf-8"))


def _found(name: str, pages: list[Page], marks: bool = False) -> tuple[float, str]:
    """The share of the words set that were read on the right page, and some that were not."""
    missed: Counter[str] = Counter()
    total = 0
    for truth, page in zip(_truths(name), pages, strict=True):
        wanted = Counter(_words(" ".join(block["text"] for block in truth["blocks"]), marks))
        lines = [line for region in page.walk() for line in region.lines]
        printed = "\n".join(" ".join(word.text for word in line.words) for line in lines)
        read = Counter(_words(re.sub(r"[-⸗]\n", "", printed), marks))
        missed += wanted - read
        total += wanted.total()
    return 1 - missed.total() / total, " ".join(sorted(missed)[:40])


def _words(text: str, marks: bool) -> list[str]:
    """Words without kashida, long s as s; without half-spaces and vowel marks too unless ``marks``."""
    text = re.sub("\u0640" if marks else "[\u0640\u200c\u064b-\u0652]", "", text).replace("ſ", "s")
    pattern = "[\\w\u200c\u064b-\u0652]+"
    return [word for word in re.findall(pattern, unicodedata.normalize("NFC", text)) if len(word) > 1]
