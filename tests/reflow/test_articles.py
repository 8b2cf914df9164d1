"""Drawn pages and the articles they hold; each is read in both directions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layout.document import Box, Direction
from tests.draw import articles, draw, mirrored


def check(picture: str, expected: str, texts: dict[str, str] | None = None, **kinds: str) -> None:
    page = draw(picture, Direction.LTR, texts, **kinds)
    assert articles(page) == expected
    assert articles(mirrored(page)) == expected


def test_columns_under_a_headline() -> None:
    check(
        """
        AAAAAAA
        bbb ddd
        ccc eee
        """,
        "Abcde",
        headline="A",
    )


def test_the_drawn_page_is_read_the_other_way_under_the_other_direction() -> None:
    page = draw(
        """
        AAAAAAA
        bbb ddd
        ccc eee
        """,
        Direction.RTL,
        headline="A",
    )
    assert articles(page) == "Adebc"


@pytest.mark.parametrize("between", ["-------", "       "])
def test_two_articles_above_each_other(between: str) -> None:
    check(
        f"""
        AAAAAAA
        bbb ccc
        {between}
        DDDDDDD
        eee fff
        """,
        "Abc Def",
        headline="AD",
    )


def test_what_lies_within_a_text_of_the_columns_width_is_no_column() -> None:
    """The rest of a line that hangs out stands clear of all others."""
    check(
        """
        AAAAAAAAAAAAAAAAAAAAAAAA
        bbbbbbbbbb    eeeeeeeeee
        bbbbbbbbbb    eeeeeeeeee
        bbbbbbbbbb    iiiiiiiiii
        ccccccccccc   iiiiiiiiii
                  d   iiiiiiiiii
        ffffffffff    gggggggggg
        """,
        "Abcdfeig",
        headline="A",
    )


def test_two_articles_side_by_side() -> None:
    check(
        """
        AAA CCC
        bbb ddd
        bbb ddd
        """,
        "Ab Cd",
        headline="AC",
    )


def test_a_short_headline_spans_the_columns_it_leaves_white() -> None:
    check(
        """
        AAA
        bbb ccc ddd

        EEE
        fff ggg
        """,
        "Abcd Efg",
        headline="AE",
    )


def test_a_centred_headline_spans_columns_on_both_sides() -> None:
    check(
        """
            AAAA
        bbb ccc ddd
        """,
        "Abcd",
        headline="A",
    )


def test_a_column_beside_the_headline_goes_on_with_its_article() -> None:
    check(
        """
        AAAAAAA ddd
        bbb ccc ddd
        bbb ccc ddd
        -----------
        EEEEEEE hhh
        fff ggg hhh
        """,
        "Abcd Efgh",
        headline="AE",
    )


def test_a_column_beside_the_headline_and_another_article_behind_a_rule() -> None:
    check(
        """
        AAAAAAA ddd|EEE
        bbb ccc ddd|fff
        bbb ccc ddd|fff
        """,
        "Abcd Ef",
        headline="AE",
    )


def test_white_space_behind_a_rule_is_not_the_headlines() -> None:
    check(
        """
        AA     |    EE
        bbb ccc|ddd fff
        bbb ccc|ddd fff
        """,
        "Abc Edf",
        headline="AE",
    )


def test_text_flows_from_the_foot_of_a_column_to_the_head_of_the_next() -> None:
    check(
        """
        AAA ccc ggg
        aaa ccc ggg
        aaa ddd ggg
        BBB EEE hhh
        bbb eee hhh
        bbb FFF III
        bbb fff iii
        """,
        "Aa Bbcd Ee Ffgh Ii",
        headline="ABEFI",
    )


def test_a_page_that_begins_with_the_end_of_an_article() -> None:
    check(
        """
        aaa CCC
        bbb ccc
        bbb ccc
        """,
        "ab Cc",
        headline="C",
    )


def test_the_end_of_an_article_over_a_rule() -> None:
    check(
        """
        aaa bbb
        aaa bbb
        -------
        CCC
        ccc ddd
        """,
        "ab Ccd",
        headline="C",
    )


def test_a_photo_between_headline_and_text() -> None:
    check(
        """
        AAAAAAA
        PPPPPPP
        PPPPPPP
        bbb ccc
        """,
        "AbcP",
        headline="A",
        image="P",
    )


@pytest.mark.parametrize("between", ["-------", "       "])
def test_a_photo_above_the_headline(between: str) -> None:
    check(
        f"""
        AAAAAAA
        bbb ccc
        {between}
        PPPPPPP
        PPPPPPP
        DDDDDDD
        eee fff
        """,
        "Abc DefP",
        headline="AD",
        image="P",
    )


def test_a_photo_at_the_foot_belongs_to_what_is_above() -> None:
    check(
        """
        AAAAAAA
        bbb ccc
        PPPPPPP
        PPPPPPP

        DDDDDDD
        eee fff
        """,
        "AbcP Def",
        headline="AD",
        image="P",
    )


def test_a_caption_stays_with_its_picture() -> None:
    check(
        """
        AAAAAAA
        PPP ddd
        PPP ddd
        ccc ddd
        bbb ddd
        """,
        "AbdPc",
        headline="A",
        image="P",
        caption="c",
    )


def test_a_pull_quote_in_a_column_does_not_cut_it() -> None:
    check(
        """
        AAAAAAA
        bbb ddd
        bbb ddd
        QQQ ddd
        ccc ddd
        """,
        "AbcdQ",
        headline="A",
        pull_quote="Q",
    )


def test_a_pull_quote_between_rules() -> None:
    check(
        """
        AAAAAAA
        bbb ddd
        --- ddd
        QQQ ddd
        --- ddd
        ccc ddd
        """,
        "AbcdQ",
        headline="A",
        pull_quote="Q",
    )


def test_a_pull_quote_across_the_gutter() -> None:
    check(
        """
        AAAAAAA
        bbb ddd
        bbb ddd
         QQQQQ
        ccc eee
        """,
        "AbcdeQ",
        headline="A",
        pull_quote="Q",
    )


def test_a_sidebar_is_its_articles_and_does_not_interrupt_it() -> None:
    check(
        """
        AAAAAAAAAAAAA
        bbb ccc   ddd
        bbb SSSSSSSSS
        bbb ShhhSiiiS
        bbb SjjjSiiiS
        bbb SSSSSSSSS
        """,
        "AbcdS hji",
        headline="A",
        sidebar="S",
    )


def test_an_advertisement_in_the_middle() -> None:
    check(
        """
        AAAAAAAAAAA
        bbb ZZZ ddd
        bbb ZZZ ddd
        bbb ccc ddd
        """,
        "Abcd Z",
        headline="A",
        advertisement="Z",
    )


def test_an_advertisement_at_the_foot() -> None:
    check(
        """
        AAA CCC
        bbb ddd
        ZZZZZZZ
        """,
        "Ab Cd Z",
        headline="AC",
        advertisement="Z",
    )


def test_kicker_deck_and_byline() -> None:
    check(
        """
        KKK
        AAAAAAAA
        dddddddddd
        yy
        ccc eee fff
        """,
        "KAdycef",
        headline="A",
        kicker="K",
        subheadline="d",
        byline="y",
    )


def test_a_byline_at_the_foot_is_the_last_of_its_text() -> None:
    check(
        """
        AAAAAAA DDD
        bbb ccc eee
        bbb ccc eee
             yy eee
        """,
        "Abcy De",
        headline="AD",
        byline="y",
    )


def test_a_headline_beside_its_text() -> None:
    check(
        """
        AAA bbb ccc
        AAA bbb ccc
            bbb ccc
        -----------
        DDD fff ggg
        DDD fff ggg
        """,
        "Abc Dfg",
        headline="AD",
    )


def test_a_column_of_briefs_comes_last() -> None:
    check(
        """
        BBB|AAAAAAA
        bbb|aaa fff
        CCC|aaa fff
        ccc|aaa fff
        DDD|aaa fff
        ddd|aaa fff
        """,
        "Aaf Bb Cc Dd",
        headline="ABCD",
    )


def test_no_headline_at_all() -> None:
    check(
        """
        aaa bbb ccc
        aaa bbb ccc
        """,
        "abc",
    )


def test_no_headline_and_a_rule_across() -> None:
    check(
        """
        aaa bbb ccc
        -----------
        ddd eee fff
        """,
        "abc def",
    )


def test_an_article_goes_on_past_another_ones_box() -> None:
    check(
        """
        AAAAAAA ddd
        bbb ccc ddd
        bbb ccc ddd
        -------|ddd
        EEEEEEE|ddd
        eee fff|ddd
        """,
        "Abcd Eef",
        headline="AE",
    )


def test_wording_tells_which_article_goes_on() -> None:
    """Without the rule the foot of the column would be followed; the sentences know better."""
    check(
        """
        AAAAAAA ddd
        bbb ccc ddd
        bbb ccc ddd
        ------- ddd
        EEEEEEE ddd
        eee fff ddd
        """,
        "Abcd Eef",
        texts={
            "c": "so it began/and the mayor of the",
            "f": "so that/was the end.",
            "d": "town said/no more",
        },
        headline="AE",
    )


def test_a_crosshead_does_not_end_an_article() -> None:
    check(
        """
        AAAAAAA
        bbb ddd
        xxx ddd
        ccc EEE
        ccc eee
        """,
        "Abxcd Ee",
        headline="AE",
        crosshead="x",
    )


def test_a_table_stands_beside_the_text() -> None:
    check(
        """
        AAAAAAA
        bbb TTT
        bbb TTT
        ccc ddd
        """,
        "AbcdT",
        headline="A",
        table="T",
    )


def test_an_upright_rule_keeps_columns_from_being_cut_into_rows() -> None:
    check(
        """
        AAA|BBBB
        aaa|ccccc ddddd
        aaa|ccccc ddddd
           |
        XXX|EEEE  GGGGG
        xxx|fffff hhhhh
        xxx|fffff hhhhh
        """,
        "Aa Xx Bcd Ef Gh",
        headline="ABEGX",
    )


def test_a_strip_of_teasers() -> None:
    check(
        """
        AAA BBB
        -------
        CCCCCCC
        ddd eee
        """,
        "A B Cde",
        headline="ABC",
    )


def test_a_lead_over_all_columns() -> None:
    check(
        """
        AAAAAAA
        LLLLLLL
        bbb ccc
        """,
        "ALbc",
        headline="A",
        lead="L",
    )


def test_a_wide_crosshead_parts_the_columns_into_rows() -> None:
    check(
        """
        AAAAAAA
        bbb ccc
        WWWWWWW
        ddd eee
        """,
        "AbcWde",
        headline="A",
        crosshead="W",
    )


def test_captions_and_credits_of_two_pictures() -> None:
    check(
        """
        AAAAAAA
        PPP QQQ
        PPP QQQ
        ppp qqq
        bbb ccc
        """,
        "AbcPpQq",
        headline="A",
        image="PQ",
        caption="pq",
    )


def test_a_continuation_line_at_the_foot_and_one_at_the_head() -> None:
    check(
        """
        AAA CCC
        bbb ddd
        bbb nnn
        """,
        "Ab Cdn",
        texts={"n": "Continued on page 7"},
        headline="AC",
        continuation="n",
    )
    check(
        """
        AAA mmm
        bbb CCC
        bbb ddd
        """,
        "Ab Cdm",
        texts={"m": "Continued from page 1"},
        headline="AC",
        continuation="m",
    )


def test_two_headlines_close_beside_each_other_stay_two() -> None:
    """Eight narrow columns of 1916: the space between two headlines is smaller than between words."""
    check(
        """
        AAAAAA CCCCCC
        AAAAAA CCCCCC
        bbbbbb dddddd
        bbbbbb dddddd
        """,
        "Ab Cd",
        headline="AC",
    )


def test_halves_of_a_headline_over_one_deck_are_one() -> None:
    check(
        """
        AAA BBB
        ddddddd
        eee fff
        eee fff
        """,
        "ABdef",
        headline="AB",
        subheadline="d",
    )


def test_a_byline_taken_for_a_headline_stays_with_the_headline_above_it() -> None:
    check(
        """
        AAAAAAA
        AAAAAAA
        BBBB
        eee fff
        eee fff
        """,
        "ABef",
        headline="AB",
    )


def test_a_rule_cuts_what_was_wrongly_put_across_it() -> None:
    """A headline in a dark bar that was grown together with the last line above the rule."""
    page = draw(
        """
        AAAAAAA
        bbb ccc
        bbb ccc
        -------
        DDDDDDD
        eee fff
        eee fff
        """,
        headline="AD",
    )
    grown = tuple(
        replace(r, box=Box(r.box.x0, r.box.y0 - 60, r.box.x1, r.box.y1)) if r.id == "D" else r
        for r in page.regions
    )
    assert articles(replace(page, regions=grown)) == "Abc Def"


def test_a_shadow_at_the_pages_edge_keeps_no_rows_together() -> None:
    check(
        """
        AAAAAAA P
        bbb ccc P
        ------- P
        DDDDDDD P
        eee fff P
        eee fff P
        eee fff P
        eee fff P
        """,
        "AbcP Def",
        headline="AD",
        image="P",
    )


def test_columns_that_were_not_told_apart_cut_no_rows() -> None:
    check(
        """
        AAAAAAA
        bbb ddd
        bbb ddd
        WWWWWWW
        ccc eee
        ccc eee
        """,
        "AbWcde",
        headline="A",
    )


def test_a_latin_article_on_a_persian_page_keeps_its_own_columns() -> None:
    page = draw(
        """
        AAAAAAA
        bbb ccc
        bbb ccc
        -------
        DDDDDDD
        eee fff
        eee fff
        """,
        Direction.RTL,
        headline="AD",
        texts=dict.fromkeys("bcef", "some text/of it/here"),
    )
    latin = tuple(
        replace(r, direction=Direction.LTR if r.id in "ef" else Direction.RTL) for r in page.regions
    )
    assert articles(replace(page, regions=latin)) == "Acb Def"


def test_a_byline_above_its_headline_opens_no_article() -> None:
    check(
        """
        yyyy
        AAAAAAA
        bbb ccc
        """,
        "Aybc",
        headline="A",
        byline="y",
    )


def test_a_crosshead_at_a_columns_head_taken_for_a_headline() -> None:
    check(
        """
        AAAA
        AAAA
        bbb ccc XXX
        bbb ccc ddd
        bbb ccc ddd
        """,
        "AbcXd",
        texts={"A": "Trade grows"},
        headline="AX",
    )


def test_a_rule_over_some_of_the_columns_parts_the_rows_of_those() -> None:
    """Headlines stand beside their text; the column of another article runs past both."""
    check(
        """
        AAA BBB ddd eee
        aaa     fff ggg
        aaa ----------- 
        aaa CCC hhh iii
        aaa     jjj kkk
        """.replace("- \n", "-\n"),
        "Aa Bdfeg Chjik",
        headline="ABC",
    )


def test_a_rule_that_ends_before_a_column_cuts_no_text_that_goes_on_in_it() -> None:
    """The column's next paragraph begins at the rule's height by chance, with no more white than usual."""
    page = draw(
        """
        HHHHH KKKKKKKKKKKKKKK
        aaaaa ccccccc ddddddd
        aaaaa ccccccc ddddddd
              ---------------
        bbbbb LLLLLLLLLLLLLLL
        bbbbb eeeeeee fffffff
        bbbbb eeeeeee fffffff
        """,
        Direction.LTR,
        {"a": "The mill/stood still.", "b": "of it/was lost.", "d": "The rain/fell and the"},
        headline="HKL",
    )
    upper = next(region for region in page.regions if region.id == "a")
    close = [
        replace(region, box=replace(region.box, y0=upper.box.y1 + 16)) if region.id == "b" else region
        for region in page.regions
    ]
    page = replace(page, regions=tuple(close))
    assert articles(page) == "Hab Kcd Lef"
    assert articles(mirrored(page)) == "Hab Kcd Lef"


def test_text_far_below_a_headline_is_that_of_the_one_closer_by() -> None:
    """A headline whose text is missing (a drawing taken for one) does not own the column to its foot."""
    check(
        """
        AAAAAA   HHHHHHHHHHHH
                 bbbbbb ccccc
                 bbbbbb ccccc
                 bbbbbb ccccc

                 DDDDDDDDDDDD
        eeeeee   ffffff ggggg
        eeeeee   ffffff ggggg
        """,
        "A Hbc Defg",
        headline="AHD",
    )


def test_headings_level_by_chance_cut_no_rows_through_a_text_that_goes_on() -> None:
    """The second column begins in the middle of the sentence that the first one ends in."""
    check(
        """
        AAA ddd
        bbb ddd

        CCC EEE
        fff ggg
        """,
        "Ab Cfd Eg",
        texts={
            "b": "so it began/and was the end.",
            "f": "The ferry is/late because of",
            "d": "the wind and/that was all.",
        },
        headline="ACE",
    )


def test_headings_level_where_texts_end_cut_rows() -> None:
    check(
        """
        AAA ddd
        bbb ddd

        CCC EEE
        fff ggg
        """,
        "Abd Cf Eg",
        texts={
            "b": "so it began/because of",
            "f": "The ferry is/late and that was all.",
            "d": "the wind and/that was all.",
        },
        headline="ACE",
    )


def test_a_line_from_another_page_parts_no_headlines_from_their_text() -> None:
    check(
        """
           AAAAA     DDDDD
        nnn
        bbb ccc eee|fff ggg
        bbb ccc eee|fff ggg
        """,
        "Abcen Dfg",
        headline="AD",
        continuation="n",
        texts={"n": "Continued from page 1"},
    )


UNDER = """
    AAAAAAA XXXXXXX
    bbb ccc XXXXXXX
    bbb ccc DDDDDDD
    bbb ccc fff ggg
    bbb ccc fff ggg
"""


def test_the_end_of_an_article_under_its_neighbours_headline() -> None:
    """Its first column ends the sentence that the column before it breaks off in."""
    check(
        UNDER,
        "Abcf Dg X",
        texts={"c": "the mayor/said that in", "f": "the end it/was well.", "g": "Rain is/due."},
        headline="AD",
        advertisement="X",
    )


def test_a_text_that_flows_on_in_the_next_column_is_the_headlines() -> None:
    check(
        UNDER,
        "Abc Dfg X",
        texts={"c": "the mayor/said that in", "f": "Rain is due/and so is", "g": "the snow/then."},
        headline="AD",
        advertisement="X",
    )


def test_an_article_in_one_column_runs_on_under_no_other_headline() -> None:
    check(
        """
        AAA XXXXXXX
        ccc DDDDDDD
        ccc fff ggg
        ccc fff ggg
        """,
        "Ac Dfg X",
        texts={"c": "the mayor/said that in", "f": "the end it/was well.", "g": "Rain is/due."},
        headline="AD",
        advertisement="X",
    )


def test_texts_against_the_usual_direction_run_on_under_no_other_headline() -> None:
    """Their next column is not the page's."""
    texts = {"c": "the mayor/said that in", "f": "the end it/was well.", "g": "Rain is/due."}
    page = draw(UNDER, Direction.LTR, texts, headline="AD", advertisement="X")
    way = {"c": Direction.RTL, "f": Direction.RTL}
    turned = tuple(
        replace(r, lines=tuple(replace(line, direction=way.get(r.id, Direction.LTR)) for line in r.lines))
        for r in page.regions
    )
    assert "f" not in articles(replace(page, regions=turned)).split()[0]
