"""Brackets and bullets of a text layer: what is meant rather than which code the file gives.

Some producers store a bracket as drawn, some as meant; a bullet is often a letter of a symbol font.
Both are told from how they are used on the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from layout.text.embedded_order import CLOSE, LEFT, OPEN, RIGHT
from layout.text.embedded_words import Piece, ReadRow

BULLET = "■"
_BRACKETS = frozenset((OPEN, CLOSE))
#: Names that fonts of signs have; after a subset tag such as ``ABCDEF+``.
_SYMBOL_FONT = re.compile(r"ding|symbol|webd|marlett|carta|bullet|ornament|pi\s?std", re.IGNORECASE)
#: Codes of the Windows and Zapf sign fonts that newspapers use as bullets, as the shapes they draw.
_SHAPES = {
    "n": "■", "§": "▪", "l": "●", "u": "◆", "v": "❖", "q": "❑", "o": "□", "p": "□",
    "Ø": "➢", "ü": "✓", "\u00b7": "•", "t": "♦", "s": "▲", "H": "★", "w": "◆",
}  # fmt: skip
#: A font with more different characters than this sets text, not signs.
_FEW = 3


def mirrored_families(rows: Iterable[ReadRow]) -> dict[str, bool]:
    """For each pair of brackets whether the file stores them as drawn in right-to-left text.

    The key is the pair's opening code, ``""`` the answer for pairs without evidence. A bracket that
    begins a word opens, one that ends a word closes; each says whether its code agrees.
    """
    votes: Counter[str] = Counter()
    for read in rows:
        row = read.row
        if _BRACKETS.isdisjoint(row.groups):
            continue
        for word in read.words:
            for place, piece in enumerate(word):
                traits = row.traits[piece.slot]
                role = role_of(word, place, read) if piece.mirrored and traits.mirrored else ""
                if role:
                    drawn = 1 if traits.group != role else -1
                    votes[family(traits.text)] += drawn
                    votes[""] += drawn
    return {pair: count >= 0 for pair, count in votes.items()} | {"": votes[""] >= 0}


def role_of(word: Sequence[Piece], place: int, read: ReadRow) -> str:
    """``OPEN`` or ``CLOSE`` where the bracket's place in its word tells; else empty."""
    group = read.row.groups[word[place].slot]
    if group not in _BRACKETS:
        return ""
    before = any(_wordly(piece, read) for piece in word[:place])
    after = any(_wordly(piece, read) for piece in word[place + 1 :])
    if before == after:
        return ""
    return OPEN if after else CLOSE


def family(char: str) -> str:
    """The pair a bracket belongs to: the lesser code of the two (`(` for `)`)."""
    return min(char, _PARTNER.get(char, char))


def symbol_fonts(rows: Iterable[ReadRow]) -> frozenset[str]:
    """Fonts whose letters are pictures: by name, or because all they do is stand alone.

    A font counts by use if it has few different signs, each a word by itself, none an ASCII letter or
    digit, in a page set in another font.
    """
    alone: dict[str, set[str]] = defaultdict(set)
    text: set[str] = set()
    for read in rows:
        row = read.row
        known = text.issuperset(row.fonts)
        for word in read.words:
            if known and len(word) > 1:
                continue
            slot = word[0].slot
            if len(word) == 1 and not row.texts[slot].isascii() and row.groups[slot] != RIGHT:
                alone[row.fonts[slot]].add(row.texts[slot])
            else:
                text.update([row.fonts[piece.slot] for piece in word])
    named = {font for font in (*alone, *text) if _SYMBOL_FONT.search(font.split("+")[-1])}
    used = (
        {font for font, signs in alone.items() if font not in text and len(signs) <= _FEW} if text else set()
    )
    return frozenset(named | used)


def bullet_of(word: Sequence[Piece], read: ReadRow, symbols: frozenset[str]) -> str | None:
    """The bullet a word is, where it is one sign of a symbol font or of private use; else None."""
    if len(word) != 1:
        return None
    row, slot = read.row, word[0].slot
    text = row.texts[slot]
    if len(text) != 1:
        return None
    private = unicodedata.category(text) == "Co"
    if private and 0xF020 <= ord(text) <= 0xF0FF:
        return _SHAPES.get(chr(ord(text) - 0xF000), BULLET)
    if private:
        return BULLET
    if row.fonts[slot] in symbols and (row.groups[slot] in (LEFT, RIGHT) or text.isalnum()):
        return _SHAPES.get(text, BULLET)
    return None


def _wordly(piece: Piece, read: ReadRow) -> bool:
    return read.row.texts[piece.slot][:1].isalnum()


_PARTNER = {
    char: other
    for couple in ("()", "[]", "{}", "<>", "«»", "‹›", "⟨⟩", "﴾﴿")
    for char, other in ((couple[0], couple[1]), (couple[1], couple[0]))
}
