"""Zones -> articles: each headline owns the text below it, text without a headline goes on.

The zones are walked in reading order. A headline opens an article; text in a column under it is its
text; text at the head of a column with no headline over it goes on from a column before it. From which
of several articles that end there is told by rules, by the foot of the last column, and by what the
texts say at their ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from layout.document import RUNNING_TEXT, Direction, RegionKind
from layout.reflow.columns import bands, find_columns
from layout.reflow.continuity import continuity
from layout.reflow.drafts import Draft
from layout.reflow.field import RowIndex
from layout.reflow.notices import Points, notice_of
from layout.reflow.units import Role, Unit
from layout.reflow.zones import Cut, Grid, Zone

_STREAM = frozenset({Role.BODY, Role.HEAD, Role.LOOSE, Role.FIGURE, Role.NOTICE})
_SIGNED = frozenset({RegionKind.BYLINE, RegionKind.DATELINE})
_FOOT = 0.2  # what standing at the foot of the column before is worth
_FENCE = 0.5  # what a rule between the two costs
_CLOSED = 2.0  # what a notice costs that says the article goes on on another page
_TEXT = 1.0  # what the texts' ends are worth at most
_UNDER = 0.7  # what standing in the column of the article's text is worth, right below it
_FAR = 15.0  # line pitches: a quote or picture may part a column's text, more than that ends it
_BREAKS_OFF, _BETTER = 0.75, 0.3  # how well a text reads on past an unfinished sentence; better than another
_WIDE = 1.5  # times a column: only what stands in several runs on under another headline
_FULL = 0.5  # line pitches by which a full line may end early, and a paragraph's first begin late
_NEARER = 0.7  # a picture goes with what is nearer by this ratio


def find_articles(root: Zone, grid: Grid) -> list[Draft]:
    """The articles of a page in reading order, text and figures put in; boxes and the like are left."""
    ways = Counter(way for unit in root.units for way in _ways(unit))
    usual = max(ways, key=ways.__getitem__, default=None)
    walker = _Walker(RowIndex.of(grid.upright, grid.pitch), RowIndex.of(grid.rules, grid.pitch), usual)
    walker.walk(root, [])
    return [draft for draft in walker.drafts if draft.members]


@dataclass(slots=True)
class _Walker:
    """Goes through the zones; every step is given the articles that may go on, last one last.

    ``rules`` are those that stand upright, ``flat`` the others; ``usual`` is the way most texts run.
    """

    rules: RowIndex
    flat: RowIndex
    usual: Direction | None = None
    drafts: list[Draft] = field(default_factory=list)
    opened: dict[str, Draft] = field(default_factory=dict)

    def walk(self, zone: Zone, open_: list[Draft]) -> list[Draft]:
        """Fills the articles from a zone; returns those that end in it, or what came in if none does."""
        if not zone.children:
            return self._leaf(zone, open_)
        across = zone.children[-1].cut is Cut.COLUMN
        ended = open_
        met: list[Draft] = []
        for child in zone.children:
            ended = self.walk(child, ended)
            met += ended
        return ended if across else _latest(met)

    def _leaf(self, zone: Zone, open_: list[Draft]) -> list[Draft]:
        stream = [unit for unit in zone.units if unit.role in _STREAM]
        cut = zone.cut
        for band in bands(stream, self.rules.pitch):
            columns = find_columns(band, self.rules.pitch)
            for column, after in zip(columns, (*columns[1:], []), strict=True):
                open_ = self._column(column, open_, cut, self._running_under(column, after))
                cut = Cut.COLUMN
        return open_

    def _column(
        self, column: Sequence[Unit], open_: list[Draft], cut: Cut, under: Draft | None = None
    ) -> list[Draft]:
        """Takes a column from top to bottom; returns the articles that end in it. Its text is that of the
        article that runs on ``under`` another one's headline, if one does.
        """
        current: Draft | None = None
        met: list[Draft] = []
        came = False
        carried: Unit | None = None
        for place, unit in enumerate(column):
            if unit.role is Role.NOTICE:
                current = current or next((draft for draft in open_[-1:] if _awaits_text(draft)), None)
                came = self._turns(unit, current)
                current, carried = (None, unit) if came else (current, None)
                continue
            if unit.role is Role.HEAD:
                current = self._head(unit, cut)
            elif under is not None and unit.role is Role.BODY:
                under.units.append(unit)
                current = under
            elif self._belongs_below(column, place, current):
                self._head(column[place + 1], cut).units.append(unit)
                continue
            elif current is None and _may_head(unit, cut):
                current = self._head(unit, cut)
                current.doubt(0.7, "a crosshead opens a row of the page, so it is taken for a headline")
            elif came and unit.role is Role.BODY and current is None:
                current = self._open(None, cut, "a notice says that it comes from another page")
                current.units.append(unit)
            else:
                current = current or self._headless(unit, open_, cut)
                current.units.append(unit)
            if carried is not None and unit.role in (Role.HEAD, Role.BODY):
                current.notices.append(carried.id)
                carried = None
            came = False
            met.append(current)
        return _latest(met) or open_

    def _turns(self, unit: Unit, current: Draft | None) -> bool:
        """Takes note of a continuation line; whether what comes after it is an article from another page.

        Between a headline and its text it says so of that headline's article.
        """
        notice = notice_of(unit.pieces[0].region)
        if notice is None or notice.bare:
            return False
        if current is not None and _awaits_text(current) and notice.points is not Points.ON:
            current.notices.append(unit.id)
            return False
        if notice.points is Points.BACK or current is None:
            return notice.points is not Points.ON
        current.closed = True
        current.notices.append(unit.id)
        return False

    def _head(self, unit: Unit, cut: Cut) -> Draft:
        if unit.id not in self.opened:
            self.opened[unit.id] = self._open(unit, cut, "its headline")
        return self.opened[unit.id]

    def _open(self, head: Unit | None, cut: Cut, reason: str) -> Draft:
        draft = Draft(head, cut=cut, reasons=[reason])
        self.drafts.append(draft)
        return draft

    def _belongs_below(self, column: Sequence[Unit], place: int, current: Draft | None) -> bool:
        """Whether a picture or a name right over a headline is that headline's, not the text's above."""
        if place + 1 >= len(column) or column[place + 1].role is not Role.HEAD:
            return False
        if column[place].role is not Role.FIGURE and column[place].kind not in _SIGNED:
            return False
        if current is None:
            return True
        below = column[place + 1].box.y0 - column[place].box.y1
        above = column[place].box.y0 - column[place - 1].box.y1
        return below < _NEARER * above

    def _running_under(self, column: Sequence[Unit], after: Sequence[Unit]) -> Draft | None:
        """The article whose end stands in this column, the first under a headline that spans the next one
        too, if it is so: it breaks off in the column beside it, reads on here, and the headline's text begins
        in the next column.
        """
        stream = [unit for unit in column if unit.role in (Role.HEAD, Role.BODY)]
        if [unit.role for unit in stream[:2]] != [Role.HEAD, Role.BODY]:
            return None
        if stream[0] not in after or stream[0].id in self.opened or Role.HEAD in {u.role for u in stream[1:]}:
            return None
        here, there = _running(stream), _running(after)
        if not here or not there:
            return None
        for draft in self.drafts:
            before = _running(draft.body())[-1:]
            wide = before and draft.box.width > _WIDE * before[0].box.width
            own = all(way is self.usual for unit in (*before, here[0]) for way in _ways(unit))
            if wide and own and not draft.closed and _runs_over(before[0], here, self.rules.pitch):
                comes, goes = continuity(before[0], here[0]), continuity(here[-1], there[0])
                return draft if comes >= _BREAKS_OFF and comes - goes > _BETTER else None
        return None

    def _headless(self, unit: Unit, open_: list[Draft], cut: Cut) -> Draft:
        """The article that a column's first text goes on from, or a new one without a headline."""
        over = self._over(unit, open_ if cut is Cut.COLUMN else ())
        if over is not None and over not in open_:
            open_ = [over, *open_]
        if not open_:
            return self._open(None, cut, "text without a headline opens the page")
        scores = [
            self._goes_on(draft, unit, draft is open_[-1]) + _UNDER * (draft is over) for draft in open_
        ]
        best = max(range(len(open_)), key=lambda n: (scores[n], n))
        draft = open_[best]
        if draft.closed and unit.role is Role.BODY:
            return self._open(None, cut, "text without a headline; the one before it goes on elsewhere")
        if cut in (Cut.RULE, Cut.ADVERT) and unit.role is not Role.FIGURE:
            last = draft.body()
            if not last or continuity(last[-1], unit) <= 0.5:
                return self._open(None, cut, f"text without a headline; {cut.value}")
        rivals = [score for n, score in enumerate(scores) if n != best]
        if rivals and scores[best] - max(rivals) < _FOOT:
            draft.doubt(0.8, "a column without a headline could go on from another article as well")
        return draft

    def _over(self, unit: Unit, before: Sequence[Draft]) -> Draft | None:
        """The article whose text ends above a unit in its column, no rule between them.

        None where an article that begins lower ends in the column ``before``: a row of articles begins
        between the two.
        """
        above = [
            (member.box.y1, number)
            for number, draft in enumerate(self.drafts)
            for member in draft.members
            if member.box.overlap_x(unit.box) > 0.5 * min(member.box.width, unit.box.width)
            and unit.box.y0 - _FAR * self.rules.pitch < member.box.y1 < unit.box.center[1]
        ]
        if not above:
            return None
        bottom, number = max(above)
        if any(draft.box.y0 > bottom for draft in before[-1:]):
            return None
        ruled = any(
            self.flat.boxes[n].overlap_x(unit.box) > 0.5 * unit.box.width
            for n in self.flat.across(bottom, unit.box.y0)
        )
        return None if ruled else self.drafts[number]

    def _goes_on(self, draft: Draft, unit: Unit, foot: bool) -> float:
        """How likely a text goes on from this article, for comparison with others."""
        score = (_FOOT if foot else 0.0) - (_CLOSED if draft.closed else 0.0)
        text = [u for u in draft.body() if u.pieces[0].region.lines]
        if text and unit.role is Role.BODY:
            score += 2 * _TEXT * (continuity(text[-1], unit) - 0.5)
        box = (draft.units or draft.members)[-1].box
        if unit.box.x0 > box.x0:
            x0, x1 = sorted((box.center[0], unit.box.center[0]))
            y0, y1 = box.y0 + 0.25 * box.height, box.y1 - 0.25 * box.height
            fenced = any(x0 < self.rules.boxes[n].center[0] < x1 for n in self.rules.across(y0, y1))
            score -= _FENCE if fenced else 0.0
        return score


def _ways(unit: Unit) -> list[Direction | None]:
    """The direction of a unit's first line, if it has any."""
    return [line.direction for line in unit.pieces[0].region.lines[:1]]


def _running(units: Sequence[Unit]) -> list[Unit]:
    return [unit for unit in units if unit.kind in RUNNING_TEXT]


def _runs_over(before: Unit, here: Sequence[Unit], pitch: float) -> bool:
    """Whether one text, by its place and shape, may break off at the foot of a column and go on in another:
    that column is the next and reaches as far down, its own last line is full, the other's first one begins
    no paragraph.
    """
    last, first = before.pieces[-1], here[0].pieces[0]
    short = here[0].box.width - last.box.width if last.slack is None else last.slack
    flush = first.indent is None or first.indent < _FULL * pitch
    level = here[-1].box.y1 > before.box.y0 - _FAR * pitch and here[0].box.y0 < before.box.y1
    beside = 0 <= here[0].box.x0 - before.box.x1 < 0.5 * before.box.width
    return short < _FULL * pitch and flush and level and beside


def _awaits_text(draft: Draft) -> bool:
    """Whether an article has a headline and nothing below it yet but pictures and other headings."""
    return draft.head is not None and not draft.body()


def _may_head(unit: Unit, cut: Cut) -> bool:
    """Whether a crosshead cannot be one: nothing that it could divide stands over it."""
    return unit.kind is RegionKind.CROSSHEAD and cut in (Cut.RULE, Cut.ADVERT)


def _latest(met: Sequence[Draft]) -> list[Draft]:
    """Each article once, in the order in which they were met last."""
    return list(reversed(dict.fromkeys(reversed(met))))
