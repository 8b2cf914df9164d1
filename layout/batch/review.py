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

#: Logit of a page on which nothing is odd, and what each feature adds for its unit, as `python -m
#: tests.bench.review --fit RUN RUN RUN RUN RUN` gives them for runs of `tests.bench.scores` with the text of
#: the truth on five generated sets (seeds 6262, 7373, 9191, 2727, 5151; 280 pages), as they were read before
#: this. A page is wrong where the edit distance of its lines' order, articles in any order, is above 0.05 or
#: F1 of its types below 0.8, as 41 were.
#:
#: Fitted without the pages of a set, the worst-ranked tenth of it holds 6, 5, 4, 2 and 4 wrong pages of the
#: 6 it could hold; if a tenth of the pages were wrong, as in an archive, it would hold 86 %, 46 %, 50 %, 33
#: % and 57 % of them, but of those with an edit distance above 0.1 67 %, 20 %, 60 %, none of three, and 57
#: %. The area under the curve is 0.99, 0.82, 0.83, 0.67 and 0.92. Of pages said to be wrong with a
#: probability up to 0.1, 0.2, 0.35, 0.6 and 1, 4 %, 18 %, 13 %, 27 % and 90 % are (the same command with
#: ``--leave-out``). These figures flatter: the features were chosen on the first four sets. On a set that
#: took no part (seed 4747; 56 pages, 4 wrong) the worst-ranked tenth holds 1 of 4, it would hold 25 % if a
#: tenth were wrong, and the area under the curve is 0.87, as with the features and weights before; on all
#: six, each ranked by the others, it holds 23 of 34 (before 20), and would hold 53 % (before 42 %).
BASE = -6.59
FITTED = {
    "mixed": 1.69,  # how much of their area the extents of articles share
    "unlike": 12.03,  # how unlike in size the letters of an article are
    "quoted": 1.57,  # a headline in quotation marks, as pull-quotes are
    "begun": 14.27,  # share of headlines that begin with a small letter
    "kinds": 2.77,  # share of regions of doubtful kind
    "steps": 8.73,  # what the least sure step of the order lacks
    "unsteady": 15.62,  # share of blocks that do not surely follow the one before
    "leaps": 11.9,  # share of steps from text to text to one that does not follow
    "broken": 0.81,  # articles that break off in mid-sentence
    "textless": 0.68,  # articles of a headline alone
    "scarce": 0.08,  # how often the lines would have to be doubled to be a thousand
}
#: The same by judgement: the text of the truth has no unsure words, and little else to warn of; each of its
#: pages has text.
_JUDGED = {
    "bare": 2.0,  # how often the lines would have to be doubled to be as many as a quarter of a column has
    "unsure": 6.0,  # what words lack in confidence beyond the usual
    "unread": 4.0,  # share of text regions without words
    "warnings": 1.0,  # each
    "errors": 3.0,  # each
    "empty": 8.0,  # no word on the page
}
_WEIGHTS = FITTED | _JUDGED
_QUARTER = 5  # doublings from its lines to a thousand
#: What is said of a feature, and from where on.
_REASONS = {
    "mixed": ("articles lie in each other", 0.2),
    "unlike": ("letters of an article are of unlike size", 0.15),
    "quoted": ("a quotation is taken for a headline", 1),
    "begun": ("headlines begin in mid-sentence", 0.05),
    "kinds": ("the kinds of regions are not sure", 0.1),
    "steps": ("a step of the reading order is not sure", 0.22),
    "unsteady": ("many steps of the reading order are not sure", 0.08),
    "leaps": ("text leaps to what does not follow it", 0.08),
    "broken": ("an article breaks off in mid-sentence", 1),
    "textless": ("a headline has no text", 1),
    "scarce": ("next to no text", _QUARTER),
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
    return BASE + sum([_WEIGHTS[name] * value for name, value in found.items()])


def features(summary: dict[str, Any], seen: dict[str, float] | None = None) -> dict[str, float]:
    """What is counted, by the names of the weights; without ``seen`` what the page alone tells."""
    levels = [found[0] for found in summary.get("findings", ())]
    known = {"unsure": max(0.0, summary.get("unsure", 0.0) - 0.1)} if seen is None else seen
    return {
        **{name: value for name, value in known.items() if name in _WEIGHTS},
        "bare": max(0.0, known.get("scarce", 0.0) - _QUARTER),
        "unread": summary.get("unread", 0.0),
        "warnings": float(levels.count("warning")),
        "errors": float(levels.count("error")),
        "empty": float(not summary.get("words", 1)),
    }


def _findings(summary: dict[str, Any]) -> Iterator[str]:
    for level, _, message, *_ in summary.get("findings", ()):
        if level != "info":
            yield message
