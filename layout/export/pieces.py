"""Long XML documents, written piece by piece: what has been written is forgotten.

The pieces are elements; the bytes are those that the whole tree would give.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

from lxml import etree

from layout.export.xml import Element

#: Puts line feeds and indents into an element that stands at this depth.
Indent = Callable[[Element, int], None]


class Pieces:
    """Writes into a binary file. ``depth`` is that of the first piece, ``indent`` None to write compactly."""

    def __init__(self, file: IO[bytes], indent: Indent | None, depth: int = 0) -> None:
        self.file = file
        self.indent = indent
        self.tags: list[bytes] = []
        self.depth = depth
        self.spaces: tuple[bytes, ...] = ()

    def begin(self, element: Element) -> None:
        """The start tag of an element, whose children come as pieces; its own content is not written."""
        empty = etree.Element(element.tag, element.attrib, nsmap=element.nsmap)  # type: ignore[arg-type]
        data = self._plain(etree.tostring(empty, encoding="UTF-8", xml_declaration=False))
        if not self.spaces:
            self.spaces = tuple(_declarations(element))
        self._line()
        self.file.write(data[:-2] + b">")
        self.tags.append(data[1:-2].split(b" ", 1)[0])
        self.depth += 1

    def put(self, element: Element) -> None:
        """An element with all it holds; it is taken out of its tree."""
        if self.indent:
            self.indent(element, self.depth)
        data = etree.tostring(element, encoding="UTF-8", xml_declaration=False, with_tail=False)
        self._line()
        self.file.write(self._plain(data))
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

    def _plain(self, data: bytes) -> bytes:
        """Without the declarations of namespaces that the first element has made."""
        if not self.spaces:
            return data
        tag, rest = data[: (cut := data.index(b">"))], data[cut:]
        for declaration in self.spaces:
            tag = tag.replace(declaration, b"", 1)
        return tag + rest


def _declarations(element: Element) -> list[bytes]:
    return [
        f' xmlns{":" + prefix if prefix else ""}="{space}"'.encode()
        for prefix, space in element.nsmap.items()
    ]
