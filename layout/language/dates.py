"""Dates as newspapers print them, to ISO 8601 in the Gregorian calendar.

Only a date that is complete and sound is given: day, month by name, year, and where a weekday is
printed, the right one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from layout.language.digits import ascii_digits

_GREGORIAN = {
    "en": (
        *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
        *("october", "november", "december"),
    ),
    "de": (
        *("januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september"),
        *("oktober", "november", "dezember"),
    ),
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
        *("octobre", "novembre", "décembre"),
    ),
    "fa": (
        *("ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر"),
        *("نوامبر", "دسامبر"),
    ),
    "ar": (
        *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر"),
        *("نوفمبر", "ديسمبر"),
    ),
}
_JALALI = (
    *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
    *("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
)
#: Monday first, as `date.weekday` counts.
_WEEKDAYS = {
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "de": ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "fa": ("دوشنبه", "سه شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه"),
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
}
_VARIANTS = str.maketrans(
    {"ي": "ی", "ك": "ک", "ى": "ی", "ſ": "s", "\u200c": " ", "إ": "ا", "أ": "ا", "آ": "ا"}
)
_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date found in a text: ``iso`` is None where the weekday printed is not that day's.

    ``solar_hijri`` is the date as it is printed (year-month-day), where that is the calendar of Iran.
    """

    printed: str
    iso: str | None
    solar_hijri: str | None = None


def find_date(text: str) -> PrintedDate | None:
    """The date in a short text such as a masthead's line; None where none is complete."""
    plain = _folded(text)
    for months, jalali in _calendars():
        for name, month in months:
            found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain)
            if not found:
                continue
            day, year = _day_and_year(plain, found.start(), found.end())
            made = _made(year, month, day, jalali) if day and year else None
            if made:
                right = _weekday(plain)
                sound = right is None or right == made.weekday()
                own = f"{year:04d}-{month:02d}-{day:02d}" if jalali else None
                return PrintedDate(" ".join(text.split()), made.isoformat() if sound else None, own)
    return None


def _folded(text: str) -> str:
    return " ".join(ascii_digits(text).translate(_VARIANTS).lower().split())


@cache
def _calendars() -> tuple[tuple[tuple[tuple[str, int], ...], bool], ...]:
    """Month names, longest first, with their numbers; the Jalali calendar first."""

    def ordered(names: list[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
        return tuple(sorted(names, key=lambda item: -len(item[0])))

    jalali = ordered([(_folded(name), n) for n, name in enumerate(_JALALI, 1)])
    gregorian = ordered(
        [(_folded(name), n) for names in _GREGORIAN.values() for n, name in enumerate(names, 1)]
    )
    return (jalali, True), (gregorian, False)


def _day_and_year(text: str, start: int, end: int) -> tuple[int | None, int | None]:
    """The numbers next to a month's name: a day of one or two digits, a year of four."""
    before = [int(m.group()) for m in _NUMBER.finditer(text, max(0, start - 8), start)]
    after = [int(m.group()) for m in _NUMBER.finditer(text, end, min(len(text), end + 16))]
    years = [n for n in after if n >= 1000] or [n for n in before if n >= 1000]
    days = [n for n in reversed(before) if 1 <= n <= 31] or [n for n in after if 1 <= n <= 31]
    return (days[0] if days else None), (years[0] if years else None)


def _made(year: int, month: int, day: int, jalali: bool) -> date | None:
    try:
        if jalali:
            return jalali_to_gregorian(year, month, day)
        return date(year, month, day) if 1500 <= year <= 2200 else None
    except ValueError:
        return None


def _weekday(text: str) -> int | None:
    """The weekday named in a folded text, Monday 0; of overlapping names the longest."""
    best: tuple[int, int] | None = None
    for names in _WEEKDAYS.values():
        for n, name in enumerate(names):
            for form in {_folded(name), _folded(name).replace(" ", "")}:
                found = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text)
                if found and (best is None or len(form) > best[0]):
                    best = len(form), n
    return best[1] if best else None


def jalali_to_gregorian(year: int, month: int, day: int) -> date:
    """The Gregorian date of a Solar Hijri one, for the years 1178 to 1633.

    Leap years by the rule of 8 in 33 years, which agrees with the equinox over these years (Borkowski,
    "The Persian calendar for 3000 years", 1996). Raises `ValueError` for a date that does not exist.
    """
    if not 1178 <= year <= 1633 or not 1 <= month <= 12:
        raise ValueError("outside the calendar")
    length = 31 if month <= 6 else 30 if month <= 11 else 29 + _is_leap(year)
    if not 1 <= day <= length:
        raise ValueError("no such day")
    start = date(622, 3, 21).toordinal()
    past = 365 * (year - 1) + (8 * (year - 1) + 29) // 33
    return date.fromordinal(start + past + 31 * min(month - 1, 6) + 30 * max(0, month - 7) + day - 1)


def _is_leap(year: int) -> bool:
    return (8 * year + 29) // 33 > (8 * (year - 1) + 29) // 33
