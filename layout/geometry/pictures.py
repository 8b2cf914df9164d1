"""Pictures, and the grounds under text that are not white paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Box
from layout.geometry.components import Components, Mask, close, components, open_
from layout.geometry.extents import box_of, to_edge, to_tone, together, with_pale_parts, without_read_sides
from layout.geometry.panels import dark_panels, is_edged, kind_of_ground
from layout.geometry.show_through import dark_parts
from layout.geometry.tints import is_even, pale_tints
from layout.geometry.titles import heavy_rows
from layout.geometry.tones import PALE, Gray, Tones, measure_tones, reads
from layout.geometry.worksheet import Worksheet

_TALLEST = 7.0  # line pitches: letters of mastheads
_PAPER = 0.3  # of an area: small type leaves four tenths and more, a tint's grain two tenths at most
_TOUCH, _UNITED = 0.3, 0.55  # line pitches between parts of one picture; what they fill of their common box
_FACING = 0.5  # share of the shorter side that two parts have in common
_DOTTED = 0.4  # of an area without dark places: where specks crowd here and there, it is less
_COVERED = 0.9  # of white: darker is a place without paper
_FULL = 0.8  # of its box: what a picture that may be pale in places takes up
_BARE = 0.05  # of a column's pixels: specks in the gutter between two pictures
_WIDE = 4.0  # line pitches: a picture in a row of pictures is wider
_BRIDGE = 2.5  # line pitches: the height of the place where two pictures meet at their corners
_RIM = 5.0  # line pitches: a picture that the scan cuts off is larger


@dataclass(frozen=True)
class Grounds:
    """What the letters do not stand on white paper for; boxes in worksheet pixels.

    ``pictures`` hold no text; ``dark`` are grounds with light letters; ``tints`` are light grey or
    coloured grounds with dark letters.
    """

    pictures: tuple[Box, ...]
    dark: tuple[Box, ...]
    tints: tuple[Box, ...]


def find_grounds(sheet: Worksheet) -> Grounds:
    """Areas in which no white paper shows for more than half a line, sorted by what they are.

    In text of any size white comes back within a few strokes; in a photograph, a reversed headline or
    a tinted box it does not. Such an area is a panel where its ground is even and the rest of it are
    letters, else a picture. In one-bit scans the greys of a picture are clouds of dots instead.
    """
    tones = measure_tones(sheet)
    step, unit, white = tones.step, tones.unit, tones.white
    for row in heavy_rows(sheet):
        x0, y0, x1, y1 = (round(v / step) for v in (row.x0, row.y0, row.x1, row.y1))
        tones.small[y0:y1, x0:x1] = tones.brightest[y0:y1, x0:x1] = tones.tone[y0:y1, x0:x1] = 255
    panels = dark_panels(tones.small, white, unit)
    for panel in panels:  # a picture can stand close below a reversed headline, or beside a label
        box = panel.grown(0.3 * unit)
        x0, y0, x1, y1 = (max(0, round(v)) for v in (box.x0, box.y0, box.x1, box.y1))
        tones.brightest[y0:y1, x0:x1] = tones.tone[y0:y1, x0:x1] = 255
    kinds = _areas(tones, panels, sheet.pitch)
    for tint in pale_tints(tones.small, tones.brightest, white, unit):
        _put_tint(kinds, tint.scaled(step), tones.letters, sheet.pitch)
    kinds["tint"] = [
        tint
        for tint in kinds["tint"]
        if not _shows_paper(sheet.light, tint, white) and is_even(_part(tones.brightest, tint, step), white)
    ]
    pale = components(close(tones.brightest < 0.955 * white, unit, unit))
    found = kinds["picture"]
    whole = [with_pale_parts(box, found, pale, step, tones.letters, sheet.pitch) for box in found]
    united = together(whole, _TOUCH * sheet.pitch, _UNITED, _FACING)
    pictures = tuple(to_edge(to_tone(box, tones), sheet.shape, sheet.pitch) for box in united)
    return Grounds(pictures, tuple(kinds["dark"]), tuple(kinds["tint"]))


def without_pictures(sheet: Worksheet, pictures: tuple[Box, ...]) -> Worksheet:
    """The sheet without ink where pictures are."""
    if not pictures:
        return sheet
    ink = sheet.ink.copy()
    for box in pictures:
        ink[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)] = False
    return replace(sheet, ink=ink)


def only_pictures(grounds: Grounds, titles: Sequence[Box], shape: tuple[int, int], pitch: float) -> Grounds:
    """The grounds without what is dark and no picture: a rim of the bed or of the facing page along a side of
    the scan, and the heavy parts of a title's letters."""
    height, width = shape

    def is_rim(box: Box) -> bool:
        outer = min(box.x0, box.y0, width - box.x1, height - box.y1) <= 0
        return outer and min(box.width, box.height) < _RIM * pitch

    def in_title(box: Box) -> bool:
        return any(title.covers(box, 0.9) for title in titles)

    kept = tuple(box for box in grounds.pictures if not (is_rim(box) or in_title(box)))
    return replace(grounds, pictures=kept)


def _areas(tones: Tones, panels: list[Box], pitch: float) -> dict[str, list[Box]]:
    """The areas without white by their kinds, in worksheet pixels; the panels among the dark ones."""
    unit, step = tones.unit, tones.step
    grey = tones.brightest < _COVERED * tones.white
    covered = close(grey | tones.dots, unit, unit)
    for panel in panels:
        covered[int(panel.y0) : int(panel.y1), int(panel.x0) : int(panel.x1)] = False
    found = components(open_(covered, 0.8 * unit, 0.8 * unit))
    kinds: dict[str, list[Box]] = {"picture": [], "dark": [p.scaled(step) for p in panels], "tint": []}
    solid = _solid(found, unit, tones.small.shape)
    for index in np.flatnonzero(_is_large(found, unit)):
        x0, y0, x1, y1 = (int(v[index]) for v in (found.x0, found.y0, found.x1, found.y1))
        whole = found.labels[y0:y1, x0:x1] == index + 1
        parts = dark_parts(tones, (x0, y0), whole, pitch)
        if not parts and solid[index]:
            apart = _apart(whole, grey[y0:y1, x0:x1], unit)
            parts = [(part, (x0 + left, y0 + top)) for part, (left, top) in apart]
        for part, (left, top) in parts:
            rows, columns = (
                slice(first, first + size) for first, size in zip((top, left), part.shape, strict=True)
            )
            place, part = without_read_sides(tones, (rows, columns), part, pitch)
            kind = _kind(tones, place, part, pitch)
            if kind is not None:
                kinds[kind].append(box_of(place).scaled(step))
    return kinds


def _apart(where: Mask, grey: Mask, unit: float) -> Iterator[tuple[Mask, tuple[int, int]]]:
    """An area in its parts, each with its left and top: itself, or the pictures that meet at their corners,
    or stand side by side with a gutter between.

    Those that meet at corners do not fill their common box, which holds the text beside them; where the
    narrow bridge between them is taken away, each fills its own. A gutter is white from top to bottom.
    """
    if where.mean() < _FULL:
        parts = components(open_(where, _BRIDGE * unit, _BRIDGE * unit))
        fills = parts.area / np.maximum(parts.width * parts.height, 1)
        large = parts.area > 0.1 * where.sum()
        if large.sum() > 1 and parts.area[large].sum() > 0.9 * where.sum() and fills[large].min() > _FULL:
            for index in np.flatnonzero(large).tolist():
                x0, y0, x1, y1 = (int(v[index]) for v in (parts.x0, parts.y0, parts.x1, parts.y1))
                yield parts.labels[y0:y1, x0:x1] == index + 1, (x0, y0)
            return
    filled = (where & grey).mean(axis=0) > _BARE
    sides = np.flatnonzero(np.diff(filled, prepend=False, append=False)).reshape(-1, 2)
    if len(sides) > 1 and np.diff(sides).min() > _WIDE * unit:
        for x0, x1 in sides.tolist():
            rows = np.flatnonzero(where[:, x0:x1].mean(axis=1) > 0.5)  # one may begin further down
            if len(rows):
                yield where[rows[0] : rows[-1] + 1, x0:x1], (x0, int(rows[0]))
        return
    yield where, (0, 0)


def _kind(tones: Tones, place: tuple[slice, slice], where: Mask, pitch: float) -> str | None:
    """What an area without white is; None for heavy type, for shadows and for crowded specks."""
    small, white, unit = tones.small[place], tones.white, tones.unit
    grey = float((tones.brightest[place][where] < _COVERED * white).mean())
    if grey < 0.1 and (min(where.shape) < 2.5 * unit or tones.dots[place][where].mean() < _DOTTED):
        return None  # dots only: a screened picture is larger and dotted all over, or dark somewhere
    kind = kind_of_ground(small, where, white, unit)
    if kind == "dark" and not is_edged(small, white, unit):
        if where.shape[0] < _TALLEST * unit:
            return None  # letters so heavy that no paper shows between them
        kind = "picture"
    if kind != "picture":
        return kind
    (y0, y1), (x0, x1) = ((side.start, side.stop) for side in place)
    box = box_of(place).scaled(tones.step)
    ground = float(np.median(tones.brightest[place][where])) / white
    if ground > PALE and reads(tones.letters, box, pitch):
        # Close-set heavy type leaves little white in places; a box holds some words.
        return "tint" if min(box.width, 2 * box.height) >= 5 * pitch else None
    blobs = open_(small < 0.55 * white, 0.6 * unit, 0.6 * unit).any()
    if ground > 0.84 and not blobs and not tones.dots[place].any():
        return None  # strokes on a light ground: large letters
    height, width = tones.small.shape
    sides = np.array([y0, width - x1, height - y1, x0]) < unit  # turned so often, it is the top one
    turned = (np.rot90(tones.brightest[place], turns) for turns in range(4) if sides[turns])
    if any(_falls_off(area, white, unit) for area in turned):
        return None
    return None if sides.any() and _shadow(small, where, white, unit) else kind


def _put_tint(kinds: dict[str, list[Box]], box: Box, letters: NDArray[np.float64], pitch: float) -> None:
    """Takes a pale tint among the grounds if it holds text: in the place of parts of it that were darker,
    and never over a picture or a panel.
    """
    parts = [known for known in kinds["tint"] if box.covers(known, 0.7)]
    others = [known for known in kinds["tint"] if known not in parts]
    if not reads(letters, box, pitch):
        return
    if any(box.intersection(k) > 0.1 * box.area for k in (*kinds["picture"], *kinds["dark"], *others)):
        return
    kinds["tint"] = [*others, box]


def _part(small: Gray, box: Box, step: int) -> Gray:
    """What a box of the worksheet holds of a picture that is ``step`` times smaller."""
    x0, y0, x1, y1 = (round(v / step) for v in (box.x0, box.y0, box.x1, box.y1))
    return small[y0:y1, x0:x1]


def _shows_paper(light: Gray, box: Box, white: float) -> bool:
    """Whether paper lies between the strokes of an area: then it is small type, set close, and no tint."""
    area = light[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)]
    return float((area > 0.95 * white).mean()) > _PAPER


def _solid(found: Components, unit: float, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Areas full enough, and not the scanner's bed or a shadow along the page's edge."""
    height, width = shape[0], shape[1]
    size = found.width * found.height
    edges = (found.x0 <= 1).astype(int) + (found.y0 <= 1)
    edges += (found.x1 >= width - 1).astype(int) + (found.y1 >= height - 1)
    bed = ((edges >= 1) & (found.area < 0.5 * size)) | (edges >= 2)
    solid: NDArray[np.bool_] = ~bed & (found.area >= 0.45 * size)
    return solid


def _is_large(found: Components, unit: float) -> NDArray[np.bool_]:
    """Areas wide and high enough for a picture or a panel."""
    size = found.width * found.height
    large: NDArray[np.bool_] = (np.minimum(found.width, found.height) >= 1.2 * unit) & (size >= 6 * unit**2)
    return large


def _falls_off(area: Gray, white: float, unit: float) -> bool:
    """Whether an area grows darker from white to the page's edge above it, alike all along: the fold beside a
    bound page, or the paper's curl at the scanner's bed. A picture changes along the edge as well.
    """
    tones = cv2.GaussianBlur(area.astype(np.float32), (0, 0), 0.5 * unit) / white
    if tones.shape[1] < 2 * tones.shape[0]:
        return False
    profile = np.median(tones, axis=1)
    steps = np.diff(profile)
    falls = float(profile[-1] - profile[0]) > 0.15 and float(np.maximum(-steps, 0).sum()) < 0.03
    return falls and float(np.abs(tones - profile[:, None]).mean()) < 0.08


def _shadow(area: Gray, where: Mask, white: float, unit: float) -> bool:
    """Whether an area is pale and smooth: paper or the scanner's bed falling off into the dark.

    Within half a line a shadow changes by one to three hundredths of white, a photograph by five and more.
    """
    if float(np.median(area[where])) < 0.8 * white:
        return False
    tones = area.astype(np.float32)
    change = np.abs(tones - cv2.GaussianBlur(tones, (0, 0), unit))
    return float(change[where].mean()) < 0.04 * white
