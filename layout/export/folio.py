"""The printed page number, as printed and in ASCII digits."""

from __future__ import annotations

import re
import unicodedata

from layout.document import Page, RegionKind


def printed_number(page: Page) -> str | None:
    """The page number as printed: the text of the first page-number region that has one."""
    texts = (" ".join(r.text.split()) for r in page.walk() if r.kind is RegionKind.PAGE_NUMBER)
    return next((text for text in texts if text), None)


def ascii_number(page: Page) -> str | None:
    """The first run of digits of the printed number in ASCII, else a Roman numeral, else None."""
    text = printed_number(page)
    if not text:
        return None
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    found = re.search(r"\d+", digits) or re.search(r"\b[ivxlcdm]+\b", digits, re.IGNORECASE)
    return found.group() if found else None
