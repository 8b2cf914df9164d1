"""What a PDF page draws beside text: printed rules and pictures, as boxes in pixels of its picture."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from layout.document import Box, Glyph, Glyphs, union
from layout.source.frame import Frame

Bounds = tuple[float, float, float, float]

_THICKEST_RULE = 6.0  # points; heavier bars carry text or are ornaments
_SHORTEST_RULE = (
    12.0  # points, about a line of text: shorter ones are dashes, ticks and underlines of a letter
)
_ASPECT = 4.0
_BELOW_BASELINE = 0.22  # em; a rule between lines stays clear of the descenders, which reach to 0.25
_UNDER_LETTERS = 0.9  # an underline ends with its words
_PALE = 0.96  # paler than this on every channel is not to be seen on white paper
_SMALLEST_PICTURE = 8.0  # points: bullets and hairlines drawn as images are no pictures
_MANY = 1000  # so many images are a pattern, and comparing each with each would take long
_ENTIRE = 0.8  # a picture over this share of the page is its background or its scan


def rules_of(drawings: Iterable[Mapping[str, Any]], frame: Frame) -> tuple[Box, ...]:
    """Boxes of thin straight lines and bars, upright or level; a frame gives its four sides.

    ``drawings`` is what MuPDF tells of each path. Sorted from top to bottom, without repetitions.
    """
    found: set[Box] = set()
    for path in drawings:
        for bounds in _bars(path):
            box = frame.map(bounds)
            if box is not None and _is_rule(bounds):
                box = box.clipped(frame.box)
                if box.width > 0 and box.height > 0:
                    found.add(box)
    return tuple(sorted(found, key=lambda box: (box.y0, box.x0, box.y1, box.x1)))


def without_underlines(rules: tuple[Box, ...], glyphs: Iterable[Glyph]) -> tuple[Box, ...]:
    """The rules less those that underline words: close below a baseline and under letters all along."""
    found = Glyphs.of(glyphs)
    if not rules or not len(found):
        return rules
    level = np.flatnonzero([abs(x) == 1 for x, _ in found.advance])
    level = level[np.argsort(np.asarray(found.y)[level], kind="stable")]
    baselines, sizes, x0, x1 = (
        np.asarray(column)[level] for column in (found.y, found.size, found.x0, found.x1)
    )
    reach = _BELOW_BASELINE * max(found.size)

    def is_underline(rule: Box) -> bool:
        if rule.width < rule.height:
            return False
        near = slice(*np.searchsorted(baselines, (rule.y0 - reach, np.nextafter(rule.y1, math.inf))))
        above = rule.y0 - baselines[near] <= _BELOW_BASELINE * sizes[near]
        shared = np.minimum(x1[near], rule.x1)[above] - np.maximum(x0[near], rule.x0)[above]
        return float(sum(np.maximum(0.0, shared).tolist())) >= _UNDER_LETTERS * rule.width

    return tuple(rule for rule in rules if not is_underline(rule))


def pictures_of(images: Iterable[Mapping[str, Any]], frame: Frame) -> tuple[Box, ...]:
    """Boxes of the images placed on the page, strips of one picture united; not a page-filling one."""
    boxes = []
    for image in images:
        box = frame.map(image["bbox"])
        if box is None or not _may_be_picture(image["bbox"]):
            continue
        box = box.clipped(frame.box)
        if 0 < box.area < _ENTIRE * frame.box.area:  # one that fills the page would swallow the others
            boxes.append(box)
    smallest = _SMALLEST_PICTURE * frame.dpi / 72
    return tuple(
        box
        for box in _unite_strips(boxes)
        if min(box.width, box.height) >= smallest and box.area < _ENTIRE * frame.box.area
    )


def coverage(boxes: Iterable[Box], page: Box) -> float:
    """Share of the page under at least one box, to about a hundredth."""
    cells = np.zeros((100, 100), np.bool_)
    for box in boxes:
        x0, x1 = (round(100 * value / page.width) for value in (box.x0, box.x1))
        y0, y1 = (round(100 * value / page.height) for value in (box.y0, box.y1))
        cells[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)] = True
    return float(cells.mean())


def _bars(path: Mapping[str, Any]) -> Iterator[Bounds]:
    """The filled bars and stroked lines of a path that can be seen, in points."""
    kind = path["type"]
    if "s" in kind and _seen(path.get("color"), path.get("stroke_opacity")):
        half = max(float(path.get("width") or 0), 0.24) / 2  # a width of 0 is one device pixel
        for x0, y0, x1, y1 in _segments(path["items"]):
            yield min(x0, x1) - half, min(y0, y1) - half, max(x0, x1) + half, max(y0, y1) + half
    if "f" in kind and _seen(path.get("fill"), path.get("fill_opacity")):
        yield from _filled(path)


def _filled(path: Mapping[str, Any]) -> Iterator[Bounds]:
    names = {item[0] for item in path["items"]}
    if names == {"l"}:
        yield tuple(path["rect"])
        return
    for item in path["items"]:
        if item[0] == "re":
            yield tuple(item[1])
        elif item[0] == "qu":
            xs, ys = zip(*item[1], strict=True)
            yield min(xs), min(ys), max(xs), max(ys)


def _segments(items: Iterable[Any]) -> Iterator[Bounds]:
    for item in items:
        if item[0] == "l":
            yield (*item[1], *item[2])
        elif item[0] == "re":
            x0, y0, x1, y1 = item[1]
            yield from ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))
        elif item[0] == "qu":
            corners = [tuple(point) for point in item[1]]
            ul, ur, ll, lr = corners
            yield from ((*ul, *ur), (*ll, *lr), (*ul, *ll), (*ur, *lr))


def _is_rule(bounds: Bounds) -> bool:
    width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
    thick, long = min(width, height), max(width, height)
    return thick <= _THICKEST_RULE and long >= _SHORTEST_RULE and long >= _ASPECT * thick


def _seen(color: Any, opacity: float | None) -> bool:
    if color is None or (opacity is not None and opacity < 1 - _PALE):
        return False
    return not all(value >= _PALE for value in color)


def _may_be_picture(bounds: Bounds) -> bool:
    """Whether the box is large enough, or may be a strip of a picture that was cut into many."""
    thick, long = sorted((bounds[2] - bounds[0], bounds[3] - bounds[1]))
    return thick >= _SMALLEST_PICTURE or long >= 4 * _SMALLEST_PICTURE


def _unite_strips(boxes: list[Box]) -> list[Box]:
    """Boxes that touch along a whole side become one; identical ones too."""
    united: list[Box] = []
    if len(boxes) > _MANY:
        return boxes
    for box in sorted(boxes, key=lambda box: (box.x0, box.y0)):
        for index, other in enumerate(united):
            if _joins(other, box):
                united[index] = union((other, box))
                break
        else:
            united.append(box)
    return united if len(united) == len(boxes) else _unite_strips(united)


def _joins(one: Box, two: Box) -> bool:
    near = 1.5  # pixels: placements are rounded
    same_x = math.isclose(one.x0, two.x0, abs_tol=near) and math.isclose(one.x1, two.x1, abs_tol=near)
    same_y = math.isclose(one.y0, two.y0, abs_tol=near) and math.isclose(one.y1, two.y1, abs_tol=near)
    return (same_x and one.overlap_y(two) >= -near) or (same_y and one.overlap_x(two) >= -near)
