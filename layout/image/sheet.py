"""The sheet of paper in the picture: without the scanner's bed, black borders, the facing page's edge."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Polygon
from layout.image.scale import resized

Gray = NDArray[np.uint8]
Mask = NDArray[np.bool_]

_SIDE = 600  # longer side of the picture on which the sheet is looked for
_DARKER = 0.62  # the bed is darker than this share of the paper's brightness
_ALONG = 0.8  # of a side's length: a dark band as long is the bed's, though something light lies beyond it
_PIECE = 0.1  # of a side's length: a piece of a band that is broken here and there
_OUTER = 0.08  # of the picture, from its edge: where such a band lies


def find_sheet(gray: Gray) -> Polygon | None:
    """Outline of the sheet in pixels of ``gray``, or None where the picture is all sheet.

    The bed is what is much darker than paper and reaches in from the picture's edge without a break, or
    runs all along it; the sheet is the convex hull of the rest's largest part. A picture whose edge is paper
    has no bed.
    """
    factor = min(1.0, _SIDE / max(gray.shape))
    small = resized(gray, factor)
    small = np.asarray(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)), np.uint8)
    paper = float(np.percentile(small, 75))
    dark = (small < _DARKER * paper).astype(np.uint8)
    bed = _from_edge(dark) | _beyond_bands(dark)
    if bed.mean() < 0.015:
        return None
    rest = cv2.morphologyEx((~bed).astype(np.uint8), cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(rest)
    if count < 2:
        return None
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    if stats[largest, cv2.CC_STAT_AREA] < 0.3 * rest.size:
        return None  # a page that is one dark picture
    points = cv2.findNonZero((labels == largest).astype(np.uint8))
    hull = cv2.approxPolyDP(cv2.convexHull(points), 2.0, True)[:, 0]
    return tuple((float(x / factor), float(y / factor)) for x, y in hull)


def _from_edge(dark: NDArray[np.uint8]) -> Mask:
    """The dark parts that touch the picture's edge along a good piece of it."""
    _, labels = cv2.connectedComponents(dark)
    edge = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    touching = np.bincount(edge, minlength=int(labels.max()) + 1)
    wide = touching >= 0.1 * min(dark.shape)
    wide[0] = False
    bed: Mask = wide[labels]
    return bed


def _beyond_bands(dark: NDArray[np.uint8]) -> Mask:
    """Dark bands along a side of the picture, and all between them and that side.

    Thin rules are closed by now; the frame of a page runs along four sides and has the page inside.
    """
    beyond = np.zeros(dark.shape, bool)
    _, labels = cv2.connectedComponents(dark)
    for own, found in ((labels, beyond), (labels[:, ::-1], beyond[:, ::-1]), (labels.T, beyond.T)):
        _fill_beyond(own, found)
    _fill_beyond(labels.T[:, ::-1], beyond.T[:, ::-1])
    return beyond


def _fill_beyond(labels: NDArray[Any], found: Mask) -> None:
    """Fill ``found`` from the left edge to the bands along it."""
    height, width = labels.shape
    outer = int(_OUTER * width)
    margin = labels[:, :outer]
    dark = np.setdiff1d(margin, labels[:, outer:])
    band = np.zeros(margin.shape, bool)
    for label in dark[dark > 0]:
        piece = margin == label
        if piece.any(axis=1).sum() >= _PIECE * height:
            band |= piece
    if band.any(axis=1).sum() >= _ALONG * height:
        found[:, : int(np.median(np.nonzero(band)[1])) + 1] = True
        found[:, :outer] |= band


def sheet_mask(sheet: Polygon | None, shape: tuple[int, ...], margin: float) -> Mask:
    """True on the sheet, ``margin`` pixels inside its outline; all True without one."""
    if sheet is None:
        return np.ones(shape[:2], bool)
    mask = np.zeros(shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round(np.array(sheet)).astype(np.int32)], 1)
    # The picture's own edge is no outline: grown over it before the margin is taken.
    side = max(1, round(margin))
    padded = cv2.copyMakeBorder(mask, side, side, side, side, cv2.BORDER_REPLICATE)
    inner = cv2.erode(padded, np.ones((2 * side + 1, 2 * side + 1), np.uint8))
    kept: Mask = inner[side:-side, side:-side] > 0
    return kept


def without_cut_off(ink: Mask, reach: int) -> Mask:
    """The ink without small marks that the picture's edge cuts: those within ``reach`` pixels of it.

    They are crumbs of the bed, of the facing page or of a picture; a line of text goes further in.
    """
    kept = ink.copy()
    reach = max(1, min(reach, ink.shape[0] // 4, ink.shape[1] // 4))
    for part in (kept, kept[::-1], kept.T, kept.T[::-1]):
        band = np.ascontiguousarray(part[: reach + 1]).view(np.uint8)
        count, labels = cv2.connectedComponents(band)
        cut = np.zeros(count, bool)
        cut[labels[0]] = True
        cut[labels[-1]] = False
        cut[0] = False
        part[: reach + 1][cut[labels]] = False
    return kept
