"""Faults in the text of ALTO, PAGE and TEI files: characters, direction, order, boxes in boxes.

None of them breaks a schema; each of them breaks a search, a viewer or the next program.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from layout.document import Direction
from layout.language import SCRIPTS, script_of

Element = etree._Element
#: Line of the file and what is wrong there.
Found = tuple[int, str]

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")

#: Fewer letters than these say nothing certain of a block's direction (a name, an abbreviation).
_LETTERS = 20

#: So many faults of one kind are told one by one.
_MANY = 5

_BLOCKS = ("TextBlock", "Illustration", "GraphicalElement", "ComposedBlock")


def text_faults(root: Element) -> Iterator[Found]:
    """All such faults of a document, in its order."""
    name = etree.QName(root).localname
    if name == "alto":
        yield from _characters((node, node.get("CONTENT") or "") for node in root.iter("{*}String"))
        yield from _directions(
            (node, node.get("BASEDIRECTION"), _alto_text(node)) for node in root.iter("{*}TextBlock")
        )
        yield from _alto_order(root)
        yield from _few(list(_inside(root)))
    elif name == "PcGts":
        yield from _characters((node, node.text or "") for node in root.iter("{*}Unicode"))
        yield from _page_order(root)
    elif name == "TEI":
        for text in root.iter("{*}text"):
            yield from _characters(
                (node, piece)
                for node in text.iter(etree.Element)
                for piece in (node.text or "", node.tail or "")
            )


def _few(found: list[Found]) -> Iterator[Found]:
    """The first faults of a kind that one wrong rule of a writer repeats on every line."""
    yield from found[:_MANY]
    if len(found) > _MANY:
        yield 0, f"{len(found) - _MANY} more words, lines or blocks lie outside of what holds them"


def _characters(texts: Iterator[tuple[Element, str]]) -> Iterator[Found]:
    for node, text in texts:
        if text.isascii():
            continue
        line = _line(node)
        if _BIDI.search(text):
            yield line, f"'{_short(text)}' holds a direction mark; take it out, direction is an attribute"
        if _CONTROL.search(text):
            yield line, f"'{_short(text)}' holds a control character; take it out"
        if not unicodedata.is_normalized("NFC", text):
            yield line, f"'{_short(text)}' is not in Unicode form NFC; normalise it"


def _directions(blocks: Iterator[tuple[Element, str | None, str]]) -> Iterator[Found]:
    """A stated direction that is not the one of most of the block's letters."""
    for node, stated, text in blocks:
        if stated not in ("ltr", "rtl") or sum(char.isalpha() for char in text) < _LETTERS:
            continue
        script = script_of(text)
        if script and SCRIPTS[script].direction is not Direction(stated):
            name = SCRIPTS[script].name
            yield _line(node), f"'{node.get('ID')}' is stated to run {stated}, but its letters are {name}"


def _alto_text(block: Element) -> str:
    return " ".join(node.get("CONTENT") or "" for node in block.iter("{*}String"))


def _alto_order(root: Element) -> Iterator[Found]:
    """`ReadingOrder` names each block once, and each block of the print space that has text."""
    order = root.find("{*}ReadingOrder")
    if order is None:
        return
    named = [id_ for node in order.iter(etree.Element) for id_ in (node.get("REF") or "").split()]
    yield from _repeated(order, named)
    covered = set(named)
    for node in root.iterfind(".//{*}PrintSpace//{*}TextBlock"):
        around = {id_ for id_ in (up.get("ID") for up in node.iterancestors()) if id_}
        lines = {line.get("ID") for line in node.iterfind("{*}TextLine")}
        id_ = node.get("ID") or ""
        known = {id_, id_.removesuffix("_text")} | around | lines
        if lines and not known & covered and not _running(root, node):
            yield _line(node), f"'{id_}' has text and is not in the reading order"


def _running(root: Element, block: Element) -> bool:
    """Whether a block is tagged as running matter, which is read in no order."""
    wanted = {"page-number", "running-head", "section-label", "masthead", "imprint", "noise"}
    labels = {tag.get("ID"): tag.get("LABEL") for tag in root.iterfind("{*}Tags/*")}
    return any(labels.get(tag) in wanted for tag in (block.get("TAGREFS") or "").split())


def _page_order(root: Element) -> Iterator[Found]:
    order = root.find(".//{*}ReadingOrder")
    if order is not None:
        named = [id_ for node in order.iter(etree.Element) if (id_ := node.get("regionRef"))]
        yield from _repeated(order, named)


def _repeated(order: Element, named: list[str]) -> Iterator[Found]:
    for id_, count in Counter(named).items():
        if count > 1:
            yield _line(order), f"'{id_}' stands {count} times in the reading order"


def _inside(root: Element) -> Iterator[Found]:
    """A word, line or block whose middle lies outside of what holds it."""
    for holder, parts in (
        ("TextBlock", ("TextLine",)),
        ("TextLine", ("String",)),
        ("ComposedBlock", _BLOCKS),
    ):
        for node in root.iter(f"{{*}}{holder}"):
            outer = _box(node)
            for part in node if outer else ():
                inner = _box(part)
                if inner and etree.QName(part).localname in parts and not _holds(outer, inner):
                    yield _line(part), f"'{part.get('ID')}' lies outside '{node.get('ID')}', which holds it"


def _box(node: Element) -> tuple[float, float, float, float] | None:
    if not isinstance(node.tag, str):
        return None
    try:
        x, y, width, height = (float(node.get(name) or "") for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    except ValueError:
        return None
    return x, y, x + width, y + height


def _holds(outer: tuple[float, float, float, float] | None, inner: tuple[float, float, float, float]) -> bool:
    if outer is None:
        return True
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _line(node: Element) -> int:
    line = node.sourceline
    return line if isinstance(line, int) else 0


def _short(text: str) -> str:
    return text.strip()[:30].encode("unicode_escape").decode() if _BIDI.search(text) else text.strip()[:30]
