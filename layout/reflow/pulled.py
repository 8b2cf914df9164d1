"""Pull-quotes put together, wherever their lines ended up.

A pull-quote is set large, or in a frame, and says again what the article says. Large type is easily cut
into lines, and a frame taken for an advertisement's. What tells is the text: pieces of display that stand
close in one column and together repeat a passage of the page's running text are one pull-quote, and a box
that holds nothing else is that quote's frame. No article begins with what it says later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from layout.document import RUNNING_TEXT, Box, Page, Region, RegionKind, TextLine, union
from layout.reflow.field import RowIndex
from layout.reflow.likeness import Passages
from layout.reflow.looks import Look, look_at
from layout.reflow.measure import Body, axes_of, base, line_size

K = RegionKind
_LARGE = 1.15  # times the body's size: type that is larger is display
_REPEATS = 0.8  # likeness from which a text is a quotation of the page's own
_WORDS = 6  # a quote says something: fewer words recur by chance
_WORD_FOR_WORD, _TELLING = 0.9, 9  # likeness and words that tell a quote whatever its lines measure
_MOST = 60  # a quote is a sentence or three; a longer text is an article
_LINES = 8  # of a quote in one column
_SHARE = 0.2  # of a quote's words that a piece must hold for its size to count
_EVEN = 1.6  # a quote is set in one size; what differs by more are a headline and its deck
_UNEVEN = 2.4  # no measure is off by so much: whatever they say, they are two things
_LEADING = 1.6  # times the larger type's height that may lie between lines of one quote
_BOXES = frozenset({K.SIDEBAR, K.ADVERTISEMENT})
_PARTS = frozenset({K.PARAGRAPH, K.HEADLINE, K.SUBHEADLINE, K.KICKER, K.PULL_QUOTE, K.UNKNOWN, K.CROSSHEAD})


@dataclass(slots=True)
class _Text:
    """The page's running text, searched only where something may repeat it."""

    page: Page
    body: Body
    passages: Passages | None = field(default=None)

    def repeats(self, text: str, own: frozenset[str] = frozenset()) -> bool:
        """Whether a text says again what the running text says; ``own`` are the ids of its own regions."""
        return self.likeness(text, own) > _REPEATS

    def likeness(self, text: str, own: frozenset[str] = frozenset()) -> float:
        """How far (0..1) the running text says the same, the regions ``own`` apart."""
        running = [r for r in self.page.regions if r.kind in RUNNING_TEXT and len(r.lines) > 1]
        if any(region.id in own for region in running):
            others = Passages.of(region.text for region in running if region.id not in own)
            return others.likeness(text)
        if self.passages is None:
            self.passages = Passages.of(region.text for region in running)
        return self.passages.likeness(text)


def gather_quotes(page: Page, body: Body) -> Page:
    """The page with the pieces of each pull-quote made one region of that kind.

    It has the id of the uppermost piece, or of the box around it. Regions from another system stay.
    """
    text = _Text(page, body)
    regions = [_unboxed(region, page, text) for region in page.regions]
    scene = look_at(page, regions, body)
    parts = [look for look in scene.looks if _may_be_part(look)]
    joined: dict[str, Region | None] = {}
    for cluster in _clusters(parts, scene.rules, body):
        for group in (cluster, cluster[1:]):  # a headline may stand right over the quote
            if (len(group) > 1 or _may_be_alone(group)) and _is_quote(group, text):
                joined.update({look.region.id: None for look in group})
                joined[group[0].region.id] = _one([look.region for look in group], page)
                break
    return replace(page, regions=tuple(kept for r in regions if (kept := joined.get(r.id, r)) is not None))


def _may_be_part(look: Look) -> bool:
    region = look.region
    if not look.is_text or region.rotation or region.children or region.origin == "import":
        return False
    return look.guess in _PARTS and look.size >= _LARGE and look.words <= _MOST


def _may_be_alone(group: Sequence[Look]) -> bool:
    """Whether one region may be a quote by itself: some lines that were taken for running text."""
    return len(group) == 1 and group[0].guess in RUNNING_TEXT and 1 < group[0].lines <= _LINES


def _clusters(parts: Sequence[Look], rules: Sequence[Box], body: Body) -> Iterator[list[Look]]:
    """Parts that stand close under each other with no rule between, each cluster from top to bottom."""
    order = sorted(parts, key=lambda look: (look.box.y0, look.box.x0))
    index = RowIndex.of(rules, body.pitch)
    groups: list[list[Look]] = []
    for look in order:
        for group in groups[-8:]:
            if any(_next(other, look, index, body) for other in group[-3:]):
                group.append(look)
                break
        else:
            groups.append([look])
    yield from groups


def _next(a: Look, b: Look, rules: RowIndex, body: Body) -> bool:
    height = max(a.size, b.size) * body.ink
    gap = b.box.y0 - a.box.y1
    if gap > _LEADING * height or a.box.overlap_x(b.box) < 0.5 * min(a.box.width, b.box.width):
        return False
    between = (rules.boxes[n] for n in rules.across(a.box.center[1], b.box.center[1]))
    return not any(rule.width > rule.height and rule.overlap_x(b.box) > 0.3 * b.box.width for rule in between)


def _is_quote(group: Sequence[Look], text: _Text) -> bool:
    words = " ".join(look.text for look in group)
    few = _SHARE * len(words.split())  # a word or two may be measured over the ink of two lines
    sizes = [look.size for look in group if look.words > few]
    if not sizes or not _WORDS <= len(words.split()) <= _MOST:
        return False
    even = max(sizes) <= _EVEN * min(sizes)
    if max(sizes) > _UNEVEN * min(sizes):
        return False
    if not even and len(words.split()) < _TELLING:
        return False
    own = frozenset(look.region.id for look in group)
    return text.likeness(words, own) > (_REPEATS if even else _WORD_FOR_WORD)


def _unboxed(region: Region, page: Page, text: _Text) -> Region:
    """A box that holds nothing but what the page's text says as well: the frame of a pull-quote."""
    if region.kind not in _BOXES or region.origin == "import" or not region.children:
        return region
    if any(child.children or child.kind is K.IMAGE for child in region.children):
        return region
    pieces = [child for child in region.children if child.lines]
    words = " ".join(child.text.replace("\n", " ") for child in sorted(pieces, key=lambda c: c.box.y0))
    large = line_size([line for child in pieces for line in child.lines], text.body) if pieces else 0.0
    if large < _LARGE or not _WORDS <= len(words.split()) <= _MOST or not text.repeats(words):
        return region
    whole = _one(pieces, page)
    look = replace(whole.appearance, framed=True)
    return replace(whole, id=region.id, box=region.box, polygon=region.polygon, appearance=look)


def _one(parts: Sequence[Region], page: Page) -> Region:
    first = min(parts, key=lambda part: (part.box.y0, part.id))
    return replace(
        first,
        kind=K.PULL_QUOTE,
        box=union(part.box for part in parts),
        lines=tuple(_in_order([line for part in parts for line in part.lines], page, first)),
        polygon=None,
        reason="large or framed, repeats a passage of the text",
    )


def _in_order(lines: Sequence[TextLine], page: Page, region: Region) -> list[TextLine]:
    """The lines from top to bottom, on one level as they are read."""
    axes = axes_of(page, region)
    done: list[TextLine] = []
    for line in sorted(lines, key=lambda line: (base(line), line.id)):
        place = len(done)
        while place and _before(axes.box(line.box), axes.box(done[place - 1].box)):
            place -= 1
        done.insert(place, line)
    return done


def _before(a: Box, b: Box) -> bool:
    return a.overlap_y(b) > 0.5 * min(a.height, b.height) and a.x1 <= b.center[0]
