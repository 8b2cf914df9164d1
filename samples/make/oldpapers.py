"""Two old papers of one page: a small-town sheet in Fraktur, and an Arabic journal of the 1920s."""

from __future__ import annotations

from pathlib import Path

from press.fonts import Type
from press.pictures import photograph
from press.prose import long_s
from press.setting import Rect
from press.sheet import Sheet
from press.story import House, Story, common_bottom, even_height, pieces, read_stories, set_heads, set_picture

_TEXTS = Path(__file__).parent / "texts"


def _fraktur(name: str, size: float, pitch: float) -> Type:
    return Type((name, "fraktur", "serif"), size, size * pitch, "de")


FRAKTUR = House(
    body=_fraktur("fraktur", 11.4, 1.24),
    bold=_fraktur("fraktur-bold", 11.4, 1.24),
    heads=(
        _fraktur("fraktur-bold", 24, 1.2),
        _fraktur("fraktur-bold", 20, 1.2),
        _fraktur("fraktur-bold", 15, 1.3),
    )
    * 2,
    kicker=_fraktur("fraktur", 11, 1.3),
    deck=_fraktur("fraktur", 13, 1.3),
    byline=_fraktur("fraktur", 10.5, 1.3),
    caption=_fraktur("fraktur", 10, 1.3),
    quote=_fraktur("fraktur", 15, 1.3),
    furniture=_fraktur("fraktur", 11, 1.3),
    indent=12,
    hyphens=True,
    align="centre",
)


def _arabic(name: str, size: float, pitch: float) -> Type:
    return Type((name, "amiri", "serif"), size, size * pitch, "ar")


ARABIC = House(
    body=_arabic("amiri", 13.2, 1.52),
    bold=_arabic("amiri-bold", 13.2, 1.52),
    heads=(_arabic("amiri-bold", 27, 1.5), _arabic("amiri-bold", 20, 1.5), _arabic("amiri-bold", 16, 1.5))
    * 2,
    kicker=_arabic("amiri", 13, 1.5),
    deck=_arabic("amiri", 14, 1.5),
    byline=_arabic("amiri-bold", 12, 1.5),
    caption=_arabic("amiri", 11.5, 1.5),
    quote=_arabic("amiri-bold", 17, 1.5),
    furniture=_arabic("amiri", 12, 1.4),
    indent=14,
)


def landbote() -> Sheet:
    """Three columns filled one after the other, heads in the columns, dashes between stories."""
    sheet = Sheet("landbote-p01", 600, 640, "de", (40, 40, 40, 44), 3, 14, 0, "front")
    sheet.style = {
        "template": "landbote",
        "fonts": ["UnifrakturMaguntia", "UnifrakturCook"],
        "script": "Latf",
    }
    y = _landbote_head(sheet)
    stories = read_stories(_TEXTS / "landbote.de.txt")
    column, top = 0, y
    for name, story in stories.items():
        story = _in_fraktur(story)
        x0, x1 = sheet.columns[column]
        if sheet.bottom - top < 75 and column < 2:
            column, top = column + 1, y
            x0, x1 = sheet.columns[column]
        article = sheet.article("news")
        low = set_heads(sheet, article, story, FRAKTUR, x0, x1, top, level=3 if name != "wasser" else 2)
        frames = [Rect(x0, low, x1, sheet.bottom)]
        frames += [Rect(*_place(sheet, i, y)) for i in range(column + 1, 3)]
        left, _ = sheet.flow(article, pieces(story.body, FRAKTUR), frames)
        if left:
            raise SystemExit("the Landbote does not fit its page")
        last = sheet.blocks[-1].regions[-1].rect
        column = next(i for i, (a, b) in enumerate(sheet.columns) if a - 1 < (last.x0 + last.x1) / 2 < b + 1)
        middle, top = sum(sheet.columns[column]) / 2, last.y1 + 8
        if name != "konzert":
            sheet.rule(Rect(middle - 20, top, middle + 20, top + 0.8))
        top += 10
    for i in range(2):
        x = (sheet.columns[i][1] + sheet.columns[i + 1][0]) / 2
        sheet.rule(Rect(x - 0.3, y, x + 0.3, sheet.bottom), "column-rule")
    x0, x1 = sheet.columns[2]
    lines = [
        (long_s("Kolonialwaren"), _fraktur("fraktur-bold", 19, 1.3)),
        (long_s("und feinste Gewürze bei"), FRAKTUR.deck),
        (long_s("August Steinweg, am Markte"), FRAKTUR.deck),
    ]
    sheet.advertisement(Rect(x0, max(top + 4, sheet.bottom - 105), x1, sheet.bottom), lines)
    return sheet


def _place(sheet: Sheet, column: int, y: float) -> tuple[float, float, float, float]:
    x0, x1 = sheet.columns[column]
    return x0, y, x1, sheet.bottom


def _in_fraktur(story: Story) -> Story:
    heads = {key: long_s(text) for key, text in story.heads.items()}
    return Story(story.name, heads, [(kind, long_s(text)) for kind, text in story.body])


def _landbote_head(sheet: Sheet) -> float:
    name = _fraktur("fraktur-bold", 50, 1.1)
    _, y = sheet.display(
        "running-head", None, "Der Landbote", name, sheet.left, sheet.right, 28, "centre", role="masthead"
    )
    sheet.rule(Rect(sheet.left, y + 3, sheet.right, y + 4))
    face, row = FRAKTUR.furniture, y + 6
    for text, align in (
        ("Nr. 58", "start"),
        ("Samstag, den 22. Juli 1893", "centre"),
        ("15. Jahrgang", "end"),
    ):
        sheet.display(
            "running-head", None, long_s(text), face, sheet.left, sheet.right, row, align, role="date"
        )
    sheet.rule(Rect(sheet.left, row + 16, sheet.right, row + 18))
    return row + 26


def rawda() -> Sheet:
    """Page 12 of a journal: an essay over two columns, two notes below."""
    sheet = Sheet("rawda-p12", 520, 760, "ar", (46, 70, 46, 50), 2, 20, 0, "inside")
    sheet.style = {"template": "rawda", "fonts": ["Amiri"]}
    face, y = ARABIC.furniture, 40.0
    sheet.number("١٢", 12, ARABIC.bold, sheet.left, sheet.right, y - 2, "centre")
    sheet.display("running-head", None, "الروضة", face, sheet.left, sheet.right, y, "start", role="title")
    sheet.display("running-head", None, "آذار ١٩٢٧", face, sheet.left, sheet.right, y, "end", role="date")
    sheet.rule(Rect(sheet.left, 62, sheet.right, 63))
    stories = read_stories(_TEXTS / "rawda.ar.txt")
    article = sheet.article("feature")
    low = set_heads(sheet, article, stories["library"], ARABIC, sheet.left, sheet.right, sheet.top, level=1)
    body = pieces(stories["library"].body, ARABIC)
    picture = Rect(*_column(sheet, 1, low, low + 120))
    end = set_picture(
        sheet, article, picture, photograph("skyline", 640, 370, 9), "دار الكتب من جهة النهر", ARABIC, True
    )
    frames = [*sheet.frames(0, 0, low, 0), *sheet.frames(1, 1, end + 6, 0)]
    bottom = common_bottom(body, frames)
    sheet.flow(article, body, [Rect(f.x0, f.y0, f.x1, bottom) for f in frames])
    sheet.rule(Rect(sheet.left + 120, bottom + 8, sheet.right - 120, bottom + 9))
    for column, name in ((0, "silk"), (1, "school")):
        x0, x1 = sheet.columns[column]
        note = sheet.article("news")
        top = set_heads(sheet, note, stories[name], ARABIC, x0, x1, bottom + 16, level=3)
        items = pieces(stories[name].body, ARABIC)
        frame = Rect(x0, top, x1, 0)
        height = even_height(items, [frame])
        sheet.flow(note, items, [Rect(x0, top, x1, top + height)])
    return sheet


def _column(sheet: Sheet, column: int, y0: float, y1: float) -> tuple[float, float, float, float]:
    x0, x1 = sheet.columns[column]
    return x0, y0, x1, y1
