"""A row of clusters -> words in reading order, with what is printed and where.

ZWNJ is put back where the page shows it: a letter in its final shape followed by one in its initial
shape with no space between. The shapes are known from presentation forms, from a code the file still
has, or from the letters' widths (`embedded_shapes`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from layout.document import Direction
from layout.language.characters import ZWNJ, printed
from layout.language.normalize import settled_tanween
from layout.text.embedded_clusters import Cluster, Row
from layout.text.embedded_gaps import Gaps
from layout.text.embedded_order import LEFT, RIGHT, SPACE, logical_order

#: Between two letters that would join, this much white (share of the letter size) means they do not.
_UNJOINED_GAP = 0.05

_MIRROR = {
    pair[0]: pair[1]
    for couple in ("()", "[]", "{}", "<>", "«»", "‹›", "⟨⟩", "≤≥", "﴾﴿")
    for pair in (couple, couple[::-1])
}

#: Says how sure it is (0..1) that the first of two letters has its final shape and the second its
#: initial one; whether the letter before joins to the first, and the second to the letter after.
Broken = Callable[[Cluster, Cluster, bool, bool], float]
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


def read_row(row: Row, gaps: Gaps, direction: Direction) -> ReadRow:
    """Words of a row, first read first; every cluster in exactly one word."""
    groups: list[str] = []
    indices: list[int] = []
    for index, cluster in enumerate(row.clusters):
        if index and gaps.words[index - 1]:
            groups.append(SPACE)
            indices.append(-1)
        groups.append(cluster.group)
        indices.append(index)
    words: list[tuple[Piece, ...]] = []
    word: list[Piece] = []
    for place, mirrored in logical_order(groups, direction):
        if indices[place] < 0:
            if word:
                words.append(tuple(word))
            word = []
        else:
            word.append(Piece(indices[place], mirrored))
    if word:
        words.append(tuple(word))
    return ReadRow(row, gaps, tuple(words))


def text_of(word: Sequence[Piece], read: ReadRow, turned: Turned, broken: Broken | None) -> str:
    """The word as printed; ``turned`` says which brackets of right-to-left text are to be turned."""
    clusters = read.row.clusters
    if not any(piece.mirrored for piece in word):
        return printed("".join([clusters[piece.slot].whole for piece in word]))
    parts: list[str] = []
    joined = False
    for place, piece in enumerate(word):
        after = word[place + 1] if place + 1 < len(word) else None
        cluster = clusters[piece.slot]
        text = cluster.whole
        if piece.mirrored and cluster.traits.mirrored and turned(word, place, read):
            text = _MIRROR.get(text, text)
        parts.append(text)
        if after is None:
            break
        following = clusters[after.slot]
        third = clusters[word[place + 2].slot] if place + 2 < len(word) else None
        runs_on = bool(third and following.traits.joins_next and third.traits.joins_previous)
        if piece.mirrored and after.mirrored and _half_space(piece, after, read, (joined, runs_on), broken):
            parts.append(ZWNJ)
            joined = False
        else:
            joined = cluster.traits.joins_next and following.traits.joins_previous
    return settled_tanween(printed("".join(parts)))


def _half_space(
    piece: Piece, after: Piece, read: ReadRow, joins: tuple[bool, bool], broken: Broken | None
) -> bool:
    """Whether the page shows the two letters unjoined though nothing parts them."""
    if piece.slot != after.slot + 1:
        return False
    first, second = read.row.clusters[piece.slot], read.row.clusters[after.slot]
    stated = read.gaps.half[after.slot]
    if stated == 2:
        return True
    if not (first.traits.joins_next and second.traits.joins_previous):
        return False
    hidden = first.hidden_width or second.hidden_width
    if stated == 1 or (read.gaps.widths[after.slot] > _UNJOINED_GAP and not hidden):
        return True
    if first.traits.form or second.traits.form:
        return first.traits.form in ("final", "isolated") or second.traits.form in ("initial", "isolated")
    return broken is not None and broken(first, second, *joins) > 0.5


def is_letter(cluster: Cluster) -> bool:
    return cluster.group in (RIGHT, LEFT) and cluster.text[:1].isalpha()
