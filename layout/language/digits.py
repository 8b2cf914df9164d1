"""Digits of every script: to ASCII for reckoning, and the number a short text holds."""

from __future__ import annotations

import re
import unicodedata

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN_NUMBER = re.compile(r"\bm{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})\b", re.IGNORECASE)


def ascii_digits(text: str) -> str:
    """The text with every decimal digit (Persian, Arabic-Indic, ...) as 0-9; same length."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def number_in(text: str, roman: bool = False) -> int | None:
    """The only number of a text; None where there is none or more than one.

    Digits of one number follow each other without a gap, of whatever script. ``roman`` also takes a
    Roman number where there are no digits.
    """
    runs: list[str] = re.findall(r"\d+", ascii_digits(text))
    if len(runs) == 1:
        return int(runs[0]) if len(runs[0]) < 19 else None
    if roman and not runs:
        found = [match.group() for match in _ROMAN_NUMBER.finditer(text) if match.group()]
        if len(found) == 1:
            return _roman(found[0])
    return None


def in_digits(text: str, digits: str) -> str:
    """The text with every decimal digit written with the ten characters of ``digits``; same length."""
    return "".join(digits[unicodedata.decimal(char)] if char.isdecimal() else char for char in text)


def _roman(text: str) -> int:
    values = [_ROMAN[char] for char in text.lower()]
    return sum(
        -value if any(later > value for later in values[n + 1 : n + 2]) else value
        for n, value in enumerate(values)
    )
