"""The words of a block as one text: lines joined, divided words made whole, places counted.

A block's text is its regions' lines joined with a space, or with nothing where a `Join` says so (the
hyphen then left out); a `Target` counts its characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from layout.document import Join, Region, TextLine, Word


@dataclass(frozen=True, slots=True)
class Token:
    """A word where it stands in its block's text.

    ``text`` and ``reading`` (the normalised form) come without the hyphen of a divided word, which is
    ``hyphen``. ``joined``: nothing stands between this word and the one before, though a line end does.
    """

    word: Word
    line: TextLine
    region: Region
    text: str
    reading: str
    hyphen: str
    start: int
    joined: bool
    first_of_line: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def tokens(regions: Iterable[Region], firsts: Mapping[str, Join], seconds: Mapping[str, Join]) -> list[Token]:
    """The words of a block's regions in reading order; joins by the ids of their two words."""
    found: list[Token] = []
    for region in regions:
        for line in region.lines:
            for number, word in enumerate(line.words):
                last = number == len(line.words) - 1
                join = firsts.get(word.id) if last else None
                text, hyphen = _divided(word.text, join)
                joined = number == 0 and word.id in seconds
                gap = 1 if found and not joined else 0
                start = found[-1].end + gap if found else 0
                reading = _divided(word.normalized or word.text, join)[0]
                found.append(Token(word, line, region, text, reading, hyphen, start, joined, number == 0))
    return found


def text_of(found: Iterable[Token], *, normalized: bool = False) -> str:
    """The block's text; with the readings as printed unless ``normalized``."""
    pieces: list[str] = []
    for token in found:
        if pieces and not token.joined:
            pieces.append(" ")
        pieces.append(token.reading if normalized else token.text)
    return "".join(pieces)


def _divided(text: str, join: Join | None) -> tuple[str, str]:
    """The first part of a divided word without its hyphen, and the hyphen; others as they are."""
    if join is None:
        return text, ""
    if join.hyphen and text.endswith(join.hyphen) and len(text) > len(join.hyphen):
        return text[: -len(join.hyphen)], join.hyphen
    return text, ""
