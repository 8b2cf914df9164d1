"""What a text says about its own role: marks, dates, credits, notices, ends of sentences.

Tables per language are in `layout.language`; here are the questions asked of them. All answers are
evidence, never a verdict: the text may be misread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import Levenshtein

from layout.language.digits import ascii_digits
from layout.language.languages import LANGUAGES
from layout.language.press import press
from layout.language.references import NOTICE_WORDS, PAGE_WORDS, pages_in_digits

#: Dingbats that open a question or list item, and what OCR and odd fonts make of a square or dot.
MARKS = frozenset("■□▪▫●○•◦◆◇♦★☆►▶▸◄◀◂▲△▼▽♣❖✦✱✶*§¶")
#: Letters and symbols that a dingbat becomes in a broken text layer or OCR, when they stand alone.
_MISREAD_MARKS = frozenset("ë¢¤©®¬¥·∎ß°§@")
_DIALOGUE = frozenset("-–—―")
_HYPHENS = "-\u2010\u00ad=⸗¬"
_CLOSING = "»”\"'’)]}›"
_SENTENCE_END = ".!?؟…۔:"
_DIGIT = re.compile(r"\d")
_SHORT = 40  # characters: dates, notices and folios are shorter, or not much longer
_DIGITS_ALONE = re.compile(r"^\W{0,3}(\d{1,4})\W{0,3}$")


_SPEAKER = re.compile(r"([^\s:؟?.!،,;：]+(?: [^\s:؟?.!،,;：]+){0,3})\s?[:：](?=\s|$)")


def who_speaks(text: str) -> str | None:
    """The one to four words before a colon that open a text: whose turn it is, in an interview."""
    found = _SPEAKER.match(text)
    return found and found[1]


def is_mark(word: str) -> bool:
    """Whether a whole word is a bullet: a dingbat, or a symbol such as a broken font leaves of one."""
    return 0 < len(word) <= 2 and all(char in MARKS or char in _MISREAD_MARKS for char in word)


def begins_with_mark(text: str) -> bool:
    """Whether a line opens with a bullet, alone or grown together with the first word."""
    first = text.split(" ", 1)[0]
    return is_mark(first) or first[:1] in MARKS


def begins_with_dash(text: str) -> bool:
    return text[:1] in _DIALOGUE and text[1:2] in ("", " ")


def ends_divided(text: str) -> bool:
    """Whether a line ends in the middle of a word: a hyphen after a letter."""
    return len(text) > 1 and text[-1] in _HYPHENS and text[-2].isalpha()


def ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSING + " ")[-1:] in _SENTENCE_END if text.strip() else False


def begins_lower(text: str) -> bool:
    """Whether a line opens with a small letter (never so in scripts without case)."""
    return text[:1].islower()


def ends_question(text: str) -> bool:
    return text.rstrip(_CLOSING + " .")[-1:] in ("?", "؟") if text.strip() else False


def ends_statement(text: str) -> bool:
    """Whether a text ends like a sentence that asks nothing: headings ask at times, but state nothing."""
    return ends_sentence(text) and not ends_question(text)


def is_quoted(text: str) -> bool:
    """Whether a text opens or closes with a quotation mark."""
    return text[:1] in '«“„"‘‚»›' or text.rstrip(" .…")[-1:] in _CLOSING[:5]


def is_quotation(text: str) -> bool:
    """Whether a text opens and closes with quotation marks."""
    return text[:1] in '«“„"‘‚»›' and text.rstrip(" .…")[-1:] in _CLOSING[:5]


def lone_number(text: str) -> str | None:
    """The digits of a text that is only a number of up to four digits (ornaments beside it allowed)."""
    if len(text) > _SHORT:
        return None
    found = _DIGITS_ALONE.match(ascii_digits(text.strip()))
    return found.group(1) if found else None


def page_named(text: str) -> str | None:
    """The digits of a text that is only a page's name and number ("page 3"), in any language: a folio, or a
    pointer as teasers end with."""
    if len(text) > _SHORT or not has_digits(text):
        return None
    found = _named_page().fullmatch(ascii_digits(text.strip(" .:-–—()[]«»◄►▶◀←→|")))
    return found.group(1) if found else None


@cache
def _named_page() -> re.Pattern[str]:
    words = sorted({word for listed in PAGE_WORDS.values() for word in listed}, key=len, reverse=True)
    inner = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?:{inner})\W*(\d{{1,3}})", re.IGNORECASE)


@cache
def _words(code: str | None, field: str) -> re.Pattern[str]:
    listed = sorted(getattr(press(code), field), key=len, reverse=True)
    inner = "|".join(re.escape(word) for word in listed)
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)", re.IGNORECASE)


def has_words(text: str, code: str | None, field: str) -> int:
    """How many different words of a field of `layout.language.press` the text holds."""
    return len({match.group().lower() for match in _words(code, field).finditer(text)})


def opens_with(text: str, code: str | None, field: str) -> bool:
    return _words(code, field).match(text.lstrip("/*-–—:. ")) is not None


def has_digits(text: str) -> bool:
    return _DIGIT.search(text) is not None


def is_near(word: str, code: str | None, field: str) -> bool:
    """Whether a word is one of a field's, a letter or two misread; short words must be exact."""
    return _is_near_one(word, getattr(press(code), field))


def _is_near_one(word: str, listed: Sequence[str]) -> bool:
    plain = word.strip(_CLOSING + ".:,;-–—/()«").lower()
    allowed = 0 if len(plain) < 4 else 1 if len(plain) < 7 else 2
    return any(
        Levenshtein.distance(plain, known.lower(), score_cutoff=allowed) <= allowed
        for known in listed
        if abs(len(known) - len(plain)) <= allowed
    )


def opens_nearly(text: str, code: str | None, field: str) -> bool:
    """Whether the first word, set off by a colon or a long one, is nearly one of a field's."""
    first = text.split(" ", 1)[0]
    return (first[-1:] in ":؛;" or len(first) > 4) and is_near(first, code, field)


def is_nearly_pointer(text: str, code: str | None) -> bool:
    """Whether a short line ends like "on page 5", letters misread."""
    if len(text) > _SHORT or not has_digits(text):
        return False
    words = ascii_digits(text).split()
    if not 2 <= len(words) <= 6 or not re.fullmatch(r"\W*\d{1,3}\W*", words[-1]):
        return False
    named = PAGE_WORDS.get(code or "") or [word for listed in PAGE_WORDS.values() for word in listed]
    return len(words[-2]) > 3 and _is_near_one(words[-2], named)


def is_date(text: str, code: str | None) -> bool:
    """Whether a short text is a date: a month or weekday with a number, hardly anything else."""
    if len(text) > 2 * _SHORT or not has_digits(text):
        return False
    plain = ascii_digits(text)
    names = has_words(text, code, "months") + has_words(text, code, "weekdays")
    numbers = len(re.findall(r"\d+", plain))
    if re.fullmatch(r"\W*\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\W*", plain):
        return True
    return names > 0 and numbers > 0 and len(text.split()) <= 4 + names + numbers


def is_byline(text: str, code: str | None) -> bool:
    """Whether a short text names who wrote: a word of the trade, or the language's own pattern."""
    if not 0 < len(text.split()) <= 10:
        return False
    record = LANGUAGES.get((code or "").split("-")[0].lower())
    if record and any(re.search(pattern, text, re.IGNORECASE) for pattern in record.byline):
        return True
    return opens_with(text, code, "byline") or has_words(text, code, "desk") > 0


@cache
def _notices(code: str | None) -> tuple[re.Pattern[str], ...]:
    known = LANGUAGES.get((code or "").split("-")[0].lower())
    records = (known,) if known else tuple(LANGUAGES.values())
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for r in records
        for pattern in (*r.continued_on, *r.continued_from)
    )


def is_continuation(text: str, code: str | None) -> bool:
    """Whether a line is a notice of the kind "continued on page 5", hardly anything else."""
    if len(text) > 2 * _SHORT:
        return False
    plain = pages_in_digits(" ".join(text.split()), code)
    if not has_digits(plain):
        return False
    for pattern in _notices(code):
        found = pattern.search(plain)
        if found and len(found.group()) >= 0.6 * len(plain):
            return True
    return False


def with_notice_words(text: str, code: str | None) -> str:
    """A short text with words that are nearly those of continuation lines made them; else as it is."""
    listed = NOTICE_WORDS.get(code or "") or tuple(w for words in NOTICE_WORDS.values() for w in words)
    return " ".join(_nearest(word, listed) for word in text.split()) if len(text) <= 2 * _SHORT else text


def _nearest(word: str, listed: Sequence[str]) -> str:
    """The one of the listed words that a word is nearly, or the word; a listed one stays."""
    plain = word.strip(_CLOSING + ".:,;-–—/()«").lower()
    if plain in listed or not _is_near_one(word, listed):
        return word
    return min(listed, key=lambda known: Levenshtein.distance(plain, known))


def is_credit(text: str, code: str | None) -> bool:
    """Whether a short line names the photographer or artist."""
    return len(text.split()) <= 8 and opens_with(text, code, "credit")


def is_name(text: str) -> bool:
    """Whether a short line could be persons' names: two to seven words, no digits, no closing mark.

    In scripts with case most words must be capitalised.
    """
    words = text.split()
    if not 2 <= len(words) <= 7 or any(char.isdigit() for char in text) or text[-1] in ".!?؟:;,،؛":
        return False
    cased = [word for word in words if word[0].isupper() or word[0].islower()]
    return not cased or sum(word[0].isupper() for word in cased) >= 0.6 * len(cased)
