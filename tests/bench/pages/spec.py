"""What is handed to the typesetter in the browser, and what the truth keeps of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Piece:
    """A block of text to be set. ``key`` names it in what the browser measured; offsets count characters.

    ``ends`` are the ends of its sentences, ``lead`` the length of its bold beginning, ``cap`` that of its
    drop capital; ``heads``: it heads what follows; ``whole``: it is not divided between columns;
    ``keep``: so many lines must stand below it in its column.
    """

    key: str
    type: str
    text: str
    cls: str
    lang: str
    article: str | None = None
    role: str | None = None
    level: int | None = None
    qa: int | None = None
    ends: tuple[int, ...] = ()
    cap: int = 0
    lead: int = 0
    bullet: str = ""
    heads: bool = False
    whole: bool = False
    keep: int = 0
    parent: str | None = None
    describes: str | None = None
    target: int | None = None
    repeats: tuple[str, int, int] | None = None
    cell: tuple[int, int] | None = None

    def to_set(self) -> dict[str, Any]:
        """What the browser needs of it."""
        return {
            "key": self.key,
            "text": self.text,
            "cls": self.cls,
            "lang": self.lang,
            "dir": "rtl" if self.lang in ("fa", "ar", "he", "ur") else "ltr",
            "ends": list(self.ends or (len(self.text),)),
            "cap": self.cap,
            "lead": self.lead,
            "bullet": self.bullet,
            "heads": self.heads,
            "whole": self.whole,
            "keep": self.keep,
        }


@dataclass(frozen=True)
class Story:
    """An article of the truth: its headline's key, for a sidebar its box's, and the area it is set in."""

    id: str
    kind: str
    title: str | None = None
    parent: str | None = None
    box: str | None = None
    area: str | None = None


@dataclass(frozen=True)
class Thing:
    """A block without text of its own: image, sidebar, advertisement, table."""

    key: str
    type: str
    article: str | None = None
    role: str | None = None


@dataclass
class Sheet:
    """A page under construction."""

    width: int
    height: int
    areas: list[dict[str, Any]] = field(default_factory=list)
    loose: list[dict[str, Any]] = field(default_factory=list)
    ads: list[dict[str, Any]] = field(default_factory=list)
    rules: list[dict[str, Any]] = field(default_factory=list)
    pieces: dict[str, Piece] = field(default_factory=dict)
    stories: list[Story] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    images: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    _count: int = 0

    def add(self, piece: Piece) -> dict[str, Any]:
        """Register a piece; returns what the browser needs of it."""
        self.pieces[piece.key] = piece
        return piece.to_set()

    def key(self) -> str:
        """A key that no piece or thing of the page has."""
        self._count += 1
        return f"k{self._count:04d}"

    def rule(self, x0: float, y0: float, x1: float, y1: float, role: str = "rule", cls: str = "") -> None:
        """A printed line that fills the box."""
        self.rules.append({"x0": x0, "y0": y0, "x1": x1, "y1": y1, "role": role, "cls": cls})
