"""Building XML from elements: attributes with None left out, mixed content, stable bytes."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import NewType

from lxml import etree

Element = etree._Element

#: A text as markup holds it: as it is, or escaped.
Markup = NewType("Markup", str)

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XSI_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"


def element(
    tag: str,
    attributes: Mapping[str, object | None] | None = None,
    text: str | None = None,
    nsmap: dict[str | None, str] | None = None,
) -> Element:
    """A new element; attributes in the order given, those that are None left out."""
    made = etree.Element(tag, nsmap=nsmap)  # type: ignore[arg-type]  # the stubs know no default namespace
    _fill(made, attributes, text)
    return made


def child(
    parent: Element,
    tag: str,
    attributes: Mapping[str, object | None] | None = None,
    text: str | None = None,
) -> Element:
    """A new last child of ``parent``; a tag without namespace takes the parent's."""
    if tag[0] != "{":
        tag = tag_in(parent, tag)
    made = etree.SubElement(parent, tag)
    _fill(made, attributes, text)
    return made


def tag_in(parent: Element, name: str) -> str:
    """The full tag of an element ``name`` in the namespace of ``parent``."""
    return _tag_beside(str(parent.tag), name)


@lru_cache(maxsize=1 << 10)
def _tag_beside(tag: str, name: str) -> str:
    space, brace, _ = tag.rpartition("}")
    return f"{space}{brace}{name}"


def legal(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _ILLEGAL.sub("", text) if _ILLEGAL.search(text) else text


def _fill(made: Element, attributes: Mapping[str, object | None] | None, text: str | None) -> None:
    if attributes:
        for name, value in attributes.items():
            if value is None:
                continue
            said = str(value)
            made.set(name, said if said.isascii() and said.isprintable() else legal(said))
    if text is not None:
        made.text = legal(text)


def add_text(parent: Element, text: str) -> None:
    """Append characters to the end of mixed content."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def serialize(
    root: Element, *, pretty: bool, instruction: str | None = None, space: str | None = None
) -> bytes:
    """UTF-8 bytes with declaration and final line feed; ``instruction`` is an xml-model's data, ``space`` the
    namespace of a tree that was made without one."""
    if pretty:
        etree.indent(root)
    head = DECLARATION.encode()
    if instruction:
        head += b"<?xml-model " + instruction.encode() + b"?>\n"
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=False)
    return head + (declared(data, str(root.tag).encode(), space) if space else data) + b"\n"


def declared(data: bytes, tag: bytes, space: str) -> bytes:
    """An element as it is written, its namespace declared in its start tag."""
    return b"<" + tag + f' xmlns="{space}"'.encode() + data[1 + len(tag) :]


def time_stamp() -> str | None:
    """The run's time (xsd:dateTime, UTC) if SOURCE_DATE_EPOCH gives one.

    Without it no time is written: the same input must give the same bytes.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given.isdigit():
        return None
    return datetime.fromtimestamp(int(given), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@lru_cache(maxsize=1 << 14)
def decimal(value: float | None) -> Markup | None:
    """A number of 0..1 with four decimals at most; None stays None, others are clamped.

    Each format of an issue asks for the same confidences again.
    """
    if value is None or value != value:
        return None
    said = f"{min(max(value, 0.0), 1.0):.4f}".rstrip("0")
    return Markup(said[:-1] if said[-1] == "." else said)
