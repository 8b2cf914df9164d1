"""Other people's parsers open our ALTO and PAGE: regions, lines and text come out of them, in our order.

kraken and OCR-D are large and no part of the program. A virtual environment that has one of them (or both)
is named by NEWSREFLOW_READERS_PYTHON, the path of its Python; without it these tests skip. `make others`
makes one and runs them; by hand it is

    python3 -m venv readers
    readers/bin/pip install ocrd pillow iso639-lang
    readers/bin/pip install --no-deps kraken
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from layout.export import exporter
from layout.export.outline import Outline, flat
from layout.export.settings import ExportSettings
from layout.export.settle import settled
from layout.ocrd.agreeable import agreeable
from tests.export.issues import small_issue

PYTHON = os.environ.get("NEWSREFLOW_READERS_PYTHON", "")

_OCRD = """
import json, sys
from ocrd_models.ocrd_page import parse
page = parse(sys.argv[1], silence=True).get_Page()
order = page.get_AllRegions(classes=["Text"], order="reading-order")
lines = [line.get_TextEquiv()[0].get_Unicode() for region in order for line in region.get_TextLine()]
print(json.dumps({"size": [page.get_imageWidth(), page.get_imageHeight()], "lines": lines}))
"""
_OCRD_CHECK = """
import json, sys
from ocrd_validators.page_validator import PageValidator
report = PageValidator.validate(filename=sys.argv[1], page_textequiv_consistency="strict")
print(json.dumps({"errors": [str(error) for error in report.errors]}))
"""
#: kraken's reader of XML reckons nothing, but its module imports what does: where that is not installed
#: (torch alone is 1 GB) an empty module stands for it.
_KRAKEN = """
import importlib.abc, importlib.machinery, importlib.util, json, sys
from unittest.mock import MagicMock

HEAVY = ("torch", "torchvision", "scipy", "skimage", "lightning", "torchmetrics", "coremltools", "sklearn")
MISSING = tuple(name for name in HEAVY if importlib.util.find_spec(name) is None)

class Empty(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if name.partition(".")[0] in MISSING:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
    def create_module(self, spec):
        made = MagicMock(__path__=[], __spec__=spec)
        made.__name__ = spec.name
        return made
    def exec_module(self, module):
        pass

sys.meta_path.insert(0, Empty())
from kraken.lib.xml import XMLPage
page = XMLPage(sys.argv[1])
lines = [line.text for line in page.get_sorted_lines()]
print(json.dumps({"size": list(page.image_size), "lines": lines}))
"""


def read(script: str, module: str, path: Path) -> dict[str, list[object]]:
    """What the parser found in a file; skips where the environment has not the module."""
    if not PYTHON:
        pytest.skip("NEWSREFLOW_READERS_PYTHON names no Python with kraken or ocrd")
    there = subprocess.run([PYTHON, "-c", f"import {module}"], capture_output=True, check=False)
    if there.returncode:
        pytest.skip(f"{PYTHON} cannot import {module}: {there.stderr.decode()[-200:]}")
    done = subprocess.run(
        [PYTHON, "-c", script, str(path)], capture_output=True, check=False, cwd=path.parent
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    found: dict[str, list[object]] = json.loads(done.stdout.decode().splitlines()[-1])
    return found


def our_lines() -> list[str]:
    """The lines of the first page in reading order, without running matter."""
    outline = Outline(settled(small_issue()))
    return [line.text for r in flat(outline.reading(outline.pages[0])) for line in r.lines if line.words]


def written(kind: str, folder: Path) -> Path:
    exporter(kind)(ExportSettings()).write(small_issue(), folder)
    return folder / kind / "p0001.xml"


@pytest.mark.slow
def test_ocrd_reads_page(tmp_path: Path) -> None:
    found = read(_OCRD, "ocrd_models.ocrd_page", written("page", tmp_path))
    assert found["size"] == [1600, 2400]
    ordered = our_lines()[:11]  # then come pictures and quotes, which stand in no fixed place
    assert found["lines"][:11] == ordered
    assert set(our_lines()) <= set(found["lines"])


@pytest.mark.slow
def test_ocrd_finds_page_consistent(tmp_path: Path) -> None:
    """Its validator stopped with a KeyError at the group of a sidebar, which names the box around it."""
    path = written("page", tmp_path)
    assert b'regionRef="p0001_r011" caption' in path.read_bytes()
    path.write_bytes(agreeable(path.read_bytes()))
    found = read(_OCRD_CHECK, "ocrd_validators.page_validator", path)
    assert found["errors"] == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["alto", "page"])
def test_kraken_reads_alto_and_page(kind: str, tmp_path: Path) -> None:
    found = read(_KRAKEN, "kraken", written(kind, tmp_path))
    lines = our_lines()
    boxed = 2 if kind == "page" else 0  # kraken reads no region inside a region: the sidebar's two lines
    assert found["size"] == [1600, 2400]
    assert found["lines"][: len(lines) - boxed] == lines[: len(lines) - boxed]
