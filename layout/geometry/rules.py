"""Printed rules: column rules, cut-off rules, and the sides of frames."""

from __future__ import annotations

from dataclasses import dataclass

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
    open_,
    transposed,
)
from layout.geometry.scratches import Stroke, clear_scratches, find_scratches
from layout.geometry.strokes import Floats

_SHORTEST = 2.2  # line pitches: longer than a dash, a kashida or a tall letter of body type
THICKEST = 0.45  # line pitches
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
    horizontal = collinear(follow_rules(level.boxes, ink, across, pitch), ink, pitch)
    vertical = tuple(swapped(box) for box in down.boxes)
    strokes = transposed(down.strokes.mask()) if down.lettered else upright
    hairs = [Stroke(swapped(box), strokes) for box in down.lettered]
    scratched, scratches = find_scratches([Stroke(b, upright) for b in vertical], hairs, ink, across, pitch)
    across |= upright
    across &= ink
    clear_scratches(scratched, upright, across, ink, pitch)
    clear_scratches(scratches, strokes, across, ink, pitch)
    vertical = tuple(box for box in vertical if box not in scratched)
    return PrintedRules(horizontal, vertical, across, upright)


def swapped(box: Box) -> Box:
    """The box on the page transposed."""
    return Box(box.y0, box.x0, box.y1, box.x1)


@dataclass(frozen=True)
class _Runs:
    """Rules along the x axis and their pixels; upright hairlines with letters beside them, and theirs."""

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
    long = (found.width >= shortest) & (thickness <= THICKEST * pitch) & thin
    if not level:  # what is left of a column rule between two boxes; stems so tall are thicker
        long |= (
            (found.width >= _PIECE * pitch) & (thickness <= _HAIR * pitch) & (found.width >= 12 * thickness)
        )
    long &= found.height <= np.maximum(THICKEST * pitch, 0.03 * found.width)
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
    hairs = long & ~lonely & (thickness <= _HAIR * pitch) & (not level)
    boxes, lettered = ([Box(*map(float, box)) for box in found.boxes(of)] for of in (long & lonely, hairs))
    masks = (Packed.of(found.mask(of)) for of in (long & lonely, hairs))
    return _Runs(collinear(boxes, ink, pitch), next(masks), tuple(lettered), next(masks))


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


def collinear(boxes: list[Box], ink: Mask, pitch: float) -> tuple[Box, ...]:
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
