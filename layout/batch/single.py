"""One page, read here and now, for looking at it."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from layout.config import Config
from layout.document import Issue, Metadata
from layout.errors import InputError
from layout.image import Scan


def read_single(file: Path, number: int, config: Config) -> tuple[Issue, Scan]:
    """The ``number``-th page (from 1) of a file, or of an issue's folder, as an issue of one page; its scan.

    Raises `InputError` for a folder of several issues.
    """
    from layout.pipeline import read_issue, read_scan
    from layout.source import find_issues, load_page

    found = find_issues(file, config.source)
    if len(found) > 1:
        problem = f"holds {len(found)} issues"
        raise InputError(problem, file=str(file), remedy=f"give one of them, like {found[0].path}")
    if found[0].problem:
        raise found[0].problem
    refs = found[0].pages
    if number > len(refs):
        pages = f"{len(refs)} page{'s' * (len(refs) != 1)}"
        raise InputError(f"has {pages}, no page {number}", file=str(file), remedy="give another --page")
    scan = load_page(refs[number - 1], config.source)
    page = read_scan(scan, config)
    return read_issue(file.stem, [page], Metadata(), config), scan


def write_single(issue: Issue, name: str, path: Path | None, config: Config) -> None:
    """Write the issue in one format to ``path``, or to standard output."""
    from layout.batch.store import publish
    from layout.pipeline import write_issue

    settings = replace(config.export, formats=(name,))
    with tempfile.TemporaryDirectory() as folder:
        files = write_issue(issue, Path(folder), replace(config, export=settings))
        data = files[0].read_bytes()
    if path is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        publish(path, data)
