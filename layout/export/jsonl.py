"""JSON Lines for text mining: one object for each item, its paragraphs with their places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from layout.document import Issue, Item
from layout.export.files import write_whole
from layout.export.outline import Entry, Outline, outlined
from layout.export.reading_text import Paragraph, entries_of, paragraphs
from layout.export.settings import ExportSettings


class JsonLinesExporter:
    """Writes `items.jsonl`."""

    def __init__(self, settings: ExportSettings) -> None:
        self.settings = settings

    def write(self, issue: Issue, folder: Path) -> list[Path]:
        """One file of the issue, a line for each item; `AccessError` where it cannot be written."""
        outline = outlined(issue)
        parts = entries_of(outline)
        objects = [_object(outline, item, parts[item.id]) for item in issue.items if item.id in parts]
        text = "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in objects)
        return [write_whole(folder / "items.jsonl", text.encode("utf-8", "replace"))]


def _object(outline: Outline, item: Item, entries: list[Entry]) -> dict[str, Any]:
    """An item as plain values; what is not known is left out."""
    issue = outline.issue
    found = paragraphs(outline, entries, quotes=True)
    known = {
        "issue": issue.id,
        "newspaper": issue.metadata.title,
        "date": issue.metadata.date,
        "id": item.id,
        "kind": item.kind.value,
        "genre": item.genre,
        "title": item.title,
        "parent": item.parent,
        "language": item.language or issue.metadata.language,
        "pages": [entry.part.page for entry in entries],
        "confidence": item.confidence,
        "text": "\n\n".join(paragraph.text for paragraph in found if not paragraph.beside),
        "paragraphs": [_paragraph(paragraph) for paragraph in found],
    }
    return {name: value for name, value in known.items() if value is not None}


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    known = {
        "kind": paragraph.kind.value,
        "text": paragraph.text,
        "turn": paragraph.turn,
        "speaker": paragraph.speaker,
        "beside": paragraph.beside or None,
        "rows": [list(row) for row in paragraph.rows] or None,
        "regions": list(paragraph.regions),
    }
    return {name: value for name, value in known.items() if value is not None}
