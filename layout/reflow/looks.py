"""What each region looks like beside its neighbours: the evidence that roles are decided on.

All boxes here are upright and in the reading frame: the page's skew is taken out and lines begin at
small x, so that "above", "first" and "aligned" mean the same on every page.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from layout.document import RUNNING_TEXT, Box, Page, Region, RegionKind, union
from layout.language import Axes
from layout.reflow.field import find_above
from layout.reflow.measure import Body, axes_of, is_bold, pitch_of, size_of

#: Kinds that hold no text of their own.
GRAPHIC = frozenset({RegionKind.IMAGE, RegionKind.SEPARATOR, RegionKind.NOISE})


@dataclass(frozen=True, slots=True)
class Look:
    """A region's measures; lengths in page pixels, ``size`` and ``weight`` relative to body text."""

    region: Region
    box: Box
    text: str
    words: int
    lines: int
    size: float
    weight: float
    pitch: float
    is_bold: bool = False

    @property
    def guess(self) -> RegionKind:
        """What geometry (or an earlier step) took the region for."""
        return self.region.kind

    @property
    def is_text(self) -> bool:
        return bool(self.region.lines)

    @property
    def set_off(self) -> bool:
        """Whether it stands on a tint, in a frame, or light on dark."""
        look = self.region.appearance
        return look.framed or look.tinted or look.light_on_dark


@dataclass(frozen=True, slots=True)
class Scene:
    """The looks of one level of a page (its own regions, or a container's children).

    ``above`` and ``below`` give for each look the number of its nearest neighbour in its columns,
    rules apart; ``rule_above`` and ``rule_below`` whether a rule comes before that neighbour.
    ``area`` is the hull of everything printed, ``height`` the page's.
    """

    looks: tuple[Look, ...]
    above: tuple[int | None, ...]
    below: tuple[int | None, ...]
    rule_above: tuple[bool, ...]
    rule_below: tuple[bool, ...]
    rules: tuple[Box, ...]
    area: Box
    height: float
    body: Body
    language: str | None
    inside: RegionKind | None = None

    def gap_above(self, n: int) -> float:
        """White above a look in body pitches; the distance to the area's top where nothing stands."""
        other = self.above[n]
        top = self.area.y0 if other is None else self.looks[other].box.y1
        return (self.looks[n].box.y0 - top) / self.body.pitch

    def gap_below(self, n: int) -> float:
        other = self.below[n]
        bottom = self.area.y1 if other is None else self.looks[other].box.y0
        return (bottom - self.looks[n].box.y1) / self.body.pitch


def look_at(page: Page, regions: Sequence[Region], body: Body, inside: RegionKind | None = None) -> Scene:
    """The scene of these regions, which must all be of the page."""
    axes = _axes(page, regions)
    looks = tuple(_look(region, axes, body) for region in regions if not _is_rule(region))
    rules = tuple(upright(region.box, axes, body.slope) for region in regions if _is_rule(region))
    boxes = [look.box for look in looks]
    inset = 0.4 * body.pitch
    columns = [_narrowed(box, inset) for box in boxes]
    level = [_narrowed(box, inset) for box in rules if box.width > 3 * box.height]
    above, rule_above = _nearest(columns, level)
    below, rule_below = _nearest([_flipped(box) for box in columns], [_flipped(box) for box in level])
    return Scene(
        looks,
        above,
        below,
        rule_above,
        rule_below,
        rules,
        area=union(boxes) if boxes else page.box,
        height=page.height,
        body=body,
        language=page.language,
        inside=inside,
    )


def upright(box: Box, axes: Axes, slope: float) -> Box:
    """A box turned by the skew around the page's origin (size kept) and put into the reading frame."""
    x, y = box.center
    return axes.box(box.moved(slope * y, -slope * x))


def same_row(a: Box, b: Box) -> bool:
    """Whether two boxes stand side by side: more than half of the lower one's height in common."""
    return a.overlap_y(b) > 0.5 * min(a.height, b.height)


def is_centred(inner: Box, outer: Box, pitch: float) -> bool:
    """Whether a box stands in the middle of a wider one, with white on both sides."""
    left, right = inner.x0 - outer.x0, outer.x1 - inner.x1
    return min(left, right) > 0.5 * pitch and abs(left - right) < max(0.8 * pitch, 0.12 * (left + right))


def column_of(scene: Scene, n: int) -> Box:
    """The column a look stands in: the running text nearest above or below it, else its own box."""
    box = scene.looks[n].box
    for other in (scene.above[n], scene.below[n]):
        if other is not None:
            look = scene.looks[other]
            if (
                look.guess in RUNNING_TEXT
                and look.lines > 1
                and look.box.overlap_x(box) > 0.8 * min(box.width, look.box.width)
            ):
                return look.box
    return box


def _axes(page: Page, regions: Sequence[Region]) -> Axes:
    """The reading frame of a level: the one that most of its lines have, all must be looked at in one."""
    lines: Counter[Axes] = Counter()
    for region in regions:
        lines[axes_of(page, region)] += len(region.lines)
    own = Axes.of(page.direction, page.width)
    return max(lines, key=lambda axes: (lines[axes], axes == own), default=own)


def _look(region: Region, axes: Axes, body: Body) -> Look:
    text = " ".join(line.text for line in region.lines)
    box = upright(region.box, axes, body.slope)
    if region.lines and not region.rotation:
        trim = min(0.4 * box.height, abs(body.slope) * box.width / 2)  # what skew adds to the hull
        box = Box(box.x0, box.y0 + trim, box.x1, box.y1 - trim)
    size, weight = size_of(region, body), region.appearance.weight or 1.0
    return Look(
        region,
        box,
        text,
        words=len(text.split()),
        lines=len(region.lines),
        size=size,
        weight=weight,
        pitch=pitch_of(region, body),
        is_bold=is_bold(region, size, body),
    )


def _is_rule(region: Region) -> bool:
    return region.kind is RegionKind.SEPARATOR


def _narrowed(box: Box, inset: float) -> Box:
    """A box of which `find_above`, which leaves the outer tenths out, sees all but the inset."""
    inset = min(inset, 0.1 * box.width)
    grow = (0.1 * box.width - inset) / 0.8
    return Box(box.x0 - grow, box.y0, box.x1 + grow, box.y1)


def _flipped(box: Box) -> Box:
    return Box(box.x0, -box.y1, box.x1, -box.y0)


def _nearest(boxes: list[Box], rules: list[Box]) -> tuple[tuple[int | None, ...], tuple[bool, ...]]:
    """The neighbour above each box, and whether a rule lies between (or above, where none is)."""
    alone = find_above(boxes)
    if not rules:
        return tuple(alone), (False,) * len(boxes)
    with_rules = find_above(boxes + rules)[: len(boxes)]
    return tuple(alone), tuple(n is not None and n >= len(boxes) for n in with_rules)


def median_size(looks: Sequence[Look]) -> float:
    sizes = [look.size for look in looks if look.is_text]
    return statistics.median(sizes) if sizes else 1.0
