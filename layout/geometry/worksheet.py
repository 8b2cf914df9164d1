"""The page made ready: level, its lines straight, at one size of type, paper white, ink found.

Everything in geometry is measured on this picture, whose running text has a line pitch of about
`PITCH` pixels whatever the scan's resolution; each result goes back by `Worksheet.to_page`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Affine, Polygon
from layout.document.many import give_back
from layout.geometry.components import Components, Marks, close, components, marks, octets, open_
from layout.geometry.pitch import line_pitch
from layout.image.binarize import flatten, shows_through, threshold, weighed_height, without_show_through
from layout.image.deskew import find_skew
from layout.image.scale import means, resized
from layout.image.scan import Gray
from layout.image.sheet import find_sheet, sheet_mask, without_cut_off
from layout.image.warp import Bend, PageMap, find_bend

Mask = NDArray[np.bool_]

#: Working line pitch in pixels: strokes of body type are then two to three pixels wide.
PITCH = 30.0
_PREVIEW = 3000  # longer side of the picture on which skew and pitch are found
#: Lines of running text stand at most this many heights of a middling mark apart: 1.8 to 2.9 in Latin type,
#: 2.3 to 5.0 in Arabic, where dots are marks of their own.
_WIDEST_LEADING = 5.6
_CLOSEST_LEADING = 1.3  # and never so near to each other
_SCREEN = 8.0  # heights of a mark: the side of a square that text never fills
_NEARLY = 0.08  # of a whole fraction: the working pitch is then off by so much
_MEGAPIXELS = 24.0  # bound of the working picture


@dataclass(frozen=True)
class Placing:
    """How a worksheet lies on the page: ``pitch`` the line pitch in its pixels, ``skew`` in degrees as found,
    ``to_page`` the map back to page pixels, with the bend of the lines where they were bent, ``sheet`` the
    outline of the paper in page pixels (None: the whole picture).
    """

    pitch: float
    skew: float
    to_page: PageMap
    sheet: Polygon | None


@dataclass(frozen=True)
class Worksheet(Placing):
    """``light`` H x W uint8 with white paper and slow shadows taken out (pictures and tints keep their grey),
    ``ink`` the mask of dark strokes.
    """

    light: Gray
    ink: Mask

    @cached_property
    def marks(self) -> Marks:
        """The components of the ink."""
        return marks(self.ink)

    @property
    def shape(self) -> tuple[int, int]:
        return self.ink.shape[0], self.ink.shape[1]

    @property
    def placing(self) -> Placing:
        """What is left to know when its pictures are no longer needed."""
        return Placing(self.pitch, self.skew, self.to_page, self.sheet)


@dataclass(frozen=True)
class _View:
    """What a page shows at ``factor`` of its size.

    ``outline`` is the sheet's in page pixels, ``dirty`` whether print shows through, ``skew`` in degrees;
    ``pitch`` and ``bend`` are in pixels of the smaller picture, ``paper`` is a grey that three quarters of
    the page are no lighter than.
    """

    factor: float
    outline: Polygon | None
    dirty: bool
    skew: float
    pitch: float
    bend: Bend | None
    paper: int


def make_worksheet(gray: Gray, max_skew: float) -> Worksheet:
    """The working picture of a page; a page without text keeps its size (bounded) and pitch/60."""
    height, width = gray.shape
    view = _view(gray, max_skew)
    give_back()  # of the small picture
    pitch = view.pitch / view.factor
    scale = min(2.0, PITCH / pitch, (_MEGAPIXELS * 1e6 / (height * width)) ** 0.5)
    # Means of whole pixels keep strokes as sharp as they are; the pitch need not be met to the pixel.
    scale = next((1 / n for n in (1, 2, 3) if abs(scale * n - 1) < _NEARLY), scale)
    work = resized(gray, scale)
    pitch *= scale
    turned = Affine.rotation(-view.skew, (work.shape[1] / 2, work.shape[0] / 2)).inverse()
    bend = None if view.bend is None else view.bend.scaled(scale / view.factor)
    to_work = PageMap(turned, bend, pitch)
    light = _straight(work, to_work, view.skew, fill=view.paper)
    del work
    flat = flatten(light, max(16, int(3 * pitch)))
    ink = threshold(flat, 2 * int(0.6 * pitch) + 1)
    ink = without_show_through(flat, ink) if view.dirty else ink
    del flat
    light = _slow_light(light)
    if view.outline is not None or view.skew or bend:
        on_sheet = _straight_sheet(_scaled(view.outline, scale), light.shape, to_work)
        light[~on_sheet] = 255
        ink &= on_sheet
    return Worksheet(
        light=light,
        ink=without_cut_off(ink, round(0.7 * pitch)),
        sheet=view.outline,
        pitch=pitch,
        skew=view.skew,
        to_page=replace(to_work, affine=turned.then(Affine.scale(1 / scale))),
    )


def _view(gray: Gray, max_skew: float) -> _View:
    factor = min(1.0, _PREVIEW / max(gray.shape))
    preview = resized(gray, factor)
    sheet = find_sheet(preview)
    outline = _scaled(sheet, 1 / factor)
    margin = 0.006 * max(preview.shape)
    first = _first_ink(preview, None if sheet is None else sheet_mask(sheet, preview.shape, margin))
    ink, letter, dirty = *_letters(first), first.dirty
    del first
    skew = find_skew(ink, max_skew) if max_skew > 0 else 0.0
    level = _turn(octets(ink), skew).view(np.bool_)
    # Wider leading is met where nothing nearer repeats: a periodical set with much air; and where most
    # marks are dirt they say nothing of the letters.
    bounds = (_WIDEST_LEADING * letter, 1.6 * _WIDEST_LEADING * letter, None)
    least = _CLOSEST_LEADING * letter
    found = next((pitch for bound in bounds if (pitch := line_pitch(level, bound, least))), None)
    slope, bend = find_bend(level, found) if found and max_skew > 0 else (0.0, None)
    skew -= math.degrees(math.atan(slope))
    pitch = found or 0.012 * max(preview.shape)
    return _View(factor, outline, dirty, skew, pitch, bend, int(np.percentile(preview[::4, ::4], 75)))


@dataclass(frozen=True)
class _FirstInk:
    """The ink of the print in a small picture of the page.

    ``letters`` is what of it may be letters of running text, ``usual`` the height of a mark, ``dirty``
    whether there was other ink that shows through.
    """

    ink: Mask
    letters: Mask
    usual: float
    dirty: bool


def _first_ink(preview: Gray, on_sheet: Mask | None) -> _FirstInk:
    flat = flatten(preview, 80)
    ink = threshold(flat, 31)
    parts = components(ink)
    dirty = shows_through(flat, ink, parts.labels, parts.height, parts.area)
    if dirty or on_sheet is not None:
        del parts
        ink = without_show_through(flat, ink) if dirty else ink
        ink = ink if on_sheet is None else ink & on_sheet
        parts = components(ink)
    del flat
    return _FirstInk(ink, *_small_marks(ink, parts), dirty)


def _letters(first: _FirstInk) -> tuple[Mask, float]:
    """(ink without specks and without pictures, panels, rules and display type; height of a mark)."""
    ink, letters, usual = first.ink, first.letters, first.usual
    while (screens := _screens(letters, usual)).any() and (letters & ~screens).any():
        ink = ink & ~screens
        letters, usual = _small_marks(ink, components(ink))
    return letters, usual


def _small_marks(ink: Mask, found: Components) -> tuple[Mask, float]:
    """(ink of what may be letters of running text; height of a mark).

    What is four times as high as the median of all marks, or wider than sixteen times, is no letter of
    running text; on such small things alone rest skew and pitch.
    """
    marks = found.area >= 6
    if not marks.any():
        return ink, float(len(ink))
    usual = _usual_height(found.height[marks])
    return found.mask(marks & (found.height <= 4 * usual) & (found.width <= 16 * usual)), usual


def _screens(marks: Mask, usual: float) -> Mask:
    """Where marks lie so close that no white as high as they are comes between: halftones, not lines of text.

    The dots of a coarse screen stand in rows more regular than any lines of type.
    """
    screens = np.zeros(marks.shape, bool)
    if round(_SCREEN * usual) > min(marks.shape):  # no such square has room; on a black page 10 s to find out
        return screens
    dense = close(marks, usual, usual)
    solid = components(open_(dense, _SCREEN * usual, _SCREEN * usual, out=dense))
    for x0, y0, x1, y1 in solid.boxes(np.ones(len(solid), bool)):
        screens[y0:y1, x0:x1] = True
    return screens


def _usual_height(heights: NDArray[np.int64]) -> float:
    """The middling height of the marks, or that of the letters where specks outnumber these.

    Weighed by height the median is 1.0 to 1.3 times the plain one in Latin type, up to 2 in Arabic with its
    dots; beyond that most marks are dirt, and the heavier ones are the print.
    """
    usual, weighed = float(np.sort(heights)[len(heights) // 2]), weighed_height(heights)
    return usual if weighed <= 2.5 * usual else weighed / 1.5


def _scaled(outline: Polygon | None, factor: float) -> Polygon | None:
    return None if outline is None else tuple((x * factor, y * factor) for x, y in outline)


def _turn(gray: Gray, skew: float) -> Gray:
    height, width = gray.shape
    return _straight(gray, PageMap(Affine.rotation(-skew, (width / 2, height / 2)).inverse()), skew)


def _straight(gray: Gray, to_gray: PageMap, skew: float, fill: int = 0) -> Gray:
    """The picture level and straight, at its own size; itself where it is so already."""
    if abs(skew) < 0.03 and to_gray.bend is None:
        return gray
    return to_gray.picture(gray, (gray.shape[1], gray.shape[0]), fill=fill)


def _straight_sheet(outline: Polygon | None, shape: tuple[int, ...], to_work: PageMap) -> Mask:
    """Where the straightened picture shows the sheet; found on every fourth pixel, its edge is not sharp."""
    height, width = shape
    small = (-(-width // 4), -(-height // 4))
    quarter = to_work.scaled(1 / 4)
    seen = sheet_mask(_scaled(outline, 1 / 4), small[::-1], 0.1 * to_work.pitch)
    straight = quarter.picture(octets(seen), small, fill=0, smooth=False)
    whole = cv2.resize(straight, None, fx=4, fy=4, interpolation=cv2.INTER_NEAREST)
    return np.ascontiguousarray(whole[:height, :width], np.uint8).view(np.bool_)


def _slow_light(gray: Gray) -> Gray:
    """The page divided by its paper's brightness as it changes over a third of the page."""
    small = means(gray, 64, 64)
    paper = cv2.dilate(small, np.ones((11, 11), np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), 8)
    paper = np.maximum(paper, np.uint8(0.6 * np.percentile(paper, 90)))
    full = cv2.resize(paper, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(gray, full, scale=255), np.uint8)
