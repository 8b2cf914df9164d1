"""Fill a module of a page: a heading, pictures, boxes, quotes, and running text cut to the room there is."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from press.fonts import Type
from press.pictures import KINDS, photograph
from press.prose import Prose
from press.setting import Cursor, Manner, Rect, set_paragraph
from press.sheet import Drawn, Piece, Sheet
from press.story import House


@dataclass(frozen=True)
class Ways:
    """What a paper likes: shares are chances, all else is fixed for a page."""

    picture: float = 0.5
    quote: float = 0.3
    box: float = 0.25
    crossheads: float = 0.3
    interview: float = 0.15
    dateline: bool = False
    column_rules: bool = True
    reversed_heads: float = 0.0
    centre: bool = False
    colour: tuple[float, float, float] = (0, 0, 0)
    tint: tuple[float, float, float] | None = (0.92, 0.92, 0.92)
    quote_rules: bool = True
    heading_in_column: float = 0.2
    paragraphs: tuple[int, int] = (2, 5)


class Filler:
    """Sets modules on a sheet from a source of prose."""

    def __init__(self, sheet: Sheet, house: House, ways: Ways, prose: Prose, seed: int) -> None:
        self.sheet, self.house, self.ways, self.prose = sheet, house, ways, prose
        self.random = random.Random(seed)
        #: tables of prices that may still be set on this page
        self.tables = 1

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    # --- a story in a rectangle of columns --------------------------------------------

    def story(self, first: int, last: int, y0: float, y1: float, level: int, kind: str = "news") -> str:
        """Fill columns ``first`` to ``last`` between two heights with one article."""
        sheet, columns = self.sheet, last - first + 1
        interview = kind == "interview" or (columns > 1 and self.chance(self.ways.interview))
        article = sheet.article("interview" if interview else kind)
        head_last = first if columns > 2 and self.chance(self.ways.heading_in_column) else last
        top = self._heading(article, *sheet.span(first, head_last), y0, level, columns)
        frames = sheet.frames(first, last, top, y1)
        if head_last < last:
            frames = [
                f if i <= head_last - first else Rect(f.x0, y0 + 2, f.x1, f.y1) for i, f in enumerate(frames)
            ]
        frames = self._picture(article, frames, first, last, y1)
        notice = columns > 1 and sheet.role == "front" and self.chance(0.45)
        if notice:
            frames[-1] = replace_rect(frames[-1], y1=frames[-1].y1 - self.house.byline.leading)
        obstacles = self._box(article, frames) if columns > 1 and self.chance(self.ways.box) else []
        items = self._copy(frames, interview)
        if not obstacles and self.chance(self.ways.quote) and _room(frames) > 40:
            obstacles = self._quote(article, items, frames)
        items = cut_to_fit(items, frames, obstacles)
        if items:
            sheet.flow(article, items, frames, obstacles)
        if notice:
            self._notice(article, frames[-1])
        if self.ways.column_rules:
            self._column_rules(frames, obstacles, first)
        return article

    def _heading(self, article: str, x0: float, x1: float, y: float, level: int, columns: int) -> float:
        sheet, house, prose = self.sheet, self.house, self.prose
        align = "centre" if self.ways.centre else "start"
        if level <= 2 and self.chance(0.5):
            _, y = sheet.display("kicker", article, prose.line("kicker"), house.kicker, x0, x1, y, align)
        face = house.heads[level - 1]
        text = prose.line("headline")
        if self.chance(self.ways.reversed_heads):
            return self._reversed_head(article, text, face, x0, x1, y, level)
        block, y = sheet.display("headline", article, text, face, x0, x1, y, align)
        block.extra["level"] = level
        if level <= 2 and self.chance(0.6):
            _, y = sheet.display(
                "subheadline", article, prose.line("deck"), house.deck, x0, x1, y + 2, align, role="deck"
            )
        if level <= 3 and self.chance(0.5):
            _, y = sheet.display("byline", article, prose.line("byline"), house.byline, x0, x1, y + 2, align)
        return y + 0.35 * house.body.leading

    def _reversed_head(
        self, article: str, text: str, face: Type, x0: float, x1: float, y: float, level: int
    ) -> float:
        """White letters on a dark band over the whole width."""
        white = replace(face, colour=(1.0, 1.0, 1.0))
        pad = 0.35 * face.size
        place = len(self.sheet.drawn)
        block, end = self.sheet.display("headline", article, text, white, x0 + pad, x1 - pad, y + 2, "start")
        block.extra["level"], block.reversed = level, True
        self.sheet.drawn.insert(place, Drawn(Rect(x0, y, x1, end + 4), fill=self.ways.colour))
        return end + 10

    # --- things in the text -------------------------------------------------------------

    def _picture(self, article: str, frames: list[Rect], first: int, last: int, y1: float) -> list[Rect]:
        """A picture at the head of some columns; returns the frames that are left."""
        columns = len(frames)
        height = y1 - frames[0].y0
        body = self.house.body
        if height < 9 * body.leading or not self.chance(self.ways.picture):
            return frames
        wide = 1 if columns < 3 else self.random.randint(1, columns - 1)
        start = 0 if columns <= 2 else self.random.randint(0, columns - wide)
        x0, x1 = self.sheet.span(first + start, first + start + wide - 1)
        top = max(f.y0 for f in frames[start : start + wide])
        tall = min((x1 - x0) * self.random.uniform(0.55, 0.85), 0.62 * height)
        if columns == 1 or (tall < 0.5 * height and self.chance(0.25)):
            tall = min(tall, 0.4 * height)
        kind = self.random.choice(sorted(KINDS))
        pixels = (int((x1 - x0) * 1.6), int(tall * 1.6))
        picture = photograph(kind, *pixels, self.random.randint(0, 10**6), tint=False)
        image = self.sheet.picture(article, Rect(x0, top + 2, x1, top + 2 + tall), picture)
        low = top + 2 + tall
        if self.chance(0.85):
            align = "centre" if self.chance(0.4) else "start"
            caption, low = self.sheet.display(
                "caption", article, self.prose.line("caption"), self.house.caption, x0, x1, low + 2, align
            )
            caption.extra["describes"] = image.id
        low += 0.5 * body.leading
        return [replace_rect(f, y0=low) if start <= i < start + wide else f for i, f in enumerate(frames)]

    def _box(self, article: str, frames: list[Rect]) -> list[Rect]:
        """A boxed sidebar at the foot of one column or two; returns the obstacle it is."""
        frame = frames[-1]
        body = self.house.body
        tall = min(0.5 * frame.height, self.random.randint(8, 14) * body.leading)
        if tall < 7 * body.leading:
            return []
        rect = Rect(frame.x0, frame.y1 - tall, frame.x1, frame.y1)
        child = self.sheet.article("sidebar", article)
        stroke = (0.1, 0.1, 0.1) if self.ways.tint is None or self.chance(0.6) else None
        box = self.sheet.box(article, rect, self.ways.tint, stroke)
        inner = rect.inset(7, 6)
        head, y = self.sheet.display(
            "headline", child, self.prose.line("headline"), self.house.heads[3], inner.x0, inner.x1, inner.y0
        )
        head.parent, head.extra["level"] = box.id, 4
        box.children.append(head.id)
        places = [Rect(inner.x0, y + 2, inner.x1, inner.y1)]
        items = cut_to_fit(self._plain(places), places, [])
        if items:
            self.sheet.flow(child, items, places, parent=box.id)
        return [Rect(rect.x0 - 2, rect.y0 - 0.6 * body.leading, rect.x1 + 2, rect.y1 + 2)]

    def _quote(self, article: str, items: list[Piece], frames: list[Rect]) -> list[Rect]:
        """A pull-quote that repeats a sentence of one of the first paragraphs, in the middle of a column."""
        source = next((i for i in items if i.kind in ("paragraph", "answer") and len(i.text) > 80), None)
        tall_enough = [f for f in frames if f.height > 16 * self.house.body.leading]
        if source is None or not tall_enough:
            return []
        frame = self.random.choice(tall_enough)
        sentences = [s for s in _sentences(source.text) if 25 < len(s) < 150]
        if not sentences:
            return []
        text = self.random.choice(sentences).strip('«»“”„" ').rstrip(".")
        face = replace(self.house.quote, colour=self.ways.colour)
        align = self.random.choice(["start", "centre"])
        y = frame.y0 + frame.height * self.random.uniform(0.3, 0.5)
        inset = 4.0
        block, end = self.sheet.display(
            "pull-quote", article, text, face, frame.x0 + inset, frame.x1 - inset, y, align
        )
        block.extra["quote"] = True
        if self.ways.quote_rules:
            self.sheet.rule(Rect(frame.x0, y - 6, frame.x1, y - 5), colour=self.ways.colour)
            self.sheet.rule(Rect(frame.x0, end + 5, frame.x1, end + 6), colour=self.ways.colour)
        space = 0.8 * self.house.body.leading
        return [Rect(frame.x0, y - space, frame.x1, end + space)]

    def _notice(self, article: str, frame: Rect) -> None:
        text = self.prose.line("to")
        block, _ = self.sheet.display(
            "continuation", article, text, self.house.byline, frame.x0, frame.x1, frame.y1, "end", role="to"
        )
        digits = "".join(str(int(char)) for char in text if char.isdigit())
        number = int(digits) if digits else None
        block.extra["target_page"] = number
        self.sheet.articles[article].continued_on = {
            "page_number": number, "text": block.text, "block": block.id, "page_id": None, "article": None,
        }  # fmt: skip

    def _column_rules(self, frames: Sequence[Rect], obstacles: Sequence[Rect], first: int) -> None:
        for one, other in pairwise(frames):
            x = (max(one.x0, other.x0) + min(one.x1, other.x1)) / 2
            top = max(one.y0, other.y0)
            self.sheet.rule(
                Rect(x - 0.2, top, x + 0.2, min(one.y1, other.y1)), "column-rule", (0.35, 0.35, 0.35)
            )

    # --- copy ---------------------------------------------------------------------------

    def _copy(self, frames: Sequence[Rect], interview: bool) -> list[Piece]:
        return self._interview(frames) if interview else self._plain(frames)

    def _plain(self, frames: Sequence[Rect]) -> list[Piece]:
        """More paragraphs than the frames can hold."""
        house, want = self.house, _room(frames) * 2.2 + 8
        items: list[Piece] = []
        lines = 0.0
        while lines < want:
            text = self.prose.paragraph(self.random.randint(*self.ways.paragraphs))
            manner = house.manner("P", not items)
            extra: tuple[tuple[str, object], ...] = ()
            if not items and self.ways.dateline:
                lead = self.prose.draw("place") + (":" if self.sheet.rtl else " –")
                text = f"{lead} {text}"
                manner = replace(manner, lead=house.bold, lead_words=len(lead.split(" ")))
                extra = (("spans", [{"type": "dateline", "start": 0, "end": len(lead)}]),)
            items.append(Piece("paragraph", text, house.body, manner, extra=extra))
            lines += len(text) * house.body.size * 0.42 / frames[0].width
            if lines > 12 and self.chance(self.ways.crossheads * 0.5) and house.crosshead:
                manner = Manner(align="centre" if self.ways.centre else "start")
                items.append(
                    Piece("subheadline", self.prose.line("crosshead"), house.crosshead, manner, "crosshead")
                )
        return items

    def _interview(self, frames: Sequence[Rect]) -> list[Piece]:
        house, want = self.house, _room(frames) * 2.2 + 8
        items: list[Piece] = []
        lines, pair = 0.0, 0
        while lines < want:
            pair += 1
            question = self.prose.line("question")
            items.append(Piece("question", question, house.bold, house.manner("Q"), extra=(("qa", pair),)))
            for _ in range(self.random.randint(1, 2)):
                text = self.prose.paragraph(self.random.randint(2, 5))
                items.append(Piece("answer", text, house.body, house.manner("A"), extra=(("qa", pair),)))
                lines += len(text) * house.body.size * 0.42 / frames[0].width
        return items


def replace_rect(rect: Rect, y0: float | None = None, y1: float | None = None) -> Rect:
    return Rect(rect.x0, rect.y0 if y0 is None else y0, rect.x1, rect.y1 if y1 is None else y1)


def _room(frames: Sequence[Rect]) -> float:
    """Lines of about 13 points that frames hold."""
    return sum(max(0.0, f.height) for f in frames) / 13


def _sentences(text: str) -> list[str]:
    return [s.strip() for s in re.split(r"(?<=[.؟?!])\s+", text) if s.strip()]


def cut_to_fit(items: Sequence[Piece], frames: list[Rect], obstacles: Sequence[Rect]) -> list[Piece]:
    """The items that fit, the last one ended at a sentence, or at a word with a full stop."""
    cursor = Cursor(list(frames), list(obstacles))
    kept: list[Piece] = []
    for item in items:
        _, rest = set_paragraph(item.text, item.type, item.manner, cursor)
        if not rest:
            kept.append(item)
            continue
        shorter = _shorter(item, rest)
        if shorter is not None:
            kept.append(shorter)
        break
    while kept and (kept[-1].kind in ("question", "subheadline")):
        kept.pop()
    return kept


def _shorter(item: Piece, rest: str) -> Piece | None:
    if item.kind in ("question", "subheadline"):
        return None
    words = item.text.split(" ")
    head = words[: max(0, len(words) - len(rest.split(" ")) - 1)]
    if len(head) < 6:
        return None
    text = " ".join(head)
    ends = [text.rfind(mark) for mark in (". ", ".» ", ".” ", "؟ ")]
    best = max(ends)
    if text.endswith((".", "؟", "?")):
        pass
    elif best > 0.55 * len(text):
        text = text[: best + 1]
    else:
        text = text.rstrip(",،;؛:.-–«„“ ") + "."
    return replace(item, text=text)
