"""The text layer read line by line, from layers as different producers leave them."""

from __future__ import annotations

import math
import time
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.document import Box, Direction, Glyph, LineShape, RegionKind, Segmentation, Shape, TextLayer
from layout.language.characters import CONTROLS
from layout.text.embedded import PrintedLine, read_layer
from layout.text.embedded_clusters import row_of
from layout.text.embedded_signs import Sign
from tests.text.layer import LTR, PAGE, RTL, SIZE, glyph, page, recoded, set_line


def lines_of(*lines: list[Glyph], language: str = "fa", direction: Direction = RTL) -> list[PrintedLine]:
    layer, segmentation = page(*lines)
    found = read_layer(layer, segmentation, language, direction)
    assert not found.loose
    return [line for shape in found.shapes for line in shape if line is not None]


def text_of(*lines: list[Glyph], language: str = "fa", direction: Direction = RTL) -> str:
    return "\n".join(line.text for line in lines_of(*lines, language=language, direction=direction))


def stacked(*texts: str, rtl: bool = True) -> list[list[Glyph]]:
    return [
        set_line(text, top=100.0 + 80 * n, right=1800.0 if rtl else None, rtl=rtl)
        for n, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    "logical",
    [
        "در سال ۲۰۲۲ شرکت Volvo Bus آمد",
        "رشد ۱۲٫۵ درصد تا ۱۳۹۸/۵/۱۲ بود",
        "و دولت (state) قرار داریم",
        "نهاد «دیپلماسی شهری» است.",
    ],
)
@pytest.mark.parametrize("shuffle", [1, -1])
def test_order_comes_from_places_not_from_the_file(logical: str, shuffle: int) -> None:
    (line,) = stacked(logical)
    assert text_of(line[::shuffle]) == logical


def test_spaces_are_found_where_the_file_has_none() -> None:
    (line,) = stacked("این یک سطر بدون فاصله است")
    assert text_of([g for g in line if g.text != " "]) == "این یک سطر بدون فاصله است"


def test_a_space_after_each_letter_is_no_space() -> None:
    letters = set_line("GREAT NEWS TODAY", rtl=False, letter_gap=0.3)
    spaced: list[Glyph] = []
    for g in letters:
        spaced.append(g)
        if g.text != " ":
            spaced.append(glyph(" ", g.box.x1, 0.3 * SIZE, 100.0, 0))
    assert text_of(spaced, language="en", direction=LTR) == "GREAT NEWS TODAY"


def test_letter_spaced_heading_without_space_characters() -> None:
    letters = [g for g in set_line("GREAT NEWS TODAY", rtl=False, letter_gap=0.3) if g.text != " "]
    assert text_of(letters, language="en", direction=LTR) == "GREAT NEWS TODAY"


def test_text_drawn_twice_counts_once() -> None:
    (line,) = stacked("تیتر درشت روز")
    again = [
        g._replace(box=g.box.moved(0.04 * SIZE, 0), origin=(g.origin[0] + 0.04 * SIZE, g.origin[1]))
        for g in line
    ]
    layer, segmentation = page(line + again)
    found = read_layer(layer, segmentation, "fa", RTL)
    assert found.shapes[0][0] is not None
    assert found.shapes[0][0].text == "تیتر درشت روز"
    assert found.doubled == len(line)


def test_double_letters_are_not_taken_for_double_drawing() -> None:
    assert text_of(set_line("all off ill", rtl=False), language="en", direction=LTR) == "all off ill"


def test_zwnj_as_a_space_without_width() -> None:
    """Some exports write the half-space as a space glyph that does not move the pen."""
    (line,) = stacked("کتابها آمد")
    b = next(n for n, g in enumerate(line) if g.text == "ب")
    ghost = glyph(" ", line[b].box.x0, 0.26 * SIZE, 100.0, 0)
    assert text_of([*line[:b], ghost, *line[b:]]) == "کتاب‌ها آمد"


def test_zwnj_from_presentation_forms() -> None:
    final_b, initial_h = "\ufe90", "\ufeeb"
    (line,) = stacked("کتابها")
    coded = [g._replace(text={"ب": final_b, "ه": initial_h}.get(g.text, g.text)) for g in line]
    assert text_of(coded) == "کتاب‌ها"


def test_lost_zwnj_is_told_from_the_letters_widths() -> None:
    """The file has no ZWNJ and no forms; the letter before it is as wide as at a word's end."""
    sample = "نمی شود که می آید تا شب به کتاب ما شیب تب بشتاب مشیر بیا میان تبسم سیل کمین مین سیب آب هنر مهر"
    lines = stacked(*[sample] * 20, "او می‌شود و کتاب‌ها")
    assert text_of(*lines).split("\n")[-1] == "او می‌شود و کتاب‌ها"


def test_arabic_has_no_zwnj_to_lose() -> None:
    sample = "نمی شود که می آید تا شب به کتاب ما شیب تب بشتاب مشیر بیا میان تبسم سیل کمین مین سیب آب هنر مهر"
    lines = stacked(*[sample] * 20, "او می‌شود")
    assert "\u200c" not in text_of(*lines, language="ar")


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("alef_first", [False, True])
def test_lam_alef_comes_as_a_wide_and_a_thin_sign_in_any_order(turned: bool, alef_first: bool) -> None:
    """MuPDF parts the ligature: the first code wide, the second without width at its right edge."""
    wide, thin = ("ا", "ل") if turned else ("ل", "ا")
    left = glyph("م", 100.0, 20.0, 100.0, 0)
    ligature = [glyph(wide, 120.0, 25.0, 100.0, 2), glyph(thin, 145.0, 0.0, 100.0, 1 if alef_first else 3)]
    right = glyph("س", 145.0, 30.0, 100.0, 4)
    assert text_of([left, *ligature, right]) == "سلام"


@pytest.mark.parametrize("before", [False, True])
def test_dots_and_marks_that_say_their_letter_again_are_no_letters(before: bool) -> None:
    """Typst names the letter at its body and at its dots, which a Nastaliq font draws by themselves."""
    body, dots = (201, 200) if before else (200, 201)
    word = [glyph("ن", 110.0, 30.0, 100.0, body), glyph("ن", 121.0, 0.0, 100.0, dots)]
    assert text_of([*word, glyph("م", 140.0, 20.0, 100.0, 198)]) == "من"


def touching(*texts: str, ends: str = "") -> list[list[Glyph]]:
    """Lines whose signs touch, the letters in ``ends`` wider."""
    lines = []
    for number, text in enumerate(texts):
        line, x = [], 800.0
        for char in text:
            advance = 30.0 if char in ends else 20.0
            x -= advance
            line.append(glyph(char, x, advance, 100.0 + 100 * number, 0))
        lines.append(line)
    return lines


def test_a_kashida_named_as_a_quotation_mark_is_none() -> None:
    """LibreOffice stretches lines with a glyph that it names by any code."""
    assert text_of(*touching("خاک تا", 'خ"انه', 'ت"اک')) == "خاک تا\nخـانه\nتـاک"


def test_a_stroke_between_two_words_is_no_kashida() -> None:
    """The letter before it has its final shape."""
    lines = touching("آب/کل", "شب/سال", ends="ب") + touching("", "", "بل با")
    assert text_of(*lines, language="ar") == "آب/کل\nشب/سال\nبل با"


def test_quotation_marks_that_also_end_words_are_no_kashidas() -> None:
    lines = touching('ال"کتاب"', 'ال"خانه"', "لا")
    assert text_of(*lines, language="ar") == 'ال"کتاب"\nال"خانه"\nلا'


def test_a_letter_named_with_its_mark_at_both_is_one() -> None:
    """Lam-alef with tanween: alef and tanween come at the ligature and at the tanween."""
    again = [
        glyph(char, x, 0.0, 100.0, n)
        for n, (char, x) in enumerate(zip("ًاًا", (120, 120, 121, 121), strict=True), 2)
    ]
    assert text_of([glyph("ث", 145.0, 20.0, 100.0, 0), glyph("ل", 120.0, 25.0, 100.0, 1), *again]) == "ثلاً"


def test_an_alef_before_a_lam_alef_is_not_the_alef_of_it() -> None:
    word = [("ب", 145.0, 20.0), ("ا", 133.0, 12.0), ("ل", 108.0, 25.0), ("ا", 133.0, 0.0), ("ن", 78.0, 30.0)]
    signs = [glyph(char, x, advance, 100.0, n) for n, (char, x, advance) in enumerate(word)]
    assert text_of(signs) == "بالان"


def test_a_zwnj_and_a_letter_in_one_glyph() -> None:
    """MuPDF gives the glyph's width to the ZWNJ, and sets the letter without any at its right edge."""
    word = [("ا", 100.0, 12.0), ("\u200c", 112.0, 20.0), ("ه", 132.0, 0.0), ("ت", 132.0, 30.0)]
    signs = [glyph(char, x, advance, 100.0, 9 - n) for n, (char, x, advance) in enumerate(word)]
    assert text_of(signs) == "ت\u200cها"


def test_a_zwnj_said_before_its_letter() -> None:
    word = [("ی", 100.0, 20.0), ("\u200cا", 120.0, 12.0), ("ه", 132.0, 20.0)]
    signs = [glyph(char, x, advance, 100.0, 9 - n) for n, (char, x, advance) in enumerate(word)]
    assert text_of(signs) == "ه\u200cای"


def test_an_alef_whose_width_is_hidden_is_no_ligature() -> None:
    """Alef with madda comes without width where the file names it by ActualText: `آن`, not `نآ`."""
    noon = glyph("ن", 100.0, 20.0, 100.0, 1)
    alef = glyph("آ", 120.0, 0.0, 100.0, 0)
    space = glyph(" ", 128.0, 10.0, 100.0, 2)
    reh = glyph("ر", 138.0, 10.0, 100.0, 3)
    assert text_of([reh, space, alef, noon]) == "ر آن"


def test_the_white_beside_a_letter_of_hidden_width_parts_no_word() -> None:
    """Nastaliq fonts have letters without width whose ink lies on both sides of their place."""
    (line,) = stacked("بچه جا رفت و باز آمد")
    number = next(n for n, sign in enumerate(line) if sign.text == "ج")
    jeem = line[number]
    x = jeem.box.x0 + 0.3 * SIZE
    line[number] = glyph("ج", x, 0.0, 100.0, number)
    assert text_of(line, language="ur") == "بچه جا رفت و باز آمد"


def test_a_letter_that_others_reach_over_is_no_part_of_a_ligature() -> None:
    """Kaf between noon and lam with 0.004 of the size as its width: `نکل`, not `نلک`."""
    hair = 0.004 * SIZE
    lam, kaf = glyph("ل", 100.0, 30.0, 100.0, 2), glyph("ک", 130.0, hair, 100.0, 1)
    noon = glyph("ن", 130.0 + hair, 20.0, 100.0, 0)
    assert text_of([noon, kaf, lam], language="ur") == "نکل"


def stepped(signs: list[Glyph], heights: dict[str, float]) -> list[Glyph]:
    """The glyphs with some letters so far (of the size) above the baseline."""
    moved = [(sign, heights.get(sign.text, 0.0) * SIZE) for sign in signs]
    return [g._replace(box=g.box.moved(0, -up), origin=(g.origin[0], g.origin[1] - up)) for g, up in moved]


def test_the_white_beside_a_raised_letter_parts_no_word() -> None:
    """Gaf set in a step above its line begins far from the alef before it: `اگلے` is one word."""
    (line,) = stacked("یہ مسئلہ اگلے ہفتے تک حل ہو جائے")
    gaf = next(n for n, sign in enumerate(line) if sign.text == "گ")
    moved = [g if n <= gaf else g._replace(box=g.box.moved(0.7 * SIZE, 0)) for n, g in enumerate(line)]
    assert " ا گ" in text_of(moved, language="ur")
    assert text_of(stepped(moved, {"گ": 0.3, "ل": 0.2}), language="ur") == "یہ مسئلہ اگلے ہفتے تک حل ہو جائے"


def test_letters_in_steps_are_one_loose_line() -> None:
    (line,) = stacked("شہر کے بازار میں آج صبح آئے")
    steps = stepped(line[::-1], {"ش": 0.3, "ب": 0.6, "م": 0.4, "ی": 0.3, "ص": 0.8})
    late = [n for n, sign in enumerate(steps) if sign.text == "ص"]  # named apart from its word
    order = [*(sign for n, sign in enumerate(steps) if n not in late), *(steps[n] for n in late)]
    layer, _ = page(order)
    found = read_layer(layer, Segmentation(PAGE, PAGE), "ur", RTL)
    assert [line.text for line in found.loose] == ["شہر کے بازار میں آج صبح آئے"]


def test_letters_of_a_font_three_sizes_high_keep_their_size() -> None:
    """The white beside them would be no word gap in letters of twice the size."""
    (line,) = stacked("این یک سطر است")
    tall = [
        g._replace(box=Box(g.box.x0, g.box.y0 - 1.2 * SIZE, g.box.x1, g.box.y1 + 0.6 * SIZE))
        for g in line
        if g.text != " "
    ]
    assert text_of(tall) == "این یک سطر است"


def test_latin_ligature_parts_and_codes() -> None:
    line = set_line("a brieﬁng on oﬃces", rtl=False)
    assert text_of(line, language="en", direction=LTR) == "a briefing on offices"
    parts = [
        glyph("f", 100.0, 20.0, 100.0, 0),
        glyph("i", 120.0, 0.0, 100.0, 1),
        glyph("x", 120.0, 18.0, 100.0, 2),
    ]
    assert text_of(parts, language="en", direction=LTR) == "fix"


@pytest.mark.parametrize("left", ["", "f"])
def test_ligatures_whose_code_is_lost(left: str) -> None:
    """No ToUnicode for the ligature, or only its first letter; fi and fl happen to be as wide."""
    text = "the ﬁrst ofﬁcer found ﬁve ﬁelds and the ﬁnal inﬂation for fun of folk from afar"
    line = [
        g._replace(text=left or "\ufffd", box=Box(g.box.x0, g.box.y0, g.box.x1 + 8, g.box.y1))
        if g.text in "ﬁﬂ"
        else g
        for g in set_line(text, rtl=False)
    ]
    moved = [
        g._replace(box=g.box.moved(8.0 * sum(c in "ﬁﬂ" for c in text[:n]), 0)) for n, g in enumerate(line)
    ]
    assert (
        text_of(moved, language="en", direction=LTR)
        == "the first officer found five fields and the final inflation for fun of folk from afar"
    )


def test_lam_with_yeh_drawn_as_one_sign_without_a_code() -> None:
    """`ila` is both a common word with this ligature and, with lam-alef, a less common one."""
    lines = [
        [
            glyph("إ", 300.0, 10.0, top, 0),
            glyph("\ufffd", 270.0, 30.0, top, 1),
            glyph(" ", 260.0, 10.0, top, 2),
            *set_line(word, top=top, right=260.0),
        ]
        for top, word in ((100.0, "البيت"), (200.0, "السوق"))
    ]
    assert text_of(*lines, language="ar") == "إلى البيت\nإلى السوق"


def test_codes_of_another_end_of_the_world_are_none() -> None:
    """Ghostscript garbles the second code of lam-alef; the page's words tell what it was."""
    words = ["بلاد", "كلام", "قال", "سلام", "علاقة"]
    (line,) = stacked(" ".join(words).replace("لا", "\ufefb"))
    garbled: list[Glyph] = []
    for g in line:
        if g.text == "\ufefb":
            garbled.append(g._replace(text="ل", box=Box(g.box.x0 - 0.5, g.box.y0, g.box.x1, g.box.y1)))
            garbled.append(g._replace(text="\u4427", box=Box(g.box.x1, g.box.y0, g.box.x1, g.box.y1)))
        else:
            garbled.append(g)
    rest = set_line("وكانت هذه من أخبار المدينة في ذلك اليوم", top=200.0, right=1800.0)
    assert text_of(garbled, rest, language="ar").split("\n")[0] == " ".join(words)
    (chinese,) = stacked("中文報紙")
    assert text_of(chinese, language="ar") == "中文報紙"


def test_three_letters_of_one_ligature_after_white_without_a_space() -> None:
    """Where a file has no spaces, the white before a ligature hides none of its letters."""
    before = set_line("الحمد", right=300.0)
    right = min(sign.box.x0 for sign in before) - 12.0
    lam = glyph("ل", right - 40.0, 40.0, 100.0, 3)
    thin = [glyph(text, right, 0.0, 100.0, n) for n, text in enumerate("هل", 1)]
    assert text_of([*before, *thin, lam], language="ar") == "الحمد لله"


def test_of_a_sign_for_several_ligatures_each_word_tells_which() -> None:
    """Lam-alef is as wide with a hamza as without; what makes most words is tried first in each."""
    words = ["الأمن", "ولا", "الأهالي", "إلا", "الأخبار", "الأعمال", "فلا"]
    (line,) = stacked(" ".join(words).replace("لأ", "\ufef7").replace("لا", "\ufef7"))
    left = [g._replace(text="\ufffd") if g.text == "\ufef7" else g for g in line]
    assert text_of(left, language="ar") == " ".join(words)


def test_a_very_wide_lam_is_the_divine_name() -> None:
    """A file may keep the first letter of the ligature alone, in a font that names lam-alef."""
    (line,) = stacked("عبد ا\ufefc قال ل ولا")
    lam = next(g for g in line if g.text == "\ufefc")
    rest = [g._replace(box=g.box.moved(-20.0, 0.0)) if g.box.x0 < lam.box.x0 else g for g in line]
    wide = [
        lam._replace(text="ل", box=Box(lam.box.x0 - 20.0, lam.box.y0, lam.box.x1, lam.box.y1))
        if g is lam
        else g
        for g in rest
    ]
    assert text_of(wide, language="ar") == "عبد الله قال ل ولا"


def test_german_c_that_nothing_follows_was_a_ligature() -> None:
    """Blackletter sets ch and ck as one sign; a file that keeps only the c has no c of its own."""
    line = set_line("Das Glüc iſt nict ſo leict zu finden, doc noc reict es auc zurüc.", rtl=False)
    wide = [g._replace(box=Box(g.box.x0, g.box.y0, g.box.x1 + 2, g.box.y1)) for g in line]
    ck = [
        g._replace(box=Box(g.box.x0, g.box.y0, g.box.x1 - 4, g.box.y1))
        if g.text == "c" and before.text == "ü"
        else g
        for before, g in zip([wide[0], *wide], wide, strict=False)
    ]
    assert (
        text_of(ck, language="de", direction=LTR)
        == "Das Glück iſt nicht ſo leicht zu finden, doch noch reicht es auch zurück."
    )


def test_tanween_goes_to_its_alef_and_counts_once() -> None:
    (line,) = stacked("قطعا شد")
    alef = next(g for g in line if g.text == "ا")
    mark = glyph("\u064b", alef.box.x1, 0.0, 90.0, 0)
    assert text_of([mark, mark, *line]) == "قطعاً شد"


@pytest.mark.parametrize("own_glyphs", [False, True])
def test_marks_between_two_letters(own_glyphs: bool) -> None:
    """A mark drawn by itself has the pen at its letter's left edge; one that shares its letter's code is
    put at the right edge by the extractor. The mark of a word's last or first letter tells which."""
    glyphs: list[Glyph] = []
    x = 900.0
    for char in "مُعَلِّمُ كَتَبَ":
        if unicodedata.combining(char):
            glyphs.append(glyph(char, x if own_glyphs else x + 20.0, 0.0, 100.0, 0))
        else:
            x -= 20.0
            glyphs.append(glyph(char, x, 20.0, 100.0, 0))
    assert text_of(glyphs, language="ar") == unicodedata.normalize("NFC", "مُعَلِّمُ كَتَبَ")


def test_the_divine_name_as_one_ligature() -> None:
    alef, lam = glyph("ا", 143.0, 16.0, 100.0, 0), glyph("ل", 79.0, 64.0, 100.0, 3)
    thin = [glyph("ه", 143.0, 0.0, 100.0, 1), glyph("ل", 143.0, 0.0, 100.0, 2)]
    assert text_of([alef, *thin, lam], language="ar") == "الله"


@pytest.mark.parametrize("white", [0.0, 8.0])
def test_the_divine_name_with_its_alef_as_one_ligature(white: float) -> None:
    """One glyph stands for all four letters; the alef has its width, and the two lams lie on one place.

    In justified lines there may be white before it beside the space.
    """
    before = set_line("عبد ", right=300.0)
    right = min(sign.box.x0 for sign in before) - white
    thin = [glyph(text, right, 0.0, 100.0, n) for n, text in enumerate("هلل")]
    name = [*thin, glyph("ا", right - 64.0, 64.0, 100.0, 3)]
    assert text_of([*before, *name], language="ar") == "عبد الله"


def test_a_wide_sign_named_as_a_mark_is_a_letter_without_a_code() -> None:
    """A ligature may be named by the mark of one of its letters; the letters then must not vanish."""
    alef, ligature, mark = (
        glyph(text, x, width, 100.0, n)
        for n, (text, x, width) in enumerate(
            [("ذ", 140.0, 10.0), ("\u0650", 100.0, 40.0), ("\u064e", 100.0, 0.0)]
        )
    )
    (line,) = lines_of([alef, ligature, mark], language="ar")
    assert line.text == "ذ\ufffd\u064e"


def test_a_mark_with_a_width_over_its_letter_stays_a_mark() -> None:
    letter, mark = glyph("ب", 100.0, 40.0, 100.0, 0), glyph("\u0650", 100.0, 40.0, 100.0, 1)
    assert text_of([letter, mark], language="ar") == "ب\u0650"


@pytest.mark.parametrize("drawn", [False, True])
def test_brackets_by_meaning_whichever_way_the_file_stores_them(drawn: bool) -> None:
    lines = stacked("او «شهر» را (دید) و", "نام «او» و (من) است")
    # get_display leaves codes as they are: as meant. As drawn, the right-hand one is the closing shape.
    mirror = str.maketrans("()«»", ")(»«")
    coded = [recoded(line, lambda c: c.translate(mirror) if drawn else c) for line in lines]
    assert text_of(*coded) == "او «شهر» را (دید) و\nنام «او» و (من) است"


def test_the_letter_of_a_symbol_font_is_a_bullet() -> None:
    """The bullet of the seed page: `ë` of a font of signs, alone before the questions."""
    lines = stacked("■ همواره در نظریه", "و این مفهوم چگونه", "■ منظور شما چیست")
    coded = [
        [g._replace(text="ë", font="XYZABC+SignsOne") if g.text == "■" else g for g in line] for line in lines
    ]
    assert text_of(*coded).split("\n") == ["■ همواره در نظریه", "و این مفهوم چگونه", "■ منظور شما چیست"]


def test_a_letter_of_the_text_font_stays() -> None:
    assert text_of(set_line("à la carte", rtl=False), language="fr", direction=LTR) == "à la carte"


def test_private_use_bullet() -> None:
    line = recoded(set_line("• one thing", rtl=False), lambda c: "\uf06e" if c == "•" else c)
    assert text_of(line, language="en", direction=LTR) == "■ one thing"


def test_tatweel_is_printed_and_not_normal() -> None:
    (line,) = lines_of(*stacked("اســت بايد"))
    assert line.text == "اســت بايد"
    assert line.normalized == "است باید"


def test_soft_hyphen_shows_at_a_line_end_only() -> None:
    line = set_line("news\u00adpaper news\u00ad", rtl=False)
    assert text_of(line, language="en", direction=LTR) == "newspaper news-"


def test_a_word_after_a_latin_one_is_parted_and_an_ending_is_not() -> None:
    """Word processors set the space between the two at the wrong end of the Latin word."""
    (line,) = stacked("با Pythonمن")
    assert text_of(line) == "با Python من"
    assert text_of(stacked("و PDFها")[0]) == "و PDFها"


def test_two_rows_taken_for_one_line_are_read_one_after_the_other() -> None:
    upper = set_line("first row", top=100.0, rtl=False)
    lower = set_line("second row", top=150.0, rtl=False)
    layer, _ = page(upper, lower)
    box = Box(90.0, 90.0, 600.0, 200.0)
    segmentation = Segmentation(PAGE, PAGE, (Shape(RegionKind.PARAGRAPH, box, (LineShape(box),)),))
    found = read_layer(layer, segmentation, "en", LTR)
    assert [line.text for shape in found.shapes for line in shape if line] == ["first row second row"]


def test_a_word_cut_by_a_speck_of_a_shape_stays_whole() -> None:
    layer, segmentation = page(set_line("a whole word", rtl=False))
    last = layer.glyphs[-1].box
    speck = Box(last.x0, last.y0 + 0.5 * SIZE, last.x1, last.y1)
    shapes = (*segmentation.shapes, Shape(RegionKind.UNKNOWN, speck, (LineShape(speck),)))
    found = read_layer(layer, replace(segmentation, shapes=shapes), "en", LTR)
    assert found.shapes[0][0] is not None
    assert found.shapes[0][0].text == "a whole word"
    assert [line.words for line in found.shapes[1] if line is not None] == [()]  # its ink is taken


def test_a_stop_after_a_hebrew_word_in_an_english_line() -> None:
    """A stop read after letters from the right was looked up in a gap that the line does not have."""
    line = set_line("He greeted us with שלום.", rtl=False)
    assert text_of(line, language="en", direction=LTR) == "He greeted us with שלום."


@pytest.mark.parametrize("text", ["(12).", "[45-47]!", "(3.5%)"])
def test_numbers_in_brackets_alone_on_a_line_of_a_page_read_from_the_right(text: str) -> None:
    """No letter is in such a line, yet its brackets are read from the right."""
    line = set_line(text, right=1800.0)
    for language in ("ar", "fa"):
        assert text_of(line, language=language) == text


def test_latin_region_of_a_persian_page_reads_left_to_right() -> None:
    assert text_of(set_line("This is English. (Yes.)", rtl=False)) == "This is English. (Yes.)"


@pytest.mark.parametrize("text", ["www.irna.ir/", "The Guardian.", "see http://a.ir/b/"])
@pytest.mark.parametrize("set_from_the_right", [True, False])
@pytest.mark.parametrize("alone", [True, False])
def test_the_sign_at_the_end_of_a_foreign_line(text: str, set_from_the_right: bool, alone: bool) -> None:
    """Drawn at the left where the line was set as the page is, else at the right."""
    above = set_line("برای خبرهای بیشتر به نشانی زیر مراجعه کنید", right=1800.0)
    below = set_line(text, top=180.0, right=1800.0, rtl=set_from_the_right)
    layer, segmentation = page(above, below)
    if not alone:
        lines = tuple(shape.lines[0] for shape in segmentation.shapes)
        whole = Box(0.0, 0.0, PAGE, 400.0)
        segmentation = replace(segmentation, shapes=(Shape(RegionKind.PARAGRAPH, whole, lines),))
    found = read_layer(layer, segmentation, "fa", RTL)
    assert [line.text for shape in found.shapes for line in shape if line][1] == text


def test_a_line_of_a_page_read_from_the_left_may_begin_with_a_stop() -> None:
    assert text_of(set_line(".NET is a framework", rtl=False), language="en", direction=LTR)[0] == "."


def test_text_running_up_the_margin() -> None:
    upright = set_line("آفتاب امروز", right=600.0)
    turned = [
        g._replace(
            box=Box(g.box.y0, PAGE - g.box.x1, g.box.y1, PAGE - g.box.x0),
            origin=(g.origin[1], PAGE - g.origin[0]),
            advance=(0.0, -1.0),
        )
        for g in upright
    ]
    box = Box(100.0, PAGE - 600.0, 150.0, PAGE - 50.0)
    shape = Shape(RegionKind.SECTION_LABEL, box, (LineShape(box),), rotation=90)
    found = read_layer(TextLayer(tuple(turned)), Segmentation(PAGE, PAGE, (shape,)), "fa", RTL)
    assert found.shapes[0][0] is not None
    assert found.shapes[0][0].text == "آفتاب امروز"
    first, second = found.shapes[0][0].words
    assert first.box.y0 < second.box.y0  # the line's right end is up


def test_an_initial_belongs_to_the_first_of_its_lines() -> None:
    first, second = (
        set_line("s was to be", left=160.0, rtl=False),
        set_line("nurses", top=160.0, left=160.0, rtl=False),
    )
    initial = Glyph("A", Box(100.0, 80.0, 155.0, 210.0), (100.0, 192.0), 110.0, "Text", sequence=999)
    layer, segmentation = page(first, second)
    found = read_layer(replace(layer, glyphs=(*layer.glyphs, initial)), segmentation, "en", LTR)
    assert [line.text for shape in found.shapes for line in shape if line] == ["As was to be", "nurses"]


def test_a_line_the_layer_is_silent_on_is_left_to_recognition() -> None:
    layer, segmentation = page(set_line("in the layer", rtl=False))
    box = Box(100.0, 800.0, 600.0, 840.0)
    shapes = (*segmentation.shapes, Shape(RegionKind.PARAGRAPH, box, (LineShape(box),)))
    found = read_layer(layer, replace(segmentation, shapes=shapes), "en", LTR)
    assert found.shapes[1] == (None,)


def test_glyphs_on_no_line_are_given_back() -> None:
    layer, segmentation = page(set_line("kept", rtl=False))
    stray = set_line("astray text", top=900.0, rtl=False, first=50)
    found = read_layer(replace(layer, glyphs=(*layer.glyphs, *stray)), segmentation, "en", LTR)
    assert [line.text for line in found.loose] == ["astray text"]
    assert found.loose[0].box.y0 > 800


def test_text_without_ink_outside_the_lines_is_no_text_of_the_page() -> None:
    layer, segmentation = page(set_line("kept", rtl=False))
    hidden = [g._replace(invisible=True) for g in set_line("hidden", top=900.0, rtl=False, first=50)]
    white = [g._replace(color=0xFFFFFF) for g in set_line("white", top=1100.0, rtl=False, first=70)]
    beyond = set_line("beyond", left=PAGE + 200, rtl=False, first=90)
    found = read_layer(
        replace(layer, glyphs=(*layer.glyphs, *hidden, *white, *beyond)), segmentation, "en", LTR
    )
    assert not found.loose
    assert found.unseen == len(hidden) + len(white)
    assert found.outside == len(beyond)


def test_impossible_places_are_counted_and_left_out() -> None:
    layer, segmentation = page(set_line("sound text", rtl=False))
    nan, huge = math.nan, 1e12
    bad = [
        Glyph("x", Box(nan, 0, nan, 1), (nan, 0), SIZE),
        Glyph("x", Box(huge, 0, huge + 9, 9), (huge, 9), SIZE),
        Glyph("x", Box(9, 9, 0, 0), (0, 0), SIZE),
        Glyph("x", Box(0, 0, 9, 9), (0, 9), nan),
        Glyph("x", Box(10, 10, 10, 10), (10, 10), 0.0, advance=(nan, nan)),
    ]
    found = read_layer(replace(layer, glyphs=(*layer.glyphs, *bad)), segmentation, "en", LTR)
    assert found.shapes[0][0] is not None
    assert found.shapes[0][0].text == "sound text"
    assert found.misplaced == 4


def test_a_great_many_glyphs_take_bounded_time() -> None:
    row = set_line("many words on this line", rtl=False)
    lines = [
        [g._replace(box=g.box.moved(0, 2 * n), origin=(g.origin[0], g.origin[1] + 2 * n)) for g in row]
        for n in range(900)
    ]
    glyphs = tuple(g for line in lines for g in line)
    began = time.process_time()
    read_layer(TextLayer(glyphs), Segmentation(PAGE, 4 * PAGE), "en", LTR)
    assert time.process_time() - began < 10 * len(glyphs) / 20_000


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=2),
            st.floats(0, 1900),
            st.floats(0, 40),
        ),
        max_size=30,
    ),
    st.sampled_from([RTL, LTR]),
    st.sampled_from(["fa", "ar", "en", None]),
)
def test_any_glyphs_on_a_line_keep_their_letters(
    signs: list[tuple[str, float, float]], direction: Direction, language: str | None
) -> None:
    glyphs = tuple(glyph(text, x, width, 100.0, n) for n, (text, x, width) in enumerate(signs))
    box = Box(0.0, 90.0, PAGE, 145.0)
    segmentation = Segmentation(PAGE, PAGE, (Shape(RegionKind.PARAGRAPH, box, (LineShape(box),)),))
    found = read_layer(TextLayer(glyphs), segmentation, language, direction)
    text = " ".join(line.text for shape in found.shapes for line in shape if line is not None)
    assert unicodedata.is_normalized("NFC", text)
    assert not set(text) & set(CONTROLS)
    letters = {
        c for sign, _, _ in signs for c in unicodedata.normalize("NFKD", sign) if c.isalpha() and c.isascii()
    }
    assert letters <= set(unicodedata.normalize("NFKD", text))


def test_text_drawn_a_thousand_times_in_one_place_is_read_once() -> None:
    line = set_line("again and again", rtl=False)
    assert text_of([g for _ in range(1000) for g in line], language="en", direction=LTR) == "again and again"


def test_a_line_of_many_spaces_is_read() -> None:
    line = set_line("ab " * 300 + " " * 900, rtl=False)
    assert text_of(line, language="en", direction=LTR).startswith("ab ab")


@pytest.mark.parametrize("accent_first", [True, False])
def test_accents_set_over_letters_are_marks_of_them(accent_first: bool) -> None:
    """TeX sets an accent and its letter as two signs on each other; an accent by itself stays one."""
    letter = glyph("e", 120.0, 18.0, 100.0, 2 if accent_first else 1)
    accent = glyph("\u02c6", 123.0, 12.0, 100.0, 1 if accent_first else 2)
    before, after = glyph("g", 100.0, 20.0, 100.0, 0), glyph("n", 138.0, 20.0, 100.0, 3)
    lone = glyph("\u00b4", 158.0, 12.0, 100.0, 4)
    assert text_of([before, letter, accent, after, lone], language="fr", direction=LTR) == "gên\u00b4"


def test_alef_between_two_lams_belongs_to_the_wide_one() -> None:
    """`khilal`: the alef stands at the left edge of its lam, which is the right edge of the last one."""
    letters = [("خ", 200.0, 30.0), ("ل", 175.0, 25.0), ("ا", 175.0, 0.0), ("ل", 150.0, 25.0)]
    assert text_of([glyph(c, x, w, 100.0, 0) for c, x, w in letters], language="ar") == "خلال"


def test_alef_after_a_narrow_lam_belongs_to_the_lam_alef() -> None:
    """`lil-...`: the same places, but the first lam is as narrow as one inside a word."""
    letters = [("ل", 175.0, 9.0), ("ا", 175.0, 0.0), ("ل", 150.0, 25.0), ("س", 120.0, 30.0)]
    assert text_of([glyph(c, x, w, 100.0, 0) for c, x, w in letters], language="ar") == "للاس"


def test_strokes_without_a_code_that_lengthen_a_joint_are_no_letters() -> None:
    """LibreOffice justifies with kashidas that have no code; they overlap, or leave a hair of white."""
    letters = [("ز", 200.0, 20.0), ("ی", 180.0, 18.0), ("\ufffd", 171.0, 8.0), ("\ufffd", 166.0, 8.0)]
    letters += [("س", 140.0, 23.0), ("ت", 120.0, 20.0)]
    assert text_of([glyph(c, x, w, 100.0, 0) for c, x, w in letters]) == "زیست"


def test_a_wide_sign_without_a_code_is_kept() -> None:
    letters = [("ز", 200.0, 20.0), ("ی", 180.0, 20.0), ("\ufffd", 160.0, 20.0), ("ت", 120.0, 40.0)]
    assert "\ufffd" in text_of([glyph(c, x, w, 100.0, 0) for c, x, w in letters])


def test_parts_of_a_latin_ligature_with_widths_come_in_the_order_of_the_file() -> None:
    """`ffi` as f, and f and i on one place, the first of the two wider (as LuaTeX's files are read)."""
    letters = [
        ("o", 80.0, 20.0),
        ("f", 100.0, 25.0),
        ("f", 125.0, 14.0),
        ("i", 125.0, 11.0),
        ("c", 136.0, 20.0),
    ]
    parts = [glyph(c, x, w, 100.0, 0) for c, x, w in letters]
    assert text_of(parts, language="en", direction=LTR) == "offic"


def test_three_parts_of_a_latin_ligature_on_one_place_stay_three() -> None:
    widths = {"r": 20.0, "i": 20.0, "fti": 0.0, "n": 20.0}
    letters, x = [], 80.0
    for chars, width in widths.items():
        own = [(c, x, 15.0 - 2 * n) for n, c in enumerate(chars)] if len(chars) > 1 else [(chars, x, width)]
        letters += own
        x += max(w for _, _, w in own)
    parts = [glyph(c, x, w, 100.0, 0) for c, x, w in letters]
    assert text_of(parts, language="en", direction=LTR) == "riftin"


def test_a_letter_may_come_with_its_marks_as_one_sign() -> None:
    letters = [("م", 180.0, 20.0), ("د\u064e", 160.0, 20.0), ("ّ", 160.0, 0.0)]
    assert text_of([glyph(c, x, w, 100.0, 0) for c, x, w in letters], language="ar") == "مد\u064e\u0651"


def test_marks_of_their_own_stand_at_the_left_edge_of_their_letter() -> None:
    """Shaping engines draw a mark before its letter, from left to right: it lies where the letter begins."""
    letters = [("و", 180.0, 20.0), ("ق", 160.0, 20.0), ("\u0651", 160.0, 0.0), ("ع", 140.0, 20.0)]
    assert text_of([glyph(c, x, w, 100.0, 0) for c, x, w in letters], language="ar") == "وقّع"


def test_an_alef_said_with_its_vowel_is_the_second_half_of_a_lam_alef() -> None:
    """Chromium says each letter with its marks; the alef stands without width at the left edge of its lam."""
    letters = [("ا", 200.0, 10.0), ("ل", 176.0, 24.0), ("أ\u064f", 176.0, 0.0), ("س\u0652", 146.0, 30.0)]
    signs = [glyph(c, x, w, 100.0, n) for n, (c, x, w) in enumerate(letters)]
    assert text_of(signs, language="ar") == "الأ\u064fس\u0652"


def test_a_vowel_said_with_lam_stays_before_the_alef_of_its_ligature() -> None:
    letters = [("ق", 200.0, 20.0), ("ل\u064b", 176.0, 24.0), ("ا", 176.0, 0.0)]
    signs = [glyph(c, x, w, 100.0, n) for n, (c, x, w) in enumerate(letters)]
    assert text_of(signs, language="ar") == "قل\u064bا"


@pytest.mark.parametrize("step", [1, -1])
def test_where_places_do_not_tell_a_mark_is_of_the_letter_named_before_it(step: int) -> None:
    """Cairo's marks are read at the right edge of their letter; the file may also be in order of x."""
    letters = [("ح", 200.0, 20.0), ("ت", 180.0, 20.0), ("\u0651", 200.0, 0.0), ("ی", 160.0, 20.0)]
    signs = [glyph(c, x, w, 100.0, n) for n, (c, x, w) in enumerate(letters[::step])]
    assert text_of(signs) == "حت\u0651ی"


def test_tanween_is_before_an_alef_where_it_is_named_and_set_so() -> None:
    letters = [("ط", 200.0, 20.0), ("ن", 188.0, 12.0), ("\u064b", 200.0, 0.0), ("ا", 178.0, 10.0)]
    signs = [glyph(c, x, w, 100.0, n) for n, (c, x, w) in enumerate(letters)]
    signs += [
        glyph(c, x, w, 100.0, 9 + n) for n, (c, x, w) in enumerate([(" ", 160.0, 10.0), ("و", 140.0, 20.0)])
    ]
    signs += [glyph("\u064e", 168.0, 0.0, 100.0, 12)]  # at the right edge of its letter, as all marks here
    assert text_of(signs, language="ar") == "طن\u064bا و\u064e"


def test_a_spaced_out_heading_has_no_zwnj_between_its_letters() -> None:
    letters, x = [], 400.0
    for number, char in enumerate("خبرهای"):
        x -= 24.0
        letters.append(glyph(char, x, 20.0, 100.0, number))
    assert text_of(letters) == "خبرهای"


def test_strokes_after_each_letter_of_a_spaced_out_heading_are_no_letters() -> None:
    """LibreOffice draws a kashida without a code after each letter, joined or not."""
    signs, x = [], 400.0
    for char in "خبرهایروز":
        for text, width in ((char, 20.0), ("\ufffd", 11.0)):
            x -= width
            signs.append(glyph(text, x, width, 100.0, len(signs)))
    assert text_of(signs) == "خبرهایروز"


@pytest.mark.parametrize("whole", [True, False])
def test_numbers_are_set_as_they_are_where_their_percent_signs_stand_at_the_right(whole: bool) -> None:
    """TeX does not take the signs of a number apart between Arabic letters, as Unicode's algorithm does."""
    lines = []
    for number, (word, figures) in enumerate([("بود", "12%"), ("شد", "35%"), ("تلفن", "021-88")]):
        signs = figures if whole else "".join(["%12", "%35", "88-021"][number])
        x, top = 300.0, 100.0 + 80 * number
        line = [glyph(char, x + 18 * n, 18.0, top, n) for n, char in enumerate(signs)]
        line.append(glyph(" ", x + 18 * len(signs), 10.0, top, 20))
        x += 18 * len(signs) + 10
        line += [glyph(char, x + 18 * n, 18.0, top, 40 - n) for n, char in enumerate(reversed(word))]
        lines.append(line)
    assert text_of(*lines) == "بود 12%\nشد 35%\nتلفن 021-88"


def test_a_mark_set_at_the_end_of_the_next_word_goes_back_over_the_gap() -> None:
    letters = [("إ", 190.0, 10.0), ("ن", 170.0, 20.0), ("\u0651", 158.0, 0.0), ("٥", 138.0, 20.0)]
    assert text_of([glyph(c, x, w, 100.0, 0) for c, x, w in letters], language="ar") == "إنّ ٥"


def test_arabic_is_not_parted_by_forms_and_gaps() -> None:
    """Persian spells with ZWNJ, Arabic does not: a gap of a hair in a word is bad setting."""
    letters = [("ب", 180.0, 20.0), ("ز", 160.0, 17.5)]
    signs = [glyph(c, x, w, 100.0, 0) for c, x, w in letters]
    assert (text_of(signs, language="ar"), text_of(signs)) == ("بز", "ب\u200cز")


def test_a_word_drawn_twice_with_a_ligature_counts_once() -> None:
    """The parts of a ligature have no width, and their copies lie as far off as those of the others."""
    word = [("s", 80.0, 15.0), ("f", 95.0, 20.0), ("i", 115.0, 0.0), ("n", 115.0, 20.0)]
    signs = [glyph(c, x + shift, w, 100.0, 0) for c, x, w in word for shift in (0.0, 1.6)]
    assert text_of(signs, language="en", direction=LTR) == "sfin"


def test_the_divine_name_is_read_whichever_way_a_file_turns_its_letters() -> None:
    """One glyph, its first letter wide and two without width; the alef before it reaches over its edge."""
    em = 50.0
    for letters in (("\u0644", "\u0644", "\u0647"), ("\u0644", "\u0647", "\u0644")):
        first, *further = letters
        signs = [
            Sign("\u0627", 691.7, 703.6, 475.0, em, "Text", False, 0),
            Sign(first, 645.8, 693.4, 475.0, em, "Text", False, 1),
            *(
                Sign(letter, 693.4, 693.4, 475.0, em, "Text", False, 2 + n)
                for n, letter in enumerate(further)
            ),
            Sign(" ", 704.2, 715.2, 475.0, em, "Text", False, 4),
            Sign("\u0646", 715.2, 740.0, 475.0, em, "Text", False, 5),
        ]
        assert "".join(row_of(signs, em).texts[::-1]) == "\u0646\u0627\u0644\u0644\u0647"
