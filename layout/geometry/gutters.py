"""Gutters: the white between columns of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from layout.document import Box
from layout.geometry.components import Mask, close, dilate, halved, octets, open_
from layout.geometry.strokes import Letters

_COLUMN_RULE = 10.0  # line pitches: a shorter one may be a letter's or a box's side
_LAST = 4.0  # line pitches: some lines
_LINED = 0.4  # of the rows beside a rule have ink where lines of text begin and end at it
_SPECKED = 0.05  # of the rows at one x: letters that stand below each other have more ink than dirt
_FOOT = 1.3  # line pitches: the columns' last lines; a line below all of them stands further off
_ASIDE = 0.4  # line pitches: how far the white between two lines lies beside the rule above it


def find_gutters(
    letters: Letters, pictures: Sequence[Box], rules: Sequence[Box], pitch: float, lines: float
) -> Mask:
    """White that runs upright through many lines of text: the gutters between columns.

    A gap between words is closed by the ink of the next lines; a gutter is not. The narrower, the more
    lines it must pass, since word spaces fall below each other by chance over a few lines ("rivers").
    Only white with text around it counts, else a lone heading would be cut at each of its spaces; beside
    a picture it counts too, since a column's side is the picture's. A rule lying flat ends it: between short
    notices with a rule after each, word spaces would run on from one to the next. ``letters`` is all ink but
    rules and specks, ``rules`` are the flat ones.

    The narrowest gutter is eight pixels wide: squares of two by two pixels show it, inked where one is.
    """
    height, width = letters.parts.labels.shape
    few = halved(letters.parts.labels > 0)
    shown, ruled = _halved_boxes(pictures, few.shape), _halved_boxes(rules, few.shape)
    half = _gutters(few, shown, ruled, display_grounds(letters, pitch, 2), pitch / 2, lines)
    whole = cv2.resize(octets(half), None, fx=2, fy=2, interpolation=cv2.INTER_NEAREST)
    return np.ascontiguousarray(whole[:height, :width], np.uint8).view(np.bool_)


def _halved_boxes(boxes: Sequence[Box], shape: tuple[int, ...]) -> Mask:
    """The boxes filled, in a mask of half the page's size."""
    mask = np.zeros(shape, bool)
    for box in boxes:
        mask[int(box.y0) // 2 : -(-int(box.y1) // 2), int(box.x0) // 2 : -(-int(box.x1) // 2)] = True
    return mask


def put_feet(barrier: Mask, rules: Sequence[Box], ink: Mask, pitch: float) -> None:
    """Adds to ``barrier`` the white right below long column rules, one line further down.

    Often a rule ends a little above the columns it parts, and their last lines stand no further apart than
    words. ``rules`` are upright ones; where ink runs across, nothing is added.
    """
    for rule in rules:
        top = int(rule.y1 - _COLUMN_RULE * pitch)
        if rule.width > pitch or top < rule.y0:
            continue
        above, below = slice(top, int(rule.y1)), slice(int(rule.y1), int(rule.y1 + _FOOT * pitch))
        left, right = max(0, int(rule.x0)), int(rule.x1) + 1
        sides = (
            _Side(ink[above, :left][:, ::-1], ink[below, :left][:, ::-1]),
            _Side(ink[above, right:], ink[below, right:]),
        )
        if all(side.is_lined(pitch) for side in sides) and any(side.reaches_end(pitch) for side in sides):
            columns = slice(max(0, int(left - _ASIDE * pitch)), int(right + _ASIDE * pitch))
            barrier[below, columns] |= ~ink[below, columns].any(axis=0)


@dataclass(frozen=True)
class _Side:
    """The ink on one side of a rule, ``above`` its end and right ``below`` it; x grows away from the rule."""

    above: Mask
    below: Mask

    def is_lined(self, pitch: float) -> bool:
        """Whether lines of text begin or end at the rule, or at its last piece."""
        rows = np.asarray(self.above[:, : int(2 * pitch)].any(axis=1))
        last = rows[-int(_LAST * pitch) :]
        return max(float(rows.mean()), float(last.mean())) > _LINED

    def reaches_end(self, pitch: float) -> bool:
        """Whether a line below has ink where the column ends, as its last line does on one side or the other;
        what stands under two columns in their middle does not."""
        inked = np.flatnonzero(self.above.mean(axis=0) > _SPECKED)
        if not len(inked):
            return False
        gaps = np.flatnonzero(np.diff(inked) > 0.8 * pitch)
        end = int(inked[gaps[0]] if len(gaps) else inked[-1])
        return bool(self.below[:, max(0, int(end - pitch)) : end + 1].any())


def _gutters(ink: Mask, pictures: Mask, ruled: Mask, display: Mask, pitch: float, lines: float) -> Mask:
    tall = _tall_white(ink, ruled, pitch, lines) & ~display
    printed = ink
    if pictures.any():
        printed = ink | pictures
        beside = dilate(pictures, 2.4 * pitch, 1)
        # A word space in the next line lies below a picture's side by chance, not in the next three.
        more = _tall_white(printed, ruled, pitch, lines) & ~(display | beside)
        tall |= open_(more, 1, 2.4 * pitch)
    return tall | (_along_grid(tall, ~printed, ink & ~display, pitch) & ~display)


def _tall_white(printed: Mask, ruled: Mask, pitch: float, lines: float) -> Mask:
    """White between print, the taller the narrower it is; it ends at rules."""
    white = close(printed, 3.2 * pitch, 2.4 * pitch) & ~(printed | ruled)
    tall = open_(white, 0.26 * pitch, 1.9 * lines * pitch)
    tall |= open_(white, 0.5 * pitch, 1.35 * lines * pitch)
    return tall | open_(white, 0.8 * pitch, lines * pitch)


def _along_grid(gutters: Mask, white: Mask, text: Mask, pitch: float) -> Mask:
    """Short gutters in line with tall ones: columns keep their places down the page.

    A few lines below a picture or a headline have no tall white between them, but a gap that passes two
    lines is a gutter where a tall one runs above or below it and no running text lies between.
    """
    columns = np.flatnonzero(np.count_nonzero(gutters, axis=0) > 5 * pitch)
    found = np.zeros_like(white)
    if len(columns):
        tall, crossed = gutters[:, columns], text[:, columns]
        met = _met(tall, crossed) | _met(tall[::-1], crossed[::-1])[::-1]
        found[:, columns] = open_(white, 0.45 * pitch, 1.9 * pitch)[:, columns] & met
    return found


def _met(tall: Mask, crossed: Mask) -> Mask:
    """Where, going down each column, a tall gutter was met after the last text."""
    met = np.empty_like(tall)
    last_tall = np.zeros(tall.shape[1], bool)
    for y in range(len(tall)):
        last_tall = (last_tall | tall[y]) & ~crossed[y]
        met[y] = last_tall
    return met


def display_grounds(letters: Letters, pitch: float, step: int) -> Mask:
    """What lies between the letters and words of display type, every ``step`` pixels: white there parts no
    columns.
    """
    parts = letters.parts
    large = (letters.layers > 0) & (parts.height > 0.5 * pitch)
    height, width = parts.labels.shape
    ground = np.zeros((-(-height // step), -(-width // step)), bool)
    for x0, y0, x1, y1 in parts.boxes(large):
        reach = int(min(0.65 * (y1 - y0), 2 * pitch))
        rows = slice(y0 // step, -(-y1 // step))
        ground[rows, max(0, x0 - reach) // step : -(-(x1 + reach) // step)] = True
    return ground
