"""Issues of one or two pages whose blocks are given, for tests of what comes after the order is known."""

from __future__ import annotations

from collections.abc import Sequence

from layout.document import (
    Block,
    Float,
    Issue,
    Item,
    ItemKind,
    Metadata,
    Page,
    Part,
    Region,
    RegionKind,
    ids,
)
from tests.reflow.typeset import typeset


def issue_of(*parts: Sequence[tuple[str, str]], quotes: Sequence[str] = (), language: str = "en") -> Issue:
    """One article; each part is a page with blocks of (kind, picture); ``quotes`` float in the first."""
    pages: list[Page] = []
    made: list[Part] = []
    count = 0
    for number, part in enumerate(parts, 1):
        page_id = ids.page_id(number)
        regions: list[Region] = []
        blocks: list[Block] = []
        for kind, picture in part:
            count += 1
            regions.append(_region(page_id, len(regions) + 1, kind, picture))
            blocks.append(Block(ids.block_id("i0001", count), RegionKind(kind), (regions[-1].id,)))
        floats: list[Float] = []
        for picture in quotes if number == 1 else ():
            regions.append(_region(page_id, len(regions) + 1, "pull-quote", picture))
            floats.append(Float(RegionKind.PULL_QUOTE, (regions[-1].id,)))
        pages.append(Page(page_id, 2400, 3600, regions=tuple(regions), language=language))
        made.append(Part(page_id, tuple(blocks), tuple(floats)))
    item = Item("i0001", ItemKind.ARTICLE, tuple(made))
    return Issue("test", tuple(pages), (item,), metadata=Metadata(language=language))


def _region(page: str, number: int, kind: str, picture: str) -> Region:
    region_id = ids.region_id(page, number)
    region = typeset(picture, y=200.0 * number, kind=kind)
    lines = tuple(
        type(line)(
            ids.line_id(region_id, n),
            line.box,
            tuple(
                type(w)(ids.word_id(ids.line_id(region_id, n), k), w.text, w.box)
                for k, w in enumerate(line.words, 1)
            ),
            language=None,
        )
        for n, line in enumerate(region.lines, 1)
    )
    return Region(region_id, region.kind, region.box, lines=lines, direction=region.direction)


def blocks(issue: Issue) -> list[Block]:
    return [block for part in issue.items[0].parts for block in part.blocks]
