"""Kinds told from the finished ones: verse, lead, the maker of a picture."""

from __future__ import annotations

from dataclasses import replace

from layout.document import Box, Direction, Region, RegionKind, TextLine, Word, union
from layout.reflow import ReflowSettings, prepare
from tests.reflow.typeset import page_of, picture, typeset

K = RegionKind
TEXT = """
  The council met on Monday and
spoke of nothing but the bridge,
which is old.
  Nobody could say who is going
to pay for a new one of stone.
"""
POEM = """
O sing of the river
That runs to the sea
And never remembers
The mill or the tree
"""


def kinds(*regions: Region, direction: Direction = Direction.LTR) -> dict[str, str]:
    page = prepare(page_of(*regions, direction=direction), ReflowSettings())
    return {region.text[:8]: region.kind.value for region in page.walk() if region.lines}


def verses(pause: float) -> Region:
    """Three lines of two half-verses in letters from the right, ``pause`` pixels between the halves."""
    lines = []
    for n in range(3):
        y, x, words = 400.0 + 40 * n, 900.0, []
        for k in range(6):
            words.append(Word(f"w{n}{k}", "كتاب", Box(x - 60, y, x, y + 28)))
            x -= 70 + (pause if k == 2 else 0)
        box = union(word.box for word in words)
        lines.append(
            TextLine(
                f"l{n}", box, tuple(words), ((box.x0, y + 21), (box.x1, y + 21)), direction=Direction.RTL
            )
        )
    return Region("", K.PARAGRAPH, union(line.box for line in lines), tuple(lines), direction=Direction.RTL)


def test_half_verses_with_a_pause():
    assert set(kinds(verses(90), direction=Direction.RTL).values()) == {"verse"}
    assert "verse" not in kinds(verses(10), direction=Direction.RTL).values()


def test_a_stanza_in_ragged_lines():
    assert kinds(typeset(TEXT), typeset(POEM, y=760))["O sing o"] == "verse"


def test_prose_is_no_verse():
    assert "verse" not in kinds(typeset(TEXT)).values()


def test_a_larger_first_paragraph_is_a_lead():
    head = typeset("Bridge too old", y=200, size=2.4, kind=K.HEADLINE)
    lead = typeset(
        "After forty years the town\nis to have a new bridge and\nnobody knows who will pay.", y=320, size=1.2
    )
    found = kinds(head, lead, typeset(TEXT, y=500))
    assert found["After fo"] == "lead", found
    plain = replace(lead, lines=typeset(TEXT, y=320).lines)
    assert "lead" not in kinds(head, plain, typeset(TEXT, y=600)).values()


def test_who_made_the_picture_beside_its_caption():
    image = picture(200, 300, 600, 400)
    caption = typeset("The new bridge at noon", y=710, size=0.85, kind=K.CAPTION)
    maker = typeset("Photo: Ann Thorne", y=750, size=0.85, kind=K.CAPTION)
    found = kinds(image, caption, maker, typeset(TEXT, y=850))
    assert found["The new "] == "caption"
    assert found["Photo: A"] == "photo-credit"
