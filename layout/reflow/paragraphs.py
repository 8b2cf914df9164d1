"""Parts the runs of lines in a column into paragraphs.

Each line of a run begins a paragraph, goes on with one, or stands alone (a crosshead, a byline). The
cheapest explanation of the whole run is looked for (a shortest path over three states a line), from four
kinds of evidence: how far the line's start moved against the line above (indent), whether the line above
ends short, the step between the baselines, and what the text says (a divided word, an unfinished
sentence, a bullet).

Only differences of neighbouring lines are used: a skewed or curled column drifts by a pixel or two a
line, which is nothing against an indent, while one edge for the whole column would be off by more.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from layout.document import RUNNING_TEXT, Page, Region, RegionKind, TextLine, ids
from layout.language import Axes
from layout.reflow.measure import (
    Body,
    axes_of,
    base,
    line_size,
    measure_body,
    pitch_of,
    size_of,
    text_box,
    usual_width,
)
from layout.reflow.mending import join_rest, mend
from layout.reflow.mixed import part_mixed
from layout.reflow.pulled import gather_quotes
from layout.reflow.wording import (
    begins_lower,
    begins_with_mark,
    ends_divided,
    ends_question,
    ends_sentence,
    is_byline,
    is_continuation,
    is_date,
    is_mark,
)

# Costs are about -ln of how rarely a thing happens; lengths are line pitches.
_SIGMA = 0.12  # side bearings and box errors move a line's start by about a tenth of the pitch
_LEAP = 5.0  # an unexplained leap of the start: text running round a picture, an initial
_START = 1.2  # one line in three or four begins a paragraph
_FULL = 1.6  # the line above runs to the column's end
_SHORT = 3.2  # the line above ends though the next word would have fitted
_SET_IN = 1.4  # more than any usual indent
_SIDES = 0.5  # by which a line of larger type that nearly fills its column is set in on both sides
_LONE = 1.0  # by which a line that stands alone is shorter than its column
_DECK, _SET_LARGER = 4, 1.2  # lines of a deck; its size, 1.0 being the text's
_FLUSH = 0.3  # the first paragraph under a heading is not indented
_WHITE = 1.3  # line pitches: what comes after white is set flush as the first under a heading is
_SHOWN, _HOLDS = 3, 0.2  # short lines that show how a run is set; the share that keeps to the page's indent
_CALLED = 3  # lines that a word with a colon opens where it says whose turn it is
_WINDOW = 4  # lines above and below that show where the column ends


@dataclass(frozen=True, slots=True)
class Line:
    """A line in the reading frame, lengths in line pitches, drift of the column taken out.

    ``marked``: it opens with a bullet; its start is then that of the word after it. ``called``: with a word
    that says whose turn it is. ``short`` is by how
    much it ends before its column does; ``gap`` the same, but 0 in a stretch of equally narrow lines.
    ``size`` is that of its type, 1.0 being body text, where it is short enough to stand alone.
    """

    start: float
    end: float
    base: float
    first_word: float
    text: str
    marked: bool = False
    called: bool = False
    short: float = 0.0
    gap: float = 0.0
    size: float = 1.0


def split_paragraphs(page: Page) -> Page:
    """The page with each region of running text parted into its paragraphs, mixed display text in its parts.

    The first piece keeps the region's id; the others are numbered on after the page's highest. Pieces
    stand in the region's place, from top to bottom, boxes as wide as the text and line pitch high.
    Regions that came typed from another system (``origin`` "import") stay whole.
    """
    body = measure_body(page)
    numbers = fresh_numbers(page)
    usual = usual_width([region for region in page.walk() if _is_run(region)])
    page = gather_quotes(mend(part_mixed(page, body, usual, numbers), body), body)
    runs = [region for region in page.walk() if _is_run(region)]
    called = _called(runs)
    views = {region.id: view_lines(region, axes_of(page, region), body, usual, called) for region in runs}
    indent = usual_indent(list(views.values()))

    def rebuild(regions: tuple[Region, ...]) -> Iterator[Region]:
        for region in regions:
            region = replace(region, children=tuple(rebuild(region.children)))
            if region.id in views:
                view, speech = views[region.id], region.language or page.language
                if _is_display(region, view, body, speech):
                    yield from cut_region(region, [0], page.id, numbers, body)
                    continue
                own = indent if _agrees(view, indent) else usual_indent([view])
                starts, heads = find_starts(view, own, speech)
                pieces = cut_region(region, starts, page.id, numbers, body)
                for start, piece in zip(starts, pieces, strict=True):
                    yield _as_heading(piece) if start in heads else piece
            else:
                yield region

    return join_rest(replace(page, regions=tuple(rebuild(page.regions))), body, usual)


def _is_display(region: Region, run: Sequence[Line], body: Body, language: str | None) -> bool:
    """Whether a region is a deck or the like: some lines, all larger than the text, at one leading."""
    if len(run) > _DECK or size_of(region, body) < _SET_LARGER:
        return False
    if any(_says(line.text, language) for line in run):
        return False
    return all(b.base - a.base < _WHITE for a, b in pairwise(run))


def _as_heading(piece: Region) -> Region:
    """Lines of a heading that stood in a run of text; what was measured over the run says nothing of it."""
    look = replace(piece.appearance, letter_height=None, line_pitch=None, weight=None)
    return replace(piece, kind=RegionKind.HEADLINE, appearance=look)


def _is_run(region: Region) -> bool:
    return (
        region.kind in RUNNING_TEXT
        and len(region.lines) > 1
        and not region.rotation
        and region.origin != "import"
    )


def fresh_numbers(page: Page) -> Iterator[int]:
    """Region numbers that no region of the page has."""
    used = [int(tail) for r in page.walk() if (tail := r.id.rpartition("_r")[2]).isdigit()]
    number = max(used, default=0)
    while True:
        number += 1
        yield number


def cut_region(
    region: Region, starts: Sequence[int], page_id: str, numbers: Iterator[int], body: Body
) -> Iterator[Region]:
    """Pieces of a region, one from each of these line numbers (the first is 0) to the next."""
    pitch = pitch_of(region, body)
    if len(starts) == 1:
        yield replace(region, box=text_box(region.lines, pitch, body))
        return
    for n, (first, after) in enumerate(zip(starts, [*starts[1:], len(region.lines)], strict=True)):
        lines = region.lines[first:after]
        yield replace(
            region,
            id=region.id if n == 0 else ids.region_id(page_id, next(numbers)),
            lines=lines,
            box=text_box(lines, pitch, body),
            children=region.children if n == 0 else (),
            polygon=None,
        )


def _called(runs: Sequence[Region]) -> frozenset[str]:
    """First words with a colon that open several lines of the page: a name, or "question" and "answer".

    They stand after the end of a sentence; a verb of saying opens a line wherever it falls.
    """
    first: dict[str, list[bool]] = defaultdict(list)
    for region in runs:
        for n, line in enumerate(region.lines):
            word = line.text.partition(" ")[0]
            if word[-1:] in (":", "："):
                first[word].append(n == 0 or ends_sentence(region.lines[n - 1].text))
    return frozenset(
        word for word, after in first.items() if len(after) >= _CALLED and sum(after) > 0.7 * len(after)
    )


def view_lines(
    region: Region, axes: Axes, body: Body, usual: float = 0.0, called: frozenset[str] = frozenset()
) -> tuple[Line, ...]:
    """A region's lines in the reading frame, in units of its line pitch.

    ``usual`` is the width of the page's columns: two or three lines that are all far narrower are short
    lines, though none of them shows it. ``called`` are the words that say whose turn it is.
    """
    pitch = pitch_of(region, body)
    boxes = [axes.box(line.box) for line in region.lines]
    drift = _drift([b.x0 for b in boxes], [b.x1 for b in boxes], pitch)
    ends = [(box.x1 - n * drift) / pitch for n, box in enumerate(boxes)]
    shorts = [_column_end(ends, n) - end for n, end in enumerate(ends)]
    spare = 0.75 * usual / pitch - (max(ends) - min(box.x0 for box in boxes) / pitch)
    loose = len(boxes) < 4 and spare > 0
    if loose:
        shorts = [short + spare + 0.25 * usual / pitch for short in shorts]
    return tuple(
        Line(
            start=(_text_start(line, axes) - n * drift) / pitch,
            end=ends[n],
            base=base(line) / pitch,
            first_word=_first_word(line) / pitch,
            text=line.text,
            marked=begins_with_mark(line.text),
            called=line.text.partition(" ")[0] in called,
            short=shorts[n],
            gap=shorts[n] if loose else _gap(ends, n, shorts[n]),
            size=line_size((line,), body) if shorts[n] >= _SIDES else 1.0,
        )
        for n, line in enumerate(region.lines)
    )


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


def _agrees(run: Sequence[Line], indent: float) -> bool:
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
            moved = run[i + 1].start - _usual_start(run, i + 1)
            if run[i].gap > 1.0 and abs(moved) < 3:
                yield moved


def _usual_start(run: Sequence[Line], i: int) -> float:
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


def find_starts(
    run: Sequence[Line], indent: float, language: str | None = None
) -> tuple[list[int], set[int]]:
    """Numbers of the lines that begin a piece: a paragraph, or a line that stands alone (a crosshead, a
    byline, a notice). The first line always counts as one. Then those where a heading of several lines
    begins.
    """
    states = _cheapest(run, indent, language)
    starts: list[int] = []
    heads: set[int] = set()
    for i, state in enumerate(states):
        if i and state == states[i - 1] == _ALONE and _goes_on(run, i, language):
            heads.add(starts[-1])
        elif not i or state != _REST or states[i - 1] == _ALONE:
            starts.append(i)
    return starts, heads


def _cheapest(run: Sequence[Line], indent: float, language: str | None) -> list[int]:
    """The state of each line in the cheapest explanation of the run (Viterbi 1967)."""
    costs = [0.3, 0.0, _alone_cost(run, 0, language)]
    came: list[tuple[int, ...]] = []
    for i in range(1, len(run)):
        begin = _start_cost(run, i)
        own = (_unended(run, i), begin, _alone_cost(run, i, language) + min(begin, 4.0))
        step: list[float] = []
        back: list[int] = []
        for now in _STATES:
            ways = [costs[before] + _path_cost(run, i, before, now, indent) for before in _STATES]
            if now == _REST:
                told = run[i - 1].size > _DISPLAY or _says(run[i - 1].text, language)
                ways[_ALONE] += begin - own[_REST] if told else _NEVER
            if now == _ALONE and _goes_on(run, i, language):
                ways[_ALONE] -= own[_ALONE]  # one heading needs no second reason
            best = min(ways)
            back.append(ways.index(best))
            step.append(best + own[now])
        costs = step
        came.append(tuple(back))
    state = costs.index(min(costs))
    states = [state]
    for back_to in reversed(came):
        state = back_to[state]
        states.append(state)
    return states[::-1]


def _goes_on(run: Sequence[Line], i: int, language: str | None) -> bool:
    """Whether a line is the next line of the heading above it, if that is one.

    Its own type, as large as the line above, at the heading's own leading; or the heading breaks off in
    the middle of a sentence. Who wrote and when is always said on a line of its own.
    """
    above, line = run[i - 1], run[i]
    if above.size < _LARGER or line.text[:1] == "" or any(_says(x.text, language) for x in (above, line)):
        return False
    if max(above.size, line.size) > _EVEN * min(above.size, line.size) or ends_sentence(above.text):
        return False
    close = line.base - above.base < _LEADING * max(1.0, line.size)
    return close and (begins_lower(line.text) or min(above.size, line.size) > _LARGER)


def _says(text: str, language: str | None) -> bool:
    return is_byline(text, language) or is_date(text, language) or is_continuation(text, language)


_STATES = _REST, _FIRST, _ALONE = 0, 1, 2
_NEVER = 50.0
_EVEN = 1.25  # sizes that differ by less are one size
_LARGER = 1.06  # times the body's size from which a heading's type is its own
_DISPLAY, _LETTERS = 1.13, 8  # times the body's size; of fewer letters the size is uncertain
_LEADING = 1.6  # line pitches, for type of the body's size, between two lines of one heading


def _path_cost(run: Sequence[Line], i: int, before: int, now: int, indent: float) -> float:
    """Cost of line i's start being where it is, its state and the last line's given."""
    if now == _ALONE:
        return 0.0  # such lines are centred, set in or flush as the paper likes
    if before == _ALONE:
        moved = run[i].start - _usual_start(run, i)
        if now == _REST:  # many papers set the first paragraph under a heading or a name flush
            return _FLUSH + _move_cost(moved, 0.0)
        return 0.5 * _move_cost(moved, indent)
    moved = run[i].start - run[i - 1].start
    cost = _move_cost(moved, (now - before) * indent)
    if now == _FIRST and _may_be_flush(run, i):
        return min(cost, _FLUSH + min(_move_cost(moved, way * indent) for way in (-1, 0, 1)))
    if before == _FIRST and now == _REST:
        if run[i - 1].marked:
            return min(cost, _move_cost(moved, 0.0))  # the text after a bullet hangs, on some papers
        if i > 1 and _may_be_flush(run, i - 1):
            return min(cost, _FLUSH + _move_cost(moved, 0.0))
    return cost


def _may_be_flush(run: Sequence[Line], i: int) -> bool:
    """Whether a paragraph that begins here need not be set in: after white, or at somebody's turn."""
    return run[i].called or run[i].base - run[i - 1].base > _WHITE


def _move_cost(moved: float, expected: float) -> float:
    """Cost of a line's start moving so far where so far was expected; indents vary by a third."""
    slack = abs(expected) / 3
    off = max(0.0, abs(moved - expected) - slack)
    return min(_LEAP, 0.5 * (off / _SIGMA) ** 2)


def _start_cost(run: Sequence[Line], i: int) -> float:
    """Cost of a paragraph beginning at line i; negative where the evidence is for it."""
    above, line = run[i - 1], run[i]
    gap = above.gap
    cost = _START
    if gap > line.first_word + 0.4:
        cost -= _SHORT
    elif gap > 0.5:
        cost -= min(_SHORT, gap)
    elif gap < 0.3:
        cost += _FULL
    step = line.base - above.base - 1.0
    if step > 0.2:  # line steps vary by a few percent; white between paragraphs is half a line or more
        cost -= min(4.0, 8.0 * (step - 0.1))
    if line.called:
        cost -= 4.0
    return cost + _text_cost(above.text, line.text)


def _unended(run: Sequence[Line], i: int) -> float:
    """Cost of line i going on with a paragraph though the line above ends far too early for that."""
    return 1.0 if run[i - 1].gap > run[i].first_word + 1.0 and not ends_divided(run[i - 1].text) else 0.0


def _alone_cost(run: Sequence[Line], i: int, language: str | None) -> float:
    """Cost of line i standing alone: it is short, or it says of itself what it is."""
    line = run[i]
    if is_continuation(line.text, language):
        return -4.0
    cost = 2.0 - (2.0 if line.size > _DISPLAY and len(line.text) > _LETTERS else 0.0)
    if len(line.text.split()) <= 6 and (is_date(line.text, language) or is_byline(line.text, language)):
        cost -= 2.0
    elif line.short < _LONE and not (line.size > _DISPLAY and _is_centred(run, i, _SIDES)):
        return _NEVER
    if ends_sentence(line.text) and not ends_question(line.text):
        cost += 3.0
    elif _is_centred(run, i):
        cost -= 1.5
    if i + 1 < len(run) and run[i + 1].base - line.base > 1.15:
        cost -= 1.0  # white below as well as above
    return cost + (1.0 if len(line.text.split()) > 8 else 0.0)


def _is_centred(run: Sequence[Line], i: int, least: float = _SET_IN) -> bool:
    """Whether a line stands in the middle of its column, set in on both sides by more than ``least``."""
    if i + 1 >= len(run):  # the last line of a deck, not a heading of what follows
        return False
    left, right = run[i].start - _usual_start(run, i), run[i].short
    return min(left, right) > least and abs(left - right) < max(0.4 * least, 0.2 * (left + right))


def _text_cost(above: str, text: str) -> float:
    if not above or not text:
        return 0.0
    if ends_divided(above):
        return 5.0
    cost = -0.8 if ends_sentence(above) else 1.6
    if begins_lower(text):
        cost += 2.0
    if begins_with_mark(text):
        cost -= 4.0
    return cost
