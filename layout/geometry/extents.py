"""Where a picture ends: its pale parts, its rim, the text that an area of grey took in beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from layout.document import Box, union
from layout.geometry.components import Components, Mask
from layout.geometry.tones import PALE, Gray, Tones, reads

_NEAR = 2.0  # line pitches from the end of a column rule to a picture
_BESIDE = 0.2  # line pitches: the white between a rule and what stands beside it is wider
_WHITE = 255
_TONED = 0.93  # of white
_STRIP = 3.0  # line pitches: a column so narrow holds letters enough to tell lines


def with_pale_parts(
    box: Box,
    pictures: Sequence[Box],
    pale: Components,
    step: int,
    letters: NDArray[np.float64],
    pitch: float,
) -> Box:
    """The picture with its skies and other pale parts, where together they make a full rectangle.

    A shaded paper beside it is as pale, but text stands on it; another of the ``pictures`` is no part of it.
    """
    x, y = int(box.center[0] / step), int(box.center[1] / step)
    label = int(pale.labels[min(y, pale.labels.shape[0] - 1), min(x, pale.labels.shape[1] - 1)])
    if label == 0:
        return box
    x0, y0, x1, y1 = (int(v[label - 1]) * step for v in (pale.x0, pale.y0, pale.x1, pale.y1))
    larger = union((box, Box(float(x0), float(y0), float(x1), float(y1))))
    if any(other is not box and other.intersection(larger) > 0.5 * other.area for other in pictures):
        return box
    full = pale.area[label - 1] * step * step > 0.85 * (x1 - x0) * (y1 - y0)
    beside = (
        replace(larger, x1=box.x0),
        replace(larger, x0=box.x1),
        replace(larger, y1=box.y0),
        replace(larger, y0=box.y1),
    )
    if not full or (x1 - x0) * (y1 - y0) >= 5 * box.area or any(reads(letters, b, pitch) for b in beside):
        return box
    return larger


def to_tone(box: Box, tones: Tones) -> Box:
    """The picture with each side where its tone ends, at most a line out and two and a half lines in.

    White within half a line eats a picture's rim, and a caption close below it is taken for picture; in
    ``tones.tone`` strokes are filled with the paper's white. A side where the picture itself is pale stays.
    Where no white comes within a line, the paper is shaded there or the other side shows through: these are
    nearer to white than most of the picture.
    """
    x0, y0, x1, y1 = (round(v / tones.step) for v in (box.x0, box.y0, box.x1, box.y1))
    inside = tones.tone[max(0, y0) : y1, max(0, x0) : x1]
    if inside.size == 0 or min(inside.shape) < 3 * tones.unit:
        return box
    out, back = round(tones.unit), round(min(2.5 * tones.unit, min(inside.shape) / 3))
    half_way = (tones.white + float(np.percentile(inside, 75))) / 2
    band, strip = tones.tone[:, max(0, x0) : x1], tones.tone[max(0, y0) : y1].T

    def end(across: Gray, first: int, last: int, outer: range) -> int:
        for most in (_TONED * tones.white, half_way):
            share = (across < most).mean(axis=1)
            reach = _reach(share[outer], float(np.median(share[first:last])), back)
            if reach < len(outer):
                break
        return reach

    height, width = tones.tone.shape
    left = end(strip, max(0, x0), x1, range(x0 + back - 1, max(0, x0 - out) - 1, -1))
    right = end(strip, max(0, x0), x1, range(x1 - back, min(width, x1 + out)))
    top = end(band, max(0, y0), y1, range(y0 + back - 1, max(0, y0 - out) - 1, -1))
    bottom = end(band, max(0, y0), y1, range(y1 - back, min(height, y1 + out)))
    return Box(x0 + back - left, y0 + back - top, x1 - back + right, y1 - back + bottom).scaled(tones.step)


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


Place = tuple[slice, slice]  # rows and columns of the small page


def box_of(place: Place) -> Box:
    rows, columns = place
    return Box(float(columns.start), float(rows.start), float(columns.stop), float(rows.stop))


def without_read_sides(tones: Tones, place: Place, where: Mask, pitch: float) -> tuple[Place, Mask]:
    """An area and its mask without the columns of text at its left and right that stand on a pale ground.

    The picture on the other side of the paper shows through beside this one; the grey of both is one area.
    Where text stands all over it, it is a tint and stays whole.
    """
    rows, columns = place
    pale = np.median(tones.brightest[place], axis=0) > PALE * tones.white
    strip = max(1, round(_STRIP * tones.unit))

    def is_text(first: int) -> bool:
        at = rows, slice(columns.start + first, columns.start + first + strip)
        return pale[first : first + strip].mean() > 0.5 and reads(
            tones.letters, box_of(at).scaled(tones.step), pitch
        )

    places = range(0, len(pale) - strip, max(1, round(tones.unit)))
    left = next((n for n in places if not is_text(n)), len(pale))
    right = next((n for n in places if not is_text(len(pale) - strip - n)), len(pale))
    # The last strip looked at held the picture's edge.
    left += int(np.argmin(pale[left : left + strip])) if 0 < left < len(pale) else 0
    right += int(np.argmin(pale[::-1][right : right + strip])) if 0 < right < len(pale) else 0
    if left + right + strip > len(pale):
        return place, where
    kept = slice(columns.start + left, columns.stop - right)
    return (rows, kept), where[:, left : len(pale) - right]


def to_edge(box: Box, shape: tuple[int, int], pitch: float) -> Box:
    """A picture that ends less than a line before the page's edge goes on to it: no text fits between."""
    height, width = shape
    return Box(
        0.0 if box.x0 < pitch else box.x0,
        0.0 if box.y0 < pitch else box.y0,
        float(width) if box.x1 > width - pitch else box.x1,
        float(height) if box.y1 > height - pitch else box.y1,
    )


def together(boxes: list[Box], near: float, filled: float = 0.0, along: float = 0.0) -> tuple[Box, ...]:
    """Pieces of one picture united, first ones first: boxes that overlap or are less than ``near`` apart, and
    that take more than a share ``filled`` of their common box. What does not overlap faces the other with
    more than a share ``along`` of the shorter side: pictures meet at their corners, parts of one do not.
    """
    pieces = _Pieces(boxes, near, filled, along)
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

    def __init__(self, boxes: list[Box], near: float, filled: float, along: float) -> None:
        self._near = near
        self._filled = filled
        self._along = along
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
        common = (np.maximum(ax1, x1) - np.minimum(ax0, x0)) * (np.maximum(ay1, y1) - np.minimum(ay0, y0))
        fits = touching & ((ax1 - ax0) * (ay1 - ay0) + (x1 - x0) * (y1 - y0) > self._filled * common)
        across = np.minimum(ax1, x1) - np.maximum(ax0, x0)
        down = np.minimum(ay1, y1) - np.maximum(ay0, y0)
        facing = np.maximum(across / np.minimum(ax1 - ax0, x1 - x0), down / np.minimum(ay1 - ay0, y1 - y0))
        fits &= ((across > 0) & (down > 0)) | (facing > self._along)
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


def part_at_rules(
    pictures: Sequence[Box], upright: Sequence[Box], light: Gray, pitch: float
) -> Iterator[Box]:
    """The pictures, parted where a column rule that comes up to one goes on through it with white beside it.

    ``light`` is the page with white paper, H x W uint8; all in worksheet pixels.
    """
    for box in pictures:
        near = [
            rule for rule in upright if rule.y1 > box.y0 - _NEAR * pitch and rule.y0 < box.y1 + _NEAR * pitch
        ]
        inner = sorted(
            {
                rule.center[0]
                for rule in near
                if _STRIP * pitch < rule.center[0] - box.x0 < box.width - _STRIP * pitch
            }
        )
        cuts = [x for x in inner if _is_gutter(light, box, x, pitch)]
        if not cuts:
            yield box
            continue
        for x0, x1 in pairwise((box.x0, *cuts, box.x1)):
            if x1 - x0 < _STRIP * pitch:
                continue  # what shows through between two rules
            spare = _BESIDE * pitch
            yield _trimmed(replace(box, x0=x0 + spare * (x0 > box.x0), x1=x1 - spare * (x1 < box.x1)), light)


def _is_gutter(light: Gray, box: Box, x: float, pitch: float) -> bool:
    """Whether a dark line runs down a picture at x, and on both its sides paper, through which the other side
    may show."""
    reach, side = max(1, round(0.1 * pitch)), round(_BESIDE * pitch)
    rows = light[max(0, int(box.y0)) : int(box.y1), int(x) - side - 1 : int(x) + side + 2]
    if not rows.size:
        return False  # of a sliver between two rows of pixels
    middle = rows.shape[1] // 2
    line = rows[:, middle - reach : middle + reach + 1].min(axis=1) < 0.6 * _WHITE
    beside = np.minimum(rows[:, :2].max(axis=1), rows[:, -2:].max(axis=1)) > PALE * _WHITE
    return bool((line & beside).mean() > 0.8)


def _trimmed(box: Box, light: Gray) -> Box:
    """A box without the white rows and columns along its sides."""
    dark = light[max(0, int(box.y0)) : int(box.y1), max(0, int(box.x0)) : int(box.x1)] < 0.93 * _WHITE
    rows, columns = np.flatnonzero(dark.mean(axis=1) > 0.1), np.flatnonzero(dark.mean(axis=0) > 0.1)
    if not len(rows) or not len(columns):
        return box
    x0, y0 = box.x0 + float(columns[0]), box.y0 + float(rows[0])
    return Box(x0, y0, box.x0 + float(columns[-1]) + 1, box.y0 + float(rows[-1]) + 1)
