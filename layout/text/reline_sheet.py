"""The page's lines while they are set right, and the segmentation made of them again (`reline`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from layout.document import LineShape, RegionKind, Segmentation, Shape
from layout.document.geometry import union
from layout.text.reline_rows import Row

#: A heading that came apart into more lines than this was none.
_HEADING_LINES = 4


@dataclass(slots=True)
class Part:
    """A line on its way: the shape it belongs to (number in walk order), the line as seen, its row."""

    shape: int
    line: LineShape
    row: Row | None
    seen: bool = True


@dataclass(slots=True)
class Sheet:
    """The page's lines, and what changed: new shapes by the shape they came out of, shapes to drop."""

    parts: list[Part]
    beside: dict[int, list[Shape]] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)
    added: list[Shape] = field(default_factory=list)


def rebuilt(segmentation: Segmentation, sheet: Sheet) -> Segmentation:
    """The segmentation with the sheet's lines; shapes left without a line or child are dropped."""
    lines: dict[int, list[Part]] = {}
    for part in sheet.parts:
        lines.setdefault(part.shape, []).append(part)
    numbers = iter(range(sum(1 for _ in segmentation.walk())))

    def again(shape: Shape) -> list[Shape]:
        number = next(numbers)
        children = tuple(new for child in shape.children for new in again(child))
        beside = sheet.beside.get(number, [])
        if number not in sheet.changed:
            return [replace(shape, children=children) if children != shape.children else shape]
        own = sorted(
            (part.line for part in lines.get(number, ())), key=lambda line: (line.box.y0, line.box.x0)
        )
        if not own and not children:
            return beside
        box = union([line.box for line in own] or [shape.box]) if not children else shape.box
        new = replace(shape, lines=tuple(own), children=children, box=box, polygon=None)
        if own and not any(part.seen for part in lines[number]):
            new = replace(new, kind=_kind_of(new, own), appearance=own[0].appearance)
        return [new, *beside]

    shapes = [new for shape in segmentation.shapes for new in again(shape)]
    shapes = sorted((*shapes, *sheet.added), key=lambda shape: (shape.box.y0, shape.box.x0))
    return replace(segmentation, shapes=tuple(shapes))


def _kind_of(shape: Shape, lines: Sequence[LineShape]) -> RegionKind:
    """A heading that came apart into many lines was none."""
    heading = shape.kind in (RegionKind.HEADLINE, RegionKind.UNKNOWN)
    return RegionKind.PARAGRAPH if heading and len(lines) > _HEADING_LINES else shape.kind
