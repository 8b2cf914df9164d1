"""Bylines of two lines: a name too long for its line goes on below, in the middle or at the line's end.

By itself the short second line looks like a paragraph's.
"""

from __future__ import annotations

from layout.document import RUNNING_TEXT, Page, RegionKind
from layout.reflow.last_lines import with_last_lines
from layout.reflow.looks import Look, Scene
from layout.reflow.wording import is_byline

_REST = RUNNING_TEXT | {RegionKind.BYLINE, RegionKind.UNKNOWN}
_FIRST = 7  # words: more are a sentence that names somebody
_WORDS = 3  # of a name's rest
_CLOSE = 0.6  # line pitches between the two
_LIKE = 1.25  # sizes of one type differ less, few letters as they have
_LEVEL = 0.5  # line pitches by which middles or ends of the two differ
_IN = 1.0  # line pitches by which the second begins further in: flush with the first it may open the text


def with_whole_bylines(page: Page) -> Page:
    """The page, parted into paragraphs, with each such line put to the byline above it."""
    return with_last_lines(page, _is_rest)


def _names_author(look: Look, scene: Scene) -> bool:
    if look.lines != 1 or look.region.origin == "import":
        return False
    return look.guess is RegionKind.BYLINE or (
        look.guess in _REST and look.words <= _FIRST and is_byline(look.text, scene.language)
    )


def _is_rest(scene: Scene, number: int, below: int) -> bool:
    first, rest = scene.looks[number], scene.looks[below]
    if not _names_author(first, scene):
        return False
    if rest.lines != 1 or rest.words > _WORDS:
        return False
    if rest.guess not in _REST or scene.above[below] != number or scene.rule_above[below]:
        return False
    if scene.gap_above(below) > _CLOSE or max(first.size, rest.size) > _LIKE * min(first.size, rest.size):
        return False
    return _is_set_below(first, rest, scene.body.pitch)


def _is_set_below(first: Look, rest: Look, pitch: float) -> bool:
    """Whether the second line is shorter and stands in the middle below the first, or ends where it ends."""
    a, b = first.box, rest.box
    off = min(abs(a.center[0] - b.center[0]), abs(a.x1 - b.x1))
    return off < _LEVEL * pitch and b.x0 - a.x0 > _IN * pitch
