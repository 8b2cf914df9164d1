"""Words that stand before a page's number when a newspaper points to one of its own pages."""

from __future__ import annotations

#: BCP 47 code -> words and abbreviations, longest first; matched with case ignored, digits in ASCII.
PAGE_WORDS = {
    "fa": ("صفحه‌ی", "صفحه", "صفحهٔ", "ص"),
    "ar": ("الصفحة", "الصحيفة", "صفحة", "ص"),
    "ur": ("صفحہ", "ص"),
    "ckb": ("لاپەڕە", "ل"),
    "he": ("עמוד", "עמ'", "עמ"),
    "en": ("pages", "page", "pp.", "p."),
    "de": ("seite", "ſeite", "s."),
    "fr": ("pages", "page", "p."),
}
