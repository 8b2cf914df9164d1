"""A whole issue: its pages, and the items (articles, advertisements ...) found on them.

Items refer to regions by id. Each text region stands in exactly one block of one item, or is running
matter (kinds.RUNNING_MATTER); separators and noise stand nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from layout.document.kinds import RegionKind
from layout.document.page import Finding, Page, Region


class ItemKind(StrEnum):
    """What an item is; the values are the METS TYPE in small letters."""

    ARTICLE = "article"
    SIDEBAR = "sidebar"
    ADVERTISEMENT = "advertisement"
    TABLE = "table"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph or turn: one unit of sense that may run over several regions.

    ``regions`` are ids in reading order (column fragments), all on the part's page. ``turn`` numbers
    question and answer pairs from 1; ``speaker`` is the name as printed. ``continued`` says that
    the block's sentence goes on in the first text block of the item's next part.
    """

    id: str
    kind: RegionKind
    regions: tuple[str, ...]
    speaker: str | None = None
    turn: int | None = None
    continued: bool = False
    confidence: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A passage that a pull-quote repeats: characters [start, end) of a block's text.

    A block's text is its regions' lines joined with a space, or with nothing where a `Join` says so
    (the hyphen then left out).
    """

    block: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Float:
    """A thing beside the running text: a picture with its caption, a pull-quote, a table, a sidebar.

    ``regions``: for an IMAGE the image first, then caption and credit; for a SIDEBAR its container,
    with ``item`` the id of the item that holds its text.
    """

    kind: RegionKind
    regions: tuple[str, ...]
    targets: tuple[Target, ...] = ()
    item: str | None = None
    confidence: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What of an item stands on one page, in reading order: blocks, then floats.

    ``notices`` are the continuation lines; ``follows`` says why this part was joined to the last one.
    """

    page: str
    blocks: tuple[Block, ...] = ()
    floats: tuple[Float, ...] = ()
    notices: tuple[str, ...] = ()
    confidence: float | None = None
    follows: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An article, advertisement or other unit; ``parent`` is the item a sidebar belongs to."""

    id: str
    kind: ItemKind
    parts: tuple[Part, ...]
    title: str | None = None
    genre: str | None = None
    parent: str | None = None
    language: str | None = None
    confidence: float | None = None
    reason: str = ""

    def regions_on(self, page: str) -> tuple[str, ...]:
        """Ids of the item's regions on a page in reading order: blocks, notices, floats."""
        return tuple(
            region
            for part in self.parts
            if part.page == page
            for region in (
                *(region for block in part.blocks for region in block.regions),
                *part.notices,
                *(region for float_ in part.floats for region in float_.regions),
            )
        )


@dataclass(frozen=True, slots=True)
class Join:
    """A word divided at a line end: ``first`` and ``second`` are word ids, ``text`` the whole word.

    ``hyphen`` is the mark printed at the end of the first part.
    """

    first: str
    second: str
    text: str
    hyphen: str = "-"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an issue; None is unknown, nothing is guessed.

    ``date`` is ISO 8601 and Gregorian, ``printed_date`` as printed. ``origins`` names for each known
    field where it came from (``issue.toml``, ``mets``, ``pdf``, ``file name``, ``page``).
    """

    title: str | None = None
    date: str | None = None
    printed_date: str | None = None
    number: str | None = None
    volume: str | None = None
    edition: str | None = None
    language: str | None = None
    publisher: str | None = None
    place: str | None = None
    rights: str | None = None
    source: str | None = None
    identifier: str | None = None
    origins: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """Pages in physical order and items in reading order (the order of their first page and place)."""

    id: str
    pages: tuple[Page, ...]
    items: tuple[Item, ...] = ()
    joins: tuple[Join, ...] = ()
    metadata: Metadata = Metadata()
    findings: tuple[Finding, ...] = ()

    def regions(self) -> dict[str, Region]:
        """Every region of every page by id."""
        return {region.id: region for page in self.pages for region in page.walk()}

    def items_on(self, page: str) -> Iterator[Item]:
        """The items with a part on a page, in reading order."""
        return (item for item in self.items if any(part.page == page for part in item.parts))
