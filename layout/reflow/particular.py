"""Kinds that are told from the finished ones: opening paragraphs set apart, verse, makers of pictures.

They are what a paragraph or caption turns out to be once headlines, text and pictures are known.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from layout.document import Direction, Region, RegionKind, TextLine
from layout.reflow.looks import Look, Scene, column_of
from layout.reflow.wording import ends_divided, ends_sentence, is_credit

K = RegionKind
_HEADS = frozenset({K.HEADLINE, K.SUBHEADLINE, K.BYLINE, K.DATELINE})
_CLOSE = 1.6  # body pitches between an opening paragraph and the head it stands under
_CREDIT = 6  # words of a line that only names who made a picture
_LINES = 3  # a lead is a paragraph; fewer lines are a deck
_LARGER = 1.12  # times the body's size; a lead is a size larger, or bold
_PAUSE = 1.2  # line heights of white between two half-verses; a justified word space is below one
_MIDDLE = 0.15  # share of a line's width by which the pause may be off its middle
_MOST = 0.7  # share of the lines that must show it
_STANZA = 4  # lines from which capitals and ragged ends are a poem's
_RAGGED = 0.88  # of its column's width: a line of verse ends where it ends


def particular(scene: Scene, n: int, kinds: Sequence[RegionKind]) -> tuple[RegionKind, str] | None:
    """The particular kind of a look whose kind is known, with the reason; None where it stays."""
    look = scene.looks[n]
    if look.region.origin == "import" or look.region.rotation:
        return None
    if kinds[n] is K.CAPTION and _is_makers(scene, n, kinds):
        return K.PHOTO_CREDIT, "names who made the picture, beside its caption"
    if kinds[n] is K.SUBHEADLINE and _is_lead(scene, n, kinds):
        return (
            K.LEAD,
            "a paragraph under the headline, in the text's own column, larger or bolder than the text",
        )
    if kinds[n] is not K.PARAGRAPH:
        return None
    if _has_pauses(look.region.lines) or _is_stanza(scene, n):
        return K.VERSE, "set in verses"
    if _is_lead(scene, n, kinds):
        return K.LEAD, "the first paragraph under the headline, larger or bolder than the text"
    return None


def _is_makers(scene: Scene, n: int, kinds: Sequence[RegionKind]) -> bool:
    look = scene.looks[n]
    if look.lines > 1 or look.words > _CREDIT or not is_credit(look.text, scene.language):
        return False
    return any(m is not None and kinds[m] is K.CAPTION for m in (scene.above[n], scene.below[n]))


def _is_lead(scene: Scene, n: int, kinds: Sequence[RegionKind]) -> bool:
    look, above, below = scene.looks[n], scene.above[n], scene.below[n]
    if look.lines < _LINES or not ends_sentence(look.text) or not (look.is_bold or look.size > _LARGER):
        return False
    if above is None or kinds[above] not in _HEADS or scene.gap_above(n) > _CLOSE:
        return False
    if below is None or kinds[below] is not K.PARAGRAPH or not _is_plain(scene.looks[below]):
        return False
    return look.box.width < 1.2 * scene.looks[below].box.width


def _is_plain(look: Look) -> bool:
    return look.size < _LARGER and not look.is_bold


def _has_pauses(lines: Sequence[TextLine]) -> bool:
    """Whether the lines have a pause in their middle, under each other: half-verses of Arabic metre."""
    if len(lines) < 2:
        return False
    found = [x for line in lines if (x := _pause(line)) is not None]
    if len(found) < max(2, _MOST * len(lines)):
        return False
    height = statistics.median(line.box.height for line in lines)
    return max(found) - min(found) < 2 * height


def _pause(line: TextLine) -> float | None:
    """The middle of the widest white inside a line, where it is a pause in the line's middle."""
    words = line.words
    if len(words) < 4:
        return None
    rtl = line.direction is Direction.RTL or words[0].box.x0 > words[-1].box.x0
    gaps = [
        (a.box.x0 - b.box.x1, (a.box.x0 + b.box.x1) / 2)
        if rtl
        else (b.box.x0 - a.box.x1, (b.box.x0 + a.box.x1) / 2)
        for a, b in pairwise(words)
    ]
    widest, x = max(gaps)
    others = sorted(gap for gap, _ in gaps)[:-1]
    if widest < _PAUSE * line.box.height or widest < 2.5 * others[-1]:
        return None
    off = abs(x - line.box.center[0])
    return x if off < _MIDDLE * line.box.width else None


def _is_stanza(scene: Scene, n: int) -> bool:
    """Whether each line begins with a capital and ends where it likes: verse in scripts with capitals."""
    lines = scene.looks[n].region.lines
    if len(lines) < _STANZA:
        return False
    texts = [line.text for line in lines]
    if not all(text[:1].isupper() or text[:1] in "“„\"'‘" for text in texts):
        return False
    if any(ends_divided(text) for text in texts):
        return False
    width = max(column_of(scene, n).width, max(line.box.width for line in lines))
    ragged = sum(line.box.width < _RAGGED * width for line in lines)
    return ragged >= _MOST * len(lines) and not _is_list(lines)


def _is_list(lines: Sequence[TextLine]) -> bool:
    """Whether lines are names and figures rather than verses: results, prices, lists of the dead."""
    return sum(any(char.isdigit() for char in line.text) for line in lines) > 0.25 * len(lines)


def as_particular(region: Region, found: tuple[RegionKind, str]) -> Region:
    """The region with that kind and reason."""
    kind, why = found
    return replace(region, kind=kind, reason=f"{kind.value.replace('-', ' ')}: {why}")
