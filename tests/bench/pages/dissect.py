"""Cuts a page's rectangle into the places of articles: down between columns, and across."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Columns ``first``..``last`` in reading direction, from ``y0`` to ``y1`` (CSS pixels)."""

    first: int
    last: int
    y0: float
    y1: float

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def tall(self) -> float:
        return self.y1 - self.y0


@dataclass(frozen=True)
class Cut:
    """Where two places were parted: across at ``y`` (a gap's middle), or down before column ``column``."""

    place: Place
    y: float | None = None
    column: int | None = None


def dissect(
    whole: Place, lot: random.Random, gap: float, least: float, widest: int, blocks: int
) -> tuple[list[Place], list[Cut]]:
    """Up to ``blocks`` places in reading order, none lower than ``least`` or wider than ``widest``."""
    places = [whole]
    cuts: list[Cut] = []
    while True:
        open_ = [
            p for p in places if p.count > widest or (len(places) < blocks and _divisible(p, least, gap))
        ]
        if not open_:
            return places, cuts
        place = max(open_, key=lambda p: (p.count > widest, p.count * p.tall * lot.uniform(0.5, 1)))
        at = places.index(place)
        pair, cut = (
            _across(place, lot, gap) if _wants_across(place, lot, least, gap, widest) else _down(place, lot)
        )
        places[at : at + 1] = pair
        cuts.append(cut)


def _divisible(place: Place, least: float, gap: float) -> bool:
    return place.count > 1 or place.tall > 2.5 * least + gap


def _wants_across(place: Place, lot: random.Random, least: float, gap: float, widest: int) -> bool:
    if place.tall < 2 * least + gap:
        return False
    if place.count == 1:
        return True
    if place.count > widest and lot.random() < 0.6:
        return False
    return lot.random() < 0.55


def _across(place: Place, lot: random.Random, gap: float) -> tuple[list[Place], Cut]:
    y = place.y0 + place.tall * lot.uniform(0.36, 0.64)
    upper = Place(place.first, place.last, place.y0, y - gap / 2)
    lower = Place(place.first, place.last, y + gap / 2, place.y1)
    return [upper, lower], Cut(place, y=y)


def _down(place: Place, lot: random.Random) -> tuple[list[Place], Cut]:
    middle = place.count / 2
    share = max(1, min(place.count - 1, round(middle + lot.uniform(-0.3, 0.3) * place.count)))
    column = place.first + share
    left = Place(place.first, column - 1, place.y0, place.y1)
    right = Place(column, place.last, place.y0, place.y1)
    return [left, right], Cut(place, column=column)
