"""Compositions -> items of the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from layout.document import Block, Float, Item, ItemKind, Part, RegionKind, ids
from layout.reflow.blocks import to_blocks
from layout.reflow.compose import Composition, compose
from layout.reflow.drafts import Draft
from layout.reflow.frame import Frame
from layout.reflow.heads import main_title
from layout.reflow.notices import notice_of
from layout.reflow.settings import ReflowSettings
from layout.reflow.units import Piece, Role, Unit


def to_items(composition: Composition, page: str, frame: Frame, settings: ReflowSettings) -> list[Item]:
    """The page's items in reading order, advertisements last; ids are fresh by `number_items`.

    Until then an item's id is that of its first region, and a sidebar's parent likewise.
    """
    items: list[Item] = []
    for number, draft in enumerate(composition.drafts):
        item = _article(draft, number, composition, page, frame.pitch)
        items.append(item)
        for unit, home in composition.boxes:
            if home == number:
                items.extend(_boxed(unit, item.id, page, frame, settings))
    for unit, home in composition.boxes:
        if home is None:
            items.extend(_boxed(unit, None, page, frame, settings))
    items.extend(
        _stray(unit, page) for unit, home in (*composition.quotes, *composition.notices) if home is None
    )
    for unit in composition.adverts:
        items.append(_advert(unit, page, frame, settings))
    return items


def _article(draft: Draft, number: int, composition: Composition, page: str, pitch: float) -> Item:
    pieces = [piece for unit in draft.members if unit.role is not Role.FIGURE for piece in unit.pieces]
    floats = [_figure(unit) for unit in draft.units if unit.role is Role.FIGURE]
    floats += [
        Float(RegionKind.PULL_QUOTE, (unit.id,)) for unit, home in composition.quotes if home == number
    ]
    floats += [
        Float(RegionKind.SIDEBAR, (unit.id,), item=unit.id)
        for unit, home in composition.boxes
        if home == number
    ]
    notices = tuple(unit.id for unit, home in composition.notices if home == number)
    part = Part(page, tuple(to_blocks(pieces, pitch)), tuple(floats), notices, confidence=draft.confidence)
    return Item(
        draft.members[0].id,
        _item_kind(draft),
        (part,),
        title=title_of(draft),
        genre="teaser" if _is_teaser(draft, notices, composition) else None,
        language=_language(pieces),
        confidence=draft.confidence,
        reason="; ".join(draft.reasons),
    )


def _is_teaser(draft: Draft, notices: Sequence[str], composition: Composition) -> bool:
    """Whether an article is a headline with the page it points to, and no text."""
    if draft.head is None or draft.body():
        return False
    read = [notice_of(unit.pieces[0].region) for unit, _ in composition.notices if unit.id in notices]
    return any(notice is not None and notice.bare for notice in read)


def _language(pieces: Sequence[Piece]) -> str | None:
    """The language of most of the text, by lines."""
    counts: Counter[str] = Counter()
    for piece in pieces:
        if piece.region.language:
            counts[piece.region.language] += len(piece.region.lines)
    return max(counts, key=lambda code: (counts[code], code)) if counts else None


def _item_kind(draft: Draft) -> ItemKind:
    """What a draft is by what it holds: nothing but a table, nothing but text of unknown kind."""
    if all(unit.role is Role.LOOSE for unit in draft.members):
        return ItemKind.UNASSIGNED
    if all(unit.kind is RegionKind.TABLE for unit in draft.members):
        return ItemKind.TABLE
    return ItemKind.ARTICLE


def _stray(unit: Unit, page: str) -> Item:
    """A quote or notice on a page without articles."""
    blocks = tuple(Block("", piece.kind, (piece.region.id,)) for piece in unit.pieces)
    return Item(unit.id, ItemKind.UNASSIGNED, (Part(page, blocks),), reason="no article stands on this page")


def _figure(unit: Unit) -> Float:
    kind = unit.kind if unit.kind is RegionKind.TABLE else RegionKind.IMAGE
    return Float(
        kind if unit.kind is not RegionKind.CAPTION else RegionKind.CAPTION,
        tuple(p.region.id for p in unit.pieces),
    )


def title_of(draft: Draft) -> str | None:
    """The headline's text on one line."""
    pieces = main_title(draft.head) if draft.head else []
    text = " ".join(line.text for piece in pieces for line in piece.region.lines)
    return " ".join(text.split()) or None


def _boxed(
    unit: Unit, parent: str | None, page: str, frame: Frame, settings: ReflowSettings
) -> Iterator[Item]:
    """The items of a box: its text as one sidebar."""
    region = unit.pieces[0].region
    inner = compose(region.children, frame, settings)
    blocks: list[Block] = []
    floats: list[Float] = []
    for number, draft in enumerate(inner.drafts):
        part = _article(draft, number, inner, page, frame.pitch).parts[0]
        blocks.extend(part.blocks)
        floats.extend(part.floats)
    if region.lines or parent is None:
        blocks.insert(0, Block("", RegionKind.SIDEBAR, (region.id,)))
    yield Item(
        region.id,
        ItemKind.SIDEBAR,
        (Part(page, tuple(blocks), tuple(floats)),),
        title=next((title for title in map(title_of, inner.drafts) if title), None),
        parent=parent,
        reason=region.reason or "a box",
    )


def _advert(unit: Unit, page: str, frame: Frame, settings: ReflowSettings) -> Item:
    region = unit.pieces[0].region
    inner = compose(region.children, frame, settings)
    blocks = [Block("", region.kind, (region.id,))]
    floats: list[Float] = []
    for number, draft in enumerate(inner.drafts):
        part = _article(draft, number, inner, page, frame.pitch).parts[0]
        blocks.extend(part.blocks)
        floats.extend(part.floats)
    genre = "death-notice" if region.kind is RegionKind.DEATH_NOTICE else None
    return Item(
        region.id,
        ItemKind.ADVERTISEMENT,
        (Part(page, tuple(blocks), tuple(floats)),),
        genre=genre,
        confidence=region.kind_confidence,
        reason=region.reason or "an advertisement",
    )


def number_items(items: list[Item]) -> tuple[Item, ...]:
    """Items and blocks with their final ids; references among them follow."""
    names = {item.id: ids.item_id(n) for n, item in enumerate(items, 1)}
    done: list[Item] = []
    for item in items:
        name = names[item.id]
        count = 0
        parts: list[Part] = []
        for part in item.parts:
            blocks = []
            for block in part.blocks:
                count += 1
                blocks.append(replace(block, id=ids.block_id(name, count)))
            floats = tuple(replace(f, item=names.get(f.item)) if f.item else f for f in part.floats)
            parts.append(replace(part, blocks=tuple(blocks), floats=floats))
        parent = names.get(item.parent) if item.parent else None
        done.append(replace(item, id=name, parts=tuple(parts), parent=parent))
    return tuple(done)
