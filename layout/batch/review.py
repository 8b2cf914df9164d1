"""Which pages a person should look at first.

What can be seen without the truth: how sure the words are, how many of them are hardly sure, what the
stages found odd, and what is unusual on a newspaper page (regions without words). Each adds to one
number; a logistic function makes a probability of it.
"""

from __future__ import annotations

import heapq
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass

from layout.batch.journal import Journal, Row

#: Logit of a page on which nothing is odd, and what each feature adds for its unit. Base, `unsure` and
#: `weak` were fitted on twelve pages with truth, clean and degraded, where a page counts as wrong if its
#: lines' edit distance is above 0.15 or its types' F1 below 0.75 (six of them): a small sample. The others
#: are judgement.
_BASE = -2.5
_WEIGHTS = {
    "unsure": 12.0,  # what recognised words lack in confidence, over all letters of the page
    "weak": 8.0,  # share of words below 0.6
    "unread": 4.0,  # share of text regions without words
    "warnings": 1.0,  # each
    "errors": 3.0,  # each
    "empty": 6.0,  # no word on the page
}
_REASONS = {
    "unsure": "words are not sure",
    "weak": "many words are hardly sure",
    "unread": "regions without words",
    "empty": "no text",
}
#: A share that is said, not only counted.
_SAID = 0.1


@dataclass(frozen=True)
class Doubt:
    """A page, the probability that a person is needed, and why."""

    key: str
    probability: float
    reasons: tuple[str, ...]
    confidence: float | None


def ranked(journal: Journal, count: int | None = None) -> list[Doubt]:
    """The ``count`` most doubtful pages that were read, or all of them, the most doubtful first."""
    pages = (doubt(row) for row in journal.rows(kind="page", state="done"))
    if count is None:
        return sorted(pages, key=most_doubtful)
    return heapq.nsmallest(count, pages, key=most_doubtful)


def most_doubtful(page: Doubt) -> tuple[float, str]:
    """Sort key: the most doubtful first, equal ones by their names."""
    return -page.probability, page.key


def doubt(row: Row) -> Doubt:
    """How doubtful a page is."""
    seen = features(row)
    logit = _BASE + sum(_WEIGHTS[name] * value for name, value in seen.items())
    reasons = [words for name, words in _REASONS.items() if seen[name] >= _SAID]
    return Doubt(row.key, 1 / (1 + math.exp(-logit)), (*reasons, *_findings(row)), row.confidence)


def features(row: Row) -> dict[str, float]:
    """What is counted, by the names of the weights."""
    summary = json.loads(row.summary or "{}")
    levels = [found[0] for found in summary.get("findings", ())]
    return {
        "unsure": summary.get("unsure", 0.0),
        "weak": summary.get("weak", 0.0),
        "unread": summary.get("unread", 0.0),
        "warnings": float(levels.count("warning")),
        "errors": float(levels.count("error")),
        "empty": float(not summary.get("words", 1)),
    }


def _findings(row: Row) -> Iterator[str]:
    for level, _, message, *_ in json.loads(row.summary or "{}").get("findings", ()):
        if level != "info":
            yield message
