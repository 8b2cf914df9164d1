"""Words that hold a ligature, by language: evidence for what a sign without its right code stands for.

Common words only; a page adds its own words to them. Some have the first letter of a ligature alone, so
that it is not taken for one. The pieces are what one sign may have drawn.
"""

from __future__ import annotations

#: What one sign may stand for, likeliest first, by ISO 15924 script.
PIECES = {
    "Latn": (
        *("fi", "ff", "fl", "ffi", "ffl", "ft", "tt", "ch", "ck", "tz", "st", "th"),
        *("ſt", "ſſ", "ſi", "ſch", "ti", "ll"),
    ),
    "Arab": ("لا", "لأ", "لإ", "لآ", "لله", "الله"),
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
        على إلى التي الذي الذين ذلك كل لكل قبل هل مثل بل عمل العمل رجل دول الدول دولة الدولة مجلس المجلس
        عليه عليها عليهم له لها لهم لم لن لكن لقد ليس ليست لدى كله كلها كلمة طلب مليون ملك الملك بلد البلد
        علم سلم حل محل أهل نقل شكل فصل داخل حول ظل أجل سجل جدول مسؤول خلف ملف حلف قلب جلسة سلطة لجنة اللجنة
        لا ولا فلا بلا إلا ألا كلا لأن لأنه لأنها ولأن لأي لأول لأجل لأحد لأنني لإعادة لإجراء لإنهاء لآخر
        خلال هؤلاء أولئك الآن الان آلاف الآلاف مثلاً أصلاً فعلاً كاملاً طويلاً قليلاً عاجلاً شاملاً أولاً اولاً
        الأول الاول الأولى الاولى الأوائل الأمر الأمور الأمير الأرض الأراضي الأمم الأمة الأمن الأمين الأمل
        الأمام الأهالي الأهلي الأهلية الأهم الأهداف الأب الأبناء الأبيض الأحمر الأسود الأخضر الأزرق الأثر
        الآثار الأجل الأجنبي الأجنبية الأحد الاحد الأحزاب الأحداث الأحوال الأحياء الأخ الأخبار الاخبار
        الأخرى الاخرى الأخير الأخيرة الأخوة الآخر الآخرين الأدب الأدوية الأديان الأرقام الأزمة الأزمات
        الأساس الأساسي الأساسية الأساتذة الأسباب الأسبوع الأستاذ الأسد الأسر الأسرة الأسرى الأسعار الأسلحة
        الأسماء الأسهم الأسواق الأشخاص الأشياء الأصل الأصلي الأصلية الأصوات الأطباء الأطراف الأطفال الأعضاء
        الأعلى الأعمال الأغلبية الأفراد الأفضل الأفكار الأفلام الأقل الأقصى الأقليات الأكبر الأكثر الألف
        الألماني الألمانية الأماكن الأموال الأميركي الأميركية الأمريكي الأمريكية الأنباء الأندية الأنظمة
        الأنواع الأوروبي الأوروبية الأوسط الأوضاع الأوقات الأولاد الأيام الأيدي الآراء الآلات الآباء الآمال
        الإسلام الاسلام الإسلامي الإسلامية الاسلامية الإعلام الاعلام الإعلامي الإعلان الإدارة الادارة
        الإدارية الإنسان الانسان الإنتاج الإنترنت الإمارات الامارات الإمام الإجراءات الإرهاب الإرهابية
        الإسرائيلي الإسرائيلية الإصلاح الاصلاح الإصلاحات الإصابة الإضافة الإطار الإفراج الإقليم الإقليمي
        الإقليمية الإيراني الإيرانية الإيطالي الاتحاد الاتحادي الاتصال الاتصالات الاتفاق الاتفاقية الاتجاه
        الاثنين الاجتماع الاجتماعات الاجتماعي الاجتماعية الاحتلال الاحتفال الاحتياجات الاختلاف الاختيار
        الاربعاء الأربعاء الارتفاع الاستثمار الاستثمارات الاستعداد الاستقبال الاستقرار الاستقلال الاستخدام
        الاستماع الاشتراك الاشتراكي الاشتراكية الاعتداء الاعتماد الاعتبار الاقتصاد الاقتصادي الاقتصادية
        الالتزام الامتحان الانتخاب الانتخابات الانتخابية الانتظار للانتظار الانتقال الانتقالية الانضمام
        الانقلاب الاهتمام بالأمس بالإضافة بالأمر والآن والأمن والأول والأخ والإسلام والاقتصاد والاجتماعية
        للأمم للأسف للأطفال للإعلام للاجئين اللاجئين اللاعبين لاعب لاعبي اللاعب لازم لازمة لاحظ لاحقا لاسيما
        لاهاي لابد بلاد البلاد بلادنا بلاده بلاغ البلاغ ثلاث ثلاثة الثلاثة الثلاثاء ثلاثين ثلاثون جلالة
        الجلالة جلال حلال خلاف الخلاف الخلافات خلافة دلالة دولار دولارا دولارات الدولار رسالات سلاح السلاح
        سلام السلام والسلام سلامة السلامة صلاح صلاحية صلاحيات صلاة الصلاة طلاب الطلاب علاج العلاج علاقة
        العلاقة علاقات العلاقات والعلاقات علامة العلامات غلاف فلاح الفلاحين فلان كلاب كلام الكلام كلاهما
        محلات مجلات المجلات مشكلات المشكلات مقالات المقالات معاملات المعاملات عملات العملات حالات الحالات
        الرحلات للحافلات الحافلات ملابس الملابس ملاحظات ملايين الملايين ميلاد الميلاد ولاء ولاية الولاية
        ولايات الولايات والولايات الوكالات وكالات هلال الهلال أعلاه أخلاق الأخلاق أفلام انقلاب احتلال اختلاف
        استقلال اطلاع إصلاح اصلاح إعلام إعلان إغلاق إطلاق الإطلاق إسلام إسلامي العقلاء الزملاء العملاء عملاء
        الله لله والله بالله عبدالله إلى على وإلى وعلى تولى أعلى أولى يتولى ولى ليلى
    """,
}


def ligature_words(language: str | None) -> frozenset[str]:
    """Common words with a ligature in a language (BCP 47), small letters; empty where there is no table."""
    return frozenset(_WORDS.get((language or "").split("-")[0], "").split())
