"""A made page's text by several readers, in the same order of columns for all that give places."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from layout.document import Box, LineShape, RegionKind, Segmentation, Shape, TextLayer
from layout.source import SourceSettings, list_pages, load_page
from layout.source.mupdf import mupdf
from layout.text.embedded import LayerText, PrintedLine, read_layer
from layout.text.trust import judge_page, judge_region, readable_lines
from tests.bench.producers.defects import defective
from tests.bench.producers.prose import Prose

#: A line wider than this share of the printed width goes over both columns.
_SPANNING = 0.6
_SETTINGS = SourceSettings()


def ours(pdf: Path, prose: Prose, defect: str = "") -> str | None:
    """The layer's lines as we read them, column by column; None where most of the layer is not believed.

    Lines are those the sound layer shows by itself; they are then read as the lines of a layout, as the
    product does, with the ``defect`` of that name in the layer, if one is given.
    """
    scan = load_page(list_pages(pdf, _SETTINGS)[0], _SETTINGS, color=False)
    if scan.text_layer is None:
        return None
    height, width = scan.gray.shape

    def read(layer: TextLayer, shapes: Sequence[Shape]) -> LayerText:
        page = Segmentation(width, height, tuple(shapes))
        return read_layer(layer, page, prose.code, prose.direction)

    shapes = _shapes(read(scan.text_layer, []).loose, prose.rtl)
    layer = TextLayer(tuple(defective(scan.text_layer.glyphs, defect))) if defect else scan.text_layer
    found = read(layer, shapes)
    trust = judge_page(found, prose.code)
    kept = [
        line
        for shape, lines in zip(shapes, found.shapes, strict=True)
        if judge_region(lines, shape.lines, prose.code, trust).ok
        for line in readable_lines(lines)
        if line is not None
    ]
    if 2 * len(kept) < sum(map(len, found.shapes)):
        return None
    return "\n".join(line.normalized for line in (*kept, *found.loose))


def _shapes(lines: Sequence[PrintedLine], rtl: bool) -> list[Shape]:
    """Lines by columns: a headline over all, then one column after the other."""
    if not lines:
        return []
    left, right = min(line.box.x0 for line in lines), max(line.box.x1 for line in lines)
    middle = (left + right) / 2

    def column(line: PrintedLine) -> int:
        whole = line.box.x1 - line.box.x0 > _SPANNING * (right - left) or line.box.height > 1.4 * usual
        side = (line.box.x0 + line.box.x1) / 2 > middle
        return -1 if whole else int(side != rtl)

    usual = sorted(line.box.height for line in lines)[len(lines) // 2]
    one = max(line.box.x1 - line.box.x0 for line in lines[1:] or lines) > _SPANNING * (right - left)
    ordered = sorted(lines, key=lambda line: (0 if one else column(line), line.box.y0))
    parts = [list(part) for _, part in groupby(ordered, key=lambda line: 0 if one else column(line))]
    rows = [_rows([line.box for line in part]) for part in parts]
    return [
        Shape(RegionKind.PARAGRAPH, _around(boxes), tuple(LineShape(box) for box in boxes)) for boxes in rows
    ]


def _rows(boxes: Sequence[Box]) -> list[Box]:
    """The lines of a column, top to bottom; what wide gaps part on one height is one."""
    rows: list[Box] = []
    for box in boxes:
        if rows and (box.y0 + box.y1) / 2 < rows[-1].y1:
            rows[-1] = _around([rows[-1], box])
        else:
            rows.append(box)
    return rows


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes), min(box.y0 for box in boxes),
        max(box.x1 for box in boxes), max(box.y1 for box in boxes),
    )  # fmt: skip


def pdftotext(pdf: Path, prose: Prose) -> str:
    """What poppler's program gives, its own order of lines; nothing where it is not here."""
    program = shutil.which("pdftotext")
    if program is None:
        return ""
    return subprocess.run([program, str(pdf), "-"], capture_output=True, check=True).stdout.decode(
        "utf-8", "replace"
    )


def pymupdf(pdf: Path, prose: Prose) -> str:
    """What PyMuPDF's plain text gives."""
    with mupdf.open(pdf) as document:
        return str(document[0].get_text())
