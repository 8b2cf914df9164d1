"""Sound layers made defective: each profile changes what glyphs claim to be or in which order they come.

No glyph is drawn elsewhere, as such files look right; where a defect writes a sign too many, it has a place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, pairwise

from layout.document import Box, Glyph
from layout.language.characters import ZWNJ, is_mark, is_right_to_left, open_forms
from layout.language.joining import joins_next, joins_previous

Layer = Sequence[Glyph]
_MIRRORED = str.maketrans("«»()[]", "»«)(][")
_TANWEEN, _LAM = "\u064b", "\u0644"
_ALEFS = "\u0627\u0622\u0623\u0625"
#: A headline's letters are so many times as large as the text's.
_HEADING = 1.3


def by_line(glyphs: Layer) -> list[Glyph]:
    """Each line from left to right."""
    return [glyph for row in _rows(glyphs) for glyph in row]


def by_word(glyphs: Layer) -> list[Glyph]:
    """Words from right to left, the letters of each from left to right."""
    return [glyph for row in _rows(glyphs) for word in _words(row)[::-1] for glyph in word]


def forms(glyphs: Layer) -> list[Glyph]:
    """Letters by the codes of their shapes."""
    made = {glyph.sequence: glyph for glyph in glyphs}
    for row in _rows(glyphs):
        letters = [glyph for glyph in row[::-1] if not all(map(is_mark, glyph.text)) and glyph.box.width]
        for before, glyph, after in zip([None, *letters], letters, [*letters[1:], None], strict=False):
            if len(glyph.text) == 1 and is_right_to_left(glyph.text):
                first = before is not None and joins_next(before.text[-1])
                last = after is not None and joins_previous(after.text[0])
                code = _form(glyph.text, first, last and joins_next(glyph.text))
                made[glyph.sequence] = glyph._replace(text=code)
    return [made[glyph.sequence] for glyph in glyphs]


def kashidas(glyphs: Layer) -> list[Glyph]:
    """Two kashidas in the joint of every tenth pair of letters, which begin the second letter's place."""
    made: list[Glyph] = []
    count = 0
    for row in _rows(glyphs):
        for left, glyph in pairwise([*row, row[-1]]):
            joint = len(left.text + glyph.text) == 2 and joins_previous(left.text) and joins_next(glyph.text)
            count += joint and _touch(left, glyph)
            if joint and count % 10 == 0 and left.box.width > 0.3 * left.size and _touch(left, glyph):
                end = left.box.x1
                step = 0.1 * left.size
                made.append(left._replace(box=_moved(left.box, left.box.x0, end - 2 * step)))
                made += [
                    _sign("\u0640", left, end - 2 * step, end - step),
                    _sign("\u0640", left, end - step, end),
                ]
            else:
                made.append(left)
    return made


def half_spaces_as_spaces(glyphs: Layer) -> list[Glyph]:
    return [glyph._replace(text=glyph.text.replace(ZWNJ, " ")) for glyph in _parted(glyphs)]


def half_spaces_dropped(glyphs: Layer) -> list[Glyph]:
    return [glyph for glyph in _parted(glyphs) if glyph.text != ZWNJ]


def mirrored(glyphs: Layer) -> list[Glyph]:
    """Brackets and guillemets by the other code of their pair."""
    if not any(map(is_right_to_left, {glyph.text[0] for glyph in glyphs})):
        return list(glyphs)
    return [glyph._replace(text=glyph.text.translate(_MIRRORED)) for glyph in glyphs]


def moved_tanween(glyphs: Layer) -> list[Glyph]:
    """Tanween at the head of its word, twice, or where it was, in turn."""
    made: list[Glyph] = []
    count = 0
    for row in _rows(glyphs):
        for word in _words(row):
            marks = [glyph for glyph in word if glyph.text == _TANWEEN]
            count += bool(marks)
            if marks and count % 3 == 0:
                right = max(glyph.box.x1 for glyph in word if not glyph.text.isspace())
                moved = marks[0]._replace(
                    box=_moved(marks[0].box, right, right), origin=(right, word[-1].origin[1])
                )
                word = [*(glyph for glyph in word if glyph is not marks[0]), moved]
            elif marks and count % 3 == 1:
                word = [*word, marks[0]]
            made += word
    return made


def turned_lam_alef(glyphs: Layer) -> list[Glyph]:
    """Alef before lam in their ligature, of one code or two."""
    rows = list(glyphs)
    for place, glyph in enumerate(rows):
        if len(glyph.text) == 2 and glyph.text[0] == _LAM and glyph.text[1] in _ALEFS:
            rows[place] = glyph._replace(text=glyph.text[::-1])
        other = rows[place - 1] if place else glyph
        both = {glyph.text, other.text}
        if both & {_LAM} and both & set(_ALEFS) and min(glyph.box.width, other.box.width) < 0.02 * glyph.size:
            rows[place - 1], rows[place] = (
                other._replace(text=glyph.text),
                glyph._replace(text=other.text),
            )
    return rows


def no_spaces(glyphs: Layer) -> list[Glyph]:
    return [glyph for glyph in glyphs if not glyph.text.isspace()]


def no_codes_in_headings(glyphs: Layer) -> list[Glyph]:
    usual = sorted(glyph.size for glyph in glyphs)[len(glyphs) // 2]
    return [glyph._replace(text="\ufffd") if glyph.size > _HEADING * usual else glyph for glyph in glyphs]


def lost_ligatures(glyphs: Layer) -> list[Glyph]:
    """Ligatures without a code."""
    thin = {glyph.sequence for glyph in glyphs if _is_further(glyph, glyphs)}
    return [
        glyph._replace(text="\ufffd") if len(open_forms(glyph.text)) > 1 and glyph.text.isalpha() else glyph
        for glyph in glyphs
        if glyph.sequence not in thin
    ]


def across_columns(glyphs: Layer) -> list[Glyph]:
    """Lines from one side of the page to the other, in the order of their height."""
    return sorted(glyphs, key=lambda glyph: (round(glyph.origin[1] / (0.3 * glyph.size)), glyph.box.x0))


HEADINGS = "headings without ToUnicode"
PROFILES: dict[str, Callable[[Layer], list[Glyph]]] = {
    "visual order by line": by_line,
    "visual order by word": by_word,
    "presentation forms": forms,
    "tatweel": kashidas,
    "ZWNJ as space": half_spaces_as_spaces,
    "ZWNJ dropped": half_spaces_dropped,
    "mirrored marks": mirrored,
    "moved tanween": moved_tanween,
    "turned lam-alef": turned_lam_alef,
    "no spaces": no_spaces,
    HEADINGS: no_codes_in_headings,
    "lost ligatures": lost_ligatures,
    "lines across columns": across_columns,
}


def defective(glyphs: Layer, name: str) -> list[Glyph]:
    """The glyphs of a layer with the defects of a profile, numbered anew."""
    return [glyph._replace(sequence=n) for n, glyph in enumerate(PROFILES[name](glyphs))]


def _rows(glyphs: Layer) -> list[list[Glyph]]:
    """Glyphs by baseline and column (as wide gaps part them), each row from left to right."""
    rows: list[list[Glyph]] = []
    ordered = sorted(glyphs, key=lambda glyph: round(glyph.origin[1]))
    for _, part in groupby(ordered, key=lambda glyph: round(glyph.origin[1])):
        row = sorted(part, key=lambda glyph: glyph.box.x0 + glyph.box.x1)
        start = 0
        for place in range(1, len(row) + 1):
            if place == len(row) or row[place].box.x0 - row[place - 1].box.x1 > row[place].size:
                rows.append(row[start:place])
                start = place
    return rows


def _words(row: Layer) -> list[list[Glyph]]:
    words: list[list[Glyph]] = []
    for is_space, part in groupby(row, key=lambda glyph: glyph.text.isspace()):
        if is_space and words:
            words[-1] += part
        else:
            words.append(list(part))
    return words


def _parted(glyphs: Layer) -> Iterable[Glyph]:
    """The glyphs, each ZWNJ by itself: without width at the edge of the letter it came with."""
    for glyph in glyphs:
        if ZWNJ not in glyph.text or glyph.text == ZWNJ:
            yield glyph
            continue
        edge = glyph.box.x1 if glyph.text[0] == ZWNJ else glyph.box.x0
        yield glyph._replace(text=glyph.text.replace(ZWNJ, ""))
        yield _sign(ZWNJ, glyph, edge, edge)


def _sign(text: str, beside: Glyph, x0: float, x1: float) -> Glyph:
    return beside._replace(text=text, box=_moved(beside.box, x0, x1), origin=(x0, beside.origin[1]))


def _moved(box: Box, x0: float, x1: float) -> Box:
    return Box(x0, box.y0, x1, box.y1)


def _touch(left: Glyph, right: Glyph) -> bool:
    return abs(right.box.x0 - left.box.x1) < 0.03 * left.size


def _form(char: str, joined_before: bool, joined_after: bool) -> str:
    wanted = {
        (False, False): "<isolated>", (True, False): "<final>",
        (False, True): "<initial>", (True, True): "<medial>",
    }[joined_before, joined_after]  # fmt: skip
    return _FORMS.get((char, wanted), char)


_FORMS = {
    (chr(int(parts[1], 16)), parts[0]): chr(code)
    for code in (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFC00), *range(0xFE80, 0xFEFD))
    if len(parts := unicodedata.decomposition(chr(code)).split()) == 2
}


def _is_further(glyph: Glyph, glyphs: Layer) -> bool:
    """Whether a letter without width is the second one of a lam-alef."""
    if glyph.text not in _ALEFS or glyph.box.width > 0.02 * glyph.size:
        return False
    around = (glyphs[n] for n in (glyph.sequence - 1, glyph.sequence + 1) if 0 <= n < len(glyphs))
    return any(other.text == _LAM for other in around)
