"""Grey picture -> ink, whatever the light, the paper or the ground the letters stand on."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]
Mask = NDArray[np.bool_]


def flatten(gray: Gray, size: int) -> Gray:
    """The picture with its paper made evenly white (255).

    The paper's brightness is the local maximum in windows of ``size`` pixels (a few line pitches: wide
    enough to hold paper everywhere in text), smoothed; each pixel is divided by it. Areas without any
    paper (photographs, black borders) keep their darkness because the window looks beyond the letters
    but not beyond a picture's edge: there the estimate is held at half of the page's white.
    """
    step = max(1, size // 8)
    size_small = (max(1, gray.shape[1] // step), max(1, gray.shape[0] // step))
    small = cv2.resize(gray, size_small, interpolation=cv2.INTER_AREA)
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
    level, _ = cv2.threshold(flat, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    level = min(max(level, 96.0), 200.0)
    mean = cv2.blur(flat, (size, size))
    faint = (flat < 0.78 * mean) & (flat < min(level + 30, 225))
    ink: Mask = (flat < 0.92 * level) & (flat < 0.9 * mean + 8) | faint
    return ink
