"""What an issue shows of pages that may be wrong."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from layout.batch.doubts import page_doubts
from layout.document import (
    Appearance,
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


def _saying(region: Region, text: str) -> Region:
    """The region with a line of these words."""
    line = region.lines[0]
    words = tuple(Word(f"{line.id}_w{n}", word, line.box) for n, word in enumerate(text.split()))
    return replace(region, lines=(replace(line, words=words),))


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


def test_a_plain_page_has_no_doubts_but_for_its_few_lines() -> None:
    (seen,) = page_doubts(_issue(*GOOD)).values()
    assert {name: value for name, value in seen.items() if value} == {"scarce": 8.415}  # 3 lines of 1024


def test_each_oddity_is_seen() -> None:
    def seen(*regions: Region, order: str = "") -> dict[str, float]:
        return page_doubts(_issue(*regions, order=order))["p0001"]

    a, b, c = GOOD
    assert seen(replace(a, kind_confidence=0.4), b, c)["kinds"] == round(1 / 3, 4)
    head = replace(a, kind=RegionKind.HEADLINE)
    assert seen(_saying(head, "“Prices rose”"), b, c)["quoted"] == 1
    assert seen(_saying(head, "rose again"), b, c)["begun"] == 0.2  # the most that is counted
    assert seen(_saying(head, "Prices rose"), b, c)["begun"] == 0
    assert seen(replace(a, lines=a.lines * 3), b, c)["scarce"] == pytest.approx(8.415 - 0.737, abs=1e-3)
    large, small = (replace(r, appearance=Appearance(letter_height=h)) for r, h in ((a, 12.0), (b, 8.0)))
    assert seen(large, small, c)["unlike"] == 0.2
    assert seen(a, b, _region("d", c.box, confidence=0.3))["unsure"] > 0.1


def test_unsure_steps_of_an_article_are_seen() -> None:
    issue = _issue(*GOOD)
    (part,) = issue.items[0].parts
    first, second, third = part.blocks
    blocks = (replace(first, confidence=1.0), replace(second, confidence=0.6), third)
    item = replace(issue.items[0], parts=(replace(part, blocks=blocks),))
    seen = page_doubts(replace(issue, items=(item,)))["p0001"]
    assert seen["steps"] == pytest.approx(0.4)
    assert seen["unsteady"] == 0.5  # of those of which it is known


def test_of_two_pages_on_one_scan_the_larger_doubt_counts() -> None:
    left, right = (
        _issue(*GOOD, page_id="p0003a"),
        _issue(_region("z", Box(0, 0, 9, 9), sure=0.5), page_id="p0003b"),
    )
    both = replace(left, pages=left.pages + right.pages, items=left.items + right.items)
    assert page_doubts(both)["p0003"]["kinds"] == 1


def test_a_page_without_text_and_a_gap() -> None:
    empty = _issue()
    assert {name: value for name, value in page_doubts(empty)["p0001"].items() if value} == {"scarce": 10}
    gap = replace(empty, pages=(replace(empty.pages[0], failed="was lost"),), items=())
    assert page_doubts(gap) == {}


def _of_articles(*shown: str) -> dict[str, float]:
    """The doubts of a page whose articles are drawn: each letter is a column wide and six lines high, a
    capital is the headline and a small letter the text of its article."""
    regions, members = [], defaultdict(list)
    for y, row in enumerate(shown):
        for x, char in enumerate(row):
            if char != " ":
                name, kind = f"r{y}{x}", RegionKind.HEADLINE if char.isupper() else RegionKind.PARAGRAPH
                box = Box(110.0 * x, 180.0 * y, 110.0 * x + 100, 180.0 * y + 170)
                regions.append(replace(_region(name, box), kind=kind))
                members[char.lower()].append(Block(f"b{name}", kind, (name,)))
    page = Page("p0001", 330, 1000, 300, SourceImage("x.png"), tuple(regions), language="en")
    items = [
        Item(f"i{name}", ItemKind.ARTICLE, (Part("p0001", tuple(blocks)),))
        for name, blocks in members.items()
    ]
    return page_doubts(Issue("x", (page,), tuple(items)))["p0001"]


def test_articles_that_stand_apart_show_nothing() -> None:
    seen = _of_articles("AC", "ac", "BD", "bd")
    assert (seen["mixed"], seen["leaps"], seen["textless"]) == (0, 0, 0)


def test_a_headline_without_text_shows() -> None:
    assert _of_articles("AC", " c", "B ", "b ")["textless"] == 1
    assert _of_articles("ACD", "   ", "B  ", "b  ")["textless"] == 2  # the most that is counted


@pytest.mark.parametrize(
    ("order", "leaps"),
    [
        ("a b c", 0),
        ("c a b", 0.25),  # to the left, where lines run to the right
        ("b a c", 0.25),  # up
        ("a b d", 0),  # down the column, past little
        ("a b e", 0.25),  # far down
        ("a b f", 0.25),  # past a column
    ],
)
def test_text_that_leaps_shows(order: str, leaps: float) -> None:
    """Of fewer steps than four each is a quarter."""
    more = (
        _region("d", Box(0, 250, 100, 260)),
        _region("e", Box(0, 400, 100, 410)),
        _region("f", Box(320, 0, 420, 90)),
    )
    assert page_doubts(_issue(*GOOD, *more, order=order))["p0001"]["leaps"] == leaps


def test_an_article_that_breaks_off_shows() -> None:
    def broken(text: str, *, lines: int = 2, **part: tuple[str, ...]) -> float:
        last = _saying(GOOD[2], text)
        issue = _issue(*GOOD[:2], replace(last, lines=last.lines * lines))
        (item,) = issue.items
        parts = (replace(item.parts[0], **part),)  # type: ignore[arg-type]
        return page_doubts(replace(issue, items=(replace(item, parts=parts),)))["p0001"]["broken"]

    assert broken("Prices rose and") == 1
    assert broken("Prices rose.”") == 0
    assert broken("Ruth Tennant", lines=1) == 0  # a name
    assert broken("Prices rose and", notices=("n",)) == 0  # goes on elsewhere


def test_articles_that_lie_in_each_other_are_mixed() -> None:
    assert _of_articles("A ", "aa", "B ", "bb")["mixed"] == 0
    assert _of_articles("AA", "ab", "ab")["mixed"] > 0.2
