"""The lines of a run as paragraphs are found in them: in the reading frame, in line pitches, drift taken out.

Only differences of neighbouring lines are used: a skewed or curled column drifts by a pixel or two a
line, which is nothing against an indent, while one edge for the whole column would be off by more.
"""

from __future__ import annotations

import math
import re
import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from layout.document import Region, TextLine
from layout.language import Axes
from layout.reflow.measure import Body, base, line_size, pitch_of, plain_weight
from layout.reflow.wording import begins_with_mark, ends_sentence, is_mark, who_speaks

SIDES = (
    0.5  # line pitches by which a line of larger type that nearly fills its column is set in on both sides
)
_SHOWN, _HOLDS = 3, 0.2  # short lines that show how a run is set; the share that keeps to the page's indent
_CALLED = 3  # lines that a name with a colon opens where it says whose turn it is
_TURNS = 0.7  # of these lines come after a sentence's end; of all places where the name stands are such lines
_ROOM = 0.4  # line pitches of a word space: a line that ends earlier than the next word and this is short
_EARLY, _EVEN = 0.5, 0.4  # line pitches: a justified line ends no earlier; of such lines nothing is said
_RAGGED = 0.3  # share of lines that end early with no room for the next word: of justified ones only last
_ENOUGH = 8  # lines that show how a run is set
_NUMBER = re.compile(r"\(?(\d{1,3})[).]\s")
_ITEMS = 3  # that show a list: two numbers can begin lines by chance
_FILLS, _PLAINLY = 0.3, 0.15  # line pitches; share of the plain lines' weight
_WINDOW = 4  # lines above and below that show where the column ends


@dataclass(frozen=True, slots=True)
class Line:
    """A line in the reading frame, lengths in line pitches, drift of the column taken out.

    ``marked``: it opens with a bullet; its start is then that of the word after it. ``called``: with a name
    that says whose turn it is; ``listed``: with the next number of a list. ``short`` is by how much it ends
    before its column does; ``gap`` the same, but 0 in a stretch of equally narrow lines.
    ``size`` is that of its type, 1.0 being body text, where it is short enough to stand alone. ``bold`` is
    the number of lines of the bold stretch in a plain run that it belongs to, 0 where it is plain.
    """

    start: float
    end: float
    base: float
    first_word: float
    text: str
    marked: bool = False
    called: bool = False
    listed: bool = False
    short: float = 0.0
    gap: float = 0.0
    size: float = 1.0
    bold: int = 0


def called_words(runs: Sequence[Region]) -> frozenset[str]:
    """What stands before a colon and opens several lines of the page: a name, or "question" and "answer".

    They stand after the end of a sentence, and nowhere but where a line begins; a verb of saying, or a
    phrase, opens a line wherever it falls. Several words are names only where there are two to talk.
    """
    first: dict[str, list[bool]] = defaultdict(list)
    for region in runs:
        for n, line in enumerate(region.lines):
            name = who_speaks(line.text)
            if name is not None:
                first[name].append(n == 0 or ends_sentence(region.lines[n - 1].text))
    often = {
        name for name, after in first.items() if len(after) >= _CALLED and sum(after) > _TURNS * len(after)
    }
    if not often:
        return frozenset()
    text = " ".join(line.text for region in runs for line in region.lines)
    called = {
        name
        for name in often
        if len(first[name]) > _TURNS * len(re.findall(rf"{re.escape(name)} ?[:：]", text))
    }
    return frozenset(name for name in called if " " not in name or len(called) > 1)


def counted(texts: Sequence[str]) -> frozenset[int]:
    """Which lines open with the numbers of a list: each one more than that of the item before."""
    found: set[int] = set()
    items: list[int] = []
    last = 0
    for n, text in enumerate(texts):
        number = _NUMBER.match(text)
        if number is None:
            continue
        items = [*items, n] if items and int(number[1]) == last + 1 else [n]
        last = int(number[1])
        if len(items) >= _ITEMS:
            found.update(items)
    return frozenset(found)


def view_lines(
    region: Region,
    axes: Axes,
    body: Body,
    usual: float = 0.0,
    called: frozenset[str] = frozenset(),
) -> tuple[Line, ...]:
    """A region's lines in the reading frame, in units of its line pitch.

    ``usual`` is the width of the page's columns: two or three lines that are all far narrower are short
    lines, though none of them shows it. ``called`` are the words that say whose turn it is.
    """
    pitch = pitch_of(region, body)
    boxes = [axes.box(line.box) for line in region.lines]
    drift = _drift([b.x0 for b in boxes], [b.x1 for b in boxes], pitch)
    ends = [(box.x1 - n * drift) / pitch for n, box in enumerate(boxes)]
    listed = counted([line.text for line in region.lines])
    shorts = [_column_end(ends, n) - end for n, end in enumerate(ends)]
    spare = 0.75 * usual / pitch - (max(ends) - min(box.x0 for box in boxes) / pitch)
    loose = len(boxes) < 4 and spare > 0
    if loose:
        shorts = [short + spare + 0.25 * usual / pitch for short in shorts]
    bold = bold_stretches(region.lines, shorts, body.bolder)
    return tuple(
        Line(
            start=(_text_start(line, axes) - n * drift) / pitch,
            end=ends[n],
            base=base(line) / pitch,
            first_word=_first_word(line) / pitch,
            text=line.text,
            marked=begins_with_mark(line.text),
            called=who_speaks(line.text) in called,
            listed=n in listed,
            short=shorts[n],
            gap=shorts[n] if loose else _gap(ends, n, shorts[n]),
            size=line_size((line,), body) if shorts[n] >= SIDES else 1.0,
            bold=bold[n],
        )
        for n, line in enumerate(region.lines)
    )


def without_ragged_ends(runs: Mapping[str, Sequence[Line]]) -> dict[str, tuple[Line, ...]]:
    """The runs with no ``gap`` that only says that the next word had no room, where lines are not justified:
    on such a page, or in such an article.
    """
    page = _raggedness(list(runs.values()))
    eased = {}
    for name, run in runs.items():
        own = _raggedness([run])
        ragged = own if own is not None else page
        eased[name] = _eased(run) if ragged is not None and ragged > _RAGGED else tuple(run)
    return eased


def _raggedness(runs: Sequence[Sequence[Line]]) -> float | None:
    """Which share of the lines that leave no room for the next word end early; None for too few lines."""
    full = [a.gap for run in runs for a, b in pairwise(run) if a.gap <= b.first_word + _ROOM]
    return sum(gap > _EARLY for gap in full) / len(full) if len(full) >= _ENOUGH else None


def _eased(run: Sequence[Line]) -> tuple[Line, ...]:
    eased = (
        replace(a, gap=min(a.gap, _EVEN)) if a.gap <= b.first_word + _ROOM else a for a, b in pairwise(run)
    )
    return (*eased, *run[-1:])


def bold_stretches(lines: Sequence[TextLine], shorts: Sequence[float], bolder: float) -> tuple[int, ...]:
    """For each line the length of the stretch of bold lines it is in; 0 for plain ones, and where all are
    of one weight.

    ``shorts`` and ``bolder`` as in `Line` and `Body`. A line that fills its column is bold only where that
    is plain: letters drawn out to fill a line look heavier.
    """
    plain = plain_weight(lines) or math.inf
    heavy = [
        (line.weight or 0.0) > plain * (1 + (bolder if short > _FILLS else max(bolder, _PLAINLY)))
        for line, short in zip(lines, shorts, strict=True)
    ]
    found: list[int] = []
    for is_heavy, stretch in groupby(heavy):
        count = len(list(stretch))
        found += [count if is_heavy else 0] * count
    return tuple(found)


def _text_start(line: TextLine, axes: Axes) -> float:
    """Where the line's text begins in the reading frame, a bullet before it apart."""
    if len(line.words) > 1 and is_mark(line.words[0].text):
        return max(axes.box(line.box).x0, axes.box(line.words[1].box).x0)
    return axes.box(line.box).x0


def _first_word(line: TextLine) -> float:
    return line.words[0].box.width if line.words else 0.25 * line.box.width


def _drift(starts: Sequence[float], ends: Sequence[float], pitch: float) -> float:
    """Shift of the column's edges from one line to the next: the usual small step of both edges."""
    steps = [b - a for edge in (starts, ends) for a, b in pairwise(edge) if abs(b - a) < 0.25 * pitch]
    return statistics.median(steps) if len(steps) > 2 else 0.0


def agrees(run: Sequence[Line], indent: float) -> bool:
    """Whether a run is set with this indent, as far as it shows: articles of one page can differ."""
    moved = list(_after_short([run]))
    own = [value for value in moved if abs(value - indent) < max(0.25, 0.5 * abs(indent))]
    return len(moved) < _SHOWN or len(own) > _HOLDS * len(moved)


def usual_indent(runs: Sequence[Sequence[Line]]) -> float:
    """How far first lines are set in on this page, in line pitches; below 0 they stick out.

    Measured where it shows without knowing paragraphs: at lines that follow a clearly short one.
    Where no line is short, the single lines that are set in say it. 0.0 where such lines start like the
    others (paragraphs parted by space alone).
    """
    moved = list(_after_short(runs)) or [
        run[i].start - run[i + 1].start
        for run in runs
        for i in range(len(run) - 1)
        if 0.4 < run[i].start - run[i + 1].start < 2.5 and (i == 0 or run[i].start - run[i - 1].start > 0.4)
    ]
    inward = [value for value in moved if value > 0.25]
    outward = [value for value in moved if value < -0.25]
    for found in (inward, outward):
        if len(found) >= max(1, 0.4 * len(moved)):
            return statistics.median(found)
    return 0.0


def _after_short(runs: Sequence[Sequence[Line]]) -> Iterator[float]:
    """How far the lines after clearly short ones are set in."""
    for run in runs:
        for i in range(1, len(run) - 1):  # a run's first line is short where it is a name or heading
            moved = run[i + 1].start - usual_start(run, i + 1)
            if run[i].gap > 1.0 and abs(moved) < 3:
                yield moved


def usual_start(run: Sequence[Line], i: int) -> float:
    near = [run[k].start for k in range(max(0, i - 3), min(len(run), i + 4)) if k != i]
    return statistics.median(near)


def _column_end(ends: Sequence[float], i: int) -> float:
    """Where the column ends at line i: the upper end of its neighbours' ends, outliers apart."""
    near = sorted(ends[max(0, i - _WINDOW) : i + _WINDOW + 1])
    return near[max(0, len(near) - 1 - len(near) // 5)]


def _gap(ends: Sequence[float], i: int, short: float) -> float:
    beside = [ends[k] for k in (i - 1, i + 1) if 0 <= k < len(ends)]
    if beside and min(abs(end - ends[i]) for end in beside) < 0.15:
        return 0.0  # lines cut off alike: they run along something, they do not end a paragraph
    return max(0.0, short)
