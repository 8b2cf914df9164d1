"""Writing systems: one record each."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass

from layout.document import Direction


@dataclass(frozen=True, slots=True)
class Script:
    """``code`` is ISO 15924; ``prefixes`` begin the Unicode names of its letters."""

    code: str
    name: str
    direction: Direction
    prefixes: tuple[str, ...]


SCRIPTS = {
    script.code: script
    for script in (
        Script("Latn", "Latin", Direction.LTR, ("LATIN",)),
        Script("Latf", "Latin (Fraktur)", Direction.LTR, ()),
        Script("Arab", "Arabic", Direction.RTL, ("ARABIC",)),
        Script("Hebr", "Hebrew", Direction.RTL, ("HEBREW",)),
        Script("Cyrl", "Cyrillic", Direction.LTR, ("CYRILLIC",)),
        Script("Grek", "Greek", Direction.LTR, ("GREEK",)),
    )
}


def script_of(text: str) -> str | None:
    """ISO 15924 code of the script most letters belong to; None without letters."""
    counts: Counter[str] = Counter()
    for char in text:
        if char.isalpha():
            name = unicodedata.name(char, "")
            counts.update(
                code for code, script in SCRIPTS.items() if name.startswith(script.prefixes or ("?",))
            )
    return counts.most_common(1)[0][0] if counts else None
