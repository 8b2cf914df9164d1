"""The head of a front page: title, line of dates, and the notices set beside the title.

Over the first article stands, on old papers, a whole block: the title drawn large, terms of subscription and
prices to its left and right, and under all of it the line of date and number between two rules over the
whole page. Nothing above that line is an article.
"""

from __future__ import annotations

from collections.abc import Sequence

from layout.document import Box, RegionKind
from layout.reflow.looks import Look, Scene, same_row
from layout.reflow.wording import has_words, is_date, lone_number

Vote = tuple[RegionKind, float, str]
K = RegionKind
_DEPTH = 0.4  # share of the page's height that such a head takes at most
_ACROSS = 0.7  # share of the printed width that a rule over the whole page covers
_LINE = 4.0  # line pitches between the two rules around the line of dates
_TERMS_DEEP = 8.0  # body pitches that a list under the line of dates takes
_TERMS_LINES, _TERMS_SIZE = 5, 1.15  # lines of its pieces; times the body's size
_TERMS = 0.9  # times the body's size: that of the terms of subscription is smaller
_TITLE = 2.5  # times the body's size; a drawn title is larger still
_HUGE = 3.0  # times the body's size: no room for many words
_NOTICES = 5  # pieces of them, where nothing else tells that it is a head
_NAME = 5  # words of a paper's name
_NOTICE = 14  # lines; a longer text above is an article, and this no head
_BESIDE = 2  # pieces that stand beside or over the title: fewer are a plain head, read row by row
_KEPT = frozenset({K.IMAGE, K.ADVERTISEMENT, K.DEATH_NOTICE, K.SEPARATOR, K.NOISE, K.PAGE_NUMBER})


def find_paper_head(scene: Scene) -> dict[int, list[Vote]]:
    """Votes for everything that stands in the head of a front page; none where there is no such head."""
    bottom = _bottom(scene)
    if bottom is None:
        return {}
    above = [n for n, look in enumerate(scene.looks) if look.box.center[1] < bottom]
    texts = [n for n in above if scene.looks[n].is_text and scene.looks[n].guess not in _KEPT]
    if any(scene.looks[n].lines > _NOTICE or scene.looks[n].region.children for n in texts):
        return {}
    title = _largest(scene, texts)
    if title is None or not _is_title(scene, title):
        return {}
    line = scene.looks[title].box
    if any(_is_text_under(scene.looks[n], line) for n in texts):
        return {}
    beside = [n for n in texts if n != title and scene.looks[n].box.y0 < line.y1]
    if len(beside) < _BESIDE:
        return {}
    return {n: [_vote(scene.looks[n], n == title)] for n in texts}


def _is_text_under(look: Look, title: Box) -> bool:
    """Whether it is text right under the title: a headline has some, a paper's name mottoes and dates, and
    terms of subscription in smaller type."""
    under = look.box.center[1] > title.y1 and look.box.overlap_x(title) > 0.3 * look.box.width
    return under and look.lines > 2 and look.size > _TERMS


def _vote(look: Look, title: bool) -> Vote:
    if len(lone_number(look.text) or "    ") < 4:
        return K.PAGE_NUMBER, 4.0, "digits alone in the block of the title"
    if title:
        return K.MASTHEAD, 4.0, f"the largest type of the page, {look.size:.1f} x body, in its head"
    if look.lines > 2:
        return K.IMPRINT, 3.0, "set beside the title, over the line of dates"
    return K.RUNNING_HEAD, 3.0, "in the block of the title, over the line of dates"


def _is_title(scene: Scene, n: int) -> bool:
    """Whether a look is the largest of the page, and in the middle half of its width."""
    look = scene.looks[n]
    if look.guess is K.MASTHEAD:
        return True
    largest = max(other.size for other in scene.looks if other.is_text and not other.region.rotation)
    middle = abs(look.box.center[0] - scene.area.center[0]) < 0.25 * scene.area.width
    few = look.words <= _NAME or look.size > _HUGE  # words are seldom read right there
    return few and look.size > _TITLE and look.size > 0.8 * largest and middle


def _largest(scene: Scene, texts: Sequence[int]) -> int | None:
    """The look that may be the title: one that geometry knows as drawn, else the largest; None of none."""

    texts = [n for n in texts if not scene.looks[n].region.rotation]

    def rank(n: int) -> tuple[bool, float, int]:
        return scene.looks[n].guess is K.MASTHEAD, scene.looks[n].size, -n

    return max(texts, key=rank, default=None)


def _bottom(scene: Scene) -> float | None:
    """Height of the rule that ends the head: the lower of those around the line of dates, else the first one
    under a title where the date stands over it; None where there is no such rule."""
    limit = scene.area.y0 + _DEPTH * scene.height
    levels = _levels([rule for rule in scene.rules if rule.width > 3 * rule.height], scene)
    levels = [y for y in levels if y < limit]
    for lower in reversed(levels):
        uppers = [y for y in levels if 0 < lower - y < _LINE * scene.body.pitch + 1]
        row = [
            look
            for look in scene.looks
            if look.is_text and 0 < lower - look.box.center[1] < _LINE * scene.body.pitch
        ]
        if any(look.lines > 2 for look in row):
            continue
        dated = any(
            is_date(look.text, scene.language) or has_words(look.text, scene.language, "issue")
            for look in row
        )
        if row and (dated or any(any(y < k.box.center[1] for k in row) for y in uppers)):
            return _with_terms(scene, lower, levels)
    end = _under_title(scene, levels)
    return None if end is None else _with_terms(scene, end, levels)


def _with_terms(scene: Scene, end: float, levels: Sequence[float]) -> float:
    """The end of the head one rule further down, where only terms and lists of agents stand between: some
    short pieces of small type over the page's width, no headline and no column."""
    for lower in (y for y in levels if end < y < end + _TERMS_DEEP * scene.body.pitch):
        between = [look for look in scene.looks if look.is_text and end < look.box.center[1] < lower]
        if between and all(k.lines <= _TERMS_LINES and k.size < _TERMS_SIZE for k in between):
            return lower
    return end


def _under_title(scene: Scene, levels: Sequence[float]) -> float | None:
    """The first of these heights under the title, where the title is drawn, or where a date or terms of
    subscription stand over the rule.

    Under a drawn title without a rule it is the foot of the first line of dates.
    """
    high = scene.area.y0 + _DEPTH * scene.height
    texts = [n for n, look in enumerate(scene.looks) if look.is_text and look.box.y1 < high]
    title = _largest(scene, texts)
    if title is None or not _is_title(scene, title):
        return None
    look = scene.looks[title]
    rule = next((y for y in levels if y > look.box.y1), None)
    if look.guess is K.MASTHEAD:
        return _foot_of_dates(scene, texts, look.box) if rule is None else rule
    if rule is None:
        return None
    over = [scene.looks[n] for n in texts if n != title and scene.looks[n].box.center[1] < rule]
    dated = any(is_date(other.text, scene.language) for other in over)
    return rule if dated or (look.size > _HUGE and _are_terms(over)) else None


def _are_terms(looks: Sequence[Look]) -> bool:
    """Whether some of these are short pieces in type smaller than the text, and none is a text: notices of
    prices stand so around a name, though no date was read; a headline has its text below it."""
    small = [look for look in looks if look.size < _TERMS]
    return len(small) >= _NOTICES and all(look.lines <= _TERMS_LINES for look in looks)


def _foot_of_dates(scene: Scene, texts: Sequence[int], title: Box) -> float | None:
    """Where the first row of short lines with a date among them ends under the title."""
    under = [scene.looks[n] for n in texts if scene.looks[n].box.y0 > title.center[1]]
    dates = [k.box for k in under if k.box.y0 > title.y1 and is_date(k.text, scene.language) and k.lines == 1]
    first = min(dates, key=lambda box: box.y0, default=None)
    if first is None:
        return None
    return max(k.box.y1 for k in under if same_row(k.box, first) and k.lines < 3) + 1


def _levels(rules: Sequence[Box], scene: Scene) -> list[float]:
    """Heights at which rules cover the page's width, alone or several on one level."""
    found: list[float] = []
    for rule in sorted(rules, key=lambda r: r.center[1]):
        y = rule.center[1]
        level = [r for r in rules if abs(r.center[1] - y) < 0.5 * scene.body.pitch]
        if sum(r.overlap_x(scene.area) for r in level) >= _ACROSS * scene.area.width:
            found.append(y)
    return found
