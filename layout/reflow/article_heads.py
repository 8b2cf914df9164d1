"""Headings in the light of the article that they stand in.

A crosshead divides an article and is smaller than its headline, or of another type. What stands in the text
of an article and is set like its headline is a headline, in whatever column: briefs were read as one
article. And what is set like the page's crossheads and stands right under the text of an article over several
columns, which goes on beside it, is a crosshead: an article of its own begins below white or a rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from layout.document import Page, Region, RegionKind
from layout.reflow.briefs import Type, alike, even, type_of
from layout.reflow.compose import compose
from layout.reflow.drafts import Draft
from layout.reflow.frame import Frame
from layout.reflow.heads import main_title, size_of_head
from layout.reflow.measure import Body, line_size, measure_body, size_of
from layout.reflow.row_heads import Ground
from layout.reflow.settings import ReflowSettings
from layout.reflow.units import Role, Unit

_CROSSHEAD = 1.35  # times the body's size: crossheads are no larger
_SMALLER = 0.8  # of the headline's size that a crosshead under it has at most


def with_article_heads(page: Page, settings: ReflowSettings) -> Page:
    """The page with such headings made what they are. Kinds that came with the input stay."""
    small = [r for r in page.regions if r.kind is RegionKind.CROSSHEAD and r.origin != "import"]
    if not small:
        return page
    body = measure_body(page)
    drafts = compose(page.regions, Frame.of(page), settings).drafts
    kinds = {name: RegionKind.HEADLINE for draft in drafts for name in _briefs(draft, body)}
    types = [type_of(region, body) for region in small if region.id not in kinds]
    kinds |= dict.fromkeys(_crossheads(page, drafts, types, body), RegionKind.CROSSHEAD)
    return replace(page, regions=tuple(_with_kind(region, kinds.get(region.id)) for region in page.regions))


def _with_kind(region: Region, kind: RegionKind | None) -> Region:
    if kind is None:
        return region
    if kind is RegionKind.HEADLINE:
        reason = "headline: set like the headline of the article it stands in"
    else:
        reason = "crosshead: set like others, inside an article that goes on beside it"
    return replace(region, kind=kind, reason=reason)


def _briefs(draft: Draft, body: Body) -> Iterator[str]:
    """Ids of the crossheads in an article that are set like its headline."""
    title = main_title(draft.head) if draft.head else []
    if len(title) != 1:
        return
    head = title[0].region
    for unit in draft.units:
        region = unit.pieces[0].region
        if unit.kind is RegionKind.CROSSHEAD and region.origin != "import" and _are_alike(region, head, body):
            yield region.id


def _are_alike(one: Region, other: Region, body: Body) -> bool:
    """Whether two headings are of one type; one that was found in a run of text has no other size than that
    of its lines.
    """
    if alike(type_of(one, body), type_of(other, body)):
        return True
    return alike(_as_set(one, body), _as_set(other, body))


def _as_set(region: Region, body: Body) -> Type:
    return type_of(region, body)._replace(size=line_size(region.lines, body))


def _crossheads(page: Page, drafts: Sequence[Draft], types: Sequence[Type], body: Body) -> Iterator[str]:
    """Ids of the headlines that are crossheads of the article above them."""
    ground = Ground.of(page)
    numbers = {region.id: n for n, region in enumerate(ground.regions)}
    for draft in drafts:
        if draft.head is None or len(draft.head.pieces) != 1:
            continue
        region = draft.head.pieces[0].region
        if region.kind is not RegionKind.HEADLINE or region.origin == "import":
            continue
        if size_of(region, body) > _CROSSHEAD or ground.opens(numbers[region.id]):
            continue
        own = type_of(region, body)
        if any(even(own, other) for other in types) and _is_inside(draft.head, drafts, ground.pitch):
            yield region.id


def _is_inside(head: Unit, drafts: Sequence[Draft], pitch: float) -> bool:
    """Whether the text right above a heading is that of an article with a larger headline, which has text
    beside the heading that goes on below it.
    """
    above = [
        (unit.box.y1, number)
        for number, draft in enumerate(drafts)
        for unit in draft.units
        if unit.role is Role.BODY
        and unit.box.overlap_x(head.box) > 0.5 * min(unit.box.width, head.box.width)
        and unit.box.y1 < head.box.center[1]
    ]
    if not above:
        return False
    draft = drafts[max(above)[1]]
    if draft.head is None or size_of_head(head) > _SMALLER * size_of_head(draft.head):
        return False
    return any(
        unit.box.overlap_x(head.box) <= 0 and unit.box.y1 > head.box.y1 + pitch for unit in draft.body()
    )
