"""Where articles may go on on another page: their notices, their texts, and the pages' numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from layout.document import Item, ItemKind, Region, RegionKind
from layout.reflow.notices import Notice, Points, first_number, notice_of

TEXT = frozenset({RegionKind.LEAD, RegionKind.PARAGRAPH, RegionKind.QUESTION, RegionKind.ANSWER})
NAMED = 0.7  # a notice that names the other part's page
_NEAR = 0.6  # a notice that names the page but was put to a neighbour whose title is another
_UNREAD = 0.4  # a notice whose page number could not be read
_OTHER = 0.3  # a notice that names another page: one digit is easily misread


@dataclass(frozen=True, slots=True)
class End:
    """One article's loose end: its page's place and number, its notices with their regions, its texts.

    ``around`` are the notices of all articles of the page.
    """

    item: Item
    place: int
    number: int
    notices: tuple[tuple[str, Notice], ...]
    text: tuple[Region, ...]
    around: tuple[tuple[str, Notice], ...] = ()

    def says(self, points: Points) -> list[Notice]:
        return [notice for _, notice in self.notices if notice.points is points]

    def names(self, points: Points, page: int) -> bool:
        return any(notice.page == page for notice in self.says(points))


@dataclass(frozen=True, slots=True)
class Told:
    """What one side's notices are worth, the page they name in words, and the notices' regions."""

    worth: float
    where: str = ""
    regions: frozenset[str] = frozenset()


def find_ends(
    items: Sequence[Item], regions: Mapping[str, Region], numbers: Mapping[str, int | None]
) -> list[End]:
    """The loose ends of all articles that stand on one page.

    ``numbers`` are the pages' printed numbers in physical order; where none is printed, the notices tell
    them, and else they count from 1.
    """
    single = [item for item in items if item.kind is ItemKind.ARTICLE and len(item.parts) == 1]
    places = {page: place for place, page in enumerate(numbers)}
    read = {item.id: _notices(item, regions) for item in single}
    first = first_number([(places[i.parts[0].page], notice) for i in single for _, notice in read[i.id]])
    ends: list[End] = []
    around: dict[int, list[tuple[str, Notice]]] = defaultdict(list)
    for item in single:
        page = item.parts[0].page
        printed = numbers[page]
        number = first + places[page] if printed is None else printed
        notices = tuple((region, notice.seen_from(number)) for region, notice in read[item.id])
        around[places[page]] += notices
        ends.append(End(item, places[page], number, notices, _texts(item, regions)))
    return [replace(end, around=tuple(around[end.place])) for end in ends]


def _notices(item: Item, regions: Mapping[str, Region]) -> list[tuple[str, Notice]]:
    found = [(region, notice_of(regions[region])) for region in item.parts[0].notices if region in regions]
    return [(region, notice) for region, notice in found if notice]


def _texts(item: Item, regions: Mapping[str, Region]) -> tuple[Region, ...]:
    blocks = [block for block in item.parts[0].blocks if block.kind in TEXT]
    return tuple(regions[region] for block in blocks for region in block.regions if region in regions)


def told_by(end: End, points: Points, page: int, answered: bool, alike: bool) -> Told:
    """What an end's notices say of another part on this page.

    Where the other part's notice has ``answered``, a page's bare number counts as well, and for titles
    that are ``alike`` a notice on the page that was put to another article.
    """
    said = [(region, n) for region, n in end.notices if n.points is points and (answered or not n.bare)]
    named = frozenset(region for region, notice in said if notice.page == page)
    if named:
        return Told(NAMED, f"page {page}", named)
    near = frozenset(region for region, n in end.around if n.points is points and n.page == page)
    if near and alike and answered:
        return Told(_NEAR, f"page {page} (in a notice put to another article)", near)
    unread = frozenset(region for region, notice in said if notice.page is None)
    if unread:
        return Told(_UNREAD, "a page whose number is not read", unread)
    return Told(-_OTHER if said else 0.0)
