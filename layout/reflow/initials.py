"""Large initials put to the paragraphs they open.

An initial of some lines' height stands at the head of a column's text, the lines beside it are set in,
those below it are not: geometry sees a heading of one letter and two runs of text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from layout.document import RUNNING_TEXT, Box, Page, Region, TextLine, union
from layout.reflow.measure import Body, axes_of, base, size_of

_LOWEST, _HIGHEST = 1.5, 7.0  # line pitches: lower is a large letter of the text, higher no letter
_WIDEST = 1.6  # times its height
_LETTERS = 2  # a quotation mark can stand before it
_BESIDE = 1.0  # line pitches of white between the initial and its lines at most
_LEVEL = 0.8  # line pitches by which the heads of initial and text differ at most
_FLUSH = 0.5  # line pitches by which the lines below begin beside the initial's edge
_DUE = (0.6, 1.5)  # line pitches to the next line
_TEXT = (0.75, 1.3)  # times the body's size: no headline
_LONE_WORDS = frozenset("AIOaio")  # initials that can be a word


@dataclass(frozen=True, slots=True)
class Initial:
    """An initial, its box, and how many of its region's lines stand beside it."""

    box: Box
    lines: int


def put_initials(page: Page, body: Body) -> tuple[Page, dict[str, Initial]]:
    """The page with each initial's letter put to the word it opens, and the run beside it joined with the
    one below; the initials by the ids of these runs.

    Regions from another system stay as they are.
    """
    known = Counter(word.text for region in page.walk() for line in region.lines for word in line.words)
    found: dict[str, Initial] = {}
    return replace(page, regions=_put(page, page.regions, body, known, found)), found


def _put(
    page: Page,
    regions: Sequence[Region],
    body: Body,
    known: Counter[str],
    found: dict[str, Initial],
) -> tuple[Region, ...]:
    changed: dict[str, Region | None] = {}
    for initial in regions:
        if not _may_be_initial(initial, body):
            continue
        beside = next((text for text in regions if _stands_beside(page, initial, text, body)), None)
        if beside is None or beside.id in changed:
            continue
        count = _count_beside(initial, beside, body)
        lines = (_opened(beside.lines[0], initial, known), *beside.lines[1:])
        run = replace(beside, lines=lines)
        if count == len(lines):
            below = next(
                (text for text in regions if _goes_on_below(page, initial, beside, text, body)), None
            )
            if below is not None and below.id not in changed:
                whole = (*lines, *below.lines)
                run = replace(run, lines=whole, box=union(line.box for line in whole), polygon=None)
                changed[below.id] = None
        changed[beside.id], changed[initial.id] = run, None
        found[beside.id] = Initial(initial.box, count)
    kept = (changed.get(region.id, region) for region in regions)
    return tuple(
        replace(r, children=_put(page, r.children, body, known, found)) if r.children else r
        for r in kept
        if r is not None
    )


def beside_initials(page: Page, region: Region, initials: Mapping[str, Initial]) -> Region:
    """The region with the lines beside its initial beginning where the initial does: so they show that they
    are no paragraphs set in."""
    initial = initials.get(region.id)
    if initial is None:
        return region
    axes = axes_of(page, region)
    start = axes.box(initial.box).x0
    first, rest = region.lines[: initial.lines], region.lines[initial.lines :]
    boxes = (axes.box(replace(axes.box(line.box), x0=start)) for line in first)
    lines = (replace(line, box=box) for line, box in zip(first, boxes, strict=True))
    return replace(region, lines=(*lines, *rest))


def around_initial(region: Region, initials: Mapping[str, Initial]) -> Region:
    """The region's first piece with the initial inside its box."""
    initial = initials.get(region.id)
    return region if initial is None else replace(region, box=union((region.box, initial.box)))


def _may_be_initial(region: Region, body: Body) -> bool:
    if len(region.lines) != 1 or region.children or region.rotation or region.origin == "import":
        return False
    text = "".join(region.text.split())
    tall = _LOWEST * body.pitch < region.box.height < _HIGHEST * body.pitch
    return (
        tall
        and region.box.width < _WIDEST * region.box.height
        and len(text) <= _LETTERS
        and not any(sign.isdigit() for sign in text)
    )


def _stands_beside(page: Page, initial: Region, text: Region, body: Body) -> bool:
    """Whether a region is the text of which two lines and more stand beside the initial, the first at its
    head."""
    if not _is_text(text, body) or text.id == initial.id:
        return False
    axes = axes_of(page, text)
    letter, first = axes.box(initial.box), axes.box(text.lines[0].box)
    close = -0.2 * body.pitch < first.x0 - letter.x1 < _BESIDE * body.pitch
    level = abs(first.y0 - letter.y0) < _LEVEL * body.pitch
    return close and level and _count_beside(initial, text, body) > 1


def _count_beside(initial: Region, text: Region, body: Body) -> int:
    """How many lines stand beside the initial: their baselines are no lower than its foot."""
    foot = initial.box.y1 + 0.3 * body.pitch
    return sum(base(line) < foot for line in text.lines)


def _goes_on_below(page: Page, initial: Region, beside: Region, text: Region, body: Body) -> bool:
    """Whether a region's first line is the next one, beginning where the initial does."""
    if not _is_text(text, body) or text.id in (initial.id, beside.id):
        return False
    axes = axes_of(page, text)
    step = (base(text.lines[0]) - base(beside.lines[-1])) / body.pitch
    moved = axes.box(text.lines[0].box).x0 - axes.box(initial.box).x0
    return _DUE[0] < step < _DUE[1] and abs(moved) < _FLUSH * body.pitch


def _is_text(region: Region, body: Body) -> bool:
    return (
        bool(region.lines)
        and region.kind in RUNNING_TEXT
        and not region.rotation
        and region.origin != "import"
        and _TEXT[0] < size_of(region, body) < _TEXT[1]
    )


def _opened(line: TextLine, initial: Region, known: Counter[str]) -> TextLine:
    """The line with the initial's letter before its first word, or as a word of its own where the rest is a
    word that stands elsewhere on the page."""
    if not initial.lines[0].words or not line.words:
        return line
    letter, first = initial.lines[0].words[-1], line.words[0]
    before = "".join(word.text for word in initial.lines[0].words)
    if letter.text in _LONE_WORDS and known[first.text] > 1:
        return replace(line, words=(replace(letter, text=before), *line.words))
    sure = [word.confidence for word in (letter, first) if word.confidence is not None]
    whole = replace(
        first,
        text=before + first.text,
        normalized=before + first.normalized if first.normalized else None,
        confidence=min(sure, default=None),
    )
    return replace(line, words=(whole, *line.words[1:]))
