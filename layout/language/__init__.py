"""Writing systems and languages as data: direction, digits, marks, words that newspapers print."""

from __future__ import annotations

from layout.language.axes import Axes
from layout.language.languages import LANGUAGES, Language, language
from layout.language.scripts import SCRIPTS, Script, script_of

__all__ = ["LANGUAGES", "SCRIPTS", "Axes", "Language", "Script", "language", "script_of"]
