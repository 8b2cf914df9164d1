"""Scratches of a film and streaks of a scanner taken out of a scan.

A scratch is a thin straight line, darker or lighter than what it crosses, from one edge of the picture, or
of the paper on a dark bed, to the other. Nothing printed is: rules end at the margins. Left in, it ties the
letters of all lines it crosses.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.image.scan import Gray

Floats = NDArray[np.float32]

_STRIP = 16  # rows averaged: grain vanishes, a leaning scratch moves by half a pixel
_SIDE = 3  # pixels from a scratch to the paper beside it
_LEAN = 0.03  # of its length: a page lies that crooked on the film or the glass at most
_END = 0.02  # of the length, where it must be seen to reach the edge
_BED = 0.5  # of the paper's grey
_DEEPEST = 0.15  # of the length: so far in a scanner's bed may reach
_FAINTEST = 6.0  # grey levels of 255
_OVER_GRAIN = 4.0  # times the contrast that the paper's grain leaves in a strip
_SEEN = 0.75  # share of the length; letters that it touches hide it
_WIDEST = 9  # pixels
_MOST = 64  # ends looked at: with more of them the margins are no paper


def without_streaks(gray: Gray) -> Gray:
    """The picture with upright and level scratches filled from both their sides; itself where there are none.

    ``gray`` is H x W uint8. Places that a scratch covered get the mean of what lies beside them.
    """
    upright, level = _scratches(gray), _scratches(gray, level=True)
    if not (upright or level):
        return gray
    clean = gray.copy()
    for scratch in upright:
        _fill(clean, scratch)
    for scratch in level:
        _fill(clean.T, scratch)
    return clean


@dataclass(frozen=True)
class _Scratch:
    """Where a scratch meets the first and the last row (column, of a level one), and half its width."""

    first: int
    last: int
    reach: int


def _scratches(gray: Gray, level: bool = False) -> list[_Scratch]:
    """The upright scratches of a picture, or its level ones."""
    height, width = gray.shape[::-1] if level else gray.shape
    strips = height // _STRIP
    if strips < 2 / _END or width < 2 * height * _LEAN:
        return []
    size = (strips, width) if level else (width, strips)
    mean = cv2.resize(gray, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    mean = np.ascontiguousarray(mean.T) if level else mean
    contrast = _contrast(mean)
    least = max(_FAINTEST, _OVER_GRAIN * float(np.median(contrast)))
    heads, feet = _paper_ends(mean)
    ends = np.arange(max(2, round(_END * strips)))[:, None]
    tops = _seen_in(np.take_along_axis(contrast, heads + ends, axis=0), least)
    bottoms = _seen_in(np.take_along_axis(contrast, feet - ends, axis=0), least)
    if max(len(tops), len(bottoms)) > _MOST:
        return []
    rows = np.arange(strips)
    found: list[tuple[float, int, int]] = []
    for top, bottom in product(tops, bottoms):
        if abs(top - bottom) > _LEAN * height:
            continue
        # From edge to edge of the picture, though the bed may hide its ends.
        slope = (bottom - top) / (feet[bottom] - heads[top])
        at_first = top - slope * heads[top]
        along = np.rint(at_first + slope * rows).astype(int)
        seen, *beside = (
            float(
                (contrast[rows, np.clip(along + step, 0, width - 1)] > least)[
                    heads[top] : feet[bottom]
                ].mean()
            )
            for step in (0, -_WIDEST, _WIDEST)
        )
        if seen > _SEEN and max(beside) < seen / 2:  # dirt of an edge is seen beside it as well
            found.append((seen, int(along[0]), int(along[-1])))
    return [_Scratch(top, bottom, _reach(mean, top, bottom)) for top, bottom in _distinct(found)]


def _paper_ends(mean: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and the last strip of paper in each column: a scanner's dark bed shows no dark scratch."""
    strips = len(mean)
    paper = mean > _BED * float(np.median(mean))
    most = round(_DEEPEST * strips)
    heads, feet = (np.argmax(rows, axis=0) for rows in (paper[:most], paper[::-1][:most]))
    # The strip where the bed ends is half of it.
    return np.where(heads > 0, heads + 1, 0), strips - 1 - np.where(feet > 0, feet + 1, 0)


def _contrast(mean: Floats) -> Floats:
    """How far each place differs from both its sides in one way, or the place beside it does."""
    contrast = np.zeros_like(mean)
    left, right, middle = mean[:, : -2 * _SIDE], mean[:, 2 * _SIDE :], mean[:, _SIDE:-_SIDE]
    contrast[:, _SIDE:-_SIDE] = np.maximum(np.minimum(left, right) - middle, middle - np.maximum(left, right))
    return np.asarray(cv2.dilate(np.maximum(contrast, 0), np.ones((1, 3), np.uint8)), np.float32)


def _seen_in(contrast: Floats, least: float) -> list[int]:
    """Columns that stand out in most strips of an end, the clearest of each run of them."""
    share = (contrast > least).mean(axis=0)
    clear = contrast.mean(axis=0) * (share > 0.5)
    peaks = (clear > 0) & (clear >= cv2.dilate(clear[None], np.ones((1, 2 * _SIDE + 1), np.uint8))[0])
    return [int(x) for x in np.flatnonzero(peaks)]


def _distinct(found: list[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """The best seen ones of those that run in one place."""
    kept: list[tuple[int, int]] = []
    for _, top, bottom in sorted(found, reverse=True):
        if all(abs(top - a) > _SIDE or abs(bottom - b) > _SIDE for a, b in kept):
            kept.append((top, bottom))
    return kept


def _reach(mean: Floats, first: int, last: int) -> int:
    """Pixels from a scratch's middle to the first that are as the paper beside it."""
    strips, width = mean.shape
    along = np.rint(np.linspace(first, last, strips)).astype(int)
    steps = np.arange(-_WIDEST // 2, _WIDEST // 2 + 2)
    near = mean[np.arange(strips)[:, None], np.clip(along[:, None] + steps, 0, width - 1)]
    depth = np.abs(np.median(near - (near[:, :1] + near[:, -1:]) / 2, axis=0))
    # Its middle is known to the pixel, so that one beside it may be dark as well.
    return max(2, int(np.abs(steps[depth > 0.25 * depth.max()]).max(initial=0)) + 1)


def _fill(gray: Gray, scratch: _Scratch) -> None:
    """Write over a scratch what lies beside it, row by row."""
    height, width = gray.shape
    reach = scratch.reach
    along = np.rint(np.linspace(scratch.first, scratch.last, height)).astype(int)
    along = np.clip(along, reach, width - reach - 1)
    rows = np.arange(height)
    before, after = (gray[rows, along + step].astype(np.float32) for step in (-reach, reach))
    for step in range(1 - reach, reach):
        share = (step + reach) / (2 * reach)
        gray[rows, along + step] = np.rint((1 - share) * before + share * after).astype(np.uint8)
