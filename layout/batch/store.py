"""Finished work on disk: whole or not there at all.

    OUT/<issue>/pages/p0001.json      the page, by layout.document.json
    OUT/<issue>/receipts/p0001.json   how it came about; written after the page
    OUT/<issue>/alto/..., tei.xml ... what the exporters wrote
    OUT/<issue>/receipt.json          written after all of them: the mark that the issue is complete
    OUT/.newsreflow/                  journal, lock and log of the runs

Receipts hold no times and no paths of this machine, so that equal work gives equal bytes.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from layout.document import Page
from layout.document.json import dumps, loads
from layout.errors import InputError

STATE = ".newsreflow"
_NEW = ".new"


def page_file(issue: Path, page_id: str) -> Path:
    return issue / "pages" / f"{page_id}.json"


def page_receipt_file(issue: Path, page_id: str) -> Path:
    return issue / "receipts" / f"{page_id}.json"


def issue_receipt_file(issue: Path) -> Path:
    return issue / "receipt.json"


def thumbnail_file(out: Path, issue_id: str, page_id: str) -> Path:
    """Where the small picture of a page lies, for the report."""
    return out / STATE / "thumbnails" / issue_id / f"{page_id}.jpg"


def pictures_folder(out: Path, issue_id: str) -> Path:
    """Where the pictures of an issue's pages lie between their reading and the making of its files."""
    return out / STATE / "pictures" / issue_id


def publish(path: Path, data: bytes) -> str:
    """Put these bytes at ``path``, whole, durable; their sha256.

    Written beside, synced, renamed, and the folder synced, so that neither a kill nor a power cut
    leaves half a file under the name. What a kill leaves beside it is overwritten by the next try: the
    folder is locked, a file has one writer.
    """
    publish_all([(path, data)])
    return hashlib.sha256(data).hexdigest()


def publish_all(files: Sequence[tuple[Path, bytes]]) -> None:
    """Publish several files, their names in this order.

    All are written and synced before the first gets its name, and folders are synced last: the disk has to
    settle twice, not twice for each file.
    """
    beside = [(path.with_name(f".{path.name}.tmp"), path, data) for path, data in files]
    folders = sorted({path.parent for path, _ in files})
    try:
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
        for new, _, data in beside:
            new.write_bytes(data)
        for new, _, _ in beside:
            _sync(new)
        for new, path, _ in beside:
            new.replace(path)
    except BaseException:
        for new, _, _ in beside:
            new.unlink(missing_ok=True)
        raise
    for folder in folders:
        _sync_folder(folder)


def put_aside(path: Path, data: bytes) -> None:
    """Put bytes at ``path``, whole but not durable: for what can be done without, or made again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_bytes(data)
    beside.replace(path)


def write_json(path: Path, value: Any) -> str:
    """Publish a value as JSON for people: sorted, indented; its sha256."""
    return publish(path, json_bytes(value))


def json_bytes(value: Any) -> bytes:
    """A value as JSON for people."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_json(path: Path) -> dict[str, Any] | None:
    """A receipt; None where there is none or it is damaged, which means: not done."""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None


def write_page(issue: Path, page: Page, receipt: dict[str, Any]) -> str:
    """Store a finished (or failed) page, then its receipt; the page file's sha256."""
    data = (dumps(page) + "\n").encode()
    digest = hashlib.sha256(data).hexdigest()
    told = json_bytes({**receipt, "output": digest})
    publish_all([(page_file(issue, page.id), data), (page_receipt_file(issue, page.id), told)])
    return digest


def read_page(issue: Path, page_id: str) -> Page:
    """A finished page. Raises `InputError` where it is missing or damaged."""
    path = page_file(issue, page_id)
    try:
        return loads(Page, path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError("there is no such finished page", file=str(path), remedy="run again") from error
    except (ValueError, TypeError, KeyError) as error:
        problem = "the finished page cannot be read"
        raise InputError(problem, file=str(path), remedy="delete it and run again") from error


def page_stored(issue: Path, page_id: str) -> bool:
    """Whether a page and its receipt are there; a look at the folder only."""
    return page_file(issue, page_id).is_file() and page_receipt_file(issue, page_id).is_file()


def page_done(issue: Path, page_id: str, work_key: str) -> dict[str, Any] | None:
    """The receipt of a page that was made by this work key and is still whole; else None."""
    receipt = read_json(page_receipt_file(issue, page_id))
    if receipt is None or receipt.get("work_key") != work_key:
        return None
    return receipt if _digest(page_file(issue, page_id)) == receipt.get("output") else None


def issue_done(issue: Path, work_key: str) -> dict[str, Any] | None:
    """The receipt of an issue that was made by this work key and is still whole; else None."""
    receipt = read_json(issue_receipt_file(issue))
    if receipt is None or receipt.get("work_key") != work_key:
        return None
    whole = all(_digest(issue / name) == digest for name, digest in receipt.get("outputs", {}).items())
    return receipt if whole else None


@contextlib.contextmanager
def fresh_folder(issue: Path) -> Iterator[Path]:
    """An empty folder inside the issue's for outputs in the making; gone afterwards."""
    folder = issue / _NEW
    shutil.rmtree(folder, ignore_errors=True)  # what a killed try left
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish_folder(folder: Path, issue: Path, files: Iterable[Path]) -> dict[str, str]:
    """Move finished files to their places below ``issue``; sha256 by relative name, sorted.

    Files of an earlier run that are not among them are removed, so that the folder is the same as if
    there had been no earlier run.
    """
    outputs: dict[str, str] = {}
    for path in sorted(files):
        name = path.relative_to(folder).as_posix()
        _sync(path)
        outputs[name] = _digest(path) or ""
    before = read_json(issue_receipt_file(issue)) or {}
    for name in outputs:
        target = issue / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (folder / name).replace(target)
    for name in set(before.get("outputs", {})) - set(outputs):
        (issue / name).unlink(missing_ok=True)
    for parent in sorted({(issue / name).parent for name in outputs}):
        _sync_folder(parent)
    return outputs


def file_sha256(path: Path) -> str:
    """sha256 of a file's bytes; raises `OSError`."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _digest(path: Path) -> str | None:
    try:
        return file_sha256(path)
    except OSError:
        return None


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:  # some file systems cannot sync a folder; the rename stands all the same
        pass
    finally:
        os.close(descriptor)
