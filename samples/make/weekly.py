"""A four-page Persian weekly; its leading article begins on page 1 and ends on page 3."""

from __future__ import annotations

from pathlib import Path

from press.fonts import Type
from press.pictures import photograph
from press.setting import Rect
from press.sheet import Block, Sheet
from press.story import (
    House,
    box_height,
    boxed,
    common_bottom,
    even_height,
    mark_repeats,
    pieces,
    read_stories,
    set_heads,
    set_picture,
    smaller,
)

_TEXT = Path(__file__).parent / "texts" / "weekly.fa.txt"
_SIZE = (680.0, 936.0)
_DATE = "شنبه ۱۲ مهر ۱۴۰۴"
_NAME = "چشمه‌سار"
_RED = (0.62, 0.1, 0.12)


def _type(name: str, size: float, pitch: float, colour: tuple[float, float, float] = (0, 0, 0)) -> Type:
    latin = "sans-bold" if "bold" in name or name in ("titr", "lalezar") else "serif"
    return Type((name, latin), size, size * pitch, "fa", colour)


HOUSE = House(
    body=_type("nazli", 13, 1.46),
    bold=_type("nazli-bold", 13, 1.46),
    heads=(
        _type("titr", 31, 1.35),
        _type("titr", 21, 1.4),
        _type("titr", 16, 1.45),
        _type("titr", 13, 1.5),
    ),
    kicker=_type("nazli-bold", 12, 1.5, _RED),
    deck=_type("nazli-bold", 14, 1.5),
    byline=_type("nazli-bold", 10.4, 1.5),
    caption=_type("nazli-bold", 10, 1.4),
    quote=_type("lalezar", 17, 1.5, _RED),
    furniture=_type("nazli-bold", 11, 1.4),
    indent=10,
    kashida=True,
)


def pages() -> list[Sheet]:
    stories = read_stories(_TEXT)
    sheets = [_sheet(i) for i in range(4)]
    for make, sheet in zip((_front, _second, _third, _back), sheets, strict=True):
        make(sheet, stories)
        mark_repeats(sheet)
    return sheets


def _sheet(index: int) -> Sheet:
    role = "front" if index == 0 else "back" if index == 3 else "inside"
    sheet = Sheet(f"cheshmesar-p{index + 1:02d}", *_SIZE, "fa", (46, 66, 46, 52), 4, 15, index, role)
    sheet.style = {"template": "weekly", "fonts": ["Nazli", "Titr", "Lalezar"], "issue_id": "cheshmesar"}
    return sheet


def _strip(sheet: Sheet, section: str, folio: str) -> None:
    """Running heads and folio over a rule."""
    face, y = HOUSE.furniture, 34.0
    sheet.display("running-head", None, _DATE, face, sheet.left, sheet.right, y, "end", role="date")
    sheet.display(
        "section-label",
        None,
        section,
        smaller(face, 1.25),
        sheet.left,
        sheet.right,
        y - 2,
        "centre",
        role="top",
    )
    number = _type("titr", 15, 1.2)
    block = sheet.number(folio, sheet.index + 1, number, sheet.left, sheet.right, y - 1, "start")
    x = block.regions[0].rect.x0 - 12
    sheet.display("running-head", None, _NAME, face, sheet.left, x, y, "start", role="title")
    sheet.rule(Rect(sheet.left, 54, sheet.right, 55.2))


def _column_rule(sheet: Sheet, column: int, y0: float, y1: float) -> None:
    """A hairline after a column (in reading direction)."""
    x = (sheet.columns[column][0] + sheet.columns[column + 1][1]) / 2
    sheet.rule(Rect(x - 0.25, y0, x + 0.25, y1), "column-rule", (0.4, 0.4, 0.4))


def _front(sheet: Sheet, stories: dict) -> None:
    y = _masthead(sheet)
    # lead over the first three columns, briefs in the fourth
    lead = sheet.article("news")
    x0, x1 = sheet.span(0, 2)
    story = stories["bridge"]
    top = set_heads(sheet, lead, story, HOUSE, x0, x1, y, level=1)
    a0, a1 = sheet.span(0, 1)
    height = (a1 - a0) * 0.56
    end = set_picture(
        sheet,
        lead,
        Rect(a0, top + 2, a1, top + 2 + height),
        photograph("bridge", 900, 504, 11),
        story.heads["caption"],
        HOUSE,
    )
    frames = sheet.frames(0, 2, end + 6, 0)
    frames[2] = Rect(frames[2].x0, top, frames[2].x1, 0)
    body = pieces(story.parts()[0], HOUSE)
    bottom = common_bottom(body, frames)
    frames = [Rect(f.x0, f.y0, f.x1, bottom) for f in frames]
    _, low = sheet.flow(lead, body, frames)
    notice, low = sheet.display(
        "continuation", lead, "ادامه در صفحه ۳", HOUSE.byline, *sheet.span(2, 2), low, "end", role="to"
    )
    sheet.articles[lead].continued_on = _link(notice, 3, "cheshmesar-p03", "a01")
    _briefs(sheet, stories, y)
    # second story under the lead, with the advertisement beside it
    low += 8
    sheet.rule(Rect(x0, low, x1, low + 1))
    second = sheet.article("news")
    top = set_heads(sheet, second, stories["library"], HOUSE, *sheet.span(0, 1), low + 6, level=2)
    body = pieces(stories["library"].body, HOUSE)
    frames = sheet.frames(0, 1, top, top + 1)
    frames = [Rect(f.x0, top, f.x1, top + even_height(body, frames)) for f in frames]
    sheet.flow(second, body, frames)
    c0, c1 = sheet.span(2, 2)
    sheet.advertisement(
        Rect(c0, low + 12, c1, sheet.bottom),
        [
            ("نانوایی سنگکی پل", _type("titr", 17, 1.5)),
            ("پخت از ساعت ۵ بامداد", _type("nazli-bold", 13, 1.6)),
            ("سفارش برای مهمانی‌ها", _type("nazli-bold", 12, 1.6)),
            ("دره‌سبز، آن سوی رودخانه", _type("nazli", 11, 1.6)),
        ],
        fill=(0.93, 0.93, 0.91),
    )


def _link(notice: Block, number: int, page: str, article: str) -> dict[str, object]:
    notice.extra["target_page"] = number
    return {
        "page_number": number,
        "text": notice.text,
        "block": notice.id,
        "page_id": page,
        "article": article,
    }


def _masthead(sheet: Sheet) -> float:
    name = _type("lalezar", 60, 1.25, _RED)
    _, y = sheet.display(
        "running-head", None, _NAME, name, sheet.left, sheet.right, 26, "centre", role="masthead"
    )
    y += 4
    sheet.rule(Rect(sheet.left, y, sheet.right, y + 2))
    face = HOUSE.furniture
    sheet.display("running-head", None, _DATE, face, sheet.left, sheet.right, y + 4, "start", role="date")
    motto = "هفته‌نامه شهر و زندگی"
    sheet.display("running-head", None, motto, face, sheet.left, sheet.right, y + 4, "centre", role="title")
    sheet.display(
        "running-head", None, "شماره ۲۱۷ - ۴ صفحه", face, sheet.left, sheet.right, y + 4, "end", role="date"
    )
    sheet.rule(Rect(sheet.left, y + 22, sheet.right, y + 22.8))
    return y + 30


def _briefs(sheet: Sheet, stories: dict, y: float) -> None:
    x0, x1 = sheet.span(3, 3)
    _column_rule(sheet, 2, y, sheet.bottom)
    face = _type("titr", 14, 1.5, _RED)
    _label, y = sheet.display("section-label", None, "خبرهای کوتاه", face, x0, x1, y, "start", role="top")
    sheet.rule(Rect(x0, y + 1, x1, y + 1.8))
    y += 8
    for number in range(1, 5):
        story = stories[f"brief{number}"]
        article = sheet.article("brief")
        block, y = sheet.display("headline", article, story.heads["title"], HOUSE.heads[3], x0, x1, y)
        block.extra["level"] = 4
        _, y = sheet.flow(article, pieces(story.body, HOUSE), [Rect(x0, y + 1, x1, sheet.bottom)])
        if number < 4:
            sheet.rule(Rect(x0 + 20, y + 7, x1 - 20, y + 7.6))
        y += 14
    sheet.picture(None, Rect(x0, y, x1, min(sheet.bottom, y + 150)), photograph("trees", 420, 420, 5))


def _second(sheet: Sheet, stories: dict) -> None:
    _strip(sheet, "شهر", "۲")
    article = sheet.article("feature")
    story = stories["nightbus"]
    y = set_heads(sheet, article, story, HOUSE, *sheet.span(0, 3), sheet.top, level=1)
    x0, x1 = sheet.span(2, 3)
    end = set_picture(
        sheet,
        article,
        Rect(x0, y, x1, y + 172),
        photograph("skyline", 900, 560, 23),
        story.heads["caption"],
        HOUSE,
    )
    q0, q1 = sheet.columns[1]
    _quote, low = sheet.display(
        "pull-quote", article, story.heads["quote"], HOUSE.quote, q0 + 5, q1 - 5, y + 100, "centre"
    )
    sheet.rule(Rect(q0, y + 92, q1, y + 93.5), colour=_RED)
    sheet.rule(Rect(q0, low + 6, q1, low + 7.5), colour=_RED)
    hole = Rect(q0, y + 84, q1, low + 16)
    body = pieces(story.body, HOUSE)
    frames = [*sheet.frames(0, 1, y, 0), *sheet.frames(2, 3, end + 8, 0)]
    bottom = common_bottom(body, frames, [hole])
    sheet.flow(article, body, [Rect(f.x0, f.y0, f.x1, bottom) for f in frames], [hole])
    for column in range(3):
        _column_rule(sheet, column, y if column < 1 else end + 8 if column == 2 else low + 18, bottom)
    rule = bottom + 10
    sheet.rule(Rect(sheet.left, rule, sheet.right, rule + 1.5))
    y = rule + 8
    other = sheet.article("news")
    top = set_heads(sheet, other, stories["market"], HOUSE, *sheet.span(0, 2), y, level=2)
    body = pieces(stories["market"].body, HOUSE)
    frames = sheet.frames(0, 2, top, 0)
    height = even_height(body, frames)
    sheet.flow(other, body, [Rect(f.x0, top, f.x1, top + height) for f in frames])
    b0, b1 = sheet.span(3, 3)
    tall = box_height(stories["numbers"], HOUSE, b1 - b0)
    boxed(
        sheet,
        article,
        stories["numbers"],
        HOUSE,
        Rect(b0, y, b1, y + tall),
        (0.91, 0.93, 0.95),
        (0.2, 0.2, 0.3),
    )
    foot = max(top + height, y + tall) + 14
    if sheet.bottom - foot > 60:
        sheet.advertisement(
            Rect(sheet.left, foot, sheet.right, sheet.bottom),
            [
                ("دوچرخه‌سازی برادران رکاب", _type("titr", 26, 1.6)),
                ("تعمیر، فروش و اجاره دوچرخه برای همه سن‌ها", _type("nazli-bold", 16, 1.6)),
                ("میدان چنار، روبه‌روی ایستگاه - تلفن ۳۲۲۴۱۱۰", _type("nazli-bold", 13, 1.6)),
            ],
        )


def _third(sheet: Sheet, stories: dict) -> None:
    _strip(sheet, "خبر و نظر", "۳")
    article = sheet.article("news")
    x0, x1 = sheet.span(0, 3)
    notice, y = sheet.display(
        "continuation", article, "ادامه از صفحه ۱", HOUSE.byline, x0, x1, sheet.top, role="from"
    )
    sheet.articles[article].continued_from = _link(notice, 1, "cheshmesar-p01", "a01")
    head, y = sheet.display("headline", article, stories["bridge"].heads["title"], HOUSE.heads[2], x0, x1, y)
    head.extra["level"] = 3
    y += 4
    body = pieces(stories["bridge"].parts()[1], HOUSE)
    frames = sheet.frames(0, 3, y, 0)
    height = even_height(body, frames)
    sheet.flow(article, body, [Rect(f.x0, y, f.x1, y + height) for f in frames])
    for column in range(3):
        _column_rule(sheet, column, y, y + height)
    y += height + 10
    sheet.rule(Rect(sheet.left, y, sheet.right, y + 1.5))
    y += 10
    opinion = sheet.article("opinion")
    top = set_heads(sheet, opinion, stories["opinion"], HOUSE, *sheet.span(0, 1), y, level=2)
    body = pieces(stories["opinion"].body, HOUSE)
    frames = sheet.frames(0, 1, top, 0)
    height = even_height(body, frames)
    sheet.flow(opinion, body, [Rect(f.x0, top, f.x1, top + height) for f in frames])
    school = sheet.article("news")
    b0, b1 = sheet.span(2, 3)
    end = set_picture(sheet, school, Rect(b0, y, b1, y + 150), photograph("hills", 900, 460, 31), None, HOUSE)
    low = set_heads(sheet, school, stories["school"], HOUSE, b0, b1, end + 5, level=2)
    body = pieces(stories["school"].body, HOUSE)
    frames = sheet.frames(2, 3, low, 0)
    tall = even_height(body, frames)
    sheet.flow(school, body, [Rect(f.x0, low, f.x1, low + tall) for f in frames])
    _column_rule(sheet, 1, y, max(top + height, low + tall))
    foot = max(top + height, low + tall) + 14
    if sheet.bottom - foot > 60:
        sheet.advertisement(
            Rect(sheet.left, foot, sheet.right, sheet.bottom),
            [
                ("آموزشگاه خوشنویسی نی", _type("titr", 24, 1.6)),
                ("نام‌نویسی ترم پاییز تا پایان مهر", _type("nazli-bold", 15, 1.6)),
                ("خیابان باغ، کوچه سوم", _type("nazli-bold", 12, 1.6)),
            ],
            picture=photograph("water", 900, 200, 8) if sheet.bottom - foot > 160 else None,
        )


def _back(sheet: Sheet, stories: dict) -> None:
    _strip(sheet, "فرهنگ و ورزش", "۴")
    article = sheet.article("interview")
    story = stories["weaver"]
    y = set_heads(sheet, article, story, HOUSE, *sheet.span(0, 2), sheet.top, level=1)
    x0, x1 = sheet.columns[2]
    end = set_picture(
        sheet,
        article,
        Rect(x0, y, x1, y + 165),
        photograph("portrait", 520, 620, 41),
        story.heads["caption"],
        HOUSE,
    )
    body = pieces(story.body, HOUSE)
    frames = [*sheet.frames(0, 1, y, 0), *sheet.frames(2, 2, end + 8, 0)]
    bottom = common_bottom(body, frames)
    sheet.flow(article, body, [Rect(f.x0, f.y0, f.x1, bottom) for f in frames])
    _column_rule(sheet, 2, sheet.top, bottom)
    sport = sheet.article("news")
    s0, s1 = sheet.span(3, 3)
    low = set_heads(sheet, sport, stories["sport"], HOUSE, s0, s1, sheet.top, level=3)
    _, low = sheet.flow(sport, pieces(stories["sport"].body, HOUSE), [Rect(s0, low, s1, sheet.bottom)])
    weather = stories["weather"]
    tall = box_height(weather, HOUSE, s1 - s0)
    boxed(
        sheet,
        sport,
        weather,
        HOUSE,
        Rect(s0, low + 14, s1, low + 14 + tall),
        (0.94, 0.94, 0.9),
        (0.3, 0.3, 0.3),
    )
    foot = max(bottom, low + 14 + tall) + 16
    sheet.advertisement(
        Rect(sheet.left, foot, sheet.right, sheet.bottom),
        [
            ("جشنواره انار دره‌سبز", _type("titr", 30, 1.6)),
            ("بیست و چهارم تا بیست و ششم مهر", _type("nazli-bold", 18, 1.6)),
            ("بازارچه کنار رودخانه - ورود رایگان", _type("nazli-bold", 15, 1.6)),
        ],
        fill=(0.95, 0.92, 0.9),
        picture=photograph("crowd", 1100, 300, 52) if sheet.bottom - foot > 190 else None,
    )
