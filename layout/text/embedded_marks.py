"""Marks of a line: vowel signs, tanween and accents, each to the letter it stands on.

They have no width, and files give them before or after their letter, at its one edge or the other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layout.text.embedded_order import LEFT, RIGHT
from layout.text.embedded_signs import ALEFS, NO_WIDTH, ON_EACH_OTHER, Cluster, Sign, Traits, traits

_TANWEEN = "\u064b"
#: Accents with a width of their own, and the marks they are over a letter.
ACCENTS = dict(
    zip(
        "\u02c6\u02dc\u00b4\u00a8\u00b8\u02c7\u02da\u00af\u02d8\u02d9\u02dd\u02db",
        "\u0302\u0303\u0301\u0308\u0327\u030c\u030a\u0304\u0306\u0307\u030b\u0328",
        strict=True,
    )
)
_DOTLESS = {"\u0131": "i", "\u0237": "j"}
#: Tanween stands on the alef even where its sign is placed a little beside it.
_CARRIER_REACH = 0.4
#: A word gap is not wider than this; marks of a word's last letter are at times set at the other side.
_NEXT_WORD = 0.45
#: A mark drawn on its letter reaches over the next one by less than this.
_BESIDE = 0.1


@dataclass(frozen=True, slots=True)
class MarkHabits:
    """Where a layer sets its marks, and how its language writes them.

    ``follow``: a mark on the border of two letters stands on the right one (see `mark_votes`).
    ``tanween_on_alef``: tanween before an alef has drifted there.
    """

    follow: bool = False
    tanween_on_alef: bool = True


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
    near = NO_WIDTH * em
    letters = [sign for sign in signs if not traits(sign.text).mark and sign.u1 - sign.u0 > near]
    votes = 0
    for mark in marks:
        right = [sign.text for sign in letters if abs(sign.u0 - mark.center) <= near]
        left = [sign.text for sign in letters if abs(sign.u1 - mark.center) <= near]
        follows = any(map(_carries_marks, right)) or (not right and bool(left))
        votes += follows and not any(map(_carries_marks, left))
        votes -= bool(right) and not any(map(_carries_marks, right)) and any(map(_carries_marks, left))
    return votes


def order_votes(signs: Sequence[Sign], em: float) -> int:
    """As `mark_votes`, by the file's order, which tells less: it may be that of reading or that of the page.

    In both a mark is named between its letter and the one after it in reading order.
    """
    near = NO_WIDTH * em
    letter: Sign | None = None
    waiting: list[Sign] = []
    votes = 0
    for sign in sorted(signs, key=lambda sign: sign.sequence):
        if traits(sign.text).mark:
            waiting.append(sign)
        elif sign.u1 - sign.u0 > near:
            if letter is not None:
                own = letter if letter.u0 > sign.u0 else sign
                for mark in waiting:
                    votes += (abs(own.u0 - mark.center) <= near) - (abs(own.u1 - mark.center) <= near)
            letter, waiting = sign, []
    return votes


def _carries_marks(text: str) -> bool:
    return traits(text).group == RIGHT and text not in ALEFS


def place_marks(
    marks: list[tuple[Sign, Traits]], bases: list[Cluster], em: float, habits: MarkHabits
) -> None:
    """Each mark to the letter it stands on; one mark once. Without letters marks stay as they are."""
    if not bases:
        bases.extend(Cluster(kind.text, kind.group, s.u0, s.u1, s, kind) for s, kind in marks)
        return
    centers = [base.center for base in bases]
    numbers = {base.sign.sequence: base for base in bases}
    for sign, kind in sorted(marks, key=lambda mark: mark[0].sequence):
        place = bisect_left(centers, sign.center)
        around = bases[max(0, place - 2) : place + 2]
        before = None if habits.tanween_on_alef else _before_alef(sign, kind, numbers, em)
        best = (
            before
            or _first_of_two(sign, numbers, em)
            or min(around, key=lambda base: _distance(sign, kind, base, em, habits.follow))
        )
        if kind.text not in best.marks:
            best.marks += kind.text


def _before_alef(sign: Sign, kind: Traits, numbers: Mapping[int, Cluster], em: float) -> Cluster | None:
    """The letter whose tanween the file names between it and an alef, and sets at its edge."""
    if kind.text != _TANWEEN:
        return None
    for step in (-1, 1):
        letter, alef = (numbers.get(sign.sequence + side) for side in (step, -step))
        if letter is None or alef is None or alef.text not in ALEFS or letter.text in ALEFS:
            continue
        edges = abs(letter.u0 - sign.center), abs(letter.u1 - sign.center)
        if letter.group == RIGHT and letter.center > alef.center and min(edges) <= NO_WIDTH * em:
            return letter
    return None


def _first_of_two(sign: Sign, numbers: Mapping[int, Cluster], em: float) -> Cluster | None:
    """The right one of two letters between which the file names a mark, set beside their border.

    On the border itself `MarkHabits` tell; beside it the mark has a place of its own, over either of them.
    """
    sides = [numbers.get(sign.sequence + step) for step in (-1, 1)]
    letters = [base for base in sides if base is not None and base.group == RIGHT]
    if len(letters) < 2:
        return None
    left, right = sorted(letters, key=lambda base: base.center)
    beside = right.u0 - sign.center
    return right if NO_WIDTH * em < beside < _BESIDE * em and abs(right.u0 - left.u1) < beside else None


def _distance(sign: Sign, kind: Traits, base: Cluster, em: float, marks_follow: bool) -> float:
    """How far a mark is from standing on a letter; tanween prefers alef, which carries it.

    Not where marks are signs of their own: there their places say which letter they stand on.
    """
    near = NO_WIDTH * em
    outside = max(base.u0 - sign.center, sign.center - base.u1, 0.0)
    if (
        not marks_follow
        and kind.text == _TANWEEN
        and base.text[-1:] in ALEFS
        and outside <= _CARRIER_REACH * em
    ):
        return 0.0
    inside = min(sign.center - base.u0, base.u1 - sign.center) > near
    border = base.u0 if marks_follow else base.u1
    letter = traits(base.text).group == RIGHT  # a stop carries none
    if marks_follow and letter and near < base.u0 - sign.center < _NEXT_WORD * em:
        return 1.5 * near + 0.01 * (base.u0 - sign.center)  # set at the end of the word before its own
    return near if inside or abs(border - sign.center) <= near else 2 * near + outside


def unite_accents(bases: list[Cluster]) -> list[Cluster]:
    """Accents set as signs of their own over a Latin letter (as TeX does) become marks of it."""
    accents = {id(base) for base in bases if base.text in ACCENTS}
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
        if most > ON_EACH_OTHER * (accent.u1 - accent.u0):
            host = letters[-place]
            host.text = _DOTLESS.get(host.text, host.text)
            host.marks += ACCENTS[accent.text]
        else:
            accents.remove(id(accent))
    return [base for base in bases if id(base) not in accents]
