"""Markdown: the issue's items as a person would set them, headings, text, captions and quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from layout.document import Issue, RegionKind
from layout.export.files import write_whole
from layout.export.outline import outlined
from layout.export.reading_text import Paragraph, entries_of, items_in_order, loose_paragraphs, paragraphs
from layout.export.settings import ExportSettings
from layout.export.tei_header import issue_title

K = RegionKind

#: What stands before a paragraph of this kind.
_BEFORE = {
    K.HEADLINE: "## ",
    K.SUBHEADLINE: "### ",
    K.CROSSHEAD: "### ",
    K.PULL_QUOTE: "> ",
    K.CAPTION: "> ",
    K.PHOTO_CREDIT: "> ",
    K.TABLE: "- ",
    K.VERSE: "> ",
}

#: Characters that would be read as markup, at the begin of a line or anywhere.
_MARKUP = re.compile(r"([\\`*_\[\]<>])|^([#+\-=|])|^(\d+)([.)])(?=\s)")


class MarkdownExporter:
    """Writes `text.md`."""

    def __init__(self, settings: ExportSettings) -> None:
        self.settings = settings

    def write(self, issue: Issue, folder: Path) -> list[Path]:
        """One file of the issue, UTF-8; `AccessError` where it cannot be written."""
        outline = outlined(issue)
        parts = entries_of(outline)
        pieces = [f"# {_escaped(issue_title(issue))}"]
        for item in items_in_order(outline, parts):
            found = paragraphs(outline, parts[item.id], quotes=True)
            if found:
                pieces += ["---", *map(_written, found)]
        loose = [region for page in outline.pages for region in (*page.front, *page.loose)]
        rest = loose_paragraphs(outline, loose)
        if rest:
            pieces += ["---", *map(_written, rest)]
        text = "\n\n".join(pieces) + "\n"
        return [write_whole(folder / "text.md", text.encode("utf-8", "replace"))]


def _written(paragraph: Paragraph) -> str:
    if paragraph.rows:
        return _table(paragraph.rows)
    text = _escaped(paragraph.text)
    if paragraph.kind in (K.KICKER, K.BYLINE, K.DATELINE):
        return f"*{text}*"
    if paragraph.kind in (K.LEAD, K.QUESTION):
        return f"**{text}**"
    return _BEFORE.get(paragraph.kind, "") + text


def _table(rows: Sequence[Sequence[str]]) -> str:
    """A table as GitHub and Pandoc have it, the first row its head, as there must be one."""
    written = [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    return "\n".join([written[0], f"|{' --- |' * len(rows[0])}", *written[1:]])


def _cell(text: str) -> str:
    return r"\|".join(map(_escaped, text.split("|")))


def _escaped(text: str) -> str:
    """The text with a backslash before what Markdown would take for markup."""
    return _MARKUP.sub(
        lambda found: f"{found[3]}\\{found[4]}" if found[3] else f"\\{found[1] or found[2]}", text
    )
