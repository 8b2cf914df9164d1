"""Values that have a form: dates, languages, confidences, sizes, and what a tool must be able to trust."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from lxml import etree

from layout.export.check_model import XML_LANG, Element, Found, few, name_of, number

#: A language tag by the syntax of RFC 5646.
_TAG = re.compile(
    r"([A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})"
    r"(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-([A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*"
    r"(-[0-9A-WY-Za-wy-z](-[A-Za-z0-9]{2,8})+)*(-[xX](-[A-Za-z0-9]{1,8})+)?"
    r"|[xX](-[A-Za-z0-9]{1,8})+"
)
_DAY = re.compile(r"-?\d{4,}(-\d{2}(-\d{2})?)?")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?")

_UNITS = ("pixel", "mm10", "inch1200")

#: Attributes and elements that hold a language or a time, by the root element.
_LANGUAGES = {"alto": ("LANG", "OTHERLANGS", "language"), "TEI": (XML_LANG, "ident"), "html": ("lang",)}
#: Elements whose words are the editor's, in the language of the header.
_EDITORIAL = ("desc",)
_TIMES = {("alto", "processingDateTime"), ("PcGts", "Created"), ("PcGts", "LastChange")}
_SHARES = {"alto": ("WC", "PC", "GC", "VC"), "PcGts": ("conf",), "TEI": ("degree", "cert")}
#: What TEI says of a confidence without a number.
_SAID = ("high", "medium", "low", "unknown")


def value_faults(root: Element) -> Iterator[Found]:
    """All such faults of a document."""
    kind = name_of(root)
    yield from few(_languages(root, kind))
    yield from few(_dates(root, kind))
    yield from few(_shares(root, kind))
    if kind == "alto":
        yield from _alto(root)
    if kind == "TEI":
        yield from few(_undeclared(root))


def is_date(text: str) -> bool:
    """Whether a text is a year, month, day or moment (W3CDTF) that the calendar has."""
    try:
        if _TIME.fullmatch(text):
            datetime.fromisoformat(text.replace("Z", "+00:00"))
            return True
        if not _DAY.fullmatch(text):
            return False
        year, *rest = text.removeprefix("-").split("-")
        date(max(1, min(9999, int(year))), *(int(part) for part in [*rest, "1", "1"][:2]))
    except ValueError:
        return False
    return True


def _languages(root: Element, kind: str) -> Iterator[Found]:
    for node in root.iter(etree.Element):
        for name in _LANGUAGES.get(kind, ()):
            if name == "ident" and name_of(node) != "language":
                continue
            for code in (node.get(name) or "").split():
                yield from _language(node, code)
        if name_of(node) == "languageTerm" and node.get("type") == "code":
            yield from _language(node, (node.text or "").strip())


def _language(node: Element, code: str) -> Iterator[Found]:
    if not _TAG.fullmatch(code):
        yield Found(node, f"'{code}' is no language tag", "write it by BCP 47, for example fa or zh-Hant")


def _dates(root: Element, kind: str) -> Iterator[Found]:
    for node in root.iter(etree.Element):
        name = name_of(node)
        texts: list[str | None] = []
        if kind == "TEI":
            texts = [node.get("when"), node.get("notBefore"), node.get("notAfter")]
        elif (kind, name) in _TIMES:
            texts = [node.text]
        elif kind == "mets":
            texts = [node.get("CREATEDATE"), node.get("LASTMODDATE"), node.get("CREATED")]
            if name == "dateIssued" and node.get("encoding") in ("w3cdtf", "iso8601"):
                texts.append(node.text or "")
            if name == "eventDateTime":
                texts.append(node.text or "")
        for text in texts:
            if text is not None and not is_date(text.strip()):
                said = f"'{text.strip()}' is no date of the calendar"
                yield Found(node, said, "write year-month-day, as far as it is known")


def _shares(root: Element, kind: str) -> Iterator[Found]:
    for node in root.iter(etree.Element):
        for name in _SHARES.get(kind, ()):
            text = node.get(name)
            value = number(node, name)
            if text is not None and text not in _SAID and (value is None or not 0 <= value <= 1):
                yield Found(
                    node, f"{name}='{text}' is no confidence", "write a number from 0 to 1, or nothing"
                )


def _alto(root: Element) -> Iterator[Found]:
    unit = root.find("{*}Description/{*}MeasurementUnit")
    if unit is not None and (unit.text or "").strip() not in _UNITS:
        said = f"the unit '{(unit.text or '').strip()}' is none of ALTO's"
        yield Found(unit, said, f"choose one of {', '.join(_UNITS)}")
    name = root.find("{*}Description/{*}sourceImageInformation/{*}fileName")
    if name is not None and not (name.text or "").strip():
        yield Found(name, "the name of the image is empty", "name the image, or leave the element out")
    for page in root.iter("{*}Page"):
        if not all((number(page, side) or 0) > 0 for side in ("WIDTH", "HEIGHT")):
            yield Found(page, "the page has no size", "write WIDTH and HEIGHT of the image")
        place = number(page, "PHYSICAL_IMG_NR")
        if place is not None and place < 1:
            yield Found(page, "PHYSICAL_IMG_NR is less than 1", "count the images of the issue from 1")


def _undeclared(root: Element) -> Iterator[Found]:
    """Languages of the text that the header does not list."""
    usage = root.find("{*}teiHeader/{*}profileDesc/{*}langUsage")
    listed = {node.get("ident") for node in usage.iterfind("{*}language")} if usage is not None else None
    text = root.find("{*}text")
    if listed is None or text is None:
        return
    seen: set[str] = set()
    for node in text.iter(etree.Element):
        code = node.get(XML_LANG)
        if code and code not in listed and code not in seen and name_of(node) not in _EDITORIAL:
            seen.add(code)
            yield Found(node, f"the language '{code}' is not in langUsage", "declare it in the header")
