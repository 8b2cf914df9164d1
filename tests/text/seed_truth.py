"""The true text of the seed page, from its naive extraction and corrections made by hand.

The extraction itself stays beside the checkout. What was read from the page is written here as
differences: lines whose words are out of order, spelled out; letter slips; and every pair of words that
the page parts by a half-space. The rest of a line is right once tatweel and doubled spaces are gone and
the guillemets are turned.
"""

from __future__ import annotations

from pathlib import Path

ZWNJ = "\u200c"

#: Lines (from 1) as printed, where the extraction has them out of order.
LINES = {
    1: "■ جناب ذاکریان، می‌خواهیم بدانیم اساساً",
    22: "بنابراین «دیپلماسی شهری» یکی از این",
    33: "ما در وضعیت پیشامدرن قرار داریم و دولت (state)",
    61: "■ برای مثال، نوام چامسکی در امریکا، از یک",
    90: "■ خواهرخواندگی‌ها که بیشتر ماهیتی فرهنگی دارند،",
    95: "دیپلماسی شهری، امری وسیع‌تر از",
    96: "«خواهرخواندگی» است. دیپلماسی شهری،",
    109: "■ بنابراین می‌توان اینگونه نتیجه‌گیری کرد",
    111: "که دیپلماسی شهری در جامعه ما صرفاً به",
    125: "■ تحقق دیپلماسی شهری را باید از چه نهاد",
    139: "وقتی از جامعه مدنی صحبت می‌کنیم،",
}
#: Letters out of place inside a word.
LETTERS = {"معمولاًً": "معمولاً", "مثلًا": "مثلاً", "می  کنند": "می کنند"}
#: First parts that the page joins to the next word by a half-space, wherever they stand.
BEFORE = ("می", "نمی", "برمی", "بین")
#: Endings that it joins to the word before.
AFTER = ("ها", "های", "هایی", "اند", "ایم", "ای", "تر", "آمیز")
#: Single pairs.
PAIRS = (
    "بیست ویکم",
    "زیست محیطی",
    "بهره مندی",
    "دانش آموختگان",
    "هم اندیشی",
    "مردم نهاد",
    "ویژه نامه",
)
_EDGES = "«»؛،.؟:"


def true_text(naive: Path) -> str:
    """The printed text, line by line, bullets as ■."""
    lines = naive.read_text(encoding="utf-8").replace("\u0640", "").split("\n")
    return "\n".join(LINES.get(number) or _line(line) for number, line in enumerate(lines, 1))


def _line(line: str) -> str:
    for wrong, right in LETTERS.items():
        line = line.replace(wrong, right)
    words = line.translate(str.maketrans("«»", "»«")).replace("ë", "■").split()
    joined: list[str] = []
    for word in words:
        last = joined[-1] if joined else ""
        parts = last.lstrip(_EDGES).split(ZWNJ)[-1], word.rstrip(_EDGES)
        if last and (parts[0] in BEFORE or parts[1] in AFTER or " ".join(parts) in PAIRS):
            joined[-1] = f"{last}{ZWNJ}{word}"
        else:
            joined.append(word)
    return " ".join(joined)
