"""Long XML documents, written piece by piece: what has been written is forgotten.

The pieces are elements, without a namespace: lxml makes them in a third of the time. The first one that is
begun declares the namespace of all, and the bytes are those that the whole tree would give.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

from lxml import etree

from layout.export.xml import Element, declared

#: Puts line feeds and indents into an element that stands at this depth.
Indent = Callable[[Element, int], None]


class Pieces:
    """Writes into a binary file. ``depth`` is that of the first piece, ``indent`` None to write compactly;
    ``space`` is the namespace, None where it is declared around."""

    def __init__(
        self, file: IO[bytes], indent: Indent | None, depth: int = 0, space: str | None = None
    ) -> None:
        self.file = file
        self.indent = indent
        self.tags: list[bytes] = []
        self.depth = depth
        self.space = space

    def begin(self, element: Element) -> None:
        """The start tag of an element, whose children come as pieces; its own content is not written."""
        empty = etree.Element(element.tag, element.attrib)  # type: ignore[arg-type]  # it takes any mapping
        data = etree.tostring(empty, encoding="UTF-8", xml_declaration=False)
        tag = str(element.tag).encode()
        if self.space and not self.tags:
            data = declared(data, tag, self.space)
        self._line()
        self.file.write(data[:-2] + b">")
        self.tags.append(tag)
        self.depth += 1

    def put(self, element: Element) -> None:
        """An element with all it holds; it is taken out of its tree."""
        if self.indent:
            self.indent(element, self.depth)
        data = etree.tostring(element, encoding="UTF-8", xml_declaration=False, with_tail=False)
        self._line()
        self.file.write(data)
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)

    def end(self) -> None:
        """The end tag of the element that was begun last."""
        self.depth -= 1
        self._line()
        self.file.write(b"</" + self.tags.pop() + b">")

    def _line(self) -> None:
        if self.indent and (self.depth or self.tags):
            self.file.write(b"\n" + b"  " * self.depth)
