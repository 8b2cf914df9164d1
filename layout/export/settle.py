"""What every format needs done first: whole pixels inside the page, and text that XML can hold.

Rounding belongs to the exporters, and all of them must round alike, so it is done once, here. A box
that is no box (not finite, inverted, outside) is brought back to the page; a parent grows around its
lines, a word is cut to its line. Nothing is dropped but words without a character.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from math import floor

from layout.document import (
    Affine,
    Box,
    Column,
    Direction,
    Issue,
    Page,
    Point,
    Polygon,
    Region,
    TextLine,
    Word,
    union,
)
from layout.document.many import no_collection

#: Letters by the shape they have in print: a font's business, and no search finds them. The signs that are
#: one letter each (U+FDF0 to U+FDFD) stay, and so do those that stand for no letter (U+FE73, a stroke's end).
SHAPES = re.compile("[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7\ufe70-\ufe72\ufe74\ufe76-\ufefc]")

#: So many letters say for certain which way a block runs, if so many of them run one way.
_LETTERS, _MOST = 20, 0.7

# What is no XML character, control characters, and the marks that steer direction: direction is data.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


# What `clean_text` may have to change; almost no word has any of it.
_SUSPECT = re.compile(rf"\s|{SHAPES.pattern}|{_UNWANTED.pattern}")


def clean_text(text: str) -> str:
    """The text in NFC, letters for their shapes, without control characters and direction marks, one space
    for each gap.
    """
    if _is_clean(text):
        return text
    if not text.isascii() or not text.isprintable():
        text = SHAPES.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
        text = unicodedata.normalize("NFC", _UNWANTED.sub("", text))
    return " ".join(text.split())


def _is_clean(text: str) -> bool:
    return _SUSPECT.search(text) is None and unicodedata.is_normalized("NFC", text)


def direction_of(text: str) -> Direction | None:
    """The direction in which a text runs for certain by its letters; None where they do not say."""
    letters = {char: count for char, count in Counter(text).items() if char.isalpha()}
    total = sum(letters.values())
    if total < _LETTERS:
        return None
    leftward = sum(n for char, n in letters.items() if unicodedata.bidirectional(char) in ("R", "AL"))
    if leftward >= _MOST * total:
        return Direction.RTL
    return Direction.LTR if leftward <= (1 - _MOST) * total else None


#: The issue that was settled last, and what became of it: each format of an issue asks for it.
_last: tuple[Issue, Issue] | None = None


def settled(issue: Issue) -> Issue:
    """The issue with settled pages; the one settled already gives the same value again."""
    global _last
    if _last is None or not (_last[0] is issue or _last[1] is issue):
        with no_collection():
            _last = issue, replace(issue, pages=tuple(settled_page(page) for page in issue.pages))
    return _last[1]


def settled_page(page: Page) -> Page:
    """The page in whole pixels: every box inside the page and inside its parent, one pixel at least."""
    limit = Box(0, 0, _pixels(page.width), _pixels(page.height))
    return replace(
        page,
        width=limit.x1,
        height=limit.y1,
        dpi=page.dpi and round(page.dpi, 1),  # 11811 to a metre, as PNG has it, is 300 to an inch
        regions=tuple(_region(region, limit, page.direction) for region in page.regions),
        columns=tuple(Column(whole_box(column.box, limit)) for column in page.columns),
    )


def whole_box(box: Box, limit: Box) -> Box:
    """The box rounded to whole pixels inside ``limit``; at least one pixel wide and high.

    Its numbers are of type int: a page's files say very many of them, and they take a third of the time.
    """
    left, top, right, bottom = limit.x0, limit.y0, limit.x1, limit.y1
    if box.x0 <= box.x1 and box.y0 <= box.y1:
        try:
            # what is below zero lies outside, however it is rounded
            x0, y0, x1, y1 = int(box.x0 + 0.5), int(box.y0 + 0.5), int(box.x1 + 0.5), int(box.y1 + 0.5)
        except OverflowError:
            pass  # not finite
        else:
            if not left <= x0 < x1 <= right:
                x0, x1 = _within(x0, x1, left, right)
            if not top <= y0 < y1 <= bottom:
                y0, y1 = _within(y0, y1, top, bottom)
            return Box(x0, y0, x1, y1)
    x0, x1 = _span(box.x0, box.x1, left, right)
    y0, y1 = _span(box.y0, box.y1, top, bottom)
    return Box(x0, y0, x1, y1)


def scaled_page(page: Page, factor: float) -> Page:
    """The page in another unit, ``factor`` of it to a pixel (ALTO's mm10 and inch1200)."""
    affine = Affine.scale(factor)

    def polygon(points: Polygon | None) -> Polygon | None:
        return None if points is None else affine.apply_all(points)

    def line(value: TextLine) -> TextLine:
        return replace(
            value,
            box=value.box.scaled(factor),
            baseline=affine.apply_all(value.baseline),
            polygon=polygon(value.polygon),
            words=tuple(replace(word, box=word.box.scaled(factor)) for word in value.words),
        )

    def region(value: Region) -> Region:
        return replace(
            value,
            box=value.box.scaled(factor),
            polygon=polygon(value.polygon),
            lines=tuple(map(line, value.lines)),
            children=tuple(map(region, value.children)),
        )

    return settled_page(
        replace(
            page,
            width=page.width * factor,
            height=page.height * factor,
            regions=tuple(map(region, page.regions)),
            columns=tuple(Column(column.box.scaled(factor)) for column in page.columns),
        )
    )


def _pixels(length: float) -> int:
    return max(1, floor(length + 0.5)) if math.isfinite(length) else 1


def _span(low: float, high: float, least: float, most: float) -> tuple[int, int]:
    low = least if not math.isfinite(low) else low
    high = most if not math.isfinite(high) else high
    low, high = min(low, high), max(low, high)
    return _within(floor(low + 0.5), floor(high + 0.5), least, most)


def _within(low: int, high: int, least: float, most: float) -> tuple[int, int]:
    """The part between ``least`` and ``most``, which are whole; at least one long."""
    start = int(least) if low < least else int(most) - 1 if low >= most else low
    return start, start + 1 if high <= start else int(most) if high > most else high


def _region(region: Region, limit: Box, usual: Direction) -> Region:
    lines = tuple(_line(line, limit) for line in region.lines)
    children = tuple(_region(child, limit, usual) for child in region.children)
    own = whole_box(region.box, limit)
    inner = [*(line.box for line in lines), *(child.box for child in children)]
    box = union((own, *inner))
    polygon = _outline(region.polygon, box) if box == own else None
    if polygon and not _holds_middles(polygon, inner):
        polygon = None  # as with a line that leaves out its words
    return replace(
        region,
        box=box,
        lines=lines,
        children=children,
        polygon=polygon,
        direction=_direction(region.direction, usual, lines),
    )


def _direction(stated: Direction | None, usual: Direction, lines: tuple[TextLine, ...]) -> Direction | None:
    """The direction stated for a block, put right where its letters say otherwise for certain."""
    holds = stated or usual
    if holds is Direction.TTB:
        return stated
    text = "".join(word.text for line in lines for word in line.words)
    if holds is Direction.LTR and text.isascii():
        return stated
    found = direction_of(text)
    return stated if found is None or found is holds else found


def _line(line: TextLine, limit: Box) -> TextLine:
    box = whole_box(line.box, limit)
    clean = _is_clean("|".join([word.text for word in line.words]))
    words = tuple([word for word in [_word(word, box, clean) for word in line.words] if word.text])
    polygon = _outline(line.polygon, box)
    if polygon and words and not _covers(polygon, words):
        polygon = None  # an outline that leaves out its own words outlines nothing
    baseline = _points(line.baseline, box)
    if len(baseline) < 2:
        baseline = ()  # a point lies on any line
    elif baseline[0][0] > baseline[-1][0]:
        baseline = baseline[::-1]
    return TextLine(
        line.id, box, words, baseline, polygon, line.direction, line.language, line.confidence, line.weight
    )


def _covers(polygon: Polygon, words: tuple[Word, ...]) -> bool:
    """Whether the words lie within the extent of the outline."""
    xs, ys = zip(*polygon, strict=True)
    x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
    boxes = (word.box for word in words)
    return all(x0 <= box.x0 and box.x1 <= x1 and y0 <= box.y0 and box.y1 <= y1 for box in boxes)


def _holds_middles(polygon: Polygon, boxes: Iterable[Box]) -> bool:
    """Whether the middles of the boxes lie within the extent of the outline."""
    xs, ys = zip(*polygon, strict=True)
    middles = (box.center for box in boxes)
    return all(min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys) for x, y in middles)


def _word(word: Word, limit: Box, clean: bool) -> Word:
    """The word cut to its line; ``clean``: its text is known to be so."""
    text, box, normalized = word.text, whole_box(word.box, limit), word.normalized
    if not clean:
        text = clean_text(text)
    if normalized is not None:
        normalized = clean_text(normalized)
        if not normalized or normalized == text:
            normalized = None
    if text is word.text and box is word.box and normalized == word.normalized:
        return word
    return Word(word.id, text, box, word.confidence, normalized, word.language)


def _outline(polygon: Polygon | None, box: Box) -> Polygon | None:
    """The polygon in whole pixels inside its box; None where it is no more than the box."""
    if not polygon:
        return None
    points = _points(polygon, box)
    if len(points) > 1 and points[0] == points[-1]:
        points = points[:-1]
    distinct = set(points)
    if len(distinct) < 3 or distinct == set(box.polygon):
        return None
    xs, ys = {x for x, _ in distinct}, {y for _, y in distinct}
    if len(xs) == 1 or len(ys) == 1:
        return None
    return points


def _points(points: tuple[Point, ...], box: Box) -> tuple[Point, ...]:
    """Whole pixels inside the box, repeated points once; empty if one is not finite."""
    found: list[Point] = []
    x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
    for a, b in points:
        if not (math.isfinite(a) and math.isfinite(b)):
            return ()
        x: float = int(a + 0.5)
        y: float = int(b + 0.5)
        if not (x0 <= x <= x1 and y0 <= y <= y1):
            x, y = min(max(x, x0), x1), min(max(y, y0), y1)
        if not found or found[-1] != (x, y):
            found.append((x, y))
    return tuple(found)
