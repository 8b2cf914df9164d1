"""Short last lines put to what they end: a byline's, a deck's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from layout.document import Page, Region, union
from layout.reflow.looks import Scene, look_at
from layout.reflow.measure import measure_body


def with_last_lines(page: Page, ends: Callable[[Scene, int, int], bool]) -> Page:
    """The page, each region joined with the one right below it where that ``ends`` it (numbers of the looks
    in the scene: upper, lower). No region takes part twice, so that no line is lost.
    """
    scene = look_at(page, page.regions, measure_body(page))
    whole: dict[str, Region] = {}
    gone: set[str] = set()
    for n, look in enumerate(scene.looks):
        below = scene.below[n]
        if below is None or look.region.id in gone or not ends(scene, n, below):
            continue
        rest = scene.looks[below].region
        if rest.id in gone or rest.id in whole:
            continue
        lines, box = (*look.region.lines, *rest.lines), union((look.region.box, rest.box))
        whole[look.region.id] = replace(look.region, lines=lines, box=box, polygon=None)
        gone.add(rest.id)
    if not gone:
        return page
    regions = tuple(whole.get(region.id, region) for region in page.regions if region.id not in gone)
    return replace(page, regions=regions)
