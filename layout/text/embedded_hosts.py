"""Where signs without a width belong, for a whole page at once; what is in doubt is left open."""

from __future__ import annotations

import numpy as np

from layout.text.embedded_layer import Flags, Numbers
from layout.text.embedded_ligatures import HIDDEN_WIDTH, LAM
from layout.text.embedded_sheet import Sheet
from layout.text.embedded_signs import ALEFS, NO_WIDTH, ON_EACH_OTHER

#: Letters that a file names within so many places of each other may be of one ligature; mostly they are next
#: to each other.
_AROUND, _NEXT = 4, 2
_LAM_AND_ALEF = frozenset((LAM, *ALEFS))


def hosts_of(sheet: Sheet, thin: Numbers) -> Numbers:
    """For each of the letters without width the wide one that it makes a ligature with; -1 where in doubt.

    That is the only letter near in the file that ends where it stands; lam and alef are always in doubt. In
    Arabic script the two must join, and the next letter follows at once.
    """
    if not len(thin):
        return thin
    kinds, own, letters = sheet.kinds, sheet.kind[thin], sheet.letters
    hosts, again = _ending_here(sheet, thin, letters)
    joins = kinds.joins_next[sheet.kind[hosts]] & kinds.joins_previous[own] & ~again
    joins &= _is_followed(sheet, thin, letters)
    sure = letters[hosts] & kinds.single[own] & ~kinds.among(_LAM_AND_ALEF)[own]
    hosts[~(sure & (joins | ~kinds.right[own]))] = -1
    before = sheet.places[thin] < sheet.places[hosts]
    hosts[np.isin(hosts, np.intersect1d(hosts[before], hosts[~before]))] = -1
    return hosts


def _ending_here(sheet: Sheet, thin: Numbers, letters: Flags) -> tuple[Numbers, Flags]:
    """The only sign around each letter in the file that ends where it stands, else -1.

    And whether the next wide letter this way or that, where it ends elsewhere, is the same letter.
    """
    at = np.full(len(sheet.found), -1)
    at[sheet.places] = np.arange(len(sheet.places))
    is_thin = np.zeros(len(sheet.places), bool)
    is_thin[thin] = True
    shown = ~(is_thin | sheet.kinds.space[sheet.kind])
    near, sequence = 2 * NO_WIDTH * sheet.em[thin], sheet.found.sequence[sheet.places]
    first = sheet.kinds.first[sheet.kind]
    hosts = np.full(len(thin), -1)
    touching = np.zeros(len(thin), np.int64)
    again = np.zeros(len(thin), bool)
    for way in (-1, 1):
        is_next = np.ones(len(thin), bool)
        for step in range(way, way * (_AROUND + 1), way):
            beside = at[np.clip(sheet.places[thin] + step, 0, len(sheet.found) - 1)]
            there = (beside >= 0) & (sheet.line[beside] == sheet.line[thin])
            there &= sequence[beside] - sequence[thin] == step
            touches = there & shown[beside] & (np.abs(sheet.u1[beside] - sheet.u0[thin]) <= near)
            touching += touches
            again |= is_next & there & letters[beside] & ~touches & (first[beside] == first[thin])
            is_next &= there & is_thin[beside]
            if abs(step) <= _NEXT:
                hosts[touches] = beside[touches]
    hosts[touching != 1] = -1
    return hosts, again


def _is_followed(sheet: Sheet, thin: Numbers, letters: Flags) -> Flags:
    """Whether a letter or space begins where each letter stands, or soon after."""
    starts = letters | sheet.kinds.space[sheet.kind]
    follows = np.zeros(len(thin), bool)
    for step in range(1, _AROUND):
        after = np.minimum(thin + step, len(sheet.places) - 1)
        gap, em = sheet.u0[after] - sheet.u0[thin], sheet.em[thin]
        there = (after > thin) & (sheet.line[after] == sheet.line[thin]) & starts[after]
        follows |= there & (gap >= -NO_WIDTH * em) & (gap <= HIDDEN_WIDTH * em)
    return follows


def on_letters(sheet: Sheet, signs: Numbers) -> Flags:
    """Which of these signs are drawn on a letter beside them in the line."""
    found = np.zeros(len(signs), bool)
    letters, width = sheet.letters, sheet.u1 - sheet.u0
    for step in (-2, -1, 1, 2):
        beside = np.clip(signs + step, 0, len(sheet.places) - 1)
        shared = np.minimum(sheet.u1[beside], sheet.u1[signs]) - np.maximum(sheet.u0[beside], sheet.u0[signs])
        over = shared > ON_EACH_OTHER * np.minimum(width[beside], width[signs])
        found |= letters[beside] & (sheet.line[beside] == sheet.line[signs]) & over
    return found
