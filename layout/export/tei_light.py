"""TEI P5 for readers: the items of an issue one after the other, whole, in normalised spelling.

The parts of an item are joined over pages, divided words are whole; lines, columns, zones, running matter
and the doubt of single words are left out, and stand in the full version (`tei.xml`), whose ids for items
this one has, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from layout.document import Direction, Issue, Item, ItemKind, RegionKind
from layout.export.files import write_whole
from layout.export.folio import ascii_number
from layout.export.outline import Entry, Outline, outlined
from layout.export.reading_text import Paragraph, entries_of, items_in_order, loose_paragraphs, paragraphs
from layout.export.settings import ExportSettings
from layout.export.settle import settled
from layout.export.tei import MODEL, TEI, issue_languages, main_direction
from layout.export.tei_blocks import BYLINES, HEADS, PLAIN, covered, make
from layout.export.tei_flow import Flow
from layout.export.tei_header import RENDITIONS, ROLES, Said, speaker_id, speakers, write_header
from layout.export.tei_indent import indent
from layout.export.xml import XML_ID, XML_LANG, Element, child, decimal, element, serialize

K = RegionKind

#: Kinds whose pieces, one after the other, are one figure, poem or table.
_GROUPS = {
    K.CAPTION: "figure",
    K.PHOTO_CREDIT: "figure",
    K.IMAGE: "figure",
    K.VERSE: "verse",
    K.TABLE: "table",
    K.TABLE_CELL: "table",
}


class TeiLightExporter:
    """Writes `tei-light.xml`."""

    def __init__(self, settings: ExportSettings) -> None:
        self.settings = settings

    def write(self, issue: Issue, folder: Path) -> list[Path]:
        """One TEI file of the issue in its folder; `AccessError` where it cannot be written."""
        root = light_document(issue, self.settings)
        if self.settings.pretty:
            indent(root)
        data = serialize(root, pretty=False, instruction=MODEL, space=TEI)
        return [write_whole(folder / "tei-light.xml", data)]


def light_document(issue: Issue, settings: ExportSettings) -> Element:
    """The TEI element of an issue's reading version, without its namespace."""
    issue = settled(issue)
    languages = issue_languages(issue)
    root = element("TEI")
    main = languages[0] if languages else None
    usual = main_direction(issue)
    rendition = RENDITIONS[usual] if usual is not Direction.LTR else None
    text = child(root, "text", {"type": "issue", XML_LANG: main, "rendition": rendition})
    _Writer(outlined(issue), main).write(text)
    words = len(" ".join(map(str, text.itertext())).split())
    pointers = {node.get(name) or "" for node in text.iter() for name in ("rendition", "ana")}
    said = Said(languages, pointers, words)
    root.insert(0, write_header(root, issue, settings, said, light=True))
    return root


class _Writer:
    """Writes the text of one issue."""

    def __init__(self, outline: Outline, language: str | None) -> None:
        self.outline = outline
        self.people = frozenset(speakers(self.outline.issue))
        self.language = language
        self.parts = entries_of(outline)
        self.inner: dict[str, list[Item]] = {}
        for item in outline.issue.items:
            holder = self._holder(item) if item.id in self.parts else None
            if holder is not None:
                self.inner.setdefault(holder.id, []).append(item)
        self.page: str | None = None
        self.numbers = {page.id: ascii_number(page) for page in outline.issue.pages}
        self.wanted = {
            region: [target.block for target in float_.targets]
            for item in outline.issue.items
            for part in item.parts
            for float_ in part.floats
            for region in float_.regions
        }
        self.targets = {block for blocks in self.wanted.values() for block in blocks}
        self.written: set[str] = set()
        self.quotes: list[tuple[Element, list[str]]] = []

    def write(self, text: Element) -> None:
        """Front matter, then the items, then what no item claims."""
        front = [region for page in self.outline.pages for region in page.front]
        heads = loose_paragraphs(self.outline, front)
        if heads:
            self._front(child(text, "front"), heads)
        body = child(text, "body")
        for item in self._tops():
            self._item(Flow(child(body, "div", self._attributes(item, item.kind.value))), item)
        loose = [region for page in self.outline.pages for region in page.loose]
        rest = loose_paragraphs(self.outline, loose)
        if rest:
            flow = Flow(child(body, "div", {"type": "unassigned"}))
            self._paragraphs(flow, rest, None)
            flow.close()
        for made, blocks in self.quotes:
            found = [f"#{block}" for block in dict.fromkeys(blocks) if block in self.written]
            if found:
                made.set("corresp", " ".join(found))
        if not any(inner.tag == "div" for inner in body):
            child(body, "ab")

    def _tops(self) -> list[Item]:
        """Items that stand for themselves; sidebars are written in their articles."""
        return [item for item in items_in_order(self.outline, self.parts) if self._holder(item) is None]

    def _holder(self, item: Item) -> Item | None:
        """The article a sidebar is written in: its parent, if that stands for itself."""
        parent = self.outline.items.get(item.parent or "")
        if item.kind is not ItemKind.SIDEBAR or parent is None or parent is item:
            return None
        alone = parent.kind is not ItemKind.SIDEBAR and parent.id in self.parts
        return parent if alone else None

    def _front(self, front: Element, found: Sequence[Paragraph]) -> None:
        heads = [one for one in found if one.kind is K.MASTHEAD]
        others = [one for one in found if one.kind is not K.MASTHEAD]
        if heads:
            title = child(child(front, "titlePage", {"type": "masthead"}), "docTitle")
            for one in heads:
                child(title, "titlePart", text=one.text)
        if others:
            imprint = child(front, "div", {"type": "imprint"})
            for one in others:
                child(imprint, "p", text=one.text)

    def _attributes(self, item: Item, kind: str) -> dict[str, object | None]:
        return {
            "type": kind,
            "subtype": item.genre,
            XML_ID: item.id,
            XML_LANG: None if covered(self.language, item.language) else item.language,
            "cert": decimal(item.confidence),
        }

    def _item(self, flow: Flow, item: Item) -> None:
        """An item's paragraphs, what stands beside them, then its sidebars."""
        parts = self.parts[item.id]
        self._paragraphs(flow, paragraphs(self.outline, parts, quotes=True), item)
        for inner in self.inner.get(item.id, ()):
            made = make("floatingText", self._attributes(inner, "sidebar"))
            box = Flow(child(made, "body"))
            self._item(box, inner)
            if not box.has_text and box.target is box.division:
                box.text(make("ab"))
            flow.text(made)
        self._gaps(flow, parts)
        flow.close()

    def _gaps(self, flow: Flow, parts: Sequence[Entry]) -> None:
        """Say how many lines of the item were found and could not be read."""
        regions = {
            region.id: region
            for entry in parts
            for id_ in entry.item.regions_on(entry.part.page)
            for region in self.outline.known((id_,), entry.part.page)
        }
        count = sum(not line.words for region in regions.values() for line in region.lines)
        if count:
            gap = make("gap", {"reason": "illegible", "unit": "line", "quantity": count})
            flow.anywhere(gap)

    def _paragraphs(self, flow: Flow, found: Sequence[Paragraph], item: Item | None) -> None:
        for (group, _), members in groupby(found, key=_group):
            pieces = list(members)
            if group is None:
                for one in pieces:
                    self._break(flow, one)
                    self._one(flow, one, item)
                continue
            self._break(flow, pieces[0])
            if group == "figure":
                flow.anywhere(_figure(pieces))
            elif group == "verse":
                flow.text(self._verse(pieces))
            else:
                for table in _tables(pieces):
                    flow.text(table)

    def _break(self, flow: Flow, paragraph: Paragraph) -> None:
        """`pb` where the text comes to another page."""
        pages = [self.outline.page_of[region] for region in paragraph.regions]
        if pages and pages[0] != self.page:
            self.page = pages[0]
            if not flow.endings:
                flow.anywhere(make("pb", {"n": self.numbers.get(self.page)}))

    def _one(self, flow: Flow, paragraph: Paragraph, item: Item | None) -> None:
        """One paragraph, heading or quote."""
        kind = paragraph.kind
        made = self._made(paragraph)
        if kind in HEADS:
            flow.head(made, section=kind is K.CROSSHEAD)
        elif kind in BYLINES:
            flow.head(made)
        elif kind is K.LEAD and not flow.has_text:
            argument = make("argument")
            argument.append(made)
            flow.head(argument)
        elif kind is K.FOOTNOTE:
            flow.anywhere(made)
        elif kind in ROLES and item is not None:
            who = speaker_id(item.id, kind, paragraph.speaker)
            # The header names those who speak in the text proper, not what a caption or box is taken for.
            turn = make(
                "sp",
                {
                    "who": f"#{who}" if who in self.people else None,
                    "ana": f"#turn.{kind.value}",
                    "n": paragraph.turn,
                },
            )
            label = _label(paragraph)
            if label:
                child(turn, "speaker", text=label.strip())
                made.text = paragraph.text[len(label) :]
            turn.append(made)
            flow.text(turn)
        else:
            flow.text(made)

    def _made(self, paragraph: Paragraph) -> Element:
        name, attributes = PLAIN.get(paragraph.kind, ("p", {}))
        if name == "fw":
            name, attributes = "p", {}
        made = make(name, attributes)
        made.text = paragraph.text
        language = self._language(paragraph)
        if language and not covered(self.language, language):
            made.set(XML_LANG, language)
        self._name(made, paragraph)
        if paragraph.kind is K.PULL_QUOTE:
            blocks = [block for region in paragraph.regions for block in self.wanted.get(region, ())]
            self.quotes.append((made, blocks))
        return made

    def _name(self, made: Element, paragraph: Paragraph) -> None:
        """Give the element of a block an id, if a pull-quote repeats the block."""
        if paragraph.block in self.targets and paragraph.block not in self.written:
            self.written.add(paragraph.block)
            made.set(XML_ID, paragraph.block)

    def _verse(self, pieces: Sequence[Paragraph]) -> Element:
        """A poem; each piece is a verse."""
        made = make("lg")
        self._name(made, pieces[0])
        for piece in pieces:
            child(made, "l", text=piece.text)
        return made

    def _language(self, paragraph: Paragraph) -> str | None:
        languages = (self.outline.regions[region].language for region in paragraph.regions)
        return next((language for language in languages if language), None)


def _group(paragraph: Paragraph) -> tuple[str | None, str | None]:
    """What a piece stands in together with those beside it; a poem is a block for itself."""
    group = _GROUPS.get(paragraph.kind)
    return group, paragraph.block if group == "verse" else None


def _label(paragraph: Paragraph) -> str:
    """The printed name of the speaker that a turn begins with, up to the colon and the space behind it."""
    name = paragraph.speaker
    found = re.match(rf"{re.escape(name)} ?[:\uff1a] ?", paragraph.text) if name else None
    return found.group() if found else ""


def _figure(pieces: Sequence[Paragraph]) -> Element:
    made = make("figure")
    for piece in pieces:
        if piece.kind is K.CAPTION:
            child(made, "head", {"type": "caption"}, piece.text)
        elif piece.kind is K.PHOTO_CREDIT:
            child(made, "byline", text=piece.text)
        else:
            child(made, "p", text=piece.text)
    return made


def _tables(pieces: Sequence[Paragraph]) -> Iterator[Element]:
    """A table for each that has cells; lines, or cells without a table, are rows of one."""
    for with_cells, found in groupby(pieces, key=lambda piece: bool(piece.rows)):
        group = list(found)
        tables = [one.rows for one in group] if with_cells else [tuple((one.text,) for one in group)]
        for rows in tables:
            made = make("table")
            for row in rows:
                line = child(made, "row")
                for cell in row:
                    child(line, "cell", text=cell or None)
            yield made
