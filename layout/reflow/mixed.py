"""Parts regions that hold more than one role: a kicker with its headline, a folio beside a date.

Geometry puts together what stands close; the difference shows in the size of the letters line by line,
in white inside a line that no word space has, and in what the text says.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from layout.document import (
    CONTAINERS,
    RUNNING_TEXT,
    Appearance,
    Box,
    Page,
    Region,
    RegionKind,
    TextLine,
    ids,
    union,
)
from layout.reflow.field import RowIndex
from layout.reflow.measure import Body, base, line_size
from layout.reflow.wording import is_byline, is_date, is_quotation, lone_number

_WHOLE = CONTAINERS | RUNNING_TEXT | {RegionKind.TABLE_CELL, RegionKind.SEPARATOR, RegionKind.IMAGE}
_STEP = 0.17  # log of the ratio of sizes from which two lines are of different type: about 1.2
_DOUBT = 1.2  # added to it for each letter's share: the size of a line of few letters is uncertain
_APART = 1.6  # line heights of white inside a line: word spaces, even justified, are below one
_HELD, _LEADING = 1.6, 1.12  # ratios of sizes and of steps between lines of one type
_TELLING = 8  # letters from which a line's size is worth something
_RULED = 0.4  # share of a region's width that a rule between its lines covers
_OVER, _FEW = 1.4, 4  # column widths and lines: more of either is running text
_STRIP = 0.12  # share of the page's height at head and foot where lines of set pieces stand


def part_mixed(page: Page, body: Body, usual: float, numbers: Iterator[int]) -> Page:
    """The page with such regions parted; the first piece keeps the id, the others are numbered on.

    ``usual`` is the width of the page's columns. Running text is left to `paragraphs`, save a few lines
    over more than one column, which are a deck and who wrote; text that came typed from another system
    is left whole.
    """

    def rebuild(regions: Sequence[Region]) -> Iterator[Region]:
        rules = RowIndex.of((r.box for r in regions if _is_level_rule(r)), body.pitch)
        for region in regions:
            region = replace(region, children=tuple(rebuild(region.children)))
            if region.rotation or region.origin == "import" or not region.lines:
                yield region
                continue
            pieces = [p for part in _at_rules(region, rules, body) for p in _pieces(part, page, body, usual)]
            for n, piece in enumerate(pieces):
                yield (
                    piece if n == 0 else replace(piece, id=ids.region_id(page.id, next(numbers)), children=())
                )

    return replace(page, regions=tuple(rebuild(page.regions)))


def _is_level_rule(region: Region) -> bool:
    return region.kind is RegionKind.SEPARATOR and region.box.width > 3 * region.box.height


def _at_rules(region: Region, rules: RowIndex, body: Body) -> Iterator[Region]:
    """The region, cut where a rule runs between two of its lines: no rule is printed inside a text.

    What was taken for a quotation as a whole is of unknown kind in pieces.
    """
    if len(region.lines) < 2 or region.kind in CONTAINERS:
        yield region
        return
    first, box = 0, region.box
    near = [rules.boxes[n] for n in rules.across(box.y0, box.y1)]
    for n, (above, below) in enumerate(pairwise(region.lines), 1):
        if any(_parts(rule, above.box, below.box) for rule in near):
            yield _cut(region, region.lines[first:n], body)
            first = n
    yield _cut(region, region.lines[first:], body) if first else region


def _parts(rule: Box, above: Box, below: Box) -> bool:
    if not above.center[1] < rule.center[1] < below.center[1]:
        return False
    return any(rule.overlap_x(line) > _RULED * line.width for line in (above, below))


def _cut(region: Region, lines: tuple[TextLine, ...], body: Body) -> Region:
    kind = RegionKind.UNKNOWN if region.kind is RegionKind.PULL_QUOTE else region.kind
    return replace(
        region, kind=kind, lines=lines, box=display_box(lines, body), polygon=None, appearance=_look(region)
    )


def _pieces(region: Region, page: Page, body: Body, usual: float) -> list[Region]:
    groups: list[tuple[TextLine, ...]]
    if region.kind in RUNNING_TEXT:
        wide = 0 < _OVER * usual < region.lines[0].box.width and 1 < len(region.lines) <= _FEW
        groups = list(_by_credit(region.lines, body, page.language)) if wide else [region.lines]
    elif region.kind in _WHOLE:
        return [region]
    elif len(region.lines) == 1:
        groups = [(line,) for line in _part_line(region.lines[0], page)]
    else:
        groups = list(group_by_type(region.lines, body, page.language))
    if len(groups) == 1:
        return [region]
    return [
        replace(region, lines=lines, box=display_box(lines, body), polygon=None, appearance=_look(region))
        for lines in groups
    ]


def _look(region: Region) -> Appearance:
    """A piece's appearance: sizes measured over the mixed whole say nothing of it."""
    return replace(region.appearance, letter_height=None, line_pitch=None, weight=None)


def group_by_type(
    lines: Sequence[TextLine], body: Body, language: str | None
) -> Iterator[tuple[TextLine, ...]]:
    """Runs of lines of one size, from top to bottom; lines at even leading and a passage in quotation
    marks are one run.
    """
    one = is_quotation(" ".join(line.text for line in lines)) or _is_even(lines, body)
    group = [lines[0]]
    for above, line in pairwise(lines):
        differs = not one and _differ(group, line, body)
        if differs or _turns_credit(above, line, body, language):
            yield tuple(group)
            group = []
        group.append(line)
    yield tuple(group)


def _by_credit(lines: Sequence[TextLine], body: Body, language: str | None) -> Iterator[tuple[TextLine, ...]]:
    """The lines, those that say who wrote or when apart."""
    group = [lines[0]]
    for above, line in pairwise(lines):
        if _turns_credit(above, line, body, language):
            yield tuple(group)
            group = []
        group.append(line)
    yield tuple(group)


def _differ(group: Sequence[TextLine], line: TextLine, body: Body) -> bool:
    a, b = line_size(group, body), line_size((line,), body)
    letters = min(sum(len(x.text) for x in group), len(line.text))
    return abs(math.log(max(a, 0.1) / max(b, 0.1))) > _STEP + _DOUBT / max(1, letters)


def _is_even(lines: Sequence[TextLine], body: Body) -> bool:
    """Whether three lines and more stand at one leading: then they are of one type, and what measures
    otherwise is dirt or a neighbour's ink.
    """
    if len(lines) < 3:
        return False
    steps = [base(below) - base(above) for above, below in pairwise(lines)]
    sizes = [line_size((line,), body) for line in lines if len(line.text) >= _TELLING]
    if min(steps) <= 0 or max(steps) > _LEADING * min(steps) or len(sizes) < 2:
        return False
    return max(sizes) < _HELD * min(sizes)


def _turns_credit(above: TextLine, line: TextLine, body: Body, language: str | None) -> bool:
    """Whether a line of body size says who wrote or when, and the line above does not."""
    if line_size((line,), body) > 1.25:
        return False

    def credit(text: str) -> bool:
        return is_byline(text, language) or is_date(text, language)

    return credit(line.text) and (
        not credit(above.text) or is_date(line.text, language) != is_date(above.text, language)
    )


def display_box(lines: Sequence[TextLine], body: Body) -> Box:
    """The hull of the lines' typographic boxes: the letters' full height with a little white.

    Type is set about as high from top of ascenders to foot of descenders as its nominal size, and display
    type with a fifth of that as white; the usual ascent and descent of the page are scaled to the lines'
    size, so that a word without descenders gets the same box as its neighbours.
    """
    boxes = [line.box for line in lines]
    size = line_size(lines, body)
    white = 0.1 * size * (body.ascent + body.descent)
    top = base(lines[0]) - size * body.ascent - white
    bottom = base(lines[-1]) + size * body.descent + white
    hull = union(boxes)
    if all(lone_number(line.text) for line in lines):
        grow = 0.6 * max(box.height for box in boxes)  # figures reach neither up nor down as letters do
        top, bottom = min(top, hull.y0 - grow), max(bottom, hull.y1 + grow)
    return Box(hull.x0, min(top, hull.y0), hull.x1, max(bottom, hull.y1))


def _part_line(line: TextLine, page: Page) -> list[TextLine]:
    """A line of the page's head or foot in the pieces it was set in; any other line whole.

    Cut at white that is no word space; a number at either end is cut off at less, for a folio stands
    close beside the date.
    """
    y = line.box.center[1]
    if len(line.words) < 2 or _STRIP * page.height < y < (1 - _STRIP) * page.height:
        return [line]
    cuts: list[int] = []
    for n, (a, b) in enumerate(pairwise(line.words), 1):
        gap = max(b.box.x0 - a.box.x1, a.box.x0 - b.box.x1)
        if gap > _APART * line.box.height or gap > _folio_gap(line, n) * line.box.height:
            cuts.append(n)
    if not cuts:
        return [line]
    return [
        _slice(line, first, after, n)
        for n, (first, after) in enumerate(pairwise([0, *cuts, len(line.words)]))
    ]


def _folio_gap(line: TextLine, n: int) -> float:
    """White, in line heights, that cuts a number off at word ``n``; without limit where none stands there.

    A folio drawn larger than all other words needs hardly more than a word space.
    """
    number, others = (line.words[0], line.words[1:]) if n == 1 else (line.words[-1], line.words[:-1])
    if n not in (1, len(line.words) - 1) or not (lone_number(number.text) and len(number.text) < 4):
        return math.inf
    larger = number.box.height > 1.3 * max(word.box.height for word in others)
    return 0.3 if larger else 0.9


def _slice(line: TextLine, first: int, after: int, number: int) -> TextLine:
    words = line.words[first:after]
    box = union(word.box for word in words)
    baseline = tuple((x, _height_at(line, x)) for x in (box.x0, box.x1)) if line.baseline else ()
    name = line.id if number == 0 else f"{line.id}{chr(ord('a') + number)}"
    return replace(line, id=name, words=words, box=box, baseline=baseline, polygon=None)


def _height_at(line: TextLine, x: float) -> float:
    """The baseline's y at x, drawn out straight beyond its ends."""
    points = line.baseline
    for (x0, y0), (x1, y1) in pairwise(points):
        if x <= x1 or (x1, y1) == points[-1]:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0) if x1 > x0 else y0
    return points[0][1]
