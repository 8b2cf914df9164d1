"""Issues as reflow makes them, drawn by chance: each region in one place, each float of its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from layout.document import (
    Block,
    Box,
    Float,
    Issue,
    Item,
    ItemKind,
    Metadata,
    Page,
    Part,
    Region,
    RegionKind,
    SourceImage,
    Target,
    TextLine,
    Word,
    ids,
)
from layout.export.settle import clean_text
from tests.any_issues import DIRECTIONS, HEIGHT, LANGUAGES, WIDTH, name
from tests.dice import Dice

K = RegionKind
_TEXT = (K.KICKER, K.HEADLINE, K.SUBHEADLINE, K.BYLINE, K.DATELINE, K.LEAD, K.PARAGRAPH, K.QUESTION)
_TEXT += (K.ANSWER, K.CROSSHEAD, K.VERSE, K.FOOTNOTE, K.UNKNOWN)
_APART = (K.PAGE_NUMBER, K.RUNNING_HEAD, K.SECTION_LABEL, K.SEPARATOR, K.NOISE)


def _word(dice: Dice) -> str:
    """A clean word without a space; none of it may be left."""
    return clean_text(dice.text(1, 8)).replace(" ", "")


class _Page:
    """A page while it is drawn: its regions get numbers in the order in which they are asked for."""

    def __init__(self, dice: Dice, number: int) -> None:
        self.dice = dice
        self.id = ids.page_id(number)
        self.count = 0
        self.tops: list[Region] = []
        self.words: list[Word] = []

    def region(
        self, kind: RegionKind, children: Sequence[Region] = (), *, lines: int | None = None
    ) -> Region:
        dice = self.dice
        self.count += 1
        id_ = ids.region_id(self.id, self.count)
        count = dice.whole(0, 2) if lines is None else lines
        return Region(
            id_,
            kind,
            self._box(),
            tuple(self._line(id_, number) for number in range(1, count + 1)),
            tuple(children),
            confidence=dice.maybe(dice.share),
            direction=dice.maybe(lambda: dice.one(DIRECTIONS)),
            language=dice.one(LANGUAGES),
            column=dice.maybe(lambda: dice.whole(0, 2)),
        )

    def top(self, kind: RegionKind, children: Sequence[Region] = (), *, lines: int | None = None) -> Region:
        """A region that stands in no other."""
        made = self.region(kind, children, lines=lines)
        self.tops.append(made)
        return made

    def _box(self) -> Box:
        x, y = self.dice.whole(0, WIDTH - 40), self.dice.whole(0, HEIGHT - 40)
        return Box(x, y, x + self.dice.whole(10, 300), y + self.dice.whole(10, 300))

    def _line(self, region: str, number: int) -> TextLine:
        dice = self.dice
        id_, box = ids.line_id(region, number), self._box()
        texts = [text for text in dict.fromkeys(dice.some(3, lambda: _word(dice))) if text]
        made = tuple(
            Word(ids.word_id(id_, n), text, box, dice.maybe(dice.share), dice.maybe(lambda: _word(dice)))
            for n, text in enumerate(texts, 1)
        )
        self.words += made
        return TextLine(id_, box, made)


class _Items:
    """The items while they are drawn."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.done: list[Item] = []
        self.count = 0

    def begin(self) -> tuple[str, list[str]]:
        """The id of the next item, and a place to count its blocks."""
        self.count += 1
        return ids.item_id(self.count), []

    def block(self, item: str, counted: list[str], kind: RegionKind, regions: Sequence[Region]) -> Block:
        counted.append(ids.block_id(item, len(counted) + 1))
        spoken = kind in (K.QUESTION, K.ANSWER)
        return Block(
            counted[-1],
            kind,
            tuple(region.id for region in regions),
            turn=1 if spoken else None,
            confidence=self.dice.share(),
        )

    def text(
        self, page: _Page, item: str, counted: list[str], *, inside: list[Region] | None, least: int
    ) -> tuple[list[Block], list[Float]]:
        """Blocks of text with pictures and pull-quotes beside them; ``inside`` a box, or on the page."""
        dice = self.dice

        def place(kind: RegionKind, *, lines: int | None = None) -> Region:
            if inside is None:
                return page.top(kind, lines=lines)
            made = page.region(kind, lines=lines)
            inside.append(made)
            return made

        blocks = []
        printed: dict[str, list[str]] = {}
        for _ in range(dice.whole(least, 3)):
            kind = dice.one(_TEXT)
            regions = [place(kind) for _ in range(dice.whole(1, 2))]
            blocks.append(self.block(item, counted, kind, regions))
            lines = (line for region in regions for line in region.lines)
            printed[blocks[-1].id] = [word.text for line in lines for word in line.words]
        floats = []
        for _ in range(dice.whole(0, 2)):
            kind = dice.one((K.IMAGE, K.PULL_QUOTE, K.CAPTION))
            regions = [place(kind, lines=0 if kind is K.IMAGE else None)]
            if kind is K.IMAGE and dice.coin():
                regions.append(place(K.CAPTION))
            targets = self._passages(printed) if kind is K.PULL_QUOTE else ()
            sure = dice.share()
            floats.append(Float(kind, tuple(r.id for r in regions), targets, confidence=sure))
        return blocks, floats

    def _passages(self, printed: Mapping[str, Sequence[str]]) -> tuple[Target, ...]:
        """The first words of a block that has any."""
        told = [id_ for id_, texts in printed.items() if texts]
        if not told or self.dice.coin():
            return ()
        block = self.dice.one(told)
        count = self.dice.whole(1, len(printed[block]))
        return (Target(block, 0, len(" ".join(printed[block][:count])), 1.0),)


def sound_issue(dice: Dice) -> Issue:
    """An issue of up to three pages."""
    pages = [_Page(dice, number) for number in range(1, dice.whole(1, 3) + 1)]
    items = _Items(dice)
    for page in pages:
        for _ in range(dice.whole(0, 3)):
            _add(dice, page, items)
        for kind in dice.some(2, lambda: dice.one(_APART)):
            page.top(kind)
    _join(dice, items, pages)
    made = tuple(
        Page(
            page.id,
            WIDTH,
            HEIGHT,
            dpi=300.0,
            source=SourceImage("scan & co.png"),
            regions=tuple(page.tops),
            direction=dice.one(DIRECTIONS),
            language=dice.one(LANGUAGES),
        )
        for page in pages
    )
    known = Metadata(title=dice.maybe(lambda: name(dice)), language=dice.one(LANGUAGES))
    return Issue("gazette-1900", made, tuple(items.done), (), known)


def _add(dice: Dice, page: _Page, items: _Items) -> None:
    kind = dice.one((ItemKind.ARTICLE, ItemKind.ADVERTISEMENT, ItemKind.SIDEBAR, ItemKind.TABLE))
    if kind is ItemKind.ARTICLE:
        _article(dice, page, items)
    elif kind is ItemKind.SIDEBAR:
        _sidebar(dice, page, items, None)
    elif kind is ItemKind.TABLE:
        id_, counted = items.begin()
        cells = [page.region(K.TABLE_CELL) for _ in range(dice.whole(0, 4))]
        table = page.top(K.TABLE, cells, lines=0 if cells else None)
        items.done.append(Item(id_, kind, (Part(page.id, (items.block(id_, counted, K.TABLE, [table]),)),)))
    else:
        id_, counted = items.begin()
        inside: list[Region] = []
        box_kind = dice.one((K.ADVERTISEMENT, K.DEATH_NOTICE))
        counted.append(ids.block_id(id_, 1))
        blocks, floats = items.text(page, id_, counted, inside=inside, least=0)
        box = page.top(box_kind, inside)
        first = replace(items.block(id_, [], box_kind, [box]), confidence=None)
        items.done.append(Item(id_, kind, (Part(page.id, (first, *blocks), tuple(floats)),)))


def _article(dice: Dice, page: _Page, items: _Items) -> None:
    id_, counted = items.begin()
    place = len(items.done)
    blocks, floats = items.text(page, id_, counted, inside=None, least=1)
    for _ in range(dice.whole(0, 1)):
        floats.append(_sidebar(dice, page, items, id_))
    notices = tuple(page.top(K.CONTINUATION).id for _ in range(dice.whole(0, 1)))
    part = Part(page.id, tuple(blocks), tuple(floats), notices, dice.maybe(dice.share), "")
    items.done.insert(place, Item(id_, ItemKind.ARTICLE, (part,), confidence=dice.maybe(dice.share)))


def _sidebar(dice: Dice, page: _Page, items: _Items, parent: str | None) -> Float:
    """A box of its own, or in an article; empty ones too, and such as hold no more than a notice."""
    id_, counted = items.begin()
    inside: list[Region] = []
    own = dice.whole(0, 1)
    if own or parent is None:
        counted.append(ids.block_id(id_, 1))
    blocks, floats = items.text(page, id_, counted, inside=inside, least=0)
    if dice.coin():
        inside.append(page.region(K.CONTINUATION))
    box = page.top(K.SIDEBAR, inside, lines=own)
    if own or parent is None:
        blocks.insert(0, replace(items.block(id_, [], K.SIDEBAR, [box]), confidence=None))
    part = Part(page.id, tuple(blocks), tuple(floats))
    items.done.append(Item(id_, ItemKind.SIDEBAR, (part,), parent=parent))
    return Float(K.SIDEBAR, (box.id,), item=id_)


def _join(dice: Dice, items: _Items, pages: list[_Page]) -> None:
    """Some article goes on in the first of the next page."""
    for first, second in pairwise(pages):
        here = [n for n, item in enumerate(items.done) if _ends(item, first.id)]
        there = [n for n, item in enumerate(items.done) if _ends(item, second.id) and len(item.parts) == 1]
        if here and there and dice.coin():
            a, b = items.done[here[-1]], items.done[there[0]]
            numbers = iter(range(sum(len(p.blocks) for p in a.parts) + 1, 1000))
            part = b.parts[0]
            named = {block.id: ids.block_id(a.id, next(numbers)) for block in part.blocks}
            blocks = tuple(replace(block, id=named[block.id]) for block in part.blocks)
            floats = tuple(
                replace(one, targets=tuple(replace(t, block=named[t.block]) for t in one.targets))
                for one in part.floats
            )
            part = replace(part, blocks=blocks, floats=floats, confidence=0.5, follows="the text reads on")
            items.done[here[-1]] = replace(a, parts=(*a.parts, part))
            items.done = [
                replace(item, parent=a.id) if item.parent == b.id else item
                for item in items.done
                if item is not b
            ]


def _ends(item: Item, page: str) -> bool:
    return item.kind is ItemKind.ARTICLE and item.parts[-1].page == page
