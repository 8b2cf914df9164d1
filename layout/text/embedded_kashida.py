"""Kashidas that a file names by another code: a quotation mark, a letter, whatever the glyph before it was.

Word processors stretch lines with a glyph between two joined letters and have no character for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from layout.language.characters import TATWEEL
from layout.text.embedded_clusters import Row
from layout.text.embedded_order import RIGHT
from layout.text.embedded_signs import NO_WIDTH, Cluster, traits

#: Of a sign that is a kashida nearly all stand in a joint, and it comes more than once.
_NEARLY_ALL, _SEEN = 0.9, 2
#: ... and most come after a letter in the shape it has before another.
_MOSTLY = 0.5
#: Widths are compared in steps of this share of the size.
_STEP = 0.02

Kind = tuple[str, bool, str, int]


def name_kashidas(rows: Sequence[Row]) -> None:
    """Give signs that stretch the joint of two letters the code of a kashida, in place.

    They touch two letters that would join, and the first is as wide as where it is joined (before a stroke
    or a bracket it has its final shape). A sign is known by its font, code and width; one that also
    stands elsewhere is what it says.
    """
    joints: dict[Kind, list[Cluster]] = defaultdict(list)
    rows = [row for row in rows if row.has_right]
    for row in rows:
        clusters = row.clusters
        for left, sign, right in zip(clusters, clusters[1:], clusters[2:], strict=False):
            if sign.group != RIGHT and _touch(left, sign) and _touch(sign, right) and _join(left, right):
                joints[_kind(sign)].append(right)
    if not joints:
        return
    uses = Counter(_kind(sign) for row in rows for sign in row.clusters)
    joined = set(_joined(rows))
    for kind, letters in joints.items():
        begun = sum(_kind(letter) in joined for letter in letters)
        if len(letters) >= max(_SEEN, _NEARLY_ALL * uses[kind]) and begun > _MOSTLY * len(letters):
            _rename(rows, kind)


def _rename(rows: Iterable[Row], kind: Kind) -> None:
    for sign in (sign for row in rows for sign in row.clusters if sign.text == kind[2]):
        if _kind(sign) == kind:
            sign.text, sign.traits, sign.group = TATWEEL, traits(TATWEEL), RIGHT


def _joined(rows: Iterable[Row]) -> Iterator[Kind]:
    """Letters that touch the one they join with."""
    for row in rows:
        for left, right in pairwise(row.clusters):
            if _join(left, right) and _touch(left, right):
                yield _kind(right)


def _join(left: Cluster, right: Cluster) -> bool:
    return right.traits.joins_next and left.traits.joins_previous


def _touch(left: Cluster, right: Cluster) -> bool:
    return abs(right.u0 - left.u1) <= NO_WIDTH * right.sign.size


def _kind(cluster: Cluster) -> Kind:
    sign = cluster.sign
    return sign.font, sign.bold, cluster.text, round((cluster.u1 - cluster.u0) / sign.size / _STEP)
