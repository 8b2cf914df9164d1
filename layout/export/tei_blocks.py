"""Blocks as TEI elements: the table from `RegionKind`, and the constructions that need more than it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from layout.document import RUNNING_TEXT, Block, Direction, Float, Region, RegionKind
from layout.errors import ConfigError
from layout.export.outline import SILENT, Entry, Outline
from layout.export.passage import Token, tokens
from layout.export.rows import grid_of, rows_of
from layout.export.settings import ExportSettings
from layout.export.tei_header import speaker_id
from layout.export.tei_inline import Inline, Segment
from layout.export.tei_plan import Plan
from layout.export.verse import halves, verses
from layout.export.xml import XML_ID, XML_LANG, Element, add_text, child, decimal, element
from layout.language import language as language_record

K = RegionKind

#: Elements that hold the words as they stand: name and attributes.
PLAIN: dict[RegionKind, tuple[str, dict[str, str]]] = {
    K.MASTHEAD: ("fw", {"type": "header", "subtype": "masthead"}),
    K.IMPRINT: ("fw", {"type": "header", "subtype": "imprint"}),
    K.SECTION_LABEL: ("fw", {"type": "section-label"}),
    K.RUNNING_HEAD: ("fw", {"type": "header"}),
    K.PAGE_NUMBER: ("fw", {"type": "pageNum"}),
    K.CONTINUATION: ("fw", {"type": "continuation"}),
    K.KICKER: ("head", {"type": "kicker"}),
    K.HEADLINE: ("head", {"type": "main"}),
    K.SUBHEADLINE: ("head", {"type": "sub"}),
    K.CROSSHEAD: ("head", {"type": "crosshead"}),
    K.BYLINE: ("byline", {}),
    K.DATELINE: ("dateline", {}),
    K.LEAD: ("p", {}),
    K.PARAGRAPH: ("p", {}),
    K.QUESTION: ("p", {}),
    K.ANSWER: ("p", {}),
    K.PULL_QUOTE: ("quote", {"type": "pull-quote"}),
    K.FOOTNOTE: ("note", {"type": "footnote", "place": "bottom"}),
    K.TABLE_CELL: ("ab", {"type": "table-cell"}),
    K.UNKNOWN: ("ab", {}),
}
_OTHERWISE: tuple[str, dict[str, str]] = ("ab", {})

#: What may stand behind the name of a speaker.
_AFTER_LABEL = ":\uff1a.\u2013\u2014-"

HEADS = frozenset({K.KICKER, K.HEADLINE, K.SUBHEADLINE, K.CROSSHEAD})
BYLINES = frozenset({K.BYLINE, K.DATELINE})
FIGURES = frozenset({K.IMAGE, K.CAPTION, K.PHOTO_CREDIT})
ADVERTS = frozenset({K.ADVERTISEMENT, K.DEATH_NOTICE})
BOXES = ADVERTS | {K.SIDEBAR, K.TABLE}


def make(name: str, attributes: Mapping[str, object | None] | None = None) -> Element:
    """A TEI element that is not yet in its place."""
    return element(name, attributes)


def facs(regions: Sequence[Region]) -> str | None:
    """Pointers to the zones of the regions."""
    return " ".join(f"#{region.id}" for region in regions) or None


def covered(outer: str | None, inner: str | None) -> bool:
    """Whether the language declared around says as much: it is the same, or the same in a named script."""
    return inner == outer or bool(outer and inner and outer.startswith(f"{inner}-"))


class BlockWriter:
    """Makes the elements of blocks; keeps which quoted passages came out and which quotes want them."""

    def __init__(self, outline: Outline, plan: Plan, settings: ExportSettings) -> None:
        self.outline = outline
        self.plan = plan
        self.inline = Inline(settings.tei_lines, settings.review_below, _directions(outline))
        pages = outline.issue.pages
        mains = [page.language for page in pages if page.language]
        main = max(mains, key=mains.count) if mains else None
        self.language = outline.issue.metadata.language or main
        self.page = {page.id: page for page in pages}
        self.written: set[str] = set()
        self.quotes: list[tuple[Element, list[str]]] = []

    def block(
        self, block: Block, regions: Sequence[Region], entry: Entry, columns: dict[str, int]
    ) -> Element:
        """The element of a block, wrapped in a turn of speech if it is one."""
        segments = self.plan.segments.get(block.id, [])
        label = self._label(block, regions)
        if block.kind is K.VERSE:
            made = self.verse(regions, columns, segments)
        else:
            made = self.plain(block.kind, regions, segments, columns, skip=len(label))
        if block.confidence is not None:
            made.set("cert", decimal(block.confidence) or "0")
        before, after = self.plan.cut.get(block.id, (None, None))
        self._cut(made, block.id, before, after, part=True)
        if block.kind not in (K.QUESTION, K.ANSWER):
            return made
        turn = self._turn(block, made, entry, (before, after))
        if label:
            named = make("speaker")
            turn.insert(0, named)
            language = self._language([token.region for token in label])
            self.inline.write(named, label, language, (), columns)
        return turn

    def _turn(
        self,
        block: Block,
        made: Element,
        entry: Entry,
        cut: tuple[str | None, str | None],
    ) -> Element:
        """The turn of speech around a paragraph."""
        who, ana = speaker_id(entry.item.id, block.kind, block.speaker), f"#turn.{block.kind.value}"
        turn = make("sp", {"who": f"#{who}", "ana": ana, "n": block.turn})
        self.inline.used.add(ana)
        before, after = (id_ and self._turn_id(id_) for id_ in cut)
        self._cut(turn, f"{block.id}_sp", before, after, part=False)
        turn.append(made)
        return turn

    def _label(self, block: Block, regions: Sequence[Region]) -> list[Token]:
        """The words at the beginning of a turn that name its speaker, as printed: up to the colon."""
        name = "".join((block.speaker or "").split())
        if not name or block.kind not in (K.QUESTION, K.ANSWER):
            return []
        printed = ""
        found: list[Token] = []
        for token in tokens(regions, self.outline.joins, self.outline.joined):
            found.append(token)
            printed += token.text
            rest = printed.removeprefix(name)
            if rest != printed and rest.strip(_AFTER_LABEL) == "" and rest:
                return found
            if not name.startswith(printed) and rest != "":
                return []
        return []

    def plain(
        self,
        kind: RegionKind,
        regions: Sequence[Region],
        segments: Sequence[Segment] = (),
        columns: dict[str, int] | None = None,
        where: str | None = None,
        skip: int = 0,
    ) -> Element:
        """The element of the table, pointing to its zones, with the regions' words but the first ``skip``."""
        name, attributes = PLAIN.get(kind, _OTHERWISE)
        made = make(name, attributes)
        if kind is K.RUNNING_HEAD and where == "bottom":
            made.set("type", "footer")
        if where:
            made.set("place", where)
        self.fill(made, regions, segments, columns, skip)
        return made

    def fill(
        self,
        made: Element,
        regions: Sequence[Region],
        segments: Sequence[Segment] = (),
        columns: dict[str, int] | None = None,
        skip: int = 0,
    ) -> None:
        """Point the element to its zones and write the regions' words in it, but the first ``skip``."""
        made.set("facs", facs(regions) or "")
        self._say_language(made, regions)
        self.words(made, regions, segments, columns, skip)

    def _say_language(self, made: Element, regions: Sequence[Region]) -> None:
        language = self._language(regions)
        if language and not covered(self.language, language):
            made.set(XML_LANG, language)

    def words(
        self,
        made: Element,
        regions: Sequence[Region],
        segments: Sequence[Segment] = (),
        columns: dict[str, int] | None = None,
        skip: int = 0,
    ) -> None:
        """The regions' words, without a pointer to their zones; the first ``skip`` are left out."""
        found = tokens(regions, self.outline.joins, self.outline.joined)[skip:]
        self.written |= self.inline.write(made, found, self._language(regions), segments, columns)
        self.inline.unread(made, regions)

    def _language(self, regions: Sequence[Region]) -> str | None:
        return next((region.language for region in regions if region.language), self.language)

    def quote(self, float_: Float, regions: Sequence[Region], id_: str, wanted: list[str]) -> Element:
        """A pull-quote; it points to the passages it repeats once all are written."""
        made = self.plain(K.PULL_QUOTE, regions)
        made.set(XML_ID, id_)
        if float_.confidence is not None:
            made.set("cert", decimal(float_.confidence) or "0")
        self.quotes.append((made, wanted))
        return made

    def waiting(self) -> list[Element]:
        """The pull-quotes that point to a passage which is not in the text yet; the others are linked."""
        open_ = [(made, wanted) for made, wanted in self.quotes if not self.written.issuperset(wanted)]
        done = [quote for quote in self.quotes if self.written.issuperset(quote[1])]
        self.quotes = done
        self.link_quotes()
        self.quotes = open_
        return [made for made, _ in open_]

    def link_quotes(self) -> None:
        """Point each pull-quote to those of its passages that are in the text."""
        for made, wanted in self.quotes:
            found = [f"#{id_}" for id_ in dict.fromkeys(wanted) if id_ in self.written]
            if found:
                made.set("corresp", " ".join(found))

    def figure(self, regions: Sequence[Region], sure: float | None = None) -> Element:
        """A picture with its caption and credit; ``sure``: that it belongs where it stands."""
        images = [region for region in regions if region.kind is K.IMAGE]
        made = make("figure", {"facs": facs(images), "cert": decimal(sure)})
        for image in images:
            if any(line.words for line in image.lines):
                self.words(child(made, "p"), (image,))
        for region in regions:
            if region.kind is K.CAPTION:
                self.fill(child(made, "head", {"type": "caption"}), (region,))
            elif region.kind is K.PHOTO_CREDIT:
                self.fill(child(made, "byline"), (region,))
            elif region.kind is not K.IMAGE and region.kind not in SILENT:
                self.fill(child(made, "p"), (region,))
        return made

    def table(
        self,
        regions: Sequence[Region],
        others: Sequence[Region],
        outline: Outline,
        done: set[str],
        *,
        facs: bool = True,
    ) -> Element:
        """A table: cells by their place, rows from top to bottom; ``others`` are its headings."""
        made = make("table", {"facs": " ".join(f"#{region.id}" for region in regions) if facs else None})
        for region in others:
            self.fill(child(made, "head"), (region,))
        for region in regions:
            for row in rows_of(region.lines):
                line_row = child(made, "row")
                for line in row:
                    cell = child(line_row, "cell")
                    found = [t for t in tokens((region,), {}, {}) if t.line is line]
                    self.inline.write(cell, found, region.language or self.language)
            cells = [c for c in outline.unplaced(region) if c.id not in done and c.kind not in SILENT]
            done.update(cell.id for cell in cells)
            for cell_row in grid_of(cells):
                region_row = child(made, "row")
                for cell_region in cell_row:
                    place = child(region_row, "cell")
                    if cell_region is not None:
                        inside = [inner for inner in cell_region.walk() if inner.kind not in SILENT]
                        self.fill(place, inside)
        if not any(inner.tag == "row" for inner in made):
            child(child(made, "row"), "cell")
        return made

    def verse(
        self, regions: Sequence[Region], columns: dict[str, int], segments: Sequence[Segment] = ()
    ) -> Element:
        """A poem, a verse for each line, with its two halves where it has them."""
        made = make("lg", {"facs": facs(regions)})
        self._say_language(made, regions)
        language = self._language(regions)
        for words in verses(tokens(regions, self.outline.joins, self.outline.joined)):
            parts = halves(words)
            verse = child(made, "l", {"rend": "bayt" if len(parts) > 1 else None})
            for half in parts:
                place = child(verse, "seg", {"type": "hemistich"}) if len(parts) > 1 else verse
                self.written |= self.inline.write(place, half, language, segments, columns, begun=False)
                if half is not parts[-1]:
                    add_text(verse, " ")
        if not len(made):
            self.inline.unread(child(made, "l"), regions)
        return made

    def notice(self, region: Region, target: str | None) -> Element:
        """A continuation line; it points to the other part where that is known."""
        made = make("fw", {"type": "continuation", "facs": facs((region,))})
        self.words(child(made, "ref", {"target": f"#{target}"}) if target else made, (region,))
        return made

    def columns(self, entry: Entry) -> dict[str, int]:
        """Number of the column that begins with a region, where the part's text has several."""
        regions = [
            region
            for block in entry.part.blocks
            if block.kind in RUNNING_TEXT
            for region in self.outline.known(block.regions, entry.part.page)
            if region.column is not None and any(line.words for line in region.lines)
        ]
        found: dict[str, int] = {}
        last: int | None = None
        for region in regions:
            if region.column != last:
                found[region.id] = len(found) + 1
                last = region.column
        return found if len(found) > 1 else {}

    def place(self, region: Region) -> str | None:
        """On which side of the page a piece of running matter stands."""
        page = self.page[self.outline.page_of[region.id]]
        x, y = region.box.center
        if region.rotation in (90, 270):
            return "left" if x < page.width / 2 else "right"
        return "top" if y < page.height / 2 else "bottom"

    def _turn_id(self, block: str) -> str | None:
        known = self.outline.blocks.get(block)
        return f"{block}_sp" if known and known.kind in (K.QUESTION, K.ANSWER) else None

    def _cut(self, made: Element, id_: str, before: str | None, after: str | None, *, part: bool) -> None:
        if not before and not after:
            return
        made.set(XML_ID, id_)
        if part:
            made.set("part", "M" if before and after else "F" if before else "I")
        if before:
            made.set("prev", f"#{before}")
        if after:
            made.set("next", f"#{after}")


def _directions(outline: Outline) -> dict[str, str]:
    """Language -> the rendition of words of that language inside a text of another direction."""
    found: dict[str, str] = {}
    for region in outline.regions.values():
        for line in region.lines:
            for word in line.words:
                if word.language and word.language not in found:
                    try:
                        direction = language_record(word.language).direction
                    except ConfigError:
                        continue
                    found[word.language] = "#rtl" if direction is Direction.RTL else "#ltr"
    return found
