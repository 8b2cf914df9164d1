"""The page's greys at a small size: what pictures and grounds are told by."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Box
from layout.geometry.components import Marks, Mask
from layout.geometry.regularity import regularity
from layout.geometry.worksheet import Worksheet
from layout.image.scale import resized

Gray = NDArray[np.uint8]

PALE = 0.7  # of white: a ground on which dark letters are printed


@dataclass(frozen=True)
class Tones:
    """The page at about eight pixels to the line: ``unit`` of them are one line, ``step`` of the worksheet's
    pixels are one of these.

    ``small`` is its grey, ``brightest`` the same with strokes filled with the white within half a line,
    ``tone`` with the white between close strokes; panels are white in both. ``dots`` is where dots crowd;
    ``white`` the paper's grey, ``letters`` the middles of letters in worksheet pixels.
    """

    small: Gray
    brightest: Gray
    tone: Gray
    dots: Mask
    white: float
    unit: float
    step: int
    letters: NDArray[np.float64]


def measure_tones(sheet: Worksheet) -> Tones:
    step = max(1, round(sheet.pitch / 8))
    unit = sheet.pitch / step
    small = resized(sheet.light, 1 / step)
    window = np.ones((round(0.8 * unit),) * 2, np.uint8)
    brightest = np.asarray(cv2.dilate(cv2.GaussianBlur(small, (0, 0), 0.12 * unit), window), np.uint8)
    narrow = np.ones((round(0.5 * unit) | 1,) * 2, np.uint8)
    tone = np.asarray(cv2.morphologyEx(small, cv2.MORPH_CLOSE, narrow), np.uint8)
    dots = _dot_clouds(sheet.marks, sheet.shape, sheet.pitch, (small.shape[1], small.shape[0]))
    white = float(np.percentile(brightest, 80))
    return Tones(small, brightest, tone, dots, white, unit, step, find_letters(sheet.marks, sheet.pitch))


def find_letters(parts: Marks, pitch: float) -> NDArray[np.float64]:
    """Middles (x, y) of the components that are as high as letters of running text, N x 2."""
    fit = (parts.height > 0.22 * pitch) & (parts.height < 1.2 * pitch) & (parts.width < 4 * pitch)
    return np.stack([(parts.x0 + parts.x1)[fit] / 2, (parts.y0 + parts.y1)[fit] / 2], axis=1)


def reads(letters: NDArray[np.float64], box: Box, pitch: float) -> bool:
    """Whether letters fill the area as they fill a column, one to about two squares of the pitch, in lines.

    Clumps of a picture's dots are as high as letters, but where there is room for some lines, in none.
    """
    x, y = letters[:, 0], letters[:, 1]
    inside = (x > box.x0) & (x < box.x1) & (y > box.y0) & (y < box.y1)
    if inside.sum() <= max(8.0, 0.35 * box.area / pitch**2):
        return False
    in_lines = regularity(x[inside], y[inside], pitch) if box.height > 3 * pitch else None
    return in_lines is None or in_lines > 0.5


def _dot_clouds(parts: Marks, shape: tuple[int, int], pitch: float, size: tuple[int, int]) -> Mask:
    """Where separate dots crowd far more than dots of letters do; a mask of ``size`` (width, height).

    Text has at most three or four dots to a square of the line pitch (Arabic script), a screened
    picture eight and more. On a page speckled all over the bar lies higher.
    """
    tiny = np.maximum(parts.width, parts.height) < 0.22 * pitch
    width, height = size
    scale_x, scale_y = width / shape[1], height / shape[0]
    x = np.minimum(((parts.x0 + parts.x1) / 2 * scale_x)[tiny].astype(int), width - 1)
    y = np.minimum(((parts.y0 + parts.y1) / 2 * scale_y)[tiny].astype(int), height - 1)
    count = np.zeros((height, width), np.float32)
    np.add.at(count, (y, x), 1.0)
    square = pitch * pitch * scale_x * scale_y
    reach = max(3, round(1.2 * pitch * scale_x) | 1)
    density = cv2.blur(count, (reach, reach)) * square
    usual = float(np.percentile(density, 60))
    clouds: Mask = density > max(6.5, 5 * usual)
    return clouds
