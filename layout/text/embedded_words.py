"""A row of clusters -> words in reading order, with what is printed and where.

ZWNJ is put back where the page shows it: a letter in its final shape followed by one in its initial
shape with no space between. The shapes are known from presentation forms, from a code the file still
has, or from the letters' widths (`embedded_shapes`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, TypeVar

from layout.document import Direction
from layout.language.characters import ZWNJ, printed
from layout.language.normalize import settled_tanween
from layout.text.embedded_gaps import Gaps
from layout.text.embedded_order import (
    CLOSE,
    DIGIT,
    LEFT,
    OPEN,
    OWN_DIGIT,
    RIGHT,
    SPACE,
    TERMINATOR,
    logical_order,
)
from layout.text.embedded_row import Row

_Value = TypeVar("_Value")

#: Between two letters that would join, this much white (share of the letter size) means they do not.
_UNJOINED_GAP = 0.05
#: What `Gaps.half` says of a ZWNJ that the file has.
_STATED = 2
#: So many gaps tell that letters are spaced out.
_ENOUGH_GAPS = 3
#: Rows are mostly shorter than this.
_MOST = 256
#: Forms of a letter not joined to the next, and to the one before; empty where the code does not tell.
_ENDING, _BEGINNING = ("", "final", "isolated"), ("", "initial", "isolated")
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
#: The bullet that a word of a row is, if it is one.
Bullet = Callable[[Sequence["Piece"], "ReadRow"], str | None]


class Piece(NamedTuple):
    """A cluster in reading order: its place in the row, and whether it reads right to left."""

    slot: int
    mirrored: bool


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row in reading order, parted into words; ``one_way``: all of it is read to the same side."""

    row: Row
    gaps: Gaps
    words: Sequence[tuple[Piece, ...]]
    one_way: bool = False

    def taken(self, word: Sequence[Piece], column: list[_Value]) -> list[_Value]:
        """What a column of the row says of a word's letters, in reading order."""
        if not self.one_way:
            return [column[slot] for slot, _ in word]
        first, last = word[0].slot, word[-1].slot
        return column[first : last + 1] if first <= last else column[last : first + 1][::-1]

    def joined(self, column: list[str]) -> list[str]:
        """What a column of texts says of the letters of each word, put together."""
        if not self.one_way:
            return ["".join([column[slot] for slot, _ in word]) for word in self.words]
        if not self.words[0][0].mirrored:
            return ["".join(column[word[0].slot : word[-1].slot + 1]) for word in self.words]
        turned, last = column[::-1], len(column) - 1
        return ["".join(turned[last - word[0].slot : last - word[-1].slot + 1]) for word in self.words]


#: One number may have its percent sign written first.
_ENOUGH_SIGNS = 2
#: What stands in the way of reading all of a row right to left.
_LEFTWARD = frozenset((LEFT, DIGIT, OWN_DIGIT))
#: Pieces by place, for rows that are read one way (most are): made once.
_PIECES = {mirrored: [Piece(slot, mirrored) for slot in range(_MOST)] for mirrored in (False, True)}


def read_row(row: Row, gaps: Gaps, direction: Direction, whole_numbers: bool = False) -> ReadRow:
    """Words of a row, first read first; every cluster in exactly one word.

    ``whole_numbers``: signs do not part numbers (see `numbers_whole`).
    """
    if row.texts and (mirrored := _one_way(row, direction)) is not None:
        return ReadRow(row, gaps, _words_one_way(gaps, len(row), mirrored), one_way=True)
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
    for place, mirrored in logical_order(groups, direction, not whole_numbers and _is_arabic(row)):
        if indices[place] < 0:
            if word:
                words.append(tuple(word))
            word = []
        else:
            word.append(Piece(indices[place], mirrored))
    if word:
        words.append(tuple(word))
    return ReadRow(row, gaps, words)


def numbers_whole(rows: Iterable[Row]) -> bool:
    """Whether numbers between right-to-left letters stand as they are written alone, signs and all.

    Unicode's algorithm sets the percent sign of `12%` to the left of the digits after an Arabic letter. A
    program of another kind (TeX) sets numbers as they are: then all signs stand at the right. Arabic-Indic
    digits have a class of their own and tell nothing.
    """
    right = 0
    for row in rows:
        groups = row.groups
        if row.has_right and TERMINATOR in groups:
            for before, sign, after in zip((SPACE, *groups[:-1]), groups, (*groups[1:], SPACE), strict=True):
                if sign == TERMINATOR and after == DIGIT != before:
                    return False
                right += sign == TERMINATOR and before == DIGIT != after
    return right >= _ENOUGH_SIGNS


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


def _words_one_way(gaps: Gaps, count: int, mirrored: bool) -> list[tuple[Piece, ...]]:
    pieces = _PIECES[mirrored][:count] or ()
    if len(pieces) < count:
        pieces = [Piece(slot, mirrored) for slot in range(count)]
    cuts = [0, *(gap + 1 for gap, parts in enumerate(gaps.words) if parts), count]
    words = [tuple(pieces[start:end]) for start, end in pairwise(cuts) if end > start]
    return [word[::-1] for word in reversed(words)] if mirrored else words


def texts_of(
    read: ReadRow, turned: Turned, broken: Broken | None, spelled: bool, bullet: Bullet
) -> list[str]:
    """The words of a row as printed; ``turned`` says which brackets of right-to-left text are to be turned.

    ``spelled``: the language spells with ZWNJ, so that one the file has lost is looked for.
    """
    bracketed = OPEN in read.row.groups or CLOSE in read.row.groups
    wholes = read.row.wholes
    texts = read.joined(wholes)
    if bracketed or not _is_unbroken(read, broken, spelled):
        halves = _half_spaces(read) if spelled else _stated_halves(read)
        for place, word in enumerate(read.words):
            if not _is_plain(word, read, halves, bracketed, broken):
                parts = _turned(word, read, turned) if bracketed else read.taken(word, wholes)
                unjoined = (*_unjoined(word, read, halves, broken), False)
                texts[place] = "".join(
                    [part + ZWNJ if half else part for part, half in zip(parts, unjoined, strict=True)]
                )
    for place, word in enumerate(read.words):
        if len(word) == 1:
            texts[place] = bullet(word, read) or texts[place]
    line = printed(" ".join(texts))
    parts = line.split(" ")
    if len(parts) == len(texts) and settled_tanween(line) == line:
        return parts
    return [
        settled_tanween(printed(text)) if any(mirrored for _, mirrored in word) else printed(text)
        for word, text in zip(read.words, texts, strict=True)
    ]


def _is_unbroken(read: ReadRow, broken: Broken | None, spelled: bool) -> bool:
    """Whether nothing parts letters inside the words of a row, as is seen without looking at each gap.

    So of what reads to the right alone; and where the file has no trace of a ZWNJ, no white between letters
    of a word, no code that says a letter's form, and no shapes are to be asked.
    """
    gaps = read.gaps
    if read.one_way and not read.words[0][0].mirrored:
        return True
    if not spelled or any(gaps.half):
        return not spelled and _STATED not in gaps.half
    white = zip(gaps.widths, gaps.words, strict=True)
    return (
        broken is None
        and not any(width > _UNJOINED_GAP and not parts for width, parts in white)
        and not any(traits.form for traits in read.row.traits)
    )


def _is_joined(halves: Sequence[bool | None], broken: Broken | None) -> bool:
    """Whether nothing parts the letters beside these gaps, and no shapes are to be asked."""
    return True not in halves and (broken is None or None not in halves)


def _is_plain(
    word: Sequence[Piece],
    read: ReadRow,
    halves: Sequence[bool | None],
    bracketed: bool,
    broken: Broken | None,
) -> bool:
    """Whether a word is no more than its letters: none is a bracket, and nothing parts them."""
    if read.one_way and not bracketed:
        first, last = word[0].slot, word[-1].slot
        return _is_joined(halves[last:first] if last < first else halves[first:last], broken)
    return not any(mirrored for _, mirrored in word)


def _turned(word: Sequence[Piece], read: ReadRow, turned: Turned) -> list[str]:
    """A word's letters with their marks, brackets by meaning where they read right to left."""
    row = read.row
    parts: list[str] = []
    for slot, mirrored in word:
        text = row.whole(slot)
        if mirrored and row.traits[slot].mirrored and turned(word, len(parts), read):
            text = _MIRROR.get(text, text)
        parts.append(text)
    return parts


def _unjoined(
    word: Sequence[Piece], read: ReadRow, halves: Sequence[bool | None], broken: Broken | None
) -> list[bool]:
    """Between which neighbours of a word the page shows two letters unjoined that nothing parts."""
    if read.one_way:  # to the left: what reads to the right has no halves
        known = [*halves[word[-1].slot : word[0].slot]][::-1]
    else:
        known = [
            halves[second.slot] if mirrored and second.mirrored and slot == second.slot + 1 else False
            for (slot, mirrored), second in pairwise(word)
        ]
    if known and known[-1] and _is_no_ending(word, read):
        known[-1] = None
    if broken is None or None not in known:
        return [bool(half) for half in known]
    by_shape = broken(read.row, [slot for slot, _ in word], [half is None for half in known])
    return [shape if half is None else half for half, shape in zip(known, by_shape, strict=True)]


def _stated_halves(read: ReadRow) -> list[bool | None]:
    """For each gap of a row whether the file has a ZWNJ there."""
    return [half == _STATED for half in read.gaps.half]


def _half_spaces(read: ReadRow) -> list[bool | None]:
    """For each gap of a row whether the letters beside it are unjoined as far as the file tells.

    None where only their shapes can tell.
    """
    row, gaps = read.row, read.gaps
    found: list[bool | None] = []
    parting = _UNJOINED_GAP + _usual_gap(read)
    pairs = zip(gaps.half, gaps.widths, row.traits, row.traits[1:], strict=False)
    for slot, (stated, width, second, first) in enumerate(pairs):
        if stated == _STATED:
            found.append(True)
        elif not (first.joins_next and second.joins_previous):
            found.append(False)
        elif stated == 1 or (
            width > parting and not (row.hidden and (slot in row.hidden or slot + 1 in row.hidden))
        ):
            found.append(True)
        elif first.form or second.form:
            found.append(first.form in _ENDING and second.form in _BEGINNING)
        else:
            found.append(None)
    return found


def _usual_gap(read: ReadRow) -> float:
    """The gap between letters of a word that would join, for most of them; 0 unless the row is spaced out."""
    row, gaps = read.row, read.gaps
    wide = sum(width > _UNJOINED_GAP for width in gaps.widths)
    if 2 * wide <= len(gaps.widths):
        return 0.0
    pairs = zip(gaps.widths, gaps.words, row.traits, row.traits[1:], strict=False)
    inside = [
        width
        for width, parts, second, first in pairs
        if not parts and first.joins_next and second.joins_previous
    ]
    return max(0.0, sorted(inside)[len(inside) // 2]) if len(inside) >= _ENOUGH_GAPS else 0.0


def _is_no_ending(word: Sequence[Piece], read: ReadRow) -> bool:
    """Whether a lone letter ends a word where only a space without width says that it is parted from it.

    Spelling parts single letters by ZWNJ after silent heh only, and alef never.
    """
    last, before = (read.row.texts[piece.slot] for piece in (word[-1], word[-2]))
    lone = read.gaps.half[word[-1].slot] == 1 and len(last) == 1
    return lone and (last == _ALEF or before != _HEH)


def is_letter(row: Row, slot: int) -> bool:
    return row.groups[slot] in (RIGHT, LEFT) and row.texts[slot][:1].isalpha()
