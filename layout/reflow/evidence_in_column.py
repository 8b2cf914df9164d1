"""Evidence from how a text stands in a column of others: crossheads, headlines, bylines (see `evidence`)."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

from layout.document import RegionKind
from layout.reflow.evidence_beside import BODY, Vote
from layout.reflow.looks import Look, Scene, column_of, is_centred
from layout.reflow.wording import ends_sentence, ends_statement, is_byline

K = RegionKind
HEADS = frozenset({K.HEADLINE, K.SUBHEADLINE, K.KICKER})
_SET_OFF = 0.3  # of a column's width at least before a name that stands at its end


def column_votes(scene: Scene, n: int, kinds: Sequence[RegionKind]) -> Iterator[Vote]:
    """Signs of standing inside a column of running text."""
    look, above, below = scene.looks[n], scene.above[n], scene.below[n]
    column = column_of(scene, n)
    in_text = above is not None and kinds[above] in BODY and not scene.rule_above[n]
    on_text = below is not None and kinds[below] in BODY and not scene.rule_below[n]
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
            kinds[above] in HEADS and not is_aligned(look, scene.looks[above], scene, False)
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
    closes = in_text and not on_text and look.lines <= 2 and look.words <= 8 and not ends_sentence(look.text)
    set_off = look.box.x0 - column.x0 > _SET_OFF * column.width and column.x1 - look.box.x1 < 0.4 * pitch
    if closes and set_off:
        yield K.BYLINE, 1.8, "at the end of a text's last line"
    elif in_text and look.lines == 1 and not centred:
        yield K.PARAGRAPH, 0.8, "goes on below text"
    if scene.rule_above[n] and _is_near_rule(scene, n) and on_text and look.lines <= 3:
        yield K.HEADLINE, 1.0, "below a rule, above text"
        yield K.CROSSHEAD, -2.0, "below a rule"
        if heavy:
            yield K.HEADLINE, 1.5, "bold, over plain text"
        if short and look.lines == 1 and not ends_statement(look.text):
            yield K.HEADLINE, 2.0 if centred else 0.7, "a short line, no sentence"
    if closes:
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


def is_aligned(look: Look, head: Look, scene: Scene, inside: bool = True) -> bool:
    """Whether a line stands on a headline's middle, start or end, or (if asked) inside its width."""
    slack = 1.5 * scene.body.pitch
    return (
        abs(look.box.center[0] - head.box.center[0]) < slack
        or abs(look.box.x0 - head.box.x0) < slack
        or abs(look.box.x1 - head.box.x1) < slack
        or (inside and head.box.x0 - slack < look.box.x0 and look.box.x1 < head.box.x1 + slack)
    )
