"""`python -m tests.bench.layers`: what other extractors make of the same text layers, and in what time.

For the reference pages with known text (sound and broken layers) the table gives how many of the words
come out letter for letter, as F1 of the two bags of words after the same normalisation (ZWNJ and the order of
letters count, tatweel does not), the share of neighbouring words that stay neighbours, and the processor
time. Lines are the true ones for ours; the others find theirs.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pypdfium2
from rich.console import Console
from rich.table import Table

from layout.document import Direction
from layout.language import normalized
from layout.source import SourceSettings, list_pages, load_page
from layout.source.pdf import mupdf
from layout.text.embedded import read_layer
from tests.text.test_embedded_pages import true_lines
from tests.truth import SYNTHETIC, load_truth

KINDS = ("born", "defect")


def main() -> int:
    """Print a table for each kind of layer; 1 where the reference pages are not here."""
    folders = sorted(path.parent for path in SYNTHETIC.rglob("clean.json"))
    if not folders:
        print("the reference pages (../shared/devset) are not here", file=sys.stderr)  # noqa: T201
        return 1
    console = Console(width=max(100, Console().width))
    for kind in KINDS:
        table = Table(
            title=f"{kind}: words right (F1), neighbours kept, seconds a page", title_justify="left"
        )
        for name in ("extractor", "right-to-left", "left-to-right", "neighbours", "seconds"):
            table.add_column(name, justify="left" if name == "extractor" else "right")
        for name, extract in EXTRACTORS.items():
            row = _measure(extract, kind, folders)
            if row:
                table.add_row(name, *row)
        console.print(table)
    return 0


Extract = Callable[[Path], tuple[str, float]]


def _measure(extract: Extract, kind: str, folders: Iterable[Path]) -> tuple[str, ...] | None:
    words: dict[str, list[float]] = {"rtl": [], "ltr": []}
    pairs: list[float] = []
    seconds: list[float] = []
    for folder in folders:
        truth = load_truth(folder / "clean.json")
        try:
            text, spent = extract(folder / f"{kind}.pdf")
        except FileNotFoundError:
            return None
        wanted = [
            word for lines in true_lines(truth)[1] for line in lines for word in _words(line, truth["lang"])
        ]
        found = _words(text, truth["lang"])
        words[truth["dir"]].append(_f1(Counter(wanted), Counter(found)))
        pairs.append(_f1(Counter(pairwise(wanted)), Counter(pairwise(found))))
        seconds.append(spent)
    values = [f"{sum(part) / len(part):.3f}" for part in (words["rtl"], words["ltr"], pairs)]
    return (*values, f"{sum(seconds) / len(seconds):.2f}")


def _words(text: str, language: str) -> list[str]:
    return normalized(text.replace("\n", " "), language).split()


def _f1(wanted: Counter[object], found: Counter[object]) -> float:
    return 2 * (wanted & found).total() / max(1, wanted.total() + found.total())


def _ours(pdf: Path) -> tuple[str, float]:
    truth = load_truth(pdf.parent / "clean.json")
    segmentation, _ = true_lines(truth)
    layer = load_page(list_pages(pdf, SourceSettings())[0], SourceSettings()).text_layer
    assert layer is not None
    began = time.process_time()
    found = read_layer(layer, segmentation, truth["lang"], Direction(truth["dir"]))
    spent = time.process_time() - began
    lines = (line.text for shape in found.shapes for line in shape if line)
    return "\n".join(lines), spent + _rawdict(pdf)


def _rawdict(pdf: Path) -> float:
    with mupdf.open(pdf) as document:
        began = time.process_time()
        document[0].get_text("rawdict")
        return time.process_time() - began


def _pymupdf(pdf: Path) -> tuple[str, float]:
    with mupdf.open(pdf) as document:
        began = time.process_time()
        return document[0].get_text(), time.process_time() - began


def _pdftotext(pdf: Path) -> tuple[str, float]:
    program = shutil.which("pdftotext")
    if program is None:
        raise FileNotFoundError("pdftotext")
    began = time.perf_counter()
    done = subprocess.run([program, str(pdf), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace"), time.perf_counter() - began


def _pdfplumber(pdf: Path) -> tuple[str, float]:
    began = time.process_time()
    with pdfplumber.open(pdf) as document:
        return document.pages[0].extract_text(), time.process_time() - began


def _pdfium(pdf: Path) -> tuple[str, float]:
    began = time.process_time()
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    text = page.get_textpage()
    try:
        return text.get_text_bounded(), time.process_time() - began
    finally:
        text.close()
        page.close()
        document.close()


EXTRACTORS: dict[str, Extract] = {
    "newsreflow": _ours,
    "PyMuPDF get_text": _pymupdf,
    "pdftotext": _pdftotext,
    "pdfplumber": _pdfplumber,
    "pypdfium2": _pdfium,
}

if __name__ == "__main__":
    sys.exit(main())
