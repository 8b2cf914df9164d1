"""XML of a page's file, which has elements for each word.

Not made of lxml's elements, as other formats are: on the pages of the samples lxml takes 0.7 to 1.2 times as
long for the elements of ALTO, PAGE and hOCR alone, their values at hand, as the whole of our writing of them
takes (`python -m tests.bench.markup`; it varies with what else the machine does), and all formats together
are to take a tenth of geometry's time.

A file of this kind has one namespace, which its root declares, so tags and attributes are plain names. An
element is added to the end of its parent, and the whole is written once; the bytes are those of lxml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter

from layout.export.xml import DECLARATION, legal

XSI = "http://www.w3.org/2001/XMLSchema-instance"

_INDENT = "  "

#: What a value cannot hold as it is: markup, white space that readers change, what is no XML character.
_special = re.compile('[\x00-\x1f&<>"\ud800-\udfff\ufffe\uffff]').search
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_IN_VALUES = str.maketrans(_ESCAPED)
_IN_TEXT = str.maketrans({char: _ESCAPED[char] for char in "&<>\r"})


class Element:
    """An element under construction; ``text`` stands before its children, ``tail`` behind its end.

    ``inner`` goes before each of its children: a line feed and their indentation, or nothing. Children that
    get no more, as words are, are kept as the text they become, those of one form that follow each other
    together.
    """

    __slots__ = ("_form", "_rows", "attributes", "children", "inner", "tag", "tail", "text")

    def __init__(
        self, tag: str, attributes: dict[str, str], text: str | None = None, inner: str = ""
    ) -> None:
        self.tag = tag
        self.attributes = attributes
        self.text = text
        self.tail = ""
        self.inner = inner
        self.children: list[Element | str] = []
        self._form: Form | None = None
        self._rows: list[tuple[object, ...]] = []

    def add(self, tag: str, attributes: dict[str, str], text: str | None = None) -> Element:
        """A new last child."""
        made = Element(tag, attributes, text, self.inner and self.inner + _INDENT)
        self.finish()
        self.children.append(made)
        return made

    def fill(self, form: Form, values: tuple[object, ...]) -> None:
        """A new last child of this form."""
        if form is not self._form:
            self.finish()
            self._form = form
        self._rows.append(values)

    def finish(self) -> None:
        """Make children of the rows of values that came last."""
        if self._form and self._rows:
            self.children.append(self._form.each(self._rows, self.inner))
            self._rows = []


class Form:
    """Elements of which a file has very many, alike but for their values: laid out once, filled in for each.

    >>> space = Form(Element("SP", {"HPOS": "%d", "WIDTH": "%d"}))
    >>> space.filled((10, 4), "")
    '<SP HPOS="10" WIDTH="4"/>'

    The elements have ``%s`` where a text comes and ``%d`` where a number, which is cut to a whole one.
    """

    def __init__(self, *made: Element) -> None:
        self._made = made
        self._layouts: dict[str, str] = {}
        places = [place for one in made for place in _places(one)]
        self._size = len(places)
        self._texts = {n: table for n, (kind, table) in enumerate(places) if kind == "s"}
        self._said = itemgetter(*self._texts) if self._texts else None

    def filled(self, values: tuple[object, ...], lead: str) -> str:
        """The form with these values, in the order of their places; ``lead`` goes before its end."""
        layout = self._layouts.get(lead) or self._layout(lead)
        if self._said and _special("".join(self._said(values))):
            texts = self._texts
            values = tuple(
                legal(str(value)).translate(texts[n]) if n in texts else value
                for n, value in enumerate(values)
            )
        return layout % values

    def each(self, rows: Sequence[tuple[object, ...]], lead: str) -> str:
        """The form once for each of the rows, of which there is one at least."""
        values = tuple(chain.from_iterable(rows))
        texts = chain.from_iterable(values[place :: self._size] for place in self._texts)
        if _special("".join(texts)):  # type: ignore[arg-type]  # what stands in these places are texts
            return lead.join([self.filled(row, lead) for row in rows])
        layout = self._layouts.get(lead) or self._layout(lead)
        return lead.join([layout] * len(rows)) % values

    def _layout(self, lead: str) -> str:
        made = lead.join("".join(_pieces(one, lead)) for one in self._made)
        self._layouts[lead] = made
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
        attributes = {name: legal(value).translate(_IN_VALUES) for name, value in attributes.items()}
    if text and _special(text):
        text = legal(text).translate(_IN_TEXT)
    head = "".join([f"<{tag}", *[f' {name}="{value}"' for name, value in attributes.items()]])
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


def _places(made: Element) -> Iterator[tuple[str, dict[int, str]]]:
    """The places of a form in their order: s (a text) or d (a number), and how a text is escaped there."""
    for value in made.attributes.values():
        yield from ((kind, _IN_VALUES) for kind in re.findall("%([sd])", value))
    yield from ((kind, _IN_TEXT) for kind in re.findall("%([sd])", made.text or ""))
    for one in made.children:
        if isinstance(one, Element):
            yield from _places(one)
