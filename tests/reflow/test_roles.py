from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from layout.document import Appearance, Box, Direction, Page, Region, RegionKind, union
from layout.reflow.paragraphs import split_paragraphs
from layout.reflow.roles import assign_roles
from tests.draw import mirrored
from tests.reflow.typeset import kinds, page_of, picture, rule, typeset
from tests.truth import load_truth, needs_shared, true_page, truth_files, unread_page

BODY = """
      Alpha alpha alpha on a Monday,
    and then nothing for a week but
    rain, hail and talk of the ford.
      Beta was never seen again by a
    soul, they say, save the keeper
    of the light, who said nothing.
"""
UNKNOWN, HEADLINE = RegionKind.UNKNOWN, RegionKind.HEADLINE


def roles(*regions, **page) -> dict[str, str]:
    return kinds(assign_roles(split_paragraphs(page_of(*regions, **page))))


def head(*lines: tuple[str, float, float], direction=Direction.LTR):
    """Display lines: text, y, size."""
    return [typeset(text, y=y, size=size, kind=HEADLINE, direction=direction) for text, y, size in lines]


def columns(y=900.0, direction=Direction.LTR):
    return [typeset(BODY, x=x, y=y, direction=direction) for x in (200, 700, 1200, 1700)]


@pytest.mark.parametrize("direction", [Direction.LTR, Direction.RTL])
def test_the_head_of_an_article(direction):
    found = roles(
        *head(("Trade", 400, 1.2), ("Coffee prices climb again", 460, 2.4), direction=direction),
        typeset(
            "Growers see a change that will go on for years",
            y=590,
            size=1.3,
            kind=HEADLINE,
            direction=direction,
        ),
        typeset("By Anne Sharma and Clara Quayle", y=700, kind=UNKNOWN, direction=direction),
        typeset("Wednesday 11 August 2008", y=750, kind=UNKNOWN, direction=direction),
        *columns(direction=direction),
        direction=direction,
    )
    assert found["Trade"] == "kicker"
    assert found["Coffee"] == "headline"
    assert found["Growers"] == "subheadline"
    assert found["By"] == "byline"
    assert found["Wednesday"] == "dateline"
    assert found["Alpha"] == found["Beta"] == "paragraph"


def test_one_region_of_kicker_headline_and_deck_is_parted():
    """Geometry puts display lines that stand close into one region."""
    parts = head(
        ("Public health", 400, 1.2),
        ("The hospital never finished", 460, 2.4),
        ("Figures from the council show a lasting change", 570, 1.25),
    )
    merged = replace(parts[0], lines=tuple(line for part in parts for line in part.lines))
    found = roles(merged, *columns())
    assert (found["Public"], found["The"], found["Figures"]) == ("kicker", "headline", "subheadline")


@pytest.mark.parametrize("number", ["36", "۳۶", "٣٦", "- 36 -", "Page 36", "صفحه ۳۶", "עמוד 36"])
@pytest.mark.parametrize("where", ["head", "foot"])
def test_a_folio_alone(number, where):
    y = 100 if where == "head" else 3400
    page = page_of(
        *([rule(200, 180, 2000)] if where == "head" else []),
        typeset(number, x=200, y=y, kind=UNKNOWN),
        *head(("Coffee prices climb again", 400, 2.4)),
        *columns(),
        *columns(y=1900),
    )
    kinds_found = Counter(r.kind for r in assign_roles(split_paragraphs(page)).regions)
    assert kinds_found[RegionKind.PAGE_NUMBER] == 1


def test_a_digit_as_wide_as_a_line_of_text_is_no_folio():
    """It is all that could be read of the line."""
    line = typeset("7", x=200, y=3400, kind=UNKNOWN)
    wide = tuple(replace(ink, box=replace(ink.box, x1=ink.box.x0 + 8 * ink.box.height)) for ink in line.lines)
    page = page_of(*head(("Coffee prices climb again", 400, 2.4)), *columns(), replace(line, lines=wide))
    assert RegionKind.PAGE_NUMBER not in {r.kind for r in assign_roles(split_paragraphs(page)).walk()}


def test_a_folio_beside_the_date_is_cut_off_and_the_year_is_not():
    page = page_of(
        rule(200, 180, 2000),
        typeset("25      8 April 2023", x=200, y=100, kind=UNKNOWN),
        typeset("The New Times", x=1900, y=100, kind=UNKNOWN),
        *head(("Coffee prices climb again", 400, 2.4)),
        *columns(),
    )
    done = assign_roles(split_paragraphs(page))
    found = {r.text: r.kind.value for r in done.regions if r.lines and r.box.y0 < 200}
    assert found == {"25": "page-number", "8 April 2023": "running-head", "The New Times": "running-head"}


def test_the_day_of_a_date_cut_off_from_its_month_is_no_folio():
    page = page_of(
        rule(200, 180, 2000),
        typeset("15.", x=200, y=100, kind=UNKNOWN),
        typeset("March 1924", x=300, y=100, kind=UNKNOWN),
        *head(("Coffee prices climb again", 400, 2.4)),
        *columns(),
    )
    assert RegionKind.PAGE_NUMBER not in {r.kind for r in assign_roles(split_paragraphs(page)).walk()}


def test_no_folio_is_invented():
    """A number in the text, in a date, in an advertisement or alone in mid-page is no folio."""
    page = page_of(
        *head(("Coffee prices climb again", 400, 2.4)),
        *columns(),
        typeset("1984", x=900, y=1700, kind=UNKNOWN, size=2),
        *columns(y=1900),
    )
    assert RegionKind.PAGE_NUMBER not in {r.kind for r in assign_roles(split_paragraphs(page)).walk()}


def test_masthead_and_line_of_dates():
    found = roles(
        typeset("The Langford Courier", x=600, y=100, size=4, kind=HEADLINE),
        rule(200, 300, 2000),
        typeset("Thursday, February 23, 1987", x=200, y=320, kind=UNKNOWN),
        typeset("Vol. 92, No. 186", x=1050, y=320, kind=UNKNOWN),
        rule(200, 380, 2000),
        *head(("Coffee prices climb again", 460, 2.4)),
        *columns(),
    )
    assert found["The"] == "masthead"
    assert found["Thursday,"] == found["Vol."] == "running-head"
    assert found["Coffee"] == "headline"


def test_section_label_in_the_middle_of_the_head():
    found = roles(
        typeset("Thursday, February 23, 1987", x=200, y=100, kind=UNKNOWN),
        typeset("Sport", x=1160, y=100, kind=UNKNOWN, size=1.2),
        typeset("The Courier", x=2040, y=100, kind=UNKNOWN),
        rule(200, 180, 2000),
        *head(("Coffee prices climb again", 400, 2.4)),
        *columns(),
    )
    assert (found["Sport"], found["The"]) == ("section-label", "running-head")


def test_a_headline_right_below_is_no_running_head_but_a_kicker():
    found = roles(*head(("Trade", 100, 1.2), ("Coffee prices climb again", 160, 2.4)), *columns(y=400))
    assert found["Trade"] == "kicker"


def test_captions_belong_to_pictures():
    found = roles(
        *head(("Coffee prices climb again", 400, 2.4)),
        picture(200, 560, 430, 400),
        typeset("A view of the harbour", x=200, y=975, size=0.85, kind=UNKNOWN),
        typeset(BODY, x=200, y=1040),
        typeset(BODY, x=700, y=560),
        typeset(BODY, x=700, y=800),
    )
    assert found["A"] == "caption"
    assert found["Alpha"] == "paragraph"


@pytest.mark.parametrize(("second", "kind"), [(700, "paragraph"), (1900, "caption")])
def test_text_beside_more_text_below_a_picture_is_no_caption(second, kind):
    """Two columns go on below the picture over both; text below another picture says nothing of it."""
    end = "all the way to the harbour wall."
    found = roles(
        picture(200, 560, 930, 400),
        typeset(end, x=200, y=975, kind=UNKNOWN),
        typeset(BODY, x=200, y=1060),
        typeset(end.replace("all", "Most"), x=second, y=975, kind=UNKNOWN),
        typeset(BODY, x=second, y=1060),
        *(typeset(BODY, x=x, y=1900) for x in (200, 700, 1200, 1700)),
    )
    assert found["all"] == kind


def test_a_plain_line_between_rules_that_says_what_the_text_does_is_no_quote():
    found = roles(
        typeset(BODY, x=200, y=560),
        rule(200, 830, 430),
        typeset("rain, hail and talk of the ford", x=200, y=850, kind=UNKNOWN),
        rule(200, 905, 430),
        typeset(BODY.replace("Alpha alpha", "Gamma gamma"), x=700, y=560),
    )
    assert found["rain,"] != "pull-quote"


def test_crosshead_between_paragraphs_and_headline_below_a_rule():
    upper = typeset(BODY, x=200, y=600)
    found = roles(
        *head(("Coffee prices climb again", 400, 2.4)),
        upper,
        typeset("An old quarrel", x=320, y=860, kind=HEADLINE),
        typeset(BODY.replace("Alpha alpha", "Gamma gamma"), x=200, y=910),
        rule(200, 1180, 430),
        typeset("Steel is dear", x=250, y=1200, size=1.3, kind=HEADLINE),
        typeset(BODY.replace("Alpha alpha", "Delta delta"), x=200, y=1270),
    )
    assert found["An"] == "crosshead"
    assert found["Steel"] == "headline"


def quote(text: str) -> dict[str, str]:
    return roles(
        *head(("Coffee prices climb again", 400, 2.4)),
        typeset(BODY, x=200, y=600),
        typeset(text, x=220, y=860, size=1.25, kind=HEADLINE),
        typeset(BODY.replace("Alpha alpha", "Gamma gamma"), x=200, y=1000),
        *[typeset(BODY, x=x, y=600) for x in (700, 1200, 1700)],
    )


def test_large_type_that_repeats_the_text_is_a_pull_quote():
    assert quote("“was never seen again\nby a soul, they say”")["“was"] == "pull-quote"


def test_misread_letters_do_not_hide_a_pull_quote():
    assert quote("“wos nevcr seen again\nby a sovl, tney say”")["“wos"] == "pull-quote"


def test_a_pull_quote_of_a_passage_that_a_columns_end_cuts_in_two():
    body = "    Alpha alpha on a Monday, and then\nthe ferry was sold to a man"
    rest = "from the other side, who bought\nthe mill and all of its fields."
    page = page_of(
        typeset(body, x=200, y=600),
        typeset(BODY, x=1400, y=600),
        typeset("The ferry was sold to a\nman from the other side", x=800, y=600, size=1.25, kind=HEADLINE),
        typeset(rest, x=800, y=750),
    )
    quote = next(r for r in assign_roles(split_paragraphs(page)).walk() if r.text.startswith("The ferry"))
    assert quote.kind is RegionKind.PULL_QUOTE
    assert "repeats a passage" in quote.reason


def test_a_paragraph_that_a_columns_end_cuts_in_two_does_not_repeat_itself():
    body = (
        "    Alpha alpha on a Monday, and then\nthe ferry was sold to a man\nwho had come by the early train"
    )
    page = page_of(
        *columns(),
        typeset(body, x=200, y=2900, size=1.2),
        typeset("from the other side, who bought\nthe mill and all of its fields.", x=800, y=2900),
    )
    found = next(r for r in assign_roles(split_paragraphs(page)).walk() if "the ferry was sold" in r.text)
    assert "repeats" not in found.reason
    assert found.kind is not RegionKind.PULL_QUOTE


def test_large_type_that_repeats_nothing_is_none():
    assert quote("Farmers ask the bank\nfor cheaper credit")["Farmers"] != "pull-quote"


def test_a_few_words_that_are_like_the_text_are_none():
    assert quote("The keeper of the light\nsaid nothing")["The"] == "headline"


@pytest.mark.parametrize("at_end", [True, False])
@pytest.mark.parametrize("direction", list(Direction)[:2])
def test_a_name_at_the_end_of_a_texts_last_line_is_its_author(at_end: bool, direction: Direction):
    """At its beginning the same words may be something else."""
    text = typeset(BODY, x=200, y=600)
    last = union(line.box for line in text.lines)
    name = typeset("Karl Lind", y=last.y1 + 14)
    name = typeset("Karl Lind", x=last.x1 - name.box.width if at_end else last.x0, y=last.y1 + 14)
    page = page_of(*head(("Coffee prices climb again", 400, 2.4)), text, name, *columns(y=600)[1:])
    page = mirrored(page) if direction is Direction.RTL else page
    found = kinds(assign_roles(split_paragraphs(page)))
    assert (found.get("Karl") == "byline") is at_end


def test_continuation_lines():
    found = roles(
        *head(("Coffee prices climb again", 400, 2.4)),
        *columns(y=600),
        typeset("Continued on page 7", x=1700, y=900, kind=UNKNOWN),
    )
    assert found["Continued"] == "continuation"


def test_persian_notices_and_bylines():
    rtl = Direction.RTL
    found = roles(
        typeset("واکسن کم‌خونی رسید", y=400, size=2.4, kind=HEADLINE, direction=rtl),
        typeset("گزارش: نرگس رحیمی", y=540, kind=UNKNOWN, direction=rtl),
        *[typeset(BODY, x=x, y=640, direction=rtl) for x in (200, 700)],
        typeset("ادامه در صفحه ۵", x=700, y=900, kind=UNKNOWN, direction=rtl),
        direction=rtl,
        language="fa",
    )
    assert found["واکسن"] == "headline"
    assert found["گزارش:"] == "byline"
    assert found["ادامه"] == "continuation"


def test_vertical_text_in_the_margin_is_a_section_label():
    label = replace(typeset("Special supplement", x=2250, y=900, kind=UNKNOWN), rotation=90)
    page = page_of(*head(("Coffee prices climb again", 400, 2.4)), *columns())
    page = replace(page, regions=(*page.regions, replace(label, id="p0001_r099")))
    assert kinds(assign_roles(page))["Special"] == "section-label"


def test_kinds_from_another_system_stay():
    text = replace(typeset("12", x=200, y=100, kind=RegionKind.CAPTION), origin="import")
    assert roles(text, *columns())["12"] == "caption"


def test_every_region_has_a_reason_a_person_can_read():
    page = assign_roles(split_paragraphs(page_of(*head(("Coffee prices climb", 400, 2.4)), *columns())))
    top = page.regions[0]
    assert top.reason.startswith("headline: ") and "x body size" in top.reason
    assert all(region.kind_confidence is not None for region in page.regions if region.lines)


def test_regions_without_text_or_body_do_no_harm():
    assert assign_roles(page_of()).regions == ()
    lonely = assign_roles(page_of(typeset("One line alone", kind=UNKNOWN), picture(500, 500, 99, 99)))
    assert len(lonely.regions) == 2


def test_measures_of_geometry_are_used():
    """Where letters were measured, size is their ratio: here ink boxes are no help, they are alike."""
    small, large = Appearance(letter_height=16), Appearance(letter_height=40, weight=1.6)
    found = roles(
        replace(typeset("Coffee prices climb again", y=500, kind=HEADLINE), appearance=large),
        *[replace(region, appearance=small) for region in columns(y=600)],
    )
    assert found["Coffee"] == "headline"


def exact(page: Page, truth: Page) -> float:
    """Share of the true regions that came out with their kind (matched by their first line)."""
    same = {RegionKind.MASTHEAD: RegionKind.RUNNING_HEAD, RegionKind.ANSWER: RegionKind.PARAGRAPH}
    got = {r.lines[0].words[-1].id: same.get(r.kind, r.kind) for r in page.walk() if r.lines}
    want = {r.lines[0].words[-1].id: same.get(r.kind, r.kind) for r in truth.walk() if r.lines}
    return sum(got.get(word) is kind for word, kind in want.items()) / len(want)


@needs_shared
@pytest.mark.parametrize("path", truth_files()[::2], ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_roles_of_the_reference_pages(path):
    truth = load_truth(path)
    assert exact(assign_roles(split_paragraphs(unread_page(truth))), true_page(truth)) >= 0.97


@needs_shared
def test_misread_text_costs_little():
    """One letter in ten misread: most evidence is not the text."""
    truth = load_truth(next(p for p in truth_files() if p.parent.name == "dev-en-004"))
    page = unread_page(truth)
    chance = random.Random(7)

    def spoil(region):
        lines = tuple(
            replace(
                line,
                words=tuple(
                    replace(
                        w,
                        text="".join(chance.choice("aeimnx") if chance.random() < 0.1 else c for c in w.text),
                    )
                    for w in line.words
                ),
            )
            for line in region.lines
        )
        return replace(region, lines=lines, children=tuple(map(spoil, region.children)))

    spoilt = replace(page, regions=tuple(map(spoil, page.regions)))
    assert exact(assign_roles(split_paragraphs(spoilt)), true_page(truth)) >= 0.93


@needs_shared
@pytest.mark.parametrize("path", truth_files()[::5], ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_mirrored_page_has_the_same_roles(path):
    page = unread_page(load_truth(path))
    there = {r.id: r.kind for r in assign_roles(split_paragraphs(page)).walk()}
    back = {r.id: r.kind for r in assign_roles(split_paragraphs(mirrored(page))).walk()}
    assert there == back


def labelled(text: str, x: float, size: float, headline: float = 2.4) -> dict[str, str]:
    """A page with these words in a row of their own between the head's rule and two headlines."""
    return roles(
        typeset("Thursday, February 23, 1987", x=200, y=100, kind=UNKNOWN),
        typeset("The Courier", x=2040, y=100, kind=UNKNOWN),
        rule(200, 180, 2000),
        typeset(text, x=x, y=230, size=size, kind=HEADLINE),
        typeset("Coffee climbs again", x=200, y=400, size=headline, kind=HEADLINE),
        typeset("Rain spoils the fair", x=1200, y=400, size=headline, kind=HEADLINE),
        *columns(y=600),
    )


def test_a_sections_name_in_the_corner_below_the_head():
    assert labelled("Home and abroad", x=200, size=1.8)["Home"] == "section-label"


def test_a_sections_name_in_the_middle_over_larger_headlines():
    assert labelled("Abroad", x=1120, size=1.8)["Abroad"] == "section-label"


def test_a_sections_name_in_the_middle_over_headlines_of_its_size():
    assert labelled("Abroad", x=1120, size=2.2, headline=1.6)["Abroad"] == "section-label"


def test_a_word_in_the_middle_over_smaller_headlines_is_one_itself():
    assert labelled("Peace", x=1120, size=3.0, headline=1.6)["Peace"] == "headline"


def test_who_wrote_a_text_can_be_said_at_its_foot_in_the_texts_own_type():
    rtl = Direction.RTL
    found = roles(
        *head(("Coffee prices climb again", 400, 2.4), direction=rtl),
        *columns(y=600, direction=rtl),
        typeset("מאת יוסף מזרחי", x=200, y=852, kind=RegionKind.PARAGRAPH, direction=rtl),
        direction=rtl,
        language="he",
    )
    assert found["מאת"] == "byline"


def imprint(x: float) -> str:
    found = roles(
        *head(("Coffee prices climb again", 400, 2.4)),
        *columns(y=600),
        typeset("Printed and published in the Mill", x=x, y=900, kind=UNKNOWN),
    )
    return found["Printed"]


def test_a_line_in_the_middle_of_the_foot_is_the_imprint():
    assert imprint(x=970) == "running-head"


def test_a_headline_over_it_is_no_column_that_it_could_end():
    found = roles(
        *head(("Coffee prices climb again in the town", 400, 2.4)),
        *columns(y=600),
        typeset("Printed and published in the Mill", x=970, y=900, kind=UNKNOWN),
    )
    assert found["Printed"] == "running-head"


def test_a_line_at_the_foot_of_a_column_is_not():
    assert imprint(x=200) != "running-head"


def in_the_head(*pieces: tuple[str, float], size: float = 1.2) -> dict[str, str]:
    """A page with these pieces, text and left edge, in one row over its rule."""
    return roles(
        *(typeset(text, x=x, y=100, size=size, kind=UNKNOWN) for text, x in pieces),
        rule(200, 180, 2000),
        *head(("Coffee prices climb again", 400, 2.4)),
        *columns(),
    )


def test_a_page_s_name_beside_the_date_is_the_folio():
    found = in_the_head(("Page 5", 1150), ("Thursday, February 23, 1987", 1700), ("The Courier", 200))
    assert found["Page"] == "page-number"


def test_a_number_announced_with_a_colon_is_no_folio():
    found = in_the_head(("Office telephone:", 200), ("19", 510), ("Thursday, February 23, 1987", 1700))
    assert found["19"] == "running-head"


def test_a_number_that_begins_a_headline_is_no_folio():
    large = {"y": 160, "size": 2.2, "kind": HEADLINE}
    found = roles(
        typeset("Thursday, February 23, 1987", x=1000, y=60, kind=UNKNOWN),
        typeset("26", x=200, **large),
        typeset("families must move", x=290, **large),
        *columns(y=400),
    )
    assert found["26"] != "page-number"


def named_at_the_foot(y: float) -> str:
    found = roles(
        *head(("Coffee prices climb again", 400, 2.4)),
        *columns(y=600),
        typeset("Page 12", x=1700, y=y, kind=UNKNOWN),
    )
    return found["Page"]


def test_a_page_s_name_below_all_columns_is_the_folio():
    assert named_at_the_foot(600 + 6 * 40 + 30) == "page-number"


def test_a_page_s_name_above_all_else_is_the_folio_though_the_row_leans():
    found = roles(
        typeset("Page 12", x=900, y=112, kind=UNKNOWN),
        *head(("Coffee prices climb again", 150, 2.4)),
        typeset("Wool dearer again", x=1500, y=108, size=2.4, kind=HEADLINE),
        *columns(y=300),
    )
    assert found["Page"] == "page-number"


def test_a_digit_lower_than_letters_is_a_folio_at_the_head_alone():
    def low(y: float) -> str:
        small = typeset("٥", x=1100, y=y, size=0.42, kind=UNKNOWN)
        page = page_of(small, *head(("Coffee prices climb again", 400, 2.4)), *columns(), *columns(y=1900))
        (kind,) = (r.kind.value for r in assign_roles(split_paragraphs(page)).walk() if r.text == "٥")
        return kind

    assert low(100) == "page-number"
    assert low(1750) == "noise"


def test_a_caption_at_the_edge_of_the_column_that_a_narrower_picture_stands_in() -> None:
    page = page_of(
        typeset(
            """
            The council met on a Monday and
            said nothing of the bridge that
            """,
            y=200,
        ),
        picture(280, 300, 270, 300),
        typeset("The new bridge in May", y=610, size=0.8),
        typeset(
            """
            everybody had come to hear of it
            said the mayor on the Tuesday.
            """,
            y=680,
        ),
    )
    assert kinds(assign_roles(page))["The"] == "caption"


def test_a_caption_at_the_edge_of_the_columns_in_whose_middle_a_picture_stands() -> None:
    def column(x: float, y: float) -> Region:
        text = """
        The council met on a Monday and
        said nothing of the bridge that
        """
        return typeset(text, x=x, y=y)

    page = page_of(
        *(column(x, 200) for x in (200, 700)),
        picture(280, 300, 774, 300),
        typeset("New bridge in May", y=610, size=0.8),
        *(column(x, 680) for x in (200, 700)),
    )
    assert kinds(assign_roles(page))["New"] == "caption"


def framed(*parts: Region) -> Page:
    children = tuple(replace(part, id=f"c{n}") for n, part in enumerate(parts))
    box = Region("", RegionKind.SIDEBAR, Box(180, 180, 700, 1600), children=children)
    return page_of(box, typeset("The bridge has fallen and stays there for the winter", x=900, y=200))


def bold_heading(text: str, y: float) -> Region:
    made = typeset(text, y=y, kind="crosshead")
    return replace(made, appearance=replace(made.appearance, weight=1.4))


def boxed_items(*headings: str) -> Page:
    text = """
        The council met on a Monday and
        said nothing of the bridge that
        everybody had come to hear of.
    """
    return framed(
        typeset(text, y=200),
        *(
            part
            for n, name in enumerate(headings)
            for part in (bold_heading(name, 360 + 240 * n), typeset(text, y=420 + 240 * n))
        ),
    )


def test_a_frame_around_several_headings_and_no_headline_holds_briefs() -> None:
    page = assign_roles(boxed_items("Rain again", "The ferry is late", "A new clerk", "No trams"))
    assert RegionKind.SIDEBAR not in {region.kind for region in page.regions}


def test_a_frame_around_a_text_with_one_crosshead_is_a_sidebar() -> None:
    page = assign_roles(boxed_items("Rain again"))
    assert RegionKind.SIDEBAR in {region.kind for region in page.regions}


def test_a_heading_below_a_rule_may_ask() -> None:
    page = page_of(
        typeset(
            """
            The council met on a Monday and
            said nothing of the bridge that
            """,
            y=200,
        ),
        rule(200, 320, 440),
        bold_heading("Who pays for the bridge?", 350),
        typeset(
            """
            Nobody, said the mayor on the day
            on which everybody had asked her.
            """,
            y=400,
        ),
    )
    assert kinds(assign_roles(page))["Who"] == "headline"


def test_large_type_between_paragraphs_is_a_headline() -> None:
    page = page_of(
        typeset(
            """
            The council met on a Monday and
            said nothing of the bridge that
            """,
            y=200,
        ),
        replace(bold_heading("Rain again", 330), lines=typeset("Rain again", x=280, y=330, size=2.4).lines),
        typeset(
            """
            Nobody, said the mayor on the day
            on which everybody had asked her.
            """,
            y=450,
        ),
    )
    assert kinds(assign_roles(page))["Rain"] == "headline"


def framed_article(size: float, *sizes: float) -> set[RegionKind]:
    """The kinds on a page with a frame around one headline of this size and its text, in an article under a
    headline of another."""
    text = """
        The council met on a Monday and
        said nothing of the bridge that
        everybody had come to hear of.
    """
    head = typeset("Rain again", y=200, size=size, kind="headline")
    page = framed(head, *(typeset(text, y=400 + 130 * n) for n in range(9)))
    others = (
        part
        for n, other in enumerate(sizes)
        for part in (
            typeset("The ferry is late", x=900, y=300 + 400 * n, size=other, kind="headline"),
            typeset(text, x=900, y=420 + 400 * n),
        )
    )
    page = page_of(*page.regions, *others)
    return {region.kind for region in assign_roles(page).regions}


def test_a_frame_around_an_article_as_large_as_others_is_no_sidebar() -> None:
    assert RegionKind.SIDEBAR not in framed_article(2.2, 2.2)


def test_a_frame_around_a_heading_smaller_than_the_headlines_is_a_sidebar() -> None:
    assert RegionKind.SIDEBAR in framed_article(2.2, 3.0)


def test_headings_of_briefs_do_not_count_for_that() -> None:
    assert RegionKind.SIDEBAR in framed_article(2.2, 3.0, 1.2)


@pytest.mark.parametrize("white", [10, 200])
def test_a_bold_heading_close_below_a_rule_is_a_headline_however_far_the_text_above(white: float) -> None:
    text = """
        Nobody, said the mayor on the day
        on which everybody had asked her
        who would pay for the bridge.
    """
    page = page_of(
        typeset(text, y=200),
        rule(200, 330 + white, 440),
        bold_heading("Harbour office opens\nits books", 350 + white),
        typeset(text, y=445 + white),
    )
    assert kinds(assign_roles(page))["Harbour"] == "headline"


def test_the_last_figure_of_a_column_is_no_folio():
    figures = [
        typeset(text, x=1100, y=3200 + 40 * n, kind=UNKNOWN) for n, text in enumerate(("86", "91", "12"))
    ]
    page = page_of(*head(("Coffee prices climb again", 400, 2.4)), *columns(), *columns(y=1900), *figures)
    assert RegionKind.PAGE_NUMBER not in {r.kind for r in assign_roles(split_paragraphs(page)).walk()}


def test_a_page_s_name_under_a_byline_stands_alone():
    page = page_of(
        *head(("Coffee prices climb again", 400, 2.4)),
        *columns(),
        typeset("By Ruth Tennant\nPage 12", x=200, y=1900),
    )
    assert "Page 12" in {r.text for r in split_paragraphs(page).walk()}
