from __future__ import annotations

import random

import pytest

from layout.document import RegionKind
from layout.reflow.hyphens import join_words
from layout.reflow.passages import Joins, block_text
from layout.reflow.quotes import link_quotes
from tests.reflow.issues import blocks, issue_of
from tests.truth import needs_shared

TEXT = """
      The river has risen for three days.
    Nobody in the village was asked about the
    dam, and nobody will be asked. So it goes
    on the coast too.
"""


def passage(issue) -> str | None:
    """What the first pull-quote was linked to, ranges in a row joined with a space."""
    regions, by_id = issue.regions(), {b.id: b for i in issue.items for p in i.parts for b in p.blocks}
    targets = issue.items[0].parts[0].floats[0].targets
    texts = [block_text(by_id[t.block], regions, Joins.of(issue.joins))[t.start : t.end] for t in targets]
    return " ".join(texts) or None


def linked(quote: str, *parts: list[tuple[str, str]]) -> str | None:
    article = parts or ([("paragraph", "Rain again.\nAnd wind."), ("paragraph", TEXT)],)
    return passage(link_quotes(join_words(issue_of(*article, quotes=[quote]))))


def test_word_for_word():
    quote = "“Nobody in the village\nwas asked about the dam”"
    assert linked(quote) == "Nobody in the village was asked about the dam"


def test_words_left_out():
    assert linked("Nobody was asked about the dam\nand nobody will be…") == (
        "Nobody in the village was asked about the dam, and nobody will be"
    )


def test_misread_letters():
    assert linked("Nobodv in tne village was\nasked ahout the darn") == (
        "Nobody in the village was asked about the dam"
    )


def test_what_is_repeated_nowhere_has_no_target():
    issue = link_quotes(issue_of([("paragraph", TEXT)], quotes=["A museum full of old ships opens"]))
    found = issue.items[0].parts[0].floats[0]
    assert found.targets == ()
    assert "not found" in found.reason


def test_over_two_paragraphs():
    one = ("paragraph", "It was a long day. The ford is closed to all")
    two = ("paragraph", "carts and horses until spring, they say. Amen.")
    assert linked("The ford is closed to all carts and horses until spring", [one, two]) == (
        "The ford is closed to all carts and horses until spring"
    )


def test_a_divided_word_is_whole_in_the_range():
    text = "We go to the mar-\nket every week and then home again."
    assert linked("to the market every week", [("paragraph", text)]) == "to the market every week"


def test_on_the_articles_other_page():
    assert (
        linked("nobody will be asked about it", [("paragraph", "Short.")], [("paragraph", TEXT)]) is not None
    )


def test_persian_variants_of_letters():
    text = "او گفت که این کتاب‌های قدیمی را باید دوباره خواند و از آن‌ها آموخت."
    assert linked("اين كتابهای قديمی را بايد دوباره خواند", [("paragraph", text)]) == (
        "این کتاب‌های قدیمی را باید دوباره خواند"
    )


def test_targets_that_are_there_are_kept():
    issue = link_quotes(issue_of([("paragraph", TEXT)], quotes=["nobody will be asked. So"]))
    assert link_quotes(issue) == issue


@needs_shared
@pytest.mark.parametrize("rate", [0.0, 0.08])
def test_links_of_the_reference_pages(rate):
    """Every pull-quote found is linked to the block it repeats, also with one letter in twelve misread."""
    from dataclasses import replace

    from layout.document import Metadata
    from layout.reflow import ReflowSettings, reflow
    from tests.truth import block_of, load_truth, true_page, truth_files

    chance = random.Random(3)
    right = wrong = 0
    for path in [p for p in truth_files() if p.stem == "clean"][4:8]:
        truth = load_truth(path)
        page = true_page(truth)
        block = {line.id: block_of(truth, page)[r.id] for r in page.walk() for line in r.lines}
        issue = reflow(
            "x", [replace(page, regions=_spoilt(page.regions, rate, chance))], Metadata(), ReflowSettings()
        )
        regions = issue.regions()
        text = {b.id: b.regions for i in issue.items for p in i.parts for b in p.blocks}
        said = {b["id"]: b["repeats"] for b in truth["blocks"] if b["type"] == "pull-quote"}
        for item in issue.items:
            for found in (f for p in item.parts for f in p.floats if f.kind is RegionKind.PULL_QUOTE):
                want = said[block[regions[found.regions[0]].lines[0].id]]["block"]
                got = {
                    block[line.id] for t in found.targets for r in text[t.block] for line in regions[r].lines
                }
                right, wrong = right + (want in got), wrong + (want not in got)
    assert right >= 4
    assert wrong == 0


def _spoilt(regions, rate, chance):
    from dataclasses import replace

    def word(w):
        return replace(w, text="".join("x" if chance.random() < rate else c for c in w.text))

    return tuple(
        replace(
            r,
            lines=tuple(replace(line, words=tuple(map(word, line.words))) for line in r.lines),
            children=_spoilt(r.children, rate, chance),
        )
        for r in regions
    )


def test_ranges_lie_in_their_block():
    issue = link_quotes(issue_of([("paragraph", TEXT)], quotes=["The river has risen for three days."]))
    target = issue.items[0].parts[0].floats[0].targets[0]
    text = block_text(blocks(issue)[0], issue.regions(), Joins.of(()))
    assert 0 <= target.start < target.end <= len(text)
