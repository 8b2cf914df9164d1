"""Names of sections: a few words by themselves over the columns of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from layout.document import RegionKind
from layout.reflow.looks import Look, Scene

Vote = tuple[RegionKind, float, str]

DEPTH = 0.15  # share of the page's height that head matter may take; the foot's is half of it
_LEVEL = 0.5  # line pitches by which columns begin higher or lower than each other
_LIKE = 1.5  # times the size of the headlines that follow: a name so much larger is a headline itself
_FEW, _LARGE = 3, 1.5  # words of a section's name where it is so much larger than the text; else two


def section_name(
    scene: Scene, row: Sequence[int], rows: Sequence[Sequence[int]]
) -> Iterator[tuple[int, list[Vote]]]:
    """A section's name below the head's rule: a few words at the outer corner, a row to themselves where
    what follows stands in several columns. A headline has its neighbours' text beside it. In the middle it
    is one where a larger headline follows, or several of them side by side.
    """
    look = scene.looks[row[0]]
    below = _heads_below(scene, look, rows)
    if len(row) > 1 or len(below) < 2 or not look.is_text or look.lines > 1 or heads_text(scene, row[0]):
        return
    high = look.box.y1 < scene.area.y0 + DEPTH * scene.height
    few = look.words <= (_FEW if look.size > _LARGE else 2)
    small = few and look.box.width < 0.25 * scene.area.width and not any(char.isdigit() for char in look.text)
    if not (high and small and look.size > 1.1):
        return
    larger = max(other.size for other in below) > 1.2 * look.size
    heads = sum(other.is_text and other.lines <= 2 and other.size > look.size / _LIKE for other in below)
    if at_corner(scene, look):
        yield row[0], [(RegionKind.SECTION_LABEL, 3.0, "a few words by themselves in the corner")]
    elif (larger or heads > 1) and in_middle(scene, look):
        yield row[0], [(RegionKind.SECTION_LABEL, 3.0, "a few words by themselves over several headlines")]


def _heads_below(scene: Scene, look: Look, rows: Sequence[Sequence[int]]) -> list[Look]:
    """What follows below a look: the next row, and all that begins level with the first there, the heads of
    the columns mostly.
    """
    later = [n for n, other in enumerate(scene.looks) if other.box.y0 > look.box.y1]
    first = min((scene.looks[n].box.y0 for n in later), default=0.0)
    level = {n for n in later if scene.looks[n].box.y0 < first + _LEVEL * scene.body.pitch}
    row = next((row for row in rows if scene.looks[row[0]].box.y0 > look.box.y1), ())
    return [scene.looks[n] for n in sorted(level | set(row))]


def at_corner(scene: Scene, look: Look) -> bool:
    """Whether a look stands at one of the text's sides."""
    reach = 1.5 * scene.body.pitch
    return look.box.x0 - scene.area.x0 < reach or scene.area.x1 - look.box.x1 < reach


def in_middle(scene: Scene, look: Look) -> bool:
    """Whether a look stands in the middle of the page."""
    return abs(look.box.center[0] - scene.area.center[0]) < 0.1 * scene.area.width


def heads_text(scene: Scene, n: int) -> bool:
    """Whether a larger line follows closely below: then this is its kicker, not a running head."""
    below = scene.below[n]
    if below is None or scene.rule_below[n]:
        return False
    look, other = scene.looks[n], scene.looks[below]
    return (
        other.is_text
        and other.lines <= 3
        and other.size > 1.25 * look.size
        and scene.gap_below(n) < 1.0
        and other.box.overlap_x(look.box) > 0.7 * look.box.width
    )
