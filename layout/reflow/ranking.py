"""The order of a page's articles: as they stand, but columns of briefs after the articles.

Independent articles have no order of their own; a reader goes from the top on, in the direction of the
script, and takes the column of short notices last wherever it stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from layout.document import RegionKind
from layout.reflow.drafts import Draft
from layout.reflow.units import Role

_PLAIN = frozenset({RegionKind.HEADLINE})
_LINES = 15  # a brief is a paragraph or two
_SHARE = 0.5  # of the other articles' mean length; where all are short, none is a brief


def rank(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with each run of two or more briefs in one column moved behind the other articles."""
    short = [_may_be_brief(draft) for draft in drafts]
    runs = _runs(drafts, short)
    briefs = {n for run in runs for n in run}
    rest = [n for n in range(len(drafts)) if n not in briefs]
    if not briefs or not rest or not any(_columns(drafts[n]) > 1 for n in rest):
        return list(drafts)
    mean = sum(_length(drafts[n]) for n in rest) / len(rest)
    if max(_length(drafts[n]) for n in briefs) > _SHARE * mean:
        return list(drafts)
    return [drafts[n] for n in (*rest, *sorted(briefs))]


def _runs(drafts: Sequence[Draft], short: Sequence[bool]) -> list[list[int]]:
    runs: list[list[int]] = []
    for n, draft in enumerate(drafts):
        if not short[n]:
            continue
        last = runs[-1][-1] if runs else None
        if last == n - 1 and last is not None and _stacked(drafts[last], draft):
            runs[-1].append(n)
        else:
            runs.append([n])
    return [run for run in runs if len(run) > 1]


def _stacked(above: Draft, below: Draft) -> bool:
    a, b = above.box, below.box
    return a.overlap_x(b) > 0.5 * min(a.width, b.width) and b.center[1] > a.center[1]


def _may_be_brief(draft: Draft) -> bool:
    """A headline alone over a few lines in one column."""
    if draft.head is None or any(piece.kind not in _PLAIN for piece in draft.head.pieces):
        return False
    if any(unit.role is not Role.BODY for unit in draft.units):
        return False
    return 0 < _length(draft) <= _LINES and _columns(draft) == 1


def _length(draft: Draft) -> int:
    """Lines of text; a region whose lines are not known counts as one."""
    return sum(max(1, len(piece.region.lines)) for unit in draft.body() for piece in unit.pieces)


def _columns(draft: Draft) -> int:
    """How many columns the text stands in, counted by texts beside each other."""
    body = draft.body()
    lefts: list[float] = []
    for unit in sorted(body, key=lambda u: u.box.x0):
        if not lefts or unit.box.x0 > lefts[-1]:
            lefts.append(unit.box.x1 - 0.2 * unit.box.width)
    return len(lefts)
