"""Reading order: every block of text once, elements in the order that is stated, words in logical order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from layout.export.check_model import Element, Found, few, id_of, name_of, number
from layout.language import script_of

#: Labels of what is read in no order, and so need not be in it.
_RUNNING = {"page-number", "running-head", "section-label", "masthead", "imprint", "noise", "separator"}
_RUNNING_PAGE = {"page-number", "header", "footer", "marginalia"}

_SILENT_PAGE = ("NoiseRegion", "SeparatorRegion")

#: Words that a line needs before their places say which way they were written down.
_ENOUGH = 3


def order_faults(root: Element) -> Iterator[Found]:
    """All such faults of a document."""
    kind = name_of(root)
    if kind == "alto":
        yield from _alto_order(root)
        yield from _id_next(root)
        for line in root.iter("{*}TextLine"):
            yield from _alto_line(line)
        yield from few(_visual(root))
    elif kind == "PcGts":
        yield from _page_order(root)
    elif kind == "TEI":
        yield from few(_lines_twice(root))
        yield from _pages(root)


def _alto_order(root: Element) -> Iterator[Found]:
    """`ReadingOrder` names each block with text once, and the elements stand in its order."""
    order = root.find("{*}ReadingOrder")
    if order is None:
        return
    named = [id_ for node in order.iter(etree.Element) for id_ in (node.get("REF") or "").split()]
    yield from _repeated(order, named)
    labels = {tag.get("ID"): tag.get("LABEL") for tag in root.iterfind("{*}Tags/*")}
    covered = set(named)
    blocks = list(root.iterfind(".//{*}PrintSpace//{*}TextBlock"))
    for node in blocks:
        around = {id_ for id_ in (up.get("ID") for up in node.iterancestors()) if id_}
        lines = {line.get("ID") for line in node.iterfind("{*}TextLine")}
        id_ = node.get("ID") or ""
        known = {id_, id_.removesuffix("_text")} | around | lines
        running = any(labels.get(tag) in _RUNNING for tag in (node.get("TAGREFS") or "").split())
        if lines and not known & covered and not running:
            yield Found(node, f"'{id_}' has text and is not in the reading order", "add an ElementRef for it")
    place = {id_: number for number, id_ in enumerate(named)}
    listed = [node for node in root.iterfind(".//{*}PrintSpace/*") if node.get("ID") in place]
    for first, second in pairwise(listed):
        if place[first.get("ID") or ""] > place[second.get("ID") or ""]:
            said = f"stands behind '{id_of(first)}', but is read before it by the ReadingOrder"
            yield Found(second, said, "put the elements in reading order, most programs read them so")
            break


def _id_next(root: Element) -> Iterator[Found]:
    """Chains of IDNEXT that turn back on themselves, or against the reading order."""
    following = {id_of(node): node.get("IDNEXT") for node in root.iter(etree.Element) if node.get("IDNEXT")}
    order = root.find("{*}ReadingOrder")
    named = (
        [r for n in order.iter(etree.Element) for r in (n.get("REF") or "").split()]
        if order is not None
        else []
    )
    place = {id_: number for number, id_ in enumerate(named)}
    for node in root.iter(etree.Element):
        id_, after = id_of(node), node.get("IDNEXT")
        if after and (after == id_ or place.get(after, len(place)) < place.get(id_, -1)):
            said = f"IDNEXT '{after}' leads back in the reading order"
            yield Found(node, said, "let IDNEXT name the block that is read next")
            return
    for start in following:
        seen = {start}
        at = following.get(start)
        while at and at not in seen:
            seen.add(at)
            at = following.get(at)
        if at == start:
            node = next(node for node in root.iter(etree.Element) if id_of(node) == start)
            yield Found(node, "IDNEXT leads in a circle", "let IDNEXT name the block that is read next")
            return


def _alto_line(line: Element) -> Iterator[Found]:
    """A line of words with spaces between them, none doubled, divided words in both parts."""
    parts = [node for node in line if isinstance(node.tag, str) and name_of(node) in ("String", "SP", "HYP")]
    names = [name_of(node) for node in parts]
    if "String" not in names:
        yield Found(line, "the line has no word", "leave the line out, or write its words")
    if names and names[0] == "SP":
        yield Found(parts[0], "a space begins the line", "begin the line with a String")
    seen: set[tuple[str | None, ...]] = set()
    for node in line.iterfind("{*}String"):
        text = node.get("CONTENT") or ""
        if not text.strip() or text != text.strip():
            yield Found(node, f"'{text}' is no word", "write the word without white space, or leave it out")
        same = (text, *(node.get(name) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")))
        if None not in same and same in seen:
            yield Found(node, f"'{text}' stands twice in the same place", "take one of them out")
        seen.add(same)
        if (node.get("SUBS_TYPE") is None) != (node.get("SUBS_CONTENT") is None):
            said = "a divided word has SUBS_TYPE or SUBS_CONTENT alone"
            yield Found(node, said, "write both, on both parts of the word")


def _visual(root: Element) -> Iterator[Found]:
    """Right-to-left lines whose words were written down from left to right, as they are seen."""
    for line in root.iter("{*}TextLine"):
        words = [
            (node, number(node, "HPOS"))
            for node in line.iterfind("{*}String")
            if script_of(node.get("CONTENT") or "") in ("Arab", "Hebr")
        ]
        places = [place for _, place in words if place is not None]
        # Along a turned line words stand above each other.
        turned = (number(line, "HEIGHT") or 0) > 2 * (number(line, "WIDTH") or 0)
        rising = all(a < b for a, b in pairwise(places))
        if len(places) == len(words) >= _ENOUGH and rising and not turned:
            yield Found(
                line, "words are in the order in which they are seen", "write the rightmost word first"
            )


def _page_order(root: Element) -> Iterator[Found]:
    order = root.find(".//{*}ReadingOrder")
    if order is None:
        return
    named = [id_ for node in order.iter(etree.Element) if (id_ := node.get("regionRef"))]
    yield from _repeated(order, named)
    covered = set(named)
    for node in root.iterfind(".//{*}TextRegion"):
        if any(name_of(up) in _SILENT_PAGE for up in node.iterancestors()):
            continue
        around = {id_of(up) for up in node.iterancestors()}
        id_ = id_of(node)
        known = {id_, id_.removesuffix("_text")} | around
        labels = {label.get("value") for label in node.iterfind("{*}Labels/{*}Label")}
        running = node.get("type") in _RUNNING_PAGE or labels & _RUNNING
        if node.find("{*}TextLine") is not None and not known & covered and not running:
            yield Found(node, f"'{id_}' has text and is not in the reading order", "add a RegionRef for it")
    for group in order.iter("{*}OrderedGroup", "{*}OrderedGroupIndexed"):
        places = [number(node, "index") for node in group if node.get("index") is not None]
        if any(a is None or b is None or a >= b for a, b in pairwise(places)):
            yield Found(group, "the indexes of its members do not rise", "number the members from 0")
    yield from few(_page_text(root))


def _page_text(root: Element) -> Iterator[Found]:
    """Lines whose text is not that of their words."""
    for line in root.iter("{*}TextLine"):
        words = [_reading(word) for word in line.iterfind("{*}Word")]
        text = _reading(line)
        if words and text is not None and None not in words:
            joined = " ".join(word or "" for word in words)
            if "".join(joined.split()) != "".join(text.split()):
                said = f"its text '{text[:30]}' is not that of its words"
                yield Found(line, said, "write the words joined by spaces")


def _reading(node: Element) -> str | None:
    """The text of the first reading of a line or word."""
    first = node.find("{*}TextEquiv")
    return (first.findtext("{*}Unicode") or "") if first is not None else None


def _lines_twice(root: Element) -> Iterator[Found]:
    """Lines that the text of a TEI file has twice."""
    seen: set[str] = set()
    for node in root.iter("{*}lb"):
        line = node.get("facs") or ""
        if line and line in seen:
            yield Found(node, f"the line '{line}' comes twice", "take the repetition out")
        seen.add(line)


def _pages(root: Element) -> Iterator[Found]:
    """Pages of the facsimile that the text does not begin, or in another order."""
    surfaces = [id_of(node) for node in root.iterfind("{*}facsimile/{*}surface[@type='page']")]
    begun = [(node.get("facs") or "").removeprefix("#") for node in root.iter("{*}pb")]
    if not begun or not surfaces:
        return
    for node in root.iterfind("{*}facsimile/{*}surface[@type='page']"):
        if id_of(node) not in begun:
            yield Found(node, "no pb begins this page in the text", "add the pb, or take the surface out")
    known = [page for page in begun if page in surfaces]
    if known != [page for page in surfaces if page in known]:
        text = root.find("{*}text")
        yield Found(text, "the pages begin in another order than the facsimile has", "put them in one order")


def _repeated(order: Element, named: list[str]) -> Iterator[Found]:
    for id_, count in Counter(named).items():
        if count > 1:
            yield Found(order, f"'{id_}' stands {count} times in the reading order", "name it once")
