"""Small headings that open a row of the page beside a headline.

Where a row of articles begins, everything in it begins on one level, below white or a rule that runs over all
its columns: a headline here, the first of some briefs there. A crosshead falls where its text has come to;
that it stands level with a headline of the next column, under the same white, is no chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from layout.document import CONTAINERS, Box, Page, Region, RegionKind, union
from layout.reflow.field import RowIndex, find_above
from layout.reflow.frame import Frame
from layout.reflow.units import edges_of

_SOLID = CONTAINERS | {RegionKind.IMAGE, RegionKind.TABLE}
_WHITE = 1.2  # line pitches over what opens a row; over a crosshead there is about half of it
_UNDER = 2.0  # line pitches from a rule to what opens a row under it
_LEVEL = 1.0  # line pitches by which the tops of large and small type on one level differ
_TOUCH = 0.35  # line pitches by which what begins in the row reaches into the white over it
_PAST = 0.5  # line pitches by which an upright rule must pass the white to part what stands beside it


def with_row_heads(page: Page) -> Page:
    """The page with the crossheads that open a row of it made headlines. Kinds of the input stay."""
    ground = Ground.of(page)
    heads = [n for n, r in enumerate(ground.regions) if r.kind is RegionKind.HEADLINE]
    small = [
        n for n, r in enumerate(ground.regions) if r.kind is RegionKind.CROSSHEAD and r.origin != "import"
    ]
    opening = [n for n in heads if ground.opens(n)] if small else []
    found = {
        ground.regions[n].id
        for n in small
        if ground.opens(n) and any(ground.begin_together(n, m) for m in opening)
    }
    reason = "headline: opens a row of the page beside a headline"
    return replace(
        page,
        regions=tuple(
            replace(r, kind=RegionKind.HEADLINE, reason=reason) if r.id in found else r for r in page.regions
        ),
    )


@dataclass(frozen=True, slots=True)
class Ground:
    """What is printed on the page, in the reading frame, with what stands right above each in its columns."""

    regions: Sequence[Region]
    boxes: Sequence[Box]
    above: Sequence[int | None]
    flat: RowIndex
    upright: RowIndex
    pitch: float

    @classmethod
    def of(cls, page: Page) -> Ground:
        frame = Frame.of(page)
        pitch = frame.pitch
        regions = [r for r in page.regions if (r.lines or r.kind in _SOLID) and not r.rotation]
        boxes = [frame.axes.box(frame.straight.box(replace(r, box=_ink(r), polygon=None))) for r in regions]
        rules = [
            edge
            for r in page.regions
            if r.kind is RegionKind.SEPARATOR
            for edge in edges_of(frame.box(r), pitch)
        ]
        flat = [rule for rule in rules if rule.width > rule.height]
        upright = [rule for rule in rules if rule.width <= rule.height]
        return cls(
            regions, boxes, find_above(boxes), RowIndex.of(flat, pitch), RowIndex.of(upright, pitch), pitch
        )

    def opens(self, n: int) -> bool:
        """Whether white or a rule parts a heading from what stands above it in its column."""
        over = self.above[n]
        box = self.boxes[n]
        if over is None or box.y0 - self.boxes[over].y1 > _WHITE * self.pitch:
            return True
        return any(
            self.flat.boxes[m].overlap_x(box) > 0.9 * box.width and self.flat.boxes[m].y1 < box.center[1]
            for m in self.flat.across(self.boxes[over].y1, box.y0)
        )

    def begin_together(self, one: int, other: int) -> bool:
        """Whether two headings side by side stand on one level, with nothing but white over both."""
        a, b = self.boxes[one], self.boxes[other]
        if abs(a.y0 - b.y0) > _LEVEL * self.pitch or a.overlap_x(b) > 0:
            return False
        band = union((a, b))
        tops = [self.boxes[n].y1 for n in (self.above[one], self.above[other]) if n is not None]
        y0, y1 = max([band.y0 - _WHITE * self.pitch, *tops]), min(a.y0, b.y0)
        white = Box(band.x0, y0, band.x1, y1)
        if any(box.overlap_x(white) > 0 and box.overlap_y(white) > _TOUCH * self.pitch for box in self.boxes):
            return False
        x0, x1 = min(a.x1, b.x1), max(a.x0, b.x0)
        past = _PAST * self.pitch
        return not any(
            x0 < self.upright.boxes[n].center[0] < x1
            and self.upright.boxes[n].y0 < y0 - past
            and self.upright.boxes[n].y1 > y1 + past
            for n in self.upright.across(y0, y1)
        )


def _ink(region: Region) -> Box:
    """The box of a region's lines: the typographic box of large type reaches over the white above it."""
    return union(line.box for line in region.lines) if region.lines else region.box
