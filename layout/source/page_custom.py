"""The notation of PAGE's ``custom`` attribute: ``name {key:value; ...}``, signs as ``\\u003b``."""

from __future__ import annotations

import re
from collections.abc import Iterator

Note = dict[str, str]


def note_in(custom: str | None, name: str) -> Note | None:
    """The values of the first note of this name; None where there is none."""
    found = re.search(rf"(?:^|\s){name}\s*\{{([^}}]*)\}}", custom or "")
    return dict(_pairs(found.group(1))) if found else None


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for pair in text.split(";"):
        key, colon, value = pair.strip().partition(":")
        if colon:
            yield key.strip(), re.sub(r"\\u([0-9a-fA-F]{4})", _sign, value.strip())


def _sign(found: re.Match[str]) -> str:
    return chr(int(found.group(1), 16))
