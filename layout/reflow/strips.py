"""The strips at the head and foot of a page: masthead, running heads, section label, page number.

Rows of short text are taken from the top (and from the bottom) for as long as they look like matter
that repeats on every page: cut off by a rule, set in pieces far apart, a date, a lone number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from layout.document import RUNNING_MATTER, RUNNING_TEXT, RegionKind
from layout.reflow.looks import Look, Scene, same_row
from layout.reflow.paper_head import find_paper_head
from layout.reflow.section_names import DEPTH, Vote, at_corner, heads_text, in_middle, section_name
from layout.reflow.wording import has_words, is_continuation, is_date, lone_number, opens_with, page_named

_ROWS = 3  # masthead, line of dates, and one more
_SPACE = 0.8  # of their height: a word's space between two letters' boxes is less
_STEP = 4.0  # line pitches from one notice to the next
_CLOSE = 1.5  # line pitches between the figures of a column
_IMPRINT = 1.3  # times the text's size: an imprint is no headline
_NEEDED = 1.8  # sum of evidence from which a row counts as a strip: two good signs
_WIDEST = 1.5  # times as wide as high are the widest letters of a line


def find_strips(scene: Scene, specks: Collection[int] = ()) -> dict[int, list[Vote]]:
    """Votes for the looks that stand in a strip, by their number; empty inside a container.

    ``specks`` are looks that are no text and stand in no row.
    """
    found: dict[int, list[Vote]] = {}
    if scene.inside is not None or not scene.looks:
        return found
    for n, look in enumerate(scene.looks):
        if look.is_text and (look.region.rotation or _is_upright(look)):
            found[n] = [(RegionKind.SECTION_LABEL, 4.0, "text turned along the margin")]
    for n, votes in find_paper_head(scene).items():
        if n not in specks:
            found.setdefault(n, votes)
    rows = _rows(scene, {*found, *specks})
    limit = scene.area.y0 + DEPTH * scene.height
    closed = 0.0
    for row in rows[:_ROWS]:
        if scene.looks[row[0]].box.y0 > limit or _strip_score(scene, row, top=True) < _NEEDED + closed:
            break
        found.update(_name_row(scene, row, top=True))
        if _ruled_off(scene, [scene.looks[n] for n in row], top=True):
            # a rule ends the head, save that a line of dates may follow the masthead's
            closed = 1.5 if max(scene.looks[n].size for n in row) > 2.2 else 4.0
    for row in rows[: _ROWS + 1]:
        if row[0] not in found:
            found.update(section_name(scene, row, rows))
            break
    limit = scene.area.y1 - 0.5 * DEPTH * scene.height
    for row in rows[: -_ROWS - 1 : -1]:
        if (
            row[0] in found
            or scene.looks[row[0]].box.y1 < limit
            or any(_is_in_figures(scene, n) for n in row)
        ):
            break
        if _strip_score(scene, row, top=False) < _NEEDED:
            break
        found.update(_name_row(scene, row, top=False))
    for n in range(len(scene.looks)):
        if n not in found and n not in specks and _is_outer_number(scene, n):
            found[n] = [(RegionKind.PAGE_NUMBER, 3.0, "a number alone at the edge of the print")]
        elif n not in found and n not in specks and _is_outer_name(scene, n, specks):
            found[n] = [(RegionKind.PAGE_NUMBER, 8.0, "a page's name and number beyond all other text")]
    return _one_folio(scene, found)


def _is_upright(look: Look) -> bool:
    """Whether a single line of letters is far taller than wide: it runs up or down the page."""
    return look.lines == 1 and len(look.text) > 3 and look.box.height > 2.5 * look.box.width


def _number(look: Look) -> str | None:
    """The number that is all a look says; None too where it is all that was read of a line of text."""
    ink = look.region.lines[0].box if look.region.lines else look.box
    return lone_number(look.text) if ink.width <= _WIDEST * len(look.text) * ink.height else None


def _is_outer_number(scene: Scene, n: int) -> bool:
    """Whether the look is a short number with no text beyond it: above it at the head, below at the foot.

    It may stand in one row with a box or a picture that reaches into the strip.
    """
    look = scene.looks[n]
    digits = _number(look) if look.is_text else None
    if digits is None or len(digits) > 3 or look.lines > 1 or _is_in_figures(scene, n):
        return False
    others = [other.box for m, other in enumerate(scene.looks) if m != n and other.is_text and other.words]
    near = 0.6 * scene.body.pitch
    head = look.box.y1 < scene.area.y0 + DEPTH * scene.height
    foot = look.box.y0 > scene.area.y1 - 0.5 * DEPTH * scene.height
    above = head and all(box.y0 > look.box.y0 - near for box in others)
    below = foot and all(box.y1 < look.box.y1 + near for box in others)
    return above or below


def _is_in_figures(scene: Scene, n: int) -> bool:
    """Whether the look stands close under another number: in a column of a table."""
    above = scene.above[n]
    return above is not None and scene.gap_above(n) < _CLOSE and _number(scene.looks[above]) is not None


def _is_outer_name(scene: Scene, n: int, specks: Collection[int]) -> bool:
    """Whether the look is a page's name and number at the foot, below every column's last line, or at the
    head with nothing above it; a pointer to another page stands at the end of its column, level with the
    others'.
    """
    look = scene.looks[n]
    if not look.is_text or page_named(look.text) is None:
        return False
    slack = 0.3 * scene.body.pitch
    around = (m for m in range(len(scene.looks)) if m != n and m not in specks)
    others = [scene.looks[m].box for m in around if scene.looks[m].is_text]
    head = look.box.y1 < scene.area.y0 + DEPTH * scene.height
    foot = look.box.y0 > scene.area.y1 - 0.5 * DEPTH * scene.height
    above = head and all(box.y1 > look.box.y0 for box in others)
    return above or (foot and all(box.y1 < look.box.y0 + slack for box in others))


def _rows(scene: Scene, taken: Collection[int]) -> list[list[int]]:
    """Numbers of the looks side by side, from top to bottom; each row from first to last read.

    Graphics count, so that nothing is taken for a strip across a picture.
    """
    rows: list[list[int]] = []
    order = sorted(
        (n for n in range(len(scene.looks)) if n not in taken), key=lambda n: scene.looks[n].box.y0
    )
    for n in order:
        box = scene.looks[n].box
        if rows and any(same_row(scene.looks[m].box, box) for m in rows[-1]):
            rows[-1].append(n)
        else:
            rows.append([n])
    return [sorted(row, key=lambda n: scene.looks[n].box.x0) for row in rows]


def _strip_score(scene: Scene, row: Sequence[int], top: bool) -> float:
    looks = [scene.looks[n] for n in row]
    if any(not look.is_text or look.lines > 3 or look.words > 25 for look in looks):
        return -1.0
    pitch = scene.body.pitch
    score = sum(value for value, _ in _row_evidence(scene, looks, pitch))
    gaps = [scene.gap_below(n) if top else scene.gap_above(n) for n in row]
    listed = not top and _among_ruled(scene, looks)
    if _ruled_off(scene, looks, top) and not listed:
        score += 2.0
    if min(gaps) > 1.0:
        score += 0.7
    if top and any(heads_text(scene, n) for n in row):
        score -= 1.5
    if not top and len(row) == 1 and _is_imprint(scene, row[0]):
        score += 1.5
    elif not top and (listed or _is_text_foot(scene, row)):
        score -= 2.0
    return score


def _row_evidence(scene: Scene, looks: Sequence[Look], pitch: float) -> Iterator[tuple[float, str]]:
    language = scene.language
    named = [look for look in looks if page_named(look.text)]
    dated = any(is_date(look.text, language) for look in looks)
    folio = len(named) == 1 and dated  # beside the date a page's name is its own, not another one's
    if any(is_continuation(look.text, language) for look in looks if not (folio and look in named)):
        yield -3.0, "a notice of continuation"
    if named and not folio and max(look.size for look in looks) > 1.1:
        yield -3.0, "a teaser with its page"
    if named or any(_number(look) and _is_apart(looks, n) for n, look in enumerate(looks)):
        yield 1.8, "a number alone"
    if dated:
        yield 1.2, "a date"
    if any(look.words <= 8 and has_words(look.text, language, "issue") for look in looks):
        yield 1.0, "number or price of the issue"
    if any(look.guess in RUNNING_MATTER for look in looks):
        yield 1.5, "outside the body"
    gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(looks)]
    if gaps and min(gaps) > 4 * pitch:
        yield 1.0, "pieces far apart"
    if all(look.size <= 1.4 for look in looks):
        yield 0.5, "small"
    if len(looks) == 1 and looks[0].words <= 5 and at_corner(scene, looks[0]):
        yield 0.7, "in the corner"
    if max(look.size for look in looks) > 2.2 and len(looks) == 1:
        yield 0.6, "very large"
    if any(look.words > 14 for look in looks):
        yield -1.0, "long"
    if looks[0].size > 1.5 and len(looks) == 1:
        yield -0.7, "as large as a headline"


def _is_imprint(scene: Scene, n: int) -> bool:
    """Whether a small line stands by itself in the middle of the page: who prints and sells the paper. It is
    no column's last line, nor an advertisement's, which follows closely upon others in display type.
    """
    look = scene.looks[n]
    above = [
        other.box
        for other in scene.looks
        if other.guess in RUNNING_TEXT and other.lines > 1 and other.box.y1 <= look.box.y0
    ]
    own = any(box.x0 <= look.box.x0 and box.x1 >= look.box.x1 for box in above)
    middle = abs(look.box.center[0] - scene.area.center[0]) < 0.03 * scene.area.width
    over = scene.above[n]
    under_text = over is None or scene.looks[over].guess in RUNNING_TEXT
    alone = look.lines == 1 and (under_text or scene.gap_above(n) > 1.0)
    return alone and look.words <= 10 and look.size < _IMPRINT and middle and not own


def _ruled_off(scene: Scene, looks: Sequence[Look], top: bool) -> bool:
    """Whether a rule over most of the page parts the row from what follows it."""
    away = _rules_away(scene, looks, top)
    return bool(away) and away[0] < 2.5 * scene.body.pitch


def _among_ruled(scene: Scene, looks: Sequence[Look]) -> bool:
    """Whether the row above stands between two rules over most of the page: notices have one after each; over
    the page's foot there is one.
    """
    pitch = scene.body.pitch
    away = _rules_away(scene, looks, top=False)
    return any(1.2 * pitch < upper - lower < _STEP * pitch for lower, upper in pairwise(away[:2]))


def _rules_away(scene: Scene, looks: Sequence[Look], top: bool) -> list[float]:
    """How far the rules over most of the page lie from a row's inner edge, nearest first."""
    inner = max(look.box.y1 for look in looks) if top else min(look.box.y0 for look in looks)
    wide = (rule for rule in scene.rules if rule.width > 0.6 * scene.area.width)
    away = (rule.center[1] - inner if top else inner - rule.center[1] for rule in wide)
    return sorted(off for off in away if off > -0.5 * scene.body.pitch)


def _is_text_foot(scene: Scene, row: Sequence[int]) -> bool:
    """Whether the row is the end of the text above it: as close as its next line would be."""
    for n in row:
        above = scene.above[n]
        if above is None or scene.rule_above[n]:
            continue
        if scene.gap_above(n) < 0.6 and scene.looks[above].is_text and not _number(scene.looks[n]):
            return True
    return False


def _name_row(scene: Scene, row: Sequence[int], top: bool) -> Iterator[tuple[int, list[Vote]]]:
    where = "head" if top else "foot"
    for place, n in enumerate(row):
        look = scene.looks[n]
        if _number(look) and _begins_date(scene, row, place):
            yield n, [(RegionKind.RUNNING_HEAD, 3.0, f"the day of a date in the page's {where}")]
        elif _number(look) and _is_told(scene, row, place):
            yield (
                n,
                [
                    (
                        RegionKind.RUNNING_HEAD,
                        3.0,
                        f"the number that is announced before it in the page's {where}",
                    )
                ],
            )
        elif _number(look):
            yield n, [(RegionKind.PAGE_NUMBER, 4.0, f"digits alone in the page's {where}")]
        elif page_named(look.text):
            # by itself such a line would be a pointer to another page
            yield n, [(RegionKind.PAGE_NUMBER, 8.0, f"a page's name and number in the page's {where}")]
        elif look.size > 2.2 and top and len(row) <= 3 and look.words <= 8:
            yield n, [(RegionKind.MASTHEAD, 4.0, f"very large in the page's head, {look.size:.1f} x body")]
        elif _is_label(scene, look, row) and top:
            yield n, [(RegionKind.SECTION_LABEL, 3.0, "short, in the middle of the page's head")]
        elif look.guess is RegionKind.PAGE_NUMBER and len(look.text) <= 4:
            yield n, [(RegionKind.PAGE_NUMBER, 1.0, f"small, apart in the page's {where}, digits unread")]
        else:
            what = "date" if is_date(look.text, scene.language) else "small line"
            yield n, [(RegionKind.RUNNING_HEAD, 3.0, f"{what} in the page's {where}")]


def _is_apart(looks: Sequence[Look], place: int) -> bool:
    """Whether more than a word's space parts a look of a row from its neighbours."""
    own = looks[place].box
    beside = [looks[n].box for n in (place - 1, place + 1) if 0 <= n < len(looks)]
    return all(-own.overlap_x(box) > _SPACE * min(own.height, box.height) for box in beside)


def _is_told(scene: Scene, row: Sequence[int], place: int) -> bool:
    """Whether a number follows close upon a text that announces it with a colon: a telephone's, a price."""
    if not place:
        return False
    before, look = scene.looks[row[place - 1]], scene.looks[row[place]]
    near = look.box.x0 - before.box.x1 < 2 * scene.body.pitch
    return near and before.text.rstrip().endswith((":", "："))


def _begins_date(scene: Scene, row: Sequence[int], place: int) -> bool:
    """Whether a number is the day of the date whose rest stands close after it."""
    if place + 1 == len(row):
        return False
    look, after = scene.looks[row[place]], scene.looks[row[place + 1]]
    near = after.box.x0 - look.box.x1 < 2 * scene.body.pitch
    return near and opens_with(after.text, scene.language, "months")


def _is_label(scene: Scene, look: Look, row: Sequence[int]) -> bool:
    """A section's name: a few words without digits, in the middle or larger than its neighbours."""
    if look.words > 4 or any(char.isdigit() for char in look.text):
        return False
    if has_words(look.text, scene.language, "issue"):
        return False
    others = [scene.looks[m].size for m in row if scene.looks[m] is not look]
    larger = bool(others) and look.size > 1.4 * max(others)
    known = has_words(look.text, scene.language, "section") > 0 and look.words <= 2
    return in_middle(scene, look) or larger or (known and len(row) > 1)


def _one_folio(scene: Scene, found: dict[int, list[Vote]]) -> dict[int, list[Vote]]:
    """Of several lone numbers only the outermost is the page's; the others are the issue's."""
    folios = []
    for n, votes in found.items():
        if votes[0][0] is not RegionKind.PAGE_NUMBER:
            continue
        if len(_number(scene.looks[n]) or "") > 3:
            # years and running numbers of issues: a paper of a thousand pages is not met
            found[n] = [(RegionKind.RUNNING_HEAD, 2.0, "a number too high for a page")]
        else:
            folios.append(n)
    if len(folios) > 1:
        middle = scene.area.center[0]
        best = max(folios, key=lambda n: abs(scene.looks[n].box.center[0] - middle))
        for n in folios:
            if n != best:
                found[n] = [(RegionKind.RUNNING_HEAD, 2.0, "a second number in the strip")]
    return found
