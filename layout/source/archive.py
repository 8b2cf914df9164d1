"""The archival files of an issue (ALTO, TEI, METS), as newsreflow writes them -> `Issue`.

Where things stand comes from the zones of the TEI, what is written there from the ALTO files, what hangs
together from the text of the TEI, what is known of the issue from the MODS record in the METS file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from layout.document import (
    Box,
    Column,
    Direction,
    Finding,
    Issue,
    Item,
    Join,
    Page,
    Polygon,
    Region,
    SourceImage,
    TextLine,
)
from layout.errors import InputError
from layout.source.alto import page_in
from layout.source.archive_columns import column_beginnings, in_columns
from layout.source.archive_tei import XML_ID, read_items
from layout.source.mods import read_mods
from layout.source.transcript import kind_named
from layout.source.xml_input import local_name, parse_xml

Element = etree._Element


def read_archive(folder: Path) -> Issue:
    """The issue whose `tei.xml`, `alto/` and, where it is there, `mets.xml` lie in ``folder``.

    Raises `InputError` for a file that is missing or is not one of those.
    """
    path = folder / "tei.xml"
    tei = parse_xml(path)
    if local_name(tei) != "TEI":
        raise InputError("is no TEI file", file=str(path), remedy="export it again")
    failed = dict(_failures(tei))
    usual = _direction(tei.find("{*}text")) or Direction.LTR
    links = _Links()
    pages = tuple(
        _page(surface, folder, failed, usual, links) for surface in tei.iterfind("{*}facsimile/{*}surface")
    )
    mets = _mets(folder / "mets.xml") if (folder / "mets.xml").is_file() else None
    known = dict(_known(mets)) if mets is not None else {}
    id_ = (mets.get("OBJID") if mets is not None else None) or folder.name
    issue = Issue(id_, pages, joins=tuple(links.joins))
    if mets is not None:
        about = read_mods(mets)  # an issue without a title is called by its id there
        issue = replace(issue, metadata=replace(about, title=None) if about.title == issue.id else about)
    issue = replace(issue, findings=tuple(_findings(tei)))
    items = read_items(tei, issue, links.named, links.beside)
    issue = replace(issue, items=tuple(_completed(item, known, issue.metadata.language) for item in items))
    return in_columns(issue, column_beginnings(tei))


def _mets(path: Path) -> Element:
    root = parse_xml(path)
    if local_name(root) != "mets":
        raise InputError("is no METS file", file=str(path), remedy="export it again, or remove it")
    return root


def _findings(tei: Element) -> Iterator[Finding]:
    """What was found doubtful, as the notes of the header tell it."""
    for note in tei.iterfind("{*}teiHeader/{*}fileDesc/{*}notesStmt/{*}note"):
        code = note.get("subtype") or ""
        if note.get("type") == "finding" and code != "failed":
            page = (note.get("target") or "").removeprefix("#") or None
            yield Finding("warning", code, (note.text or "").strip(), page)


def _completed(item: Item, known: dict[str, tuple[str | None, str | None]], usual: str | None) -> Item:
    """The item with what METS says of it; ``usual`` is the issue's language."""
    title, language = known.get(item.id, (None, None))
    language = item.language or (language if language != usual else None)
    return replace(item, title=title, language=language)


def _failures(tei: Element) -> Iterator[tuple[str, str]]:
    """Pages that could not be read, and why."""
    for gap in tei.iter("{*}gap"):
        before = gap.getprevious()
        if gap.get("reason") == "failed" and before is not None and local_name(before) == "pb":
            yield (before.get("facs") or "").removeprefix("#"), gap.findtext("{*}desc", "").strip()


def _known(mets: Element) -> Iterator[tuple[str, tuple[str | None, str | None]]]:
    """Item id -> its title and language, by the divisions that name it in the TEI and their records."""
    languages = {
        section.get("ID") or "": section.findtext(".//{*}language/{*}languageTerm")
        for section in mets.iterfind("{*}dmdSec")
    }
    for div in mets.iter("{*}div"):
        item = (div.get("CONTENTIDS") or "").rpartition("#")[2]
        if item:
            code = languages.get(div.get("DMDID") or "")
            yield item, (div.get("LABEL"), code if code != "und" else None)


def _direction(element: Element | None) -> Direction | None:
    """The direction that the rendition of an element states."""
    stated = {f"#{direction.value}": direction for direction in Direction}
    return stated.get((element.get("rendition") if element is not None else None) or "")


def _page(surface: Element, folder: Path, failed: dict[str, str], usual: Direction, links: _Links) -> Page:
    """A page: its zones filled with the lines of its ALTO file, whose links are kept in ``links``.

    ``usual`` is the direction of the issue.
    """
    id_ = surface.get(XML_ID) or ""
    graphic = surface.find("{*}graphic")
    url, _, fragment = ((graphic.get("url") if graphic is not None else "") or "").partition("#")
    number = int(fragment[5:]) if re.fullmatch(r"page=\d{1,9}", fragment) else 1
    source = SourceImage(unquote(url.rpartition("/")[2]), page=number)
    if id_ in failed:
        return Page(id_, 0, 0, source=source, failed=failed[id_])
    file = folder / "alto" / f"{id_}.xml"
    alto = parse_xml(file)
    read = page_in(alto, file, id_)
    links.read(alto)
    known = {region.id: region for region in read.walk()}
    zones = [zone for zone in surface.iterfind("{*}zone") if zone.get("type") != "column"]
    columns = (zone for zone in surface.iterfind("{*}zone") if zone.get("type") == "column")
    return replace(
        read,
        source=replace(source, file=read.source.file or source.file, sha256=read.source.sha256),
        dpi=read.dpi or _resolution(graphic),
        direction=_direction(surface) or usual,
        regions=tuple(_region(zone, known) for zone in zones),
        columns=tuple(Column(_box(zone)) for zone in columns),
    )


def _resolution(graphic: Element | None) -> float | None:
    """Dots per inch, as the description of a page's picture states them."""
    text = graphic.findtext("{*}desc[@type='resolution']", "") if graphic is not None else ""
    return _number(text.partition(" ")[0])


def _region(zone: Element, known: dict[str, Region]) -> Region:
    """A zone with the text that ALTO has of it; a line that ALTO has not has no words."""
    id_, kind = zone.get(XML_ID) or "", kind_named(zone.get("type"))
    read = known.get(id_)
    if read is None or kind is None:
        raise InputError(
            f"has a zone '{id_}' that its ALTO file has not", file="tei.xml", remedy="export both again"
        )
    lines = {line.id: line for line in read.lines}
    inner = list(zone.iterfind("{*}zone"))
    own = [one for one in inner if one.get("type") == "line"]
    return replace(
        read,
        kind=kind,
        box=_box(zone),
        polygon=_points(zone) or None,
        confidence=_number(zone.get("cert")),
        lines=tuple(lines.get(one.get(XML_ID) or "") or _line(one) for one in own) or read.lines,
        children=tuple(_region(one, known) for one in inner if one.get("type") != "line"),
    )


def _line(zone: Element) -> TextLine:
    """A line that has no words."""
    baseline = _points(zone.find("{*}path[@type='baseline']"))
    return TextLine(zone.get(XML_ID) or "", _box(zone), baseline=baseline, polygon=_points(zone) or None)


@dataclass
class _Links:
    """What the ALTO files say beyond their pages: divided words, the blocks that their order names, and those
    among them that stand beside a text."""

    joins: list[Join] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    open: dict[str, tuple[str, str]] = field(default_factory=dict)

    def read(self, alto: Element) -> None:
        """Add those of the next page."""
        order = "{*}ReadingOrder//"
        self.named.update(one.get("REF") or "" for one in alto.iterfind(f"{order}{{*}}ElementRef"))
        floats = alto.iterfind(f"{order}{{*}}UnorderedGroup//{{*}}ElementRef")
        self.beside.update(one.get("REF") or "" for one in floats)
        for line in alto.iter("{*}TextLine"):
            mark = line.find("{*}HYP")
            for string in line.iterfind("{*}String"):
                whole, id_ = string.get("SUBS_CONTENT"), string.get("ID") or ""
                if whole is not None and string.get("SUBS_TYPE") == "HypPart1":
                    self.open[whole] = (id_, (mark.get("CONTENT") or "") if mark is not None else "")
                elif whole in self.open and string.get("SUBS_TYPE") == "HypPart2":
                    first, hyphen = self.open.pop(whole or "")
                    self.joins.append(Join(first, id_, whole or "", hyphen))


def _box(zone: Element) -> Box:
    return Box(*(_number(zone.get(name)) or 0.0 for name in ("ulx", "uly", "lrx", "lry")))


def _points(shape: Element | None) -> Polygon:
    pairs = [pair.split(",") for pair in (shape.get("points") or "").split()] if shape is not None else []
    return tuple((float(x), float(y)) for x, y in pairs)


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
