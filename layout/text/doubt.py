"""Readings that are no text: rules at the end of a line, the grain of a picture, dirt.

A network gives letters for anything dark. Lines read with little confidence mostly lie where nothing is
printed, above all scraps of a few letters; a long line that is read badly is still half right, and kept.
"""

from __future__ import annotations

from dataclasses import replace

from layout.language import SCRIPTS, script_of
from layout.text.engine import Reading

#: Below this confidence a line is no text; below the second one, if it is a scrap of few letters; below
#: the third, if its letters are of another script than the page's, or hardly any of its signs are letters.
_NOTHING, _SCRAPPY, _DOUBTFUL = 0.2, 0.35, 0.5
_SCRAP = 8
_LETTERS = 0.5
#: How an upright rule is read.
_RULES = frozenset("|¦‖॥")


def believed(reading: Reading, script: str) -> Reading:
    """The reading without rules at its ends; empty where it is hardly text.

    ``script`` is the page's (ISO 15924); words keep their order and places.
    """
    words = list(reading.words)
    while words and set(words[0].text) <= _RULES:
        words.pop(0)
    while words and set(words[-1].text) <= _RULES:
        words.pop()
    kept = reading if len(words) == len(reading.words) else replace(reading, words=tuple(words))
    sure = kept.confidence
    scrap = sum(char.isalnum() for char in kept.text) < _SCRAP
    nothing = sure < _NOTHING or (sure < _SCRAPPY and scrap) or (sure < _DOUBTFUL and _is_odd(kept, script))
    return replace(kept, words=()) if not words or nothing else kept


def _is_odd(reading: Reading, script: str) -> bool:
    signs = [char for char in reading.text if not char.isspace()]
    if sum(char.isalnum() for char in signs) < _LETTERS * len(signs):
        return True
    found = script_of(reading.text)
    return found is not None and _family(found) != _family(script)


def _family(script: str) -> str:
    """Blackletter is Latin too."""
    return "Latn" if script == "Latf" or script not in SCRIPTS else script
