"""Text that runs in another direction than the page: what was seen across it, and what was not seen."""

from __future__ import annotations

from collections.abc import Sequence

from layout.document import Box, LineShape, RegionKind, Shape
from layout.document.geometry import union
from layout.text.embedded_frames import page_box
from layout.text.embedded_layer import Run
from layout.text.embedded_lines import Assigned
from layout.text.embedded_signs import Sign
from layout.text.reline_rows import Row, row_of_signs
from layout.text.reline_sheet import Part, Sheet

#: Rows beside each other are at most this many letter sizes apart.
_PITCH = 2.3
#: What covers this much of a box stands in it.
_COVERED = 0.5


def drop_crossed(sheet: Sheet, turned: Sequence[Assigned]) -> None:
    """Upright lines seen where only letters of another direction stand."""
    boxes = [page_box(_hull(signs), part.along) for part in turned for signs in _all_lines(part)]
    if not boxes:
        return
    kept = []
    for part in sheet.parts:
        box = part.line.box
        crossed = part.row is None and any(other.intersection(box) >= _COVERED * box.area for other in boxes)
        if crossed and not _holds_turned(part, turned):
            sheet.changed.add(part.shape)
        else:
            kept.append(part)
    sheet.parts = kept


def _holds_turned(part: Part, turned: Sequence[Assigned]) -> bool:
    """Whether the line was seen in that direction."""
    return part.line.box.height > 2 * part.line.box.width and any(other.lines for other in turned)


def _all_lines(part: Assigned) -> list[Run]:
    return [*part.lines.values(), *part.loose]


def _hull(signs: Sequence[Sign]) -> Box:
    row = row_of_signs(signs)
    return row.box if row else Box(0, 0, 0, 0)


def add_turned(sheet: Sheet, turned: Sequence[Assigned]) -> None:
    """Loose rows of each other direction, those beside each other as one shape."""
    for part in turned:
        rows = sorted(
            (row for signs in part.loose if (row := row_of_signs(signs))), key=lambda row: (row.base, row.u0)
        )
        for block in _turned_blocks(rows):
            lines = tuple(LineShape(page_box(row.box, part.along)) for row in block)
            sheet.added.append(
                Shape(
                    RegionKind.UNKNOWN,
                    union(line.box for line in lines),
                    lines,
                    reason="turned text of the layer",
                    rotation=ROTATIONS.get(part.along, 0),
                )
            )


#: Direction of writing -> degrees counter-clockwise by which text is turned.
ROTATIONS = {(1.0, 0.0): 0, (0.0, -1.0): 90, (-1.0, 0.0): 180, (0.0, 1.0): 270}


def _turned_blocks(rows: Sequence[Row]) -> list[list[Row]]:
    blocks: list[list[Row]] = []
    for row in rows:
        last = blocks[-1][-1] if blocks else None
        if (
            last is not None
            and row.base - last.base < _PITCH * max(row.size, last.size)
            and min(row.u1, last.u1) > max(row.u0, last.u0)
        ):
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks
