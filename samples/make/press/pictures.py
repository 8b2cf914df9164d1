"""Invented newspaper pictures: skylines, hills, trees, water, heads; grey or tinted, as JPEG bytes."""

from __future__ import annotations

from io import BytesIO

import cv2
import numpy as np
from PIL import Image

Array = np.ndarray


def photograph(kind: str, width: int, height: int, seed: int, tint: bool = False, quality: int = 72) -> bytes:
    """A picture of a kind in `KINDS` at a size in pixels."""
    rng = np.random.default_rng(seed)
    scene = KINDS[kind](rng, height, width)
    light = np.linspace(1.08, 0.86, width)[None, :]
    noise = cv2.GaussianBlur(rng.normal(0, 1, (height, width)), (0, 0), 0.8) * 9
    grey = np.clip(scene * light + noise, 12, 243).astype(np.uint8)
    image = Image.fromarray(grey, "L")
    if tint:
        warm = rng.random() < 0.5
        table = np.arange(256)
        red = np.clip(table * (1.06 if warm else 0.9), 0, 255)
        blue = np.clip(table * (0.86 if warm else 1.08), 0, 255)
        image = Image.fromarray(np.dstack([red[grey], table[grey], blue[grey]]).astype(np.uint8), "RGB")
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _sky(rng: np.random.Generator, h: int, w: int, top: float, bottom: float) -> Array:
    base = np.linspace(top, bottom, h)[:, None] * np.ones((1, w))
    clouds = cv2.resize(rng.normal(0, 1, (5, 9)), (w, h), interpolation=cv2.INTER_CUBIC)
    return base + clouds * 12


def _ridge(rng: np.random.Generator, w: int, rough: float) -> Array:
    steps = np.zeros(w)
    for octave in range(1, 7):
        count = 2**octave + 1
        points = rng.normal(0, 1, count) * rough / octave**1.4
        steps += np.interp(np.arange(w), np.linspace(0, w, count), points)
    return steps


def skyline(rng: np.random.Generator, h: int, w: int) -> Array:
    scene = _sky(rng, h, w, 205, 232)
    for depth, shade in ((0.42, 165), (0.56, 120), (0.72, 70)):
        x = -int(rng.integers(0, w // 8 + 1))
        while x < w:
            width = int(rng.integers(max(4, w // 22), max(6, w // 8)))
            top = int(h * depth - rng.random() * h * 0.24)
            left, right = max(0, x), min(w, x + width)
            if right > left:
                scene[top:, left:right] = shade + rng.normal(0, 8)
                step = max(4, h // 34)
                for row in range(top + step, h, 2 * step):
                    for column in range(left + step, right - step, 2 * step):
                        if rng.random() < 0.6:
                            scene[row : row + step, column : column + step] += 55
            x += width
    return scene


def hills(rng: np.random.Generator, h: int, w: int) -> Array:
    scene = _sky(rng, h, w, 190, 240)
    for depth, shade in ((0.38, 170), (0.52, 128), (0.68, 88), (0.84, 52)):
        line = h * depth + _ridge(rng, w, h * 0.07)
        mask = np.arange(h)[:, None] > line[None, :]
        texture = cv2.GaussianBlur(rng.normal(0, 1, (h, w)), (0, 0), 3) * 30
        scene = np.where(mask, shade + texture, scene)
    return scene


def trees(rng: np.random.Generator, h: int, w: int) -> Array:
    scene = _sky(rng, h, w, 215, 235)
    ground = int(h * 0.78)
    scene[ground:] = 120 + rng.normal(0, 10, (h - ground, w))
    for x in np.linspace(0.06 * w, 0.94 * w, int(rng.integers(4, 9))):
        size = h * (0.16 + 0.14 * rng.random())
        x = int(x + rng.normal(0, w * 0.02))
        cv2.line(
            scene, (x, ground + int(h * 0.05)), (x, int(ground - size * 1.2)), 55.0, max(2, int(w * 0.012))
        )
        for _ in range(26):
            dx, dy = rng.normal(0, size * 0.42), rng.normal(0, size * 0.32)
            centre = (int(x + dx), int(ground - size * 1.5 + dy))
            cv2.circle(
                scene, centre, int(size * (0.12 + 0.16 * rng.random())), float(60 + 60 * rng.random()), -1
            )
    return cv2.GaussianBlur(scene, (0, 0), 0.7)


def water(rng: np.random.Generator, h: int, w: int) -> Array:
    scene = _sky(rng, h, w, 180, 238)
    shore = int(h * 0.46)
    line = shore - h * 0.1 + _ridge(rng, w, h * 0.05)
    scene = np.where((np.arange(h)[:, None] > line) & (np.arange(h)[:, None] < shore), 95, scene)
    rows = np.arange(h - shore)[:, None]
    waves = np.sin(rows / (1 + rows / 40) + _ridge(rng, w, 3.0)[None, :]) * 22 + 150
    scene[shore:] = waves + rng.normal(0, 8, waves.shape)
    for _ in range(int(rng.integers(1, 4))):
        x, y = int(rng.integers(w // 8, w - w // 8)), int(shore + h * (0.06 + 0.3 * rng.random()))
        size = int(w * 0.06)
        hull = np.array(
            [[x - size, y], [x + size, y], [x + size // 2, y + size // 3], [x - size // 2, y + size // 3]]
        )
        cv2.fillPoly(scene, [hull.astype(np.int32)], 40.0)
        sail = np.array([[x, y - 2], [x, y - 2 * size], [x + size, y - 2]])
        cv2.fillPoly(scene, [sail.astype(np.int32)], 225.0)
    return scene


def portrait(rng: np.random.Generator, h: int, w: int) -> Array:
    scene = np.full((h, w), 150.0 + 60 * rng.random())
    scene += cv2.resize(rng.normal(0, 1, (4, 4)), (w, h), interpolation=cv2.INTER_CUBIC) * 14
    cx, cy, r = w * (0.5 + rng.normal(0, 0.03)), h * 0.42, min(w, h) * 0.2
    cv2.ellipse(
        scene,
        (int(cx), int(h * 1.06)),
        (int(r * 2.3), int(h * 0.4)),
        0,
        180,
        360,
        55.0 + 40 * rng.random(),
        -1,
    )
    cv2.ellipse(scene, (int(cx), int(cy + r * 1.1)), (int(r * 0.45), int(r * 0.7)), 0, 0, 360, 165.0, -1)
    cv2.ellipse(scene, (int(cx), int(cy)), (int(r * 0.86), int(r * 1.12)), 0, 0, 360, 192.0, -1)
    cv2.ellipse(scene, (int(cx), int(cy - r * 0.5)), (int(r * 0.95), int(r * 0.8)), 0, 180, 360, 45.0, -1)
    for side in (-1, 1):
        cv2.ellipse(
            scene,
            (int(cx + side * r * 0.36), int(cy - r * 0.05)),
            (int(r * 0.13), int(r * 0.07)),
            0,
            0,
            360,
            60.0,
            -1,
        )
    cv2.ellipse(
        scene,
        (int(cx), int(cy + r * 0.55)),
        (int(r * 0.26), int(r * 0.08)),
        0,
        0,
        180,
        100.0,
        max(1, int(r * 0.05)),
    )
    return cv2.GaussianBlur(scene, (0, 0), max(0.8, r / 22))


def bridge(rng: np.random.Generator, h: int, w: int) -> Array:
    scene = _sky(rng, h, w, 200, 236)
    deck, water_line = int(h * 0.5), int(h * 0.78)
    scene[water_line:] = 140 + rng.normal(0, 9, (h - water_line, w))
    scene[deck : deck + max(3, h // 22)] = 70
    count = int(rng.integers(3, 7))
    step = w / count
    scene[deck:water_line] = np.where(scene[deck:water_line] > 90, 105, 70)
    for i in range(count):
        centre = (int((i + 0.5) * step), water_line)
        cv2.ellipse(
            scene, centre, (int(step * 0.38), int((water_line - deck) * 0.82)), 0, 180, 360, 215.0, -1
        )
    return cv2.GaussianBlur(scene, (0, 0), 0.8)


def crowd(rng: np.random.Generator, h: int, w: int) -> Array:
    scene = _sky(rng, h, w, 170, 210)
    for row in range(5):
        y, r = h * (0.42 + 0.13 * row), h * (0.045 + 0.012 * row)
        x = -r + rng.random() * 2 * r
        while x < w + r:
            cv2.ellipse(
                scene,
                (int(x), int(y + 2.6 * r)),
                (int(1.5 * r), int(2 * r)),
                0,
                180,
                360,
                float(40 + 90 * rng.random()),
                -1,
            )
            cv2.circle(scene, (int(x), int(y)), int(r), float(150 + 50 * rng.random()), -1)
            cv2.ellipse(scene, (int(x), int(y - r * 0.3)), (int(r), int(r * 0.8)), 0, 180, 360, 45.0, -1)
            x += r * (2.4 + rng.random())
    return cv2.GaussianBlur(scene, (0, 0), 0.7)


KINDS = {
    "skyline": skyline,
    "hills": hills,
    "trees": trees,
    "water": water,
    "portrait": portrait,
    "bridge": bridge,
    "crowd": crowd,
}
