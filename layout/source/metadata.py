"""What is known of an issue before a page has been read.

Each field comes from the first place that gives it: `issue.toml` beside the scans, METS with MODS, the
PDF's own metadata, the file name by the profile's pattern. Nothing is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from layout.document import Metadata
from layout.errors import LayoutError
from layout.source.files import Kind, kind_of
from layout.source.folder import entries
from layout.source.issue_toml import read_issue_toml
from layout.source.mods import read_mods
from layout.source.settings import SourceSettings
from layout.source.xml_input import parse_xml

_DEFAULT = SourceSettings()
FIELDS = tuple(field.name for field in fields(Metadata) if field.name != "origins")

_FILE_NAME = re.compile(
    r"\.(?:pdf|docx?|indd|qxp|qxd|pmd|pm\d|fm|tex|dvi|ps|eps|rtf|odt|sla|ai|html?|tiff?|jpe?g)$", re.I
)
_PLACEHOLDER = re.compile(
    r"untitled.*|no title|title|document ?\d*|unbenannt.*|ohne titel|sans titre|layout \d+|print"
    r"|full page photo|powerpoint presentation"
    r"|(?:microsoft (?:word|powerpoint|excel)|adobe|quark|scan(?:ned)?)\b.*",
    re.I,
)


def read_metadata(path: Path, settings: SourceSettings = _DEFAULT) -> Metadata:
    """Metadata of an issue by its file or folder; ``origins`` names each field's place.

    Raises `ConfigError` for an `issue.toml` that cannot be used; damaged scans are not its concern.
    """
    path = Path(path)
    metadata = Metadata()
    for origin, found in _places(path, settings):
        metadata = _filled(metadata, found, origin)
    return metadata


def pdf_metadata(info: dict[str, str], stem: str) -> Metadata:
    """Title and language of a PDF, unless they are what programs write unasked."""
    title = " ".join(info.get("title", "").split())
    language = info.get("language", "").strip()
    return Metadata(
        title=title if _is_title(title, stem) else None,
        language=language if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language) else None,
    )


def name_metadata(stem: str, pattern: str) -> Metadata:
    """The fields a file name gives by a pattern with named groups; none where it does not match."""
    match = re.search(pattern, stem) if pattern else None
    if not match:
        return Metadata()
    given: dict[str, Any] = {
        key: value.strip() for key, value in match.groupdict().items() if value and value.strip()
    }
    printed = given.pop("date", None)
    iso = iso_date(printed) if printed else None
    if "title" in given:
        given["title"] = re.sub(r"[_\s]+", " ", given["title"]).strip()
    return Metadata(**given, date=iso, printed_date=printed if printed and not iso else None)


def iso_date(text: str) -> str | None:
    """A day, month or year as ISO 8601, None where it is no Gregorian one.

    Year, month, day in this order with or without separators; years before 1500 belong to another
    calendar, as there were no newspapers.
    """
    match = re.fullmatch(r"(\d{4})(?:[-_./ ]?(\d{2})(?:[-_./ ]?(\d{2}))?)?", text.strip(), re.ASCII)
    if not match or int(match[1]) < 1500:
        return None
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None
    return "-".join(part for part in match.groups() if part)


def _places(path: Path, settings: SourceSettings) -> Iterator[tuple[str, Metadata]]:
    """The places where metadata may stand, the most trusted first."""
    yield "issue.toml", read_issue_toml(path)
    kind = None if path.is_dir() else _kind(path)
    mets = _mets_of(path) if path.is_dir() else path if kind is Kind.METS else None
    if mets:
        yield "mets", _from_mets(mets)
    if kind is Kind.PDF:
        yield "pdf", _from_pdf(path)
    yield "file name", name_metadata(path.name if path.is_dir() else path.stem, settings.name_pattern)


def _kind(path: Path) -> Kind | None:
    try:
        return kind_of(path)
    except LayoutError:
        return None


def _mets_of(folder: Path) -> Path | None:
    """The METS file of a folder of images, if there is exactly one."""
    found = [
        entry
        for entry in entries(folder)
        if entry.suffix.lower() == ".xml" and entry.is_file() and _kind(entry) is Kind.METS
    ]
    return found[0] if len(found) == 1 else None


def _from_mets(path: Path) -> Metadata:
    try:
        return read_mods(parse_xml(path))
    except LayoutError:
        return Metadata()


def _from_pdf(path: Path) -> Metadata:
    from layout.source.pdf import read_info  # imported when a PDF comes: it loads PyMuPDF

    try:
        return pdf_metadata(read_info(path), path.stem)
    except LayoutError:
        return Metadata()


def _filled(known: Metadata, found: Metadata, origin: str) -> Metadata:
    new = {
        name: value
        for name in FIELDS
        if getattr(known, name) is None and (value := getattr(found, name)) is not None
    }
    values: dict[str, Any] = {**new, "origins": (*known.origins, *((name, origin) for name in new))}
    return replace(known, **values)


def _is_title(title: str, stem: str) -> bool:
    if not title or "\ufffd" in title or not any(char.isalpha() for char in title):
        return False
    if title.casefold() == stem.casefold() or _FILE_NAME.search(title) or _PLACEHOLDER.fullmatch(title):
        return False
    # One word in small letters or with an underscore, hyphen, dot or digit is a file name or a slug.
    return " " in title or (title.isalpha() and not title.islower())
