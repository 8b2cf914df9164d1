"""Pictures, and the grounds under text that are not white paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Box, union
from layout.geometry.components import Components, Marks, Mask, close, components, open_
from layout.geometry.panels import dark_panels, is_edged, kind_of_ground
from layout.geometry.regularity import regularity
from layout.geometry.tints import pale_tints
from layout.geometry.titles import heavy_rows
from layout.geometry.worksheet import Worksheet
from layout.image.scale import resized

Gray = NDArray[np.uint8]

_TALLEST = 7.0  # line pitches: letters of mastheads
_PAPER = 0.3  # of an area: small type leaves four tenths and more, a tint's grain two tenths at most
_COVERED = 0.9  # of white: darker is a place without paper
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


@dataclass(frozen=True)
class _Tones:
    """The page at about eight pixels to the line: ``unit`` of them are one line, ``step`` of the worksheet's
    pixels are one of these.

    ``small`` is its grey, ``brightest`` the same with strokes filled with the white within half a line,
    ``tone`` with the white between close strokes; panels are white in both. ``dots`` is where dots crowd;
    ``white`` the paper's grey, ``letters`` the middles of letters in worksheet pixels.
    """

    small: Gray
    brightest: Gray
    tone: Gray
    dots: Mask
    white: float
    unit: float
    step: int
    letters: NDArray[np.float64]


def find_grounds(sheet: Worksheet) -> Grounds:
    """Areas in which no white paper shows for more than half a line, sorted by what they are.

    In text of any size white comes back within a few strokes; in a photograph, a reversed headline or
    a tinted box it does not. Such an area is a panel where its ground is even and the rest of it are
    letters, else a picture. In one-bit scans the greys of a picture are clouds of dots instead.
    """
    tones = _tones(sheet)
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
    kinds["tint"] = [tint for tint in kinds["tint"] if not _shows_paper(sheet.light, tint, white)]
    pale = components(close(tones.brightest < 0.955 * white, unit, unit))
    whole = [_with_pale_parts(box, pale, step, tones.letters, sheet.pitch) for box in kinds["picture"]]
    toned = [_to_tone(box, tones.tone < 0.93 * white, step, unit) for box in _together(whole, sheet.pitch)]
    pictures = tuple(_to_edge(box, sheet.shape, sheet.pitch) for box in toned)
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


def _tones(sheet: Worksheet) -> _Tones:
    step = max(1, round(sheet.pitch / 8))
    unit = sheet.pitch / step
    small = resized(sheet.light, 1 / step)
    window = np.ones((round(0.8 * unit),) * 2, np.uint8)
    brightest = np.asarray(cv2.dilate(cv2.GaussianBlur(small, (0, 0), 0.12 * unit), window), np.uint8)
    narrow = np.ones((round(0.5 * unit) | 1,) * 2, np.uint8)
    tone = np.asarray(cv2.morphologyEx(small, cv2.MORPH_CLOSE, narrow), np.uint8)
    dots = _dot_clouds(sheet.marks, sheet.shape, sheet.pitch, (small.shape[1], small.shape[0]))
    white = float(np.percentile(brightest, 80))
    return _Tones(small, brightest, tone, dots, white, unit, step, _letters(sheet.marks, sheet.pitch))


def _areas(tones: _Tones, panels: list[Box], pitch: float) -> dict[str, list[Box]]:
    """The areas without white by their kinds, in worksheet pixels; the panels among the dark ones."""
    unit, step = tones.unit, tones.step
    covered = close((tones.brightest < _COVERED * tones.white) | tones.dots, unit, unit)
    for panel in panels:
        covered[int(panel.y0) : int(panel.y1), int(panel.x0) : int(panel.x1)] = False
    found = components(open_(covered, 0.8 * unit, 0.8 * unit))
    kinds: dict[str, list[Box]] = {"picture": [], "dark": [p.scaled(step) for p in panels], "tint": []}
    for index in np.flatnonzero(_solid(found, unit, tones.small.shape)):
        x0, y0, x1, y1 = (int(v[index]) for v in (found.x0, found.y0, found.x1, found.y1))
        where = found.labels[y0:y1, x0:x1] == index + 1
        kind = _kind(tones, (slice(y0, y1), slice(x0, x1)), where, pitch)
        if kind is not None:
            kinds[kind].append(Box(float(x0), float(y0), float(x1), float(y1)).scaled(step))
    return kinds


def _kind(tones: _Tones, place: tuple[slice, slice], where: Mask, pitch: float) -> str | None:
    """What an area without white is; None for heavy type, for shadows and for crowded specks."""
    small, white, unit = tones.small[place], tones.white, tones.unit
    grey = float((tones.brightest[place][where] < _COVERED * white).mean())
    if grey < 0.1 and min(where.shape) < 2.5 * unit:
        return None  # dots only: a screened picture is larger, or dark somewhere
    kind = kind_of_ground(small, where, white, unit)
    if kind == "dark" and not is_edged(small, white, unit):
        if where.shape[0] < _TALLEST * unit:
            return None  # letters so heavy that no paper shows between them
        kind = "picture"
    if kind != "picture":
        return kind
    (y0, y1), (x0, x1) = ((side.start, side.stop) for side in place)
    box = Box(float(x0), float(y0), float(x1), float(y1)).scaled(tones.step)
    ground = float(np.median(tones.brightest[place][where])) / white
    if ground > 0.7 and _reads(tones.letters, box, pitch):
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
    if not _reads(letters, box, pitch):
        return
    if any(box.intersection(k) > 0.1 * box.area for k in (*kinds["picture"], *kinds["dark"], *others)):
        return
    kinds["tint"] = [*others, box]


def _shows_paper(light: Gray, box: Box, white: float) -> bool:
    """Whether paper lies between the strokes of an area: then it is small type, set close, and no tint."""
    area = light[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)]
    return float((area > 0.95 * white).mean()) > _PAPER


def _to_tone(box: Box, toned: Mask, step: int, unit: float) -> Box:
    """The picture with each side where its tone ends, at most a line out and two and a half lines in.

    White within half a line eats a picture's rim, and a caption close below it is taken for picture;
    in ``toned`` (small pixels) strokes are filled with the paper's white. A side where the picture itself
    is pale stays.
    """
    x0, y0, x1, y1 = (round(v / step) for v in (box.x0, box.y0, box.x1, box.y1))
    inside = toned[max(0, y0) : y1, max(0, x0) : x1]
    if inside.size == 0 or min(inside.shape) < 3 * unit:
        return box
    height, width = toned.shape
    rows = toned[:, max(0, x0) : x1].mean(axis=1)
    columns = toned[max(0, y0) : y1].mean(axis=0)
    out, back = round(unit), round(min(2.5 * unit, min(inside.shape) / 3))
    usual_row = float(np.median(rows[max(0, y0) : y1]))
    usual_column = float(np.median(columns[max(0, x0) : x1]))
    left = x0 + back - _reach(columns[max(0, x0 - out) : x0 + back][::-1], usual_column, back)
    right = x1 - back + _reach(columns[x1 - back : min(width, x1 + out)], usual_column, back)
    top = y0 + back - _reach(rows[max(0, y0 - out) : y0 + back][::-1], usual_row, back)
    bottom = y1 - back + _reach(rows[y1 - back : min(height, y1 + out)], usual_row, back)
    return Box(float(left * step), float(top * step), float(right * step), float(bottom * step))


def _reach(share: NDArray[np.float64], usual: float, kept: int) -> int:
    """How far from the first place the tone goes on; ``kept`` where it has none to begin with.

    ``share`` of each row's pixels is toned; in a pale picture it is little everywhere, so it is held against
    the picture's ``usual`` one. Before ``kept`` it ends only where hardly anything is toned to there.
    """
    ends = np.flatnonzero(share <= 0.4 * usual)
    if not len(ends):
        return len(share)
    end = int(ends[0])
    if end == 0 or (end < kept and float(share[end:kept].mean()) > 0.15):
        return kept
    return end


def _to_edge(box: Box, shape: tuple[int, int], pitch: float) -> Box:
    """A picture that ends less than a line before the page's edge goes on to it: no text fits between."""
    height, width = shape
    return Box(
        0.0 if box.x0 < pitch else box.x0,
        0.0 if box.y0 < pitch else box.y0,
        float(width) if box.x1 > width - pitch else box.x1,
        float(height) if box.y1 > height - pitch else box.y1,
    )


def _solid(found: Components, unit: float, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Areas big and full enough, and not the scanner's bed or a shadow along the page's edge."""
    height, width = shape[0], shape[1]
    size = found.width * found.height
    big = (np.minimum(found.width, found.height) >= 1.2 * unit) & (size >= 6 * unit * unit)
    edges = (found.x0 <= 1).astype(int) + (found.y0 <= 1)
    edges += (found.x1 >= width - 1).astype(int) + (found.y1 >= height - 1)
    bed = ((edges >= 1) & (found.area < 0.5 * size)) | (edges >= 2)
    solid: NDArray[np.bool_] = big & ~bed & (found.area >= 0.45 * size)
    return solid


def _with_pale_parts(
    box: Box, pale: Components, step: int, letters: NDArray[np.float64], pitch: float
) -> Box:
    """The picture with its skies and other pale parts, where together they make a full rectangle.

    A shaded paper beside it is as pale, but text stands on it.
    """
    x, y = int(box.center[0] / step), int(box.center[1] / step)
    label = int(pale.labels[min(y, pale.labels.shape[0] - 1), min(x, pale.labels.shape[1] - 1)])
    if label == 0:
        return box
    x0, y0, x1, y1 = (int(v[label - 1]) * step for v in (pale.x0, pale.y0, pale.x1, pale.y1))
    larger = union((box, Box(float(x0), float(y0), float(x1), float(y1))))
    full = pale.area[label - 1] * step * step > 0.85 * (x1 - x0) * (y1 - y0)
    beside = (
        replace(larger, x1=box.x0),
        replace(larger, x0=box.x1),
        replace(larger, y1=box.y0),
        replace(larger, y0=box.y1),
    )
    if not full or (x1 - x0) * (y1 - y0) >= 5 * box.area or any(_reads(letters, b, pitch) for b in beside):
        return box
    return larger


def _letters(parts: Marks, pitch: float) -> NDArray[np.float64]:
    """Middles (x, y) of the components that are as high as letters of running text, N x 2."""
    fit = (parts.height > 0.22 * pitch) & (parts.height < 1.2 * pitch) & (parts.width < 4 * pitch)
    return np.stack([(parts.x0 + parts.x1)[fit] / 2, (parts.y0 + parts.y1)[fit] / 2], axis=1)


def _reads(letters: NDArray[np.float64], box: Box, pitch: float) -> bool:
    """Whether letters fill the area as they fill a column, one to about two squares of the pitch, in lines.

    Clumps of a picture's dots are as high as letters, but where there is room for some lines, in none.
    """
    x, y = letters[:, 0], letters[:, 1]
    inside = (x > box.x0) & (x < box.x1) & (y > box.y0) & (y < box.y1)
    if inside.sum() <= max(8.0, 0.35 * box.area / pitch**2):
        return False
    in_lines = regularity(x[inside], y[inside], pitch) if box.height > 3 * pitch else None
    return in_lines is None or in_lines > 0.5


def _dot_clouds(parts: Marks, shape: tuple[int, int], pitch: float, size: tuple[int, int]) -> Mask:
    """Where separate dots crowd far more than dots of letters do; a mask of ``size`` (width, height).

    Text has at most three or four dots to a square of the line pitch (Arabic script), a screened
    picture eight and more. On a page speckled all over the bar lies higher.
    """
    tiny = np.maximum(parts.width, parts.height) < 0.22 * pitch
    width, height = size
    scale_x, scale_y = width / shape[1], height / shape[0]
    x = np.minimum(((parts.x0 + parts.x1) / 2 * scale_x)[tiny].astype(int), width - 1)
    y = np.minimum(((parts.y0 + parts.y1) / 2 * scale_y)[tiny].astype(int), height - 1)
    count = np.zeros((height, width), np.float32)
    np.add.at(count, (y, x), 1.0)
    square = pitch * pitch * scale_x * scale_y
    reach = max(3, round(1.2 * pitch * scale_x) | 1)
    density = cv2.blur(count, (reach, reach)) * square
    usual = float(np.percentile(density, 60))
    clouds: Mask = density > max(6.5, 5 * usual)
    return clouds


def _together(boxes: list[Box], pitch: float) -> tuple[Box, ...]:
    """Pieces of one picture united: boxes that overlap or nearly touch side by side, first ones first."""
    pieces = _Pieces(boxes, 0.3 * pitch)
    first = 0
    while first < pieces.count:
        mate = pieces.mate(first, first + 1, pieces.count)
        if mate is None:
            first += 1
            continue
        pieces.unite(first, mate)
        # What comes before has no mate but perhaps the new piece, which is the last.
        while (mate := pieces.mate(pieces.count - 1, 0, first)) is not None:
            pieces.unite(mate, pieces.count - 1)
    return tuple(sorted(pieces.alive(), key=lambda box: (box.y0, box.x0)))


class _Pieces:
    """Boxes that become fewer: two united are dead, their union stands at the end."""

    def __init__(self, boxes: list[Box], near: float) -> None:
        self._near = near
        self.count = len(boxes)
        self._sides = np.full((4, 2 * len(boxes) + 1), np.nan)  # a dead box is nowhere
        for index, box in enumerate(boxes):
            self._sides[:, index] = (box.x0, box.y0, box.x1, box.y1)

    def mate(self, index: int, start: int, stop: int) -> int | None:
        """The first from ``start`` to before ``stop`` that is part of one picture with this one."""
        ax0, ay0, ax1, ay1 = self._sides[:, index]
        x0, y0, x1, y1 = self._sides[:, start:stop]
        grown = self._near
        touching = (np.minimum(ax1 + grown, x1) > np.maximum(ax0 - grown, x0)) & (
            np.minimum(ay1 + grown, y1) > np.maximum(ay0 - grown, y0)
        )
        # They fill their common box well: then they are parts of one picture.
        common = (np.maximum(ax1, x1) - np.minimum(ax0, x0)) * (np.maximum(ay1, y1) - np.minimum(ay0, y0))
        fits = touching & ((ax1 - ax0) * (ay1 - ay0) + (x1 - x0) * (y1 - y0) > 0.55 * common)
        return start + int(np.argmax(fits)) if fits.any() else None

    def unite(self, i: int, j: int) -> None:
        least = np.minimum(self._sides[:2, i], self._sides[:2, j])
        most = np.maximum(self._sides[2:, i], self._sides[2:, j])
        self._sides[:, [i, j]] = np.nan
        self._sides[:, self.count] = (*least, *most)
        self.count += 1

    def alive(self) -> list[Box]:
        sides = self._sides[:, : self.count]
        return [Box(*map(float, box)) for box in sides[:, ~np.isnan(sides[0])].T]


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
