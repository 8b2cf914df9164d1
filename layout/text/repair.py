"""Text that was extracted naively and has no positions any more, restored as far as that is possible.

What can be told from characters and white space alone: letters stretched by tatweel, presentation forms,
brackets turned, bullets that are letters of a sign font, ZWNJ lost to a space, tanween before its
letter, lines whose words stand in visual order (their wide gaps show as two spaces), empty lines inside
a paragraph. Each change is noted, and where it is a guess, that is said.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from layout.document import Direction
from layout.errors import ConfigError
from layout.language import SCRIPTS, Language, language, normalized
from layout.language.characters import TATWEEL, ZWNJ, is_right_to_left, printed
from layout.language.persian import join_halves
from layout.text.guess import guess_language

BULLET = "■"
#: A line is taken as turned if at least this many of its gaps are wide, and this share of them: a
#: justified line in the right order has a stray double space now and then.
_WIDE_GAPS = 2
_WIDE_SHARE = 0.3
#: A line this long beside its neighbours (so many) is full.
_FULL = 0.75
_AROUND = 6
_ENDS = ".؟!:…?"
_END_MARKS = "،؛؟.!:,;?"
_TURN = str.maketrans("()[]{}«»‹›", ")(][}{»«›‹")
_OPEN, _CLOSE = "([{«‹", ")]}»›"


@dataclass(frozen=True, slots=True)
class Change:
    """Something restored on a line (from 1): what kind, before and after, and whether it is sure."""

    line: int
    kind: str
    before: str
    after: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Repaired:
    """The restored text (NFC, logical order, one line for each printed line) and what was changed."""

    text: str
    changes: tuple[Change, ...] = ()
    language: str | None = None

    @property
    def unsure(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if not change.sure)

    def marked(self, mark: str = "[?]") -> str:
        """The text with ``mark`` at the end of each line that holds a guess."""
        doubtful = {change.after for change in self.unsure if change.kind != "half-space"}
        return "\n".join(f"{line} {mark}" if line in doubtful else line for line in self.text.split("\n"))


@dataclass(slots=True)
class _Line:
    """A line on its way; ``runs`` are its words as parted by wide gaps, in the order of the file."""

    number: int
    runs: list[list[str]]
    bullet: bool = False
    indented: bool = False

    @property
    def words(self) -> list[str]:
        return [word for run in self.runs for word in run]

    @property
    def text(self) -> str:
        return " ".join(([BULLET] if self.bullet else []) + self.words)


def repair(text: str, language_code: str | None = None) -> Repaired:
    """The text as it was printed, as far as its characters tell; any text is accepted.

    ``language_code`` is BCP 47; None finds it from the text. Letters and digits are never lost, but for
    the letters of sign fonts that stood for bullets (noted as changes): only order, white space,
    tatweel, presentation forms and brackets change.
    """
    text = printed(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    guess = guess_language(text.replace(TATWEEL, ""))
    code = language_code or (guess.language if guess else None)
    record = _record(code)
    lines = text.split("\n")
    if record is None or SCRIPTS[record.script].direction is not Direction.RTL:
        return _repaired_plain(lines, code)
    return _Repairer(lines, record).result()


class _Repairer:
    """Restores the lines of a right-to-left text; the steps in the order of `result`."""

    def __init__(self, lines: Sequence[str], record: Language) -> None:
        self.record = record
        self.changes: list[Change] = []
        self.sources = lines
        self.bullet_signs = _bullet_signs(lines)
        self.lines = [self._parsed(number, line) for number, line in enumerate(lines, 1)]

    def result(self) -> Repaired:
        turned_brackets = _brackets_are_turned(self.lines)
        for line in self.lines:
            if turned_brackets:
                self._turn_brackets(line)
            self._join(line)
        turned = [self._put_in_order(line) for line in self.lines]
        for line in self.lines:
            self._move_latin(line, any(turned))
            self._move_end_mark(line)
        texts = self._without_false_gaps([line.text for line in self.lines])
        return Repaired(unicodedata.normalize("NFC", "\n".join(texts)), tuple(self.changes), self.record.code)

    def _note(self, line: int, kind: str, before: str, after: str, sure: bool = True) -> None:
        if before != after:
            self.changes.append(Change(line, kind, before, after, sure))

    def _parsed(self, number: int, source: str) -> _Line:
        indented = source.startswith(" ")
        body = source.strip()
        first, _, rest = body.partition(" ")
        bullet = first in self.bullet_signs and bool(rest)
        if bullet:
            body = rest.strip()
            if first != BULLET:
                self._note(number, "bullet", first, BULLET)
        elif body in self.bullet_signs and not body.isalpha():
            self._note(number, "bullet", body, BULLET)
            body = BULLET
        runs = [run.split() for run in re.split(r"[^\S\n]{2,}", body) if run]
        return _Line(number, runs, bullet, indented)

    def _turn_brackets(self, line: _Line) -> None:
        before = line.text
        line.runs = [[_turned(word) for word in run] for run in line.runs]
        self._note(line.number, "brackets", before, line.text)

    def _join(self, line: _Line) -> None:
        """Stretched letters closed, spelling normalised, and ZWNJ put back inside each run."""
        before = line.text
        line.runs = [[normalized(word, self.record.code) for word in run] for run in line.runs]
        line.runs = [[word for word in run if word] for run in line.runs]
        line.runs = [run for run in line.runs if run]
        self._note(line.number, "spelling", before, line.text)
        if not self.record.zwnj or self.record.code != "fa":
            return
        line.runs = [self._joined(run, line.number) for run in line.runs]
        line.runs = self._joined_over_gaps(line)

    def _joined(self, words: list[str], number: int) -> list[str]:
        joined, joins = join_halves(words)
        for word, certainty in joins:
            self._note(number, "half-space", word.replace(ZWNJ, " "), word, certainty >= 0.8)
        return joined

    def _joined_over_gaps(self, line: _Line) -> list[list[str]]:
        """Word and ending that a wide gap parts (`می  کنند`), in lines that are in order."""
        if _is_turned(line.runs):
            return line.runs
        runs: list[list[str]] = []
        for run in line.runs:
            if runs and run:
                pair, joins = join_halves([runs[-1][-1], run[0]])
                if joins:
                    self._note(line.number, "half-space", f"{runs[-1][-1]}  {run[0]}", pair[0])
                    runs[-1][-1] = pair[0]
                    runs[-1].extend(run[1:])
                    continue
            runs.append(run)
        return runs

    def _put_in_order(self, line: _Line) -> bool:
        """Runs of a line in visual order turned; whether the line was one."""
        if not _is_turned(line.runs):
            return False
        before = line.text
        first, *rest = line.runs
        all_wide = all(len(run) == 1 for run in rest)
        turn_first = len(first) == 2 and all_wide
        if turn_first:
            first = first[::-1]
        runs = [*reversed(rest), first]
        line.runs = [self._joined([word for run in runs for word in run], line.number)]
        self._note(line.number, "order", before, line.text, sure=len(first) == 1 or turn_first)
        return True

    def _move_latin(self, line: _Line, visual: bool) -> None:
        """A Latin word that stands before a right-to-left line goes behind it, as it was printed."""
        words = line.words
        lead = 0
        while lead < len(words) and _is_latin(words[lead]):
            lead += 1
        follows = words[lead:]
        if (
            not lead
            or not follows
            or not all(is_right_to_left(w.strip(_ALL_EDGES)[:1] or "?") for w in follows[:1])
        ):
            return
        bracketed = words[0][:1] in _OPEN + _CLOSE
        if not (bracketed and (visual or line.indented)):
            return
        before = line.text
        line.runs = [follows + words[:lead]]
        self._note(line.number, "latin", before, line.text, sure=False)

    def _move_end_mark(self, line: _Line) -> None:
        """A comma, stop or question mark at the head of a line was its end."""
        words = line.words
        if not words or len(words) < 2:
            return
        mark = re.match(f"[{re.escape(_END_MARKS)}]+(?=\\w)", words[0])
        if not mark:
            return
        before = line.text
        words[0] = words[0][mark.end() :]
        words[-1] += mark.group()
        line.runs = [words]
        self._note(line.number, "end-mark", before, line.text, sure=line.bullet)

    def _without_false_gaps(self, texts: list[str]) -> list[str]:
        """Empty lines left out where the sentence goes on over them.

        The line before is full and ends no sentence, the line after begins no question: extractors take
        the short last line of a paragraph, or the head of the next column, for a block of its own.
        """
        kept: list[str] = []
        block: list[int] = []
        for number, text in enumerate(texts, 1):
            after = next((later for later in texts[number:] if later), "")
            if text:
                block.append(len(text))
            elif kept and kept[-1] and after and _goes_on(kept[-1], after, block):
                self._note(number, "empty-line", "empty line", "none", sure=len(block) > 1)
                continue
            else:
                block = []
            kept.append(text)
        return kept


def _goes_on(before: str, after: str, block: Sequence[int]) -> bool:
    """Whether a sentence runs on from the last line of a block (its lines' lengths) to a later one."""
    if before.rstrip('»)"” ')[-1:] in _ENDS or after.startswith(BULLET):
        return False
    if len(before) < _FULL * max(block[-_AROUND:]):
        return False
    return any(map(is_right_to_left, after[:3])) or after[0] in _OPEN


def _is_turned(runs: Sequence[Sequence[str]]) -> bool:
    gaps = sum(len(run) for run in runs) - 1
    wide = len(runs) - 1
    return wide >= _WIDE_GAPS and wide >= _WIDE_SHARE * gaps


_ALL_EDGES = _OPEN + _CLOSE + _END_MARKS


def _is_latin(word: str) -> bool:
    bare = word.strip(_ALL_EDGES)
    return bool(bare) and bare.isascii() and bare[0].isalpha()


def _turned(word: str) -> str:
    """The word with the brackets at its edges turned; brackets of a Latin word inside stay in pairs."""
    return word.translate(_TURN)


def _brackets_are_turned(lines: Sequence[_Line]) -> bool:
    """Whether brackets stand as drawn: one at a word's head closes, one at its end opens."""
    votes = 0
    for line in lines:
        for word in line.words:
            bare = word.strip(_END_MARKS)
            if len(bare) > 1:
                votes += (bare[0] in _CLOSE) + (bare[-1] in _OPEN) - (bare[0] in _OPEN) - (bare[-1] in _CLOSE)
    return votes > 0


def _bullet_signs(lines: Sequence[str]) -> frozenset[str]:
    """Signs that stand alone at the head of lines and are no words: symbols, private use, odd letters.

    A letter of another script counts if it never stands inside a line among the words.
    """
    heads: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for line in lines:
        words = line.split()
        if words:
            heads[words[0]] += 1
        inside.update(words[1:])
    return frozenset(
        sign
        for sign in heads
        if len(sign) == 1
        and (
            unicodedata.category(sign) in ("So", "Co", "Sm")
            or sign in "•▪·*"
            or (sign.isalpha() and not sign.isascii() and not is_right_to_left(sign) and not inside[sign])
        )
    )


def _record(code: str | None) -> Language | None:
    try:
        return language(code) if code else None
    except ConfigError:
        return None


def _repaired_plain(lines: Sequence[str], code: str | None) -> Repaired:
    """Left-to-right text: spaces, soft hyphens and forms; its order is not in doubt."""
    changes: list[Change] = []
    texts: list[str] = []
    for number, line in enumerate(lines, 1):
        text = " ".join(line.replace("\u00ad", "").split())
        if text != line.strip():
            changes.append(Change(number, "spaces", line.strip(), text))
        texts.append(text)
    return Repaired(unicodedata.normalize("NFC", "\n".join(texts)), tuple(changes), code)
