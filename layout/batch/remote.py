"""Object storage at both ends of a run, by fsspec (the extra ``newsreflow[remote]``).

Inputs given as addresses are fetched into the output folder's state and then are files like others, so that
workers find them by path. A finished issue is put up file by file, its receipt last: whoever reads the
receipt finds everything it names. Nothing is fetched that the user did not name, and only where asked to.
"""

from __future__ import annotations

import errno
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from layout.batch import store
from layout.errors import AccessError, DependencyError, InputError, LayoutError

FETCHED = "fetched"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_MD5 = re.compile(r'"?([0-9a-f]{32})"?')


def is_address(name: str) -> bool:
    """Whether an input is an address like ``s3://bucket/issues`` and not a path."""
    return _ADDRESS.match(name) is not None


def fetch(address: str, folder: Path) -> Path:
    """The file or folder at an address, copied below ``folder``; what is there already is not fetched again.

    Raises `InputError` where there is nothing, `AccessError` where it cannot be had, `DependencyError`
    without fsspec or the package for this kind of address.
    """
    with _explained(address):
        system, path = _opened(address)
        root = folder / hashlib.sha256(address.encode()).hexdigest()[:16]
        name = PurePosixPath(path.rstrip("/")).name or "issues"
        known = store.read_json(root / "known.json") or {}
        seen: dict[str, str] = {}
        for key, info in _objects(system, path):
            place = _below(root, name, key, address)
            seen[key] = _identity(info)
            if known.get(key) != seen[key] or not place.is_file():
                _copy(system, info, place, address)
        if not seen:
            raise InputError("there is nothing at this address", file=address, remedy="correct the address")
        store.write_json(root / "known.json", seen)
        return root / name


def address_of(file: Path, fetched: Path, address: str) -> str:
    """The address of what was fetched from ``address`` to ``fetched``, by its place there."""
    inside = file.relative_to(fetched).as_posix()
    return address if inside == "." else f"{address.rstrip('/')}/{inside}"


def put_up(issue: Path, address: str) -> None:
    """Copy a finished issue to an address, unless its receipt stands there already."""
    receipt = store.issue_receipt_file(issue).read_bytes()
    with _explained(address):
        system, path = _opened(address)
        if _read(system, f"{path}/receipt.json") == receipt:
            return
        for name in _files(issue, json.loads(receipt)):
            system.makedirs(f"{path}/{name}".rpartition("/")[0], exist_ok=True)
            system.pipe_file(f"{path}/{name}", (issue / name).read_bytes())


def _files(issue: Path, receipt: dict[str, Any]) -> Iterator[str]:
    for page in sorted(receipt["pages"]):
        yield f"pages/{page}.json"
        if store.page_receipt_file(issue, page).is_file():
            yield f"receipts/{page}.json"
    yield from sorted(receipt["outputs"])
    yield "receipt.json"


def _opened(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ModuleNotFoundError as error:
        raise DependencyError(
            "addresses of object storage need the package 'fsspec'",
            file=address,
            remedy="run: pip install 'newsreflow[remote]'",
        ) from error
    system, path = url_to_fs(address)
    system.invalidate_cache()
    return system, str(path)


def _objects(system: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object at or below a path: its key from there, and what the storage says of it."""
    if system.isfile(path):
        yield "", system.info(path)
        return
    stem = path.rstrip("/") + "/"
    for full, info in sorted(system.find(path, detail=True).items()):
        if info.get("type") != "directory":
            yield full.removeprefix(stem), info


def _below(root: Path, name: str, key: str, address: str) -> Path:
    """Where an object goes; keys are text from outside, and may not lead elsewhere."""
    parts = [name, *(part for part in key.split("/") if part)]
    if any(part in (".", "..") or "\0" in part or "\\" in part for part in parts):
        raise InputError("holds an object whose name leads elsewhere", file=address, remedy="rename it")
    return root.joinpath(*parts)


def _identity(info: dict[str, Any]) -> str:
    told = next((info[key] for key in ("ETag", "etag", "md5", "LastModified", "mtime") if info.get(key)), "")
    return f"{info.get('size')} {told}"


def _copy(system: Any, info: dict[str, Any], place: Path, address: str) -> None:
    """Fetch one object, whole or not at all; its length and, where known, its checksum are looked at."""
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{place.name}.tmp")
    try:
        system.get_file(info["name"], str(beside))
        stated = _MD5.fullmatch(str(info.get("ETag") or ""))
        whole = info.get("size") in (None, beside.stat().st_size)
        if not whole or (stated and _md5(beside) != stated[1]):
            raise AccessError(f"{place.name} did not come whole", file=address, remedy="run again")
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def _md5(path: Path) -> str:
    """What S3 gives as ETag of an object that was put up in one piece."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _read(system: Any, path: str) -> bytes | None:
    try:
        return bytes(system.cat_file(path))
    except FileNotFoundError:
        return None


@contextmanager
def _explained(address: str) -> Iterator[None]:
    """What a storage raises, in our words. Every package has exceptions of its own."""
    try:
        yield
    except LayoutError:
        raise
    except FileNotFoundError as error:
        problem = "there is nothing at this address"
        raise InputError(problem, file=address, remedy="correct the address") from error
    except ImportError as error:
        raise DependencyError(
            f"this kind of address needs another package ({error})", file=address, remedy="install it by pip"
        ) from error
    except ValueError as error:
        raise InputError(f"is no address known here ({error})", file=address, remedy="correct it") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise AccessError(
            f"the storage refuses ({_short(error)})", file=address, remedy="check address and rights"
        ) from error
    except Exception as error:
        raise AccessError(
            f"the storage cannot be reached ({_short(error)})",
            file=address,
            remedy="check address and rights",
        ) from error


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
