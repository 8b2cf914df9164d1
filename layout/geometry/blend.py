"""A model's blocks and our own lines made into one segmentation.

Models name blocks well and find no lines; our detector finds the lines. Each line goes to the smallest
block that holds it; what no block holds stays as our own shape, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from layout.document import CONTAINERS, LineShape, RegionKind, Segmentation, Shape, union

_TEXTLESS = frozenset({RegionKind.IMAGE, RegionKind.SEPARATOR, RegionKind.NOISE})
_HOLDS = 0.5  # share of a line that must lie in a block: a line over two blocks goes to the larger part
_INSIDE = 0.8  # share of a shape that must lie in a container: models' boxes are a little too tight
_SAME = 0.5  # share of a picture of ours that the model's pictures must cover to stand for it


@dataclass(frozen=True)
class _Placed:
    """One of our lines and the shape it came from."""

    line: LineShape
    shape: Shape


def blend(blocks: Sequence[Shape], own: Segmentation, detector: str) -> Segmentation:
    """``own`` with its lines given to ``blocks`` (flat, without lines, in page pixels).

    Lines of text turned sideways stay in our shapes, which know how they are turned; pictures and
    containers take no lines, but a container takes the shapes that stand in it as children.
    """
    takers = sorted(
        (i for i, block in enumerate(blocks) if block.kind not in _TEXTLESS | CONTAINERS),
        key=lambda i: blocks[i].box.area,
    )
    taken: dict[int, list[_Placed]] = {}
    rest = [left for shape in own.shapes if (left := _rest(shape, blocks, takers, taken)) is not None]
    shapes = [_filled(block, taken.get(i, [])) for i, block in enumerate(blocks)]
    return replace(own, shapes=_nested([*shapes, *rest]), detector=detector)


def _rest(
    shape: Shape, blocks: Sequence[Shape], takers: Sequence[int], taken: dict[int, list[_Placed]]
) -> Shape | None:
    """What of the shape no block takes; None where nothing is left. Adds to ``taken``."""
    if shape.rotation:
        return shape
    if shape.kind is RegionKind.IMAGE:
        seen = any(block.kind is RegionKind.IMAGE and block.box.covers(shape.box, _SAME) for block in blocks)
        return None if seen else shape
    children = tuple(
        left for child in shape.children if (left := _rest(child, blocks, takers, taken)) is not None
    )
    kept = []
    for line in shape.lines:
        home = next((i for i in takers if blocks[i].box.covers(line.box, _HOLDS)), None)
        if home is None:
            kept.append(line)
        else:
            taken.setdefault(home, []).append(_Placed(line, shape))
    if len(kept) == len(shape.lines) and len(children) == len(shape.children):
        return replace(shape, children=children)
    if not kept and not children:
        return None
    box = shape.box if children else union(line.box for line in kept)
    return replace(shape, lines=tuple(kept), children=children, box=box, polygon=None)


def _filled(block: Shape, placed: Sequence[_Placed]) -> Shape:
    """The block with its lines from top to bottom and the look of the shape most of them came from."""
    if not placed:
        return block
    lines = sorted((entry.line for entry in placed), key=lambda line: (line.box.y0, line.box.x0))
    origins = [entry.shape for entry in placed]
    source = max(origins, key=origins.count)
    return replace(block, lines=tuple(lines), appearance=source.appearance, column=source.column)


def _nested(shapes: Sequence[Shape]) -> tuple[Shape, ...]:
    """Shapes that stand in a container without children become its children; sorted as a page is."""
    order = sorted(range(len(shapes)), key=lambda i: shapes[i].box.area)
    holders = [i for i in order if shapes[i].kind in CONTAINERS]
    inside: dict[int, list[int]] = {}
    for rank, i in enumerate(order):
        larger = set(order[rank + 1 :])
        home = next(
            (j for j in holders if j in larger and shapes[j].box.covers(shapes[i].box, _INSIDE)), None
        )
        if home is not None and shapes[i].kind is not RegionKind.SEPARATOR:
            inside.setdefault(home, []).append(i)

    def built(i: int) -> Shape:
        children = [*shapes[i].children, *(built(j) for j in inside.get(i, []))]
        return replace(shapes[i], children=_sorted(children))

    held = {j for members in inside.values() for j in members}
    return _sorted([built(i) for i in range(len(shapes)) if i not in held])


def _sorted(shapes: Sequence[Shape]) -> tuple[Shape, ...]:
    return tuple(sorted(shapes, key=lambda shape: (shape.box.y0, shape.box.x0)))
