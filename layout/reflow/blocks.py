"""An article's regions as blocks: one unit of sense each, over as many columns as it runs."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from layout.document import DISPLAY, RUNNING_TEXT, Block, RegionKind
from layout.reflow.continuity import reads_on
from layout.reflow.units import Piece

_JOINS = 0.6  # continuity from which two fragments are one paragraph
_INDENT = 0.4  # line pitches from which a first line is indented
_FULL = 0.5  # line pitches by which a full line may end early
_CUSTOM = 0.6  # share of paragraphs that are indented where indenting is the custom
_BOLD, _OWN = 1.2, 1.2  # weight and height, relative to the text's, from which a line is a heading
_HEADING = DISPLAY | {RegionKind.BYLINE, RegionKind.DATELINE}


def to_blocks(pieces: Sequence[Piece], pitch: float) -> list[Block]:
    """Blocks of the pieces in their order, each with the step of the order that led to it.

    Ids are left to the item; ``pitch`` is the page's line pitch.
    """
    custom = _indents(pieces, pitch)
    blocks: list[Block] = []
    last: Piece | None = None
    for piece in pieces:
        if last is not None and (_one(last, piece, pitch, custom) or _is_rest(last, piece)):
            sure = min(blocks[-1].confidence or 1.0, 0.7 + 0.25 * reads_on(last, piece))
            blocks[-1] = Block(
                "",
                blocks[-1].kind,
                (*blocks[-1].regions, piece.region.id),
                confidence=round(sure, 3),
                reason="the paragraph goes on at the head of the next column",
            )
        else:
            sure, reason = _step(last, piece, pitch)
            blocks.append(Block("", piece.kind, (piece.region.id,), confidence=sure, reason=reason))
        last = piece
    return blocks


def _step(last: Piece | None, piece: Piece, pitch: float) -> tuple[float, str]:
    """How sure it is that this piece follows the last, and why it does."""
    if last is None:
        return 1.0, "opens the article"
    if piece.kind in _HEADING and last.kind in _HEADING:
        return 0.98, "belongs to the headline"
    shared = last.box.overlap_x(piece.box) > 0.3 * min(last.box.width, piece.box.width)
    if shared and piece.box.y0 > last.box.center[1]:
        if piece.box.y0 - last.box.y1 < 2 * pitch:
            return 0.98, "stands right below"
        return 0.95, "stands below, past what interrupts the column"
    sure = round(0.75 + 0.2 * reads_on(last, piece), 3)
    if piece.box.x0 > last.box.x0:
        return sure, "head of the next column"
    return round(0.9 * sure, 3), "first column of the next row"


def _indents(pieces: Sequence[Piece], pitch: float) -> bool:
    """Whether the article's paragraphs are usually indented."""
    known = [p.indent for p in pieces if p.kind in RUNNING_TEXT and p.indent is not None]
    return bool(known) and sum(indent > _INDENT * pitch for indent in known) >= _CUSTOM * len(known)


def _one(last: Piece, piece: Piece, pitch: float, custom: bool) -> bool:
    """Whether a piece is the rest of the last one: same kind, not below it, and reads on.

    After a full stop it is so only where paragraphs are indented, this one is not, and the line before
    it is full; a clear indent after a short line outweighs a full stop that was not read.
    """
    if piece.kind not in RUNNING_TEXT:
        return False
    same = piece.kind is last.kind or (last.kind is RegionKind.ANSWER and piece.kind is RegionKind.PARAGRAPH)
    if not same or _touching(last, piece):
        return False
    full = last.slack is not None and last.slack < _FULL * pitch
    flush = piece.indent is not None and piece.indent < 0.5 * _INDENT * pitch
    indented = piece.indent is not None and piece.indent > _INDENT * pitch
    if reads_on(last, piece) >= _JOINS:
        return not (custom and indented and last.slack is not None and not full)
    return custom and flush and full


def _is_rest(last: Piece, piece: Piece) -> bool:
    """Whether a short line at the head of a column, taken for a crosshead, is the end of the paragraph in
    the column before: the text breaks off in mid-sentence, and the line is of the text's own type.
    """
    if piece.kind is not RegionKind.CROSSHEAD or last.kind not in RUNNING_TEXT or _touching(last, piece):
        return False
    if piece.region.origin == "import" or len(piece.region.lines) != 1 or piece.box.y0 > last.box.y1:
        return False
    if (piece.region.appearance.weight or 1.0) > _BOLD or reads_on(last, piece) < _JOINS:
        return False
    usual = statistics.median(line.box.height for line in last.region.lines)
    return piece.region.lines[0].box.height < _OWN * usual


def _touching(last: Piece, piece: Piece) -> bool:
    """Whether the piece stands right below the last: then they were parted on purpose."""
    line = last.region.lines[-1].box.height if last.region.lines else last.box.height
    below = last.box.overlap_x(piece.box) > 0.5 * min(last.box.width, piece.box.width)
    return below and 0 <= piece.box.y0 - last.box.y1 + line < 2 * line
