"""What the recognition models of a language systematically take for something else.

Only the normalised reading is corrected; the engine's own string stays the text. Each rule was the cause
of a large share of all errors on pages with truth (heh with hamza read as teh marbuta: a third on Persian
pages), and a typesetter of the language has no use for what it replaces.
"""

from __future__ import annotations

import re

_AFTER_LETTER = r"(?<=[\u0621-\u064a\u066e-\u06d3\u06f0-\u06f9\u064b-\u0652\u200c)\u00bb])"

_MARKS = (
    (re.compile(_AFTER_LETTER + r",$"), "\u060c"),
    (re.compile(_AFTER_LETTER + r";$"), "\u061b"),
    (re.compile(_AFTER_LETTER + r"\?$"), "\u061f"),
)

#: The comma with its head down is read as a lone hamza, the commonest slip on Persian
#: pages. A Persian word ends in one only after alef and in a few loanwords.
_HAMZA = (
    re.compile(
        r"(?<=[\u0622-\u063a\u0641-\u064a\u067e-\u06cc])(?<!\u0627)(?<!^\u062c\u0632)(?<!^\u0633\u0648)"
        r"(?<!^\u0634[\u06cc\u064a])(?<!\u0636\u0648)[.\u00bb]?\u0621$"
    ),
    "\u060c",
)

#: The full stop of Arabic type, as large as a zero.
_FULL_STOP = (re.compile(r"(?<=[\u0621-\u064a\u064b-\u0652])\u0660$"), ".")

#: Blackletter: the ligatures ch and ck, of which signs or one letter are left; s taken for a three; the one
#: capital that is I and J; the hyphen of two strokes; sharp s. None of what is replaced is German.
_BLACKLETTER = (
    (re.compile(r"(?<=[a-z\u00e4\u00f6\u00fc\u017f])c?[<{]h?"), "ch"),
    (re.compile(r"(?<=[a-z\u00e4\u00f6\u00fc])>k?"), "ck"),
    (re.compile(r"(?<!\w)([Nn]i)ht\b"), r"\1cht"),
    (re.compile(r"(?<!\w)([Nn]o|[Dd]o|[Aa]u|[\u017fSs]i|[Dd]ur)h\b"), r"\1ch"),
    (re.compile(r"(?<=[a-z\u00e4\u00f6\u00fc]li)h(?=(?:e[mnrs]?)?\b)"), "ch"),
    (re.compile(r"(?<=[aeiou\u00e4\u00f6\u00fc])3(?![\d,.])"), "s"),
    (re.compile(r"(?<!\w)J(?=[bcdfghklmnprstvwxz])"), "I"),
    (re.compile(r"(?<=[a-z\u00e4\u00f6\u00fc])=$"), "-"),
    # sharp s named by its two halves: no German word ends so, or goes on so with a consonant (but w)
    (re.compile(r"(?<=[a-z\u00e4\u00f6\u00fc])sz(?=\W*$|[bdfghklmnprst])"), "\u00df"),
    (re.compile(r"([Gg]r[o\u00fc]|[HhWw]ei|hlie|flie|tra(?=sze)|[Aa]u(?=szer))sz"), "\\1\u00df"),
)

#: Language -> (pattern, replacement) on one word.
CONFUSIONS = {
    "fa": (*_MARKS, _HAMZA, (re.compile(r"(?<=\w)\u0629(?!\w)"), "\u0647\u0654")),
    "ar": (*_MARKS, _FULL_STOP),
    "ur": _MARKS,
    "ckb": _MARKS,
    "de": _BLACKLETTER,
}


def corrected(word: str, language: str | None) -> str:
    """A recognised word with its language's systematic confusions undone."""
    for pattern, replacement in CONFUSIONS.get(language or "", ()):
        word = pattern.sub(replacement, word)
    return word
