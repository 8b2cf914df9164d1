"""PAGE's words for our kinds, languages, scripts and directions; all are closed lists of its schema."""

from __future__ import annotations

from layout.document import Direction, RegionKind
from layout.language import LANGUAGES as RECORDS

K = RegionKind

#: RegionKind -> element and its ``type``.
REGIONS: dict[RegionKind, tuple[str, str | None]] = {
    K.MASTHEAD: ("TextRegion", "heading"),
    K.IMPRINT: ("TextRegion", "other"),
    K.SECTION_LABEL: ("TextRegion", "header"),
    K.RUNNING_HEAD: ("TextRegion", "header"),
    K.PAGE_NUMBER: ("TextRegion", "page-number"),
    K.KICKER: ("TextRegion", "heading"),
    K.HEADLINE: ("TextRegion", "heading"),
    K.SUBHEADLINE: ("TextRegion", "heading"),
    K.CROSSHEAD: ("TextRegion", "heading"),
    K.BYLINE: ("TextRegion", "credit"),
    K.DATELINE: ("TextRegion", "credit"),
    K.LEAD: ("TextRegion", "paragraph"),
    K.PARAGRAPH: ("TextRegion", "paragraph"),
    K.QUESTION: ("TextRegion", "paragraph"),
    K.ANSWER: ("TextRegion", "paragraph"),
    K.VERSE: ("TextRegion", "paragraph"),
    K.FOOTNOTE: ("TextRegion", "footnote"),
    K.PULL_QUOTE: ("TextRegion", "floating"),
    K.SIDEBAR: ("TextRegion", "other"),
    K.CAPTION: ("TextRegion", "caption"),
    K.PHOTO_CREDIT: ("TextRegion", "credit"),
    K.TABLE_CELL: ("TextRegion", "other"),
    K.CONTINUATION: ("TextRegion", "other"),
    K.UNKNOWN: ("TextRegion", "other"),
    K.IMAGE: ("ImageRegion", None),
    K.TABLE: ("TableRegion", None),
    K.ADVERTISEMENT: ("AdvertRegion", None),
    K.DEATH_NOTICE: ("AdvertRegion", None),
    K.SEPARATOR: ("SeparatorRegion", None),
    K.NOISE: ("NoiseRegion", None),
}

LANGUAGES = {
    "ar": "Arabic",
    "ckb": "Kurdish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "it": "Italian",
    "ku": "Kurdish",
    "nl": "Dutch",
    "ps": "Pashto",
    "ru": "Russian",
    "tr": "Turkish",
    "ur": "Urdu",
}

SCRIPTS = {
    "Arab": "Arab - Arabic",
    "Aran": "Aran - Arabic (Nastaliq variant)",
    "Cyrl": "Cyrl - Cyrillic",
    "Grek": "Grek - Greek",
    "Hebr": "Hebr - Hebrew",
    "Latf": "Latf - Latin (Fraktur variant)",
    "Latn": "Latn - Latin",
}

DIRECTIONS = {
    Direction.LTR: "left-to-right",
    Direction.RTL: "right-to-left",
    Direction.TTB: "top-to-bottom",
}

#: Name -> the code that a reader takes it for.
_CODES = {record.name: record.code for record in reversed(RECORDS.values())}


def name_of_language(code: str | None) -> str | None:
    """PAGE's name of a language, whichever its script or region."""
    return LANGUAGES.get((code or "").partition("-")[0])


def code_of(code: str) -> str | None:
    """The code that a reader makes of PAGE's name for a language; another one where the name says less."""
    return _CODES.get(name_of_language(code) or "")
