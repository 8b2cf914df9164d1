"""Areas: the columns of one article on the page's grid, with its head and what stands between its text."""

from __future__ import annotations

from typing import Any

from tests.bench.pages.compose import Composer
from tests.bench.pages.design import Design
from tests.bench.pages.dissect import Place
from tests.bench.pages.inserts import Inserts
from tests.bench.pages.spec import Piece, Story


class Areas:
    """Puts articles into places of a page; ``places`` are those that other areas may refer to by number,
    ``to`` is the number of the page on which the lead goes on."""

    def __init__(self, composer: Composer, inserts: Inserts, to: int | None) -> None:
        self.composer, self.inserts, self.to = composer, inserts, to
        self.design, self.sheet, self.lot = composer.design, composer.sheet, composer.lot
        self.grid = _grid(composer.design)
        self.places: list[Place] = []
        self.runs_on: str | None = None

    def put(
        self,
        story: Story | None,
        place: Place,
        head: list[Piece],
        flow: list[Piece],
        columns: list[dict[str, Any]] | None = None,
        *,
        runs_on: bool = False,
        plain: bool = False,
        notices: bool = False,
        head_span: tuple[float, float] | None = None,
        extra: list[dict[str, Any]] | None = None,
    ) -> None:
        """Put an article into its place, with what stands between its text."""
        columns = [{**column, "index": k} for k, column in enumerate(columns or self.columns(place))]
        texts = sum("bare" not in column for column in columns)
        tail = self._tail(story, runs_on) if story else []
        x0, x1 = head_span or self.span(place)
        name = self.places.index(place) if place in self.places else f"-{self.sheet.key()}"
        between = self.inserts.between(story, flow, texts, place) if story and not plain else []
        area = {
            "id": f"area{name}",
            "story": story.id if story else None,
            "headX": x0,
            "headW": x1 - x0,
            "headY": place.y0,
            "head": [self.sheet.add(piece) for piece in head],
            "columns": columns,
            "obstacles": [*(extra or []), *between],
            "flow": [self.sheet.add(piece) for piece in flow],
            "tail": [self.sheet.add(piece) for piece in tail],
            "trim": not runs_on,
            "notices": notices,
            "gap": 0.4 * self.design.pitch,
            "pitch": self.design.pitch,
            "ruled": self.design.ruled,
            "cls": "",
        }
        if runs_on and story:
            self.runs_on = story.id
        self.sheet.areas.append(area)

    def _tail(self, story: Story, runs_on: bool) -> list[Piece]:
        composer = self.composer
        if runs_on:
            text = composer.writer.phrase("to", page=self.to)
            return [composer.piece("continuation", text, "jump", article=story.id, role="to", target=self.to)]
        if self.design.byline_at == "foot" and story.kind != "interview" and self.lot.random() < 0.6:
            return [
                composer.piece("byline", composer.writer.phrase("byline"), "bylinefoot", article=story.id)
            ]
        return []

    def columns(self, place: Place) -> list[dict[str, Any]]:
        spans = [self.grid[c] for c in range(place.first, place.last + 1)]
        return [
            {"x": x0, "w": x1 - x0, "y0": place.y0, "y1": place.y1, "headed": True, "under": None, "index": k}
            for k, (x0, x1) in enumerate(spans)
        ]

    def span(self, place: Place) -> tuple[float, float]:
        ends = (*self.grid[place.first], *self.grid[place.last])
        return min(ends), max(ends)

    def letters(self, place: Place) -> int:
        """Rather more letters than the place can hold."""
        x0, x1 = self.grid[place.first]
        return int(place.count * (x1 - x0) * place.tall / (0.33 * self.design.size * self.design.pitch))


def _grid(design: Design) -> tuple[tuple[float, float], ...]:
    """The columns' edges in reading direction."""
    left = design.margin[3]
    inner = design.width - left - design.margin[1]
    wide = (inner - (design.columns - 1) * design.gutter) / design.columns
    spans = [
        (left + k * (wide + design.gutter), left + k * (wide + design.gutter) + wide)
        for k in range(design.columns)
    ]
    return tuple(reversed(spans)) if design.rtl else tuple(spans)
