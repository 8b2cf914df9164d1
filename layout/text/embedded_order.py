"""From the order on the paper to the order of reading: the bidirectional algorithm backwards.

Unicode's algorithm (UAX 9) turns logical order into places on the line; here the places are known and
the order is wanted. A line is walked in its base direction, and the stretches that run against it are
turned: words of the other script, and numbers. Some pictures have two logical orders (`Volvo 2022` may be
either); then a number that stands to the right of a Latin word belongs to it, as rule W7 has it, unless
its digits are Arabic-Indic (class AN), for which there is no such rule.
"""

from __future__ import annotations

from collections.abc import Sequence

from layout.document import Direction

#: Groups of characters, after the bidirectional classes they stand for.
RIGHT, LEFT, DIGIT, OWN_DIGIT, COMMON, SIGN, TERMINATOR, NEUTRAL, SPACE, OPEN, CLOSE = "RLNACETO_()"
_DIGITS = (DIGIT, OWN_DIGIT)
_BRACKETS = (OPEN, CLOSE)

Placed = tuple[int, bool]


def logical_order(groups: Sequence[str], direction: Direction, arabic: bool = True) -> list[Placed]:
    """Indices of a line's characters in reading order; ``groups`` are in order of x.

    ``arabic``: its right-to-left letters are Arabic, after which signs part numbers (class AL; Hebrew is
    of class R, and there ``-5%`` stays together). The flag says whether the character stands in a
    right-to-left stretch (where brackets are drawn mirrored). Every index comes exactly once.
    """
    if direction is Direction.RTL:
        if LEFT not in groups and DIGIT not in groups and OWN_DIGIT not in groups:
            return [(index, True) for index in range(len(groups) - 1, -1, -1)]
        return _right_to_left(groups, 0, len(groups), arabic and RIGHT in groups)
    if RIGHT not in groups:
        return [(index, False) for index in range(len(groups))]
    return _left_to_right(groups, arabic)


def _left_to_right(groups: Sequence[str], arabic: bool) -> list[Placed]:
    order: list[Placed] = []
    index, end = 0, len(groups)
    while index < end:
        if groups[index] != RIGHT:
            order.append((index, False))
            index += 1
            continue
        stop = _stretch_end(groups, index, end, RIGHT)
        order.extend(_right_to_left(groups, index, stop, arabic))
        index = stop
    return order


def _stretch_end(groups: Sequence[str], start: int, end: int, strong: str) -> int:
    """One past the last ``strong`` that follows ``start`` before the other script begins."""
    other = LEFT if strong == RIGHT else RIGHT
    stop = start + 1
    for index in range(start, end):
        if groups[index] == other:
            break
        if groups[index] == strong:
            stop = index + 1
    return stop


def _right_to_left(groups: Sequence[str], start: int, end: int, letters: bool) -> list[Placed]:
    """The stretch [start, end) read from its right end; ``letters``: the line has Arabic letters."""
    order: list[Placed] = []
    index = end
    while index > start:
        here = index - 1
        if groups[here] == LEFT or (groups[here] in _DIGITS and _touches_latin(groups, start, here)):
            begin, stop = _latin_run(groups, start, index)
            order.extend((inner, False) for inner in range(begin, stop))
        elif groups[here] in _DIGITS:
            begin = _number_start(groups, start, here, letters)
            order.extend((inner, False) for inner in range(begin, index))
        elif groups[here] in _BRACKETS and (run := _bracketed_run(groups, start, here)) is not None:
            begin = run
            order.extend((inner, False) for inner in range(begin, index))
        elif groups[here] == TERMINATOR and not letters and here > start and groups[here - 1] in _DIGITS:
            begin = _number_start(groups, start, here - 1, letters)
            order.extend((inner, False) for inner in range(begin, index))
        else:
            begin = here
            order.append((here, True))
        index = begin
    return order


def _touches_latin(groups: Sequence[str], start: int, last: int, inside: bool = False) -> bool:
    """Whether the number that ends at ``last`` belongs to a Latin word to its left.

    Not where a bracket parts the two: the pair has the direction of the line (rule N0). Where the number
    itself is ``inside`` a pair, and nothing else is, the pair belongs to a Latin word before it.
    """
    index = last
    gap = False
    free = False
    while index >= start:
        group = groups[index]
        if group == LEFT and not inside:
            return not (free and gap)
        if group == RIGHT:
            return False
        gap = gap or group == SPACE
        free = free or group == OWN_DIGIT
        inside = inside != (group in _BRACKETS)
        index -= 1
    return False


def _latin_run(groups: Sequence[str], start: int, end: int, inside: bool = False) -> tuple[int, int]:
    """The foreign stretch that ends at ``end``: from its leftmost letter or number.

    It begins inside no pair of brackets that ends outside of it: such a pair has the direction of the line
    (rule N0). ``inside``: a bracket follows at ``end``.
    """
    begin = index = end - 1
    spaced = False
    while index >= start and groups[index] != RIGHT:
        group = groups[index]
        if group == OWN_DIGIT and spaced:
            break
        if group in _BRACKETS:
            inside = not inside
            if inside and not _closes(groups, start, index):
                break
        elif group == LEFT or group in _DIGITS:
            begin, spaced = index, False
        spaced = spaced or group == SPACE
        index -= 1
    return begin, end


def _closes(groups: Sequence[str], start: int, bracket: int) -> bool:
    """Whether the bracket's other one stands to its left before letters of the line's own direction, with
    foreign letters or numbers further on; each bracket there has its other one."""
    index = bracket
    brackets: list[int] = []
    while index >= start and groups[index] != RIGHT:
        if groups[index] in _BRACKETS:
            brackets.append(index)
        index -= 1
    if len(brackets) % 2:
        return False
    beyond = groups[index + 1 : brackets[1]]
    return LEFT in beyond or not set(_DIGITS).isdisjoint(beyond)


def _bracketed_run(groups: Sequence[str], start: int, last: int) -> int | None:
    """Start of a foreign stretch that ends with a bracket opened inside it, as in ``Volvo (Bus)``."""
    inner = last - 1
    if inner < start or groups[inner] not in (LEFT, *_DIGITS):
        return None
    if groups[inner] in _DIGITS and not _touches_latin(groups, start, inner, inside=True):
        return None
    begin, _ = _latin_run(groups, start, last, inside=True)
    brackets = [index for index in range(begin, last) if groups[index] in _BRACKETS]
    return begin if len(brackets) % 2 == 1 and brackets[0] > begin else None


def _number_start(groups: Sequence[str], start: int, last: int, letters: bool) -> int:
    """Where the number that ends at ``last`` begins: digits with single separators between them.

    After Arabic letters a plus, minus or percent sign parts numbers (rules W2, W4, W5 of UAX 9), in a
    line of numbers only it does not.
    """
    begin = last
    inside = (COMMON,) if letters else (COMMON, SIGN)
    while begin > start:
        before = groups[begin - 1]
        if before in _DIGITS:
            begin -= 1
        elif before in inside and begin - 2 >= start and groups[begin - 2] in _DIGITS:
            begin -= 2
        elif before == TERMINATOR and not letters:
            begin -= 1
        else:
            break
    return begin
