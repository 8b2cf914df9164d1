"""What a file is, by its content; and how files are opened and named in errors.

A suffix is never believed: archives hold HTML error pages named .tif and TIFFs named .jpg.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from layout.errors import AccessError, InputError
from layout.source.xml_input import root_of

_HEAD = 4096  # a PDF header may stand anywhere in the first 1024 bytes
_LARGE = 1 << 30


class Kind(StrEnum):
    """The kinds of file we tell apart; the value is what a message calls it."""

    PDF = "a PDF"
    IMAGE = "an image"
    METS = "a METS file"
    ALTO = "an ALTO file"
    PAGE = "a PAGE file"
    XML = "an XML file"
    DOCTYPE = "an XML file with a DOCTYPE, which is not accepted"
    HTML = "an HTML page"
    EMPTY = "empty"
    OTHER = "of a kind that is not known here"


_IMAGES = (
    re.compile(rb"II\*\x00|MM\x00\*|II\+\x00|MM\x00\+"),  # TIFF, BigTIFF
    re.compile(rb"\xff\xd8\xff"),  # JPEG
    re.compile(rb"\x89PNG\r\n\x1a\n"),
    re.compile(rb"\x00\x00\x00\x0cjP  \r\n\x87\n|\xff\x4f\xff\x51"),  # JPEG 2000 file, codestream
    re.compile(rb"RIFF....WEBP", re.DOTALL),
    re.compile(rb"BM....\x00\x00\x00\x00..\x00\x00[\x0c\x10\x28\x34\x38\x40\x6c\x7c]\x00\x00\x00", re.DOTALL),
    re.compile(rb"GIF8[79]a"),
    re.compile(rb"P[1-6]\s"),  # PBM, PGM, PPM
)
_HTML = re.compile(rb"\s*(?:<!doctype\s+html|<html|<head)", re.IGNORECASE)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<|\xff\xfe<\x00|\xfe\xff\x00<")
_XML_KINDS = {"mets": Kind.METS, "alto": Kind.ALTO, "PcGts": Kind.PAGE}

IMAGE_SUFFIXES = frozenset(
    (
        *(".tif", ".tiff", ".jpg", ".jpeg", ".jpe", ".png", ".jp2", ".j2k", ".jpf", ".jpx"),
        *(".webp", ".bmp", ".gif", ".pbm", ".pgm", ".ppm", ".pnm"),
    )
)


def kind_of(path: Path) -> Kind:
    """The kind of a file, by its first bytes.

    Raises `InputError` where there is no such file, `AccessError` where it may not be read.
    """
    head = read_head(path)
    if not head:
        return Kind.EMPTY
    if any(pattern.match(head) for pattern in _IMAGES):
        return Kind.IMAGE
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if _HTML.match(head):
        return Kind.HTML
    if _XML.match(head):
        root, doctype = root_of(path)
        return _XML_KINDS.get(root, Kind.DOCTYPE if doctype else Kind.XML)
    return Kind.OTHER


def read_head(path: Path) -> bytes:
    """The first bytes of a file, with the errors of `kind_of`.

    Only of a file: to open a pipe would wait for its writer, and a device has no end.
    """
    try:
        _status(path)
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError as error:
        raise opening_error(path, error) from error


def _status(path: Path) -> os.stat_result:
    """What the system says of a file; `InputError` for what is none, or hardly there."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise InputError(
            f"is not a file but {_what_it_is(path)}", file=str(path), remedy="give the scans themselves"
        )
    if _is_hollow(status):
        told = f"is {status.st_size / 1e9:.0f} GB of holes: next to nothing of it is on the disk"
        raise InputError(told, file=str(path), remedy="copy it again")
    return status


def _is_hollow(status: os.stat_result) -> bool:
    """Whether a large file is hardly there: reading a terabyte of nothing takes an hour.

    File systems that pack do not save so much on scans.
    """
    blocks = getattr(status, "st_blocks", None)
    return blocks is not None and status.st_size > _LARGE and blocks * 512 < status.st_size / 20


def _what_it_is(path: Path) -> str:
    mode = path.stat().st_mode
    kinds = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))
    return next((word for is_kind, word in kinds if is_kind(mode)), "a device")


def resolved(path: Path) -> Path:
    """The path with every link followed; one that leads in a circle stays, as one that cannot be opened."""
    return Path(os.path.realpath(path))


def is_file(path: Path) -> bool:
    """Whether there is a file; also of a name that no file can have."""
    try:
        return path.is_file()
    except OSError:
        return False


def opening_error(path: Path, error: OSError) -> InputError | AccessError:
    """Our error for a file that the system does not open."""
    if isinstance(error, FileNotFoundError):
        return InputError("there is no such file", file=str(path), remedy="correct the path")
    if isinstance(error, PermissionError):
        return AccessError("may not be read", file=str(path), remedy="change its permissions")
    if error.errno == errno.ENAMETOOLONG:
        name = f"{str(path)[:200]}..."
        return InputError("no file can have so long a name", file=name, remedy="correct the path")
    return InputError(
        f"cannot be read ({error.strerror or error})", file=str(path), remedy="check the file and its disk"
    )


def not_a_page(path: Path, kind: Kind) -> InputError:
    """Our error for a file that holds no page."""
    remedy = {
        Kind.EMPTY: "copy or scan it again",
        Kind.DOCTYPE: "remove the DOCTYPE",
        Kind.ALTO: "use 'newsreflow reflow' for files that hold text already",
        Kind.PAGE: "use 'newsreflow reflow' for files that hold text already",
    }.get(kind, "give a PDF, a TIFF, JPEG, PNG, JPEG 2000, WebP or BMP image, or a METS file")
    suffix = path.suffix.lower()
    promised = kind is not Kind.EMPTY and (suffix in IMAGE_SUFFIXES or suffix == ".pdf")
    named = f", although its name ends in {suffix}" if promised else ""
    return InputError(f"is {kind.value}{named}", file=str(path), remedy=remedy)


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file, with the errors of `kind_of`; remembered while size and time stay."""
    try:
        status = _status(path)
        return _sha256(str(path), status.st_size, status.st_mtime_ns)
    except OSError as error:
        raise opening_error(path, error) from error


@lru_cache(maxsize=64)
def _sha256(path: str, size: int, changed: int) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
