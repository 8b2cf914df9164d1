"""Poems in TEI: verses, their halves, and the passages that a pull-quote repeats of them."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from layout.document import (
    Block,
    Box,
    Direction,
    Float,
    Issue,
    Item,
    ItemKind,
    Page,
    Part,
    Region,
    RegionKind,
    Target,
    TextLine,
    Word,
    ids,
)
from layout.export import exporter
from layout.export.settings import ExportSettings
from layout.source.archive import read_archive
from tests.export.test_round_trip import passages

K = RegionKind
TEI = "{http://www.tei-c.org/ns/1.0}"


def poem_issue() -> Issue:
    """Two verses of two halves each, and one without a pause; a quote repeats the second and third half.

    سرود باد    شب آمد
    ماه رفت     روز شد
         کوه دریا دشت
    """
    rows = (
        (("سرود", 800), ("باد", 700), ("شب", 300), ("آمد", 200)),
        (("ماه", 800), ("رفت", 700), ("روز", 300), ("شد", 200)),
        (("کوه", 620), ("دریا", 500), ("دشت", 380)),
    )
    lines = tuple(_line(f"p0001_r001_l{n:03d}", 100 + 60 * n, row) for n, row in enumerate(rows, 1))
    poem = Region("p0001_r001", K.VERSE, Box(200, 150, 900, 330), lines)
    quoted = _line("p0001_r002_l001", 600, (("شب", 600), ("آمد", 500), ("ماه", 400), ("رفت", 300)))
    quote = Region("p0001_r002", K.PULL_QUOTE, Box(300, 600, 700, 640), (quoted,))
    page = Page("p0001", 1000, 800, regions=(poem, quote), direction=Direction.RTL, language="fa")
    block = Block("i0001_b001", K.VERSE, (poem.id,))
    start = len("سرود باد ")
    target = Target(block.id, start, start + len("شب آمد ماه رفت"), 1.0)
    part = Part(page.id, (block,), (Float(K.PULL_QUOTE, (quote.id,), (target,)),))
    return Issue("poems-1900", (page,), (Item("i0001", ItemKind.ARTICLE, (part,)),))


def _line(id_: str, y: float, row: tuple[tuple[str, int], ...]) -> TextLine:
    words = tuple(
        Word(ids.word_id(id_, n), text, Box(x, y, x + 80, y + 40)) for n, (text, x) in enumerate(row, 1)
    )
    return TextLine(id_, Box(200, y, 900, y + 40), words)


def written(folder: Path, *formats: str) -> etree._Element:
    options = ExportSettings(formats=formats)
    for name in options.formats:
        exporter(name)(options).write(poem_issue(), folder)
    return etree.parse(str(folder / ("tei-light.xml" if "tei-light" in formats else "tei.xml"))).getroot()


def text(node: etree._Element) -> str:
    return " ".join("".join(map(str, node.itertext())).split())


def test_a_verse_with_a_pause_has_two_halves(tmp_path: Path) -> None:
    verses = list(written(tmp_path, "tei").iter(f"{TEI}l"))
    assert [verse.get("rend") for verse in verses] == ["bayt", "bayt", None]
    found = [[text(half) for half in verse.iterfind(f"{TEI}seg[@type='hemistich']")] for verse in verses]
    assert found == [["سرود باد", "شب آمد"], ["ماه رفت", "روز شد"], []]
    assert text(verses[0]) == "سرود باد شب آمد"


def test_a_quote_points_to_the_halves_it_repeats(tmp_path: Path) -> None:
    root = written(tmp_path, "tei", "alto", "mets")
    (quote,) = root.iter(f"{TEI}quote")
    segments = {f"#{one.get('{http://www.w3.org/XML/1998/namespace}id')}": text(one) for one in root.iter()}
    assert [segments[id_] for id_ in quote.get("corresp", "").split()] == ["شب آمد", "ماه رفت"]
    assert passages(read_archive(tmp_path)) == passages(poem_issue()) == {"p0001_r002": {"شب آمد ماه رفت"}}


def test_the_light_version_names_the_poem_and_counts_its_own_words(tmp_path: Path) -> None:
    root = written(tmp_path, "tei-light")
    (poem,), (quote,) = root.iter(f"{TEI}lg"), root.iter(f"{TEI}quote")
    assert quote.get("corresp") == f"#{poem.get('{http://www.w3.org/XML/1998/namespace}id')}"
    assert [text(verse) for verse in poem] == ["سرود باد شب آمد", "ماه رفت روز شد", "کوه دریا دشت"]
    (count,) = (one.get("quantity") for one in root.iter(f"{TEI}measure") if one.get("unit") == "word")
    assert int(count) == 11 + 4
