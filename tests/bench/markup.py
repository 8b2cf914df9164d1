"""What lxml takes to make the files of a page that `page_markup` writes: `python -m tests.bench.markup`.

For each page of the samples, in CPU milliseconds: the whole of our writing of ALTO, PAGE and hOCR, and what
lxml takes alone for making the same elements, with their values at hand as text, and for writing them out: in
the quickest way it has, which is all attributes at once and tags without a namespace. The least of several
runs.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from lxml import etree

from layout.config import Config
from layout.document import Issue, Metadata, Page
from layout.document.json import loads
from layout.export import exporter
from layout.export.outline import outlined
from layout.export.settings import ExportSettings
from layout.pipeline import read_issue

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FORMATS = ("alto", "page", "hocr")
_RUNS = 40


def least(work: Callable[[], object]) -> float:
    """CPU milliseconds of the quickest run."""
    found = []
    for _ in range(_RUNS):
        start = time.process_time()
        work()
        found.append(1000 * (time.process_time() - start))
    return min(found)


def remade(root: Any) -> bytes:
    """The document made anew of elements, and written."""
    made = etree.Element(root[0], root[1])
    _children(made, root[3])
    return etree.tostring(made, encoding="UTF-8", xml_declaration=True)


def _children(parent: Any, inner: list[Any]) -> None:
    for tag, attributes, text, more, tail in inner:
        made = etree.SubElement(parent, tag, attributes)
        if text is not None:
            made.text = text
        if tail is not None:
            made.tail = tail
        if more:
            _children(made, more)


def plain(node: Any) -> Any:
    """An element as plain values."""
    tag = etree.QName(node).localname
    return tag, dict(node.attrib), node.text, [plain(one) for one in node], node.tail


def _write(form: str, issue: Issue, folder: Path) -> None:
    exporter(form)(ExportSettings()).write(issue, folder)


def main() -> None:
    total = [0.0, 0.0]
    for path in sorted(SAMPLES.glob("*/expected/pages/*.json")):
        page = loads(Page, path.read_text(encoding="utf-8"))
        issue = read_issue("bench", [page], Metadata(), Config())
        outlined(issue)  # which all formats share
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            ours = sum(least(partial(_write, form, issue, folder)) for form in FORMATS)
            files = [path for form in FORMATS for path in sorted((folder / form).iterdir())]
            trees = [plain(etree.parse(str(file)).getroot()) for file in files]
        theirs = sum(least(partial(remade, tree)) for tree in trees)
        total = [total[0] + ours, total[1] + theirs]
        sys.stdout.write(
            f"{path.parts[-4]}/{path.stem}: ours {ours:.1f}, elements of lxml alone {theirs:.1f}\n"
        )
    sys.stdout.write(f"all: {total[1] / total[0]:.2f} times our whole writing, {total[0]:.0f} ms\n")


if __name__ == "__main__":
    main()
