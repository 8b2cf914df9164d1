"""Parts the runs of lines in a column into paragraphs.

Each line of a run begins a paragraph, goes on with one, or stands alone (a crosshead, a byline).
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from layout.document import RUNNING_TEXT, Page, Region, RegionKind, TextLine, ids
from layout.reflow.initials import around_initial, beside_initials, put_initials
from layout.reflow.measure import (
    Body,
    axes_of,
    measure_body,
    pitch_of,
    size_of,
    text_box,
    usual_width,
)
from layout.reflow.mending import join_rest, mend
from layout.reflow.mixed import part_mixed
from layout.reflow.pulled import gather_quotes
from layout.reflow.run_lines import (
    Line,
    agrees,
    called_words,
    usual_indent,
    view_lines,
    without_ragged_ends,
)
from layout.reflow.starts import find_starts, says_itself

_DECK, _SET_LARGER = 4, 1.2  # lines of a deck; its size, 1.0 being the text's
_WHITE = 1.3  # line pitches: a deck is set closer


def split_paragraphs(page: Page) -> Page:
    """The page with each region of running text parted into its paragraphs, mixed display text in its parts.

    The first piece keeps the region's id; the others are numbered on after the page's highest. Pieces
    stand in the region's place, from top to bottom, boxes as wide as the text and line pitch high.
    Regions that came typed from another system (``origin`` "import") stay whole.
    """
    body = measure_body(page)
    numbers = fresh_numbers(page)
    usual = usual_width([region for region in page.walk() if _is_run(region)])
    page, initials = put_initials(page, body)
    page = gather_quotes(mend(part_mixed(page, body, usual, numbers), body), body)
    runs = [region for region in page.walk() if _is_run(region)]
    called = called_words(runs)
    views = {
        region.id: view_lines(
            beside_initials(page, region, initials), axes_of(page, region), body, usual, called
        )
        for region in runs
    }
    views = without_ragged_ends(views)
    indent = usual_indent(list(views.values()))

    def rebuild(regions: tuple[Region, ...]) -> Iterator[Region]:
        for region in regions:
            region = replace(region, children=tuple(rebuild(region.children)))
            if region.id in views:
                view, speech = views[region.id], region.language or page.language
                if _is_display(region, view, body, speech):
                    (whole,) = cut_region(region, [0], page.id, numbers, body)
                    yield around_initial(whole, initials)
                    continue
                own = indent if agrees(view, indent) else usual_indent([view])
                starts, heads = find_starts(view, own, speech)
                pieces = cut_region(region, starts, page.id, numbers, body)
                for start, piece in zip(starts, pieces, strict=True):
                    piece = around_initial(piece, initials)
                    yield _as_heading(piece, heads[start]) if start in heads else piece
            else:
                yield region

    return join_rest(replace(page, regions=tuple(rebuild(page.regions))), body, usual)


def _is_display(region: Region, run: Sequence[Line], body: Body, language: str | None) -> bool:
    """Whether a region is a deck or the like: some lines, all larger than the text, at one leading."""
    if len(run) > _DECK or size_of(region, body) < _SET_LARGER:
        return False
    if any(says_itself(line.text, language) for line in run):
        return False
    return all(b.base - a.base < _WHITE for a, b in pairwise(run))


def _as_heading(piece: Region, kind: RegionKind) -> Region:
    """Lines of a heading that stood in a run of text: what was measured over the run says nothing of it, but
    for the size of a crosshead, which is the text's.
    """
    look = replace(piece.appearance, line_pitch=None, weight=_weight(piece.lines, None))
    if kind is RegionKind.HEADLINE:
        look = replace(look, letter_height=None)
    return replace(piece, kind=kind, appearance=look)


def _weight(lines: Sequence[TextLine], otherwise: float | None) -> float | None:
    """The usual weight of some lines; another value where it was not measured."""
    known = [line.weight for line in lines if line.weight]
    return statistics.median(known) if known else otherwise


def _is_run(region: Region) -> bool:
    return (
        region.kind in RUNNING_TEXT
        and len(region.lines) > 1
        and not region.rotation
        and region.origin != "import"
    )


def fresh_numbers(page: Page) -> Iterator[int]:
    """Region numbers that no region of the page has."""
    used = [int(tail) for r in page.walk() if (tail := r.id.rpartition("_r")[2]).isdigit()]
    number = max(used, default=0)
    while True:
        number += 1
        yield number


def cut_region(
    region: Region, starts: Sequence[int], page_id: str, numbers: Iterator[int], body: Body
) -> Iterator[Region]:
    """Pieces of a region, one from each of these line numbers (the first is 0) to the next."""
    pitch = pitch_of(region, body)
    if len(starts) == 1:
        yield replace(region, box=text_box(region.lines, pitch, body))
        return
    for n, (first, after) in enumerate(zip(starts, [*starts[1:], len(region.lines)], strict=True)):
        lines = region.lines[first:after]
        yield replace(
            region,
            id=region.id if n == 0 else ids.region_id(page_id, next(numbers)),
            lines=lines,
            box=text_box(lines, pitch, body),
            children=region.children if n == 0 else (),
            polygon=None,
            appearance=replace(region.appearance, weight=_weight(lines, region.appearance.weight)),
        )
