"""Whether one text goes on in another, by what stands at the end of one and the head of the other.

No language model: a divided word, an unfinished sentence, a small letter, an indent. It breaks ties
between places that geometry allows, and decides whether a paragraph runs on over a column's end.
"""

from __future__ import annotations

from layout.document import Region
from layout.reflow.units import Piece, Unit
from layout.reflow.wording import begins_lower, ends_divided, ends_sentence


def continuity(before: Unit, after: Unit) -> float:
    """0..1: how well the second text reads on from the first; 0.5 knows nothing."""
    return reads_on(before.pieces[-1], after.pieces[0])


def reads_on(before: Piece, after: Piece) -> float:
    """0..1: how well one piece's text reads on from another's; 0.5 knows nothing."""
    return text_reads_on(before.region, after.region)


def text_reads_on(before: Region, after: Region) -> float:
    """0..1: how well one region's text reads on from another's; 0.5 knows nothing."""
    if not before.lines or not after.lines:
        return 0.5
    tail, head = before.lines[-1].text.strip(), after.lines[0].text.strip()
    if not tail or not head:
        return 0.5
    if ends_divided(tail):
        return 0.97 if begins_lower(head) or not head[0].isupper() else 0.8
    ended = ends_sentence(tail)
    if begins_lower(head):
        return 0.9 if not ended else 0.6
    return 0.3 if ended else 0.75
