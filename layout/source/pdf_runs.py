"""A PDF page's text as MuPDF gives it, gone through in the ways that are asked for.

All is in points of the page that is not rotated. Each way interprets the page anew: a display list, which
is interpreted once, loses spaces that stand alone and what has no size.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from layout.source.mupdf import mupdf

_mu: Any = mupdf.mupdf

#: Characters by the codes of their fonts, ligatures and spaces as they are in the file.
FLAGS = mupdf.TEXT_PRESERVE_LIGATURES | mupdf.TEXT_PRESERVE_WHITESPACE | mupdf.TEXT_MEDIABOX_CLIP
FLAGS |= mupdf.TEXT_IGNORE_ACTUALTEXT | mupdf.TEXT_INHIBIT_SPACES
#: With what is cut away or lies outside, and glyphs without a code told apart by their numbers in the font;
#: without one MuPDF takes each for the one before it, drawn again.
ALL = FLAGS & ~mupdf.TEXT_MEDIABOX_CLIP | mupdf.TEXT_USE_GID_FOR_UNKNOWN_UNICODE
#: All of it, and what the file says of glyphs in words in their stead.
SAID = ALL & ~mupdf.TEXT_IGNORE_ACTUALTEXT


class Runs:
    """What a page (PyMuPDF's) draws."""

    def __init__(self, page: Any) -> None:
        self._page = page

    def text(self, flags: int = FLAGS) -> Any:
        """MuPDF's text page."""
        everywhere = None if flags & mupdf.TEXT_MEDIABOX_CLIP else mupdf.INFINITE_RECT()
        return self._page.get_textpage(clip=everywhere, flags=flags)

    def run(self, device: Any) -> None:
        """Show all of it to a device of MuPDF's."""
        turned = self._page.rotation
        self._page.set_rotation(0)
        try:
            _mu.fz_run_page(self._page.this, device, _mu.FzMatrix(), _mu.FzCookie())
            _mu.fz_close_device(device)
        finally:
            self._page.set_rotation(turned)

    @cached_property
    def trace(self) -> list[dict[str, Any]]:
        """MuPDF's trace: each glyph as it is drawn, those too that are in no text page."""
        return list(self._page.get_texttrace())


def letters_of(text: Any) -> str:
    """The characters of a text page alone, one after the other."""
    return str(text.extractText()).replace("\n", "")
