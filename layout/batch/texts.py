"""Pages that have been read already: of an earlier run, or ALTO, PAGE and hOCR files of others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from layout.batch import store
from layout.batch.unit import Failure
from layout.document import Metadata, Page, ids
from layout.document.json import encode
from layout.errors import InputError
from layout.source.files import Kind, kind_of
from layout.source.refs import natural_key
from layout.source.xml_input import parse_xml

#: kind of file -> the function that reads a page of it.
READERS = {
    Kind.ALTO: "layout.source.alto:read_alto",
    Kind.PAGE: "layout.source.page_xml:read_page_xml",
}
_HOCR = "layout.source.hocr:read_hocr"
#: hOCR names its classes in the head of the file, and the first page follows soon.
_HEAD = 1 << 16


def find(path: Path) -> dict[str, Any]:
    """The issue at a path: the folder of an issue of an earlier run, a file of text, a folder of those."""
    if (path / "pages").is_dir() and (path / "receipts").is_dir():
        receipt = store.read_json(store.issue_receipt_file(path)) or {}
        names = sorted(file.stem for file in (path / "receipts").glob("*.json"))
        pages = [[str(store.page_file(path, name)), 0, name] for name in names]
        metadata = receipt.get("metadata", {})
        return {"id": path.name, "input": str(path), "pages": pages, "metadata": metadata}
    files = _files(path)
    return {
        "id": ids.xml_name(_name(path)),
        "input": str(path),
        "pages": [[str(file), 0, ids.page_id(number)] for number, file in enumerate(files, 1)],
        "metadata": encode(_metadata(path)),
    }


def read(path: Path, page_id: str) -> Page:
    """The page of a file of text. Raises `InputError`."""
    module, _, name = (_reader(path) or _HOCR).partition(":")
    page: Page = getattr(import_module(module), name)(path, page_id)
    return page if page.id == page_id else replace(page, id=page_id)


def stored_receipt(path: Path) -> dict[str, Any] | None:
    """The receipt that belongs to a page file of an earlier run; None for any other file."""
    if path.suffix != ".json" or path.parent.name != "pages":
        return None
    return store.read_json(store.page_receipt_file(path.parents[1], path.stem))


def gap_of(receipt: dict[str, Any]) -> dict[str, Any] | None:
    """The failure that a receipt tells of, as plain values."""
    if receipt.get("state") != "failed":
        return None
    said = receipt.get("message", "")
    return asdict(Failure(receipt.get("reason", "error"), said, said, receipt.get("exit_code", 15)))


def _name(path: Path) -> str:
    """What an issue is called: by METS, else as its folder or file."""
    if path.is_dir():
        return path.name
    stated = parse_xml(path).get("OBJID") if kind_of(path) is Kind.METS else None
    return stated or path.name.partition(".")[0]


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = [file for file in path.iterdir() if file.is_file() and not file.name.startswith(".")]
        files = [file for file in sorted(found, key=lambda file: natural_key(file.name)) if _is_text(file)]
    elif kind_of(path) is Kind.METS:
        files = list(_named_by(path))
    else:
        files = [path] if _is_text(path) else []
    if not files:
        raise InputError(
            "holds no text", file=str(path), remedy="give ALTO, PAGE or hOCR files, or the folder of a run"
        )
    return files


def _named_by(mets: Path) -> Iterator[Path]:
    """The ALTO and PAGE files that a METS file names in or below its own folder, in its order."""
    folder = mets.parent.resolve()
    for location in parse_xml(mets).iter("{http://www.loc.gov/METS/}FLocat"):
        href = unquote(location.get("{http://www.w3.org/1999/xlink}href") or "")
        if "://" in href or "\0" in href:
            continue
        file = (folder / href).resolve()
        if file.is_relative_to(folder) and file.is_file() and kind_of(file) in (Kind.ALTO, Kind.PAGE):
            yield file


def _is_text(file: Path) -> bool:
    return _reader(file) is not None


def _reader(file: Path) -> str | None:
    """The function that reads a file, if one does."""
    kind = kind_of(file)
    if kind in READERS:
        return READERS[kind]
    if kind in (Kind.HTML, Kind.XML, Kind.DOCTYPE) and b"ocr_page" in file.read_bytes()[:_HEAD]:
        return _HOCR
    return None


def _metadata(path: Path) -> Metadata:
    from layout.source import read_metadata

    return read_metadata(path)
