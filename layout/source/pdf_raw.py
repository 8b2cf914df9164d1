"""MuPDF's "rawdict" of a page, gone through: plain values, in file order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from layout.document import Point

#: What MuPDF gives a glyph that the file names by no code of Unicode.
NO_CODE = "\ufffd"

#: A character with its box and origin in points, and all characters of one font and direction.
Char = dict[str, Any]
Span = dict[str, Any]


def spans_of(raw: dict[str, Any]) -> Iterator[tuple[Span, Point]]:
    """Each span with its direction of writing."""
    for block in raw["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                yield span, line["dir"]


def chars_of(raw: dict[str, Any]) -> list[Char]:
    """All characters."""
    return list(chain.from_iterable(span["chars"] for span, _ in spans_of(raw)))
