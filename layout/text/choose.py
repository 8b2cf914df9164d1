"""Text layer or OCR: decided for each region, with the reason kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from layout.document import Box, Finding, Segmentation
from layout.document.many import no_collection
from layout.image import Scan
from layout.image.scan import Gray
from layout.text.embedded import LayerText, PrintedLine, read_signs
from layout.text.embedded_layer import LayerSigns, layer_signs
from layout.text.embedded_lines import Assigned, assign
from layout.text.identify import Writing
from layout.text.reline import relined
from layout.text.settings import TextSettings
from layout.text.trust import Trust, judge_page, judge_region, readable_lines

#: Ink and paper differ by so much at least, of 255.
_CONTRAST = 64
#: Lines of print lie on each other less than this; looked at in steps of so many pixels.
_DEEPEST, _COARSE = 1.5, 4


@dataclass(frozen=True, slots=True)
class Choice:
    """What the text layer says on each line of a region; None on a line that OCR shall read.

    ``layered`` says that the page has a layer to be believed: a line on which it is silent is more
    likely no text at all, and a doubtful reading of it is not believed. ``refused`` says why what
    the layer has here is not used.
    """

    lines: tuple[PrintedLine | None, ...]
    layered: bool = False
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """One choice for each shape of ``segmentation`` in walk order, the lines of which a sound layer may have
    set right; layer lines outside all shapes; what a person should know."""

    shapes: tuple[Choice, ...]
    segmentation: Segmentation
    loose: tuple[PrintedLine, ...] = ()
    findings: tuple[Finding, ...] = ()
    trust: Trust | None = None


def choose(scan: Scan, segmentation: Segmentation, writing: Writing, settings: TextSettings) -> Choices:
    """Where the text of each shape comes from.

    ``prefer`` of the settings decides alone where it is not ``auto``; then a refused layer is still
    told in the findings.
    """
    if settings.prefer == "ocr" or scan.text_layer is None or not scan.text_layer.glyphs:
        return _all_by_ocr(segmentation)
    with no_collection():
        signs = layer_signs(scan.text_layer.glyphs, segmentation.width, segmentation.height)
        better, parts = _set_right(signs, segmentation)
    said = read_signs(signs, parts, better, writing.language, writing.direction)
    page = judge_page(said, writing.language, _inked(scan.gray, said.loose))
    if settings.prefer == "text-layer":
        findings = () if page.ok else (_doubt(scan.page_id, f"used as asked, though {page.reason}"),)
        shapes = tuple(Choice(lines) for lines in said.shapes)
        return Choices(shapes, better, said.loose, findings, page)
    if not page.ok:
        return _all_by_ocr(segmentation, (_doubt(scan.page_id, f"not used: {page.reason}"),), page)
    return _by_region(better, writing, said, page)


def _inked(gray: Gray, loose: Sequence[PrintedLine]) -> int:
    """How many signs of loose lines drawn with ink the picture shows: each word of such a line has some.

    Where lines were not seen (a page with a single line of Nastaliq), the layer is not at fault. None, where
    the lines lie on each other, as no print does.
    """
    drawn = [line for line in loose if not line.invisible and line.words]
    if _depth([line.box for line in drawn], gray.shape) > _DEEPEST:
        return 0
    return sum(line.glyphs for line in drawn if all(_has_ink(gray, word.box) for word in line.words))


def _depth(boxes: Sequence[Box], shape: tuple[int, ...]) -> float:
    """How many of the boxes lie on each other where there is one, on average."""
    over = np.zeros((shape[0] // _COARSE + 1, shape[1] // _COARSE + 1), np.int32)
    for box in boxes:
        x0, y0, x1, y1 = (max(0, round(side / _COARSE)) for side in (box.x0, box.y0, box.x1, box.y1))
        over[y0:y1, x0:x1] += 1
    return float(over[over > 0].mean()) if over.any() else 0.0


def _has_ink(gray: Gray, box: Box) -> bool:
    part = gray[max(0, int(box.y0)) : int(box.y1) + 1, max(0, int(box.x0)) : int(box.x1) + 1]
    return part.size > 0 and int(part.max()) - int(part.min()) > _CONTRAST


def _set_right(signs: LayerSigns, segmentation: Segmentation) -> tuple[Segmentation, list[Assigned]]:
    """The segmentation with its lines as the layer has them, and the layer's signs on them.

    A hidden layer is another program's reading: its places are no better than our own.
    """
    parts = assign(signs, segmentation)
    if signs.hidden:
        return segmentation, parts
    better = relined(parts, segmentation)
    return better, parts if better is segmentation else assign(signs, better)


def _all_by_ocr(
    segmentation: Segmentation, findings: tuple[Finding, ...] = (), trust: Trust | None = None
) -> Choices:
    shapes = tuple(Choice((None,) * len(shape.lines)) for shape in segmentation.walk())
    return Choices(shapes, segmentation, findings=findings, trust=trust)


def _by_region(segmentation: Segmentation, writing: Writing, said: LayerText, page: Trust) -> Choices:
    choices: list[Choice] = []
    for shape, lines in zip(segmentation.walk(), said.shapes, strict=True):
        trust = judge_region(lines, shape.lines, writing.language, page) if lines else page
        if trust.ok:
            readable = readable_lines(lines)
            choices.append(Choice(readable, layered=readable == lines))
        else:
            reason = trust.reason if any(line is not None for line in lines) else ""
            choices.append(Choice((None,) * len(lines), layered=True, refused=reason))
    seen = tuple(line for line in said.loose if line.invisible < line.glyphs)
    return Choices(tuple(choices), segmentation, seen, trust=page)


def _doubt(page_id: str, reason: str) -> Finding:
    return Finding("warning", "layer-doubtful", f"text layer {reason}", page_id)
