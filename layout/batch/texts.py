"""Pages that have been read already: of an earlier run, or ALTO, PAGE and hOCR files of others."""

from __future__ import annotations

from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from layout.batch import store
from layout.batch.unit import Failure
from layout.document import Metadata, Page, ids
from layout.document.json import encode
from layout.errors import InputError
from layout.source.files import Kind, kind_of
from layout.source.refs import natural_key

#: kind of file -> the function that reads a page of it.
READERS = {
    Kind.ALTO: "layout.source.alto:read_alto",
    Kind.PAGE: "layout.source.page_xml:read_page_xml",
    Kind.HTML: "layout.source.hocr:read_hocr",
    Kind.XML: "layout.source.hocr:read_hocr",
}


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
        "id": ids.xml_name(path.name if path.is_dir() else path.name.partition(".")[0]),
        "input": str(path),
        "pages": [[str(file), 0, ids.page_id(number)] for number, file in enumerate(files, 1)],
        "metadata": encode(_metadata(path)),
    }


def read(path: Path, page_id: str) -> Page:
    """The page of a file of text. Raises `InputError`."""
    module, _, name = READERS[kind_of(path)].partition(":")
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


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = [file for file in path.iterdir() if file.is_file() and not file.name.startswith(".")]
        files = [file for file in sorted(found, key=lambda file: natural_key(file.name)) if _is_text(file)]
    else:
        files = [path] if _is_text(path) else []
    if not files:
        raise InputError(
            "holds no text", file=str(path), remedy="give ALTO, PAGE or hOCR files, or the folder of a run"
        )
    return files


def _is_text(file: Path) -> bool:
    return kind_of(file) in READERS


def _metadata(path: Path) -> Metadata:
    from layout.source import read_metadata

    return read_metadata(path)
