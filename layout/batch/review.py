"""Which pages a person should look at first.

What can be seen without the truth: what the finished issue shows of the page (`doubts.page_doubts`), what
the stages found odd, and what is unusual on a newspaper page (regions without words). Each adds to one
number; a logistic function makes a probability of it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from layout.batch.journal import Journal, Row

#: Logit of a page on which nothing is odd, and what each feature adds for its unit. The first eight were
#: fitted on 216 pages with the text of the truth: two generated sets (`tests.bench.pages`, seeds 404 and
#: 909) and the devset. A page is wrong where the edit distance of its lines' order, articles in any order,
#: is above 0.05 or F1 of its types below 0.8, as 67 were. The rest is judgement: text of the truth has no
#: unsure words.
#:
#: Fitted without the pages of a set (96, of which 33 are wrong) the area under the curve on it is 0.78 and
#: 0.77 (0.61 and 0.63 with the weights before), and of its ten worst-ranked pages eight and nine are wrong
#: (three and six). On a set that had no part in the fits or in the choice of the features (seed 303, 56
#: pages, of which 11 are wrong) it is 0.81, and the six worst-ranked pages, a tenth, are six of those
#: eleven.
#:
#: On a later set in other designs (seed 1717, 120 pages with the text of the truth, 35 of them wrong, most by
#: one run of lines in another place) it is 0.61 only, and the twelve worst-ranked pages hold seven of them:
#: what tells there are ``mixed``, ``breaks``, ``jumps`` and ``short``; unsure kinds and headlines do not.
_BASE = -4.6
_WEIGHTS = {
    "jumps": 9.5,  # share of steps of reading that do not go on below
    "mixed": 1.4,  # how much the extents of articles lie in each other
    "covered": 26.0,  # share of the regions' area that another covers
    "uneven": 0.9,  # how unlike the articles' lengths are
    "breaks": 0.12,  # paragraphs that end in the middle of a sentence, each
    "headless": 2.1,  # share of articles without a headline
    "heads": 4.8,  # mean doubt of the kinds of headlines
    "kinds": 2.0,  # mean doubt of the regions' kinds
    "short": 1.0,  # share of paragraphs of a line or two
    "no_kind": 5.0,  # share of regions of no kind
    "unsure": 6.0,  # what words lack in confidence beyond the usual
    "unread": 4.0,  # share of text regions without words
    "warnings": 1.0,  # each
    "errors": 3.0,  # each
    "empty": 4.0,  # no word on the page
}
#: What is said of a feature, and from where on.
_REASONS = {
    "mixed": ("articles lie in each other", 0.2),
    "jumps": ("the reading order jumps", 0.25),
    "breaks": ("sentences break off", 8),
    "headless": ("articles without a headline", 0.25),
    "uneven": ("some articles have next to no text", 1.6),
    "heads": ("headlines are not sure", 0.2),
    "kinds": ("the kinds of regions are not sure", 0.15),
    "no_kind": ("regions of no kind", 0.02),
    "short": ("text in small pieces", 0.5),
    "covered": ("regions lie over each other", 0.03),
    "unsure": ("words are not sure", 0.1),
    "unread": ("regions without words", 0.1),
    "empty": ("no text", 0.1),
}


#: Features of a page that its finished issue shows.
_Seen = dict[str, float]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A page, the probability that a person is needed, and why."""

    key: str
    probability: float
    reasons: tuple[str, ...]
    confidence: float | None


def ranked(journal: Journal, count: int | None = None) -> list[Doubt]:
    """The ``count`` most doubtful pages that were read, or all of them, the most doubtful first."""
    pages = (
        _doubt(key, odds, confidence, json.loads(summary or "{}"), _seen(shown).get(key.rpartition("/")[2]))
        for odds, key, confidence, summary, shown in journal.doubtful(count)
    )
    return sorted(pages, key=most_doubtful)


def most_doubtful(page: Doubt) -> tuple[float, str]:
    """Sort key: the most doubtful first, equal ones by their names."""
    return -page.probability, page.key


def odds_of(rows: Iterable[Row]) -> dict[str, float]:
    """By the keys of the pages that were read how doubtful they are, as a logit; ``rows`` are those of an
    issue, or a page alone."""
    rows = list(rows)
    seen = next((_seen(row.summary) for row in rows if row.kind == "issue"), {})
    pages = [row for row in rows if row.kind == "page" and row.state == "done"]
    return {
        row.key: round(_logit(features(json.loads(row.summary or "{}"), seen.get(row.page or ""))), 4)
        for row in pages
    }


def doubt(row: Row, seen: _Seen | None = None) -> Doubt:
    """How doubtful a page is; ``seen`` is what its finished issue shows of it."""
    summary = json.loads(row.summary or "{}")
    return _doubt(row.key, _logit(features(summary, seen)), row.confidence, summary, seen)


def _seen(shown: str | None) -> dict[str, _Seen]:
    """What a finished issue shows of its pages, by their ids."""
    found: dict[str, _Seen] = json.loads(shown or "{}").get("doubts", {})
    return found


def _doubt(
    key: str, odds: float, confidence: float | None, summary: dict[str, Any], seen: _Seen | None
) -> Doubt:
    found = features(summary, seen)
    reasons = [words for name, (words, least) in _REASONS.items() if found.get(name, 0.0) >= least]
    return Doubt(key, 1 / (1 + math.exp(-odds)), (*reasons, *_findings(summary)), confidence)


def _logit(found: dict[str, float]) -> float:
    return _BASE + sum([_WEIGHTS[name] * value for name, value in found.items()])


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
