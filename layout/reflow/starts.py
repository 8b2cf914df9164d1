"""Where the paragraphs of a run of lines begin, and which of its lines stand alone.

The cheapest explanation of the whole run is looked for (a shortest path over three states a line), from four
kinds of evidence: how far the line's start moved against the line above (indent), whether the line above
ends short, the step between the baselines, and what the text says (a divided word, an unfinished sentence,
a bullet).
"""

from __future__ import annotations

from collections.abc import Sequence

from layout.document import RegionKind
from layout.reflow.run_lines import SIDES, Line, usual_start
from layout.reflow.wording import (
    begins_lower,
    begins_with_mark,
    ends_divided,
    ends_question,
    ends_sentence,
    is_byline,
    is_continuation,
    is_date,
    page_named,
)

# Costs are about -ln of how rarely a thing happens; lengths are line pitches.
_SIGMA = 0.12  # side bearings and box errors move a line's start by about a tenth of the pitch
_LEAP = 5.0  # an unexplained leap of the start: text running round a picture, an initial
_START = 1.2  # one line in three or four begins a paragraph
_COUNTED = 7.0  # no other line opens with the number that is next in a list
_FULL = 1.6  # the line above runs to the column's end
_SHORT = 3.2  # the line above ends though the next word would have fitted
_SET_IN = 1.4  # more than any usual indent
_LONE = 1.0  # by which a line that stands alone is shorter than its column
_OFF_MIDDLE = 0.3  # of two lines set in the middle of one column
_SPACE = 0.25  # line pitches between two words at least
_FLUSH = 0.3  # the first paragraph under a heading is not indented
_WHITE = 1.3  # line pitches: what comes after white is set flush as the first under a heading is
_STATES = _REST, _FIRST, _ALONE = 0, 1, 2
_NEVER = 50.0
_EVEN = 1.25  # sizes that differ by less are one size
_LARGER = 1.06  # times the body's size from which a heading's type is its own
_DISPLAY, _LETTERS = 1.13, 8  # times the body's size; of fewer letters the size is uncertain
_FEW = 12  # letters: a word or two left over from a heading; strokes are measured over a line
_HEADING = 3  # bold lines that may be a heading; more are a paragraph in bold type
# Lines of a question; line pitches: white before it, the answer's indent.
_QUESTION, _ENDED, _ANSWER = 5, 0.5, 0.25
_ABBREVIATED = 5  # characters; a word cut off with a full stop has no more
_WEIGHT = 3.0  # a change of weight between two lines parts what they say
_LEADING = 1.6  # line pitches, for type of the body's size, between two lines of one heading


def find_starts(
    run: Sequence[Line], indent: float, language: str | None = None
) -> tuple[list[int], dict[int, RegionKind]]:
    """Numbers of the lines that begin a piece: a paragraph, or a line that stands alone (a crosshead, a
    byline, a notice). The first line always counts as one. Then those where a heading of several lines, or
    one of the text's size in bold, begins, and what kind it seems to be.
    """
    states = _cheapest(run, indent, language)
    starts: list[int] = []
    heads: dict[int, RegionKind] = {}
    for i, state in enumerate(states):
        goes_on = i and state == _ALONE and _goes_on(run, i, language)
        last = states[i + 1 : i + 2] != [_REST]
        if (
            i
            and (states[i - 1], state) == (_ALONE, _REST)
            and last
            and _is_left_over(run[i - 1], run[i], language)
        ):
            continue
        if goes_on and (states[i - 1] == _ALONE or _is_centred_rest(run, i)):
            heads.setdefault(starts[-1], RegionKind.HEADLINE)  # a deck's other lines can fill the column
        elif not i or state != _REST or states[i - 1] == _ALONE:
            starts.append(i)
            if state == _ALONE and run[i].bold:
                heads[i] = RegionKind.CROSSHEAD
    return starts, heads


def _cheapest(run: Sequence[Line], indent: float, language: str | None) -> list[int]:
    """The state of each line in the cheapest explanation of the run (Viterbi 1967)."""
    costs = [0.3, 0.0, _alone_cost(run, 0, language)]
    came: list[tuple[int, ...]] = []
    for i in range(1, len(run)):
        begin = _start_cost(run, i)
        own = (_unended(run, i), begin, _alone_cost(run, i, language) + min(begin, 4.0))
        step: list[float] = []
        back: list[int] = []
        for now in _STATES:
            ways = [costs[before] + _path_cost(run, i, before, now, indent) for before in _STATES]
            if now == _REST:
                above = run[i - 1]
                told = above.size > _DISPLAY or above.bold > run[i].bold or says_itself(above.text, language)
                ways[_ALONE] += begin - own[_REST] if told else _NEVER
            if now == _ALONE and _goes_on(run, i, language):
                ways[_ALONE] -= own[_ALONE]  # one heading needs no second reason
            best = min(ways)
            back.append(ways.index(best))
            step.append(best + own[now])
        costs = step
        came.append(tuple(back))
    state = costs.index(min(costs))
    states = [state]
    for back_to in reversed(came):
        state = back_to[state]
        states.append(state)
    return states[::-1]


def _goes_on(run: Sequence[Line], i: int, language: str | None) -> bool:
    """Whether a line is the next line of the heading above it, if that is one.

    Its own type, as large as the line above, at the heading's own leading; or the heading breaks off in
    the middle of a sentence; or it is set in the middle below a line that it found no room in. Who wrote
    and when is always said on a line of its own.
    """
    above, line = run[i - 1], run[i]
    if above.bold and line.bold:
        return _may_head(run, i) and line.base - above.base < _LEADING and not ends_sentence(above.text)
    if _is_left_over(above, line, language):
        return above.bold <= _HEADING
    if not line.text or any(says_itself(x.text, language) for x in (above, line)):
        return False
    if _is_centred_rest(run, i):
        return True
    if above.size < _LARGER:
        return False
    if max(above.size, line.size) > _EVEN * min(above.size, line.size) or ends_sentence(above.text):
        return False
    close = line.base - above.base < _LEADING * max(1.0, line.size)
    return close and (begins_lower(line.text) or min(above.size, line.size) > _LARGER)


def _is_left_over(above: Line, line: Line, language: str | None) -> bool:
    """Whether a line is the last word or two of the heading or the question above, which breaks off; of so
    few letters the weight says nothing.
    """
    few = sum(map(str.isalnum, line.text)) < _FEW
    if says_itself(above.text, language) or says_itself(line.text, language):
        return False
    is_head = above.bold > 0 or (above.size > _DISPLAY and ends_question(line.text))
    return few and is_head and not ends_sentence(above.text) and line.base - above.base < _LEADING


def _is_centred_rest(run: Sequence[Line], i: int) -> bool:
    """Whether a line goes on from the one above, both set in the middle: its first word had no room there,
    or is no beginning.
    """
    above, line = run[i - 1], run[i]
    left, right = line.start - above.start, above.end - line.end
    centred = left * right > 0 and min(abs(left), abs(right)) > SIDES and abs(left - right) < 2 * _OFF_MIDDLE
    if not centred or ends_sentence(above.text) or line.base - above.base > _WHITE * max(1.0, line.size):
        return False
    room = max(0.0, above.start - usual_start(run, i - 1)) + above.short
    return begins_lower(line.text) or (left > 0 and room < line.first_word + _SPACE)


def says_itself(text: str, language: str | None) -> bool:
    """Whether a line says of itself what it is: a byline, a date, a pointer to another page."""
    return is_byline(text, language) or is_date(text, language) or is_continuation(text, language)


def _path_cost(run: Sequence[Line], i: int, before: int, now: int, indent: float) -> float:
    """Cost of line i's start being where it is, its state and the last line's given."""
    if now == _ALONE:
        return 0.0  # such lines are centred, set in or flush as the paper likes
    if before == _ALONE:
        moved = run[i].start - usual_start(run, i)
        if now == _REST:  # many papers set the first paragraph under a heading or a name flush
            return _FLUSH + _move_cost(moved, 0.0)
        return 0.5 * _move_cost(moved, indent)
    moved = run[i].start - run[i - 1].start
    cost = _move_cost(moved, (now - before) * indent)
    if now == _FIRST and _takes_turn(run, i):
        return min(cost, _FLUSH)  # bold questions and their answers are two blocks, each set in as it likes
    if now == _FIRST and _may_be_flush(run, i):
        return min(cost, _FLUSH + min(_move_cost(moved, way * indent) for way in (-1, 0, 1)))
    if before == _FIRST and now == _REST and run[i - 1].marked:
        return min(cost, _move_cost(moved, 0.0))  # the text after a bullet hangs, on some papers
    if before == _FIRST and i > 1 and _may_be_flush(run, i - 1):
        return min(cost, _FLUSH + _move_cost(moved, now * indent))
    return cost


def _may_be_flush(run: Sequence[Line], i: int) -> bool:
    """Whether a paragraph that begins here need not be set in: after white, at somebody's turn, in a list."""
    return run[i].called or run[i].listed or run[i].base - run[i - 1].base > _WHITE or _asks(run, i)


def _asks(run: Sequence[Line], i: int) -> bool:
    """Whether a question begins here, after a text that has ended, with an answer set in below it: some
    papers set the answers of an interview in and the questions flush.
    """
    if run[i - 1].gap < _ENDED or not ends_sentence(run[i - 1].text):
        return False
    last = next((j for j in range(i, min(i + _QUESTION, len(run))) if ends_question(run[j].text)), None)
    if last is None:
        return False
    return last + 1 == len(run) or run[last + 1].start - run[i].start > _ANSWER


def _move_cost(moved: float, expected: float) -> float:
    """Cost of a line's start moving so far where so far was expected; indents vary by a third."""
    slack = abs(expected) / 3
    off = max(0.0, abs(moved - expected) - slack)
    return min(_LEAP, 0.5 * (off / _SIGMA) ** 2)


def _start_cost(run: Sequence[Line], i: int) -> float:
    """Cost of a paragraph beginning at line i; negative where the evidence is for it."""
    above, line = run[i - 1], run[i]
    gap = above.gap
    cost = _START
    if gap > line.first_word + 0.4:
        cost -= _SHORT
    elif gap > 0.5:
        cost -= min(_SHORT, gap)
    elif gap < 0.3:
        cost += _FULL
    step = line.base - above.base - 1.0
    if step > 0.2:  # line steps vary by a few percent; white between paragraphs is half a line or more
        cost -= min(4.0, 8.0 * (step - 0.1))
    if line.called:
        cost -= 4.0
    if line.listed:
        cost -= _COUNTED
    if bool(line.bold) != bool(above.bold):
        cost -= _WEIGHT
    return cost + _text_cost(above.text, line.text)


def _unended(run: Sequence[Line], i: int) -> float:
    """Cost of line i going on with a paragraph though the line above ends far too early for that."""
    return 1.0 if run[i - 1].gap > run[i].first_word + 1.0 and not ends_divided(run[i - 1].text) else 0.0


def _alone_cost(run: Sequence[Line], i: int, language: str | None) -> float:
    """Cost of line i standing alone: it is short, or it says of itself what it is."""
    line = run[i]
    if line.called:
        return _NEVER  # what is said follows the name
    if is_continuation(line.text, language) or page_named(line.text):
        return -4.0
    cost = 2.0 - (2.0 if line.size > _DISPLAY and len(line.text) > _LETTERS else 0.0)
    if _may_head(run, i) and i + 1 < len(run) and not ends_sentence(line.text):
        cost -= 2.5
    elif len(line.text.split()) <= 6 and (is_date(line.text, language) or is_byline(line.text, language)):
        cost -= 2.0
    elif line.short < _LONE and not (line.size > _DISPLAY and _is_centred(run, i, SIDES)):
        return _NEVER
    if ends_sentence(line.text) and not ends_question(line.text):
        cost += 3.0
    elif _is_centred(run, i):
        cost -= 1.5
    if i + 1 < len(run) and run[i + 1].base - line.base > 1.15:
        cost -= 1.0  # white below as well as above
    return cost + (1.0 if len(line.text.split()) > 8 else 0.0)


def _takes_turn(run: Sequence[Line], i: int) -> bool:
    """Whether a bold question begins at a line, or one has ended right above it."""
    if bool(run[i].bold) == bool(run[i - 1].bold):
        return False
    begun = i if run[i].bold else i - 1
    last = next((j for j in range(begun, len(run)) if not run[j].bold), len(run)) - 1
    return ends_question(run[last].text)


def _may_head(run: Sequence[Line], i: int) -> bool:
    """Whether a bold line may be of a heading: one of a few, and these no question after a sentence."""
    if not 0 < run[i].bold <= _HEADING:
        return False
    first = next((j + 1 for j in range(i, -1, -1) if not run[j].bold), 0)
    words = " ".join(line.text for line in run[first : first + run[i].bold]).split()
    told = any(ends_sentence(word) and len(word) > _ABBREVIATED for word in words[:-1])
    return not (told and ends_question(words[-1]))


def _is_centred(run: Sequence[Line], i: int, least: float = _SET_IN) -> bool:
    """Whether a line stands in the middle of its column, set in on both sides by more than ``least``."""
    if i + 1 >= len(run):  # the last line of a deck, not a heading of what follows
        return False
    left, right = run[i].start - usual_start(run, i), run[i].short
    return min(left, right) > least and abs(left - right) < max(0.4 * least, 0.2 * (left + right))


def _text_cost(above: str, text: str) -> float:
    if not above or not text:
        return 0.0
    if ends_divided(above):
        return 5.0
    cost = -0.8 if ends_sentence(above) else 1.6
    if begins_lower(text):
        cost += 2.0
    if begins_with_mark(text):
        cost -= 4.0
    return cost
