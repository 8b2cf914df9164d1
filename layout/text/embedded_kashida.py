"""Kashidas that a file names by another code: a quotation mark, a letter, whatever the glyph before it was.

Word processors stretch lines with a glyph between two joined letters and have no character for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set

from layout.language.characters import TATWEEL
from layout.text.embedded_order import RIGHT
from layout.text.embedded_row import Kind, Row
from layout.text.embedded_signs import NO_WIDTH, traits

#: Of a sign that is a kashida nearly all stand in a joint, and it comes more than once.
_NEARLY_ALL, _SEEN = 0.9, 2
#: ... and most come after a letter in the shape it has before another.
_MOSTLY = 0.5
#: Widths are compared in steps of this share of the size.
_STEP = 0.02


def name_kashidas(rows: Sequence[Row]) -> None:
    """Give signs that stretch the joint of two letters the code of a kashida, in place.

    They touch two letters that would join, and the first is as wide as where it is joined (before a stroke
    or a bracket it has its final shape). A sign is known by its font, code and width; one that also
    stands elsewhere is what it says.
    """
    joints: dict[Kind, list[Kind]] = defaultdict(list)
    rows = [row for row in rows if row.has_right]
    for row in rows:
        groups = row.groups
        for slot in range(1, len(row) - 1):
            if groups[slot] != RIGHT and _is_joint(row, slot):
                joints[row.kind(slot, _STEP)].append(row.kind(slot + 1, _STEP))
    if not joints:
        return
    signs = {kind[2] for kind in joints}
    uses = Counter(row.kind(slot, _STEP) for row in rows for slot in _slots(row, signs))
    joined = set(_joined(rows))
    for kind, letters in joints.items():
        begun = sum(letter in joined for letter in letters)
        if len(letters) >= max(_SEEN, _NEARLY_ALL * uses[kind]) and begun > _MOSTLY * len(letters):
            _rename(rows, kind)


def _rename(rows: Iterable[Row], kind: Kind) -> None:
    for row in rows:
        for slot in _slots(row, {kind[2]}):
            if row.kind(slot, _STEP) == kind:
                row.rename(slot, TATWEEL, traits(TATWEEL))


def _slots(row: Row, texts: Set[str]) -> list[int]:
    """Where one of these texts stands."""
    return [] if texts.isdisjoint(row.texts) else [n for n, text in enumerate(row.texts) if text in texts]


def _joined(rows: Iterable[Row]) -> Iterator[Kind]:
    """Letters that touch the one they join with."""
    for row in rows:
        for slot in range(len(row) - 1):
            if _join(row, slot, slot + 1) and _touch(row, slot):
                yield row.kind(slot + 1, _STEP)


def _is_joint(row: Row, slot: int) -> bool:
    """Whether a sign touches both its neighbours, and these would join."""
    return _join(row, slot - 1, slot + 1) and _touch(row, slot - 1) and _touch(row, slot)


def _join(row: Row, left: int, right: int) -> bool:
    return row.traits[right].joins_next and row.traits[left].joins_previous


def _touch(row: Row, left: int) -> bool:
    """Whether a letter touches the one to its right."""
    return abs(row.u0[left + 1] - row.u1[left]) <= NO_WIDTH * row.sizes[left + 1]
