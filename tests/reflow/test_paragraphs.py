from __future__ import annotations

from dataclasses import replace

import pytest

from layout.document import Box, Direction, RegionKind, union
from layout.reflow.measure import axes_of, measure_body
from layout.reflow.paragraphs import split_paragraphs
from layout.reflow.run_lines import view_lines, without_ragged_ends
from tests.draw import mirrored
from tests.reflow.typeset import CHAR, PITCH, page_of, rule, texts, typeset
from tests.truth import load_truth, needs_shared, true_page, truth_files, unread_page

INDENTED = """
      The council met on Monday and
    spoke of nothing but the bridge,
    which is old.
      Nobody could say who is going
    to pay for a new one of stone.
      It was late when they parted,
    and it rained.
"""


def starts(page) -> list[str]:
    return [text.split(" / ")[0].split()[0] for text in texts(page)]


def test_indents_and_short_last_lines():
    page = split_paragraphs(page_of(typeset(INDENTED)))
    assert starts(page) == ["The", "Nobody", "It"]
    assert [region.id for region in page.regions] == ["p0001_r001", "p0001_r002", "p0001_r003"]


def test_no_line_is_lost_and_order_is_kept():
    whole = page_of(typeset(INDENTED))
    page = split_paragraphs(whole)
    assert [line for region in page.regions for line in region.lines] == list(whole.regions[0].lines)


def test_right_to_left_reads_the_same():
    page = split_paragraphs(page_of(typeset(INDENTED, direction=Direction.RTL), direction=Direction.RTL))
    assert starts(page) == ["The", "Nobody", "It"]


@pytest.mark.parametrize("drift", [-6.0, -2.0, 2.0, 6.0])
def test_a_column_that_drifts(drift):
    """A scan turned by up to eight degrees moves each line's start by a few pixels; an indent is 28."""
    page = split_paragraphs(page_of(typeset(INDENTED, drift=drift)))
    assert starts(page) == ["The", "Nobody", "It"]


@pytest.mark.parametrize(
    ("mark", "found"), [("?", ["We", "And", "Nobody", "It"]), (".", ["We", "Nobody", "It"])]
)
def test_flush_questions_between_answers_that_are_set_in(mark: str, found: list[str]):
    """Without the mark the line goes on with the answer, however early the one before it ends."""
    page = split_paragraphs(
        page_of(
            typeset(f"""
                  We spoke of nothing but the old
                bridge and the ford below it, and
                had supper.
                And what was it that they said when
                they were asked of the mill{mark}
                  Nobody could say who is going
                to pay for a new one of stone.
                  It was late when they parted,
                and it rained.
            """)
        )
    )
    assert starts(page) == found


def test_a_flush_question_of_one_line_stands_before_an_answer_that_is_set_in():
    page = split_paragraphs(
        page_of(
            typeset("""
                  We spoke of nothing but the old
                bridge and the ford below it, and
                had supper.
                And what was it that they said then?
                  Nobody could say who is going
                to pay for a new one of stone.
                  It was late when they parted,
                and it rained.
            """)
        )
    )
    assert starts(page) == ["We", "And", "Nobody", "It"]


def test_a_bold_question_after_a_sentence_of_its_own_is_no_heading():
    """The answer is set in as a block, and fills its lines."""
    region = typeset("""
          It was never asked for by any of
          those who have to live beside it.
        They will have to cross the river
        in the boats again. Who is to pay
        for all of these?
          Nobody could say who is going to
          pay for a new one made of stone,
          or of wood.
    """)
    weights = [1.0, 1.0, 1.4, 1.4, 1.4, 1.0, 1.0, 1.0]
    lines = (replace(line, weight=w) for line, w in zip(region.lines, weights, strict=True))
    page = split_paragraphs(page_of(replace(region, lines=tuple(lines))))
    assert starts(page) == ["It", "They", "Nobody"]
    assert {region.kind for region in page.regions} == {RegionKind.PARAGRAPH}


def test_paragraphs_parted_by_white_alone():
    page = split_paragraphs(
        page_of(
            typeset("""
                The council met on Monday and
                spoke of nothing but a bridge.

                Nobody could say who is going
                to pay for a new one of stone.

                It was late when they parted,
                and it rained all night.
            """)
        )
    )
    assert starts(page) == ["The", "Nobody", "It"]


def test_hanging_indents():
    page = split_paragraphs(
        page_of(
            typeset("""
                Ashby, a harbour of old fame
                  and the seat of the council
                  for a long time.
                Calder, known for its iron
                  works and for little else.
                Dunmore, on the river, where
                  the fair is held, and the
                  market too.
            """)
        )
    )
    assert starts(page) == ["Ashby,", "Calder,", "Dunmore,"]


def test_full_last_line_is_told_by_the_indent():
    page = split_paragraphs(
        page_of(
            typeset("""
                  The council met on Monday and
                spoke of nothing but the bridge
                  Nobody could say who is going
                to pay for a new one of stone x
            """)
        )
    )
    assert starts(page) == ["The", "Nobody"]


def test_text_round_a_picture_is_no_new_paragraph():
    page = split_paragraphs(
        page_of(
            typeset("""
                  The council met on Monday and
                spoke of nothing but the bridge
                            which is old and of
                            wood, and of a ford
                            that no one can use
                            in winter, when the
                river is high and fast and the
                ice comes down from the hills.
            """)
        )
    )
    assert starts(page) == ["The"]


def test_a_divided_word_holds_lines_together():
    page = split_paragraphs(
        page_of(
            typeset("""
                  The council met on Monday and
                spoke of noth-
                ing but the bridge that spring
                and of the ford.
            """)
        )
    )
    assert starts(page) == ["The"]


def test_a_crosshead_stands_alone():
    page = split_paragraphs(
        page_of(
            typeset("""
                  The council met on Monday and
                spoke of nothing but the bridge,
                which is old.
                An old quarrel
                  Nobody could say who is going
                to pay for a new one of stone.
            """)
        )
    )
    assert texts(page)[1] == "An old quarrel"
    assert starts(page) == ["The", "An", "Nobody"]


def test_a_notice_at_the_foot_stands_alone():
    page = split_paragraphs(
        page_of(
            typeset("""
                  The council met on Monday and
                spoke of nothing but the bridge,
                which is old and which no horse
                Continued on page 7
            """)
        )
    )
    assert texts(page)[1] == "Continued on page 7"


@pytest.mark.parametrize("mark", ["■", "•", "▪", "ë"])
def test_bullets_open_paragraphs(mark):
    page = split_paragraphs(
        page_of(
            typeset(f"""
                  The council met on Monday and
                spoke of nothing but the bridge,
                which is old and has to go down.
                {mark} Who is going to pay for it all
                when nobody has a penny?
                  I am sure that somebody will
                be found.
            """)
        )
    )
    assert starts(page) == ["The", mark, "I"]


def test_boxes_are_as_wide_as_the_text_and_line_pitch_high():
    page = split_paragraphs(page_of(typeset(INDENTED, x=200, y=400)))
    first, second, _ = page.regions
    assert first.box.x0 == 200
    assert first.box.x1 == max(line.box.x1 for line in first.lines)
    assert first.box.y0 == pytest.approx(400, abs=0.1 * PITCH)
    assert first.box.y1 == pytest.approx(second.box.y0, abs=0.1 * PITCH)


def test_a_one_line_piece_is_as_wide_as_its_line():
    page = split_paragraphs(page_of(typeset(INDENTED + "      The end.\n")))
    last = page.regions[-1]
    assert last.box.width == 8 * CHAR


def test_what_came_from_another_system_stays_whole():
    page = page_of(replace(typeset(INDENTED), origin="import"))
    assert split_paragraphs(page) == page


def test_single_lines_display_and_empty_pages_pass():
    page = page_of(typeset("One line."), typeset("A headline", y=900, kind=RegionKind.HEADLINE, size=2))
    assert len(split_paragraphs(page).regions) == 2
    assert split_paragraphs(page_of()).regions == ()


def test_new_numbers_come_after_the_highest():
    page = page_of(typeset(INDENTED), typeset(INDENTED, x=900))
    found = [region.id for region in split_paragraphs(page).regions]
    assert found[0] == "p0001_r001" and found[3] == "p0001_r002"
    assert len(set(found)) == 6


def test_children_of_a_box_are_parted_too():
    inner = replace(typeset(INDENTED), id="p0001_r009")
    box = replace(
        typeset(INDENTED), kind=RegionKind.SIDEBAR, lines=(), children=(inner,), box=Box(0, 0, 9, 9)
    )
    page = split_paragraphs(page_of(box))
    assert len(page.regions[0].children) == 3


@needs_shared
@pytest.mark.parametrize("path", truth_files()[::3], ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_paragraphs_of_the_reference_pages(path):
    """Perfect lines give the true paragraphs: at most one in thirty differs."""
    truth = load_truth(path)
    body = {RegionKind.PARAGRAPH, RegionKind.QUESTION, RegionKind.ANSWER}
    want = {r.lines[0].id for r in true_page(truth).walk() if r.kind in body and r.lines}
    found = {r.lines[0].id for r in split_paragraphs(unread_page(truth)).walk() if r.kind in body}
    assert len(want ^ found) <= len(want) / 30


@needs_shared
def test_mirrored_pages_are_parted_alike():
    truth = load_truth(truth_files()[0])
    page = unread_page(truth)
    there = [[line.id for line in r.lines] for r in split_paragraphs(page).walk()]
    back = [[line.id for line in r.lines] for r in split_paragraphs(mirrored(page)).walk()]
    assert there == back


def test_a_heading_of_two_lines_in_a_run_is_one_piece():
    head = typeset("Council to count its\ntrees", y=400, size=1.25)
    text = typeset(
        "Every tree on public ground in\nPort Ellery is to be counted,\nmeasured and numbered.", y=500
    )
    whole = replace(text, lines=head.lines + text.lines)
    assert "Council to count its / trees" in texts(split_paragraphs(page_of(whole, typeset(INDENTED, x=900))))


def test_the_first_paragraph_under_a_name_is_flush():
    text = """
        From our Court Reporter
        A baker may whistle at four in
        the morning, the court held on
        Thursday, if he keeps to tunes.
          The neighbours had sought to
        silence him altogether.
    """
    assert starts(split_paragraphs(page_of(typeset(text)))) == ["From", "A", "The"]


def test_a_rule_between_lines_parts_them():
    page = page_of(typeset(INDENTED), rule(200, 519, 420))
    assert "spoke" not in starts(split_paragraphs(page))
    cut = split_paragraphs(
        page_of(typeset("It rained.\nApples are dear", kind=RegionKind.PULL_QUOTE), rule(200, 439, 200))
    )
    assert texts(cut) == ["It rained.", "Apples are dear"]


def test_a_line_in_the_middle_of_the_column_is_a_heading():
    text = """
           A new mill
  Alpha alpha alpha on a Monday,
and then nothing for a week but
rain, hail and talk of the ford.
  Beta was never seen again by a
soul, they say, save the keeper
of the light.
  Nothing more was ever heard of
either, and the ford is no more.
"""
    assert texts(split_paragraphs(page_of(typeset(text))))[0] == "A new mill"


RAGGED = """
      The council met on Monday and
    considered nothing but the
    bridge, which everybody called
    dangerous and older than
    anybody present could remember
    crossing it. Several
    grandmothers were mentioned.
      Nobody could say whether the
    government would pay for
    another one of stone and not
    of timber, as the mayor said,
    whose brother owns forests.
      It was late when they were
    finished, and it rained.
"""


@pytest.mark.parametrize("direction", [Direction.LTR, Direction.RTL])
def test_lines_that_are_not_justified_end_no_paragraphs(direction):
    """They end where the next word has no room, a word's width early or not."""
    page = page_of(typeset(RAGGED, direction=direction), direction=direction)
    assert starts(split_paragraphs(page)) == ["The", "Nobody", "It"]
    region, body = page.regions[0], measure_body(page)
    run = view_lines(region, axes_of(page, region), body)
    assert sum(line.gap > 0.5 for line in run[:-1]) == 6
    assert not any(line.gap > 0.5 for line in without_ragged_ends({"run": run})["run"][:-1])


BELOW_A_DECK = """
  Alpha alpha alpha on a Monday,
and then nothing for a week but
rain, hail and talk of the ford.
  Beta was never seen again by a
soul, they say, save the keeper
of the light, and no more.
"""


def test_a_deck_set_in_the_middle_is_one_piece():
    deck = "\nNobody in the town can say what\n      became of the ferry"
    found = split_paragraphs(page_of(typeset(deck + BELOW_A_DECK)))
    assert texts(found)[0] == "Nobody in the town can say what / became of the ferry"
    assert found.regions[0].kind is RegionKind.HEADLINE
    assert starts(found) == ["Nobody", "Alpha", "Beta"]


def test_a_name_in_the_middle_below_a_heading_that_had_room_for_it_is_none_of_it():
    head = "\n      Nobody in the town\n           Ada Quill"
    found = split_paragraphs(page_of(typeset(head + BELOW_A_DECK)))
    assert texts(found)[:2] == ["Nobody in the town", "Ada Quill"]


FLUSH = """
    The council met on Monday and
    it rained.
    Nobody could say who is going
    to pay.
    It was late when they parted,
    and wet.
    The ferry was out once again,
    alas.
"""


def test_what_comes_after_white_is_set_flush():
    """On a page of indented paragraphs, as the first paragraph under a heading is."""
    upper = typeset(INDENTED, x=200, y=200)
    lower = typeset("Of the mill there was no word\nfrom anybody who was there.", x=200, y=upper.box.y1 + 24)
    run = replace(upper, lines=upper.lines + lower.lines, box=union((upper.box, lower.box)))
    assert starts(split_paragraphs(page_of(run))) == ["The", "Nobody", "It", "Of"]


def test_an_article_set_flush_beside_indented_ones():
    indented = [typeset(INDENTED, x=200 + 700 * n, y=200) for n in range(2)]
    page = split_paragraphs(page_of(*indented, typeset(FLUSH, x=1600)))
    assert starts(page)[-4:] == ["The", "Nobody", "It", "The"]


def test_a_word_with_a_colon_says_whose_turn_it_is():
    """Questions flush and answers set in, each filling its last line."""
    talk = """
        Question: what is it all for?
          Answer: nobody knows of any
        use that it could be put to.
        Question: and why was it made?
          Answer: that was long before
        my time, as you can well see.
        Question: who has paid for it?
          Answer: it was not me at all.
    """
    found = starts(split_paragraphs(page_of(typeset(talk))))
    assert found == ["Question:", "Answer:"] * 3


def test_a_verb_of_saying_with_a_colon_begins_no_paragraph():
    text = """
          The minister came and he then
        said: the bridge is old, and he
        said: it will have to come down
        said: nobody of those who heard.
    """
    assert starts(split_paragraphs(page_of(typeset(text)))) == ["The"]


def test_items_of_a_list_are_told_by_their_numbers():
    """Names of jurors, none of them as long as its column: no item ends clearly short of the others."""
    page = split_paragraphs(
        page_of(
            typeset("""
                  These were chosen by lot for the
                court that met in June:
                1) Dering, of the upper mill in
                2) Reif, who farms at the bridge,
                3) Ott, the smith from the gate,
                4) Hess, a doctor for horses,
                They chose the last of them.
            """)
        )
    )
    assert starts(page)[:5] == ["These", "1)", "2)", "3)", "4)"]


def test_two_numbers_are_no_list():
    page = split_paragraphs(
        page_of(
            typeset("""
                  The ship had sailed on June
                1. and came to the harbour by
                2. of July, when the wind had
                turned at last.
            """)
        )
    )
    assert starts(page) == ["The"]


FILLED = """
Council counts every last tree
  Every tree on public ground in
the town is to be counted, also
those that fell in the storm in
the autumn, as far as found.
  The mayor wants a number before
the end of the year.
"""


def weighed(heavy: float):
    """A run whose first line is so much heavier than the others, each of which differs a little."""
    region = typeset(FILLED)
    weights = [heavy, 1.0, 1.01, 0.99, 1.0, 1.01, 1.0]
    lines = (replace(line, weight=w) for line, w in zip(region.lines, weights, strict=True))
    return split_paragraphs(page_of(replace(region, lines=tuple(lines))))


def test_a_heading_that_fills_its_column_is_told_by_its_weight():
    found = weighed(1.3)
    assert texts(found)[0] == "Council counts every last tree"
    assert found.regions[0].kind is RegionKind.CROSSHEAD


def test_a_line_hardly_heavier_than_the_others_is_text():
    assert [region.kind for region in weighed(1.02).regions] == [RegionKind.PARAGRAPH] * 3


ASKED = """
    yellow leaves by the old wall,
    and it rained.
    Were you never afraid that the
    wall may fall?
      Those who said so have not
    seen it, or not for a long time
    after the storm of last year.
"""


@pytest.mark.parametrize("direction", list(Direction)[:2])
def test_the_last_word_of_a_bold_question_is_its_own_whatever_its_weight(direction: Direction):
    region = typeset(ASKED, direction=direction)
    weights = [1.0, 1.0, 1.3, 1.02, 1.0, 1.0, 1.0]
    lines = (replace(line, weight=w) for line, w in zip(region.lines, weights, strict=True))
    found = split_paragraphs(page_of(replace(region, lines=tuple(lines)), direction=direction))
    assert texts(found)[1] == "Were you never afraid that the / wall may fall?"


NAMED = """
    Joan Ridley: Will there be a
    bridge of stone?
    The Harbour Post: Nobody knows
    as yet what the stone may cost.
    Joan Ridley: And when will you
    know it, in your opinion?
    The Harbour Post: In a year or
    two, as far as anybody can say.
    Joan Ridley: That is long.
    The Harbour Post: It is, I say,
    no longer than it has to be.
"""


def test_a_name_of_several_words_with_a_colon_says_whose_turn_it_is():
    found = texts(split_paragraphs(page_of(typeset(NAMED))))
    assert [text.split(":")[0] for text in found] == ["Joan Ridley", "The Harbour Post"] * 3


def test_a_phrase_with_a_colon_that_also_stands_within_lines_begins_no_paragraph():
    picture = NAMED.replace("Joan Ridley:", "It was close:").replace("The Harbour Post:", "They all said")
    within = "    and so on. It was close: in all\n    there were so many. It was close: one\n"
    found = texts(split_paragraphs(page_of(typeset(picture + within))))
    assert not any(text.startswith("It was close: And") for text in found)


def test_a_phrase_with_a_colon_is_no_name_where_nobody_answers():
    """It opens three lines after the ends of sentences, and stands nowhere else."""
    found = texts(split_paragraphs(page_of(typeset(NAMED.replace("The Harbour Post:", "They all said")))))
    assert not any(text.startswith("Joan Ridley: And") for text in found)
