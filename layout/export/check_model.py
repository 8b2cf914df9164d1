"""What a check finds: the file, the element, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from lxml import etree

Element = etree._Element
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

#: So many faults of one kind are told one by one: one wrong rule of a writer repeats on every line.
MANY = 5


class Found(NamedTuple):
    """A fault in a document that was parsed; ``node`` is None where it is the document as a whole."""

    node: Element | None
    problem: str
    remedy: str


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file; ``line`` is 0 and ``element`` empty where it is the file as a whole.

    ``element`` is the name of the element with its id, ``remedy`` what to do about it.
    """

    file: Path
    line: int
    problem: str
    element: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        element = f" {self.element}:" if self.element else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{place}:{element} {self.problem}{remedy}"


def fault(path: Path, found: Found) -> Fault:
    """The finding with its place in the file."""
    node = found.node
    if node is None:
        return Fault(path, 0, found.problem, "", found.remedy)
    line: int | None = node.sourceline  # type: ignore[assignment]  # the stubs have no type here
    return Fault(path, line or 0, found.problem, _label(node), found.remedy)


def few(found: Iterable[Found]) -> Iterator[Found]:
    """The first findings of one kind, and how many more there are."""
    every = list(found)
    yield from every[:MANY]
    if len(every) > MANY:
        yield Found(None, f"{len(every) - MANY} more like this: {every[0].problem}", every[0].remedy)


def name_of(node: Element) -> str:
    """Local name; empty for comments."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def id_of(node: Element) -> str:
    """The id of an element, by whichever attribute its format uses."""
    return next((value for name in ("ID", "id", XML_ID) if (value := node.get(name)) is not None), "")


def number(node: Element, name: str) -> float | None:
    """An attribute as a finite number; None where it is none."""
    try:
        value = float(node.get(name) or "")
    except ValueError:
        return None
    return value if abs(value) < 1e12 else None


def short(text: str) -> str:
    """A text as it can be shown in a message: signs that cannot be seen as escapes."""
    plain = text.strip()[:30]
    return plain if plain.isprintable() else plain.encode("unicode_escape").decode()


def _label(node: Element) -> str:
    known = id_of(node)
    return f"<{name_of(node)} {known}>" if known else f"<{name_of(node)}>"
