"""Plans one page: what stands where on its column grid, and hands each place to the composer."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any

from tests.bench.pages.areas import Areas
from tests.bench.pages.compose import Composer
from tests.bench.pages.design import Design, classes, variables
from tests.bench.pages.dissect import Cut, Place, dissect
from tests.bench.pages.furniture import Printed, feet_and_heads
from tests.bench.pages.inserts import Inserts
from tests.bench.pages.spec import Piece, Sheet, Story
from tests.bench.pages.wording import Writer

KINDS = ("front", "inside", "inside", "interview", "briefs", "periodical", "opinion", "notices")


@dataclass(frozen=True)
class Wish:
    """What a page is to be; ``pending`` is text of an article begun on an earlier page, ``to`` the page
    number to which its lead runs on."""

    kind: str
    number: int
    title: str
    date: str
    section: str = ""
    to: int | None = None
    pending: tuple[Piece, ...] = ()
    pending_from: int | None = None
    pending_title: str = ""


@dataclass(frozen=True)
class Planned:
    """A page ready for the typesetter."""

    sheet: Sheet
    design: Design
    wish: Wish
    grid: tuple[tuple[float, float], ...]
    printed: Printed
    runs_on: str | None
    resumed: str | None

    def spec(self) -> dict[str, Any]:
        """What `typeset` in the browser takes."""
        sheet = self.sheet
        return {
            "width": sheet.width,
            "height": sheet.height,
            "variables": variables(self.design),
            "classes": classes(self.design),
            "gutter": self.design.gutter,
            "areas": sheet.areas,
            "loose": sheet.loose,
            "ads": sheet.ads,
            "rules": sheet.rules,
        }


class Planner:
    """Plans a page of a design."""

    def __init__(self, design: Design, lot: random.Random, wish: Wish, used: set[str] | None = None) -> None:
        self.design, self.lot, self.wish = design, lot, wish
        self.sheet = Sheet(design.width, design.height)
        hyphens = design.lang in ("en", "de") and design.justified
        writer = Writer(design.lang, lot, design.fraktur, design.western, hyphens)
        if used is not None:
            writer.used = used
        self.composer = Composer(self.sheet, design, lot, writer)
        self.inserts = Inserts(self.composer)
        self.areas = Areas(self.composer, self.inserts, wish.to)
        self.resumed: str | None = None

    def plan(self) -> Planned:
        """The page."""
        design, wish = self.design, self.wish
        printed = feet_and_heads(self.composer, wish.kind, wish.number, wish.title, wish.date, wish.section)
        whole = Place(0, design.columns - 1, printed.top, printed.bottom)
        if wish.kind == "periodical":
            self._periodical(whole)
        else:
            self._paper(whole)
        return Planned(self.sheet, design, wish, self.areas.grid, printed, self.areas.runs_on, self.resumed)

    # --- pages --------------------------------------------------------------------------------------------

    def _periodical(self, whole: Place) -> None:
        """Running text from edge to edge, no headline: an old journal, with a poem now and then."""
        story = self.composer.story("feature")
        flow = self.composer.body(story, self.areas.letters(whole), crossheads=False)
        if self.lot.random() < 0.4:
            at = self.lot.randint(2, max(2, len(flow) // 3))
            flow[at:at] = self.composer.poem(story)
        self.areas.places = [whole]
        self.areas.put(story, whole, [], flow)

    def _paper(self, whole: Place) -> None:
        lot, design = self.lot, self.design
        gap = 1.6 * design.pitch
        blocks = {"interview": 2, "opinion": 4, "notices": 5}.get(self.wish.kind) or lot.randint(4, 8)
        widest = design.columns if self.wish.kind == "interview" else max(3, round(design.columns * 0.7))
        places, cuts = dissect(whole, lot, gap, 17 * design.pitch, widest, blocks)
        for cut in cuts:
            self._divide(cut)
        self.areas.places = places
        uses = self._uses(places)
        bent = self._bends(places, uses)
        for place, use in zip(places, uses, strict=True):
            self._use(place, use, bent)

    def _divide(self, cut: Cut) -> None:
        design = self.design
        left, right = self.areas.span(cut.place)
        if cut.y is not None and design.area_rules != "none":
            thick = {"thin": 0.8, "thick": 2.2, "double": 4}[design.area_rules]
            y = cut.y - thick / 2
            self.sheet.rule(left, y, right, y + thick, cls="double" if design.area_rules == "double" else "")
        if cut.column is not None and design.ruled:
            a, b = self.areas.grid[cut.column - 1], self.areas.grid[cut.column]
            x = (min(a[1], b[1]) + max(a[0], b[0])) / 2
            half = design.ruled / 2
            self.sheet.rule(x - half, cut.place.y0, x + half, cut.place.y1, "column-rule")

    def _uses(self, places: list[Place]) -> list[str]:
        """What each place is for; the first large one carries the lead."""
        uses = []
        for index, place in enumerate(places):
            narrow = place.count == 1
            kinds = ["article"] * 5 + (["briefs"] * 2 if narrow else ["boxed", "article"])
            small = place.count * place.tall < 0.13 * self.design.columns * self.design.height
            if index and small:
                kinds += ["ad"] * 2
            if narrow and index:
                kinds += ["classifieds", "column"]
            if self.wish.kind == "briefs":
                kinds += ["briefs"] * 6
            if self.wish.kind == "notices" and index:
                kinds = ["ad", "classifieds", "classifieds"] if place.count <= 2 else ["ads", "article"]
            uses.append(self.lot.choice(kinds))
        lead = max(range(len(places)), key=lambda k: (places[k].count * places[k].tall, -k))
        uses[lead] = "interview" if self.wish.kind == "interview" else "lead"
        if self.wish.pending:
            rest = [k for k in range(len(places)) if k != lead] or [lead]
            uses[max(rest, key=lambda k: places[k].count * places[k].tall)] = "resumed"
        return uses

    def _bends(self, places: list[Place], uses: list[str]) -> dict[int, int]:
        """Pairs of places, by index: the first article's last column runs under the second's headline."""
        bent: dict[int, int] = {}
        for k, place in enumerate(places):
            for m, other in enumerate(places):
                if (
                    uses[k] in ("article", "lead")
                    and uses[m] == "article"
                    and other.first == place.last + 1
                    and other.count >= 3
                    and place.y0 <= other.y0 + 1
                    and abs(place.y1 - other.y1) < 1
                    and m not in bent.values()
                    and k not in bent
                    and self.lot.random() < 0.7
                ):
                    bent[k] = m
        return bent

    # --- places -------------------------------------------------------------------------------------------

    def _use(self, place: Place, use: str, bent: dict[int, int]) -> None:
        index = self.areas.places.index(place)
        lends = index in bent.values()
        if use == "ad":
            x0, x1 = self.areas.span(place)
            self.inserts.display(x0, place.y0, x1 - x0, place.tall)
        elif use == "ads":
            self._many_ads(place)
        elif use in ("briefs", "classifieds"):
            make = self.composer.briefs if use == "briefs" else self.composer.classifieds
            self.areas.put(None, place, [], make(self.areas.letters(place)), notices=use == "classifieds")
        elif use == "boxed":
            x0, x1 = self.areas.span(place)
            self.inserts.boxed_briefs(place, x0, x1, self.areas.columns(place), self.areas.letters(place))
        elif use == "interview":
            self._interview(place)
        elif use == "resumed":
            self._resume(place)
        else:
            kind = "opinion" if self.wish.kind == "opinion" or use == "column" else "news"
            self._article(place, kind, use == "lead", lends, bent.get(index))

    def _article(self, place: Place, kind: str, lead: bool, lends: bool, under: int | None) -> None:
        composer = (
            self._foreign() if not lead and under is None and not lends and self.lot.random() < 0.07 else None
        )
        story = (composer or self.composer).story(kind)
        level = 1 if lead and place.count > 2 else min(4, max(2, 5 - place.count)) if place.count > 1 else 3
        head = (composer or self.composer).head(story, level)
        runs_on = lead and self.wish.to is not None
        more = 9000 * runs_on + 2000 * (under is not None)
        flow = (composer or self.composer).body(story, self.areas.letters(place) + more)
        columns = self.areas.columns(place)
        if composer:
            columns.reverse()
        elif lends:
            columns = columns[1:]  # the first one belongs to the article before, below our headline
        elif under is not None:
            other = self.areas.places[under]
            lent = self.areas.columns(Place(other.first, other.first, other.y0, other.y1))[0]
            columns.append({**lent, "headed": False, "under": f"area{under}"})
        elif (
            place.count >= 3 and place.tall < 42 * self.design.pitch and not lead and self.lot.random() < 0.5
        ):
            return self._beside(story, place, head, flow)
        elif place.count >= 3 and place.tall > 40 * self.design.pitch and self.lot.random() < 0.35:
            self._notch(place, columns)
        return self.areas.put(story, place, head, flow, columns, runs_on=runs_on)

    def _foreign(self) -> Composer | None:
        """A composer of the other direction: a Latin article on a right-to-left page."""
        if not self.design.rtl:
            return None
        design = replace(self.design, lang="en", caps=False, byline_at="none")
        writer = Writer("en", self.lot, hyphens=self.design.justified)
        return Composer(self.sheet, design, self.lot, writer)

    def _beside(self, story: Story, place: Place, head: list[Piece], flow: list[Piece]) -> None:
        """The head in the first column, with a picture below it, the text in the others."""
        columns = self.areas.columns(place)
        first = {**columns.pop(0), "bare": True}
        columns = [*({**column, "headed": False} for column in columns), first]
        spans = self.areas.grid[place.first]
        picture = self.inserts.below_head(story, len(columns) - 1, 0.4 * place.tall)
        head = [replace(piece, cls=piece.cls.replace("h1", "h3").replace("h2", "h3")) for piece in head]
        self.areas.put(story, place, head, flow, columns, head_span=spans, extra=[picture])

    def _notch(self, place: Place, columns: list[dict[str, Any]]) -> None:
        """Shorten the last columns of an article and put something small into the corner."""
        wide = self.lot.randint(1, place.count // 2)
        y = place.y0 + place.tall * self.lot.uniform(0.55, 0.75)
        for column in columns[-wide:]:
            column["y1"] = y - 0.8 * self.design.pitch
        corner = Place(place.last - wide + 1, place.last, y, place.y1)
        x0, x1 = self.areas.span(corner)
        if self.lot.random() < 0.4:
            self.inserts.display(x0, y, x1 - x0, place.y1 - y)
        elif wide == 1:
            self.sheet.rule(x0, y - 1, x1, y)
            self.areas.put(
                None, replace(corner, y0=y + 3), [], self.composer.briefs(self.areas.letters(corner))
            )
        else:
            self.inserts.boxed_briefs(corner, x0, x1, self.areas.columns(corner), self.areas.letters(corner))

    def _interview(self, place: Place) -> None:
        story = self.composer.story("interview")
        head = self.composer.head(story, 1 if place.count > 2 else 2)
        opening = self.composer.body(story, 250, crossheads=False)
        self.areas.put(story, place, head, opening + self.composer.talk(story, self.areas.letters(place)))

    def _resume(self, place: Place) -> None:
        composer = self.composer
        story = composer.story("news")
        self.resumed = story.id
        notice = composer.piece(
            "continuation", composer.writer.phrase("from", page=self.wish.pending_from), "jump from",
            article=story.id, role="from", target=self.wish.pending_from,
        )  # fmt: skip
        title = composer.piece("headline", self.wish.pending_title, "h3", article=story.id, level=3)
        composer.entitle(story, title)
        flow = [replace(p, key=self.sheet.key(), article=story.id) for p in self.wish.pending]
        missing = self.areas.letters(place) - sum(len(piece.text) for piece in flow)
        if missing > 0:
            flow += composer.body(story, missing)
        self.areas.put(story, place, [title, notice], flow, plain=True)

    def _many_ads(self, place: Place) -> None:
        rows = max(1, round(place.tall / (18 * self.design.pitch)))
        gap = 0.6 * self.design.pitch
        tall = (place.tall - gap * (rows - 1)) / rows
        for row in range(rows):
            first = place.first
            while first <= place.last:
                last = min(place.last, first + self.lot.randint(0, 2))
                x0, x1 = self.areas.span(Place(first, last, 0, 1))
                self.inserts.display(x0, place.y0 + row * (tall + gap), x1 - x0, tall)
                first = last + 1
