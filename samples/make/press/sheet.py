"""Put headings, running text, pictures, boxes and rules on a page, and remember each as a block.

Designs are written in the reading frame: `Sheet.span(0, 1)` are the first two columns in reading direction,
whichever side they lie on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from press.fonts import Type
from press.setting import Cursor, Manner, Rect, SetLine, set_paragraph

BODY = ("paragraph", "question", "answer")


@dataclass
class Region:
    rect: Rect
    column: int | None
    polygon: list[tuple[float, float]]


@dataclass
class Block:
    """A block of the page; ``extra`` holds what only some kinds have (level, describes, cells ...)."""

    id: str
    kind: str
    article: str | None = None
    role: str | None = None
    parent: str | None = None
    lines: list[SetLine] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    rotated: int = 0
    reversed: bool = False
    extra: dict[str, object] = field(default_factory=dict)
    off_grid: bool = False

    @property
    def text(self) -> str:
        parts = []
        for line in self.lines:
            parts.append(" ".join(word.text for word in line.words))
            parts.append("" if line.hyphenated else " ")
        return "".join(parts[:-1])


@dataclass
class Article:
    id: str
    kind: str = "news"
    parent: str | None = None
    continued_on: dict[str, object] | None = None
    continued_from: dict[str, object] | None = None


@dataclass(frozen=True)
class Drawn:
    """A filled rectangle, a frame or a picture behind the text."""

    rect: Rect
    fill: tuple[float, float, float] | None = None
    stroke: tuple[float, float, float] | None = None
    width: float = 0.5
    picture: bytes | None = None


@dataclass(frozen=True)
class Piece:
    """A paragraph to be set: kind, text, type and manner, and what the truth should say of it."""

    kind: str
    text: str
    type: Type
    manner: Manner
    role: str | None = None
    extra: tuple[tuple[str, object], ...] = ()
    #: the block this text goes on from, when a column or page break has cut it
    goes_on: str | None = None


class Sheet:
    """A page under construction; points, origin top left."""

    def __init__(
        self,
        page_id: str,
        width: float,
        height: float,
        language: str,
        margins: tuple[float, float, float, float],
        columns: int,
        gutter: float,
        index: int = 0,
        role: str = "inside",
    ) -> None:
        self.page_id, self.width, self.height, self.language = page_id, width, height, language
        self.index, self.role = index, role
        self.rtl = language in ("fa", "ar")
        self.left, self.top, self.right, self.bottom = (
            margins[0],
            margins[1],
            width - margins[2],
            height - margins[3],
        )
        step = (self.right - self.left + gutter) / columns
        edges = [(self.left + i * step, self.left + (i + 1) * step - gutter) for i in range(columns)]
        self.columns = edges[::-1] if self.rtl else edges
        self.gutter = gutter
        self.blocks: list[Block] = []
        self.articles: dict[str, Article] = {}
        self.drawn: list[Drawn] = []
        self.folio: tuple[str, int, str] | None = None
        self.style: dict[str, object] = {}

    # --- the grid --------------------------------------------------

    def span(self, first: int, last: int) -> tuple[float, float]:
        """Left and right edge of columns ``first`` to ``last`` (reading direction)."""
        edges = [*self.columns[first], *self.columns[last]]
        return min(edges), max(edges)

    def frames(self, first: int, last: int, y0: float, y1: float) -> list[Rect]:
        """Column frames in reading order between two heights."""
        return [Rect(x0, y0, x1, y1) for x0, x1 in self.columns[first : last + 1]]

    def column_at(self, rect: Rect) -> int | None:
        """The column in which a box begins, in reading direction; None for one outside the grid."""
        shares = [
            (min(rect.x1, x1 + 1) - max(rect.x0, x0 - 1)) / max(1e-6, min(rect.width, x1 - x0))
            for x0, x1 in self.columns
        ]
        for i, share in enumerate(shares):
            if share > 0.3:
                return i
        return None

    # --- articles and blocks --------------------------------------------------

    def article(self, kind: str = "news", parent: str | None = None) -> str:
        name = f"a{len(self.articles) + 1:02d}"
        self.articles[name] = Article(name, kind, parent)
        return name

    def add(self, kind: str, **values: object) -> Block:
        block = Block(f"b{len(self.blocks) + 1:03d}", kind, **values)  # type: ignore[arg-type]
        self.blocks.append(block)
        return block

    def display(
        self,
        kind: str,
        article: str | None,
        text: str,
        face: Type,
        x0: float,
        x1: float,
        y: float,
        align: str = "start",
        **values: object,
    ) -> tuple[Block, float]:
        """Set display text in a width from a height down; return its block and where it ends."""
        block = self.add(kind, article=article, **values)
        widest = max(face.width(word) for word in text.split())
        if widest > x1 - x0:  # a word that is wider than its place is set smaller
            share = (x1 - x0) / widest
            face = replace(face, size=face.size * share, leading=face.leading * share)
        cursor = Cursor([Rect(x0, y, x1, y + 1e5)])
        for part in text.split("\n"):
            lines, _ = set_paragraph(part, face, Manner(align=align), cursor)
            block.lines += lines
        end = y + len(block.lines) * face.leading
        rect = Rect(min(s.x0 for s in block.lines), y, max(s.x1 for s in block.lines), end)
        block.regions = [self.region(rect)]
        return block, end

    def flow(
        self,
        article: str | None,
        pieces: Sequence[Piece],
        frames: list[Rect],
        obstacles: Sequence[Rect] = (),
        parent: str | None = None,
    ) -> tuple[list[Piece], float]:
        """Set pieces through frames; return what found no room, and the lowest point reached."""
        cursor = Cursor(frames, list(obstacles))
        lowest = frames[0].y0
        for number, piece in enumerate(pieces):
            lines, rest = set_paragraph(piece.text, piece.type, piece.manner, cursor)
            if lines:
                block = self.add(
                    piece.kind, article=article, parent=parent, role=piece.role, extra=dict(piece.extra)
                )
                block.lines = lines
                block.regions = self._regions(lines, frames)
                lowest = max(lowest, *(line.top + line.type.leading for line in lines))
                if parent is not None:
                    next(b for b in self.blocks if b.id == parent).children.append(block.id)
                if rest:
                    left = replace(
                        piece,
                        text=rest,
                        manner=replace(piece.manner, indent=0.0, bullet="", lead=None, lead_words=0),
                        goes_on=block.id,
                    )
                    return [left, *pieces[number + 1 :]], lowest
            elif rest:
                return list(pieces[number:]), lowest
        return [], lowest

    def picture(self, article: str | None, rect: Rect, picture: bytes) -> Block:
        block = self.add("image", article=article)
        block.regions = [self.region(rect)]
        self.drawn.append(Drawn(rect, picture=picture))
        return block

    def box(
        self,
        article: str,
        rect: Rect,
        fill: tuple[float, float, float] | None,
        stroke: tuple[float, float, float] | None,
        width: float = 0.7,
    ) -> Block:
        """A sidebar's frame; its text is set with ``parent`` naming this block."""
        block = self.add("sidebar", article=article)
        block.regions = [self.region(rect)]
        self.drawn.append(Drawn(rect, fill, stroke, width))
        return block

    def advertisement(
        self,
        rect: Rect,
        lines: Sequence[tuple[str, Type]],
        fill: tuple[float, float, float] | None = None,
        stroke: tuple[float, float, float] | None = (0.0, 0.0, 0.0),
        width: float = 1.2,
        role: str | None = None,
        picture: bytes | None = None,
    ) -> Block:
        """An advertisement: centred lines in a frame, one block."""
        block = self.add("advertisement", role=role)
        block.regions = [self.region(rect)]
        self.drawn.append(Drawn(rect, fill, stroke, width))
        inner = rect.inset(min(14.0, rect.width / 12), min(10.0, rect.height / 14))
        if picture is not None:
            share = Rect(inner.x0, inner.y0, inner.x1, inner.y0 + inner.height * 0.42)
            self.drawn.append(Drawn(share, picture=picture))
            inner = Rect(inner.x0, share.y1 + 6, inner.x1, inner.y1)
        probe: list[SetLine] = []
        for text, face in lines:
            got, _ = set_paragraph(
                text, face, Manner(align="centre"), Cursor([Rect(inner.x0, 0, inner.x1, 1e5)])
            )
            probe += got
        total = sum(line.type.leading for line in probe)
        y = inner.y0 + max(0.0, (inner.height - total) / 2)
        for text, face in lines:
            got, rest = set_paragraph(
                text, face, Manner(align="centre"), Cursor([Rect(inner.x0, y, inner.x1, inner.y1)])
            )
            if rest:
                break
            block.lines += got
            y += len(got) * face.leading
        return block

    def table(self, rect: Rect, rows: Sequence[Sequence[str]], face: Type, head: Type) -> Block:
        """A ruled table of one-line cells, its first row a header; rows run in reading direction."""
        block = self.add("table")
        block.regions = [self.region(rect)]
        self.drawn.append(Drawn(rect, stroke=(0.0, 0.0, 0.0), width=0.8))
        wide, tall = rect.width / len(rows[0]), rect.height / len(rows)
        cells: list[dict[str, object]] = []
        for r, row in enumerate(rows):
            y = rect.y0 + r * tall
            if r:
                self.drawn.append(Drawn(Rect(rect.x0, y - 0.2, rect.x1, y + 0.2), fill=(0.3, 0.3, 0.3)))
            for c, text in enumerate(row):
                x = rect.x1 - (c + 1) * wide if self.rtl else rect.x0 + c * wide
                cell = Rect(x, y, x + wide, y + tall)
                use = head if r == 0 else face
                inner = Rect(x + 2, y + (tall - use.leading) / 2, x + wide - 2, y + 1e4)
                lines, _ = set_paragraph(text, use, Manner(align="centre"), Cursor([inner]))
                block.lines += lines[:1]
                cells.append(
                    {
                        "row": r,
                        "col": c,
                        "row_span": 1,
                        "col_span": 1,
                        "header": r == 0,
                        "text": text,
                        "bbox": cell,
                    }
                )
        block.extra["cells"] = cells
        return block

    def rule(self, rect: Rect, role: str = "rule", colour: tuple[float, float, float] = (0, 0, 0)) -> Block:
        """A rule; the box is the ink."""
        block = self.add("separator", role=role)
        block.regions = [self.region(rect)]
        self.drawn.append(Drawn(rect, fill=colour))
        return block

    def margin_label(
        self, text: str, face: Type, centre_x: float, y: float, height: float, clockwise: int
    ) -> Block:
        """A section label set along the margin, turned by 90 or 270 degrees clockwise."""
        block, _ = self.display(
            "section-label", None, text, face, 0, height, 0, align="centre", role="margin"
        )
        block.rotated = clockwise
        depth = len(block.lines) * face.leading
        block.extra["turn"] = (centre_x - depth / 2, y, depth, height)
        along = min(line.x0 for line in block.lines), max(line.x1 for line in block.lines)
        y0, y1 = (
            (y + along[0], y + along[1])
            if clockwise == 90
            else (y + height - along[1], y + height - along[0])
        )
        block.regions = [self.region(Rect(centre_x - depth / 2, y0, centre_x + depth / 2, y1))]
        block.regions[0].column = None
        return block

    def number(self, text: str, value: int, face: Type, x0: float, x1: float, y: float, align: str) -> Block:
        block, _ = self.display("page-number", None, text, face, x0, x1, y, align=align)
        self.folio = (text, value, block.id)
        return block

    # --- regions --------------------------------------------------

    def region(self, rect: Rect, polygon: list[tuple[float, float]] | None = None) -> Region:
        """A box, or an outline in it, as a region in its column."""
        corners = [(rect.x0, rect.y0), (rect.x1, rect.y0), (rect.x1, rect.y1), (rect.x0, rect.y1)]
        return Region(rect, self.column_at(rect), polygon or corners)

    def _regions(self, lines: list[SetLine], frames: list[Rect]) -> list[Region]:
        """One region for each column frame a paragraph touches."""
        regions = []
        for rows in _runs(lines):
            full = frames[rows[0].region]
            x0, x1 = min(r.frame.x0 for r in rows), max(r.frame.x1 for r in rows)
            if len(lines) == 1:
                x0, x1 = rows[0].x0, rows[0].x1
            y0, y1 = rows[0].top, rows[-1].top + rows[-1].type.leading
            ragged = len(rows) > 1 and any(r.frame.width != full.width for r in rows)
            region = self.region(Rect(x0, y0, x1, y1), _outline(rows) if ragged else None)
            for row in rows:
                row.region = len(regions)
            regions.append(region)
        return regions


def _runs(lines: list[SetLine]) -> list[list[SetLine]]:
    """Lines that stand right below each other in one frame."""
    runs: list[list[SetLine]] = []
    for line in lines:
        last = runs[-1][-1] if runs else None
        if last is not None and last.region == line.region and line.top - last.top < 1.6 * line.type.leading:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _outline(rows: list[SetLine]) -> list[tuple[float, float]]:
    """Staircase around lines of different widths, clockwise from the top left."""
    right: list[tuple[float, float]] = []
    left: list[tuple[float, float]] = []
    for number, row in enumerate(rows):
        bottom = rows[number + 1].top if number + 1 < len(rows) else row.top + row.type.leading
        right += [(row.frame.x1, row.top), (row.frame.x1, bottom)]
        left += [(row.frame.x0, row.top), (row.frame.x0, bottom)]
    points = right + left[::-1]
    kept = []
    for i, point in enumerate(points):
        before, after = points[i - 1], points[(i + 1) % len(points)]
        if before[0] == point[0] == after[0] or point == before:
            continue
        kept.append(point)
    return kept
