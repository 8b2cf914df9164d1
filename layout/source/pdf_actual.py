"""Where the characters of an ActualText stand: its own words, with the places of the glyphs drawn for them.

A PDF may say in words what a few glyphs mean together (a letter and its vowel sign, a ligature, a letter
drawn in two strokes). MuPDF puts all characters of such a text without width at the first of the glyphs,
which is as often the sign as the letter, and may give one twice. Read once more as the glyphs alone say,
the page tells where each was drawn and how wide it is.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache

from layout.document import Box, Glyph, Point, union
from layout.language.characters import is_mark, open_forms
from layout.source.pdf_places import Unsaid

#: Places are compared in steps of this many pixels.
_STEP = 0.1
#: A glyph and the character said for it are at most this many letter sizes apart.
_NEAR = 1.5
_BESIDE = 0.5
#: Two strokes of one letter touch but for this share of its size.
_TOUCHING = 0.1
_NO_CODE = "\ufffd"

Place = tuple[int, int, int, int]


def has_hidden_places(glyphs: Iterable[Glyph]) -> bool:
    """Whether there are letters without width, whose glyphs may have one."""
    return any(_is_thin(glyph) and not is_mark(glyph.text[0]) for glyph in glyphs if glyph.text)


def at_drawn_places(said: Sequence[Glyph], drawn: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """What is said, where it is drawn; both in file order, numbered anew.

    ``said`` are a page's characters with ActualText, ``drawn`` without. A letter without width gets the
    place of the glyph that is drawn for it, together with the marks said with it; what is said a second
    time is left out. The rest stays as it is.
    """
    loose, left = _unmatched(said, drawn)
    glyphs: list[Glyph | None] = list(said)
    added: list[Glyph] = []
    for unit in _units(said, loose):
        marks = [place for place in unit if is_mark(said[place].text[0])]
        letters = [place for place in unit if place not in marks]
        own = marks if len(letters) == 1 else []
        if letters and _on_codeless(glyphs, unit):
            continue
        for place in letters:
            if place in loose or own:
                _place_letter(glyphs, place, own, left)
            else:
                added += _said_once(said[place], left)
        if not letters:
            _find_lost(glyphs, marks, left)
    kept = [glyph for glyph in (*glyphs, *added) if glyph is not None]
    if added:
        kept.sort(key=lambda glyph: glyph.sequence)
    return tuple(glyph._replace(sequence=number) for number, glyph in enumerate(kept))


def _said_once(thin: Glyph, left: Unsaid) -> list[Glyph]:
    """The letter beside a ligature that MuPDF took for a second drawing of the ligature's own."""
    same = [glyph for glyph in _around(thin, left, _BESIDE) if open_forms(glyph.text) == thin.text]
    found = _nearest(thin, same, _BESIDE)
    if found is None:
        return []
    left.take(found)
    return [found._replace(text=thin.text, sequence=thin.sequence)]


def _on_codeless(glyphs: list[Glyph | None], unit: Sequence[int]) -> bool:
    """Put the characters of a text on the glyph without a code that they stand on, where there is one.

    So it is where the code of a letter with its sign was given to the sign alone.
    """
    first, last = unit[0], unit[-1]
    said = [glyph for place in unit if (glyph := glyphs[place]) is not None]
    x = said[0].origin[0]
    if any(glyph.origin[0] != x for glyph in said):
        return False
    for place in (first - 1, last + 1):
        other = glyphs[place] if 0 <= place < len(glyphs) else None
        if other is None or other.text != _NO_CODE or _is_thin(other):
            continue
        reach = _TOUCHING * other.size
        if other.box.x0 - reach <= x <= other.box.x1 + reach:
            letters = [glyph.text for glyph in said if not is_mark(glyph.text[0])]
            signs = dict.fromkeys(glyph.text for glyph in said if is_mark(glyph.text[0]))
            glyphs[place] = other._replace(text="".join([*letters[::-1], *signs]))
            for number in unit:
                glyphs[number] = None
            return True
    return False


def _units(said: Sequence[Glyph], loose: Set[int]) -> Iterator[list[int]]:
    """Runs of characters whose places are in doubt, as MuPDF gives the characters of one text."""
    unit: list[int] = []
    for place, glyph in enumerate(said):
        if (place in loose or _is_thin(glyph)) and not glyph.text.isspace():
            if unit and not _is_together(said[unit[-1]], glyph):
                yield unit
                unit = []
            unit.append(place)
        elif unit:
            yield unit
            unit = []
    if unit:
        yield unit


def _is_together(before: Glyph, glyph: Glyph) -> bool:
    """Whether two characters that follow each other in the file stand at one place, or side by side."""
    return (
        before.origin == glyph.origin
        or min(abs(before.box.x0 - glyph.box.x1), abs(before.box.x1 - glyph.box.x0)) < _STEP
    )


def _place_letter(glyphs: list[Glyph | None], place: int, marks: Sequence[int], left: Unsaid) -> None:
    """Give a letter the place of its glyph, or leave it out where it is said a second time."""
    glyph = glyphs[place]
    assert glyph is not None
    found = _glyph_of(glyph, left, bool(marks))
    if found is not None:
        left.take(found)
        _move(glyphs, place, marks, glyph.text, found.box, found.origin)
    elif not _is_thin(glyph):
        return
    elif (start := _at_origin(glyph, left)) is not None:
        left.take(start)
        again = _said_again(place, glyphs, start.box)
        if again is None:
            glyphs[place] = glyph._replace(box=start.box)
        else:
            glyphs[place] = None
            _move(glyphs, again, marks, glyph.text, start.box)
    elif marks and (again := _said_again(place, glyphs, glyph.box)) is not None:
        glyphs[place] = None
        _move(glyphs, again, marks, glyph.text)


def _find_lost(glyphs: list[Glyph | None], marks: Sequence[int], left: Unsaid) -> None:
    """Marks said without their letter: the letter drawn beside them that nothing was said of."""
    mark = glyphs[marks[0]]
    assert mark is not None
    said = dict.fromkeys(glyph.text for place in marks if (glyph := glyphs[place]) is not None)
    beside = [glyph for glyph in _around(mark, left, _BESIDE) if open_forms(glyph.text).isalpha()]
    found = _nearest(mark, beside, _BESIDE) or _next_to(_before(glyphs, marks[0]), left)
    if found is None:
        return
    glyphs[marks[0]] = mark._replace(text=open_forms(found.text))
    if _said_again(marks[0], glyphs, found.box) is None:
        left.take(found)
        glyphs[marks[0]] = found._replace(text=open_forms(found.text) + "".join(said))
        for place in marks[1:]:
            glyphs[place] = None
    else:
        glyphs[marks[0]] = mark


def _before(glyphs: Sequence[Glyph | None], place: int) -> Glyph | None:
    return glyphs[place - 1] if place else None


def _next_to(before: Glyph | None, left: Unsaid) -> Glyph | None:
    """The letter that touches the one before it in the file; at a line's end its mark may be on the next."""
    if before is None or not before.text[0].isalpha():
        return None
    reach = _TOUCHING * before.size
    for letter in left.near(before.origin[1], reach):
        gap = max(letter.box.x0 - before.box.x1, before.box.x0 - letter.box.x1)
        beside = abs(gap) < reach and abs(letter.origin[1] - before.origin[1]) < reach
        if beside and open_forms(letter.text).isalpha():
            return letter
    return None


def _move(
    glyphs: list[Glyph | None],
    place: int,
    marks: Sequence[int],
    text: str,
    box: Box | None = None,
    origin: Point | None = None,
) -> None:
    """Give a letter its place (added to the one it has) and, each once, the marks said with it."""
    letter = glyphs[place]
    assert letter is not None
    text += "".join(dict.fromkeys(glyph.text for mark in marks if (glyph := glyphs[mark]) is not None))
    for mark in marks:
        glyphs[mark] = None
    whole = letter.box if box is None else box if _is_thin(letter) else union((letter.box, box))
    glyphs[place] = letter._replace(text=text, box=whole, origin=origin or letter.origin)


def _unmatched(said: Sequence[Glyph], drawn: Sequence[Glyph]) -> tuple[set[int], Unsaid]:
    """Places in the file of what is said where nothing as wide is drawn, and what is drawn so."""
    places: dict[Place, list[int]] = defaultdict(list)
    for number, glyph in enumerate(said):
        places[_place(glyph)].append(number)
    left: list[Glyph] = []
    loose = set(range(len(said)))
    for glyph in drawn:
        found = places[_place(glyph)]
        if found:
            number = found.pop()
            loose -= {number, *_parts(number, said, open_forms(glyph.text)[1:])}
        elif not _is_thin(glyph):
            left.append(glyph)
    return loose, Unsaid(left)


def _parts(number: int, said: Sequence[Glyph], letters: str) -> list[int]:
    """Places in the file of the further letters of a ligature beside its first."""
    near = [number + step for step in (1, -1, 2, -2) if 0 <= number + step < len(said)]
    return (
        [place for place in near if said[place].text in letters and _is_thin(said[place])] if letters else []
    )


def _place(glyph: Glyph) -> Place:
    box = glyph.box
    return (
        round(box.x0 / _STEP),
        round(box.x1 / _STEP),
        round(glyph.origin[0] / _STEP),
        round(glyph.origin[1] / _STEP),
    )


def _is_thin(glyph: Glyph) -> bool:
    """No width along the line of writing, whichever way that runs."""
    across = abs(glyph.advance[0]) >= abs(glyph.advance[1])
    return (glyph.box.width if across else glyph.box.height) <= 0.001 * glyph.size


def _glyph_of(glyph: Glyph, left: Unsaid, marked: bool) -> Glyph | None:
    """The glyph drawn for a letter: one of its code, or beside its marks one without a code."""
    around, letter = _around(glyph, left, _NEAR), _letter(glyph.text)
    own = _nearest(glyph, [other for other in around if _letter(other.text) == letter], _NEAR)
    if own is not None or not marked:
        return own
    return _nearest(glyph, [other for other in around if other.text == _NO_CODE], _BESIDE)


def _around(glyph: Glyph, left: Unsaid, most: float) -> list[Glyph]:
    """What may be at most so many letter sizes from a place."""
    return left.near(glyph.origin[1], most * glyph.size)


@lru_cache(maxsize=4096)
def _letter(text: str) -> str:
    """The letter that is drawn, without what stands over or under it."""
    return unicodedata.normalize("NFD", open_forms(text))[:1]


def _nearest(glyph: Glyph, others: Sequence[Glyph], most: float) -> Glyph | None:
    near = [(_distance(glyph, other), number) for number, other in enumerate(others)]
    best = min(near, default=(most, 0))
    return others[best[1]] if best[0] < most else None


def _distance(glyph: Glyph, other: Glyph) -> float:
    """From a place to a glyph's box, and between their baselines, in letter sizes."""
    (x, y), box = glyph.origin, other.box
    outside = max(box.x0 - x, x - box.x1, 0.0) + max(box.y0 - y, y - box.y1, 0.0)
    middle = abs((box.x0 + box.x1) / 2 - x) + abs((box.y0 + box.y1) / 2 - y)
    return (outside + middle / 100) / glyph.size


def _at_origin(glyph: Glyph, left: Unsaid) -> Glyph | None:
    x, y = glyph.origin
    near = left.near(y, _STEP)
    same = (other for other in near if abs(other.origin[0] - x) < _STEP and abs(other.origin[1] - y) < _STEP)
    return next(same, None)


def _said_again(place: int, glyphs: Sequence[Glyph | None], beside: Box) -> int | None:
    """The neighbour in the file that is the same letter, drawn at or beside a place."""
    letter = glyphs[place]
    for step in (1, -1, 2, -2, 3, -3):
        other = glyphs[place + step] if 0 <= place + step < len(glyphs) else None
        if letter is None or other is None or other.text[0] != letter.text or _is_thin(other):
            continue
        gap = max(other.box.x0 - beside.x1, beside.x0 - other.box.x1)
        if gap < _TOUCHING * letter.size:
            return place + step
    return None
