"""One line's letters by ascending place: what the clusters of its signs come to, by columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from layout.text.embedded_order import RIGHT
from layout.text.embedded_signs import Traits

#: Letters that are alike: font, whether bold, text, and the width in steps of the size.
Kind = tuple[str, bool, str, int]


@dataclass(slots=True, eq=False)
class Row:
    """One line's clusters by ascending u, and what the file says of the gaps between them.

    The first columns have an entry for each cluster, its slot. ``marks`` are the signs over letters by their
    slots, ``hidden`` the slots of letters whose width the file does not tell. ``spaces`` are the intervals
    of space characters, ``joiners`` the places where it has a ZWNJ, ``codeless`` those of a sign without
    code drawn on its neighbour (what remains of a space); ``doubled`` counts signs left out.
    ``has_right``: some letter is of a right-to-left script.
    """

    texts: list[str]
    groups: list[str]
    traits: list[Traits]
    u0: list[float]
    u1: list[float]
    fonts: Sequence[str]
    bold: Sequence[bool]
    sizes: Sequence[float]
    marks: Mapping[int, str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    spaces: Sequence[tuple[float, float]] = ()
    joiners: Sequence[float] = ()
    codeless: Sequence[float] = ()
    doubled: int = 0
    has_right: bool = field(init=False)

    def __post_init__(self) -> None:
        self.has_right = RIGHT in self.groups

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def wholes(self) -> list[str]:
        """The letters with their marks."""
        if not self.marks:
            return self.texts
        return [text + self.marks.get(slot, "") for slot, text in enumerate(self.texts)]

    def whole(self, slot: int) -> str:
        """A letter with its marks."""
        return self.texts[slot] + self.marks.get(slot, "")

    def width(self, slot: int, step: float) -> int:
        """How wide a letter is, in steps of this share of its size."""
        return round((self.u1[slot] - self.u0[slot]) / (self.sizes[slot] or 1.0) / step)

    def kind(self, slot: int, step: float) -> Kind:
        """What the letter is alike with; ``step`` as for `width`."""
        return self.fonts[slot], self.bold[slot], self.texts[slot], self.width(slot, step)

    def rename(self, slot: int, text: str, traits: Traits) -> None:
        """Give a letter another text."""
        self.texts[slot], self.traits[slot], self.groups[slot] = text, traits, traits.group
