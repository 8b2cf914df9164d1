"""Which gaps between the clusters of a line part words, and which only letters.

A file may state every space, none, or one after each letter of a spaced-out heading; and it may state
spaces where the page shows none (a lost ZWNJ). So what it states is believed only as far as the gaps on
the page bear it out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from layout.text.embedded_order import LEFT, RIGHT
from layout.text.embedded_row import Row
from layout.text.embedded_signs import INITIAL

#: Least width of a gap (share of the letter size) that parts words where the file states no space.
#: Word spaces are 0.2-0.3 of the size and shrink to about 0.17 in tight lines; kerning stays under 0.1.
_WORD_GAP = 0.15
#: ... and where two letters would touch without it.
_UNJOINED_GAP = 0.035
#: A stated space counts where the page shows at least this much of it.
_STATED_GAP = 0.06
#: Joined letters meet within this share of the size; overhanging ones overlap by more.
_TOUCHING = 0.01
#: A gap this wide parts words even where a file that states its spaces has none (another text run).
_RUN_GAP = 0.22
#: Most letters are no wider than this: so much of the white beside one may be its hidden width,
_LETTER = 1.0
#: where a file states its spaces: one for so many gaps, as words mostly have less than ten letters.
_ALL_STATED = 0.1
#: Endings set close to a foreign word.
_FOREIGN_ENDINGS = frozenset("ها های هایی ی ای یی ام ات اش م ت ش را ان".split())  # noqa: SIM905
#: Where more of the gaps have a stated space, the heading is spaced out letter by letter.
_SPACED_OUT = 0.6


@dataclass(frozen=True, slots=True)
class Gaps:
    """For each gap between neighbours by u: whether it parts words, and what else it may hide.

    ``half`` says that the file has (or had) a ZWNJ there: 2 stated, 1 a space or code without width.
    """

    words: Sequence[bool]
    half: Sequence[int]
    widths: Sequence[float]


def judge_gaps(row: Row, em: float) -> Gaps:
    """The gaps of a row, left to right; ``widths`` in shares of ``em``."""
    widths = _widths(row.u0, row.u1, em)
    if not widths:
        return Gaps((), (), ())
    stated, half = _stated(row, row.u0, row.u1, widths, em)
    words = _parting(widths, stated, row)
    if row.has_right:
        _part_scripts(words, half, row)
    for end, gap in ((0, 0), (-1, -1)):
        if row.sizes[end] > INITIAL * em:
            words[gap] = stated[gap]  # the white beside a large initial parts no words
    return Gaps(words, half, widths)


def _widths(starts: Sequence[float], ends: Sequence[float], em: float) -> list[float]:
    """From the furthest end so far to the next start."""
    return [(start - reach) / em for start, reach in zip(starts[1:], accumulate(ends, max), strict=False)]


def _stated(
    row: Row, starts: Sequence[float], ends: Sequence[float], widths: Sequence[float], em: float
) -> tuple[list[bool], list[int]]:
    stated = [False] * len(widths)
    half = [0] * len(widths)
    centers = [(start + end) / 2 for start, end in zip(starts, ends, strict=True)]
    for left, right in row.spaces:
        gap = _gap_of(left, right, starts, ends, centers)
        if gap is None:
            continue
        # A space without advance begins where the cluster to its right begins; a letter that overhangs
        # a real one (kerning) leaves its advance as it is. Between letters that just touch is no space.
        advance = (starts[gap + 1] - left) / em
        if widths[gap] > _STATED_GAP or (advance > _STATED_GAP and abs(widths[gap]) > _TOUCHING):
            stated[gap] = True
        elif advance <= _STATED_GAP:
            half[gap] = max(half[gap], 1)
    for place, value in (*((u, 2) for u in row.joiners), *((u, 1) for u in row.codeless)):
        gap = bisect_right(centers, place) - 1
        if 0 <= gap < len(half):
            half[gap] = max(half[gap], value)
    return stated, half


def _gap_of(
    left: float, right: float, starts: Sequence[float], ends: Sequence[float], centers: Sequence[float]
) -> int | None:
    """The gap a space character fills best; None at the ends of the line."""
    near, last = bisect_right(centers, (left + right) / 2) - 1, len(centers) - 1
    if 0 <= near < last and centers[near] <= left < right <= centers[near + 1]:  # it reaches no other gap
        shared = min(right, starts[near + 1]) - max(left, ends[near])
        if shared > _STATED_GAP * (right - left):
            return near
    best, most = None, (False, 0.0)
    for gap in range(max(0, near - 1), min(last, near + 2)):
        start = starts[gap + 1]
        shared = min(right, start) - max(left, ends[gap])
        filled = shared > _STATED_GAP * (right - left)
        fit = (filled, shared if filled else -abs(start - left))
        if best is None or fit > most:
            best, most = gap, fit
    if best is None:
        return None
    ends_here = left >= centers[-1] or right <= centers[0]
    return None if ends_here else best


def _parting(widths: Sequence[float], stated: Sequence[bool], row: Row) -> list[bool]:
    share = sum(stated) / len(widths)
    if share > _SPACED_OUT and len(widths) > 2:
        return _spaced_out(widths, row)
    unstated = [width for width, space in zip(widths, stated, strict=True) if not space]
    if share and max(unstated, default=0.0) <= _RUN_GAP:
        return [*stated]  # most lines of a file that states its spaces
    usual = max(0.0, sorted(unstated)[len(unstated) // 2]) if unstated else 0.0
    if share:
        most = usual + _RUN_GAP
        hidden = most + _LETTER if share > _ALL_STATED else most
        return [
            space or width > (hidden if gap in row.hidden or gap + 1 in row.hidden else most)
            for gap, (width, space) in enumerate(zip(widths, stated, strict=True))
        ]
    if usual > _WORD_GAP and len(widths) < 6:
        usual = 0.0  # too few gaps to tell spaced-out letters from short words
    return [
        width > usual + (_UNJOINED_GAP if _could_join(row, gap) else _WORD_GAP)
        for gap, width in enumerate(widths)
    ]


def _could_join(row: Row, gap: int) -> bool:
    """Whether the neighbours of a gap (the right one read first) are Arabic letters that join unless parted.

    Joined letters touch. Where a file states no spaces, white between them is what kerning left of one:
    the arm of kaf reaches far over the space before it.
    """
    if gap in row.hidden or gap + 1 in row.hidden:
        return False
    return row.traits[gap + 1].joins_next and row.traits[gap].joins_previous


def _part_scripts(words: list[bool], half: Sequence[int], row: Row) -> None:
    """Right-to-left letters that begin at the end of a Latin word are a word of their own.

    Word processors set the space between the two at the wrong end of the Latin word. Endings that Persian
    puts to foreign words stay joined, as does what is joined before them (``الـ``).
    """
    groups = row.groups
    if LEFT not in groups:
        return
    for gap in range(len(words)):
        if groups[gap] != RIGHT or groups[gap + 1] != LEFT or words[gap] or half[gap]:
            continue
        start = gap
        while start > 0 and not words[start - 1] and groups[start - 1] == RIGHT:
            start -= 1
        text = "".join(row.texts[place] for place in range(gap, start - 1, -1))
        if text not in _FOREIGN_ENDINGS:
            words[gap] = True


def _spaced_out(widths: Sequence[float], row: Row) -> list[bool]:
    """Letters and words both parted by space characters: the wider kind of gap parts words."""
    ordered = sorted(widths)
    jumps = [(after - before, before, after) for before, after in pairwise(ordered)]
    jump, before, after = max(jumps)
    if jump > _STATED_GAP and after > 1.5 * before:
        return [width > (before + after) / 2 for width in widths]
    letters = sum(map(str.isalpha, row.texts))
    return [not letters * 2 > len(row)] * len(widths)
