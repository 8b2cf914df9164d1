"""The text layer of a PDF, read line by line: words in logical order with their places.

    glyphs -> signs on a line -> clusters by x -> kashidas -> gaps -> reading order -> words

Nothing of the file's own order is believed: it is visual in some producers, logical in others, and mixed
after extraction. The lines come from the segmentation (where the ink is); glyphs on no line are given
back as loose lines, so that nothing is lost. Text is as printed: presentation forms opened, brackets by
meaning, ZWNJ where the page shows it, tatweel kept. Beside it stands the normalised reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from layout.document import Box, Direction, Point, Segmentation, TextLayer
from layout.document.many import no_collection
from layout.language import LANGUAGES
from layout.text.embedded_clusters import row_of
from layout.text.embedded_frames import frame_box, numbered_lines
from layout.text.embedded_gaps import Gaps, judge_gaps
from layout.text.embedded_kashida import name_kashidas
from layout.text.embedded_layer import LayerSigns, Run, layer_signs
from layout.text.embedded_lines import Assigned, assign
from layout.text.embedded_marks import MarkHabits, is_vowel, mark_votes, order_votes
from layout.text.embedded_order import LEFT, RIGHT
from layout.text.embedded_plain import plain_rows
from layout.text.embedded_print import PrintedLine, PrintedWord, Printer, ReadLine
from layout.text.embedded_row import Row
from layout.text.embedded_rows import stacked_rows
from layout.text.embedded_signs import Sign, traits
from layout.text.embedded_words import numbers_whole, read_row

__all__ = ["LayerText", "PrintedLine", "PrintedWord", "read_layer"]

#: A shape is read against the page's direction if this share of its letters is of the other script.
_OTHER_SCRIPT = 0.8
_ENOUGH_LETTERS = 6
#: Signs that no line of words begins with.
_CLOSING = frozenset(".,;:!?/")


@dataclass(frozen=True, slots=True)
class LayerText:
    """What a layer says on each line of a segmentation.

    ``shapes`` holds for every shape in walk order a tuple with one entry for each of its lines, None
    where the layer has nothing; a line without words is one whose ink belongs to words of other lines.
    ``loose`` are lines that the page shows outside all shapes, top to bottom; ``unseen`` counts the
    signs of loose lines drawn without ink or in white, which are no text of the page. ``glyphs`` counts
    the signs on lines, ``doubled`` those drawn twice (left out once), ``misplaced`` those without a
    possible place, ``outside`` those off the page.
    """

    shapes: tuple[tuple[PrintedLine | None, ...], ...]
    loose: tuple[PrintedLine, ...] = ()
    glyphs: int = 0
    doubled: int = 0
    misplaced: int = 0
    outside: int = 0
    unseen: int = 0


def read_layer(
    layer: TextLayer,
    segmentation: Segmentation,
    language_code: str | None,
    direction: Direction,
) -> LayerText:
    """The words of a text layer on the lines of a segmentation (both in page pixels).

    ``direction`` is the page's; a shape set in the other script is read in its own. ``language_code``
    (BCP 47 or None) decides the normalised reading, and whether a lost ZWNJ is looked for. Glyphs with
    impossible places are left out and counted in ``misplaced``. Never raises on odd layers.
    """
    with no_collection():
        signs = layer_signs(layer.glyphs, segmentation.width, segmentation.height)
        return read_signs(signs, assign(signs, segmentation), segmentation, language_code, direction)


@no_collection()
def read_signs(
    layer: LayerSigns,
    parts: Sequence[Assigned],
    segmentation: Segmentation,
    language_code: str | None,
    direction: Direction,
) -> LayerText:
    """`read_layer` for signs that were made ready and assigned to the lines of this segmentation."""
    inkless = layer.inkless
    owner = _shape_numbers(segmentation)
    lines: dict[int, _Line] = {}
    loose: list[_Line] = []
    unseen = 0
    frames = {number: line.box for number, _, line in numbered_lines(segmentation)}
    habits = MarkHabits(_marks_follow(parts), _tanween_on_alef(language_code))
    for assigned in parts:
        by_shape = _directions(assigned.lines, owner, direction)
        plain = plain_rows(list(assigned.lines.values()))
        for (number, signs), row in zip(assigned.lines.items(), plain, strict=True):
            frame = frame_box(frames[number], assigned.along)
            rows = ((*row, frame),) if row else _rows(signs, frame, habits)
            lines[number] = _Line(signs, assigned.along, frame, by_shape[owner[number]], rows)
        for signs in assigned.loose:
            if inkless and inkless.issuperset(signs.found.sequence[signs.places].tolist()):
                unseen += len(signs)
            else:
                frame = _row_frame(signs)
                rows, along = _rows(signs, frame, habits), assigned.along
                loose.append(_Line(signs, along, frame, _direction_of([signs], direction), rows))
    placed = [part for line in (*lines.values(), *loose) for part in line.rows]
    name_kashidas([row for row, _, _ in placed])
    gaps = iter(judge_gaps([row for row, _, _ in placed], [em for _, em, _ in placed]))
    whole = numbers_whole(row for row, _, _ in placed)
    read = {number: _read(line, gaps, direction, whole) for number, line in lines.items()}
    read_loose = [_read(line, gaps, direction, whole) for line in loose]
    finish = Printer([*read.values(), *read_loose], language_code, layer.invisible)
    printed = {number: done for number, line in read.items() if (done := finish(line)).words}
    for assigned in parts:
        for number in assigned.taken - printed.keys():
            printed[number] = PrintedLine((), frames[number], direction, assigned.along)
    return LayerText(
        _by_shape(segmentation, printed),
        tuple(sorted((finish(line) for line in read_loose), key=lambda line: (line.box.y0, line.box.x0))),
        glyphs=sum(line.glyphs for line in printed.values()),
        doubled=sum(row.doubled for row, _, _ in placed),
        misplaced=layer.misplaced,
        outside=layer.outside,
        unseen=unseen,
    )


def _marks_follow(parts: Iterable[Assigned]) -> bool:
    """Which letter the layer's marks stand on where they lie between two; one habit for the page.

    Without evidence, as shaping engines set marks of their own: at the left edge of their letter. Tanween
    alone is no such mark: alef carries it, on whichever side it lies.
    """
    lines = [line for part in parts for line in (*part.lines.values(), *part.loose)]
    vowels = {text for text in {text for line in lines for text in line.found.kinds} if is_vowel(text)}
    if not vowels:
        return False
    marked = [line for line in lines if not vowels.isdisjoint(line.texts)]
    votes = sum(mark_votes(line, _line_em(line)) for line in marked)
    return (votes or sum(order_votes(line, _line_em(line)) for line in marked)) >= 0


def _tanween_on_alef(language_code: str | None) -> bool:
    record = LANGUAGES.get((language_code or "").split("-")[0].lower())
    return record is None or record.tanween_on_alef


#: A row of a line, its letter size, and its place.
_Placed = tuple[Row, float, Box]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line's signs put together to rows of clusters, each with its letter size and place."""

    signs: Run
    along: Point
    frame: Box
    direction: Direction
    rows: tuple[_Placed, ...]


def _rows(signs: Run, frame: Box, habits: MarkHabits) -> tuple[_Placed, ...]:
    """The rows of a line, mostly one, which has the line's place."""
    parts = stacked_rows(signs.signs)
    sizes = [_line_em(part) for part in parts]
    frames = [frame] if len(parts) == 1 else [_row_frame(part) for part in parts]
    return tuple(
        (row_of(part, em, habits), em, place) for part, em, place in zip(parts, sizes, frames, strict=True)
    )


def _read(line: _Line, gaps: Iterator[Gaps], page: Direction, whole_numbers: bool) -> ReadLine:
    """The line in reading order; ``gaps`` are those of its rows and of the lines after it."""
    rows = [
        (read_row(row, next(gaps), _row_direction(row, line.direction, page), whole_numbers), frame)
        for row, _, frame in line.rows
    ]
    return ReadLine(line.signs, line.along, line.frame, line.direction, tuple(rows))


def _row_direction(row: Row, direction: Direction, page: Direction) -> Direction:
    """The direction a row is read in: the line's, unless a closing sign shows that it was set in the other.

    In a line of foreign letters on a page read from the right (a web address) nothing else tells: where
    it was set as part of the page the sign at its end is drawn at the left, else at the right.
    """
    if page is not Direction.RTL or row.has_right or LEFT not in row.groups:
        return direction
    left, right = row.texts[0] in _CLOSING, row.texts[-1] in _CLOSING
    if left == right:
        return direction
    return Direction.RTL if left else Direction.LTR


def _line_em(signs: Sequence[Sign]) -> float:
    sizes = [sign.size for sign in signs]
    return sizes[0] if sizes.count(sizes[0]) == len(sizes) else sorted(sizes)[len(sizes) // 2]


def _row_frame(signs: Sequence[Sign]) -> Box:
    """A box about as high as the ink of a line: from the ascenders to the descenders."""
    em = _line_em(signs)
    base = sorted(sign.base for sign in signs)[len(signs) // 2]
    shown = [sign for sign in signs if not sign.text.isspace()]
    return Box(
        min(sign.u0 for sign in shown), base - 0.8 * em, max(sign.u1 for sign in shown), base + 0.25 * em
    )


def _shape_numbers(segmentation: Segmentation) -> dict[int, int]:
    """Line number -> number of its shape in walk order."""
    owner: dict[int, int] = {}
    number = 0
    for index, shape in enumerate(segmentation.walk()):
        for _ in shape.lines:
            owner[number] = index
            number += 1
    return owner


def _directions(lines: dict[int, Run], owner: dict[int, int], page: Direction) -> dict[int, Direction]:
    shapes: dict[int, list[Run]] = {}
    for number, signs in lines.items():
        shapes.setdefault(owner[number], []).append(signs)
    return {shape: _direction_of(runs, page) for shape, runs in shapes.items()}


def _direction_of(runs: Sequence[Run], page: Direction) -> Direction:
    """The page's direction, unless nearly all letters are of a script that runs the other way."""
    found = runs[0].found
    counts = np.bincount(found.kind[np.concatenate([run.places for run in runs])])
    groups: Counter[str] = Counter()
    for number in np.flatnonzero(counts).tolist():
        groups[traits(found.kinds[number]).group] += int(counts[number])
    right, left = groups[RIGHT], groups[LEFT]
    own, other = (right, left) if page is Direction.RTL else (left, right)
    if right + left >= _ENOUGH_LETTERS and other > _OTHER_SCRIPT * (own + other):
        return Direction.LTR if page is Direction.RTL else Direction.RTL
    return page if page is Direction.RTL else Direction.LTR


def _by_shape(
    segmentation: Segmentation, printed: dict[int, PrintedLine]
) -> tuple[tuple[PrintedLine | None, ...], ...]:
    shapes: list[tuple[PrintedLine | None, ...]] = []
    number = 0
    for shape in segmentation.walk():
        shapes.append(tuple(printed.get(number + place) for place in range(len(shape.lines))))
        number += len(shape.lines)
    return tuple(shapes)
