"""ActualText told from MuPDF's two text pages, with it and without, where it stands for one letter at a time.

Chromium says each letter of an Arabic page so. MuPDF puts the characters of a text on its glyphs one by one
and what is left at the pen behind them; where a text ends it does not tell. Where each letter is said to be
what it is, or stands by itself, this need not be known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from unicodedata import digit, mirrored

from layout.language.characters import is_mark, open_forms
from layout.source.pdf_raw import Char

#: A letter and the signs drawn apart from it are not more than this.
_LONGEST = 6
#: The pen stands at the end of a character but for this many points.
_NEAR = 0.01

#: What is said of a few characters, these in file order.
Said = tuple[str, list[Char]]
#: Characters from one number to another, and what is said of them.
_Part = tuple[int, int, Sequence[Char]]


def replaced(chars: Sequence[Char], said: Sequence[Char]) -> list[Said] | None:
    """The texts that change something, each with its characters, of all characters of a page and those that
    MuPDF says; None where it takes the ends of the texts to tell.
    """
    whole: list[Said] = []
    singles: dict[int, str] = {}
    odd: set[tuple[str, str]] = set()
    for start, end, others in _parts(chars, said):
        for first, last, text in _letters(chars, start, end, others):
            if text is None:
                return None
            if last - first > 1:
                whole.append((text, list(chars[first:last])))
                continue
            singles[first] = max(text, singles.get(first, ""), key=len)
            code = open_forms(chars[first]["c"])
            if code != text and not _is_turned(code, text):
                odd.add((code, text))
    # Of a word said whole on letters drawn from its end the first gets what the last is.
    if any((text, code) in odd for code, text in odd):
        return None
    return [*whole, *((text, [chars[place]]) for place, text in singles.items())]


def _parts(chars: Sequence[Char], said: Sequence[Char]) -> Iterator[_Part]:
    """What the characters from one number to another are said to be, wherever they have other codes."""
    one = other = 0
    while one < len(chars) or other < len(said):
        if one < len(chars) and other < len(said) and _is_same(chars[one], said[other]):
            step = ahead = 1
        else:
            steps = (
                (total - ahead, ahead)
                for total in range(1, 2 * _LONGEST)
                for ahead in range(total + 1)
                if _meet(chars, one + total - ahead, said, other + ahead)
            )
            step, ahead = next(steps, (len(chars), len(said)))
        if step != 1 or ahead != 1 or chars[one]["c"] != said[other]["c"]:
            yield one, one + step, said[other : other + ahead]
        one, other = one + step, other + ahead


def _meet(chars: Sequence[Char], one: int, said: Sequence[Char], other: int) -> bool:
    """Whether both go on with the same letter, or end."""
    if one >= len(chars) or other >= len(said):
        return one == len(chars) and other == len(said)
    return is_wide(chars[one]) and _is_same(chars[one], said[other])


def _is_same(char: Char, other: Char) -> bool:
    """Whether a character is said to be what it is: a form of the letter, the digit of another script, the
    bracket that stands there where the line runs to the left."""
    code, text = char["c"], other["c"]
    if char["bbox"] != other["bbox"]:
        return False
    return code == text or open_forms(code) == text or _is_turned(code, text) or _is_digit(code, text)


def _is_turned(code: str, text: str) -> bool:
    return len(code) == len(text) == 1 and bool(mirrored(code) and mirrored(text))


def _is_digit(code: str, text: str) -> bool:
    return len(code) == len(text) == 1 and code.isdigit() and digit(code) == digit(text, None)


def is_wide(char: Char) -> bool:
    """Whether a character has a width along the line of writing."""
    x0, y0, x1, y1 = char["bbox"]
    return bool(x0 < x1 and y0 < y1)


def _letters(
    chars: Sequence[Char], start: int, end: int, others: Sequence[Char]
) -> Iterator[tuple[int, int, str | None]]:
    """What is said of each letter of a part, with the signs over it; no text where that cannot be told.

    MuPDF takes an alef beside lam-alef for the one that is said of that, drawn again, and leaves it out.
    """
    if start == end:
        host = _host(chars, start, others)
        yield host or 0, (host or 0) + 1, None if host is None else _code(chars[host]) + others[0]["c"]
        return
    before = ""
    while _count_wide(chars, start, end) > 1:
        step, ahead = _first_letter(chars, start, end, others)
        if not step:
            break
        yield start, start + step, _in_order(others[:ahead])
        before, start, others = "".join(map(_code, chars[start : start + step])), start + step, others[ahead:]
    if before and end - start == 1 and _is_lost(_code(chars[start]), others, before):
        yield start, end, _code(chars[start])
    else:
        yield start, end, _in_order(others) if _count_wide(chars, start, end) == 1 else None


def _is_lost(code: str, others: Sequence[Char], before: str) -> bool:
    """Whether a letter is said but for one that the letter before it has too."""
    lost = Counter(code)
    lost.subtract("".join(char["c"] for char in others))
    return sorted(filter(None, lost.values())) == [1] and max(lost, key=lost.__getitem__) in before


def _first_letter(chars: Sequence[Char], start: int, end: int, others: Sequence[Char]) -> tuple[int, int]:
    """How many of the characters, and of what is said of them, are the same letter and signs; 0 for none."""
    for step in range(1, min(end - start, _LONGEST)):
        if _count_wide(chars, start, start + step) == 1:
            codes = sorted("".join(map(_code, chars[start : start + step])))
            for ahead in range(1, min(len(others), _LONGEST) + 1):
                if codes == sorted("".join(char["c"] for char in others[:ahead])):
                    return step, ahead
    return 0, 0


def _code(char: Char) -> str:
    return open_forms(char["c"])


def _count_wide(chars: Sequence[Char], start: int, end: int) -> int:
    return sum(map(is_wide, chars[start:end]))


def _in_order(said: Sequence[Char]) -> str | None:
    """What is said of a letter, in the order it is said: MuPDF turns the lines of some files around.

    No text begins with a mark, and what a text has beyond its glyphs comes after them.
    """
    texts = [char["c"] for char in said]
    if len(said) < 2:
        return texts[0] if texts else None
    begins, ends = is_mark(texts[0]), is_mark(texts[-1])
    if begins and ends:
        return None
    return "".join(texts[::-1] if begins or any(_is_behind(said[0], char) for char in said[1:]) else texts)


def _host(chars: Sequence[Char], place: int, said: Sequence[Char]) -> int | None:
    """The character beside this place that something beyond its code is said of."""
    beside = (number for number in (place - 1, place) if 0 <= number < len(chars))
    return next((number for number in beside if len(said) == 1 and _is_behind(said[0], chars[number])), None)


def _is_behind(char: Char, other: Char) -> bool:
    """Whether a character without a width is where the pen stands after another."""
    (x0, _, x1, y1), (_, _, right, bottom) = char["bbox"], other["bbox"]
    return bool(is_wide(other) and x0 == x1 and abs(x0 - right) < _NEAR and abs(y1 - bottom) < _NEAR)
