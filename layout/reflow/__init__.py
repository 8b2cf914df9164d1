"""Pages -> `Issue`: paragraphs, roles, articles, reading order, links across pages."""

from __future__ import annotations

from collections.abc import Sequence

from layout.document import Issue, Item, Metadata, Page
from layout.reflow.compose import compose
from layout.reflow.frame import Frame
from layout.reflow.items import number_items, to_items
from layout.reflow.paragraphs import split_paragraphs
from layout.reflow.roles import assign_roles
from layout.reflow.settings import ReflowSettings

__all__ = ["ReflowSettings", "reflow"]


def reflow(issue_id: str, pages: Sequence[Page], metadata: Metadata, settings: ReflowSettings) -> Issue:
    """The issue of these pages: roles settled, articles found and put in order, parts joined.

    ``pages`` in physical order. Every region keeps its id; regions parted into paragraphs get new ones.
    """
    ready = tuple(prepare(page) for page in pages)
    items = [item for page in ready for item in page_items(page, settings)]
    return Issue(issue_id, ready, number_items(items), metadata=metadata)


def prepare(page: Page) -> Page:
    """The page with its regions parted into paragraphs and their final kinds."""
    return assign_roles(split_paragraphs(page))


def page_items(page: Page, settings: ReflowSettings) -> list[Item]:
    """One page's items in reading order, ids provisional (see `items.to_items`)."""
    frame = Frame.of(page)
    return to_items(compose(page.regions, frame, settings), page.id, frame, settings)
