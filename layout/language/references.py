"""How a newspaper points to one of its own pages: the words, and pages named by a word for a number."""

from __future__ import annotations

import re
from functools import cache

from layout.language.digits import ascii_digits

#: BCP 47 code -> words and abbreviations, longest first; matched with case ignored, digits in ASCII.
PAGE_WORDS = {
    "fa": ("صفحه‌ی", "صفحه", "صفحهٔ", "ص"),
    "ar": ("الصفحة", "الصحيفة", "صفحة", "ص"),
    "ur": ("صفحہ", "ص"),
    "ckb": ("لاپەڕە", "ل"),
    "he": ("עמוד", "עמ'", "עמ"),
    "en": ("pages", "page", "pp.", "p."),
    "de": ("seite", "ſeite", "s."),
    "fr": ("pages", "page", "p."),
}

#: BCP 47 code -> words of continuation lines long enough to be known with a letter misread.
NOTICE_WORDS = {
    "fa": ("ادامه", "بقیه", "دنباله", "صفحه"),
    "ar": ("التتمة", "البقية", "تتمة", "بقية", "المنشور", "الصفحة", "صفحة"),
    "ur": ("باقی", "بقیہ", "صفحہ"),
    "ckb": ("پاشماوە", "درێژە", "درێژەی", "لاپەڕە"),
    "he": ("המשך", "בעמוד", "מעמוד", "לעמוד"),
    "en": ("continued", "concluded", "from", "page", "turn"),
    "de": ("fortsetzung", "schluß", "schluss", "weiter", "seite"),
    "fr": ("suite", "page"),
}

#: BCP 47 code -> words that send the reader to a page without saying that the text goes on there.
SEE_WORDS = {"en": ("see",), "de": ("siehe", "ſiehe", "s."), "fr": ("voir",), "ar": ("انظر", "راجع")}

#: BCP 47 code -> for pages 1 to 8 the words that name them in place of a number.
_NAMED = {
    "fa": ("اول نخست یک یکم", "دوم دو", "سوم سه", "چهارم چهار", "پنجم پنج", "ششم شش", "هفتم هفت", "هشتم هشت"),
    "ar": ("الأولى الاولى", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة"),
    "ur": ("اول", "دوم", "سوم", "چہارم", "پنجم", "ششم", "ہفتم", "ہشتم"),
    "he": ("ראשון הראשון", "שני השני", "שלישי", "רביעי", "חמישי", "שישי", "שביעי", "שמיני"),
    "en": (
        *("front first one", "second two", "third three", "fourth four"),
        *("fifth five", "sixth six", "seventh seven", "eighth eight"),
    ),
    "de": (
        *("ersten erſten eins", "zweiten zwei", "dritten drei", "vierten vier"),
        *("fünften fünf", "sechsten sechs", "siebenten siebten", "achten acht"),
    ),
    "fr": ("première une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"),
}


def pages_in_digits(text: str, code: str | None) -> str:
    """The text with digits in ASCII, and pages named by a word ("front page", "page two") by their number."""
    pattern, numbers = _named_pages((code or "").split("-")[0].lower())

    def numbered(found: re.Match[str]) -> str:
        page, name = found["after"] or found["before"], found["first"] or found["last"]
        return f"{page} {numbers[name.lower()]}"

    return pattern.sub(numbered, ascii_digits(text))


@cache
def _named_pages(code: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """The pattern of a language (of all where it is not known), and what number its words name."""
    known = [code] if code in _NAMED else list(_NAMED)
    numbers = {
        word: number for c in known for number, words in enumerate(_NAMED[c], 1) for word in words.split()
    }
    words = "|".join(map(re.escape, numbers))
    pages = "|".join(re.escape(word) for c in known for word in PAGE_WORDS[c])
    inner = rf"(?P<first>{words})\s+(?P<after>{pages})|(?P<before>{pages})\s+(?P<last>{words})"
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)", re.IGNORECASE), numbers
