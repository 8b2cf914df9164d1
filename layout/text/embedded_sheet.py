"""The signs of all lines of a page by columns: line after line, in each in order of x."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

import numpy as np

from layout.text.embedded_layer import Flags, Floats, Numbers, Run, SignSet
from layout.text.embedded_ligatures import letter_of
from layout.text.embedded_order import RIGHT
from layout.text.embedded_signs import NO_WIDTH, UNKNOWN, Traits, traits


@dataclass(frozen=True, slots=True, eq=False)
class Kinds:
    """What the different texts of a set of signs are, by number: of letters, the letter and its marks."""

    letters: Sequence[Traits]
    texts: Sequence[str]
    groups: Sequence[str]
    marks: Sequence[str]
    space: Flags
    hidden: Flags
    unknown: Flags
    letter: Flags
    single: Flags
    right: Flags
    joins_next: Flags
    joins_previous: Flags
    first: Numbers

    @classmethod
    def of(cls, texts: Sequence[str]) -> Kinds:
        kinds = [traits(text) for text in texts]
        letters, marks = zip(*map(letter_of, kinds), strict=True)
        none = [kind.space or kind.hidden or kind.mark or kind.half_space or kind.unknown for kind in kinds]
        return cls(
            letters,
            [letter.text for letter in letters],
            [letter.group for letter in letters],
            marks,
            np.array([kind.space for kind in kinds]),
            np.array([kind.hidden for kind in kinds]),
            np.array([text == UNKNOWN for text in texts]),
            ~np.array(none),
            np.array([kind.single for kind in kinds]),
            np.array([letter.group == RIGHT for letter in letters]),
            np.array([letter.joins_next for letter in letters]),
            np.array([letter.joins_previous for letter in letters]),
            np.array([ord(letter.text[:1] or "\0") for letter in letters]),
        )

    def among(self, texts: Container[str]) -> Flags:
        """Which of the letters are these."""
        return np.array([text in texts for text in self.texts])


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Signs of lines by columns; ``counts`` and ``sizes`` (of letters, in pixels) by line.

    ``places`` are those in ``found``, ``line`` the numbers of their lines; ``em`` is the size of letters of
    the line, ``wide`` says which signs have a width.
    """

    found: SignSet
    kinds: Kinds
    counts: Numbers
    sizes: Floats
    places: Numbers
    line: Numbers
    em: Floats
    kind: Numbers
    u0: Floats
    u1: Floats
    wide: Flags

    @classmethod
    def of(cls, runs: Sequence[Run]) -> Sheet:
        """The signs of these runs of one set, one at least."""
        found = runs[0].found
        counts = np.array([len(run) for run in runs])
        line = np.repeat(np.arange(len(runs)), counts)
        places = np.concatenate([run.places for run in runs])
        places = places[np.lexsort((found.u0[places] + found.u1[places], line))]
        sizes = middle_of_each(found.size[places], counts)
        u0, u1, em = found.u0[places], found.u1[places], sizes[line]
        kind, wide = found.kind[places], u1 - u0 >= NO_WIDTH * em
        return cls(found, Kinds.of(found.kinds), counts, sizes, places, line, em, kind, u0, u1, wide)

    @property
    def letters(self) -> Flags:
        """The letters that have a width."""
        return np.asarray(self.kinds.letter[self.kind] & self.wide, bool)

    @property
    def thin(self) -> Numbers:
        """The letters that have none, by their numbers on the sheet."""
        return np.flatnonzero(self.kinds.letter[self.kind] & ~self.wide)


def middle_of_each(values: Floats, counts: Numbers) -> Floats:
    """The middle value of each line's signs (of sizes: its letter size), so many of which a line has."""
    starts = np.cumsum(counts) - counts
    least, most = np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)
    for line in np.flatnonzero(least != most).tolist():
        start, count = int(starts[line]), int(counts[line])
        least[line] = np.sort(values[start : start + count])[count // 2]
    return np.asarray(least, np.float64)
