"""Files of one issue against each other: METS and what it names, the same lines in every format."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag

from lxml import etree

from layout.export.check_model import Element, Fault, Found, fault, few, id_of, name_of

_HREF = "{http://www.w3.org/1999/xlink}href"

#: Files of ours that METS names; scans need not lie beside the results.
_RESULTS = (".xml", ".txt", ".html", ".pdf", ".jsonl", ".json")

_SKIPPED = ("reg", "gap", "desc")
#: Elements that no line of print goes on into; a line ends where the next begins.
_BEGINNINGS = {"lb", "p", "head", "fw", "cell", "ab", "l", "byline", "dateline", "titlePart", "note"}
_SILENT = ("separator", "noise")


def link_faults(roots: dict[Path, Element]) -> Iterator[Fault]:
    """All such faults of the parsed files of an issue, METS files first."""
    for path, root in roots.items():
        if name_of(root) == "mets":
            yield from _mets(path, root, roots)
    yield from _agreement(roots)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def all_ids(root: Element) -> set[str]:
    return {id_ for node in root.iter(etree.Element) if (id_ := id_of(node))}


def _mets(path: Path, root: Element, roots: dict[Path, Element]) -> Iterator[Fault]:
    """Files that METS names are there, whole, and hold the ids that areas point to."""
    known = {name.resolve(): name for name in roots}
    ids: dict[str, set[str]] = {}
    named: set[Path] = set()
    for file in root.iter("{*}file"):
        location = file.find("{*}FLocat")
        href = urldefrag(location.get(_HREF) or "").url if location is not None else ""
        if not href:
            yield fault(path, Found(file, "names no file", "write its place into FLocat"))
            continue
        target = (path.parent / unquote(href)).resolve()
        group = file.getparent()
        scans = group is not None and "image" in (group.get("USE") or "").lower()
        if scans or not href.endswith(_RESULTS) or "://" in href:
            continue
        named.add(target)
        if not target.is_file():
            yield fault(path, Found(file, f"names '{href}', which is not there", "write the file again"))
            continue
        yield from (fault(path, found) for found in _whole(file, href, target))
        if target in known:
            ids[file.get("ID") or ""] = all_ids(roots[known[target]])
    for area in root.iter("{*}area"):
        inside, begin = ids.get(area.get("FILEID") or ""), area.get("BEGIN")
        if inside is not None and area.get("BETYPE") == "IDREF" and begin not in inside:
            said = f"points to '{begin}', which its file has not"
            yield fault(path, Found(area, said, "write METS again after the files it points to"))
    for div in root.iter("{*}div"):
        href, _, id_ = (div.get("CONTENTIDS") or "").partition("#")
        target = (path.parent / unquote(href)).resolve()
        if id_ and target in known and id_ not in all_ids(roots[known[target]]):
            said = f"names '{div.get('CONTENTIDS')}', which is not there"
            yield fault(path, Found(div, said, "write METS again after the TEI"))
    yield from (fault(path, found) for found in few(_orders(root)))
    listed = any(name_of(roots[known[target]]) == "alto" for target in named if target in known)
    for name, other in roots.items():
        if listed and name_of(other) == "alto" and name.resolve() not in named:
            yield Fault(name, 0, "no METS names this file", "", "write METS again, or remove the file")


def _whole(file: Element, href: str, target: Path) -> Iterator[Found]:
    if file.get("CHECKSUMTYPE") == "SHA-256" and file.get("CHECKSUM") != sha256(target):
        yield Found(file, f"the checksum of '{href}' does not hold", "write METS again after the file")
    size = file.get("SIZE")
    if size is not None and size != str(target.stat().st_size):
        yield Found(file, f"the size of '{href}' is not {size}", "write METS again after the file")


def _orders(root: Element) -> Iterator[Found]:
    """ORDER among siblings rises."""
    for parent in root.iter("{*}div"):
        last = 0
        for div in parent.iterfind("{*}div"):
            order = div.get("ORDER")
            if order is None:
                continue
            if not order.isdecimal() or int(order) <= last:
                yield Found(div, f"ORDER '{order}' does not rise", "number the siblings from 1")
            last = int(order) if order.isdecimal() else last


def _agreement(roots: dict[Path, Element]) -> Iterator[Fault]:
    """The same line has the same text in ALTO, PAGE, hOCR and TEI."""
    lines: dict[str, tuple[str, Path]] = {}
    quiet: set[str] = set()
    for path, root in roots.items():
        if name_of(root) == "alto":
            for id_, text, silent in _alto_lines(root):
                lines[id_] = (text, path)
                quiet |= {id_} if silent else set()
    if not lines:
        return
    for path, root in roots.items():
        kind = name_of(root)
        if kind == "TEI":
            yield from _tei_agreement(path, root, lines, quiet)
        elif kind in ("PcGts", "html"):
            found = _page_lines(root) if kind == "PcGts" else _hocr_lines(root)
            yield from (fault(path, one) for one in few(_different(found, lines)))


def _tei_agreement(
    path: Path, root: Element, lines: dict[str, tuple[str, Path]], quiet: set[str]
) -> Iterator[Fault]:
    found = list(_tei_lines(root))
    yield from (fault(path, one) for one in few(_different(found, lines)))
    if not found:
        return
    written = {id_ for _, id_, _ in found}
    zones = {id_of(zone): zone for zone in root.iter("{*}zone")}
    missing = (
        Found(zones[id_], f"the text of the line '{id_}' is not in the text", "write TEI again")
        for id_ in lines
        if id_ in zones and id_ not in written and id_ not in quiet
    )
    yield from (fault(path, one) for one in few(missing))


def _different(
    found: Iterator[tuple[Element, str, str]] | list[tuple[Element, str, str]],
    lines: dict[str, tuple[str, Path]],
) -> Iterator[Found]:
    for node, id_, text in found:
        if id_ in lines and _letters(text) != _letters(lines[id_][0]):
            said = f"the line '{id_}' reads '{text.strip()[:40]}', in ALTO '{lines[id_][0][:40]}'"
            yield Found(node, said, "write both again from the same pages")


def _letters(text: str) -> str:
    """The text without white space and without what may divide a word at the end of a line."""
    return "".join(text.split()).rstrip("-=\u00ad\u2010\u2e17\u2e40\u30a0")


def _alto_lines(root: Element) -> Iterator[tuple[str, str, bool]]:
    """Id, text, and whether the block is a rule or dirt, which no text has."""
    labels = {tag.get("ID"): tag.get("LABEL") for tag in root.iterfind("{*}Tags/*")}
    for line in root.iter("{*}TextLine"):
        id_ = line.get("ID")
        if id_ is None:
            continue
        block = line.getparent()
        tags = (block.get("TAGREFS") or "").split() if block is not None else []
        pieces = (
            node.get("CONTENT") or "" if name_of(node) in ("String", "HYP") else " "
            for node in line
            if isinstance(node.tag, str)
        )
        yield id_, "".join(pieces), any(labels.get(tag) in _SILENT for tag in tags)


def _page_lines(root: Element) -> Iterator[tuple[Element, str, str]]:
    for line in root.iter("{*}TextLine"):
        text = line.findtext("{*}TextEquiv/{*}Unicode")
        if text is not None:
            yield line, id_of(line), text


def _hocr_lines(root: Element) -> Iterator[tuple[Element, str, str]]:
    for line in root.iter(etree.Element):
        if "ocr_line" in (line.get("class") or "").split():
            yield line, id_of(line), "".join(map(str, line.itertext()))


def _after_label(node: Element) -> bool:
    """Whether a paragraph goes on with the line that the speaker's name began."""
    before = node.getprevious()
    return name_of(node) == "p" and before is not None and name_of(before) == "speaker"


def _tei_lines(root: Element) -> Iterator[tuple[Element, str, str]]:
    """Line beginnings of the text, with what stands up to the next one, as printed."""
    text = root.find("{*}text")
    if text is None:
        return
    current: Element | None = None
    pieces: list[str] = []
    for event, node in etree.iterwalk(text, events=("start", "end")):
        name = name_of(node)
        if event == "start":
            if name in _BEGINNINGS and not _after_label(node):
                if current is not None:
                    yield current, (current.get("facs") or "").removeprefix("#"), "".join(pieces)
                current, pieces = (node, []) if name == "lb" and node.get("facs") else (None, [])
            if name not in _SKIPPED and current is not None:
                pieces.append(node.text or "")
        elif current is not None:
            pieces.append(node.tail or "")
    if current is not None:
        yield current, (current.get("facs") or "").removeprefix("#"), "".join(pieces)
