"""Spoils a clean picture as scanners, bindings and age do, and carries the truth through the same mapping.

The mapping is one function from the clean page to the scan: scaled, bent, turned, set into the border. The
picture is resampled with its inverse, found by iteration to below a hundredth of a pixel, so truth and
picture agree.
"""

from __future__ import annotations

import random
from copy import deepcopy
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.bench.pages.outline import hull

Json = dict[str, Any]
Tones = NDArray[np.float32]
Pixels = NDArray[np.uint8]
_STEP = 120  # pixels between the points of an edge that paper may bend
_MESH = 16  # pixels between the points for which the inverse of the mapping is computed


@dataclass(frozen=True)
class Damage:
    """How a page is spoiled; lengths in millimetres, tones of 0..255, shares of 0..1."""

    dpi: int
    skew_deg: float
    curl_mm: float
    wave_mm: float
    border_mm: float
    border_tone: float
    shade: float
    through: float
    noise: float
    blur: float
    dirt: int
    fade: float
    bilevel: bool
    quality: int
    seed: int

    @property
    def name(self) -> str:
        """The scan's kind in one word, for the manifest."""
        return "bilevel" if self.bilevel else f"grey-{self.dpi}"


def draw_damage(lot: random.Random) -> Damage:
    """A damage, everything in it drawn; every second one is light."""
    hard = 1.0 if lot.random() < 0.5 else 0.4
    return Damage(
        dpi=lot.choice((150, 200, 200, 240, 300, 300, 400)),
        skew_deg=round(lot.choice((1, 1, 0.3, 3)) * lot.uniform(-1, 1), 2),
        curl_mm=round(hard * lot.uniform(0, 2.5), 2),
        wave_mm=round(hard * lot.uniform(0, 0.8), 2),
        border_mm=round(lot.choice((0, 2, 6, 12)) * lot.uniform(0.5, 1), 1),
        border_tone=lot.choice((8, 20, 60, 225)),
        shade=round(hard * lot.uniform(0, 0.4), 2),
        through=round(lot.choice((0, 0.15, 0.3)) * lot.uniform(0.5, 1) * hard, 2),
        noise=round(hard * lot.uniform(2, 14), 1),
        blur=round(hard * lot.uniform(0.3, 1.1), 2),
        dirt=int(hard * lot.randint(0, 260)),
        fade=round(hard * lot.uniform(0, 0.35), 2),
        bilevel=lot.random() < 0.3,
        quality=lot.randint(40, 90),
        seed=lot.randrange(1 << 30),
    )


@dataclass(frozen=True)
class Mapping:
    """From pixels of the clean picture to pixels of the scan."""

    damage: Damage
    clean_dpi: int
    size: tuple[int, int]  # width, height of the clean picture

    @property
    def scale(self) -> float:
        return self.damage.dpi / self.clean_dpi

    @property
    def scan_size(self) -> tuple[int, int]:
        """Width and height of the scan: the turned page and its border."""
        angle = abs(np.radians(self.damage.skew_deg))
        w, h = (self.scale * side for side in self.size)
        edge = 2 * self._mm(self.damage.border_mm)
        wide = w * np.cos(angle) + h * np.sin(angle) + edge
        tall = w * np.sin(angle) + h * np.cos(angle) + edge
        return round(float(wide)), round(float(tall))

    def forward(self, points: np.ndarray) -> np.ndarray:
        """Points (n, 2) of the clean picture on the scan."""
        w, h = (self.scale * side for side in self.size)
        x, y = self.scale * points[:, 0], self.scale * points[:, 1]
        dx, dy = self._bend(x, y)
        angle = np.radians(-self.damage.skew_deg)  # counter-clockwise in a picture whose y runs down
        cx, cy = x + dx - w / 2, y + dy - h / 2
        wide, tall = self.scan_size
        return np.stack(
            (
                np.cos(angle) * cx - np.sin(angle) * cy + wide / 2,
                np.sin(angle) * cx + np.cos(angle) * cy + tall / 2,
            ),
            axis=1,
        )

    def inverse(self) -> tuple[np.ndarray, np.ndarray]:
        """For every pixel of the scan its place on the clean picture (maps for `cv2.remap`).

        Found on every 16th pixel and interpolated: paper bends so slowly that this errs by less than 0.01.
        """
        w, h = (self.scale * side for side in self.size)
        wide, tall = self.scan_size
        across, down = wide // _MESH + 3, tall // _MESH + 3
        v, u = np.mgrid[-1 : down - 1, -1 : across - 1].astype(np.float64)
        u, v = (u + 0.5) * _MESH - wide / 2, (v + 0.5) * _MESH - tall / 2
        angle = np.radians(-self.damage.skew_deg)
        bent_x = np.cos(angle) * u + np.sin(angle) * v + w / 2
        bent_y = -np.sin(angle) * u + np.cos(angle) * v + h / 2
        x, y = bent_x, bent_y
        for _ in range(6):
            dx, dy = self._bend(x, y)
            x, y = bent_x - dx, bent_y - dy
        maps = [
            cv2.resize((side / self.scale - 0.5).astype(np.float32), (across * _MESH, down * _MESH))
            for side in (x, y)
        ]  # pixels have their centre at a half, the maps of OpenCV at a whole
        cut = slice(_MESH, _MESH + tall), slice(_MESH, _MESH + wide)
        return maps[0][cut], maps[1][cut]

    def _bend(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How far paper that curls at its spine and waves moves a point of the unturned scan."""
        w, h = (self.scale * side for side in self.size)
        lot = np.random.default_rng(self.damage.seed)
        phase, waves, spine = lot.uniform(0, 6.28), lot.uniform(0.7, 1.6), lot.integers(0, 2)
        near = np.abs(x / w - spine)
        curl = self._mm(self.damage.curl_mm) * np.exp(-4 * near) * (y / h - 0.5) * 2
        wave = self._mm(self.damage.wave_mm)
        dy = curl + wave * np.sin(2 * np.pi * waves * x / w + phase)
        dx = 0.5 * wave * np.sin(2 * np.pi * y / h + phase)
        return dx, dy

    def _mm(self, length: float) -> float:
        return length * self.damage.dpi / 25.4


def scanned(clean: Pixels, mapping: Mapping) -> Pixels:
    """The spoiled picture (grey, or 0 and 255 only)."""
    damage = mapping.damage
    lot = np.random.default_rng(damage.seed + 1)
    page: Tones = clean.astype(np.float32)
    if damage.through:
        back = _blurred(page[:, ::-1], 2.5)
        page = (page - damage.through * (255 - back) * (page / 255)).astype(np.float32)
    if mapping.scale < 1:
        page = _blurred(page, 0.42 / mapping.scale)
    map_x, map_y = mapping.inverse()
    scan: Tones = np.asarray(cv2.remap(page, map_x, map_y, cv2.INTER_LINEAR), np.float32)
    outside = (map_x < 0) | (map_y < 0) | (map_x > page.shape[1] - 1) | (map_y > page.shape[0] - 1)
    black, white = np.float32(40 * damage.fade), np.float32(240 - 40 * damage.fade)
    scan = black + scan / np.float32(255) * (white - black)
    scan = scan * (1 - np.float32(damage.shade) * _gloom(lot, scan.shape))
    scan[outside] = damage.border_tone
    _soil(scan, lot, damage)
    scan = _blurred(scan, max(0.3, damage.blur * damage.dpi / 300))
    scan = scan + np.float32(damage.noise) * lot.standard_normal(scan.shape, np.float32)
    grey = np.clip(scan, 0, 255).astype(np.uint8)
    return _two_tones(grey, damage.dpi) if damage.bilevel else grey


def _blurred(image: Tones, sigma: float) -> Tones:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.float32)


def _gloom(lot: np.random.Generator, shape: tuple[int, ...]) -> Tones:
    """How dark the light leaves each pixel, 0..1: clouds, and one side away from the lamp."""
    few = lot.uniform(0, 1, (4, 3)).astype(np.float32)
    clouds = np.asarray(cv2.resize(few, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), np.float32)
    side = np.abs(np.linspace(0, 1, shape[1], dtype=np.float32) - np.float32(lot.uniform(0, 1)))
    return np.asarray(np.clip(0.5 * clouds + 0.5 * side, 0, 1), np.float32)


def _soil(scan: Tones, lot: np.random.Generator, damage: Damage) -> None:
    tall, wide = scan.shape
    for _ in range(damage.dirt):
        at = (int(lot.uniform(0, wide)), int(lot.uniform(0, tall)))
        size = max(1, int(abs(lot.normal(0, damage.dpi / 110))))
        cv2.circle(scan, at, size, float(lot.uniform(20, 160)), -1, cv2.LINE_AA)
    for _ in range(damage.dirt // 90):
        x = int(lot.uniform(0, wide))
        ends = (
            (x, int(lot.uniform(0, tall / 2))),
            (x + int(lot.normal(0, 6)), int(lot.uniform(tall / 2, tall))),
        )
        cv2.line(scan, *ends, float(lot.uniform(60, 200)), 1, cv2.LINE_AA)


def _two_tones(scan: Pixels, dpi: int) -> Pixels:
    """Black or white by a threshold that follows the light, as copiers do it."""
    around = np.asarray(cv2.blur(scan, (dpi // 4, dpi // 4)), np.float32)
    return np.where(scan > np.minimum(0.72 * around + 8, 190), 255, 0).astype(np.uint8)


def carry(truth: Json, mapping: Mapping, variant: str, file: str) -> Json:
    """The truth of the scan: every place mapped, every text and id as it was."""
    made: Json = _moved(deepcopy(truth), mapping)
    wide, tall = mapping.scan_size
    damage = mapping.damage
    made["image"] = {
        "variant": variant, "file": file, "dpi": damage.dpi, "width": wide, "height": tall,
        "mode": "bilevel" if damage.bilevel else "gray",
    }  # fmt: skip
    made["degradation"] = asdict(damage)
    return made


def _moved(value: Any, mapping: Mapping) -> Any:
    """A value of the truth with its boxes, polygons, baselines and column intervals mapped."""
    if isinstance(value, list):
        return [_moved(item, mapping) for item in value]
    if not isinstance(value, dict):
        return value
    found: Json = {}
    for key, item in value.items():
        if item is None or key == "style":
            found[key] = item
        elif key in ("bbox", "box", "print_area"):
            found[key] = hull_of(_points(mapping, _corners(item)))
        elif key in ("polygon", "page_polygon"):
            found[key] = _points(mapping, item)
        elif key == "polygons":
            found[key] = [_points(mapping, polygon) for polygon in item]
        elif key == "baseline":
            found[key] = _points(mapping, item, closed=False)
        elif key == "grid":
            found[key] = [_interval(mapping, span, mapping.size[1] / 2) for span in item]
        else:
            found[key] = _moved(item, mapping)
    if "x" in found and "bbox" in value:
        middle = (value["bbox"][1] + value["bbox"][3]) / 2
        found["x"] = _interval(mapping, value["x"], middle)
    return found


def _points(mapping: Mapping, points: list[list[float]], closed: bool = True) -> list[list[float]]:
    """Points mapped, their edges divided where the paper bends."""
    ends = [*points, points[0]] if closed else points
    dense = []
    for a, b in pairwise(ends):
        parts = max(1, int(np.hypot(b[0] - a[0], b[1] - a[1]) // _STEP))
        dense += [np.asarray(a) + (np.asarray(b) - np.asarray(a)) * k / parts for k in range(parts)]
    if not closed:
        dense.append(np.asarray(ends[-1]))
    return [[round(float(x), 1), round(float(y), 1)] for x, y in mapping.forward(np.asarray(dense, float))]


def _interval(mapping: Mapping, span: list[float], y: float) -> list[float]:
    (a, _), (b, _) = mapping.forward(np.asarray([[span[0], y], [span[1], y]], float))
    return [round(float(a), 1), round(float(b), 1)]


def _corners(box: list[float]) -> list[list[float]]:
    x0, y0, x1, y1 = box
    return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]


def hull_of(points: list[list[float]]) -> list[float]:
    """The box around points."""
    return hull([[x, y, x, y] for x, y in points])
