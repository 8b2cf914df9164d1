"""How the formats name a page's image: a relative reference, percent-encoded."""

from __future__ import annotations

import mimetypes
from urllib.parse import quote

from layout.document import Page
from layout.export.settings import ExportSettings


def image_url(page: Page, settings: ExportSettings, up: str = "") -> str | None:
    """A URL or relative reference to the page's image; None where no file is known.

    ``up`` leads from the file that refers to the issue's folder (``../``). A page of a PDF is named by
    its fragment (RFC 8118).
    """
    if not page.source.file:
        return None
    fragment = f"#page={page.source.page}" if page.source.file.lower().endswith(".pdf") else ""
    return _base(settings, up) + quote(page.source.file) + fragment


def image_name(page: Page, settings: ExportSettings, up: str = "") -> str | None:
    """The same as a file name, as ALTO and PAGE want it."""
    name = " ".join(page.source.file.split())
    return _base(settings, up) + name if name else None


def image_type(page: Page) -> str | None:
    """MIME type by the file's name."""
    return mimetypes.guess_type(page.source.file)[0]


def _base(settings: ExportSettings, up: str) -> str:
    base = settings.image_base
    if base and not base.endswith("/"):
        base += "/"
    outside = base.startswith(("http://", "https://", "/")) or not base
    return base if outside else up + base
