"""Seams: places where an item's text goes on elsewhere on the page, and whether the sentence goes on there.

Where a column was followed by the wrong one, a sentence breaks off in the middle or begins in the middle.
Columns of a right reading order do so too, but seldom: a paragraph ends with the column, a name begins it.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from layout.document import RUNNING_TEXT, Issue, ItemKind, Part, Region, RegionKind
from layout.reflow.wording import ends_sentence

#: Running text of fewer letters (a turn of a dialogue, a scrap) tells nothing at its ends.
_TELLING = 40

#: An article of fewer letters has lost its text to another, or is a piece of one.
_SCRAP = 200

#: A last line shorter than this share of its column ends a paragraph.
_FULL = 0.9

_BODY = RUNNING_TEXT - {RegionKind.VERSE, RegionKind.FOOTNOTE}


def broken_seams(issue: Issue) -> dict[str, float]:
    """Page id -> the share of its seams where the sentence does not go on. One that goes on with a capital
    letter, as names begin, counts half.
    """
    found: dict[str, list[float]] = defaultdict(list)
    regions = issue.regions()
    for item in issue.items:
        for part in item.parts:
            telling = [region for region in _running(part, regions) if letters(region) > _TELLING]
            for first, second in pairwise(telling):
                if not goes_on_below(first, second, 0.3):
                    found[part.page].append(_misfit(first, second))
    return {page: round(sum(values) / len(values), 4) for page, values in found.items()}


def scraps(issue: Issue) -> dict[str, float]:
    """Page id -> the share of its articles that have next to no text."""
    found: dict[str, list[bool]] = defaultdict(list)
    regions = issue.regions()
    for item in issue.items:
        if item.kind is ItemKind.ARTICLE and any(part.blocks for part in item.parts):
            held = sum(letters(region) for part in item.parts for region in _running(part, regions))
            found[item.parts[0].page].append(held < _SCRAP)
    return {page: round(sum(values) / len(values), 4) for page, values in found.items()}


def goes_on_below(first: Region, second: Region, share: float) -> bool:
    """Whether the second stands below the first, over ``share`` of the narrower one."""
    a, b = first.box, second.box
    return b.y0 >= a.y0 and min(a.x1, b.x1) - max(a.x0, b.x0) > share * min(a.width, b.width)


def letters(region: Region) -> int:
    return sum(len(word.text) for line in region.lines for word in line.words)


def _running(part: Part, regions: dict[str, Region]) -> list[Region]:
    """The regions of running text, in reading order."""
    named = (id_ for block in part.blocks if block.kind in _BODY for id_ in block.regions)
    return [regions[id_] for id_ in named if id_ in regions]


def _misfit(first: Region, second: Region) -> float:
    """How little two regions read as one sentence or two whole ones, 0..1."""
    last = next(line for line in reversed(first.lines) if line.words)
    begin = next(line for line in second.lines if line.words).words[0].text
    letter = next((char for char in begin if char.isalpha()), "")
    if ends_sentence(last.text):
        return float(letter.islower())
    if last.box.width <= _FULL * first.box.width:
        return 1.0
    return 0.5 * letter.isupper()
