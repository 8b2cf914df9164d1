"""What stands between the text or beside it: pictures, pull-quotes, sidebars, tables, advertisements."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from tests.bench.pages.compose import Composer
from tests.bench.pages.dissect import Place
from tests.bench.pages.spec import Piece, Sheet, Story, Thing


@dataclass
class Inserts:
    """Draws the obstacles of articles."""

    composer: Composer

    @property
    def sheet(self) -> Sheet:
        return self.composer.sheet

    @property
    def lot(self) -> random.Random:
        return self.composer.lot

    def between(self, story: Story, flow: list[Piece], columns: int, place: Place) -> list[dict[str, Any]]:
        """The obstacles of an article, the larger first; the typesetter leaves out what finds no room."""
        lot, pitch = self.lot, self.composer.design.pitch
        lines = place.tall / pitch
        found: list[dict[str, Any]] = []
        if lines < 26 and columns < 2:
            return found
        if columns >= 3 and lines > 45 and lot.random() < 0.5:
            found.append(self._sidebar(story, columns, place))
        if lot.random() < 0.65:
            found.append(self._picture(story, columns, place))
        if columns >= 4 and lot.random() < 0.4:
            found.append(self._picture(story, columns, place))
        if lines > 32 and lot.random() < 0.7:
            quote = self.composer.quote(story, flow)
            if quote:
                found.append(self._quote(quote, columns))
        if columns >= 2 and lot.random() < 0.15:
            where = lot.randrange(columns)
            table = self.composer.table(story.id)
            found.append(self._obstacle(where, where, "bottom", table=table, most=0.5))
        return found

    def _obstacle(self, first: int, last: int, at: str | float, **more: Any) -> dict[str, Any]:
        pitch = self.composer.design.pitch
        return {
            "from": first, "to": last, "at": at, "pad": 0.55 * pitch, "cls": "", "pieces": [], "most": 0.7,
            "height": None, "inset": 0, "image": None, "table": None, "inner": None, "key": None,
            "rtl": self.composer.design.rtl, **more,
        }  # fmt: skip

    def image(self, article: str | None, height: float, share: float = 1.0) -> tuple[dict[str, Any], Thing]:
        """A picture `height` pixels high and its record; the pixels are made when the page is set."""
        thing = Thing(self.sheet.key(), "image", article)
        self.sheet.things.append(thing)
        kind = self.lot.choice(("photograph", "photograph", "halftone", "halftone", "drawing"))
        self.sheet.images[thing.key] = (self.lot.randrange(1 << 30), round(height), kind)
        framed = "framed" if self.lot.random() < 0.5 else ""
        src = f"{thing.key}.png"
        return {"key": thing.key, "src": src, "cls": framed, "h": height, "share": share}, thing

    def _picture(self, story: Story, columns: int, place: Place) -> dict[str, Any]:
        lot, composer = self.lot, self.composer
        wide = min(columns, lot.choice((1, 1, 2, 2, 3)))
        first = lot.randint(0, columns - wide)
        at: str | float = (
            lot.choice(("top", "bottom")) if wide > 1 else lot.choice(("top", "bottom", 0.3, 0.6))
        )
        height = min(0.42 * place.tall, lot.uniform(8, 15) * wide**0.6 * composer.design.pitch)
        image, thing = self.image(story.id, height, lot.choice((1, 1, 1, 0.8)))
        pieces = []
        if lot.random() < 0.85:
            caption = composer.piece(
                "caption", composer.writer.title("captions"), "caption", article=story.id, describes=thing.key
            )
            pieces.append(self.sheet.add(caption))
        return self._obstacle(first, first + wide - 1, at, image=image, pieces=pieces, most=0.6)

    def below_head(self, story: Story, column: int, height: float) -> dict[str, Any]:
        """A picture that fills a column below a headline."""
        image, _ = self.image(story.id, height)
        return self._obstacle(column, column, "top", image=image, most=1.0)

    def _quote(self, quote: Piece, columns: int) -> dict[str, Any]:
        lot = self.lot
        across = columns >= 2 and lot.random() < 0.45
        first = lot.randrange(columns - 1 if across else columns)
        inset = lot.uniform(0.45, 0.6) if across else 0
        at = lot.uniform(0.3, 0.75)
        pieces = [self.sheet.add(quote)]
        return self._obstacle(
            first, first + across, at, pieces=pieces, cls="quotebox", inset=inset, most=0.45
        )

    def _sidebar(self, story: Story, columns: int, place: Place) -> dict[str, Any]:
        composer, lot, design = self.composer, self.lot, self.composer.design
        wide = min(columns - 1, lot.choice((1, 1, 2)))
        first = lot.choice((0, columns - wide))
        height = min(lot.uniform(18, 34) * design.pitch, 0.42 * place.tall)
        side = composer.story("sidebar", parent=story.id)
        inner = self._inner(side, wide, height)
        return self._obstacle(
            first, first + wide - 1, lot.choice(("bottom", "bottom", "top")), height=height, most=0.6, **inner
        )

    def _inner(
        self, side: Story, count: int, height: float, flow: list[Piece] | None = None
    ) -> dict[str, Any]:
        """A box with an article of its own, in so many columns."""
        composer, design = self.composer, self.composer.design
        box = Thing(self.sheet.key(), "sidebar", side.id)
        self.sheet.things.append(box)
        rev = " rev" if design.box == "dark" else ""
        head: list[Piece] = []
        if flow is None:
            title = composer.piece(
                "headline", composer.writer.title("headlines"), f"h4{rev}", article=side.id, level=4,
                parent=box.key,
            )  # fmt: skip
            composer.entitle(side, title)
            head = [title]
            flow = composer.body(side, int(count * height * 12), rev, crossheads=False)
        parts = [Piece(**{**vars(piece), "parent": box.key}) for piece in flow]
        area = {
            "id": f"box-{box.key}", "story": side.id, "head": [self.sheet.add(p) for p in head],
            "obstacles": [],
            "flow": [self.sheet.add(p) for p in parts], "tail": [], "trim": True, "gap": 0.2 * design.pitch,
            "pitch": design.pitch, "ruled": 0, "cls": rev.strip(),
        }  # fmt: skip
        inner = {"area": area, "count": count, "margin": 0.6 * design.pitch, "gutter": design.gutter}
        return {"key": box.key, "cls": "box", "inner": inner}

    def boxed_briefs(
        self, place: Place, x0: float, x1: float, columns: list[dict[str, Any]], letters: int
    ) -> None:
        """Short articles in a frame of their own."""
        pitch = self.composer.design.pitch
        frame = 1.2
        for box in (
            (x0, place.y0, x1, place.y0 + frame),
            (x0, place.y1 - frame, x1, place.y1),
            (x0, place.y0, x0 + frame, place.y1),
            (x1 - frame, place.y0, x1, place.y1),
        ):
            self.sheet.rule(*box, role="box")
        margin = 0.6 * pitch
        inner = []
        for column in columns:
            left = margin if abs(column["x"] - x0) < 1 else 0
            right = margin if abs(column["x"] + column["w"] - x1) < 1 else 0
            inner.append({
                **column, "x": column["x"] + left, "w": column["w"] - left - right,
                "y0": place.y0 + margin, "y1": place.y1 - margin, "headed": False,
            })  # fmt: skip
        self.sheet.areas.append({
            "id": f"briefs-{self.sheet.key()}", "story": None, "headX": x0, "headW": x1 - x0,
            "headY": place.y0, "head": [], "columns": inner, "obstacles": [],
            "flow": [self.sheet.add(p) for p in self.composer.briefs(letters)], "tail": [], "trim": True,
            "gap": 0, "pitch": pitch, "ruled": 0, "cls": "",
        })  # fmt: skip

    def display(self, x: float, y: float, w: float, h: float) -> None:
        """A framed advertisement that fills its rectangle."""
        composer, lot = self.composer, self.lot
        thing = Thing(self.sheet.key(), "advertisement")
        self.sheet.things.append(thing)
        image = None
        pitch = composer.design.pitch
        if h > 14 * pitch:
            image, picture = self.image(None, max(4 * pitch, min(0.5 * h, h - 9 * pitch)), 0.8)
            self.sheet.things.remove(picture)
        texts = [(composer.writer.title("ads"), "adbig")]
        room = (h - (image["h"] if image else 0)) / pitch
        texts += [
            (composer.writer.title("adlines"), "adline") for _ in range(min(6, max(1, int(room / 2) - 2)))
        ]
        if lot.random() < 0.3:
            texts.append((composer.writer.title("ads"), "adbig"))
        pieces = [self.sheet.add(composer.piece("line", text, cls, parent=thing.key)) for text, cls in texts]
        ad = {"key": thing.key, "x": x, "y": y, "w": w, "h": h}
        self.sheet.ads.append({**ad, "image": image, "pieces": pieces})
