"""How much a PDF page asks to be drawn, found out before any of it is drawn.

A few bytes may unpack to gigabytes of instructions, and forms (PDF 1.7, 8.10) or patterns that repeat each
other are drawn a billion times by a file of a few kilobytes. The weight of a page is the length of its
instructions, unpacked, with those of every form and pattern counted as often as they are called for.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Any

#: A page of a map may have tens of megabytes; ten times that is no page of print.
HEAVIEST = 1 << 28

_CALL = 64  # what beginning and ending a form costs, in bytes of instructions that take as long
_PIECE = 1 << 20
_OVERLAP = 256  # a call is not longer than a name and an operator
_DEEPEST = 40  # MuPDF itself stops forms in forms not far from there
_CALLS = re.compile(rb"/([^\s/<>()\[\]{}%]{1,127})\s+(?:Do|scn|SCN)\b")
_NAMED = re.compile(r"/([^\s/<>()\[\]{}%]+)\s*(\d+) \d+ R")
_REFERENCE = re.compile(r"(\d+) \d+ R")


def weight(document: Any, page: int) -> int:
    """The weight of the page whose object this is, in bytes; at most a little above `HEAVIEST`."""
    return _Weights(document).of_page(page)


_DAMAGED = (RuntimeError, ValueError, MemoryError)  # what MuPDF raises for a stream it cannot unpack


class _Weights:
    """Weights of the streams of a document; each stream is looked at once."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._known: dict[int, int] = {}

    def of_page(self, page: int) -> int:
        contents = self._key(page, "Contents")
        alone = _REFERENCE.fullmatch(contents)
        if alone and not self._document.xref_is_stream(int(alone[1])):  # a list that stands elsewhere
            contents = self._document.xref_object(int(alone[1]), compressed=True)
        streams = [int(number) for number in _REFERENCE.findall(contents)]
        return self._sum(streams, self._resources_of_page(page), 0)

    def _resources_of_page(self, page: int) -> dict[str, int]:
        """Those of the page or of what it inherits from (7.7.3.4)."""
        here = page
        for _ in range(_DEEPEST):
            if self._key(here, "Resources") not in ("null", ""):
                return self._called(here)
            parent = _REFERENCE.match(self._key(here, "Parent"))
            if parent is None:
                break
            here = int(parent[1])
        return {}

    def _of(self, xref: int, depth: int) -> int:
        if xref not in self._known:
            self._known[xref] = 0  # what calls itself is not drawn again
            self._known[xref] = _CALL + self._sum([xref], self._called(xref), depth + 1)
        return self._known[xref]

    def _sum(self, streams: list[int], resources: dict[str, int], depth: int) -> int:
        total = 0
        for xref in streams:
            length, calls = self._look(xref, bool(resources))
            total += length
            for name, count in calls.items():
                if name in resources and depth < _DEEPEST and total <= HEAVIEST:
                    total += count * self._of(resources[name], depth)
        return min(total, HEAVIEST + 1)

    def _called(self, xref: int) -> dict[str, int]:
        """Forms and patterns by the names that a stream with these resources calls them."""
        found: dict[str, int] = {}
        for kind in ("XObject", "Pattern"):
            table = self._key(xref, f"Resources/{kind}")
            if reference := _REFERENCE.fullmatch(table):
                table = self._document.xref_object(int(reference[1]), compressed=True)
            for name, number in _NAMED.findall(table):
                if self._key(int(number), "Subtype") != "/Image":
                    found[name] = int(number)
        return found

    def _look(self, xref: int, with_calls: bool) -> tuple[int, Counter[str]]:
        """Unpacked length of a stream, and how often it calls which name."""
        calls: Counter[str] = Counter()
        length, tail = 0, b""
        for piece in chain(self._pieces(xref), (b"",)):
            length += len(piece)
            if with_calls:
                held = tail + piece
                whole = max(0, len(held) - _OVERLAP) if piece else len(held)
                for call in _CALLS.finditer(held):
                    if call.start() < whole:
                        calls[call[1].decode("latin-1")] += 1
                        whole = max(whole, call.end())
                tail = held[whole:]
            if length > HEAVIEST:
                break
        return length, calls

    def _pieces(self, xref: int) -> Iterator[bytes]:
        if self._key(xref, "Filter") not in ("/FlateDecode", "[/FlateDecode]") or (
            self._key(xref, "DecodeParms") != "null"
        ):
            try:
                yield self._document.xref_stream(xref) or b""
            except _DAMAGED:
                yield b""  # nothing of it will be drawn
            return
        unpacker, packed = zlib.decompressobj(), self._document.xref_stream_raw(xref) or b""
        try:
            while packed and not unpacker.eof:
                yield unpacker.decompress(packed, _PIECE)
                packed = unpacker.unconsumed_tail
        except zlib.error:
            return  # what can be drawn of a damaged stream is what came before

    def _key(self, xref: int, path: str) -> str:
        try:
            return str(self._document.xref_get_key(xref, path)[1])
        except (ValueError, RuntimeError, IndexError):
            return "null"
