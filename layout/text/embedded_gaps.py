"""Which gaps between the clusters of a line part words, and which only letters.

A file may state every space, none, or one after each letter of a spaced-out heading; and it may state
spaces where the page shows none (a lost ZWNJ). So what it states is believed only as far as the gaps on
the page bear it out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np

from layout.text.embedded_layer import Flags, Floats, Numbers
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


def judge_gaps(rows: Sequence[Row], sizes: Sequence[float]) -> list[Gaps]:
    """The gaps of each row of a page, left to right; ``sizes`` are the rows' letter sizes in pixels.

    ``widths`` are in shares of them.
    """
    found = [Gaps((), (), ())] * len(rows)
    several = [place for place, row in enumerate(rows) if len(row) > 1]
    if several:
        parted = _judged([rows[place] for place in several], [sizes[place] for place in several])
        for place, gaps in zip(several, parted, strict=True):
            found[place] = gaps
    return found


def _judged(rows: Sequence[Row], sizes: Sequence[float]) -> Iterator[Gaps]:
    """`judge_gaps` for rows of two letters at least."""
    page = _Page.of(rows, sizes)
    stated = np.zeros(len(page.starts), bool)
    half = np.zeros(len(page.starts), np.int64)
    _state(rows, page, stated, half)
    plain = _as_stated(page, stated)
    spaces, halves, widths = stated.tolist(), half.tolist(), page.widths.tolist()
    for row, em, first, last, as_stated in zip(rows, sizes, page.firsts, page.lasts, plain, strict=True):
        own, here, hidden = widths[first:last], spaces[first:last], halves[first:last]
        words = [*here] if as_stated else _parting(own, here, row)
        if LEFT in row.groups:
            _part_scripts(words, hidden, row)
        for end, gap in ((0, 0), (-1, -1)):
            if row.sizes[end] > INITIAL * em:
                words[gap] = here[gap]  # the white beside a large initial parts no words
        yield Gaps(words, hidden, own)


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """The letters of all rows, by columns; ``firsts`` and ``lasts`` are the places of each row's ends.

    ``widths`` has the gap after each letter, from the furthest end so far to the next start (and nothing
    of use after the last of a row).
    """

    starts: Floats
    ends: Floats
    widths: Floats
    em: Floats
    firsts: list[int]
    lasts: list[int]

    @classmethod
    def of(cls, rows: Sequence[Row], sizes: Sequence[float]) -> _Page:
        counts = np.array([len(row) for row in rows])
        starts, ends = (
            np.fromiter(chain.from_iterable(column), np.float64, counts.sum())
            for column in ([row.u0 for row in rows], [row.u1 for row in rows])
        )
        em = np.repeat(np.array(sizes), counts)
        lasts = np.cumsum(counts) - 1
        firsts = lasts - counts + 1
        reach = ends.copy()
        back = np.flatnonzero(ends[1:] < ends[:-1])
        for row in np.unique(np.searchsorted(lasts, back)).tolist():
            own = slice(firsts[row], lasts[row] + 1)
            reach[own] = np.maximum.accumulate(ends[own])
        widths = (np.roll(starts, -1) - reach) / em
        return cls(starts, ends, widths, em, firsts.tolist(), lasts.tolist())


def _state(rows: Sequence[Row], page: _Page, stated: Flags, half: Numbers) -> None:
    """Note in which gaps the file has a space, in which a ZWNJ (or what remains of one)."""
    middles = (page.starts + page.ends) / 2
    near: list[int] = []
    for row, first, last in zip(rows, page.firsts, page.lasts, strict=True):
        centers = middles[first : last + 1].tolist()
        near += [bisect_right(centers, (left + right) / 2) - 1 for left, right in row.spaces]
        for place, value in (*((u, 2) for u in row.joiners), *((u, 1) for u in row.codeless)):
            gap = first + bisect_right(centers, place) - 1
            if first <= gap < last:
                half[gap] = max(half[gap], value)
    left, gaps = _filled(rows, page, middles, np.array(near, np.int64))
    # A space without advance begins where the cluster to its right begins; a letter that overhangs
    # a real one (kerning) leaves its advance as it is. Between letters that just touch is no space.
    advance, widths = (page.starts[gaps + 1] - left) / page.em[gaps], page.widths[gaps]
    wide = (widths > _STATED_GAP) | ((advance > _STATED_GAP) & (np.abs(widths) > _TOUCHING))
    stated[gaps[wide]] = True
    small = gaps[~wide & (advance <= _STATED_GAP)]
    half[small] = np.maximum(half[small], 1)


def _filled(rows: Sequence[Row], page: _Page, middles: Floats, near: Numbers) -> tuple[Floats, Numbers]:
    """Where the spaces inside rows begin, and the gaps they fill best.

    ``near`` is the letter before each space's middle, by its number in the row.
    """
    spaces = np.fromiter(chain.from_iterable(chain.from_iterable(row.spaces for row in rows)), np.float64)
    left, right = spaces.reshape(-1, 2).T
    owner = np.repeat(np.arange(len(rows)), [len(row.spaces) for row in rows])
    first, last = np.array(page.firsts)[owner], np.array(page.lasts)[owner]
    gaps = first + near
    before, after = np.clip(gaps, first, last), np.clip(gaps + 1, first, last)
    alone = (near >= 0) & (gaps < last) & (left < right)
    alone &= (middles[before] <= left) & (right <= middles[after])  # it reaches no other gap
    shared = np.minimum(right, page.starts[after]) - np.maximum(left, page.ends[before])
    alone &= shared > _STATED_GAP * (right - left)
    for space in np.flatnonzero(~alone).tolist():
        own = slice(first[space], last[space] + 1)
        near_it = int(near[space]), rows[owner[space]], middles[own]
        gap = _gap_of(float(left[space]), float(right[space]), *near_it)
        gaps[space] = -1 if gap is None else first[space] + gap
    return left[gaps >= 0], gaps[gaps >= 0]


def _gap_of(left: float, right: float, near: int, row: Row, centers: Floats) -> int | None:
    """The gap a space character fills best; None at the ends of the line."""
    best, most = None, (False, 0.0)
    for gap in range(max(0, near - 1), min(len(row) - 1, near + 2)):
        start = row.u0[gap + 1]
        shared = min(right, start) - max(left, row.u1[gap])
        filled = shared > _STATED_GAP * (right - left)
        fit = (filled, shared if filled else -abs(start - left))
        if best is None or fit > most:
            best, most = gap, fit
    if best is None or left >= centers[-1] or right <= centers[0]:
        return None
    return best


def _as_stated(page: _Page, stated: Flags) -> list[bool]:
    """Which rows have a space in each gap that is one, as most lines of a file that states its spaces."""
    gaps = np.ones(len(stated), bool)
    gaps[page.lasts] = False
    count = np.subtract(page.lasts, page.firsts)
    share = np.add.reduceat((stated & gaps).astype(np.int64), page.firsts) / count
    widest = np.maximum.reduceat(np.where(gaps & ~stated, page.widths, 0.0), page.firsts)
    spaced_out = (share > _SPACED_OUT) & (count > 2)
    return [bool(plain) for plain in (share > 0) & (widest <= _RUN_GAP) & ~spaced_out]


def _parting(widths: Sequence[float], stated: Sequence[bool], row: Row) -> list[bool]:
    share = sum(stated) / len(widths)
    if share > _SPACED_OUT and len(widths) > 2:
        return _spaced_out(widths, row)
    unstated = [width for width, space in zip(widths, stated, strict=True) if not space]
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
