"""An article's regions as blocks: one unit of sense each, over as many columns as it runs."""

from __future__ import annotations

from collections.abc import Sequence

from layout.document import RUNNING_TEXT, Block, RegionKind
from layout.reflow.continuity import reads_on
from layout.reflow.units import Piece

_JOINS = 0.6  # continuity from which two fragments are one paragraph


def to_blocks(pieces: Sequence[Piece]) -> list[Block]:
    """Blocks of the pieces in their order; ids are left to the item."""
    blocks: list[Block] = []
    last: Piece | None = None
    for piece in pieces:
        if last is not None and _one(last, piece):
            blocks[-1] = Block("", blocks[-1].kind, (*blocks[-1].regions, piece.region.id), reason=_REASON)
        else:
            blocks.append(Block("", piece.kind, (piece.region.id,), reason=piece.region.reason))
        last = piece
    return blocks


_REASON = "the paragraph goes on at the head of the next column"


def _one(last: Piece, piece: Piece) -> bool:
    """Whether a piece is the rest of the last one: same kind, not below it, and reads on."""
    if piece.kind not in RUNNING_TEXT:
        return False
    same = piece.kind is last.kind or (last.kind is RegionKind.ANSWER and piece.kind is RegionKind.PARAGRAPH)
    if not same or _touching(last, piece):
        return False
    return reads_on(last, piece) >= _JOINS


def _touching(last: Piece, piece: Piece) -> bool:
    """Whether the piece stands right below the last: then they were parted on purpose."""
    line = last.region.lines[-1].box.height if last.region.lines else last.box.height
    below = last.box.overlap_x(piece.box) > 0.5 * min(last.box.width, piece.box.width)
    return below and 0 <= piece.box.y0 - last.box.y1 + line < 2 * line
