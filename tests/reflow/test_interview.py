from __future__ import annotations

from layout.document import RegionKind
from layout.reflow.interview import find_questions, number_turns, without_mark
from layout.reflow.looks import look_at
from layout.reflow.measure import measure_body
from layout.reflow.paragraphs import split_paragraphs
from layout.reflow.roles import assign_roles
from tests.reflow.issues import blocks, issue_of
from tests.reflow.typeset import page_of, typeset

TALK = [
    ("headline", "A talk"),
    ("paragraph", "He came late and sat down."),
    ("question", "Why did you come at all?"),
    ("paragraph", "Because I was asked."),
    ("paragraph", "And because I had time."),
    ("question", "Will you come again?"),
    ("paragraph", "That depends."),
]


def turns(issue) -> list[tuple[str, int | None]]:
    return [(block.kind.value, block.turn) for block in blocks(issue)]


def test_what_follows_a_question_answers_it():
    assert turns(number_turns(issue_of(TALK))) == [
        ("headline", None),
        ("paragraph", None),
        ("question", 1),
        ("answer", 1),
        ("answer", 1),
        ("question", 2),
        ("answer", 2),
    ]


def test_regions_follow_their_blocks():
    issue = number_turns(issue_of(TALK))
    assert [region.kind.value for region in issue.pages[0].regions] == [b.kind.value for b in blocks(issue)]
    assert issue.items[0].genre == "interview"


def test_turns_go_on_over_the_page():
    issue = number_turns(issue_of(TALK, [("paragraph", "As I said."), ("question", "When?")]))
    assert turns(issue)[-2:] == [("answer", 2), ("question", 3)]


def test_two_questions_in_a_row_are_one_turn():
    issue = number_turns(issue_of([*TALK[:3], ("question", "Or who sent you?"), *TALK[3:]]))
    assert turns(issue)[2:5] == [("question", 1), ("question", 1), ("answer", 1)]


def test_crossheads_are_no_turns():
    issue = number_turns(issue_of([*TALK[:5], ("crosshead", "Later"), *TALK[5:]]))
    assert ("crosshead", None) in turns(issue)


def test_one_question_makes_no_interview():
    issue = number_turns(issue_of([("question", "Who pays?"), ("answer", "Nobody knows.")]))
    assert turns(issue) == [("paragraph", None), ("paragraph", None)]
    assert issue.items[0].genre is None


def test_two_questions_in_a_long_article_make_no_interview():
    """Few paragraphs of an author's text end with a question mark, and the last may."""
    prose = [("paragraph", f"The rain fell on the town for {n} days.") for n in range(8)]
    long = issue_of([*TALK[:4], *prose, *TALK[5:]])
    assert ("question", 1) not in turns(number_turns(long)) and number_turns(long).items[0].genre is None
    assert number_turns(issue_of(TALK[:6])).items[0].genre is None


def test_speakers_named_with_a_colon():
    issue = number_turns(
        issue_of(
            [
                ("paragraph", "Reporter: Why did you come?"),
                ("paragraph", "Anne Sharma: I was asked."),
                ("paragraph", "And I had time."),
                ("paragraph", "Reporter: Will you come again?"),
                ("paragraph", "Anne Sharma: That depends."),
            ]
        )
    )
    assert [(b.kind.value, b.turn, b.speaker) for b in blocks(issue)] == [
        ("question", 1, "Reporter"),
        ("answer", 1, "Anne Sharma"),
        ("answer", 1, "Anne Sharma"),
        ("question", 2, "Reporter"),
        ("answer", 2, "Anne Sharma"),
    ]


def test_a_colon_alone_names_nobody():
    issue = number_turns(issue_of([("paragraph", "One thing: it rained."), ("paragraph", "We left.")]))
    assert [b.speaker for b in blocks(issue)] == [None, None]


COLUMN = """
      He came late and sat down at
    once.
    ■ Why did you come at all?
      Because I was asked, and as I
    had nothing to do.
    ■ And will you come again some
    day?
      That depends on the weather as
    far as I can see.
    ■ What of the bridge?
      Nothing.
"""


def test_questions_are_found_on_the_page_and_lose_their_bullets():
    page = assign_roles(split_paragraphs(page_of(typeset(COLUMN))))
    asked = [r for r in page.regions if r.kind is RegionKind.QUESTION]
    assert [r.lines[0].words[0].text for r in asked] == ["Why", "And", "What"]
    assert all("bullet" in r.reason for r in asked)
    assert [len(r.lines) for r in asked] == [1, 2, 1]
    assert asked[0].lines[0].box.x0 == asked[0].lines[0].words[0].box.x0


def test_an_author_may_ask_without_being_an_interviewer():
    text = (
        COLUMN.replace("■", " ")
        .replace("again some\n    day?", "again some\n    day.")
        .replace("ridge?", "ridge.")
    )
    page = assign_roles(split_paragraphs(page_of(typeset(text))))
    assert RegionKind.QUESTION not in {r.kind for r in page.regions}


def test_a_bullet_grown_together_with_its_word():
    region = without_mark(typeset("■Why did you come?"))
    assert region.lines[0].text == "Why did you come?"


def test_a_line_that_is_only_a_bullet_stays():
    region = typeset("■")
    assert without_mark(region) == region


def _asking(*crossheads: str) -> list[RegionKind]:
    """Kinds found on a page of paragraphs with bold short lines between them."""
    regions = []
    for n, words in enumerate(crossheads):
        y = 200 + n * 320
        regions.append(typeset(words, x=200, y=y, kind=RegionKind.CROSSHEAD))
        regions.append(
            typeset("  He came late and sat down at\nonce, as he had been asked.", x=200, y=y + 60)
        )
    return [region.kind for region in assign_roles(split_paragraphs(page_of(*regions))).regions]


def test_short_questions_without_bullets_are_an_interview_where_nothing_else_stands_between():
    assert RegionKind.QUESTION in _asking("What of old Cairo?", "And what the price?", "Who will pay it?")


def test_crossheads_of_which_some_ask_are_no_interview():
    assert RegionKind.QUESTION not in _asking(
        "What of old Cairo?", "The figures", "Who will pay it?", "A bridge", "And what the price?"
    )


def test_headings_of_briefs_that_ask_are_no_questions_of_an_interview():
    """Set like the headings between them that do not ask, at least as many."""
    heads = ["Who pays for the harbour?", "Rain spoils the fair", "Who comes to the fair?", "Quiet days here"]
    regions = []
    for n, text in enumerate([*heads, "Who knows the new bridge?", "Late trains again"]):
        y = 400.0 + 400 * n
        regions.append(typeset(text, y=y, kind="headline", size=1.2))
        regions.append(typeset("This is the text of a brief.\n" * 4, y=y + 80))
    page = page_of(*regions)
    scene = look_at(page, page.regions, measure_body(page), None)
    assert find_questions(scene, [look.guess for look in scene.looks]) == {}
