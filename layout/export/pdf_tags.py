"""The structure tree of a tagged PDF: items, headings, paragraphs and figures, pointing to marked content.

Marked content and tree belong together: each region's text is one piece of marked content of its page,
and one structure element names it. A paragraph over two columns or pages is one element of several
pieces. Running matter is an artifact, as the standard has it (ISO 32000-1, 14.8.2.2.2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from layout.document import RUNNING_MATTER, Item, ItemKind, Region, RegionKind
from layout.export.outline import SILENT, Entry, Outline
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


class Tags:
    """Builds the tree. ``pieces``: region id -> its page and the number of its marked content."""

    def __init__(self, pdf: Pdf, outline: Outline, pieces: dict[str, tuple[int, int]]) -> None:
        self.pdf = pdf
        self.outline = outline
        self.pieces = pieces
        self.owners: dict[tuple[int, int], Object] = {}
        self.done: set[str] = set()

    def tree(self) -> Object:
        """The `StructTreeRoot`, with the way back from pages to elements."""
        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = self._element(root, "Document")
        parts = entries_of(self.outline)
        for page in self.outline.pages:
            self._regions(document, page.front)
        for item in items_in_order(self.outline, parts):
            self._item(document, item, parts[item.id])
        rest = [region for page in self.outline.issue.pages for region in page.walk()]
        self._regions(document, rest)
        root.K = Array([document])
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(self._numbers())))
        root.ParentTreeNextKey = len(self.outline.pages)
        return root

    def _item(self, document: Object, item: Item, entries: Sequence[Entry]) -> None:
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
        if not len(made.K):
            del document.K[-1]

    def _below(self, frame: Region) -> Iterator[Region]:
        yield frame
        for inner in self.outline.unplaced(frame):
            yield from inner.walk()

    def _regions(self, parent: Object, regions: Sequence[Region]) -> None:
        for region in regions:
            self._block(parent, region.kind, (region,))

    def _table(self, parent: Object, table: Region) -> None:
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

    def _block(self, parent: Object, kind: RegionKind, regions: Sequence[Region]) -> None:
        """One element for the marked content of these regions, if there is any left."""
        fresh = self._left(regions)
        if not fresh or kind in SILENT | ARTIFACTS:
            fresh = [r for r in fresh if r.kind not in SILENT | ARTIFACTS]
            kind = fresh[0].kind if fresh else kind
        if not fresh:
            return
        self.done.update(region.id for region in fresh)
        made = self._element(parent, TYPES.get(kind, "P"))
        language = next((region.language for region in fresh if region.language), None)
        if language:
            made.Lang = String(language)
        if kind is K.IMAGE:
            made.Alt = String("picture")
        for region in fresh:
            page, number = self.pieces[region.id]
            self.owners[page, number] = made
            sheet = self.pdf.pages[page].obj
            made.K.append(Dictionary(Type=Name.MCR, Pg=sheet, MCID=number))

    def _element(self, parent: Object, kind: str, title: str = "") -> Object:
        made = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent, K=Array())
        )
        if title:
            made.T = String(title)
        if "/K" not in parent:
            parent.K = Array()
        parent.K.append(made)
        return made

    def _numbers(self) -> Iterator[Object | int]:
        """Page number, elements of its marked content in order, and so on."""
        counts = Counter(page for page, _ in self.pieces.values())
        for page in range(len(self.pdf.pages)):
            yield page
            yield Array([self.owners.get((page, number)) for number in range(counts[page])])
