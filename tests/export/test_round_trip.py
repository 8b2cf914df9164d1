"""Written and read back: nothing is lost of what a format holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from layout.document import (
    Block,
    Box,
    Float,
    Issue,
    Item,
    ItemKind,
    Page,
    Part,
    ProcessingStep,
    Region,
    RegionKind,
    Target,
    TextLine,
)
from layout.export import exporter
from layout.export.outline import SILENT, Outline, flat
from layout.export.page_order import items_of
from layout.export.passage import text_of, tokens
from layout.export.settings import ExportSettings
from layout.export.settle import settled
from layout.source.alto import read_alto
from layout.source.archive import read_archive
from layout.source.hocr import read_hocr
from layout.source.hocr_items import read_hocr_issue
from layout.source.page_items import read_page_issue
from tests.export.issues import region, small_issue
from tests.truth import SYNTHETIC, load_truth, needs_shared
from tests.truth_issue import joined_issue, true_issue

K = RegionKind
PAGES = ("dev-fa-003", "dev-fa-008", "dev-en-003", "dev-de-001")


def reference_issue() -> Issue:
    """Four pages with an article that goes on over them."""
    folder = SYNTHETIC / "issues" / "dev-issue-fa-1"
    issue = json.loads((folder / "issue.json").read_text(encoding="utf-8"))
    truths = [load_truth(folder / page["dir_path"] / "clean.json") for page in issue["pages"]]
    return joined_issue(truths, issue["articles"])


def cut_issue() -> Issue:
    """The small issue with a line that reflow has cut in two: its words keep their ids.

    Readers took the ids of such a page for those of another program, numbered it anew and lost its items.
    """
    issue = small_issue()
    page = issue.pages[0]
    answer = next(region for region in page.regions if region.id == "p0001_r006")
    line = answer.lines[1]
    pieces = replace(line, words=line.words[:3]), replace(line, id=f"{line.id}b", words=line.words[3:])
    cut = replace(answer, lines=(answer.lines[0], *pieces, answer.lines[2]))
    regions = tuple(cut if region is answer else region for region in page.regions)
    return replace(issue, pages=(replace(page, regions=regions), *issue.pages[1:]))


def loose_issue() -> Issue:
    """The small issue with a question that stands in none of the columns below it.

    It was read back into the first, and the next writing counted one column more.
    """
    issue = small_issue()
    page = issue.pages[0]
    regions = tuple(replace(r, column=None) if r.id == "p0001_r005" else r for r in page.regions)
    return replace(issue, pages=(replace(page, regions=regions), *issue.pages[1:]))


def odd_issue() -> Issue:
    """What real pages have and round trips have lost.

    A passage that ends inside a word with a second reading was quoted to the end of that word; the verse of
    an advertisement and the picture of one without text were no part of it any more; a caption without
    picture became a picture; a line that nobody could read lost its outline and baseline, a paragraph an
    outline that is a smaller box; 11811 pixels to the metre became 299.999 to the inch; and the settings of
    a step changed their order.
    """
    issue = small_issue()
    page = issue.pages[1]
    said = region("p0002_r004", K.PARAGRAPH, (100, 260, 650), ["The ferrie, says the board, returns."], False)
    line = said.lines[0]
    respelt = replace(line.words[1], normalized="ferry,")
    unread = replace(line, id="p0002_r004_l002", box=Box(120, 310, 200, 340), words=())
    outline = ((121.0, 311.0), (200.0, 310.0), (199.0, 340.0), (120.0, 339.0))
    unread = replace(unread, baseline=((121.0, 335.0), (199.0, 336.0)), polygon=outline)
    lines = (replace(line, words=(line.words[0], respelt, *line.words[2:])), unread)
    inner = Box(110, 262, 740, 345).polygon
    said = replace(said, lines=lines, box=Box(100, 255, 750, 350), polygon=inner)
    bare = region("p0002_r020", K.ADVERTISEMENT, (100, 1000, 650), [], False)
    pictures = tuple(region(f"p0002_r03{n}", K.IMAGE, (120, 1010 + 40 * n, 300), [], False) for n in range(3))
    rhymed = region("p0002_r022", K.ADVERTISEMENT, (100, 1400, 650), [], False, box=Box(100, 1400, 750, 1600))
    head = region("p0002_r023", K.HEADLINE, (120, 1410, 600), ["Soap"], False)
    verse = region("p0002_r024", K.VERSE, (120, 1460, 600), ["Clean and white", "every night"], False)
    regions = (
        *(said if one.id == said.id else one for one in page.regions),
        replace(bare, box=Box(100, 1000, 750, 1200), children=pictures),
        replace(rhymed, children=(head, verse)),
        region("p0002_r025", K.PULL_QUOTE, (850, 1000, 650), ["the ferrie"], False),
        region("p0002_r026", K.CAPTION, (850, 1100, 650), ["The quay, no picture"], False),
    )
    steps = (ProcessingStep("text recognition", "tesseract", "5", (("models", "eng"), ("language", "en"))),)
    page = replace(page, dpi=299.9994, regions=regions, steps=steps)
    floats = (
        Float(K.PULL_QUOTE, ("p0002_r025",), (Target("i0003_b002", 0, 10, 1.0),)),
        Float(K.CAPTION, ("p0002_r026",)),
    )

    def advert(id_: str, kinds: dict[RegionKind, str], *beside: Float) -> Item:
        blocks = (Block(f"{id_}_b{n:03d}", kind, (name,)) for n, (kind, name) in enumerate(kinds.items(), 1))
        sure = (replace(one, confidence=None if one.kind is K.ADVERTISEMENT else 0.9) for one in blocks)
        return Item(id_, ItemKind.ADVERTISEMENT, (Part("p0002", tuple(sure), beside),), language="en")

    read = (
        replace(item, parts=(replace(item.parts[0], floats=floats),)) if item.id == "i0003" else item
        for item in issue.items
    )
    adverts = (
        advert(
            "i0006", {K.ADVERTISEMENT: "p0002_r020"}, *(Float(K.IMAGE, (f"p0002_r03{n}",)) for n in (2, 0))
        ),
        advert("i0007", {K.ADVERTISEMENT: "p0002_r022", K.HEADLINE: "p0002_r023", K.VERSE: "p0002_r024"}),
    )
    pages = (issue.pages[0], page, issue.pages[2])
    return replace(issue, pages=pages, items=(*read, *adverts), joins=())


def headed_issue() -> Issue:
    """The small issue with a headline over the second part of the interview, whose first ends in a sentence.

    Read back, the headline took the id of that sentence's block, and two blocks went on in one.
    """
    issue = small_issue()
    page = issue.pages[1]
    head = region("p0002_r020", K.HEADLINE, (850, 150, 650), ["باز هم کتابخانه"], True)
    page = replace(page, regions=(*page.regions, head))
    interview, *others = issue.items
    first, second = interview.parts
    blocks = (
        Block("i0001_b006", K.HEADLINE, (head.id,)),
        replace(second.blocks[0], id="i0001_b007"),
        Block("i0001_b008", K.PARAGRAPH, ("p0002_r021",)),
    )
    more = region("p0002_r021", K.PARAGRAPH, (850, 260, 650), ["و این پایان گفت‌وگو بود."], True)
    page = replace(page, regions=(*page.regions, more))
    interview = replace(interview, parts=(first, replace(second, blocks=blocks)))
    return replace(issue, pages=(issue.pages[0], page, issue.pages[2]), items=(interview, *others))


def doubtful_issue() -> Issue:
    """The small issue with all that can be said of how sure its interview is, its parts and its picture.

    A sidebar beside it is as sure as the item in it.
    """
    issue = small_issue()
    interview, *others = issue.items
    first, second = interview.parts
    floats = (replace(one, confidence=None if one.item else 0.3) for one in first.floats)
    first = replace(first, confidence=None, floats=tuple(floats))
    second = replace(second, confidence=0.6, follows="the notice names page 32; the sentence goes on")
    interview = replace(interview, parts=(first, second), confidence=0.4, reason="one headline: the only one")
    return replace(issue, items=(interview, *others))


def undivided_issue() -> Issue:
    """The same of an interview between whose parts nothing stands, so that they share a division."""
    issue = doubtful_issue()
    interview = issue.items[0]
    first, second = interview.parts
    first = replace(first, floats=tuple(one for one in first.floats if not one.item))
    interview = replace(interview, parts=(first, second))
    named = {id_ for part in interview.parts for id_ in interview.regions_on(part.page)}
    pages = tuple(
        replace(page, regions=tuple(r for r in page.regions if named & {inner.id for inner in r.walk()}))
        for page in issue.pages[:2]
    )
    return replace(issue, pages=pages, items=(interview,), joins=())


def issues() -> Iterator[Any]:
    yield pytest.param(small_issue, id="small")
    yield pytest.param(cut_issue, id="cut")
    yield pytest.param(loose_issue, id="loose")
    yield pytest.param(odd_issue, id="odd")
    yield pytest.param(headed_issue, id="headed")
    yield pytest.param(doubtful_issue, id="doubtful")
    yield pytest.param(undivided_issue, id="undivided")
    for page in PAGES:
        path = SYNTHETIC / "pages" / page / "clean.json"
        yield pytest.param(lambda path=path: true_issue([load_truth(path)]), id=page, marks=needs_shared)
    yield pytest.param(reference_issue, id="issue", marks=needs_shared)


def words(line: TextLine, region: Region, page: Page) -> list[tuple[object, ...]]:
    """A line's words with what stands for them; the language is the one that holds."""
    usual = line.language or region.language or page.language
    return [(w.id, w.text, w.box, _sure(w.confidence), w.normalized, w.language or usual) for w in line.words]


def regions_of(page: Page, *, empty_lines: bool = True) -> dict[str, object]:
    """Every region with kind, box, place in its container, and lines."""
    holders = {child.id: region.id for region in page.walk() for child in region.children}
    return {
        region.id: (
            region.kind,
            region.box,
            region.polygon,
            region.rotation if region.kind not in SILENT else 0,  # PAGE has no place for it there
            holders.get(region.id),
            [
                (line.id, line.box, line.baseline, line.polygon, words(line, region, page))
                for line in region.lines
                if line.words or empty_lines
            ],
        )
        for region in page.walk()
    }


def order_of(issue: Issue) -> dict[str, list[tuple[str, str | None]]]:
    """Page -> its regions in reading order, each with its item."""
    outline = Outline(issue)
    found = {}
    for page in outline.pages:
        reading = outline.reading(page)
        owner = items_of(reading)
        found[page.page.id] = [(r.id, owner[r.id].id if r.id in owner else None) for r in flat(reading)]
    return found


def passages(issue: Issue) -> dict[str, set[str]]:
    """First region of each pull-quote -> the words of the passages it points to."""
    outline = Outline(issue)
    found: dict[str, set[str]] = {}
    for item in issue.items:
        for part in item.parts:
            for float_ in part.floats:
                for target in float_.targets:
                    block = outline.blocks[target.block]
                    text = text_of(
                        tokens(
                            outline.known(block.regions, outline.page_of[block.regions[0]]),
                            outline.joins,
                            outline.joined,
                        )
                    )
                    found.setdefault(float_.regions[0], set()).add(text[target.start : target.end].strip())
    return found


def figures(issue: Issue) -> set[tuple[str, ...]]:
    return {f.regions for i in issue.items for p in i.parts for f in p.floats if f.kind is K.IMAGE}


def items(issue: Issue) -> dict[str, object]:
    return {
        item.id: (item.kind, item.parent, item.genre, [part.page for part in item.parts])
        for item in issue.items
    }


def write(issue: Issue, folder: Path, *formats: str) -> None:
    settings = ExportSettings(formats=formats)
    for name in settings.formats:
        exporter(name)(settings).write(issue, folder)


@pytest.mark.parametrize("make", list(issues()))
@pytest.mark.parametrize("form", ["page", "hocr"])
def test_page_xml_and_hocr(make: Any, form: str, tmp_path: Path) -> None:
    """Formats of one file for each page, which are read without any other."""
    issue = settled(make())
    write(issue, tmp_path, form)
    read = read_page_issue if form == "page" else read_hocr_issue
    back = read("", sorted((tmp_path / form).iterdir()))
    assert back.id == issue.id
    whole = replace(issue, pages=tuple(page for page in issue.pages if page.failed is None))
    for page, other in zip(whole.pages, back.pages, strict=True):
        assert (page.width, page.height, page.dpi, page.direction) == (
            other.width,
            other.height,
            other.dpi,
            other.direction,
        )
        assert regions_of(other) == regions_of(page)
        assert (page.source, page.columns, page.steps) == (other.source, other.columns, other.steps)
    assert order_of(back) == order_of(whole)
    assert items(back) == items(whole)
    assert parts(back) == parts(whole)
    assert passages(back) == passages(whole)
    assert figures(back) == figures(whole)
    assert set(back.joins) == set(whole.joins)
    assert replace(back.metadata, origins=()) == replace(whole.metadata, origins=())


def parts(issue: Issue) -> dict[str, object]:
    """Item -> title, how sure it is, and its blocks and floats with all that was decided of them."""
    return {
        item.id: (
            item.title,
            _sure(item.confidence),
            [
                (
                    _sure(part.confidence),
                    part.notices,
                    [
                        (replace(block, reason="", confidence=None), _sure(block.confidence))
                        for block in part.blocks
                    ],
                    [
                        (
                            float_.kind,
                            float_.regions,
                            float_.item,
                            _sure(float_.confidence),
                            len(float_.targets),
                        )
                        for float_ in part.floats
                    ],
                )
                for part in item.parts
            ],
        )
        for item in issue.items
    }


def sureness(issue: Issue) -> dict[str, object]:
    """Item -> how sure it and all that was decided of it is, and why its parts were joined.

    A part of which nothing is said is as sure as its item.
    """
    return {
        item.id: (
            _sure(item.confidence),
            item.reason if (item.confidence or 1) < ExportSettings().review_below else "",
            [
                (
                    _sure(item.confidence if part.confidence is None else part.confidence),
                    part.follows,
                    [_sure(block.confidence) for block in part.blocks],
                    [_sure(float_.confidence) for float_ in part.floats],
                )
                for part in item.parts
            ],
        )
        for item in issue.items
    }


def _sure(confidence: float | None) -> float | None:
    """A confidence with the decimals that are written."""
    return None if confidence is None else round(confidence, 4)


@pytest.mark.parametrize("make", list(issues()))
def test_alto(make: Any, tmp_path: Path) -> None:
    issue = settled(make())
    write(issue, tmp_path, "alto")
    for page in (page for page in issue.pages if page.failed is None):
        other = read_alto(tmp_path / "alto" / f"{page.id}.xml", page.id)
        assert (page.width, page.height, page.language) == (other.width, other.height, other.language)
        assert regions_of(other, empty_lines=False) == regions_of(page, empty_lines=False)
        assert _directions(other) == _directions(page)


@pytest.mark.parametrize("make", list(issues()))
def test_hocr(make: Any, tmp_path: Path) -> None:
    issue = settled(make())
    write(issue, tmp_path, "hocr")
    for page in (page for page in issue.pages if page.failed is None):
        other = read_hocr(tmp_path / "hocr" / f"{page.id}.html", page.id)
        assert regions_of(other) == regions_of(page)
        assert _directions(other) == _directions(page)
        assert (other.language, other.direction, other.dpi) == (page.language, page.direction, page.dpi)


def test_hocr_of_others_gives_pages_without_items(tmp_path: Path) -> None:
    """No list behind the page, no notes; what stands in their place is not taken for ours."""
    write(small_issue(), tmp_path, "hocr")
    path = tmp_path / "hocr" / "p0001.html"
    text = re.sub('<nav.*</nav>|<meta[^>]*newsreflow:[^>]*>| data-[a-z]+="[^"]*"', "", path.read_text())
    path.write_text(text.replace("<body>", '<body data-note="step {"><nav><ol><li/></ol></nav>'))
    back = read_hocr_issue("paper", [path])
    assert (back.id, back.items, back.joins, len(back.pages)) == ("paper", (), (), 1)
    assert any(line.words for region in back.pages[0].walk() for line in region.lines)


def _directions(page: Page) -> dict[str, str]:
    """The direction that holds for each line of text."""
    return {
        line.id: line.direction or region.direction or page.direction
        for region in page.walk()
        for line in region.lines
        if line.words
    }


def blocks(issue: Issue) -> dict[str, list[object]]:
    """Item -> the blocks of its parts, for items that are text and no box on the page."""
    return {
        item.id: [
            (part.page, block.kind, block.regions, block.turn, block.continued)
            for part in item.parts
            for block in part.blocks
        ]
        for item in issue.items
        if item.kind in ("article", "sidebar")
    }


@pytest.mark.parametrize("make", list(issues()))
def test_alto_tei_and_mets(make: Any, tmp_path: Path) -> None:
    issue = settled(make())
    write(issue, tmp_path, "alto", "tei", "mets")
    back = read_archive(tmp_path)
    assert (back.id, [page.failed for page in back.pages]) == (
        issue.id,
        [page.failed for page in issue.pages],
    )
    for page, other in zip(issue.pages, back.pages, strict=True):
        assert regions_of(other) == regions_of(page)
        if page.failed is None:
            mine = (page.width, page.height, page.dpi, page.columns, page.source, page.steps)
            assert mine == (
                *(other.width, other.height, other.dpi, other.columns),
                *(other.source, other.steps),
            )
            assert _directions(other) == _directions(page)
    assert order_of(back) == order_of(issue)
    assert items(back) == items(issue)
    assert blocks(back) == blocks(issue)
    assert sureness(back) == sureness(issue)
    assert passages(back) == passages(issue)
    assert figures(back) == figures(issue)
    assert set(back.joins) == set(issue.joins)
    known = ("title", "date", "printed_date", "number", "language", "publisher", "place", "rights", "source")
    assert [getattr(back.metadata, name) for name in known] == [
        getattr(issue.metadata, name) for name in known
    ]


@pytest.mark.parametrize("make", list(issues()))
def test_what_was_read_from_an_archive_gives_it_again(make: Any, tmp_path: Path) -> None:
    formats = ("alto", "tei", "mets")
    write(make(), tmp_path / "first", *formats)
    write(read_archive(tmp_path / "first"), tmp_path / "again", *formats)
    first = {path.relative_to(tmp_path / "first"): path for path in (tmp_path / "first").rglob("*.xml")}
    assert len(first) > 2
    for name, path in first.items():
        assert (tmp_path / "again" / name).read_text() == path.read_text(), name
