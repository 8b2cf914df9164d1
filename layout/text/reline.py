"""Lines seen on the page, set right by a text layer that deserves it.

Ink is cut into lines before anything is read, and now and then amiss: two columns in one line, a
headline in two, a whole column in a box because a stroke ran through it. A sound layer knows better
which letters stand on one baseline. Only what it contradicts is changed:

- a seen line that holds several rows of the layer becomes so many lines;
- two seen lines with a word gap between them, in one row of the layer, become one;
- what was seen as lines across letters that are written in another direction is no line;
- rows of another direction on which nothing was seen become shapes of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from layout.document import Appearance, Box, LineShape, RegionKind, Segmentation, Shape
from layout.document.geometry import union
from layout.text.embedded_frames import UPRIGHT, numbered_lines
from layout.text.embedded_lines import Assigned
from layout.text.embedded_signs import INITIAL
from layout.text.reline_rows import OTHER_BASE, Row, ends_follow, line_shape, row_of_signs, rows_in
from layout.text.reline_sheet import Part, Sheet, rebuilt
from layout.text.reline_turned import add_turned, drop_crossed

#: Rows of one size differ by less than this factor.
_ONE_SIZE = 1.12
#: Text larger than the usual by this factor is a heading.
_LARGER = 1.2
#: A gap is one between words if it is at most so many times as wide as the others of the two rows, or
#: this share of the size where they have none, and the file goes on there.
_LIKE_WORD_GAPS, _WORD_GAP = 1.6, 0.42
#: ... or so many times, inside one column: words of a justified line of few words are set far apart.
_IN_COLUMN = 2.6
#: No gutter is as narrow as this (shares of the size, and of the rows' word gaps): whatever the file says.
_NO_GUTTER, _SAME_GAP = 0.3, 1.15
#: A bullet stands at most this far (in letter sizes) from the text it belongs to, an initial so far.
_BULLET_GAP, _INITIAL_GAP = 1.5, 0.5
#: Space characters in a gap fill at least this share of it.
_FILLED = 0.25
#: Number of the shape of rows that lie on no seen line.
_LOOSE = -1
#: Rows follow each other at most this many letter sizes apart, and share this part of the shorter one.
_PITCH, _SHARED = 2.3, 0.4


def relined(parts: Sequence[Assigned], segmentation: Segmentation) -> Segmentation:
    """The segmentation with its lines as the layer has them (page pixels); itself where it agrees.

    ``parts`` are the layer's signs as assigned to the segmentation's lines. Every shape that keeps a line
    keeps its kind and order; shapes left without any are dropped. The layer is believed: ask only where
    it is sound.
    """
    upright = next((part for part in parts if part.along == UPRIGHT), None)
    turned = [part for part in parts if part.along != UPRIGHT]
    sheet = Sheet(_seen_lines(segmentation, upright))
    usual = _usual_size(sheet.parts)
    _split(sheet, segmentation, usual)
    _join(sheet, segmentation)
    drop_crossed(sheet, turned)
    add_turned(sheet, turned)
    return rebuilt(segmentation, sheet) if sheet.changed or sheet.added else segmentation


def _seen_lines(segmentation: Segmentation, upright: Assigned | None) -> list[Part]:
    owners = [index for index, shape in enumerate(segmentation.walk()) for _ in shape.lines]
    found = upright.lines if upright else {}
    loose = [row for signs in (upright.loose if upright else ()) if (row := row_of_signs(signs))]
    seen = [
        Part(owner, line, row_of_signs(found[number]) if number in found and not rotation else None)
        for owner, (number, rotation, line) in zip(owners, numbered_lines(segmentation), strict=True)
    ]
    return seen + [Part(_LOOSE, LineShape(row.box, row.baseline), row, seen=False) for row in loose]


def _usual_size(parts: Iterable[Part]) -> float:
    """The size of most letters."""
    sizes = sorted(sign.size for part in parts if part.row for sign in part.row.signs)
    return sizes[len(sizes) // 2] if sizes else 0.0


# --- one seen line, several rows --------------------------------------------------------------------


def _split(sheet: Sheet, segmentation: Segmentation, usual: float) -> None:
    shapes = list(segmentation.walk())
    kept: list[Part] = []
    for part in sheet.parts:
        rows = rows_in(part.row) if part.row else []
        if len(rows) < 2:
            kept.append(part)
            continue
        sheet.changed.add(part.shape)
        blocks = _blocks(rows)
        alone = len(shapes[part.shape].lines) == 1
        like = [_like(block[0], sheet.parts, part.line) for block in blocks]
        if len(blocks) == 1:
            kept += [
                Part(part.shape, line_shape(row, like[0], part.line.box, rows), row, seen=False)
                for row in blocks[0]
            ]
            continue
        own = 0 if alone else _nearest(blocks, part, sheet.parts)
        for number, block in enumerate(blocks):
            if number == own:
                kept += _own_parts(part, block, like[number], rows)
            else:
                new = _shape_of(block, like[number], shapes[part.shape], usual, (part.line.box, rows))
                sheet.beside.setdefault(part.shape, []).append(new)
    sheet.parts = kept


def _own_parts(part: Part, block: Sequence[Row], like: LineShape, rows: Sequence[Row]) -> list[Part]:
    """The rows of a block as lines of the shape that the seen line was in."""
    box = part.line.box
    return [Part(part.shape, line_shape(row, like, box, rows), row, seen=False) for row in block]


def _blocks(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows (by baseline) of one size that stand below each other, as blocks."""
    blocks: list[list[Row]] = []
    for row in rows:
        for block in blocks:
            if _follows(block[-1], row):
                block.append(row)
                break
        else:
            blocks.append([row])
    return blocks


def _follows(above: Row, below: Row) -> bool:
    sizes = sorted((above.size, below.size))
    shared = min(above.u1, below.u1) - max(above.u0, below.u0)
    return (
        sizes[1] < _ONE_SIZE * sizes[0]
        and above.bold == below.bold
        and 0 < below.base - above.base < _PITCH * sizes[1]
        and shared > _SHARED * min(above.u1 - above.u0, below.u1 - below.u0)
    )


def _nearest(blocks: Sequence[Sequence[Row]], part: Part, parts: Sequence[Part]) -> int:
    """The block that goes best with the other lines of the shape."""
    others = [other.row for other in parts if other.shape == part.shape and other is not part and other.row]
    if not others:
        return 0

    def away(block: Sequence[Row]) -> float:
        return min(
            abs(row.size - other.size) + max(0.0, row.u0 - other.u1, other.u0 - row.u1)
            for row in block
            for other in others
        )

    return min(range(len(blocks)), key=lambda number: away(blocks[number]))


def _like(row: Row, parts: Sequence[Part], fallback: LineShape) -> LineShape:
    """A seen line of one row in letters of the same size, for what it measured of them."""
    near = [
        part.line
        for part in parts
        if part.row is not None
        and part.line is not fallback
        and part.row.bold == row.bold
        and max(part.row.size, row.size) < _ONE_SIZE * min(part.row.size, row.size)
        and part.line.box.height < 2 * row.size
    ]
    if near:
        return near[0]
    return replace(fallback, appearance=Appearance(light_on_dark=fallback.appearance.light_on_dark))


def _shape_of(
    block: Sequence[Row], like: LineShape, parent: Shape, usual: float, seen: tuple[Box, Sequence[Row]]
) -> Shape:
    size = block[0].size
    kind = RegionKind.UNKNOWN
    if size > _LARGER * usual:
        kind = RegionKind.HEADLINE
    elif len(block) > 1:
        kind = RegionKind.PARAGRAPH
    lines = tuple(line_shape(row, like, *seen) for row in block)
    return Shape(
        kind,
        union(line.box for line in lines),
        lines,
        reason="a row of the text layer",
        column=parent.column,
        appearance=like.appearance,
    )


# --- several seen lines, one row --------------------------------------------------------------------


def _join(sheet: Sheet, segmentation: Segmentation) -> None:
    rules = [shape.box for shape in segmentation.walk() if shape.kind is RegionKind.SEPARATOR]
    hulls = {number: shape.box for number, shape in enumerate(segmentation.walk())}
    counts = Counter(part.shape for part in sheet.parts)
    counts[_LOOSE] = 0
    gone: set[int] = set()
    current = {id(part): part for part in sheet.parts}
    for left, right in _neighbours([part for part in sheet.parts if part.row]):
        left, right = current[id(left)], current[id(right)]
        if left is right or not _one_row(left, right, counts, hulls, rules):
            continue
        if (counts[left.shape], _length(left)) < (counts[right.shape], _length(right)):
            small, large = left, right
        else:
            small, large = right, left
        _unite(small, large)
        gone.add(id(small))
        for key, part in current.items():
            if part is small:
                current[key] = large
        sheet.changed |= {small.shape, large.shape}
    sheet.parts = [part for part in sheet.parts if id(part) not in gone]


def _neighbours(parts: Sequence[Part]) -> Iterator[tuple[Part, Part]]:
    """Pairs of lines on about one baseline, the left one first, by the place of the right one."""
    usual = _usual_size(parts)
    ordered = sorted(parts, key=lambda part: part.row.base if part.row else 0.0)
    pairs: list[tuple[float, int, Part, Part]] = []
    for place, part in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if not part.row or not other.row or other.row.base - part.row.base > max(usual, other.row.size):
                break
            left, right = sorted((part, other), key=lambda p: p.row.u0 if p.row else 0.0)
            if left.row and right.row and right.row.u0 - left.row.u1 < _BULLET_GAP * right.row.size:
                pairs.append((right.row.u0, len(pairs), left, right))
    return ((left, right) for _, _, left, right in sorted(pairs, key=lambda pair: pair[:2]))


def _length(part: Part) -> float:
    return part.row.u1 - part.row.u0 if part.row else 0.0


def _unite(small: Part, large: Part) -> None:
    assert small.row and large.row
    large.row = row_of_signs((*large.row.signs, *small.row.signs))
    assert large.row
    box = union((small.line.box, large.line.box))
    own, row = large.line.box, large.row.box
    box = replace(box, y0=max(box.y0, min(own.y0, row.y0)), y1=min(box.y1, max(own.y1, row.y1)))
    points = tuple(sorted((*small.line.baseline, *large.line.baseline)))
    large.line = replace(large.line, box=box, baseline=points or large.row.baseline, polygon=None)


def _one_row(
    left: Part, right: Part, counts: Mapping[int, int], hulls: Mapping[int, Box], rules: Sequence[Box]
) -> bool:
    """Whether the right line goes on where the left one ends, with no more than a word gap between."""
    a, b = left.row, right.row
    assert a and b
    size = min(a.size, b.size)
    gap = b.u0 - a.u1
    if gap <= -OTHER_BASE * size:
        return False
    if (a.is_sign != b.is_sign and _is_bullet(a, b, gap)) or _is_initial(a, b, gap):
        return True
    if abs(a.base - b.base) > OTHER_BASE * size or max(a.size, b.size) > _ONE_SIZE * size:
        return False
    usual = max(a.word_gap, b.word_gap)
    inside = any(_is_inside(b if part is left else a, hulls.get(part.shape)) for part in (left, right))
    widest = _IN_COLUMN if inside else _LIKE_WORD_GAPS
    if gap > (widest * usual if usual else _WORD_GAP * size):
        return False
    if gap > max(_NO_GUTTER * size, min(_SAME_GAP * usual, _WORD_GAP * size)):
        if left.shape != right.shape and min(counts[left.shape], counts[right.shape]) > 2:
            return False  # two blocks of text side by side: a narrow gutter
        if not ends_follow(a, b) and not _stated_space(a, b):
            return False
    between = Box(a.u1 - 1, a.base - size, b.u0 + 1, a.base)
    return not any(rule.height > size and rule.intersection(between) > 0 for rule in rules)


def _is_inside(row: Row, hull: Box | None) -> bool:
    """Whether a row lies within the width of a shape it is not part of."""
    return hull is not None and hull.x0 - row.size / 4 <= row.u0 and row.u1 <= hull.x1 + row.size / 4


def _is_bullet(a: Row, b: Row, gap: float) -> bool:
    """Whether one row is a sign that is no letter, beside text that the file has next to it."""
    sign, text = (a, b) if a.is_sign else (b, a)
    return (
        gap < _BULLET_GAP * text.size
        and sign.u1 - sign.u0 < text.size
        and abs(sign.base - text.base) < 2 * OTHER_BASE * text.size
        and ends_follow(a, b)
    )


def _is_initial(a: Row, b: Row, gap: float) -> bool:
    """Whether the left row is one large letter beside the first line of the text it begins."""
    return (
        a.single
        and a.size > INITIAL * b.size
        and gap < _INITIAL_GAP * b.size
        and abs((a.base - 0.7 * a.size) - (b.base - 0.7 * b.size)) < _WORD_GAP * b.size
        and ends_follow(a, b)
    )


def _stated_space(left: Row, right: Row) -> bool:
    """Whether the file has spaces in the gap that fill a good part of it."""
    filled = sum(
        max(0.0, min(sign.u1, right.u0) - max(sign.u0, left.u1))
        for sign in (*left.signs[-3:], *right.signs[:3])
        if sign.text.isspace()
    )
    return filled > _FILLED * (right.u0 - left.u1)
