"""Files -> `Scan`s: PDF pages and page images of every common kind.

Files are told apart by their content; `readers.READERS` says which module reads which kind. Listing looks
at headers only, loading decodes one page.
"""

from __future__ import annotations

from layout.source.issues import IssueInput, find_issues
from layout.source.metadata import read_metadata
from layout.source.readers import list_pages, load_page, load_pixels, whole_picture
from layout.source.refs import PageRef
from layout.source.settings import SourceSettings

__all__ = [
    "IssueInput",
    "PageRef",
    "SourceSettings",
    "find_issues",
    "list_pages",
    "load_page",
    "load_pixels",
    "read_metadata",
    "whole_picture",
]
