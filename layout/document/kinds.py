"""What a region of a newspaper page can be."""

from __future__ import annotations

from enum import StrEnum


class RegionKind(StrEnum):
    """One kind a region; the exporters hold the table from these to their elements."""

    MASTHEAD = "masthead"
    IMPRINT = "imprint"
    SECTION_LABEL = "section-label"
    RUNNING_HEAD = "running-head"
    PAGE_NUMBER = "page-number"
    KICKER = "kicker"
    HEADLINE = "headline"
    SUBHEADLINE = "subheadline"
    BYLINE = "byline"
    DATELINE = "dateline"
    LEAD = "lead"
    PARAGRAPH = "paragraph"
    QUESTION = "question"
    ANSWER = "answer"
    CROSSHEAD = "crosshead"
    PULL_QUOTE = "pull-quote"
    SIDEBAR = "sidebar"
    IMAGE = "image"
    CAPTION = "caption"
    PHOTO_CREDIT = "photo-credit"
    TABLE = "table"
    TABLE_CELL = "table-cell"
    ADVERTISEMENT = "advertisement"
    DEATH_NOTICE = "death-notice"
    VERSE = "verse"
    FOOTNOTE = "footnote"
    CONTINUATION = "continuation"
    SEPARATOR = "separator"
    NOISE = "noise"
    UNKNOWN = "unknown"


#: Printed outside the articles, repeated from page to page; in no article and not in its order.
RUNNING_MATTER = frozenset(
    {
        RegionKind.MASTHEAD,
        RegionKind.IMPRINT,
        RegionKind.SECTION_LABEL,
        RegionKind.RUNNING_HEAD,
        RegionKind.PAGE_NUMBER,
    }
)

#: The text that is read on from column to column.
RUNNING_TEXT = frozenset(
    {
        RegionKind.LEAD,
        RegionKind.PARAGRAPH,
        RegionKind.QUESTION,
        RegionKind.ANSWER,
        RegionKind.VERSE,
        RegionKind.FOOTNOTE,
    }
)

#: Set larger or apart to be seen first.
DISPLAY = frozenset(
    {
        RegionKind.KICKER,
        RegionKind.HEADLINE,
        RegionKind.SUBHEADLINE,
        RegionKind.CROSSHEAD,
    }
)

#: Belongs to an article, but its place among the paragraphs is the designer's convenience.
FLOATING = frozenset(
    {
        RegionKind.PULL_QUOTE,
        RegionKind.SIDEBAR,
        RegionKind.IMAGE,
        RegionKind.CAPTION,
        RegionKind.PHOTO_CREDIT,
        RegionKind.TABLE,
    }
)

#: Regions that may hold other regions.
CONTAINERS = frozenset(
    {
        RegionKind.SIDEBAR,
        RegionKind.ADVERTISEMENT,
        RegionKind.DEATH_NOTICE,
        RegionKind.TABLE,
    }
)
