"""MODS records of an issue, an article, a picture; only what is known is stated."""

from __future__ import annotations

from collections import Counter

from layout.document import Issue, Item, Page
from layout.export.alto_text import language_code
from layout.export.folio import ascii_number
from layout.export.tei_header import iso_date
from layout.export.xml import XML_LANG, Element, child, element
from layout.language import script_code

MODS = "http://www.loc.gov/mods/v3"
_NS = f"{{{MODS}}}"

#: ISO 639-2 for "not determined": some readers take the language of every record without asking.
_UNKNOWN = "und"


def issue_record(issue: Issue) -> Element:
    """The issue: title, dates, number, place, publisher, language, rights."""
    known = issue.metadata
    code = issue_language(issue)
    record = _record(known.title or issue.id, code if known.title else None)
    child(record, f"{_NS}typeOfResource", text="text")
    child(record, f"{_NS}genre", {"authority": "marcgt"}, "newspaper")
    origin = child(record, f"{_NS}originInfo")
    if known.place:
        child(child(origin, f"{_NS}place"), f"{_NS}placeTerm", {"type": "text"}, known.place)
    if known.publisher:
        child(origin, f"{_NS}publisher", text=known.publisher)
    when = iso_date(known.date)
    if when:
        child(origin, f"{_NS}dateIssued", {"encoding": "w3cdtf", "keyDate": "yes"}, when)
    if known.printed_date:
        child(origin, f"{_NS}dateOther", {"type": "printed"}, known.printed_date)
    if known.edition:
        child(origin, f"{_NS}edition", text=known.edition)
    child(origin, f"{_NS}issuance", text="continuing")
    _language(record, code)
    if known.volume or known.number:
        part = child(record, f"{_NS}part")
        for kind, value in (("volume", known.volume), ("issue", known.number)):
            if value:
                child(child(part, f"{_NS}detail", {"type": kind}), f"{_NS}number", text=value)
    if known.source:
        child(record, f"{_NS}note", {"type": "source"}, known.source)
    if known.rights:
        child(record, f"{_NS}accessCondition", {"type": "use and reproduction"}, known.rights)
    if known.identifier:
        child(record, f"{_NS}identifier", text=known.identifier)
    child(record, f"{_NS}identifier", {"type": "local"}, issue.id)
    return record


def item_record(issue: Issue, item: Item, title: str | None, pages: list[Page]) -> Element:
    """An article or sidebar: its headline, genre, language and printed pages."""
    code = item.language or issue_language(issue)
    record = _record(title, code)
    if item.genre:
        child(record, f"{_NS}genre", text=item.genre)
    _language(record, code)
    numbers = [number for page in pages if (number := ascii_number(page))]
    if numbers:
        extent = child(child(record, f"{_NS}part"), f"{_NS}extent", {"unit": "pages"})
        child(extent, f"{_NS}start", text=numbers[0])
        child(extent, f"{_NS}end", text=numbers[-1])
    child(record, f"{_NS}identifier", {"type": "local"}, f"{issue.id}-{item.id}")
    return record


def picture_record(issue: Issue, caption: str | None) -> Element:
    """A picture; its caption stands for a title."""
    code = issue_language(issue)
    record = _record(caption, code)
    child(record, f"{_NS}typeOfResource", text="still image")
    _language(record, code)
    return record


def issue_language(issue: Issue) -> str | None:
    """The issue's language by its metadata, else the one most pages have."""
    if issue.metadata.language:
        return issue.metadata.language
    mains = Counter(page.language for page in issue.pages if page.language)
    return mains.most_common(1)[0][0] if mains else None


def _record(title: str | None, code: str | None) -> Element:
    record = element(f"{_NS}mods", {"version": "3.7"}, nsmap={"mods": MODS})
    if title:
        info = child(record, f"{_NS}titleInfo", {XML_LANG: language_code(code)})
        child(info, f"{_NS}title", text=title)
    return record


def _language(record: Element, code: str | None) -> None:
    made = child(record, f"{_NS}language")
    term = {"type": "code", "authority": "rfc5646" if code else "iso639-2b"}
    child(made, f"{_NS}languageTerm", term, code or _UNKNOWN)
    script = script_code(code)
    if script:
        child(made, f"{_NS}scriptTerm", {"type": "code", "authority": "iso15924"}, script)
