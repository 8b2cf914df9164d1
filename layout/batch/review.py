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

#: Logit of a page on which nothing is odd, and what each feature adds for its unit. The base and the first
#: eight were fitted on 93 pages with the text of the truth: of generated sets (`tests.bench.pages`, seed 31
#: and a part of seed 202) and the devset. A page is wrong where the edit distance of its lines' order,
#: articles in any order, is above 0.05 or F1 of its types below 0.8, as 25 were. ``scraps`` is from a fit
#: with stricter bounds; ``covered`` and ``jumps`` tell next to nothing on these pages and stay from fits on
#: others, real ones among them, ``covered`` with half its weight. The rest, and ``unsure``, are judgement.
#:
#: On 56 pages of a set that had no part in the fits (seed 303) 26 are wrong; the area under the curve is 0.79
#: (0.67 with the weights before), and the six worst-ranked pages are wrong. With 0.1 and 0.75 as bounds 17
#: are wrong, the area is 0.80, and four of the six are. Of the wrong pages the worst-ranked tenth holds about
#: a third, where a tenth of all is wrong.
_BASE = -3.7
_WEIGHTS = {
    "heads": 6.6,  # mean doubt of the kinds of headlines
    "kinds": 5.4,  # mean doubt of the regions' kinds, by their letters
    "small_kinds": 6.1,  # the same, each region alike
    "low_kinds": 1.0,  # share of regions whose kind is little more than a guess
    "no_kind": 46.0,  # share of regions of no kind: one of fifty adds 0.9
    "short": 2.3,  # share of paragraphs of a line or two
    "seams": 1.2,  # share of changes of column where the sentence does not go on
    "across": 2.2,  # share of running text that stands in no column
    "scraps": 1.0,  # share of articles of next to no text
    "covered": 2.0,  # share of the regions' area that another covers
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
    "heads": ("headlines are not sure", 0.15),
    "kinds": ("the kinds of regions are not sure", 0.06),
    "no_kind": ("regions of no kind", 0.01),
    "short": ("text in small pieces", 0.4),
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
