"""Puts together what was taken apart: runs of one column, lines of one headline.

A speck between two lines or a wide word space makes geometry cut where no reader would. Only pieces that
are plainly one are joined: same column, same size, the next line where it is due, no rule between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from layout.document import RUNNING_TEXT, Page, Region, RegionKind, union
from layout.reflow.field import RowIndex
from layout.reflow.likeness import Passages
from layout.reflow.line_ends import with_line_ends
from layout.reflow.looks import Look, Scene, look_at, same_row
from layout.reflow.measure import Body, base
from layout.reflow.wording import (
    begins_lower,
    ends_divided,
    ends_question,
    ends_sentence,
    is_byline,
    is_continuation,
    is_date,
    lone_number,
)

K = RegionKind
_DISPLAY = frozenset({K.HEADLINE, K.PULL_QUOTE, K.SUBHEADLINE, K.KICKER, K.UNKNOWN})
_ROW = frozenset({K.HEADLINE, K.SUBHEADLINE, K.KICKER, K.UNKNOWN, K.RUNNING_HEAD, K.MASTHEAD})
_LEADING = 1.9  # times the type's ink height from one line of a headline to the next
_LOOSE_LEADING = 1.15  # times the text's own leading: small letters on a large body stand as far apart
_DECK = 1.06  # times the body's size: a deck is at least a little larger
_QUOTED = 0.85  # likeness from which two lines together are a quotation from the text
_BOLDER = 1.15  # times the text's weight: a heading's; of one type a few letters differ by a tenth
_FEW, _SMALL = 12, 0.4  # a word or two of so few letters can have no tall one, and measure so small
_UNSURE, _HEADLINE = 1.3, 1.5  # sizes of few letters of one type differ less; times the body's size: display
_WORD_SPACE, _AFTER_NUMBER = 0.4, 0.6  # of the type's height between words; a number alone is no headline
_LARGE = 1.8  # times the text's size: no page is numbered in such type beside another word of it
_LOOSE = frozenset({K.UNKNOWN, K.CAPTION, K.HEADLINE})


@dataclass(slots=True)
class _Group:
    """Pieces joined so far: numbers of their looks, from top to bottom."""

    members: list[int]


def mend(page: Page, body: Body) -> Page:
    """The page with such pieces joined; the joined region has the id of the upper (or first) one.

    Regions from another system stay as they are.
    """
    page = replace(page, regions=_in_rows(page, page.regions, body))
    page = replace(page, regions=_out_of_columns(page, page.regions, body))
    page = replace(page, regions=with_line_ends(page, page.regions, body))
    return replace(page, regions=_mended(page, page.regions, body))


def join_rest(page: Page, body: Body, usual: float) -> Page:
    """The page with the rest of a deck that stood at the head of a column put to the deck.

    Geometry cuts a line at the gutter under it; the rest shows as a heading only once the column is parted
    into paragraphs. ``usual`` is the width of the page's columns: only what is wider is known to go on.
    """
    return replace(page, regions=_in_rows(page, page.regions, body, 1.1 * usual))


def _in_rows(page: Page, regions: Sequence[Region], body: Body, wide: float = 0.0) -> tuple[Region, ...]:
    """Words of one display line that stand no further apart than words do, made one line.

    Given ``wide``, the one must be display of more than this width and the other may be a line cut from
    running text.
    """
    regions = tuple(
        replace(region, children=_in_rows(page, region.children, body, wide)) if region.children else region
        for region in regions
    )
    if wide and not any(r.kind in _ROW and len(r.lines) == 1 and r.box.width > wide for r in regions):
        return regions
    scene = look_at(page, regions, body)
    singles = [
        k
        for k in scene.looks
        if _may(k) and k.lines == 1 and (k.guess in _ROW or (wide and k.guess is K.PARAGRAPH))
    ]
    joined: dict[str, Region | None] = {}
    ordered = sorted(singles, key=lambda k: k.box.x0)
    index = RowIndex.of((k.box for k in ordered), 2 * body.pitch)
    taken: set[str] = set()
    for n, first in enumerate(ordered):
        if first.region.id in taken:
            continue
        row = [first]
        for m in index.across(first.box.y0, first.box.y1):
            if m <= n or ordered[m].region.id in taken or not _is_next_word(row[-1], ordered[m]):
                continue
            if not wide or any(k.guess in _ROW and k.box.width > wide for k in (row[-1], ordered[m])):
                row.append(ordered[m])
                taken.add(ordered[m].region.id)
        if len(row) > 1:
            joined[first.region.id] = _one_line([k.region for k in row])
            joined.update({k.region.id: None for k in row[1:]})
    return tuple(kept for region in regions if (kept := joined.get(region.id, region)) is not None)


def _out_of_columns(page: Page, regions: Sequence[Region], body: Body) -> tuple[Region, ...]:
    """Decks of which a part stands as the first line of a column's text made whole.

    The part is of the deck's type, on its line, and no further from it than words are, where a gutter is
    wider: geometry drew the gutter on through the deck.
    """
    scene = look_at(page, regions, body)
    display = [k for k in scene.looks if _may(k) and k.lines == 1 and k.guess in _ROW and k.size > _DECK]
    columns = [k for k in scene.looks if _may(k) and k.lines > 1 and k.guess in RUNNING_TEXT]
    if not display or not columns:
        return tuple(regions)
    index = RowIndex.of((k.box for k in columns), 2 * body.pitch)
    changed: dict[str, Region] = {}
    for part in display:
        for n in index.across(part.box.y0, part.box.y1):
            column = columns[n]
            first = _first_line(page, column, body)
            if column.region.id in changed or not first.size > _DECK:
                continue
            before = first.box.x0 < part.box.x0
            a, b = (first, part) if before else (part, first)
            if _is_next_word(a, b):
                rest = column.region.lines[1:]
                changed[part.region.id] = _one_line([a.region, b.region], part.region)
                changed[column.region.id] = replace(
                    column.region, lines=rest, box=union(line.box for line in rest), polygon=None
                )
                break
    return tuple(changed.get(region.id, region) for region in regions)


def _first_line(page: Page, column: Look, body: Body) -> Look:
    """The look of a column's first line by itself."""
    region = column.region
    line = replace(
        region,
        lines=region.lines[:1],
        box=region.lines[0].box,
        polygon=None,
        appearance=replace(region.appearance, letter_height=None),
    )
    return look_at(page, (line,), body).looks[0]


def _is_next_word(a: Look, b: Look) -> bool:
    if not same_row(a.box, b.box) or max(a.size, b.size) > 1.35 * min(a.size, b.size):
        return False
    number = any(len(found) < 4 for k in (a, b) if (found := lone_number(k.text)))
    if number and min(a.size, b.size) < _LARGE:
        return False  # the page's, beside its name or date
    height = max(a.box.height, b.box.height)
    space = _AFTER_NUMBER if number else _WORD_SPACE
    return -0.2 * height < b.box.x0 - a.box.x1 < space * height


def _one_line(parts: Sequence[Region], like: Region | None = None) -> Region:
    """Regions of one line each, from first to last read, as one region of one line: the first's, or one
    ``like`` another.
    """
    lines = [part.lines[0] for part in parts]
    line = replace(
        lines[0],
        box=union(line.box for line in lines),
        words=tuple(word for line in lines for word in line.words),
        baseline=tuple(sorted(point for line in lines for point in line.baseline)),
        polygon=None,
    )
    whole = like or parts[0]
    return replace(whole, box=union(part.box for part in parts), lines=(line,), polygon=None)


def _mended(page: Page, regions: Sequence[Region], body: Body) -> tuple[Region, ...]:
    regions = tuple(
        replace(region, children=_mended(page, region.children, body)) if region.children else region
        for region in regions
    )
    scene = look_at(page, regions, body)
    passages = Passages.of(k.text for k in scene.looks if k.guess in RUNNING_TEXT and k.lines > 1)
    group_of: dict[int, _Group] = {}
    for n in sorted(range(len(scene.looks)), key=lambda n: scene.looks[n].box.y0):
        above = scene.above[n]
        group = group_of.get(above) if above is not None else None
        if above is not None and group and group.members[-1] == above and _is_one(scene, above, n, passages):
            group.members.append(n)
            group_of[n] = group
        else:
            group_of[n] = _Group([n])
    joined: dict[str, Region | None] = {}
    for group in {id(g): g for g in group_of.values()}.values():
        parts = [scene.looks[n].region for n in group.members]
        if len(parts) > 1:
            joined[parts[0].id] = _joined(parts)
            joined.update({part.id: None for part in parts[1:]})
    return tuple(kept for region in regions if (kept := joined.get(region.id, region)) is not None)


def _is_one(scene: Scene, upper: int, lower: int, passages: Passages) -> bool:
    a, b = scene.looks[upper], scene.looks[lower]
    if scene.rule_above[lower] or not _is_next(scene, upper, lower) or not (_may(a) and _may(b)):
        return False
    if _is_one_run(scene, a, b) or _is_one_display(scene, a, b, passages):
        return True
    around = scene.above[upper] if b.guess in RUNNING_TEXT else scene.below[lower]
    return around is not None and _is_between(scene, a, b, scene.looks[around])


def _is_next(scene: Scene, upper: int, lower: int) -> bool:
    """Whether a piece is the next below another, or stands in one row with that and begins where the upper
    one does: beside the last line of a text is often set that it goes on elsewhere, or who wrote it.
    """
    nearest = scene.below[upper]
    if nearest is None or nearest == lower:
        return nearest == lower
    a, b, beside = (scene.looks[n].box for n in (upper, lower, nearest))
    return same_row(b, beside) and abs(a.x0 - b.x0) < 0.5 * scene.body.pitch


def _may(look: Look) -> bool:
    region = look.region
    return look.is_text and not region.rotation and region.origin != "import" and not region.children


def _step(a: Look, b: Look) -> float:
    return base(b.region.lines[0]) - base(a.region.lines[-1])


def _is_one_run(scene: Scene, a: Look, b: Look) -> bool:
    """Two pieces of running text in one column, the next line due where it stands."""
    pitch = scene.body.pitch
    running = [look for look in (a, b) if look.guess in RUNNING_TEXT]
    low, high = (0.65, 1.45) if len(running) == 2 else (0.85, 1.18)  # pale print measures small
    if len(b.text) <= _FEW and b.lines == 1:
        low = _SMALL
    if not running or not any(
        all(low < look.size / usual < high for look in (a, b))
        for usual in (1.0, running[0].size if len(running) == 1 else 1.0)  # a feuilleton's type is smaller
    ):
        return False
    if not 0.6 * pitch < _step(a, b) < 1.25 * pitch or _is_bold_heading(a, b, pitch):
        return False
    wide, narrow = (a, b) if a.box.width >= b.box.width else (b, a)
    if a.box.overlap_x(b.box) < 0.9 * narrow.box.width:
        return False
    if b.lines == 1 and _says_its_role(b, scene.language) and not _says_its_role(a, scene.language):
        return False
    if len(running) == 2:
        return abs(a.box.x0 - b.box.x0) < 2.0 * pitch
    loose = a if a.guess not in RUNNING_TEXT else b
    if loose.guess is K.CAPTION and loose.size < 0.93 * running[0].size:
        return False  # captions are smaller; the first line of text below a picture is not
    if loose is b and b.lines == 1 and b.guess in _LOOSE and abs(a.box.x0 - b.box.x0) < 0.5 * pitch:
        return not ends_sentence(a.text)  # the last line of a paragraph is short
    return loose.guess in _LOOSE and narrow.box.width > 0.85 * wide.box.width


def _is_bold_heading(a: Look, b: Look, pitch: float) -> bool:
    """Whether the upper piece is a line or two of bold type that says no whole sentence, and the lower one,
    plain, begins one.
    """
    if a.lines > 2 or not a.is_bold or a.weight < _BOLDER * b.weight or begins_lower(b.text):
        return False
    if ends_divided(a.text) or (ends_sentence(a.text) and not ends_question(a.text)):
        return False
    return b.text[:1].isupper() or b.box.width - a.region.lines[-1].box.width > pitch


def _is_between(scene: Scene, a: Look, b: Look, around: Look) -> bool:
    """Two pieces of which one is a line of running text, though dirt made it look larger: as wide as its
    column, with running text where the lines above and below are due.
    """
    loose, text = (b, a) if a.guess in RUNNING_TEXT else (a, b)
    if loose.guess not in _LOOSE or text.guess not in RUNNING_TEXT or around.guess not in RUNNING_TEXT:
        return False
    if loose.lines > 2 or loose.words < 4 or loose.size > 1.8 or not _may(around):
        return False
    first, second = sorted((loose, around), key=lambda k: k.box.y0)
    pitch = scene.body.pitch
    due = all(0.7 * pitch < step < 1.25 * pitch for step in (_step(a, b), _step(first, second)))
    alike = all(loose.box.overlap_x(k.box) > 0.85 * max(loose.box.width, k.box.width) for k in (text, around))
    return due and alike


def _is_one_display(scene: Scene, a: Look, b: Look, passages: Passages) -> bool:
    """Two pieces of display text, the lower right below the upper: of one size, or lines of a quotation
    from the text (which tells them from headline and deck).
    """
    if a.guess not in _DISPLAY or b.guess not in _DISPLAY or max(a.lines, b.lines) > 4:
        return _is_last_line(scene, a, b)
    if a.region.appearance.light_on_dark != b.region.appearance.light_on_dark:
        return False  # a label on a dark bar and the headline below it
    large, small = max(a.size, b.size), min(a.size, b.size)
    type_height = min(large, 1.4 * small) * scene.body.ink
    leading = max(_LEADING, _LOOSE_LEADING * scene.body.pitch / scene.body.ink) * type_height
    if b.box.y0 - a.box.y1 > leading - 1.1 * type_height or _step(a, b) > leading or large > 1.6 * small:
        return False
    if any(_says_its_role(look, scene.language) for look in (a, b)):
        return False
    if a.box.overlap_x(b.box) < 0.5 * min(a.box.width, b.box.width):
        return False
    if large < 1.15 * small and small > 1.08 and a.box.width > 0.45 * b.box.width:
        return True  # a headline's first line is filled; a label's is not
    fits = a.size >= b.size and large < _UNSURE * small and small > _HEADLINE
    if fits and _is_rest(a, b, scene.body.pitch):
        return True
    both = f"{a.text} {b.text}"
    return large > 1.1 and len(both.split()) > 5 and passages.likeness(both) > _QUOTED


def _is_rest(a: Look, b: Look, pitch: float) -> bool:
    """Whether a word or two stand under a longer line, in the middle or at its beginning."""
    off = min(abs(a.box.center[0] - b.box.center[0]), abs(a.box.x0 - b.box.x0))
    return b.lines == 1 and len(b.text) <= _FEW and b.box.width < a.box.width and off < 0.5 * pitch


def _is_last_line(scene: Scene, a: Look, b: Look) -> bool:
    """A short line in the middle below a display line that it goes on from, in its size."""
    return (
        a.guess in _DISPLAY
        and a.lines < 4
        and b.lines == 1
        and begins_lower(b.text)
        and not ends_sentence(a.text)
        and abs(a.box.center[0] - b.box.center[0]) < scene.body.pitch
        and b.box.width < a.box.width
        and max(a.size, b.size) < 1.3 * min(a.size, b.size)
        and b.box.y0 - a.box.y1 < 0.8 * a.size * scene.body.ink
    )


def _says_its_role(look: Look, language: str | None) -> bool:
    text = look.text
    return bool(
        lone_number(text)
        or is_date(text, language)
        or is_byline(text, language)
        or is_continuation(text, language)
    )


def _joined(parts: Sequence[Region]) -> Region:
    first = next((p for p in parts if p.kind in RUNNING_TEXT), parts[0])
    return replace(
        first,
        id=parts[0].id,
        box=union(part.box for part in parts),
        lines=tuple(line for part in parts for line in part.lines),
        polygon=None,
    )
