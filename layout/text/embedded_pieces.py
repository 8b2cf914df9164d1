"""Glyphs that are no letter by themselves: a letter's dots and marks that say it again, a ZWNJ with a letter.

Where letter and marks are glyphs of their own, some producers name the whole of them at each glyph; and a
glyph that stands for a ZWNJ and a letter comes as a wide ZWNJ and a letter without width.
"""

from __future__ import annotations

from collections.abc import Mapping

from layout.language.characters import ZWNJ
from layout.text.embedded_ligatures import LAM, said_marks
from layout.text.embedded_order import RIGHT
from layout.text.embedded_signs import ALEFS, NO_WIDTH, Cluster, Sign, Traits

Thin = list[tuple[Sign, Traits]]

#: Pieces of a letter are at most this many places from each other in the file.
_NEIGHBOURS = 3
#: Dots and marks lie at most this far (share of the size) outside the letter they belong to.
_BESIDE = 0.4


def drop_said_again(thin: Thin, marks: Thin, bases: list[Cluster], em: float) -> None:
    """Take out letters without width that only name again the letter whose dots or marks they are.

    The further letters of a ligature are no such pieces: they stand at its right edge.
    """
    letters = {base.sign.sequence: base for base in bases}
    signs = {mark.sequence: mark.text for mark, _ in marks}
    pieces = signs | {sign.sequence: sign.text for sign, _ in thin}
    near = 2 * NO_WIDTH * em
    kept: Thin = []
    for sign, kind in thin:
        around = [
            base
            for step in (-1, 1)
            if (base := letters.get(_next_letter(sign.sequence, step, pieces))) is not None
        ]
        again = any(_is_piece(sign, kind, base, near, em) for base in around)
        again = again and not any(_is_lam_of(sign, base, near) for base in around)
        twice = any(_is_marked_twice(sign, other, signs, em) for other, _ in kept[-1:])
        if kind.group != RIGHT or not (again or twice):
            kept.append((sign, kind))
    thin[:] = kept


def _next_letter(number: int, step: int, pieces: Mapping[int, str]) -> int:
    """The place in the file, this way, of what is no mark and no sign without width."""
    number += step
    for _ in range(_NEIGHBOURS - 1):
        if number not in pieces:
            break
        number += step
    return number


def _is_piece(sign: Sign, kind: Traits, base: Cluster, near: float, em: float) -> bool:
    if kind.text[0] != base.text[0] or abs(base.u1 - sign.u0) <= near:
        return False
    return max(base.u0 - sign.u0, sign.u0 - base.u1) < _BESIDE * em


def _is_lam_of(sign: Sign, base: Cluster, near: float) -> bool:
    """Whether an alef is the second half of a lam-alef."""
    return sign.text in ALEFS and base.text[0] == LAM and abs(base.u1 - sign.u0) <= near


def _is_marked_twice(sign: Sign, other: Sign, marks: dict[int, str], em: float) -> bool:
    """Whether two letters without width are one: each named with the same mark, near each other."""
    if sign.text != other.text or abs(sign.u0 - other.u0) >= _BESIDE * em:
        return False
    own, others = ({marks.get(letter.sequence + step, "") for step in (-1, 1)} for letter in (sign, other))
    return abs(sign.sequence - other.sequence) <= _NEIGHBOURS and bool(own & others - {""})


def show_hidden(
    thin: Thin, hidden: list[Sign], bases: list[Cluster], joiners: list[float], em: float
) -> None:
    """Give letters without width at the right edge of a wide ZWNJ its place: they are one glyph."""
    near = 2 * NO_WIDTH * em
    for shown in hidden:
        for number, (sign, kind) in enumerate(thin):
            beside = abs(sign.sequence - shown.sequence) == 1 and abs(sign.u0 - shown.u1) <= near
            if not beside or shown.text != ZWNJ or kind.group != RIGHT:
                continue
            del thin[number]
            joiners.remove(shown.u0)
            joiners.append(shown.u1)
            bases.append(Cluster(kind.text, kind.group, shown.u0, shown.u1, sign, kind, said_marks(sign)))
            break
    bases.sort(key=lambda base: base.center)
