"""Ids: XML names that sort. `p0001`, `p0001_r003`, `p0001_r003_l002`, `p0001_r003_l002_w004`, `i0001`."""

from __future__ import annotations

import hashlib
import re
import unicodedata

#: A file's name may have 255 bytes, and what is written for an issue adds to its id.
_LONGEST = 120


def page_id(number: int) -> str:
    """Id of the page at this place in the issue, counted from 1."""
    return f"p{number:04d}"


def region_id(page: str, number: int) -> str:
    return f"{page}_r{number:03d}"


def line_id(region: str, number: int) -> str:
    return f"{region}_l{number:03d}"


def word_id(line: str, number: int) -> str:
    return f"{line}_w{number:03d}"


def item_id(number: int) -> str:
    return f"i{number:04d}"


def block_id(item: str, number: int) -> str:
    return f"{item}_b{number:03d}"


def xml_name(text: str) -> str:
    """An ASCII XML name and safe file name made of any text.

    Letters, digits, ``.``, ``_`` and ``-`` stay; where others are lost a short hash of the whole is
    added, so that different names stay different; so too where a very long one is cut.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.")
    if name != text.strip():
        lost = any(ord(char) > 127 for char in unicodedata.normalize("NFKD", text) if char.isalnum())
        if lost or not name:
            digest = hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:8]
            name = f"{name}-{digest}" if name else digest
    if len(name) > _LONGEST:
        name = f"{name[:_LONGEST]}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"
    return name if re.match(r"[A-Za-z_]", name) else f"n{name}"
