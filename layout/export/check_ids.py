"""Ids and references inside one file: each id once, each reference to one that is there, joints both ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from layout.export.check_model import Element, Found, few, id_of, name_of

_XLINK = "{http://www.w3.org/1999/xlink}"

#: Attributes that hold ids of the same file, by the root element; several ids are parted by spaces.
REFERENCES: dict[str, tuple[str, ...]] = {
    "alto": ("TAGREFS", "STYLEREFS", "PROCESSINGREFS", "IDNEXT", "REF"),
    "mets": ("FILEID", "DMDID", "ADMID", f"{_XLINK}from", f"{_XLINK}to"),
    "PcGts": ("regionRef", "regionRefs"),
    "TEI": ("facs", "corresp", "target", "next", "prev", "who", "resp", "ana", "ref", "rendition"),
}


def id_faults(root: Element) -> Iterator[Found]:
    """Ids that stand twice, references that lead nowhere, joints that are not returned."""
    nodes = [(node, id_of(node)) for node in root.iter(etree.Element)]
    counts = Counter(id_ for _, id_ in nodes if id_)
    seen: set[str] = set()
    for node, id_ in nodes:
        if counts[id_] > 1 and id_ in seen:
            yield Found(node, f"the id '{id_}' stands {counts[id_]} times", "give one of them another id")
        seen.add(id_)
    known = set(counts)
    hashed = name_of(root) == "TEI"
    for node, _ in nodes:
        for name in REFERENCES.get(name_of(root), ()):
            for value in (node.get(name) or "").split():
                if hashed and not value.startswith("#"):
                    continue  # an address outside the file
                if value.removeprefix("#" if hashed else "") not in known:
                    said = f"{etree.QName(name).localname} '{value}' leads nowhere"
                    yield Found(node, said, "point to an id of the file, or take the reference out")
    if hashed:
        yield from _joints(nodes)
        yield from few(_doubts(nodes))


def _joints(nodes: list[tuple[Element, str]]) -> Iterator[Found]:
    """`next` and `prev` of TEI: the other end must point back."""
    by_id = {id_: node for node, id_ in nodes if id_}
    for node, id_ in nodes:
        for there, back in (("next", "prev"), ("prev", "next")):
            other = by_id.get((node.get(there) or "").removeprefix("#"))
            if other is not None and other.get(back) != f"#{id_}":
                said = f"{there} leads to '{id_of(other)}', whose {back} does not lead back"
                yield Found(node, said, f"set {back}='#{id_}' there")


def _doubts(nodes: list[tuple[Element, str]]) -> Iterator[Found]:
    """`certainty` of TEI: what it says it is about must be there, in the element that it names."""
    by_id = {id_: node for node, id_ in nodes if id_}
    for node, _ in nodes:
        target, match = by_id.get((node.get("target") or "").removeprefix("#")), node.get("match")
        if name_of(node) != "certainty" or target is None or match is None:
            continue
        try:
            about = target.xpath(match, namespaces={"tei": etree.QName(node).namespace or ""})
        except etree.XPathError:
            yield Found(node, f"match '{match}' is no XPath", "write the path from the target")
            continue
        if not about:
            said = f"match '{match}' finds nothing in '{id_of(target)}'"
            yield Found(node, said, "write it again, or take the certainty out")
