"""Word boxes that fit the ink: an engine's boxes come from its time steps and are loose or shifted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from layout.document import Box
from layout.text.engine import LinePicture, WordReading

#: Darker than this is ink in a picture whose ground is 255 and whose darkest ink is 0.
INK = 140


def fit_words(picture: LinePicture, words: Sequence[WordReading]) -> tuple[WordReading, ...]:
    """The words of one line with boxes drawn tight around their ink; picture pixels, same order.

    The cut between two neighbours is the widest white gap near the place where the engine put it.
    """
    ink = picture.image < INK
    columns = np.asarray(ink.any(axis=0))
    order = sorted(range(len(words)), key=lambda n: words[n].box.center[0])
    cuts = [0, *_cuts(columns, [words[n].box for n in order], picture.height), picture.width]
    fitted = list(words)
    for place, n in enumerate(order):
        fitted[n] = replace(words[n], box=_tight(ink, cuts[place], cuts[place + 1], words[n].box))
    return tuple(fitted)


def _cuts(columns: NDArray[np.bool_], boxes: Sequence[Box], height: int) -> list[int]:
    """Column where each word but the last ends, ascending."""
    gaps = _gaps(columns)
    cuts: list[int] = []
    for left, right in pairwise(boxes):
        middle = (left.x1 + right.x0) / 2
        reach = max(0.4 * height, abs(right.x0 - left.x1))  # an engine errs by less than half a letter
        lowest, highest = max(middle - reach, left.center[0]), min(middle + reach, right.center[0])
        near = [(end - start, start, end) for start, end in gaps if end > lowest and start < highest]
        cut = int((max(near)[1] + max(near)[2]) / 2) if near else int(middle)
        cuts.append(max(cut, cuts[-1] if cuts else 0))
    return cuts


def _gaps(columns: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs of columns without ink, as half-open intervals."""
    edges = np.flatnonzero(np.diff(np.concatenate(([1], columns.astype(np.int8), [1]))))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _tight(ink: NDArray[np.bool_], start: int, end: int, box: Box) -> Box:
    """The ink's box between two columns; the engine's own box where there is no ink."""
    part = ink[:, start:end]
    if not part.any():
        return box
    xs, ys = np.flatnonzero(part.any(axis=0)), np.flatnonzero(part.any(axis=1))
    return Box(start + float(xs[0]), float(ys[0]), start + float(xs[-1]) + 1, float(ys[-1]) + 1)
