"""An English front page: a lead with picture and boxed sailings, three more stories, an advertisement."""

from __future__ import annotations

from pathlib import Path

from press.fonts import Type
from press.pictures import photograph
from press.setting import Rect
from press.sheet import Sheet
from press.story import (
    House,
    box_height,
    boxed,
    common_bottom,
    even_height,
    fits,
    mark_repeats,
    pieces,
    read_stories,
    set_heads,
    set_picture,
)

_TEXT = Path(__file__).parent / "texts" / "english.txt"


def _type(name: str, size: float, pitch: float) -> Type:
    return Type((name,), size, size * pitch, "en")


HOUSE = House(
    body=_type("old-standard", 11.2, 1.22),
    bold=_type("old-standard-bold", 11.2, 1.22),
    heads=(
        _type("old-standard-bold", 34, 1.1),
        _type("old-standard-bold", 22, 1.14),
        _type("old-standard-bold", 16, 1.18),
        _type("old-standard-bold", 13, 1.25),
    ),
    kicker=_type("franklin-bold", 9.5, 1.5),
    deck=_type("old-standard-italic", 14.5, 1.25),
    byline=_type("old-standard-italic", 11, 1.35),
    caption=_type("franklin", 8.6, 1.3),
    quote=_type("old-standard-italic", 17, 1.25),
    furniture=_type("old-standard", 10.5, 1.3),
    indent=11,
    hyphens=True,
    first_indent=False,
)


def page() -> Sheet:
    stories = read_stories(_TEXT)
    sheet = Sheet("lantern-1931-10-17-p01", 742, 1100, "en", (44, 40, 44, 42), 4, 15, 0, "front")
    sheet.style = {
        "template": "english-front",
        "fonts": ["Old Standard", "Libre Franklin"],
        "issue_id": "ellery-lantern",
    }
    y = _masthead(sheet)
    lead = sheet.article("news")
    story = stories["ferry"]
    top = set_heads(sheet, lead, story, HOUSE, *sheet.span(0, 2), y, level=1)
    p0, p1 = sheet.span(1, 2)
    end = set_picture(
        sheet,
        lead,
        Rect(p0, top, p1, top + 205),
        photograph("water", 1000, 610, 77),
        story.heads["caption"],
        HOUSE,
    )
    body = pieces(story.body, HOUSE)
    frames = sheet.frames(0, 2, top, 0)
    frames[1:] = [Rect(f.x0, end + 6, f.x1, 0) for f in frames[1:]]
    box_tall = box_height(stories["sailings"], HOUSE, frames[2].width)
    hole = Rect(frames[2].x0, 0, frames[2].x1, 0)
    bottom = common_bottom(body, frames)
    while True:
        hole = Rect(frames[2].x0, bottom - box_tall, frames[2].x1, bottom + 1)
        if _fits_around(body, frames, bottom, hole):
            break
        bottom += HOUSE.body.leading / 2
    sheet.flow(
        lead,
        body,
        [Rect(f.x0, f.y0, f.x1, bottom) for f in frames],
        [Rect(hole.x0, hole.y0 - 8, hole.x1, hole.y1)],
    )
    boxed(
        sheet,
        lead,
        stories["sailings"],
        HOUSE,
        Rect(hole.x0, hole.y0, hole.x1, bottom),
        (0.92, 0.92, 0.92),
        (0, 0, 0),
    )
    _right_column(sheet, stories, y)
    _foot(sheet, stories, bottom)
    mark_repeats(sheet)
    return sheet


def _fits_around(body: list, frames: list[Rect], bottom: float, hole: Rect) -> bool:
    return fits(
        body, [Rect(f.x0, f.y0, f.x1, bottom) for f in frames], [Rect(hole.x0, hole.y0 - 8, hole.x1, hole.y1)]
    )


def _masthead(sheet: Sheet) -> float:
    name = _type("fraktur", 52, 1.12)
    _, y = sheet.display(
        "running-head",
        None,
        "The Ellery Lantern",
        name,
        sheet.left,
        sheet.right,
        26,
        "centre",
        role="masthead",
    )
    sheet.rule(Rect(sheet.left, y + 4, sheet.right, y + 4.8))
    face, row = HOUSE.furniture, y + 7
    sheet.display("running-head", None, "No. 4,118", face, sheet.left, sheet.right, row, "start", role="date")
    sheet.display(
        "running-head",
        None,
        "Port Ellery, Saturday, October 17, 1931",
        face,
        sheet.left,
        sheet.right,
        row,
        "centre",
        role="date",
    )
    sheet.display("running-head", None, "Price 2d.", face, sheet.left, sheet.right, row, "end", role="date")
    sheet.rule(Rect(sheet.left, row + 16, sheet.right, row + 17.6))
    return row + 26


def _right_column(sheet: Sheet, stories: dict, y: float) -> None:
    x0, x1 = sheet.span(3, 3)
    for number, name in enumerate(("council", "baker")):
        article = sheet.article("news")
        y = set_heads(sheet, article, stories[name], HOUSE, x0, x1, y, level=3)
        _, y = sheet.flow(article, pieces(stories[name].body, HOUSE), [Rect(x0, y, x1, sheet.bottom)])
        if number == 0:
            sheet.rule(Rect(x0 + 30, y + 9, x1 - 30, y + 9.8))
            y += 18
    line = (sheet.columns[2][1] + sheet.columns[3][0]) / 2
    sheet.rule(Rect(line - 0.3, 108, line + 0.3, y), "column-rule")
    sheet.style["right_end"] = y


def _foot(sheet: Sheet, stories: dict, bottom: float) -> None:
    """Second story over two columns under the lead, and the advertisement in what is left."""
    y = bottom + 12
    sheet.rule(Rect(sheet.left, y, sheet.span(0, 2)[1], y + 1))
    y += 8
    article = sheet.article("news")
    top = set_heads(sheet, article, stories["school"], HOUSE, *sheet.span(0, 1), y, level=2)
    body = pieces(stories["school"].body, HOUSE)
    frames = sheet.frames(0, 1, top, 0)
    tall = even_height(body, frames)
    sheet.flow(article, body, [Rect(f.x0, top, f.x1, top + tall) for f in frames])
    right_end = float(str(sheet.style.pop("right_end")))
    a0, a1 = sheet.span(2, 3)
    lines = [
        ("Dunmore & Daughters", _type("playfair-black", 24, 1.3)),
        ("BREAD, BUNS AND LARDY CAKE", _type("franklin-bold", 10.5, 1.6)),
        ("baked before you wake", HOUSE.deck),
        ("14 Upper Street, Port Ellery", HOUSE.furniture),
    ]
    start = max(y, right_end + 12)
    sheet.advertisement(Rect(a0, start, a1, max(start + 110, top + tall)), lines, width=1.6)
