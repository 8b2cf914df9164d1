"""The lines in which little is to be put together, for a whole page at once.

Where each sign is a space, a ZWNJ or a letter with a width, none is drawn twice and no two lie on each other,
the clusters of a line are its letters in order of x. So they are with ligatures too, whose further letters
have no width and stand at the edge of the first, and with signs without a code that are drawn on a
letter. Most lines are so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from layout.text.embedded_clusters import joiner_place
from layout.text.embedded_hosts import hosts_of, on_letters
from layout.text.embedded_layer import Flags, Numbers, Run
from layout.text.embedded_ligatures import LAM
from layout.text.embedded_marks import ACCENTS
from layout.text.embedded_row import Row
from layout.text.embedded_rows import LONGEST, ROW_GAP
from layout.text.embedded_sheet import Sheet, middle_of_each
from layout.text.embedded_signs import ALEFS, ITS_WIDTH, ON_EACH_OTHER, RAISED, TWICE, traits

#: The further letters of ligatures on a sheet, and those they are with.
_Further = tuple[Numbers, Numbers]


def plain_rows(runs: Sequence[Run]) -> list[tuple[Row, float] | None]:
    """For each run of a set of signs its row and letter size where it is plain, else None."""
    if not runs:
        return []
    sheet = Sheet.of(runs)
    thin = sheet.thin
    hosts = hosts_of(sheet, thin)
    unknown = np.flatnonzero(sheet.kinds.unknown[sheet.kind] & sheet.wide)
    odd = (sheet.counts > LONGEST) | _stacked(sheet)
    for signs in (_strange(sheet), _doubled(sheet), _ligated(sheet), thin[hosts < 0]):
        odd[sheet.line[signs]] = True
    odd[sheet.line[unknown[~on_letters(sheet, unknown)]]] = True
    rows = _rows(sheet, odd, (thin, hosts))
    return [
        None if is_odd else (next(rows), size)
        for is_odd, size in zip(odd.tolist(), sheet.sizes.tolist(), strict=True)
    ]


def _stacked(sheet: Sheet) -> Flags:
    """The lines whose baselines lie so far apart that they may be several rows."""
    starts = np.cumsum(sheet.counts) - sheet.counts
    base, size = sheet.found.base[sheet.places], sheet.found.size[sheet.places]
    spread = np.maximum.reduceat(base, starts) - np.minimum.reduceat(base, starts)
    return np.asarray(spread >= ROW_GAP * np.minimum.reduceat(size, starts), bool)


def _strange(sheet: Sheet) -> Numbers:
    """The signs that are neither letters nor spaces, have a code, and show something."""
    kinds = sheet.kinds
    return np.flatnonzero(~(kinds.space | kinds.hidden | kinds.letter | kinds.unknown)[sheet.kind])


def _doubled(sheet: Sheet) -> Numbers:
    """The signs with another of the same text on them."""
    doubled: list[Numbers] = []
    kind, line, u0, u1, base = sheet.kind, sheet.line, sheet.u0, sheet.u1, sheet.found.base[sheet.places]
    for step in (1, 2, 3):
        same = np.flatnonzero((kind[step:] == kind[:-step]) & (line[step:] == line[:-step]))
        after, near, apart = same + step, TWICE * sheet.em[same], np.abs(u0[same + step] - u0[same])
        twice = (
            (apart < near) & (np.abs(u1[after] - u1[same]) < near) & (np.abs(base[after] - base[same]) < near)
        )
        width = u1[after] - u0[after]
        twice &= apart < np.where(width > near / 2, ITS_WIDTH * width, near / 2)
        doubled.append(same[twice])
    return np.concatenate(doubled)


def _ligated(sheet: Sheet) -> Numbers:
    """The letters that may be parts of a ligature with the next, or accents of a letter."""
    letters = np.flatnonzero(sheet.letters)
    kind, u0, u1, line = (column[letters] for column in (sheet.kind, sheet.u0, sheet.u1, sheet.line))
    lam, alef, odd = (sheet.kinds.among(texts)[kind] for texts in ((LAM,), frozenset(ALEFS), ACCENTS))
    shared = np.minimum(u1[1:], u1[:-1]) - np.maximum(u0[1:], u0[:-1])
    over = shared > ON_EACH_OTHER * np.minimum(u1[1:] - u0[1:], u1[:-1] - u0[:-1])
    odd[1:] |= over & (line[1:] == line[:-1]) & (lam[1:] | lam[:-1]) & (alef[1:] | alef[:-1])
    others = np.flatnonzero(~sheet.kinds.right[kind])
    sequence = sheet.found.sequence[sheet.places[letters[others]]]
    backwards = (sequence[1:] - sequence[:-1] == -1) & (line[others[1:]] == line[others[:-1]])
    odd[others[1:]] |= backwards
    return letters[odd]


def _rows(sheet: Sheet, odd: Flags, further: _Further) -> Iterator[Row]:
    """The rows of the lines that are not odd."""
    found, kinds, wanted = sheet.found, sheet.kinds, ~odd[sheet.line]
    shown = sheet.letters & wanted
    numbers = sheet.kind[shown].tolist()
    traits_of = list(map(kinds.letters.__getitem__, numbers))
    texts, groups = (list(map(column.__getitem__, numbers)) for column in (kinds.texts, kinds.groups))
    for slot, number in _named_further(sheet, np.cumsum(shown) - 1, wanted, further):
        traits_of[slot] = traits(texts[slot] + kinds.texts[number])
        texts[slot] = traits_of[slot].text
    letters = sheet.places[shown]
    u0, u1, sizes = (column[letters].tolist() for column in (found.u0, found.u1, found.size))
    fonts = list(map(found.font.__getitem__, letters.tolist()))
    bold = list(map(found.bold.__getitem__, letters.tolist()))
    marked = {number for number, marks in enumerate(kinds.marks) if marks}
    marks = {slot: kinds.marks[number] for slot, number in enumerate(numbers) if number in marked}
    space, hidden = (flags[sheet.kind] & wanted for flags in (kinds.space, kinds.hidden))
    codeless = kinds.unknown[sheet.kind] & wanted & sheet.wide
    raised = set(np.flatnonzero(_raised(sheet)[shown]).tolist())
    spaces = list(zip(sheet.u0[space].tolist(), sheet.u1[space].tolist(), strict=True))
    joiners = [joiner_place(sign) for sign in found.signs(sheet.places[hidden])]
    unknown = sheet.u0[codeless].tolist()
    columns = [_slices(sheet, flags) for flags in (shown, space, hidden, codeless)]
    for is_odd, own, gaps, joints, codes in zip(odd.tolist(), *columns, strict=True):
        if not is_odd:
            here = range(own.start, own.stop) if marks or raised else ()
            yield Row(
                texts[own],
                groups[own],
                traits_of[own],
                u0[own],
                u1[own],
                fonts[own],
                bold[own],
                sizes[own],
                {slot - own.start: marks[slot] for slot in here if slot in marks},
                frozenset(slot - own.start for slot in here if slot in raised),
                spaces=spaces[gaps],
                joiners=[place for place in joiners[joints] if place is not None],
                codeless=unknown[codes],
            )


def _raised(sheet: Sheet) -> Flags:
    """The right-to-left letters off the baseline of their line: Nastaliq sets them in steps down a word."""
    base = sheet.found.base[sheet.places]
    usual = middle_of_each(base, sheet.counts)[sheet.line]
    return np.asarray(sheet.kinds.right[sheet.kind] & (np.abs(base - usual) > RAISED * sheet.em), bool)


def _slices(sheet: Sheet, flags: Flags) -> Iterator[slice]:
    """Where the flagged signs of each line stand among all flagged ones."""
    ends = np.cumsum(np.bincount(sheet.line[flags], minlength=len(sheet.counts))).tolist()
    return map(slice, [0, *ends], ends)


def _named_further(
    sheet: Sheet, slots: Numbers, wanted: Flags, further: _Further
) -> Iterator[tuple[int, int]]:
    """The slots of the first letters of ligatures with the kinds of the further ones, nearer ones first."""
    thin, hosts = (numbers[wanted[further[0]]] for numbers in further)
    nearer = np.argsort(np.abs(sheet.places[thin] - sheet.places[hosts]))
    return zip(slots[hosts[nearer]].tolist(), sheet.kind[thin[nearer]].tolist(), strict=True)
