"""Words that newspapers print in set places: dates, credits, notices. One record a language.

Only words that mark a kind of text by themselves are listed; how much they weigh is for the reader of
the table to decide. Matching ignores case.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Press:
    """``months`` and ``weekdays`` as printed in dates; ``byline`` opens or marks an author's line;
    ``desk`` names a desk or agency that signs instead of a person; ``advertisement`` words of notices
    that are paid for; ``credit`` opens a photographer's line; ``issue`` words beside an issue's number;
    ``section`` usual names of sections.
    """

    months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    desk: tuple[str, ...] = ()
    advertisement: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    issue: tuple[str, ...] = ()
    section: tuple[str, ...] = ()


PRESS = {
    "fa": Press(
        months=(
            *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
            *("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
            *("ژانویه", "فوریه", "مارس", "آوریل", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر"),
            *("محرم", "صفر", "رجب", "شعبان", "رمضان", "شوال"),
        ),
        weekdays=("شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "سه شنبه", "چهارشنبه", "پنجشنبه", "پنج‌شنبه", "جمعه"),
        byline=("گزارش", "خبرنگار", "نویسنده", "مترجم", "ترجمه", "گفت‌وگو", "گفتگو", "نوشته", "به قلم"),
        desk=("گروه", "سرویس", "دبیر", "ایرنا", "ایسنا", "مهر نیوز", "خبرگزاری"),
        advertisement=(
            *("آگهی", "مزایده", "مناقصه", "فروش ویژه", "تخفیف", "استخدام", "نوبت اول", "نوبت دوم"),
            *("تلفن", "حراج", "ثبت‌نام", "سپرده", "نمایندگی", "فروشگاه"),
        ),
        credit=("عکس", "عکاس", "طرح"),
        issue=("شماره", "سال", "دوره", "قیمت", "تومان", "ریال"),
        section=(
            *("اجتماعی", "سیاسی", "سیاست", "اقتصاد", "اقتصادی", "فرهنگ", "فرهنگی", "ورزش", "ورزشی", "حوادث"),
            *("سلامت", "جهان", "شهر", "شهرستان‌ها", "اندیشه", "هنر", "ادبیات", "علم", "دانش", "گفت‌وگو"),
        ),
    ),
    "ar": Press(
        months=(
            *("يناير", "فبراير", "مارس", "أبريل", "ابريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر"),
            *("أكتوبر", "نوفمبر", "ديسمبر", "كانون", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز"),
            *("آب", "أيلول", "تشرين", "محرم", "صفر", "ربيع", "جمادى", "رجب", "شعبان", "رمضان", "شوال"),
            *("ذي القعدة", "ذي الحجة"),
        ),
        weekdays=("السبت", "الأحد", "الاحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة"),
        byline=("بقلم", "كتب", "تقرير", "مراسل", "ترجمة"),
        desk=("وكالة", "رويترز", "أ ف ب"),
        advertisement=("إعلان", "اعلان", "اعلانات", "مزاد", "مناقصة", "للبيع", "للإيجار", "تخفيضات"),
        credit=("تصوير", "عدسة"),
        issue=("العدد", "عدد", "السنة", "الثمن"),
        section=("سياسة", "اقتصاد", "ثقافة", "رياضة", "محليات", "منوعات", "آراء"),
    ),
    "en": Press(
        months=(
            *("January", "February", "March", "April", "May", "June", "July"),
            *("August", "September", "October", "November", "December"),
            *("Jan.", "Feb.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
        ),
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        byline=("By", "From our", "Reported by", "Interview by", "Story by", "Words by"),
        desk=("Correspondent", "Staff Writer", "Reuters", "Associated Press", "Special to", "Editor"),
        advertisement=(
            *("Advertisement", "for sale", "per cent off", "price", "sale", "wanted", "apply", "agency"),
            *("guaranteed", "free", "Tel.", "telephone", "savings", "bank", "hotel", "tickets"),
        ),
        credit=("Photo", "Photograph", "Picture", "Illustration"),
        issue=("Vol.", "No.", "Number", "Price", "Established", "Est.", "Edition"),
        section=(
            *("Politics", "Business", "Sport", "Sports", "Culture", "World", "Local", "Opinion", "Health"),
            *("Arts", "Science", "Letters", "Comment", "Society", "Markets", "Features"),
        ),
    ),
    "de": Press(
        months=(
            *("Januar", "Jänner", "Februar", "März", "April", "Mai", "Juni", "Juli"),
            *("August", "Auguſt", "September", "Oktober", "November", "Dezember"),
        ),
        weekdays=(
            *("Montag", "Dienstag", "Dienſtag", "Mittwoch", "Donnerstag", "Donnerſtag", "Freitag"),
            *("Samstag", "Samſtag", "Sonnabend", "Sonntag"),
        ),
        byline=("Von", "Bericht von", "Aus dem"),
        desk=("Korrespondent", "Korreſpondent", "Berichterstatter", "Berichterſtatter", "Redaktion", "dpa"),
        advertisement=(
            *("Anzeige", "Zu verkaufen", "Verkauf", "Prozent Rabatt", "gesucht", "geſucht", "Sparkasse"),
            *("Sparkaſſe", "Inserat", "Preis", "Tel.", "vom Hundert", "billig", "empfiehlt"),
        ),
        credit=("Foto", "Photo", "Bild", "Zeichnung"),
        issue=("Nr.", "Nummer", "Jahrgang", "Jahrg.", "Preis", "Pfennig", "Ausgabe"),
        section=(
            *("Politik", "Wirtschaft", "Wirtſchaft", "Sport", "Kultur", "Feuilleton", "Lokales", "Ausland"),
            *("Inland", "Vermischtes", "Vermiſchtes", "Handel", "Börse", "Wissenschaft"),
        ),
    ),
    "fr": Press(
        months=(
            *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
            *("septembre", "octobre", "novembre", "décembre"),
        ),
        weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        byline=("Par", "De notre correspondant", "Propos recueillis par"),
        desk=("correspondant", "envoyé spécial", "AFP"),
        advertisement=("Annonce", "à vendre", "à louer", "prix", "publicité"),
        credit=("Photo", "Dessin", "Illustration"),
        issue=("No", "N°", "Numéro", "Année", "Prix"),
        section=("Politique", "Économie", "Sports", "Culture", "Monde", "Société"),
    ),
}


def _united(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for record in PRESS.values() for word in getattr(record, name)))


#: All records in one, for a text whose language is not known.
_ANY = Press(**{field.name: _united(field.name) for field in fields(Press)})


def press(code: str | None) -> Press:
    """The record of a BCP 47 code; the union of all of them where there is none."""
    return PRESS.get((code or "").split("-")[0].lower(), _ANY)
