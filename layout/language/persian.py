"""Where Persian spelling parts a word by ZWNJ (نیم‌فاصله): the morphemes, as tables.

After the orthography of the Academy of Persian Language and Literature (دستور خط فارسی): verb prefixes,
plural and comparative endings, enclitic verbs, and the second parts of common compounds. For texts
whose ZWNJ was lost to a space. A pair of words is judged with a degree of sureness, for some pieces are
also words of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_EDGES = "«»()[]{}\"'“”،؛؟.:!…,;?-–—*"


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


def _pairs(table: str) -> frozenset[str]:
    return frozenset(" ".join(pair.split()) for pair in table.split(","))


#: Verb prefixes, alone or after a preverb; what follows is the verb.
_PREFIXES = _words("""
    می نمی برمی برنمی درمی درنمی بازمی بازنمی فرامی فرانمی فرومی فرونمی وامی وانمی ورمی ورنمی درهمی
""")
#: Endings that are no words: plural with its enclitics, comparative.
_ENDINGS = _words("""
    ها های هایی هایم هایت هایش هایمان هایتان هایشان هامان هاتان هاشان تر ترین ترها ترهای تری
""")
#: Enclitic verbs and possessives after a word in silent heh (شده‌اند، زمینه‌ای، خانه‌اش).
_AFTER_HEH = _words("ام ای اند ایم اید اش ات اشان امان اتان")
#: ... and after other endings of the perfect, where they are rarer as words of their own.
_PERSONS = _words("اند ایم اید")
#: Second parts of compounds that hardly stand alone.
_SECOND = _words("""
    گیری گیر گذاری گذار گذاران سازی سازان پذیر پذیری ناپذیر ناپذیری شناسی شناس شناسان شناختی آمیز آمیزی
    انگیز انگیزی آموز آموزان آموزی آموختگان آموخته گرا گرایی گرایان گرایانه نشین نشینی نشینان نویس نویسی
    نویسان پرداز پردازی پردازان اندیشی اندیش یابی سنجی رسانی رسان پرور پروری طلبی طلب طلبان ستیزی زدایی
    افزایی سالار سالاری سالارانه المللی الملل مندی مندان خواندگی نگاری نگاران محوری
    وگو وگوی وگویی وگوها وگوهای
""")
#: Pairs that are one word, where neither part alone would tell; a comma between pairs.
_PAIRS = _pairs("""
    مردم نهاد, زیست محیطی, هم زمان, هم چنین, هم چنان, هم وطن, هم وطنان, هم اندیشی, ویژه نامه,
    روزنامه نگار, آیین نامه, تفاهم نامه, موافقت نامه, پیش بینی, پیش نویس, پیش فرض, راه حل, راه کار,
    راه آهن, حمل ونقل, گفت وگو, جست وجو, شست وشو, رفت وآمد, پرس وجو, هیچ گاه, هیچ کس, هیچ یک,
    سرمایه گذار, شتاب زده, دانش آموز, بهره مند, علاقه مند, کم سابقه, بی سابقه, یک شبه, یک دیگر
""")
_TENS = _words("بیست سی چهل پنجاه شصت هفتاد هشتاد نود صد")
_UNITS = re.compile(r"^و(?:یکم?|دوم?|سوم?|چهارم?|پنجم?|ششم?|هفتم?|هشتم?|نهم?)$")
_LETTERS = re.compile(r"^[\u0621-\u06d3\u200c]+$")


def half_space(first: str, second: str) -> float:
    """How surely (0..1) a space between two words stands for a ZWNJ; 0 where nothing says so.

    The words may carry punctuation outside, but not between them.
    """
    if first[-1:] in _EDGES or second[:1] in _EDGES:
        return 0.0
    first, second = first.strip(_EDGES), second.strip(_EDGES)
    if not (_LETTERS.match(first) and _LETTERS.match(second)):
        return 0.0
    last = first.split("\u200c")[-1]
    if last in _PREFIXES:
        return 0.95
    if f"{last} {second}" in _PAIRS:
        return 0.9
    if second in _ENDINGS:
        return 0.95 if second not in ("تر", "تری") else 0.85
    if second in _AFTER_HEH and last.endswith("ه") and len(last) > 2:
        return 0.9
    if second in _PERSONS and len(last) > 2:
        return 0.7
    if second in _SECOND and len(last) > 1:
        return 0.8
    if last in _TENS and _UNITS.match(second):
        return 0.8
    return 0.0


def part_halves(word: str, known: Mapping[str, str]) -> str:
    """A word whose ZWNJ was dropped without a trace, with it where that is certain enough; else the word.

    ``known`` maps words without ZWNJ to how they are spelled elsewhere in the text. Beyond that only
    what no other word has: the plural after silent heh (``مدرسهها``), and the prefix ``نمی`` before a verb.
    """
    bare = word.strip(_EDGES)
    if "\u200c" in bare or not _LETTERS.match(bare):
        return word
    spelled = known.get(bare)
    if spelled is None:
        spelled = _PLURAL_AFTER_HEH.sub("\\1\u200c\\2", bare)
        if len(bare) > len("نمی") + 2:
            spelled = _NEGATED.sub("\\1\u200c\\2", spelled)
    return word.replace(bare, spelled)


_PLURAL_AFTER_HEH = re.compile(r"^(\w{2,}ه)(ها(?:یی?|یش|یشان|یم)?)$")
_NEGATED = re.compile(r"^(نمی)(\w{2,}(?:د|م|ند|یم|ید))$")


def join_halves(words: list[str], sure: float = 0.6) -> tuple[list[str], list[tuple[str, float]]]:
    """Neighbouring words joined by ZWNJ where the tables say so; and each join with its sureness.

    No letter is lost: the joined words without ZWNJ are the words given, in order.
    """
    joined: list[str] = []
    joins: list[tuple[str, float]] = []
    for word in words:
        certainty = half_space(joined[-1], word) if joined else 0.0
        if certainty >= sure:
            joined[-1] = f"{joined[-1]}\u200c{word}"
            joins.append((joined[-1], certainty))
        else:
            joined.append(word)
    return joined, joins
