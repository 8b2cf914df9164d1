"""What PAGE has no attribute for, in the notation of its ``custom``: ``name {key:value; ...}``.

Signs that part names and values are written as ``\\u003b`` and so on, as Transkribus does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields

from layout.document import Block, Box, Float, Issue, Item, Join, Metadata, Page, Part, Polygon, Region
from layout.export.page_table import code_of
from layout.export.xml import decimal

_PARTING = re.compile(r"[\s;:{}\\]")

#: What is known of an issue, by the names of the document's fields.
METADATA = tuple(field.name for field in fields(Metadata) if field.name != "origins")


def note(name: str, values: Mapping[str, object | None]) -> str:
    """``name {key:value; ...}``; what is None is left out."""
    pairs = [f"{key}:{_escaped(str(value))};" for key, value in values.items() if value is not None]
    return f"{name} {{{' '.join(pairs)}}}"


def item_note(item: Item, part: Part) -> str:
    """An item, on the group of its regions."""
    known = {
        "id": item.id,
        "kind": item.kind.value,
        "genre": item.genre,
        "parent": item.parent,
        "language": item.language,
        "conf": decimal(item.confidence),
        "joined": decimal(part.confidence),
    }
    return note("item", known)


def block_note(block: Block, region: Region) -> str:
    """The block of an item that a region is a part of."""
    known = {
        "id": block.id,
        "kind": block.kind.value if block.kind is not region.kind else None,
        "turn": block.turn,
        "speaker": block.speaker,
        "continued": "true" if block.continued else None,
        "conf": decimal(block.confidence),
        "column": region.column,
    }
    return note("block", known)


def float_note(float_: Float, region: Region) -> str | None:
    """A thing beside the text, on its first region, where that does not say it all."""
    kind = float_.kind.value if float_.kind is not region.kind else None
    known = {"kind": kind, "conf": decimal(float_.confidence)}
    return note("float", known) if any(known.values()) else None


def join_note(join: Join) -> str:
    """A divided word, on its first part."""
    return note("join", {"next": join.second, "text": join.text, "hyphen": join.hyphen or None})


def reading_note(normalized: str) -> str:
    """The other reading of a word: eScriptorium takes every TextEquiv of a word for one of the line's."""
    return note("normalized", {"text": normalized})


def language_note(code: str | None, *, named: bool = True) -> str | None:
    """A language that PAGE's list has no name for, or that its name does not bring back.

    ``named`` is False for elements that have no attribute for it.
    """
    return note("language", {"code": code}) if code and not (named and code_of(code) == code) else None


def box_note(box: Box, polygon: Polygon | None) -> str | None:
    """A box that is larger than the outline which PAGE has in its place."""
    if not polygon:
        return None
    xs, ys = zip(*polygon, strict=True)
    if (min(xs), min(ys), max(xs), max(ys)) == (box.x0, box.y0, box.x1, box.y1):
        return None
    return note("box", {"is": _corners(box)})


def issue_values(issue: Issue, page: Page) -> list[tuple[str, str, str | None]]:
    """What a page should say of its issue and image: name, value, description."""
    known = issue.metadata
    found: list[tuple[str, str, str | None]] = [("issue", issue.id, None)]
    for name in METADATA:
        value = getattr(known, name)
        if value:
            found.append((f"issue.{name}", value, None))
    if page.source.sha256:
        found.append(("image.sha256", page.source.sha256, None))
    if page.source.page != 1:
        found.append(("image.page", str(page.source.page), None))
    if page.columns:
        places = " ".join(_corners(column.box) for column in page.columns)
        found.append(("columns", places, "boxes of the columns of running text, from left to right"))
    first = page is issue.pages[0]
    doubts = [one for one in issue.findings if one.page == page.id or (one.page is None and first)]
    for one in (*doubts, *page.findings):
        if one.level != "info":
            found.append((f"finding.{one.code}", one.message, None))
    return found


def _corners(box: Box) -> str:
    return f"{int(box.x0)},{int(box.y0)},{int(box.x1)},{int(box.y1)}"


def _escaped(text: str) -> str:
    return _PARTING.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
