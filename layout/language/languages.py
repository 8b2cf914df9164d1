"""Languages: one record each, and the tables that go with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from layout.document import Direction
from layout.errors import ConfigError
from layout.language.scripts import SCRIPTS


@dataclass(frozen=True, slots=True)
class Language:
    """``code`` is BCP 47; ``script`` ISO 15924; ``models`` OCR models, best first.

    ``continued_on`` and ``continued_from`` are regular expressions (case ignored, pages already in
    ASCII digits) with a group ``page``; ``hyphens`` are the marks that divide a word at a line end.
    ``spelling`` are pairs (regular expression, replacement) that bring letters typed with a neighbour's
    keyboard to the language's own; ``foreign_digits`` are written as ``digits`` in the normalised text.
    ``zwnj``: its spelling parts words by ZWNJ. ``tanween_on_alef``: it is written after the alef, never
    before it.
    """

    code: str
    name: str
    script: str
    models: tuple[str, ...]
    hyphens: str = ""
    digits: str = "0123456789"
    continued_on: tuple[str, ...] = ()
    continued_from: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    question_marks: str = "?"
    spelling: tuple[tuple[str, str], ...] = ()
    foreign_digits: str = ""
    zwnj: bool = False
    tanween_on_alef: bool = False

    @property
    def direction(self) -> Direction:
        return SCRIPTS[self.script].direction


_PAGE = r"(?P<page>\d{1,3})"
_PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
_ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"

#: Arabic yeh, alef maksura and kaf where the language writes Farsi yeh and keheh.
_PERSIAN_LETTERS = (("[\u064a\u0649]", "\u06cc"), ("\u0643", "\u06a9"))

LANGUAGES = {
    language.code: language
    for language in (
        Language(
            "fa",
            "Persian",
            "Arab",
            ("fas_best",),  # read a second time by `fas` or `Arabic`, its doubtful lines get worse
            digits=_PERSIAN_DIGITS,
            continued_on=(
                rf"(?:ادامه|بقیه|دنباله)[\u200cی\u0654]*\s*(?:\w+\s*)?در\s*(?:صفحه|ص)\D{{0,6}}{_PAGE}",
            ),
            continued_from=(
                rf"(?:ادامه|بقیه|دنباله)[\u200cی\u0654]*\s*(?:\w+\s*)?از\s*(?:صفحه|ص)\D{{0,6}}{_PAGE}",
            ),
            question_marks="؟?",
            # Tanween stands on the alef, not before it. Heh with hamza has three spellings; heh goal
            # and Sorani heh come from other keyboards.
            spelling=(
                *_PERSIAN_LETTERS,
                ("\u064b\u0627(?!\u064b)", "\u0627\u064b"),
                ("[\u06c0\u06c2]|[\u06c1\u06d5]\u0654", "\u0647\u0654"),
                ("[\u06c1\u06d5]", "\u0647"),
            ),
            foreign_digits=_ARABIC_DIGITS,
            zwnj=True,
            tanween_on_alef=True,
        ),
        Language(
            "ar",
            "Arabic",
            "Arab",
            ("ara", "Arabic"),
            digits=_ARABIC_DIGITS,
            continued_on=(
                rf"(?:(?:ال)?(?:تتمة|بقية)|يتبع)\s*(?:في|على|فى)\s*(?:الصفحة|صفحة|ص)\D{{0,4}}{_PAGE}",
                rf"(?:التتمة|البقية)\s*(?:الصفحة|صفحة|ص)\D{{0,4}}{_PAGE}",
            ),
            # "the rest of page 1", "the rest of what was printed on page 1"
            continued_from=(
                rf"(?<!ال)(?:تتمة|بقية)\s*(?:الصفحة|صفحة|ص)\D{{0,4}}{_PAGE}",
                rf"(?:ال)?(?:تتمة|بقية)\s*(?:ال)?منشور\s*(?:في|على|فى)?\s*(?:الصفحة|صفحة|ص)\D{{0,4}}{_PAGE}",
                rf"(?:ال)?(?:تتمة|بقية)\s*(?:من|عن)\s*(?:الصفحة|صفحة|ص)\D{{0,4}}{_PAGE}",
            ),
            question_marks="؟?",
            # Farsi yeh shows dots inside a word (yeh) and none at its end (alef maksura).
            spelling=(
                ("\u06cc(?=\u0640*[\u0621-\u064a\u0671-\u06d3])", "\u064a"),
                ("\u06cc", "\u0649"),
                ("\u06a9", "\u0643"),
                ("\u06c1", "\u0647"),
            ),
            foreign_digits=_PERSIAN_DIGITS,
        ),
        Language(
            "ur",
            "Urdu",
            "Arab",
            ("urd", "Arabic"),
            digits=_PERSIAN_DIGITS,
            continued_on=(rf"(?:باقی|بقیہ)\s*(?:صفحہ|ص)\s*(?:نمبر)?\D{{0,4}}{_PAGE}",),
            continued_from=(rf"(?:باقی|بقیہ)\s*(?:از)\s*(?:صفحہ|ص)\s*(?:نمبر)?\D{{0,4}}{_PAGE}",),
            question_marks="؟?",
            # Urdu writes heh goal; a heh typed as U+0647 is the same letter.
            spelling=(*_PERSIAN_LETTERS, ("[\u0647\u06d5]", "\u06c1")),
            foreign_digits=_ARABIC_DIGITS,
            tanween_on_alef=True,
        ),
        Language(
            "ckb",
            "Kurdish (Sorani)",
            "Arab",
            ("kur_ara", "ckb", "Arabic"),
            digits=_ARABIC_DIGITS,
            continued_on=(
                rf"(?:پاشماوە|درێژە|درێژەی)\s*(?:\w+\s*)?(?:لە|بۆ)\s*(?:لاپەڕە|ل)\D{{0,4}}{_PAGE}",
            ),
            question_marks="؟?",
            # The vowel ae is typed as heh with ZWNJ on keyboards without U+06D5.
            spelling=(*_PERSIAN_LETTERS, ("\u0647\u200c", "\u06d5")),
            foreign_digits=_PERSIAN_DIGITS,
        ),
        Language(
            "he",
            "Hebrew",
            "Hebr",
            ("heb",),
            hyphens="-\u05be",
            continued_on=(rf"(?:המשך|סוף)\s*(?:ב|ל)?(?:עמוד|עמ'|ע')\s*{_PAGE}",),
            continued_from=(rf"(?:המשך|סוף)\s*(?:מ)(?:עמוד|עמ'|ע')\s*{_PAGE}",),
            byline=(r"^מאת\s+\S",),
        ),
        Language(
            "en",
            "English",
            "Latn",
            ("eng",),
            hyphens="-\u2010\u00ad",
            continued_on=(
                rf"(?:cont(?:inued|\.|d\.?)?|concluded)\s*(?:on|to)\s*(?:page|p\.)\s*{_PAGE}",
                rf"(?:please\s+)?turn\s+to\s+(?:page|p\.)\s*{_PAGE}",
            ),
            continued_from=(
                rf"(?:cont(?:inued|\.|d\.?)?|concluded)\s*from\s*(?:page|p\.)\s*{_PAGE}",
                rf"^\W*from\s+(?:page|p\.)\s*{_PAGE}",
            ),
            byline=(
                r"^by\s+\S",
                r"^from our\b.*correspondent\.?$",
                r"^(?-i:(?:[A-Z][\w.’'-]+\s+){2,4})reports\.?$",
            ),
        ),
        Language(
            "de",
            "German",
            "Latn",
            ("deu",),
            hyphens="-\u2010\u00ad=⸗¬",
            continued_on=(
                rf"(?:fort[sſ]etzung|[sſ]chlu(?:ß|[sſ][sz]))"
                rf"\s*(?:auf|folgt auf|[sſ]iehe)?\s*(?:der\s*)?[sſ]eite\s*{_PAGE}",
                rf"weiter\s+auf\s+[sſ]eite\s*{_PAGE}",
            ),
            continued_from=(
                rf"(?:fort[sſ]etzung|[sſ]chlu(?:ß|[sſ][sz]))\s*(?:von|aus)\s*(?:der\s*)?[sſ]eite\s*{_PAGE}",
            ),
            byline=(r"^von\s+\S",),
            spelling=(("\u017f", "s"),),  # long s
        ),
        Language(
            "fr",
            "French",
            "Latn",
            ("fra",),
            hyphens="-\u2010\u00ad",
            continued_on=(rf"(?:suite|lire la suite)\s*(?:en|à la|à)?\s*page\s*{_PAGE}",),
            continued_from=(rf"suite\s*de\s*(?:la\s*)?page\s*{_PAGE}",),
            byline=(r"^par\s+\S",),
        ),
    )
}


def language(code: str) -> Language:
    """The record of a BCP 47 code (its region or script subtags ignored).

    Raises `ConfigError` for a language we have no record of.
    """
    base = code.split("-")[0].lower()
    if base in LANGUAGES:
        return LANGUAGES[base]
    raise ConfigError(
        f"no record of the language '{code}'", remedy=f"known are: {', '.join(sorted(LANGUAGES))}"
    )


def script_code(code: str | None) -> str | None:
    """ISO 15924 code of the script of a language: the one its tag names, else the language's usual one."""
    for part in (code or "").split("-")[1:]:
        if re.fullmatch(r"[A-Za-z]{4}", part):
            return part.title()
    try:
        return language(code).script if code else None
    except ConfigError:
        return None
