"""Titles: rows of letters many lines high, as in a newspaper's name at the head of its first page.

Such letters are as large and as black as pictures and panels, which are told by what white there is within
half a line. So they are found first, by themselves, and taken off the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from layout.document import Box
from layout.geometry.components import Components, Ints, Marks, Mask, close, components, dilate, open_
from layout.geometry.line import Line
from layout.geometry.worksheet import Worksheet

# Line pitches. Smaller letters are found with the other lines; larger things are drawings.
_LEAST, _MOST = 3.5, 14.0
_HEAVY = 1.25  # the least height of heavy letters
_HEAD = 0.25  # of the sheet's height: a name stands in its head, an ad or a picture anywhere
_WIDE = 0.3  # of the sheet's width: what a row takes
_LONG = 2.5  # times its height: what a row is long
_PAIR = 2.0  # times its height: what a row of heavy letters is long
_GAP = 0.7  # times its height: between words
_WORDS_APART, _EVEN = 2.0, 1.4  # times its height: between words set wide; how much such gaps differ
_THIN = 0.06  # times its height: an i or an alef is wider
_STROKE = 0.07  # of a row's height: a stroke that most of the ink is as thick as
_WORN = 0.3  # of a stroke: the specks of paper in one that took no ink
_DOT = 0.05  # of a row's height: a dot, a comma or a bar of a hyphen is thicker
_SOLID = 0.4  # of its box, filled: a letter of text that stands in the row is not
_STOP = 0.25  # of a row's height: how large a full stop is at most, and how far it stands off
_SPECK = 1.2  # line pitches: what stands in the row by itself and is no wider is dirt
_OWN = 0.8  # of the ink in a row is that of its letters; the rest is dirt, or print that stands in the way
_EDGE = 0.8  # of its length, inked along one side: more than in a row of E and T
_DARK = 0.35  # of a letter's box, inked: most letters have less
_DIM = 0.25  # as `_GREY`, in letters so small that their rims are much of them
_SHADED = 0.75  # of white: paper in shadow is no darker
_GREY = 0.2  # of a row at most, between ink and paper: the rims of letters have little, a photograph much


@dataclass(frozen=True)
class Title:
    """A row's line, and what is its ink in the box: a mask of the box's size."""

    line: Line
    ink: Mask


def find_titles(sheet: Worksheet) -> tuple[Title, ...]:
    """The rows of letters `_LEAST` line pitches high and more, in worksheet pixels, largest letters first."""
    parts, pitch = sheet.marks, sheet.pitch
    fill = parts.area / np.maximum(parts.width * parts.height, 1)
    height, width = sheet.shape
    letter = (parts.height >= 0.6 * _LEAST * pitch) & (parts.height <= _MOST * pitch)
    letter &= parts.width > _THIN * parts.height
    letter &= (fill > 0.08) & (fill < 0.7) & (parts.width < 0.95 * width)
    letter &= (
        (parts.y0 < _HEAD * height)
        & (parts.y0 > 0)
        & (parts.x0 > 0)
        & (parts.x1 < width)
        & (parts.y1 < height)
    )
    titles: list[Title] = []
    left = np.flatnonzero(letter)
    for reach in (_WORDS_APART, _GAP):
        for row in _rows(parts, left, pitch, _LEAST, reach):
            title = _title(sheet, row) if reach == _GAP or _is_even(parts, row) else None
            if title is not None:
                titles.append(title)
                left = left[~np.isin(left, row)]
    return tuple(titles)


def heavy_rows(sheet: Worksheet) -> tuple[Box, ...]:
    """Rows of letters so heavy that little paper shows between them, as large type of any size can be."""
    parts, pitch = sheet.marks, sheet.pitch
    height, width = sheet.shape
    fill = parts.area / np.maximum(parts.width * parts.height, 1)
    letter = (parts.height >= _HEAVY * pitch) & (parts.height <= _MOST * pitch)
    letter &= (fill > _DARK) & (fill < 0.8) & (parts.width < 0.5 * width)
    letter &= parts.width > _THIN * parts.height
    letter &= (parts.y0 > 0) & (parts.x0 > 0) & (parts.x1 < width) & (parts.y1 < height)
    found = []
    for row in _rows(parts, np.flatnonzero(letter), pitch, _HEAVY):
        box = _row_box(parts, row)
        if len(row) > 1 and box.width > _PAIR * box.height and _letters_in(sheet, row, box, _DIM) is not None:
            found.append(box)
    return tuple(found)


def without_titles(sheet: Worksheet, titles: tuple[Title, ...]) -> Worksheet:
    """The sheet with white paper in the titles' place."""
    if not titles:
        return sheet
    light, ink = sheet.light.copy(), sheet.ink.copy()
    for title in titles:
        place = _place(title.line.box)
        ink[place] &= ~title.ink
        other = dilate(ink[place], 0.3 * sheet.pitch, 0.3 * sheet.pitch)
        light[place][~other] = 255
    return replace(sheet, light=light, ink=ink)


def _rows(parts: Marks, letters: Ints, pitch: float, least: float, reach: float = _GAP) -> Iterator[Ints]:
    """Letters that stand beside each other, rows with the highest letter first; it is ``least`` line
    pitches high at least, and between two are ``reach`` times as much at most."""
    left = letters[np.argsort(-parts.height[letters], kind="stable")]
    while len(left) and parts.height[left[0]] >= least * pitch:
        first = left[0]
        top, bottom = parts.y0[first], parts.y1[first]
        shared = np.minimum(parts.y1[left], bottom) - np.maximum(parts.y0[left], top)
        high = float(parts.height[first])
        beside = left[(shared > 0.5 * parts.height[left]) & (parts.height[left] > 0.3 * high)]
        row = _run(parts, beside, first, reach=reach * high)
        yield row
        left = left[~np.isin(left, row)]


def _run(parts: Marks, beside: Ints, first: int, reach: float) -> Ints:
    """Those of a row from which one comes to the first by steps no longer than ``reach``."""
    order = beside[np.argsort(parts.x0[beside], kind="stable")]
    ends = np.maximum.accumulate(parts.x1[order])
    breaks = np.flatnonzero(parts.x0[order][1:] - ends[:-1] > reach) + 1
    return next(run for run in np.split(order, breaks) if first in run)


def _is_even(parts: Marks, row: Ints) -> bool:
    """Whether three words and more stand in a row, as far from each other throughout."""
    order = row[np.argsort(parts.x0[row], kind="stable")]
    gaps = parts.x0[order][1:] - np.maximum.accumulate(parts.x1[order])[:-1]
    gaps = gaps[gaps > _GAP * parts.height[row].max()]
    return len(gaps) > 1 and bool(gaps.max() < _EVEN * gaps.min())


def _row_box(parts: Marks, row: Ints) -> Box:
    return Box(
        float(parts.x0[row].min()),
        float(parts.y0[row].min()),
        float(parts.x1[row].max()),
        float(parts.y1[row].max()),
    )


def _title(sheet: Worksheet, row: Ints) -> Title | None:
    """The row as a title; None where it is no row of letters."""
    row = _with_stops(sheet.marks, row)
    box = _row_box(sheet.marks, row)
    if box.width < max(_WIDE * sheet.shape[1], _LONG * box.height):
        return None
    own = _letters_in(sheet, row, box, _GREY)
    if own is None:
        return None
    third = box.height / 3
    core = replace(box, y0=box.y0 + third, y1=box.y1 - third)
    size = float(np.median(sheet.marks.height[row]))
    return Title(Line(box, core, 0.0, 2 * _STROKE * box.height, size, float(own.mean())), own)


def _letters_in(sheet: Worksheet, row: Ints, box: Box, grey: float) -> Mask | None:
    """The ink of a row of letters in its box; None where they are none. So much of it may be ``grey``."""
    place = _place(box)
    inside = sheet.ink[place]
    if is_cut_straight(inside, sheet.pitch):
        return None
    corner = (int(box.x0), int(box.y0))
    own = _members(components(np.ascontiguousarray(inside)), sheet.marks, row, corner, int(box.height))
    stroke = _STROKE * box.height
    whole = close(own, _WORN * stroke, _WORN * stroke)
    if own.sum() < _OWN * inside.sum() or open_(whole, stroke, stroke).sum() < 0.5 * whole.sum():
        return None
    own |= _dirt(inside & ~own, sheet.pitch)
    light = sheet.light[place]
    paper = max(_SHADED * 255, float(np.median(light[~inside]))) if not inside.all() else 255.0
    between = float(((light > 0.45 * paper) & (light < 0.8 * paper)).mean())
    return own if between <= grey else None


def _with_stops(parts: Marks, row: Ints) -> Ints:
    """The row with the full stop or the dash that stands at one of its ends."""
    x0, x1 = parts.x0[row].min(), parts.x1[row].max()
    y0, y1 = parts.y0[row].min(), _foot(parts, row)
    high = y1 - y0
    stops = _are_dots(parts, high) & (parts.height < _STOP * high) & (parts.width < _STOP * high)
    stops &= (parts.x1 > x0 - _STOP * high) & (parts.x0 < x1 + _STOP * high)
    stops &= (parts.x0 >= x1) | (parts.x1 <= x0)
    stops &= (parts.y0 > y0 + 0.3 * high) & (parts.y0 < y1)
    return np.union1d(row, np.flatnonzero(stops))


def _are_dots(parts: Marks, high: float) -> NDArray[np.bool_]:
    """Which marks are as thick as letters so high have their dots and bars, and as solid."""
    least = np.minimum(parts.width, parts.height)
    solid = parts.area > _SOLID * parts.width * parts.height
    return np.asarray((least > 0.1 * high) | ((least > _DOT * high) & solid), bool)


def _foot(parts: Marks, row: Ints) -> float:
    """The level most letters of a row stand on; tails hang lower."""
    return float(np.median(parts.y1[row]))


def is_cut_straight(ink: Mask, pitch: float) -> bool:
    """Whether the ink ends above or below in one straight edge, as a panel's does and a picture's."""
    rim = max(1, round(0.25 * pitch))
    return any(float(side.any(axis=0).mean()) > _EDGE for side in (ink[:rim], ink[-rim:]))


def _members(found: Components, parts: Marks, row: Ints, corner: tuple[int, int], high: int) -> Mask:
    """The ink of the letters, of their dots and hyphens, and of what lies in a letter's box."""
    x, y = (found.x0 + found.x1) / 2 + corner[0], (found.y0 + found.y1) / 2 + corner[1]
    held = np.zeros(len(found), bool)
    for x0, y0, x1, y1 in parts.boxes(row):
        held |= (x > x0) & (x < x1) & (y > y0) & (y < y1)
    dots = _are_dots(found, high) | _hold(found, 0.5 * _STROKE * high)
    below = dots & ~held & (found.y0 + corner[1] >= _foot(parts, row))
    if np.count_nonzero(below) > len(row):  # more than dots of the letters: a line of print beside a tail
        dots &= ~below
    return found.mask(held | dots)


def _hold(found: Components, side: float) -> NDArray[np.bool_]:
    """Which marks are so thick as to hold a square of this side."""
    thick = open_(found.labels > 0, side, side)
    return np.bincount(found.labels[thick], minlength=len(found) + 1)[1:] > 0


def _dirt(rest: Mask, pitch: float) -> Mask:
    """What of the other ink in a title's box stands by itself there and is smaller than a word."""
    marks = components(close(rest, 1.2 * pitch, 0.5 * pitch))
    inside = (marks.x0 > 0) & (marks.y0 > 0) & (marks.x1 < rest.shape[1]) & (marks.y1 < rest.shape[0])
    return rest & marks.mask(inside & (marks.width < _SPECK * pitch) & (marks.height < _SPECK * pitch))


def _place(box: Box) -> tuple[slice, slice]:
    return slice(int(box.y0), int(box.y1)), slice(int(box.x0), int(box.x1))
