"""XML of a page's file, which has elements for each word.

Not made of lxml's elements, as other formats are: on the pages of the samples lxml takes 1.2 times as long
for the elements of ALTO, PAGE and hOCR alone, made in its quickest way from values at hand, as the whole of
our writing of them takes (`python -m tests.bench.markup`), most of which would come on top. All formats
together are to take a tenth of geometry's time; on a page of a thousand words lxml's elements alone take a
twentieth. Its `xmlfile` writes the same elements one by one and is no quicker.

A file of this kind has one namespace, which its root declares, so tags and attributes are plain names. An
element is added to the end of its parent, and the whole is written once; the bytes are those of lxml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from layout.export.xml import DECLARATION, Markup, legal

XSI = "http://www.w3.org/2001/XMLSchema-instance"

_INDENT = "  "

_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_IN_VALUES = str.maketrans(_ESCAPED)
_IN_TEXT = str.maketrans({char: _ESCAPED[char] for char in "&<>\r"})

#: What a value and a text cannot hold as it is: markup, white space that readers change, what is no XML
#: character.
_special = re.compile('[\x00-\x1f&<>"\ud800-\udfff\ufffe\uffff]').search
_special_in_text = re.compile("[\x00-\x08\x0b-\x1f&<>\ud800-\udfff\ufffe\uffff]").search


@lru_cache(maxsize=1 << 14)
def as_value(text: str) -> Markup:
    """A text as the value of an attribute holds it; each format asks for the same words again."""
    return Markup(legal(text).translate(_IN_VALUES) if _special(text) else text)


@lru_cache(maxsize=1 << 14)
def as_text(text: str) -> Markup:
    """A text as an element holds it."""
    return Markup(legal(text).translate(_IN_TEXT) if _special_in_text(text) else text)


class Element:
    """An element under construction; ``text`` stands before its children, ``tail`` behind its end.

    ``inner`` goes before each of its children: a line feed and their indentation, or nothing. Children that
    get no more, as words are, are kept as the text they become, those that follow each other together.
    """

    __slots__ = ("_forms", "_values", "attributes", "children", "inner", "tag", "tail", "text")

    def __init__(
        self, tag: str, attributes: dict[str, str], text: str | None = None, inner: str = ""
    ) -> None:
        self.tag = tag
        self.attributes = attributes
        self.text = text
        self.tail = ""
        self.inner = inner
        self.children: list[Element | str] = []
        self._forms: list[Form] = []
        self._values: list[Markup | float] = []

    def add(self, tag: str, attributes: dict[str, str], text: str | None = None) -> Element:
        """A new last child."""
        made = Element(tag, attributes, text, self.inner and self.inner + _INDENT)
        if self._forms:
            self.finish()
        self.children.append(made)
        return made

    def fill(self, form: Form, values: tuple[Markup | float, ...]) -> None:
        """A new last child of this form."""
        self._forms.append(form)
        self._values += values

    def finish(self) -> None:
        """Make children of the forms that came last, all by one formatting."""
        if self._forms:
            lead = self.inner
            layouts = [form.layouts.get(lead) or form.layout(lead) for form in self._forms]
            self.children.append(lead.join(layouts) % tuple(self._values))
            self._forms, self._values = [], []


class Form:
    """An element of which a file has very many, alike but for their values: laid out once, filled in often.

    The element has ``%s`` where a text comes and ``%d`` where a number, which is cut to a whole one.
    ``layouts`` are how it stands behind each lead, the line feed and indentation before its end.
    """

    __slots__ = ("_made", "layouts")

    def __init__(self, made: Element) -> None:
        self._made = made
        self.layouts: dict[str, str] = {}

    def layout(self, lead: str) -> str:
        """The layout behind this lead, made."""
        made = self.layouts[lead] = "".join(_pieces(self._made, lead))
        return made


def element(tag: str, attributes: Mapping[str, object | None], *, pretty: bool) -> Element:
    """A new root; attributes in the order given, those that are None left out."""
    return Element(tag, _said(attributes), inner=f"\n{_INDENT}" if pretty else "")


def child(
    parent: Element,
    tag: str,
    attributes: Mapping[str, object | None] | None = None,
    text: str | None = None,
) -> Element:
    """A new last child of ``parent``; attributes that are None are left out."""
    return parent.add(tag, _said(attributes) if attributes else {}, text)


def serialize(root: Element) -> bytes:
    """UTF-8 bytes with declaration and final line feed."""
    return "".join((DECLARATION, *_pieces(root, root.inner[: -len(_INDENT)]), "\n")).encode()


def _said(attributes: Mapping[str, object | None]) -> dict[str, str]:
    return {name: str(value) for name, value in attributes.items() if value is not None}


def _pieces(made: Element, lead: str) -> list[str]:
    pieces: list[str] = []
    _write(made, pieces, lead)
    return pieces


def _write(made: Element, pieces: list[str], lead: str) -> None:
    """Append an element; ``lead`` goes before its end, and with one step more before each child."""
    tag, attributes, text = made.tag, made.attributes, made.text
    if attributes and _special("".join(attributes.values())):
        attributes = {name: as_value(value) for name, value in attributes.items()}
    text = text and as_text(text)
    head = "".join([f"<{tag}", *[f' {name}="{value}"' for name, value in attributes.items()]])
    if made._forms:
        made.finish()
    if not made.children:
        pieces.append(f"{head}/>{made.tail}" if text is None else f"{head}>{text}</{tag}>{made.tail}")
        return
    inner = lead and lead + _INDENT
    pieces.append(f"{head}>{text or ''}")
    for one in made.children:
        if isinstance(one, str):
            pieces += inner, one
        else:
            pieces.append(inner)
            _write(one, pieces, inner)
    pieces.append(f"{lead}</{tag}>{made.tail}")
