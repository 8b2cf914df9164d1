"""Plain reading text: the issue's items one after the other, as a person would read them aloud.

Headings stand on lines of their own, each paragraph is one line, a blank line parts them. What stands
beside the text (captions, tables) is indented after it. A line of ``=`` parts items, a line of ``-`` a
sidebar from its article. Page numbers, running heads and pull-quotes are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from layout.document import DISPLAY, Issue, ItemKind, RegionKind
from layout.export.files import write_whole
from layout.export.outline import outlined
from layout.export.reading_text import (
    Paragraph,
    entries_of,
    items_in_order,
    loose_paragraphs,
    paragraphs,
)
from layout.export.settings import ExportSettings
from layout.export.tei_header import issue_title

_BETWEEN_ITEMS = "=" * 20
_BETWEEN_BOXES = "-" * 20
_INDENT = "    "


class TextExporter:
    """Writes `text.txt`."""

    def __init__(self, settings: ExportSettings) -> None:
        self.settings = settings

    def write(self, issue: Issue, folder: Path) -> list[Path]:
        """One text file of the issue, UTF-8; `AccessError` where it cannot be written."""
        return [write_whole(folder / "text.txt", reading_text(issue).encode("utf-8", "replace"))]


def reading_text(issue: Issue) -> str:
    """The reading text of an issue, ending in a line feed."""
    outline = outlined(issue)
    parts = entries_of(outline)
    pieces = [issue_title(issue)] if issue.metadata.title else []
    for item in items_in_order(outline, parts):
        text = _written(paragraphs(outline, parts[item.id]))
        if text:
            inner = item.kind is ItemKind.SIDEBAR and item.parent in parts
            pieces.append(f"{_BETWEEN_BOXES if inner else _BETWEEN_ITEMS}\n\n{text}")
    loose = [region for page in outline.pages for region in (*page.front, *page.loose)]
    rest = _written(loose_paragraphs(outline, loose))
    if rest:
        pieces.append(f"{_BETWEEN_ITEMS}\n\n{rest}")
    return "\n\n".join(pieces).removeprefix(f"{_BETWEEN_ITEMS}\n\n") + "\n"


def _written(found: Sequence[Paragraph]) -> str:
    """Paragraphs with blank lines between; headings and lines of verse that follow each other without."""
    lines: list[str] = []
    last: RegionKind | None = None
    for paragraph in found:
        kind = paragraph.kind
        together = (kind in DISPLAY and last in DISPLAY and kind is not RegionKind.CROSSHEAD) or (
            kind is last and kind in (RegionKind.VERSE, RegionKind.TABLE) and not paragraph.rows
        )
        if lines and not together:
            lines.append("")
        lines += [(_INDENT if paragraph.beside else "") + line for line in paragraph.text.split("\n")]
        last = kind
    return "\n".join(lines)
