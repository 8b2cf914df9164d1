"""Which issues a path holds.

- A PDF, a METS file or an image is one issue.
- A folder whose own files include page images is one issue of them.
- A folder's PDFs, METS files and sub-folders are an issue (or more) each.
- Images that a METS file names belong to its issue and to no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from layout.document import Metadata
from layout.document.ids import xml_name
from layout.errors import InputError, LayoutError
from layout.source.files import Kind, kind_of, opening_error, resolved
from layout.source.folder import entries, leads_out, link_out, page_images
from layout.source.metadata import read_metadata
from layout.source.mets import named_files
from layout.source.readers import list_images, list_pages
from layout.source.refs import PageRef
from layout.source.settings import SourceSettings

_DEFAULT = SourceSettings()
_GENERIC = ("mets", "export_mets")


@dataclass(frozen=True)
class IssueInput:
    """An issue that was found: its id, where it is, what is known of it, its pages in order.

    ``problem`` is why it cannot be read at all; it then has no pages.
    """

    issue_id: str
    path: Path
    metadata: Metadata = Metadata()
    pages: tuple[PageRef, ...] = ()
    problem: LayoutError | None = None


def find_issues(path: Path, settings: SourceSettings = _DEFAULT) -> tuple[IssueInput, ...]:
    """The issues of a file or folder, in natural order of names, a folder's own images first.

    A file or folder that cannot be read becomes an issue with its problem, so that the others go on; only a
    path that is not there, or a folder with nothing to read in it, raises (`InputError`, `AccessError`).
    """
    path = Path(path)
    try:
        is_folder = path.is_dir()
    except OSError as error:
        raise opening_error(path, error) from error
    if not is_folder:
        kind_of(path)  # raises where there is none
        return (_issue(path, settings),)
    issues = tuple(_in_folder(path, settings, set()))
    if not issues:
        raise InputError(
            "holds no PDF, page image or METS file", file=str(path), remedy="give the folder of the scans"
        )
    return issues


def _in_folder(folder: Path, settings: SourceSettings, taken: set[Path]) -> Iterator[IssueInput]:
    """``taken`` are resolved files that a METS file higher up has named; grows."""
    try:
        kinds = {entry: _kind(entry, folder) for entry in entries(folder)}
        found_images = page_images(folder)
    except LayoutError as error:
        yield IssueInput(_name(folder), folder, problem=error)
        return
    mets = [entry for entry, kind in kinds.items() if kind is Kind.METS]
    named = {entry: named_files(entry) for entry in mets}
    taken |= {file for files in named.values() for file in files}
    images = [image for image in found_images if resolved(image) not in taken]
    if images:
        yield _issue(folder, settings, images)
    for entry, kind in kinds.items():
        if kind is Kind.METS:
            if named[entry] or not found_images:  # one that names text only says nothing of these images
                yield _issue(entry, settings)
        elif kind is Kind.PDF and resolved(entry) not in taken:
            yield _issue(entry, settings)
        elif leads_out(entry, folder) and (entry.is_dir() or entry.suffix.lower() == ".pdf"):
            yield IssueInput(_name(entry), entry, problem=link_out(entry))
        elif entry.is_dir() and not entry.is_symlink():
            yield from _in_folder(entry, settings, taken)


def _kind(entry: Path, folder: Path) -> Kind | None:
    """None for folders, for links that lead out and for what cannot be opened.

    A file that is called a PDF counts as one, so that a damaged one is reported.
    """
    if leads_out(entry, folder) or not entry.is_file():
        return None
    try:
        kind = kind_of(entry)
    except LayoutError:
        kind = Kind.OTHER
    return Kind.PDF if entry.suffix.lower() == ".pdf" and kind is not Kind.IMAGE else kind


def _issue(path: Path, settings: SourceSettings, images: Sequence[Path] | None = None) -> IssueInput:
    name = _name(path)
    try:
        metadata = read_metadata(path, settings)
        if ("identifier", "issue.toml") in metadata.origins:
            name = xml_name(metadata.identifier or name)
        pages = list_pages(path, settings) if images is None else list_images(images, settings)
    except LayoutError as error:
        return IssueInput(name, path, problem=error)
    return IssueInput(name, path, metadata, pages)


def _name(path: Path) -> str:
    """Id by the stem; by the folder for a METS file that is called just that, as in most deliveries."""
    if path.is_dir():
        return xml_name(path.name if path.name not in ("", "..") else resolved(path).name)
    stem = path.stem
    return xml_name(resolved(path).parent.name if stem.lower() in _GENERIC else stem)
