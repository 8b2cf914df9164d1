"""The texts that producers are given: `prose.toml`, a headline and paragraphs for each language."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from layout.document import Direction
from layout.language import language

#: Fonts that Debian packages hold (`fonts-noto-core`, `fonts-hosny-amiri`, `fonts-farsiweb`,
#: `fonts-liberation`); Noto's Arabic and Hebrew ones have no Latin letters.
FONTS = {
    "fa": ("Noto Naskh Arabic", "Nazli", "Amiri"),
    "ar": ("Amiri", "Noto Naskh Arabic", "Noto Kufi Arabic"),
    "ur": ("Noto Nastaliq Urdu", "Noto Naskh Arabic"),
    "ckb": ("Noto Naskh Arabic", "Noto Sans Arabic"),
    "he": ("Noto Serif Hebrew", "Noto Sans Hebrew"),
}
LATIN = "Liberation Serif"


@dataclass(frozen=True)
class Prose:
    """A headline and paragraphs in one language, and the font they are set in."""

    code: str
    title: str
    paragraphs: tuple[str, ...]
    font: str

    @property
    def direction(self) -> Direction:
        return language(self.code).direction

    @property
    def rtl(self) -> bool:
        return self.direction is Direction.RTL

    @property
    def text(self) -> str:
        return " ".join((self.title, *self.paragraphs))


def texts() -> list[Prose]:
    """Each text in each of its fonts."""
    tables = tomllib.loads((Path(__file__).parent / "prose.toml").read_text(encoding="utf-8"))
    return [
        Prose(code, table["title"], tuple(table["paragraphs"]), font)
        for code, table in tables.items()
        for font in FONTS.get(code, (LATIN,))
    ]
