"""Where a page stands: a file and a place in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PageRef:
    """One page of a file, not yet opened: ``index`` counts from 0 (PDF page, TIFF frame, else 0).

    ``page_id`` is its id in the issue it was listed for.
    """

    file: Path
    index: int
    page_id: str

    def to_json(self) -> list[str | int]:
        return [str(self.file), self.index, self.page_id]

    @classmethod
    def from_json(cls, value: list[str | int]) -> PageRef:
        file, index, page_id = value
        return cls(Path(str(file)), int(index), str(page_id))


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key by which ``page2`` stands before ``page10``; any decimal digits count."""
    parts = re.split(r"(\d+)", name.casefold())
    return tuple((0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts if part)
