"""A block's text: its lines joined, divided words made whole.

The one place that says which characters `Target` ranges count (see `layout.document.Target`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from layout.document import Block, Join, Region, TextLine


@dataclass(frozen=True, slots=True)
class Joins:
    """Joins by the id of their first and second word."""

    first: Mapping[str, Join]
    second: Mapping[str, Join]

    @classmethod
    def of(cls, joins: Iterable[Join]) -> Joins:
        items = tuple(joins)
        return cls({join.first: join for join in items}, {join.second: join for join in items})


def block_lines(block: Block, regions: Mapping[str, Region]) -> Iterator[TextLine]:
    """The block's lines in reading order."""
    for region in block.regions:
        yield from regions[region].lines


def block_text(block: Block, regions: Mapping[str, Region], joins: Joins) -> str:
    """The block's lines joined with a space, or with nothing (the hyphen left out) inside a word."""
    text = ""
    glue = ""
    for line in block_lines(block, regions):
        if not line.words:
            continue
        printed = line.text
        join = joins.first.get(line.words[-1].id)
        text += glue + printed
        glue = " "
        if join:
            glue = ""
            if text.endswith(join.hyphen):
                text = text[: -len(join.hyphen)]
    return text
