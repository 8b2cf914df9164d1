"""Signs of one line -> clusters in order of x: letters with their marks, ligatures whole, no doubles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import eq, sub

from layout.language.characters import ZWNJ
from layout.text.embedded_codeless import name_wide_marks, place_unknown
from layout.text.embedded_ligatures import LAM, in_file_order, letter_of, place_thin, unite_lam_alef
from layout.text.embedded_marks import ACCENTS, MarkHabits, place_marks, unite_accents
from layout.text.embedded_order import RIGHT
from layout.text.embedded_pieces import drop_said_again, show_hidden
from layout.text.embedded_row import Row
from layout.text.embedded_signs import (
    ALEFS,
    ITS_WIDTH,
    NO_WIDTH,
    RAISED,
    TWICE,
    Cluster,
    Sign,
    Traits,
    traits,
)

_USUAL = MarkHabits()


def row_of(signs: Sequence[Sign], em: float, habits: MarkHabits = _USUAL) -> Row:
    """Clusters of a line; ``em`` is its letter size in pixels.

    ``habits`` tell which letter a mark between two stands on.
    """
    centers = [sign.u0 + sign.u1 for sign in signs]
    ordered = [signs[place] for place in sorted(range(len(signs)), key=centers.__getitem__)]
    kept = _without_doubles(ordered, em)
    found = _by_kind(kept, NO_WIDTH * em)
    bases = found.bases
    codeless = place_unknown(found.unknown, bases, em) if found.unknown else []
    if found.marks:
        name_wide_marks(found.marks, bases, em)
    if found.thin and found.hidden:
        show_hidden(found.thin, found.hidden, bases, found.joiners, em)
    if found.thin:
        drop_said_again(found.thin, found.marks, bases, em)
        place_thin(found.thin, bases, found.spaces, em)
    in_file_order(bases, NO_WIDTH * em)
    letters = {base.text for base in bases}
    if LAM in letters and not letters.isdisjoint(ALEFS):
        bases = unite_lam_alef(bases)
    if not letters.isdisjoint(ACCENTS):
        bases = unite_accents(bases)
    if found.marks:
        place_marks(found.marks, bases, em, habits)
    signed = [base.sign for base in bases]
    usual = sorted(sign.base for sign in signed)[len(signed) // 2] if signed else 0.0
    return Row(
        [base.text for base in bases],
        [base.group for base in bases],
        [base.traits for base in bases],
        [base.u0 for base in bases],
        [base.u1 for base in bases],
        [sign.font for sign in signed],
        [sign.bold for sign in signed],
        [sign.size for sign in signed],
        {slot: base.marks for slot, base in enumerate(bases) if base.marks},
        frozenset(
            slot for slot, base in enumerate(bases) if base.hidden_width or _is_raised(base, usual, em)
        ),
        [(space.u0, space.u1) for space in found.spaces],
        found.joiners,
        codeless,
        len(ordered) - len(kept),
    )


def _is_raised(base: Cluster, usual: float, em: float) -> bool:
    return base.group == RIGHT and abs(base.sign.base - usual) > RAISED * em


@dataclass(slots=True)
class _Kinds:
    """The signs of a line by what is to be done with them; ``joiners`` are places of a ZWNJ, ``hidden`` signs
    with a width and a code that shows nothing."""

    bases: list[Cluster] = field(default_factory=list)
    spaces: list[Sign] = field(default_factory=list)
    joiners: list[float] = field(default_factory=list)
    marks: list[tuple[Sign, Traits]] = field(default_factory=list)
    thin: list[tuple[Sign, Traits]] = field(default_factory=list)
    hidden: list[Sign] = field(default_factory=list)
    unknown: list[tuple[Sign, Traits]] = field(default_factory=list)


def _by_kind(signs: Sequence[Sign], nothing: float) -> _Kinds:
    """Signs parted by kind; ``nothing`` is the width in pixels below which a sign has none."""
    found = _Kinds()
    for sign in signs:
        kind, u0, u1 = traits(sign.text), sign.u0, sign.u1
        wide = u1 - u0 >= nothing
        if wide and kind.single:  # most signs
            found.bases.append(Cluster(kind.text, kind.group, u0, u1, sign, kind))
            continue
        if kind.space:
            found.spaces.append(sign)
            continue
        if kind.half_space and (joiner := joiner_place(sign)) is not None:
            found.joiners.append(joiner)
        if kind.hidden:
            if wide:
                found.hidden.append(sign)
        elif kind.unknown:
            found.unknown.append((sign, kind))
        elif kind.mark:
            found.marks.append((sign, kind))
        elif wide:
            kind, marks = letter_of(kind)
            found.bases.append(Cluster(kind.text, kind.group, u0, u1, sign, kind, marks))
        else:
            found.thin.append((sign, letter_of(kind)[0]))
    return found


def joiner_place(sign: Sign) -> float | None:
    """Where a sign has a ZWNJ, if it has one: before its letter at the right, else behind it."""
    if ZWNJ not in sign.text:
        return None
    return sign.u1 if sign.text[0] == ZWNJ and len(sign.text) > 1 else sign.u0


def _without_doubles(ordered: list[Sign], em: float) -> list[Sign]:
    """Signs without those drawn a second time; most lines have none, which is seen at once."""
    near = TWICE * em
    centers = [sign.u0 + sign.u1 for sign in ordered]
    if min(map(sub, centers[1:], centers), default=2 * near) >= 2 * near:
        return ordered
    texts = [sign.text for sign in ordered]
    if not any(
        _is_same(ordered[place + step], ordered[place], near)
        for step in (1, 2, 3)
        for place, same in enumerate(map(eq, texts, texts[step:]))
        if same
    ):
        return ordered
    kept: list[Sign] = []
    for sign in ordered:
        for other in kept[-3:]:
            if other.text == sign.text and _is_same(sign, other, near):
                break
        else:
            kept.append(sign)
    return kept


def _is_same(sign: Sign, other: Sign, near: float) -> bool:
    """Whether two signs of one text are one letter, drawn twice; thin ones must lie quite together."""
    apart = abs(other.u0 - sign.u0)
    if apart >= near or abs(other.u1 - sign.u1) >= near or abs(other.base - sign.base) >= near:
        return False
    width = sign.u1 - sign.u0
    if width > near / 2:
        return apart < ITS_WIDTH * width
    # One ligature has a letter twice: the divine name.
    in_name = apart == 0 and abs(sign.sequence - other.sequence) == 1 and traits(sign.text).text == LAM
    return apart < near / 2 and not in_name
