"""Signs of a line that have no code: left-over spaces, strokes that lengthen a joint, or letters unknown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from layout.text.embedded_order import NEUTRAL
from layout.text.embedded_signs import NO_WIDTH, ON_EACH_OTHER, UNKNOWN, Cluster, Sign, Traits, traits

#: A stroke without a code that does no more than join two letters is at most so wide (share of the size).
_STROKE = 0.31
#: ... and touches both within this share.
_JOINED = 0.1
#: No mark is wider than this share of the size where it is drawn on no letter.
_WIDEST_MARK = 0.4


def place_unknown(unknown: list[tuple[Sign, Traits]], bases: list[Cluster], em: float) -> list[float]:
    """Signs without a code: those drawn on a letter are left-over spaces, the others stay as U+FFFD."""
    codeless: list[float] = []
    for sign, kind in unknown:
        width = sign.u1 - sign.u0
        if width < NO_WIDTH * em:
            continue
        if _is_on_letter(sign, bases):
            codeless.append(sign.u0)
        else:
            bases.append(Cluster(kind.text or UNKNOWN, NEUTRAL, sign.u0, sign.u1, sign, kind))
    bases.sort(key=lambda base: base.center)
    bases[:] = _without_strokes(_not_spaced_out(bases, em), em)
    return codeless


def name_wide_marks(marks: list[tuple[Sign, Traits]], bases: list[Cluster], em: float) -> None:
    """Take out signs that are named as a mark and stand where a letter would: a letter without a code, added
    to ``bases``.

    A mark has the width of no letter, or that of the letter it is drawn on.
    """
    wide = [mark for mark in marks if mark[0].u1 - mark[0].u0 > _WIDEST_MARK * em]
    alone = [(sign, kind) for sign, kind in wide if bases and not _is_on_letter(sign, bases)]
    if not alone:
        return
    marks[:] = [mark for mark in marks if mark not in alone]
    bases += [Cluster(UNKNOWN, NEUTRAL, sign.u0, sign.u1, sign, traits(UNKNOWN)) for sign, _ in alone]
    bases.sort(key=lambda base: base.center)


def _is_on_letter(sign: Sign, bases: Sequence[Cluster]) -> bool:
    width = sign.u1 - sign.u0
    return any(
        min(base.u1, sign.u1) - max(base.u0, sign.u0) > ON_EACH_OTHER * min(width, base.u1 - base.u0)
        for base in bases
    )


def _not_spaced_out(bases: list[Cluster], em: float) -> list[Cluster]:
    """Clusters without the codeless strokes that stand after each letter of a spaced-out heading.

    Word processors put one between any two letters, and behind the last of a word as well.
    """
    strokes = [base for base in bases if _is_stroke(base, em)]
    wide = [base.u1 - base.u0 for base in strokes]
    if not strokes or 3 * len(strokes) < len(bases) or max(wide) - min(wide) > NO_WIDTH * em:
        return bases
    after = [right for left, right in pairwise(bases) if _is_stroke(left, em)]
    if any(_is_stroke(base, em) for base in after):
        return bases
    return [base for base in bases if not _is_stroke(base, em)]


def _is_stroke(base: Cluster, em: float) -> bool:
    return base.text == UNKNOWN and base.u1 - base.u0 < _STROKE * em


def _without_strokes(bases: list[Cluster], em: float) -> list[Cluster]:
    """Clusters without the codeless strokes that lengthen the joint of two letters (kashidas)."""
    kept: list[Cluster] = []
    run: list[Cluster] = []
    for base in bases:
        if _is_stroke(base, em):
            run.append(base)
            continue
        if run and not (kept and _is_joint(kept[-1], run, base, em)):
            kept += run
        elif run:
            kept[-1].u1 = max(kept[-1].u1, base.u0)
        run = []
        kept.append(base)
    return kept + run


def _is_joint(left: Cluster, strokes: Sequence[Cluster], right: Cluster, em: float) -> bool:
    if not (right.traits.joins_next and left.traits.joins_previous):
        return False
    chain = [left, *strokes, right]
    return all(after.u0 - before.u1 < _JOINED * em for before, after in pairwise(chain))
