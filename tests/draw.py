"""Pages drawn as blocks of letters, so that a reader sees the page and its right order.

    page = draw('''
        AAA AAA
        BBB DDD
        CCC EEE
    ''', headline="A")

Each letter is a region as large as the rectangle its characters fill. A row of the drawing is three
lines of text high, a character one line pitch wide; a row of only ``-`` and spaces is a flat rule, as
thin as rules are, and ``|`` an upright one. Kinds are named by keyword, everything else is a paragraph;
what stands inside a ``sidebar`` or ``advertisement`` is its child.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from textwrap import dedent

from layout.document import (
    CONTAINERS,
    Box,
    Direction,
    Item,
    Page,
    Region,
    RegionKind,
    TextLine,
    Word,
    union,
)
from layout.reflow import ReflowSettings, page_items

PITCH = 40.0
_CELL = 40.0
_ROW = 120.0
_THIN = 40.0
_MARGIN = 200.0


def draw(
    picture: str, direction: Direction = Direction.LTR, texts: Mapping[str, str] | None = None, **kinds: str
) -> Page:
    """The page of a picture; ``headline="AB"`` and the like give letters their kinds.

    ``texts`` gives a region its text: the first lines and the last one, parted by ``/``, or its only
    line.
    """
    rows = dedent(picture).strip("\n").splitlines()
    kind_of = {
        letter: RegionKind(name.replace("_", "-")) for name, letters in kinds.items() for letter in letters
    }
    boxes: dict[str, list[Box]] = {}
    rules: list[Box] = []
    y = _MARGIN
    for row in rows:
        thin = "-" in row and not any(char.isalnum() for char in row)
        height = _THIN if thin else _ROW
        for x, char in enumerate(row):
            cell = Box(_MARGIN + x * _CELL, y, _MARGIN + (x + 1) * _CELL, y + height)
            if char == "-":
                rules.append(Box(cell.x0, cell.center[1] - 2, cell.x1, cell.center[1] + 2))
            elif char == "|":
                rules.append(Box(cell.center[0] - 2, cell.y0, cell.center[0] + 2, cell.y1))
            elif char != " ":
                boxes.setdefault(char, []).append(cell)
        y += height
    width = 2 * _MARGIN + max(map(len, rows)) * _CELL
    regions = [
        _region(letter, kind_of.get(letter, RegionKind.PARAGRAPH), union(cells), (texts or {}).get(letter))
        for letter, cells in boxes.items()
    ]
    separators = [Region(f"rule{n}", RegionKind.SEPARATOR, box) for n, box in enumerate(_merged(rules))]
    return Page("p0001", width, y + _MARGIN, regions=(*_nested(regions), *separators), direction=direction)


def _region(letter: str, kind: RegionKind, cells: Box, text: str | None) -> Region:
    inset = 4.0
    box = Box(cells.x0, cells.y0 + inset, cells.x1, cells.y1 - inset)
    if kind in (RegionKind.IMAGE, RegionKind.SIDEBAR):
        return Region(letter, kind, box)
    count = max(1, round(cells.height / PITCH))
    large = kind in (RegionKind.HEADLINE, RegionKind.ADVERTISEMENT)
    count = max(1, count // 3) if large else count
    step = box.height / count
    texts = text.split("/") if text else []
    if len(texts) == 1:
        count = 1
        step = box.height if large else min(step, PITCH)
    lines = tuple(
        TextLine(
            f"{letter}_l{n}",
            Box(box.x0, box.y0 + n * step, box.x1, box.y0 + (n + 0.8) * step),
            _words(texts, n, count, box, letter),
        )
        for n in range(count)
    )
    return Region(letter, kind, box, lines=lines)


def _words(texts: list[str], n: int, count: int, box: Box, letter: str) -> tuple[Word, ...]:
    """The first texts stand on the first lines, the last one on the last line."""
    if not texts:
        return ()
    between = texts[n] if n < len(texts) - 1 else "more of it"
    text = texts[-1] if n == count - 1 else between
    return tuple(Word(f"{letter}_l{n}_w{k}", word, box) for k, word in enumerate(text.split()))


def _merged(cells: list[Box]) -> list[Box]:
    """Cells of rules put together to rules."""
    done: list[Box] = []
    for cell in cells:
        for n, rule in enumerate(done):
            flat = rule.y0 == cell.y0 and rule.x1 == cell.x0
            upright = rule.x0 == cell.x0 and rule.x1 == cell.x1 and rule.y1 == cell.y0
            if flat or upright:
                done[n] = union((rule, cell))
                break
        else:
            done.append(cell)
    return done


def _nested(regions: list[Region]) -> list[Region]:
    holders = [r for r in regions if r.kind in CONTAINERS and r.kind is not RegionKind.TABLE]
    inside = {
        region.id: holder.id
        for region in regions
        for holder in holders
        if holder is not region and holder.box.covers(region.box)
    }
    return [
        replace(r, children=tuple(c for c in regions if inside.get(c.id) == r.id))
        for r in regions
        if r.id not in inside
    ]


def mirrored(page: Page) -> Page:
    """The page as in a mirror, read the other way."""

    def turned(box: Box) -> Box:
        return Box(page.width - box.x1, box.y0, page.width - box.x0, box.y1)

    def region(r: Region) -> Region:
        lines = tuple(
            replace(
                line,
                box=turned(line.box),
                direction=_OTHER[line.direction] if line.direction else None,
                words=tuple(replace(word, box=turned(word.box)) for word in line.words),
                baseline=tuple((page.width - x, y) for x, y in reversed(line.baseline)),
            )
            for line in r.lines
        )
        polygon = tuple((page.width - x, y) for x, y in r.polygon) if r.polygon else None
        return replace(
            r,
            box=turned(r.box),
            lines=lines,
            polygon=polygon,
            children=tuple(region(c) for c in r.children),
            direction=_OTHER[r.direction] if r.direction else None,
        )

    return replace(page, regions=tuple(region(r) for r in page.regions), direction=_OTHER[page.direction])


_OTHER = {Direction.LTR: Direction.RTL, Direction.RTL: Direction.LTR, Direction.TTB: Direction.TTB}


def items(page: Page, settings: ReflowSettings | None = None) -> list[Item]:
    """The page's items, kinds taken as drawn."""
    return page_items(page, settings or ReflowSettings())


def articles(page: Page) -> str:
    """The items' letters in reading order, items parted by spaces; floats after the text."""
    return " ".join("".join(item.regions_on(page.id)) for item in items(page))


def order(page: Page) -> str:
    """All letters in reading order."""
    return articles(page).replace(" ", "")
