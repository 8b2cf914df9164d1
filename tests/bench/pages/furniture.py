"""What frames a page: masthead, running heads, section label, folio, footer, and the rules with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.bench.pages.compose import Composer


@dataclass(frozen=True)
class Printed:
    """What is left between head and foot (CSS pixels), the folio's key and value, keys of head and foot."""

    top: float
    bottom: float
    folio: str | None
    head: tuple[str, ...]
    foot: tuple[str, ...]


@dataclass
class _Maker:
    composer: Composer

    def put(
        self, x: float, y: float, w: float, type_: str, text: str, cls: str, align: str, **more: Any
    ) -> str:
        """One line of furniture in a box; returns its key."""
        piece = self.composer.piece(type_, text, cls, **more)
        sheet = self.composer.sheet
        loose = {"piece": sheet.add(piece), "x": x, "y": y, "w": w, "cls": f"at-{align}"}
        sheet.loose.append(loose)
        return piece.key


def feet_and_heads(
    composer: Composer, kind: str, number: int, title: str, date: str, section: str
) -> Printed:
    """Set a page's furniture; a front page has a masthead and no folio."""
    if kind == "front":
        return _front(composer, number, title, date)
    design, lot, maker = composer.design, composer.lot, _Maker(composer)
    top, right, bottom, left = design.margin
    wide = design.width - left - right
    third = wide / 3
    row = 1.7 * design.pitch
    outer = "right" if number % 2 else "left"
    if design.rtl:
        outer = "left" if number % 2 else "right"
    inner = "left" if outer == "right" else "right"
    forms = composer.writer.words["folio"]
    folio_text = composer.writer.printed(
        composer.writer.filled(forms[design.folio_form % len(forms)], {"page": number})
    )
    at, _, edge = design.folio.partition("-")
    side = {"outer": outer, "inner": inner, "centre": "center"}[at]
    xs = {"left": left, "center": left + third, "right": left + 2 * third}
    head: list[str] = []
    foot: list[str] = []
    y_foot = design.height - bottom - row
    y = top if edge == "top" else y_foot + 0.4 * design.pitch
    folio = maker.put(xs[side], y, third, "page-number", folio_text, "furniture folio", side)
    (head if edge == "top" else foot).append(folio)
    free = [place for place in ("left", "center", "right") if not (edge == "top" and place == side)]
    texts = [("title", title), ("date", date)]
    for place, (role, text) in zip(free, texts, strict=False):
        head.append(maker.put(xs[place], top, third, "running-head", text, "furniture", place, role=role))
    if edge == "top" and lot.random() < 0.3:
        text = composer.writer.phrase("footer")
        where = xs["center"]
        foot.append(
            maker.put(
                where,
                y_foot + 0.4 * design.pitch,
                third,
                "running-head",
                text,
                "furniture",
                "center",
                role="footer",
            )
        )
    body_top = top + row
    if lot.random() < 0.6:
        composer.sheet.rule(left, body_top, left + wide, body_top + lot.choice((0.8, 1.5, 3)))
    body_top += 0.8 * design.pitch
    if section:
        align = lot.choice(("left", "center", "right"))
        head.append(
            maker.put(
                left,
                body_top - 0.3 * design.pitch,
                wide,
                "section-label",
                section,
                "section",
                align,
                role="top",
            )
        )
        body_top += 1.9 * design.size * 1.75 + 0.4 * design.pitch
    body_bottom = design.height - bottom - (row if foot else 0)
    return Printed(body_top, body_bottom, folio, tuple(head), tuple(foot))


def _front(composer: Composer, number: int, title: str, date: str) -> Printed:
    design, lot, maker = composer.design, composer.lot, _Maker(composer)
    top, right, bottom, left = design.margin
    wide = design.width - left - right
    tall = 6 * design.size * max(design.pitch / design.size * 0.92, 1.1)
    keys = [maker.put(left, top, wide, "running-head", title, "masthead", "center", role="masthead")]
    y = top + tall + 0.3 * design.pitch
    composer.sheet.rule(left, y, left + wide, y + 1)
    y += 0.3 * design.pitch
    texts = [date, composer.writer.phrase("number"), composer.writer.phrase("footer")]
    for k, (text, align) in enumerate(zip(texts, ("left", "center", "right"), strict=True)):
        role = "date" if k == 0 else "title"
        keys.append(
            maker.put(left + k * wide / 3, y, wide / 3, "running-head", text, "furniture", align, role=role)
        )
    y += 1.3 * design.pitch
    composer.sheet.rule(left, y, left + wide, y + lot.choice((1, 2.5)))
    return Printed(y + design.pitch, design.height - bottom, None, tuple(keys), ())
