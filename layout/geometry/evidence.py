"""Whether what was found is text at all: dirt, grain and a screen's dots can stand in a row too.

A line of text is many letters drawn with one pen, which is thin for their height; their feet or their
heads stand on one level, and above and below them is paper. What comes about by chance has one of these
now and then, seldom all, and the more rarely the more marks take part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layout.document import Box
from layout.geometry.components import Components, Ints
from layout.geometry.line import Line
from layout.geometry.strokes import Floats, Letters

#: Stroke over the longer side of a letter: 0.1 to 0.2 in the middle of a line of any size in Latin, Fraktur
#: and Arabic script; a screen's dot has 0.34 to 0.5. Over the height it is 0.12 at least, a hair's 0.07.
_THICKEST = 0.3
_THINNEST = 0.08
#: Share of the ink in marks thicker than letters: on pages of text at most 0.15, in screens over 0.8.
_DOTS = 0.6
_LEAST_DOTS = 50
#: Median distance of the letters' feet (or heads) from their level, in letter heights: 0.05 in Latin type, up
#: to 0.3 in Arabic script; of grain 0.6.
_LEVEL = 0.3
_STRICT = 0.2  # where only what is beyond doubt is kept
_ALIKE = 0.25  # median difference of the letters' strokes from the line's; 0.1 in one type
_PAPER = 0.35  # ink just above and below the line beside that in it; grain has as much
_STICK = 0.75  # stroke over the smaller side: a line of nothing but sticks is a scale or a grid
#: Share of the marks that stand in lines of text: on pages of text, also badly damaged ones, over a third, on
#: pages without text at most a tenth.
_SHARE = 0.2
_MOST = 0.5  # where no row is long
_RIM = 0.5  # line pitches
_CUT = 0.5  # of a line's ink is of letters that reach the edge; of one that was not cut few do
_WORDS = 3.0  # line pitches: what reaches further in from a side is a column's line, there to the margin
#: Marks as high as letters in a line pitch of a line: display type has 0.3 and more, running text 0.9.
_SPARSE = 0.07
_DRAWN_OUT = 8.0  # times its height: a letter with its kashida is shorter
_PIECES = 0.6  # pieces in a line pitch of a rule; faint words have two
_LONG, _LOW, _THIN = 8.0, 0.8, 0.22  # line pitches


def are_dots(letters: Letters, pitch: float) -> bool:
    """Whether the page's marks are the dots of a screened picture, so large as to be taken for letters.

    On a page that is nothing but picture the distance of the dots is what repeats, and passes for a pitch.
    """
    parts = letters.parts
    marks = parts.height > 0.22 * pitch
    thick = marks & (letters.strokes > _THICKEST * np.maximum(parts.height, parts.width))
    return bool(marks.sum() > _LEAST_DOTS and parts.area[thick].sum() > _DOTS * parts.area[marks].sum())


def text_lines(
    lines: Sequence[Line], letters: Letters, pitch: float, tables: Sequence[Box] = ()
) -> tuple[Line, ...]:
    """The lines that are text; in ``tables`` it may be lower than letters."""
    if not lines:
        return ()
    looks = _looks(lines, letters, pitch)
    figures = np.array([any(table.covers(line.box, 1.0) for table in tables) for line in lines])
    kept = _only_text(lines, looks, letters, pitch) & (figures | ~_dirt(lines, looks, letters, pitch))
    return tuple(line for line, is_text in zip(lines, kept.tolist(), strict=True) if is_text)


def _only_text(lines: Sequence[Line], looks: _Looks, letters: Letters, pitch: float) -> NDArray[np.bool_]:
    """All lines, where the page shows text; without the doubtful ones where most of its marks are none.

    By chance each further mark in a row is about half as likely: of N marks on a page some log2(N) stand so.
    A longer row is text, and where a good part of all marks stand in rows, short ones are believed as well.
    """
    marks = int(np.count_nonzero(letters.parts.height > 0.22 * pitch))
    if not marks:
        return np.zeros(len(lines), bool)
    by_chance = 1 + np.log2(max(marks, len(lines)))
    sound = (looks.count >= min(3, by_chance)) & looks.alike & (looks.off < _LEVEL)
    sound[sound] = [_stands_free(lines[i], letters) for i in np.flatnonzero(sound).tolist()]
    sure = sound & (looks.count >= by_chance) & (looks.off < _STRICT)
    good = int(looks.count[sound].sum())
    share = good / max(1, int(looks.count.sum()))
    if (share > _SHARE and sure.sum() >= 3) or (share > _MOST and good >= 6):
        return np.ones(len(lines), bool)
    return np.asarray(sure, bool)


def _dirt(lines: Sequence[Line], looks: _Looks, letters: Letters, pitch: float) -> NDArray[np.bool_]:
    """Which lines are grain, worn rules, or no text for sure along the picture's edge.

    Grain makes lines in which nothing is as high as a letter of theirs; a rule worn to dashes makes a long
    one with hardly anything as high as the page's letters. At the edge lie the rim of the sheet, crumbs of
    the bed, and print that was cut off.
    """
    height, width = letters.parts.labels.shape
    sound = (looks.count >= 3) & looks.alike & (looks.off < _LEVEL)
    boxes = [line.box for line in lines]
    off = np.array([min(box.y0, height - box.y1) for box in boxes])
    aside = np.array([min(box.x0, width - box.x1) for box in boxes])
    wide = np.array([box.width for box in boxes]) > _WORDS * pitch
    outer = (off <= _RIM * pitch) | ((aside <= _RIM * pitch) & ~wide)
    worn = _are_worn_rules(lines, looks.count, letters.parts, pitch)
    dirt: NDArray[np.bool_] = (looks.count == 0) | worn | (outer & (~sound | looks.cut))
    return dirt


def _are_worn_rules(lines: Sequence[Line], count: Ints, parts: Components, pitch: float) -> NDArray[np.bool_]:
    """Which lines are rules: as thin as one, or low with hardly anything as high as a letter, where they are
    long or of few long pieces. Faint words of small type can be as low, in many pieces.
    """
    wide = np.array([line.box.width for line in lines]) / pitch
    high = np.array([line.box.height for line in lines]) / pitch
    marks = _high_marks(lines, parts, pitch)
    few = (wide > _WORDS) & (marks == 0) & (count < _PIECES * wide)
    bare = (wide > _LONG) & (marks <= _SPARSE * wide)
    worn: NDArray[np.bool_] = (high < _THIN) | ((high < _LOW) & (few | bare))
    return worn


def _high_marks(lines: Sequence[Line], parts: Components, pitch: float) -> Ints:
    """How many marks as high as letters have their middle in each line; the pieces of a rule are lower, or
    long."""
    high = np.flatnonzero((parts.height > 0.22 * pitch) & (parts.width < _DRAWN_OUT * parts.height))
    x, y = (parts.x0 + parts.x1)[high] / 2, (parts.y0 + parts.y1)[high] / 2
    order = np.argsort(y, kind="stable")
    x, levels = x[order], y[order]
    first = np.searchsorted(levels, [line.box.y0 for line in lines])
    last = np.searchsorted(levels, [line.box.y1 for line in lines])
    inside = [
        np.count_nonzero((x[a:b] >= line.box.x0) & (x[a:b] < line.box.x1))
        for line, a, b in zip(lines, first, last, strict=True)
    ]
    return np.array(inside, np.int64)


@dataclass(frozen=True)
class _Looks:
    """For each line how many letters it has, whether one pen drew them, and how far ``off`` their level they
    stand, in letter heights; and whether the head or foot of the picture cuts them.
    """

    count: Ints
    alike: NDArray[np.bool_]
    off: Floats
    cut: NDArray[np.bool_]


def _looks(lines: Sequence[Line], letters: Letters, pitch: float) -> _Looks:
    parts = letters.parts
    home, member = _letters_of(lines, letters)
    count = np.bincount(home, minlength=len(lines))
    height, width = parts.height[member].astype(float), parts.width[member]
    stroke = letters.strokes[member]

    def middle(values: Floats) -> Floats:
        return _medians(values, home, count)

    def spread(values: Floats) -> Floats:
        return middle(np.abs(values - middle(values)[home]))

    lean = np.array([line.rise for line in lines])[home] * (parts.x0 + parts.x1)[member] / 2
    off = np.minimum(spread(parts.y1[member] - lean), spread(parts.y0[member] - lean))
    alike = (middle(stroke / height) > _THINNEST) & (middle(stroke / np.maximum(height, width)) < _THICKEST)
    alike &= spread(stroke) < _ALIKE * middle(stroke)
    # A page number can be ones and nothing else.
    alike &= (middle(stroke / np.minimum(height, width)) < _STICK) | (count < 4)
    rim = 0.1 * pitch
    at_edge = (parts.y0[member] <= rim) | (parts.y1[member] >= len(parts.labels) - rim)
    area = parts.area[member]
    cut = np.bincount(home, at_edge * area, len(lines)) > _CUT * np.bincount(home, area, len(lines))
    return _Looks(count, alike, off / np.maximum(middle(height), 1), cut)


def _letters_of(lines: Sequence[Line], letters: Letters) -> tuple[Ints, Ints]:
    """(line, component) of each component that is high enough for a letter of the line it lies in."""
    parts = letters.parts
    x, y = (parts.x0 + parts.x1) / 2, (parts.y0 + parts.y1) / 2
    order = np.argsort(y, kind="stable")
    levels = y[order]
    first = np.searchsorted(levels, [line.box.y0 for line in lines])
    last = np.searchsorted(levels, [line.box.y1 for line in lines])
    found = []
    for i, line in enumerate(lines):
        near = order[first[i] : last[i]]
        inside = (x[near] >= line.box.x0) & (x[near] < line.box.x1)
        found.append(near[inside & (parts.height[near] > 0.4 * line.size)])
    home = np.repeat(np.arange(len(lines)), [len(members) for members in found])
    return home, np.concatenate(found)


def _medians(values: Floats, group: Ints, count: Ints) -> Floats:
    """The (upper) median of the values of each group; 0 for an empty one."""
    medians = np.zeros(len(count))
    held = count > 0
    middle = (np.cumsum(count) - count + count // 2)[held]
    order = np.argsort(values)
    # Whole numbers of two bytes are put in order by counting them.
    own = group[order].astype(np.uint16 if len(count) <= 1 << 16 else np.int64)
    medians[held] = values[order[np.argsort(own, kind="stable")]][middle]
    return medians


def _stands_free(line: Line, letters: Letters) -> bool:
    """Whether there is paper right above and below the line."""
    labels = letters.parts.labels
    reach = max(2, int(0.25 * line.size))
    y0, y1, x0, x1 = (int(v) for v in (line.box.y0, line.box.y1, line.box.x0, line.box.x1))
    bands = (labels[max(0, y0 - reach) : y0, x0:x1], labels[y1 : y1 + reach, x0:x1])
    around = sum(int(np.count_nonzero(band)) for band in bands)
    return bool(around < _PAPER * line.ink * 2 * reach * max(1, x1 - x0))
