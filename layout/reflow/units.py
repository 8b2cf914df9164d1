"""The page's regions as units of composition, in the reading frame.

A unit is what moves as one when a page is made up: a headline with its kicker, deck and byline; a
picture with its caption; a paragraph; a box; an advertisement. Everything from here to the finished
order works on units, and in the reading frame: lines begin at small x, the column read first stands
at small x.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto

from layout.document import RUNNING_MATTER, RUNNING_TEXT, Box, Region, RegionKind, union
from layout.reflow.frame import Frame


class Role(Enum):
    """What a unit does on the page."""

    HEAD = auto()  # opens an article
    BODY = auto()  # is read on from unit to unit
    FIGURE = auto()  # picture or table with what belongs to it
    QUOTE = auto()  # stands in the text's way, is not read on
    BOX = auto()  # a sidebar
    ADVERT = auto()
    NOTICE = auto()  # continued on, continued from
    LOOSE = auto()  # text of unknown kind
    RULE = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A region and its box in the reading frame.

    ``indent`` is how much later its first line begins than its second, ``slack`` how much earlier its last
    line ends than its longest one, in pixels; None where there are not lines enough to tell.
    """

    region: Region
    box: Box
    indent: float | None = None
    slack: float | None = None

    @property
    def kind(self) -> RegionKind:
        return self.region.kind


@dataclass(frozen=True, slots=True)
class Unit:
    """Pieces that move as one, in reading order; ``span`` is the width it speaks for.

    For a headline the span reaches over the columns below it, for everything else it is the box.
    """

    role: Role
    pieces: tuple[Piece, ...]
    box: Box
    span: Box

    @classmethod
    def of(cls, role: Role, pieces: Iterable[Piece]) -> Unit:
        items = tuple(pieces)
        box = union(piece.box for piece in items)
        return cls(role, items, box, box)

    @property
    def id(self) -> str:
        return self.pieces[0].region.id

    @property
    def kind(self) -> RegionKind:
        return self.pieces[0].region.kind


_ROLES = {
    **dict.fromkeys(RUNNING_TEXT, Role.BODY),
    RegionKind.CROSSHEAD: Role.BODY,
    RegionKind.IMAGE: Role.FIGURE,
    RegionKind.CAPTION: Role.FIGURE,
    RegionKind.PHOTO_CREDIT: Role.FIGURE,
    RegionKind.TABLE: Role.FIGURE,
    RegionKind.PULL_QUOTE: Role.QUOTE,
    RegionKind.SIDEBAR: Role.BOX,
    RegionKind.ADVERTISEMENT: Role.ADVERT,
    RegionKind.DEATH_NOTICE: Role.ADVERT,
    RegionKind.CONTINUATION: Role.NOTICE,
    RegionKind.KICKER: Role.HEAD,
    RegionKind.HEADLINE: Role.HEAD,
    RegionKind.SUBHEADLINE: Role.HEAD,
    RegionKind.BYLINE: Role.HEAD,
    RegionKind.DATELINE: Role.HEAD,
    RegionKind.SEPARATOR: Role.RULE,
    RegionKind.TABLE_CELL: Role.LOOSE,
    RegionKind.UNKNOWN: Role.LOOSE,
}


def to_pieces(regions: Iterable[Region], frame: Frame) -> list[Piece]:
    """The regions that take part in articles, mapped into the reading frame, top to bottom."""
    pieces = [
        Piece(region, frame.box(_inked(region)), *_ends(region, frame))
        for region in regions
        if region.kind not in RUNNING_MATTER and region.kind is not RegionKind.NOISE
    ]
    return sorted(pieces, key=lambda piece: (piece.box.y0, piece.box.x0, piece.region.id))


def _inked(region: Region) -> Region:
    """Display with the box of its ink: the typographic box of large type, estimated from its size, reaches
    over the white that parts it from the text above.
    """
    if _ROLES[region.kind] is not Role.HEAD or not region.lines or region.origin == "import":
        return region
    return replace(region, box=union(line.box for line in region.lines), polygon=None)


def _ends(region: Region, frame: Frame) -> tuple[float | None, float | None]:
    """Indent and slack of a region's text."""
    if len(region.lines) < 2:
        return None, None
    boxes = [frame.axes.box(line.box) for line in region.lines]
    return boxes[0].x0 - boxes[1].x0, max(box.x1 for box in boxes) - boxes[-1].x1


def role_of(piece: Piece) -> Role:
    return _ROLES[piece.kind]


def edges_of(box: Box, pitch: float) -> tuple[Box, ...]:
    """A separator as thin rules: itself, or the four edges where it is a frame.

    A rule, however ornamented, is thinner than two lines of text; what is thicker in both directions
    is the outline of a box.
    """
    if min(box.width, box.height) <= 2 * pitch:
        return (box,)
    thin = 0.1 * pitch
    return (
        Box(box.x0, box.y0, box.x1, box.y0 + thin),
        Box(box.x0, box.y1 - thin, box.x1, box.y1),
        Box(box.x0, box.y0, box.x0 + thin, box.y1),
        Box(box.x1 - thin, box.y0, box.x1, box.y1),
    )
