"""Headlines with their kickers, decks, bylines and datelines.

What was cut in two by the segmentation is put together again, and small display close to a headline goes
with it: whatever is set as display opens an article here, so a piece left over makes an article too many.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence

from layout.document import Box, RegionKind, union
from layout.reflow.field import RowIndex
from layout.reflow.units import Piece, Role, Unit

_CORE = frozenset({RegionKind.KICKER, RegionKind.HEADLINE, RegionKind.SUBHEADLINE})
_SIGNED = frozenset({RegionKind.BYLINE, RegionKind.DATELINE})
_RANK = {
    RegionKind.KICKER: 0,
    RegionKind.HEADLINE: 1,
    RegionKind.SUBHEADLINE: 2,
    RegionKind.BYLINE: 3,
    RegionKind.DATELINE: 4,
}
_REACH = 4.0  # line pitches between a headline and what belongs to it: more is another article's
_FAR = 5.0  # what keeps a kicker or deck apart at most, ways down, sideways, strange columns added up
_SIDEWAYS = 0.15  # a pitch to the side counts as much as this share of a pitch down
_EVEN = 1.25  # sizes that differ by less are one size
_SMALLER = 0.8  # of a headline's size: what is smaller is no second headline of its kind
_LEADING, _CENTRED = 0.5, 0.75  # of its size: white between lines of one headline; between centred ones
_STEP = 1.2  # line pitches between a headline and a kicker or deck right at it
_BELOW = 10.0  # line pitches under a headline in which its text shows its columns
_STRANGE = 2.0  # what it costs, in line pitches, to stand over a column that the headline does not touch
_OVER = 0.4  # line pitches by which a headline may stand over the edge of its column
_TOUCH = 0.35  # line pitches by which what stands beside a column may reach into it
_WORD_SPACE = 0.33  # of the letters' height: what usually parts words on one line


def core(head: Unit) -> Box:
    """The head's kicker, headline and deck; all of it where it has none of these."""
    boxes = [piece.box for piece in head.pieces if piece.kind in _CORE]
    return union(boxes) if boxes else head.box


def group_heads(display: Sequence[Piece], others: Sequence[Box], pitch: float) -> list[Unit]:
    """Display pieces as heads, each opening an article; ``others`` are the boxes of what stands between.

    A piece of display that finds no headline opens one of its own, but a byline, dateline or deck that
    stands right under text is that text's and comes back as a unit of BODY.
    """
    order = sorted(display, key=lambda p: (p.box.y0, p.box.x0))
    titles = [p for p in order if p.kind is RegionKind.HEADLINE]
    walls = RowIndex.of(others, pitch)
    groups = _bridged(_stack(titles, walls, pitch), order, pitch)
    loose: list[Piece] = []
    for piece in sorted(
        (p for p in order if p.kind is not RegionKind.HEADLINE), key=lambda p: (_RANK[p.kind], p.box.y0)
    ):
        home = _nearest(piece, groups, walls, pitch)
        if home is None:
            loose.append(piece)
        else:
            home.append(piece)
    units = [Unit.of(Role.HEAD, _in_order(group)) for group in _absorbed(groups, walls, pitch)]
    return units + _settle(loose, walls)


def _in_order(group: Sequence[Piece]) -> list[Piece]:
    """Kicker, headline, deck, byline, dateline; of one kind from top to bottom, on one line as it is read."""
    done: list[Piece] = []
    for piece in sorted(group, key=lambda p: (_RANK[p.kind], p.box.y0, p.box.x0)):
        place = len(done)
        while place and _on_line_before(piece, done[place - 1]):
            place -= 1
        done.insert(place, piece)
    return done


def _on_line_before(piece: Piece, other: Piece) -> bool:
    level = piece.box.overlap_y(other.box) > 0.5 * min(piece.box.height, other.box.height)
    return piece.kind is other.kind and level and piece.box.x0 < other.box.x0


def _bridged(groups: list[list[Piece]], display: Sequence[Piece], pitch: float) -> list[list[Piece]]:
    """Groups with halves of a headline put together: on one line, with one deck under both."""
    done: list[list[Piece]] = []
    for group in groups:
        for other in done[-8:]:
            if _one_line(other[-1], group[0]) and _deck_under(other[-1].box, group[0].box, display, pitch):
                other.extend(group)
                break
        else:
            done.append(group)
    return done


def _one_line(a: Piece, b: Piece) -> bool:
    low, high = sorted((_size(a), _size(b)))
    level = a.box.overlap_y(b.box) > 0.5 * min(a.box.height, b.box.height)
    return high <= _EVEN * low and level and -a.box.overlap_x(b.box) < 2 * _WORD_SPACE * low


def _deck_under(a: Box, b: Box, display: Sequence[Piece], pitch: float) -> bool:
    bottom = max(a.y1, b.y1)
    return any(
        piece.box.overlap_x(a) > 0.3 * a.width
        and piece.box.overlap_x(b) > 0.3 * b.width
        and abs(piece.box.y0 - bottom) < _STEP * pitch
        for piece in display
    )


def _absorbed(groups: list[list[Piece]], walls: RowIndex, pitch: float) -> list[list[Piece]]:
    """Groups with small display right under a larger head put to it: decks taken for headlines."""
    done: list[list[Piece]] = []
    for group in sorted(groups, key=lambda g: min(p.box.y0 for p in g)):
        small = union(p.box for p in group)
        for other in done[-8:]:
            large = union(p.box for p in other)
            if (
                all(piece.kind is RegionKind.HEADLINE for piece in group)
                and max(map(_size, group)) < _SMALLER * max(map(_size, other))
                and -0.5 * pitch < small.y0 - large.y1 < _STEP * pitch
                and small.overlap_x(large) > 0.5 * small.width
                and not _walled(small, large, walls)
            ):
                other.extend(group)
                break
        else:
            done.append(group)
    return done


def _stack(titles: Sequence[Piece], walls: RowIndex, pitch: float) -> list[list[Piece]]:
    """Headlines cut into several regions put together, and with what stands close over or under them.

    Lines of one size belong together only at their own leading (two short headlines may follow each
    other); lines of another size are a kicker or a deck that was taken for a headline.
    """
    groups: list[list[Piece]] = []
    for piece in titles:
        for group in groups[-8:]:
            if _same_title(group[-1], piece, walls, pitch):
                group.append(piece)
                break
        else:
            groups.append([piece])
    return groups


def _same_title(a: Piece, b: Piece, walls: RowIndex, pitch: float) -> bool:
    size_a, size_b = _size(a), _size(b)
    even = max(size_a, size_b) <= _EVEN * min(size_a, size_b)
    if a.box.overlap_y(b.box) > 0.5 * min(a.box.height, b.box.height):
        gap = -a.box.overlap_x(b.box)
        near = gap < 2 * _WORD_SPACE * min(size_a, size_b)
        return even and near and not _over_gutter(a.box, b.box, walls)
    gap = -a.box.overlap_y(b.box)
    wide = a.box.overlap_x(b.box) > 0.5 * min(a.box.width, b.box.width)
    centred = abs(a.box.center[0] - b.box.center[0]) < 0.5 * pitch
    leading = (_CENTRED if centred else _LEADING) * min(size_a, size_b)
    return wide and gap < (leading if even else _STEP * pitch) and not _walled(a.box, b.box, walls)


def _over_gutter(a: Box, b: Box, walls: RowIndex) -> bool:
    """Whether two pieces on one line stand each over a column of its own, none reaching over its edge."""
    a, b = (a, b) if a.x0 < b.x0 else (b, a)
    x, bottom = (a.x1 + b.x0) / 2, max(a.y1, b.y1)
    below = [walls.boxes[n] for n in walls.across(bottom, bottom + _BELOW * walls.pitch)]
    left = [box.x1 for box in below if box.x1 <= x + walls.pitch and box.overlap_x(a) > 0]
    right = [box.x0 for box in below if box.x0 >= x - walls.pitch and box.overlap_x(b) > 0]
    if not left or not right:
        return False
    over = _OVER * walls.pitch
    return a.x1 <= max(left) + over and b.x0 >= min(right) - over


def main_title(head: Unit) -> list[Piece]:
    """The head's largest pieces among those of kind HEADLINE, in their order."""
    titles = [piece for piece in head.pieces if piece.kind is RegionKind.HEADLINE]
    largest = max((_size(piece) for piece in titles), default=0.0)
    return [piece for piece in titles if _size(piece) * _EVEN >= largest]


def size_of_head(head: Unit) -> float:
    """The line height of the head's largest piece."""
    return max(map(_size, head.pieces))


def _size(piece: Piece) -> float:
    """Height of the piece's lines; of the piece where it has none."""
    heights = [line.box.height for line in piece.region.lines]
    return statistics.median(heights) if heights else piece.box.height


def _nearest(piece: Piece, groups: list[list[Piece]], walls: RowIndex, pitch: float) -> list[Piece] | None:
    """The group this kicker, deck, byline or dateline stands next to, on the side where it may."""
    best: tuple[float, list[Piece]] | None = None
    column = _column_under(piece.box, walls)
    signs_off = piece.kind in _SIGNED and _is_under_text(piece, walls)
    for group in groups:
        top, bottom = min(p.box.y0 for p in group), max(p.box.y1 for p in group)
        if top - piece.box.y1 > _REACH * pitch or piece.box.y0 - bottom > _REACH * pitch:
            continue
        box = union(p.box for p in group)
        if signs_off and box.overlap_x(piece.box) <= 0:
            continue
        above = piece.box.center[1] < box.center[1]
        inside = box.covers(piece.box, 0.3)
        if piece.kind is RegionKind.KICKER and not (above or inside) and piece.box.y0 > box.y0 + pitch:
            continue
        cost = _apart(piece.box, box, pitch)
        if column and column.overlap_x(box) <= 0:
            cost += _STRANGE * pitch
        if piece.kind in (RegionKind.BYLINE, RegionKind.DATELINE) and above:
            cost += 2 * pitch
        # A name below stands where the text begins, however far aside.
        near = cost < _FAR * pitch or (piece.kind in _SIGNED and not above)
        if near and (best is None or cost < best[0]) and not _walled(piece.box, box, walls):
            best = cost, group
    return best[1] if best else None


def _column_under(box: Box, walls: RowIndex) -> Box | None:
    """The first text or picture under a piece of display: the column it stands over."""
    below = [
        walls.boxes[n]
        for n in walls.across(box.y1, box.y1 + _BELOW * walls.pitch)
        if walls.boxes[n].y0 > box.center[1]
        and walls.boxes[n].overlap_x(box) > 0.5 * box.width
        and walls.boxes[n].height > walls.pitch
    ]
    return min(below, key=lambda b: b.y0) if below else None


def _apart(a: Box, b: Box, pitch: float) -> float:
    """What keeps two pieces of display apart: the way up or down, and standing in different columns."""
    down = max(0.0, -a.overlap_y(b))
    aside = -a.overlap_x(b)
    if aside <= -0.3 * min(a.width, b.width):
        return down
    level = pitch if a.overlap_y(b) > 0.3 * min(a.height, b.height) else 0.0
    return down + level + pitch + _SIDEWAYS * max(0.0, aside)


def _walled(a: Box, b: Box, walls: RowIndex) -> bool:
    """Whether something stands in the strip between two boxes: between them in height, or in width."""
    y0, y1 = min(a.y1, b.y1), max(a.y0, b.y0)
    level = y1 <= y0
    if level:
        y0, y1 = max(a.y0, b.y0), min(a.y1, b.y1)
        x0, x1 = min(a.x1, b.x1), max(a.x0, b.x0)
    else:
        x0, x1 = max(a.x0, b.x0), min(a.x1, b.x1)
    if x0 > x1:
        x0, x1 = min(a.x1, b.x1), max(a.x0, b.x0)
    strip = Box(x0, y0, max(x1, x0 + 1e-6), max(y1, y0 + 1e-6))
    return any(
        walls.boxes[n].overlap_x(strip) > 0
        and walls.boxes[n].overlap_y(strip) > 0
        and (level or not _beside(walls.boxes[n], strip, walls.pitch))
        for n in walls.across(strip.y0, strip.y1)
    )


def _beside(wall: Box, strip: Box, pitch: float) -> bool:
    """Whether an upright rule beside the column merely touches its edge."""
    outside = not strip.x0 < wall.center[0] < strip.x1
    return outside and wall.height > 2 * pitch and wall.overlap_x(strip) < _TOUCH * pitch


def _settle(loose: Iterable[Piece], walls: RowIndex) -> list[Unit]:
    units: list[Unit] = []
    for piece in loose:
        under = piece.kind is not RegionKind.KICKER and _is_under_text(piece, walls)
        units.append(Unit.of(Role.BODY if under else Role.HEAD, [piece]))
    return units


def _is_under_text(piece: Piece, walls: RowIndex) -> bool:
    """Whether something stands right above a piece of display over half of its width."""
    near = Box(piece.box.x0, piece.box.y0 - 1.5 * walls.pitch, piece.box.x1, piece.box.y0)
    return any(
        walls.boxes[n].overlap_x(near) > 0.5 * piece.box.width
        for n in walls.across(near.y0, near.y1)
        if walls.boxes[n].y1 < piece.box.center[1]
    )
