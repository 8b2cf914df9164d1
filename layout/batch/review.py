"""Which pages a person should look at first.

What can be seen without the truth: what the finished issue shows of the page (`doubts.page_doubts`), what
the stages found odd, and what is unusual on a newspaper page (regions without words). Each adds to one
number; a logistic function makes a probability of it.
"""

from __future__ import annotations

import heapq
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from layout.batch.journal import Journal, Row

#: Logit of a page on which nothing is odd, and what each feature adds for its unit. The first three and the
#: base were fitted on 108 generated pages, 60 of them read and 48 with the text of the truth, beside the five
#: after them, which were fitted before on other pages, real ones among them, and count for a third. A page is
#: wrong where the edit distance of its lines' order is above 0.15 or F1 of its types below 0.7, as 39 are.
#: The weight of ``seams`` lies between that of the fit (5.3) and what fits 64 pages of another generator best
#: (2.5; `tests.bench.pages`, seeds 31 and 77, 16 pages each, clean and scanned). Those pages, which had no
#: other part in the fit, are ranked with areas under the curve of 0.87 and 0.93, 43 of them wrong; with the
#: devset beside them, and weighed so that a tenth of the pages is wrong, the worst-ranked tenth holds half
#: of the wrong ones. All were measured with the text of the truth; `python -m tests.bench.review SET`
#: measures with what is read. The rest, and `unsure`, are judgement.
_BASE = -3.05
_WEIGHTS = {
    "seams": 4.0,  # share of changes of column where the sentence does not go on
    "low_kinds": 6.7,  # share of regions whose kind is little more than a guess
    "scraps": 2.3,  # share of articles of next to no text
    "kinds": 6.9,  # mean doubt of the regions' kinds, by their letters
    "small_kinds": 0.75,  # the same, each region alike
    "covered": 4.0,  # share of the regions' area that another covers
    "across": 2.7,  # share of running text that stands in no column
    "jumps": 1.1,  # share of steps of reading that do not go on below
    "unsure": 6.0,  # what words lack in confidence beyond the usual
    "unread": 4.0,  # share of text regions without words
    "warnings": 1.0,  # each
    "errors": 3.0,  # each
    "empty": 4.0,  # no word on the page
}
#: What is said of a feature, and from where on.
_REASONS = {
    "seams": ("sentences break off between columns", 0.2),
    "scraps": ("articles with next to no text", 0.4),
    "kinds": ("the kinds of regions are not sure", 0.06),
    "covered": ("regions lie over each other", 0.03),
    "across": ("text stands across the columns", 0.1),
    "jumps": ("the reading order jumps", 0.5),
    "unsure": ("words are not sure", 0.1),
    "unread": ("regions without words", 0.1),
    "empty": ("no text", 0.1),
}


@dataclass(frozen=True)
class Doubt:
    """A page, the probability that a person is needed, and why."""

    key: str
    probability: float
    reasons: tuple[str, ...]
    confidence: float | None


def ranked(journal: Journal, count: int | None = None) -> list[Doubt]:
    """The ``count`` most doubtful pages that were read, or all of them, the most doubtful first."""
    if count is None:
        return sorted(_doubts(journal), key=most_doubtful)
    return heapq.nsmallest(count, _doubts(journal), key=most_doubtful)


def most_doubtful(page: Doubt) -> tuple[float, str]:
    """Sort key: the most doubtful first, equal ones by their names."""
    return -page.probability, page.key


def _doubts(journal: Journal) -> Iterator[Doubt]:
    issue = ""
    seen: dict[str, dict[str, float]] = {}
    for row in journal.rows(kind="page", state="done"):
        if row.issue != issue:
            issue, found = row.issue, journal.get(row.issue)
            seen = _summary(found).get("doubts", {}) if found else {}
        yield doubt(row, seen.get(row.page or ""))


def doubt(row: Row, seen: dict[str, float] | None = None) -> Doubt:
    """How doubtful a page is; ``seen`` is what its finished issue shows of it."""
    summary = _summary(row)
    found = features(summary, seen)
    logit = _BASE + sum(_WEIGHTS[name] * value for name, value in found.items())
    reasons = [words for name, (words, least) in _REASONS.items() if found.get(name, 0.0) >= least]
    return Doubt(row.key, 1 / (1 + math.exp(-logit)), (*reasons, *_findings(summary)), row.confidence)


def features(summary: dict[str, Any], seen: dict[str, float] | None = None) -> dict[str, float]:
    """What is counted, by the names of the weights; without ``seen`` what the page alone tells."""
    levels = [found[0] for found in summary.get("findings", ())]
    known = {"unsure": max(0.0, summary.get("unsure", 0.0) - 0.1)} if seen is None else seen
    return {
        **{name: value for name, value in known.items() if name in _WEIGHTS},
        "unread": summary.get("unread", 0.0),
        "warnings": float(levels.count("warning")),
        "errors": float(levels.count("error")),
        "empty": float(not summary.get("words", 1)),
    }


def _findings(summary: dict[str, Any]) -> Iterator[str]:
    for level, _, message, *_ in summary.get("findings", ()):
        if level != "info":
            yield message


def _summary(row: Row) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(row.summary or "{}")
    return said
