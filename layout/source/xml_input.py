"""XML from strangers: any DOCTYPE is refused, nothing is fetched, no entity of theirs is expanded."""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

from lxml import etree

from layout.errors import InputError

_HEAD = 1 << 16  # comments before the root may be long
_HUGE = 1e7  # the longest sides of pictures have 50 000 pixels; ALTO also counts in 1/1200 inch


def root_of(path: Path) -> tuple[str, bool]:
    """Local name of a file's root element and whether a DOCTYPE says so; empty where it is not XML."""
    with path.open("rb") as file:
        return _look(file.read(_HEAD))


def parse_xml(path: Path) -> etree._Element:
    """The root element of an XML file.

    Raises `InputError` for a DOCTYPE (entity tricks need one, and none of the formats read here does)
    and for what is not well formed.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", file=str(path)) from error
    if not data:
        raise InputError("is empty", file=str(path), remedy="copy it again")
    if _look(data)[1]:
        raise InputError("has a DOCTYPE, which is not accepted", file=str(path), remedy="remove it")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, OSError, ValueError, LookupError) as error:
        raise InputError(
            f"is not well-formed XML ({error})", file=str(path), remedy="export or copy it again"
        ) from error


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace; empty for comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def coordinate(text: str) -> float:
    """A length or coordinate of a page. Raises `ValueError` for what is no number, and for numbers that no
    page has: they come from broken files, and sums of them are no numbers any more."""
    value = float(text)
    if not abs(value) < _HUGE:  # so for what is not a number at all
        raise ValueError(f"{text} is no place on a page")
    return value


class _EnoughError(Exception):
    """Stops expat at the first element or at a DOCTYPE."""


def _look(data: bytes) -> tuple[str, bool]:
    """Local name of the root (empty where none was reached), and whether there is a DOCTYPE.

    Nothing after the DOCTYPE's name is looked at.
    """
    root, doctype = "", False

    def at_element(name: str, _attributes: dict[str, str]) -> None:
        nonlocal root
        root = name.rsplit(":", 1)[-1]
        raise _EnoughError

    def at_doctype(name: str, *_: object) -> None:
        nonlocal root, doctype
        root, doctype = name.rsplit(":", 1)[-1], True
        raise _EnoughError

    parser = expat.ParserCreate()
    parser.StartElementHandler = at_element
    parser.StartDoctypeDeclHandler = at_doctype
    try:
        parser.Parse(data, False)
    except _EnoughError:
        pass
    except (expat.ExpatError, ValueError, LookupError):
        return "", doctype
    return root, doctype
