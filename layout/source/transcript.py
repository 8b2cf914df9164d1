"""What ALTO, PAGE and hOCR say of a page, before it has our ids: drafts, and the `Page` made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from layout.document import (
    Box,
    Direction,
    Page,
    Point,
    Polygon,
    Region,
    RegionKind,
    SourceImage,
    TextLine,
    Word,
    ids,
    union,
)
from layout.language import SCRIPTS, script_of

_KINDS = {kind.value: kind for kind in RegionKind}

#: Words of other vocabularies (ALTO block types, PAGE text region types) -> ours.
_OTHERS = {
    "heading": RegionKind.HEADLINE,
    "header": RegionKind.RUNNING_HEAD,
    "footer": RegionKind.RUNNING_HEAD,
    "page_number": RegionKind.PAGE_NUMBER,
    "credit": RegionKind.BYLINE,
    "author": RegionKind.BYLINE,
    "drop-capital": RegionKind.PARAGRAPH,
    "floating": RegionKind.PULL_QUOTE,
    "floating-text": RegionKind.PULL_QUOTE,
    "quote": RegionKind.PULL_QUOTE,
    "advert": RegionKind.ADVERTISEMENT,
    "ad": RegionKind.ADVERTISEMENT,
    "illustration": RegionKind.IMAGE,
    "picture": RegionKind.IMAGE,
    "table-of-contents": RegionKind.PARAGRAPH,
}


@dataclass
class WordDraft:
    """A word; ``normalized`` where the file gives another reading of it."""

    text: str
    box: Box
    confidence: float | None = None
    normalized: str | None = None
    language: str | None = None
    id: str = ""


@dataclass
class LineDraft:
    """A line: its words, first read first."""

    box: Box
    words: list[WordDraft]
    baseline: tuple[Point, ...] = ()
    polygon: Polygon | None = None
    language: str | None = None
    direction: Direction | None = None
    confidence: float | None = None
    id: str = ""


@dataclass
class RegionDraft:
    """A region; ``children`` of a container."""

    kind: RegionKind
    box: Box
    lines: list[LineDraft] = field(default_factory=list)
    children: list[RegionDraft] = field(default_factory=list)
    polygon: Polygon | None = None
    language: str | None = None
    rotation: int = 0
    direction: Direction | None = None
    confidence: float | None = None
    id: str = ""


def kind_named(*names: str | None) -> RegionKind | None:
    """Our kind for the first of these names that means one; case and underscores do not matter."""
    for name in names:
        key = (name or "").strip().lower().replace("_", "-")
        found = _KINDS.get(key) or _OTHERS.get(key)
        if found is not None:
            return found
    return None


def make_page(
    page_id: str,
    size: tuple[float, float],
    drafts: Sequence[RegionDraft],
    *,
    dpi: float | None = None,
    file: str = "",
    language: str | None = None,
    direction: Direction | None = None,
) -> Page:
    """The page of these regions, in their order; its direction is that of most of its letters.

    ``direction``: what the file says of it. Ids of the file stay where they are ours (all of them, each
    once); else the regions, lines and words are numbered.
    """
    ours = _are_ours(page_id, drafts)
    counter = count(1)
    regions = tuple(_region(page_id, draft, counter, ours) for draft in drafts)
    page = Page(page_id, *size, dpi=dpi, source=SourceImage(file), regions=regions, language=language)
    if direction is None:
        script = script_of(" ".join(region.text for region in page.walk())[:20_000])
        direction = SCRIPTS[script].direction if script else Direction.LTR
    return replace(page, direction=direction)


def _are_ours(page_id: str, drafts: Sequence[RegionDraft]) -> bool:
    """Whether every region, line and word has an id of the kind that `document.ids` makes, and its own.

    The later pieces of a line that was cut have a letter behind its id.
    """
    found: list[str] = []

    def collect(draft: RegionDraft) -> None:
        found.append(draft.id)
        for line in draft.lines:
            found.append(line.id)
            found.extend(word.id for word in line.words)
        for child in draft.children:
            collect(child)

    for draft in drafts:
        collect(draft)
    pattern = re.compile(rf"{re.escape(page_id)}_r\d{{3,}}(_l\d{{3,}}([a-z]|_w\d{{3,}})?)?")
    return len(set(found)) == len(found) and all(map(pattern.fullmatch, found))


def with_text(holder: RegionDraft, children: Sequence[RegionDraft]) -> RegionDraft:
    """The container with its children; a child that is the container's own text becomes its lines."""
    for child in children:
        if child.id and child.id == f"{holder.id}_text":
            holder.lines = child.lines
            holder.direction, holder.language = child.direction, child.language
        else:
            holder.children.append(child)
    return holder


def nested(drafts: Sequence[RegionDraft], holders: Mapping[str, str]) -> list[RegionDraft]:
    """Blocks that a file lists flat, put into those they stand in (``holders``: id -> id of the outer one).

    The text block of a block that is not one of text itself (``<its id>_text``) becomes its lines.
    """
    known: dict[str, RegionDraft] = {}

    def collect(draft: RegionDraft) -> None:
        known.setdefault(draft.id, draft)
        for child in draft.children:
            collect(child)

    for draft in drafts:
        collect(draft)
    moved: list[tuple[RegionDraft, RegionDraft]] = []

    def keep(draft: RegionDraft, outer: RegionDraft | None) -> bool:
        """Whether the draft stays where it is; else it is noted where it belongs."""
        inner = [child for child in draft.children if keep(child, draft)]
        draft.children = inner
        own = known.get(draft.id.removesuffix("_text")) if draft.id.endswith("_text") else None
        if own is not None and own is not draft:
            own.lines, own.direction, own.language = draft.lines, draft.direction, draft.language
            return False
        holder = known.get(holders[draft.id]) if draft.id in holders else None
        if holder is None or holder is outer or holder is draft:
            return True
        moved.append((holder, draft))
        return False

    tops = [draft for draft in drafts if keep(draft, None)]
    for holder, draft in moved:
        holder.children.append(draft)
    return tops


def rightward(points: Iterable[Point]) -> tuple[Point, ...]:
    """A baseline from left to right, whichever way a file has it; its points keep their sequence."""
    found = tuple(points)
    return found[::-1] if found and found[0][0] > found[-1][0] else found


def box_of(points: Sequence[Point]) -> Box:
    """The box around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def spread_words(text: str, box: Box, rtl: bool, confidence: float | None) -> list[WordDraft]:
    """The words of a line that has no word boxes, each with its characters' share of the line."""
    words = text.split()
    letters = sum(len(word) for word in words) + max(0, len(words) - 1)
    made: list[WordDraft] = []
    place = 0
    for word in words:
        start, end = place / letters * box.width, (place + len(word)) / letters * box.width
        x0, x1 = (box.x1 - end, box.x1 - start) if rtl else (box.x0 + start, box.x0 + end)
        made.append(WordDraft(word, Box(x0, box.y0, x1, box.y1), confidence))
        place += len(word) + 1
    return made


def _region(page_id: str, draft: RegionDraft, counter: Iterator[int], ours: bool) -> Region:
    region_id = draft.id if ours else ids.region_id(page_id, next(counter))
    lines = tuple(_line(region_id, n, line, ours) for n, line in enumerate(draft.lines, 1))
    children = tuple(_region(page_id, child, counter, ours) for child in draft.children)
    return Region(
        region_id,
        draft.kind,
        draft.box if draft.box.area else union([line.box for line in lines] or [draft.box]),
        lines=lines,
        children=children,
        polygon=draft.polygon,
        confidence=draft.confidence,
        direction=draft.direction,
        language=draft.language,
        rotation=draft.rotation,
        origin="import",
    )


def _line(region_id: str, number: int, draft: LineDraft, ours: bool) -> TextLine:
    line_id = draft.id if ours else ids.line_id(region_id, number)
    words = tuple(
        Word(
            word.id if ours else ids.word_id(line_id, n),
            word.text,
            word.box,
            word.confidence,
            word.normalized,
            word.language,
        )
        for n, word in enumerate(draft.words, 1)
    )
    return TextLine(
        line_id,
        draft.box,
        words,
        draft.baseline,
        draft.polygon,
        draft.direction,
        draft.language,
        draft.confidence,
    )
