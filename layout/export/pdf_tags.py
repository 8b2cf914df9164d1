"""The structure tree of a tagged PDF: items, headings, paragraphs and figures, pointing to marked content.

Marked content and tree belong together: each region's text is one piece of marked content of its page,
and one structure element names it. A paragraph over two columns or pages is one element of several
pieces. Running matter is an artifact, as the standard has it (ISO 32000-1, 14.8.2.2.2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from layout.document import RUNNING_MATTER, Item, ItemKind, Region, RegionKind
from layout.export.outline import SILENT, Entry, Outline
from layout.export.pdf_file import PdfFile, refs, text_string
from layout.export.reading_text import entries_of, items_in_order, whole_blocks
from layout.export.rows import grid_of
from layout.export.settle import clean_text

K = RegionKind

#: Standard structure types (ISO 32000-1, 14.8.4); others are paragraphs.
TYPES = {
    K.MASTHEAD: "H1",
    K.HEADLINE: "H2",
    K.KICKER: "P",
    K.SUBHEADLINE: "H3",
    K.CROSSHEAD: "H3",
    K.CAPTION: "Caption",
    K.PULL_QUOTE: "BlockQuote",
    K.IMAGE: "Figure",
    K.FOOTNOTE: "Note",
    K.TABLE_CELL: "TD",
}

#: Running matter that a reader does not read out; the head of the paper is read.
ARTIFACTS = RUNNING_MATTER - {K.MASTHEAD, K.IMPRINT}


#: A piece of marked content: its page, counted from 0, and its number there.
Piece = tuple[int, int]


@dataclass(eq=False)
class Element:
    """A structure element under construction; ``number`` is that of its object."""

    kind: str
    number: int
    parent: int
    title: str = ""
    language: str | None = None
    children: list[Element | Piece] = field(default_factory=list)


class Tags:
    """Builds the tree. ``pieces``: region id -> its page and the number of its marked content; ``pages``: the
    objects of the pages."""

    def __init__(
        self, file: PdfFile, outline: Outline, pieces: dict[str, Piece], pages: Sequence[int]
    ) -> None:
        self.file = file
        self.outline = outline
        self.pieces = pieces
        self.pages = pages
        self.owners: dict[Piece, int] = {}
        self.done: set[str] = set()

    def write(self) -> int:
        """Write the `StructTreeRoot`, with the way back from pages to elements; its object."""
        root = self.file.reserve()
        document = Element("Document", self.file.reserve(), root)
        parts = entries_of(self.outline)
        for page in self.outline.pages:
            self._regions(document, page.front)
        for item in items_in_order(self.outline, parts):
            self._item(document, item, parts[item.id])
        rest = [region for page in self.outline.issue.pages for region in page.walk()]
        self._regions(document, rest)
        self._write(document)
        ways = self.file.add(f"<</Nums [{' '.join(self._numbers())}]>>")
        back = f"/ParentTree {ways} 0 R /ParentTreeNextKey {len(self.pages)}"
        return self.file.add(f"<</Type /StructTreeRoot /K [{document.number} 0 R] {back}>>", root)

    def _item(self, document: Element, item: Item, entries: Sequence[Entry]) -> None:
        kind = "Art" if item.kind in (ItemKind.ARTICLE, ItemKind.SIDEBAR) else "Sect"
        made = self._element(document, kind, title=clean_text(item.title or ""))
        for block, regions in whole_blocks(self.outline, entries, set()):
            for region in regions if block.kind is K.TABLE else ():
                self._table(made, region)
            self._block(made, block.kind, regions)
        for entry in entries:
            self._regions(made, (*entry.above, *entry.below))
            for float_ in entry.part.floats:
                for region in self.outline.known(float_.regions, entry.part.page):
                    self._table(made, region)
                    self._regions(made, [*self._below(region)])
            self._regions(made, [region for frame in entry.frames for region in self._below(frame)])
        if not made.children:
            document.children.pop()

    def _below(self, frame: Region) -> Iterator[Region]:
        yield frame
        for inner in self.outline.unplaced(frame):
            yield from inner.walk()

    def _regions(self, parent: Element, regions: Sequence[Region]) -> None:
        for region in regions:
            self._block(parent, region.kind, (region,))

    def _table(self, parent: Element, table: Region) -> None:
        """The cells of a table that has any, row by row; an empty one where a row lacks it."""
        cells = [inner for inner in table.children if inner.kind is K.TABLE_CELL and self._left((inner,))]
        if not cells or table.kind is not K.TABLE:
            return
        made = self._element(parent, "Table")
        for row in grid_of(cells):
            line = self._element(made, "TR")
            for cell in row:
                if cell is None:
                    self._element(line, "TD")
                else:
                    self._block(line, cell.kind, (cell,))

    def _left(self, regions: Sequence[Region]) -> list[Region]:
        """Those with marked content that is in no element yet."""
        return [one for one in regions if one.id in self.pieces and one.id not in self.done]

    def _block(self, parent: Element, kind: RegionKind, regions: Sequence[Region]) -> None:
        """One element for the marked content of these regions, if there is any left."""
        fresh = self._left(regions)
        if not fresh or kind in SILENT | ARTIFACTS:
            fresh = [r for r in fresh if r.kind not in SILENT | ARTIFACTS]
            kind = fresh[0].kind if fresh else kind
        if not fresh:
            return
        self.done.update(region.id for region in fresh)
        made = self._element(parent, TYPES.get(kind, "P"))
        made.language = next((region.language for region in fresh if region.language), None)
        for region in fresh:
            piece = self.pieces[region.id]
            self.owners[piece] = made.number
            made.children.append(piece)

    def _element(self, parent: Element, kind: str, title: str = "") -> Element:
        made = Element(kind, self.file.reserve(), parent.number, title)
        parent.children.append(made)
        return made

    def _write(self, made: Element) -> None:
        """Write an element and all in it."""
        inner = [self._child(one) for one in made.children]
        said = f" /T {text_string(made.title)}" if made.title else ""
        said += f" /Lang {text_string(made.language)}" if made.language else ""
        said += f" /Alt {text_string('picture')}" if made.kind == TYPES[K.IMAGE] else ""
        entries = f"/Type /StructElem /S /{made.kind} /P {made.parent} 0 R /K [{' '.join(inner)}]"
        self.file.add(f"<<{entries}{said}>>", made.number)

    def _child(self, one: Element | Piece) -> str:
        if isinstance(one, Element):
            self._write(one)
            return f"{one.number} 0 R"
        page, number = one
        return f"<</Type /MCR /Pg {self.pages[page]} 0 R /MCID {number}>>"

    def _numbers(self) -> Iterator[str]:
        """Page number, elements of its marked content in order, and so on."""
        counts = Counter(page for page, _ in self.pieces.values())
        for page in range(len(self.pages)):
            yield f"{page} {refs(self.owners.get((page, number)) for number in range(counts[page]))}"
