"""Metadata of an issue from the MODS records of a METS file (MODS 3, as libraries use it for newspapers)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from layout.document import Metadata
from layout.source.xml_input import local_name

# ISO 639-2 codes, bibliographic and terminological, whose BCP 47 form has two letters.
_TWO_LETTERS = {
    "ara": "ar", "per": "fa", "fas": "fa", "heb": "he", "urd": "ur", "kur": "ku", "pus": "ps", "ota": "ota",
    "tur": "tr", "eng": "en", "ger": "de", "deu": "de", "fre": "fr", "fra": "fr", "ita": "it", "spa": "es",
    "por": "pt", "dut": "nl", "nld": "nl", "ltz": "lb", "dan": "da", "swe": "sv", "nor": "no", "fin": "fi",
    "est": "et", "lav": "lv", "lit": "lt", "pol": "pl", "cze": "cs", "ces": "cs", "slo": "sk", "slk": "sk",
    "hun": "hu", "rum": "ro", "ron": "ro", "bul": "bg", "srp": "sr", "hrv": "hr", "slv": "sl", "gre": "el",
    "ell": "el", "rus": "ru", "ukr": "uk", "yid": "yi", "arm": "hy", "hye": "hy", "lat": "la", "gle": "ga",
}  # fmt: skip
_ISSUE_TYPES = ("issue", "newspaper", "periodical", "volume")


def read_mods(mets: etree._Element) -> Metadata:
    """What the MODS record of the issue says; of several records the one the issue's division names."""
    record = _issue_record(mets)
    if record is None:
        return Metadata()
    host = next((item for item in record.iterchildren("{*}relatedItem") if item.get("type") == "host"), None)
    parts = [*record.iterchildren("{*}part"), *(host.iterchildren("{*}part") if host is not None else ())]
    origins = list(record.iterchildren("{*}originInfo"))
    return Metadata(
        title=_title(record) or (_title(host) if host is not None else None),
        date=_date(origins),
        number=_detail(parts, "issue"),
        volume=_detail(parts, "volume"),
        edition=_detail(parts, "edition") or _first(origins, "edition"),
        language=_language(record),
        publisher=_first(origins, "publisher"),
        place=_place(origins),
        rights=_first([record], "accessCondition"),
        source=_first(record.iterchildren("{*}location"), "physicalLocation")
        or _typed(record, "note", "source"),
        printed_date=next((text for o in origins if (text := _typed(o, "dateOther", "printed"))), None),
        identifier=_typed(record, "identifier", None),
    )


def _issue_record(mets: etree._Element) -> etree._Element | None:
    """The MODS of the issue's division in the logical structMap, else the first in the file."""
    sections = {
        section.get("ID"): mods
        for section in mets.iter("{*}dmdSec")
        if (mods := next(section.iter("{*}mods"), None)) is not None
    }
    for div in mets.iter("{*}div"):
        kind = (div.get("TYPE") or "").lower().rpartition(":")[2]
        if kind in _ISSUE_TYPES:
            for key in (div.get("DMDID") or "").split():
                if key in sections:
                    return sections[key]
    return next(iter(sections.values()), None)


def _title(record: etree._Element) -> str | None:
    infos = [info for info in record.iterchildren("{*}titleInfo") if not info.get("type")]
    for info in infos:
        title = _first([info], "title")
        article = _first([info], "nonSort")
        if title:
            gap = "" if article and article.endswith(("'", "’")) else " "
            return f"{article}{gap}{title}" if article else title
    return None


def _date(origins: list[etree._Element]) -> str | None:
    """The date of issue where it is ISO 8601 (w3cdtf and iso8601 both are); else none."""
    for origin in origins:
        for element in origin.iterchildren("{*}dateIssued"):
            text = (element.text or "").strip()
            if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text, re.ASCII):
                return text
    return None


def _detail(parts: list[etree._Element], kind: str) -> str | None:
    for part in parts:
        for detail in part.iterchildren("{*}detail"):
            if detail.get("type") == kind:
                return _first([detail], "number") or _first([detail], "caption")
    return None


def _language(record: etree._Element) -> str | None:
    for language in record.iterchildren("{*}language"):
        for term in language.iterchildren("{*}languageTerm"):
            code = (term.text or "").strip()
            if term.get("type") == "code" and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", code):
                return _TWO_LETTERS.get(code.lower(), code)
    return None


def _place(origins: list[etree._Element]) -> str | None:
    for origin in origins:
        for place in origin.iterchildren("{*}place"):
            for term in place.iterchildren("{*}placeTerm"):
                if term.get("type") != "code" and (text := _text(term)):
                    return text
    return None


def _first(parents: Iterable[etree._Element], name: str) -> str | None:
    for parent in parents:
        for element in parent.iterchildren(f"{{*}}{name}"):
            if text := element.get("displayLabel") if name == "physicalLocation" else None:
                return text
            if text := _text(element):
                return text
    return None


def _typed(parent: etree._Element, name: str, kind: str | None) -> str | None:
    """The text of the first child of this name and ``type`` (None: without one)."""
    found = (child for child in parent.iterchildren(f"{{*}}{name}") if child.get("type") == kind)
    return next((text for child in found if (text := _text(child))), None)


def _text(element: etree._Element) -> str | None:
    text = " ".join("".join(str(part) for part in element.itertext()).split()) if local_name(element) else ""
    return text or None
