"""What an issue shows of pages that may be wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layout.batch.doubts import page_doubts
from layout.document import (
    Block,
    Box,
    Column,
    Issue,
    Item,
    ItemKind,
    Page,
    Part,
    Region,
    RegionKind,
    SourceImage,
    TextLine,
    Word,
)


def _region(name: str, box: Box, sure: float = 1.0, confidence: float = 0.95) -> Region:
    line = TextLine(
        f"{name}_l", Box(box.x0, box.y0, box.x1, box.y0 + 10), (Word(f"{name}_w", "word", box, confidence),)
    )
    return Region(name, RegionKind.PARAGRAPH, box, (line,), kind_confidence=sure)


def _issue(*regions: Region, order: str = "", page_id: str = "p0001") -> Issue:
    columns = (Column(Box(0, 0, 100, 500)), Column(Box(110, 0, 210, 500)))
    page = Page(page_id, 210, 500, 300, SourceImage("x.png"), regions, columns, language="en")
    named = order.split() or [region.id for region in regions]
    blocks = tuple(Block(f"b{name}", RegionKind.PARAGRAPH, (name,)) for name in named)
    return Issue("x", (page,), (Item("i", ItemKind.ARTICLE, (Part(page_id, blocks),)),))


GOOD = (
    _region("a", Box(0, 0, 100, 100)),
    _region("b", Box(0, 110, 100, 200)),
    _region("c", Box(110, 0, 210, 90)),
)


def test_a_plain_page_has_next_to_no_doubts() -> None:
    (seen,) = page_doubts(_issue(*GOOD)).values()
    assert {name: value for name, value in seen.items() if value} == {
        "jumps": 0.5,  # one step to the next column
        "scraps": 1.0,  # three words in all
        "short": 1.0,  # in paragraphs of a line
    }


def test_each_oddity_is_seen() -> None:
    def seen(*regions: Region, order: str = "") -> dict[str, float]:
        return page_doubts(_issue(*regions, order=order))["p0001"]

    a, b, c = GOOD
    assert seen(replace(a, kind_confidence=0.4), b, c)["kinds"] == 0.2
    head = replace(a, kind=RegionKind.HEADLINE, kind_confidence=0.7)
    assert seen(head, b, c)["heads"] == 0.3
    assert seen(replace(a, kind=RegionKind.UNKNOWN), b, c)["no_kind"] == round(1 / 3, 4)
    assert seen(replace(a, lines=a.lines * 3), b, c)["short"] == round(2 / 3, 4)
    assert seen(a, replace(b, box=Box(0, 50, 100, 150)), c)["covered"] > 0.1
    assert seen(a, replace(b, box=Box(0, 110, 180, 200)), c)["across"] == round(1 / 3, 4)
    assert seen(a, b, c, order="b a c")["jumps"] == 1.0
    assert seen(a, b, _region("d", c.box, confidence=0.3))["unsure"] > 0.1


def test_of_two_pages_on_one_scan_the_larger_doubt_counts() -> None:
    left, right = (
        _issue(*GOOD, page_id="p0003a"),
        _issue(_region("z", Box(0, 0, 9, 9), sure=0.5), page_id="p0003b"),
    )
    both = replace(left, pages=left.pages + right.pages, items=left.items + right.items)
    assert page_doubts(both)["p0003"]["kinds"] == 0.5


def test_a_page_without_text_and_a_gap() -> None:
    empty = _issue()
    assert not any(page_doubts(empty)["p0001"].values())
    gap = replace(empty, pages=(replace(empty.pages[0], failed="was lost"),), items=())
    assert page_doubts(gap) == {}


def _column(name: str, box: Box, text: str) -> Region:
    """A region of four lines of which only the first and the last words count."""
    first, last = text.split(" ... ")
    rows = [f"{first} printed in the column", "and more of it here", f"with all that is said {last}"]
    lines = []
    for number, row in enumerate(rows):
        place = Box(box.x0, box.y0 + 20 * number, box.x1, box.y0 + 20 * number + 15)
        words = tuple(Word(f"{name}_l{number}_w{n}", word, place) for n, word in enumerate(row.split()))
        lines.append(TextLine(f"{name}_l{number}", place, words))
    return Region(name, RegionKind.PARAGRAPH, box, tuple(lines))


@pytest.mark.parametrize(
    ("left", "right", "doubt"),
    [
        ("The ... of", "the ... mayor.", 0.0),
        ("The ... over.", "Next ... day.", 0.0),
        ("The ... of", "Next ... day.", 0.5),
        ("The ... over.", "the ... mayor.", 1.0),
        ("شهر ... در", "بازار ... بود.", 0.0),
    ],
)
def test_a_seam_is_where_the_sentence_should_go_on(left: str, right: str, doubt: float) -> None:
    columns = (_column("a", Box(0, 0, 100, 100), left), _column("b", Box(110, 0, 210, 100), right))
    assert page_doubts(_issue(*columns))["p0001"]["seams"] == doubt


def test_a_paragraph_without_an_end_is_no_paragraph() -> None:
    short = _column("a", Box(0, 0, 100, 100), "The ... of")
    last = replace(short.lines[-1], box=replace(short.lines[-1].box, x1=50.0))
    cut = replace(short, lines=(*short.lines[:-1], last))
    other = _column("b", Box(110, 0, 210, 100), "the ... mayor.")
    assert page_doubts(_issue(cut, other))["p0001"]["seams"] == 1.0
