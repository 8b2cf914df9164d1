"""The rows that the signs of a text layer form: what stands on one baseline and belongs together.

A row is what a typesetter would call a line. Seen lines are compared with them (`reline`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from layout.document import Box, LineShape, Point
from layout.text.embedded_signs import INITIAL, Sign

#: Baselines further apart than this share of the letters' size are those of two lines; exponents and
#: fractions stay below it.
_ROW_GAP = 0.5
#: A row of smaller letters than this share beside larger ones is an exponent or a note, no line.
_SMALL = 0.7
#: A row is a line of its own from this width on (in letter sizes).
_LEAST_WIDTH = 1.0
#: White between letters narrower than this share of the size parts no words.
_WORD_GAP = 0.12
#: Rows set beside each other: so wide a gap (in letter sizes, in word gaps) parts columns, or half of it
#: where the file goes on elsewhere or the type changes.
_COLUMN_GAP, _COLUMN_GAPS = 1.0, 3.0
#: Signs of one run follow each other in the file; a space and marks may come between.
FOLLOWING = 4
#: Type changes where size or baseline differ by more than these shares of the size.
_OTHER_SIZE, OTHER_BASE = 1.15, 0.12
#: Letters reach this far above and below the baseline.
_ABOVE, _BELOW = 0.8, 0.25
_NARROW = 0.02
#: More large letters than this in one seen line are no initials.
_INITIALS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """Signs on one baseline that belong together, by ascending u.

    ``word_gap`` is the usual gap between words, 0 where none was seen; ``widest`` the widest gap and
    ``spread`` the distance of the baselines furthest apart, by which most rows are seen to be one.
    """

    signs: tuple[Sign, ...]
    u0: float
    u1: float
    base: float
    size: float
    word_gap: float
    widest: float = 0.0
    spread: float = 0.0

    @property
    def box(self) -> Box:
        """About the ink, in the frame of the direction of writing."""
        return Box(self.u0, self.base - _ABOVE * self.size, self.u1, self.base + _BELOW * self.size)

    @property
    def baseline(self) -> tuple[Point, Point]:
        return (self.u0, self.base), (self.u1, self.base)

    @property
    def single(self) -> bool:
        return sum(not sign.text.isspace() for sign in self.signs) == 1

    @property
    def is_sign(self) -> bool:
        """Whether it is nothing but one sign that is no ordinary letter or digit: a bullet perhaps."""
        text = "".join(sign.text for sign in self.signs).strip()
        return len(text) == 1 and not (text.isascii() and text.isalnum())

    @property
    def bold(self) -> bool:
        return 2 * sum(sign.bold for sign in self.signs) > len(self.signs)


def row_of_signs(signs: Sequence[Sign]) -> Row | None:
    """The row of these signs; None where all are white space."""
    ordered = sorted(signs, key=_start)
    shown = [sign for sign in ordered if not sign.text.isspace()]
    if not shown:
        return None
    wide = [sign for sign in shown if sign.u1 - sign.u0 > _NARROW * sign.size] or shown
    bases = sorted([sign.base for sign in wide])
    size = _middle([sign.size for sign in wide])
    gaps = _gaps(shown)
    words = [gap for gap in gaps if gap > _WORD_GAP * size]
    return Row(
        tuple(ordered),
        shown[0].u0,
        max([sign.u1 for sign in shown]),
        bases[len(bases) // 2],
        size,
        _middle(words) if words else 0.0,
        max(gaps, default=0.0),
        bases[-1] - bases[0],
    )


_start = attrgetter("u0")


def rows_in(row: Row) -> list[Row]:
    """The lines that the signs of one seen line really form, top to bottom; mostly just one."""
    least = min([sign.size for sign in row.signs])
    if row.spread <= _ROW_GAP * least and 2 * row.widest <= _COLUMN_GAP * row.size:
        return [row]
    parts = _by_base(row.signs)
    several = len(parts) > 1
    found = [new for part in parts for piece in _by_gaps(part, several) if (new := row_of_signs(piece))]
    return sorted(found, key=lambda row: (row.base, row.u0))


def ends_follow(left: Row, right: Row) -> bool:
    """Whether the file goes on from the end of one row to the begin of the other, whichever way it writes."""
    ends = [sign.sequence for sign in left.signs[-3:]]
    starts = [sign.sequence for sign in right.signs[:3]]
    return min(abs(a - b) for a in ends for b in starts) <= FOLLOWING


def _by_base(signs: Sequence[Sign]) -> list[list[Sign]]:
    wide = sorted(
        (sign for sign in signs if not sign.text.isspace() and sign.u1 - sign.u0 > _NARROW * sign.size),
        key=lambda sign: sign.base,
    )
    if len(wide) < 2:
        return [list(signs)]
    usual = _middle([sign.size for sign in wide])
    large = [sign for sign in wide if sign.size >= INITIAL * usual]
    initials = {id(sign) for sign in large} if len(large) <= _INITIALS else set()
    body = [sign for sign in wide if id(sign) not in initials]
    cuts = [
        (a.base + b.base) / 2 for a, b in pairwise(body) if b.base - a.base > _ROW_GAP * min(a.size, b.size)
    ]
    rows: list[list[Sign]] = [[] for _ in range(len(cuts) + 1)]
    for sign in signs:
        # An initial stands on the baseline of a later line, and belongs to the one whose top it shares.
        base = sign.base - (sign.size - usual) * _ABOVE if id(sign) in initials else sign.base
        rows[sum(cut < base for cut in cuts)].append(sign)
    return _without_scraps([row for row in rows if row])


def _without_scraps(rows: list[list[Sign]]) -> list[list[Sign]]:
    """The rows, with those that are no lines (a lone sign, an exponent) put to the nearest one."""
    lines = [row for row in rows if _is_line(row)]
    scraps = [row for row in rows if not _is_line(row)]
    for small in sorted(lines, key=_size):
        if any(_beside(small, row) for row in lines if row is not small):
            lines.remove(small)
            scraps.append(small)
    if not lines:
        return [[sign for row in rows for sign in row]]
    for scrap in scraps:
        base = _middle([sign.base for sign in scrap])
        min(lines, key=lambda row: abs(_middle([sign.base for sign in row]) - base)).extend(scrap)
    return lines


def _is_line(row: Sequence[Sign]) -> bool:
    shown = [sign for sign in row if not sign.text.isspace()]
    if len(shown) < 2:
        return False
    return max(s.u1 for s in shown) - min(s.u0 for s in shown) >= _LEAST_WIDTH * _size(shown)


def _size(row: Sequence[Sign]) -> float:
    return _middle([sign.size for sign in row])


def _beside(small: Sequence[Sign], row: Sequence[Sign]) -> bool:
    """Whether a row is one of small signs next to a row of larger ones: exponents, not a line."""
    size = _size(row)
    over = min(max(s.u1 for s in small), max(s.u1 for s in row)) - max(
        min(s.u0 for s in small), min(s.u0 for s in row)
    )
    near = abs(_middle([s.base for s in small]) - _middle([s.base for s in row])) < size
    return near and _size(small) < _SMALL * size and over <= 0 and -over < _COLUMN_GAP * size


def _by_gaps(signs: Sequence[Sign], several: bool) -> list[list[Sign]]:
    """Signs on one baseline, parted where columns are; ``several``: they stood among other baselines."""
    shown = sorted((sign for sign in signs if not sign.text.isspace()), key=lambda sign: sign.u0)
    if len(shown) < 4:
        return [list(signs)]
    size = _middle([sign.size for sign in shown])
    word_gaps = [gap for gap in _gaps(shown) if gap > _WORD_GAP * size]
    word_gap = _middle(word_gaps) if word_gaps else 0.0
    cuts: list[float] = []
    reach = shown[0].u1
    for place in range(1, len(shown)):
        right = shown[place]
        gap = right.u0 - reach
        if gap > _WORD_GAP * size and _parts(shown, place, gap, size, word_gap, several):
            cuts.append(reach + gap / 2)
        reach = max(reach, right.u1)
    pieces: list[list[Sign]] = [[] for _ in range(len(cuts) + 1)]
    for sign in signs:
        pieces[sum(cut < sign.center for cut in cuts)].append(sign)
    return [piece for piece in pieces if piece]


def _parts(
    shown: Sequence[Sign], place: int, gap: float, size: float, word_gap: float, several: bool
) -> bool:
    """Whether the gap before ``shown[place]`` parts two lines that stand side by side."""
    left, right = shown[max(0, place - 3) : place], shown[place : place + 3]
    apart = min(abs(a.sequence - b.sequence) for a in left for b in right) > FOLLOWING
    changed = _changes(left, right)
    wide = gap > max(_COLUMN_GAP * size, _COLUMN_GAPS * word_gap)
    if several:
        return wide or (2 * gap > _COLUMN_GAP * size and (apart or changed))
    return changed and apart and 2 * gap > _COLUMN_GAP * size and min(place, len(shown) - place) >= 3


def _changes(left: Sequence[Sign], right: Sequence[Sign]) -> bool:
    sizes = sorted((_middle([s.size for s in left]), _middle([s.size for s in right])))
    bases = _middle([s.base for s in left]), _middle([s.base for s in right])
    return sizes[1] > _OTHER_SIZE * sizes[0] or abs(bases[0] - bases[1]) > OTHER_BASE * sizes[0]


def _gaps(shown: Sequence[Sign]) -> list[float]:
    gaps: list[float] = []
    reach = shown[0].u1
    for sign in shown[1:]:
        gaps.append(sign.u0 - reach)
        reach = max(reach, sign.u1)
    return gaps


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def line_shape(row: Row, like: LineShape, seen: Box, rows: Sequence[Row]) -> LineShape:
    """The row as a line of the page (upright text), with the looks of another one.

    Its box stays inside what was ``seen`` and above the ``rows`` that stand below it.
    """
    box = row.box
    below = [
        other.box.y0
        for other in rows
        if other.base > row.base and min(other.u1, row.u1) > max(other.u0, row.u0)
    ]
    bottom = min([box.y1, max(seen.y1, row.base), *(max(top, row.base) for top in below)])
    box = replace(box, y0=min(max(box.y0, seen.y0), row.base - row.size / 4), y1=bottom)
    return LineShape(box, row.baseline, appearance=like.appearance)
