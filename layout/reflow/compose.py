"""One page's articles, from regions to finished drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layout.document import Box, Region
from layout.reflow.articles import find_articles
from layout.reflow.classifieds import stacked
from layout.reflow.drafts import Draft
from layout.reflow.field import RowIndex
from layout.reflow.figures import group_figures, sort_figures, without_picture_frames
from layout.reflow.frame import Frame
from layout.reflow.heads import group_heads
from layout.reflow.notices import owner_of
from layout.reflow.panels import outside, part_panels
from layout.reflow.placing import nearest_draft
from layout.reflow.ranking import rank
from layout.reflow.settings import ReflowSettings
from layout.reflow.spans import widen_heads
from layout.reflow.turned import turn_back
from layout.reflow.units import Piece, Role, Unit, edges_of, role_of, to_pieces
from layout.reflow.zones import Grid, Zone, divide, leaves

_STREAM = (Role.BODY, Role.LOOSE, Role.NOTICE, Role.BOX)


@dataclass(frozen=True, slots=True)
class Composition:
    """The articles of a page (or box) in reading order, and what stands in none of them.

    ``quotes``, ``notices`` and ``boxes`` come with the number of their article in ``drafts``, or None.
    """

    drafts: tuple[Draft, ...]
    quotes: tuple[tuple[Unit, int | None], ...] = ()
    notices: tuple[tuple[Unit, int | None], ...] = ()
    boxes: tuple[tuple[Unit, int | None], ...] = ()
    adverts: tuple[Unit, ...] = ()


def compose(regions: Sequence[Region], frame: Frame, settings: ReflowSettings) -> Composition:
    """Regions (of a page or of a box) as articles."""
    pitch = frame.pitch
    pieces = to_pieces(regions, frame)
    by_role: dict[Role, list[Piece]] = {role: [] for role in Role}
    for piece in pieces:
        by_role[role_of(piece)].append(piece)
    rules = [edge for piece in by_role[Role.RULE] for edge in edges_of(piece.box, pitch)]
    rules = without_picture_frames(rules, by_role[Role.FIGURE], pitch)
    units = [Unit.of(role, [piece]) for role in _STREAM for piece in by_role[role]]
    units += [Unit.of(Role.ADVERT, stack) for stack in stacked(by_role[Role.ADVERT], pitch)]
    figures, doubtful = sort_figures(group_figures(by_role[Role.FIGURE], pitch), units, pitch)
    units += figures
    walls = [unit.box for unit in units if unit.role is not Role.NOTICE]
    units += group_heads(by_role[Role.HEAD], [*walls, *rules], pitch)
    quotes = [Unit.of(Role.QUOTE, [piece]) for piece in by_role[Role.QUOTE]]
    loose, panels = part_panels(units, by_role[Role.RULE], pitch)
    ground = _Ground(quotes, pitch, settings)
    root, drafts = ground.articles(loose, outside(rules, panels, pitch))
    place = {unit.id: n for n, unit in enumerate(unit for leaf in leaves(root) for unit in leaf.units)}
    for panel in panels:
        after = (
            n for n, draft in enumerate(drafts) if place.get(draft.members[0].id, -1) > place[panel.frame.id]
        )
        at = next(after, len(drafts))
        drafts[at:at] = ground.articles(panel.units, rules)[1]
    drafts = rank(drafts)
    turn_back(drafts, frame.direction, pitch)
    for figure in doubtful:
        home = nearest_draft(figure, drafts, pitch)
        if home:
            home.units.append(figure)
        else:
            drafts.append(Draft(units=[figure], reasons=["a picture that lies over text"]))
    return Composition(
        tuple(drafts),
        quotes=_placed(quotes, drafts, pitch),
        notices=tuple((u, _owner(u, drafts)) for u in units if u.role is Role.NOTICE),
        boxes=_placed(
            [u for u in units if u.role is Role.BOX], drafts, pitch, RowIndex.of(_upright(rules), pitch)
        ),
        adverts=tuple(
            Unit.of(unit.role, [piece]) for unit in units if unit.role is Role.ADVERT for piece in unit.pieces
        ),
    )


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the articles of a page and those in its frames have in common."""

    quotes: Sequence[Unit]
    pitch: float
    settings: ReflowSettings

    def articles(self, units: Sequence[Unit], rules: Sequence[Box]) -> tuple[Zone, list[Draft]]:
        """The zones and articles of these units, which stand among these rules."""
        quotes = tuple(quote.box for quote in self.quotes)
        units = widen_heads(units, rules, self.pitch, self.settings, quotes)
        flat = tuple(rule for rule in rules if rule.width > rule.height)
        grid = Grid(flat, tuple(_upright(rules)), self.pitch, self.settings, quotes)
        root = divide(units, grid)
        return root, find_articles(root, grid)


def _upright(rules: Sequence[Box]) -> list[Box]:
    return [rule for rule in rules if rule.height >= rule.width]


def _owner(notice: Unit, drafts: Sequence[Draft]) -> int | None:
    """The article a notice was met in; where it stood in no column of one, the one it stands at."""
    met = next((n for n, draft in enumerate(drafts) if notice.id in draft.notices), None)
    return owner_of(notice.pieces[0], drafts) if met is None else met


def _placed(
    units: Sequence[Unit], drafts: Sequence[Draft], pitch: float, rules: RowIndex | None = None
) -> tuple[tuple[Unit, int | None], ...]:
    placed: list[tuple[Unit, int | None]] = []
    for unit in units:
        draft = nearest_draft(unit, drafts, pitch, rules)
        placed.append((unit, next((n for n, d in enumerate(drafts) if d is draft), None)))
    return tuple(placed)
