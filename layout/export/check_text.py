"""Characters and direction of the text: what no reader sees and every search stumbles over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lxml import etree

from layout.export.check_model import Element, Found, few, id_of, name_of, short
from layout.export.settle import SHAPES, direction_of

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")

_PAGE_DIRECTIONS = {"left-to-right": "ltr", "right-to-left": "rtl"}


def text_faults(root: Element) -> Iterator[Found]:
    """All such faults of a document, in its order."""
    yield from few(_characters(_texts(root)))
    kind = name_of(root)
    if kind == "alto":
        yield from few(
            _directions(
                (node, node.get("BASEDIRECTION"), _alto_text(node)) for node in root.iter("{*}TextBlock")
            )
        )
    elif kind == "PcGts":
        yield from few(
            _directions(
                (node, _PAGE_DIRECTIONS.get(node.get("readingDirection") or ""), _page_text(node))
                for node in root.iter("{*}TextRegion")
            )
        )
    elif kind == "html":
        yield from few(
            _directions(
                (node, node.get("dir"), "".join(map(str, node.itertext())))
                for node in root.iter("{*}p")
                if "ocr_par" in (node.get("class") or "").split()
            )
        )


def _texts(root: Element) -> Iterator[tuple[Element, str]]:
    """The pieces of text that were printed, with the element that holds them."""
    kind = name_of(root)
    if kind == "alto":
        for node in root.iter("{*}String"):
            yield node, node.get("CONTENT") or ""
    elif kind == "PcGts":
        for node in root.iter("{*}Unicode"):
            yield node, node.text or ""
    elif kind in ("TEI", "html"):
        for text in root.iter("{*}text" if kind == "TEI" else "{*}body"):
            for node in text.iter(etree.Element):
                yield node, node.text or ""
                yield node, node.tail or ""


def _characters(texts: Iterator[tuple[Element, str]]) -> Iterator[Found]:
    for node, text in texts:
        if text.isascii():
            continue
        if _BIDI.search(text):
            said = f"'{short(text)}' holds a direction mark"
            yield Found(node, said, "take it out, direction is an attribute")
        if _CONTROL.search(text):
            yield Found(node, f"'{short(text)}' holds a control character", "take it out")
        if SHAPES.search(text):
            said = f"'{short(text)}' holds a letter by its printed shape"
            yield Found(node, said, "write the letter itself")
        if not unicodedata.is_normalized("NFC", text):
            yield Found(node, f"'{short(text)}' is not in Unicode form NFC", "normalise it")


def _directions(blocks: Iterator[tuple[Element, str | None, str]]) -> Iterator[Found]:
    """A stated direction that is not the one of most of the block's letters."""
    for node, stated, text in blocks:
        found = direction_of(text) if stated in ("ltr", "rtl") else None
        if found is not None and found.value != stated:
            said = f"'{id_of(node)}' is stated to run {stated}, but its letters run the other way"
            yield Found(node, said, f"state {found.value}")


def _alto_text(block: Element) -> str:
    return " ".join(node.get("CONTENT") or "" for node in block.iter("{*}String"))


def _page_text(region: Element) -> str:
    return " ".join(line.findtext("{*}TextEquiv/{*}Unicode") or "" for line in region.iterfind("{*}TextLine"))
