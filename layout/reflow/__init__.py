"""Pages -> `Issue`: paragraphs, roles, articles, reading order, links across pages."""

from __future__ import annotations

from collections.abc import Sequence

from layout.document import Issue, Item, Metadata, Page
from layout.reflow.article_heads import with_article_heads
from layout.reflow.briefs import with_briefs
from layout.reflow.bylines import with_whole_bylines
from layout.reflow.classifieds import with_classifieds
from layout.reflow.compose import compose
from layout.reflow.continuation import join_parts
from layout.reflow.decks import with_whole_decks
from layout.reflow.drawings import with_drawings
from layout.reflow.ears import with_ears
from layout.reflow.false_boxes import without_false_boxes
from layout.reflow.false_heads import without_false_heads
from layout.reflow.folios import check_folios, count_pages, read_folios
from layout.reflow.frame import Frame
from layout.reflow.hyphens import join_words
from layout.reflow.interview import number_turns
from layout.reflow.items import number_items, to_items
from layout.reflow.masthead import read_masthead
from layout.reflow.paragraphs import split_paragraphs
from layout.reflow.quotes import link_quotes
from layout.reflow.roles import assign_roles
from layout.reflow.row_heads import with_row_heads
from layout.reflow.ruled_boxes import with_ruled_boxes
from layout.reflow.settings import ReflowSettings
from layout.reflow.tables import with_tables
from layout.reflow.untyped import close_types, open_types

__all__ = ["ReflowSettings", "reflow"]


def reflow(issue_id: str, pages: Sequence[Page], metadata: Metadata, settings: ReflowSettings) -> Issue:
    """The issue of these pages: roles settled, articles found and put in order, parts joined.

    ``pages`` in physical order. Every region keeps its id; regions parted into paragraphs get new ones.
    """
    opened = open_types(pages)
    ready = tuple(prepare(page, settings) for page in opened)
    if opened != tuple(pages):
        ready = tuple(map(close_types, ready))
    regions = {region.id: region for page in ready for region in page.walk()}
    folios = read_folios(ready)
    numbers = dict(zip((page.id for page in ready), count_pages(folios), strict=True))
    items = [item for page in ready for item in page_items(page, settings)]
    items, findings = join_parts(items, regions, numbers, settings)
    known, doubts = read_masthead(ready, metadata)
    if settings.check_folios:
        findings += check_folios(folios)
    issue = Issue(issue_id, ready, number_items(items), metadata=known, findings=(*findings, *doubts))
    return link_quotes(join_words(number_turns(issue)))


def prepare(page: Page, settings: ReflowSettings) -> Page:
    """The page with its regions parted into paragraphs and their final kinds."""
    parted = with_whole_bylines(split_paragraphs(with_ruled_boxes(with_tables(page))))
    typed = with_whole_decks(without_false_heads(without_false_boxes(assign_roles(parted))))
    headed = with_briefs(with_row_heads(with_classifieds(with_ears(typed))))
    return with_drawings(with_article_heads(headed, settings))


def page_items(page: Page, settings: ReflowSettings) -> list[Item]:
    """One page's items in reading order, ids provisional (see `items.to_items`)."""
    frame = Frame.of(page)
    return to_items(compose(page.regions, frame, settings), page.id, frame, settings)
