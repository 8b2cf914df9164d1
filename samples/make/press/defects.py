"""Write a text layer as an old page-layout program with a Middle-Eastern edition would export it.

What is seen does not change: every glyph stands where the typesetter put it. What it claims to be,
and the order in which the glyphs come, are wrong in the ways of such files:

- joiners (U+200C) come out as spaces, kashidas stay in the text;
- guillemets and parentheses have the character of their drawn shape, not of their meaning;
- a bullet is the letter of a symbol font's slot;
- lines with wide gaps are written word by word from left to right, with two spaces in a gap;
- tanween comes before the word or twice; lam-alef is one presentation form in places;
- lines end in a space.
"""

from __future__ import annotations

from dataclasses import replace

from press.pdf import Show, line_shows, space_before
from press.setting import SetLine
from press.sheet import Block, Sheet

_MIRRORED = str.maketrans("«»()[]", "»«)(][")
_ZWNJ, _TANWEEN = "\u200c", "\u064b"
#: a line whose gaps are this many natural spaces wide is written word by word
_WIDE = 1.9


def defective_layer(sheet: Sheet) -> list[Show]:
    """The glyphs of a page in the order and with the meanings of such a file."""
    shows: list[Show] = []
    count = 0
    for block in _stream_order(sheet):
        for index, line in enumerate(block.lines):
            count += 1
            shows += _line(block, index, line, count)
    return shows


def _stream_order(sheet: Sheet) -> list[Block]:
    """Running text first; pull-quote, label and folio at the end, as they lie on top of the page."""
    last = {"pull-quote": 1, "section-label": 2, "running-head": 3, "page-number": 4}
    return sorted(sheet.blocks, key=lambda block: last.get(block.kind, 0))


def _line(block: Block, index: int, line: SetLine, count: int) -> list[Show]:
    words = line_shows(block, index)
    clean = block.kind in ("pull-quote", "section-label", "running-head")
    bullet: list[Show] = []
    if line.bullet:
        bullet = [replace(words[0][0], text="ë")]
        words = words[1:]
    words = [[_meaning(show, count, clean) for show in word] for word in words]
    words = [_tanween(word, count + n) for n, word in enumerate(words)]
    wide = line.stretched > _WIDE and not clean
    order = sorted(words, key=_least)
    shows: list[Show] = []
    if count % 3 and not wide:
        shows.append(_space_after(order[0]))
    for number, word in enumerate(order):
        if number:
            gap = space_before(word[0], [max(order[number - 1], key=lambda s: s.x)])
            shows += [gap, replace(gap, x=gap.x + 0.2 * gap.size)] if wide else [gap]
        # in a wide line each word is written on its own, from its first letter on
        shows += word[::-1] if wide else word
    return [*bullet, *_spaces(bullet, count), *shows]


def _least(word: list[Show]) -> float:
    show = word[0]
    return {0: show.x, 90: show.y, 270: -show.y}[show.turn]


def _space_after(word: list[Show]) -> Show:
    """The space at the end of a line, left of its last word."""
    show = min(word, key=lambda s: s.x)
    return replace(show, gid=show.face.glyph(" "), advance=0.2, text=" ", x=show.x - 0.2 * show.size)


def _spaces(bullet: list[Show], count: int) -> list[Show]:
    """One or two spaces left of a bullet."""
    if not bullet:
        return []
    space = replace(
        bullet[0], gid=bullet[0].face.glyph(" "), advance=0.2, text=" ", x=bullet[0].x - 0.2 * bullet[0].size
    )
    return [space, replace(space, x=space.x - 0.1 * space.size)][: 1 + count % 2]


def _meaning(show: Show, count: int, clean: bool) -> Show:
    text = show.text.translate(_MIRRORED).replace(_ZWNJ, " ")
    if not clean and count % 4 == 0:
        text = text.replace("لا", "\ufefb")
    return replace(show, text=text)


def _tanween(word: list[Show], count: int) -> list[Show]:
    place = next((i for i, show in enumerate(word) if _TANWEEN in show.text), None)
    if place is None:
        return word
    if count % 3 == 0:
        return [*word[:place], *word[place + 1 :], word[place]]
    if count % 3 == 1:
        return [*word[: place + 1], word[place], *word[place + 1 :]]
    return word
