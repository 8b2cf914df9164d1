"""Evidence for a region's role: each sign adds weight to one or more kinds, with a reason in words.

Weights are about log odds: 1 is a hint, 2 a good sign, 3 nearly enough alone. Signs are of four sorts:
size and weight against body text, place among the neighbours, the text, and geometry's own guess.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence

from layout.document import RUNNING_TEXT, RegionKind
from layout.reflow.evidence_beside import Vote, picture_votes, quote_votes
from layout.reflow.field import RowIndex
from layout.reflow.looks import Look, Scene, column_of, is_centred
from layout.reflow.wording import (
    begins_lower,
    begins_with_mark,
    ends_question,
    ends_sentence,
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
_HEADS = frozenset({K.HEADLINE, K.SUBHEADLINE, K.KICKER})
_CREDITS = frozenset({K.BYLINE, K.DATELINE})
_BODY = RUNNING_TEXT | {K.CROSSHEAD}

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
    yield from _column_votes(scene, n, kinds)
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
        if other.size > 1.08 * look.size and _aligned(look, other, scene):
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
    if kinds[below] in _BODY | _CREDITS | {K.SUBHEADLINE, K.IMAGE} and look.size > 1.1:
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
        if above is not None and kinds[above] in _HEADS and scene.gap_above(n) <= _CLOSE + 0.5:
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
        if not (_aligned(look, other, scene, inside=False) or look.box.x0 < other.box.x0):
            yield K.BYLINE, -1.2, "in a later column than the headline"


def _aligned(look: Look, head: Look, scene: Scene, inside: bool = True) -> bool:
    """Whether a line stands on a headline's middle, start or end, or (if asked) inside its width."""
    slack = 1.5 * scene.body.pitch
    return (
        abs(look.box.center[0] - head.box.center[0]) < slack
        or abs(look.box.x0 - head.box.x0) < slack
        or abs(look.box.x1 - head.box.x1) < slack
        or (inside and head.box.x0 - slack < look.box.x0 and look.box.x1 < head.box.x1 + slack)
    )


def _column_votes(scene: Scene, n: int, kinds: Sequence[RegionKind]) -> Iterator[Vote]:
    """Signs of standing inside a column of running text."""
    look, above, below = scene.looks[n], scene.above[n], scene.below[n]
    column = column_of(scene, n)
    in_text = above is not None and kinds[above] in _BODY and not scene.rule_above[n]
    on_text = below is not None and kinds[below] in _BODY and not scene.rule_below[n]
    short = look.box.width < 0.85 * column.width
    pitch = scene.body.pitch
    centred = is_centred(look.box, column, pitch)
    flush = abs(look.box.x0 - column.x0) < 0.25 * pitch
    if on_text and look.lines <= 2 and short and look.box.width <= 1.05 * column.width:
        if in_text:
            yield K.CROSSHEAD, 2.0, "short line between paragraphs"
            yield K.HEADLINE, -0.7, "inside a column of text"
        elif above is not None and kinds[above] in {K.IMAGE, K.CAPTION}:
            yield K.CROSSHEAD, 0.5, "short line above a paragraph"
        elif above is None or (
            kinds[above] in _HEADS and not _aligned(look, scene.looks[above], scene, False)
        ):
            yield K.CROSSHEAD, 1.0, "short line at the head of a column"
        if centred:
            yield K.CROSSHEAD, 1.3, "in the middle of the column"
        elif flush and not ends_statement(look.text):
            yield K.CROSSHEAD, 0.8, "not indented"
        if scene.gap_above(n) > scene.gap_below(n) + 0.3:
            yield K.CROSSHEAD, 0.4, "nearer to the text below"
        if centred and _is_like_headlines(scene, n, kinds):
            yield K.HEADLINE, 2.5, "set like the headlines of the page"
            yield K.CROSSHEAD, -1.0, "set like the headlines of the page"
    nearer = scene.gap_above(n) > scene.gap_below(n) + 0.2
    bolder = (
        look.is_bold
        and look.weight > (1 + 0.75 * scene.body.bolder) * scene.looks[n if below is None else below].weight
    )
    heavy = on_text and nearer and bolder and look.lines <= 2 and not ends_statement(look.text)
    if heavy:
        yield K.CROSSHEAD, 1.5, "bold, over plain text"
        yield K.PARAGRAPH, -1.0, "bold, over plain text"
    if scene.inside is not None and above is None and on_text and look.words > 1:
        yield K.HEADLINE, 1.5, "opens a box"
        yield K.CROSSHEAD, -1.5, "opens a box"
        if short and look.lines == 1 and not ends_statement(look.text):
            yield K.PARAGRAPH, -0.7, "a short line, no sentence"
    if look.words > 5 and look.size < 1.15:
        yield K.PARAGRAPH, 0.5, "a line of text"
        if look.size < 1.12 and not look.is_bold and not short and not centred:
            yield K.HEADLINE, -2.5, "a full line in the text's own type"
    if in_text and look.lines == 1 and not centred:
        yield K.PARAGRAPH, 0.8, "goes on below text"
    if scene.rule_above[n] and _is_near_rule(scene, n) and on_text and look.lines <= 3:
        yield K.HEADLINE, 1.0, "below a rule, above text"
        yield K.CROSSHEAD, -2.0, "below a rule"
        if heavy:
            yield K.HEADLINE, 1.5, "bold, over plain text"
        if short and look.lines == 1 and not ends_statement(look.text):
            yield K.HEADLINE, 2.0 if centred else 0.7, "a short line, no sentence"
    if in_text and not on_text and look.lines <= 2 and look.words <= 8 and not ends_sentence(look.text):
        yield K.BYLINE, 1.2 if is_byline(look.text, scene.language) else 0.5, "at the foot of a text"
    if look.box.width > 1.2 * column.width and look.size > 1.1:
        yield K.HEADLINE, 0.5, "wider than a column"
        yield K.CROSSHEAD, -2.0, "wider than a column"


def _is_near_rule(scene: Scene, n: int) -> bool:
    """Whether the rule above a look is near enough to part it from what is above: however much white is over
    the rule.
    """
    box, reach = scene.looks[n].box, 3 * scene.body.pitch
    if scene.gap_above(n) * scene.body.pitch < reach:
        return True
    return any(
        rule.width > 3 * rule.height
        and rule.overlap_x(box) > 0.9 * box.width
        and 0 <= box.y0 - rule.y1 < reach
        for rule in scene.rules
    )


def _is_like_headlines(scene: Scene, n: int, kinds: Sequence[RegionKind]) -> bool:
    """Whether two headlines of the page and more, below a rule and in the middle of their columns, are of
    about this look's size and have no more white above them: then its own rule was too faint to be seen.
    """
    look = scene.looks[n]
    gaps = [
        scene.gap_above(m)
        for m, kind in enumerate(kinds)
        if kind is K.HEADLINE
        and scene.rule_above[m]
        and abs(scene.looks[m].size - look.size) < 0.5 * look.size
        and is_centred(scene.looks[m].box, column_of(scene, m), scene.body.pitch)
    ]
    return len(gaps) > 1 and scene.gap_above(n) > max(1.0, 0.8 * statistics.median(gaps))
