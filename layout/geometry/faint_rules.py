"""Upright rules that are lighter than ink counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from layout.document import Box
from layout.geometry.components import Components, Mask, close, components, dilate, octets, open_
from layout.geometry.rules import THICKEST, PrintedRules, collinear, swapped
from layout.image.scan import Gray

_FAINTEST = 14  # grey levels of 255 between a rule and the paper beside it; scanner's grain has fewer
_BAND = 512  # columns looked at at once: memory stays small
_FAINT_LENGTH = 5.0  # line pitches: longer than any letter, kashida or panel's edge among letters


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
    whole_rules = tuple(swapped(box) for box in collinear([swapped(box) for box in boxes], ink.T, pitch))
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
        thin = found.width <= np.maximum(THICKEST * pitch, 0.03 * found.height)
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
