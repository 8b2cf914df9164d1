"""How Arabic letters join, and which form a presentation code shows (Unicode ArabicShaping)."""

from __future__ import annotations

import unicodedata
from functools import cache

#: Letters that join only to the one before them: alef, dal, reh, waw and their kin, teh marbuta.
_RIGHT_JOINING = frozenset(
    "\u0622\u0623\u0624\u0625\u0627\u0629\u062f\u0630\u0631\u0632\u0648"
    "\u0671\u0672\u0673\u0675\u0676\u0677\u06c0\u06c3\u06c4\u06c5\u06c6\u06c7\u06c8\u06c9\u06ca\u06cb"
    "\u06cd\u06cf\u06d2\u06d3\u06d5\u06ee\u06ef" + "".join(map(chr, range(0x0688, 0x069A)))
)
#: Letters that join to nothing: hamza, high hamza.
_NOT_JOINING = frozenset("\u0621\u0674")
_TATWEEL = "\u0640"


@cache
def joins_next(char: str) -> bool:
    """Whether a base letter is joined to the letter that follows it (dual-joining letters, tatweel)."""
    return _is_arabic(char) and char not in _RIGHT_JOINING and char not in _NOT_JOINING


@cache
def joins_previous(char: str) -> bool:
    """Whether a base letter is joined to the letter before it."""
    return _is_arabic(char) and char not in _NOT_JOINING


@cache
def form_of(char: str) -> str:
    """``isolated``, ``initial``, ``medial`` or ``final`` for a presentation form; else empty."""
    decomposition = unicodedata.decomposition(char)
    if not decomposition.startswith("<"):
        return ""
    form = decomposition[1 : decomposition.index(">")]
    return form if form in ("isolated", "initial", "medial", "final") else ""


def _is_arabic(char: str) -> bool:
    if char == _TATWEEL:
        return True
    return unicodedata.bidirectional(char) == "AL" and unicodedata.category(char) == "Lo"
