"""From the codes a file or an engine gives to the characters that are printed.

Nothing here depends on a language. Presentation forms are glyph codes, not characters, and are opened
before a text counts as "as printed"; only those blocks are opened, for compatibility normalisation of
a whole text would also change fractions, long s, superscripts and letter forms that mean something.
"""

from __future__ import annotations

import re
import unicodedata

TATWEEL = "\u0640"
ZWNJ = "\u200c"
SOFT_HYPHEN = "\u00ad"

#: Marks at the end of a line that divide a word; in blackletter the double ones.
HYPHENS = frozenset("-\u2010\u00ad=\u2e17\u2e40\u30a0\u00ac")

RIAL = "\ufdfc"

#: Invisible formatting: direction marks, embeddings, isolates, joiners, BOM, word joiner.
CONTROLS = "\u200b\u200d\u200e\u200f\u061c\u2060\ufeff" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)

_NO_CONTROLS = str.maketrans(dict.fromkeys(CONTROLS))
_FORM_CODES = "\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufdfb\ufdfd\ufe70-\ufefc"
_SPACES = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_FORMS = re.compile(f"[{_FORM_CODES}]")
_OTHER_SPACES = re.compile(f"[{_SPACES}]")
_UNPRINTED = re.compile(f"[{_FORM_CODES}{_SPACES}{CONTROLS}]")
#: A mark's spacing form (U+FE70 ...) opens to a space or tatweel with the mark; only the mark is meant.
_CARRIERS = " \u0640"


def open_forms(text: str) -> str:
    """Presentation forms (Arabic, Hebrew, Latin ligatures) as base letters; all else unchanged.

    U+FDFC, the rial sign, is a character and stays, as do ornate brackets (U+FD3E, U+FD3F).
    """
    return _FORMS.sub(_opened, text)


def is_form(char: str) -> bool:
    """Whether a character is a glyph code that `open_forms` would open."""
    return bool(_FORMS.match(char))


def is_mark(char: str) -> bool:
    """Whether a character stands on the one before it (tanween, vowel sign, accent)."""
    return unicodedata.category(char) in ("Mn", "Me")


def without_controls(text: str) -> str:
    """The text without direction controls and invisible joiners; ZWNJ is spelling and stays."""
    return text.translate(_NO_CONTROLS)


def printed(text: str) -> str:
    """A text as printed: presentation forms opened, no controls, plain spaces, NFC."""
    if not _UNPRINTED.search(text):
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    plain = _OTHER_SPACES.sub(" ", without_controls(open_forms(text)))
    return unicodedata.normalize("NFC", plain)


def is_right_to_left(char: str) -> bool:
    """Whether a character is a letter of a right-to-left script."""
    return unicodedata.bidirectional(char) in ("R", "AL")


def _opened(match: re.Match[str]) -> str:
    char = match.group()
    opened = unicodedata.normalize("NFKC", char)
    if 0xFBB2 <= ord(char) <= 0xFBC2 or 0xFD3E <= ord(char) <= 0xFD4F:
        return char  # pedagogical dots and brackets: symbols, not letter forms
    if opened[:1] and opened[0] in _CARRIERS and len(opened) > 1:
        return opened.lstrip(_CARRIERS)
    return opened
