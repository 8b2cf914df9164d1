"""`python -m tests.bench.review [SET ...]`: how well the review queue finds the pages that are wrong.

Each picture of a set of pages with truth (a folder with `manifest.json`; the devset where none is given) is
read, the scorer beside the checkout says whether its order or its types are wrong, and the queue ranks the
pages without knowing. Printed are the area under the curve (0.5: by chance, 1: all wrong pages first), how
many of the wrong pages stand in the worst-ranked tenth, and what share of them would stand there if a tenth
of the pages were wrong, as in an archive (of a set that is wrong for the most part a tenth cannot hold half).
It takes some seconds a page.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from layout.batch.doubts import page_doubts
from layout.batch.journal import Row
from layout.batch.review import doubt
from layout.batch.tasks import summary_of
from layout.config import Config, load_config
from layout.document import Metadata
from layout.pipeline import read_issue, read_page, write_issue
from layout.source import PageRef
from tests.truth import SHARED, SYNTHETIC

#: From where on a page is wrong: edit distance of the order of its lines, articles in any order, and F1 of
#: the types of its regions.
WORST_ORDER, LEAST_TYPES = 0.05, 0.8


@dataclass(frozen=True)
class Ranked:
    """A page, its doubt of 0..1, and whether it is wrong."""

    name: str
    doubt: float
    wrong: bool


def main(folders: list[str]) -> int:
    """A line for each set; 1 where there is no set or no scorer."""
    sets = [Path(folder) for folder in folders] or [SYNTHETIC]
    if not (SHARED / "scorer").is_dir() or not all((path / "manifest.json").is_file() for path in sets):
        print("sets of pages with truth, and the scorer (../shared/scorer), are needed", file=sys.stderr)  # noqa: T201
        return 1
    config = load_config()
    config = replace(config, export=replace(config.export, formats=("tei",)))
    for path in sets:
        print(f"{path.name}: {summary(rank(path, config))}", flush=True)  # noqa: T201
    return 0


def rank(pages: Path, config: Config) -> list[Ranked]:
    """The pages of a set, the most doubtful first."""
    with tempfile.TemporaryDirectory() as folder:
        doubts = {
            f"{page['page_id']}/{sample['variant']}": _read(
                pages / sample["image"], page["page_id"], Path(folder) / page["page_id"], sample, config
            )
            for page in json.loads((pages / "manifest.json").read_text(encoding="utf-8"))["pages"]
            for sample in page["samples"]
        }
        scores = _scores(pages, Path(folder))
    made = [Ranked(name, value, _is_wrong(scores[name])) for name, value in doubts.items()]
    return sorted(made, key=lambda page: (-page.doubt, page.name))


def summary(pages: list[Ranked]) -> str:
    """The figures of a ranking."""
    wrong = sum(page.wrong for page in pages)
    tenth = pages[: max(1, round(len(pages) / 10))]
    held = sum(page.wrong for page in tenth)
    said = f"{len(pages)} pages, {wrong} wrong; the worst-ranked {len(tenth)} hold {held} of them"
    if not 0 < wrong < len(pages):
        return said
    return f"{said}; area under the curve {area(pages):.2f}; {held_of_few(pages):.0%} where a tenth is wrong"


def area(pages: list[Ranked]) -> float:
    """The chance that a wrong page is ranked above a right one."""
    wrong = [page.doubt for page in pages if page.wrong]
    right = [page.doubt for page in pages if not page.wrong]
    won = sum((one > other) + 0.5 * (one == other) for one in wrong for other in right)
    return won / (len(wrong) * len(right))


def held_of_few(pages: list[Ranked], share: float = 0.1) -> float:
    """The share of the wrong pages that the worst-ranked tenth holds, each page weighed so that ``share`` of
    all are wrong; pages of equal doubt count together."""
    wrong = [page.doubt for page in pages if page.wrong]
    right = [page.doubt for page in pages if not page.wrong]
    for least in sorted({page.doubt for page in pages}):
        found = sum(one >= least for one in wrong) / len(wrong)
        beside = sum(one >= least for one in right) / len(right)
        if share * found + (1 - share) * beside <= 0.1:
            return found
    return 0.0


def _read(image: Path, page_id: str, folder: Path, sample: dict[str, Any], config: Config) -> float:
    """Read a picture, write its TEI where the scorer looks for it; how doubtful the page is."""
    page = read_page(PageRef(image, 0, "p0001"), config)
    issue = read_issue(page_id, [page], Metadata(), config)
    (written,) = write_issue(issue, folder, config)
    written.rename(folder / f"{sample['variant']}.xml")
    told = json.dumps(summary_of(page))
    seen = page_doubts(issue).get("p0001")
    return doubt(Row(page_id, "page", page_id, "p0001", state="done", summary=told), seen).probability


def _scores(pages: Path, results: Path) -> dict[str, Any]:
    report = results / "report.json"
    command = [sys.executable, "-m", "scorer", "--gt", str(pages), "--out", str(results), "--per-page"]
    environment = {**os.environ, "PYTHONPATH": str(SHARED)}
    subprocess.run([*command, "--save", str(report)], env=environment, stdout=subprocess.DEVNULL, check=True)
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))["pages"]
    return found


def _is_wrong(scores: dict[str, Any]) -> bool:
    order = scores["order"]["lines"]["edit_free"]
    types = scores["detection"]["iou50"]["type"]["f1"]
    return (order is not None and order > WORST_ORDER) or types < LEAST_TYPES


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
