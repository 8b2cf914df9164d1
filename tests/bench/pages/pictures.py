"""Pictures for the pages: tones out of noise, plain or screened, and drawings of strokes."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


def draw_picture(path: Path, seed: int, height: int, kind: str) -> None:
    """Write a picture, a photograph-like tone, its halftone, or a line drawing (grey, PNG)."""
    lot = np.random.default_rng(seed)
    size = (int(height * 3 * lot.uniform(1.1, 1.8)), height * 3)
    if kind == "drawing":
        picture = _drawing(lot, *size)
    else:
        picture = _tones(lot, *size)
        if kind == "halftone":
            picture = _screened(picture, cell=int(lot.integers(5, 9)))
    cv2.imwrite(str(path), picture)


def _tones(lot: np.random.Generator, width: int, height: int) -> Pixels:
    """A horizon, some soft bodies before it, light from one side, grain."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    sky = 0.35 + 0.4 * y / height + 0.1 * np.sin(x / width * lot.uniform(2, 9))
    horizon = height * lot.uniform(0.4, 0.7)
    tone = np.where(y > horizon + 8 * np.sin(x / lot.uniform(20, 90)), 0.35 * sky, sky)
    for _ in range(int(lot.integers(3, 8))):
        cx, cy = lot.uniform(0, width), lot.uniform(0.35, 0.9) * height
        rx, ry = lot.uniform(0.05, 0.2) * width, lot.uniform(0.1, 0.4) * height
        body = ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2
        shade = lot.uniform(0.1, 0.9) + 0.25 * (x - cx) / rx
        tone = np.where(body < 1, shade, tone)
    rough = cv2.resize(
        lot.normal(0, 1, (24, 32)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    tone = tone + 0.08 * rough + lot.normal(0, 0.03, tone.shape)
    soft = np.asarray(cv2.GaussianBlur(tone.astype(np.float32), (0, 0), 1.5), np.float32)
    return np.clip(255 * soft, 10, 245).astype(np.uint8)


def _screened(picture: Pixels, cell: int) -> Pixels:
    """Dots whose size carries the tone, on a screen turned by 45 degrees."""
    y, x = np.mgrid[0 : picture.shape[0], 0 : picture.shape[1]].astype(np.float32)
    turned = np.cos((x + y) * np.pi / cell) * np.cos((x - y) * np.pi / cell)
    return np.where(picture.astype(np.float32) / 255 > 0.5 + 0.5 * turned, 255, 0).astype(np.uint8)


def _drawing(lot: np.random.Generator, width: int, height: int) -> Pixels:
    """Strokes and hatching on white."""
    sheet = np.full((height, width), 255, np.uint8)
    for _ in range(int(lot.integers(12, 30))):
        start = lot.uniform((0, 0), (width, height))
        steps = lot.normal(0, 0.08 * height, (int(lot.integers(4, 14)), 2))
        points = np.clip(start + np.cumsum(steps, 0), 2, (width - 3, height - 3)).astype(np.int32)
        cv2.polylines(sheet, [points], bool(lot.random() < 0.3), 0, int(lot.integers(2, 7)), cv2.LINE_AA)
    for _ in range(int(lot.integers(2, 6))):
        x, y = lot.uniform((0, 0), (0.8 * width, 0.8 * height))
        for k in range(int(lot.integers(6, 20))):
            at = (int(x + 9 * k), int(y))
            cv2.line(sheet, at, (at[0] - 40, at[1] + int(0.15 * height)), 0, 2, cv2.LINE_AA)
    return sheet
