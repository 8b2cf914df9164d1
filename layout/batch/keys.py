"""Work keys: what is done is not done again, what changed is.

A page's key is a checksum of everything that can change it: the input's bytes, our own code of the page
half, the settings of its steps, the engines and language data. An issue's key likewise, from its pages.
The code is taken as it is on disk, so that nobody has to remember to count a version up.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layout import __version__

if TYPE_CHECKING:
    from layout.config import Config

_PAGE_CODE = ("document", "geometry", "image", "language", "source", "text", "pipeline.py")
_ISSUE_CODE = ("document", "export", "image", "language", "reflow", "pipeline.py")


def page_base(config: Config, engines: dict[str, Any]) -> str:
    """The part of a page's key that is the same for every page of a run."""
    return checksum(
        {
            "code": code_digest(_PAGE_CODE),
            "config": config.digest("source", "geometry", "text"),
            "engines": engines,
            "version": __version__,
        }
    )


def page_key(base: str, input_sha256: str, index: int, page_id: str) -> str:
    return checksum({"base": base, "input": input_sha256, "index": index, "page": page_id})


def issue_key(issue_id: str, pages: dict[str, str], metadata: Any, config: Config) -> str:
    """Key of an issue made of pages with these file checksums."""
    return checksum(
        {
            "code": code_digest(_ISSUE_CODE),
            "config": config.digest("reflow", "export"),
            "id": issue_id,
            "metadata": metadata,
            "pages": pages,
            "version": __version__,
        }
    )


def checksum(value: Any) -> str:
    """sha256 of a plain value's canonical JSON."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def code_digest(places: tuple[str, ...]) -> str:
    """sha256 over the source files of these packages and modules of ours."""
    root = Path(str(resources.files("layout")))
    total = hashlib.sha256()
    for place in places:
        for path in (root / place, *sorted((root / place).rglob("*"))):
            if path.is_file() and path.suffix != ".pyc":
                total.update(path.relative_to(root).as_posix().encode())
                total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
