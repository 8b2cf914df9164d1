"""hOCR 1.2, one file for a page: HTML with boxes; blocks in reading order, direction by `dir`.

What hOCR has a word for is said in it (`baseline`, `textangle`, `poly`, `cflow` for the item). What it has
none for stands in its own properties (`x_...`), in `data-` attributes of HTML and in a list without text
behind the page, the reading order with the items as groups, so that nothing is lost. The notes are those of
PAGE's ``custom`` (`page_custom.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import product
from pathlib import Path

from layout import __version__
from layout.document import (
    Box,
    Direction,
    Issue,
    Item,
    Join,
    Page,
    Polygon,
    ProcessingStep,
    Region,
    RegionKind,
    TextLine,
    Word,
)
from layout.export.files import write_whole
from layout.export.folio import printed_number
from layout.export.images import image_name
from layout.export.outline import Group, Outline, PageOutline, flat, outlined
from layout.export.page_custom import issue_values, item_note, join_note, note
from layout.export.page_markup import Element, Form, as_text, as_value, child, element, serialize
from layout.export.page_order import Link, items_of, quotations, region_notes
from layout.export.settings import ExportSettings
from layout.export.settle import clean_text
from layout.export.xml import Markup, legal

XHTML = "http://www.w3.org/1999/xhtml"
K = RegionKind

#: How the names of our own ``meta`` begin.
_OWN = "newsreflow:"

#: The class of a region; others are an area of text, or a float that holds such areas.
_CLASSES = {
    K.RUNNING_HEAD: "ocr_header",
    K.PAGE_NUMBER: "ocr_pageno",
    K.CAPTION: "ocr_caption",
    K.PULL_QUOTE: "ocr_textfloat",
    K.IMAGE: "ocr_photo",
    K.SEPARATOR: "ocr_separator",
    K.TABLE: "ocr_table",
    K.NOISE: "ocr_noise",
}
_CAPABILITIES = (
    *("ocr_page", "ocr_carea", "ocr_par", "ocr_line", "ocrx_word", "ocr_float", "ocr_footer"),
    *dict.fromkeys(_CLASSES.values()),
    *("ocrp_lang", "ocrp_dir", "ocrp_poly", "ocrp_wconf"),
)


class HocrExporter:
    """Writes `hocr/p0001.html` and so on; a page that failed has no file."""

    def __init__(self, settings: ExportSettings) -> None:
        self.settings = settings

    def write(self, issue: Issue, folder: Path) -> list[Path]:
        """One hOCR file for each page that was read; `AccessError` where one cannot be written."""
        outline = outlined(issue)
        written = []
        for number, page in enumerate(outline.pages):
            if page.page.failed is None:
                root = _document(outline, page, number, self.settings)
                path = folder / "hocr" / f"{page.page.id}.html"
                written.append(write_whole(path, serialize(root)))
        return written


def _document(outline: Outline, page: PageOutline, number: int, settings: ExportSettings) -> Element:
    code = page.page.language
    root = element("html", {"xmlns": XHTML, "xml:lang": code, "lang": code}, pretty=False)
    head = child(root, "head")
    child(head, "title", text=f"{outline.issue.id} {page.page.id}")
    for name, content in (
        ("ocr-system", f"newsreflow {__version__}"),
        ("ocr-capabilities", " ".join(_CAPABILITIES)),
        ("ocr-number-of-pages", "1"),
        ("ocr-langs", code),
        *((f"{_OWN}{name}", value) for name, value, _ in issue_values(outline.issue, page.page)),
        *((f"{_OWN}step", _step(step)) for step in page.page.steps),
    ):
        if content:
            child(head, "meta", {"name": name, "content": content}).tail = "\n"
    title = [f'image "{_quoted(image_name(page.page, settings, "../") or page.page.id)}"']
    title += [_bbox(page.page.box), f"ppageno {number}"]
    printed = printed_number(page.page)
    if printed:
        title.append(f'lpageno "{_quoted(printed)}"')
    if page.page.dpi:
        title.append(f"scan_res {page.page.dpi:.0f} {page.page.dpi:.0f}")
    said = {"class": "ocr_page", "id": page.page.id, **_direction(page.page.direction)}
    body = child(root, "body")
    made = child(body, "div", {**said, "title": "; ".join(title)}, "")
    reading = outline.reading(page)
    items, notes = items_of(reading), region_notes(outline, page)
    holders = {inner.id: region.id for region in page.page.walk() for inner in region.children}
    done: set[str] = set()
    for region in (*flat(reading), *page.page.walk()):
        if region.id not in done:
            done.add(region.id)
            own = {"data-in": holders.get(region.id), "data-note": notes.get(region.id)}
            _region(made, region, page.page, items.get(region.id), own, outline.joins)
    _order(body, reading, quotations(outline, page.page.id))
    return root


def _step(step: ProcessingStep) -> str:
    known = {
        "name": step.name,
        "software": step.software,
        "version": step.version,
        "category": step.category,
        "settings": json.dumps(step.settings, ensure_ascii=False),
    }
    return note("step", known)


def _order(body: Element, reading: Sequence[Region | Group], quotes: Sequence[Link]) -> None:
    """The reading order as lists in lists, and the links from pull-quotes to what they repeat."""
    place = child(body, "nav", {"class": "newsreflow_order", "hidden": "hidden"}, "")
    _list(place, reading, ordered=True)
    for source, target, _, said in quotes:
        child(place, "a", {"href": f"#{target}", "data-region": source, "data-note": said}, "")


def _list(parent: Element, members: Sequence[Region | Group], *, ordered: bool) -> None:
    made = child(parent, "ol" if ordered else "ul", None, "")
    for member in members:
        if isinstance(member, Region):
            child(made, "li", {"data-region": member.id}, "")
            continue
        said = {"data-region": member.head.id if member.head else None}
        if member.entry:
            title = clean_text(member.entry.item.title or "") or None
            said |= {"data-note": item_note(member.entry.item, member.entry.part), "data-title": title}
        _list(child(made, "li", said, ""), member.members, ordered=member.ordered)


def _region(
    parent: Element,
    region: Region,
    page: Page,
    item: Item | None,
    own: Mapping[str, str | None],
    joins: Mapping[str, Join],
) -> None:
    """A block: one area with one paragraph of lines, or a picture, rule or table.

    Blocks stand side by side, for the order of reading; ``own``: in which region one stands, and its note.
    """
    title = [_bbox(region.box), *_poly(region.polygon)]
    if region.rotation:
        title.append(f"textangle {region.rotation}")
    if item:
        title.append(f"cflow {item.id}")
    if region.confidence is not None:
        title.append(f"x_conf {_percent(region.confidence)}")
    made = child(
        parent,
        "div",
        {
            "class": _class_of(region, page),
            "id": region.id,
            "title": "; ".join(title),
            "data-kind": region.kind.value,
            **own,
        },
        "",
    )
    made.tail = "\n"
    if not region.lines:
        return
    block = child(
        made,
        "p",
        {
            "class": "ocr_par",
            "id": f"{region.id}_par",
            **_direction(region.direction or page.direction),
            "lang": region.language,
            "title": _bbox(region.box),
        },
    )
    for line in region.lines:
        _line(block, line, joins)


def _class_of(region: Region, page: Page) -> str:
    if region.kind is K.RUNNING_HEAD and region.box.y0 > page.height / 2:
        return "ocr_footer"
    usual = "ocr_carea" if region.lines or not region.children else "ocr_float"
    return _CLASSES.get(region.kind, usual)


def _line(block: Element, line: TextLine, joins: Mapping[str, Join]) -> None:
    title = [_bbox(line.box), *_baseline(line), *_poly(line.polygon)]
    if line.confidence is not None:
        title.append(f"x_conf {_percent(line.confidence)}")
    attributes = {"class": "ocr_line", "id": line.id, "title": "; ".join(title)}
    attributes.update(_direction(line.direction))
    if line.language:
        attributes["lang"] = line.language
    row = block.add("span", attributes, "")
    row.tail = "\n"
    last = len(line.words) - 1
    for number, word in enumerate(line.words):
        join, spaced = joins.get(word.id), number < last
        if word.language or join:
            _word(row, word, join, " " if spaced else "")
            continue
        sure = () if word.confidence is None else (_percent(word.confidence),)
        other = (as_value(word.normalized),) if word.normalized else ()
        said = (as_value(word.id), *_place(word), *sure, *other, as_text(word.text))
        row.fill(_WORDS[bool(sure), bool(other), spaced], said)


def _word(row: Element, word: Word, join: Join | None, tail: str) -> None:
    """A word of which more is to be said; ``join``: it is the first part of this divided word."""
    sure = "" if word.confidence is None else f"; x_wconf {_percent(word.confidence)}"
    attributes = {"class": "ocrx_word", "id": word.id, "title": _bbox(word.box) + sure}
    if word.language:
        attributes["lang"] = word.language
    if word.normalized:
        attributes["data-normalized"] = word.normalized
    if join:
        attributes["data-note"] = join_note(join)
    row.add("span", attributes, word.text).tail = tail


def _place(word: Word) -> tuple[float, float, float, float]:
    box = word.box
    return box.x0, box.y0, box.x1, box.y1


def _word_form(*, sure: bool, respelt: bool, spaced: bool) -> Form:
    title = "bbox %d %d %d %d; x_wconf %s" if sure else "bbox %d %d %d %d"
    reading = {"data-normalized": "%s"} if respelt else {}
    made = Element("span", {"class": "ocrx_word", "id": "%s", "title": title, **reading}, "%s")
    made.tail = " " if spaced else ""
    return Form(made)


#: The forms of a word: whether it has a confidence, another reading, and a space behind it.
_WORDS = {
    (sure, respelt, spaced): _word_form(sure=sure, respelt=respelt, spaced=spaced)
    for sure, respelt, spaced in product((False, True), repeat=3)
}


def _baseline(line: TextLine) -> list[str]:
    """Slope and offset from the box's lower left corner; the points themselves where they say more."""
    if len(line.baseline) < 2:
        return []
    (x0, y0), (x1, y1) = line.baseline[0], line.baseline[-1]
    if x1 <= x0:
        return [f"x_baseline {_numbers(line.baseline)}"]
    slope = (y1 - y0) / (x1 - x0)
    offset = y0 - slope * (x0 - line.box.x0) - line.box.y1
    said = [f"baseline {slope:.5f} {offset:.0f}" if slope else f"baseline 0 {offset:.0f}"]
    if len(line.baseline) > 2 or slope or (x0, x1) != (line.box.x0, line.box.x1):
        said.append(f"x_baseline {_numbers(line.baseline)}")
    return said


def _direction(direction: Direction | None) -> dict[str, str]:
    """HTML's `dir`; what runs from top to bottom it has no word for."""
    if direction is None:
        return {}
    return {"data-dir" if direction is Direction.TTB else "dir": direction.value}


def _poly(polygon: Polygon | None) -> list[str]:
    return [f"poly {_numbers(polygon)}"] if polygon else []


def _numbers(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{int(x)} {int(y)}" for x, y in points)


@lru_cache(maxsize=1 << 14)
def _percent(confidence: float) -> Markup:
    """Of a hundred, with two decimals at most: most readers take whole numbers, all take the first digits."""
    return Markup(f"{100 * confidence:.2f}".rstrip("0").rstrip("."))


def _quoted(text: str) -> str:
    """A text for within double quotes, where a semicolon would end the property for many readers."""
    return legal(text).replace('"', "'").replace(";", ",")


def _bbox(box: Box) -> str:
    return f"bbox {int(box.x0)} {int(box.y0)} {int(box.x1)} {int(box.y1)}"
