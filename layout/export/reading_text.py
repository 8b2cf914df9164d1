"""An item as paragraphs a person reads: parts joined, columns and lines forgotten.

What plain text, Markdown and JSON Lines have in common. Pull-quotes are left out, since they repeat;
captions, tables and the like come after the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from layout.document import CONTAINERS, RUNNING_TEXT, Block, Item, Region, RegionKind
from layout.export.outline import SILENT, Entry, Outline
from layout.export.rows import grid_of

K = RegionKind
_LEFT_OUT = SILENT | {K.PULL_QUOTE, K.CONTINUATION, K.PAGE_NUMBER, K.RUNNING_HEAD, K.SECTION_LABEL}
_BY_LINE = frozenset({K.VERSE, K.TABLE})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One piece of reading text; ``block`` and ``regions`` say where it was printed.

    ``beside`` is True for what stands beside the running text: captions, tables, pull-quotes. ``rows`` are
    the cells of a table, empty where it has none; its text has a row on a line, tabs between the cells.
    """

    kind: RegionKind
    text: str
    block: str | None = None
    regions: tuple[str, ...] = ()
    turn: int | None = None
    speaker: str | None = None
    beside: bool = False
    rows: tuple[tuple[str, ...], ...] = ()


def entries_of(outline: Outline) -> dict[str, list[Entry]]:
    """Item id -> its parts as they stand on the pages, in order."""
    found: dict[str, list[Entry]] = {}
    for page in outline.pages:
        for entry in (*page.entries, *page.inner.values()):
            found.setdefault(entry.item.id, []).append(entry)
    return {id_: sorted(parts, key=lambda entry: entry.number) for id_, parts in found.items()}


def items_in_order(outline: Outline, parts: dict[str, list[Entry]]) -> list[Item]:
    """Items in reading order, each followed by its sidebars."""
    items = [item for item in outline.issue.items if item.id in parts]
    known = {item.id for item in items}
    inner: dict[str, list[Item]] = {}
    for item in items:
        if item.parent in known and item.parent != item.id:
            inner.setdefault(item.parent, []).append(item)
    ordered: dict[str, Item] = {}
    for item in items:
        if item.parent not in known or item.parent == item.id:
            ordered.update((one.id, one) for one in (item, *inner.get(item.id, ())))
    ordered.update((item.id, item) for item in items if item.id not in ordered)
    return list(ordered.values())


def paragraphs(outline: Outline, parts: Sequence[Entry], *, quotes: bool = False) -> list[Paragraph]:
    """The item's text in reading order; a sentence cut by a page is one paragraph.

    ``quotes``: pull-quotes too, at the end.
    """
    seen: set[str] = set()
    found = [
        paragraph
        for block, regions in whole_blocks(outline, parts, seen)
        if block.kind not in _LEFT_OUT
        for paragraph in _of_block(outline, block, regions)
    ]
    for entry in parts:
        found += _beside(outline, entry, seen, quotes=quotes)
    return [paragraph for paragraph in found if paragraph.text]


def loose_paragraphs(outline: Outline, regions: Iterable[Region]) -> list[Paragraph]:
    """The text of regions that no item claims, each by its own kind."""
    found = [region for top in regions for region in top.walk() if region.kind not in _LEFT_OUT]
    made = _of_regions(outline, found, beside=False)
    return [paragraph for paragraph in made if paragraph.text]


def whole_blocks(
    outline: Outline, parts: Sequence[Entry], seen: set[str]
) -> list[tuple[Block, tuple[Region, ...]]]:
    """The blocks of all parts; one that goes on in the next part takes that part's first text."""
    whole: list[tuple[Block, tuple[Region, ...]]] = []
    open_at: int | None = None
    for entry in parts:
        goes_on: int | None = None
        for block in entry.part.blocks:
            regions = tuple(
                region
                for named in outline.known(block.regions, entry.part.page)
                for region in (named, *outline.unplaced(named))
                if region.id not in seen
            )
            seen.update(region.id for region in regions)
            if open_at is not None and block.kind in RUNNING_TEXT:
                first, before = whole[open_at]
                whole[open_at] = (first, before + regions)
                place, open_at = open_at, None
            else:
                place = len(whole)
                whole.append((block, regions))
            if block.continued:
                goes_on = place
        open_at = goes_on
    return whole


def _of_block(outline: Outline, block: Block, regions: Sequence[Region]) -> Iterator[Paragraph]:
    ids = tuple(region.id for region in regions)
    if block.kind in _BY_LINE or block.kind in CONTAINERS:
        yield from _of_regions(outline, regions, beside=False, block=block.id)
        return
    yield Paragraph(block.kind, outline.text(regions), block.id, ids, block.turn, block.speaker)


def _of_regions(
    outline: Outline, regions: Sequence[Region], *, beside: bool, block: str | None = None
) -> Iterator[Paragraph]:
    """Regions one after the other; the cells of a table come with it."""
    known = {region.id for region in regions}
    cells = {
        region.id: [inner for inner in region.children if inner.kind is K.TABLE_CELL and inner.id in known]
        for region in regions
        if region.kind is K.TABLE
    }
    in_table = {cell.id for own in cells.values() for cell in own}
    for region in regions:
        if region.id not in in_table:
            yield from _of_region(outline, region, beside=beside, block=block)
        if cells.get(region.id):
            yield _table(outline, region, cells[region.id], beside=beside, block=block)


def _table(
    outline: Outline, table: Region, cells: Sequence[Region], *, beside: bool, block: str | None
) -> Paragraph:
    rows = tuple(
        tuple(outline.text((cell,)) if cell is not None else "" for cell in row) for row in grid_of(cells)
    )
    text = "\n".join("\t".join(row).rstrip() for row in rows) if any(map(any, rows)) else ""
    ids = (table.id, *(cell.id for cell in cells))
    return Paragraph(K.TABLE, text, block, ids, beside=beside, rows=rows)


def _of_region(
    outline: Outline, region: Region, *, beside: bool, block: str | None = None
) -> Iterator[Paragraph]:
    if region.kind in _BY_LINE:
        for line in region.lines:
            yield Paragraph(region.kind, line.normalized, block, (region.id,), beside=beside)
        return
    yield Paragraph(region.kind, outline.text((region,)), block, (region.id,), beside=beside)


def _beside(outline: Outline, entry: Entry, seen: set[str], *, quotes: bool) -> Iterator[Paragraph]:
    """What stands beside the text of one part."""
    beside = _LEFT_OUT - {K.PULL_QUOTE} if quotes else _LEFT_OUT
    held = [(outline.known(float_.regions, entry.part.page), beside) for float_ in entry.part.floats]
    for tops, left_out in (*held, *(((frame,), _LEFT_OUT) for frame in entry.frames)):
        fresh = {
            region.id: region
            for top in tops
            for region in (top, *(inner for child in outline.unplaced(top) for inner in child.walk()))
            if region.id not in seen and region.kind not in left_out
        }
        seen.update(fresh)
        yield from _of_regions(outline, list(fresh.values()), beside=True)
