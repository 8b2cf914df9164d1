"""Text lines: which strokes stand in one row of one column.

The page is read in layers of like stroke width, since a line is defined by what is near *for its
size*. In each layer the ink is blurred along the line; the rows where it is densest (the x-height band
in Latin, the baseline band in Arabic script) are the lines' cores. Cores are cut at gutters and rules,
and every stroke, dot and diacritic goes to the core it is nearest to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from layout.document import Box, union
from layout.geometry.components import Components, Mask, close, components, dilate, erode, open_

#: Height of the taller letters in standard deviations of the ink about the line: 3.1 to 3.5 in Latin
#: and Arabic type.
_SPREAD = 3.3
#: Strokes of display type over the running text's: bold of the same size has up to 1.5.
_LARGE = 1.55
_LETTERS_OF_A_ROW = 30
_TALLEST = 6.0  # line pitches

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Line:
    """A line in worksheet pixels: the box of its ink, its core, and the look of its strokes.

    ``core`` is the box of the dense band; ``rise`` its dy/dx; ``stroke`` the mean stroke width, ``size``
    the height of its taller letters (from the spread of its ink), ``ink`` the dark share of the box.
    """

    box: Box
    core: Box
    rise: float
    stroke: float
    size: float
    ink: float


def stroke_widths(ink: Mask, parts: Components) -> Floats:
    """Stroke width of each component: twice its ink over its outline, right for joined letters too."""
    edge = np.bincount(parts.labels[ink & ~erode(ink, 3, 3)], minlength=len(parts) + 1)[1:]
    # A stroke of width w and length l has an area of w * l and about 2 * l outline pixels.
    widths: Floats = 2.0 * parts.area / np.maximum(edge, 1)
    thinnest: Floats = np.minimum(widths, np.minimum(parts.width, parts.height).astype(float))
    return thinnest


def find_gutters(ink: Mask, pictures: Mask, pitch: float, lines: float) -> Mask:
    """White that runs upright through many lines of text: the gutters between columns.

    A gap between words is closed by the ink of the next lines; a gutter is not. The narrower, the more
    lines it must pass, since word spaces fall below each other by chance over a few lines ("rivers").
    Only white with text around it counts, else a lone heading would be cut at each of its spaces; beside
    a picture it counts too, since a column's side is the picture's. ``ink`` without rules and specks.
    """
    display = display_grounds(ink, pitch)
    tall = _tall_white(ink, pitch, lines) & ~display
    if pictures.any():
        beside = dilate(pictures, 2.4 * pitch, 1)
        # A word space in the next line lies below a picture's side by chance, not in the next three.
        more = _tall_white(ink | pictures, pitch, lines) & ~(display | beside)
        tall |= open_(more, 1, 2.4 * pitch)
    return tall | (_along_grid(tall, ~(ink | pictures), ink & ~display, pitch) & ~display)


def _tall_white(printed: Mask, pitch: float, lines: float) -> Mask:
    """White between print, the taller the narrower it is."""
    white = close(printed, 3.2 * pitch, 2.4 * pitch) & ~printed
    tall = open_(white, 0.26 * pitch, 1.9 * lines * pitch)
    tall |= open_(white, 0.5 * pitch, 1.35 * lines * pitch)
    return tall | open_(white, 0.8 * pitch, lines * pitch)


def _along_grid(gutters: Mask, white: Mask, text: Mask, pitch: float) -> Mask:
    """Short gutters in line with tall ones: columns keep their places down the page.

    A few lines below a picture or a headline have no tall white between them, but a gap that passes two
    lines is a gutter where a tall one runs above or below it and no running text lies between.
    """
    columns = np.flatnonzero(gutters.sum(axis=0) > 5 * pitch)
    found = np.zeros_like(white)
    if len(columns):
        tall, crossed = gutters[:, columns], text[:, columns]
        met = _met(tall, crossed) | _met(tall[::-1], crossed[::-1])[::-1]
        found[:, columns] = open_(white, 0.45 * pitch, 1.9 * pitch)[:, columns] & met
    return found


def _met(tall: Mask, crossed: Mask) -> Mask:
    """Where, going down each column, a tall gutter was met after the last text."""
    rows = np.arange(1, len(tall) + 1, dtype=np.int32)[:, None]
    last_tall = np.maximum.accumulate(np.where(tall, rows, 0), axis=0)
    last_text = np.maximum.accumulate(np.where(crossed, rows, 0), axis=0)
    met: Mask = last_tall > last_text
    return met


def display_grounds(ink: Mask, pitch: float) -> Mask:
    """What lies between the letters and words of display type: white there parts no columns."""
    parts = components(ink)
    strokes = stroke_widths(ink, parts)
    large = (display_layers(parts, strokes, pitch) > 0) & (parts.height > 0.5 * pitch)
    ground = np.zeros_like(ink)
    for x0, y0, x1, y1 in _boxes(parts, large):
        reach = int(min(0.65 * (y1 - y0), 2 * pitch))
        ground[y0:y1, max(0, x0 - reach) : x1 + reach] = True
    return ground


def _boxes(parts: Components, chosen: NDArray[np.bool_] | Ints) -> list[tuple[int, int, int, int]]:
    return [
        (int(x0), int(y0), int(x1), int(y1))
        for x0, y0, x1, y1 in zip(
            parts.x0[chosen], parts.y0[chosen], parts.x1[chosen], parts.y1[chosen], strict=True
        )
    ]


def find_lines(ink: Mask, barrier: Mask, pitch: float) -> tuple[Line, ...]:
    """All text lines of the page, top to bottom.

    ``ink`` holds letters only (light ones on dark grounds already turned dark); ``barrier`` is what no
    line may cross.
    """
    parts = components(ink)
    strokes = stroke_widths(ink, parts)
    layers = display_layers(parts, strokes, pitch)
    layers[parts.height <= 0.22 * pitch] = 0
    big: list[Line] = []
    free = layers == 0
    for layer in range(int(layers.max(initial=0)), 0, -1):
        own = layers == layer
        cores_of_large = _large_lines(parts.mask(own), barrier, pitch)
        taken = _absorbed(parts, free, cores_of_large)
        big += _grow(parts, strokes, own | taken, cores_of_large, pitch)
        free &= ~taken
    cores = find_cores(parts.mask(free), barrier, pitch)
    body = _gather(parts, strokes, free, cores, pitch)
    rest = _left_over(parts, strokes, (*body, *big), pitch)
    # Nothing with letters of more than six pitches is text, not in a masthead either: a drawing, and
    # what stands beside it is not its line.
    pieces = [piece for piece in (*body, *big, *rest) if piece.size < _TALLEST * pitch]
    lines = join_pieces(pieces, barrier, pitch)
    lines = join_pieces(lines, barrier, pitch)  # whole lines hold scraps that none of their pieces did
    return drop_scraps(lines, pitch)


def display_layers(parts: Components, strokes: Floats, pitch: float) -> Ints:
    """For each component 0 (running text) or the layer of display type it is of, 1 and up.

    Display type has strokes that, with those of the letters about them, are well over the running text's;
    a layer's are up to 1.6 times as thick as its thinnest. The letters of one heading differ, and a
    single alef of bold text can be as thick as a headline's: so each letter is taken with its neighbours
    of like height in the row, some three to each side, and thinner ones follow those, row by row.
    """
    usual = usual_stroke(parts, strokes, pitch)
    thick: NDArray[np.bool_] = strokes > 1.25 * usual
    letters = np.flatnonzero(thick & (parts.height > 0.5 * pitch))
    mean = np.where(thick & (parts.height <= 0.5 * pitch), strokes, 0.0)
    mean[letters] = _mean_about(parts, strokes, letters, pitch)
    sure = np.flatnonzero(mean > _LARGE * usual)
    sure = sure[parts.height[sure] > 0.5 * pitch]
    for _ in range(_LETTERS_OF_A_ROW):
        maybe = letters[mean[letters] <= _LARGE * usual]
        sure = maybe[_beside(parts, maybe, sure)]
        if not len(sure):
            break
        mean[sure] = (_LARGE + 1e-6) * usual
    over = np.maximum(mean / (_LARGE * usual), 1e-9)
    layers: Ints = np.where(over > 1, 1 + np.floor(np.log(over) / np.log(1.6)), 0).astype(np.int64)
    return layers


def _beside(parts: Components, these: Ints, those: Ints) -> NDArray[np.bool_]:
    """For each of ``these`` whether one of ``those`` of like height stands beside it in its row."""
    if not len(these) or not len(those):
        return np.zeros(len(these), bool)
    top = np.maximum(parts.y0[these][:, None], parts.y0[those])
    shared = np.minimum(parts.y1[these][:, None], parts.y1[those]) - top
    gap = np.maximum(parts.x0[these][:, None], parts.x0[those])
    gap = gap - np.minimum(parts.x1[these][:, None], parts.x1[those])
    lower = np.minimum(parts.height[these][:, None], parts.height[those])
    taller = np.maximum(parts.height[these][:, None], parts.height[those])
    near = (shared > 0.5 * lower) & (gap < 0.6 * taller) & (taller < 2.2 * lower)
    return np.asarray(near.any(axis=1), bool)


def _mean_about(parts: Components, strokes: Floats, letters: Ints, pitch: float) -> Floats:
    """Mean stroke, weighed by ink, of the letters near each one, none above 1.7 times as high."""
    cell = max(1.0, 0.25 * pitch)
    height, width = (int(side / cell) + 1 for side in parts.labels.shape)
    high = parts.height[letters]
    band = np.round(2 * np.log2(high / pitch)).astype(int)  # a capital is 1.5 times as high as an x
    x, y = (parts.x0 + parts.x1)[letters] / 2 / cell, (parts.y0 + parts.y1)[letters] / 2 / cell
    across, down = 3 * high / cell, 0.75 * high / cell
    left, right = np.clip(x - across, 0, width).astype(int), np.clip(x + across + 1, 0, width).astype(int)
    top, bottom = np.clip(y - down, 0, height).astype(int), np.clip(y + down + 1, 0, height).astype(int)
    ink = parts.area[letters].astype(float)
    total, weighed = np.zeros(len(letters)), np.zeros(len(letters))
    for level in np.unique(band):
        near = np.abs(band - level) <= 1
        own = band == level
        for values, sums in ((ink, total), (ink * strokes[letters], weighed)):
            grid = np.zeros((height, width))
            np.add.at(grid, (y[near].astype(int), x[near].astype(int)), values[near])
            table = cv2.integral(grid)
            sums[own] = (
                table[bottom[own], right[own]]
                - table[top[own], right[own]]
                - table[bottom[own], left[own]]
                + table[top[own], left[own]]
            )
    return weighed / np.maximum(total, 1e-9)


def usual_stroke(parts: Components, strokes: Floats, pitch: float) -> float:
    """Stroke width of the running text: the median over letters, weighed by their ink."""
    letters = (parts.height > 0.2 * pitch) & (parts.height < 1.6 * pitch)
    if not letters.any():
        return max(1.0, 0.08 * pitch)
    order = np.argsort(strokes[letters])
    weight = np.cumsum(np.minimum(parts.area[letters][order], pitch * pitch))
    return float(strokes[letters][order][int(np.searchsorted(weight, weight[-1] / 2))])


def find_cores(ink: Mask, barrier: Mask, pitch: float) -> Mask:
    """Rows of high ink density along lines of this pitch, cut at the barrier."""
    spread = max(3, int(1.3 * pitch) | 1)
    density = cv2.blur(ink.astype(np.float32), (spread, max(1, round(0.08 * pitch))))
    peak = cv2.dilate(density, np.ones((max(3, int(0.9 * pitch) | 1), 1), np.uint8))
    peak = cv2.blur(peak, (spread, 1))
    core = (density > 0.52 * peak) & (density > 0.04)
    # The blur reaches beyond a line's end by half its width: take that back, keep word spaces closed.
    joined = close(core & ~barrier, 1.2 * pitch, 1) & ~barrier
    return open_(joined, 0.35 * pitch, max(2, 0.07 * pitch))


def _large_lines(ink: Mask, barrier: Mask, pitch: float) -> list[tuple[Mask, Box, float]]:
    """Cores of display lines: (mask of the core in its window, window box, letter height)."""
    parts = components(ink)
    if not len(parts):
        return []
    near = np.zeros_like(ink)
    for x0, y0, x1, y1 in zip(parts.x0, parts.y0, parts.x1, parts.y1, strict=True):
        reach = int(min(0.6 * max(y1 - y0, 0.5 * pitch), 2.5 * pitch))
        near[max(0, y0 - reach // 3) : y1 + reach // 3, max(0, x0 - reach) : x1 + reach] = True
    blocks = components(near & ~barrier)
    found: list[tuple[Mask, Box, float]] = []
    home = blocks.labels[(parts.y0 + parts.y1) // 2, (parts.x0 + parts.x1) // 2]
    for index in range(len(blocks)):
        heights = parts.height[home == index + 1]
        if not len(heights):
            continue
        size = float(np.percentile(heights[heights >= 0.4 * heights.max()], 85))
        x0, y0, x1, y1 = (int(v[index]) for v in (blocks.x0, blocks.y0, blocks.x1, blocks.y1))
        inside = ink[y0:y1, x0:x1] & (blocks.labels[y0:y1, x0:x1] == index + 1)
        cores = find_cores(inside, barrier[y0:y1, x0:x1], max(1.35 * size, 0.6 * pitch))
        window = Box(float(x0), float(y0), float(x1), float(y1))
        rows = components(cores)
        for row in range(len(rows)):
            found.append((rows.labels == row + 1, window, size))
    return found


def _absorbed(
    parts: Components, free: NDArray[np.bool_], lines: list[tuple[Mask, Box, float]]
) -> NDArray[np.bool_]:
    """Small free components that stand inside display lines: thin letters, dots, hairlines, marks."""
    taken = np.zeros(len(parts), bool)
    cx, cy = (parts.x0 + parts.x1) / 2, (parts.y0 + parts.y1) / 2
    for core, window, size in lines:
        ys, xs = np.nonzero(core)
        top, bottom = window.y0 + ys.min() - 0.45 * size, window.y0 + ys.max() + 0.45 * size
        left, right = window.x0 + xs.min() - 0.35 * size, window.x0 + xs.max() + 0.35 * size
        inside = (cx > left) & (cx < right) & (cy > top) & (cy < bottom)
        # Body text beside or close below is not the headline's: it stands in rows of its own size.
        taken |= inside & free & (parts.height < 1.1 * size) & (parts.width < 2 * size)
    return taken


def _grow(
    parts: Components,
    strokes: Floats,
    chosen: NDArray[np.bool_],
    lines: list[tuple[Mask, Box, float]],
    pitch: float,
) -> list[Line]:
    """Display lines with all their ink: each chosen component goes to the nearest of the cores."""
    if not lines:
        return []
    cores = np.zeros(parts.labels.shape, bool)
    for core, window, _ in lines:
        y, x = int(window.y0), int(window.x0)
        cores[y : y + core.shape[0], x : x + core.shape[1]] |= core
    sizes = float(np.median([size for _, _, size in lines]))
    return _gather(parts, strokes, chosen, cores, max(pitch, sizes), reach=1.6)


def _gather(
    parts: Components,
    strokes: Floats,
    chosen: NDArray[np.bool_],
    cores: Mask,
    pitch: float,
    reach: float = 0.85,
) -> list[Line]:
    """Lines from cores: every chosen component goes to the core it overlaps most.

    One on no core (a dot, an accent, the hamza over an alef) goes with the nearest component that is on
    one: it stands close to its letter, while the core of the line above can be nearer than its own.
    Components that hang over two or more cores (letters grown together) are cut half way.
    """
    rows = components(cores, connectivity=4)
    if not len(rows) or not chosen.any():
        return []
    distance, nearest = cv2.distanceTransformWithLabels(
        (~cores).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_CCOMP
    )
    table = np.zeros(int(nearest.max()) + 1, np.int64)
    table[nearest[cores]] = rows.labels[cores]
    ys, xs = np.nonzero(parts.mask(chosen))
    part = parts.labels[ys, xs].astype(np.int64) - 1
    row = table[nearest[ys, xs]]
    on_core = rows.labels[ys, xs] > 0
    best = _majority(part, row, on_core, distance[ys, xs] < reach * pitch, len(parts), len(rows))
    best = _marks_with_letters(
        parts, chosen, best, np.bincount(part[on_core], minlength=len(parts)) > 0, pitch
    )
    cut = (parts.height > 1.25 * pitch) & (
        _count_rows(part[on_core], row[on_core], len(parts), len(rows)) > 1
    )
    final = np.where(cut[part], np.where(distance[ys, xs] < reach * pitch, row, 0), best[part])
    keep = final > 0
    return _measure(rows, parts, strokes, xs[keep], ys[keep], part[keep], final[keep])


def _marks_with_letters(
    parts: Components, chosen: NDArray[np.bool_], best: Ints, anchored: NDArray[np.bool_], pitch: float
) -> Ints:
    """The rows of components, small ones without a core given the row of the nearest with one."""
    letters = chosen & anchored & (best > 0)
    marks = chosen & ~anchored & (best > 0) & (parts.height < 0.5 * pitch)
    if not letters.any() or not marks.any():
        return best
    ink = parts.mask(letters)
    distance, nearest = cv2.distanceTransformWithLabels(
        (~ink).astype(np.uint8), cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_CCOMP
    )
    owner = np.zeros(int(nearest.max()) + 1, np.int64)
    owner[nearest[ink]] = parts.labels[ink] - 1
    ys, xs = np.nonzero(parts.mask(marks))
    part = parts.labels[ys, xs].astype(np.int64) - 1
    order = np.argsort(distance[ys, xs], kind="stable")[::-1]  # the closest pixel is written last
    found = best.copy()
    near = distance[ys, xs][order] < 0.5 * pitch
    found[part[order][near]] = best[owner[nearest[ys, xs][order][near]]]
    return found


def _left_over(parts: Components, strokes: Floats, lines: Sequence[Line], pitch: float) -> list[Line]:
    """Lines of letters that no core took: a lone digit has no dense band.

    Components as high as letters whose middle lies in no line; near ones in a row make one piece.
    """
    cx, cy = (parts.x0 + parts.x1) / 2, (parts.y0 + parts.y1) / 2
    free = (parts.height > 0.4 * pitch) & (parts.height < 6 * pitch) & (parts.width < 8 * pitch)
    for line in lines:
        box = line.box
        free &= ~((cx >= box.x0) & (cx < box.x1) & (cy >= box.y0) & (cy < box.y1))
    found = []
    near = np.zeros(parts.labels.shape, bool)
    for x0, y0, x1, y1 in _boxes(parts, free):
        reach = int(0.3 * (y1 - y0))
        near[(2 * y0 + y1) // 3 : (y0 + 2 * y1) // 3 + 1, max(0, x0 - reach) : x1 + reach] = True
    groups = components(near)
    middle = groups.labels[cy.astype(int), cx.astype(int)]
    for index in range(len(groups)):
        own = np.flatnonzero(free & (middle == index + 1))
        if len(own):
            box = union(Box(*map(float, corners)) for corners in _boxes(parts, own))
            third = box.height / 3
            core = Box(box.x0, box.y0 + third, box.x1, box.y1 - third)
            ink = float(parts.area[own].sum() / box.area)
            found.append(Line(box, core, 0.0, float(strokes[own].mean()), 0.9 * box.height, ink))
    return found


def _majority(
    part: Ints, row: Ints, on_core: NDArray[np.bool_], near: NDArray[np.bool_], parts: int, rows: int
) -> Ints:
    """For each component the row with most of its pixels, those on a core counting far more."""
    weight = np.where(on_core, 50.0, np.where(near, 1.0, 0.0))
    keys, inverse = np.unique(part * (rows + 1) + row, return_inverse=True)
    votes = np.bincount(inverse, weight)
    best = np.zeros(parts, np.int64)
    top = np.zeros(parts)
    order = np.argsort(votes, kind="stable")
    owners, winners = keys // (rows + 1), keys % (rows + 1)
    best[owners[order]] = winners[order]
    top[owners[order]] = votes[order]
    best[top <= 0] = 0
    return best


def _count_rows(part: Ints, row: Ints, parts: int, rows: int) -> Ints:
    keys = np.unique(part * (rows + 1) + row)
    return np.bincount(keys // (rows + 1), minlength=parts)


def _measure(
    rows: Components, parts: Components, strokes: Floats, xs: Ints, ys: Ints, part: Ints, row: Ints
) -> list[Line]:
    """Boxes and looks of the rows from the pixels given to them."""
    count = len(rows) + 1
    x0, y0 = np.full(count, 10**9), np.full(count, 10**9)
    x1, y1 = np.full(count, -1), np.full(count, -1)
    np.minimum.at(x0, row, xs)
    np.minimum.at(y0, row, ys)
    np.maximum.at(x1, row, xs + 1)
    np.maximum.at(y1, row, ys + 1)
    area = np.bincount(row, minlength=count)
    stroke = np.bincount(row, strokes[part], count) / np.maximum(area, 1)
    rise = _rises(rows)
    size = _SPREAD * _spread(rows, rise, xs, ys, row)
    lines = []
    for i in range(1, count):
        if x1[i] < 0:
            continue
        box = Box(float(x0[i]), float(y0[i]), float(x1[i]), float(y1[i]))
        core = Box(*(float(v[i - 1]) for v in (rows.x0, rows.y0, rows.x1, rows.y1)))
        lines.append(
            Line(
                box,
                core,
                float(rise[i]),
                float(stroke[i]),
                min(float(size[i]), box.height),
                area[i] / box.area,
            )
        )
    return lines


def _spread(rows: Components, rise: Floats, xs: Ints, ys: Ints, row: Ints) -> Floats:
    """Standard deviation of the ink's height about the line, in pixels, for each row.

    All ink of the line takes part, so that two lines of one type differ by a few percent only, whatever
    letters they happen to have.
    """
    count = len(rows) + 1
    middle = np.concatenate([[0.0], (rows.x0 + rows.x1) / 2])
    level = ys - rise[row] * (xs - middle[row])
    n = np.maximum(np.bincount(row, minlength=count), 1)
    mean = np.bincount(row, level, count) / n
    spread: Floats = np.sqrt(np.bincount(row, (level - mean[row]) ** 2, count) / n)
    return spread


def _rises(rows: Components) -> Floats:
    """Least-squares dy/dx of each row's core pixels."""
    ys, xs = np.nonzero(rows.labels)
    label = rows.labels[ys, xs]
    count = len(rows) + 1
    n = np.maximum(np.bincount(label, minlength=count), 1)
    sx, sy = np.bincount(label, xs, count), np.bincount(label, ys, count)
    sxx, sxy = (
        np.bincount(label, xs.astype(float) ** 2, count),
        np.bincount(label, xs * ys.astype(float), count),
    )
    spread = sxx - sx * sx / n
    rise: Floats = np.where(spread > 0, (sxy - sx * sy / n) / np.maximum(spread, 1e-9), 0.0)
    return rise


def join_pieces(pieces: Sequence[Line], barrier: Mask, pitch: float) -> tuple[Line, ...]:
    """Pieces of one line united, top to bottom.

    Two pieces belong together where they stand in one row, a word space apart for their size, with no
    barrier between; and a scrap (an accent, a tall letter's head) that lies in another's box is its.
    """
    if not pieces:
        return ()
    x0, y0, x1, y1 = (
        np.array([getattr(piece.box, name) for piece in pieces]) for name in ("x0", "y0", "x1", "y1")
    )
    size = np.array([piece.size for piece in pieces])
    stroke = np.array([piece.stroke for piece in pieces])
    level = np.array([piece.core.center[1] for piece in pieces])
    rise = np.array([piece.rise if piece.core.width > 4 * pitch else 0.0 for piece in pieces])
    middle = np.array([piece.core.center[0] for piece in pieces])
    larger, smaller = np.maximum(size[:, None], size), np.minimum(size[:, None], size)
    gap = np.maximum(x0[:, None], x0) - np.minimum(x1[:, None], x1)
    slope = np.where(np.abs(rise[:, None]) > 0, rise[:, None], rise)
    offset = np.abs(level[:, None] + slope * (middle - middle[:, None]) - level)
    height = y1 - y0
    # A letter grown together with one of the next line makes the box reach there, but not the row.
    top, bottom = np.maximum(y0, level - 0.8 * size), np.minimum(y1, level + 0.8 * size)
    shared = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    in_row = shared > 0.6 * np.minimum((bottom - top)[:, None], bottom - top)
    level_with = (offset < 0.4 * larger) | in_row
    # A headline and the text of the next column can stand in one row; their strokes differ.
    like = np.maximum(stroke[:, None], stroke) < 1.45 * np.minimum(stroke[:, None], stroke)
    beside = level_with & like & (larger < 1.8 * smaller + 0.2 * pitch)
    beside &= ((gap > -0.6 * larger) | in_row) & (gap < np.maximum(larger, 1.3 * pitch))
    cy, width = (y0 + y1) / 2, x1 - x0
    single = (height < 3 * size + 0.4 * pitch)[:, None]  # a picture's outline is no line and holds nothing
    held = single & (cy > y0[:, None]) & (cy < y1[:, None]) & (gap < 0.3 * pitch)
    held &= (width < 0.4 * width[:, None]) & (width < 4 * larger) & (size < 2.2 * size[:, None])
    # Dots of display type can stand clear above and below the letters; each goes to the nearest line.
    away = np.maximum(y0[:, None] - cy, cy - y1[:, None])
    dots = single & (away < 0.3 * size[:, None]) & (gap < -0.5 * np.minimum(width, width[:, None]))
    dots &= (height < 0.35 * height[:, None]) & (width < size[:, None]) & (size > 1.2 * pitch)[:, None]
    nearest = np.where(dots, away, np.inf).argmin(axis=0)
    held |= dots & (np.arange(len(pieces))[:, None] == nearest)
    groups = list(range(len(pieces)))
    for i, j in zip(*np.nonzero(held | np.triu(beside, 1)), strict=True):
        if i != j and (held[i, j] or not _barred(pieces[i], pieces[j], barrier)):
            _unite(groups, int(i), int(j))
    return _united(pieces, groups)


def drop_scraps(lines: Sequence[Line], pitch: float) -> tuple[Line, ...]:
    """The lines without marks that stand by themselves: dots, accents, dirt.

    A line of one digit is still most of a line high; what is far lower than the page's lines and hardly
    wider than high is a mark that lost its letter.
    """
    heights = [line.box.height for line in lines if line.box.width > 5 * pitch]
    usual = float(np.median(heights)) if heights else 0.8 * pitch

    def scrap(line: Line) -> bool:
        low = line.box.height < 0.42 * usual and line.box.width < 2.5 * pitch
        return low or (line.box.width < 0.3 * usual and line.box.height < 0.7 * usual)

    return tuple(line for line in lines if not scrap(line))


def _barred(a: Line, b: Line, barrier: Mask) -> bool:
    left, right = (a, b) if a.box.x0 <= b.box.x0 else (b, a)
    x0, x1 = int(left.box.x1), int(np.ceil(right.box.x0))
    y0, y1 = int(max(a.core.y0, b.core.y0)), int(min(a.core.y1, b.core.y1))
    y0, y1 = min(y0, y1), max(y0, y1) + 1
    return x1 > x0 and bool(barrier[y0:y1, x0:x1].any())


def _root(groups: list[int], i: int) -> int:
    while groups[i] != i:
        groups[i] = groups[groups[i]]
        i = groups[i]
    return i


def _unite(groups: list[int], i: int, j: int) -> None:
    a, b = _root(groups, i), _root(groups, j)
    groups[max(a, b)] = min(a, b)


def _united(pieces: Sequence[Line], groups: list[int]) -> tuple[Line, ...]:
    members: dict[int, list[Line]] = {}
    for index in range(len(pieces)):
        members.setdefault(_root(groups, index), []).append(pieces[index])
    lines = (_one(found) for found in members.values())
    return tuple(sorted(lines, key=lambda line: (line.box.y0, line.box.x0)))


def _one(found: list[Line]) -> Line:
    if len(found) == 1:
        return found[0]
    box, core = union(line.box for line in found), union(line.core for line in found)
    weights = np.array([line.core.width for line in found])
    weights = weights / weights.sum()
    stroke, size, ink = (
        float(np.dot(weights, [getattr(line, name) for line in found])) for name in ("stroke", "size", "ink")
    )
    widest = max(found, key=lambda line: line.core.width)
    return Line(box, core, widest.rise, stroke, max(size, 0.8 * max(line.size for line in found)), ink)
