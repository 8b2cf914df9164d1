"""The text of a TEI file that newsreflow wrote -> items: their parts, blocks, floats and links.

The elements say what is what (`export/tei_blocks.py` has the table); their `facs` name the regions. A
division with an id is an item or a later part of one; `pb` begins a page; what comes after the text of a
part, figures, pull-quotes and boxes, are its floats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field, replace

from lxml import etree

from layout.document import (
    Block,
    Float,
    Issue,
    Item,
    ItemKind,
    Part,
    Region,
    RegionKind,
    Target,
    ids,
)
from layout.source.xml_input import local_name

Element = etree._Element
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
K = RegionKind

#: How `certainty` names the part of an item that begins with a page: by its pb.
_PAGE_BEGUN = re.compile("@facs='#(.*?)'")

_TEXT_ELEMENTS = ("p", "ab", "head", "byline", "dateline", "lg", "note")
_HEADS = {"kicker": K.KICKER, "main": K.HEADLINE, "sub": K.SUBHEADLINE, "crosshead": K.CROSSHEAD}

#: Elements that hold words which are not the block's own.
_SKIPPED = ("reg", "gap", "desc")


def read_items(
    tei: Element, issue: Issue, named: Set[str] = frozenset(), beside: Set[str] = frozenset()
) -> tuple[Item, ...]:
    """The items of a TEI file whose pages are those of ``issue``, in the order in which they begin.

    ``named``: the regions that the reading order of the ALTO files names for themselves, not as the frame
    around others; ``beside``: those of them that stand beside a text.
    """
    reader = _Reader(issue, named, beside)
    for person in tei.iterfind("{*}teiHeader//{*}person"):
        name = person.findtext("{*}persName", "").strip()
        if name:
            reader.people[f"#{person.get(XML_ID)}"] = name
    for doubt in tei.iterfind("{*}standOff/{*}certainty"):
        _, _, why = doubt.findtext("{*}desc", "").partition(": ")
        target, page = (
            (doubt.get("target") or "").removeprefix("#"),
            _PAGE_BEGUN.search(doubt.get("match") or ""),
        )
        if doubt.get("locus") == "name":
            reader.reasons[target] = why
        else:
            reader.sure[target, page and page.group(1)] = _number(doubt.get("degree")), why
    body = tei.find("{*}text/{*}body")
    front = tei.find("{*}text/{*}front/{*}pb")
    reader.page = (front.get("facs") or "").removeprefix("#") if front is not None else ""
    for element in body if body is not None else ():
        reader.top(element)
    return reader.finished()


@dataclass
class _Open:
    """An item while it is read."""

    item: Item
    parts: list[Part] = field(default_factory=list)
    last: int = 0

    def block_id(self, stated: str = "") -> str:
        """The id of the next block: as it is ``stated``, else by the number after the last one."""
        number = re.search(r"_b(\d{1,9})$", stated)
        self.last = max(self.last + 1, int(number.group(1)) if number else 0)
        return stated or ids.block_id(self.item.id, self.last)


@dataclass
class _Part:
    """A part of an item while it is read."""

    page: str
    blocks: list[Block] = field(default_factory=list)
    floats: list[Float] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    boxes: tuple[str, ...] = ()
    division: str = ""
    confidence: float | None = None
    follows: str = ""

    def closed(self) -> Part:
        lists = tuple(self.blocks), tuple(self.floats), tuple(self.notices)
        return Part(self.page, *lists, self.confidence, self.follows)


class _Reader:
    """Reads the divisions of one file."""

    def __init__(self, issue: Issue, named: Set[str], beside: Set[str]) -> None:
        self.named = named
        self.beside = beside
        self.regions = issue.regions()
        self.inside = {
            child.id: region.id for page in issue.pages for region in page.walk() for child in region.children
        }
        self.page = ""
        self.open: dict[str, _Open] = {}
        self.division: dict[str, str] = {}
        self.segments: dict[str, tuple[str, int, int]] = {}
        self.quotes: list[tuple[str, str, list[str]]] = []
        self.people: dict[str, str] = {}
        self.sure: dict[tuple[str, str | None], tuple[float | None, str]] = {}
        self.reasons: dict[str, str] = {}

    def top(self, element: Element) -> None:
        """A child of the body: a page beginning, or an item or a part of one."""
        name = local_name(element)
        if name == "pb":
            self.page = (element.get("facs") or "").removeprefix("#")
        elif name == "div" and element.get(XML_ID):
            self._item(element, element.get("type") or "", None)

    def finished(self) -> tuple[Item, ...]:
        """The items, pull-quotes linked to their passages."""
        wanted = {first: targets for first, _, targets in self.quotes}
        return tuple(
            replace(found.item, parts=tuple(self._linked(part, wanted) for part in found.parts))
            for found in self.open.values()
        )

    def _linked(self, part: Part, wanted: dict[str, list[str]]) -> Part:
        return replace(
            part,
            floats=tuple(
                replace(one, targets=tuple(self._targets(wanted[one.regions[0]])))
                if one.regions and one.regions[0] in wanted
                else one
                for one in part.floats
            ),
        )

    def _targets(self, segments: list[str]) -> Iterator[Target]:
        """The passages of these segments; neighbours in one block are one passage."""
        found: list[tuple[str, int, int]] = []
        for id_ in segments:
            if id_ not in self.segments:
                continue
            block, start, end = self.segments[id_]
            if found and found[-1][0] == block and start - found[-1][2] <= 1:
                found[-1] = (block, found[-1][1], end)
            else:
                found.append((block, start, end))
        return (Target(block, start, end, 1.0) for block, start, end in found)

    def _item(self, element: Element, kind: str, parent: str | None) -> str:
        """A division of an item, or a sidebar in one; the item's id."""
        id_ = element.get(XML_ID) or ""
        before = (element.get("prev") or "").removeprefix("#")
        item = self.division.get(before, id_)
        self.division[id_] = item
        if item not in self.open:
            found = ItemKind(kind) if kind in set(ItemKind) else ItemKind.ARTICLE
            self.open[item] = _Open(
                Item(
                    item,
                    found,
                    (),
                    genre=element.get("subtype"),
                    parent=parent,
                    language=element.get(XML_LANG),
                    confidence=_number(element.get("cert")),
                    reason=self.reasons.get(id_, ""),
                )
            )
        part = self._part(id_, item)
        body = element.find("{*}body") if local_name(element) == "floatingText" else element
        part.boxes = self._named(element)
        boxes = self._whole_boxes(element)
        if boxes:
            id_ = self.open[item].block_id()
            table = element.find("{*}table")
            sure = _number(table.get("cert")) if table is not None else None
            part.blocks.append(Block(id_, self.regions[boxes[0]].kind, boxes, confidence=sure))
        closed = boxes and kind in ("advertisement", "table")
        if not closed or self._has_blocks(element) or self._has_floats(element):
            self._children(body if body is not None else element, part, item)
        self.open[item].parts.append(part.closed())
        return item

    def _part(self, division: str, item: str) -> _Part:
        """A part that begins in this division; of which nothing is said, it is as sure as its item."""
        said = self.sure.get((division, self.page)) or self.sure.get((division, None))
        sure, follows = said or (self.open[item].item.confidence, "")
        return _Part(self.page, division=division, confidence=sure, follows=follows)

    def _whole_boxes(self, element: Element) -> tuple[str, ...]:
        """The boxes that are a block of their item: those with words of their own, those that the order of
        the page names, and those of an advertisement or table that holds just what stands in them, in order.
        """
        boxes = self._named(element)
        if local_name(element) == "floatingText":
            return tuple(box for box in boxes if self.regions[box].lines)
        if element.get("type") == "sidebar":
            return boxes if set(boxes) <= self.named else ()
        if element.get("type") not in ("advertisement", "table"):
            return ()
        if self.named and not set(boxes) <= self.named:
            return ()  # the frame around the item's blocks, and none of them
        if self._has_blocks(element):
            return boxes
        inner = [id_ for one in element.iter("{*}*") if one is not element for id_ in self._named(one)]
        held = [
            region.id
            for box in boxes
            for region in self.regions[box].walk()
            if region.id != box and region.kind not in (K.SEPARATOR, K.NOISE)
        ]
        return boxes if self._not_beside(inner) == self._not_beside(held) else ()

    def _not_beside(self, regions: list[str]) -> list[str]:
        return [id_ for id_ in regions if id_ not in self.beside]

    @staticmethod
    def _has_blocks(element: Element) -> bool:
        """Whether it holds blocks of the item: of what comes out with its box nobody says how sure it is."""
        return any(one.get("cert") for one in element.iter("{*}*") if local_name(one) in _TEXT_ELEMENTS)

    def _has_floats(self, element: Element) -> bool:
        """Whether it holds a picture or quote that the order of the page has beside the item's text."""
        found = (one for one in element if local_name(one) in ("figure", "quote"))
        return any(id_ in self.beside for one in found for inner in (one, *one) for id_ in self._named(inner))

    def _children(self, element: Element, part: _Part, item: str) -> None:
        for inner in element:
            name = local_name(inner)
            if name == "pb":
                self.open[item].parts.append(part.closed())
                self.page = (inner.get("facs") or "").removeprefix("#")
                part.__dict__.update(vars(self._part(part.division, item)))
            elif name == "div":
                self._children(inner, part, item)
            elif name == "argument":
                for lead in inner:
                    self._block(lead, K.LEAD, part, item)
            elif name == "sp":
                self._turn(inner, part, item)
            elif name == "fw":
                self._forme_work(inner, part)
            elif name == "figure":
                self._figure(inner, part)
            elif name == "quote":
                self._quote(inner, part)
            elif name == "floatingText":
                self._box(inner, part, item)
            elif name == "table" and self._named(inner):
                part.floats.append(Float(K.TABLE, self._named(inner), confidence=_number(inner.get("cert"))))
            elif name in _TEXT_ELEMENTS:
                self._block(inner, self._kind(inner), part, item)

    def _forme_work(self, element: Element, part: _Part) -> None:
        """A notice; one that is no more than content of the item's box comes out with that."""
        if element.get("type") == "continuation":
            boxes = {*part.boxes, *(region for block in part.blocks for region in block.regions)}
            part.notices += [id_ for id_ in self._named(element) if not self._is_in(id_, boxes)]

    def _turn(self, element: Element, part: _Part, item: str) -> None:
        """A turn of speech: a block for each of its paragraphs."""
        kind = K.QUESTION if element.get("ana") == "#turn.question" else K.ANSWER
        turn = element.get("n") or ""
        label = element.find("{*}speaker")
        said = "".join(map(str, label.itertext())).strip() if label is not None else ""
        for number, inner in enumerate(element.iterfind("{*}p")):
            place = len(part.blocks)
            self._block(inner, kind, part, item, before=f"{said} " if said and not number else "")
            for at in range(place, len(part.blocks)):
                part.blocks[at] = replace(
                    part.blocks[at],
                    turn=int(turn) if turn.isdecimal() else None,
                    speaker=self.people.get(element.get("who") or "") or self._label(said),
                )

    @staticmethod
    def _label(said: str) -> str | None:
        return re.sub(r"[\s:\uff1a]+$", "", said) or None

    def _block(self, element: Element, kind: RegionKind, part: _Part, item: str, before: str = "") -> None:
        regions = self._named(element)
        held = any(self._is_in_block(id_, part) for id_ in regions)
        if not regions or (held and not element.get("cert")):
            return
        stated = element.get(XML_ID) or ""
        id_ = self.open[item].block_id("" if stated.endswith("_sp") else stated)
        part.blocks.append(
            Block(
                id_,
                kind,
                regions,
                continued=bool(element.get("next")),
                confidence=_number(element.get("cert")),
            )
        )
        self._passages(element, id_, len(before))

    def _is_in_block(self, id_: str, part: _Part) -> bool:
        """Whether a region stands in one that a block of the part names: it comes out with that."""
        return self._is_in(id_, {region for block in part.blocks for region in block.regions})

    def _is_in(self, id_: str, named: Set[str]) -> bool:
        outer = self.inside.get(id_)
        while outer is not None:
            if outer in named:
                return True
            outer = self.inside.get(outer)
        return False

    def _figure(self, element: Element, part: _Part) -> None:
        regions = [*self._named(element), *(id_ for inner in element for id_ in self._named(inner))]
        if not regions or self._comes_with_box(regions[0], part):
            return
        kinds = [self.regions[id_].kind for id_ in regions]
        kind = K.IMAGE if K.IMAGE in kinds else kinds[0]
        part.floats.append(Float(kind, tuple(regions), confidence=_number(element.get("cert"))))

    def _comes_with_box(self, id_: str, part: _Part) -> bool:
        """Whether a region is no more than content of a block, and no float."""
        return bool(self.named) and id_ not in self.beside and self._is_in_block(id_, part)

    def _quote(self, element: Element, part: _Part) -> None:
        regions = self._named(element)
        if regions and not self._comes_with_box(regions[0], part):
            segments = [id_.removeprefix("#") for id_ in (element.get("corresp") or "").split()]
            self.quotes.append((regions[0], part.page, segments))
            why = self.reasons.get(element.get(XML_ID) or "", "")
            sure = _number(element.get("cert"))
            part.floats.append(Float(K.PULL_QUOTE, regions, confidence=sure, reason=why))

    def _box(self, element: Element, part: _Part, item: str) -> None:
        regions = self._named(element)
        inner = self._item(element, "sidebar", item) if element.get(XML_ID) else None
        if regions or inner:
            kind = self.regions[regions[0]].kind if regions else K.SIDEBAR
            sure = None if inner else _number(element.get("cert"))
            part.floats.append(Float(K.SIDEBAR if inner else kind, regions, item=inner, confidence=sure))

    def _named(self, element: Element) -> tuple[str, ...]:
        """The regions that an element points to."""
        pointers = (id_.removeprefix("#") for id_ in (element.get("facs") or "").split())
        return tuple(id_ for id_ in pointers if id_ in self.regions)

    def _kind(self, element: Element) -> RegionKind:
        """What a block is: by its element, and by its zone where the element holds several kinds."""
        regions = self._named(element)
        zone: Region | None = self.regions[regions[0]] if regions else None
        name = local_name(element)
        if name == "head":
            return _HEADS.get(element.get("type") or "", K.HEADLINE)
        plain = {"byline": K.BYLINE, "dateline": K.DATELINE, "lg": K.VERSE, "note": K.FOOTNOTE}
        if name in plain:
            return plain[name]
        if name == "ab":
            return zone.kind if zone else K.UNKNOWN
        return K.LEAD if zone and zone.kind is K.LEAD else K.PARAGRAPH

    def _passages(self, element: Element, block: str, place: int) -> None:
        """Note where the segments of a block's text begin and end, in characters."""

        def walk(node: Element, place: int) -> int:
            if local_name(node) in _SKIPPED:
                return place
            begin = place
            if local_name(node) == "lg":
                for number, verse in enumerate(node):
                    place = walk(verse, place + bool(number))
                return place
            place += len(node.text or "")
            for inner in node:
                place = walk(inner, place) + len(inner.tail or "")
            if local_name(node) == "seg" and node.get(XML_ID):
                self.segments[node.get(XML_ID) or ""] = (block, begin, place)
            return place

        walk(element, place)


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
