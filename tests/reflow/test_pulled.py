"""Pull-quotes that geometry handed on in pieces, or in a box."""

from __future__ import annotations

from dataclasses import replace

from layout.document import Appearance, Metadata, Region, RegionKind, union
from layout.reflow import ReflowSettings, prepare, reflow
from tests.reflow.typeset import page_of, rule, typeset

K = RegionKind
TEXT = """
  The council met on Monday and
spoke of nothing but the bridge.
  The river has never asked us
for leave to rise said the old
ferryman and nobody answered.
  Nobody could say who is going
to pay for a new one of stone.
"""
QUOTE = ("The river has never", "asked us for leave", "to rise")


def quote(kinds: tuple[K, ...] = (K.HEADLINE, K.PARAGRAPH, K.HEADLINE)) -> list[Region]:
    return [
        typeset(text, y=900 + 64 * n, size=1.6, kind=kind)
        for n, (text, kind) in enumerate(zip(QUOTE, kinds, strict=True))
    ]


def found(*regions: Region) -> list[tuple[str, str]]:
    page = prepare(page_of(*regions), ReflowSettings())
    return [(r.kind.value, r.text.replace("\n", " ")) for r in page.regions if r.kind is K.PULL_QUOTE]


def test_lines_in_several_regions_are_one_quote():
    assert found(typeset(TEXT), *quote()) == [("pull-quote", " ".join(QUOTE))]


def test_a_quote_opens_no_article():
    page = page_of(typeset("A bridge too old", y=300, size=2.5, kind=K.HEADLINE), typeset(TEXT), *quote())
    issue = reflow("test", (page,), Metadata(language="en"), ReflowSettings())
    assert [item.title for item in issue.items] == ["A bridge too old"]


def test_a_rule_keeps_a_headline_below_apart():
    head = typeset("Wool dearer again", y=1130, size=1.6, kind=K.HEADLINE)
    assert found(typeset(TEXT), *quote(), rule(200, 1110, 450), head) == [("pull-quote", " ".join(QUOTE))]


def test_what_repeats_nothing_is_no_quote():
    other = TEXT.replace("The river has never asked us", "The harbour board was absent")
    assert found(typeset(other.replace("for leave to rise", "again that evening")), *quote()) == []


def boxed(size: float) -> Region:
    pieces = [replace(r, id=f"p0001_r09{n}") for n, r in enumerate(quote())]
    pieces = [
        replace(typeset(text, y=900 + 50 * n, size=size), id=f"p0001_r09{n}") for n, text in enumerate(QUOTE)
    ]
    box = union(piece.box for piece in pieces).grown(30)
    return Region("", K.ADVERTISEMENT, box, children=tuple(pieces), appearance=Appearance(framed=True))


def test_a_frame_around_repeated_large_type_is_the_quotes():
    assert found(typeset(TEXT), boxed(1.5)) == [("pull-quote", " ".join(QUOTE))]


def test_a_frame_around_small_type_stays_a_box():
    assert found(typeset(TEXT), boxed(1.0)) == []


def test_a_quote_taken_for_a_paragraph_is_one():
    whole = typeset("\n".join(QUOTE), y=900, size=1.3, kind=K.PARAGRAPH)
    assert found(typeset(TEXT), whole) == [("pull-quote", " ".join(QUOTE))]


def test_a_deck_that_says_what_the_text_says_is_no_quote():
    head = typeset("A bridge too old", y=240, size=3, kind=K.HEADLINE)
    deck = typeset("The river has never asked us for leave to rise said the old ferryman", y=330, size=1.3)
    assert found(head, replace(deck, kind=K.HEADLINE), typeset(TEXT, y=420)) == []


def test_type_of_sizes_far_apart_is_not_one_quote():
    """However well the two together repeat the text."""
    deck = "The river has never asked us for leave to rise said the old ferryman and"
    head = typeset("spoke of nothing but the bridge.", y=860, size=4.0, kind=K.HEADLINE)
    quotes = found(typeset(TEXT), head, typeset(deck, y=1030, size=1.2, kind=K.HEADLINE))
    assert not [text for _, text in quotes if "bridge" in text and "ferryman" in text]
