"""Pictures that show no text, each a way in which a scan can have none."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.image import Scan

Picture = NDArray[np.floating]

_SIZE = (1200, 850)


def nothing(kind: str) -> Scan:
    """The scan of this kind: one of ``KINDS``."""
    gray = KINDS[kind](np.random.default_rng(5))
    return Scan("p0001", np.clip(gray, 0, 255).astype(np.uint8))


def _clouds(noise: np.random.Generator) -> Picture:
    """0 to 1: what is coarse is strong, what is fine is weak, as in most photographs."""
    height, width = _SIZE
    sum_ = np.zeros(_SIZE, np.float32)
    for octave in range(2, 9):
        side = 2**octave
        part = noise.normal(0, 1, (side, side)).astype(np.float32)
        sum_ += 0.55**octave * cv2.resize(part, (width, height), interpolation=cv2.INTER_CUBIC)
    return (sum_ - sum_.min()) / np.ptp(sum_)


def _photograph(noise: np.random.Generator) -> Picture:
    """Clouds, and before them things with edges: walls, heads, trunks."""
    height, width = _SIZE
    made = _clouds(noise)
    for n in range(40):
        x, y, size = (int(noise.integers(0, most)) for most in (width, height, 220))
        thing = np.zeros(_SIZE, np.uint8)
        if n % 3 == 0:
            cv2.rectangle(thing, (x, y), (x + size, y + int(noise.integers(9, 400))), 1, -1)
        elif n % 3 == 1:
            cv2.ellipse(thing, (x, y), (size // 2 + 5, size + 5), float(noise.uniform(0, 180)), 0, 360, 1, -1)
        else:
            end = (x + int(noise.normal(0, 100)), y + int(noise.normal(0, 200)))
            cv2.line(thing, (x, y), end, 1, int(noise.integers(2, 20)))
        made = np.where(thing > 0, 0.55 * noise.random() + 0.45 * made, made)
    return np.clip(cv2.GaussianBlur(made, (0, 0), 1.2) + noise.normal(0, 0.02, _SIZE), 0, 1)


def _screened(noise: np.random.Generator, cell: float) -> Picture:
    """A photograph in black dots ``cell`` pixels apart, at 45 degrees."""
    y, x = np.mgrid[: _SIZE[0], : _SIZE[1]] * np.pi / cell / np.sqrt(2)
    return np.where(_photograph(noise) > 0.5 + 0.5 * np.cos(x + y) * np.cos(x - y), 255.0, 0.0)


def _dirt(noise: np.random.Generator, things: int) -> Picture:
    """Specks, splashes, hairs and scratches on paper."""
    height, width = _SIZE
    made = np.full(_SIZE, 240, np.float32) + noise.normal(0, 3, _SIZE).astype(np.float32)
    for n in range(things):
        x, y = int(noise.integers(0, width)), int(noise.integers(0, height))
        size, ink = int(abs(noise.normal(0, 8))) + 2, float(noise.uniform(20, 180))
        if n % 4 == 0:
            cv2.ellipse(made, (x, y), (size, size // 2 + 1), float(noise.uniform(0, 180)), 0, 360, ink, -1)
        elif n % 4 == 1:
            end = (x + int(noise.normal(0, 100)), y + int(noise.normal(0, 100)))
            cv2.line(made, (x, y), end, ink, int(noise.integers(1, 4)))
        elif n % 4 == 2:
            hair = (np.array([x, y]) + np.cumsum(noise.normal(0, 6, (30, 2)), axis=0)).astype(np.int32)
            cv2.polylines(made, [hair], False, ink, int(noise.integers(1, 3)))
        else:
            for dx, dy in noise.normal(0, size, (12, 2)):
                cv2.circle(made, (x + int(dx), y + int(dy)), int(noise.integers(1, 5)), ink, -1)
    return made


def _water(noise: np.random.Generator) -> Picture:
    """Stains with dark rims."""
    made = 240 + noise.normal(0, 3, _SIZE)
    for _ in range(6):
        x, y, a, b = (int(noise.integers(50, most)) for most in (800, 1100, 250, 250))
        stain = np.zeros(_SIZE, np.uint8)
        cv2.ellipse(stain, (x, y), (a, b), 0, 0, 360, 1, -1)
        made -= stain * (15 + 70 * np.exp(-cv2.distanceTransform(stain, cv2.DIST_L2, 5) / 8))
    return made


def _scratched(noise: np.random.Generator) -> Picture:
    made = np.full(_SIZE, 235, np.float32)
    for _ in range(40):
        ends = [(int(noise.integers(0, _SIZE[1])), y) for y in (0, _SIZE[0])]
        cv2.line(made, ends[0], ends[1], float(noise.uniform(60, 200)), int(noise.integers(1, 4)))
    return made


def _squared(noise: np.random.Generator) -> Picture:
    made = 245 + noise.normal(0, 2, _SIZE)
    made[::40] = made[1::40] = made[:, ::40] = made[:, 1::40] = 150
    return made


def _blank_on_bed(noise: np.random.Generator) -> Picture:
    made = 15 + noise.normal(0, 4, _SIZE)
    made[90:1100, 70:760] += 225
    return made


def _shaded(noise: np.random.Generator) -> Picture:
    down, across = np.linspace(1, 0.8, _SIZE[0]), np.linspace(0.6, 1, _SIZE[1])
    return 240 * down[:, None] * across + noise.normal(0, 3, _SIZE)


def _specks(share: float) -> Callable[[np.random.Generator], Picture]:
    return lambda noise: np.where(noise.random(_SIZE) < share, 0.0, 250.0)


KINDS: dict[str, Callable[[np.random.Generator], Picture]] = {
    "white": lambda noise: np.full(_SIZE, 255.0),
    "grey": lambda noise: np.full(_SIZE, 128.0),
    "black": lambda noise: np.zeros(_SIZE),
    "uneven light": _shaded,
    "paper": lambda noise: 225 + 25 * _clouds(noise) + noise.normal(0, 4, _SIZE),
    "a scanner's bed": lambda noise: 12 + noise.normal(0, 5, _SIZE),
    "a grey bed": lambda noise: 60 + 30 * _clouds(noise) + noise.normal(0, 5, _SIZE),
    "a blank sheet on a bed": _blank_on_bed,
    "noise": lambda noise: noise.uniform(0, 256, _SIZE),
    "gaussian noise": lambda noise: noise.normal(128, 60, _SIZE),
    "blurred noise": lambda noise: 128 + 400 * cv2.GaussianBlur(noise.normal(0, 1, _SIZE), (0, 0), 2.5),
    "one-bit noise": lambda noise: np.where(noise.random(_SIZE) < 0.5, 0.0, 255.0),
    "one-bit blots": lambda noise: np.where(
        cv2.GaussianBlur(noise.normal(0, 1, _SIZE), (0, 0), 1.5) > 0.15, 0.0, 255.0
    ),
    "specks": _specks(0.004),
    "many specks": _specks(0.2),
    "salt and pepper": lambda noise: noise.choice([0.0, 128.0, 255.0], _SIZE, p=[0.05, 0.9, 0.05]),
    "a photograph": lambda noise: 20 + 215 * _photograph(noise),
    "a pale photograph": lambda noise: 120 + 130 * _photograph(noise),
    "a dark photograph": lambda noise: 5 + 120 * _photograph(noise),
    "a fine screen": lambda noise: _screened(noise, 4),
    "a screen": lambda noise: _screened(noise, 6),
    "a coarse screen": lambda noise: _screened(noise, 9),
    "a very coarse screen": lambda noise: _screened(noise, 14),
    "a grey screen": lambda noise: cv2.GaussianBlur(0.8 * _screened(noise, 6) + 25, (0, 0), 1.5),
    "dither": lambda noise: np.where(_photograph(noise) > noise.random(_SIZE), 255.0, 0.0),
    "dirt": lambda noise: _dirt(noise, 120),
    "much dirt": lambda noise: _dirt(noise, 700),
    "water": _water,
    "scratches": _scratched,
    "squared paper": _squared,
}
