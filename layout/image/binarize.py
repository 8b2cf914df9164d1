"""Grey picture -> ink, whatever the light, the paper or the ground the letters stand on."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.image.labels import Labels
from layout.image.scale import means

Gray = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]

_BLACK = 0.4  # of Otsu's level: what the core of a saturated stroke is below
_TYPE = 0.025  # of the page's height: what is higher is a rule or a picture, or display type at most
_PRINT = 0.03  # share of the marks that are black at the least: where next to none is, the print is grey


def flatten(gray: Gray, size: int) -> Gray:
    """The picture with its paper made evenly white (255).

    The paper's brightness is the local maximum in windows of ``size`` pixels (a few line pitches: wide
    enough to hold paper everywhere in text), smoothed; each pixel is divided by it. Areas without any
    paper (photographs, black borders) keep their darkness because the window looks beyond the letters
    but not beyond a picture's edge: there the estimate is held at half of the page's white.
    """
    step = max(1, size // 8)
    size_small = (max(1, gray.shape[1] // step), max(1, gray.shape[0] // step))
    small = means(gray, *size_small)
    kernel = np.ones((9, 9), np.uint8)
    paper = cv2.medianBlur(cv2.dilate(small, kernel), 5)
    paper = cv2.erode(paper, kernel)
    paper = cv2.GaussianBlur(paper, (0, 0), 3)
    white = float(np.percentile(paper, 90))
    paper = np.maximum(paper, np.uint8(0.45 * white))
    full = cv2.resize(paper, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(gray, full, scale=255), np.uint8)


def threshold(flat: Gray, size: int) -> Mask:
    """Ink mask of a flattened picture.

    Otsu's level over the whole page (Otsu 1979) decides; a local mean in windows of ``size`` pixels
    rescues faint letters: a pixel clearly darker than its surroundings is ink as well.
    """
    level = min(max(_level(flat), 96.0), 200.0)
    mean = cv2.blur(flat, (size, size))
    # For each brightness of the surroundings the level below which a pixel is ink: no picture of numbers
    # with fractions is made.
    around = np.arange(256)
    faint = np.minimum(0.78 * around, min(level + 30, 225))
    dark = np.minimum(0.92 * level, 0.9 * around + 8)
    below = np.clip(np.ceil(np.maximum(faint, dark)), 0, 255).astype(np.uint8)
    ink: Mask = flat < cv2.LUT(mean, below, dst=mean)
    return ink


def shows_through(flat: Gray, ink: Mask, labels: Labels, height: Ints, area: Ints) -> bool:
    """Whether much of the ink is the other side's print or the paper's grain, and can be told apart.

    On a contrasty scan (or film) the strokes are saturated: well over half of their pixels are nearly black,
    so that what nowhere comes near black is no print of this side. There must be much of it, and most of it
    lower than letters; else it is print in a lighter ink. Asked at the scan's resolution: in a smaller
    picture thin strokes are grey throughout. ``labels`` are those of the ink's components, from 1 on, whose
    ``height`` and ``area`` are given.
    """
    level = _level(flat)
    own, tone = labels[ink] - 1, flat[ink]
    has_black = np.zeros(len(area), np.bool_)
    has_black[own[tone < _BLACK * level]] = True
    marks = area >= 6
    letters, rest = marks & has_black & (height < _TYPE * len(flat)), marks & ~has_black
    if letters.sum() < _PRINT * marks.sum() or not letters.any() or not rest.any():
        return False
    letter = weighed_height(height[letters])
    strokes = tone[(letters & (height < 4 * letter))[own]]
    saturated = float(np.mean(strokes < 0.25 * level)) if strokes.size else 0.0
    much = bool(rest.sum() > 0.05 * marks.sum())
    return saturated > 0.6 and much and float(np.median(height[rest])) < 0.5 * letter


def weighed_height(heights: NDArray[Any]) -> float:
    """Median height, each mark weighing as much as it is high: specks can outnumber the letters."""
    ordered = np.sort(heights)
    summed = np.cumsum(ordered)
    return float(ordered[np.searchsorted(summed, summed[-1] / 2)])


def without_show_through(flat: Gray, ink: Mask) -> Mask:
    """The ink of strokes that are black somewhere, each with the one pixel of its blurred edge.

    What of the dirt touches a letter goes as well.
    """
    black = ink & (flat < _BLACK * _level(flat))
    return ink & (cv2.dilate(black.view(np.uint8), np.ones((3, 3), np.uint8)) > 0)


def _level(flat: Gray) -> float:
    return float(cv2.threshold(flat, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0])
