"""Classified advertisements: a column of a few lines each, with a rule after every one.

News in brief has headings, or no rules between; and what takes up a whole article has more lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from layout.document import RUNNING_TEXT, Box, Page, Region, RegionKind, union
from layout.reflow.looks import Look, Scene, look_at
from layout.reflow.measure import Body, measure_body
from layout.reflow.mixed import display_box
from layout.reflow.units import Piece

_MANY = 4  # cells in a row: rules stand by chance around two or three short texts
_LINES = 5  # of a classified advertisement
_WORDS = 4  # on average; the cells of a table have fewer
_HEADING = 1.25  # times the body's size: the larger words of an advertisement are smaller than a headline
_CLOSE = 1.0  # line pitches between the parts of one
_NEXT = 1.0  # line pitches from a text to the rule that ends it
_STEP = 4.0  # line pitches from one to the next
_HEADINGS = (RegionKind.CROSSHEAD, RegionKind.HEADLINE)
_TEXT = RUNNING_TEXT | {
    RegionKind.UNKNOWN,
    RegionKind.CROSSHEAD,
    RegionKind.PULL_QUOTE,
    RegionKind.BYLINE,
    RegionKind.SUBHEADLINE,
    RegionKind.HEADLINE,
}


def with_classifieds(page: Page) -> Page:
    """The page with such columns made advertisements, one for each text between two rules.

    Kinds that came with the input stay.
    """
    scene = look_at(page, page.regions, measure_body(page))
    found = [
        [scene.looks[n].region for n in cell]
        for stack in (_without_article(scene, stack) for stack in _stacks(scene))
        if len(stack) >= _MANY and _are_adverts([scene.looks[n] for cell in stack for n in cell], len(stack))
        for cell in stack
    ]
    if not found:
        return page
    whole = {cell[0].id: _whole(cell) for cell in found}
    gone = {part.id for cell in found for part in cell[1:]}
    regions = [whole.get(r.id, r) for r in page.regions if r.id not in gone]
    ground = _Ground.of(page, regions, scene.body)
    return replace(page, regions=tuple(ground.as_advert(r) if r.id in whole else r for r in regions))


def _stacks(scene: Scene) -> Iterator[list[list[int]]]:
    """Short texts below each other with a rule between any two, from top to bottom; each of the looks that
    stand between two rules."""
    order = sorted(range(len(scene.looks)), key=lambda n: scene.looks[n].box.y0)
    taken: set[int] = set()
    for first in order:
        stack: list[list[int]] = []
        begin: int | None = first if first not in taken and _begins(scene, first) else None
        while begin is not None:
            cell = _between_rules(scene, begin)
            if not cell or taken.intersection(cell):
                break
            taken.update(cell)
            stack.append(cell)
            below = scene.below[cell[-1]]
            begin = below if below is not None and _goes_on(scene, cell[-1], below) else None
        if stack:
            yield stack


def _without_article(scene: Scene, stack: list[list[int]]) -> list[list[int]]:
    """The stack without its first text, where that has a heading and is longer than all others: the end of an
    article."""
    lines = [sum(scene.looks[n].lines for n in cell) for cell in stack]
    first = stack[0][0]
    under = scene.above[first] is not None and not scene.rule_above[first]
    headed = under or scene.looks[first].guess in _HEADINGS
    return stack[1:] if headed and lines[0] > max(lines[1:], default=0) else stack


def _between_rules(scene: Scene, first: int) -> list[int]:
    """A text and what stands under it before the next rule; empty where that is more than a notice."""
    cell = [first]
    while True:
        below = scene.below[cell[-1]]
        if below is None or scene.rule_above[below] or scene.above[below] != cell[-1]:
            break
        if not _is_short(scene.looks[below]) or scene.gap_above(below) > _CLOSE:
            break
        if scene.looks[below].guess in _HEADINGS:
            return []  # two briefs, the second one under its heading
        cell.append(below)
    return cell if sum(scene.looks[n].lines for n in cell) <= _LINES else []


def _whole(cell: Sequence[Region]) -> Region:
    """The regions of one notice as one."""
    if len(cell) == 1:
        return cell[0]
    lines = tuple(line for part in cell for line in part.lines)
    return replace(cell[0], lines=lines, box=union(part.box for part in cell), polygon=None)


def stacked(adverts: Sequence[Piece], pitch: float) -> Iterator[list[Piece]]:
    """The advertisements of a page in groups: classified ones that stand below each other, others alone.

    Together they take up a place on the page as one large one does; each by itself would seem to part what
    stands beside it.
    """
    stack: list[Piece] = []
    first = min((piece.box.x0 for piece in adverts), default=0.0)
    for piece in sorted(adverts, key=lambda p: (round((p.box.x0 - first) / pitch), p.box.y0, p.region.id)):
        if stack and not _is_next(stack[-1], piece, pitch):
            yield stack
            stack = []
        stack.append(piece)
    if stack:
        yield stack


def _is_next(upper: Piece, lower: Piece, pitch: float) -> bool:
    if upper.region.children or lower.region.children:
        return False
    beside = upper.box.overlap_x(lower.box) > 0.5 * min(upper.box.width, lower.box.width)
    return beside and 0 <= lower.box.y0 - upper.box.y1 + pitch < _STEP * pitch


def _goes_on(scene: Scene, upper: int, lower: int) -> bool:
    return scene.above[lower] == upper and scene.rule_above[lower] and _is_short(scene.looks[lower])


def _begins(scene: Scene, n: int) -> bool:
    """Whether a short text may be the first: a rule or no text stands over it."""
    above = scene.above[n]
    free = above is None or scene.rule_above[n] or scene.looks[above].region.kind not in RUNNING_TEXT
    return free and _is_short(scene.looks[n])


def _is_short(look: Look) -> bool:
    region = look.region
    return (
        region.kind in _TEXT
        and 0 < look.lines <= _LINES
        and look.size < _HEADING
        and region.origin != "import"
        and not region.rotation
    )


def _are_adverts(looks: Sequence[Look], count: int) -> bool:
    """Whether so many say more than a table's cells do."""
    return sum(look.words for look in looks) >= _WORDS * count


@dataclass(frozen=True, slots=True)
class _Ground:
    """What stands around the notices: rules lying flat and upright, columns, and all texts."""

    level: Sequence[Box]
    upright: Sequence[Box]
    columns: Sequence[Box]
    texts: Sequence[Box]
    body: Body

    @classmethod
    def of(cls, page: Page, regions: Sequence[Region], body: Body) -> _Ground:
        rules = [region.box for region in regions if region.kind is RegionKind.SEPARATOR]
        return cls(
            [box for box in rules if box.width > 3 * box.height],
            [box for box in rules if box.height > 3 * box.width],
            [column.box for column in page.columns],
            [region.box for region in regions if region.lines],
            body,
        )

    def as_advert(self, region: Region) -> Region:
        cell = self._cell(region.box)
        type_ = display_box(region.lines, self.body)  # letters without tails take their line's height too
        box = replace(cell, y0=min(cell.y0, type_.y0), y1=max(cell.y1, type_.y1))
        reason = "advertisement: one of many short texts with a rule after each"
        return replace(
            region, kind=RegionKind.ADVERTISEMENT, box=box, polygon=None, kind_confidence=0.7, reason=reason
        )

    def _cell(self, text: Box) -> Box:
        """The text's box as wide as the rule over or under it: an advertisement's place, not its words.

        Of a rule over several columns it is what lies between the upright rules beside the text, and in its
        column; where other text stands in it all the same, the rule says nothing of its width.
        """
        columns = (self._level_with(text, box) for box in self.columns)
        column = next((box for box in columns if box.overlap_x(text) >= 0.9 * text.width), None)
        rule = self._over_or_under(text, column)
        bound = column or rule
        beside = [box for box in self.upright if box.overlap_y(text) > 0.5 * text.height]
        first = max([rule.x0, bound.x0, *(box.x1 for box in beside if box.center[0] < text.x0)])
        last = min([rule.x1, bound.x1, *(box.x0 for box in beside if box.center[0] > text.x1)])
        cell = replace(text, x0=min(text.x0, first), x1=max(text.x1, last))
        alone = all(other is text or other.intersection(cell) <= 0 for other in self.texts)
        return cell if alone else text

    def _level_with(self, text: Box, column: Box) -> Box:
        """A column's box where it stands at the height of a text: leaning ones are told at their middle."""
        return column.moved(-self.body.slope * (text.center[1] - column.center[1]), 0.0)

    def _over_or_under(self, text: Box, column: Box | None) -> Box:
        """The nearest rule over or under a text in its column; the text itself where there is none.

        One over several columns is the text's where it is as near as the next line: it may be the page's.
        """
        near = []
        for rule in self.level:
            off = max(rule.center[1] - text.y1, text.y0 - rule.center[1])
            own = column is not None and rule.width < 1.5 * column.width
            if rule.overlap_x(text) >= 0.9 * text.width and off < (_STEP if own else _NEXT) * self.body.pitch:
                near.append((off, rule))
        return min(near, key=lambda pair: (pair[0], pair[1].y0), default=(0.0, text))[1]
