"""Ligatures whose code the file has lost: no character at all, or only the first of its letters.

A sign is known by its font, what code it has, and its width; all signs alike stand for the same letters.
Each reading is tried in the words the sign stands in, and the one that makes known words is taken: words
of the page itself, or common words of the language. Without such words nothing is changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import cache, lru_cache

from layout.language import LANGUAGES
from layout.language.characters import TATWEEL, ZWNJ, printed
from layout.language.ligatures import LATIN_HEADS, NEVER_ALONE, PIECES, UNCODED_PIECES, ligature_words
from layout.text.embedded_ligatures import LAM, NO_LAM_ALEF
from layout.text.embedded_row import Kind, Row
from layout.text.embedded_signs import UNKNOWN, traits
from layout.text.embedded_words import Piece, ReadRow

#: First letters that stand for a whole ligature where a file keeps only one.
_HEADS = (*LATIN_HEADS, LAM)
_LAM_ALEF = LAM + "\u0627"
_WATCHED = frozenset((UNKNOWN, _LAM_ALEF, *_HEADS))
#: A ligature is wider than its first letter by at least this factor.
_WIDER = 1.25
#: Share of its words that become common ones, for a letter to be read as a ligature.
_SHARE = 0.12
#: Widths are compared in steps of this share of the font size.
_STEP = 0.02
#: A sign narrower than this share of the size may be half a letter.
_HALF = 0.26
#: A letter that is itself in so many known words (share of those with the ligature) is it in others too.
_MIXED = 0.25
#: Words a sign is tried in; more add nothing.
_TRIED = 60
#: What a word may be written without: tatweel, ZWNJ, Arabic vowel signs. Tanween tells an alef from none.
_UNWRITTEN = dict.fromkeys((ord(TATWEEL), ord(ZWNJ), *range(0x64E, 0x653)))
_EDGES_BUT_HYPHEN = "«»()[]\"'“”„،؛؟.:!,;?–—■"
#: A sign whose letters are sought.
_OPEN = "\0"
_DIVIDED = ("-", "\u00ad", "\u2010")
#: So many letters before a line end tell which word was begun.
_BEGINNING = 4


def restore_lost(reads: Sequence[ReadRow], language: str | None) -> int:
    """Give signs without their right code the letters they stand for, in place; how many signs changed."""
    script = LANGUAGES[language].script if language in LANGUAGES else "Latn"
    uses = _uses(reads, _WATCHED - frozenset(LATIN_HEADS) if script == "Arab" else _WATCHED)
    alone = NEVER_ALONE.get((language or "").split("-")[0], {})
    uses = {
        kind: found for kind, found in uses.items() if kind[2] != _LAM_ALEF and _suspicious(kind, uses, alone)
    }
    if not uses:
        return 0
    known = _known(reads, language, uses)
    restored: set[tuple[str, bool, str]] = set()
    changed = 0
    for kind, found in sorted(uses.items(), key=lambda item: -len(item[1])):
        pieces = PIECES["Arab" if script == "Arab" else "Latn"]
        if kind[2] == UNKNOWN:
            pieces = (*UNCODED_PIECES.get(script, ()), *pieces)
        ranked = _ranked(kind, found[:_TRIED], pieces, known, kind[:3] in restored)
        if not ranked:
            continue
        restored.add(kind[:3])
        readings = [_reading(_open_word(use, kind), ranked, known) for use in found]
        for (word, read, place), reading in zip(found, readings, strict=True):
            read.row.rename(word[place].slot, reading, traits(reading))
        changed += len(readings)
    return changed


Use = tuple[Sequence[Piece], ReadRow, int]


def _uses(reads: Iterable[ReadRow], watched: Set[str]) -> dict[Kind, list[Use]]:
    """Where each kind of the ``watched`` signs stands: without a code, or letters that head ligatures."""
    uses: dict[Kind, list[Use]] = defaultdict(list)
    for read in reads:
        row = read.row
        if watched.isdisjoint(row.texts):
            continue
        for word in read.words:
            texts = [row.texts[slot] for slot, _ in word]
            if watched.isdisjoint(texts) or texts == [UNKNOWN]:
                continue
            if 2 * texts.count(UNKNOWN) > len(texts):
                continue  # a font without codes, not a lost ligature
            for place, text in enumerate(texts):
                if text in watched:
                    uses[row.kind(word[place].slot, _STEP)].append((word, read, place))
    return uses


def _suspicious(kind: Kind, uses: Mapping[Kind, Sequence[Use]], alone: Mapping[str, str]) -> bool:
    """No code; or a head of ligatures that is not what the font usually shows for it.

    That is a Latin letter clearly wider than usual, or never followed by what always follows it
    (``alone``); or a lam in a font without lam-alef, or a very wide one.
    """
    font, bold, code, step = kind
    if code == UNKNOWN:
        return True
    if code not in LATIN_HEADS:
        return _is_name(kind) or not any(other[:3] == (font, bold, _LAM_ALEF) for other in uses)
    if code in alone:
        followed = sum(_next_letter(use) in alone[code] for use in uses[kind])
        return 2 * followed < len(uses[kind])
    same = {other[3]: len(found) for other, found in uses.items() if other[:3] == (font, bold, code)}
    usual = max(same, key=lambda width: same[width])
    return step > _WIDER * usual


def _is_name(kind: Kind) -> bool:
    """Whether a lam is as wide as the divine name alone."""
    return kind[2] == LAM and kind[3] * _STEP > NO_LAM_ALEF


def _next_letter(use: Use) -> str:
    """The letter after the sign; a space at the word's end, which no table holds."""
    word, read, place = use
    return read.row.texts[word[place + 1].slot][:1] if place + 1 < len(word) else " "


def _ranked(
    kind: Kind, uses: Sequence[Use], pieces: Sequence[str], known: Set[str], again: bool
) -> Sequence[str]:
    """The readings, that which makes the most known words first; none where too few are made.

    The letter itself where it makes many as well: such a kind is both, and each word tells (`_reading`).
    A letter that may well be itself needs more of them than a sign without a code, or than one whose font
    has lost ligatures of this letter already (``again``). A sign without a code may also stand for
    nothing: the second half of a letter drawn in two, where it is narrow, or a kashida.
    """
    code = kind[2]
    readings = [piece for piece in pieces if code == UNKNOWN or piece.startswith(code)]
    if code == UNKNOWN and (kind[3] * _STEP < _HALF or all(map(_is_joint, uses))):
        readings.append("")
    words = [_open_word(use, kind) for use in uses]
    hits = {reading: len(_hits(words, reading, known)) for reading in readings}
    ranked = sorted(readings, key=lambda reading: -hits[reading])
    if not ranked:
        return ()
    by_best, by_code = (_hits(words, text, known) for text in (ranked[0], code))
    is_sure = code == UNKNOWN or again or _is_name(kind)
    enough = 1 if is_sure else max(2, _SHARE * len(uses))
    if len(by_best - by_code) < enough:
        return ()
    if code == UNKNOWN:
        return ranked
    return (code, *ranked) if len(by_code - by_best) > _MIXED * len(by_best - by_code) else (*ranked, code)


def _hits(words: Sequence[str], reading: str, known: Set[str]) -> set[int]:
    """Which of the open words, by number, are known when they are read so."""
    return {number for number, word in enumerate(words) if _is_known(_word(word, reading), known)}


def _is_joint(use: Use) -> bool:
    """Whether a sign stands between two letters that would join without it."""
    word, read, place = use
    if not 0 < place < len(word) - 1:
        return False
    before, after = (read.row.traits[word[place + step].slot] for step in (-1, 1))
    return before.joins_next and after.joins_previous


def _is_known(word: str, known: Set[str]) -> bool:
    """Whether it is a known word, or begins one where a line end has divided it."""
    if not word.endswith(_DIVIDED) or len(word) < _BEGINNING:
        return word in known
    return any(whole.startswith(word[:-1]) for whole in known)


def _reading(word: str, ranked: Sequence[str], known: Set[str]) -> str:
    """The first reading that makes this word a known one (fi and fl may be as wide), else the usual one."""
    return next((reading for reading in ranked if _is_known(_word(word, reading), known)), ranked[0])


def _open_word(use: Use, kind: Kind) -> str:
    """The word with every sign of the kind left open."""
    word, read, _ = use
    return "".join([_part(read.row, slot, kind) for slot, _ in word])


def _part(row: Row, slot: int, kind: Kind) -> str:
    is_open = row.texts[slot] == kind[2] and row.kind(slot, _STEP) == kind
    return _OPEN + row.marks.get(slot, "") if is_open else row.whole(slot)


def _word(word: str, reading: str) -> str:
    """An open word with the open signs read so."""
    return _bare(word.replace(_OPEN, reading))


def _known(reads: Iterable[ReadRow], language: str | None, suspicious: Collection[Kind]) -> Set[str]:
    """Common words, and the page's own that have no suspicious sign."""
    known = set(_common(language))
    signs = {kind[2] for kind in suspicious}
    for read in reads:
        row = read.row
        texts = read.joined(row.wholes)
        doubtful = {
            slot
            for slot, text in enumerate(() if signs.isdisjoint(row.texts) else row.texts)
            if text in signs and row.kind(slot, _STEP) in suspicious
        }
        for word, text in zip(read.words, texts, strict=True):
            if len(text) > 3 and UNKNOWN not in text and not (doubtful and doubtful.intersection(dict(word))):
                known.add(_bare(text))
    return known


@cache
def _common(language: str | None) -> frozenset[str]:
    return frozenset(map(_bare, ligature_words(language)))


@lru_cache(maxsize=20_000)
def _bare(text: str) -> str:
    return printed(text).strip(_EDGES_BUT_HYPHEN).translate(_UNWRITTEN).lower()
