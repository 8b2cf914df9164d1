"""The archival files of an issue (ALTO, TEI, METS), as newsreflow writes them -> `Issue`.

Where things stand comes from the zones of the TEI, what is written there from the ALTO files, what hangs
together from the text of the TEI, what is known of the issue from the MODS record in the METS file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from layout.document import (
    Box,
    Column,
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
from layout.source.alto import read_alto
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
    pages = tuple(_page(surface, folder, failed) for surface in tei.iterfind("{*}facsimile/{*}surface"))
    mets = parse_xml(folder / "mets.xml") if (folder / "mets.xml").is_file() else None
    titles = dict(_titles(mets)) if mets is not None else {}
    issue = Issue(
        (mets.get("OBJID") if mets is not None else None) or folder.name,
        pages,
        joins=tuple(_joins(folder, pages)),
    )
    if mets is not None:
        issue = replace(issue, metadata=read_mods(mets))
    items = read_items(tei, issue)
    return replace(issue, items=tuple(_titled(item, titles) for item in items))


def _titled(item: Item, titles: dict[str, str]) -> Item:
    return replace(item, title=titles.get(item.id))


def _failures(tei: Element) -> Iterator[tuple[str, str]]:
    """Pages that could not be read, and why."""
    for gap in tei.iter("{*}gap"):
        before = gap.getprevious()
        if gap.get("reason") == "failed" and before is not None and local_name(before) == "pb":
            yield (before.get("facs") or "").removeprefix("#"), gap.findtext("{*}desc", "").strip()


def _titles(mets: Element) -> Iterator[tuple[str, str]]:
    """Item id -> its title, by the divisions that name it in the TEI."""
    for div in mets.iter("{*}div"):
        item = (div.get("CONTENTIDS") or "").rpartition("#")[2]
        if item and div.get("LABEL"):
            yield item, div.get("LABEL") or ""


def _page(surface: Element, folder: Path, failed: dict[str, str]) -> Page:
    """A page: its zones filled with the lines of its ALTO file."""
    id_ = surface.get(XML_ID) or ""
    graphic = surface.find("{*}graphic")
    name = (graphic.get("url") if graphic is not None else "") or ""
    if id_ in failed:
        return Page(id_, 0, 0, source=SourceImage(name.rpartition("/")[2]), failed=failed[id_])
    read = read_alto(folder / "alto" / f"{id_}.xml", id_)
    known = {region.id: region for region in read.walk()}
    zones = [zone for zone in surface.iterfind("{*}zone") if zone.get("type") != "column"]
    columns = (zone for zone in surface.iterfind("{*}zone") if zone.get("type") == "column")
    return replace(
        read,
        regions=tuple(_region(zone, known) for zone in zones),
        columns=tuple(Column(_box(zone)) for zone in columns),
    )


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
    boxes = [(one.get(XML_ID) or "", _box(one)) for one in inner if one.get("type") == "line"]
    return replace(
        read,
        kind=kind,
        box=_box(zone),
        polygon=_polygon(zone),
        confidence=_number(zone.get("cert")),
        lines=tuple(lines.get(name) or TextLine(name, box) for name, box in boxes) if boxes else read.lines,
        children=tuple(_region(one, known) for one in inner if one.get("type") != "line"),
    )


def _joins(folder: Path, pages: tuple[Page, ...]) -> Iterator[Join]:
    """Words divided at a line end, as the parts of words in the ALTO files say it."""
    open_: dict[str, tuple[str, str]] = {}
    for page in pages:
        if page.failed is not None:
            continue
        for line in parse_xml(folder / "alto" / f"{page.id}.xml").iter("{*}TextLine"):
            mark = line.find("{*}HYP")
            for string in line.iterfind("{*}String"):
                whole, id_ = string.get("SUBS_CONTENT"), string.get("ID") or ""
                if whole is not None and string.get("SUBS_TYPE") == "HypPart1":
                    hyphen = (mark.get("CONTENT") or "") if mark is not None else ""
                    open_[whole] = (id_, hyphen)
                elif whole in open_ and string.get("SUBS_TYPE") == "HypPart2":
                    first, hyphen = open_.pop(whole or "")
                    yield Join(first, id_, whole or "", hyphen)


def _box(zone: Element) -> Box:
    return Box(*(_number(zone.get(name)) or 0.0 for name in ("ulx", "uly", "lrx", "lry")))


def _polygon(zone: Element) -> Polygon | None:
    pairs = [pair.split(",") for pair in (zone.get("points") or "").split()]
    return tuple((float(x), float(y)) for x, y in pairs) or None


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
