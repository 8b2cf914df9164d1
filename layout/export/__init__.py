"""Writes an `Issue` as files: ALTO, TEI, METS, PAGE, text.

Every writer is a function of the issue alone; no format is made from another format.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from layout.document import Issue
from layout.export.settings import ExportSettings
from layout.plugins import load, names

if TYPE_CHECKING:
    from layout.image.picture import Picture

#: Page id -> its picture; None where its file cannot be had any more. An exporter knows the issue alone; one
#: that shows pages does without a picture where there is none.
Scans = Callable[[str], "Picture | None"]

#: name -> where its class is; a class takes `ExportSettings` and is an `Exporter`.
EXPORTERS = {
    "alto": "layout.export.alto:AltoExporter",
    "hocr": "layout.export.hocr:HocrExporter",
    "iiif": "layout.export.iiif:IiifExporter",
    "jsonl": "layout.export.jsonl:JsonLinesExporter",
    "markdown": "layout.export.markdown:MarkdownExporter",
    "mets": "layout.export.mets:MetsExporter",
    "page": "layout.export.page_xml:PageXmlExporter",
    "pdf": "layout.export.pdf:PdfExporter",
    "tei": "layout.export.tei:TeiExporter",
    "tei-light": "layout.export.tei_light:TeiLightExporter",
    "text": "layout.export.text:TextExporter",
}

#: Those of them that show the pages (`Illustrated`), known without importing them.
ILLUSTRATED = frozenset({"iiif", "pdf"})


class Exporter(Protocol):
    """Writes one format of an issue.

    ``folder`` is the issue's own; the exporter makes it and its subfolders where they are missing and
    returns the files written, in order. A file appears whole or not at all, and the same issue gives
    the same bytes. Raises `AccessError` where a file cannot be written.
    """

    def __init__(self, settings: ExportSettings) -> None: ...

    def write(self, issue: Issue, folder: Path) -> list[Path]: ...


@runtime_checkable
class Illustrated(Protocol):
    """An exporter that shows the pages, too.

    ``scans`` gives a page's picture by the page's id, None where it cannot be had; it is set before `write`.
    """

    scans: Scans | None


def exporter(name: str) -> Callable[[ExportSettings], Exporter]:
    """The exporter class of this name."""
    found: Callable[[ExportSettings], Exporter] = load("exporter", name, EXPORTERS)
    return found


def exporter_names() -> tuple[str, ...]:
    return names("exporter", EXPORTERS)
