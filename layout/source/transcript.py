"""What ALTO, PAGE and hOCR say of a page, before it has our ids: drafts, and the `Page` made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


WordDraft = tuple[str, Box, float | None]


@dataclass
class LineDraft:
    """A line: its words with boxes and confidences, first read first."""

    box: Box
    words: list[WordDraft]
    baseline: tuple[Point, ...] = ()
    polygon: Polygon | None = None
    language: str | None = None


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
) -> Page:
    """The page of these regions, in their order; its direction is that of most of its letters."""
    counter = count(1)
    regions = tuple(_region(page_id, draft, counter) for draft in drafts)
    page = Page(page_id, *size, dpi=dpi, source=SourceImage(file), regions=regions, language=language)
    script = script_of(" ".join(region.text for region in page.walk())[:20_000])
    return replace(page, direction=SCRIPTS[script].direction if script else Direction.LTR)


def box_of(points: Sequence[Point]) -> Box:
    """The box around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def spread_words(
    text: str, box: Box, rtl: bool, confidence: float | None
) -> list[tuple[str, Box, float | None]]:
    """The words of a line that has no word boxes, each with its characters' share of the line."""
    words = text.split()
    letters = sum(len(word) for word in words) + max(0, len(words) - 1)
    made: list[WordDraft] = []
    place = 0
    for word in words:
        start, end = place / letters * box.width, (place + len(word)) / letters * box.width
        x0, x1 = (box.x1 - end, box.x1 - start) if rtl else (box.x0 + start, box.x0 + end)
        made.append((word, Box(x0, box.y0, x1, box.y1), confidence))
        place += len(word) + 1
    return made


def _region(page_id: str, draft: RegionDraft, counter: Iterator[int]) -> Region:
    region_id = ids.region_id(page_id, next(counter))
    lines = tuple(_line(region_id, n, line) for n, line in enumerate(draft.lines, 1))
    children = tuple(_region(page_id, child, counter) for child in draft.children)
    return Region(
        region_id,
        draft.kind,
        draft.box if draft.box.area else union([line.box for line in lines] or [draft.box]),
        lines=lines,
        children=children,
        polygon=draft.polygon,
        language=draft.language,
        rotation=draft.rotation,
        origin="import",
    )


def _line(region_id: str, number: int, draft: LineDraft) -> TextLine:
    line_id = ids.line_id(region_id, number)
    words = tuple(
        Word(ids.word_id(line_id, n), text, box, confidence)
        for n, (text, box, confidence) in enumerate(draft.words, 1)
    )
    return TextLine(line_id, draft.box, words, draft.baseline, draft.polygon, language=draft.language)
