"""Pictures with their captions and credits."""

from __future__ import annotations

from collections.abc import Sequence

from layout.document import Box, RegionKind
from layout.reflow.field import RowIndex
from layout.reflow.units import Piece, Role, Unit

_REACH = 3.0  # line pitches between a picture and its caption
_FRAME = 0.2  # line pitches between a picture and the line drawn around it
_STRIP = 8.0  # times as high as wide: no picture, but the page's edge or its shadow
_COVERED = 0.1  # share of a picture's area that text may lie on: captions set into a corner
_SHARED = 0.03  # the same for text that lies on it in part: no caption, but a column it reaches into
_INSIDE = 0.6  # of a text's area; a caption set into a picture lies in it as a whole


def group_figures(pieces: Sequence[Piece], pitch: float) -> list[Unit]:
    """Pictures and tables, each with the captions and credits next to it; lone captions by themselves.

    A caption goes to the picture whose edge is nearest, below before above before beside.
    """
    bodies = [p for p in pieces if p.kind in (RegionKind.IMAGE, RegionKind.TABLE)]
    captions = [p for p in pieces if p.kind not in (RegionKind.IMAGE, RegionKind.TABLE)]
    index = RowIndex.of([p.box for p in bodies], pitch)
    groups: dict[int, list[Piece]] = {n: [p] for n, p in enumerate(bodies)}
    lone: list[Unit] = []
    for caption in captions:
        reach = _REACH * pitch
        best: tuple[float, int] | None = None
        for n in index.across(caption.box.y0 - reach, caption.box.y1 + reach):
            cost = _distance(bodies[n], caption, pitch)
            if cost is not None and (best is None or cost < best[0]):
                best = cost, n
        if best:
            groups[best[1]].append(caption)
        else:
            lone.append(Unit.of(Role.FIGURE, [caption]))
    return [Unit.of(Role.FIGURE, group) for group in groups.values()] + lone


def without_picture_frames(rules: Sequence[Box], figures: Sequence[Piece], pitch: float) -> list[Box]:
    """The rules without those that lie along a picture's edge or in it: its frame parts nothing else."""
    margin = _FRAME * pitch
    pictures = RowIndex.of([p.box.grown(margin) for p in figures if p.kind is RegionKind.IMAGE], pitch)
    return [rule for rule in rules if not any(box.covers(rule, 0.98) for box in _across(pictures, rule))]


def sort_figures(
    figures: Sequence[Unit], others: Sequence[Unit], pitch: float
) -> tuple[list[Unit], list[Unit]]:
    """The figures that stand on their own ground, and those that lie over text or are mere strips.

    Dirt, a shadow in the fold or text read as a picture must not keep columns and rows from being cut.
    """
    texts = [unit.box for unit in others if unit.role is Role.BODY]
    index = RowIndex.of(texts, pitch)
    sound: list[Unit] = []
    doubtful: list[Unit] = []
    for figure in figures:
        picture = figure.pieces[0].box
        shares = [(picture.intersection(box), box) for box in _across(index, picture)]
        covered = sum(share for share, _ in shares)
        partly = sum(share for share, box in shares if share < _INSIDE * box.area)
        strip = picture.height > _STRIP * picture.width
        lies = covered > _COVERED * picture.area or partly > _SHARED * picture.area
        over = figure.kind is RegionKind.IMAGE and (strip or lies)
        (doubtful if over else sound).append(figure)
    return sound, doubtful


def _across(index: RowIndex, box: Box) -> list[Box]:
    return [index.boxes[n] for n in index.across(box.y0, box.y1)]


def _distance(picture: Piece, caption: Piece, pitch: float) -> float | None:
    shared_x, shared_y = picture.box.overlap_x(caption.box), picture.box.overlap_y(caption.box)
    if shared_x > 0.5 * min(caption.box.width, picture.box.width):
        gap = max(0.0, -shared_y)
        below = caption.box.center[1] > picture.box.center[1]
        cost = gap if below else gap + 0.5 * pitch
    elif shared_y > 0.5 * min(caption.box.height, picture.box.height):
        cost = max(0.0, -shared_x) + pitch
    else:
        return None
    return cost if cost <= _REACH * pitch else None
