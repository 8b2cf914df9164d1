"""Printed rules: column rules, cut-off rules, and the sides of frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from layout.document import Box
from layout.geometry.broken_rules import follow_rules
from layout.geometry.components import (
    Components,
    Ints,
    Mask,
    Packed,
    close,
    components,
    dilate,
    octets,
    open_,
    transposed,
)
from layout.geometry.scratches import clear_scratches, find_scratches
from layout.geometry.strokes import Floats
from layout.image.scan import Gray

_SHORTEST = 2.2  # line pitches: longer than a dash, a kashida or a tall letter of body type
_THICKEST = 0.45  # line pitches
_PIECE = 1.3  # line pitches: taller than letters of body type
_STEM = 12  # times its thickness: the stem of a large letter that touches one below is eight times as long
_HAIR = 0.13  # line pitches: thinner than strokes of display type
_BREAK = 2.0  # line pitches between pieces of a worn rule
_LONG = 5.0  # line pitches
_LETTERED = 0.12  # line pitches: what is thicker may be low letters
_EVEN = (
    0.9  # of a thick rule's length is at least half ink: 0.95 and more of a double one's, 0.85 of letters'
)
_END = 0.8  # line pitches between the column rules of articles above each other
_FAINTEST = 14  # grey levels of 255 between a rule and the paper beside it; scanner's grain has fewer
_BAND = 512  # columns looked at at once: memory stays small
_FAINT_LENGTH = 5.0  # line pitches: longer than any letter, kashida or panel's edge among letters


@dataclass(frozen=True)
class Rules:
    """Boxes of rules in worksheet pixels."""

    horizontal: tuple[Box, ...]
    vertical: tuple[Box, ...]


@dataclass(frozen=True)
class PrintedRules(Rules):
    """Rules with the ``mask`` of their ink.

    ``walls`` are the upright ones as a mask: no line of text crosses them.
    """

    mask: Mask
    walls: Mask

    @property
    def boxes(self) -> Rules:
        """The rules alone."""
        return Rules(self.horizontal, self.vertical)


def with_faint_rules(
    rules: PrintedRules, light: Gray, ink: Mask, pictures: Sequence[Box], pitch: float
) -> PrintedRules:
    """The rules with the thin grey upright ones that are lighter than ink counts.

    A hairline between columns is often too light to be ink, but it is darker than the paper on both its
    sides for many lines on end, which neither letters nor grain are. ``light`` H x W uint8 with white
    paper; ``ink`` is without ``pictures``, whose dots stand below each other. Pieces of a rule that became
    ink would else be read as signs. The masks of ``rules`` are written over.
    """
    side = max(2, round(0.1 * pitch))
    if light.shape[1] <= 2 * side or light.shape[0] < _FAINT_LENGTH * pitch:
        return rules
    faint = _faint_strokes(light, side, pitch)
    for box in pictures:
        faint[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)] = False
    new = _new_rules(faint, rules.walls, ink, pitch)
    del faint
    boxes = sorted((box for strip in new for box in strip.boxes), key=lambda box: (box.y0, box.x0))
    whole_rules = tuple(_swap(box) for box in _collinear([_swap(box) for box in boxes], ink.T, pitch))
    parts = [any(rule.grown(0.3 * pitch).covers(box, 0.9) for rule in whole_rules) for box in rules.vertical]
    kept = (box for box, part in zip(rules.vertical, parts, strict=True) if not part)
    vertical = (*kept, *whole_rules)
    mask, walls = rules.mask, rules.walls
    for strip in new:
        walls[:, strip.columns] |= strip.mask
        mask[:, strip.columns] |= strip.mask & ink[:, strip.columns]
    for box in vertical:  # a broken rule is a wall in its gaps too
        if box.width < 0.5 * pitch:
            rows, columns = slice(int(box.y0), int(box.y1)), slice(int(box.x0), int(box.x1))
            walls[rows, columns] |= ~ink[rows, columns]
            beside = slice(max(0, columns.start - side // 2), columns.stop + side // 2)
            flakes = _flakes(ink, rows, beside, side)
            mask[rows, beside] |= flakes
            walls[rows, beside] |= flakes
    return PrintedRules(rules.horizontal, vertical, mask, walls)


def _flakes(ink: Mask, rows: slice, columns: slice, side: int) -> Mask:
    """The ink in an upright rule's place with white ``side`` pixels to its left and right: what a worn rule
    left, no letter."""
    left = ink[rows, max(0, columns.start - side) : columns.start]
    right = ink[rows, columns.stop : columns.stop + side]
    lettered = np.any(left, axis=1, keepdims=True) | np.any(right, axis=1, keepdims=True)
    flakes: Mask = np.greater(ink[rows, columns], lettered)
    return flakes


@dataclass(frozen=True)
class _Strip:
    """The faint rules in some columns of the page: a mask of these, and the boxes."""

    columns: slice
    mask: Mask
    boxes: tuple[Box, ...]


def _new_rules(faint: Mask, walls: Mask, ink: Mask, pitch: float) -> list[_Strip]:
    """The faint strokes that are rules and not known, by the columns they stand in: few have any."""
    edges = np.flatnonzero(np.diff(faint.any(axis=0), prepend=False, append=False)).tolist()
    new = []
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        found = components(np.ascontiguousarray(faint[:, left:right]))
        thin = found.width <= np.maximum(_THICKEST * pitch, 0.03 * found.height)
        thin &= found.height > _FAINT_LENGTH * pitch
        for index in np.flatnonzero(thin).tolist():
            thin[index] = _is_new_rule(found, index, left, walls, ink, faint, pitch)
        if thin.any():
            boxes = (Box(*map(float, box)).moved(left, 0) for box in found.boxes(thin))
            new.append(_Strip(slice(left, right), found.mask(thin), tuple(boxes)))
    return new


def _is_new_rule(
    found: Components, index: int, left: int, walls: Mask, ink: Mask, faint: Mask, pitch: float
) -> bool:
    """Whether a faint stroke is no part of a known rule and has white beside it.

    A scratch or a fold runs through letters. ``left`` is the first of the columns it was found in.
    """
    x0, x1, reach = int(found.x0[index]) + left, int(found.x1[index]) + left, int(pitch / 2) + 2
    rows, columns = slice(int(found.y0[index]), int(found.y1[index])), slice(max(0, x0 - reach), x1 + reach)
    place = (rows, columns)
    own = np.zeros(faint[place].shape, bool)
    own[:, x0 - columns.start : x1 - columns.start] = found.labels[rows, x0 - left : x1 - left] == index + 1
    known = np.count_nonzero(own & dilate(walls[place], pitch, 1))
    letters = dilate(ink[place] & ~dilate(faint[place], 3, 1), 0.4 * pitch, 1)
    crossed = np.count_nonzero(own & letters)
    return bool(known < 0.8 * found.area[index] and crossed < 0.1 * found.area[index])


def _faint_strokes(light: Gray, side: int, pitch: float) -> Mask:
    """What is darker than the paper ``side`` pixels left and right of it for many lines on end."""
    faint = np.zeros(light.shape, bool)
    width = light.shape[1]
    length = round(_FAINT_LENGTH * pitch) | 1
    for left in range(0, width, _BAND):  # nothing is looked at further across than the sides
        first, last = max(0, left - 2 * side - 1), min(width, left + _BAND + side + 1)
        pale = cv2.GaussianBlur(light[:, first:last], (1, 2 * side + 1), 0)
        darker = np.zeros(pale.shape, np.uint8)
        paper = cv2.min(pale[:, : -2 * side], pale[:, 2 * side :])
        darker[:, side:-side] = cv2.subtract(paper, pale[:, side:-side])
        # A rule may lean by a pixel or two over the length looked at.
        line = cv2.dilate(octets(darker > _FAINTEST), np.ones((1, 3), np.uint8))
        line = np.ascontiguousarray(line[:, left - first : left - first + _BAND])
        whole = cv2.boxFilter(line, cv2.CV_16U, (1, length), normalize=False) > 0.85 * length
        columns = np.flatnonzero(whole.any(axis=0))
        if not len(columns):
            continue
        # The mean falls towards the rule's ends, over a third of its window.
        whole = dilate(whole[:, columns], 1, 0.7 * _FAINT_LENGTH * pitch) & (line[:, columns] > 0)
        faint[:, left + columns] = open_(close(whole, 1, pitch), 1, 0.7 * _FAINT_LENGTH * pitch)
    return faint


def find_rules(ink: Mask, pitch: float) -> PrintedRules:
    """Straight thin strokes, upright and level, that are longer than any letter's.

    Opening by a long line keeps straight runs only; runs on one line that nearly touch are joined (a
    broken or stepped rule). A run is a rule where it is at least eight times as long as thick (an upright
    one twelve times), inked for most of its length and free of letters close beside it; it may slant a
    little.
    """
    level = _runs(ink, pitch, level=True)
    down = _runs(transposed(ink), pitch, level=False)
    upright, across = transposed(down.mask.mask()), level.mask.mask()
    horizontal = _collinear(follow_rules(level.boxes, ink, across, pitch), ink, pitch)
    vertical = tuple(_swap(box) for box in down.boxes)
    lettered = find_scratches(vertical, upright, ink, across, pitch)
    across |= upright
    across &= ink
    clear_scratches(lettered, upright, across, ink, pitch)
    if down.lettered:
        strokes = transposed(down.strokes.mask())
        clear_scratches([_swap(box) for box in down.lettered], strokes, across, ink, pitch)
    return PrintedRules(horizontal, tuple(box for box in vertical if box not in lettered), across, upright)


def _swap(box: Box) -> Box:
    return Box(box.y0, box.x0, box.y1, box.x1)


@dataclass(frozen=True)
class _Runs:
    """Rules along the x axis and their pixels; hairlines as long with letters beside them, and theirs."""

    boxes: tuple[Box, ...]
    mask: Packed
    lettered: tuple[Box, ...]
    strokes: Packed


def _runs(ink: Mask, pitch: float, *, level: bool) -> _Runs:
    """Rules along the x axis of ``ink``; for upright ones it comes transposed."""
    # Headline letters have upright stems a few pitches long, but hardly any level stroke as long.
    shortest = _SHORTEST * pitch if level else 1.4 * _SHORTEST * pitch
    # Upright rules break often, and no two letters below each other touch; along a line letters do.
    gap = 3 if level else 0.25 * pitch
    strokes = close(ink, 3, 3)
    close(strokes, gap, 1, out=strokes)
    open_(strokes, pitch, 1, out=strokes)
    single = Packed.of(strokes)
    found = components(close(strokes, 0.8 * pitch, 3, out=strokes))
    del strokes
    thickness = found.area / np.maximum(found.width, 1)
    thin = found.width >= (8 if level else _STEM) * thickness
    long = (found.width >= shortest) & (thickness <= _THICKEST * pitch) & thin
    if not level:  # what is left of a column rule between two boxes; stems so tall are thicker
        long |= (
            (found.width >= _PIECE * pitch) & (thickness <= _HAIR * pitch) & (found.width >= 12 * thickness)
        )
    long &= found.height <= np.maximum(_THICKEST * pitch, 0.03 * found.width)
    solid = np.bincount(found.labels[single.mask()], minlength=len(found) + 1)[1:]
    long &= solid >= 0.7 * found.area
    # A double rule's other half is not a letter; nothing that long is.
    letters = found.mask(long & (found.width > 8 * pitch))
    dilate(letters, 3, 3, out=letters)
    np.greater(ink, letters, out=letters)
    margin = np.where(found.width >= shortest, 0.2 * pitch, 0.35 * pitch)
    # A poor scan's rule has a ragged edge; words in heavy letters grown together are shorter.
    edge = np.where(found.width > _LONG * pitch, 1, 0)
    lonely = _are_lonely(ink, letters, found, long, edge, margin, pitch)
    del letters
    hairs = long & ~lonely & (found.width > _LONG * pitch) & (thickness <= _HAIR * pitch)
    boxes, lettered = ([Box(*map(float, box)) for box in found.boxes(of)] for of in (long & lonely, hairs))
    masks = (Packed.of(found.mask(of)) for of in (long & lonely, hairs))
    return _Runs(_collinear(boxes, ink, pitch), next(masks), tuple(lettered), next(masks))


def _are_lonely(
    ink: Mask, letters: Mask, found: Components, chosen: Mask, edge: Ints, margin: Floats, pitch: float
) -> Mask:
    """Which of the chosen runs are inked for most of their length, thick ones evenly, with few letters from
    ``edge`` to ``margin`` pixels above and below.

    Looked at column by column along the run, so that a slanting rule is judged by its own two sides.
    """
    y, x = np.nonzero(found.mask(chosen))
    run = found.labels[y, x].astype(np.int64) - 1
    place = run * ink.shape[1] + x
    order = np.argsort(place, kind="stable")  # of each run's columns the pixels from top to bottom
    starts = np.flatnonzero(np.diff(place[order], prepend=-1))
    if not len(starts):
        return np.zeros(len(found), bool)
    ends = order[np.append(starts[1:], len(order)) - 1]
    filled = np.add.reduceat(ink[y, x][order].astype(np.int64), starts)
    inked, half = filled > 0, filled >= 0.5 * np.diff(starts, append=len(order))
    first = order[starts]
    column, run, top, bottom = x[first], run[first], y[first], y[ends]
    reach = np.maximum(2, np.round(margin)).astype(np.int64)
    steps = np.arange(1, int(reach.max()) + 1)[:, None]
    looked = (steps > edge[run]) & (steps <= reach[run])
    last = ink.shape[0] - 1

    def share(of: Mask) -> Floats:
        return np.bincount(run, of, len(found)) / np.maximum(found.width, 1)

    above = (letters[np.clip(top - steps, 0, last), column] & looked).any(axis=0)
    below = (letters[np.clip(bottom + steps, 0, last), column] & looked).any(axis=0)
    free = np.maximum(share(above), share(below)) < 0.2
    # Low letters of a heavy line grown together are a thick run with white in every counter.
    thick = found.area > _LETTERED * pitch * np.maximum(found.width, 1)
    return np.asarray(free & (share(inked) > 0.8) & (~thick | (share(half) > _EVEN)), bool)


def _collinear(boxes: list[Box], ink: Mask, pitch: float) -> tuple[Box, ...]:
    """Pieces of one broken rule along the x axis of ``ink`` united: in line within a quarter pitch, the gap a
    break and no end.

    Where articles stand above each other their column rules end, and white runs between them; a worn rule is
    broken where text stands beside it.
    """
    x0, y0, x1, y1 = np.zeros((4, len(boxes)))
    count = 0
    for box in sorted(boxes, key=lambda box: box.x0):
        # None of the earlier ones begins further right.
        width = np.maximum(x1[:count], box.x1) - x0[:count]
        offset = np.abs(box.center[1] - (y0[:count] + y1[:count]) / 2)
        gap = box.x0 - x1[:count]
        fits = (gap < _BREAK * pitch) & (offset < np.maximum(0.25 * pitch, 0.01 * width))
        both_long = (x1[:count] - x0[:count] > _LONG * pitch) & (box.width > _LONG * pitch)
        for index in np.flatnonzero(fits & both_long & (gap > _END * pitch)).tolist():
            fits[index] = _amid_text(ink, (x1[index], box.x0), box.center[1], pitch)
        index = int(np.argmax(fits)) if fits.any() else count
        if index == count:
            x0[index], y0[index], x1[index], y1[index] = box.x0, box.y0, box.x1, box.y1
            count += 1
        else:
            y0[index], y1[index] = min(y0[index], box.y0), max(y1[index], box.y1)
            x1[index] = max(x1[index], box.x1)
    sides = zip(x0[:count], y0[:count], x1[:count], y1[:count], strict=True)
    return tuple(Box(*map(float, box)) for box in sides)


def _amid_text(ink: Mask, gap: tuple[float, float], level: float, pitch: float) -> bool:
    """Whether text stands along a rule's gap, with white next to where the rule would be."""
    columns, y = slice(int(gap[0]), int(np.ceil(gap[1]))), round(level)
    near, white, far = (round(part * pitch) for part in (0.15, 0.45, 1.5))
    above = ink[max(0, y - far) : max(0, y - near), columns].any(axis=0)
    below = ink[y + near : y + far, columns].any(axis=0)
    beside = ink[max(0, y - white) : max(0, y - near), columns].any(axis=0)
    beside |= ink[y + near : y + white, columns].any(axis=0)
    return bool((above | below).mean() > 0.4 and beside.mean() < 0.2)
