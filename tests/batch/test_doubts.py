"""What an issue shows of pages that may be wrong."""

from __future__ import annotations

from dataclasses import replace

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
        "breaks": 3.0,  # paragraphs of a word
        "short": 1.0,  # and of a line
        "headless": 1.0,
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


def _of_articles(*texts: str, heads: int = 0, over: tuple[str, ...] = ()) -> dict[str, float]:
    """The doubts of a page with an article of each text, side by side; the first ``heads`` have headlines.

    ``over`` draws where they stand instead: each letter is a column wide and a line high.
    """
    regions, items = [], []
    for number, text in enumerate(texts):
        rows = text.split("/")
        place = Box(110.0 * number, 0, 110.0 * number + 100, 20.0 * len(rows))
        if over:
            held = [y for y, row in enumerate(over) if "abc"[number] in row]
            xs = [x for row in over for x, char in enumerate(row) if char == "abc"[number]]
            place = Box(110.0 * min(xs), 20.0 * held[0], 110.0 * max(xs) + 100, 20.0 * held[-1] + 20)
        lines = tuple(
            TextLine(
                f"r{number}_l{n}",
                place,
                tuple(Word(f"r{number}_l{n}_w{m}", word, place) for m, word in enumerate(row.split())),
            )
            for n, row in enumerate(rows)
        )
        regions.append(Region(f"r{number}", RegionKind.PARAGRAPH, place, lines))
        blocks = [Block(f"b{number}", RegionKind.PARAGRAPH, (f"r{number}",))]
        if number < heads:
            blocks.insert(0, Block(f"h{number}", RegionKind.HEADLINE, ()))
        items.append(Item(f"i{number}", ItemKind.ARTICLE, (Part("p0001", tuple(blocks)),)))
    page = Page("p0001", 330, 500, 300, SourceImage("x.png"), tuple(regions), language="en")
    return page_doubts(Issue("x", (page,), tuple(items)))["p0001"]


def test_articles_of_one_length_with_headlines_and_ends_are_right() -> None:
    seen = _of_articles("The mayor/has gone.", "بازار/شلوغ بود.", heads=2)
    assert (seen["mixed"], seen["uneven"], seen["breaks"], seen["headless"]) == (0, 0, 0, 0)


def test_text_in_the_wrong_article_shows() -> None:
    """The first has lost its end and its headline to the second."""
    seen = _of_articles("The mayor of", "Rain fell./It was cold./Snow fell./None came.", heads=1)
    assert seen["breaks"] == 1
    assert seen["headless"] == 0.5
    assert seen["uneven"] == 0.6


def test_articles_that_lie_in_each_other_are_mixed() -> None:
    apart = _of_articles("One./Two.", "Three./Four.", over=("a", "a", "b", "b"))
    across = _of_articles("One./Two.", "Three./Four.", over=("aa", "ab", "ab"))
    assert apart["mixed"] == 0
    assert across["mixed"] > 0.2
