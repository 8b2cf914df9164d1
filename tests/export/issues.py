"""A small issue that has one of everything, for tests that need no reference pages.

Page 1 is Persian: an interview with printed names, a pull-quote from it, a picture with its caption, a
sidebar, a folio. Page 2 goes on with it under a notice and holds an English article with a divided word,
an advertisement and a table. Page 3 could not be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from layout.document import (
    Block,
    Box,
    Direction,
    Float,
    Issue,
    Item,
    ItemKind,
    Join,
    Metadata,
    Page,
    Part,
    ProcessingStep,
    Region,
    RegionKind,
    SourceImage,
    Target,
    TextLine,
    Word,
)

K = RegionKind
WIDTH, HEIGHT = 1600, 2400
_PITCH, _LETTER = 40.0, 14.0


def region(
    id_: str,
    kind: RegionKind,
    at: tuple[float, float, float],
    lines: Sequence[str],
    rtl: bool,
    **more: object,
) -> Region:
    """A region at (left, top, width); each text is a line of words, set from the side where it begins."""
    left, top, width = at
    made = tuple(
        _line(f"{id_}_l{n:03d}", text, left, top + (n - 1) * _PITCH, width, rtl)
        for n, text in enumerate(lines, 1)
    )
    box = Box(left, top, left + width, top + max(1, len(lines)) * _PITCH)
    direction = Direction.RTL if rtl else Direction.LTR
    plain = Region(
        id_, kind, box, made, direction=direction, language="fa" if rtl else "en", confidence=0.9, column=0
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def _line(id_: str, text: str, left: float, top: float, width: float, rtl: bool) -> TextLine:
    words, place = [], 0.0
    for n, word in enumerate(text.split(), 1):
        length = len(word) * _LETTER
        x0 = left + width - place - length if rtl else left + place
        words.append(
            Word(f"{id_}_w{n:03d}", word, Box(x0, top + 4, x0 + length, top + 34), 0.4 if n == 2 else 0.95)
        )
        place += length + _LETTER
    return TextLine(
        id_,
        Box(left, top, left + width, top + 36),
        tuple(words),
        ((left, top + 30), (left + width, top + 30)),
    )


def persian_page() -> Page:
    """Page 1."""
    regions = (
        region("p0001_r001", K.PAGE_NUMBER, (100, 40, 60), ["۳۱"], True),
        region("p0001_r002", K.MASTHEAD, (500, 60, 600), ["شهر ما"], True),
        region("p0001_r003", K.HEADLINE, (850, 200, 650), ["کتابخانه حافظه شهر است"], True),
        region("p0001_r004", K.BYLINE, (850, 260, 650), ["گفت‌وگو از نرگس آبکار"], True),
        region(
            "p0001_r005", K.QUESTION, (850, 340, 650), ["خبرنگار: چرا کتابخانه", "برای شهر مهم است؟"], True
        ),
        region(
            "p0001_r006",
            K.ANSWER,
            (850, 440, 650),
            [
                "آبکار: کتابخانه جایی است که همه",
                "در آن برابرند و library هم گفته‌اند.",
                "هیچ شهری بی آن شهر نیست.",
            ],
            True,
        ),
        region(
            "p0001_r007",
            K.ANSWER,
            (100, 340, 650),
            ["این را در ۱۴۰۲ نوشتم", "و هنوز هم می‌گویم"],
            True,
            column=1,
        ),
        region("p0001_r008", K.PULL_QUOTE, (850, 700, 650), ["هیچ شهری بی آن شهر نیست"], True),
        region("p0001_r009", K.IMAGE, (100, 700, 650), [], True),
        region("p0001_r010", K.CAPTION, (100, 760, 650), ["ساختمان کتابخانه در پاییز"], True),
        region(
            "p0001_r011",
            K.SIDEBAR,
            (100, 900, 650),
            [],
            True,
            box=Box(100, 900, 750, 1060),
            children=(
                region("p0001_r012", K.HEADLINE, (120, 910, 600), ["در یک نگاه"], True),
                region("p0001_r013", K.PARAGRAPH, (120, 960, 600), ["هفت هزار جلد کتاب دارد"], True),
            ),
        ),
        region("p0001_r014", K.CONTINUATION, (100, 1100, 650), ["ادامه در صفحه ۳۲"], True),
        region("p0001_r015", K.SEPARATOR, (800, 200, 4), [], True, box=Box(798, 200, 802, 1100)),
    )
    steps = (
        ProcessingStep("layout analysis", "newsreflow", "1.0", (("detector", "newspaper"),)),
        ProcessingStep("text recognition", "tesseract", "5.3", (("models", "fas"),)),
    )
    first = regions[4].lines[0].words[2]
    kashida = replace(first, text="کتابخـانه", normalized="کتابخانه")
    line = replace(regions[4].lines[0], words=(*regions[4].lines[0].words[:2], kashida))
    asked = replace(regions[4], lines=(line, regions[4].lines[1]))
    answer = regions[5]
    words = answer.lines[1].words
    foreign = tuple(replace(w, language="en") if w.text == "library" else w for w in words)
    told = replace(answer, lines=(answer.lines[0], replace(answer.lines[1], words=foreign), answer.lines[2]))
    return Page(
        "p0001",
        WIDTH,
        HEIGHT,
        dpi=300.0,
        source=SourceImage("page 1.png", "0" * 64),
        regions=(*regions[:4], asked, told, *regions[6:]),
        direction=Direction.RTL,
        language="fa",
        steps=steps,
    )


def english_page() -> Page:
    """Page 2."""
    regions = (
        region("p0002_r001", K.PAGE_NUMBER, (100, 40, 60), ["۳۲"], True),
        region("p0002_r002", K.ANSWER, (850, 200, 650), ["و سال دیگر هم خواهم گفت."], True),
        region("p0002_r003", K.HEADLINE, (100, 200, 650), ["Night ferry returns"], False),
        region(
            "p0002_r004",
            K.PARAGRAPH,
            (100, 260, 650),
            ["The har-", "bour board voted by seven to two."],
            False,
        ),
        region(
            "p0002_r005",
            K.ADVERTISEMENT,
            (100, 600, 650),
            [],
            False,
            box=Box(100, 600, 750, 760),
            children=(region("p0002_r006", K.HEADLINE, (120, 620, 600), ["Fine spices & tea"], False),),
        ),
        region(
            "p0002_r007",
            K.TABLE,
            (850, 600, 650),
            [],
            False,
            box=Box(850, 600, 1500, 760),
            children=(
                region("p0002_r008", K.TABLE_CELL, (860, 610, 300), ["Monday"], False),
                region("p0002_r009", K.TABLE_CELL, (1180, 610, 300), ["seven"], False),
                region("p0002_r010", K.TABLE_CELL, (860, 660, 300), ["Friday"], False),
                region("p0002_r011", K.TABLE_CELL, (1180, 660, 300), ["ten"], False),
            ),
        ),
    )
    source = SourceImage("page 2.png")
    return Page("p0002", WIDTH, HEIGHT, 300.0, source, regions, direction=Direction.RTL, language="fa")


def small_issue() -> Issue:
    """The issue."""
    interview = Item(
        "i0001",
        ItemKind.ARTICLE,
        (
            Part(
                "p0001",
                (
                    Block("i0001_b001", K.HEADLINE, ("p0001_r003",), confidence=1.0),
                    Block("i0001_b002", K.BYLINE, ("p0001_r004",)),
                    Block("i0001_b003", K.QUESTION, ("p0001_r005",), "خبرنگار", 1),
                    Block("i0001_b004", K.ANSWER, ("p0001_r006",), "آبکار", 1),
                    Block("i0001_b005", K.ANSWER, ("p0001_r007",), "آبکار", 1, continued=True),
                ),
                (
                    Float(K.IMAGE, ("p0001_r009", "p0001_r010")),
                    Float(
                        K.PULL_QUOTE, ("p0001_r008",), (Target("i0001_b004", 69, 94, 0.98),), confidence=0.4
                    ),
                    Float(K.SIDEBAR, ("p0001_r011",), item="i0002"),
                ),
                ("p0001_r014",),
            ),
            Part("p0002", (Block("i0001_b006", K.ANSWER, ("p0002_r002",), "آبکار", 1),), confidence=0.7),
        ),
        title="کتابخانه حافظه شهر است",
        genre="interview",
        language="fa",
        confidence=0.8,
    )
    sidebar = Item(
        "i0002",
        ItemKind.SIDEBAR,
        (
            Part(
                "p0001",
                (
                    Block("i0002_b001", K.HEADLINE, ("p0001_r012",)),
                    Block("i0002_b002", K.PARAGRAPH, ("p0001_r013",)),
                ),
            ),
        ),
        parent="i0001",
    )
    ferry = Item(
        "i0003",
        ItemKind.ARTICLE,
        (
            Part(
                "p0002",
                (
                    Block("i0003_b001", K.HEADLINE, ("p0002_r003",)),
                    Block("i0003_b002", K.PARAGRAPH, ("p0002_r004",), confidence=0.9),
                ),
            ),
        ),
        title="Night ferry returns",
        language="en",
    )
    advert = Item(
        "i0004",
        ItemKind.ADVERTISEMENT,
        (Part("p0002", (Block("i0004_b001", K.ADVERTISEMENT, ("p0002_r005",)),)),),
        language="en",
    )
    table = Item(
        "i0005",
        ItemKind.TABLE,
        (Part("p0002", (Block("i0005_b001", K.TABLE, ("p0002_r007",)),)),),
        language="en",
    )
    lost = Page("p0003", 0, 0, source=SourceImage("page 3.png"), failed="the file is truncated")
    words = english_page().regions[3].lines
    join = Join(words[0].words[-1].id, words[1].words[0].id, "harbour", "-")
    known = Metadata(
        title="شهر ما",
        date="2023-04-30",
        printed_date="۱۰ اردیبهشت ۱۴۰۲",
        number="217",
        language="fa",
        publisher="Press & Sons",
        place="شیراز",
        rights="CC0 1.0",
    )
    return Issue(
        "shahrma-217",
        (persian_page(), english_page(), lost),
        (interview, sidebar, ferry, advert, table),
        (join,),
        known,
    )
