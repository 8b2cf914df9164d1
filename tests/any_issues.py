"""Any issue at all, drawn by chance: any text, any nesting, bad boxes, empty pages, very many regions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, pairwise

from layout.document import (
    CONTAINERS,
    RUNNING_MATTER,
    Block,
    Box,
    Direction,
    Float,
    Issue,
    Item,
    ItemKind,
    Join,
    Metadata,
    Page,
    Part,
    Point,
    ProcessingStep,
    Region,
    RegionKind,
    SourceImage,
    Target,
    TextLine,
    Word,
    ids,
)
from layout.export.settle import clean_text, whole_box
from layout.language import script_of
from tests.dice import Dice

WIDTH, HEIGHT = 1000, 1400
KINDS, DIRECTIONS = list(RegionKind), list(Direction)
LANGUAGES = (None, "fa", "ar", "en", "de", "grc", "zh-Hant")
_FLOATS = (RegionKind.IMAGE, RegionKind.PULL_QUOTE, RegionKind.SIDEBAR, RegionKind.TABLE)
_NO_NUMBERS = (float("nan"), float("inf"), float("-inf"), -1e12, 0.5)
_STEPS = (ProcessingStep("text recognition", "some engine", "5.3-x", (("language", "fas"),)),)

#: How deep regions stand in each other at most, and one issue in how many has a page of 5000 regions.
_DEEPEST, _LARGE_EVERY, _VERY_MANY = 4, 400, 5000


def name(dice: Dice) -> str:
    return dice.text(1, 20)


def any_issue(dice: Dice) -> Issue:
    """An issue whose items claim some of the regions, in any order and of any kind."""
    made = tuple(_page(dice, n) for n in range(1, dice.whole(0, 3) + 1))
    free = {
        page.id: dice.shuffled([r.id for r in page.walk() if r.kind not in RUNNING_MATTER]) for page in made
    }
    items: list[Item] = []
    for n in range(1, dice.whole(0, 3) + 1):
        items.append(_item(dice, ids.item_id(n), free, items))
    words = [w for page in made for r in page.walk() for line in r.lines for w in line.words]
    joins = tuple(
        Join(a.id, b.id, dice.text(0, 12), dice.one(("", "-", "=")))
        for a, b in pairwise(words)
        if dice.one_in(5)
    )
    known = Metadata(
        title=dice.maybe(lambda: name(dice)),
        date=dice.one((None, "1900-01-02", "1900-13-40", "soon")),
        printed_date=dice.maybe(lambda: name(dice)),
        number=dice.maybe(lambda: name(dice)),
        language=dice.one(LANGUAGES),
        rights=dice.maybe(lambda: name(dice)),
    )
    return Issue(dice.one(("gazette-1900", "p0001", "i0001")), made, tuple(items), joins, known)


def _page(dice: Dice, number: int) -> Page:
    """A page with a few regions, containers with parts in them, one that is empty, or one that failed."""
    page = ids.page_id(number)
    if dice.one_in(10):
        return Page(page, 0, 0, source=SourceImage("lost.tif"), failed="the file is truncated")
    numbers = count(1)
    many = _VERY_MANY if dice.one_in(_LARGE_EVERY) else dice.whole(0, 5)
    return Page(
        page,
        WIDTH,
        HEIGHT,
        dpi=dice.one((None, 300.0)),
        source=SourceImage(dice.one(("", "صفحه ۱.tif", "scan & co.png", "issue.pdf"))),
        regions=tuple(_region(dice, page, numbers, 0) for _ in range(many)),
        direction=dice.one(DIRECTIONS),
        language=dice.one(LANGUAGES),
        steps=dice.one(((), _STEPS)),
    )


def _region(dice: Dice, page: str, numbers: Iterator[int], depth: int) -> Region:
    id_ = ids.region_id(page, next(numbers))
    kind = dice.one(KINDS)
    inner = dice.whole(0, 2) if depth < _DEEPEST and kind in CONTAINERS else 0
    return Region(
        id_,
        kind,
        _box(dice),
        tuple(_line(dice, ids.line_id(id_, n)) for n in range(1, dice.whole(0, 2) + 1)),
        tuple(_region(dice, page, numbers, depth + 1) for _ in range(inner)),
        dice.maybe(lambda: _points(dice, 6)),
        dice.maybe(dice.share),
        direction=dice.maybe(lambda: dice.one(DIRECTIONS)),
        language=dice.one(LANGUAGES),
        rotation=dice.one((0, 0, 90, 270)),
        column=dice.maybe(lambda: dice.whole(0, 3)),
    )


def _line(dice: Dice, id_: str) -> TextLine:
    """A line with some words, also none; no word twice, which in the same place would be a fault of it."""
    printed = {clean_text(text): text for text in dice.some(3, lambda: dice.text(0, 12))}
    boxes = [_box(dice) for _ in printed]
    if any(script_of(text) in ("Arab", "Hebr") for text in printed):
        # from right to left: in the other order they would be a fault of the document
        boxes.sort(key=lambda box: whole_box(box, Box(0, 0, WIDTH, HEIGHT)).x0, reverse=True)
    words = tuple(
        Word(
            ids.word_id(id_, n),
            text,
            boxes[n - 1],
            dice.maybe(dice.share),
            dice.maybe(lambda: dice.text(0, 12)),
            dice.one(LANGUAGES),
        )
        for n, text in enumerate(printed.values(), 1)
    )
    return TextLine(
        id_,
        _box(dice),
        words,
        _points(dice, 3),
        dice.maybe(lambda: _points(dice, 5)),
        dice.maybe(lambda: dice.one(DIRECTIONS)),
        dice.one(LANGUAGES),
        dice.maybe(dice.share),
    )


def _number(dice: Dice) -> float:
    return dice.one(_NO_NUMBERS) if dice.one_in(12) else float(dice.whole(-50, WIDTH + 50))


def _box(dice: Dice) -> Box:
    return Box(_number(dice), _number(dice), _number(dice), _number(dice))


def _points(dice: Dice, most: int) -> tuple[Point, ...]:
    return tuple(dice.some(most, lambda: (_number(dice), _number(dice))))


def _item(dice: Dice, id_: str, free: dict[str, list[str]], before: list[Item]) -> Item:
    numbers = count(1)
    parts = tuple(
        _part(dice, id_, page, left, numbers, before) for page, left in free.items() if left and dice.coin()
    )
    return Item(
        id_,
        dice.one(list(ItemKind)),
        parts,
        title=dice.maybe(lambda: name(dice)),
        genre=dice.one((None, "interview")),
        parent=before[-1].id if before and dice.coin() else None,
        language=dice.one(LANGUAGES),
        confidence=dice.maybe(dice.share),
    )


def _part(
    dice: Dice, item: str, page: str, left: list[str], numbers: Iterator[int], before: list[Item]
) -> Part:
    def take() -> tuple[str, ...]:
        return tuple(left.pop() for _ in range(min(dice.whole(0, 2), len(left))))

    blocks = tuple(
        Block(
            ids.block_id(item, next(numbers)),
            dice.one(KINDS),
            take(),
            speaker=dice.one((None, "ع. ا.")),
            turn=dice.one((None, 1)),
            continued=dice.coin(),
            confidence=dice.maybe(dice.share),
        )
        for _ in range(dice.whole(0, 4))
    )
    named = (*(block.id for block in blocks), "nowhere")
    floats = tuple(
        Float(
            dice.one(_FLOATS),
            take(),
            tuple(
                dice.some(
                    2, lambda: Target(dice.one(named), dice.whole(0, 8), dice.whole(0, 20), dice.share())
                )
            ),
            item=dice.one((None, item, *(earlier.id for earlier in before))),
            confidence=dice.maybe(dice.share),
        )
        for _ in range(dice.whole(0, 2))
    )
    return Part(page, blocks, floats, take(), dice.maybe(dice.share))
