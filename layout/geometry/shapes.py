"""What the runs, pictures, rules and frames are, and their way back to the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from layout.document import (
    Appearance,
    Box,
    Column,
    LineShape,
    RegionKind,
    Segmentation,
    Shape,
    union,
)
from layout.geometry.blocks import Run
from layout.geometry.columns import usual_size
from layout.geometry.grids import Grid, as_tables
from layout.geometry.line import Line
from layout.geometry.margins import TurnedText
from layout.geometry.pictures import Grounds
from layout.geometry.rules import Rules
from layout.geometry.worksheet import Placing
from layout.image import Scan
from layout.image.warp import bounds


@dataclass(frozen=True)
class Findings:
    """All that was found on the worksheet, in its pixels; ``names`` are the lines that are drawn, not set."""

    sheet: Placing
    grounds: Grounds
    rules: Rules
    frames: tuple[Box, ...]
    runs: tuple[Run, ...]
    columns: tuple[Box, ...]
    turned: tuple[TurnedText, ...] = ()
    names: tuple[Box, ...] = ()
    grids: tuple[Grid, ...] = ()


def make_shapes(found: Findings) -> tuple[Shape, ...]:
    """Typed shapes in worksheet pixels; framed and tinted boxes hold what stands in them."""
    usual = usual_size(found.runs)
    stroke = _usual_stroke(found.runs)
    labels = _margin_labels(found)
    texts = [
        _text_shape(run, found, usual, stroke)
        for run in found.runs
        if not any(label.box.covers(run.box, 0.5) for label in labels)
    ]
    pictures = [_picture(box) for box in found.grounds.pictures]
    texts = [_as_caption(shape, pictures, found.sheet.pitch) for shape in texts]
    shapes, loose = as_tables(
        found.grids, [*labels, *pictures, *texts, *_separators(found)], found.sheet.pitch
    )
    tables = [table.box for table in shapes]
    boxes = [entry for entry in _containers(found) if not any(t.covers(entry[0], 0.9) for t in tables)]
    held: set[int] = set()
    for box, framed in boxes:
        inside = [i for i, shape in enumerate(loose) if i not in held and _is_in(shape, box)]
        if not inside or (not framed and _own_article(box, [loose[i] for i in inside], found)):
            continue
        held.update(inside)
        shapes.append(_container(box, [loose[i] for i in inside], usual, found.sheet.pitch, framed=framed))
    shapes.extend(shape for i, shape in enumerate(loose) if i not in held)
    return tuple(sorted(shapes, key=lambda shape: (shape.box.y0, shape.box.x0)))


def _is_in(shape: Shape, box: Box) -> bool:
    return shape.kind is not RegionKind.SEPARATOR and box.covers(shape.box, 0.8)


def _usual_stroke(runs: Sequence[Run]) -> float:
    strokes = [line.stroke for run in runs if len(run.lines) >= 3 for line in run.lines]
    return float(np.median(strokes)) if strokes else 1.0


def _text_shape(run: Run, found: Findings, usual: float, stroke: float) -> Shape:
    pitch, box = found.sheet.pitch, run.box
    size, weight = run.size / usual, run.stroke / stroke
    dark = any(ground.covers(box, 0.6) for ground in found.grounds.dark)
    tinted = any(ground.covers(box, 0.6) for ground in found.grounds.tints)
    look = Appearance(
        letter_height=run.size,
        line_pitch=run.pitch,
        weight=weight,
        ink=float(np.mean([line.ink for line in run.lines])),
        light_on_dark=dark,
        tinted=tinted,
        framed=any(frame.covers(box, 0.9) for frame in found.frames),
    )
    kind, sure, reason = _text_kind(run, found, size, weight, dark)
    column = next(
        (
            i
            for i, c in enumerate(found.columns)
            if c.overlap_x(box) > 0.5 * box.width and c.grown(pitch).overlap_y(box) > 0
        ),
        None,
    )
    return Shape(
        kind,
        box,
        lines=tuple(_line_shape(line, usual, stroke) for line in run.lines),
        confidence=sure,
        reason=reason,
        column=column,
        appearance=look,
    )


def _text_kind(
    run: Run, found: Findings, size: float, weight: float, dark: bool
) -> tuple[RegionKind, float, str]:
    """A first guess by the look alone: (kind, confidence, reason)."""
    pitch, box, lines = found.sheet.pitch, run.box, len(run.lines)
    if box in found.names:
        return RegionKind.MASTHEAD, 0.8, "drawn with a broad pen, larger than any type"
    if _between_rules(box, found.rules, pitch) and (size > 1.1 or weight > 1.15) and 2 <= lines <= 12:
        return RegionKind.PULL_QUOTE, 0.7, f"between two rules, letters {size:.1f} x the running text's"
    if lines <= 6 and (size > 1.3 or (size > 1.1 and weight > 1.35) or dark):
        look = "light on dark" if dark else f"letters {size:.1f} x, strokes {weight:.1f} x the running text's"
        return RegionKind.HEADLINE, min(0.95, 0.5 + 0.3 * max(size - 1, weight - 1, 0.5 * dark)), look
    if lines >= 2:
        return RegionKind.PARAGRAPH, 0.8, f"{lines} lines of the running text's size"
    full = any(box.width > 0.85 * c.width and c.overlap_x(box) > 0.8 * box.width for c in found.columns)
    if full:
        return RegionKind.PARAGRAPH, 0.6, "one line as wide as its column"
    return RegionKind.UNKNOWN, 0.3, "a short line by itself"


def _between_rules(box: Box, rules: Rules, pitch: float) -> bool:
    def near(y: float) -> bool:
        return any(
            abs(rule.center[1] - y) < 1.3 * pitch
            and rule.overlap_x(box) > 0.6 * box.width
            and rule.width < 2.2 * box.width
            for rule in rules.horizontal
        )

    return near(box.y0) and near(box.y1)


def _picture(box: Box) -> Shape:
    return Shape(RegionKind.IMAGE, box, confidence=0.8, reason="an area without white paper, not a panel")


def _as_caption(shape: Shape, pictures: Sequence[Shape], pitch: float) -> Shape:
    """A few lines of small type directly below a picture and no wider than it are its caption."""
    if shape.kind not in (RegionKind.PARAGRAPH, RegionKind.UNKNOWN) or len(shape.lines) > 4:
        return shape
    for picture in pictures:
        gap = shape.box.y0 - picture.box.y1
        within = shape.box.overlap_x(picture.box) > 0.9 * shape.box.width
        if within and -0.5 * pitch < gap < 1.2 * pitch:
            return replace(shape, kind=RegionKind.CAPTION, confidence=0.7, reason="directly below a picture")
    return shape


def _margin_labels(found: Findings) -> list[Shape]:
    """Text along the margin: a dark panel much taller than wide, or a strip of letters turned on their side.

    Which way they are turned shows when they are read.
    """
    panels = [
        panel
        for panel in found.grounds.dark
        if panel.height > 2.5 * panel.width and panel.width < 6 * found.sheet.pitch
    ]
    labels = []
    for text in found.turned:
        around = next((panel for panel in panels if panel.covers(text.box, 0.6)), None)
        labels.append(_margin_label(text.box, text.lines, light_on_dark=around is not None))
        if around is not None:
            panels.remove(around)
    for panel in panels:
        inside = [run.box for run in found.runs if panel.covers(run.box, 0.6)]
        box = union(inside) if inside else panel.grown(-0.15 * panel.width)
        labels.append(_margin_label(box, (box,), light_on_dark=True))
    return labels


def _margin_label(box: Box, lines: Sequence[Box], light_on_dark: bool) -> Shape:
    look = Appearance(light_on_dark=light_on_dark)
    strip = "a strip of letters along the margin, no gaps between lines in it"
    return Shape(
        RegionKind.SECTION_LABEL,
        box,
        lines=tuple(LineShape(line, appearance=look) for line in lines),
        confidence=0.8 if light_on_dark else 0.7,
        reason="text along a tall narrow panel" if light_on_dark else strip,
        rotation=90,
        appearance=look,
    )


def _containers(found: Findings) -> list[tuple[Box, bool]]:
    """Frames and tinted boxes, (box, framed), the smallest first so that inner ones take theirs."""
    tints = [t for t in found.grounds.tints if not any(f.covers(t, 0.8) for f in found.frames)]
    side = 7 * found.sheet.pitch  # a lower panel is a headline's ground
    panels = [panel for panel in found.grounds.dark if panel.height > side and panel.width > side]
    boxes = [(box, True) for box in (*found.frames, *panels)] + [(box, False) for box in tints]
    return sorted(boxes, key=lambda entry: entry[0].area)


def _own_article(box: Box, inside: list[Shape], found: Findings) -> bool:
    """Whether a tint is the ground of an article: wider than half of the text, with a headline in it."""
    text = union([run.box for run in found.runs])
    heads = (shape.box for shape in inside if shape.kind is RegionKind.HEADLINE)
    wide = box.width > 0.5 * text.width
    return wide and any(head.height > 1.5 * found.sheet.pitch for head in heads)


def _container(box: Box, inside: list[Shape], usual: float, pitch: float, *, framed: bool) -> Shape:
    """A framed or tinted box: an advertisement where display type or pictures rule, else a sidebar."""
    texts = [shape for shape in inside if shape.lines]
    lines = [line for shape in texts for line in shape.lines]
    body = [line for line in lines if (line.appearance.letter_height or 0) < 1.25 * usual]
    filled = sum(line.box.area for line in body) / max(box.area, 1)
    pictured = any(shape.kind is RegionKind.IMAGE for shape in inside)
    look = Appearance(framed=framed, tinted=not framed)
    if len(texts) == 1 and len(lines) <= 6 and not pictured and box.height < 12 * pitch:
        only = texts[0]
        return replace(
            only,
            kind=RegionKind.PULL_QUOTE if only.kind is RegionKind.HEADLINE else only.kind,
            appearance=replace(only.appearance, framed=framed, tinted=not framed),
            reason=f"alone in a {'frame' if framed else 'tinted box'}",
        )
    if framed and (filled < 0.3 or (pictured and len(body) < 12)):
        kind, sure, reason = RegionKind.ADVERTISEMENT, 0.75, "a frame with little running text in it"
    else:
        kind, sure, reason = (
            RegionKind.SIDEBAR,
            0.7,
            "running text in a frame" if framed else "running text on a tint",
        )
    children = tuple(sorted(inside, key=lambda shape: (shape.box.y0, shape.box.x0)))
    return Shape(kind, box, children=children, confidence=sure, reason=reason, appearance=look)


def _separators(found: Findings) -> list[Shape]:
    return [
        Shape(RegionKind.SEPARATOR, rule, confidence=0.9, reason=reason)
        for rules, reason in (
            (found.rules.horizontal, "a level rule"),
            (found.rules.vertical, "an upright rule"),
        )
        for rule in rules
    ]


def _line_shape(line: Line, usual: float, stroke: float) -> LineShape:
    half = line.core.width / 2
    x, y = (
        line.core.center[0],
        line.core.y1 if abs(line.rise) * half < line.core.height else line.core.center[1],
    )
    baseline = ((x - half, y - line.rise * half), (x + half, y + line.rise * half))
    look = Appearance(letter_height=line.size, weight=line.stroke / stroke, ink=line.ink)
    return LineShape(line.box, baseline, appearance=look)


def to_page(scan: Scan, sheet: Placing, shapes: Sequence[Shape], columns: Sequence[Box]) -> Segmentation:
    """The shapes in page pixels, clipped to the page."""
    page = Box(0.0, 0.0, float(scan.width), float(scan.height))
    factor = sheet.to_page.factor
    return Segmentation(
        width=page.width,
        height=page.height,
        shapes=tuple(_placed(shape, sheet, page, factor) for shape in shapes),
        columns=tuple(Column(_upright(box, sheet).clipped(page)) for box in columns),
        skew=sheet.skew,
        sheet=sheet.sheet,
        detector="newspaper",
    )


def _upright(column: Box, sheet: Placing) -> Box:
    """A column's box on the page: as high as what it holds, and as wide as the column, where its middle is. A
    long column that leans needs twice its width.
    """
    middle = column.center[1]
    across = sheet.to_page.apply_box(replace(column, y0=middle, y1=middle))
    return replace(sheet.to_page.apply_box(column), x0=across.x0, x1=across.x1)


def _placed(shape: Shape, sheet: Placing, page: Box, factor: float) -> Shape:
    turned = abs(sheet.skew) > 0.1 or sheet.to_page.bend is not None
    corners = sheet.to_page.outline(shape.box)
    return replace(
        shape,
        box=bounds(corners).clipped(page),
        polygon=corners if turned and shape.kind is not RegionKind.SEPARATOR else None,
        lines=tuple(_placed_line(line, sheet, page, turned) for line in shape.lines),
        children=tuple(_placed(child, sheet, page, factor) for child in shape.children),
        appearance=_scaled(shape.appearance, factor),
    )


def _placed_line(line: LineShape, sheet: Placing, page: Box, turned: bool) -> LineShape:
    corners = sheet.to_page.outline(line.box)
    return replace(
        line,
        box=bounds(corners).clipped(page),
        baseline=sheet.to_page.path(line.baseline),
        polygon=corners if turned else None,
        appearance=_scaled(line.appearance, sheet.to_page.factor),
    )


def _scaled(look: Appearance, factor: float) -> Appearance:
    return replace(
        look,
        letter_height=None if look.letter_height is None else round(look.letter_height * factor, 2),
        line_pitch=None if look.line_pitch is None else round(look.line_pitch * factor, 2),
        weight=None if look.weight is None else round(look.weight, 3),
        ink=None if look.ink is None else round(look.ink, 3),
    )
