"""`python -m tests.bench.scores SET [SET ...] --out FOLDER`: the chain on pages with truth, scored.

A set is a folder with `manifest.json` (the devset, or what `python -m tests.bench.pages` and, of real
pages, `python -m tests.bench.real` make). Each picture goes from pixels to TEI with the defaults; the scorer
beside the checkout gives the figures, one table for each set, clean pages and scans apart, with what changed
since the report of ``--since FOLDER``.

    --text truth      the words come from the truth: geometry and reflow alone
    --text null       nothing is read: geometry, and what reflow makes of it without a word
    --given           the regions come from the truth too, with their kinds, as a corrected page gives
                      them: reflow alone
    --again           the pages as they were read last time, reflow anew (a second a page)
    --only REGEX      these pages (`gen31-fa-002/clean`)

FOLDER keeps for each set the pages as read, their TEI and `report.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import re
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean
from typing import Any

from rich.console import Console
from rich.table import Table

from layout.config import load_config
from layout.document import Metadata
from layout.pipeline import read_issue, read_page, write_issue
from layout.source import PageRef
from tests.bench.true_text import TrueTextEngine
from tests.truth import SHARED, given_page, load_truth

#: Heading -> where the scorer has the figure.
FIGURES = {
    "any": "detection.iou50.any.f1",
    "types": "detection.iou50.type.f1",
    "macro": "detection.iou50.type.macro_f1",
    "columns": "columns.iou75.f1",
    "lines": "lines.iou50.f1",
    "edit_free": "order.lines.edit_free",
    "successor": "order.lines.successor_all",
    "tau": "order.lines.tau_in_article",
    "bcubed": "articles.bcubed.f1",
    "pairs": "articles.pairs.f1",
    "exact": "articles.exact",
    "questions": "detection.iou50.type.per_type.question.f1",
    "answers": "detection.iou50.type.per_type.answer.f1",
    "folio": "page_number.exact",
    "quotes": "pull_quotes.f1",
    "links": "pull_quote_links.block",
    "sidebars": "sidebars.f1",
    "members": "sidebar_members.f1",
    "cer": "text.aligned.norm.cer",
}
#: The smaller the better.
ERRORS = {"edit_free", "cer"}

Figures = dict[str, float | None]


@dataclass(frozen=True)
class Task:
    """A picture to read and where its results go: ``stem`` + `.pickle`, `.xml`, `.json`."""

    name: str
    image: Path
    index: int
    truth: Path
    language: str
    stem: Path
    engine: str
    again: bool
    given: bool


def main(arguments: Sequence[str]) -> int:
    """A table for each set; 1 where there is no set or no scorer."""
    options = _options(arguments)
    sets = [Path(folder) for folder in options.sets]
    if not (SHARED / "scorer").is_dir() or not all((path / "manifest.json").is_file() for path in sets):
        print("sets of pages with truth, and the scorer (../shared/scorer), are needed", file=sys.stderr)  # noqa: T201
        return 1
    for path in sets:
        folder = Path(options.out) / path.name
        tasks = list(_tasks(path, folder, options))
        with ProcessPoolExecutor(options.jobs, get_context("spawn")) as pool:
            scores = dict(zip((task.name for task in tasks), pool.map(score, tasks), strict=True))
        before = _report(Path(options.since) / path.name) if options.since else {}
        known = _report(folder) if options.only else {}
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.json").write_text(json.dumps({**known, **scores}, indent=1), encoding="utf-8")
        _print(path.name, scores, {name: before[name] for name in scores if name in before})
    return 0


def score(task: Task) -> Figures:
    """Read a picture, write its TEI, score it."""
    page_id = task.stem.parent.name
    config = load_config()
    if task.engine == "truth":
        TrueTextEngine.open(task.truth)
        told = replace(config.text, engine="truth", language=task.language, latin_runs=False)
        config = replace(config, text=told)
    elif task.engine == "null":
        config = replace(config, text=replace(config.text, engine="null", language=task.language))
    config = replace(config, export=replace(config.export, formats=("tei",)))
    kept = task.stem.with_suffix(".pickle")
    kept.parent.mkdir(parents=True, exist_ok=True)
    if task.given:
        page = given_page(load_truth(task.truth))
    elif task.again and kept.is_file():
        page = pickle.loads(kept.read_bytes())
    else:
        page = read_page(PageRef(task.image, task.index, "p0001"), config)
        kept.write_bytes(pickle.dumps(page))
    issue = read_issue(page_id, [page], Metadata(), config)
    task.stem.with_suffix(".issue").write_bytes(pickle.dumps(issue))
    (written,) = write_issue(issue, task.stem.parent / task.stem.name, config)
    written.rename(task.stem.with_suffix(".xml"))
    return _figures(task.truth, task.stem.with_suffix(".xml"))


def _figures(truth: Path, written: Path) -> Figures:
    sys.path.insert(0, str(SHARED))
    from scorer.api import score_files  # type: ignore[import-not-found]

    report = score_files(str(truth), str(written))
    return {name: _at(report, path) for name, path in FIGURES.items()}


def _at(report: Any, path: str) -> float | None:
    for key in path.split("."):
        report = report.get(key) if isinstance(report, dict) else None
    return None if report is None else float(report)


def _tasks(pages: Path, folder: Path, options: argparse.Namespace) -> Iterator[Task]:
    for page in json.loads((pages / "manifest.json").read_text(encoding="utf-8"))["pages"]:
        for sample in page["samples"]:
            name = f"{page['page_id']}/{sample['variant']}"
            if re.search(options.only, name):
                yield Task(
                    name,
                    pages / sample["image"],
                    sample.get("page", 0),
                    pages / sample["truth"],
                    page["lang"],
                    folder / page["page_id"] / sample["variant"],
                    options.text,
                    options.again,
                    options.given,
                )


def _report(folder: Path) -> dict[str, Figures]:
    report = folder / "report.json"
    found: dict[str, Figures] = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else {}
    return found


def _print(title: str, scores: dict[str, Figures], before: dict[str, Figures]) -> None:
    console = Console(width=int(os.environ.get("COLUMNS", "220")))
    kinds = {"clean": "/clean$", "scans": "/(?!clean)[^/]+$", "all": ""}
    table = Table(title=title)
    for heading in ("pages", *FIGURES):
        table.add_column(heading, justify="right")
    for kind, pattern in kinds.items():
        names = [name for name in scores if re.search(pattern, name)]
        if names:
            cells = [_cell(names, figure, scores, before) for figure in FIGURES]
            table.add_row(f"{kind} {len(names)}", *cells)
    console.print(table)
    for figure in FIGURES:
        moved = [
            f"{name} {then:.3f}>{now:.3f}"
            for name in before
            if (then := before[name].get(figure)) is not None
            and (now := scores[name][figure]) is not None
            and abs(then - now) > 0.0005
        ]
        if moved:
            console.print(f"{figure}: {', '.join(moved)}", highlight=False)


def _cell(names: list[str], figure: str, scores: dict[str, Figures], before: dict[str, Figures]) -> str:
    now = _mean(scores[name][figure] for name in names)
    then = _mean(before[name].get(figure) for name in names if name in before)
    if now is None:
        return "-"
    if then is None or f"{then:.3f}" == f"{now:.3f}":
        return f"{now:.3f}"
    worse = (now > then) == (figure in ERRORS)
    return f"{then:.3f}>[{'red' if worse else 'green'}]{now:.3f}[/]"


def _mean(values: Iterator[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.scores", description="Pages with truth, scored."
    )
    parser.add_argument("sets", nargs="+", metavar="SET")
    parser.add_argument("--out", required=True, metavar="FOLDER")
    parser.add_argument("--since", metavar="FOLDER")
    parser.add_argument("--text", choices=("truth", "null", "tesseract"), default="tesseract")
    parser.add_argument("--given", action="store_true")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--only", default="", metavar="REGEX")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
