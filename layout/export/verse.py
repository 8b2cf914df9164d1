"""Poems: their verses, one for each printed line, and the two halves of a verse with white between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from layout.export.passage import Token

#: White between two half-verses, in heights of the line; how far off the line's middle, by its width.
_PAUSE, _MIDDLE = 1.2, 0.15


def verses(found: Sequence[Token]) -> list[list[Token]]:
    """The words of a poem line by line."""
    return [list(words) for _, words in groupby(found, key=lambda token: token.line.id)]


def halves(verse: Sequence[Token]) -> list[Sequence[Token]]:
    """The two half-verses (the hemistichs of a bayt), where there is a pause; else the whole verse."""
    line = verse[0].line.box
    wide = {
        place: white
        for place, (one, other) in enumerate(pairwise(verse), 1)
        for white in (_white(one, other),)
        if white is not None and white >= _PAUSE * line.height
    }
    place = max(wide, key=lambda place: wide[place], default=None)
    return [verse] if place is None else [verse[:place], verse[place:]]


def starts(found: Sequence[Token]) -> set[int]:
    """Where an element of a poem begins: no passage goes over it in one piece."""
    return {half[0].start for verse in verses(found) for half in halves(verse)}


def _white(one: Token, other: Token) -> float | None:
    """The white between two words, if it is in the middle of their line."""
    left, right = sorted((one.word.box, other.word.box), key=lambda box: box.x0)
    line = one.line.box
    middle = (left.x1 + right.x0) / 2
    return right.x0 - left.x1 if abs(middle - line.center[0]) <= _MIDDLE * line.width else None
