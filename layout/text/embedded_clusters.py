"""Signs of one line -> clusters in order of x: letters with their marks, ligatures whole, no doubles.

Extractors give the characters of a ligature as one wide sign and others without width, in either
order, and marks before or after their base; only the places are reliable, and for lam-alef the letters.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import eq

from layout.language.characters import is_mark
from layout.text.embedded_order import LEFT, NEUTRAL, RIGHT
from layout.text.embedded_signs import UNKNOWN, Sign, Traits, traits

_LAM = "\u0644"
_LAMS = "\u0644\u06b5"
_ALEF = "\u0627"
_ALEF_MADDA = "\u0622"
_ALEFS = "\u0627\u0622\u0623\u0625\u0671"
_TANWEEN = "\u064b"
#: Accents with a width of their own, and the marks they are over a letter.
_ACCENTS = dict(
    zip(
        "\u02c6\u02dc\u00b4\u00a8\u00b8\u02c7\u02da\u00af\u02d8\u02d9\u02dd\u02db",
        "\u0302\u0303\u0301\u0308\u0327\u030c\u030a\u0304\u0306\u0307\u030b\u0328",
        strict=True,
    )
)
_DOTLESS = {"\u0131": "i", "\u0237": "j"}
#: Two signs of the same text nearer than this share of their size are one letter drawn twice. The
#: narrowest letters (i, l, alef) advance by more than 0.2.
_TWICE = 0.12
#: ... and by less than this share of their own width: twice the same letter stands a width apart.
_ITS_WIDTH = 0.4
#: Below this share of the size a width or gap is none (rounding of coordinates in files).
_NOTHING = 0.02
#: A sign without width that leaves at least this gap to its right stands for a drawn letter whose
#: width the file hides, not for the second half of a ligature.
_HIDDEN_WIDTH = 0.1
#: Tanween stands on the alef even where its sign is placed a little beside it.
_CARRIER_REACH = 0.4
#: No alef is wider than this share of the size.
_WIDEST_ALEF = 0.4
#: Parts of one ligature are at most this many places from each other in the file (marks between).
_NEIGHBOURS = 4
#: A word gap is not wider than this; marks of a word's last letter are at times set at the other side.
_NEXT_WORD = 0.45
#: An alef wider than this is none, but a lam-alef.
_NO_ALEF = 0.28
#: A lam-alef is at least so wide beside a final lam, and a lam before a lam-alef less.
_AS_WIDE = 0.75
#: A stroke without a code that does no more than join two letters is at most so wide (share of the size).
_STROKE = 0.26
#: ... and touches both within this share.
_JOINED = 0.1
#: Two signs sharing more than this part of the narrower one are drawn on each other.
_ON_EACH_OTHER = 0.6


@dataclass(slots=True)
class Cluster:
    """One or more characters that stand in one place; ``text`` in logical order, forms opened.

    ``hidden_width``: the file does not say how wide it is, so gaps beside it say nothing.
    """

    text: str
    group: str
    u0: float
    u1: float
    sign: Sign
    traits: Traits
    marks: str = ""
    hidden_width: bool = False

    @property
    def center(self) -> float:
        return (self.u0 + self.u1) / 2

    @property
    def whole(self) -> str:
        return self.text + self.marks


@dataclass(frozen=True, slots=True)
class Row:
    """One line's clusters by ascending u, and what the file says of the gaps between them.

    ``spaces`` are the intervals of space characters, ``breaks`` the places where it has a ZWNJ or a
    sign without code drawn on its neighbour (what remains of one); ``doubled`` counts signs left out.
    """

    clusters: tuple[Cluster, ...]
    spaces: tuple[tuple[float, float], ...] = ()
    joiners: tuple[float, ...] = ()
    codeless: tuple[float, ...] = ()
    doubled: int = 0


def row_of(signs: Sequence[Sign], em: float, marks_follow: bool = False) -> Row:
    """Clusters of a line; ``em`` is its letter size in pixels.

    ``marks_follow``: a mark on the border of two letters stands on the right one (see `mark_votes`).
    """
    centers = [sign.u0 + sign.u1 for sign in signs]
    ordered = [signs[place] for place in sorted(range(len(signs)), key=centers.__getitem__)]
    kept = _without_doubles(ordered, em)
    bases: list[Cluster] = []
    spaces: list[Sign] = []
    joiners: list[float] = []
    marks: list[tuple[Sign, Traits]] = []
    thin: list[tuple[Sign, Traits]] = []
    unknown: list[tuple[Sign, Traits]] = []
    nothing = _NOTHING * em
    for sign in kept:
        kind = traits(sign.text)
        if kind.plain and len(kind.text) == 1 and sign.u1 - sign.u0 >= nothing:
            bases.append(Cluster(kind.text, kind.group, sign.u0, sign.u1, sign, kind))
            continue
        if kind.text[:1] in _ALEFS and len(kind.text) == 2:
            kind = traits(_lam_first(kind.text))
        if kind.half_space:
            joiners.append(sign.u0)
        if kind.space:
            spaces.append(sign)
        elif kind.hidden:
            continue
        elif kind.unknown:
            unknown.append((sign, kind))
        elif kind.mark:
            marks.append((sign, kind))
        elif sign.u1 - sign.u0 < nothing:
            thin.append((sign, kind))
        else:
            bases.append(_cluster(sign, kind))
    codeless = _place_unknown(unknown, bases, em) if unknown else []
    if thin:
        _place_thin(thin, bases, spaces, em)
    _in_file_order(bases, nothing)
    letters = {base.text for base in bases}
    if _LAM in letters:
        bases = _unite_lam_alef(bases)
    if not letters.isdisjoint(_ACCENTS):
        bases = _unite_accents(bases)
    if marks:
        _place_marks(marks, bases, em, marks_follow)
    return Row(
        tuple(bases),
        tuple((space.u0, space.u1) for space in spaces),
        tuple(joiners),
        tuple(codeless),
        len(ordered) - len(kept),
    )


def _in_file_order(bases: list[Cluster], nothing: float) -> None:
    """Parts of a ligature that a file sets on one place, each with a width, in the order they are named."""
    for place, (before, after) in enumerate(pairwise(bases)):
        if after.sign.sequence != before.sign.sequence - 1 or RIGHT in (before.group, after.group):
            continue
        shared = min(before.u1, after.u1) - max(before.u0, after.u0)
        if shared > _ON_EACH_OTHER * min(before.u1 - before.u0, after.u1 - after.u0) > nothing:
            bases[place], bases[place + 1] = after, before


def _cluster(sign: Sign, kind: Traits) -> Cluster:
    """The cluster of a sign of a few characters: a letter said with its marks, or a ligature."""
    letter, marks = kind.text[0], kind.text[1:]
    if marks and all(map(is_mark, marks)):
        kind = traits(letter)
        return Cluster(letter, kind.group, sign.u0, sign.u1, sign, kind, marks)
    return Cluster(kind.text, kind.group, sign.u0, sign.u1, sign, kind)


def _without_doubles(ordered: list[Sign], em: float) -> list[Sign]:
    near = _TWICE * em
    texts = [sign.text for sign in ordered]
    if not any(
        _is_same(ordered[place + step], ordered[place], near)
        for step in (1, 2, 3)
        for place, same in enumerate(map(eq, texts, texts[step:]))
        if same
    ):
        return ordered
    kept: list[Sign] = []
    for sign in ordered:
        for other in kept[-3:]:
            if other.text == sign.text and _is_same(sign, other, near):
                break
        else:
            kept.append(sign)
    return kept


def _is_same(sign: Sign, other: Sign, near: float) -> bool:
    """Whether two signs of one text are one letter, drawn twice; thin ones must lie quite together."""
    apart = abs(other.u0 - sign.u0)
    if apart >= near or abs(other.u1 - sign.u1) >= near or abs(other.base - sign.base) >= near:
        return False
    width = sign.u1 - sign.u0
    return apart < (_ITS_WIDTH * width if width > near / 2 else near / 2)


def _place_unknown(unknown: list[tuple[Sign, Traits]], bases: list[Cluster], em: float) -> list[float]:
    """Signs without a code: those drawn on a letter are left-over spaces, the others stay as U+FFFD."""
    codeless: list[float] = []
    for sign, kind in unknown:
        width = sign.u1 - sign.u0
        if width < _NOTHING * em:
            continue
        if any(
            min(base.u1, sign.u1) - max(base.u0, sign.u0) > _ON_EACH_OTHER * min(width, base.u1 - base.u0)
            for base in bases
        ):
            codeless.append(sign.u0)
        else:
            bases.append(Cluster(kind.text or UNKNOWN, NEUTRAL, sign.u0, sign.u1, sign, kind))
    bases.sort(key=lambda base: base.center)
    bases[:] = _without_strokes(bases, em)
    return codeless


def _without_strokes(bases: list[Cluster], em: float) -> list[Cluster]:
    """Clusters without the codeless strokes that lengthen the joint of two letters (kashidas)."""
    kept: list[Cluster] = []
    run: list[Cluster] = []
    for base in bases:
        if base.text == UNKNOWN and base.u1 - base.u0 < _STROKE * em:
            run.append(base)
            continue
        if run and not (kept and _is_joint(kept[-1], run, base, em)):
            kept += run
        elif run:
            kept[-1].u1 = max(kept[-1].u1, base.u0)
        run = []
        kept.append(base)
    return kept + run


def _is_joint(left: Cluster, strokes: Sequence[Cluster], right: Cluster, em: float) -> bool:
    if not (right.traits.joins_next and left.traits.joins_previous):
        return False
    chain = [left, *strokes, right]
    return all(after.u0 - before.u1 < _JOINED * em for before, after in pairwise(chain))


def _place_thin(
    thin: list[tuple[Sign, Traits]],
    bases: list[Cluster],
    spaces: list[Sign],
    em: float,
) -> None:
    """Signs without width: parts of the ligature they stand at the right edge of, or letters alone."""
    starts = sorted([base.u0 for base in bases] + [space.u0 for space in spaces])
    added: list[Cluster] = []
    parts: dict[int, list[tuple[int, str]]] = {}
    for sign, kind in thin:
        host = _host(sign, kind, bases, em)
        apart = abs(bases[host].sign.sequence - sign.sequence) if host is not None else _NEIGHBOURS
        if _is_lost_lam(sign, kind, bases, em, apart):
            continue
        gap = _gap_after(sign, starts, em)
        if gap is None and kind.text == _ALEF_MADDA:
            gap = _WIDEST_ALEF * em  # at the line's end nothing tells; words begin with alef-lam
        gap = gap or 0.0
        if host is not None and gap > _HIDDEN_WIDTH * em and kind.group == RIGHT:
            if kind.text != _ALEF or not spaces:
                host = None
            elif gap < _WIDEST_ALEF * em:
                # Extractors take an alef before a lam-alef for a second printing of the ligature's own.
                added.append(Cluster(_ALEF, kind.group, sign.u0, sign.u0 + gap, sign, kind))
        if host is None:
            place = _beside_space(sign, bases, spaces)
            gap = max(0.0, _gap_after(sign._replace(u0=place), starts, em) or 0.0)
            end = place + min(gap, _WIDEST_ALEF * em)
            added.append(Cluster(kind.text, kind.group, place, end, sign, kind, hidden_width=True))
        else:
            parts.setdefault(host, []).append((sign.sequence, kind.text))
    for host, texts in parts.items():
        base = bases[host]
        backwards = texts[0][0] < base.sign.sequence
        tail = "".join(text for _, text in sorted(texts, reverse=backwards))
        base.text = _lam_first(base.text + tail)
        base.traits = traits(base.text)
    bases.extend(added)
    bases.sort(key=lambda base: (base.center, base.sign.sequence))


def _is_lost_lam(sign: Sign, kind: Traits, bases: list[Cluster], em: float, apart: int) -> bool:
    """A lam without width at the left edge of an alef: the alef's sign is lam-alef, and is made so.

    ``apart``: the alef is no further from it in the file.
    """
    if kind.text != _LAM:
        return False
    for base in bases:
        near = abs(base.u0 - sign.u0) <= 2 * _NOTHING * em and base.u1 - base.u0 > _NO_ALEF * em
        if near and base.text in _ALEFS and abs(base.sign.sequence - sign.sequence) <= apart:
            base.text = _LAM + base.text
            base.traits = traits(base.text)
            return True
    return False


def _gap_after(sign: Sign, starts: list[float], em: float) -> float | None:
    """White to the right of a sign without width, up to the next letter or space; None at the end."""
    after = bisect_left(starts, sign.u0 - _NOTHING * em)
    return starts[after] - sign.u0 if after < len(starts) else None


def _beside_space(sign: Sign, bases: list[Cluster], spaces: list[Sign]) -> float:
    """A letter placed inside a space belongs to the side its neighbour in the file is on."""
    for space in spaces:
        if not space.u0 < sign.u0 < space.u1:
            continue
        before = sign.sequence < space.sequence
        same = [base for base in bases if (base.sign.sequence < space.sequence) == before]
        if same:
            nearest = min(same, key=lambda base: abs(base.sign.sequence - sign.sequence))
            return space.u1 if nearest.center > space.center else space.u0
    return sign.u0


def _host(sign: Sign, kind: Traits, bases: list[Cluster], em: float) -> int | None:
    """The wide sign of the same ligature: ends where this one stands, next to it in the file.

    In Arabic script letters make ligatures where they would join.
    """
    near = 2 * _NOTHING * em
    best = starting = None
    for index, base in enumerate(bases):
        distance = abs(base.sign.sequence - sign.sequence)
        if distance > _NEIGHBOURS:
            continue
        if kind.text in _ALEFS and base.text in _LAMS and abs(base.u0 - sign.u0) <= near:
            starting = index
        if abs(base.u1 - sign.u0) > near:
            continue
        if kind.group == RIGHT:
            joins = base.traits.joins_next and kind.joins_previous
            turned = kind.text == _LAM and base.text in _ALEFS
            if not turned and (not joins or (kind.text in _ALEFS[1:] and base.text != _LAM)):
                continue
        if best is None or distance < best[0]:
            best = (distance, index)
    if starting is not None and (best is None or _is_own_lam(bases[starting], bases[best[1]], sign)):
        return starting
    return best[1] if best else None


def _is_own_lam(right: Cluster, left: Cluster, alef: Sign) -> bool:
    """Whether an alef without width between two lams belongs to the right one, which it begins with.

    A lam-alef is not narrower than a lam at a word's end; the lam before one is.
    """
    wide = left.text != _LAM or right.u1 - right.u0 > _AS_WIDE * (left.u1 - left.u0)
    before, after = (abs(base.sign.sequence - alef.sequence) for base in (right, left))
    return before <= after and wide


def _unite_lam_alef(bases: list[Cluster]) -> list[Cluster]:
    """Lam and alef drawn on each other (a ligature the file splits with wrong widths) become one."""
    united: list[Cluster] = []
    for base in bases:
        last = united[-1] if united else None
        if (
            last is not None
            and {base.text, last.text} & {_LAM}
            and (base.text in _ALEFS or last.text in _ALEFS)
            and min(base.u1, last.u1) - max(base.u0, last.u0)
            > _ON_EACH_OTHER * min(base.u1 - base.u0, last.u1 - last.u0)
            > 0
        ):
            last.text = _lam_first(last.text + base.text)
            last.u0, last.u1 = min(last.u0, base.u0), max(last.u1, base.u1)
            last.traits = traits(last.text)
            continue
        united.append(base)
    return united


def _unite_accents(bases: list[Cluster]) -> list[Cluster]:
    """Accents set as signs of their own over a Latin letter (as TeX does) become marks of it."""
    accents = {id(base) for base in bases if base.text in _ACCENTS}
    letters = [base for base in bases if id(base) not in accents]
    for accent in [base for base in bases if id(base) in accents]:
        shared = [
            (min(base.u1, accent.u1) - max(base.u0, accent.u0), -n)
            for n, base in enumerate(letters)
            if base.group == LEFT
            and abs(base.sign.sequence - accent.sign.sequence) <= 1
            and base.text.isalpha()
        ]
        most, place = max(shared, default=(0.0, 0))
        if most > _ON_EACH_OTHER * (accent.u1 - accent.u0):
            host = letters[-place]
            host.text = _DOTLESS.get(host.text, host.text)
            host.marks += _ACCENTS[accent.text]
        else:
            accents.remove(id(accent))
    return [base for base in bases if id(base) not in accents]


def _lam_first(text: str) -> str:
    """Lam-alef is one shape; whichever way a file turns its two letters, lam is read first."""
    if len(text) == 2 and text[1] == _LAM and text[0] in _ALEFS:
        return text[::-1]
    return text


def is_vowel(text: str) -> bool:
    """Whether a sign is a mark other than tanween."""
    return text != _TANWEEN and traits(text).mark


def mark_votes(signs: Sequence[Sign], em: float) -> int:
    """Whether marks on the border of two letters stand on the right one (positive) or the left one.

    Marks have no width. Where a producer draws them as glyphs of their own, the pen is at the left edge of
    their letter; where letter and mark share one code, extractors put the mark at the letter's right
    edge. A border with a space or an alef on one side tells: neither carries vowel signs. So does a mark
    at the right edge of a digit or stop: it belongs to the word beyond the gap.
    """
    marks = [sign for sign in signs if is_vowel(sign.text)]
    if not marks:
        return 0
    near = _NOTHING * em
    letters = [sign for sign in signs if not traits(sign.text).mark and sign.u1 - sign.u0 > near]
    votes = 0
    for mark in marks:
        right = [sign.text for sign in letters if abs(sign.u0 - mark.center) <= near]
        left = [sign.text for sign in letters if abs(sign.u1 - mark.center) <= near]
        follows = any(map(_carries_marks, right)) or (not right and bool(left))
        votes += follows and not any(map(_carries_marks, left))
        votes -= bool(right) and not any(map(_carries_marks, right)) and any(map(_carries_marks, left))
    return votes


def _carries_marks(text: str) -> bool:
    return traits(text).group == RIGHT and text not in _ALEFS


def _place_marks(
    marks: list[tuple[Sign, Traits]], bases: list[Cluster], em: float, marks_follow: bool
) -> None:
    """Each mark to the letter it stands on; one mark once. Without letters marks stay as they are."""
    if not bases:
        bases.extend(Cluster(kind.text, kind.group, s.u0, s.u1, s, kind) for s, kind in marks)
        return
    centers = [base.center for base in bases]
    for sign, kind in sorted(marks, key=lambda mark: mark[0].sequence):
        place = bisect_left(centers, sign.center)
        around = bases[max(0, place - 2) : place + 2]
        best = min(around, key=lambda base: _distance(sign, kind, base, em, marks_follow))
        if kind.text not in best.marks:
            best.marks += kind.text


def _distance(sign: Sign, kind: Traits, base: Cluster, em: float, marks_follow: bool) -> float:
    """How far a mark is from standing on a letter; tanween prefers alef, which carries it.

    Not where marks are signs of their own: there their places say which letter they stand on.
    """
    near = _NOTHING * em
    outside = max(base.u0 - sign.center, sign.center - base.u1, 0.0)
    if (
        not marks_follow
        and kind.text == _TANWEEN
        and base.text[-1:] in _ALEFS
        and outside <= _CARRIER_REACH * em
    ):
        return 0.0
    inside = min(sign.center - base.u0, base.u1 - sign.center) > near
    border = base.u0 if marks_follow else base.u1
    letter = traits(base.text).group == RIGHT  # a stop carries none
    if marks_follow and letter and near < base.u0 - sign.center < _NEXT_WORD * em:
        return 1.5 * near + 0.01 * (base.u0 - sign.center)  # set at the end of the word before its own
    return near if inside or abs(border - sign.center) <= near else 2 * near + outside
