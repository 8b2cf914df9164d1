"""Spoil a clean render as a scanner, a camera or a bad print would, and move the truth along with it.

The page is first bent (curl near the spine, a slight wave), then turned and seen askew, then printed with the
other side shining through, lit unevenly, blurred, and given noise; last it is stored in
grey or in two tones. The bend is small and smooth, so that points are carried over by iterating its inverse.
"""

from __future__ import annotations

import copy
from dataclasses import asdict, dataclass
from typing import Any

import cv2
import numpy as np

Array = np.ndarray


@dataclass(frozen=True)
class Damage:
    """How much of what; lengths are shares of the page's width, light and noise grey levels of 255."""

    skew_deg: float = 0.0
    perspective: float = 0.0
    curl: float = 0.0
    wave: float = 0.0
    border: float = 0.02
    outside: str = "dark"
    spine: str = "left"
    bleed: float = 0.0
    light: float = 0.0
    noise: float = 0.0
    blur: float = 0.0
    fade: float = 0.0
    specks: int = 0
    bilevel: bool = False
    paper: float = 238.0


class Bend:
    """The way from the clean page to the scan: bend, then a projective map."""

    def __init__(self, width: int, height: int, damage: Damage, seed: int) -> None:
        self.width, self.height, self.damage = width, height, damage
        rng = np.random.default_rng(seed)
        margin = damage.border * width
        self.out = (round(width + 2 * margin), round(height + 2 * margin))
        angle = np.deg2rad(damage.skew_deg)
        centre = np.array([width / 2, height / 2])
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], float)
        moved = (corners - centre) @ turn.T + centre + margin
        moved += rng.normal(0, damage.perspective * width, (4, 2))
        self.matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), moved.astype(np.float32))
        self.inverse = np.linalg.inv(self.matrix)
        self.phase = rng.random() * 6.28

    def _shift(self, points: Array) -> Array:
        """Where a point of the bent sheet was on the flat page, as an offset."""
        x, y = points[:, 0] / self.width, points[:, 1] / self.height
        near = np.exp(-(x if self.damage.spine == "left" else 1 - x) / 0.12)
        dy = self.damage.curl * self.width * near * np.sin(np.pi * (y - 0.1))
        dy += self.damage.wave * self.width * np.sin(2 * np.pi * 1.3 * x + self.phase)
        dx = self.damage.curl * self.width * 0.6 * near * (1 if self.damage.spine == "left" else -1)
        dx += self.damage.wave * self.width * 0.5 * np.sin(2 * np.pi * 0.8 * y + self.phase)
        return np.stack([dx, dy], 1)

    def forward(self, points: Array) -> Array:
        """Points of the clean page in the scan."""
        bent = points.copy()
        for _ in range(6):
            bent = points - self._shift(bent)
        return cv2.perspectiveTransform(bent[None].astype(np.float64), self.matrix)[0]

    def maps(self) -> tuple[Array, Array]:
        """For each pixel of the scan, where to look on the clean page."""
        w, h = self.out
        step = 8
        xs, ys = np.meshgrid(np.arange(0, w + step, step), np.arange(0, h + step, step))
        grid = np.stack([xs.ravel(), ys.ravel()], 1).astype(np.float64)
        bent = cv2.perspectiveTransform(grid[None], self.inverse)[0]
        source = (bent + self._shift(bent)).reshape(*xs.shape, 2).astype(np.float32)
        full = cv2.resize(source, (xs.shape[1] * step, xs.shape[0] * step), interpolation=cv2.INTER_LINEAR)
        # resize samples pixel centres: shift back by half a cell
        offset = (step - 1) / 2
        matrix = np.float32([[1, 0, -offset], [0, 1, -offset]])
        full = cv2.warpAffine(full, matrix, (w, h), borderMode=cv2.BORDER_REPLICATE)
        return full[..., 0], full[..., 1]


def spoil(page: Array, damage: Damage, seed: int) -> tuple[Array, Bend]:
    """A grey page (uint8) as a scan of it (uint8; 0 and 255 only where ``bilevel``)."""
    rng = np.random.default_rng(seed)
    height, width = page.shape
    bend = Bend(width, height, damage, seed)
    ink = 255.0 - page.astype(np.float32)
    if damage.bleed:
        back = cv2.GaussianBlur(ink[:, ::-1], (0, 0), width / 1400)
        back = np.roll(back, (width // 60, width // 90), (0, 1))
        ink = np.maximum(ink, back * damage.bleed)
    if damage.fade:
        patches = cv2.resize(
            rng.random((9, 6)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
        )
        ink *= 1 - damage.fade * np.clip(patches, 0, 1)
    sheet = damage.paper - ink * damage.paper / 255
    map_x, map_y = bend.maps()
    outside = 35.0 if damage.outside == "dark" else 250.0
    scan = cv2.remap(sheet, map_x, map_y, cv2.INTER_AREA, borderMode=cv2.BORDER_CONSTANT, borderValue=outside)
    h, w = scan.shape
    scan *= _light(damage, rng, h, w)
    if damage.blur:
        scan = cv2.GaussianBlur(scan, (0, 0), damage.blur)
    if damage.noise:
        grain = cv2.GaussianBlur(rng.normal(0, 1, (h, w)).astype(np.float32), (0, 0), 0.6)
        scan += grain * damage.noise * 1.6
    for _ in range(damage.specks):
        centre = (int(rng.integers(0, w)), int(rng.integers(0, h)))
        cv2.circle(scan, centre, int(rng.integers(1, max(2, w // 700))), float(rng.integers(20, 90)), -1)
    grey = np.clip(scan, 0, 255).astype(np.uint8)
    if damage.bilevel:
        window = max(15, w // 40) | 1
        level = cv2.blur(grey.astype(np.float32), (window, window)) * 0.82
        grey = np.where(grey < np.minimum(level, 170), 0, 255).astype(np.uint8)
    return grey, bend


def _light(damage: Damage, rng: np.random.Generator, h: int, w: int) -> Array:
    """Shadow at the spine and one bright side."""
    x = np.linspace(0, 1, w, dtype=np.float32)[None, :]
    y = np.linspace(0, 1, h, dtype=np.float32)[:, None]
    near = x if damage.spine == "left" else 1 - x
    shadow = 1 - damage.light * np.exp(-near / 0.1)
    slope = 1 - damage.light * 0.35 * np.abs(y - rng.random())
    return shadow * slope


def carry(
    truth: dict[str, Any], bend: Bend, file: str, variant: str, damage: Damage, mode: str
) -> dict[str, Any]:
    """The truth of the clean page for its scan."""
    moved = copy.deepcopy(truth)
    moved["image"] |= {
        "file": file,
        "variant": variant,
        "width": bend.out[0],
        "height": bend.out[1],
        "mode": mode,
    }
    moved["degradation"] = dict(asdict(damage).items())
    moved["page_polygon"] = _path(bend, moved["page_polygon"])
    moved["print_area"] = _box(bend, moved["print_area"])
    for zone in moved["columns"]["zones"]:
        _shape(bend, zone)
        for column in zone["columns"]:
            _shape(bend, column)
            column["x"] = [column["bbox"][0], column["bbox"][2]]
    middle = bend.height / 2
    moved["columns"]["grid"] = [
        [round(float(v), 1) for v in bend.forward(np.array([[x0, middle], [x1, middle]]))[:, 0]]
        for x0, x1 in moved["columns"]["grid"]
    ]
    for article in moved["articles"]:
        article["bbox"] = _box(bend, article["bbox"])
        article["polygons"] = [_path(bend, polygon) for polygon in article["polygons"]]
    for block in moved["blocks"]:
        _move_block(bend, block)
    return moved


def _move_block(bend: Bend, block: dict[str, Any]) -> None:
    for region in block["regions"]:
        _shape(bend, region)
    if block["polygon"] is not None:
        block["polygon"] = _path(bend, block["polygon"])
    boxes = [r["bbox"] for r in block["regions"]]
    block["bbox"] = [
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    ]
    for line in block["lines"]:
        line["polygon"] = _path(bend, line["polygon"])
        line["bbox"] = _hull(line["polygon"])
        line["box"] = _box(bend, line["box"])
        line["baseline"] = _path(bend, line["baseline"], closed=False)
        for word in line["words"]:
            word["bbox"] = _box(bend, word["bbox"])
    for cell in block.get("cells", []):
        cell["bbox"] = _box(bend, cell["bbox"])


def _shape(bend: Bend, item: dict[str, Any]) -> None:
    item["polygon"] = _path(bend, item["polygon"])
    item["bbox"] = _hull(item["polygon"])


def _box(bend: Bend, box: list[float]) -> list[float]:
    x0, y0, x1, y1 = box
    return _hull(_path(bend, [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]))


def _path(bend: Bend, points: list[list[float]], closed: bool = True) -> list[list[float]]:
    """Points carried over, long edges subdivided so that they follow the bend."""
    full: list[list[float]] = []
    ends = points[1:] + (points[:1] if closed else [])
    for a, b in zip(points, ends, strict=False):
        count = max(1, int(max(abs(a[0] - b[0]), abs(a[1] - b[1])) / (bend.width / 12)))
        full += [[a[0] + (b[0] - a[0]) * i / count, a[1] + (b[1] - a[1]) * i / count] for i in range(count)]
    if not closed:
        full.append(points[-1])
    return [[round(float(x), 1), round(float(y), 1)] for x, y in bend.forward(np.array(full, float))]


def _hull(points: list[list[float]]) -> list[float]:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return [min(xs), min(ys), max(xs), max(ys)]
