"""Line feeds and indents between TEI's structural elements, never inside text."""

from __future__ import annotations

from layout.export.xml import Element

#: Elements whose white space is text: nothing may be added in them.
_TEXT = frozenset(
    {
        "ab",
        "bibl",
        "biblScope",
        "byline",
        "catDesc",
        "cell",
        "change",
        "date",
        "dateline",
        "desc",
        "docDate",
        "edition",
        "extent",
        "fw",
        "head",
        "idno",
        "item",
        "l",
        "label",
        "language",
        "licence",
        "name",
        "note",
        "p",
        "persName",
        "pubPlace",
        "publisher",
        "q",
        "quote",
        "ref",
        "rendition",
        "resp",
        "seg",
        "speaker",
        "title",
        "titlePart",
    }
)


def indent(element: Element, depth: int = 0) -> None:
    """Put each child of a structural element on a line of its own."""
    if not len(element) or not isinstance(element.tag, str) or element.tag.rpartition("}")[2] in _TEXT:
        return
    space = "\n" + "  " * (depth + 1)
    element.text = space
    for inner in element:
        indent(inner, depth + 1)
        inner.tail = space
    element[-1].tail = space[:-2]
