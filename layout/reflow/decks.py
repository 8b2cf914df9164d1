"""Decks of several lines: the last line, a word or two, put to the deck it ends.

By itself such a line looks like a heading of its own, and where it has no digit or mark like somebody's name.
"""

from __future__ import annotations

from layout.document import Page, RegionKind
from layout.reflow.last_lines import with_last_lines
from layout.reflow.looks import Look, Scene
from layout.reflow.wording import ends_sentence, is_byline

K = RegionKind
_LINES = 3  # of a deck without its last one
_CLOSE = 0.35  # times the type's height between two lines of it; a byline stands further off
_ALIKE = 1.3  # sizes and weights of one type differ less, few letters as the last line has
_NAME = 3  # words of somebody's name
_LEVEL = 0.5  # line pitches by which middles or beginnings of its lines differ


def with_whole_decks(page: Page) -> Page:
    """The page, its roles settled, with each such line put to the deck above it. Kinds of the input stay."""
    return with_last_lines(page, _ends)


def _is_deck(look: Look) -> bool:
    region = look.region
    ours = region.origin != "import" and not region.rotation and not region.children
    return ours and region.kind is K.SUBHEADLINE and look.lines <= _LINES and not ends_sentence(look.text)


def _ends(scene: Scene, upper: int, lower: int) -> bool:
    """Whether the lower one is a line of the deck's type right below it, shorter, and no author is named."""
    deck, last = scene.looks[upper], scene.looks[lower]
    if not _is_deck(deck):
        return False
    if last.lines != 1 or last.region.kind not in (K.SUBHEADLINE, K.BYLINE) or last.region.origin == "import":
        return False
    named = last.region.kind is K.BYLINE and (last.words <= _NAME or last.text[:1].isupper())
    if named or is_byline(last.text, scene.language) or scene.rule_above[lower]:
        return False
    if scene.above[lower] != upper or last.box.width > deck.box.width:
        return False
    near = last.region.lines[0].box.y0 - deck.region.lines[-1].box.y1 < _CLOSE * deck.size * scene.body.ink
    alike = all(
        max(pair) < _ALIKE * min(pair) for pair in ((deck.size, last.size), (deck.weight, last.weight))
    )
    off = min(abs(deck.box.center[0] - last.box.center[0]), abs(deck.box.x0 - last.box.x0))
    return near and alike and off < _LEVEL * scene.body.pitch
