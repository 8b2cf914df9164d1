"""A row of clusters -> words in reading order, with what is printed and where.

ZWNJ is put back where the page shows it: a letter in its final shape followed by one in its initial
shape with no space between. The shapes are known from presentation forms, from a code the file still
has, or from the letters' widths (`embedded_shapes`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from layout.document import Direction
from layout.language.characters import ZWNJ, printed
from layout.language.normalize import settled_tanween
from layout.text.embedded_gaps import Gaps
from layout.text.embedded_order import DIGIT, LEFT, OWN_DIGIT, RIGHT, SPACE, logical_order
from layout.text.embedded_row import Row

#: Between two letters that would join, this much white (share of the letter size) means they do not.
_UNJOINED_GAP = 0.05
#: Rows are mostly shorter than this.
_MOST = 256
_ALEF, _HEH = "\u0627", "\u0647"

_MIRROR = {
    pair[0]: pair[1]
    for couple in ("()", "[]", "{}", "<>", "«»", "‹›", "⟨⟩", "≤≥", "﴾﴿")
    for pair in (couple, couple[::-1])
}

#: Says for a word's letters (a row, its slots), and for each pair of neighbours whether they would join,
#: which are drawn unjoined: the first in its final shape, the second in its initial one.
Broken = Callable[[Row, Sequence[int], Sequence[bool]], list[bool]]
#: Says of a bracket (its word, place in it, row) whether its code is the other one of the pair.
Turned = Callable[[Sequence["Piece"], int, "ReadRow"], bool]


class Piece(NamedTuple):
    """A cluster in reading order: its place in the row, and whether it reads right to left."""

    slot: int
    mirrored: bool


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row in reading order, parted into words."""

    row: Row
    gaps: Gaps
    words: tuple[tuple[Piece, ...], ...]


#: What stands in the way of reading all of a row right to left.
_LEFTWARD = frozenset((LEFT, DIGIT, OWN_DIGIT))
#: Pieces by place, for rows that are read one way (most are): made once.
_PIECES = {mirrored: [Piece(slot, mirrored) for slot in range(_MOST)] for mirrored in (False, True)}


def read_row(row: Row, gaps: Gaps, direction: Direction) -> ReadRow:
    """Words of a row, first read first; every cluster in exactly one word."""
    if (mirrored := _one_way(row, direction)) is not None:
        return ReadRow(row, gaps, _words_one_way(gaps, len(row), mirrored))
    groups: list[str] = []
    indices: list[int] = []
    for index, group in enumerate(row.groups):
        if index and gaps.words[index - 1]:
            groups.append(SPACE)
            indices.append(-1)
        groups.append(group)
        indices.append(index)
    words: list[tuple[Piece, ...]] = []
    word: list[Piece] = []
    for place, mirrored in logical_order(groups, direction, _is_arabic(row)):
        if indices[place] < 0:
            if word:
                words.append(tuple(word))
            word = []
        else:
            word.append(Piece(indices[place], mirrored))
    if word:
        words.append(tuple(word))
    return ReadRow(row, gaps, tuple(words))


def _one_way(row: Row, direction: Direction) -> bool | None:
    """Whether all of the row is read right to left (True), left to right (False), or both ways (None)."""
    groups = set(row.groups)
    if direction is Direction.RTL:
        return True if groups.isdisjoint(_LEFTWARD) else None
    return None if RIGHT in groups else False


def _is_arabic(row: Row) -> bool:
    """Whether the row's right-to-left letters are Arabic; so without any, as the page may have them."""
    first = row.texts[row.groups.index(RIGHT)][0] if row.has_right else ""
    return unicodedata.bidirectional(first) != "R" if first else True


def _words_one_way(gaps: Gaps, count: int, mirrored: bool) -> tuple[tuple[Piece, ...], ...]:
    pieces = _PIECES[mirrored][:count] or ()
    if len(pieces) < count:
        pieces = [Piece(slot, mirrored) for slot in range(count)]
    cuts = [0, *(gap + 1 for gap, parts in enumerate(gaps.words) if parts), count]
    words = [tuple(pieces[start:end]) for start, end in pairwise(cuts) if end > start]
    return tuple([word[::-1] for word in reversed(words)] if mirrored else words)


def text_of(
    word: Sequence[Piece], read: ReadRow, turned: Turned, broken: Broken | None, spelled: bool = True
) -> str:
    """The word as printed; ``turned`` says which brackets of right-to-left text are to be turned.

    ``spelled``: the language spells with ZWNJ, so that one the file has lost is looked for.
    """
    row = read.row
    wholes = row.wholes
    if True not in [mirrored for _, mirrored in word]:
        return printed("".join([wholes[slot] for slot, _ in word]))
    halves = _half_spaces(word, read, broken) if spelled else _stated_halves(word, read)
    parts: list[str] = []
    for place, (slot, mirrored) in enumerate(word):
        text = wholes[slot]
        if mirrored and row.traits[slot].mirrored and turned(word, place, read):
            text = _MIRROR.get(text, text)
        parts.append(text)
        if place < len(halves) and halves[place]:
            parts.append(ZWNJ)
    return settled_tanween(printed("".join(parts)))


def _half_spaces(word: Sequence[Piece], read: ReadRow, broken: Broken | None) -> list[bool]:
    """Between which neighbours of a word the page shows two letters unjoined that nothing parts."""
    known = [_half_space(first, second, read) for first, second in pairwise(word)]
    if known and known[-1] and _is_no_ending(word, read):
        known[-1] = None
    if broken is None or None not in known:
        return [bool(half) for half in known]
    by_shape = broken(read.row, [slot for slot, _ in word], [half is None for half in known])
    return [shape if half is None else half for half, shape in zip(known, by_shape, strict=True)]


def _stated_halves(word: Sequence[Piece], read: ReadRow) -> list[bool]:
    """Between which neighbours of a word the file has a ZWNJ."""
    return [
        first.mirrored and first.slot == second.slot + 1 and read.gaps.half[second.slot] == 2
        for first, second in pairwise(word)
    ]


def _is_no_ending(word: Sequence[Piece], read: ReadRow) -> bool:
    """Whether a lone letter ends a word where only a space without width says that it is parted from it.

    Spelling parts single letters by ZWNJ after silent heh only, and alef never.
    """
    last, before = (read.row.texts[piece.slot] for piece in (word[-1], word[-2]))
    lone = read.gaps.half[word[-1].slot] == 1 and len(last) == 1
    return lone and (last == _ALEF or before != _HEH)


def _half_space(piece: Piece, after: Piece, read: ReadRow) -> bool | None:
    """Whether two letters are unjoined as far as the file tells; None where only their shapes can."""
    slot, mirrored = after
    if not (mirrored and piece.mirrored and piece.slot == slot + 1):
        return False
    row, stated = read.row, read.gaps.half[slot]
    if stated == 2:
        return True
    second, first = row.traits[slot], row.traits[slot + 1]
    if not (first.joins_next and second.joins_previous):
        return False
    hidden = row.hidden and (slot in row.hidden or slot + 1 in row.hidden)
    if stated == 1 or (read.gaps.widths[slot] > _UNJOINED_GAP and not hidden):
        return True
    ends, begins = first.form, second.form
    if ends or begins:
        return ends in ("", "final", "isolated") and begins in ("", "initial", "isolated")
    return None


def is_letter(row: Row, slot: int) -> bool:
    return row.groups[slot] in (RIGHT, LEFT) and row.texts[slot][:1].isalpha()
