"""Signs of a line that have no code: left-over spaces, strokes that lengthen a joint, or letters unknown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from layout.text.embedded_order import NEUTRAL
from layout.text.embedded_signs import NO_WIDTH, ON_EACH_OTHER, UNKNOWN, Cluster, Sign, Traits

#: A stroke without a code that does no more than join two letters is at most so wide (share of the size).
_STROKE = 0.26
#: ... and touches both within this share.
_JOINED = 0.1


def place_unknown(unknown: list[tuple[Sign, Traits]], bases: list[Cluster], em: float) -> list[float]:
    """Signs without a code: those drawn on a letter are left-over spaces, the others stay as U+FFFD."""
    codeless: list[float] = []
    for sign, kind in unknown:
        width = sign.u1 - sign.u0
        if width < NO_WIDTH * em:
            continue
        if any(
            min(base.u1, sign.u1) - max(base.u0, sign.u0) > ON_EACH_OTHER * min(width, base.u1 - base.u0)
            for base in bases
        ):
            codeless.append(sign.u0)
        else:
            bases.append(Cluster(kind.text or UNKNOWN, NEUTRAL, sign.u0, sign.u1, sign, kind))
    bases.sort(key=lambda base: base.center)
    bases[:] = _without_strokes(bases, em)
    return codeless


def _without_strokes(bases: list[Cluster], em: float) -> list[Cluster]:
    """Clusters without the codeless strokes that lengthen the joint of two letters (kashidas)."""
    kept: list[Cluster] = []
    run: list[Cluster] = []
    for base in bases:
        if base.text == UNKNOWN and base.u1 - base.u0 < _STROKE * em:
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
