"""hOCR 1.2, one file for a page: HTML with boxes; blocks in reading order, direction by `dir`.

What hOCR has a word for is said in it (`baseline`, `textangle`, `poly`, `cflow` for the item). What it has
none for stands in its own properties (`x_...`) and in `data-` attributes of HTML, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from layout import __version__
from layout.document import Box, Direction, Issue, Item, Page, Polygon, Region, RegionKind, TextLine, Word
from layout.export.files import write_whole
from layout.export.folio import printed_number
from layout.export.images import image_name
from layout.export.outline import Outline, PageOutline, flat, outlined
from layout.export.page_markup import Element, Form, child, element, serialize
from layout.export.page_order import items_of
from layout.export.settings import ExportSettings
from layout.export.xml import legal

XHTML = "http://www.w3.org/1999/xhtml"
K = RegionKind

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
    ):
        if content:
            child(head, "meta", {"name": name, "content": content})
    title = [f'image "{_quoted(image_name(page.page, settings, "../") or page.page.id)}"']
    title += [_bbox(page.page.box), f"ppageno {number}"]
    printed = printed_number(page.page)
    if printed:
        title.append(f'lpageno "{_quoted(printed)}"')
    if page.page.dpi:
        title.append(f"scan_res {page.page.dpi:.0f} {page.page.dpi:.0f}")
    said = {"class": "ocr_page", "id": page.page.id, **_direction(page.page.direction)}
    made = child(child(root, "body"), "div", {**said, "title": "; ".join(title)})
    reading = outline.reading(page)
    items = items_of(reading)
    holders = {inner.id: region.id for region in page.page.walk() for inner in region.children}
    done: set[str] = set()
    for region in (*flat(reading), *page.page.walk()):
        if region.id not in done:
            done.add(region.id)
            _region(made, region, page.page, items.get(region.id), holders.get(region.id))
    return root


def _region(parent: Element, region: Region, page: Page, item: Item | None, holder: str | None) -> None:
    """A block: one area with one paragraph of lines, or a picture, rule or table.

    ``holder``: the id of the region it stands in; blocks stand side by side, for the order of reading.
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
            "data-in": holder,
        },
    )
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
        _line(block, line)


def _class_of(region: Region, page: Page) -> str:
    if region.kind is K.RUNNING_HEAD and region.box.y0 > page.height / 2:
        return "ocr_footer"
    usual = "ocr_carea" if region.lines or not region.children else "ocr_float"
    return _CLASSES.get(region.kind, usual)


def _line(block: Element, line: TextLine) -> None:
    title = [_bbox(line.box), *_baseline(line), *_poly(line.polygon)]
    if line.confidence is not None:
        title.append(f"x_conf {_percent(line.confidence)}")
    attributes = {"class": "ocr_line", "id": line.id, "title": "; ".join(title)}
    attributes.update(_direction(line.direction))
    if line.language:
        attributes["lang"] = line.language
    row = block.add("span", attributes)
    last = len(line.words) - 1
    for number, word in enumerate(line.words):
        _word(row, word, " " if number < last else "")
    row.tail = "\n"


def _word(row: Element, word: Word, tail: str) -> None:
    box = word.box
    place = box.x0, box.y0, box.x1, box.y1
    sure = None if word.confidence is None else _percent(word.confidence)
    if word.language or word.normalized:
        said = _bbox(box) + (f"; x_wconf {sure}" if sure is not None else "")
        attributes = {"class": "ocrx_word", "id": word.id, "title": said}
        if word.language:
            attributes["lang"] = word.language
        if word.normalized:
            attributes["data-normalized"] = word.normalized
        row.add("span", attributes, word.text).tail = tail
    elif sure is None:
        row.fill(_WORD, (word.id, *place, word.text), tail)
    else:
        row.fill(_SURE_WORD, (word.id, *place, sure, word.text), tail)


def _word_form(title: str) -> Form:
    return Form(Element("span", {"class": "ocrx_word", "id": "%s", "title": title}, "%s"))


_WORD, _SURE_WORD = (_word_form("bbox %d %d %d %d" + more) for more in ("", "; x_wconf %s"))


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


def _percent(confidence: float) -> str:
    """Of a hundred, with two decimals at most: most readers take whole numbers, all take the first digits."""
    return f"{100 * confidence:.2f}".rstrip("0").rstrip(".")


def _quoted(text: str) -> str:
    """A text for within double quotes, where a semicolon would end the property for many readers."""
    return legal(text).replace('"', "'").replace(";", ",")


def _bbox(box: Box) -> str:
    return f"bbox {int(box.x0)} {int(box.y0)} {int(box.x1)} {int(box.y1)}"
