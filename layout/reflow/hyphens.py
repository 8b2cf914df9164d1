"""Words divided at line ends, made whole; a hyphen that belongs to its word stays.

"Zei-" and "tung" are one word, "well-" and "known" keep their hyphen. Decided by evidence, in this order:

1. The issue itself: the whole word, or the word with its hyphen, printed elsewhere inside a line.
2. The second part's first letter: in languages with capitals a division goes on small; a capital or
   digit after the hyphen means a compound (or a name) that keeps it.
3. What is around: a second part "und", "oder", "and" is no second part but the next word
   ("Ein- und Ausfuhr").
4. Marks used for nothing else: the double hyphen of Fraktur, the soft hyphen and the not sign always
   divide.

Where nothing decides, a Latin-script word with a small second part is joined: newspapers divide words
many times as often as they print compounds across a line end. In a script without division (Arabic) a
line-end hyphen is punctuation and nothing is joined.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from layout.document import RUNNING_TEXT, Block, Issue, Item, Join, Region, TextLine, Word
from layout.errors import ConfigError
from layout.language import language as record_of

_ALWAYS = "\u00ad¬⸗"
_CORE = re.compile(r"^[^\w]*([\w'’-]+?)[^\w]*$")
_AFTER_SUSPENDED = frozenset({"und", "oder", "bzw", "sowie", "bis", "and", "or", "to", "et", "ou"})
_PREFIXES = frozenset(  # with these a hyphen is usual in English print even where the word goes on small
    {"self", "ex", "vice", "half", "well", "ill", "all", "cross", "quasi", "non", "anti", "semi"}
)


@dataclass(frozen=True, slots=True)
class Printed:
    """How often words stand inside the issue's lines: whole, and with a hyphen inside (keys folded)."""

    words: Counter[str]

    @classmethod
    def of(cls, regions: Iterable[Region]) -> Printed:
        """Words at line ends and starts beside a division do not count: they are what is in question."""
        words: Counter[str] = Counter()
        for region in regions:
            for line in region.lines:
                for word in line.words:
                    core = bare(word.text)
                    if core and not word.text.endswith(("-", "\u2010", *_ALWAYS, "=")):
                        words[core] += 1
        return cls(words)

    def count(self, word: str) -> int:
        return self.words[bare(word)]


def bare(text: str) -> str:
    """A word without the marks around it, in small letters, long s as s."""
    found = _CORE.match(text)
    return found.group(1).lower().replace("ſ", "s") if found else ""


def join_words(issue: Issue) -> Issue:
    """The issue with all its `Join`s, over columns and pages too; joins already there are kept."""
    known = {join.first for join in issue.joins}
    found = tuple(join for join in find_joins(issue) if join.first not in known)
    return replace(issue, joins=issue.joins + found)


def find_joins(issue: Issue) -> tuple[Join, ...]:
    """Every word divided at a line end in the items' blocks, in reading order.

    Looked for between the lines of a block, from a block that goes on in the item's next part to that
    part's first text, and between the lines of regions that stand in no block (boxes, display text).
    """
    regions = issue.regions()
    marks = tuple(_marks(None)) + tuple(_ALWAYS) + ("=",)
    if not any(
        line.words[-1].text.endswith(marks) for r in regions.values() for line in r.lines if line.words
    ):
        return ()
    printed = Printed.of(regions.values())
    joins: list[Join] = []
    blocked: set[str] = set()
    for item in issue.items:
        for lines in _streams(item, regions):
            joins.extend(_joins_in(lines, printed, issue.metadata.language, blocked))
    taken = {r for i in issue.items for part in i.parts for block in part.blocks for r in block.regions}
    for region in regions.values():
        if region.id not in taken:
            joins.extend(_joins_in(region.lines, printed, issue.metadata.language, blocked))
    return tuple(joins)


def _streams(item: Item, regions: Mapping[str, Region]) -> Iterator[list[TextLine]]:
    """Lines that are read on without a break: a block's, with its continuation in the next part."""
    carried: list[TextLine] = []
    for part in item.parts:
        for n, block in enumerate(part.blocks):
            lines = [*(carried if n == _first_text(part.blocks) else []), *_lines(block, regions)]
            if n == _first_text(part.blocks):
                carried = []
            if block.continued:
                carried = lines[-1:]
            yield lines


def _first_text(blocks: Iterable[Block]) -> int:
    return next((n for n, block in enumerate(blocks) if block.kind in RUNNING_TEXT), -1)


def _lines(block: Block, regions: Mapping[str, Region]) -> Iterator[TextLine]:
    for region in block.regions:
        yield from regions[region].lines


def _joins_in(
    lines: Iterable[TextLine], printed: Printed, language: str | None, blocked: set[str]
) -> Iterator[Join]:
    full = [line for line in lines if line.words]
    for above, below in pairwise(full):
        first, second = above.words[-1], below.words[0]
        join = join_of(first, second, above.language or language, printed)
        if join and first.id not in blocked:
            blocked.add(first.id)
            yield join


def join_of(first: Word, second: Word, language: str | None, printed: Printed) -> Join | None:
    """The two printed words as one, or None where the hyphen (if any) is the word's own."""
    marks = _marks(language)
    hyphen = first.text[-1:]
    stem, rest = first.text[:-1], second.text
    if not hyphen or hyphen not in marks or not stem[-1:].isalpha() or not rest[:1].isalpha():
        return None
    whole = stem + rest
    if hyphen in _ALWAYS:
        return Join(first.id, second.id, whole, hyphen)
    if bare(rest) in _AFTER_SUSPENDED and printed.count(whole) == 0:
        return None
    joined, kept = printed.count(whole), printed.count(f"{bare(stem)}-{bare(rest)}")
    if joined != kept:
        return Join(first.id, second.id, whole, hyphen) if joined > kept else None
    if not rest[:1].islower() or "-" in stem or bare(stem) in _PREFIXES or _are_words(stem, rest, printed):
        return None
    return Join(first.id, second.id, whole, hyphen)


def _are_words(stem: str, rest: str, printed: Printed) -> bool:
    """Whether both parts are printed as words of their own, often: then it is a compound's hyphen."""
    return min(printed.count(stem), printed.count(rest)) >= 3 and min(len(stem), len(bare(rest))) > 3


def _marks(language: str | None) -> str:
    try:
        return record_of(language).hyphens if language else "-\u2010\u00ad¬⸗"
    except ConfigError:
        return "-\u2010\u00ad¬⸗"
