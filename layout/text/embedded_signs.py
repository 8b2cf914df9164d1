"""What the geometry of a text layer is made of: signs (placed characters) and clusters (letters with marks).

A sign is a glyph in the frame of its writing direction: u runs along the line of writing, v down from
it, both in page pixels. A page with text in several directions is read once for each.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from layout.language.characters import CONTROLS, ZWNJ, open_forms
from layout.language.joining import form_of, joins_next, joins_previous
from layout.text.embedded_order import (
    CLOSE,
    COMMON,
    DIGIT,
    LEFT,
    NEUTRAL,
    OPEN,
    OWN_DIGIT,
    RIGHT,
    SIGN,
    SPACE,
    TERMINATOR,
)

UNKNOWN = "\ufffd"
#: An initial letter is at least this many times as large as the text.
INITIAL = 1.8
#: Baselines of one line differ by less than this share of the size (accents, other fonts, skew).
SAME_BASE = 0.2
#: Signs narrower than this share of the size have no width, gaps none (rounding of coordinates in files).
NO_WIDTH = 0.02
#: Two signs sharing more than this part of the narrower one are drawn on each other.
ON_EACH_OTHER = 0.6
#: Two signs of the same text nearer than this share of their size are one letter drawn twice. The
#: narrowest letters (i, l, alef) advance by more than 0.2.
TWICE = 0.12
#: ... and by less than this share of their own width: twice the same letter stands a width apart.
ITS_WIDTH = 0.4
#: Letters this far off the baseline of their line (share of the size) are set in steps, as in Nastaliq: how
#: far one reaches over the next is told by no width.
RAISED = 0.1
ALEFS = "\u0627\u0622\u0623\u0625\u0671"
_GROUPS = {
    "R": RIGHT,
    "AL": RIGHT,
    "L": LEFT,
    "EN": DIGIT,
    "AN": OWN_DIGIT,
    "CS": COMMON,
    "ES": SIGN,
    "ET": TERMINATOR,
    "WS": SPACE,
    "B": SPACE,
    "S": SPACE,
}


class Traits(NamedTuple):
    """What a glyph's text is: its characters as printed, and how they behave on a line.

    ``single`` is one character that is none of space, mark, half-space, hidden and unknown.
    """

    text: str
    group: str
    space: bool
    mark: bool
    half_space: bool
    hidden: bool
    unknown: bool
    joins_next: bool
    joins_previous: bool
    form: str
    mirrored: bool
    single: bool


class Sign(NamedTuple):
    """A glyph in the frame of its direction; ``base`` is the height of its baseline,
    ``size`` the letter size, above zero."""

    text: str
    u0: float
    u1: float
    base: float
    size: float
    font: str
    bold: bool
    sequence: int

    @property
    def center(self) -> float:
        return (self.u0 + self.u1) / 2


@dataclass(slots=True)
class Cluster:
    """One or more characters that stand in one place; ``text`` in logical order, forms opened.

    ``hidden_width``: the file does not say how wide it is, so gaps beside it say nothing.
    """

    text: str
    group: str
    u0: float
    u1: float
    sign: Sign
    traits: Traits
    marks: str = ""
    hidden_width: bool = False

    @property
    def center(self) -> float:
        return (self.u0 + self.u1) / 2

    @property
    def whole(self) -> str:
        return self.text + self.marks


@lru_cache(maxsize=4096)
def traits(text: str) -> Traits:
    """Traits of a glyph's text (one character or a few)."""
    opened = open_forms(text)
    plain = "".join(char for char in opened if char not in CONTROLS and char != ZWNJ)
    space = bool(text) and text.isspace()
    mark = bool(plain) and all(unicodedata.category(char) in ("Mn", "Me") for char in plain)
    first = next((char for char in plain if unicodedata.category(char) not in ("Mn", "Me")), "")
    last = next((char for char in reversed(plain) if unicodedata.category(char) not in ("Mn", "Me")), "")
    return Traits(
        plain if not space else " ",
        SPACE if space else _group(first),
        space,
        mark,
        half_space=ZWNJ in text,
        hidden=not plain and not space,
        unknown=UNKNOWN in text,
        joins_next=bool(last) and joins_next(last),
        joins_previous=bool(first) and joins_previous(first),
        form=form_of(text) if len(text) == 1 else "",
        mirrored=len(plain) == 1 and bool(unicodedata.mirrored(plain)),
        single=len(plain) == 1 and not (space or mark or ZWNJ in text or UNKNOWN in text),
    )


def _group(char: str) -> str:
    if not char:
        return NEUTRAL
    if unicodedata.mirrored(char):
        category = unicodedata.category(char)
        if category in ("Ps", "Pi"):
            return OPEN
        if category in ("Pe", "Pf"):
            return CLOSE
    return _GROUPS.get(unicodedata.bidirectional(char), NEUTRAL)
