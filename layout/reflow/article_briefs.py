"""Articles that are several: a column of briefs that was read as one article with crossheads.

A crosshead divides an article and is smaller than its headline, or of another type. Headings in an article's
text that are set like its headline are headlines, wherever in its columns they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from layout.document import Page, RegionKind
from layout.reflow.briefs import Type, alike, type_of
from layout.reflow.compose import compose
from layout.reflow.drafts import Draft
from layout.reflow.frame import Frame
from layout.reflow.heads import main_title
from layout.reflow.measure import Body, measure_body
from layout.reflow.settings import ReflowSettings


def with_article_briefs(page: Page, settings: ReflowSettings) -> Page:
    """The page with such headings made headlines. Kinds that came with the input stay."""
    if not any(r.kind is RegionKind.CROSSHEAD and r.origin != "import" for r in page.regions):
        return page
    body = measure_body(page)
    drafts = compose(page.regions, Frame.of(page), settings).drafts
    found = {name for draft in drafts for name in _briefs(draft, body)}
    reason = "headline: set like the headline of the article it stands in"
    return replace(
        page,
        regions=tuple(
            replace(r, kind=RegionKind.HEADLINE, reason=reason) if r.id in found else r for r in page.regions
        ),
    )


def _briefs(draft: Draft, body: Body) -> Iterator[str]:
    """Ids of the crossheads in an article that are set like its headline."""
    head = _type_of_head(draft, body)
    if head is None:
        return
    for unit in draft.units:
        region = unit.pieces[0].region
        if (
            unit.kind is RegionKind.CROSSHEAD
            and region.origin != "import"
            and alike(type_of(region, body), head)
        ):
            yield region.id


def _type_of_head(draft: Draft, body: Body) -> Type | None:
    """The type of an article's headline; None where it has none, or one of several pieces."""
    title = main_title(draft.head) if draft.head else []
    return type_of(title[0].region, body) if len(title) == 1 else None
