"""Ligatures of a line: their letters brought together and in order, above all lam-alef.

Extractors give the characters of a ligature as one wide sign and others without width, in either
order, or each with a width of its own on the same place; only the places are reliable, and for
lam-alef the letters.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import sub

from layout.language.characters import is_mark
from layout.text.embedded_order import RIGHT
from layout.text.embedded_signs import ALEFS, NO_WIDTH, ON_EACH_OTHER, Cluster, Sign, Traits, traits

LAM = "\u0644"
_LAMS = "\u0644\u06b5"
_ALEF = "\u0627"
_ALEF_MADDA = "\u0622"
#: A sign without width that leaves at least this gap to its right stands for a drawn letter whose
#: width the file hides, not for the second half of a ligature.
HIDDEN_WIDTH = 0.1
#: No alef is wider than this share of the size.
_WIDEST_ALEF = 0.4
#: Parts of one ligature are at most this many places from each other in the file (marks between).
_NEIGHBOURS = 4
#: An alef wider than this is none, but a lam-alef.
_NO_ALEF = 0.28
#: A lam that joins the next letter is narrower than this.
_WIDEST_LAM = 0.4
#: No lam-alef is as wide as this: with the letters on its place it is the divine name, begun by its alef.
NO_LAM_ALEF = 0.8
#: A lam-alef is at least so wide beside a final lam, and a lam before a lam-alef less.
_AS_WIDE = 0.75
#: The divine name as one shape, by its letters in order of their codes.
_NAMES = tuple(alef + LAM + LAM + heh for alef in ("", _ALEF) for heh in "\u0647\u06c1")
_NAMED = {"".join(sorted(name)): name for name in _NAMES}


def place_thin(
    thin: list[tuple[Sign, Traits]],
    bases: list[Cluster],
    spaces: list[Sign],
    em: float,
) -> None:
    """Signs without width: parts of the ligature they stand at the right edge of, or letters alone."""
    starts = sorted([base.u0 for base in bases] + [space.u0 for space in spaces])
    numbers = {base.sign.sequence: number for number, base in enumerate(bases)}
    added: list[Cluster] = []
    parts: dict[int, list[tuple[int, str]]] = {}
    # Letters that hide their widths stand apart; so on one place are the further letters of a ligature.
    several = {place for place, count in Counter(sign.u0 for sign, _ in thin).items() if count > 1}
    for sign, kind in thin:
        around = range(sign.sequence - _NEIGHBOURS, sign.sequence + _NEIGHBOURS + 1)
        host = _host(sign, kind, bases, sorted(numbers[n] for n in around if n in numbers), em)
        apart = abs(bases[host].sign.sequence - sign.sequence) if host is not None else _NEIGHBOURS
        if _is_lost_lam(sign, kind, bases, em, apart):
            continue
        gap = _gap_after(sign, bases, starts, em)
        if gap is None and kind.text == _ALEF_MADDA:
            gap = _WIDEST_ALEF * em  # at the line's end nothing tells; words begin with alef-lam
        gap = gap or 0.0
        if host is not None and (_is_name(bases[host], em) or sign.u0 in several):
            gap = 0.0  # its letters have no widths to hide
        if host is not None and gap > HIDDEN_WIDTH * em and kind.group == RIGHT:
            if kind.text in ALEFS and not spaces and _is_lam_alef(bases[host], em):
                pass  # the white is that between words
            elif kind.text != _ALEF or not spaces:
                host = None
            elif gap < _WIDEST_ALEF * em:
                # Extractors take an alef before a lam-alef for a second printing of the ligature's own.
                marks = said_marks(sign)
                added.append(Cluster(_ALEF, kind.group, sign.u0, sign.u0 + gap, sign, kind, marks))
        if host is None:
            place = _beside_space(sign, bases, spaces)
            gap = max(0.0, _gap_after(sign._replace(u0=place), bases, starts, em) or 0.0)
            end = place + min(gap, _WIDEST_ALEF * em)
            marks = said_marks(sign)
            added.append(Cluster(kind.text, kind.group, place, end, sign, kind, marks, hidden_width=True))
        else:
            parts.setdefault(host, []).append((sign.sequence, kind.text + said_marks(sign)))
    for host, texts in parts.items():
        base = bases[host]
        backwards = texts[0][0] < base.sign.sequence
        _append(base, [text for _, text in sorted(texts, reverse=backwards)])
    if added:
        bases.extend(added)
        bases.sort(key=lambda base: (base.center, base.sign.sequence))


def _append(base: Cluster, parts: Sequence[str]) -> None:
    """Add the further letters of a ligature; marks said with one stay on it, the last letter's apart."""
    whole = base.marks + "".join(parts)
    letters = whole.rstrip("".join(filter(is_mark, whole)))
    base.text, base.marks = lam_first(base.text + letters), whole[len(letters) :]
    base.traits = traits(base.text)


def letter_of(kind: Traits) -> tuple[Traits, str]:
    """What a sign of a few characters is: a ligature, lam first in lam-alef, or a letter and its marks."""
    letter, marks = kind.text[:1], kind.text[1:]
    if marks and all(map(is_mark, marks)):
        return traits(letter), marks
    turned = lam_first(kind.text)
    return (kind if turned == kind.text else traits(turned)), ""


def said_marks(sign: Sign) -> str:
    """The marks that a sign's text gives its letter."""
    return letter_of(traits(sign.text))[1]


def _is_lost_lam(sign: Sign, kind: Traits, bases: list[Cluster], em: float, apart: int) -> bool:
    """A lam without width at the left edge of an alef: the alef's sign is lam-alef, and is made so.

    ``apart``: the alef is no further from it in the file.
    """
    if kind.text != LAM:
        return False
    for base in bases:
        near = abs(base.u0 - sign.u0) <= 2 * NO_WIDTH * em and base.u1 - base.u0 > _NO_ALEF * em
        if near and base.text in ALEFS and abs(base.sign.sequence - sign.sequence) <= apart:
            base.text = LAM + base.text
            base.traits = traits(base.text)
            return True
    return False


def _gap_after(sign: Sign, bases: list[Cluster], starts: list[float], em: float) -> float | None:
    """White to the right of a sign without width, up to the next letter or space; None at the end.

    There is none where a letter reaches over the place.
    """
    after = bisect_left(starts, sign.u0 - NO_WIDTH * em)
    if any(base.u0 <= sign.u0 < base.u1 - HIDDEN_WIDTH * em for base in bases):
        return 0.0
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


def _host(sign: Sign, kind: Traits, bases: list[Cluster], around: Iterable[int], em: float) -> int | None:
    """The wide sign of the same ligature: ends where this one stands, ``around`` it in the file.

    In Arabic script letters make ligatures where they would join; one, the divine name, begins with an alef.
    """
    near = 2 * NO_WIDTH * em
    best = starting = None
    for index in around:
        base = bases[index]
        distance = abs(base.sign.sequence - sign.sequence)
        if kind.text in ALEFS and base.text in _LAMS and abs(base.u0 - sign.u0) <= near:
            starting = index
        if abs(base.u1 - sign.u0) > near:
            continue
        if kind.group == RIGHT:
            joins = (base.traits.joins_next or _is_name(base, em)) and kind.joins_previous
            turned = kind.text == LAM and base.text in ALEFS
            if not turned and (not joins or (kind.text in ALEFS[1:] and base.text != LAM)):
                continue
        if best is None or distance < best[0]:
            best = (distance, index)
    if starting is not None and (best is None or _is_own_lam(bases[starting], bases[best[1]], sign)):
        return starting
    return best[1] if best else None


def _is_name(base: Cluster, em: float) -> bool:
    """Whether an alef is all of the divine name."""
    return base.text == _ALEF and base.u1 - base.u0 > NO_LAM_ALEF * em


def _is_lam_alef(base: Cluster, em: float) -> bool:
    """Whether a lam is as wide as none is that joins another letter."""
    return base.text == LAM and base.u1 - base.u0 > _WIDEST_LAM * em


def _is_own_lam(right: Cluster, left: Cluster, alef: Sign) -> bool:
    """Whether an alef without width between two lams belongs to the right one, which it begins with.

    A lam-alef is not narrower than a lam at a word's end; the lam before one is.
    """
    wide = left.text != LAM or right.u1 - right.u0 > _AS_WIDE * (left.u1 - left.u0)
    before, after = (abs(base.sign.sequence - alef.sequence) for base in (right, left))
    return before <= after and wide


def in_file_order(bases: list[Cluster], nothing: float) -> None:
    """Parts of a ligature that a file sets on one place, each with a width, in the order they are named."""
    sequences = [base.sign.sequence for base in bases if base.group != RIGHT]
    if -1 not in map(sub, sequences[1:], sequences):
        return
    start = 0
    for place in range(1, len(bases) + 1):
        if place < len(bases) and _is_backwards(bases[place - 1], bases[place], nothing):
            continue
        if place - start > 1:
            bases[start:place] = bases[start:place][::-1]
        start = place


def _is_backwards(before: Cluster, after: Cluster, nothing: float) -> bool:
    """Whether two clusters lie on each other, the one named first behind the other."""
    if after.sign.sequence != before.sign.sequence - 1 or RIGHT in (before.group, after.group):
        return False
    shared = min(before.u1, after.u1) - max(before.u0, after.u0)
    return shared > ON_EACH_OTHER * min(before.u1 - before.u0, after.u1 - after.u0) > nothing


def unite_lam_alef(bases: list[Cluster]) -> list[Cluster]:
    """Lam and alef drawn on each other (a ligature the file splits with wrong widths) become one."""
    united: list[Cluster] = []
    for base in bases:
        last = united[-1] if united else None
        if (
            last is not None
            and {base.text, last.text} & {LAM}
            and (base.text in ALEFS or last.text in ALEFS)
            and min(base.u1, last.u1) - max(base.u0, last.u0)
            > ON_EACH_OTHER * min(base.u1 - base.u0, last.u1 - last.u0)
            > 0
        ):
            last.text = lam_first(last.text + base.text)
            last.u0, last.u1 = min(last.u0, base.u0), max(last.u1, base.u1)
            last.traits = traits(last.text)
            continue
        united.append(base)
    return united


def lam_first(text: str) -> str:
    """Lam-alef is one shape; whichever way a file turns its two letters, lam is read first.

    So is the divine name, of two lams and a heh, in some fonts with its alef.
    """
    if text not in _NAMES and (name := _NAMED.get("".join(sorted(text)))):
        return name
    if len(text) == 2 and text[1] == LAM and text[0] in ALEFS:
        return text[::-1]
    return text
