"""Hypothesis strategies for document values: any text, any nesting, bad boxes, empty pages."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import strategies as st

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
    ProcessingStep,
    Region,
    RegionKind,
    SourceImage,
    Target,
    TextLine,
    Word,
    ids,
)
from layout.export.settle import clean_text

WIDTH, HEIGHT = 1000, 1400
_FLOATS = [RegionKind.IMAGE, RegionKind.PULL_QUOTE, RegionKind.SIDEBAR, RegionKind.TABLE]

texts = st.text(min_size=0, max_size=12)
names = st.one_of(st.none(), st.text(min_size=1, max_size=20))
languages = st.sampled_from([None, "fa", "ar", "en", "de", "grc", "zh-Hant"])
directions = st.sampled_from(list(Direction))
confidences = st.one_of(st.none(), st.floats(0, 1))
kinds = st.sampled_from(list(RegionKind))
numbers = st.one_of(
    st.integers(-50, WIDTH + 50).map(float),
    st.sampled_from([float("nan"), float("inf"), float("-inf"), -1e12, 0.5]),
)
boxes = st.builds(Box, numbers, numbers, numbers, numbers)
points = st.tuples(numbers, numbers)


@st.composite
def lines(draw: st.DrawFn, region: str, number: int) -> TextLine:
    """A line with some words, also none; no word twice, which in the same place would be a fault of it."""
    id_ = ids.line_id(region, number)
    printed = draw(st.lists(texts, max_size=3, unique_by=clean_text))
    words = tuple(
        Word(
            ids.word_id(id_, n),
            text,
            draw(boxes),
            draw(confidences),
            draw(st.one_of(st.none(), texts)),
            draw(languages),
        )
        for n, text in enumerate(printed, 1)
    )
    return TextLine(
        id_,
        draw(boxes),
        words,
        tuple(draw(st.lists(points, max_size=3))),
        draw(st.one_of(st.none(), st.lists(points, max_size=5).map(tuple))),
        draw(st.one_of(st.none(), directions)),
        draw(languages),
        draw(confidences),
    )


@st.composite
def pages(draw: st.DrawFn, number: int) -> Page:
    """A page with a few regions, containers with parts in them, or a page that failed."""
    page = ids.page_id(number)
    if draw(st.integers(0, 9)) == 0:
        return Page(page, 0, 0, source=SourceImage("lost.tif"), failed="the file is truncated")
    counter = iter(range(1, 1000))

    def region(depth: int) -> Region:
        id_ = ids.region_id(page, next(counter))
        kind = draw(kinds)
        inner = draw(st.integers(0, 2)) if depth < 2 and kind in CONTAINERS else 0
        return Region(
            id_,
            kind,
            draw(boxes),
            tuple(draw(lines(id_, n)) for n in range(1, draw(st.integers(0, 2)) + 1)),
            tuple(region(depth + 1) for _ in range(inner)),
            draw(st.one_of(st.none(), st.lists(points, max_size=6).map(tuple))),
            draw(confidences),
            direction=draw(st.one_of(st.none(), directions)),
            language=draw(languages),
            rotation=draw(st.sampled_from([0, 0, 90, 270])),
            column=draw(st.one_of(st.none(), st.integers(0, 3))),
        )

    steps = (ProcessingStep("text recognition", "some engine", "5.3-x", (("language", "fas"),)),)
    return Page(
        page,
        WIDTH,
        HEIGHT,
        dpi=draw(st.sampled_from([None, 300.0])),
        source=SourceImage(draw(st.sampled_from(["", "صفحه ۱.tif", "scan & co.png", "issue.pdf"]))),
        regions=tuple(region(0) for _ in range(draw(st.integers(0, 5)))),
        direction=draw(directions),
        language=draw(languages),
        steps=draw(st.sampled_from([(), steps])),
    )


@st.composite
def issues(draw: st.DrawFn) -> Issue:
    """An issue whose items claim some of the regions, in any order and of any kind."""
    made = tuple(draw(pages(n)) for n in range(1, draw(st.integers(0, 3)) + 1))
    free = {
        page.id: draw(st.permutations([r.id for r in page.walk() if r.kind not in RUNNING_MATTER]))
        for page in made
    }
    items: list[Item] = []
    for n in range(1, draw(st.integers(0, 3)) + 1):
        items.append(_item(draw, ids.item_id(n), free, items))
    words = [w for page in made for r in page.walk() for line in r.lines for w in line.words]
    joins = tuple(
        Join(a.id, b.id, draw(texts), draw(st.sampled_from(["", "-", "="])))
        for a, b in pairwise(words)
        if draw(st.integers(0, 4)) == 0
    )
    known = draw(
        st.builds(Metadata, names, st.sampled_from([None, "1900-01-02", "1900-13-40", "soon"]), names, names)
    )
    known = replace(known, language=draw(languages), rights=draw(names), title=known.title)
    return Issue(draw(st.sampled_from(["gazette-1900", "p0001", "i0001"])), made, tuple(items), joins, known)


def _item(draw: st.DrawFn, id_: str, free: dict[str, list[str]], before: list[Item]) -> Item:
    counter = iter(range(1, 100))
    parts = []
    for page, left in free.items():
        if left and draw(st.booleans()):
            parts.append(_part(draw, id_, page, left, counter, before))
    return Item(
        id_,
        draw(st.sampled_from(list(ItemKind))),
        tuple(parts),
        title=draw(names),
        genre=draw(st.sampled_from([None, "interview"])),
        parent=before[-1].id if before and draw(st.booleans()) else None,
        language=draw(languages),
        confidence=draw(confidences),
    )


def _part(
    draw: st.DrawFn, item: str, page: str, left: list[str], counter: object, before: list[Item]
) -> Part:
    def take() -> tuple[str, ...]:
        count = draw(st.integers(0, 2))
        return tuple(left.pop() for _ in range(min(count, len(left))))

    blocks = tuple(
        Block(
            ids.block_id(item, next(counter)),  # type: ignore[call-overload]
            draw(kinds),
            take(),
            speaker=draw(st.sampled_from([None, "ع. ا."])),
            turn=draw(st.sampled_from([None, 1])),
            continued=draw(st.booleans()),
            confidence=draw(confidences),
        )
        for _ in range(draw(st.integers(0, 4)))
    )
    target = st.builds(
        Target,
        st.sampled_from([*(block.id for block in blocks), "nowhere"]),
        st.integers(0, 8),
        st.integers(0, 20),
        st.floats(0, 1),
    )
    floats = tuple(
        Float(
            draw(
                st.sampled_from(
                    [RegionKind.IMAGE, RegionKind.PULL_QUOTE, RegionKind.SIDEBAR, RegionKind.TABLE]
                )
            ),
            take(),
            tuple(draw(st.lists(target, max_size=2))),
            item=draw(st.sampled_from([None, item, *(earlier.id for earlier in before)])),
            confidence=draw(confidences),
        )
        for _ in range(draw(st.integers(0, 2)))
    )
    return Part(page, blocks, floats, take(), draw(confidences))
