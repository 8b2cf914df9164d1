"""Words that hold a ligature, by language: evidence for what a sign without its right code stands for.

Common words only; a page adds its own words to them. The pieces are what one sign may have drawn.
"""

from __future__ import annotations

#: What one sign may stand for, likeliest first, by ISO 15924 script.
PIECES = {
    "Latn": (
        *("fi", "ff", "fl", "ffi", "ffl", "ft", "tt", "ch", "ck", "tz", "st", "th"),
        *("ſt", "ſſ", "ſi", "ſch", "ti", "ll"),
    ),
    "Arab": ("لا", "لأ", "لإ", "لآ", "الله"),
}

#: What only a sign without any code may stand for, before the others: their first letters are mostly right as
#: they are.
UNCODED_PIECES = {"Arab": ("لى", "لی")}

#: First letters of Latin ligatures that a file may keep alone.
LATIN_HEADS = ("f", "c", "t", "ſ", "l")

#: Letters that are always followed by one of a few others in a language: alone they are what is left of a
#: ligature.
NEVER_ALONE = {"de": {"c": "hk"}}

_WORDS = {
    "en": """
        first find final finally figure figures field fields file filed fill filled film finance
        financial fine fire firm firms fish fit five fifty fifteen fight fighting finished official
        officials officer officers office offices difficult difficulty sufficient efficient confidence
        confirm confirmed specific significant scientific benefit benefits profit profits define defined
        identify traffic fixed chief relief belief brief briefing flow flood floods floor flat flight
        flights fly flag flower flowers flour influence conflict reflect reflects inflation influenza
        affair affairs effect effects effort efforts offer offered offers off different difference staff
        staffs stiff cliff cliffs suffer suffered coffee affected scaffold buffer tariff tariffs sheriff
        baffled shuffle waffle raffle muffled after left often soft shift shifts lift gift gifts draft craft
        drift afternoon swift aircraft little letter letters better matter matters committee cattle
        attack battle bottom cotton
    """,
    "de": """
        finden findet fiel fiele finanziell finanzen firma firmen fisch fischer film offiziell offizier
        offiziere pfiff offen offene öffentlich öffentliche öffentlichen öffnet eröffnet schiff schiffe
        hoffen hofft hoffnung schaffen geschaffen betrifft angriff begriff griff treffen stoff stoffe
        kaffee auflage auflagen fluß flüsse flucht fleisch fliegen fläche flugzeug einfluß pflege
        pflegen pflicht konflikt auflösung häufig häufiger zwölf fleiß flach flotte schrift kraft luft
        stadt gesellschaft wirtschaft nicht ich sich auch doch nach noch durch welche solche solchen reich
        reichen recht rechte gleich macht nacht acht licht schon schiff schule menschen zwischen deutschen
        geschichte sache sachen manche wochen mittwoch bericht berichte kirche bisher bücher zurück stück
        glück blick druck brücke jetzt letzte letzten platz schutz satz gesetzt gesetz sitzung mitte bitte
        hätte hatte hatten mittel wetter blatt alle aller allen alles will willen soll sollen wollen fall
        beifall müller stelle stellen volle voller schnell kaufleute
    """,
    "fr": """
        fin finir fille fils film afin enfin finance finances officiel officielle officiers difficile
        difficulté suffit suffisant fixe figure confiance effet effets effort efforts offre offert
        affaire affaires différent différents chiffre chiffres souffle influence conflit fleuve fleur
        réflexion
    """,
    "fa": """
        بالا بالاترین بالای کالا کالاها مسئولان فعالان سالانه میلادی میلاد اسلامی اسلام انقلاب اطلاعات
        اطلاع اعلام اصلاح اصلاحات اختلاف اخلاق علاقه علاوه خلاف خلاصه تلاش سلامت سلام لازم ولایت ملاقات
        کلاس پلاک دلار معمولاً مثلاً کاملاً قبلاً اصلاً فعلاً احتمالاً عملاً تشکیلات مشکلات محصولات
        تحصیلات تمایلات مطالبات مقالات انتقالات عضلات جلال دلایل دلال امثال لایحه لایه بلافاصله تالاب
        تالاب‌های استقلال اشغال املاک افلاک الان لاستیک گیلان اردلان کلان پژوهشگران سالار ابلاغ ابلاغیه
        مبتلا ابتلا طلایی صلاحیت شلاق غلات خلاق هلال وصال احتلال دلاور ولی خیلی ملی مالی اصلی داخلی
    """,
    "ar": """
        إلا لأن لأنه خلال الاسلام الإسلام السلام الاعلام الإعلام الاول الأول الأولى الأمر الأمير الأرض
        الان الآن اولا أولا بلاد البلاد ثلاثة كلام الكلام سلام حلال جلالة ولاية الولايات علاقات العلاقات
        اصلاح إصلاح اطلاع احتلال الاحتلال استقلال الاستقلال انقلاب خلاف اختلاف ملايين الاقتصاد الاجتماع
        الاتحاد الانتخابات الأخبار الأحد الاثنين الأربعاء إلى على الأعلى وإلى وعلى تولى
    """,
}


def ligature_words(language: str | None) -> frozenset[str]:
    """Common words with a ligature in a language (BCP 47), small letters; empty where there is no table."""
    return frozenset(_WORDS.get((language or "").split("-")[0], "").split())
