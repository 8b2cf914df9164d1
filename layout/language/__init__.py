"""Writing systems and languages as data: direction, digits, marks, words that newspapers print."""

from __future__ import annotations

from layout.language.axes import Axes
from layout.language.digits import ascii_digits, number_in
from layout.language.languages import LANGUAGES, Language, language, script_code
from layout.language.normalize import normalized
from layout.language.scripts import SCRIPTS, Script, script_of

__all__ = [
    "LANGUAGES",
    "SCRIPTS",
    "Axes",
    "Language",
    "Script",
    "ascii_digits",
    "language",
    "normalized",
    "number_in",
    "script_code",
    "script_of",
]
