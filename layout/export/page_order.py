"""PAGE's `ReadingOrder` and `Relations`, and what hOCR says of the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from layout.document import Item, Region, RegionKind
from layout.export.outline import Group, Outline, PageOutline
from layout.export.page_custom import block_note, float_note, item_note, note
from layout.export.page_markup import Element, child
from layout.export.passage import tokens
from layout.export.settle import clean_text


def items_of(reading: Sequence[Region | Group]) -> dict[str, Item]:
    """Region id -> its item, for everything in reading order."""
    found: dict[str, Item] = {}

    def collect(member: Region | Group, item: Item | None) -> None:
        if isinstance(member, Group):
            item = member.entry.item if member.entry else item
            for inner in (*([member.head] if member.head else []), *member.members):
                collect(inner, item)
        elif item:
            found[member.id] = item

    for member in reading:
        collect(member, None)
    return found


def region_notes(outline: Outline, page: PageOutline) -> dict[str, str]:
    """Region id -> which block or float of an item it is a part of, in the notation of ``custom``.

    Of an item in which nothing is read, for which the order has no group, its box says so.
    """
    found: dict[str, list[str]] = {}
    for entry in (*page.entries, *page.inner.values()):
        for block in entry.part.blocks:
            for region in outline.known(block.regions, page.page.id):
                found.setdefault(region.id, []).append(block_note(block, region))
        for float_ in entry.part.floats:
            for region in outline.known(float_.regions, page.page.id)[:1]:
                said = float_note(float_, region)
                if said:
                    found.setdefault(region.id, []).append(said)
    for group in _groups(outline.reading(page)):
        if group.entry and group.head and not group.members:
            found.setdefault(group.head.id, []).append(item_note(group.entry.item, group.entry.part))
    return {id_: " ".join(notes) for id_, notes in found.items()}


def _groups(reading: Sequence[Region | Group]) -> Iterator[Group]:
    for member in reading:
        if isinstance(member, Group):
            yield member
            yield from _groups(member.members)


def write_order(page: Element, page_id: str, reading: Sequence[Region | Group]) -> None:
    """One ordered group for the page, one in it for each item."""
    if reading:
        top = child(child(page, "ReadingOrder"), "OrderedGroup", {"id": f"{page_id}_ro"})
        for number, member in enumerate(reading):
            _member(top, member, number)


def _member(parent: Element, member: Region | Group, number: int | None) -> None:
    """A reference or group; with an index inside an ordered group."""
    indexed = "Indexed" if number is not None else ""
    if isinstance(member, Group) and not member.members and member.head:
        member = member.head
    if isinstance(member, Region):
        child(parent, f"RegionRef{indexed}", {"index": number, "regionRef": member.id})
        return
    made = child(
        parent,
        f"{'Ordered' if member.ordered else 'Unordered'}Group{indexed}",
        {
            "id": member.id,
            "regionRef": member.head.id if member.head else None,
            "index": number,
            "caption": _caption(member),
            "type": _group_type(member),
            "custom": item_note(member.entry.item, member.entry.part) if member.entry else None,
        },
    )
    for place, inner in enumerate(member.members):
        _member(made, inner, place if member.ordered else None)


def _caption(member: Group) -> str | None:
    """What a person is shown: an item's title, else its id."""
    if member.entry is None:
        return None if member.ordered else "float"
    return clean_text(member.entry.item.title or "") or member.entry.item.id


def _group_type(member: Group) -> str:
    if member.entry:
        return "article" if member.entry.item.kind in ("article", "sidebar") else "other"
    images = any(region.kind is RegionKind.IMAGE for region in member.regions())
    return "figure" if images and member.ordered else "other"


def write_relations(page: Element, outline: Outline, page_id: str) -> None:
    """Links from pull-quotes to the regions whose passage they repeat, from captions to images."""
    links = [*quotations(outline, page_id), *_captions(outline, page_id)]
    if not links:
        return
    relations = child(page, "Relations")
    for number, (source, target, comment, custom) in enumerate(links, 1):
        id_ = f"{page_id}_rel_{number:03d}"
        attributes = {"id": id_, "type": "link", "custom": custom, "comments": comment}
        made = child(relations, "Relation", attributes)
        child(made, "SourceRegionRef", {"regionRef": source})
        child(made, "TargetRegionRef", {"regionRef": target})


#: Regions that are linked, a comment, and what `custom` says of the passage.
Link = tuple[str, str, str, str | None]


def quotations(outline: Outline, page: str) -> list[Link]:
    """From each pull-quote of a page to the regions whose passage it repeats."""
    found: list[Link] = []
    comment = "pull-quote repeats a passage of the target"
    for item in outline.issue.items:
        for part in (part for part in item.parts if part.page == page):
            for float_ in part.floats:
                sources = outline.known(float_.regions, page)
                for target in float_.targets if sources else ():
                    block = outline.blocks.get(target.block)
                    place = {"block": target.block, "start": target.start, "end": target.end}
                    custom = note("passage", place)
                    for token in tokens(
                        outline.known(block.regions, page) if block else (), outline.joins, outline.joined
                    ):
                        if token.start < target.end and token.end > target.start:
                            found.append((sources[0].id, token.region.id, comment, custom))
    return list(dict.fromkeys(found))


def _captions(outline: Outline, page: str) -> list[Link]:
    found: list[Link] = []
    for item in outline.issue.items:
        for part in (part for part in item.parts if part.page == page):
            for float_ in part.floats:
                regions = outline.known(float_.regions, page)
                image = next((r for r in regions if r.kind is RegionKind.IMAGE), None)
                found += [
                    (region.id, image.id, "caption of image", None)
                    for region in regions
                    if image and region.kind in (RegionKind.CAPTION, RegionKind.PHOTO_CREDIT)
                ]
    return found
