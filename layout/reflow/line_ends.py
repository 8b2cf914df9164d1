"""Words that stand loose at the end (or beginning) of a line of running text, put back into their line.

Justified lines have wide spaces, and what is set beside a picture or on curled paper is soon cut in two.
Whether the space is a gutter or a word's is told by the column: text right above or below that runs over
both pieces without a break.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from layout.document import RUNNING_TEXT, Page, Region, RegionKind, TextLine, union
from layout.reflow.field import RowIndex
from layout.reflow.looks import Look, Scene, look_at
from layout.reflow.measure import Body, axes_of

_WORDS = 3  # more words are a line of their own
_SPACE = 1.6  # line pitches of white in a justified line
_TALL = 1.8  # times a line's usual ink
_LEVEL = 0.35  # line pitches by which the middles of one line's pieces may differ


def with_line_ends(page: Page, regions: Sequence[Region], body: Body) -> tuple[Region, ...]:
    """The regions with such words in their lines; the pieces' own regions are gone, their words kept.

    Regions from another system stay.
    """
    if not any(r.kind is RegionKind.UNKNOWN and len(r.lines) == 1 for r in regions):
        return tuple(regions)
    scene = look_at(page, regions, body)
    texts = [n for n, look in enumerate(scene.looks) if look.guess in RUNNING_TEXT and _is_ours(look)]
    index = RowIndex.of((scene.looks[n].box for n in texts), body.pitch)
    changed: dict[str, Region | None] = {}
    for n, look in enumerate(scene.looks):
        if look.guess is not RegionKind.UNKNOWN or look.lines != 1 or not _is_ours(look):
            continue
        if not 0 < look.words <= _WORDS or look.size > 1.3:
            continue
        for m in (texts[k] for k in index.across(look.box.y0, look.box.y1)):
            home = scene.looks[m]
            region = changed.get(home.region.id) or home.region
            place = _place(scene, n, m, region, page)
            if place is not None:
                changed[home.region.id] = _with(region, place, look.region.lines[0], page)
                changed[look.region.id] = None
                break
    return tuple(kept for r in regions if (kept := changed.get(r.id, r)) is not None)


def _is_ours(look: Look) -> bool:
    region = look.region
    return look.is_text and not region.rotation and not region.children and region.origin != "import"


def _place(scene: Scene, n: int, m: int, region: Region, page: Page) -> int | None:
    """Number of the region's line that the loose piece n stands in, if it does."""
    if not any(
        step[n] is not None and step[n] == step[m] and _is_text(scene, step[n])
        for step in (scene.above, scene.below)
    ):
        return None
    axes = axes_of(page, region)
    piece = axes.box(scene.looks[n].region.lines[0].box)
    for number, line in enumerate(region.lines):
        box = axes.box(line.box)
        gap = -piece.overlap_x(box)
        level = abs(piece.center[1] - box.center[1]) < _LEVEL * scene.body.pitch
        single = max(box.height, piece.height) < _TALL * scene.body.ink  # else two lines measured as one
        if level and single and 0 <= gap < _SPACE * scene.body.pitch:
            return number
    return None


def _is_text(scene: Scene, n: int | None) -> bool:
    return n is not None and scene.looks[n].guess in RUNNING_TEXT and scene.looks[n].is_text


def _with(region: Region, number: int, piece: TextLine, page: Page) -> Region:
    axes = axes_of(page, region)
    line = region.lines[number]
    after = axes.box(piece.box).x0 > axes.box(line.box).x0
    words = (*line.words, *piece.words) if after else (*piece.words, *line.words)
    whole = replace(
        line,
        box=union((line.box, piece.box)),
        words=words,
        baseline=tuple(sorted((*line.baseline, *piece.baseline))),
        polygon=None,
    )
    lines = (*region.lines[:number], whole, *region.lines[number + 1 :])
    return replace(region, lines=lines, box=union((region.box, piece.box)), polygon=None)
