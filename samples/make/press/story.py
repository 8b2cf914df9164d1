"""Stories: read them from a text file, set their headings, and find the height at which columns are even."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from press.fonts import Type
from press.setting import Cursor, Manner, Rect, set_paragraph
from press.sheet import Block, Piece, Sheet
from press.truth import find_repeat


@dataclass
class Story:
    """An article's copy. ``body`` holds (kind, text): P, Q, A, or BREAK where it is continued elsewhere."""

    name: str
    heads: dict[str, str] = field(default_factory=dict)
    body: list[tuple[str, str]] = field(default_factory=list)

    def parts(self) -> list[list[tuple[str, str]]]:
        """The body cut at its BREAKs."""
        parts: list[list[tuple[str, str]]] = [[]]
        for row in self.body:
            if row[0] == "BREAK":
                parts.append([])
            else:
                parts[-1].append(row)
        return parts


def read_stories(path: Path) -> dict[str, Story]:
    """Stories of a text file by name; ``#`` begins a remark, ``== name`` a story."""
    stories: dict[str, Story] = {}
    story: Story | None = None
    for row in path.read_text(encoding="utf-8").splitlines():
        row = row.strip()
        if row.startswith("== "):
            story = stories[row[3:]] = Story(row[3:])
        elif story is None or not row or row.startswith("#"):
            continue
        elif row == "BREAK":
            story.body.append(("BREAK", ""))
        else:
            key, _, text = row.partition(": ")
            if key in ("P", "Q", "A"):
                story.body.append((key, text))
            else:
                story.heads[key] = text
    return stories


@dataclass(frozen=True)
class House:
    """The house style of a paper: a type for each kind of text."""

    body: Type
    bold: Type
    heads: tuple[Type, ...]  # by level, 1 first
    kicker: Type
    deck: Type
    byline: Type
    caption: Type
    quote: Type
    furniture: Type
    indent: float = 10.0
    kashida: bool = False
    hyphens: bool = False
    bullet: str = "■"
    align: str = "start"
    crosshead: Type | None = None
    paragraph_gap: float = 0.0
    first_indent: bool = True

    def manner(self, kind: str, first: bool = False) -> Manner:
        if kind == "Q":
            return Manner(bullet=self.bullet, kashida=self.kashida, hyphens=self.hyphens)
        indent = 0.0 if first and not self.first_indent else self.indent
        return Manner(
            indent=indent, kashida=self.kashida, hyphens=self.hyphens, space_after=self.paragraph_gap
        )


def pieces(rows: Sequence[tuple[str, str]], house: House) -> list[Piece]:
    """Rows of a story as pieces to be set."""
    found, pair = [], 0
    for number, (kind, text) in enumerate(rows):
        pair += kind == "Q"
        name = {"P": "paragraph", "Q": "question", "A": "answer"}[kind]
        extra = (("qa", pair),) if kind in "QA" else ()
        face = house.bold if kind == "Q" else house.body
        found.append(Piece(name, text, face, house.manner(kind, number == 0), extra=extra))
    return found


def set_heads(
    sheet: Sheet, article: str, story: Story, house: House, x0: float, x1: float, y: float, level: int = 2
) -> float:
    """Kicker, headline, deck and byline of a story from a height down; returns where the body may begin."""
    heads = story.heads
    if "kicker" in heads:
        _, y = sheet.display("kicker", article, heads["kicker"], house.kicker, x0, x1, y, house.align)
    face = house.heads[level - 1]
    block, y = sheet.display("headline", article, heads["title"], face, x0, x1, y, house.align)
    block.extra["level"] = level
    if "deck" in heads:
        _, y = sheet.display(
            "subheadline", article, heads["deck"], house.deck, x0, x1, y + 1, house.align, role="deck"
        )
    if "byline" in heads:
        _, y = sheet.display("byline", article, heads["byline"], house.byline, x0, x1, y + 2, house.align)
    return y + 5


def even_height(
    items: Sequence[Piece], frames: Sequence[Rect], obstacles: Sequence[Rect] = (), limit: float = 5e3
) -> float:
    """The least height of the frames at which the items fit."""
    step = items[0].type.leading
    height = step
    while height < limit:
        if fits(items, [Rect(f.x0, f.y0, f.x1, f.y0 + height + 0.5) for f in frames], obstacles):
            return height + 0.5
        height += step / 2
    raise SystemExit("text does not fit: " + items[0].text[:50])


def fits(items: Sequence[Piece], frames: list[Rect], obstacles: Sequence[Rect] = ()) -> bool:
    """Whether the items find room in the frames."""
    cursor = Cursor(list(frames), list(obstacles))
    for item in items:
        _, rest = set_paragraph(item.text, item.type, item.manner, cursor)
        if rest:
            return False
    return True


def common_bottom(items: Sequence[Piece], frames: Sequence[Rect], holes: Sequence[Rect] = ()) -> float:
    """The least common foot of frames that may begin at different heights and have obstacles."""
    step = items[0].type.leading
    bottom = max([f.y0 for f in frames] + [h.y1 for h in holes]) + step
    while not fits(items, [Rect(f.x0, f.y0, f.x1, bottom) for f in frames], holes):
        bottom += step / 2
    return bottom


def set_picture(
    sheet: Sheet,
    article: str,
    rect: Rect,
    picture: bytes,
    caption: str | None,
    house: House,
    centre: bool = False,
) -> float:
    """A picture with its caption under it; returns where that ends."""
    image = sheet.picture(article, rect, picture)
    if not caption:
        return rect.y1
    block, end = sheet.display(
        "caption",
        article,
        caption,
        house.caption,
        rect.x0,
        rect.x1,
        rect.y1 + 3,
        "centre" if centre else house.align,
    )
    block.extra["describes"] = image.id
    return end


def boxed(
    sheet: Sheet,
    parent: str,
    story: Story,
    house: House,
    rect: Rect,
    fill: tuple[float, float, float] | None,
    stroke: tuple[float, float, float] | None,
    level: int = 4,
) -> tuple[str, Block]:
    """A story in a box inside another article; returns its article and the box."""
    article = sheet.article("sidebar", parent)
    box = sheet.box(parent, rect, fill, stroke)
    inner = rect.inset(8, 7)
    face = house.heads[level - 1]
    block, y = sheet.display(
        "headline", article, story.heads["title"], face, inner.x0, inner.x1, inner.y0, house.align
    )
    block.parent, block.extra["level"] = box.id, level
    box.children.append(block.id)
    left, _ = sheet.flow(
        article, pieces(story.body, house), [Rect(inner.x0, y + 3, inner.x1, inner.y1 + 2)], parent=box.id
    )
    if left:
        raise SystemExit("a box is too small for " + story.name)
    return article, box


def box_height(story: Story, house: House, width: float, level: int = 4) -> float:
    """How high a box must be for a story at a width."""
    face = house.heads[level - 1]
    cursor = Cursor([Rect(0, 0, width - 16, 1e5)])
    head, _ = set_paragraph(story.heads["title"], face, Manner(align="start"), cursor)
    body = even_height(pieces(story.body, house), [Rect(0, 0, width - 16, 0)])
    return len(head) * face.leading + body + 18


def mark_repeats(sheet: Sheet) -> None:
    """Fill in which passage each pull-quote repeats."""
    for quote in (b for b in sheet.blocks if b.kind == "pull-quote"):
        body = [
            (b.id, b.text)
            for b in sheet.blocks
            if b.kind in ("paragraph", "answer") and b.article == quote.article
        ]
        quote.extra["repeats"] = find_repeat(quote.text, body)


def smaller(face: Type, share: float) -> Type:
    return replace(face, size=face.size * share, leading=face.leading * share)
