"""`python -m tests.bench.review RUN [RUN ...]`: how well the review queue finds the pages that are wrong.

A run is what `python -m tests.bench.scores SET --out FOLDER` leaves in FOLDER/<name of the set>: the pages of
a set with truth as they were read, and their scores. A page is wrong where the edit distance of the order of
its lines, articles in any order, or F1 of the types of its regions says so; the queue ranks the pages without
knowing. Printed are, for each way to draw that line, how many pages are wrong, the area under the curve (0.5:
by chance, 1: all wrong pages first), how many of the wrong pages stand in the worst-ranked tenth, how many
could, and what share of them would stand there if a tenth of the pages were wrong, as in an archive.

    --fit          the weights are fitted on the runs instead and printed: a logistic regression, by Newton's
                   method, with a penalty on the weights of features of unit variance, which makes all pages
                   alike; so their sum is fitted once more, without
    --leave-out    each run is ranked with weights fitted on the others; then also how often pages are wrong
                   by how doubtful they were said to be
"""

from __future__ import annotations

import json
import math
import pickle
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layout.batch.doubts import page_doubts
from layout.batch.journal import Row
from layout.batch.review import FITTED, doubt
from layout.batch.tasks import summary_of

#: From where on a page is wrong: edit distance of the order of its lines, and F1 of the types of its regions.
LINES = ((0.05, 0.8), (0.1, 0.8), (0.05, 0.9))
_PENALTY = 60.0  # on weights of unit variance: with less, what one set is like is learnt, too
_BOUNDS = (0.1, 0.2, 0.35, 0.6, 1.0)


@dataclass(frozen=True)
class Read:
    """A page of a run: what its issue shows of it, how doubtful it is of 0..1, and its scores."""

    name: str
    shown: dict[str, float]
    doubt: float
    order: float | None
    types: float | None

    def is_wrong(self, order: float, types: float) -> bool:
        return (self.order is not None and self.order > order) or (
            self.types is not None and self.types < types
        )


@dataclass(frozen=True)
class Ranked:
    """A page, its doubt of 0..1, and whether it is wrong."""

    name: str
    doubt: float
    wrong: bool


def main(arguments: list[str]) -> int:
    """Some lines for each run, or the weights; 1 where there is none."""
    runs = [Path(name) for name in arguments if name not in ("--fit", "--leave-out")]
    if not runs or not all((run / "report.json").is_file() for run in runs):
        print("runs of tests.bench.scores are needed", file=sys.stderr)  # noqa: T201
        return 1
    if "--fit" in arguments:
        pages = [page for run in runs for page in read(run)]
        print(json.dumps(fit(pages, *LINES[0]), indent=1))  # noqa: T201
        return 0
    found = {run: list(read(run)) for run in runs}
    if "--leave-out" in arguments:
        found = {run: _doubted(pages, found) for run, pages in found.items()}
        print(_calibration([page for pages in found.values() for page in pages]))  # noqa: T201
    for run, pages in found.items():
        for order, types in LINES:
            ranked = sorted(
                (Ranked(page.name, page.doubt, page.is_wrong(order, types)) for page in pages),
                key=lambda page: (-page.doubt, page.name),
            )
            print(f"{run.name}, order above {order:g} or types below {types:g}: {summary(ranked)}")  # noqa: T201
    return 0


def _doubted(pages: list[Read], found: dict[Path, list[Read]]) -> list[Read]:
    """The pages of a run, as doubtful as the others' weights make them."""
    others = [page for some in found.values() if some is not pages for page in some]
    weights = fit(others, *LINES[0])
    made = []
    for page in pages:
        odds = weights["base"] + sum(weights[name] * page.shown.get(name, 0.0) for name in FITTED)
        made.append(replace(page, doubt=1 / (1 + math.exp(-odds))))
    return made


def _calibration(pages: list[Read]) -> str:
    """How many of the pages are wrong that were said to be so with a probability up to each bound."""
    said = []
    for least, most in pairwise((0.0, *_BOUNDS)):
        some = [page.is_wrong(*LINES[0]) for page in pages if least <= page.doubt < most]
        said.append(f"{least:g} to {most:g}: {sum(some)} of {len(some)}")
    return "wrong pages by their doubt: " + ", ".join(said)


def read(run: Path) -> Iterator[Read]:
    """The pages of a run."""
    scores: dict[str, Any] = json.loads((run / "report.json").read_text(encoding="utf-8"))
    for name, figures in sorted(scores.items()):
        issue = pickle.loads((run / f"{name}.issue").read_bytes())
        page = pickle.loads((run / f"{name}.pickle").read_bytes())
        shown = page_doubts(issue).get("p0001", {})
        row = Row(name, "page", name, "p0001", state="done", summary=json.dumps(summary_of(page)))
        yield Read(name, shown, doubt(row, shown).probability, figures["edit_free"], figures["types"])


def summary(pages: list[Ranked]) -> str:
    """The figures of a ranking."""
    wrong = sum(page.wrong for page in pages)
    tenth = pages[: max(1, round(len(pages) / 10))]
    held = sum(page.wrong for page in tenth)
    most = min(len(tenth), wrong)
    said = (
        f"{len(pages)} pages, {wrong} wrong; the worst-ranked {len(tenth)} hold {held} of {most} they could"
    )
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


def fit(pages: list[Read], order: float, types: float) -> dict[str, float]:
    """Base and weights that tell the wrong pages."""
    values = np.array([[page.shown.get(name, 0.0) for name in FITTED] for page in pages])
    wrong = np.array([float(page.is_wrong(order, types)) for page in pages])
    mean, spread = values.mean(axis=0), np.maximum(values.std(axis=0), 1e-9)
    columns = np.c_[np.ones(len(pages)), (values - mean) / spread]
    found = _newton(columns, wrong, _PENALTY)
    shift, scale = _newton(np.c_[np.ones(len(pages)), columns @ found], wrong, 0.0)
    weights = scale * found[1:] / spread
    base = float(shift + scale * found[0] - weights @ mean)
    return {"base": round(base, 2)} | {
        name: round(float(w), 2) for name, w in zip(FITTED, weights, strict=True)
    }


def _newton(values: NDArray[np.float64], wrong: NDArray[np.float64], on_each: float) -> NDArray[np.float64]:
    """Weights of the columns, with a penalty ``on_each`` but the first."""
    penalty = np.diag([1e-6] + [on_each] * (values.shape[1] - 1))
    weights = np.zeros(values.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (wrong - chance) - penalty @ weights
        bend = (values * (chance * (1 - chance))[:, None]).T @ values + penalty
        weights += np.linalg.solve(bend, slope)
    return weights


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
