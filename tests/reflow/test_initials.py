"""Large initials at the head of an article."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layout.document import Direction, RegionKind, union
from layout.reflow.paragraphs import split_paragraphs
from tests.reflow.typeset import CHAR, PITCH, page_of, texts, typeset

BESIDE = "{first} had rained for nine days\nwhen the ferry broke its rope,"
BELOW = """and nobody in the whole of the town
had thought of buying another.
  {again} was a pity, all agreed, for
the mill had paid for the old one.
"""


def opened(letter: str, first: str, again: str = "That", direction: Direction = Direction.LTR):
    """An article that an initial of two lines opens, a run of text beside it and one below."""
    text = typeset(BESIDE.format(first=first), x=200 + 4 * CHAR, y=400, direction=direction)
    below = typeset(BELOW.format(again=again), x=200, y=400 + 2 * PITCH, direction=direction)
    initial = typeset(letter, x=200, y=400, direction=direction, kind=RegionKind.HEADLINE)
    line, edge = initial.lines[0], union(part.box for part in (initial, below))
    start = edge.x0 if direction is Direction.LTR else edge.x1 - 3 * CHAR
    box = replace(text.box, x0=start, x1=start + 3 * CHAR)
    word = replace(line.words[0], box=box)
    initial = replace(initial, box=box, lines=(replace(line, box=box, words=(word,), baseline=()),))
    return page_of(initial, text, below, direction=direction)


@pytest.mark.parametrize("direction", [Direction.LTR, Direction.RTL])
def test_an_initial_belongs_to_the_paragraph_it_opens(direction):
    page = opened("W", "hat", direction=direction)
    found = split_paragraphs(page)
    assert [text.split(" / ")[0].split()[0] for text in texts(found)] == ["What", "That"]
    assert len(found.regions[0].lines) == 4
    assert found.regions[0].box.covers(page.regions[0].box, 0.99)


def test_an_initial_that_is_a_word_stays_one():
    assert texts(split_paragraphs(opened("I", "rain", again="The rain")))[0].startswith("I rain had")
    assert texts(split_paragraphs(opened("I", "t")))[0].startswith("It had")


def test_a_letter_that_nobody_read_leaves_the_text_as_it_is():
    page = opened("W", "hat")
    blank = replace(page.regions[0], lines=(replace(page.regions[0].lines[0], words=()),))
    found = split_paragraphs(replace(page, regions=(blank, *page.regions[1:])))
    assert texts(found)[0].startswith("hat had rained")
    assert len(found.regions[0].lines) == 4


def test_a_number_over_a_picture_is_no_initial():
    assert "7" in texts(split_paragraphs(opened("7", "hat")))
