"""METS, one file for an issue: its files, pages and items, in the manner of ENMAP (CCS docWorks).

A logical div points into the ALTO files by the ids of their blocks, and into the TEI by CONTENTIDS.
Written last, since it holds the other files' checksums.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from layout import __version__
from layout.document import Issue, Page, RegionKind
from layout.export.files import write_whole
from layout.export.folio import ascii_number, printed_number
from layout.export.images import image_type, image_url
from layout.export.mets_logical import Logical, page_links
from layout.export.mods import issue_record
from layout.export.outline import outlined
from layout.export.premis import premis_record
from layout.export.settings import ExportSettings
from layout.export.settle import settled
from layout.export.tei_header import issue_title
from layout.export.xml import XSI_LOCATION, Element, child, element, serialize, time_stamp

METS = "http://www.loc.gov/METS/"
XLINK = "http://www.w3.org/1999/xlink"
_SPACES: dict[str | None, str] = {
    "mets": METS,
    "mods": "http://www.loc.gov/mods/v3",
    "premis": "http://www.loc.gov/premis/v3",
    "xlink": XLINK,
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_LOCATIONS = (
    "http://www.loc.gov/METS/ http://www.loc.gov/standards/mets/mets.xsd "
    "http://www.loc.gov/mods/v3 http://www.loc.gov/standards/mods/v3/mods-3-7.xsd "
    "http://www.loc.gov/premis/v3 https://www.loc.gov/standards/premis/premis.xsd"
)


@dataclass(frozen=True)
class _Kind:
    """A group of files, one for each page: ids, use, folder and MIME type."""

    format: str
    short: str
    use: str
    mime: str


_PAGE_FILES = (
    _Kind("alto", "ALTO", "Text", "text/xml"),
    _Kind("page", "PAGE", "PAGE", "application/vnd.prima.page+xml"),
    _Kind("hocr", "HOCR", "hOCR", "text/html"),
)

#: Files of the whole issue: format, MIME type, name.
_ISSUE_FILES = (
    ("tei", "application/tei+xml", "tei.xml"),
    ("tei-light", "application/tei+xml", "tei-light.xml"),
    ("pdf", "application/pdf", "issue.pdf"),
)


class MetsExporter:
    """Writes `mets.xml`."""

    def __init__(self, settings: ExportSettings) -> None:
        self.settings = settings

    def write(self, issue: Issue, folder: Path) -> list[Path]:
        """One METS file of the issue, with the checksums of the other files in ``folder``."""
        issue = settled(issue)
        root = _Mets(issue, folder, self.settings).document()
        return [write_whole(folder / "mets.xml", serialize(root, pretty=self.settings.pretty))]


class _Mets:
    """One METS document."""

    def __init__(self, issue: Issue, folder: Path, settings: ExportSettings) -> None:
        self.issue = issue
        self.folder = folder
        self.settings = settings
        self.outline = outlined(issue)
        self.files: dict[str, list[str]] = {page.id: [] for page in issue.pages}
        self.alto: dict[str, str] = {}
        self.images: dict[str, str] = {}

    def document(self) -> Element:
        root = element(
            f"{{{METS}}}mets",
            {
                XSI_LOCATION: _LOCATIONS,
                "OBJID": self.issue.id,
                "TYPE": "Newspaper",
                "LABEL": issue_title(self.issue),
            },
            nsmap=_SPACES,
        )
        self._header(root)
        files = element(f"{{{METS}}}fileSec", nsmap=_SPACES)
        self._files(files)
        structure = element(f"{{{METS}}}structMap", nsmap=_SPACES)
        logical = Logical(self.issue, self.outline, self.alto, "tei" in self.settings.formats)
        structure.set("TYPE", "LOGICAL")
        structure.set("LABEL", "Logical Structure")
        logical.build(
            structure, self.issue.metadata.printed_date or self.issue.metadata.date or self.issue.id
        )
        _description(root, "MODSMD_ISSUE1", "issue", issue_record(self.issue))
        for id_, label, record in logical.records:
            _description(root, id_, label, record)
        provenance = child(child(root, "amdSec", {"ID": "AMD1"}), "digiprovMD", {"ID": "PREMIS_RUN1"})
        _wrap(provenance, "PREMIS", "3.0", None, premis_record(self.issue))
        if len(files):
            root.append(files)
        self._physical(root)
        root.append(structure)
        links = page_links(self.issue.pages)
        if logical.links:
            section = child(root, "structLink")
            for source, page in logical.links:
                ends = {f"{{{XLINK}}}from": source, f"{{{XLINK}}}to": links[page]}
                child(section, "smLink", ends)
        return root

    def _header(self, root: Element) -> None:
        when = time_stamp()
        header = child(root, "metsHdr", {"CREATEDATE": when, "LASTMODDATE": when})
        who = {"ROLE": "CREATOR", "TYPE": "OTHER", "OTHERTYPE": "SOFTWARE"}
        agent = child(header, "agent", who)
        child(agent, "name", text=f"newsreflow {__version__}")
        child(agent, "note", text="automatic, not corrected by hand")

    def _files(self, section: Element) -> None:
        images = [page for page in self.issue.pages if page.source.file]
        self._group(section, "IMG", "Images", images, self._image)
        for kind in _PAGE_FILES:
            if kind.format in self.settings.formats:
                pages = [page for page in self.issue.pages if page.failed is None]
                self._group(section, kind.short, kind.use, pages, self._page_file(kind))
        for form, mime, name in _ISSUE_FILES:
            if form in self.settings.formats and (form == "tei" or (self.folder / name).is_file()):
                short = form.upper()
                group = child(section, "fileGrp", {"ID": f"{short}GRP", "USE": short})
                self._file(group, f"{short}00001", mime, None, name, self._known(name))

    def _group(
        self,
        section: Element,
        short: str,
        use: str,
        pages: list[Page],
        write: Callable[[Element, Page, str, int], None],
    ) -> None:
        if not pages:
            return
        group = child(section, "fileGrp", {"ID": f"{short}GRP", "USE": use})
        numbers = {page.id: number for number, page in enumerate(self.issue.pages, 1)}
        for page in pages:
            id_ = f"{short}{numbers[page.id]:05d}"
            write(group, page, id_, numbers[page.id])
            self.files[page.id].append(id_)

    def _image(self, group: Element, page: Page, id_: str, number: int) -> None:
        sha = page.source.sha256
        known = {"CHECKSUM": sha, "CHECKSUMTYPE": "SHA-256"} if re.fullmatch(r"[0-9a-f]{64}", sha) else {}
        self._file(group, id_, image_type(page), number, image_url(page, self.settings) or "", known)
        self.images[page.id] = id_

    def _page_file(self, kind: _Kind) -> Callable[[Element, Page, str, int], None]:
        suffix = "html" if kind.format == "hocr" else "xml"

        def write(group: Element, page: Page, id_: str, number: int) -> None:
            name = f"{kind.format}/{page.id}.{suffix}"
            self._file(group, id_, kind.mime, number, name, self._known(name))
            if kind.format == "alto":
                self.alto[page.id] = id_

        return write

    def _file(
        self, group: Element, id_: str, mime: str | None, number: int | None, href: str, known: dict[str, str]
    ) -> None:
        made = child(group, "file", {"ID": id_, "MIMETYPE": mime, "SEQ": number, **known})
        where = {"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": href}
        child(made, "FLocat", where)

    def _known(self, name: str) -> dict[str, str]:
        """Size and checksum of a file that has been written."""
        path = self.folder / name
        if not path.is_file():
            return {}
        data = path.read_bytes()
        checksum = hashlib.sha256(data).hexdigest()
        return {"SIZE": str(len(data)), "CHECKSUM": checksum, "CHECKSUMTYPE": "SHA-256"}

    def _physical(self, root: Element) -> None:
        structure = child(root, "structMap", {"TYPE": "PHYSICAL", "LABEL": "Physical Structure"})
        paper = {"ID": "DIVP1", "TYPE": "Newspaper", "DMDID": "MODSMD_ISSUE1", "ADMID": "PREMIS_RUN1"}
        top = child(structure, "div", paper)
        links = page_links(self.issue.pages)
        for number, page in enumerate(self.issue.pages, 1):
            title = any(region.kind is RegionKind.MASTHEAD for region in page.walk())
            made = child(
                top,
                "div",
                {
                    "ID": links[page.id],
                    "TYPE": "TITLE_PAGE" if title else "CONTENT_PAGE",
                    "ORDER": number,
                    "ORDERLABEL": ascii_number(page),
                    "LABEL": printed_number(page) if page.failed is None else f"not read: {page.failed}",
                },
            )
            for id_ in self.files[page.id]:
                child(made, "fptr", {"FILEID": id_})
            image, alto = self.images.get(page.id), self.alto.get(page.id)
            if image and alto:
                pair = child(child(made, "fptr"), "par")
                child(pair, "area", {"FILEID": image})
                child(pair, "area", {"FILEID": alto, "BETYPE": "IDREF", "BEGIN": page.id})


def _description(root: Element, id_: str, label: str, record: Element) -> None:
    _wrap(child(root, "dmdSec", {"ID": id_}), "MODS", "3.7", label, record)


def _wrap(parent: Element, kind: str, version: str, label: str | None, record: Element) -> None:
    attributes = {"MIMETYPE": "text/xml", "MDTYPE": kind, "MDTYPEVERSION": version, "LABEL": label}
    child(child(parent, "mdWrap", attributes), "xmlData").append(record)
