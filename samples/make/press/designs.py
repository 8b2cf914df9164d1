"""Newspaper designs drawn by lot: paper size, grid, faces, and the way the page is parted among articles."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from press.filling import Filler, Ways, cut_to_fit
from press.fonts import Type
from press.pictures import KINDS, photograph
from press.prose import Prose
from press.setting import Cursor, Manner, Rect, set_paragraph
from press.sheet import Sheet
from press.story import House, mark_repeats, smaller

MM = 72 / 25.4

#: body, bold, headline faces and whether headlines may be set in reverse, by language
FACES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "fa": (
        ("naskh", "naskh-bold", "titr"),
        ("vazir", "vazir-bold", "vazir-black"),
        ("markazi", "markazi-bold", "lalezar"),
        ("nazli", "nazli-bold", "homa"),
        ("amiri", "amiri-bold", "kufi-bold"),
        ("naskh", "naskh-bold", "cairo-bold"),
        ("nazli", "nazli-bold", "titr"),
    ),
    "ar": (
        ("amiri", "amiri-bold", "amiri-bold"),
        ("scheherazade", "scheherazade-bold", "cairo-bold"),
        ("naskh", "naskh-bold", "kufi-bold"),
    ),
    "en": (
        ("old-standard", "old-standard-bold", "old-standard-bold"),
        ("pt-serif", "pt-serif-bold", "franklin-black"),
        ("source-serif", "source-serif-bold", "playfair-black"),
        ("merriweather", "merriweather-bold", "slab-bold"),
        ("franklin", "franklin-bold", "playfair-bold"),
    ),
    "de": (("fraktur", "fraktur-bold", "fraktur-bold"), ("fraktur", "fraktur-bold", "fraktur")),
}
#: size of the body face that looks like 10 points, and its line pitch
_BODY = {
    "naskh": (9.4, 1.62), "vazir": (8.6, 1.75), "markazi": (12.0, 1.3), "nazli": (11.6, 1.42),
    "amiri": (11.0, 1.55),
    "scheherazade": (12.0, 1.5), "old-standard": (9.8, 1.2), "pt-serif": (8.9, 1.3),
    "source-serif": (9.2, 1.28),
    "merriweather": (8.2, 1.4), "franklin": (8.8, 1.34), "fraktur": (10.4, 1.22),
}  # fmt: skip
#: width and height in millimetres
SIZES = ((235, 320), (280, 400), (297, 420), (315, 470), (350, 500), (380, 560), (410, 578))


@dataclass(frozen=True)
class Plan:
    """What the lot has decided for a page."""

    language: str
    template: str
    seed: int


def draw_page(page_id: str, plan: Plan) -> Sheet:
    """A page of a design."""
    lot = random.Random(f"{plan.template}{plan.seed}")
    language = plan.language
    faces = lot.choice(FACES[language])
    prose = Prose(language, plan.seed)
    template = TEMPLATES[plan.template]
    house = _house(language, faces, lot, template)
    sheet = _sheet(page_id, language, lot, house, template)
    ways = _ways(lot, template)
    sheet.style = {
        "script": {"fa": "Arab", "ar": "Arab", "en": "Latn", "de": "Latf"}[language],
        "template": plan.template,
        "fonts": list(faces),
        "body": round(house.body.size, 1),
        "column_rules": ways.column_rules,
        "issue_id": None,
    }
    filler = Filler(sheet, house, ways, prose, plan.seed)
    template.fill(filler, lot)
    mark_quotes(sheet)
    return sheet


def mark_quotes(sheet: Sheet) -> None:
    for block in sheet.blocks:
        block.extra.pop("quote", None)
    mark_repeats(sheet)


@dataclass(frozen=True)
class Template:
    """A family of designs: how it parts the page, and the ranges it likes."""

    fill: Callable[[Filler, random.Random], None]
    columns: tuple[int, int] = (4, 6)
    sizes: tuple[int, ...] = (1, 2, 3)
    front: float = 0.0
    scale: float = 1.0
    centre: float = 0.2
    picture: float = 0.5
    interview: float = 0.1
    quote: float = 0.35
    rules: float = 0.5
    reverse: float = 0.15
    gutters: tuple[float, float] = (10, 18)


def _type(
    name: str, size: float, pitch: float, language: str, colour: tuple[float, float, float] = (0, 0, 0)
) -> Type:
    if language in ("fa", "ar"):
        fonts: tuple[str, ...] = (name, "naskh", "serif-bold" if "bold" in name else "serif", "symbols")
    elif language == "de":
        fonts = (name, "fraktur", "serif")
    else:
        fonts = (name, "serif")
    return Type(fonts, size, size * pitch, language, colour)


def _house(language: str, faces: tuple[str, str, str], lot: random.Random, template: Template) -> House:
    body, bold, head = faces
    size, pitch = _BODY[body]
    size *= lot.uniform(0.9, 1.12)
    pitch *= lot.uniform(0.94, 1.06)
    scale = template.scale * lot.uniform(0.85, 1.15) * (1.05 if language in ("fa", "ar") else 1.0)
    tall = 1.5 if language in ("fa", "ar") else 1.16
    colour = lot.choice(
        [(0.0, 0.0, 0.0), (0.0, 0.0, 0.0), (0.5, 0.1, 0.1), (0.1, 0.2, 0.42), (0.1, 0.32, 0.2)]
    )
    gap = lot.random() < 0.2

    def display(share: float, name: str = head, tint: tuple[float, float, float] = (0, 0, 0)) -> Type:
        return _type(name, 10 * share * scale, tall, language, tint)

    return House(
        body=_type(body, size, pitch, language),
        bold=_type(bold, size, pitch, language),
        heads=(display(3.6), display(2.3), display(1.75), _type(bold, size * 1.25, pitch, language)),
        kicker=_type(bold, size * 1.1, tall, language, colour),
        deck=_type(bold if lot.random() < 0.5 else body, size * 1.4, tall, language),
        byline=_type(bold, size * 0.95, tall, language),
        caption=_type(bold if lot.random() < 0.4 else body, size * 0.88, pitch, language),
        quote=_type(lot.choice([bold, head]), size * 1.6, tall * 1.05, language, colour),
        furniture=_type(body, size * 0.95, tall, language),
        indent=0.0 if gap else size * lot.uniform(0.9, 1.6),
        paragraph_gap=size * 0.6 if gap else 0.0,
        kashida=language == "fa" and lot.random() < 0.6,
        hyphens=language in ("en", "de"),
        bullet=lot.choice(["■", "●", "◆", "▼"]),
        first_indent=lot.random() < 0.5,
        crosshead=_type(bold, size * 1.05, pitch, language),
    )


def _sheet(page_id: str, language: str, lot: random.Random, house: House, template: Template) -> Sheet:
    w, h = SIZES[lot.choice(template.sizes)]
    width, height = w * MM, h * MM
    side, top = lot.uniform(28, 56), lot.uniform(52, 74)
    columns = lot.randint(*template.columns)
    # a column holds at least about 24 letters
    columns = min(columns, max(2, int((width - 2 * side) / (house.body.size * 11))))
    front = lot.random() < template.front
    return Sheet(
        page_id,
        width,
        height,
        language,
        (side, top, side, lot.uniform(40, 58)),
        columns,
        lot.uniform(*template.gutters),
        index=0,
        role="front" if front else "inside",
    )


def _ways(lot: random.Random, template: Template) -> Ways:
    return Ways(
        picture=template.picture,
        quote=template.quote,
        box=lot.choice([0.0, 0.25, 0.4]),
        crossheads=lot.choice([0.0, 0.3, 0.6]),
        interview=template.interview,
        dateline=lot.random() < 0.35,
        column_rules=lot.random() < template.rules,
        reversed_heads=template.reverse if lot.random() < 0.4 else 0.0,
        centre=lot.random() < template.centre,
        colour=lot.choice([(0.05, 0.05, 0.05), (0.3, 0.08, 0.08), (0.12, 0.18, 0.34)]),
        tint=lot.choice([None, (0.92, 0.92, 0.92), (0.95, 0.93, 0.88), (0.9, 0.93, 0.95)]),
        quote_rules=lot.random() < 0.7,
        heading_in_column=lot.choice([0.0, 0.3]),
        paragraphs=lot.choice([(1, 3), (2, 5), (3, 7)]),
    )


# --- furniture --------------------------------------------------------------------------


def furniture(filler: Filler, lot: random.Random) -> tuple[float, float]:
    """Masthead or running head, folio, margin label; returns where the body begins and ends."""
    sheet = filler.sheet
    if sheet.role == "front":
        return _masthead(filler, lot), sheet.bottom
    return _running_head(filler, lot)


def _masthead(filler: Filler, lot: random.Random) -> float:
    sheet, house, prose = filler.sheet, filler.house, filler.prose
    share = sheet.width / 720
    name = prose.line("name")
    rtl = sheet.rtl
    size = (58 if rtl else 46) * share
    face = replace(house.heads[0], size=size, leading=size * (1.4 if rtl else 1.15))
    align = lot.choice(["centre", "centre", "start"])
    y = lot.uniform(18, 34)
    block, y = sheet.display(
        "running-head", None, name, face, sheet.left, sheet.right, y, align, role="masthead"
    )
    if len(block.lines) > 1:  # a name stays on one line
        sheet.blocks.remove(block)
        face = smaller(face, 0.6)
        _, y = sheet.display(
            "running-head", None, name, face, sheet.left, sheet.right, 24, align, role="masthead"
        )
    y += 4
    sheet.rule(Rect(sheet.left, y, sheet.right, y + lot.choice([0.8, 2.0])))
    row = y + 3
    left, right = sheet.left, sheet.right
    sheet.display(
        "running-head", None, prose.line("date"), house.furniture, left, right, row, "start", role="date"
    )
    number = prose.digits(lot.randint(40, 9000))
    word = {"fa": "شماره", "ar": "العدد", "en": "No.", "de": "Nr."}[sheet.language]
    sheet.display(
        "running-head", None, f"{word} {number}", house.furniture, left, right, row, "end", role="date"
    )
    y = row + house.furniture.leading + 1
    sheet.rule(Rect(sheet.left, y, sheet.right, y + 0.8))
    return y + 10


def _running_head(filler: Filler, lot: random.Random) -> tuple[float, float]:
    sheet, house, prose = filler.sheet, filler.house, filler.prose
    value = lot.randint(2, 48)
    text = prose.digits(value) if lot.random() < 0.85 else str(value)
    big = replace(house.bold, size=house.bold.size * lot.uniform(1.1, 1.8), leading=house.bold.leading * 1.5)
    left, right = sheet.left, sheet.right
    y = sheet.top - house.furniture.leading - 14
    bottom = sheet.bottom
    outer = lot.choice(["start", "end"])
    inner = "end" if outer == "start" else "start"
    place = lot.choice(["top", "top", "foot", "foot-centre"])
    if place == "top":
        block = sheet.number(text, value, big, left, right, y - 0.3 * big.size, outer)
        rect = block.regions[0].rect
        if lot.random() < 0.5:  # the paper's name beside the folio
            if rect.x0 > (left + right) / 2:
                edge = (left, rect.x0 - 10, "end" if not sheet.rtl else "start")
            else:
                edge = (rect.x1 + 10, right, "start" if not sheet.rtl else "end")
            sheet.display(
                "running-head",
                None,
                prose.line("name"),
                house.furniture,
                edge[0],
                edge[1],
                y,
                edge[2],
                role="title",
            )
    else:
        align = "centre" if place == "foot-centre" else outer
        sheet.number(text, value, big, left, right, sheet.bottom + 10, align)
    sheet.display(
        "running-head", None, prose.line("date"), house.furniture, left, right, y, inner, role="date"
    )
    if lot.random() < 0.7:
        face = smaller(house.bold, 1.2)
        sheet.display(
            "section-label", None, prose.line("section"), face, left, right, y, "centre", role="top"
        )
    sheet.rule(Rect(left, sheet.top - 9, right, sheet.top - 9 + lot.choice([0.6, 1.2, 2.4])))
    if lot.random() < 0.25 and sheet.left > 34:
        clockwise = lot.choice([90, 270])
        x = sheet.right + 0.55 * (sheet.width - sheet.right) if lot.random() < 0.5 else 0.45 * sheet.left
        sheet.margin_label(prose.line("margin"), smaller(house.bold, 1.0), x, sheet.top + 30, 170, clockwise)
    return sheet.top, bottom


def rule_below(filler: Filler, first: int, last: int, y: float, weight: float = 0.8) -> None:
    x0, x1 = filler.sheet.span(first, last)
    filler.sheet.rule(Rect(x0, y, x1, y + weight))


def rule_between(filler: Filler, column: int, y0: float, y1: float) -> None:
    """A vertical rule after a column (reading direction)."""
    one, other = filler.sheet.columns[column], filler.sheet.columns[column + 1]
    x = (max(one[0], other[0]) + min(one[1], other[1])) / 2
    filler.sheet.rule(Rect(x - 0.3, y0, x + 0.3, y1), "column-rule")


def price_table(filler: Filler, lot: random.Random, rect: Rect) -> None:
    """Prices of goods in a ruled table."""
    prose, house = filler.prose, filler.house
    columns = 3 if rect.width > 150 else 2
    pitch = house.body.leading * lot.uniform(1.15, 1.5)
    count = max(3, min(9, int(rect.height / pitch)))
    rows = [[prose.line("section") for _ in range(columns)]]
    for _ in range(count - 1):
        rows.append([prose.line("cell"), *(prose.digits(lot.randint(12, 990)) for _ in range(columns - 1))])
    height = count * pitch
    top = Rect(rect.x0, rect.y0, rect.x1, rect.y0 + height)
    filler.sheet.table(top, rows, smaller(house.body, 0.95), smaller(house.bold, 0.95))
    if rect.y1 - top.y1 > 6 * house.body.leading:
        advertisement(filler, lot, Rect(rect.x0, top.y1 + 10, rect.x1, rect.y1))


def advertisement(filler: Filler, lot: random.Random, rect: Rect) -> None:
    """An advertisement, sometimes with a picture, sometimes dark, sometimes under a table of prices."""
    if filler.tables and rect.width < 420 and lot.random() < 0.3:
        filler.tables -= 1
        price_table(filler, lot, rect)
        return
    prose, house = filler.prose, filler.house
    size = min(rect.width / 11, rect.height / 5, 34)
    dark = lot.random() < 0.15
    colour = (1.0, 1.0, 1.0) if dark else (0.0, 0.0, 0.0)
    head = replace(house.heads[0], size=size, leading=size * 1.5, colour=colour)
    small = replace(house.bold, size=max(8, size * 0.45), leading=max(8, size * 0.45) * 1.7, colour=colour)
    lines = [(prose.line("ad"), head), *((prose.line("adline"), small) for _ in range(lot.randint(1, 3)))]
    picture = None
    if rect.height > 130 and lot.random() < 0.4:
        kind = lot.choice(sorted(KINDS))
        picture = photograph(kind, int(rect.width * 1.4), int(rect.height * 0.6), lot.randint(0, 10**6))
    fill = (0.1, 0.1, 0.12) if dark else lot.choice([None, None, (0.93, 0.93, 0.93)])
    block = filler.sheet.advertisement(
        rect, lines, fill=fill, width=lot.choice([0.8, 1.5, 2.5]), picture=picture
    )
    block.reversed = dark


def classifieds(filler: Filler, column: int, y0: float, y1: float) -> None:
    """Small advertisements one below the other, each its own block, parted by hairlines."""
    sheet, house, prose = filler.sheet, filler.house, filler.prose
    x0, x1 = sheet.span(column, column)
    small = smaller(house.body, 0.9)
    y = y0
    while y < y1 - 4 * small.leading:
        block = sheet.add("advertisement", role="classified")
        text = f"{prose.line('ad')}. {prose.line('adline')}. {prose.line('adline')}."
        block.lines, rest = set_paragraph(text, small, Manner(align="start"), Cursor([Rect(x0, y, x1, y1)]))
        if rest or not block.lines:
            sheet.blocks.remove(block)
            return
        end = y + len(block.lines) * small.leading
        block.regions = [sheet.region(Rect(x0, y, x1, end))]
        sheet.rule(Rect(x0, end + 3, x1, end + 3.4), colour=(0.3, 0.3, 0.3))
        y = end + 7


# --- templates --------------------------------------------------------------------------


def modular(filler: Filler, lot: random.Random) -> None:
    """The page is cut into rows and the rows into modules, one story each."""
    y0, y1 = furniture(filler, lot)
    count = lot.randint(2, 4)
    cuts = sorted(lot.uniform(0.8, 1.3) for _ in range(count))
    lot.shuffle(cuts)
    if filler.sheet.role == "front":
        cuts.sort(reverse=True)
    total = sum(cuts)
    gap = 16.0
    height = y1 - y0 - gap * (count - 1)
    ad_row = lot.random() < 0.5
    y = y0
    for number, share in enumerate(cuts):
        end = y + height * share / total
        last = number == count - 1
        _row(filler, lot, y, end, number, ad=ad_row and last)
        if not last and lot.random() < 0.75:
            rule_below(filler, 0, len(filler.sheet.columns) - 1, end + gap / 2)
        y = end + gap


def _row(filler: Filler, lot: random.Random, y0: float, y1: float, number: int, ad: bool) -> None:
    columns = len(filler.sheet.columns)
    first = 0
    while first < columns:
        left = columns - first
        width = left if left <= 2 and lot.random() < 0.6 else lot.randint(1, left)
        if left - width == 0 and width > 3 and lot.random() < 0.5:
            width -= 2
        last = first + width - 1
        if ad and (first > 0 or width < columns) and last == columns - 1:
            x0, x1 = filler.sheet.span(first, last)
            advertisement(filler, lot, Rect(x0, y0, x1, y1))
        else:
            level = 1 if number == 0 and width >= 3 else 2 if width >= 2 else 3
            filler.story(first, last, y0, y1, level)
        if last < columns - 1 and lot.random() < 0.5 and filler.ways.column_rules:
            rule_between(filler, last, y0, y1)
        first = last + 1


def rail(filler: Filler, lot: random.Random) -> None:
    """A front or inside page with a rail of briefs along one side, a lead over the rest, stories below."""
    y0, y1 = furniture(filler, lot)
    columns = len(filler.sheet.columns)
    at_end = lot.random() < 0.6
    main = (0, columns - 2) if at_end else (1, columns - 1)
    side = columns - 1 if at_end else 0
    cut = y0 + (y1 - y0) * lot.uniform(0.48, 0.62)
    filler.story(main[0], main[1], y0, cut, 1)
    below = cut + 16
    rule_below(filler, main[0], main[1], cut + 8, 1.0)
    wide = main[1] - main[0] + 1
    split = max(1, wide // 2)
    filler.story(main[0], main[0] + split - 1, below, y1, 2)
    if wide > split:
        if lot.random() < 0.4:
            x0, x1 = filler.sheet.span(main[0] + split, main[1])
            advertisement(filler, lot, Rect(x0, below, x1, y1))
        else:
            filler.story(main[0] + split, main[1], below, y1, 2)
    _briefs(filler, lot, side, y0, y1)
    rule_between(filler, side - 1 if at_end else 0, y0, y1)


def _briefs(filler: Filler, lot: random.Random, column: int, y0: float, y1: float) -> None:
    sheet, house, prose = filler.sheet, filler.house, filler.prose
    x0, x1 = sheet.span(column, column)
    face = replace(house.heads[2], size=house.heads[3].size * 1.15, leading=house.heads[3].leading * 1.2)
    _, y = sheet.display("section-label", None, prose.line("brief"), face, x0, x1, y0, "centre", role="top")
    sheet.rule(Rect(x0, y + 2, x1, y + 3))
    y += 9
    while y < y1 - 8 * house.body.leading:
        article = sheet.article("brief")
        head, y = sheet.display("headline", article, prose.line("headline"), house.heads[3], x0, x1, y)
        head.extra["level"] = 4
        frame = [Rect(x0, y + 1, x1, min(y1, y + lot.randint(4, 9) * house.body.leading + 2))]
        items = cut_to_fit(filler._plain(frame), frame, [])
        if not items:
            sheet.blocks.remove(head)
            del sheet.articles[article]
            return
        _, y = sheet.flow(article, items, frame)
        if lot.random() < 0.7:
            sheet.rule(Rect(x0 + 0.2 * (x1 - x0), y + 6, x1 - 0.2 * (x1 - x0), y + 6.5))
        y += 13


def running(filler: Filler, lot: random.Random) -> None:
    """Old manner: narrow columns filled one after the other, stories with small heads parted by dashes."""
    sheet, house, prose = filler.sheet, filler.house, filler.prose
    y0, y1 = furniture(filler, lot)
    columns = len(sheet.columns)
    if lot.random() < 0.5:
        foot = y1 - (y1 - y0) * lot.uniform(0.12, 0.2)
        start = lot.randint(0, max(0, columns - 3))
        x0, x1 = sheet.span(start, columns - 1)
        advertisement(filler, lot, Rect(x0, foot + 8, x1, y1))
        ends = [y1 if i < start else foot for i in range(columns)]
    else:
        ends = [y1] * columns
    small_ads = columns - 1 if lot.random() < 0.4 and ends[-1] == y1 else None
    text_columns = columns if small_ads is None else columns - 1
    column, y = 0, y0
    while column < text_columns:
        x0, x1 = sheet.columns[column]
        room = ends[column] - y
        if room < 9 * house.body.leading:
            column, y = column + 1, y0
            continue
        article = sheet.article("news")
        head, low = sheet.display(
            "headline", article, prose.line("headline"), house.heads[lot.choice([2, 3])], x0, x1, y, "centre"
        )
        head.extra["level"] = 3
        if lot.random() < 0.25:
            _, low = sheet.display(
                "subheadline", article, prose.line("deck"), house.byline, x0, x1, low, "centre", role="deck"
            )
        length = lot.randint(8, 60) * house.body.leading
        frames, left = [], length
        at, top = column, low + 3
        while left > 0 and at < text_columns:
            room = min(left, ends[at] - top)
            if room < 3 * house.body.leading and frames:
                break
            frames.append(Rect(sheet.columns[at][0], top, sheet.columns[at][1], top + room))
            left -= room
            at, top = at + 1, y0
        items = cut_to_fit(filler._plain(frames), frames, [])
        if not items:
            sheet.blocks.remove(head)
            sheet.blocks[:] = [b for b in sheet.blocks if b.article != article]
            del sheet.articles[article]
            column, y = column + 1, y0
            continue
        sheet.flow(article, items, frames)
        last = [b for b in sheet.blocks if b.article == article][-1].regions[-1].rect
        column = min(range(columns), key=lambda i: abs(sum(sheet.columns[i]) - last.x0 - last.x1))
        y = last.y1 + 8
        if ends[column] - y > 10 * house.body.leading:
            middle = sum(sheet.columns[column]) / 2
            sheet.rule(Rect(middle - 18, y, middle + 18, y + 0.7))
        y += 9
    if small_ads is not None:
        classifieds(filler, small_ads, y0, y1)
    for i in range(columns - 1):
        if filler.ways.column_rules:
            rule_between(filler, i, y0, min(ends[i], ends[i + 1]))


def talk(filler: Filler, lot: random.Random) -> None:
    """One interview or long article over the page, with picture, quotes, perhaps an advertisement."""
    y0, y1 = furniture(filler, lot)
    columns = len(filler.sheet.columns)
    if lot.random() < 0.5:
        foot = y1 - (y1 - y0) * lot.uniform(0.16, 0.28)
        split = lot.randint(1, columns)
        x0, x1 = filler.sheet.span(0, split - 1)
        advertisement(filler, lot, Rect(x0, foot + 12, x1, y1))
        if split < columns:
            x0, x1 = filler.sheet.span(split, columns - 1)
            advertisement(filler, lot, Rect(x0, foot + 12, x1, y1))
        y1 = foot
    filler.story(0, columns - 1, y0, y1, 1, kind="interview" if lot.random() < 0.7 else "feature")


def magazine(filler: Filler, lot: random.Random) -> None:
    """Wide columns, a story above and one below, boxes and big quotes."""
    y0, y1 = furniture(filler, lot)
    columns = len(filler.sheet.columns)
    cut = y0 + (y1 - y0) * lot.uniform(0.55, 0.7)
    filler.story(0, columns - 1, y0, cut, 1, kind="feature")
    rule_below(filler, 0, columns - 1, cut + 9, 2.0)
    first = lot.randint(1, columns - 1)
    filler.story(0, first - 1, cut + 20, y1, 2 if first > 1 else 3)
    filler.story(first, columns - 1, cut + 20, y1, 2 if columns - first > 1 else 3)
    rule_between(filler, first - 1, cut + 20, y1)


def mosaic(filler: Filler, lot: random.Random) -> None:
    """The page is cut in two again and again, across or along, down to stories of fair size."""
    y0, y1 = furniture(filler, lot)
    _cut(filler, lot, 0, len(filler.sheet.columns) - 1, y0, y1, 0)


def _cut(filler: Filler, lot: random.Random, first: int, last: int, y0: float, y1: float, depth: int) -> None:
    wide, tall = last - first + 1, y1 - y0
    least = 24 * filler.house.body.leading
    across = tall > 2 * least and (wide < 3 or lot.random() < 0.55)
    along = wide > 2 and not across
    if depth == 0 and not across and not along:
        along = wide > 1
    if across and depth < 4:
        middle = y0 + tall * lot.uniform(0.42, 0.62)
        _cut(filler, lot, first, last, y0, middle, depth + 1)
        if lot.random() < 0.8:
            rule_below(filler, first, last, middle + 7, lot.choice([0.5, 1.0, 1.6]))
        _cut(filler, lot, first, last, middle + 16, y1, depth + 1)
    elif along and depth < 4:
        split = first + lot.randint(1, wide - 1)
        _cut(filler, lot, first, split - 1, y0, y1, depth + 1)
        if lot.random() < 0.6:
            rule_between(filler, split - 1, y0, y1)
        _cut(filler, lot, split, last, y0, y1, depth + 1)
    elif lot.random() < 0.14 and depth > 1:
        x0, x1 = filler.sheet.span(first, last)
        advertisement(filler, lot, Rect(x0, y0, x1, y1))
    else:
        filler.story(first, last, y0, y1, 1 if depth < 2 and wide > 2 else 2 if wide > 1 else 3)


TEMPLATES: dict[str, Template] = {
    "modular": Template(modular, (4, 6), (1, 2, 3, 4), front=0.3),
    "rail": Template(rail, (4, 6), (1, 2, 3, 4), front=0.7),
    "running": Template(
        running,
        (4, 7),
        (2, 3, 4, 5, 6),
        front=0.4,
        scale=0.8,
        picture=0.0,
        quote=0.0,
        rules=0.85,
        reverse=0.0,
        gutters=(8, 13),
    ),
    "talk": Template(talk, (3, 5), (0, 1, 2), interview=1.0, quote=0.9, picture=0.8),
    "magazine": Template(
        magazine,
        (3, 4),
        (0, 1, 2),
        scale=1.1,
        centre=0.5,
        quote=0.7,
        picture=0.8,
        rules=0.2,
        gutters=(14, 22),
    ),
    "mosaic": Template(mosaic, (5, 8), (3, 4, 5, 6), front=0.3, rules=0.6, gutters=(9, 14)),
}
