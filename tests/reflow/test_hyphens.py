from __future__ import annotations

from dataclasses import replace

import pytest

from layout.reflow.hyphens import join_words
from layout.reflow.passages import Joins, block_text
from tests.reflow.issues import blocks, issue_of
from tests.truth import needs_shared


def joined(text: str, language: str = "en", more: str = "") -> list[str]:
    parts = [("paragraph", text), *([("paragraph", more)] if more else [])]
    return [join.text for join in join_words(issue_of(parts, language=language)).joins]


def test_a_divided_word_is_joined_and_its_marks_stay():
    issue = join_words(issue_of([("paragraph", "to the mar-\nket, they said")]))
    (join,) = issue.joins
    assert (join.text, join.hyphen) == ("market,", "-")
    regions = issue.regions()
    assert [line.text for line in regions["p0001_r001"].lines] == ["to the mar-", "ket, they said"]
    assert block_text(blocks(issue)[0], regions, Joins.of(issue.joins)) == "to the market, they said"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the well-\nknown man", "en"),  # printed with its hyphen elsewhere
        ("in Baden-\nBaden again", "en"),  # goes on with a capital
        ("Ein-\nund Ausfuhr", "de"),  # a hyphen that stands for a word's end
        ("the years 1914-\n1918 were", "en"),  # no letters
        ("a self-\nmade man", "en"),
        ("then - \nand so on", "en"),  # a dash
        ("کتاب-\nهای خوب", "fa"),  # Arabic script does not divide words
    ],
)
def test_a_hyphen_that_belongs_to_the_word_stays(text, language):
    assert joined(text, language, more="a well-known man from Baden") == []


def test_the_issue_decides():
    assert joined("a co-\noperative shop", more="the cooperative shop is shut") == ["cooperative"]
    assert joined("a co-\noperative shop", more="the co-operative shop is shut") == []


@pytest.mark.parametrize("mark", ["=", "⸗", "¬", "\u00ad"])
def test_marks_that_divide_german_words(mark):
    assert joined(f"die Zei{mark}\ntung von", "de") == ["Zeitung"]


def test_long_s_does_not_matter():
    assert joined("das Waſſer-\nwerk iſt", "de", more="Wasser-werk Wasser-werk") == []


def test_over_columns_and_pages():
    issue = issue_of([("paragraph", "and went to the mar-")], [("paragraph", "ket on Monday.")])
    assert join_words(issue).joins == ()
    part = issue.items[0].parts[0]
    part = replace(part, blocks=(replace(part.blocks[0], continued=True),))
    item = replace(issue.items[0], parts=(part, issue.items[0].parts[1]))
    assert [join.text for join in join_words(replace(issue, items=(item,))).joins] == ["market"]


def test_display_text_outside_the_blocks_is_joined_too():
    issue = issue_of([("paragraph", "It rained.")], quotes=["the harbour mas-\nter said so"])
    assert [join.text for join in join_words(issue).joins] == ["master"]


def test_a_second_run_adds_nothing():
    issue = join_words(issue_of([("paragraph", "to the mar-\nket they go")]))
    assert join_words(issue) == issue


@needs_shared
def test_joins_of_the_reference_pages():
    """Every word the truth calls divided is joined, and no other."""
    from layout.document import Metadata
    from layout.reflow import ReflowSettings, reflow
    from tests.truth import load_truth, true_page, truth_files

    for path in [p for p in truth_files() if p.stem == "clean" and "-fa-" not in str(p)]:
        truth = load_truth(path)
        issue = reflow("x", [true_page(truth)], Metadata(language=truth["lang"]), ReflowSettings())
        want = sum(line["join"] == "" for b in truth["blocks"] for line in b["lines"][:-1])
        assert len(issue.joins) == want > 0
