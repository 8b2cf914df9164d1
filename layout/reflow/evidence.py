"""Evidence for a region's role: each sign adds weight to one or more kinds, with a reason in words.

Weights are about log odds: 1 is a hint, 2 a good sign, 3 nearly enough alone. Signs are of four sorts:
size and weight against body text, place among the neighbours, the text, and geometry's own guess.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from layout.document import RUNNING_TEXT, RegionKind
from layout.reflow.evidence_beside import BODY, Vote, picture_votes, quote_votes
from layout.reflow.evidence_in_column import HEADS, column_votes, is_aligned
from layout.reflow.field import RowIndex
from layout.reflow.looks import Look, Scene
from layout.reflow.wording import (
    begins_lower,
    begins_with_mark,
    ends_question,
    ends_statement,
    has_digits,
    is_byline,
    is_continuation,
    is_credit,
    is_date,
    is_name,
    is_nearly_pointer,
    opens_nearly,
    page_named,
)

K = RegionKind
_CLOSE = 1.6  # body pitches between a headline and what belongs to it
_REACH = 4.0  # body pitches below a headline where its column may begin, aside of it
_LABEL = 1.6  # times the body's size: larger words are a label only where they are few
_TITLE = 2.0  # times a headline's size: what is larger over it is the headline, and that its deck
_FAR = 12  # neighbours in a column that are looked through for headlines of the same size
_CREDITS = frozenset({K.BYLINE, K.DATELINE})

#: How far geometry's guess is believed, and what else such a guess may turn out to be.
_GUESSES: dict[RegionKind, tuple[tuple[RegionKind, float], ...]] = {
    K.PARAGRAPH: ((K.PARAGRAPH, 1.5),),
    K.HEADLINE: (
        (K.HEADLINE, 1.0),
        (K.SUBHEADLINE, 0.5),
        (K.KICKER, 0.3),
        (K.CROSSHEAD, 0.5),
        (K.PULL_QUOTE, 0.3),
    ),
    K.CROSSHEAD: ((K.CROSSHEAD, 0.8), (K.HEADLINE, 0.5)),
    K.UNKNOWN: (),
    K.PULL_QUOTE: ((K.PULL_QUOTE, 1.5),),
    K.CAPTION: ((K.CAPTION, 1.5),),
    K.MASTHEAD: ((K.MASTHEAD, 5.0),),
}


def votes_for(
    scene: Scene, n: int, kinds: Sequence[RegionKind], quotes: dict[int, float], heads: dict[int, int]
) -> Iterator[Vote]:
    """All evidence on look ``n`` of a scene, its neighbours being of these kinds for the moment.

    ``quotes`` holds for display text how far (0..1) it repeats the page's body text, ``heads`` the
    headline or deck that a look stands under (see `find_heads`).
    """
    look = scene.looks[n]
    for kind, weight in _GUESSES.get(look.guess, ((look.guess, 1.5),)):
        yield kind, weight, "looks like it"
    yield from _size_votes(look)
    yield from _text_votes(scene, look)
    yield from _opening_votes(scene, n, kinds)
    yield from _head_votes(scene, n, kinds, heads)
    yield from column_votes(scene, n, kinds)
    yield from picture_votes(scene, n, kinds, heads)
    yield from quote_votes(scene, n, kinds, quotes, heads)


def _size_votes(look: Look) -> Iterator[Vote]:
    size = f"{look.size:.1f} x body size"
    if look.size > 1.12:
        yield K.HEADLINE, min(3.5, 5.0 * math.log(look.size)), size
    if look.size > 1.6:
        yield K.PARAGRAPH, -3.0, size
        yield K.CAPTION, -3.0, size
        yield K.SUBHEADLINE, 2.0 * (1.6 - look.size), size
    elif look.size > 1.2:
        yield K.PARAGRAPH, -1.5, size
        yield K.SUBHEADLINE, 0.8, size
        yield K.CAPTION, -1.5, size
    if look.size > 1.3:
        yield K.BYLINE, -2.0, size
        yield K.DATELINE, -2.0, size
        yield K.CROSSHEAD, -1.0 - 2.0 * math.log(look.size / 1.3), size
    if look.size < 0.92:
        yield K.CAPTION, 0.7, "smaller than body text"
        yield K.HEADLINE, -2.0, "smaller than body text"
    if look.is_bold:
        for kind in (K.HEADLINE, K.CROSSHEAD, K.SUBHEADLINE):
            yield kind, 0.7, "bold"
        yield K.PARAGRAPH, -0.3, "bold"
    if look.lines > 1:
        yield K.PARAGRAPH, 1.0, "several lines"
    if look.lines > 3:
        yield K.PARAGRAPH, 1.0, "many lines"
        for kind in (K.HEADLINE, K.CROSSHEAD, K.SUBHEADLINE, K.CAPTION):
            yield kind, -1.0, "many lines"
    for kind, most in ((K.KICKER, 1), (K.BYLINE, 2), (K.DATELINE, 1), (K.CROSSHEAD, 2), (K.CONTINUATION, 2)):
        if look.lines > most:
            yield kind, -4.0, "too many lines"


def _text_votes(scene: Scene, look: Look) -> Iterator[Vote]:
    text, language = look.text, scene.language
    if not text:
        return
    if is_continuation(text, language) or page_named(text):
        yield K.CONTINUATION, 6.0, "says where the text goes on"
    elif is_nearly_pointer(text, language):
        yield K.CONTINUATION, 3.5, "nearly says where the text goes on"
    if look.words <= 10 and is_date(text, language):
        yield K.DATELINE, 2.5, "a date"
        yield K.CROSSHEAD, -1.5, "a date"
    if is_byline(text, language):
        yield K.BYLINE, 2.5 if look.words <= 6 else 1.0, "names an author"
        if is_name(text) and text[:1].isupper():
            yield K.BYLINE, 1.5, "names in capitals"
        yield K.CROSSHEAD, -1.0, "names an author"
        yield K.SUBHEADLINE, -1.0, "names an author"
    elif look.words <= 7 and opens_nearly(text, language, "byline"):
        yield K.BYLINE, 1.8, "nearly a word that names an author"
        yield K.CROSSHEAD, -1.0, "nearly a word that names an author"
    elif is_name(text):
        cased = text[:1].isupper()
        yield K.BYLINE, 1.3 if cased else 0.3, "looks like names"
        yield K.SUBHEADLINE, -0.5 if cased and look.size < 1.08 else 0.0, "looks like names"
    elif has_digits(text):
        yield K.BYLINE, -2.0, "holds digits"
    if is_credit(text, language):
        yield K.CAPTION, 1.0, "names the photographer"
    if ends_statement(text):
        yield K.PARAGRAPH, 0.7, "a full sentence"
        for kind in (K.HEADLINE, K.CROSSHEAD, K.BYLINE, K.KICKER):
            yield kind, -0.8, "ends like a sentence"
    if begins_lower(text):
        yield K.PARAGRAPH, 1.0, "begins in mid-sentence"
        for kind in (K.HEADLINE, K.CROSSHEAD, K.BYLINE, K.KICKER):
            yield kind, -1.0, "begins in mid-sentence"
    for kind, most in ((K.KICKER, 9), (K.BYLINE, 9), (K.CROSSHEAD, 9), (K.HEADLINE, 20)):
        if look.words > most:
            yield kind, -1.5, "long for it"
    if begins_with_mark(text):
        yield K.QUESTION, 2.0 + 1.5 * ends_question(text), "opens with a bullet"
        yield K.CROSSHEAD, -1.0, "opens with a bullet"


def _opening_votes(scene: Scene, n: int, kinds: Sequence[RegionKind]) -> Iterator[Vote]:
    """Signs of opening an article: standing above a headline, above text, in a row of the like."""
    look, below = scene.looks[n], scene.below[n]
    if has_siblings(scene, n, kinds):
        yield (
            K.HEADLINE,
            1.5 if look.size > 1.25 or scene.rule_above[n] else 0.8,
            "one of several of its size",
        )
        yield K.SUBHEADLINE, -1.5, "one of several of its size"
    if below is None or scene.gap_below(n) > _CLOSE or scene.rule_below[n]:
        return
    other = scene.looks[below]
    if kinds[below] is K.HEADLINE and look.lines == 1:
        if other.size > 1.08 * look.size and is_aligned(look, other, scene):
            yield K.KICKER, 3.3 if look.words <= 9 else 1.0, "small, above a headline"
            yield K.PARAGRAPH, -0.5, "above a headline"
            if look.guess in RUNNING_TEXT and ends_question(look.text):
                yield K.KICKER, -3.0, "the end of a question"
            yield K.HEADLINE, -1.0, "above a larger headline"
        elif (
            look.words <= (5 if look.size < _LABEL else 3)
            and look.size < _TITLE * other.size
            and not _is_next_line(scene, n, below)
            and (
                _is_bar(look, other)
                or (has_siblings(scene, below, kinds) and not has_siblings(scene, n, kinds))
            )
        ):
            yield K.SECTION_LABEL, 3.5 + look.set_off, "short, above a smaller headline"
            yield K.HEADLINE, -1.0 - look.set_off, "above a smaller headline"
    if kinds[below] in BODY | _CREDITS | {K.SUBHEADLINE, K.IMAGE} and look.size > 1.1:
        yield K.HEADLINE, 0.8, "above text"


def _is_bar(look: Look, other: Look) -> bool:
    """Whether a look stands light on a dark bar over what is printed dark on light."""
    return look.region.appearance.light_on_dark and not other.region.appearance.light_on_dark


def _is_next_line(scene: Scene, n: int, below: int) -> bool:
    """Whether the look below goes on with this one: of one size, close, on one middle."""
    look, other = scene.looks[n], scene.looks[below]
    even = max(look.size, other.size) < 1.12 * min(look.size, other.size)
    middle = abs(look.box.center[0] - other.box.center[0]) < 0.5 * scene.body.pitch
    return even and middle and scene.gap_below(n) < 0.6 and not _is_bar(look, other)


def has_siblings(scene: Scene, n: int, kinds: Sequence[RegionKind]) -> bool:
    """Whether the column holds another small headline of this size, each right above text.

    Decks and kickers do not count: a deck stands under something larger, a kicker above it; nor do bold
    lines found in a run of text, whose type is the text's.
    """
    look = scene.looks[n]
    if look.size < 1.08 or look.lines > 3 or look.guess is K.CROSSHEAD or not _is_above_text(scene, n):
        return False
    for step in (scene.below, scene.above):
        seen, m = 0, step[n]
        while m is not None and seen < _FAR:
            other = scene.looks[m]
            alike = other.lines <= 3 and abs(other.size / look.size - 1) < 0.1 and other.size > 1.08
            own = kinds[m] is not K.PULL_QUOTE and other.guess is not K.CROSSHEAD
            if seen and alike and own and _is_above_text(scene, m):
                return not _is_under_larger(scene, m)
            if not other.is_text or other.size > 1.12 * look.size:
                break
            seen, m = seen + 1, step[m]
    return False


def _is_above_text(scene: Scene, n: int) -> bool:
    below = scene.below[n]
    return below is not None and scene.gap_below(n) < _CLOSE and scene.looks[below].size < scene.looks[n].size


def _is_under_larger(scene: Scene, n: int) -> bool:
    above = scene.above[n]
    return (
        above is not None
        and scene.gap_above(n) < _CLOSE
        and scene.looks[above].size > 1.12 * scene.looks[n].size
    )


def find_heads(scene: Scene, kinds: Sequence[RegionKind]) -> dict[int, int]:
    """For each look the headline or deck it stands under, be it aside: the column below may be one of
    several that the headline spans. Nothing but white lies between the look and the headline's level.
    """
    heads = [n for n, kind in enumerate(kinds) if kind in {K.HEADLINE, K.SUBHEADLINE}]
    pitch = scene.body.pitch
    index = RowIndex.of((scene.looks[n].box for n in heads), 2 * pitch)
    found: dict[int, int] = {}
    for n, look in enumerate(scene.looks):
        if not look.is_text or (scene.rule_above[n] and scene.gap_above(n) < _CLOSE):
            continue
        above = scene.above[n]
        ceiling = scene.looks[above].box.y1 if above is not None else -math.inf
        if above is not None and kinds[above] in HEADS and scene.gap_above(n) <= _CLOSE + 0.5:
            found[n] = above
            continue
        best = math.inf
        for m in (heads[k] for k in index.across(look.box.y0 - _REACH * pitch, look.box.y0)):
            head = scene.looks[m].box
            down, aside = look.box.y0 - head.y1, max(0.0, -look.box.overlap_x(head))
            if down < -0.5 * pitch or ceiling > head.center[1] or m == n:
                continue
            cost = down + 0.2 * aside + (3 * pitch if look.box.x0 > head.x1 else 0.0)
            if cost < best and aside < 1.5 * max(head.width, look.box.width):
                best, found[n] = cost, m
    return found


def _head_votes(scene: Scene, n: int, kinds: Sequence[RegionKind], heads: dict[int, int]) -> Iterator[Vote]:
    """Signs of standing under a headline: deck, byline, dateline."""
    look, head, above = scene.looks[n], heads.get(n), scene.above[n]
    small = look.lines <= 2 and look.size < 1.25
    if above is not None and kinds[above] in _CREDITS and scene.gap_above(n) < _CLOSE and small:
        yield K.DATELINE, 1.0 if has_digits(look.text) and look.words > 1 else -0.5, "below the byline"
        yield K.BYLINE, 0.3, "below a byline"
    if head is None:
        yield K.SUBHEADLINE, -2.0, "no headline above"
        yield K.BYLINE, -0.7, "no headline above"
        return
    other = scene.looks[head]
    over = other.box.overlap_x(look.box) > 0.5 * min(look.box.width, other.box.width)
    if other.size > 1.12 * look.size and kinds[head] is K.HEADLINE and over:
        yield K.SUBHEADLINE, 2.0, "below a headline, smaller"
        yield K.SUBHEADLINE, 0.7 if look.words > 4 else -0.8, "more than a label"
        if look.size < 1.08 and not look.is_bold and look.lines == 1:
            yield K.SUBHEADLINE, -0.4, "no larger than body text"
        yield K.HEADLINE, -1.0 - 2.5 * math.log(other.size / look.size), "below a larger headline"
    if small and not begins_lower(look.text) and look.words <= 8:
        yield (
            K.BYLINE,
            0.8 + 0.6 * (look.words <= 6) + 0.3 * (kinds[head] is K.SUBHEADLINE),
            "below a headline",
        )
        yield K.DATELINE, 0.8 if has_digits(look.text) and 1 < look.words < 6 else -0.5, "below a headline"
        if not (is_aligned(look, other, scene, inside=False) or look.box.x0 < other.box.x0):
            yield K.BYLINE, -1.2, "in a later column than the headline"
