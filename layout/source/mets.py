"""A METS file that names page images: which file of each page to take, in which order.

Page order is that of the physical structMap (ORDER among siblings where all have one), as METS 1.12 says.
A reference must be a file under the METS file's own folder: anything else is refused.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from layout.document.ids import page_id
from layout.errors import InputError
from layout.source.files import IMAGE_SUFFIXES, is_file, resolved
from layout.source.refs import PageRef
from layout.source.xml_input import local_name, parse_xml

_XLINK = "{http://www.w3.org/1999/xlink}href"
# What the files of a group are for, by words of its USE or ID: the first that fits decides; lower numbers
# are taken first.
_USES = (
    (re.compile(r"thumb|preview|teaser|\bmin\b|icon", re.I), 8),
    (re.compile(r"ocr-d-img|master|archiv|original|preserv|\bmax\b", re.I), 0),
    (re.compile(r"ocr|full-?text|alto|page-?xml|\btext\b|audio|video|tei", re.I), 9),
    (re.compile(r"default|service|present|access|im(a)?ge?|reference|scan", re.I), 2),
    (re.compile(r"download|derivative|pdf", re.I), 6),
)
_OTHER_USE = 4
_TEXT = 9
_PAGE_FRAGMENT = re.compile(r"(?:^|&)page=(\d+)")


@dataclass(frozen=True, slots=True)
class _File:
    """A file element: what it is for (lower is better) and where it says it is."""

    href: str
    rank: tuple[int, int]


def list_mets(path: Path) -> tuple[PageRef, ...]:
    """The pages a METS file names, in physical order.

    For each page the best file that is there is taken: master images before access copies, images before
    PDFs. A page whose file is missing stays as one that fails on loading. Raises `InputError` where no page
    image is named, none is there, or a reference leads elsewhere.
    """
    root = parse_xml(path)
    refs = tuple(_pages(root, path))
    if not refs:
        raise InputError(
            "names no page images",
            file=str(path),
            remedy="give the images, or use 'newsreflow reflow' for files that hold text already",
        )
    if not any(is_file(ref.file) for ref in refs):
        raise InputError(
            f"names page images that are not there, such as {refs[0].file.name}",
            file=str(path),
            remedy="put the images where the file says",
        )
    return refs


def named_files(path: Path) -> frozenset[Path]:
    """Every page image and PDF the file names, resolved; none where it cannot be read."""
    try:
        files = _files(parse_xml(path))
    except InputError:
        return frozenset()
    found = set()
    for file in files.values():
        try:
            found.add(resolved(local_file(file.href, path)))
        except InputError:
            continue
    return frozenset(found)


def local_file(href: str, mets: Path) -> Path:
    """The file a reference of a METS file means.

    Raises `InputError` for another scheme than a relative file, and for what lies outside the METS file's
    folder, by ``..``, an absolute path or a link.
    """
    text = re.sub(r"^file:(?://(?=\.{1,2}/))?(?!/)", "", href.strip(), flags=re.I)
    name = unicodedata.normalize("NFC", unquote(text.split("#")[0].split("?")[0]))
    folder = resolved(mets.parent)
    # A letter and a colon is a Windows drive; a longer word before a colon another scheme.
    if not name or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", name) or "\\" in name or "\0" in name:
        raise _refused(href, mets)
    for form in ("NFC", "NFD"):
        file = mets.parent / unicodedata.normalize(form, name)
        if not resolved(file).is_relative_to(folder) or name.startswith("/"):
            raise _refused(href, mets)
        if os.path.lexists(file):
            return file
    return mets.parent / name


def _pages(root: etree._Element, mets: Path) -> Iterator[PageRef]:
    files = _files(root)
    numbers = iter(range(1, 1_000_000))
    for choice in _choices(root, files):
        file, index = _best(choice, mets)
        yield PageRef(file, index, page_id(next(numbers)))


def _files(root: etree._Element) -> dict[str, _File]:
    """Page images and PDFs by file ID; the order of the document."""
    files: dict[str, _File] = {}
    for element in root.iter("{*}file"):
        href = next((place.get(_XLINK) for place in element.iter("{*}FLocat") if place.get(_XLINK)), None)
        key = element.get("ID")
        rank = _rank(element, href or "")
        if href and key and rank is not None:
            files[key] = _File(href, rank)
    return files


def _rank(element: etree._Element, href: str) -> tuple[int, int] | None:
    """How much a file is wanted, None where it is no picture of a page."""
    mime = (element.get("MIMETYPE") or "").lower()
    suffix = Path(unquote(href.split("#")[0].split("?")[0])).suffix.lower()
    is_pdf = mime == "application/pdf" or (not mime and suffix == ".pdf")
    if not (is_pdf or mime.startswith("image/") or (not mime and suffix in IMAGE_SUFFIXES)):
        return None
    use = _use(element)
    if use == _TEXT and not is_pdf:
        use = _OTHER_USE  # an image is no text, whatever its group is called
    return int(is_pdf), use


def _use(element: etree._Element) -> int:
    node: etree._Element | None = element
    while node is not None and local_name(node) in ("file", "fileGrp"):
        for value in (node.get("USE"), node.get("ID") if local_name(node) == "fileGrp" else None):
            for pattern, rank in _USES:
                if value and pattern.search(value):
                    return rank
        node = node.getparent()
    return _OTHER_USE


def _choices(root: etree._Element, files: dict[str, _File]) -> list[list[_File]]:
    """For each page the files it may be taken from."""
    maps = list(root.iter("{*}structMap"))
    maps.sort(key=lambda element: (element.get("TYPE") or "").lower() != "physical")
    for structure in maps:
        if (structure.get("TYPE") or "").lower() == "logical" and len(maps) > 1:
            continue
        pages = [page for div in _in_order(structure) for page in _div_pages(div, files)]
        if pages:
            return pages
    best = min((file.rank for file in files.values()), default=None)
    return [[file] for file in files.values() if file.rank == best]


def _div_pages(div: etree._Element, files: dict[str, _File]) -> list[list[_File]]:
    """Pages of a division: those of its parts, or itself where it names files and its parts none."""
    below = [page for part in _in_order(div) for page in _div_pages(part, files)]
    if below:
        return below
    named = [
        files[key]
        for pointer in div.iterchildren("{*}fptr")
        for element in pointer.iter()
        if (key := element.get("FILEID")) in files
    ]
    return [named] if named else []


def _in_order(parent: etree._Element) -> list[etree._Element]:
    divs = list(parent.iterchildren("{*}div"))
    try:
        return sorted(divs, key=lambda div: float(div.get("ORDER") or "none"))
    except ValueError:
        return divs


def _best(choice: list[_File], mets: Path) -> tuple[Path, int]:
    """The wanted file that is there, else the most wanted; and the page in it, counted from 0."""
    refusal: InputError | None = None
    missing: tuple[Path, int] | None = None
    for file in sorted(choice, key=lambda file: file.rank):
        try:
            path = local_file(file.href, mets)
        except InputError as error:
            refusal = refusal or error
            continue
        page = _PAGE_FRAGMENT.search(file.href.partition("#")[2])
        found = path, int(page[1]) - 1 if page and int(page[1]) > 0 else 0
        if is_file(path):
            return found
        missing = missing or found
    if missing:
        return missing
    assert refusal is not None
    raise refusal


def _refused(href: str, mets: Path) -> InputError:
    return InputError(
        f"names '{href[:200]}', which is not a file in or below its own folder",
        file=str(mets),
        remedy="copy the images beside the METS file and name them relative to it",
    )
